"""Subjects, and questions about them: a subject and a day, often one of its own or one on which a window turns."""

from datetime import date
from functools import cache, lru_cache
from typing import TypeVar

from hypothesis import strategies as st

from ilacs_rules.answering.engine import answers
from ilacs_rules.dates import add_days
from ilacs_rules.records import LocalAuthority, Provider, Subject
from ilacs_rules.rulebook import Rulebook, load_rulebook
from ilacs_rules.situation import Situation, situation
from ilacs_rules.testing.coverage.sides import sides_of
from ilacs_rules.testing.strategies.days import begins, days, near
from ilacs_rules.testing.strategies.directed import MOST_SEEDS, Question, is_answered, on_side
from ilacs_rules.testing.strategies.histories import coverages, histories
from ilacs_rules.vocabulary import ENDED, ProviderType

__all__ = ["answerable", "authorities", "providers", "questions", "situations", "subjects"]

_AUTHORITY = "local_authority"


@cache
def authorities() -> st.SearchStrategy[LocalAuthority]:
    """Local authorities with a history, some created lately and some with a record that shows only a part.

    >>> from hypothesis import find
    >>> find(authorities(), lambda authority: True).events
    ()
    >>> find(authorities(), lambda authority: not isinstance(authority.covers, str)).covers
    ()
    """
    return st.builds(
        LocalAuthority,
        name=st.sampled_from(["An authority", "Stoke-on-Trent", "Kingston upon Hull, City of"]),
        created=st.one_of(days(), days(), st.none()),
        covers=coverages(),
        events=histories(),
    ).flatmap(lambda authority: _ending(authority, "abolished"))


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
    ).flatmap(lambda provider: _ending(provider, "closed"))


_ENDS = ("no", "no", "no", "on a day", "on a day not known")
AnySubject = TypeVar("AnySubject", LocalAuthority, Provider)


@st.composite
def _ending(draw: st.DrawFn, subject: AnySubject, field: str) -> AnySubject:
    """The same subject, in two cases of five one that has ended: on a day that its record holds, or not."""
    how = draw(st.sampled_from(_ENDS))
    if how == "no":
        return subject
    began = subject.created if isinstance(subject, LocalAuthority) else subject.registered
    last = max([began or date.min, *(event.first_known for event in subject.events)])
    day = max(draw(days()), last)
    if how == "on a day" or isinstance(subject, LocalAuthority):
        return subject.model_copy(update={field: day})
    status = draw(st.sampled_from(sorted(ENDED)))
    return subject.model_copy(
        update={"registration_status": status, "status_as_at": draw(st.sampled_from([None, day]))}
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
    book = rulebook or load_rulebook()
    known = book.subject_types
    kinds = tuple(kind for kind in ProviderType if kind.value in known)
    given: list[st.SearchStrategy[Subject]] = [authorities()] if _AUTHORITY in known else []
    drawn = st.one_of([*given, providers(kinds)] if kinds else given)
    return drawn if any(track.once_ended for track in book.tracks) else drawn.map(_not_ended)


def _not_ended(subject: Subject) -> Subject:
    """The same subject, still there: a rulebook without a track of those that have ended says nothing of them."""
    if isinstance(subject, LocalAuthority):
        return subject.model_copy(update={"abolished": None})
    return subject.model_copy(update={"closed": None, "registration_status": None, "status_as_at": None})


def questions(rulebook: Rulebook | None = None) -> st.SearchStrategy[Question]:
    """A subject, and a day on which a rulebook answers for it.

    One question in four is on a day on which something changes, often one of the subject's own. Two in four are on one
    side of an end of a window. One in four is made to meet a rule, or to stand on one side of a boundary of it.

    >>> from hypothesis import find
    >>> subject, as_of = find(questions(), lambda question: question[1] >= date(2026, 4, 1))
    >>> as_of >= begins(subject.type)
    True
    """
    book = rulebook or load_rulebook()
    # Rulebook and calendar are read now: what is slow once must not count as slow drawing.
    return _questions(book, subjects(book), days(book))


@st.composite
def _questions(
    draw: st.DrawFn, book: Rulebook, whose: st.SearchStrategy[Subject], when: st.SearchStrategy[date]
) -> Question:
    how = draw(st.sampled_from(["any day", "a window", "a window", "a rule"]))
    if how == "a rule":
        rule = draw(st.sampled_from(book.rules))
        side = draw(st.sampled_from([None, *sorted(sides_of(rule), key=str)]))
        kind, seed = draw(st.sampled_from(rule.applies_to)), draw(st.integers(0, MOST_SEEDS))
        found = on_side(rule, side, kind, seed, rulebook=book, steps=120)
        if found:
            return found
    subject = draw(whose)
    first = begins(subject.type, book)
    own = [day for event in subject.events for day in (event.started, event.ended, event.published) if day]
    drawn = draw(st.one_of(near(st.sampled_from(own)), when) if own else when)
    day = max(min(drawn, book.until or drawn), first)
    if how == "any day":
        return Question(subject, day)
    # Without what came later the window stands until its last day, so that its ends can be asked about.
    known = tuple(event for event in subject.events if event.first_known <= day)
    subject = subject.model_copy(update={"events": known})
    stands = [
        (end, on)
        for end, on in _ends(subject, day, book)
        if first <= on <= (book.until or on) and (end, on) in _ends(subject, on, book)
    ]
    if not stands:
        return Question(subject, day)
    ends = sorted({end for end, _ in stands})
    # Few windows open later than they come to be known, so that this side is often drawn where it is there.
    end = "before" if "before" in ends and draw(st.booleans()) else draw(st.sampled_from(ends))
    return Question(subject, draw(st.sampled_from(sorted(on for its, on in stands if its == end))))


def _ends(subject: Subject, as_of: date, rulebook: Rulebook) -> set[tuple[str, date]]:
    """Both sides of each end of every window on a day: the day before it opens, and the day after it closes, too."""
    found: set[tuple[str, date]] = set()
    if is_answered(subject, as_of, rulebook):
        for answer in answers(subject, as_of=as_of, rulebook=rulebook):
            opens, last = answer.window.opens, answer.window.closes or answer.window.due
            found |= {("before", add_days(opens, -1)), ("opens", opens)} if opens else set()
            found |= {("closes", last), ("after", add_days(last, 1))} if last else set()
    return found


def answerable(rulebook: Rulebook | None = None) -> st.SearchStrategy[Question]:
    """Questions that a rulebook answers without an error: where a record lacks what a rule needs, it covers less.

    >>> from hypothesis import find
    >>> subject, as_of = find(answerable(), lambda question: True)
    >>> len(answers(subject, as_of=as_of)) > 0
    True
    """

    def whole(question: Question) -> Question:
        if is_answered(*question, rulebook):
            return question
        return question._replace(subject=question.subject.model_copy(update={"covers": ()}))

    return questions(rulebook).map(whole)


@st.composite
def situations(draw: st.DrawFn, rulebook: Rulebook | None = None) -> Situation:
    """What is true of a subject on a day: the facts of a history, read when they are asked for.

    >>> from hypothesis import find
    >>> find(situations(), lambda facts: True)["inspection_stage"]
    'none'
    """
    subject, as_of = draw(questions(rulebook))
    return situation(subject, as_of=as_of)
