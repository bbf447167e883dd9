"""Values that no record can hold, in tables: each is refused by its row, and none is lost, guessed at or fatal."""

import gc
import sys
import weakref
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd  # type: ignore[import-untyped]
import polars as pl
import pytest
from polars.testing import assert_frame_equal

import ilacs_rules as ir
from ilacs_rules import tables
from ilacs_rules.dates import add_months
from ilacs_rules.situation import FACTS, Choice, Number
from ilacs_rules.tables.days import over

AS_OF = date(2024, 1, 10)
INSPECTED: dict[str, Any] = {
    "subject": "A", "type": "independent_fostering_agency", "activity": "full_inspection", "started": date(2023, 5, 15),
    "ended": date(2023, 5, 19), "published": date(2023, 6, 28), "overall": "requires_improvement",
}  # fmt: skip
EVENTS = pl.DataFrame([INSPECTED, {**INSPECTED, "subject": "B", "overall": "inadequate"}])
SUBJECTS = pl.DataFrame({"subject": ["A", "B"], "type": "independent_fostering_agency"})
ANSWERED = tables.next_activities(EVENTS, as_of=AS_OF).answers


def asked(events: Any, subjects: Any = None, **options: Any) -> tables.Answered:
    return tables.next_activities(events, subjects, **{"as_of": AS_OF, **options})


def refusals(answered: tables.Answered) -> list[tuple[Any, ...]]:
    """Where each refusal stands, and what it says is there."""
    return list(answered.refused.select("table", "row", "subject", "field", "value").rows())


def days(*numbers: int) -> pl.Series:
    return pl.Series(numbers, dtype=pl.Int32).cast(pl.Date)


FAR: dict[str, tuple[pl.Series, str]] = {
    "after the year 9999": (days(10_000_000, 19_000), "10000000 days from 1970-01-01"),
    "the last of all": (days(2**31 - 1, 19_000), "2147483647 days from 1970-01-01"),
    "before the year 0": (days(-1_000_000, 19_000), "-1000000 days from 1970-01-01"),
    "the last day of the year 0": (days(-719_163, 19_000), "-719163 days from 1970-01-01"),
    "the year 0 in text": (pl.Series(["0000-12-31", "2022-01-08"]), "0000-12-31"),
    "an instant": (
        pl.Series([2**62, 1_641_600_000_000]).cast(pl.Datetime("ms")),
        f"{2**62} milliseconds from 1970-01-01",
    ),
}


@pytest.mark.parametrize("name", FAR)
def test_days_beyond_the_calendar_are_refused_where_they_stand(name: str) -> None:
    """In every column of days of every table; the other subject is answered."""
    far, said = FAR[name]
    alone = {"A": asked(EVENTS.with_columns(far.alias("published"), started=None, ended=None))}
    alone["registered"] = asked(EVENTS.with_columns(far.alias("registered")))
    alone["asked"] = asked(EVENTS.with_columns(far.alias("asked")), as_of="asked")
    for field, answered in zip(("published", "registered", "as_of"), alone.values(), strict=True):
        assert refusals(answered)[0] == ("events", 0, "A", field, said)
        assert "A" not in answered.answers["subject"]
    own = asked(EVENTS.drop("type"), SUBJECTS.with_columns(far.alias("registered")))
    assert (refusals(own), own.answers["subject"].to_list()) == ([("subjects", 0, "A", "registered", said)], ["B"])
    covers = SUBJECTS.select("subject").with_columns(far.alias("since"), activity=pl.lit("full_inspection"))
    part = asked(EVENTS, covers=covers)
    assert (refusals(part), part.answers["subject"].to_list()) == ([("covers", 0, "A", "since", said)], ["B"])


@pytest.mark.parametrize("name", ["since", "until"])
@pytest.mark.parametrize(
    ("day", "out"),
    [(date(1899, 12, 31), True), (date(1900, 1, 1), False), (date(2100, 12, 31), False), (date(2101, 1, 1), True)],
)
def test_what_is_covered_has_the_days_of_the_record(name: str, day: date, out: bool) -> None:
    """On both sides of the first and the last day that a record can hold, in the words of ``Covered``."""
    covers = pl.DataFrame({"subject": ["A", "B"], "activity": ["full_inspection"] * 2, name: [day, None]})
    found = asked(EVENTS, covers=covers)
    assert found.answers["subject"].to_list() == (["B"] if out else ["A", "B"])
    if out:
        with pytest.raises(ir.RecordError) as error:
            ir.Covered(activity="full_inspection", **{name: day})
        assert found.refused["message"].to_list() == [str(error.value)]


@pytest.mark.parametrize(("after", "holds"), [(-400, True), (0, True), (1, True), (2, False)])
@pytest.mark.parametrize("within", [False, True])
def test_stretches_that_meet_are_one_and_a_day_between_keeps_them_apart(after: int, holds: bool, within: bool) -> None:
    """The table says what the record says of the same stretches, in any order, one within another too."""
    until = date(2023, 12, 31)
    stretches: list[tuple[date | None, date | None]] = [
        (None, until), (until + timedelta(days=after), None), *([(date(2020, 1, 1), date(2021, 1, 1))] * within),
    ]  # fmt: skip
    late = date(2026, 1, 1)
    covers = pl.DataFrame(
        [("B", "full_inspection", *stretch) for stretch in reversed(stretches)],
        schema={"subject": pl.String, "activity": pl.String, "since": pl.Date, "until": pl.Date},
        orient="row",
    )
    found = asked(EVENTS.filter(pl.col("subject") == "B"), covers=covers, as_of=late).answers
    covered = [ir.Covered(activity="full_inspection", since=since, until=until) for since, until in stretches]
    happened = {name: INSPECTED[name] for name in ("activity", "started", "ended", "published")}
    event = ir.Event(**happened, judgements={"overall": "inadequate"})
    single = ir.Provider(type=INSPECTED["type"], name="B", events=[event], covers=covered)
    assert found["status"].to_list() == [ir.next_activity(single, as_of=late).status]
    assert (found["status"][0] == "overdue") is holds


def test_a_subject_within_the_events_is_refused_by_the_row_in_which_it_first_stands() -> None:
    """Its day that cannot be read is not left out, and its number is that of the table that went in."""
    earlier = {**INSPECTED, "started": date(2020, 1, 6), "ended": None, "published": None}
    rows = [INSPECTED, earlier, {**INSPECTED, "subject": "B", "registered": "9 April 2023"}]
    found = asked(pl.DataFrame(rows, infer_schema_length=None))
    assert (found.answers["subject"].to_list(), refusals(found)) == (
        ["A"],
        [("events", 2, "B", "registered", "9 April 2023")],
    )
    for change, field, value in (
        ({"type": "orphanage"}, "type", "orphanage"),
        ({"created": AS_OF}, "created", f"{AS_OF}"),
    ):
        events = pl.DataFrame([*rows[:2], {**rows[2], "registered": None, **change}], infer_schema_length=None)
        assert refusals(asked(events)) == [("events", 2, "B", field, value)]


def test_rows_of_one_subject_that_differ_say_what_stands_in_each() -> None:
    """Also where one of them is no day."""
    rows = [{**INSPECTED, "registered": "2020-01-01"}, {**INSPECTED, "started": date(2020, 1, 6), "registered": "soon"}]
    found = asked(pl.DataFrame(rows))
    assert refusals(found) == [("events", 1, "A", "registered", "2020-01-01, soon")]


def test_a_row_of_no_one_is_refused_though_it_is_no_event() -> None:
    found = asked(pl.DataFrame([INSPECTED, {"subject": None, "type": "childrens_home"}, {"subject": None}]))
    assert refusals(found) == [("events", 1, "", "subject", ""), ("events", 2, "", "subject", "")]
    assert found.answers["subject"].to_list() == ["A"]


def test_the_day_asked_about_may_stand_in_a_column_of_days_and_in_no_other() -> None:
    """One that holds something else is an error; a value that is no day is refused as it stands."""
    day = date(2023, 9, 1)
    for events, subjects in (
        (EVENTS.with_columns(registered=day), None),
        (EVENTS.drop("type"), SUBJECTS.with_columns(registered=day)),
    ):
        found = asked(events, subjects, as_of="registered")
        assert set(found.answers["as_of"]) == {day}
        for name in ("subject", "type"):
            with pytest.raises(ir.RecordError, match=f"as_of: is not a column of dates .found '{name}'"):
                asked(events, subjects, as_of=name)
    for bad, said in (("10/01/2024", "10/01/2024"), (datetime(2024, 1, 10, 9), "2024-01-10 09:00:00")):
        found = asked(EVENTS.drop("type"), SUBJECTS.with_columns(note=pl.lit(bad)), as_of="note")
        assert refusals(found) == [(("subjects"), row, name, "as_of", said) for row, name in enumerate("AB")]
    with pytest.raises(ir.RecordError, match="as_of: is not a column of dates"):
        asked(EVENTS.with_columns(note=pl.lit("x")), as_of="note")


@pytest.mark.parametrize("wide", [pl.UInt64, pl.Int128, pl.UInt8])
def test_subjects_may_be_whole_numbers_of_any_width(wide: Any) -> None:
    """Whole numbers of different widths are compared by their values."""
    most = {pl.UInt64: 2**64 - 1, pl.Int128: 2**100, pl.UInt8: 255}[wide]
    for width in (wide, pl.Int32):
        numbered = pl.Series([most if width is wide else 7, 5], dtype=width)
        events = EVENTS.drop("type").with_columns(subject=pl.Series([most, 5], dtype=wide))
        found = asked(events, SUBJECTS.with_columns(subject=numbered))
        expected = [most, 5] if width is wide else [5]
        assert [each for each in found.answers["subject"] if each != 7] == expected
        if width is not wide:
            assert ("events", 0, f"{most}", "subject", f"{most}") in refusals(found)
    alone = asked(EVENTS.with_columns(subject=pl.Series([most, 5], dtype=wide)))
    assert alone.answers["subject"].to_list() == [most, 5]


NOTHING = [pl.Float64, pl.Boolean, pl.Datetime("us", "UTC"), pl.List(pl.String), pl.Null]


@pytest.mark.parametrize("kind", NOTHING, ids=str)
def test_a_column_in_which_nothing_stands_may_be_of_any_kind(kind: Any) -> None:
    """As pandas makes one of what a file leaves empty; a single value makes its kind matter."""
    nothing = pl.lit(None, dtype=kind)
    found = asked(EVENTS.with_columns(outcome=nothing, registered=nothing, name=nothing))
    assert_frame_equal(found.answers, ANSWERED)
    if kind == pl.Float64:
        with pytest.raises(ir.RecordError, match=r"events\.outcome: is of the wrong kind: Float64"):
            asked(EVENTS.with_columns(outcome=pl.Series([1.0, None])))
        with pytest.raises(ir.RecordError, match=r"events\.registered: is of the wrong kind: Float64"):
            asked(EVENTS.with_columns(registered=pl.Series([1.0, None])))


def test_pandas_with_nothing_in_it() -> None:
    """No rows, and a column that is empty throughout."""
    empty = asked(pd.DataFrame({"subject": [], "type": [], "activity": []}))
    assert (len(empty.answers), len(empty.refused)) == (0, 0)
    found = asked(EVENTS.to_pandas().assign(outcome=np.nan)).answers
    assert list(found["subject"]) == ["A", "B"]


class _Own(pd.DataFrame):  # type: ignore[misc]
    """A table of a library that builds on pandas."""

    __module__ = "elsewhere"


def test_a_table_made_from_pandas_comes_back_as_pandas() -> None:
    assert all(isinstance(table, pd.DataFrame) for table in asked(_Own(EVENTS.to_pandas())))


def test_a_lazy_table_that_cannot_be_read_is_an_error_of_ours() -> None:
    for lazy in (EVENTS.lazy().select("no such column"), pl.scan_csv("there is no such file.csv")):
        with pytest.raises(ir.RecordError, match="events: cannot be read"):
            asked(lazy)


def test_what_is_asked_may_be_any_collection() -> None:
    """Days and activities from generators and sets; what cannot be one of them is an error."""
    assert_frame_equal(asked(EVENTS, as_of=iter([AS_OF])).answers, ANSWERED)
    covers = asked(EVENTS, covers=["full_inspection"]).answers
    for same in (iter(["full_inspection"]), {"full_inspection": 1}.keys(), frozenset({"full_inspection"})):
        assert_frame_equal(asked(EVENTS, covers=same).answers, covers)
    with pytest.raises(ir.RecordError, match="as_of: is not a date"):
        asked(EVENTS, as_of=[[AS_OF]])
    for name in ("since", "until"):
        with pytest.raises(ir.RecordError, match=f"{name}: is not a date .* .found '10/01/2024'"):
            tables.timeline(EVENTS, **{"since": AS_OF, "until": AS_OF, name: "10/01/2024"})  # type: ignore[arg-type]


def test_facts_asked_for_twice_are_given_once() -> None:
    found = tables.situations(EVENTS, as_of=AS_OF, facts=["exists", "exists"])
    assert found.answers.columns == ["subject", "type", "as_of", "exists"]


def _situation(kind: str) -> pl.DataFrame:
    """A row twice, the first word of every fact and nothing known of counts and days."""
    facts = {name: fact.domain.words[0] if isinstance(fact.domain, Choice) else None for name, fact in FACTS.items()}
    asked_about = {"type": kind, "as_of": AS_OF, **facts}
    count = [name for name, fact in FACTS.items() if isinstance(fact.domain, Number)]
    return pl.DataFrame([asked_about] * 2).with_columns(pl.col(count).cast(pl.Int64))


@pytest.mark.parametrize("value", [2**40, 2**31, -1])
def test_a_count_that_is_none_is_refused_and_not_held_to_be_unknown(value: int) -> None:
    row = _situation("local_authority")
    found = tables.decide(row.with_columns(good_practice_judgements=pl.Series([value, None])), track="inspection")
    assert refusals(found) == [("situations", 0, "", "good_practice_judgements", f"{value}")]
    assert found.answers["rule"].is_null().to_list() == [True, False]
    assert "expected 0 to 2,147,483,647, or null" in found.refused["message"][0]


BAD_DAYS: dict[str, pl.Series] = {
    "15/05/2023": pl.Series(["15/05/2023", "2023-05-15"]),
    "1899-12-31": pl.Series([date(1899, 12, 31), date(1900, 1, 1)]),
    "2101-01-01": pl.Series([date(2101, 1, 1), date(2100, 12, 31)]),
    "9999-12-31": pl.Series([date(9999, 12, 31), date(2023, 5, 15)]),
    "4000000 days from 1970-01-01": days(4_000_000, 19_000),
    "0000-12-31": pl.Series(["0000-12-31", "2023-05-15"]),
}


@pytest.mark.parametrize("said", BAD_DAYS)
def test_a_day_that_is_none_is_refused_and_not_held_to_be_unknown(said: str) -> None:
    """Of a fact, and of the day asked about: there the words are those of the single path."""
    row = {
        "type": "independent_fostering_agency", "inspection_stage": "complete", "inspections_covered": "yes",
        "registered": None, "as_of": AS_OF, "latest_inspection_first_day": date(2023, 5, 15),
    }  # fmt: skip
    table = pl.DataFrame([row] * 2)
    found = tables.decide(
        table.with_columns(BAD_DAYS[said].alias("latest_inspection_first_day")), track="statutory_minimum"
    )
    assert refusals(found) == [("situations", 0, "", "latest_inspection_first_day", said)]
    assert found.answers["rule"].is_null().to_list() == [True, False]
    asked_on = tables.decide(table.with_columns(BAD_DAYS[said].alias("as_of")), track="statutory_minimum")
    assert refusals(asked_on)[0] == ("situations", 0, "", "as_of", said)
    assert asked_on.answers["rule"][0] is None


@pytest.mark.parametrize("far", [1, 365, 366, 367, 368, 5_000])
@pytest.mark.parametrize("way", [-1, 1])
def test_days_are_looked_up_wherever_the_last_ones_lay(far: int, way: int) -> None:
    """On both sides of the room that was made for others; what was known before is known still."""
    middle, key = date(2024, 3, 31).toordinal(), ("six months, asked from a middle", far, way)
    for place in ([middle], [middle + way * far], [middle, 0, middle + way * far], [middle - way * far]):
        column = np.array(place, np.int32)
        expected = [add_months(date.fromordinal(day), 6).toordinal() if day else 0 for day in place]
        assert over(key, lambda day: add_months(day, 6), column).tolist() == expected


def test_threads_that_ask_at_once_get_what_one_gets() -> None:
    """The tables of days are shared; none of the threads looks where another is making room."""
    first, step = date(1950, 1, 1).toordinal(), 9_000

    def ask(number: int) -> bool:
        """The same functions as every other thread, on days far from theirs."""
        column = np.arange(first + number * step, first + number * step + 40, dtype=np.int32)
        expected = [add_months(date.fromordinal(day), 6).toordinal() for day in column.tolist()]
        return all(
            over(("six months, asked by threads", turn), lambda day: add_months(day, 6), column).tolist() == expected
            for turn in range(150)
        )

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as threads:
            assert all(threads.map(ask, range(8)))
    finally:
        sys.setswitchinterval(interval)


LEFT_BEHIND: dict[str, dict[str, Any]] = {
    "a word": {"overall": "goood"},
    "a day": {"ended": date(2023, 1, 1)},
    "a judgement that is lacking": {"overall": None},
    "a subject": {"type": "orphanage"},
    "an event of another kind": {"activity": "focused_visit", "overall": None},
    "an event twice": {},
}


@pytest.mark.parametrize("name", LEFT_BEHIND)
def test_what_was_refused_does_not_keep_the_table(name: str) -> None:
    """An error remembers the frames it went through; a file that is answered in parts must not be kept by them."""
    events = pl.DataFrame(
        [INSPECTED, {**INSPECTED, "subject": "B", **LEFT_BEHIND[name]}] * (2 if name.endswith("twice") else 1)
    )
    kept, was_enabled = weakref.ref(events), gc.isenabled()
    gc.disable()
    try:
        assert asked(events).refused.height
        del events
        assert kept() is None
    finally:
        if was_enabled:
            gc.enable()
