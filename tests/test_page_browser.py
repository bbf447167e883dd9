"""The page in a real browser: its four steps, what it refuses, a whole register, offline, by keyboard, and narrow.

Needs Chromium, Node and ``make page-browser`` (which builds the page and installs what drives it); skips where one is
missing.
"""

import csv
import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from web.build import made_from
from web.labels import REMEDIES

import ilacs_rules as ir
from ilacs_rules.dates import in_full
from ilacs_rules.outlook.spoken import spoken
from in_chromium import CHROMIUM, HERE, missing

ROOT = Path(__file__).parents[1]
PAGE = Path(os.environ.get("PAGE") or ROOT / "site" / "try")
SHARED = ROOT.parent / "shared"
INDEX = PAGE / "index.html"
BUILT = INDEX.is_file() and f'"made-from" content="{made_from()}"' in INDEX.read_text(encoding="utf-8")
MISSING = missing("page-browser", **{"the page as it is now: run `make page`": BUILT})
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not here")
pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not here: {', '.join(MISSING)}")
COUNCIL = ROOT / "examples" / "barking_and_dagenham.json"


def done(what: str, folder: Path, **wanted: Any) -> dict[str, Any]:
    """What was found by doing that, and what must hold whatever was done."""
    command = ["node", str(HERE / "page.mjs"), str(PAGE), str(folder), what, json.dumps(wanted)]
    environment = {**os.environ, "CHROMIUM": str(CHROMIUM)}
    run = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=900)
    assert run.returncode == 0, run.stderr
    found: dict[str, Any] = json.loads(run.stdout)
    assert found["away"] == [], "nothing is asked of another machine"
    assert found["violations"] == []
    assert [each for each in found["errors"] if "ERR_INTERNET_DISCONNECTED" not in each] == []
    assert [each for faults in found["axe"].values() for each in faults] == []
    assert set(found["wide"].values()) <= {0}, "nothing makes the whole page scroll sideways"
    return found


def cli_next(file: Path, day: str) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "ilacs_rules.cli", "next", str(file), "--as-of", day, "--json"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    answers: list[dict[str, Any]] = json.loads(run.stdout)
    return answers


def first_words(file: Path, name: str, day: str) -> str:
    (subject,) = (each for each in ir.read(file).subjects if each.name == name)
    return " ".join(spoken(ir.next_activity(subject, as_of=day))[0].split())


FILES = {
    "ofsted_csc_ilacs_overview.xlsx": ("2026-01-10", "2026-01-12", ["barnet", "kent"], "ilacs_short"),
    "LA_Inspection_Outcomes_as_at_31_March_2025.ods": (
        "2025-06-02",
        "2025-06-04",
        ["Barnet", "Kent"],
        "ilacs_standard",
    ),
    "joiners_leavers_23.csv": ("2023-05-01", "2023-05-03", [], "full_inspection"),
}


@needs_shared
@pytest.mark.parametrize("name", FILES)
def test_the_four_steps_with_a_published_file(tmp_path: Path, name: str) -> None:
    file, (day, moved, names, activity) = SHARED / "published" / name, FILES[name]
    takes = [".html", ".xlsx", ".ics", ".svg", "case"]
    found = done(
        "steps", tmp_path, file=str(file), day=day, moved=moved, steps=2, names=names, activity=activity, takes=takes
    )
    published = ir.read(file)
    # 1. The file was read here, and nothing was asked of the server, let alone of another.
    assert found["refused"] == ""
    assert f"{len(published.subjects):,} subjects read." in found["read"]
    assert found["whileRead"] == found["whileAsked"] == []
    # 2. The report is the library's own, to the letter, and each answer is that of the command line.
    seen = ir.outlook(published, as_of=moved)
    theirs = (tmp_path / found["taken"][".html"]).read_text(encoding="utf-8").replace(name, str(file))
    assert found["report"]["rows"] == len(ir.outlook(published, as_of=day).rows)
    assert theirs == seen.to_html(), "what is taken away is of the day that is shown"
    assert found["taken"][".html"] == f"outlook-{moved}.html"
    for each in names:
        assert found["leads"][each] == first_words(file, each, day)
    assert cli_next(tmp_path / found["taken"]["case"], day) == cli_next(file, day)
    # 3. The day moves, and what is asked back is answered.
    last = names[-1] if names else published.subjects[0].name
    (subject,) = (each for each in published.subjects if each.name == last)
    assert found["moved"]["lead"] == first_words(file, last, moved)
    answer = ir.next_activity(subject, as_of=moved)
    assert found["whyNot"].startswith("Why not ")
    tried = answer.why_not(activity).rules
    assert all(" ".join(rule.says.split()) in found["whyNot"] for rule in tried)
    assert found["ruleFocus"] == "rule-title"
    assert tried[0].rule in found["rule"]
    assert found["links"] >= 1
    changes = ir.what_would_change(subject, as_of=moved)
    assert all(str(change) in found["change"] for change in (*changes.over_time, *changes.by_one_change))
    # 4. What is taken away.
    assert (tmp_path / found["taken"][".xlsx"]).read_bytes()[:2] == b"PK"
    assert (tmp_path / found["taken"][".ics"]).read_bytes().startswith(b"BEGIN:VCALENDAR")
    assert (tmp_path / found["taken"][".svg"]).read_text(encoding="utf-8") == seen.to_svg()
    here = tmp_path / "here"
    here.mkdir()
    shutil.copyfile(file, here / name)
    run = subprocess.run([sys.executable, "-c", found["lines"]], cwd=here, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == answer.explain().strip()


@pytest.mark.parametrize("look", [{"width": 320}, {"dark": True}], ids=["narrow", "dark"])
def test_the_four_steps_narrow_and_dark(tmp_path: Path, look: dict[str, Any]) -> None:
    found = done(
        "steps",
        tmp_path,
        file=str(COUNCIL),
        day="2026-11-21",
        moved="2026-11-21",
        activity="ilacs_short",
        takes=["case"],
        **look,
    )
    assert found["lead"] == first_words(COUNCIL, "Barking and Dagenham", "2026-11-21")
    assert set(found["wide"]) == {"given", "seen", "rule", "asked"}


def test_the_form_by_keyboard_alone(tmp_path: Path) -> None:
    found = done("keyboard", tmp_path, typed="10102024")
    agency = ir.Provider(
        type="independent_fostering_agency",
        name="An agency",
        events=[
            ir.Event(
                activity="full_inspection",
                started="2023-05-05",
                ended="2023-06-06",
                published="2023-07-07",
                judgements={"overall": "requires_improvement"},
            )
        ],
    )
    assert found["first"] == "Skip to the main content"
    assert found["refused"] == ""
    assert found["unseen"] == [], "what has the focus can be seen"
    assert found["focus"] == "outlook"
    answer = ir.next_activity(agency, as_of="2024-10-10")
    assert found["lead"] == spoken(answer)[0]
    assert found["said"] != "10 October 2024"
    assert found["rule"] == answer.says
    assert found["back"] == "Read this rule and its sources"
    day = found["taken"].removeprefix("outlook-").removesuffix(".ics")
    assert in_full(date.fromisoformat(day)) == found["said"], "what is taken away is of the day that is shown"
    assert 'ir.Provider(\n    type="independent_fostering_agency"' in found["lines"]


def test_what_cannot_be_right_is_refused_in_the_librarys_words(tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    found = done("refused", tmp_path, file=str(file), day="2025-10-02")
    with pytest.raises(ir.FileFormatError) as refused:
        ir.read(file)
    said = str(refused.value).replace(str(file), "bad.csv")
    for remedy, instead in REMEDIES.items():
        said = said.replace(remedy, instead)
    assert found["refused"] == [said]
    assert found["focus"] == "refused"
    with pytest.raises(ir.DateOrderError) as wrong:
        ir.Event(activity="full_inspection", started="2024-03-04", ended="2024-03-01")
    assert found["form"] == [f"Event 1, Last day on site: {str(wrong.value).removeprefix('ended: ')}"]
    assert found["marked"].endswith("-ended")
    assert found["left"] == 0
    assert len(found["unread"]) == 1
    assert "Closed on" in found["unread"][0]
    assert "is not a whole day of the calendar" in found["unread"][0]
    assert (found["unreadAt"], found["older"]) == ("gone", False)


@pytest.mark.parametrize("width", [1100, 320])
def test_a_table_of_ones_own_is_explained_on_the_page(tmp_path: Path, width: int) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("Council,Seen on,Letter\nBarnet,09/04/2024,20/05/2024\nKent,03/04/2024,04/06/2024\n", "utf-8")
    said = {
        "B": "started",
        "C": "published",
        "days-all": "DD/MM/YYYY",
        "of": "authorities",
        "activity": "focused_visit",
    }
    names = ["Barnet", "Kent"]
    found = done(
        "explained", tmp_path, file=str(file), day="2024-09-02", names=names, chosen=[*said.items()], width=width
    )
    assert "choose below what its columns hold" in found["refused"][0]
    assert found["said"] == "", "nothing is ready above what could not be used"
    assert found["suggested"] == ["name", "", ""]
    assert found["afterwards"] == ""
    assert found["whileRead"] == []
    profile = ir.columns(file).profile(
        of="authorities", days=["DD/MM/YYYY"], means={"B": "started", "C": "published"},
        says={"activity": "focused_visit"},
    )  # fmt: skip
    subjects = {subject.name: subject for subject in ir.read(file, format=profile).subjects}
    for name in names:
        answer = ir.next_activity(subjects[name], as_of="2024-09-02")
        assert found["leads"][name] == " ".join(spoken(answer)[0].split())
    assert found["whyNot"] != "sif_inspection", "it begins with what is likeliest to be asked"
    assert found["form"] == {"name": "Kent", "started": "2024-04-03"}
    assert found["month"] == "2024-04"
    assert [words for words in found["outcomes"] if "SEND" in words or "weaknesses" in words] == []
    assert 'precision="month"' in found["byMonth"]


@needs_shared
def test_a_whole_register(tmp_path: Path) -> None:
    file = SHARED / "data" / "provider_events.csv"
    published = ir.read(file)
    names = [published.subjects[place].name for place in (5, 1500, 3000)]
    found = done("many", tmp_path, file=str(file), day="2025-04-26", names=names, takes=["case"])
    assert f"{len(published.subjects):,} subjects read." in found["read"]
    assert f"{len(published.problems):,} rows or values could not be used as they stand" in found["read"]
    assert found["usable"], "the page can be used while it works"
    assert any(f"of {len(published.subjects):,}" in words for words in found["seen"])
    assert found["report"]["rows"] == len(ir.outlook(published, as_of="2025-04-26").rows)
    for name in names:
        assert found["leads"][name] == first_words(file, name, "2025-04-26")
    with file.open(encoding="utf-8") as rows:
        assert len(published.subjects) == len({row["urn"] for row in csv.DictReader(rows)})
    assert ir.read(tmp_path / "case.json").subjects == published.subjects


def test_offline_after_the_first_visit(tmp_path: Path) -> None:
    found = done("offline", tmp_path, day="2026-11-21")
    assert found["after"] == []
    assert found["lead"] == first_words(COUNCIL, "Barking and Dagenham", "2026-11-21")
    assert found["taken"].endswith(".xlsx")


@pytest.mark.parametrize("width", [1280, 320])
def test_several_tables_are_explained_in_turn_and_dropped_again_with_their_profiles(tmp_path: Path, width: int) -> None:
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    rows = ("Council,Seen on,Sort,Mark", "Kent,03/04/2024,Look-in,Req imp", "Barnet,30/04/2024,Short,Good")
    one.write_text("\n".join((*rows, "")), encoding="utf-8")
    two.write_text("Who,Began\nKent,12/05/2025\n", encoding="utf-8")
    found = done(
        "several",
        tmp_path,
        width=width,
        day="2025-09-02",
        files=[str(one), str(COUNCIL), str(two)],
        chosen=[
            [["of", "authorities"], ["B", "started"], ["C", "activity"], ["D", "overall"], ["days-all", "DD/MM/YYYY"]],
            [["A", "name"], ["B", "started"], ["days-all", "DD/MM/YYYY"], ["activity", "focused_visit"]],
        ],
        words={"Look-in": "ilacs_short", "Req imp": "requires_improvement"},
    )
    first, second = found["asked"]
    assert first["file"] == "The file: one.csv. Then one more is asked about: two.csv."
    assert second["file"] == "The file: two.csv."
    assert [words.split(" (")[0] for words in first["words"]] == ["“Look-in”", "“Req imp”"]
    assert second["faults"] == 3, "a table of which nothing was said is refused at once for all that it lacks"
    assert found["refused"] == ""
    assert "3 subjects read." in found["read"]
    assert sorted(found["profiles"]) == ["one.toml", "two.toml"]
    assert found["again"] == found["read"]
    profiles = {str(tmp_path / f"{name}.csv"): tmp_path / f"{name}.toml" for name in ("one", "two")}
    subjects = ir.read([one, COUNCIL, two], format=profiles).subjects
    (kent,) = (each for each in subjects if each.name == "Kent")
    assert [str(event.activity) for event in kent.events] == ["ilacs_short", "focused_visit"]
    assert found["lead"] == " ".join(spoken(ir.next_activity(kent, as_of="2025-09-02"))[0].split())


def test_the_form_offers_what_was_given_on_its_days_and_folds_away(tmp_path: Path) -> None:
    """Adequate in 2012 and not in 2026; a long record in the form is a list of lines, each of which opens."""
    found = done("folded", tmp_path, day="2026-11-21", width=320, file=str(COUNCIL))
    assert found["grades"] == {"2026-03-04": False, "2012-03-06": True, "kept": "adequate"}
    (subject,) = ir.read(COUNCIL).subjects
    assert len(found["lines"]) == len(subject.events) > 3
    assert found["open"] == 0
    assert found["lines"][0].startswith("Event 1: ")
    assert found["height"] < 200 * len(subject.events) + 900
    assert found["opened"].startswith("Event 2, ")
    assert found["focus"].endswith("-ended"), "a fault opens the line that it is about"
    second = subject.events[1].model_copy(update={"ended": None})
    changed = subject.model_copy(update={"events": (subject.events[0], second, *subject.events[2:])})
    assert found["lead"] == " ".join(spoken(ir.next_activity(changed, as_of="2026-11-21"))[0].split())
