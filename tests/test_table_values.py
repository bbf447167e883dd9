"""Tables are as strict as the records: what a value is not plainly, it is not made into, in any column."""

import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd  # type: ignore[import-untyped]
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

import ilacs_rules as ir
from ilacs_rules import tables
from ilacs_rules.reading import Published
from ilacs_rules.situation import FACTS, Choice, Number
from ilacs_rules.values import FIRST_DAY, LAST_DAY

AS_OF = date(2024, 1, 10)
A: dict[str, Any] = {
    "subject": "A", "type": "independent_fostering_agency", "registered": date(2015, 6, 1), "as_of": AS_OF,
    "activity": "full_inspection", "started": date(2023, 5, 15), "ended": date(2023, 5, 19),
    "published": date(2023, 6, 28), "overall": "requires_improvement",
}  # fmt: skip
B = {**A, "subject": "B"}
OF_EVENTS = ("subject", "activity", "started", "ended", "published", "overall")
OF_SUBJECTS = ("subject", "type", "registered", "as_of")

NO_DAYS: dict[str, Any] = {
    "a number of Excel's": 45061,
    "a number of numpy's": np.int64(45061),
    "a number with a point": 45061.0,
    "a decimal": Decimal(45061),
    "a fraction": Fraction(45061),
    "a great number": 10**5000,
    "a yes": True,
    "a time of day": time(9, 30),
    "a length of time": timedelta(45061),
    "an instant of a zone": datetime(2023, 5, 15, tzinfo=UTC),
    "midnight in Tokyo": pd.Timestamp("2023-05-15", tz="Asia/Tokyo"),
    "an instant at noon": datetime(2023, 5, 15, 12),
    "a nanosecond": pd.Timestamp("2023-05-15") + pd.Timedelta(1, "ns"),
    "a moment": np.datetime64("2023-05-15T12"),
    "a month of pandas": pd.Period("2023-05"),
    "text in another order": "15/05/2023",
    "text with a time": "2023-05-15 00:00:00",
    "text with a blank": "2023-05-15 ",
    "no day of any year": "2023-02-30",
    "bytes": b"2023-05-15",
    "a list": [2023, 5, 15],
    "nothing of ours": object(),
    "half a sign": "\ud800",
    "the day before the first": date(1899, 12, 31),
    "complex": 45061 + 0j,
    "infinite": float("inf"),
}
NOTHING: dict[str, Any] = {
    "None": None, "NaN": float("nan"), "numpy's NaN": np.float64("nan"), "a decimal NaN": Decimal("NaN"), "NA": pd.NA,
    "NaT": pd.NaT, "numpy's NaT": np.datetime64("NaT", "D"), "an empty text": "",
}  # fmt: skip
DAYS: dict[str, Any] = {
    "a date": date(2023, 5, 15), "midnight": datetime(2023, 5, 15), "pandas' midnight": pd.Timestamp("2023-05-15"),
    "numpy's day": np.datetime64("2023-05-15"), "numpy's midnight": np.datetime64("2023-05-15T00:00:00.000000000"),
    "text": "2023-05-15",
}  # fmt: skip


def of_objects(rows: list[dict[str, Any]], library: str) -> Any:
    """A table each of whose columns holds objects, as pandas and polars have it."""
    if library == "pandas":
        return pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=object) for name in rows[0]})
    return pl.DataFrame([pl.Series(name, [row[name] for row in rows], dtype=pl.Object) for name in rows[0]])


def asked(rows: list[dict[str, Any]], library: str, *, apart: bool) -> tuple[list[str], list[dict[str, Any]]]:
    """Whom the answers are of, and what was refused; the subjects in a table of their own or with the events."""
    if apart:
        events, subjects = (
            of_objects([{name: row[name] for name in names} for row in rows], library)
            for names in (OF_EVENTS, OF_SUBJECTS)
        )
        found = tables.next_activities(events, subjects, as_of="as_of")
    else:
        found = tables.next_activities(of_objects(rows, library), as_of="as_of")
    answers, refused = (pl.DataFrame(table) if library == "polars" else pl.from_pandas(table) for table in found)
    return answers["subject"].to_list(), refused.to_dicts()


NUMBERS: list[tuple[Any, str | None]] = [
    (1027077, "1027077"),
    (1027077.0, "1027077"),
    (Decimal("1027077.00"), "1027077"),
    (np.int64(1027077), "1027077"),
    ("SC035296", "SC035296"),
    ("1027077", "1027077"),
    (0.5, None),
    (True, None),
    (float("inf"), None),
    (2.0**60, None),
    (10**30, None),
    (b"SC035296", None),
    (date(2023, 5, 15), None),
    ("\ud800", None),
    ([1], None),
]
LIBRARIES, APART = ("pandas", "polars"), (True, False)


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("apart", APART)
@pytest.mark.parametrize("column", ["started", "ended", "published", "registered", "as_of"])
@pytest.mark.parametrize("name", NO_DAYS)
def test_what_is_no_day_is_refused_by_its_row_and_column(name: str, column: str, apart: bool, library: str) -> None:
    """And never read as days since 1970; the other subject is answered."""
    answered, refused = asked([A, {**B, column: NO_DAYS[name]}], library, apart=apart)
    assert answered == ["A"]
    # A day that no record can hold is one all the same: asked about, it is a question that is refused.
    place = None if column == "as_of" and name == "the day before the first" else 1
    assert {(row["row"], row["subject"], row["field"]) for row in refused} == {(place, "B", column)}
    assert all(row["message"].isprintable() and row["value"] for row in refused)


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("name", NOTHING)
def test_every_way_of_writing_nothing_is_nothing(name: str, library: str) -> None:
    rows = [{**A, "outcome": None}, {**B, **dict.fromkeys(("ended", "registered", "outcome"), NOTHING[name])}]
    assert asked(rows, library, apart=False) == (["A", "B"], [])


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("name", DAYS)
def test_what_is_plainly_a_day_is_read_among_others(name: str, library: str) -> None:
    answered, refused = asked([A, {**B, "started": DAYS[name]}], library, apart=True)
    assert (answered, refused) == (["A", "B"], [])


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("name", NO_DAYS)
def test_what_is_no_day_is_refused_in_what_records_cover(name: str, library: str) -> None:
    covers = [{"subject": each, "activity": "everything", "since": None} for each in "AB"]
    covers[1] |= {"activity": "full_inspection", "since": NO_DAYS[name]}
    whole = tables.next_activities(pl.DataFrame([A, B]).drop("as_of"), as_of=AS_OF, covers=of_objects(covers, library))
    assert whole.answers["subject"].to_list() == ["A"]
    assert whole.refused.select("table", "row", "field").rows() == [("covers", 1, "since")]


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("apart", APART)
@pytest.mark.parametrize("number", range(15))
def test_whole_numbers_among_texts_become_text_and_anything_else_is_refused(
    number: int, apart: bool, library: str
) -> None:
    """As `pandas.read_excel` gives URNs."""
    value, read = NUMBERS[number]
    answered, refused = asked([A, {**B, "subject": value}], library, apart=apart)
    assert answered == ["A", *([read] if read else [])]
    assert {(row["row"], row["field"]) for row in refused} == (set() if read else {(1, "subject")})
    urns = asked([{**A, "urn": "SC1"}, {**B, "urn": value}], library, apart=False)
    assert urns[0] == ["A", *(["B"] if read else [])]
    assert [(row["row"], row["subject"], row["field"]) for row in urns[1]] == ([] if read else [(1, "B", "urn")])


def test_a_column_of_numbers_with_a_gap_is_whole_numbers() -> None:
    """pandas and spreadsheets make such a column one of numbers with a point."""
    events = pd.DataFrame([{**A, "subject": 5.0}, {**B, "subject": 6.5}, {**B, "subject": None}]).drop(columns="as_of")
    subjects = pl.DataFrame({"subject": ["5"], "type": [A["type"]]})
    found = tables.next_activities(events, as_of=AS_OF)
    assert found.answers["subject"].tolist() == [5]
    assert found.refused[["row", "field", "value"]].to_numpy().tolist() == [[1, "subject", "6.5"], [2, "subject", ""]]
    of_text = tables.next_activities(pl.from_pandas(events[:1]).drop("type", "registered"), subjects, as_of=AS_OF)
    assert of_text.answers["subject"].to_list() == ["5"]


@pytest.mark.parametrize("value", [5, 0.5, True, date(2023, 5, 15), [1]])
@pytest.mark.parametrize("column", ["activity", "overall", "outcome", "precision", "type"])
def test_what_is_no_word_is_refused_by_its_row_and_column(column: str, value: Any) -> None:
    none = {"outcome": None, "precision": None}
    answered, refused = asked([{**A, **none}, {**B, **none, column: value}], "pandas", apart=False)
    assert answered == ["A"]
    assert {(row["row"], row["subject"], row["field"]) for row in refused} == {(1, "B", column)}


SITUATION = {"type": "independent_fostering_agency", "as_of": AS_OF, "last_overall": "inadequate"}


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize(
    ("column", "value"),
    [("type", 5), ("type", [1]), ("last_overall", 5), ("as_of", 45061), ("as_of", time(9)), ("as_of", "2024-01-10 ")],
)
def test_a_situation_is_read_as_strictly(column: str, value: Any, library: str) -> None:
    table = of_objects([SITUATION, {**SITUATION, column: value}], library)
    found, refused = tables.decide(table, track="early_return")
    assert [row is not None and row == row for row in list(found["activity"])] == [True, False]  # noqa: PLR0124
    assert (list(refused["row"]), list(refused["field"])) == ([1], [column])


@pytest.mark.parametrize("kind", [pl.Int64, pl.Float64, pl.Object])
def test_counts_may_be_written_with_a_point(kind: type[pl.DataType]) -> None:
    """As pandas has them in a column with a gap; a fraction is no count."""
    facts = {name: fact.domain.words[0] if isinstance(fact.domain, Choice) else None for name, fact in FACTS.items()}
    row = pl.DataFrame([{"type": "local_authority", "as_of": AS_OF, **facts}] * 3)
    counts = [3, 0.5, None] if kind is not pl.Int64 else [3, -1, None]
    others = pl.col([name for name, fact in FACTS.items() if isinstance(fact.domain, Number)]).cast(pl.Int64)
    table = row.with_columns(others).with_columns(pl.Series("good_practice_judgements", counts, dtype=kind))
    found = tables.decide(table, track="inspection")
    assert found.answers["rule"].is_null().to_list() == [False, True, False]
    assert found.refused["field"].to_list() == ["good_practice_judgements"]


def test_a_row_of_which_only_a_value_that_cannot_be_read_is_left_is_no_subject_without_events() -> None:
    rows = [A, {**B, **dict.fromkeys(("activity", "ended", "published", "overall")), "started": "in May"}]
    assert asked(rows, "pandas", apart=False)[0] == ["A"]


@given(st.lists(st.dates(FIRST_DAY, LAST_DAY), min_size=1), st.sampled_from(["as", "text", "instant"]))
def test_days_among_objects_are_those_that_went_in(days: list[date], form: str) -> None:
    forms: dict[str, Any] = {"as": lambda day: day, "text": str, "instant": pd.Timestamp}
    rows = [{**A, "subject": f"{number}", "as_of": forms[form](day)} for number, day in enumerate(days)]
    found = tables.next_activities(of_objects(rows, "polars"), as_of="as_of")
    asked_of = [*found.answers.select("subject", "as_of").rows(), *found.refused.select("subject", "as_of").rows()]
    assert sorted(asked_of) == sorted((f"{number}", day) for number, day in enumerate(days))


def test_other_dtypes_of_pandas_are_read_as_what_they_hold() -> None:
    plain = pd.DataFrame([A, B]).drop(columns="as_of")
    expected = tables.next_activities(plain, as_of=AS_OF).answers
    for changes in (
        {"subject": "category", "activity": "category", "started": "category"},
        {"started": "datetime64[s]", "published": "datetime64[ns]", "subject": "string"},
        {"started": "string[python]", "overall": "object"},
    ):
        pd.testing.assert_frame_equal(tables.next_activities(plain.astype(changes), as_of=AS_OF).answers, expected)
    zoned = plain.assign(started=pd.to_datetime(plain["started"]).dt.tz_localize("Europe/London"))
    with pytest.raises(ir.RecordError, match=r"events\.started: is of the wrong kind.*with a time zone"):
        tables.next_activities(zoned, as_of=AS_OF)
    integers = plain.assign(subject=pd.array([1, 2], dtype="Int64"))
    assert tables.next_activities(integers, as_of=AS_OF).answers["subject"].tolist() == [1, 2]


WITHOUT_PYARROW = """
import sys
sys.modules["pyarrow"] = None
from datetime import date
import pandas as pd
from ilacs_rules import tables
from ilacs_rules.reading import Published
events = pd.DataFrame({"subject": ["A", 5], "type": ["childrens_home"] * 2, "activity": ["full_inspection", "visit"],
                       "started": [date(2023, 5, 15), 45061], "ended": pd.to_datetime(["2023-05-16", None])})
for column in ("subject", "type"):
    events[column] = events[column].astype(object)
events["activity"] = events["activity"].astype("category")
answers, refused = tables.next_activities(events, as_of=date(2024, 1, 10))
print(answers["subject"].tolist(), answers["opens"].astype(str).tolist(), refused["row"].tolist())
situations = tables.situations(events[:1], as_of=date(2024, 1, 10), facts=["full_this_year", "last_overall"]).answers
print(situations.iloc[0].tolist()[3:])
"""


def test_pandas_works_without_pyarrow() -> None:
    done = subprocess.run([sys.executable, "-c", WITHOUT_PYARROW], capture_output=True, text=True, check=False)
    assert (done.stderr, done.returncode) == ("", 0)
    assert done.stdout.splitlines() == ["['A'] ['2023-05-16'] [1]", "[np.int32(1), 'none']"]


def test_a_column_of_pyarrow_says_what_it_needs() -> None:
    code = (
        WITHOUT_PYARROW.replace("import pandas", "import pandas").partition("events =")[0]
        + """
class Dtype: pyarrow_dtype = None; name = "a kind of PyArrow's"
class Column: dtype = Dtype()
class Table:
    __module__ = "pandas"; ndim = 2; columns = ["subject"]
    class iloc:
        def __class_getitem__(cls, key): return Column()
tables.next_activities(Table(), as_of=date(2024, 1, 10))
"""
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.splitlines()[-1].endswith(
        "MissingExtraError: the column 'subject' is PyArrow's: pip install pyarrow"
    )


HOME = ir.Provider(type="childrens_home", name="A home", urn="SC1", registered=date(2023, 11, 1), covers=[])
COUNCIL = ir.LocalAuthority(name="A council", urn="80400", covers=["ilacs_short"])


@pytest.mark.parametrize(
    "make",
    [
        list, tuple, iter, lambda each: (subject for subject in each),
        lambda each: Published(subjects=tuple(each), problems=(), sheets=()),
    ],
    ids=["list", "tuple", "iterator", "generator", "published"],
)  # fmt: skip
@pytest.mark.parametrize("ask", [tables.next_activities, tables.required_activities])
def test_subjects_are_taken_as_they_are(make: Any, ask: Any) -> None:
    """With what each of them covers; and answers carry the name beside the number."""
    found = ask(make([HOME, COUNCIL]), as_of=AS_OF)
    records = tables.from_subjects([HOME, COUNCIL])
    assert_frame_equal(found.answers, ask(records.events, records.subjects, covers=records.covers, as_of=AS_OF).answers)
    assert set(found.answers.select("subject", "name", "urn").rows()) <= {
        (0, "A home", "SC1"),
        (1, "A council", "80400"),
    }
    for covers in ("everything", "inspections"):
        whole = ask(make([HOME, COUNCIL]), as_of=AS_OF, covers=covers)
        again = ask(records.events, records.subjects, covers=covers, as_of=AS_OF)
        assert_frame_equal(whole.answers, again.answers)


def test_one_subject_and_none_are_taken_too() -> None:
    assert tables.next_activities(HOME, as_of=AS_OF).answers["name"].to_list() == ["A home"]
    assert tables.next_activities(Published(subjects=(), problems=(), sheets=()), as_of=AS_OF).answers.is_empty()
    held = tables.timeline([HOME], since=AS_OF, until=AS_OF).answers
    assert held.select("subject", "name", "urn").rows() == [(0, "A home", "SC1")]
    assert tables.situations([HOME, COUNCIL], as_of=AS_OF, facts=["exists"]).answers["subject"].to_list() == [0, 1]


def test_what_is_refused_carries_the_name() -> None:
    early = tables.next_activities([HOME, COUNCIL], as_of=date(2000, 1, 1))
    assert sorted(early.refused.select("subject", "name").rows()) == [("0", "A home"), ("1", "A council")]
    rows = tables.next_activities(
        pl.DataFrame([{**A, "name": "An agency", "overall": "goood"}]).drop("as_of"), as_of=AS_OF
    )
    assert rows.refused.select("subject", "name").rows() == [("A", "An agency")]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([HOME, "another"], r"subjects\[1\]: is not a subject"),
        ([1, 2], "events: is not a table"),
        ("events.csv", "events: is not a table"),
        (None, "events: is not a table"),
        (pl.Series([1]), "events: is not a table"),
        (np.array(5), "events: is not a table"),
        (pd.Series([1]), "events: is not a table"),
        ({}, "events: is not a table"),
        ((ir.Event(activity="full_inspection", started="2024-05-01"),), "events: is not a table"),
    ],
    ids=str,
)
def test_what_is_neither_a_table_nor_subjects_is_refused(given: Any, said: str) -> None:
    with pytest.raises(ir.RecordError, match=said):
        tables.next_activities(given, as_of=AS_OF)
    with pytest.raises(ir.RecordError, match="cannot be given when the first table already holds subjects"):
        tables.next_activities([HOME], pl.DataFrame({"subject": [0]}), as_of=AS_OF)
