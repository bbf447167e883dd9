"""What a small change to how a rulebook's files are read would spoil, and no other test would notice."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

import ilacs_rules as ir
from ilacs_rules.errors import RecordError, RulebookError
from ilacs_rules.rulebook import compiled, reading
from ilacs_rules.rulebook.reading import read_citations, read_condition, read_row, read_toml
from ilacs_rules.rulebook.rows import Rule
from ilacs_rules.rulebook.shared import Expected, Track
from ilacs_rules.rulebook.sources import Source
from ilacs_rules.situation import Range, Words
from small_drafts import ACT, AGENCY, FIRST, rule
from test_bad_rulebooks import BOOK, FILES, FRAMEWORK, SOURCES, written

AGENCIES = "frameworks/agencies.toml"
SOURCED = {"act": ACT.model_copy(update={"url": "https://example.org/act"})}


def said(make: Callable[..., object], *given: object, **named: object) -> str:
    """The whole message of what is refused, once, without what led to it."""
    with pytest.raises(RulebookError) as caught:
        make(*given, **named)
    assert caught.value.__cause__ is None
    return str(caught.value)


# --- TOML ---


def test_a_file_is_read_whole_up_to_its_most_bytes(tmp_path: Path) -> None:
    most = 2_000_000
    (file := tmp_path / "big.toml").write_bytes(b"a = 1\n#".ljust(most, b"-"))
    assert reading.read_file(file, {"a"}) == {"a": 1}
    file.write_bytes(b"a = 1\n#".ljust(most + 1, b"-"))
    found = said(reading.read_file, file, {"a"})
    assert found == f"{file}: is too large (found 'more'; expected at most 2000000 bytes)"
    assert said(reading.read_file, tmp_path / "none.toml", None).startswith(f"{tmp_path}/none.toml: cannot be read")
    assert said(reading.read_file, Path("a\0b"), None).endswith("cannot be read (expected a rulebook's file)")


def test_what_is_no_toml_or_has_a_key_that_is_not_known_is_refused() -> None:
    assert read_toml(b"a = 1", "book.toml", None) == {"a": 1}
    assert read_toml(b"a = 1", "book.toml", ["a", "b"]) == {"a": 1}
    for content in (b"a = ", b"\xff", b"a = " + b"9" * 5000, b"a = " + b"[" * 5000):
        found = said(read_toml, content, "book.toml", None)
        assert found.startswith("book.toml: is not TOML: ")
        assert found.endswith(" (expected TOML in UTF-8)")
    found = said(read_toml, b"bb = 1", "book.toml", ["bbb"])
    assert found == "book.toml: bb: is not a known key (found 'bb'; expected 'bbb'? (one of: bbb))"
    assert said(read_toml, b"a = 1", "book.toml", []).startswith("book.toml: a: is not a known key")


@pytest.mark.parametrize("key", ["a", '"a"', "'a'", '"a b"', "'a b'"])
@pytest.mark.parametrize("dot", [".", " . ", " .", ". ", "\t.\t"])
def test_a_key_has_sixteen_dots_at_most(key: str, dot: str) -> None:
    text = dot.join([key] * 17) + " = 1"
    assert read_toml(text.encode(), "book.toml", None)
    found = said(read_toml, f"b = 1\n{dot.join([key] * 18)} = 1".encode(), "book.toml", None)
    assert found == "book.toml: line 2: has a key with too many parts (expected at most 16)"


def test_dots_of_one_line_that_are_in_several_words_are_no_key() -> None:
    assert read_toml(b'says = "' + b"A word. " * 40 + b'"', "book.toml", None)
    assert read_toml(b'a = ["b."' + b', "b."' * 9 + b"]", "book.toml", None)
    mixed = '"a b".' * 9 + "'a b'." * 8 + "a = 1"
    assert said(read_toml, mixed.encode(), "book.toml", None).startswith("book.toml: line 1: has a key")
    assert read_toml(mixed.partition(".")[2].encode(), "book.toml", None)


# --- rows ---


@pytest.mark.parametrize(
    ("value", "allowed"),
    [
        ("none", Words(frozenset({"none"}))),
        (["none", "complete"], Words(frozenset({"none", "complete"}))),
    ],
)
def test_a_condition_on_a_word(value: object, allowed: object) -> None:
    assert read_condition("inspection_stage", value, "a").allowed == allowed


@pytest.mark.parametrize(
    ("value", "allowed"),
    [
        ("known", Range()),
        ("unknown", Range(known=False, unknown=True)),
        (0, Range(0, 0)),
        (2, Range(2, 2)),
        ({"at_least": 1}, Range(1)),
        ({"at_most": 1, "or_unknown": True}, Range(high=1, unknown=True)),
        ({"at_least": 1, "at_most": 3}, Range(1, 3)),
    ],
)
def test_a_condition_on_a_count(value: object, allowed: object) -> None:
    assert read_condition("good_practice_judgements", value, "a").allowed == allowed


def test_a_condition_on_a_day() -> None:
    value = {"from": date(2018, 1, 1), "to": date(2018, 9, 16)}
    found = read_condition("last_meeting", value, "a").allowed
    assert found == Range(date(2018, 1, 1), date(2018, 9, 16))


@pytest.mark.parametrize(
    ("fact", "value", "message"),
    [
        ("last_meeting", {"form": FIRST}, "a: when.last_meeting: is not a known key (found 'form'; expected 'from'? ("),
        (
            "last_meeting",
            {"from": "x"},
            "a: when.last_meeting: from: cannot stand (found 'x'; expected value err",
        ),
        ("last_meeting", {"to": 1}, "a: when.last_meeting: is of the wrong kind (found 1; expected days"),
        ("last_meeting", 2.5, "a: when.last_meeting: is not a table (found 2.5; expected keys and values)"),
        (
            "last_meeting",
            {"or_unknown": 3},
            "a: when.last_meeting: or_unknown: cannot stand (found 3; expected input sho",
        ),
        ("meetings_this_year", {"at_least": 2, "at_most": 1}, "a: when.meetings_this_year: ends before it begins"),
        ("last_meetings", 1, "a: when: is not a known fact (found 'last_meetings'; expected 'last_meeting'? ("),
    ],
)
def test_a_condition_that_cannot_be_read(fact: str, value: object, message: str) -> None:
    assert said(read_condition, fact, value, "a").startswith(message)


def test_a_citation_says_its_whole_reference() -> None:
    (found,) = read_citations([["act", "section 1"]], SOURCED, "a")
    assert found == ir.Citation(
        source="act", place="section 1", text="Parliament, An Act, 2006", url="https://example.org/act"
    )
    bare = {"act": ACT.model_copy(update={"publisher": ""})}
    assert [cited.text for cited in read_citations([["act", 1], ["act", 2]], bare, "a")] == ["An Act, 2006"] * 2
    assert read_citations([], SOURCED, "a") == ()


@pytest.mark.parametrize(
    "pair", ["act", ["act"], ["act", ""], ["", "1"], ["act", "1", "2017", "2"], [], 7, {"act": "1"}]
)
def test_what_is_no_citation_is_refused(pair: object) -> None:
    assert said(read_citations, [["act", "1"], pair], SOURCED, "a").startswith("a: sources: is not a citation (found ")
    if not isinstance(pair, list):
        assert said(read_citations, pair, SOURCED, "a").startswith("a: sources: is not a citation (found ")


def test_a_citation_of_an_unknown_source_is_refused() -> None:
    found = said(read_citations, [["atc", "1"]], SOURCED, "a")
    assert found == "a: sources: is not a known source (found 'atc'; expected 'act'? (one of: act))"


GIVEN = ACT.model_dump()
ROW = rule("one").model_dump() | {"sources": rule("one").sources}
NO_DAY = "is not a day (found "
A_DAY_IS = "expected YYYY-MM-DD, without quotes)"


@pytest.mark.parametrize(
    ("model", "values", "message"),
    [
        (Source, {"checked": "2024-01-31"}, f"a: checked: {NO_DAY}'2024-01-31'; {A_DAY_IS}"),
        (Source, {"checked": datetime(2024, 1, 31)}, f"a: checked: {NO_DAY}2024-01-31 00:00:00; {A_DAY_IS}"),
        (Source, {"title": datetime(2024, 1, 31)}, f"a: title: {NO_DAY}2024-01-31 00:00:00; {A_DAY_IS}"),
        (Source, {"title": 3}, "a: title: cannot stand (found 3; expected input should be a valid string)"),
        (Source, {"seen_as": "seen"}, "a: seen_as: cannot stand (found 'seen'; expected input should"),
        (Source, {"titel": "x"}, "a: titel: is not a known key (found 'titel'; expected 'title'? (one of"),
        (Source, {"titel": "x", "title": 3}, "a: titel: is not a known key (found 'titel'; expected 'title'?"),
        (Rule, {"first": None}, "a: from: cannot stand (expected input should be a valid date)"),
        (Rule, {"first": 20170401}, f"a: from: is not a day (found 20170401; {A_DAY_IS}"),
        (Rule, {"last": date(2017, 3, 31)}, "a: to: ends before it begins (found 2017-03-31; expected 2017-04-01"),
        (Rule, {"activity": "full"}, "a: activity: cannot stand (found 'full'; expected "),
        (Rule, {"strength": "msut"}, "a: strength: cannot stand (found 'msut'; expected 'must'? (one of: "),
        (Rule, {"certainty": "quote"}, "a: certainty: cannot stand (found 'quote'; expected 'quoted'? (one of: "),
        (Rule, {"status": "du"}, "a: status: cannot stand (found 'du'; expected "),
        (Rule, {"applies_to": 3}, "a: applies_to: cannot stand (found 3; expected input should be a valid tuple)"),
        (Rule, {"applies_to": (AGENCY, 3)}, "a: applies_to: cannot stand (found 3; expected input should be a valid"),
        (Rule, {"when": ({"fact": 3},)}, "a: when[0].fact: cannot stand (found 3; expected input should"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_read(model: Any, values: dict[str, object], message: str) -> None:
    assert said(read_row, model, (GIVEN if model is Source else ROW) | values, "a").startswith(message)


def test_a_row_without_a_key_that_it_must_have() -> None:
    for model, given in ((Source, GIVEN), (Rule, ROW)):
        for key in ("id", "title" if model is Source else "says"):
            without = {name: value for name, value in given.items() if name != key}
            assert said(read_row, model, without, "a") == f"a: {key}: is missing (expected a value for {key})"
    without = {name: value for name, value in ROW.items() if name != "activity"}
    assert said(read_row, Rule, without, "a").startswith("a: activity: is missing (expected one of")
    two = {name: value for name, value in ROW.items() if name != "id"} | {"strength": "firm"}
    assert said(read_row, Rule, two, "a").startswith("a: id: is missing")
    track = {"id": "a", "means": "", "owed_by": "autority", "met_by": (), "answers": {}}
    assert said(read_row, Track, track, "a").startswith(
        "a: owed_by: cannot stand (found 'autority'; expected 'authority'?"
    )


def test_a_row_that_is_no_table() -> None:
    assert said(read_row, Source, {}, "a") == "a: id: is missing (expected a value for id)"
    assert (
        said(reading.read_rows, {"rule": {}}, "rule", "f")
        == "f: rule: is not a list of rows (found {}; expected [[rule]])"
    )
    assert (
        said(reading.read_rows, {"rule": [1]}, "rule", "f")
        == "f: rule: is not a table (found 1; expected keys and values)"
    )
    assert reading.read_rows({}, "rule", "f") == []


def test_a_row_with_days_and_sources_of_its_own() -> None:
    row = {"id": "new", "says": "", "applies_to": [AGENCY], "tracks": ["inspection"], "from": FIRST}
    given = row | {"sources": [["act", "1"]]}
    assert reading.read_dated(Expected, given, SOURCED, "a").last is None
    assert reading.read_dated(Expected, given | {"to": FIRST}, SOURCED, "a").last == FIRST
    assert reading.read_dated(Expected, given, SOURCED, "a").first == FIRST
    assert reading.read_dated(Expected, row, SOURCED, "a").sources == ()
    for key, other in (("from", "first"), ("to", "last")):
        assert f"a: {key}: is not a day" in said(reading.read_dated, Expected, given | {key: 1}, SOURCED, "a")
        found = said(reading.read_rule, {other: FIRST}, SOURCED, "f", "a")
        assert found.startswith(f"a: {other}: is not a known key (found '{other}'; ")


# --- folders ---


def load(home: Path, **changed: str) -> ir.Draft:
    names = {"book": "rulebook.toml", "sources": "sources.toml", "framework": AGENCIES}
    return ir.load_draft(written(home, {names[name]: text for name, text in changed.items()}))


def test_a_rulebook_in_a_folder_is_read_as_it_is_written(tmp_path: Path) -> None:
    again = ir.load_rulebook(str(written(tmp_path)))
    assert again == ir.load_rulebook(tmp_path)
    assert again.version == "1"
    assert [(row.id, row.framework, row.first, row.last) for row in again.rules] == [
        ("agency_is_inspected_again", "agencies.toml", FIRST, None),
        ("agency_is_first_inspected", "agencies.toml", FIRST, None),
    ]
    assert [source.checked for source in again.sources] == [date(2024, 1, 31)]
    assert ir.load_rulebook(path=tmp_path, on=FIRST).until == FIRST
    with pytest.raises(TypeError):
        ir.load_rulebook(tmp_path, FIRST)  # type: ignore[call-arg]


def test_a_framework_may_bring_parts_of_its_own(tmp_path: Path) -> None:
    """Files are read in the order of their names; what is no TOML is left alone."""
    other = SOURCES.replace("[act]", "[source.other]") + "checked = 2025-01-01\n"
    other += BOOK.partition("[[reading]]")[1] + BOOK.partition("[[reading]]")[2].replace('"again"', '"theirs"')
    written(tmp_path, {"frameworks/a.toml": other, "frameworks/notes.txt": "= no TOML"})
    found = ir.load_draft(tmp_path)
    assert [(source.id, source.checked) for source in found.sources] == [
        ("act", date(2024, 1, 31)),
        ("other", date(2025, 1, 1)),
    ]
    assert [item.id for item in found.readings] == ["again", "theirs"]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"framework": FRAMEWORK.replace('id = "agency_is_inspected_again"', "")}, "agencies.toml: rule 1: id: is m"),
        ({"framework": FRAMEWORK.replace('id = "agency_is_first_inspected"', "")}, "agencies.toml: rule 2: id: is m"),
        ({"framework": "framework = "}, "/frameworks/agencies.toml: is not TOML"),
        ({"framework": "framework = 1\nrule = [{}]"}, "agencies.toml: framework: is not a table (found 1"),
        ({"framework": "rule = [{}]"}, "agencies.toml: rule 1: sources: has no source (expected at least one [sou"),
        ({"framework": "source = 1"}, "agencies.toml: source: is not a table (found 1"),
        ({"framework": "rules = []"}, "/frameworks/agencies.toml: rules: is not a known key (found 'rules'; "),
        ({"sources": "act = 1"}, "sources.toml: act: is not a table (found 1"),
        ({"sources": SOURCES.replace("title", "titel")}, "sources.toml: act: titel: is not a known key"),
        ({"book": BOOK.replace('"inspection"', "7")}, "rulebook.toml: track 7: id: cannot stand (found 7;"),
        ({"book": BOOK.replace('means = "counted', 'meant = "counted')}, "rulebook.toml: reading again: meant: is no"),
        ({"book": BOOK + "[[expected]]\n"}, "rulebook.toml: expected None: id: is missing"),
        ({"book": BOOK + '[[suspension]]\nid = "p"\n'}, "rulebook.toml: suspension p: says: is missing"),
        ({"book": BOOK.replace("version", "edition")}, "/rulebook.toml: edition: is not a known key"),
    ],
)  # fmt: skip
def test_a_fault_is_named_by_its_file_row_and_key(tmp_path: Path, changed: dict[str, str], message: str) -> None:
    found = said(load, tmp_path, **changed)
    assert found.removeprefix(str(tmp_path)).startswith(message)
    assert said(ir.load_rulebook, tmp_path) == found


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    for name in FILES:
        if not name.startswith("frameworks"):
            (home := tmp_path / name).mkdir()
            (written(home) / name).unlink()
            assert said(ir.load_draft, home) == f"{home / name}: cannot be read (expected a rulebook's file)"
    (home := tmp_path / "none").mkdir()
    (home / "rulebook.toml").write_text("", encoding="utf-8")
    found = said(ir.load_draft, home)
    assert found == f"{home}/frameworks: cannot be read (expected a folder of frameworks)"
    for load_one in (ir.load_draft, ir.load_rulebook):
        for path in (7, b"here"):
            assert said(load_one, path).startswith("path: is not a path (found ")
    small = written(tmp_path / "small")
    for day in (datetime(2024, 1, 1), "1 January 2024"):
        with pytest.raises(RecordError, match=r"^on: is not a date"):
            ir.load_rulebook(small, on=day)
    assert said(ir.load_rulebook, Path("a\0b")).startswith("a b/rulebook.toml: cannot be read")


# --- the compiled form ---


def test_a_compiled_rulebook_is_read_while_no_file_has_changed(tmp_path: Path) -> None:
    folder = written(tmp_path)
    book = ir.load_rulebook(folder)
    assert compiled.read(folder) is None
    text, key = compiled.write(folder, book)
    assert (text.name, key.name) == ("compiled.json", "compiled.key")
    assert compiled.read(folder) == book
    before = key.read_text()
    (folder / "notes.txt").write_text("no TOML")
    (folder / "frameworks" / "notes.txt").write_text("no TOML")
    assert compiled.read(folder) == book
    key.write_text("another")
    assert compiled.read(folder) is None
    key.write_text(before)
    text.write_bytes(text.read_bytes().replace(b"An agency", b"Any agency"))
    assert compiled.read(folder) is None
    compiled.write(folder, book)
    key.unlink()
    assert compiled.read(folder) is None


@pytest.mark.parametrize("name", FILES)
def test_a_compiled_rulebook_of_other_files_is_not_read(tmp_path: Path, name: str) -> None:
    folder = written(tmp_path)
    compiled.write(folder, ir.load_rulebook(folder))
    with (folder / name).open("a") as stream:
        stream.write("\n")
    assert compiled.read(folder) is None


def test_what_was_compiled_from_a_proved_rulebook_is_not_proved_again(tmp_path: Path) -> None:
    folder = written(tmp_path)
    compiled.write(folder, ir.load_rulebook(folder))
    found = compiled.read(folder)
    assert found
    assert found._eras == {}
    assert found.cuts(AGENCY) == (FIRST,)
