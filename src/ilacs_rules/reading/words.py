"""Words as people and publishers write them, and the closed vocabulary they stand for."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from ilacs_rules.errors import FileFormatError, nearest
from ilacs_rules.remembered import remembered
from ilacs_rules.values.given import one_of
from ilacs_rules.vocabulary import ACTIVITIES, Activity, Effectiveness, Grade, Outcome, ProviderType

__all__ = [
    "ActivityWord",
    "activity_words",
    "as_key",
    "as_word",
    "closest",
    "known_words",
    "not_there",
    "region_names",
    "shared_words",
    "told_by_day",
    "written_words",
]

_SPACING = re.compile(r"[\s_/\-\u2010-\u2014]+")
_APOSTROPHES = re.compile("['\u2018\u2019\u02bc`]")
_LOOSE = re.compile(r"[()\[\],:;\"]+")
_ARTICLES = re.compile(r"(?:^|(?<=_))(?:a|an|the)_")


@remembered(4096)
def as_word(text: str) -> str:
    r"""Text as the vocabulary spells it: small letters, words joined by one underscore, no apostrophe.

    >>> as_word("  Requires   Improvement ")
    'requires_improvement'
    >>> as_word("Secure children\N{RIGHT SINGLE QUOTATION MARK}s home"), as_word("good?")  # a doubt is not a spelling
    ('secure_childrens_home', 'good?')
    """
    return _SPACING.sub("_", _APOSTROPHES.sub("", text).strip()).casefold()


@remembered(4096)
def as_key(text: str) -> str:
    """Text as words are compared: as ``as_word`` has it, without brackets, commas and articles.

    >>> as_key("Residential special school (registered as a children's home)")
    'residential_special_school_registered_as_childrens_home'
    >>> as_key("The impact of leaders"), as_key("good?")
    ('impact_of_leaders', 'good?')
    """
    return _ARTICLES.sub("", as_word(_LOOSE.sub(" ", text)))


class ActivityWord(NamedTuple):
    """What a text means as an activity, on which first days. ``loose``: it is assumed, not said."""

    means: Activity
    since: date = date.min
    until: date = date.max
    loose: bool = False


_KINDS: dict[str, type[StrEnum]] = {
    "type": ProviderType,
    "grade": Grade,
    "effectiveness": Effectiveness,
    "outcome": Outcome,
}


@cache
def written_words() -> dict[str, Any]:
    """The words that stand in ``words.toml``, as they are written there."""
    return tomllib.loads((files("ilacs_rules.reading") / "formats" / "words.toml").read_text(encoding="utf-8"))


def region_names() -> Mapping[str, str]:
    """Regions by their codes.

    >>> region_names()["YH"]
    'Yorkshire and The Humber'
    """
    named: dict[str, str] = written_words()["region"]
    return named


@cache
def not_there() -> frozenset[str]:
    """What people write in a cell of which there is nothing, by key; a format says itself which of them it means.

    >>> as_key("N/A") in not_there(), as_key("Good") in not_there()
    (True, False)
    """
    return frozenset(map(as_key, written_words()["not_there"]["says"]))


@cache
def shared_words() -> Mapping[str, Mapping[str, str]]:
    """Every word that all formats share, by kind and key: ``words.toml``, and the vocabulary's own.

    >>> shared_words()["grade"]["requires_improvement_to_be_good"]
    'requires_improvement'
    >>> "poor" in shared_words()["grade"]
    False
    """
    written = written_words()
    made: dict[str, dict[str, str]] = {}
    for kind, words in _KINDS.items():
        made[kind] = {as_key(word): word.value for word in words}
        made[kind] |= {as_key(says): means for says, means in written[kind].items()}
    for who in ("authorities", "providers"):
        own = {as_key(kind): kind.value for kind in ACTIVITIES if _happens_to(who, kind)}
        made[f"activity.{who}"] = own | {as_key(says): means for says, means in written["activity"][who].items()}
    return made


def _happens_to(who: str, kind: Activity) -> bool:
    return ACTIVITIES[kind].event and ("authority" if who == "authorities" else "provider") in ACTIVITIES[kind].to


def known_words(kind: str, also: Mapping[str, str] | None = None) -> Mapping[str, str]:
    """The words of a kind (``grade``, ``outcome``, ``type``, ``effectiveness``), with those of one format.

    Raises:
        FileFormatError: there is no such kind.
    """
    if one_of(kind, shared_words()) is None:
        expected = nearest(kind, shared_words())
        raise FileFormatError("is not a kind of word", field="kind", value=kind, expected=expected)
    shared = shared_words()[kind]
    return {**shared, **{as_key(says): means for says, means in also.items()}} if also else shared


@cache
def told_by_day() -> frozenset[str]:
    """What people call the graded inspection of a council, by key, where its day tells of which framework it was.

    >>> as_key("Full inspection") in told_by_day(), as_key("Focused visit") in told_by_day()
    (True, False)
    """
    return frozenset(map(as_key, written_words()["activity_by_day"]["says"]))


@cache
def _by_day() -> tuple[ActivityWord, ...]:
    """The graded inspection of a council, by the framework of its day."""
    return tuple(
        ActivityWord(Activity(each["means"]), each.get("since", date.min), each.get("until", date.max))
        for each in written_words()["activity_by_day"]["means"]
    )


def activity_words(
    who: str, also: Iterable[tuple[Iterable[str], ActivityWord]]
) -> Mapping[str, tuple[ActivityWord, ...]]:
    """What each text means as an activity of authorities or providers; what a format says itself goes first."""
    made: dict[str, tuple[ActivityWord, ...]] = {}
    for texts, word in also:
        for text in texts:
            made[as_key(text)] = (*made.get(as_key(text), ()), word)
    for text in told_by_day() if who == "authorities" else ():
        made.setdefault(text, _by_day())
    for text, means in shared_words()[f"activity.{who}"].items():
        made.setdefault(text, (ActivityWord(Activity(means)),))
    return made


def closest(text: str, known: Iterable[str]) -> str:
    """What was expected instead of a word, in words: the nearest first.

    >>> closest("goood", ["good", "inadequate"])
    "'good'? (one of: good, inadequate)"
    """
    return nearest(text, {word.replace("_", " ") if " " in text else word for word in known})
