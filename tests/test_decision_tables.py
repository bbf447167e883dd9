"""Decision tables read back as they were written, and engines that are not ours answer from them as we do."""

import csv
import json
import random
from collections.abc import Callable, Iterator
from datetime import date
from html import unescape
from io import StringIO
from typing import Any

import pytest
from benchmarks.dmn import feel
from benchmarks.dmn.situations import BOOK, Asked, Question, of_history, of_regions, questions
from benchmarks.dmn.spiff import Spiff
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from SpiffWorkflow.dmn.parser.BpmnDmnParser import SCHEMAS

import ilacs_rules as ir
from case_files import CASES
from ilacs_rules.rulebook import Condition, Rule
from ilacs_rules.situation import FACTS, Choice
from ilacs_rules.writing import (
    DecisionTable,
    decision_tables,
    from_csv,
    from_dmn,
    to_csv,
    to_dmn,
    to_markdown,
)
from ilacs_rules.writing.decisions import cells
from ilacs_rules.writing.decisions import feel as in_feel
from ilacs_rules.writing.decisions.dmn import DMN

Write = Callable[[DecisionTable], str]
Read = Callable[[str], DecisionTable]
FORMS: dict[str, tuple[Write, Read]] = {
    "DMN": (to_dmn, from_dmn),
    "CSV": (to_csv, from_csv),
}
both_ways = pytest.mark.parametrize(("write", "read"), FORMS.values(), ids=FORMS)
TABLES = decision_tables(BOOK)
QUESTIONS = tuple(questions())
SCHEMA = etree.XMLSchema(etree.parse(SCHEMAS[DMN]))
VISITS = next(table for table in TABLES if table.track.id == "visits_between")


def without_order(rule: Rule) -> Rule:
    """A rule with its conditions in one order: the sides of a box have none."""
    return rule.model_copy(update={"when": tuple(sorted(rule.when, key=lambda side: side.fact))})


@both_ways
def test_every_table_reads_back_equal(write: Write, read: Read) -> None:
    again = [read(write(table)) for table in TABLES]
    assert again == list(TABLES)
    rules = {rule.id: rule for table in again for rule in table.rules}
    assert {name: without_order(rule) for name, rule in rules.items()} == {
        rule.id: without_order(rule) for rule in BOOK.rules
    }
    assert [table.track for table in again] == list(BOOK.tracks)


@both_ways
def test_a_table_of_one_kind_of_subject_reads_back_equal(write: Write, read: Read) -> None:
    for question in QUESTIONS[::7]:
        assert question.table.track.answers.keys() == {question.kind}
        assert read(write(question.table)) == question.table


SIGNS = "|\\\n\r\t'\"`<>&*_[](){}=+-@;:#!~ ,é—🙂\x00\x0b\x1c\x7f\x85\u2028\ufffe"
odd_texts = st.one_of(
    st.sampled_from(
        ["=1+1", "'", "''=A1", "-", "null", "a | b", "\\", "a\\", " a  b ", "&#32;", "&lt;", "</text>", "]]>"]
    ),
    st.text(st.sampled_from(SIGNS), max_size=8),
    st.text(max_size=12),
)


PLAIN = [table for table in TABLES if len(table.rules) < 6]


@st.composite
def odd_tables(draw: st.DrawFn) -> DecisionTable:
    """A shipped table, cut to one rule, whose texts are odd."""
    table = draw(st.sampled_from(PLAIN))
    some = draw(st.lists(odd_texts, min_size=2, max_size=4))
    text = iter(some * 20)
    read = {"edition": "2017-04", "read": "start", "read_on": date(2026, 11, 26)} if draw(st.booleans()) else {}
    cited = tuple(
        ir.Citation(**{name: next(text) for name in ("source", "place", "text", "url")} | read) for _ in range(2)
    )
    texts = {name: next(text) for name in ("says", "gap", "evidence", "notice", "report", "unmet")}
    names = tuple(name for name in some if name)
    rule = table.rules[0].model_copy(
        update={**texts, "sources": cited, "readings": names, "certainty": ir.Certainty.QUOTED}
    )
    track = table.track.model_copy(update={"means": next(text)})
    edition = {"rulebook": next(text), "fingerprint": next(text)}
    return DecisionTable(**{**dict(table), **edition, "track": track, "rules": (rule,)})


@both_ways
@given(odd_tables())
@settings(max_examples=50)
def test_odd_texts_read_back_as_they_were(write: Write, read: Read, table: DecisionTable) -> None:
    text = write(table)
    assert read(text) == table
    text.encode()


@given(odd_tables())
@settings(max_examples=30)
def test_odd_texts_make_valid_dmn_that_an_engine_reads_as_they_were(table: DecisionTable) -> None:
    SCHEMA.assertValid(etree.fromstring(to_dmn(table).encode()))
    for row, rule in zip(Spiff(to_dmn(table)).rows(), table.rules, strict=True):
        assert row == gives(rule)


def gives(rule: Rule) -> dict[str, object]:
    """What a row of a rule answers with."""
    asked = {"track", "applies_to", "first", "last", "when"}
    said = rule.model_dump(mode="json", exclude=asked)
    return {"rule": said.pop("id"), **said}


# Conditions


def conditions(ends: st.SearchStrategy[Any], fact: str) -> Iterator[st.SearchStrategy[Condition]]:
    ordered = st.tuples(ends, ends).map(lambda pair: (min(pair), max(pair)))
    yield st.builds(
        lambda pair, unknown: Condition(fact=fact, low=pair[0], high=pair[1], or_unknown=unknown),
        ordered,
        st.booleans(),
    )
    yield st.builds(lambda low, unknown: Condition(fact=fact, low=low, or_unknown=unknown), ends, st.booleans())
    yield st.builds(lambda high, unknown: Condition(fact=fact, high=high, or_unknown=unknown), ends, st.booleans())
    yield st.builds(lambda known: Condition(fact=fact, known=known), st.booleans())


GRADES = FACTS["last_overall"].domain
assert isinstance(GRADES, Choice)
some_conditions = st.one_of(
    *conditions(st.integers(0, 10**6), "visits_between_on_record"),
    *conditions(st.dates(), "registered"),
    st.lists(st.sampled_from(GRADES.words), min_size=1, unique=True).map(
        lambda words: Condition(fact="last_overall", words=tuple(words))
    ),
)


@given(some_conditions, st.booleans())
def test_every_condition_reads_back_from_its_cell(condition: Condition, always_known: bool) -> None:
    text = in_feel.unary_test(condition, always_known=always_known)
    assert in_feel.condition_of(condition.fact, text, is_word=condition.words is not None) == condition
    assert cells.condition_of(condition.fact, cells.in_signs(condition)) == condition


@pytest.mark.parametrize(
    "text",
    ["[1..3]", ">= 1", "? >= 1 or ? <= 3", "? >= 1 and ? >= 2", '"good"', "known", "? >= -1", 'date("2018-02-30")',
     "not(? != null) or ? >= 1", "__import__('os')"],
)  # fmt: skip
def test_a_cell_in_another_form_is_refused(text: str) -> None:
    with pytest.raises(ir.RulebookError):
        in_feel.condition_of("registered", text, is_word=False)


@pytest.mark.parametrize("text", ["1...3", "> 1", "1..", "2018-02-30", "good", ">= ", "not known or not known", "1 2"])
def test_a_cell_in_other_signs_is_refused(text: str) -> None:
    with pytest.raises(ir.RulebookError):
        cells.condition_of("registered", text)


# What is refused


def test_a_fault_names_the_row_and_the_column() -> None:
    dmn = to_dmn(VISITS).replace("<text>? != null and ? &gt;= 1</text>", "<text>some</text>", 1)
    with pytest.raises(ir.RulebookError, match=r"row_\d+.\w+: the cell cannot be read"):
        from_dmn(dmn)
    rows = list(csv.reader(StringIO(to_csv(VISITS), newline="")))
    rows[2][rows[0].index("visits_between_on_record")] = "some"
    with pytest.raises(ir.RulebookError, match="row 2: the cell cannot be read"):
        from_csv(as_csv(rows))


def as_csv(rows: list[list[str]]) -> str:
    out = StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        "", "not xml", "<a>", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        f'<definitions xmlns="{DMN}"><decision><decisionTable/></decision></definitions>',
    ],
)  # fmt: skip
def test_what_is_no_decision_table_is_refused_as_dmn(text: str) -> None:
    with pytest.raises(ir.FileFormatError):
        from_dmn(text)


@pytest.mark.parametrize(
    "text", ["", "a", "a,b\r\n1\r\n", '"a', "subject\r\nx\r\n", "# A page", "| a |\n| --- |\n| b |"]
)
def test_what_is_no_decision_table_is_refused_as_csv(text: str) -> None:
    with pytest.raises(ir.FileFormatError):
        from_csv(text)


def edited(change: Callable[[etree._Element], None]) -> str:
    """The DMN of a table, changed by hand."""
    root = etree.fromstring(to_dmn(VISITS).encode())
    change(root)
    return str(etree.tostring(root, encoding="unicode"))


def without(column: str) -> Callable[[etree._Element], None]:
    """Take a column of conditions out of a table: its head, and the cell of every row."""

    def change(root: etree._Element) -> None:
        heads = root.findall(f".//{{{DMN}}}input")
        place = [head.findtext(f".//{{{DMN}}}text") for head in heads].index(column)
        for row, kind in [
            (heads[0].getparent(), "input"),
            *((row, "inputEntry") for row in root.iter(f"{{{DMN}}}rule")),
        ]:
            row.remove(row.findall(f"{{{DMN}}}{kind}")[place])

    return change


def without_a_cell(kind: str) -> Callable[[etree._Element], None]:
    def change(root: etree._Element) -> None:
        row = root.findall(f".//{{{DMN}}}rule")[1]
        row.remove(row.findall(f"{{{DMN}}}{kind}")[0])

    return change


def with_a_value(text: str) -> Callable[[etree._Element], None]:
    def change(root: etree._Element) -> None:
        root.findall(f".//{{{DMN}}}outputEntry/{{{DMN}}}text")[1].text = text

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (without("subject"), "row_1: lacks a column (expected subject and as_of)"),
        (without("as_of"), "row_1: lacks a column (expected subject and as_of)"),
        (without_a_cell("inputEntry"), "row_2: does not have one cell for each column"),
        (without_a_cell("outputEntry"), "row_2: does not have one cell for each column"),
        (with_a_value("An authority"), "row_1.framework: is not a literal (found 'An authority'"),
    ],
    ids=["no subject", "no day", "a condition less", "an answer less", "a value that is none"],
)  # fmt: skip
def test_dmn_that_was_changed_by_hand_and_is_no_table_any_more_is_refused_at_its_place(
    change: Callable[[etree._Element], None], said: str
) -> None:
    assert from_dmn(edited(lambda _: None)) == VISITS
    with pytest.raises(ir.FileFormatError) as caught:
        from_dmn(edited(change))
    assert str(caught.value).startswith(said)


def test_a_column_of_a_fact_can_be_taken_out_by_hand() -> None:
    """Then no rule of the table asks about it; the others stay as they are."""
    found = from_dmn(edited(without("visits_between_on_record")))
    for rule, kept in zip(found.rules, VISITS.rules, strict=True):
        assert [side for side in kept.when if side.fact != "visits_between_on_record"] == list(rule.when)


def test_two_tables_in_one_csv_are_refused() -> None:
    first, second = (
        list(csv.reader(StringIO(to_csv(VISITS).replace("2026", year), newline=""))) for year in ("2026", "2027")
    )
    with pytest.raises(ir.FileFormatError, match="row 2: belongs to another table"):
        from_csv(as_csv([*first[:2], second[2]]))


def test_a_table_holds_what_could_stand_in_a_rulebook() -> None:
    rule = VISITS.rules[0]
    for change in (
        {"track": "monitoring"},
        {"when": (Condition(fact="last_overal", words=("good",)),)},
        {"when": (Condition(fact="last_overall", words=("goood",)),)},
        {"when": (Condition(fact="last_overall", words=()),)},
        {"opens": "some day"},
        {"applies_to": ("a council",)},
    ):
        with pytest.raises(ir.RulebookError):
            DecisionTable(**{**dict(VISITS), "rules": (rule.model_copy(update=change),)})


def test_no_table_where_the_name_is_not_known() -> None:
    with pytest.raises(ir.RulebookError, match=r"subject_type: is not known .* expected 'childrens_home'"):
        decision_tables(BOOK, subject_type="children_home")
    assert decision_tables(BOOK, track="jtai", subject_type="childrens_home") == ()


def test_csv_cells_cannot_be_taken_for_formulas() -> None:
    rule = VISITS.rules[0].model_copy(
        update={"says": '=HYPERLINK("x")', "gap": "@a", "evidence": "-1", "notice": "\t=1"}
    )
    rows = list(csv.reader(StringIO(to_csv(DecisionTable(**{**dict(VISITS), "rules": (rule,)})), newline="")))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]
    for table in TABLES:
        for row in csv.reader(StringIO(to_csv(table), newline="")):
            assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]


# What is written


def test_every_table_is_valid_dmn_with_one_row_for_each_rule() -> None:
    for table in TABLES:
        root = etree.fromstring(to_dmn(table).encode())
        SCHEMA.assertValid(root)
        (rows,) = root.iter(f"{{{DMN}}}decisionTable")
        assert rows.get("hitPolicy") == "UNIQUE"
        assert len(rows.findall(f"{{{DMN}}}rule")) == len(table.rules)


def test_the_schema_refuses_what_is_not_dmn() -> None:
    for broken in (('hitPolicy="UNIQUE"', 'hitPolicy="SINGLE"'), ('id="row_1"', 'id="table"'), ("inputEntry", "entry")):
        assert not SCHEMA.validate(etree.fromstring(to_dmn(VISITS).replace(*broken).encode()))


def test_every_citation_stands_on_the_page() -> None:
    for table in TABLES:
        page, dmn = to_markdown(table), unescape(to_dmn(table))
        for rule in table.rules:
            for citation in rule.sources:
                assert f"<code>{citation.source}</code>" in page
                assert json.dumps(citation.place, ensure_ascii=False) in dmn
        assert page.count('<a id="row-') == len(table.rules)


# An engine that is not ours


def share(question: Question) -> list[Asked]:
    """A few situations of every table, more where there are more regions."""
    chance = random.Random(question.table.track.id)
    found = list(of_regions(question, 1, chance))
    return chance.sample(found, max(3, len(found) // 16)) if len(found) > 3 else found


def test_spiffworkflow_gives_the_rule_that_the_library_gives_and_no_other() -> None:
    asked = 0
    for question in QUESTIONS:
        spiff = Spiff(to_dmn(question.table))
        assert spiff.hit_policy == "UNIQUE"
        for case in share(question):
            assert spiff.hits(case.values) == [gives(case.rule)], case.values
            asked += 1
    assert asked > 300


def test_spiffworkflow_answers_the_histories_of_the_cases_alike() -> None:
    engines = {(question.kind, question.table.track.id): Spiff(to_dmn(question.table)) for question in QUESTIONS}
    asked = 0
    for case in CASES[::25]:
        days = sorted({ask.as_of for ask in case.asks if "error" not in ask.row})
        for track, found in of_history(case.subject, days[:1]):
            said = engines[case.subject.type, track].hits(found.values)
            assert [hit["rule"] for hit in said] == [found.rule.id], (case.name, track)
            asked += 1
    assert asked > 50


def test_two_rows_that_overlap_and_none_that_holds_are_seen() -> None:
    question = next(item for item in QUESTIONS if item.table.track.id == "visits_between")
    case = next(item for item in of_regions(question, 1, random.Random(1)) if item.rule.when)
    wider = case.rule.model_copy(update={"id": "wider", "when": case.rule.when[:1]})
    two = VISITS.model_copy(update={"rules": (*VISITS.rules, wider)})
    none = VISITS.model_copy(update={"rules": tuple(rule for rule in VISITS.rules if rule.id != case.rule.id)})
    assert [hit["rule"] for hit in Spiff(to_dmn(two)).hits(case.values)] == [case.rule.id, "wider"]
    assert Spiff(to_dmn(none)).hits(case.values) == []


@pytest.mark.skipif(not feel.is_there(), reason="needs Node, and npm ci in benchmarks/dmn")
def test_a_feel_interpreter_gives_the_rule_that_the_library_gives_and_no_other() -> None:
    tables = [(to_dmn(question.table), share(question)) for question in QUESTIONS]
    for (_, cases), said in zip(tables, feel.rules(tables), strict=True):
        assert said == [[case.rule.id] for case in cases]


@pytest.mark.parametrize("read", [from_csv, from_dmn])
@pytest.mark.parametrize("given", [None, b"text", 3])
def test_what_is_not_text_is_refused_in_words(read: Callable[[Any], object], given: object) -> None:
    with pytest.raises(ir.FileFormatError, match="is not text"):
        read(given)


def test_a_page_for_reading_names_every_rule_and_source() -> None:
    page = to_markdown(VISITS)
    for rule in VISITS.rules:
        assert f"({rule.id})" in page or f"[{rule.id}]" in page
        assert all(cited.source in page for cited in rule.sources)


def test_a_citation_of_a_spreadsheet_has_all_its_parts() -> None:
    rows = list(csv.reader(StringIO(to_csv(VISITS), newline="")))
    column = rows[0].index("sources")
    whole = rows[1][column]
    rows[1][column] = whole.split("\n", maxsplit=1)[0].rpartition(" | ")[0]
    with pytest.raises(ir.RulebookError, match=r"sources: is not a citation .* expected source \| place"):
        from_csv(as_csv(rows))
