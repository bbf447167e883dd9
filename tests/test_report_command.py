"""The command that writes reports: every shape at once, whole or not at all, and nothing lost from sight."""

import io
import json
import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from icalendar import Calendar

import ilacs_rules as ir
from ilacs_rules.cli.commands import cli
from ilacs_rules.outlook import saving
from ilacs_rules.outlook.saving import SHAPES

AS_OF = "2024-09-06"
AGENCY = ir.Provider(type="independent_fostering_agency", name="An agency", urn="SC1", registered=date(2024, 1, 31))
SCHEME = ir.Provider(type="independent_fostering_agency", name="A scheme")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "subjects.json"
    path.write_text(json.dumps([json.loads(item.model_dump_json()) for item in (AGENCY, SCHEME)]), encoding="utf-8")
    return path


def report(file: Path, *arguments: object, code: int = 0) -> Result:
    done = CliRunner().invoke(cli, ["report", str(file), "--as-of", AS_OF, *map(str, arguments)])
    assert done.exit_code == code, done.output
    assert "Traceback" not in done.output
    return done


def outs(folder: Path, endings: tuple[str, ...] = tuple(SHAPES)) -> list[str]:
    return [part for ending in endings for part in ("--out", str(folder / f"outlook{ending}"))]


def test_every_shape_is_written_at_once(file: Path, tmp_path: Path) -> None:
    done = report(file, *outs(tmp_path))
    seen = ir.outlook(ir.read(file), as_of=date.fromisoformat(AS_OF))
    for ending, made in SHAPES.items():
        content = made(seen)
        data = (tmp_path / f"outlook{ending}").read_bytes()
        assert data == (content.encode() if isinstance(content, str) else content)
    assert ir.Outlook.model_validate_json((tmp_path / "outlook.json").read_bytes()) == seen
    assert "2 subjects, asked on 6 September 2024" in done.stdout
    assert "1 subject could not be answered" in done.stdout
    assert done.stdout.count("Written: ") == len(SHAPES)
    assert json.loads(report(file, *outs(tmp_path, (".md",)), "--json").stdout) == [str(tmp_path / "outlook.md")]


def test_the_same_from_python(file: Path, tmp_path: Path) -> None:
    report(file, *outs(tmp_path))
    here = tmp_path / "python"
    here.mkdir()
    seen = ir.outlook(ir.read(file), as_of=date.fromisoformat(AS_OF))
    seen.write(*(here / f"outlook{ending}" for ending in SHAPES))
    for ending in SHAPES:
        assert (here / f"outlook{ending}").read_bytes() == (tmp_path / f"outlook{ending}").read_bytes()


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["a.pdf"], "'.pdf'"),
        (["a"], "kind of file that can be made"),
        (["a.md", "a.md"], "appears twice"),
        (["nowhere/a.md"], "its folder does not exist"),
        (["a.md", "nowhere/a.svg"], "its folder does not exist"),
        ([], "--out"),
    ],
)
def test_a_name_that_cannot_be_is_refused_before_anything_is_written(
    file: Path, tmp_path: Path, names: list[str], said: str
) -> None:
    arguments = [part for name in names for part in ("--out", str(tmp_path / name))]
    done = report(file, *arguments, code=2)
    assert said in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["subjects.json"]


def test_where_one_cannot_be_made_none_is_written(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> str:
        raise ir.FileFormatError("cannot be made")

    monkeypatch.setattr(saving, "SHAPES", {**SHAPES, ".svg": broken})
    (tmp_path / "outlook.md").write_text("older", encoding="utf-8")
    assert "cannot be made" in report(file, *outs(tmp_path, (".md", ".svg")), code=2).stderr
    assert (tmp_path / "outlook.md").read_text(encoding="utf-8") == "older"


def test_a_missing_extra_is_named(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    assert "ilacs-rules[outlook]" in report(file, *outs(tmp_path, (".xlsx",)), code=2).stderr


def test_a_calendar_that_is_there_is_carried_on(file: Path, tmp_path: Path) -> None:
    report(file, *outs(tmp_path, (".ics",)))
    first = (tmp_path / "outlook.ics").read_bytes()
    report(file, *outs(tmp_path, (".ics",)))
    assert (tmp_path / "outlook.ics").read_bytes() == first
    moved = AGENCY.model_copy(update={"registered": date(2024, 3, 1)})
    file.write_text(moved.model_dump_json(), encoding="utf-8")
    report(file, *outs(tmp_path, (".ics",)))
    old, new = (
        {str(event["UID"]): int(str(event["SEQUENCE"])) for event in Calendar.from_ical(data).walk("VEVENT")}
        for data in (first, (tmp_path / "outlook.ics").read_bytes())
    )
    assert set(old) == set(new)
    assert all(new[uid] >= number for uid, number in old.items())
    assert any(new[uid] > number for uid, number in old.items())


def test_how_far_to_look_ahead(file: Path, tmp_path: Path) -> None:
    coming = AGENCY.model_copy(update={"registered": date(2024, 6, 3)})
    file.write_text(coming.model_dump_json(), encoding="utf-8")
    report(file, *outs(tmp_path, (".md",)), "--until", "2024-12-31")
    assert "opens only after 31 December 2024" in (tmp_path / "outlook.md").read_text(encoding="utf-8")
    assert "is before" in report(file, *outs(tmp_path, (".md",)), "--until", "2020-01-01", code=2).stderr


def test_where_nothing_can_be_answered_the_code_is_1_and_the_report_says_why(file: Path, tmp_path: Path) -> None:
    file.write_text(SCHEME.model_dump_json(), encoding="utf-8")
    report(file, *outs(tmp_path, (".md",)), code=1)
    assert "Could not be answered" in (tmp_path / "outlook.md").read_text(encoding="utf-8")


def test_a_terminal_is_told_what_is_being_made(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    arguments = ["report", str(file), "--as-of", AS_OF, *outs(tmp_path, (".md", ".svg"))]
    cli(arguments, standalone_mode=False)
    assert screen.getvalue().count("Making ") == 2
