"""Rulebooks that cannot stand: each is refused with the file, the row and the key, and with what was expected."""

import pickle
import re
from collections.abc import Callable
from datetime import date, datetime
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import pytest

import ilacs_rules as ir
from ilacs_rules.rulebook import compiled

BOOK = ir.load_rulebook()
ON = date(2024, 6, 3)

FOSTERING, VISITS, ILACS = "sccif_fostering.toml", "ilacs_visits.toml", "ilacs_inspections.toml"
INADEQUATE = "inadequate_fostering_agency_is_reinspected_within_6_to_12_months"
GOOD = "good_fostering_agency_is_inspected_in_the_three_years_from_the_1_april_after"
NEW = "new_fostering_agency_is_first_inspected_within_7_to_12_months"
SHORT = "leaders_and_two_practice_judgements_good_gets_a_short_inspection"
TWO_VISITS = "authority_requiring_improvement_gets_two_visits_between_inspections"


def copied(source: Traversable, target: Path) -> Path:
    """The shipped rulebook's files, in a folder of their own."""
    target.mkdir()
    for item in source.iterdir():
        if item.is_dir() and item.name == "frameworks":
            copied(item, target / item.name)
        elif item.name.endswith(".toml"):
            (target / item.name).write_bytes(item.read_bytes())
    return target


class Folder:
    """A copy of the shipped rulebook in which one thing is changed."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def file(self, name: str) -> Path:
        return self.path / name if name in ("rulebook.toml", "sources.toml") else self.path / "frameworks" / name

    def replace(self, name: str, old: str, new: str) -> None:
        text = self.file(name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{name} has {text.count(old)} times {old!r}"
        self.file(name).write_text(text.replace(old, new), encoding="utf-8")

    def row(self, name: str, row_id: str) -> str:
        """The text of one row, from its heading to the next."""
        text = self.file(name).read_text(encoding="utf-8")
        found = re.search(rf'^\[\[\w+\]\]\nid = "{row_id}"\n.*?(?=^\[\[|^# ---|\Z)', text, re.MULTILINE | re.DOTALL)
        assert found, f"{name} has no row {row_id}"
        return found.group()

    def set(self, name: str, row_id: str, key: str, value: str | None) -> None:
        """One key of one row: another value, a new key, or (``None``) no such key."""
        row = self.row(name, row_id)
        line = "" if value is None else f"{key} = {value}\n"
        changed, count = re.subn(rf"^{key} = .*\n", lambda _: line, row, flags=re.MULTILINE)
        self.replace(name, row, changed if count else row.replace("\n", f"\n{line}", 1))

    def append(self, name: str, text: str) -> None:
        with self.file(name).open("a", encoding="utf-8") as file:
            file.write(text)

    def load(self) -> ir.Rulebook:
        return ir.load_rulebook(self.path)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(copied(files("ilacs_rules.rulebook"), tmp_path / "rulebook"))


def refused(folder: Folder, kind: type[ir.RulebookError] = ir.RulebookError) -> ir.RulebookError:
    with pytest.raises(ir.RulebookError) as caught:
        folder.load()
    assert type(caught.value) is kind, str(caught.value)
    return caught.value


def test_an_unchanged_copy_is_the_shipped_rulebook(folder: Folder) -> None:
    assert folder.load().fingerprint == ir.load_rulebook().fingerprint


# --- keys of a row: what is written, and what the message must name besides file and row ---

KEYS: dict[str, tuple[str, str, str, str | None, tuple[str, ...]]] = {
    "no source": (FOSTERING, INADEQUATE, "sources", "[]", ("sources: has no source", "at least one")),
    "no sources key": (FOSTERING, INADEQUATE, "sources", None, ("sources: has no source",)),
    "an unknown source": (
        FOSTERING,
        INADEQUATE,
        "sources",
        '[["sccif_ifa_schedulling", "inadequate"]]',
        ("sources: is not a known source", "'sccif_ifa_schedulling'", "'sccif_ifa_scheduling'?"),
    ),
    "a source without a place": (
        FOSTERING,
        INADEQUATE,
        "sources",
        '[["sccif_ifa_scheduling"]]',
        ("sources: is not a citation", "[source, place]"),
    ),
    "a source with an empty place": (
        FOSTERING,
        INADEQUATE,
        "sources",
        '[["sccif_ifa_scheduling", ""]]',
        ("sources: is not a citation",),
    ),
    "sources that are a word": (
        FOSTERING,
        INADEQUATE,
        "sources",
        '"reg_27"',
        ("sources: is not a citation", "'reg_27'"),
    ),
    "an unknown reading": (
        FOSTERING,
        INADEQUATE,
        "readings",
        '["previous_inspektion"]',
        ("readings: is not known", "'previous_inspektion'", "'previous_inspection'?"),
    ),
    "an unknown track": (FOSTERING, INADEQUATE, "track", '"inspektion"', ("track: is not known", "'inspection'?")),
    "an unknown activity": (
        FOSTERING,
        INADEQUATE,
        "activity",
        '"full_inspektion"',
        ("activity: cannot stand", "'full_inspektion'", "'full_inspection'?"),
    ),
    "an unknown strength": (FOSTERING, INADEQUATE, "strength", '"usually"', ("strength: cannot stand", "'usual'?")),
    "an unknown certainty": (FOSTERING, INADEQUATE, "certainty", '"quote"', ("certainty: cannot stand", "'quoted'?")),
    "an unknown status": (FOSTERING, INADEQUATE, "status", '"underway"', ("status: cannot stand", "'under_way'?")),
    "an unknown fact": (
        FOSTERING,
        INADEQUATE,
        "when",
        '{ inspection_stage = "complete", last_overal = "inadequate" }',
        ("when", "is not a known fact", "'last_overal'", "'last_overall'?"),
    ),
    "an unknown word of a fact": (
        FOSTERING,
        INADEQUATE,
        "when",
        '{ inspection_stage = "complete", last_overall = "inadequat" }',
        ("when.last_overall", "is not a value of this fact", "'inadequat'", "'inadequate'?"),
    ),
    "a count where a word belongs": (
        FOSTERING,
        INADEQUATE,
        "when",
        '{ inspection_stage = "complete", last_overall = 4 }',
        ("when.last_overall", "is not a word"),
    ),
    "a word where a count belongs": (
        VISITS,
        TWO_VISITS,
        "when",
        '{ inspection_stage = "complete", visits_between_on_record = "one" }',
        ("when.visits_between_on_record", "'one'", "a count"),
    ),
    "a day where a count belongs": (
        VISITS,
        TWO_VISITS,
        "when",
        "{ visits_between_on_record = { from = 2018-01-01 } }",
        ("when.visits_between_on_record", "is of the wrong kind", "a count"),
    ),
    "a count where a day belongs": (
        FOSTERING,
        INADEQUATE,
        "when",
        "{ last_inspection_started = { at_least = 3 } }",
        ("when.last_inspection_started", "is of the wrong kind", "days"),
    ),
    "a range of counts the wrong way round": (
        VISITS,
        TWO_VISITS,
        "when",
        "{ visits_between_on_record = { at_least = 3, at_most = 1 } }",
        ("when.visits_between_on_record", "ends before it begins", "3 or more"),
    ),
    "a range of days the wrong way round": (
        FOSTERING,
        INADEQUATE,
        "when",
        "{ last_inspection_started = { from = 2018-01-01, to = 2017-12-31 } }",
        ("when.last_inspection_started", "ends before it begins", "2018-01-01 or more"),
    ),
    "an unknown key of a range": (
        VISITS,
        TWO_VISITS,
        "when",
        "{ visits_between_on_record = { atleast = 1 } }",
        ("when.visits_between_on_record", "is not a known key", "'at_least'?"),
    ),
    "a condition that is a number with a point": (
        VISITS,
        TWO_VISITS,
        "when",
        "{ visits_between_on_record = 1.5 }",
        ("when.visits_between_on_record", "is not a table", "1.5"),
    ),
    "conditions that are no table": (FOSTERING, INADEQUATE, "when", '"always"', ("when: is not a table", "'always'")),
    "an unknown key of a row": (
        FOSTERING,
        INADEQUATE,
        "closses",
        '"2025-03-31"',
        ("closses: is not a known key", "'closes'?"),
    ),
    "no day it came into force": (FOSTERING, INADEQUATE, "from", None, ("from: ",)),
    "no certainty": (FOSTERING, INADEQUATE, "certainty", None, ("certainty: is missing",)),
    "no activity": (FOSTERING, INADEQUATE, "activity", None, ("activity: is missing",)),
    "a last day before the first": (
        FOSTERING,
        GOOD,
        "to",
        "2017-03-31",
        (": to: ends before it begins", "2017-03-31", "2017-04-01 or later"),
    ),
    "a day in quotes": (FOSTERING, INADEQUATE, "from", '"2017-04-01"', (": from: is not a day", "without quotes")),
    "a day with a time": (FOSTERING, INADEQUATE, "from", "2017-04-01T00:00:00", (": from: is not a day", "YYYY-MM-DD")),
    "a last day with a time and a zone": (FOSTERING, GOOD, "to", "2022-03-31T00:00:00Z", (": to: is not a day",)),
    "a day that is a number": (FOSTERING, INADEQUATE, "from", "20170401", (": from: is not a day", "20170401")),
    "a range whose end is a day with a time": (
        VISITS,
        TWO_VISITS,
        "when",
        "{ last_inspection_started = { to = 2018-01-01T00:00:00 } }",
        ("when.last_inspection_started: to: is not a day", "2018-01-01"),
    ),
    "a range whose end is a word": (
        VISITS,
        TWO_VISITS,
        "when",
        '{ visits_between_on_record = { at_least = "two" } }',
        ("when.visits_between_on_record: at_least: cannot stand", "'two'"),
    ),
    "a subject type that is not one": (
        FOSTERING,
        INADEQUATE,
        "applies_to",
        '["independent_fostering_agencies"]',
        ("applies_to", "'independent_fostering_agencies'", "'independent_fostering_agency'?"),
    ),
    "a subject type of which the track is not asked": (
        VISITS,
        "good_authority_has_had_its_one_visit",
        "applies_to",
        '["boarding_school"]',
        ("applies_to", "does not apply to it", "boarding_school"),
    ),
    "a subject type that is no list": (FOSTERING, INADEQUATE, "applies_to", '"boarding_school"', ("applies_to",)),
    "an expression over an unknown fact": (
        FOSTERING,
        INADEQUATE,
        "closes",
        '"last_inspection_startd + 12 months"',
        ("closes: is not a fact that holds a date", "'last_inspection_startd'", "'last_inspection_started'?"),
    ),
    "an expression over a fact that is no day": (
        FOSTERING,
        INADEQUATE,
        "closes",
        '"last_overall + 12 months"',
        ("closes: is not a fact that holds a date", "'last_overall'"),
    ),
    "an expression with an unknown unit": (
        FOSTERING,
        INADEQUATE,
        "closes",
        '"last_inspection_started + 12 fortnights"',
        ("closes: the date expression cannot be read", "12 fortnights"),
    ),
    "an expression with a length and no sign": (
        FOSTERING,
        INADEQUATE,
        "closes",
        '"last_inspection_started 12 months"',
        ("closes: the date expression should have ended", "12 months"),
    ),
    "an expression that ends in a sign": (
        FOSTERING,
        INADEQUATE,
        "closes",
        '"last_inspection_started +"',
        ("closes: is not a length of time",),
    ),
    "an expression that adds two days": (
        FOSTERING,
        INADEQUATE,
        "closes",
        '"last_inspection_started + last_inspection_published"',
        ("closes: is not a length of time",),
    ),
    "an expression that takes working days away": (
        FOSTERING,
        INADEQUATE,
        "closes",
        '"last_inspection_started - 20 working days"',
        ("closes: is not a length of time", "working day"),
    ),
    "an expression with an unknown function": (
        FOSTERING,
        INADEQUATE,
        "closes",
        '"lastest(last_inspection_started, 2017-04-01)"',
        ("closes: is not a known function", "'latest'?"),
    ),
    "a function of one day too few": (
        FOSTERING,
        INADEQUATE,
        "closes",
        '"latest(last_inspection_started)"',
        ("closes: latest takes two days",),
    ),
    "a function of one day too many": (
        FOSTERING,
        INADEQUATE,
        "closes",
        '"first_april_after(last_inspection_started, 2017-04-01)"',
        ("closes: first_april_after takes one day",),
    ),
    "a bracket that is not closed": (
        FOSTERING,
        INADEQUATE,
        "closes",
        '"latest(last_inspection_started, 2017-04-01"',
        ("closes: the bracket is not closed", "')'"),
    ),
    "a bracket too many": (
        FOSTERING,
        INADEQUATE,
        "closes",
        '"last_inspection_started)"',
        ("closes: the date expression should have ended",),
    ),
    "a day that the calendar does not have": (
        FOSTERING,
        INADEQUATE,
        "closes",
        '"latest(last_inspection_started, 2017-02-29)"',
        ("closes: is not a date", "2017-02-29"),
    ),
    "an expression that is code": (
        FOSTERING,
        INADEQUATE,
        "closes",
        "\"__import__('os').getcwd()\"",
        ("closes: ",),
    ),
    "an expression that is a date without quotes": (FOSTERING, INADEQUATE, "closes", "2025-03-31", ("closes: ",)),
    "an expression that is empty": (FOSTERING, INADEQUATE, "closes", '" "', ("closes: ",)),
    "an expression without end": (
        FOSTERING,
        INADEQUATE,
        "closes",
        '"last_inspection_started' + " + 1 day" * 200 + '"',
        ("closes: the date expression is too long",),
    ),
    "an opening day that cannot be read": (
        FOSTERING,
        INADEQUATE,
        "opens",
        '"soon"',
        ("opens: is not a fact", "'soon'"),
    ),
    "a due day that cannot be read": (FOSTERING, INADEQUATE, "due", '"soon"', ("due: is not a fact", "'soon'")),
    "a day to run from that cannot be read": (
        FOSTERING,
        INADEQUATE,
        "runs_from",
        '"soon"',
        ("runs_from: is not a fact", "'soon'"),
    ),
}


@pytest.mark.parametrize("fault", KEYS)
def test_a_bad_key_is_refused(folder: Folder, fault: str) -> None:
    """The message names the file, the row and the key, what stood there, and what was expected."""
    file, row, key, value, named = KEYS[fault]
    folder.set(file, row, key, value)
    error = refused(folder)
    place = f"{file}: {row}: "
    assert error.field.startswith(place), str(error)
    assert [words for words in named if words not in str(error)] == [], str(error)


# --- the proof ---


def test_a_row_taken_out_leaves_a_gap(folder: Folder) -> None:
    """The message shows a case that no rule answers."""
    folder.replace(FOSTERING, folder.row(FOSTERING, INADEQUATE), "")
    error = refused(folder, ir.ProofError)
    assert "track inspection" in error.field
    assert "no rule answers this case" in str(error)
    for words in ("independent fostering agency", "last overall: inadequate", "stage: complete", "as of: 2017-04-01"):
        assert words in str(error)


def test_a_day_out_of_force_leaves_a_gap(folder: Folder) -> None:
    """One day between two editions is found, and named."""
    folder.set(FOSTERING, GOOD, "to", "2022-03-30")
    error = refused(folder, ir.ProofError)
    assert "no rule answers this case" in str(error)
    assert "2022-03-31" in str(error)


def test_a_day_in_force_twice_is_an_overlap(folder: Folder) -> None:
    """One day of two editions at once is found, and both are named."""
    folder.set(FOSTERING, GOOD, "to", "2022-04-01")
    error = refused(folder, ir.ProofError)
    assert f"{GOOD} and good_fostering_agency_" in str(error)
    assert "2022-04-01" in str(error)


def test_a_row_made_wider_overlaps(folder: Folder) -> None:
    """Both rows are named, with a case that both answer."""
    folder.set(
        FOSTERING, INADEQUATE, "when", '{ inspection_stage = "complete", last_overall = ["inadequate", "good"] }'
    )
    error = refused(folder, ir.ProofError)
    assert "both answer this case" in str(error)
    assert INADEQUATE in str(error)


def test_a_count_left_out_leaves_a_gap(folder: Folder) -> None:
    """Counts are whole: from 'at most 1' to 'at most 0', one visit is nobody's."""
    row = folder.row(VISITS, TWO_VISITS)
    folder.replace(VISITS, row, row.replace("{ at_most = 1 }", "{ at_most = 0 }"))
    error = refused(folder, ir.ProofError)
    assert "visits between on record: 1" in str(error)
    assert "last overall: requires improvement" in str(error)


def test_a_count_in_two_rows_is_an_overlap(folder: Folder) -> None:
    row = folder.row(VISITS, TWO_VISITS)
    folder.replace(VISITS, row, row.replace("{ at_most = 1 }", "{ at_most = 2 }"))
    error = refused(folder, ir.ProofError)
    assert "visits between on record: 2" in str(error)
    assert TWO_VISITS in str(error)


def test_not_known_is_a_case_too(folder: Folder) -> None:
    """Where a day may be unknown, a range that does not admit it leaves a gap."""
    row = folder.row(FOSTERING, INADEQUATE)
    folder.replace(FOSTERING, row, row.replace(", or_unknown = true", ""))
    error = refused(folder, ir.ProofError)
    assert "last inspection started: not known" in str(error)


def test_a_track_that_begins_earlier_than_its_rules_has_a_gap(folder: Folder) -> None:
    agency = "independent_fostering_agency = 2017"
    folder.replace("rulebook.toml", f"{agency}-04-01", f"{agency}-03-31")
    error = refused(folder, ir.ProofError)
    assert "2017-03-31" in str(error)


def test_a_track_asked_of_a_subject_without_rules_has_a_gap(folder: Folder) -> None:
    old = "residential_family_centre = 2017-04-01 }"
    new = "residential_family_centre = 2017-04-01, boarding_school = 2020-01-01 }"
    folder.replace("statutory_minimum.toml", old, new)
    error = refused(folder, ir.ProofError)
    assert "boarding school" in str(error)


def test_a_judgement_count_left_out_leaves_a_gap(folder: Folder) -> None:
    """Three practice judgements: 'at least 3' leaves two of them to nobody."""
    row = folder.row(ILACS, SHORT)
    folder.replace(ILACS, row, row.replace("{ at_least = 2 }", "{ at_least = 3 }"))
    assert "good practice judgements: 2" in str(refused(folder, ir.ProofError))


# --- rows, tables and files ---


def test_an_id_that_stands_twice(folder: Folder) -> None:
    folder.append(FOSTERING, "\n" + folder.row(FOSTERING, INADEQUATE))
    error = refused(folder)
    assert error.field == f"{FOSTERING}: {INADEQUATE}: id"
    assert "appears twice" in str(error)


def test_an_id_that_stands_in_two_files(folder: Folder) -> None:
    folder.set(VISITS, "no_priority_action_on_record", "id", f'"{INADEQUATE}"')
    error = refused(folder)
    assert "appears twice" in str(error)
    assert INADEQUATE in error.field


def test_a_row_without_an_id_is_named_by_its_place(folder: Folder) -> None:
    folder.set(FOSTERING, "fostering_agency_not_yet_registered", "id", None)
    error = refused(folder)
    assert error.field == f"{FOSTERING}: rule 1: id"
    assert "is missing" in str(error)


PLACES: dict[str, tuple[str, str, str, tuple[str, ...]]] = {
    "an unknown key of a file": (
        FOSTERING,
        "[framework]",
        "[framwork]",
        ("framwork", "is not a known key", "'framework'?"),
    ),
    "an unknown key of the rulebook": (
        "rulebook.toml",
        'version = "',
        'edition = "1"\nversion = "',
        ("edition", "is not a known key"),
    ),
    "a track owed by nobody": (
        "rulebook.toml",
        'id = "self_evaluation"\nmeans = "the authority\'s yearly self-evaluation"\nowed_by = "authority"',
        'id = "self_evaluation"\nmeans = "the authority\'s yearly self-evaluation"\nowed_by = "autority"',
        ("rulebook.toml: track self_evaluation: owed_by", "'authority'?"),
    ),
    "a reading without a reason": (
        "rulebook.toml",
        'id = "yearly"\n',
        'id = "yearly"\nwhy = "?"\n',
        ("rulebook.toml: reading yearly: why",),
    ),
    "a suspension with an unknown source": (
        "rulebook.toml",
        '[["ofsted_rolling_update_2020", "routine',
        '[["ofsted_rolling_update_2022", "routine',
        (
            "rulebook.toml: suspension social_care_inspections_2020_to_2021: sources",
            "'ofsted_rolling_update_2022'",
            "'ofsted_rolling_update_2020'?",
        ),
    ),
    "a source seen in no known way": (
        "sources.toml",
        "[reg_27]\n",
        '[reg_27]\ncolour = "red"\n',
        ("sources.toml: reg_27: colour",),
    ),
}


@pytest.mark.parametrize("fault", PLACES)
def test_a_bad_part_is_refused(folder: Folder, fault: str) -> None:
    """Tracks, readings, suspensions and sources are named like rules."""
    file, old, new, named = PLACES[fault]
    folder.replace(file, old, new)
    error = refused(folder)
    assert [words for words in named if words not in str(error)] == [], str(error)
    assert file in str(error)


NOT_TOML = [b"[[rule]\n", b"id = \n", b"\xff\xfe\x00", b"a = 1\na = 2\n", b"x = " + b"[" * 5000]


@pytest.mark.parametrize("content", NOT_TOML, ids=["bracket", "value", "encoding", "twice", "deep"])
@pytest.mark.parametrize("name", ["rulebook.toml", "sources.toml", FOSTERING])
def test_a_file_that_is_not_toml(folder: Folder, name: str, content: bytes) -> None:
    folder.file(name).write_bytes(content)
    error = refused(folder)
    assert name in error.field
    assert "is not TOML" in str(error)


def test_rules_that_are_no_list(folder: Folder) -> None:
    folder.file(FOSTERING).write_text('rule = "all of them"\n', encoding="utf-8")
    error = refused(folder)
    assert f"{FOSTERING}: rule: is not a list of rows" in str(error)


def test_a_rule_that_is_no_table(folder: Folder) -> None:
    folder.file(FOSTERING).write_text('rule = ["the first"]\n', encoding="utf-8")
    error = refused(folder)
    assert "is not a table" in str(error)
    assert "'the first'" in str(error)


def test_a_framework_that_is_no_table(folder: Folder) -> None:
    folder.file(FOSTERING).write_text('framework = "sccif"\n', encoding="utf-8")
    assert f"{FOSTERING}: framework: is not a table" in str(refused(folder))


def test_a_source_that_is_no_table(folder: Folder) -> None:
    folder.replace("sources.toml", "[reg_27]\n", 'reg_28 = "an act"\n\n[reg_27]\n')
    assert "is not a table" in str(refused(folder)) or "reg_28" in str(refused(folder))


@pytest.mark.parametrize("name", ["rulebook.toml", "sources.toml"])
def test_a_missing_file(folder: Folder, name: str) -> None:
    folder.file(name).unlink()
    error = refused(folder)
    assert error.field.endswith(name)
    assert "cannot be read" in str(error)


def test_a_missing_folder_of_frameworks(folder: Folder) -> None:
    (folder.path / "frameworks").rename(folder.path / "elsewhere")
    error = refused(folder)
    assert error.field.endswith("frameworks")


def test_a_folder_without_any_framework_has_gaps(folder: Folder) -> None:
    for path in (folder.path / "frameworks").iterdir():
        path.unlink()
    refused(folder, ir.ProofError)


@pytest.mark.parametrize("name", ["rulebook.toml", "sources.toml", FOSTERING])
def test_a_file_that_is_too_large(folder: Folder, name: str) -> None:
    folder.append(name, "\n#" + "x" * 2_000_000)
    error = refused(folder)
    assert name in error.field
    assert "is too large" in str(error)
    assert "bytes" in str(error)


def test_a_file_in_place_of_a_folder(tmp_path: Path) -> None:
    path = tmp_path / "rulebook"
    path.write_text("version = '1'", encoding="utf-8")
    with pytest.raises(ir.RulebookError, match="cannot be read"):
        ir.load_rulebook(path)


# --- what is refused without files too ---


def _bad_rules() -> dict[str, tuple[Callable[[ir.Rule], ir.Rule], str]]:
    def changed(**values: object) -> Callable[[ir.Rule], ir.Rule]:
        return lambda rule: ir.Rule.model_validate({**rule.model_dump(), **values})

    return {
        "no sources": (changed(sources=()), "has no source"),
        "a last day before the first": (changed(last=date(2000, 1, 1)), "ends before it begins"),
        "an unknown expression": (changed(closes="tomorrow"), "is not a fact that holds a date"),
        "an unknown reading": (changed(readings=("prevous_inspection",)), "'previous_inspection'?"),
    }


@pytest.mark.parametrize("fault", _bad_rules())
def test_a_rulebook_built_in_code_is_checked_alike(fault: str) -> None:
    """The same refusals for rows that were never in a file."""
    book = ir.load_rulebook()
    change, words = _bad_rules()[fault]
    given = {name: getattr(book, name) for name in ir.Rulebook.model_fields}

    def build() -> ir.Rulebook:
        rules = tuple(change(rule) if rule.id == INADEQUATE else rule for rule in book.rules)
        return ir.Rulebook.model_validate({**given, "rules": rules})

    with pytest.raises(ir.RulebookError, match=re.escape(words)):
        build()


def test_a_rule_that_is_not_there() -> None:
    with pytest.raises(ir.RulebookError, match=f"'{INADEQUATE}'\\?"):
        ir.load_rulebook().rule(INADEQUATE[:-1])


def test_a_rulebook_of_ones_own_answers(folder: Folder) -> None:
    """One month more, and the window closes one month later; the fingerprint says that it is another rulebook."""
    folder.set(FOSTERING, INADEQUATE, "closes", '"last_inspection_started + 13 months"')
    book = folder.load()
    inspection = ir.Event(
        activity="full_inspection",
        started=date(2023, 5, 15),
        published=date(2023, 6, 28),
        judgements={"overall": "inadequate"},
    )
    agency = ir.Provider(type="independent_fostering_agency", name="An agency", events=[inspection])
    answer = ir.next_activity(agency, as_of=date(2024, 1, 10), rulebook=book)
    assert answer.window.closes == date(2024, 6, 15)
    assert answer.fingerprint == book.fingerprint != ir.load_rulebook().fingerprint
    assert ir.next_activity(agency, as_of=date(2024, 1, 10)).window.closes == date(2024, 5, 15)


# --- the compiled form ---


def test_a_compiled_rulebook_answers_like_the_one_it_was_made_of(folder: Folder) -> None:
    """Equal, and proved for each kind of subject when it is first asked about."""
    book = folder.load()
    compiled.write(folder.path, book)
    quick = compiled.read(folder.path)
    assert quick is not None
    assert quick == book
    assert quick.subject_types == book.subject_types
    agency = ir.Provider(type="independent_fostering_agency", name="An agency", registered=date(2020, 1, 31))
    assert ir.answers(agency, as_of=ON, rulebook=quick) == ir.answers(agency, as_of=ON, rulebook=book)


@pytest.mark.parametrize("changed", ["compiled.json", "sources.toml", FOSTERING])
def test_a_compiled_rulebook_of_other_files_is_not_read(folder: Folder, changed: str) -> None:
    """A change of any file, of the compiled text or of its key leaves the TOML to be read and proved."""
    assert compiled.read(folder.path) is None
    compiled.write(folder.path, folder.load())
    file = folder.path / changed if changed == "compiled.json" else folder.file(changed)
    file.write_text(file.read_text(encoding="utf-8") + " \n", encoding="utf-8")
    assert compiled.read(folder.path) is None


@pytest.mark.parametrize("day", ["September 2018", 2018, datetime(2018, 9, 16)])
def test_a_rulebook_stands_on_a_day_and_on_nothing_else(day: Any) -> None:
    with pytest.raises(ir.RecordError, match=r"on: is not a date"):
        ir.load_rulebook(on=day)
    assert ir.load_rulebook(on="2018-09-16").until == date(2018, 9, 16)


@pytest.mark.parametrize("load", [ir.load_rulebook, ir.load_draft])
def test_what_is_no_path_is_no_rulebook(load: Any) -> None:
    with pytest.raises(ir.RulebookError, match=r"path: is not a path \(found 3"):
        load(3)


def test_the_days_of_a_track_cannot_be_changed() -> None:
    """In none of the ways in which a dictionary can, so that a rulebook's fingerprint stays true."""
    answers: Any = next(track for track in BOOK.tracks if track.id == "inspection").answers
    before = dict(answers)
    changes: list[Callable[[], object]] = [
        lambda: answers.__setitem__("a", date(2000, 1, 1)), lambda: answers.__delitem__("local_authority"),
        lambda: answers.update(a=date(2000, 1, 1)), answers.clear, lambda: answers.pop("local_authority"),
        answers.popitem, lambda: answers.setdefault("a", date(2000, 1, 1)), lambda: answers.__ior__({"a": None}),
    ]  # fmt: skip
    for change in changes:
        with pytest.raises(TypeError, match="cannot be changed"):
            change()
    assert answers == before


def test_what_meets_a_track_since_a_day_is_among_what_meets_it() -> None:
    track = next(track for track in BOOK.tracks if track.id == "visits_between")
    given = dict(track) | {"met_by": ("focused_visit",), "met_by_since": {"focused_visit": date(2020, 1, 1)}}
    assert type(track).model_validate(given).met_on(date(2019, 12, 31)) == frozenset()
    with pytest.raises(
        ir.RulebookError, match=r"met_by_since: does not meet it \(found 'jtai'; expected one of met_by"
    ):
        type(track).model_validate(given | {"met_by_since": {"jtai": date(2020, 1, 1)}})


def test_a_rulebook_that_was_pickled_is_equal_and_answers_alike() -> None:
    again = pickle.loads(pickle.dumps(BOOK))
    assert again == BOOK
    assert again.fingerprint == BOOK.fingerprint
    assert again.rules == BOOK.rules
