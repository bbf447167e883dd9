"""Nonsense in a rulebook is refused where it is written, in a row or a copy: in time, and in our own words."""

import copy
import pickle
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import ilacs_rules as ir
from ilacs_rules.rulebook import Expected, Source, Suspension, Track, proof
from ilacs_rules.rulebook.compiled import read, write
from ilacs_rules.rulebook.draft import Draft
from ilacs_rules.rulebook.expressions import parse
from ilacs_rules.writing import decision_tables
from ilacs_rules.writing.decisions import DecisionTable
from small_drafts import ACT, AGENCY, FIRST, between, book, draft, rule, track

PAUSE = Suspension(
    id="pause", says="A pause.", applies_to=(AGENCY,), tracks=("inspection",), first=date(2020, 3, 17),
    last=date(2020, 3, 19), certainty="quoted", sources=(ir.Citation(source="act", place="all"),),
)  # fmt: skip


def refused(make: Callable[[], object]) -> str:
    # A text that is none is refused by what every text is held to.
    with pytest.raises((ir.RulebookError, ir.RecordError)) as caught:
        make()
    return str(caught.value)


NONSENSE: dict[str, tuple[Any, str]] = {
    "no working days": (lambda: parse("as_of + 0 working days"), "is not a length of time"),
    "to the end of time": (lambda: rule("a", last=date(9999, 12, 31)), "last: is too early or too late for a record"),
    "from the beginning of time": (
        lambda: rule("a", first=date(1, 1, 1)),
        "first: is too early or too late for a record",
    ),
    "asked of the end of time": (
        lambda: draft(rule("a", between("registered", high=date(9999, 12, 31)))),
        "is too early or too late for a record",
    ),
    "a count without end": (lambda: between("meetings_this_year", high=10**30), "is not a count"),
    "a yes for a count": (lambda: between("meetings_this_year", high=True), "is not a count"),
    "a pause the wrong way round": (
        lambda: PAUSE.model_copy(update={"last": date(2020, 3, 16)}),
        "ends before it begins",
    ),
    "a pause of no track": (
        lambda: draft(rule("a"), suspensions=(PAUSE.model_copy(update={"tracks": ("inspections",)}),)),
        "suspension pause: tracks: is not known (found 'inspections'; expected 'inspection'?",
    ),
    "a pause of no kind": (
        lambda: draft(rule("a"), suspensions=(PAUSE.model_copy(update={"applies_to": ("agency",)}),)),
        "suspension pause: applies_to: is not a subject type",
    ),
    "two pauses of one name": (
        lambda: draft(rule("a"), suspensions=(PAUSE, PAUSE)),
        "suspension pause: id: appears twice",
    ),
    "what comes to no track": (
        lambda: draft(
            rule("a"),
            expected=(Expected(id="new", says="", applies_to=(AGENCY,), tracks=("x",), first=FIRST, sources=()),),
        ),
        "expected new: tracks: is not known",
    ),
    "a track of no kind": (
        lambda: draft(tracks=(track(answers={"agency": FIRST}),)),
        "track inspection: answers: is not a subject type",
    ),
    "a path for an id": (lambda: track("../../pwned"), "id: is not an id"),
    "a sentence for an id": (lambda: rule("two words"), "id: is not an id"),
    "an id without end": (lambda: rule("a" * 151), "id: is not an id"),
    "a path for a file": (lambda: rule("a", framework="../x.toml"), "framework: is not the name"),
    "a script for an address": (
        lambda: ACT.model_copy(update={"url": "javascript:alert(1)"}),
        "url: is not a web address",
    ),
    "half a sign": (lambda: rule("a", says="\ud800"), "says: "),
    "a copy that is none": (lambda: rule("a").model_copy(update={"first": "some day"}), "first: cannot stand"),
    "a copy of a book": (lambda: ir.load_rulebook().model_copy(update={"rules": 5}), "rules: cannot stand"),
    "a draft of nothing": (ir.Draft, "version: cannot stand"),
    "a draft of text": (lambda: Draft.model_validate("draft"), "cannot stand"),
    "a book of JSON that is none": (lambda: ir.Rulebook.model_validate_json("{"), "is not JSON"),
    "a rule of nothing": (ir.Rule, "id: cannot stand"),
    "a source of a number": (lambda: Source(id=5), "id: cannot stand"),  # type: ignore[call-arg]
    "a table of nothing": (DecisionTable, "rulebook: cannot stand"),
    "a table of a number": (lambda: DecisionTable.model_validate(5), "cannot stand"),
}


@pytest.mark.parametrize("name", NONSENSE)
def test_nonsense_is_refused_in_our_own_words(name: str) -> None:
    make, said = NONSENSE[name]
    assert said in refused(make)


def test_the_last_days_of_a_rulebook_can_be_asked_about() -> None:
    """Up to the last of all, with every window that a rule may give."""
    small = book(rule("a", last=date(2100, 12, 30), closes="as_of + 60 years"), rule("b", first=date(2100, 12, 31)))
    agency = ir.Provider(type=AGENCY, name="", registered=date(2015, 1, 1))
    for day in (date(2100, 12, 30), date(2100, 12, 31)):
        assert ir.answers(agency, as_of=day, rulebook=small)
    open_ended = book(rule("a"), suspensions=(PAUSE,)).as_it_stood(PAUSE.first)
    assert open_ended.suspensions[0].last == date.max


def test_a_part_of_a_rulebook_leaves_out_what_suspends_the_rest() -> None:
    other = track("monitoring", met_by=())
    both = PAUSE.model_copy(update={"tracks": ("inspection", "monitoring")})
    alone = PAUSE.model_copy(update={"id": "alone", "tracks": ("monitoring",)})
    whole = draft(rule("a"), rule("b", track="monitoring"), tracks=(track(), other), suspensions=(both, alone))
    for part in (whole.part({"inspection"}), whole.model_copy(update={"tracks": (track(),), "rules": (rule("a"),)})):
        assert [(pause.id, pause.tracks) for pause in part.suspensions] == [("pause", ("inspection",))]
    kept = whole.model_copy(update={"version": "other"})
    assert kept.suspensions == whole.suspensions


@pytest.mark.parametrize(
    "value",
    [track(met_by_since={"full_inspection": FIRST}), draft(rule("a")), rule("a"), PAUSE, book(rule("a"))],
    ids=lambda value: type(value).__name__,
)
def test_every_part_of_a_rulebook_is_pickled_and_copied(value: Any) -> None:
    for made in (pickle.loads(pickle.dumps(value)), copy.deepcopy(value), copy.copy(value)):
        assert made == value
        assert made.model_dump_json() == value.model_dump_json()
    if isinstance(value, Track):
        assert hash(pickle.loads(pickle.dumps(value))) == hash(value)


def test_a_compiled_rulebook_with_a_key_that_is_no_text_is_read_anew(tmp_path: Path) -> None:
    (tmp_path / "frameworks").mkdir()
    for name in ("rulebook.toml", "sources.toml"):
        (tmp_path / name).write_text("")
    write(tmp_path, book(rule("a")))
    assert read(tmp_path) == book(rule("a"))
    (tmp_path / "compiled.key").write_bytes(b"\xff\xfe")
    assert read(tmp_path) is None
    (tmp_path / "compiled.key").write_text("another key")
    assert read(tmp_path) is None


def crossing(count: int) -> tuple[ir.Rule, ...]:
    """Rules each of which asks about as many stretches of three facts: together more than can be proved in time."""
    day = timedelta(days=1)
    return tuple(
        rule(
            f"r{number}",
            between("meetings_this_year", number, number),
            between("registered", FIRST + number * day, FIRST + 2 * number * day),
            between("last_meeting", FIRST + number * day, FIRST + 3 * number * day),
        )
        for number in range(count)
    )


def test_what_cannot_be_proved_in_time_is_refused_before_it_is_tried() -> None:
    """By the steps that it would take: a step is as long whatever it is of."""
    with pytest.raises(
        ir.RulebookError, match="track inspection: is too large to prove: its rules ask about too many facts"
    ):
        ir.check(draft(*crossing(400)))
    with pytest.raises(ir.ProofError, match="no rule answers this case"):
        book(*crossing(400))


def test_the_shipped_rulebook_takes_a_small_part_of_the_steps() -> None:
    whole, steps = ir.load_rulebook(), proof.Steps()
    for kind in whole.subject_types:
        for each in whole.tracks:
            if kind in each.answers:
                proof.prove(each, kind, whole.rows_of(each, kind), steps=steps)
    assert 0 < proof.MOST_STEPS - steps.left < proof.MOST_STEPS / 3


def test_tables_of_the_shipped_rulebook_still_stand() -> None:
    assert len(decision_tables(ir.load_rulebook())) == len(ir.load_rulebook().tracks)
