"""Subjects, and questions about them: a subject and a day, often one of its own or one on which a window turns."""

from collections.abc import Iterator
from datetime import date
from functools import cache, lru_cache

from hypothesis import strategies as st

from ilacs_rules.answers import DueWindow
from ilacs_rules.engine import answers
from ilacs_rules.errors import MissingFactError
from ilacs_rules.records import LocalAuthority, Provider, Subject
from ilacs_rules.rulebook import Rulebook, load_rulebook
from ilacs_rules.situation import Situation, situation
from ilacs_rules.strategies.days import begins, days, near
from ilacs_rules.strategies.histories import coverages, histories
from ilacs_rules.vocabulary import ProviderType

__all__ = ["authorities", "providers", "questions", "situations", "subjects"]

_AUTHORITY = "local_authority"


@cache
def authorities() -> st.SearchStrategy[LocalAuthority]:
    """Local authorities with a history, some created lately and some with a record that shows only a part.

    >>> from hypothesis import find
    >>> find(authorities(), lambda authority: True).events
    ()
    >>> find(authorities(), lambda authority: authority.covers != "everything").covers
    ()
    """
    return st.builds(
        LocalAuthority,
        name=st.sampled_from(["An authority", "Stoke-on-Trent", "Kingston upon Hull, City of"]),
        created=st.one_of(days(), days(), st.none()),
        covers=coverages(),
        events=histories(),
    )


@cache
def providers(kinds: tuple[ProviderType, ...] = tuple(ProviderType)) -> st.SearchStrategy[Provider]:
    """Regulated settings and agencies with a history.

    Args:
        kinds: the kinds of provider to draw; every kind unless you name some.

    >>> from hypothesis import find
    >>> find(providers(), lambda provider: True).events
    ()
    >>> find(providers((ProviderType.CHILDRENS_HOME,)), lambda provider: True).type.value
    'childrens_home'
    """
    return st.builds(
        Provider,
        type=st.sampled_from(kinds),
        name=st.just("A provider"),
        registered=st.one_of(days(), days(), st.none()),
        covers=coverages("provider"),
        events=histories("provider", 5),
    )


@lru_cache(32)
def subjects(rulebook: Rulebook | None = None) -> st.SearchStrategy[Subject]:
    """Authorities and providers, of the kinds that a rulebook answers for.

    >>> from hypothesis import find
    >>> find(subjects(), lambda subject: True).type
    'local_authority'
    >>> book = load_rulebook()
    >>> find(subjects(book), lambda subject: True).type in book.subject_types
    True
    """
    known = (rulebook or load_rulebook()).subject_types
    kinds = tuple(kind for kind in ProviderType if kind.value in known)
    given: list[st.SearchStrategy[Subject]] = [authorities()] if _AUTHORITY in known else []
    return st.one_of([*given, providers(kinds)] if kinds else given)


@st.composite
def questions(draw: st.DrawFn, rulebook: Rulebook | None = None) -> tuple[Subject, date]:
    """A subject, and a day on which a rulebook answers for it.

    The day is often one of the subject's own, or an end of the window of one of its answers, or the day before or
    after either.

    >>> from hypothesis import find
    >>> subject, as_of = find(questions(), lambda question: question[1] >= date(2026, 4, 1))
    >>> as_of >= begins(subject.type)
    True
    """
    subject = draw(subjects(rulebook))
    own = [day for event in subject.events for day in (event.started, event.ended, event.published) if day]
    first = begins(subject.type, rulebook)
    day = max(draw(st.one_of(near(st.sampled_from(own)), days(rulebook)) if own else days(rulebook)), first)
    if draw(st.integers(0, 2)) < 2:
        return subject, day
    ends = sorted(set(_ends(subject, day, rulebook)))
    return subject, max(draw(near(st.sampled_from(ends))), first) if ends else day


def _ends(subject: Subject, as_of: date, rulebook: Rulebook | None) -> Iterator[date]:
    """The ends of every window that answers give on a day; none where the record lacks what a rule needs."""
    try:
        given = answers(subject, as_of=as_of, rulebook=rulebook)
    except MissingFactError:
        return
    for answer in given:
        yield from _days_of(answer.window)


def _days_of(window: DueWindow) -> Iterator[date]:
    for day in (window.opens, window.due, window.closes):
        if day:
            yield day


@st.composite
def situations(draw: st.DrawFn, rulebook: Rulebook | None = None) -> Situation:
    """What is true of a subject on a day: the facts of a history, read when they are asked for.

    >>> from hypothesis import find
    >>> find(situations(), lambda facts: True)["inspection_stage"]
    'none'
    """
    subject, as_of = draw(questions(rulebook))
    return situation(subject, as_of=as_of)
