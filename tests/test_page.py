"""The page in the browser, without one: what it brings along, what it asks of the library, and how it is built."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from web.build import build, made_from, policy
from web.labels import REMEDIES
from web.lines import lines_for_file, lines_for_record
from web.page import Page
from web.words import words

import ilacs_rules as ir
from ilacs_rules.errors import Remedy
from ilacs_rules.outlook.spoken import spoken
from ilacs_rules.reading import judging
from ilacs_rules.situation import FACTS
from ilacs_rules.situation.aggregates.latest import Latest
from ilacs_rules.situation.aggregates.of_latest import OutcomeOf

ROOT = Path(__file__).parents[1]
WEB = ROOT / "web"
EXAMPLES = ROOT / "examples"
COUNCIL = (EXAMPLES / "barking_and_dagenham.json").read_bytes()
HOMES = (
    b"Provider level as at 31 March 2025\n"
    b"URN,Provision type,Event type,Inspection date,Publication date,Overall effectiveness\n"
    b"SC1,Children's home,Full inspection,12/05/2024,24/06/2024,Splendid\n"
)


def _zip_of(name: str) -> bytes:
    """A zip that holds one part of a document."""
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr(name, "<w/>")
    return packed.getvalue()


BUILT = [
    name
    for name, there in (
        ("Node", shutil.which("node")),
        ("pyodide: run `make page`", (WEB / "node_modules" / "pyodide").is_dir()),
        ("the wheels: run `make page`", any((ROOT / "build" / "page").glob("ilacs_rules-*.whl"))),
    )
    if not there
]


def nothing(_done: int, _of: int) -> None:
    """Nobody is told how far it has come."""


@pytest.fixture
def page() -> Page:
    return Page((WEB / "asked.html").read_text(encoding="utf-8"))


def read(page: Page, name: str, data: bytes) -> dict[str, Any]:
    return page.ask("read", nothing, files=[(name, data)])


@pytest.mark.parametrize("name", ["web/package-lock.json", "web/package.json", "web/packages.txt"])
def test_the_locks_name_no_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"://|resolved|--(index|find-links|extra-index)", text)


def test_whatever_is_brought_along_is_checked_by_its_hash() -> None:
    lock = json.loads((WEB / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: each for name, each in lock["packages"].items() if name}
    assert "node_modules/pyodide" in packages
    assert all(each["integrity"].startswith("sha512-") for each in packages.values())
    text = (WEB / "packages.txt").read_text(encoding="utf-8")
    assert len(re.findall(r"^[a-z0-9-]+==", text, re.MULTILINE)) == text.count("--hash=sha256:") > 10


def test_pydantic_and_its_core_belong_together() -> None:
    """The core is built for the browser apart, and pydantic refuses any but its own."""
    text = (WEB / "packages.txt").read_text(encoding="utf-8")
    needs = re.search(r"^pydantic==(\S+)", text, re.MULTILINE), re.search(r"^pydantic-core==(\S+)", text, re.MULTILINE)
    assert all(needs)
    wheels = list((ROOT / "build" / "page").glob("pydantic-*.whl"))
    if not wheels:
        pytest.skip("the wheels are not here: run `make page`")
    with ZipFile(wheels[0]) as wheel:
        (metadata,) = (name for name in wheel.namelist() if name.endswith("/METADATA"))
        said = wheel.read(metadata).decode()
    assert needs[1] is not None
    assert f"pydantic-core=={needs[1][1]}" in said


def test_the_policy_lets_in_the_reports_own_parts_and_nothing_inline_beside() -> None:
    report = unescape(ir.outlook(ir.Provider(type="childrens_home", name="A"), as_of=date(2025, 1, 6)).to_html())
    hashes = re.findall(r"'sha256-[^']+'", report.partition("<style>")[0])
    assert len(hashes) == 2
    assert set(hashes) == set(re.findall(r"'sha256-[^']+'", policy()))
    assert "unsafe-inline" not in policy()
    assert "'unsafe-eval'" not in policy()
    assert "http" not in policy()
    text = (WEB / "static" / "index.html").read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]* src=)", text)


def test_the_page_asks_nothing_of_anybody_else() -> None:
    """No file of the page names an address of another place; only the sources of rules do, and open by themselves."""
    for path in (WEB / "static").iterdir():
        addresses = re.findall(r"https?://[^\"'\s)]+", path.read_text(encoding="utf-8"))
        assert [each for each in addresses if each != "http://www.w3.org/2000/svg"] == [], path.name


def test_a_file_is_answered_as_the_library_answers_it(page: Page) -> None:
    found = read(page, "council.json", COUNCIL)
    assert [each["name"] for each in found["subjects"]] == ["Barking and Dagenham"]
    (subject,) = ir.read(EXAMPLES / "barking_and_dagenham.json").subjects
    for day in ("2016-02-29", "2024-05-01", "2026-11-21"):
        html = page.ask("subject", nothing, place=0, as_of=day)["html"]
        said = re.sub(r"<[^>]+>", "", unescape(html))
        for sentence in spoken(ir.next_activity(subject, as_of=day)):
            assert sentence in said
        whole = page.ask("report", nothing, as_of=day)["html"]
        assert whole == ir.outlook(ir.read(EXAMPLES / "barking_and_dagenham.json"), as_of=day).to_html()


def test_what_is_asked_back_is_what_the_library_says(page: Page) -> None:
    read(page, "council.json", COUNCIL)
    (subject,) = ir.read(EXAMPLES / "barking_and_dagenham.json").subjects
    answer = ir.next_activity(subject, as_of="2026-11-21")
    html = unescape(page.ask("why_not", nothing, place=0, as_of="2026-11-21", word="ilacs_short")["html"])
    tried = answer.why_not("ilacs_short").rules
    assert re.findall(r'data-rule="([^"]+)"', html) == [rule.rule for rule in tried]
    assert all(str(condition) in html for rule in tried for condition in rule.failed)
    changes = ir.what_would_change(subject, as_of="2026-11-21")
    html = unescape(page.ask("what_would_change", nothing, place=0, as_of="2026-11-21")["html"])
    assert all(str(change) in html for change in (*changes.over_time, *changes.by_one_change))


def test_every_rule_can_be_read_with_its_sources(page: Page) -> None:
    for rule in ir.load_rulebook().rules:
        html = unescape(page.ask("rule", nothing, rule=rule.id)["html"])
        assert rule.says in html
        assert all(citation.place in html for citation in rule.sources)


def test_what_a_file_says_cannot_become_part_of_the_page(page: Page) -> None:
    case = {"type": "childrens_home", "name": "<img src=x onerror=alert(1)>", "registered": "2024-01-31"}
    assert not read(page, "a.json", json.dumps(case).encode()).get("error")
    for question in ("subject", "what_would_change"):
        assert "<img" not in page.ask(question, nothing, place=0, as_of="2024-03-20")["html"]


def test_refusals_are_the_librarys_own_sentences(page: Page) -> None:
    found = read(page, "bad.csv", b"a,b\n1,2\n")
    with pytest.raises(ir.FileFormatError) as refused:
        ir.read(WEB / "packages.txt")
    assert found["error"][0]["words"].startswith("bad.csv: has no header of a known format (found 'a, b'")
    theirs, said = str(refused.value).partition("expected")[2], found["error"][0]["words"].partition("expected")[2]
    for remedy, instead in REMEDIES.items():
        theirs = theirs.replace(remedy, instead)
    assert (said, "`" in said) == (theirs, False), "the page says what can be done on the page"
    assert [column["name"] for column in found["columns"]["sheets"][0]["columns"]] == ["a", "b"]
    events = [{"activity": "full_inspection", "started": "2024-03-04", "ended": "2024-03-01"}]
    record = {"type": "childrens_home", "name": "A", "registered": "2024-13-01", "events": events}
    faults = page.ask("record", nothing, record=record)["error"]
    assert {fault["field"] for fault in faults} == {"registered", "events[0].ended"}


def test_every_remedy_that_the_library_names_has_its_own_on_the_page() -> None:
    assert set(REMEDIES) == set(Remedy)
    assert not [words for words in REMEDIES.values() if re.search(r"`|docs/|ilacs-rules|=", words)]


def test_the_form_is_refused_by_the_names_of_its_boxes(page: Page) -> None:
    """No field of a record is named where a person looks at a box with a label."""
    late = {"activity": "full_inspection", "started": "2024-03-04"}
    cases: list[dict[str, Any]] = [
        {"registered": "2024-02-01", "closed": "2024-01-01"},
        {"closed": "2024-01-01", "events": [late]},
        {"events": [{"activity": "full_inspection", "judgements": {"overall": "good"}}]},
    ]
    said = [
        fault["words"]
        for case in cases
        for fault in page.ask("record", nothing, record={"type": "childrens_home", "name": "A", **case})["error"]
    ]
    assert said[0].startswith("Closed on (if it has): is earlier than “Registered on”")
    assert "or a later day in “Closed on (if it has)”" in said[1]
    assert said[2].startswith("Event 1, First day: ")
    assert "“First day”, “Last day on site”, “Report came out”" in said[2]
    assert not [words for words in said if re.search(r"`|events\[|judgements\.|_", words)]


def test_an_unknown_spreadsheet_is_read_as_it_was_explained_on_the_page(page: Page, tmp_path: Path) -> None:
    data = b"Council,Seen on,Letter\nBarnet,09/04/2024,20/05/2024\nKent,03/04/2024,04/06/2024\n"
    refused = read(page, "mine.csv", data)
    (sheet,) = refused["columns"]["sheets"]
    assert [(column["letter"], column["field"]) for column in sheet["columns"]] == [("A", "name"), ("B", ""), ("C", "")]
    said = {
        "sheet": "",
        "of": "authorities",
        "days": ["DD/MM/YYYY"],
        "means": {"B": "started", "C": "published"},
        "says": {"activity": "focused_visit"},
    }
    found = page.ask("read", nothing, files=[("mine.csv", data)], said={"mine.csv": said})
    assert [subject["name"] for subject in found["subjects"]] == ["Barnet", "Kent"]
    case = json.loads(page.ask("case", nothing, place=1)["content"])
    assert case["events"] == [{"activity": "focused_visit", "started": "2024-04-03", "published": "2024-06-04"}]
    (tmp_path / "mine.csv").write_bytes(data)
    lines = page.ask("lines", nothing, place=1, as_of="2024-09-01")["text"]
    (subject,) = (each for each in page._given.subjects if each.name == "Kent")
    assert said_by(lines, tmp_path).strip() == ir.next_activity(subject, as_of="2024-09-01").explain().strip()
    twice = {**said, "means": {"B": "started", "C": "started"}}
    error = page.ask("read", nothing, files=[("mine.csv", data)], said={"mine.csv": twice})
    assert "has two columns for the first day on site" in error["error"][0]["words"]
    assert error["columns"], "the choice stays open"
    unsaid = page.ask("read", nothing, files=[("mine.csv", data)], said={"mine.csv": {**said, "says": {}}})
    assert "or what is the same in every row" in unsaid["error"][0]["words"]
    vague = page.ask("read", nothing, files=[("mine.csv", data)], said={"mine.csv": {**said, "days": []}})
    assert "choose below how its days are written" in vague["error"][0]["words"]


def test_rows_that_could_not_be_read_are_told(page: Page) -> None:
    found = read(page, "homes.csv", HOMES)
    assert len(found["problems"]) == 1
    assert found["problems"][0] == str(ir.read(_given("homes.csv", HOMES)).problems[0])
    assert "Splendid" in page.ask("report", nothing, as_of="2025-01-06")["html"]


def test_a_profile_beside_a_file_is_used(page: Page) -> None:
    """Files of one's own are read by a profile, which is given with them."""
    data = b"Who;Kind of home;What happened;On\nA home;Children's home;Full inspection;13/05/2024\n"
    assert "error" in read(page, "mine.csv", data)
    profile = b"""
id = "mine"
title = "Mine"
of = "providers"
needs = []
header = 1
days = ["DD/MM/YYYY"]
[columns]
name = ["Who"]
type = ["Kind of home"]
[[event]]
needs = ["activity"]
[event.columns]
activity = ["What happened"]
started = ["On"]
"""
    found = page.ask("read", nothing, files=[("mine.csv", data), ("mine.toml", profile)])
    assert [subject["name"] for subject in found["subjects"]] == ["A home"]
    assert "2024-05-13" in page.ask("case", nothing, place=0)["content"].decode()


def test_everything_that_a_table_lacks_is_asked_at_once_and_each_has_its_box(page: Page) -> None:
    data = b"Council,Seen on,Letter\nBarnet,09/04/2024,20/05/2024\n"
    said = {"sheet": "", "of": "", "days": [], "means": {"B": "", "C": ""}, "says": {}, "words": {}}
    faults = page.ask("read", nothing, files=[("mine.csv", data)], said={"mine.csv": said})["error"]
    assert [fault["column"] for fault in faults] == ["activity", "of"]
    assert "nothing says what happened (an inspection, a visit), nor when" in faults[0]["words"]
    said["means"] = {"B": "started", "C": "published"}
    faults = page.ask("read", nothing, files=[("mine.csv", data)], said={"mine.csv": said})["error"]
    assert [fault["column"] for fault in faults] == ["days", "activity", "of"]
    said |= {"days": ["DD/MM/YYYY"], "says": {"activity": "ilacs_short"}}
    found = page.ask("read", nothing, files=[("mine.csv", data)], said={"mine.csv": said})
    assert [subject["type"] for subject in found["subjects"]] == ["local_authority"], (
        "only councils get such inspections"
    )


def test_words_of_ones_own_are_asked_about_saved_and_dropped_again(page: Page, tmp_path: Path) -> None:
    data = b"Council,First day,Sort,Mark\nBarnet,2024-04-09,Look-in,\nKent,2024-04-03,Short one,Req imp\n"
    columns = read(page, "mine.csv", data)["columns"]["sheets"][0]["columns"]
    assert columns[2]["not_known"]["activity authorities"] == {"Look-in": 1, "Short one": 1}
    assert columns[3]["not_known"]["grade"] == {"Req imp": 1}
    said = {
        "sheet": "", "of": "authorities", "days": ["YYYY-MM-DD"], "means": {"C": "activity", "D": "overall"},
        "says": {}, "words": {
            "activity": {"Short one": "ilacs_short", "Look-in": ""}, "grade": {"Req imp": "requires_improvement"}
        },
    }  # fmt: skip
    files, choices = [("mine.csv", data)], {"mine.csv": said}
    found = page.ask("read", nothing, files=files, said=choices)
    assert any("Look-in" in problem for problem in found["problems"]), "what is left out is said"
    kent = json.loads(page.ask("case", nothing, place=1)["content"])
    assert kent["events"][0]["judgements"] == {"overall": "requires_improvement"}
    ((name, text),) = page.ask("profile", nothing, files=files, said=choices)["profiles"]
    assert name == "mine.toml"
    again = page.ask("read", nothing, files=[*files, (name, text.encode())])
    assert (again["subjects"], again["problems"]) == (found["subjects"], found["problems"])
    (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "mine.csv").write_bytes(data)
    lines = page.ask("lines", nothing, place=1, as_of="2024-09-01")["text"]
    assert 'format="mine.toml"' in lines
    wanted = ir.next_activity(page._given.subjects[1], as_of="2024-09-01").explain().strip()
    assert said_by(lines, tmp_path).strip() == wanted


def test_of_several_files_each_that_is_not_known_is_asked_about_in_turn(page: Page, tmp_path: Path) -> None:
    one, two = b"Council,Seen on\nKent,03/04/2024\n", b"Who,Began\nKent,2025-05-12\n"
    files = [("one.csv", one), ("council.json", COUNCIL), ("homes.csv", HOMES), ("two.csv", two)]
    found = page.ask("read", nothing, files=files)
    assert (found["file"], found["others"]) == ("one.csv", ["two.csv"])
    first = {
        "sheet": "",
        "of": "authorities",
        "days": ["DD/MM/YYYY"],
        "means": {"B": "started"},
        "says": {},
        "words": {},
    }
    found = page.ask("read", nothing, files=files, said={"one.csv": first})
    assert (found["file"], found["others"]) == ("one.csv", ["two.csv"]), "what cannot be right is asked again first"
    first["says"] = {"activity": "focused_visit"}
    found = page.ask("read", nothing, files=files, said={"one.csv": first})
    assert (found["file"], found["others"]) == ("two.csv", [])
    means = {"A": "name", "B": "started"}
    second = {**first, "days": ["YYYY-MM-DD"], "means": means, "says": {"activity": "ilacs_short"}}
    found = page.ask("read", nothing, files=files, said={"one.csv": first, "two.csv": second})
    assert [subject["name"] for subject in found["subjects"]] == ["Barking and Dagenham", "Kent", "SC1"]
    kent = json.loads(page.ask("case", nothing, place=1)["content"])
    assert [event["activity"] for event in kent["events"]] == ["focused_visit", "ilacs_short"]
    for name, data in files:
        (tmp_path / name).write_bytes(data)
    wanted = ir.next_activity(page._given.subjects[1], as_of="2025-09-01").explain().strip()
    assert said_by(page.ask("lines", nothing, place=1, as_of="2025-09-01")["text"], tmp_path).strip() == wanted


def test_a_case_that_cannot_be_right_is_refused_by_its_file_with_every_fault(page: Page) -> None:
    wrong = b'{"type": "childrens_home", "name": "A", "registered": "2024-13-01", "closed": "soon"}'
    found = page.ask("read", nothing, files=[("council.json", COUNCIL), ("wrong.json", wrong)])
    words = [fault["words"] for fault in found["error"]]
    assert len(words) == 2
    assert all(each.startswith("wrong.json: ") for each in words)


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("report.docx", _zip_of("word/document.xml"), "report.docx: is a text document"),
        ("broken.xlsx", b"PK\x03\x04garbage" * 50, "broken.xlsx: is a workbook or archive that is broken"),
        ("noise.xlsx", bytes(range(256)) * 20, "noise.xlsx: is"),
        ("paper.pdf", b"%PDF-1.7", "paper.pdf: is a PDF document"),
    ],
)
def test_a_file_of_another_kind_is_refused_by_what_it_is(page: Page, name: str, data: bytes, says: str) -> None:
    found = read(page, name, data)
    assert found["error"][0]["words"].startswith(says)
    assert "columns" not in found


CODE = re.compile(r"`|(?<![\w./#-])[a-z]+(?:_[a-z0-9]+)+(?![\w./-])")


def test_nothing_that_is_answered_is_spelt_as_programs_spell_it(page: Page) -> None:
    """Field codes, rule ids in backticks and words with underscores are said as the page says them."""
    visits = [
        {
            "activity": "ilacs_standard",
            "started": "2018-01-15",
            "published": "2018-03-01",
            "judgements": {"overall": "good"},
        }
    ]
    bournemouth = {"type": "local_authority", "name": "Bournemouth", "events": visits}
    for data in (COUNCIL, (EXAMPLES / "fostering_agency.json").read_bytes(), json.dumps(bournemouth).encode()):
        read(page, "case.json", data)
        for day in ("2018-02-28", "2026-11-21"):
            panels = [
                page.ask("subject", nothing, place=0, as_of=day),
                page.ask("what_would_change", nothing, place=0, as_of=day),
            ]
            word = "full_inspection" if b"fostering" in data else "ilacs_short"
            panels.append(page.ask("why_not", nothing, place=0, as_of=day, word=word))
            for panel in panels:
                assert CODE.findall(re.sub(r"<[^>]+>", " ", panel["html"])) == []
    html = page.ask("subject", nothing, place=0, as_of="2026-11-21")["html"]
    assert "give the day in “Council abolished on (if it was)”" in html, "the last of them was abolished"


def test_grades_of_older_scales_are_offered_only_for_their_days() -> None:
    until = {grade["value"]: grade["until"] for grade in words()["grades"]}
    assert {value for value, last in until.items() if last} == {"adequate", "satisfactory"}
    assert until["adequate"] == {"authority": "2013-11-18", "provider": "2017-03-31"}


@pytest.mark.skipif(not (ROOT.parent / "shared" / "data").is_dir(), reason="../shared is not here")
def test_no_published_inspection_has_a_grade_that_the_form_would_not_offer() -> None:
    import csv  # noqa: PLC0415

    until = {grade["value"]: grade["until"] for grade in words()["grades"]}
    for name, who, day in (
        ("provider_events", "provider", "inspection_date"), ("local_authority_events", "authority", "start_date")
    ):  # fmt: skip
        with (ROOT.parent / "shared" / "data" / f"{name}.csv").open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                given = {value for value in row.values() if until.get(value)}
                assert not given or row[day] <= until[given.pop()][who], row


def test_the_page_says_what_it_was_made_from() -> None:
    assert made_from() == made_from()
    assert re.fullmatch(r"[0-9a-f]{16}", made_from())
    assert "{{MADE_FROM}}" in (WEB / "static" / "index.html").read_text(encoding="utf-8")


def _given(name: str, data: bytes) -> Any:
    file = BytesIO(data)
    file.name = name
    return file


@pytest.mark.parametrize("ending", [".xlsx", ".ics", ".svg", ".html", ".md", ".json"])
def test_what_is_taken_away_is_what_the_library_writes(page: Page, ending: str, tmp_path: Path) -> None:
    read(page, "council.json", COUNCIL)
    content = page.ask("take", nothing, ending=ending, as_of="2026-11-21", place=None)["content"]
    file = tmp_path / f"outlook{ending}"
    ir.outlook(ir.read(EXAMPLES / "barking_and_dagenham.json"), as_of="2026-11-21").write(file)
    assert content == file.read_bytes()


def test_the_case_is_read_again(page: Page, tmp_path: Path) -> None:
    read(page, "council.json", COUNCIL)
    file = tmp_path / "case.json"
    file.write_bytes(page.ask("case", nothing, place=None)["content"])
    assert ir.read(file).subjects == ir.read(EXAMPLES / "barking_and_dagenham.json").subjects
    file.write_bytes(page.ask("case", nothing, place=0)["content"])
    assert ir.read(file).subjects == ir.read(EXAMPLES / "barking_and_dagenham.json").subjects


def said_by(lines: str, folder: Path) -> str:
    done = subprocess.run([sys.executable, "-c", lines], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


def test_the_lines_of_python_give_the_same_answer(tmp_path: Path) -> None:
    file = tmp_path / 'the council\'s "own".json'
    file.write_bytes(COUNCIL)
    (subject,) = ir.read(file).subjects
    wanted = ir.next_activity(subject, as_of="2026-11-21").explain().strip()
    assert said_by(lines_for_file([file.name], [subject], 0, "2026-11-21"), tmp_path).strip() == wanted
    assert said_by(lines_for_record(subject, "2026-11-21"), tmp_path).strip() == wanted


def test_the_form_offers_every_word_and_only_what_is_allowed() -> None:
    found = words()
    assert {kind["value"] for kind in found["kinds"]} == {"local_authority", *(kind.value for kind in ir.ProviderType)}
    day = date(2026, 6, 1)
    for activity in found["activities"]:
        judged = {area: "good" for area, first, last in activity["judges"] if _holds(first, last, day)}
        judged = {
            area: "sustained_effectiveness" if area == "effectiveness" else grade for area, grade in judged.items()
        }
        event = ir.Event(activity=activity["value"], started=day, judgements=judged)
        kind = ir.LocalAuthority if "authority" in activity["to"] else ir.Provider
        more = {} if kind is ir.LocalAuthority else {"type": "childrens_home"}
        assert kind(name="A", events=[event], **more).events == (event,)


def _holds(first: str | None, last: str | None, day: date) -> bool:
    return (not first or first <= str(day)) and (not last or str(day) <= last)


@pytest.mark.skipif(bool(BUILT), reason=f"not here: {', '.join(BUILT)}")
def test_a_second_build_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = (build(tmp_path / name, ROOT / "build" / "page") for name in ("one", "two"))
    assert [path.relative_to(tmp_path / "one") for path in one] == [path.relative_to(tmp_path / "two") for path in two]
    assert [path.name for path, other in zip(one, two, strict=True) if path.read_bytes() != other.read_bytes()] == []
    kept = (tmp_path / "one" / "sw.js").read_text(encoding="utf-8")
    named = json.loads(kept.partition("const FILES = ")[2].partition(";")[0])
    assert {*named, "sw.js"} == {path.relative_to(tmp_path / "one").as_posix() for path in one}


def test_what_is_hidden_stays_hidden_whatever_else_its_style_says() -> None:
    """A box of the form that speaks of an opened file was shown where none was."""
    style = (Path(__file__).parent.parent / "web" / "static" / "page.css").read_text(encoding="utf-8")
    assert "[hidden]{display:none!important}" in style


def test_what_the_form_lets_an_activity_conclude_is_what_the_rules_and_published_files_know() -> None:
    """Every outcome that a fact of a rule looks for, and each that a published file gives, can be chosen."""
    offered = {activity["value"]: set(activity["outcomes"]) for activity in words()["activities"]}
    graded = {activity["value"] for activity in words()["activities"] if activity["graded"]}
    known: set[tuple[str, str]] = {(str(kind), str(word)) for kind, said in judging._OUTCOMES.items() for word in said}
    for fact in FACTS.values():
        known |= set(_looked_for(fact.reading))
    # Of graded inspections only a full one can be of supported accommodation.
    known = {(kind, word) for kind, word in known if kind not in graded - {"full_inspection"}}
    assert len(known) > 20
    assert [pair for pair in sorted(known) if pair[1] not in offered[pair[0]]] == []


def _looked_for(reading: object) -> Iterator[tuple[str, str]]:
    if isinstance(reading, Latest) and reading.outcome is not None:
        yield from ((str(kind), str(reading.outcome)) for kind in reading.kinds)
    if isinstance(reading, OutcomeOf):
        yield from ((str(kind), str(word)) for kind in reading.of.kinds for word in reading.among)
    for inner in reading if isinstance(reading, tuple) else ():
        yield from _looked_for(inner)


@pytest.mark.skipif(not (ROOT.parent / "shared" / "data").is_dir(), reason="../shared is not here")
def test_every_outcome_of_the_published_histories_can_be_chosen() -> None:
    offered = {activity["value"]: set(activity["outcomes"]) for activity in words()["activities"]}
    given = {
        (str(event.activity), str(event.outcome))
        for name in ("provider_events", "local_authority_events")
        for subject in ir.read(ROOT.parent / "shared" / "data" / f"{name}.csv").subjects
        for event in subject.events
        if event.outcome
    }
    assert len(given) > 8
    assert [pair for pair in sorted(given) if pair[1] not in offered[pair[0]]] == []
