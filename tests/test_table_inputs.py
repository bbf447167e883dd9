"""What goes into a table and what comes back: kinds of tables, and rows that cannot be used, none of which is lost."""

import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pandas as pd  # type: ignore[import-untyped]
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

import ilacs_rules as ir
from ilacs_rules import tables
from ilacs_rules.tables.questions.clusters import plain
from ilacs_rules.testing.strategies import events, questions

AS_OF = date(2024, 1, 10)
TOKYO = timezone(timedelta(hours=9))
INSPECTED: dict[str, Any] = {
    "subject": "A", "type": "independent_fostering_agency", "activity": "full_inspection", "started": date(2023, 5, 15),
    "ended": date(2023, 5, 19), "published": date(2023, 6, 28), "overall": "requires_improvement",
}  # fmt: skip
EVENTS = pl.DataFrame([INSPECTED, {**INSPECTED, "subject": "B", "overall": "inadequate"}])


def asked(events: Any, subjects: Any = None, **options: Any) -> tables.Answered:
    return tables.next_activities(events, subjects, **{"as_of": AS_OF, **options})


def refusal(answered: tables.Answered) -> dict[str, Any]:
    """The one row that was refused."""
    assert answered.refused.height == 1, answered.refused.rows()
    return dict(answered.refused.row(0, named=True))


class _OnlyArrow:
    """A table of an unknown library, which has the Arrow interface and nothing else."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._frame.__arrow_c_stream__(requested_schema)


KINDS: dict[str, tuple[Callable[[pl.DataFrame], Any], type]] = {
    "polars": (lambda frame: frame, pl.DataFrame),
    "lazy": (lambda frame: frame.lazy(), pl.LazyFrame),
    "pandas": (lambda frame: frame.to_pandas(), pd.DataFrame),
    "pandas with Arrow": (lambda frame: frame.to_pandas(use_pyarrow_extension_array=True), pd.DataFrame),
    "pyarrow": (lambda frame: frame.to_arrow(), pa.Table),
    "record batch": (lambda frame: frame.to_arrow().to_batches()[0], pa.Table),
    "Arrow interface": (_OnlyArrow, pl.DataFrame),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_table_gives_the_same_answers_as_its_own_kind(kind: str) -> None:
    make, back = KINDS[kind]
    found = asked(make(EVENTS))
    assert all(isinstance(table, back) for table in found)
    expected = asked(EVENTS)
    for table, other in zip(found, expected, strict=True):
        frame = table.collect() if isinstance(table, pl.LazyFrame) else pl.DataFrame(table)
        # pandas has no days: its instants are at midnight, and say the same.
        assert_frame_equal(plain(frame), plain(other), check_dtypes=False)


def test_days_may_be_instants_at_midnight_or_text() -> None:
    """And a word may be of any text type; nothing else is guessed at."""
    expected = asked(EVENTS)
    for column in (pl.col("started").cast(pl.Datetime("ns")), pl.col("started").cast(pl.String)):
        assert_frame_equal(asked(EVENTS.with_columns(column)).answers, expected.answers)
    in_categories = EVENTS.with_columns(pl.col(pl.String).cast(pl.Categorical))
    assert_frame_equal(plain(asked(in_categories).answers), plain(expected.answers))


BAD_TABLES: dict[str, tuple[Any, str]] = {
    "no table": ([1, 2], "is not a table"),
    "no subject": (EVENTS.drop("subject"), "events.subject: is missing"),
    "no activity": (EVENTS.drop("activity"), "events.activity: is missing"),
    "no type": (EVENTS.drop("type"), "events.type: is missing"),
    "misspelt": (EVENTS.rename({"published": "publishd"}), "expected 'published'"),
    "number for day": (EVENTS.with_columns(started=1), "events.started: is of the wrong kind"),
    "number for word": (EVENTS.with_columns(overall=2), "events.overall: is of the wrong kind"),
    "fraction for subject": (EVENTS.with_columns(subject=1.5), "events.subject: is of the wrong kind"),
    "time zone": (
        EVENTS.with_columns(pl.col("started").cast(pl.Datetime).dt.replace_time_zone("Europe/London")),
        "with a time zone",
    ),
}


@pytest.mark.parametrize("name", BAD_TABLES)
def test_a_table_of_the_wrong_kind_is_an_error_that_names_the_column(name: str) -> None:
    table, words = BAD_TABLES[name]
    with pytest.raises(ir.RecordError, match=words):
        asked(table)


BAD_ROWS: dict[str, dict[str, Any]] = {
    "unknown activity": {"activity": "full inspection"},
    "no activity": {"activity": None},
    "an answer": {"activity": "nothing_required"},
    "of an authority": {"activity": "focused_visit", "overall": None},
    "unknown grade": {"overall": "goood"},
    "no such judgement": {"care_leavers": "good"},
    "unknown outcome": {"outcome": "fine"},
    "unknown precision": {"precision": "fortnight"},
    "a month's other day": {"precision": "month"},
    "no day": {"started": None, "ended": None, "published": None},
    "ends before it starts": {"ended": date(2023, 5, 14)},
    "published before it ends": {"published": date(2023, 5, 18)},
    "published before it starts": {"ended": None, "published": date(2023, 5, 14)},
    "too early": {"started": date(1899, 12, 31)},
    "too late": {"published": date(2101, 1, 1)},
}


@pytest.mark.parametrize("name", BAD_ROWS)
def test_a_row_that_cannot_be_used_is_refused_in_the_words_of_the_record(name: str) -> None:
    """With the number of its row; its subject is not answered, and the others are."""
    row = {**INSPECTED, "subject": "bad", **BAD_ROWS[name]}
    optional = ("care_leavers", "outcome", "precision")
    events = pl.DataFrame([{**dict.fromkeys(optional), **each} for each in (INSPECTED, row)], infer_schema_length=None)
    found = asked(events)
    assert found.answers["subject"].to_list() == ["A"]
    refused = refusal(found)
    assert (refused["table"], refused["row"], refused["subject"]) == ("events", 1, "bad")
    given = {
        name: row[name]
        for name in ("activity", "started", "ended", "published", "outcome", "precision")
        if row.get(name)
    }
    judgements = {name: row[name] for name in ("overall", "care_leavers") if row.get(name)}
    with pytest.raises(ir.RecordError) as error:
        ir.Provider(type=row["type"], name="", events=[ir.Event(**given, judgements=judgements)])
    assert (refused["kind"], refused["message"]) == (type(error.value).__name__, str(error.value))


@pytest.mark.parametrize("day", ["9 April 2023", "2023-02-30", "2023-5-15", "15/05/2023"])
def test_text_that_is_no_day_is_refused_as_it_stands(day: str) -> None:
    found = refusal(asked(EVENTS.head(1).with_columns(started=pl.lit(day))))
    assert (found["field"], found["value"]) == ("started", day)
    assert found["problem"].startswith("is not a date")


def test_an_instant_that_is_not_midnight_is_refused() -> None:
    found = asked(EVENTS.head(1).with_columns(started=datetime(2023, 5, 15, 9)))
    assert refusal(found)["problem"] == "is not a date alone: it has a time of day"


def test_what_stands_twice_is_refused_once_for_its_subject() -> None:
    twice = asked(pl.concat([EVENTS, EVENTS.head(1)]))
    assert twice.answers["subject"].to_list() == ["B"]
    assert refusal(twice)["message"].startswith("events: full inspection appears twice on one day (found 2023-05-15")
    authority = {**INSPECTED, "type": "local_authority", "activity": "ilacs_short"}
    two_graded = asked(pl.DataFrame([authority, {**authority, "activity": "sif_inspection"}]))
    assert "begin on the same day" in refusal(two_graded)["message"]


def test_subjects_of_their_own_table() -> None:
    """Without events, twice, of no known type, with another kind's day, unknown to it: answered, or refused by row."""
    subjects = pl.DataFrame(
        [
            {"subject": "A", "type": "independent_fostering_agency"},
            {"subject": "new", "type": "independent_fostering_agency", "registered": date(2023, 9, 1)},
            {"subject": "bare", "type": "independent_fostering_agency"},
            {"subject": "twice", "type": "childrens_home"},
            {"subject": "twice", "type": "childrens_home"},
            {"subject": "odd", "type": "orphanage"},
            {"subject": "mixed", "type": "childrens_home", "created": date(2023, 9, 1)},
            {"subject": None, "type": "childrens_home"},
        ],
        infer_schema_length=None,
    )
    found = asked(EVENTS.drop("type"), subjects)
    assert found.answers["subject"].to_list() == ["A", "new"]
    reasons = {
        (row["table"], row["subject"], row["row"]): row["problem"] for row in found.refused.iter_rows(named=True)
    }
    assert reasons == {
        ("subjects", "twice", 3): "appears twice in the table of subjects",
        ("subjects", "twice", 4): "appears twice in the table of subjects",
        ("subjects", "odd", 5): "is not a known subject type",
        ("subjects", "mixed", 6): "is not a field of Provider",
        ("subjects", "", 7): "is empty, so the row belongs to nobody",
        ("events", "B", 1): "is not in the table of subjects",
        (
            "questions",
            "bare",
            None,
        ): "the record of bare lacks this day, and the first window runs from it",
    }


def test_subjects_and_events_must_be_named_alike() -> None:
    subjects = pl.DataFrame({"subject": [1], "type": ["childrens_home"]})
    with pytest.raises(ir.RecordError, match=r"events\.subject: is String in one table and Int64 in another"):
        asked(EVENTS.drop("type"), subjects)


def test_subjects_within_the_events_must_agree_with_themselves() -> None:
    """A row with no part of an event is a subject without events."""
    rows = [
        INSPECTED,
        {**INSPECTED, "started": date(2020, 1, 6), "ended": None, "published": None, "type": "childrens_home"},
    ]
    assert refusal(asked(pl.DataFrame(rows)))["problem"] == "differs between rows of one subject"
    alone = pl.DataFrame(
        {
            "subject": ["new"],
            "type": ["independent_fostering_agency"],
            "activity": [None],
            "registered": [date(2023, 9, 1)],
        }
    )
    assert asked(alone).answers["closes"].to_list() == [date(2024, 9, 1)]


def test_no_rows_give_no_rows() -> None:
    """With the columns of any other answer."""
    for found in (asked(EVENTS.clear()), asked(EVENTS.drop("type").clear(), pl.DataFrame({"subject": [], "type": []}))):
        assert (found.answers.height, found.refused.height) == (0, 0)
        assert found.answers.columns == list(tables.ANSWERS)
        assert found.refused.columns == list(tables.REFUSED)
    assert tables.required_activities(EVENTS.clear(), as_of=AS_OF).answers.columns == list(tables.ANSWERS)
    assert tables.timeline(EVENTS.clear(), since=AS_OF, until=AS_OF).answers.height == 0
    assert tables.situations(EVENTS.clear(), as_of=AS_OF).answers.height == 0


def test_days_that_can_be_asked() -> None:
    """One day, several, or each subject's own, a row for each; a day outside the rulebook is refused."""
    days = [date(2024, 3, 1), AS_OF, AS_OF]
    several = asked(EVENTS, as_of=days).answers
    assert several.select("subject", "as_of").rows() == [("A", AS_OF), ("A", days[0]), ("B", AS_OF), ("B", days[0])]
    assert_frame_equal(asked(EVENTS, as_of=str(AS_OF)).answers, asked(EVENTS, as_of=AS_OF).answers)
    assert_frame_equal(asked(EVENTS, as_of=[str(day) for day in days]).answers, several)
    own = asked(EVENTS.with_columns(asked=pl.Series([AS_OF, date(1999, 1, 1)])), as_of="asked")
    assert own.answers["subject"].to_list() == ["A"]
    assert refusal(own)["kind"] == "OutsideRulebookError"
    assert (refusal(own)["subject"], refusal(own)["as_of"]) == ("B", date(1999, 1, 1))
    for wrong, error in (
        ("10/01/2024", "as_of: is not a date in the form"),
        ("asked", "events.asked"),
        (20240110, "as_of: is not a day"),
        ([date(2500, 1, 1)], "too early or too late"),
    ):
        with pytest.raises(ir.RecordError, match=error):
            asked(EVENTS, as_of=wrong)


def test_what_records_cover() -> None:
    """Everything, some activities of all, or a table of them; a row that cannot be used takes its subject with it."""
    late = date(2026, 1, 1)

    def said(covers: Any) -> list[str]:
        found = tables.required_activities(EVENTS, as_of=late, covers=covers)
        return [str(status) for status in found.answers.filter(pl.col("track") == "inspection")["status"]]

    assert said("everything") == ["overdue"] * 2
    assert said([]) == ["not_recorded"] * 2
    assert said(["full_inspection"]) == ["overdue"] * 2
    rows: list[dict[str, Any]] = [
        {"subject": "A", "activity": "full_inspection", "since": None, "until": date(2024, 1, 1)},
        {"subject": "A", "activity": "full_inspection", "since": date(2024, 1, 2), "until": None},
        {"subject": "B", "activity": "everything", "since": None, "until": None},
    ]
    covers = pl.DataFrame(rows)
    assert said(covers) == ["overdue"] * 2
    assert said(covers.head(1)) == ["not_recorded"] * 2
    wrong: tuple[tuple[dict[str, Any], str], ...] = (
        ({"activity": "full inspection"}, "is not a known activity"),
        ({"until": date(2000, 1, 1), "since": date(2001, 1, 1)}, "ends before it begins"),
        ({"activity": "everything", "since": AS_OF}, "cannot have since or until"),
        ({"subject": "C"}, "is not in the table of subjects"),
    )
    for change, problem in wrong:
        found = asked(EVENTS, as_of=late, covers=pl.DataFrame([{**rows[0], **change}]))
        assert refusal(found)["problem"] == problem
        assert found.answers["subject"].to_list() == (["A", "B"] if change.get("subject") else ["B"])


@given(st.lists(questions(), min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_rows_in_any_order_give_the_same_answers(given_: list[tuple[Any, date]], random: Any) -> None:
    """Events, subjects and what is covered may stand in any order; answers stand in the order of the subjects."""
    records = tables.from_subjects([subject for subject, _ in given_])
    days = sorted({day for _, day in given_})
    straight = tables.required_activities(records.events, records.subjects, as_of=days, covers=records.covers)
    mixed = [frame.sample(fraction=1, shuffle=True, seed=random.randrange(1000)) for frame in records]
    events, subjects, covers = mixed
    found = tables.required_activities(events, subjects, as_of=days, covers=covers)
    place = pl.Series(subjects["subject"]).to_list()
    expected = sorted(straight.answers.rows(), key=lambda row: (place.index(row[0]), row[1]))
    assert found.answers.rows() == expected
    assert sorted(found.refused["message"]) == sorted(straight.refused["message"])


@pytest.mark.parametrize(("kind", "who"), [("local_authority", "authority"), ("childrens_home", "provider")])
@given(given_=st.data())
def test_what_cannot_have_happened_is_refused_as_the_record_refuses_it(
    kind: str, who: str, given_: st.DataObject
) -> None:
    """Events at random, near one another: each list makes a subject, or is refused with the very same words."""
    lists = given_.draw(st.lists(st.lists(events(who), max_size=6), min_size=1, max_size=4))
    rows, expected = [], dict[str, str]()
    for number, happened in enumerate(lists):
        for event in happened:
            parts = {name: getattr(event, name) for name in ("started", "ended", "published", "precision")}
            words = {"activity": event.activity.value, "outcome": event.outcome and event.outcome.value}
            judged = {name: grade.value for name, grade in event.judgements.given().items()}
            rows.append({"subject": f"{number}", **words, **parts, **judged})
        try:
            if kind == "local_authority":
                ir.LocalAuthority(name="", events=happened)
            else:
                ir.Provider(type=kind, name="", events=happened)
        except ir.RecordError as error:
            expected[f"{number}"] = re.sub(r"events\[\d+\]\.\w+", "events", str(error))  # rows are in no list
    columns = {name: pl.Date if column.holds == "day" else pl.String for name, column in tables.EVENTS.items()}
    subjects = pl.DataFrame({"subject": [f"{number}" for number in range(len(lists))], "type": kind})
    found = asked(pl.DataFrame(rows, schema=columns), subjects)
    refused = found.refused.filter(pl.col("table") == "events")
    assert dict(refused.select("subject", "message").rows()) == expected
    assert not set(found.answers["subject"]) & set(expected)


def test_every_subject_is_answered_or_refused() -> None:
    """Of a table in which one row in three is spoilt, none is lost."""
    changes: list[dict[str, Any]] = [{}, {"overall": "goood"}, {"ended": date(2023, 1, 1)}]
    rows = [{**INSPECTED, "subject": f"{number}", **changes[number % 3]} for number in range(300)]
    found = asked(pl.DataFrame(rows))
    assert set(found.answers["subject"]) | set(found.refused["subject"]) == {f"{number}" for number in range(300)}
    assert (found.answers.height, found.refused.height) == (100, 200)


SUBJECTS = pl.DataFrame({"subject": ["A", "B"], "type": "independent_fostering_agency", "registered": date(2015, 6, 1)})
OWN = EVENTS.drop("type")


def test_text_that_is_no_day_takes_its_subject_with_it_wherever_it_stands() -> None:
    """In the table of subjects, and in that of what records cover."""
    subjects = SUBJECTS.with_columns(registered=pl.Series(["2015-06-01", "1 June"]))
    found = asked(OWN, subjects)
    assert found.answers["subject"].to_list() == ["A"]
    first = found.refused.row(0, named=True)
    assert (first["table"], first["field"], first["value"]) == ("subjects", "registered", "1 June")
    covers = pl.DataFrame({"subject": ["A", "B"], "activity": "full_inspection", "since": ["2 May", "2015-06-01"]})
    found = asked(OWN, SUBJECTS, covers=covers)
    assert found.answers["subject"].to_list() == ["B"]
    first = found.refused.row(0, named=True)
    assert (first["table"], first["field"], first["value"]) == ("covers", "since", "2 May")


def test_what_is_covered_is_not_held_against_a_type_that_is_not_known() -> None:
    """The type is what is wrong, and is said once."""
    subjects = SUBJECTS.with_columns(type=pl.Series(["orphanage", "independent_fostering_agency"]))
    covers = pl.DataFrame({"subject": ["A", "B"], "activity": ["ilacs_short", "full_inspection"]})
    found = asked(OWN, subjects, covers=covers)
    assert {(row["table"], row["field"]) for row in found.refused.iter_rows(named=True)} <= {
        ("subjects", "type"),
        ("events", "type"),
    }
    assert found.answers["subject"].to_list() == ["B"]
    covers = covers.with_columns(subject=pl.Series(["B", "B"]))
    assert refusal(asked(OWN, SUBJECTS, covers=covers))["table"] == "covers"


@pytest.mark.parametrize(
    ("covers", "error", "said"),
    [
        ("full_inspection", ir.RecordError, "covers: is not a coverage (found 'full_inspection'"),
        (["full_inspection", "full inspection"], ir.UnknownWordError, "covers[1].activity: is not a known activity"),
    ],
)
def test_what_is_no_coverage_is_refused(covers: Any, error: type[ir.RecordError], said: str) -> None:
    with pytest.raises(error) as caught:
        asked(EVENTS, covers=covers)
    assert str(caught.value).startswith(said)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (pd.DataFrame([["A", 1]], columns=["subject", "subject"]), "events.subject: is the name of two columns"),
        (pa.array([1, 2]), "events: is not a table (found 'Int64Array'"),
    ],
)
def test_what_polars_cannot_read_as_a_table_is_refused(table: Any, said: str) -> None:
    with pytest.raises(ir.RecordError) as caught:
        asked(table)
    assert str(caught.value).startswith(said)


def test_a_subject_that_was_refused_is_not_refused_again_for_a_clash() -> None:
    """Two inspections that overlap are one fault; beside a grade that is none they are not looked at."""
    twice = [{**INSPECTED}, {**INSPECTED, "started": date(2023, 5, 16)}]
    assert refusal(asked(pl.DataFrame(twice)))["table"] == "events"
    clash = refusal(asked(pl.DataFrame(twice)))["message"]
    spoilt = asked(
        pl.DataFrame([*twice, {**INSPECTED, "started": date(2020, 1, 6), "ended": None, "overall": "goood"}])
    )
    assert "is not a known grade" in refusal(spoilt)["message"]
    assert clash not in refusal(spoilt)["message"]


def test_what_a_record_lacks_is_said_as_the_single_path_says_it() -> None:
    inspected = ir.Event(activity="full_inspection", published=date(2023, 6, 28))
    school = ir.Provider(type="boarding_school", name="0", events=[inspected])
    with pytest.raises(ir.MissingFactError) as single:
        ir.next_activity(school, as_of=AS_OF)
    records = tables.from_subjects([school])
    found = tables.next_activities(records.events, records.subjects, covers=records.covers, as_of=AS_OF)
    assert refusal(found)["message"] == str(single.value)


EXTRA = "ilacs_rules.errors.MissingExtraError: "
TABLES = EXTRA + "ilacs_rules.tables needs its extra: pip install 'ilacs-rules[tables]'"
IN_BATCHES = """
from datetime import date
import polars as pl
from ilacs_rules import tables
events = pl.DataFrame({"subject": ["A"], "type": ["childrens_home"], "activity": [None]})
list(tables.in_batches(tables.next_activities, as_of=date(2024, 1, 10))([events]))
"""


@pytest.mark.parametrize(
    ("missing", "code", "said"),
    [
        ("polars", "import ilacs_rules.tables", TABLES),
        ("numpy", "import ilacs_rules.tables", TABLES),
        ("ilacs_rules.tables.days", "import ilacs_rules.tables", "ModuleNotFoundError: "),
        ("pyarrow", IN_BATCHES, EXTRA + "Arrow batches need PyArrow: pip install pyarrow"),
    ],
)
def test_what_is_not_installed_is_named(missing: str, code: str, said: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.modules[{missing!r}] = None; {code}"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith(said)
