"""Other futures: a subject as it was known on a day, with whatever lay after that day changed."""

from datetime import date
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from ilacs_rules.dates import add_days
from ilacs_rules.records import Event, LocalAuthority, Subject, find_clash
from ilacs_rules.testing.strategies.histories import Who, histories, judgements, without_clashes

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
    return type(subject)(**given)


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
