"""The command that lists the words that can be typed, and says of any text which word it is and where it goes."""

import json
from collections.abc import Iterable, Sequence

import click

from ilacs_rules.cli.options import DONE, examples
from ilacs_rules.cli.tables import Table, is_terminal, show
from ilacs_rules.cli.words import KINDS, Word, spelt, words_of
from ilacs_rules.errors import UnknownWordError, nearest
from ilacs_rules.reading.words import activity_words, as_key

__all__ = ["words_"]

_GOES_IN: dict[str, str] = {
    "activity": "`activity` of an event; --activity; --covers",
    "type": "`type` of a subject; --type",
    "grade": "`judgements` of an event, beside an area; --judged",
    "effectiveness": "`judgements` of an interim inspection, beside effectiveness; --judged effectiveness=WORD",
    "area": "`judgements` of an event, before a grade; --judged AREA=GRADE",
    "outcome": "`outcome` of an event; --outcome",
    "status": "`status` of an answer",
    "strength": "`strength` of an answer",
    "certainty": "`certainty` of an answer",
    "registration": "`registration_status` of a provider",
    "track": "`track` of an answer; --track",
    "coverage": "`covers` of a subject; --covers",
}
"""Where each kind of word is written, in records, in answers and on the command line."""


@click.command(
    "words",
    short_help="The words that you can use, and what they mean.",
    epilog=examples(
        "ilacs-rules words", "ilacs-rules words activities", 'ilacs-rules words "short inspection"',
        "ilacs-rules words grades --json", exits=DONE,
    ),
)  # fmt: skip
@click.argument("asked", metavar="[KIND|WORD]", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print a list of words as JSON, for programs.")
def words_(*, asked: tuple[str, ...], as_json: bool) -> None:
    """List the words that you can use in records and on the command line, and what each means.

    Name a kind of word, such as grades, to see only those. Name any word to look it up, as it stands or as it is
    printed: "short inspection" is ilacs_short. On the command line you can use both. If you send the output to a file
    or a program, it is CSV.
    """
    text = " ".join(asked)
    kinds = _kinds(text)
    found = [(kind, word) for kind in kinds for word in words_of(kind)] if kinds else _looked_up(text)
    if as_json:
        click.echo(json.dumps([_row(kind, word, looked_up=not kinds) for kind, word in found], indent=2))
    elif not is_terminal() or not kinds:
        show(_table(found, looked_up=not kinds))
    else:
        for number, kind in enumerate(kinds):
            click.echo(f"{chr(10) if number else ''}{KINDS[kind].capitalize()}\n")
            show(_table([(kind, word) for word in words_of(kind)], looked_up=False))


def _kinds(text: str) -> list[str]:
    """The kinds of word that a text names, one of them or several; all of them where there is none."""
    key = as_key(text)
    return [one for one, many in KINDS.items() if key in ("", one, many)]


def _looked_up(text: str) -> list[tuple[str, Word]]:
    """Every word that a text may be: one of an authority, of a provider, of an answer.

    Raises:
        UnknownWordError: it is none; the message gives the nearest kind or word.

    >>> [(kind, word.word) for kind, word in _looked_up("Short inspection")]
    [('activity', 'ilacs_short')]
    >>> _looked_up("activites")
    Traceback (most recent call last):
    ilacs_rules.errors.UnknownWordError: KIND: is neither a kind of word nor a word ...
    """
    key = as_key(text)
    found = [(kind, word) for kind in KINDS for word in words_of(kind) if word.word in _meant(kind, key)]
    if not found:
        known = {*KINDS, *KINDS.values(), *(as_typed for kind in KINDS for as_typed in spelt(kind))}
        close = nearest(key, known)
        near = f"{close.partition('?')[0]}? (" if close.startswith("'") else "("
        expected = f"{near}one of: {', '.join(KINDS.values())}; or any word that they list)"
        raise UnknownWordError("is neither a kind of word nor a word", field="KIND", value=text, expected=expected)
    return found


def _meant(kind: str, key: str) -> set[str]:
    words = {spelt(kind)[key]} if key in spelt(kind) else set[str]()
    if kind == "activity":
        # One text may be one thing of an authority and another of a provider, or of another day.
        for who in ("authorities", "providers"):
            words |= {each.means.value for each in activity_words(who, ()).get(key, ())}
    return words


def _row(kind: str, word: Word, *, looked_up: bool) -> dict[str, str]:
    return {"kind": kind, **word._asdict(), **({"goes_in": _GOES_IN[kind]} if looked_up else {})}


def _table(words: Iterable[tuple[str, Word]], *, looked_up: bool) -> Table:
    plain = [_row(kind, word, looked_up=looked_up) for kind, word in words]
    shown = ("kind", "word", "printed", "means", "goes_in") if looked_up else ("word", "printed", "means")
    rows: Sequence[Sequence[str]] = [[row[name] for name in shown] for row in plain]
    titles = tuple(_TITLES[name] for name in shown)
    return Table(titles, rows, (titles, rows), ("kind", "word", "printed", "means", *shown[4:]), plain)


_TITLES = {"kind": "Kind", "word": "Word", "printed": "Printed as", "means": "Means", "goes_in": "Goes in"}
