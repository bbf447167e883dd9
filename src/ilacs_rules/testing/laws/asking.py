"""What a case is answered, track by track, and where two such answers differ."""

from collections.abc import Iterator
from datetime import date

from hypothesis import strategies as st

from ilacs_rules.answering.answer import Answer
from ilacs_rules.answering.engine import answers
from ilacs_rules.answering.explain import how_it_stands
from ilacs_rules.dates import in_full
from ilacs_rules.errors import MissingFactError, OutsideRulebookError
from ilacs_rules.records import Subject
from ilacs_rules.rulebook import Rulebook
from ilacs_rules.testing.laws.case import Case, remade
from ilacs_rules.testing.laws.law import Breach
from ilacs_rules.testing.strategies import questions
from ilacs_rules.vocabulary import in_words

__all__ = ["any_case", "as_words", "by_track", "differences"]


def any_case(rulebook: Rulebook) -> st.SearchStrategy[Case]:
    """Any history, and a day on which the rulebook answers.

    >>> from hypothesis import find
    >>> from ilacs_rules import load_rulebook
    >>> find(any_case(load_rulebook()), lambda case: case.subject.type == "local_authority").other is None
    True
    """
    return questions(rulebook).map(_as_case)


def _as_case(question: tuple[Subject, date]) -> Case:
    return Case(*question)


def by_track(rulebook: Rulebook, case: Case) -> dict[str, Answer]:
    """The answers of a case, of a subject that was asked nothing before; none before the rulebook begins.

    >>> from datetime import date
    >>> from ilacs_rules import LocalAuthority, load_rulebook
    >>> case = Case(LocalAuthority(name="An authority", created=date(2024, 4, 1)), date(2024, 6, 1))
    >>> by_track(load_rulebook(), case)["inspection"].window.closes
    datetime.date(2027, 4, 1)
    >>> by_track(load_rulebook(), Case(LocalAuthority(name="An authority"), date(2012, 6, 1)))
    {}
    """
    return _asked(rulebook, case)[0]


def _asked(rulebook: Rulebook, case: Case) -> tuple[dict[str, Answer], str]:
    """The answers by track, or why there are none."""
    try:
        found = answers(remade(case.subject), as_of=case.as_of, rulebook=rulebook)
    except (MissingFactError, OutsideRulebookError) as error:
        return {}, str(error)
    return {answer.track: answer for answer in found}, ""


def as_words(answer: Answer) -> str:
    """An answer in one line, with its day, its track and its rule.

    >>> from datetime import date
    >>> from ilacs_rules import LocalAuthority, load_rulebook
    >>> case = Case(LocalAuthority(name="An authority", created=date(2024, 4, 1)), date(2024, 6, 1))
    >>> print(as_words(by_track(load_rulebook(), case)["inspection"]))
    1 June 2024, inspection: standard inspection under ILACS, by 1 April 2027; open, it closes in 1034 days \
(new_authority_starts_with_a_standard_inspection)
    """
    what = f"{in_words(answer.activity)}, {how_it_stands(answer)}"
    return f"{in_full(answer.as_of)}, {answer.track.replace('_', ' ')}: {what} ({answer.rule})"


def differences(  # noqa: PLR0913 - two cases, and how they are compared
    rulebook: Rulebook, one: Case, other: Case, words: str, *, but_for: frozenset[str], tracks: frozenset[str] | None
) -> Iterator[Breach]:
    """Each track (of some, or of all) in which two cases are answered differently, leaving some fields aside."""
    (first, refused), (second, refused_too) = _asked(rulebook, one), _asked(rulebook, other)
    if tracks is None and refused != refused_too:
        yield Breach(("none",), (words, refused or "answered", refused_too or "answered"))
        return
    asked = first.keys() | second.keys()
    for track in sorted(asked if tracks is None else asked & tracks):
        before, after = first.get(track), second.get(track)
        given = [answer.model_dump(exclude=set(but_for)) if answer else None for answer in (before, after)]
        if given[0] != given[1]:
            both = [answer for answer in (before, after) if answer]
            yield Breach(tuple(answer.rule for answer in both), (words, *(as_words(answer) for answer in both)))
