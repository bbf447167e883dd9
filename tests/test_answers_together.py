"""Answers together are a tuple, a table that people can read, and a frame of any library."""

import json
import pickle
from copy import deepcopy
from datetime import date

import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

import ilacs_rules as ir
from ilacs_rules import tables
from ilacs_rules.outlook import frames
from ilacs_rules.outlook.layout import KEPT, laid_out, wrapped
from ilacs_rules.outlook.terminal import answers_in_lines
from ilacs_rules.records import Subject
from ilacs_rules.testing.strategies import questions

AS_OF = date(2024, 9, 6)
AUTHORITY = ir.LocalAuthority(
    name="An authority",
    urn="80001",
    events=[
        ir.Event(
            activity="ilacs_short",
            started=date(2024, 4, 15),
            ended=date(2024, 4, 19),
            published=date(2024, 5, 29),
            judgements={"overall": "good"},
        )
    ],
)
DUE = ir.required_activities(AUTHORITY, as_of=AS_OF)


def test_they_are_a_tuple_in_every_way() -> None:
    plain = tuple(DUE)
    assert type(plain) is tuple
    assert plain == DUE
    assert hash(plain) == hash(DUE)
    assert {DUE: 1}[plain] == 1
    assert isinstance(DUE, tuple)
    assert DUE[0] is plain[0]
    assert type(DUE[1:]) is ir.Answers
    assert DUE[1:] == plain[1:]
    assert type(DUE + DUE[:1]) is ir.Answers
    assert type(DUE.__add__(("x",))) is tuple
    assert ir.Answers() == ()
    for copy in (deepcopy(DUE), pickle.loads(pickle.dumps(DUE))):
        assert copy == DUE
        assert type(copy) is ir.Answers


@given(questions())
def test_both_questions_give_them(question: tuple[Subject, date]) -> None:
    subject, as_of = question
    try:
        every = ir.answers(subject, as_of=as_of)
    except ir.IlacsRulesError:
        return
    assert type(every) is ir.Answers
    assert type(ir.required_activities(subject, as_of=as_of)) is ir.Answers
    assert ir.Answers.from_json(every.to_json()) == every
    wide = max(len(line) for line in answers_in_lines(every, 80).splitlines())
    assert wide <= 80


def test_a_model_may_hold_them() -> None:
    class Kept(BaseModel):
        due: ir.Answers

    kept = Kept(due=DUE)
    assert type(Kept(due=tuple(DUE)).due) is ir.Answers
    assert Kept.model_validate_json(kept.model_dump_json()) == kept


def test_every_frame_says_the_same() -> None:
    names = list(frames.COLUMNS)
    rows = [list(frames.values(answer).values()) for answer in DUE]
    frame = DUE.to_polars()
    assert frame.columns == names
    assert [list(row) for row in frame.rows()] == rows
    assert frame.schema["closes"] == pl.Date
    table = DUE.to_arrow()
    assert table.schema.field("closes").type == pa.date32()
    assert [list(row.values()) for row in table.to_pylist()] == rows
    pandas = DUE.to_pandas()
    assert list(pandas.columns) == names
    assert str(pandas["closes"].dtype).startswith("datetime64")
    assert [day.date() if day == day else None for day in pandas["closes"]] == frame["closes"].to_list()  # noqa: PLR0124
    for empty in (ir.Answers().to_polars(), ir.Answers().to_arrow().to_pandas(), ir.Answers().to_pandas()):
        assert list(empty.columns) == names
        assert len(empty) == 0


def test_columns_are_called_as_those_of_tables() -> None:
    shared = [name for name in frames.COLUMNS if name in tables.ANSWERS]
    # There `subject` is an id, here it is the name.
    assert set(shared) == set(tables.ANSWERS) - {"name"}
    answered = tables.required_activities(*_tables_of(AUTHORITY), as_of=AS_OF).answers
    names = [name for name in tables.ANSWERS if name not in {"subject", "name", "not_used"}]
    mine = DUE.to_polars().select(names)
    assert answered.select(names).cast(mine.schema).rows() == mine.rows()


def _tables_of(subject: Subject) -> tuple[pl.DataFrame, pl.DataFrame]:
    records = tables.from_subjects([subject])
    return records.events, records.subjects


@pytest.mark.parametrize(
    ("method", "library"), [("to_polars", "polars"), ("to_pandas", "pandas"), ("to_arrow", "pyarrow")]
)
def test_a_library_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch, method: str, library: str) -> None:
    def none(name: str) -> object:
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)

    monkeypatch.setattr(frames, "import_module", none)
    with pytest.raises(ir.MissingExtraError, match=library):
        getattr(DUE, method)()


def test_a_broken_library_is_not_called_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: str) -> object:
        raise ModuleNotFoundError("No module named 'numpy'", name="numpy")

    monkeypatch.setattr(frames, "import_module", broken)
    with pytest.raises(ModuleNotFoundError, match="numpy"):
        DUE.to_pandas()


def test_the_terminal_says_how_wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    wide = max(map(len, repr(DUE).splitlines()))
    assert 80 < wide <= 100
    monkeypatch.setenv("COLUMNS", "60")
    assert max(map(len, repr(DUE).splitlines())) <= 60
    assert "An authority" in repr(DUE).splitlines()[0]


def test_of_many_only_the_first_are_shown() -> None:
    many = ir.Answers(answer for _ in range(30) for answer in DUE)
    text = repr(many)
    assert f"and {len(many) - 40} more" in text
    assert "and 40 more" in ir.Answers(many[0] for _ in range(240))._repr_html_()


def test_a_name_cannot_steer_a_terminal_or_a_page() -> None:
    bad = ir.LocalAuthority(name="A\x1b[31m<script>\nB", created=date(2021, 4, 1))
    due = ir.required_activities(bad, as_of=AS_OF)
    assert "\x1b" not in repr(due)
    assert "<script>" not in due._repr_html_()


@given(st.lists(st.lists(st.text("ab \u00a0-"), min_size=2, max_size=2)), st.integers(1, 60))
def test_no_word_is_cut_and_no_line_is_too_long(rows: list[list[str]], width: int) -> None:
    """However narrow: every word stands whole in some line, and only one word alone makes a line longer."""
    lines = laid_out(["Who", "What"], rows, width)
    text = "\n".join(lines)
    words = [word.replace(KEPT, " ").strip() for row in rows for cell in row for word in cell.split(" ")]
    assert all(word in text for word in words)
    for line in lines:
        assert len(line) <= width or len(line.split()) <= 2 or KEPT in "".join(map("".join, rows))


def test_a_cell_keeps_a_date_together() -> None:
    assert wrapped(f"15{KEPT}May{KEPT}2024 to 1{KEPT}June{KEPT}2024", 15) == ["15 May 2024 to", "1 June 2024"]


def test_short_forms_say_who_and_how_much() -> None:
    assert repr(AUTHORITY) == str(AUTHORITY) == "LocalAuthority(name='An authority', urn='80001', events=1)"
    home = ir.Provider(type="childrens_home", name="A home", covers=["full_inspection"])
    assert repr(home) == "Provider(type='childrens_home', name='A home', events=0, covers=1)"
    assert repr(ir.DueWindow(closes=AS_OF)) == "DueWindow('by 6 September 2024')"
    assert repr(DUE[0]).startswith('Answer("An authority: ')
    assert len(repr(ir.load_rulebook())) < 100
    published = ir.Published(subjects=(AUTHORITY,), problems=(), sheets=())
    assert repr(published) == str(published) == "Published(subjects=1, problems=0, sheets=0)"


def test_json_that_is_no_list_of_answers_is_refused_by_its_place() -> None:
    for text, said in (
        ("{}", "not a list"),
        ("[", "not JSON"),
        (b"\xff", "not JSON"),
        ('[{"subject": "A"}]', r"\[0\]"),
    ):
        with pytest.raises(ir.RecordError, match=said):
            ir.Answers.from_json(text)
    assert json.loads(DUE.to_json(indent=1)) == [answer.model_dump(mode="json") for answer in DUE]
