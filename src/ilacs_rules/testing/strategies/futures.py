"""Other futures: a subject as it was known on a day, with whatever lay after that day changed."""

from datetime import date
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from ilacs_rules.dates import add_days
from ilacs_rules.records import Event, LocalAuthority, Provider, Subject, find_clash
from ilacs_rules.testing.strategies.histories import Who, histories, judgements, without_clashes
from ilacs_rules.vocabulary import ENDED

__all__ = ["other_futures"]


@st.composite
def other_futures(draw: st.DrawFn, subject: Subject, as_of: date) -> Subject:
    """The same subject as it was known on a day, with another future: what had happened by then is as it was.

    >>> from hypothesis import find
    >>> authority = LocalAuthority(name="An authority", created=date(2009, 4, 1))
    >>> found = find(other_futures(authority, date(2024, 4, 1)), lambda other: len(other.events) > 0)
    >>> found.events[0].first_known > date(2024, 4, 1)
    True
    """
    if _has_ended_on_a_day_not_known(subject):
        return subject
    later = st.integers(1, 2000).map(lambda count: add_days(as_of, count))
    known = [draw(_other_end(event, as_of, later)) for event in subject.events if event.first_known <= as_of]
    who: Who = "authority" if isinstance(subject, LocalAuthority) else "provider"
    assume(find_clash(known) is None)
    unknown = [event for event in draw(histories(who, 3)) if event.first_known > as_of]
    given: dict[str, Any] = {name: getattr(subject, name) for name in type(subject).model_fields}
    given["events"] = without_clashes([*known, *unknown])
    for name in ("created", "registered"):
        if given.get(name) and given[name] > as_of:
            given[name] = draw(later)
    _with_another_end(draw, given, as_of, later)
    return type(subject)(**given)


def _with_another_end(draw: st.DrawFn, given: dict[str, Any], as_of: date, later: st.SearchStrategy[date]) -> None:
    """Another end, or none, where it had not come by the day; and no later event where it had."""
    name = "abolished" if "abolished" in given else "closed"
    ended = given[name]
    if ended and ended <= as_of:
        given["events"] = [event for event in given["events"] if event.first_known <= ended]
    elif ended:
        began = given.get("created") or given.get("registered") or as_of
        last = max([began, *(event.first_known for event in given["events"])])
        given[name] = draw(st.one_of(st.none(), later.map(lambda day: max(day, last))))
        if given.get("registration_status") in ENDED:
            given["registration_status"] = given["status_as_at"] = None


def _has_ended_on_a_day_not_known(subject: Subject) -> bool:
    """It has one future: that it has ended was said after all that happened, and its later events show it there."""
    return isinstance(subject, Provider) and subject.closed is None and subject.registration_status in ENDED


@st.composite
def _other_end(draw: st.DrawFn, event: Event, as_of: date, later: st.SearchStrategy[date]) -> Event:
    """The same event, with what lay after the day changed: its end, its report and what that report says."""
    given: dict[str, Any] = {name: getattr(event, name) for name in type(event).model_fields}
    ended, published = event.ended, event.published
    if published and published > as_of:
        change = draw(st.sampled_from(["same", "another day", "no report yet"]))
        if change != "same":
            given["judgements"], given["outcome"] = {}, None
        if change == "another day":
            ends = ended if ended and ended <= as_of else None
            given["published"], given["ended"] = draw(later), ends
            given["judgements"] = draw(judgements(event.activity, event.first_known))
        if change == "no report yet":
            given["published"] = None
            given["ended"] = draw(later) if ended and ended > as_of else ended
    elif ended and ended > as_of:
        given["ended"] = draw(later)
    return Event(**given)
