"""How an error puts what it found, and what it expected, into words."""

from collections.abc import Callable, Iterable, Mapping
from reprlib import Repr

from ilacs_rules.remembered import remembered

__all__ = ["in_text", "nearest", "shorten"]


def nearest(word: object, known: Iterable[str], *, many: str = "") -> str:
    """What was expected, in words: the nearest known word first, then all of them when they are few.

    ``many`` says what the words are when there are too many to list.

    >>> nearest("goood", ["good", "inadequate"])
    "'good'? (one of: good, inadequate)"
    >>> nearest(7, ["good", "inadequate"])
    'one of: good, inadequate'
    >>> nearest("short", map(str, range(20))), nearest("short", map(str, range(20)), many="the id of a rule")
    ('one of 20 known words', 'the id of a rule')
    """
    names = tuple(sorted(known))
    text = in_text(word, _LONGEST_WORD).strip().lower().replace(" ", "_").replace("-", "_")
    return _nearest(text, names, many)


@remembered(1024)
def _nearest(text: str, names: tuple[str, ...], many: str) -> str:
    """A column often holds one wrong word many thousand times. It is looked for only once."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a word that is not known needs it

    close = get_close_matches(text, names, n=1, cutoff=0.6)
    listing = f"one of: {', '.join(names)}" if len(names) <= 16 else many or f"one of {len(names)} known words"
    return f"'{close[0]}'? ({listing})" if close else listing


def shorten(value: object, limit: int = 600) -> str:
    """A value as it reads in a message: strings quoted, never more than ``limit`` characters.

    >>> shorten("goood")
    "'goood'"
    >>> shorten("x" * 500, limit=10)
    "'xxxxxxx..."
    """
    text = repr(value[:limit]) if isinstance(value, str) else in_text(value, limit)
    return text if len(text) <= limit else text[: limit - 2] + "..."


def in_text(value: object, limit: int = 600) -> str:
    """Any value as text: also a number that is too large, a list that holds itself, or a class without words.

    >>> in_text("goood"), in_text(None), in_text([1, "a"])
    ('goood', '', "[1, 'a']")
    >>> in_text(10**5000)
    'a number of more than 4,000 digits'
    >>> nested = []
    >>> nested.append(nested)
    >>> in_text(nested)
    '[[...]]'
    """
    if isinstance(value, str):
        return str(value)[:limit]
    if value is None:
        return ""
    try:
        for kind, put in _IN_SHORT.items():
            if isinstance(value, kind):
                return put(value, _SHORT.maxlevel)
        return _SHORT.repr_int(value, 0) if type(value) is int else str(value)[:limit]
    except Exception:  # noqa: BLE001 - a class that is not ours may raise anything when it is put into words
        return f"a value of the class {type(value).__name__}"


class _Short(Repr):
    """Containers with their first items only; numbers without their last thousand digits."""

    def repr_int(self, x: int, level: int) -> str:  # noqa: ARG002 - the form that `reprlib` asks for
        return "a number of more than 4,000 digits" if x.bit_length() > _MANY_BITS else str(x)

    def repr_instance(self, x: object, level: int) -> str:  # noqa: ARG002 - see above
        return in_text(x, self.maxother)


_LONGEST_WORD = 100
_MANY_BITS = 13_300
_SHORT = _Short()
_SHORT.maxlist = _SHORT.maxtuple = _SHORT.maxdict = _SHORT.maxset = _SHORT.maxfrozenset = _SHORT.maxarray = 40
_SHORT.maxstring = _SHORT.maxother = 200
_IN_SHORT: Mapping[type, Callable[..., str]] = {
    list: _SHORT.repr_list,
    tuple: _SHORT.repr_tuple,
    dict: _SHORT.repr_dict,
    set: _SHORT.repr_set,
    frozenset: _SHORT.repr_frozenset,
}
