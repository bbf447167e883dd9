"""Rulebooks: small ones made from nothing, and ones that differ from another in one row. Every one has been proved.

A small rulebook starts as one rule that answers everything. It is then cut in two a few times, each time along one fact
or along a day. So it has no gap and no overlap by construction, and the proof only has to agree.
"""

from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from ilacs_rules.dates import add_days
from ilacs_rules.rulebook import Citation, Condition, Rule, Rulebook, Source, Track, load_rulebook
from ilacs_rules.rulebook.proof import words_asked
from ilacs_rules.situation import EXISTS, FACTS, Choice, Day, Domain
from ilacs_rules.testing.strategies.days import FIRST, LAST, begins, days
from ilacs_rules.vocabulary import Activity, Certainty, OwedBy, Strength

__all__ = ["amendments", "excerpts", "rulebooks", "small_rulebooks"]

_SOURCE = Source(id="drawn", title="A drawn text", publisher="A test", url="", dated="", seen_as="primary")
_RUNS_FROM = ("last_inspection_started", "last_inspection_published")


def rulebooks() -> st.SearchStrategy[Rulebook]:
    """Small rulebooks: made from nothing, or one track of the shipped one, as it is or amended.

    >>> from hypothesis import find
    >>> len(find(rulebooks(), lambda book: True).tracks)
    1
    """
    shipped = excerpts()
    return st.one_of(small_rulebooks(), shipped, shipped.flatmap(amendments))


@st.composite
def small_rulebooks(draw: st.DrawFn) -> Rulebook:
    """A rulebook of one track and one kind of subject, with a few rules.

    >>> from hypothesis import find
    >>> book = find(small_rulebooks(), lambda book: len(book.rules) > 1)
    >>> len(book.rules), len(book.tracks)
    (2, 1)
    """
    shipped = load_rulebook()
    kind = draw(st.sampled_from(shipped.subject_types))
    activity = Activity.ILACS_STANDARD if kind == "local_authority" else Activity.FULL_INSPECTION
    first = begins(kind)
    track = Track(
        id="inspection",
        means="the next inspection",
        owed_by=OwedBy.INSPECTORATE,
        met_by=(activity,),
        answers={kind: first},
    )
    boxes: list[dict[str, Any]] = [{"first": first, "when": ()}]
    asked = {condition.fact for rule in shipped.rules if kind in rule.applies_to for condition in rule.when}
    for fact in draw(st.lists(st.sampled_from([name for name in FACTS if name in asked]), max_size=3, unique=True)):
        domain = Choice(words_asked(track)) if fact == EXISTS else FACTS[fact].domain
        boxes = [half for box in boxes for half in draw(_cut(box, fact, domain))]
    says: dict[str, Any] = {"track": track.id, "framework": "drawn", "says": "drawn", "applies_to": (kind,)}
    rules = [
        Rule(id=f"rule_{number + 1}", **says, **box, **draw(_required(activity))) for number, box in enumerate(boxes)
    ]
    return Rulebook(
        version="drawn", tracks=(track,), readings=(), suspensions=(), sources=(_SOURCE,), rules=tuple(rules)
    )


@st.composite
def _cut(draw: st.DrawFn, box: dict[str, Any], fact: str, domain: Domain) -> list[dict[str, Any]]:
    """The box as it is, or its two halves along a fact or along a day."""
    along = draw(st.sampled_from(["nothing", "fact", "fact", "day"]))
    if along == "fact":
        return [{**box, "when": (*box["when"], half)} for half in draw(_halves(fact, domain))]
    if along == "day":
        day = draw(st.dates(FIRST, LAST))
        if box["first"] < day <= (box.get("last") or LAST):
            return [{**box, "last": add_days(day, -1)}, {**box, "first": day}]
    return [box]


@st.composite
def _halves(draw: st.DrawFn, fact: str, domain: Domain) -> tuple[Condition, Condition]:
    """Two conditions on a fact, of which exactly one always holds."""
    if isinstance(domain, Choice):
        count = draw(st.integers(1, len(domain.words) - 1))
        words = draw(st.permutations(domain.words))
        return Condition(fact=fact, words=tuple(words[:count])), Condition(fact=fact, words=tuple(words[count:]))
    unknown = isinstance(domain, Day) or domain.unknown
    if isinstance(domain, Day):
        day = draw(days())
        return Condition(fact=fact, high=add_days(day, -1), or_unknown=unknown), Condition(fact=fact, low=day)
    most = draw(st.integers(0, 3))
    return Condition(fact=fact, high=most, or_unknown=unknown), Condition(fact=fact, low=most + 1)


@st.composite
def _required(draw: st.DrawFn, activity: Activity) -> dict[str, Any]:
    """What a rule requires: an activity with a window or without one, or nothing."""
    certainty = draw(st.sampled_from(Certainty))
    required: dict[str, Any] = {
        "activity": draw(st.sampled_from([activity, activity, Activity.NOTHING_REQUIRED])),
        "strength": draw(st.sampled_from(Strength)),
        "certainty": certainty,
        "gap": "No source says this." if certainty is Certainty.INFERRED else "",
        "sources": (Citation(source=_SOURCE.id, place="drawn", text=_SOURCE.title, edition="2017-04"),),
    }
    if required["activity"] is Activity.NOTHING_REQUIRED or draw(st.booleans()):
        return required
    runs_from, opens = draw(st.sampled_from(_RUNS_FROM)), draw(st.integers(1, 36))
    closes = draw(st.integers(opens, 42))
    window = {"opens": f"{runs_from} + {opens} months", "closes": f"{runs_from} + {closes} months"}
    return {**required, **window, "runs_from": runs_from}


@st.composite
def excerpts(draw: st.DrawFn, rulebook: Rulebook | None = None) -> Rulebook:
    """One track of a rulebook, whole, as a rulebook of its own.

    >>> from hypothesis import find
    >>> {rule.track for rule in find(excerpts(), lambda book: True).rules}
    {'inspection'}
    """
    book = rulebook or load_rulebook()
    track = draw(st.sampled_from(book.tracks))
    rules = tuple(rule for rule in book.rules if rule.track == track.id)
    return book.model_copy(update={"tracks": (track,), "rules": rules})


@st.composite
def amendments(draw: st.DrawFn, rulebook: Rulebook | None = None) -> Rulebook:
    """A rulebook in which one row is changed: it is firmer or weaker, closes later, or changes on some day.

    >>> from hypothesis import find
    >>> from datetime import date
    >>> book = load_rulebook().as_it_stood(date(2013, 12, 1))
    >>> amended = find(amendments(book), lambda amended: True)
    >>> sum(one != other for one, other in zip(book.rules, amended.rules, strict=True))
    1
    """
    book = rulebook or load_rulebook()
    rule = draw(st.sampled_from(book.rules))
    rows = draw(st.one_of([st.just(rows) for rows in _changed(rule)]))
    cut = draw(st.none() | st.dates(FIRST, LAST))
    if cut and rule.first < cut <= (rule.last or LAST):
        later = rows.model_copy(update={"first": cut, "id": f"{rule.id}_from_{cut.isoformat().replace('-', '_')}"})
        changed: tuple[Rule, ...] = (rule.model_copy(update={"last": add_days(cut, -1)}), later)
    else:
        changed = (rows,)
    given = (row for other in book.rules for row in (changed if other is rule else (other,)))
    return book.model_copy(update={"version": f"{book.version}, amended", "rules": tuple(given)})


def _changed(rule: Rule) -> Iterator[Rule]:
    """The rows that differ from one in a single thing."""
    yield from (rule.model_copy(update={"strength": item}) for item in Strength if item is not rule.strength)
    if rule.closes:
        yield rule.model_copy(update={"closes": f"{rule.closes} + 6 months"})
