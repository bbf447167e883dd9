"""The snapshot holds every answer, and the gate lets no change of one pass unsaid."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import ilacs_rules as ir
from case_files import CASES
from ilacs_rules.cli.docs import main
from ilacs_rules.writing import Line, fingerprint_of, lines_of, rule_changes, snapshot, what_the_changelog_lacks

ROOT = Path(__file__).parents[1]
BOOK, DRAFT = ir.load_rulebook(), ir.load_draft()
PAGES = snapshot(BOOK)
LINES = {name: list(lines_of([text])) for name, text in PAGES.items()}
INADEQUATE = "inadequate_fostering_agency_is_reinspected_within_6_to_12_months"
ADDED = "## [Unreleased]\n\n{entry}\n\n## [1.0.0]\n\nSnapshot `{named}`.\n"


def committed(folder: str) -> dict[str, str]:
    home = ROOT / "docs" / "snapshot" / folder
    return {path.name: path.read_text(encoding="utf-8") for path in home.glob("*.txt")}


def of_track(track: str, kind: str, *rules: ir.Rule) -> dict[str, str]:
    """One track and kind of subject, with other rules in the place of those of the same id, or beside the others."""
    ids = {rule.id for rule in rules}
    kept = tuple(rule for rule in BOOK.rules if rule.track == track and kind in rule.applies_to and rule.id not in ids)
    tracks = tuple(
        item.model_copy(update={"answers": {kind: item.answers[kind]}}) for item in BOOK.tracks if item.id == track
    )
    only = tuple(rule.model_copy(update={"applies_to": (kind,)}) for rule in (*kept, *rules))
    return snapshot(DRAFT.model_copy(update={"tracks": tracks, "rules": only}))


def of_agencies(*rules: ir.Rule) -> dict[str, str]:
    return of_track("inspection", "independent_fostering_agency", *rules)


def changed(rule_id: str, **values: Any) -> ir.Rule:
    return BOOK.rule(rule_id).model_copy(update=values)


def subjects_of(lines: list[Line], rule: str) -> int:
    return sum(len(line.subjects) for line in lines if line.rule == rule)


def test_the_committed_snapshot_is_that_of_the_rulebook() -> None:
    assert committed("now") == PAGES, "run `make docs`"


def test_the_changelog_says_what_changed_since_the_last_release() -> None:
    """The gate: docs/changing-a-rule.md says how an entry is written."""
    changed = (ROOT / "docs" / "changed-rules.md").read_text("utf-8")
    lacking = what_the_changelog_lacks(changed, committed("released"), PAGES)
    assert not lacking, "\n".join(lacking)


def test_every_line_is_read_as_it_was_written() -> None:
    for name, lines in LINES.items():
        assert sorted(map(str, lines)) == sorted(PAGES[name].splitlines()[1:])


def test_every_rule_answers_in_a_line() -> None:
    assert {line.rule for lines in LINES.values() for line in lines} == {rule.id for rule in BOOK.rules}


def test_every_answer_stands_in_one_line() -> None:
    """Whatever a history, the one line that admits it names the rule that answers it, and the window as written."""
    for case in CASES[::5]:
        for ask in case.asks[:2]:
            if "error" in ask.row:
                continue
            try:
                values = ir.situation(case.subject, as_of=ask.as_of).all() | {"as_of": ask.as_of}
            except ir.MissingFactError:  # of a fact that no rule on the way asks for
                continue
            for answer in ir.answers(case.subject, as_of=ask.as_of):
                (line,) = (
                    line
                    for line in LINES[f"{answer.track}.txt"]
                    if case.subject.type in line.subjects
                    and all(side.admits(values[name]) for name, side in line.box.items())
                )
                assert line.rule == answer.rule
                assert line.answer.startswith(answer.activity.value)
                assert line.sources == tuple(dict.fromkeys(source.source for source in answer.sources))


@pytest.mark.parametrize(
    "values",
    [
        {"closes": "last_inspection_started + 13 months"},
        {"strength": ir.Strength.MAY},
        {"certainty": ir.Certainty.OBSERVED},
        {"runs_from": "last_inspection_published"},
        {"sources": (ir.Citation(source="reg_27", place="somewhere", edition="2020-04-24"),)},
    ],
    ids=lambda values: next(iter(values)),
)
def test_a_changed_answer_changes_the_situations_of_its_rule_and_no_other(values: dict[str, Any]) -> None:
    now = of_agencies(changed(INADEQUATE, **values))
    changes = rule_changes(of_agencies(), now)
    assert list(changes) == [INADEQUATE]
    assert changes[INADEQUATE].first == BOOK.rule(INADEQUATE).first
    assert changes[INADEQUATE].situations == subjects_of(LINES["inspection.txt"], INADEQUATE)
    before, after = (set(text["inspection.txt"].splitlines()) for text in (of_agencies(), now))
    assert all(INADEQUATE in line for line in before ^ after)


def test_words_that_decide_nothing_change_nothing() -> None:
    assert rule_changes(of_agencies(), of_agencies(changed(INADEQUATE, says="Other words."))) == {}


def test_a_new_edition_changes_what_is_answered_from_its_first_day() -> None:
    old = changed(INADEQUATE, last=date(2027, 3, 31))
    new = changed(INADEQUATE, id="edition_of_2027", first=date(2027, 4, 1), closes="last_inspection_started + 9 months")
    changes = rule_changes(of_agencies(), of_agencies(old, new))
    assert {rule: change.first for rule, change in changes.items()} == dict.fromkeys(
        [INADEQUATE, new.id], date(2027, 4, 1)
    )
    assert len({change.situations for change in changes.values()}) == 1


def test_a_grade_that_passes_from_one_rule_to_another_changes_both() -> None:
    """One kind of subject, one grade."""
    one, other = "visits_not_known_without_a_grade", "inadequate_authority_gets_no_focused_visits"

    def with_words(rule_id: str, *words: str) -> ir.Rule:
        rule = BOOK.rule(rule_id)
        when = tuple(
            item.model_copy(update={"words": words}) if item.fact == "last_overall" else item for item in rule.when
        )
        return rule.model_copy(update={"when": when})

    had = next(item.words for item in BOOK.rule(one).when if item.fact == "last_overall")
    assert had
    assert "adequate" in had
    left = with_words(one, *(word for word in had if word != "adequate"))
    changes = rule_changes(
        of_track("visits_between", "local_authority"),
        of_track("visits_between", "local_authority", left, with_words(other, "inadequate", "adequate")),
    )
    assert {rule: change.situations for rule, change in changes.items()} == {one: 1, other: 1}


def test_a_track_that_begins_earlier_changes_what_was_not_answered() -> None:
    text = PAGES["jtai_statement.txt"]
    earlier = text.replace("2016-02-01..", "2015-01-01..")
    changes = rule_changes({"jtai_statement.txt": text}, {"jtai_statement.txt": earlier})
    assert {change.first for change in changes.values()} == {date(2015, 1, 1)}


def test_an_entry_must_name_rule_day_source_and_number() -> None:
    before, after = of_agencies(), of_agencies(changed(INADEQUATE, strength=ir.Strength.MAY))
    named = fingerprint_of(before)
    (change,) = rule_changes(before, after).values()
    whole = str(change)

    def lacks(entry: str, named: str = named) -> str:
        return " ".join(what_the_changelog_lacks(ADDED.format(entry=entry, named=named), before, after))

    assert lacks(whole) == ""
    over_lines = whole.replace(". ", ".\n  ")
    assert lacks(f"### Changed\n\n- Something else.\n{over_lines}\n- And more.") == ""
    assert "has no entry" in lacks("- Something else.")
    assert "has no entry" in lacks(whole.replace(INADEQUATE, INADEQUATE[:-1]))
    assert "'from 2017-04-01'" in lacks(whole.replace("from 2017-04-01", "from 2017-04-02"))
    assert "none of its sources" in lacks(whole.replace(f"`{change.sources[0]}`", "`an_act`"))
    assert "does not say that it changes 1 situation" in lacks(
        whole.replace(f"{change.situations} situation", f"{change.situations + 1} situation")
    )
    assert "does not name the snapshot" in lacks(whole, "000000000000")


def test_an_entry_for_what_did_not_change_is_refused() -> None:
    before = of_agencies()
    entry = f"- `{INADEQUATE}`, from 2017-04-01: nothing. Source: `reg_27`. 1 situation."
    text = ADDED.format(entry=entry, named=fingerprint_of(before))
    assert what_the_changelog_lacks(text, before, before) == [
        f"`{INADEQUATE}` has an entry, and answers as it did before"
    ]


def test_an_entry_of_an_older_release_does_not_count() -> None:
    before, after = of_agencies(), of_agencies(changed(INADEQUATE, strength=ir.Strength.MAY))
    (change,) = rule_changes(before, after).values()
    text = f"## [Unreleased]\n\n## [1.0.0]\n\nSnapshot `{fingerprint_of(before)}`.\n\n{change}\n"
    assert "has no entry" in " ".join(what_the_changelog_lacks(text, before, after))


def test_a_release_is_written_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "snapshot" / "released").mkdir(parents=True)
    (tmp_path / "snapshot" / "released" / "gone.txt").write_text("# Rulebook 1, track gone")
    (tmp_path / "snapshot" / "released" / "mine.txt").write_text("My own notes.")
    assert main(["--release", str(tmp_path)]) == 0
    assert fingerprint_of(PAGES) in capsys.readouterr().out
    assert {path.name for path in (tmp_path / "snapshot" / "released").iterdir()} == {*PAGES, "mine.txt"}
    assert not (tmp_path / "rules").exists()
