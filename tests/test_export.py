"""What the library writes out: the register of rules as pages, and the schemas."""

import json
import re
import subprocess
import sys
import tomllib
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from ilacs_rules import Event, LocalAuthority, Provider, Rule, answers, diff, load_rulebook, what_would_change
from ilacs_rules.cli.printed import PRINTED
from ilacs_rules.vocabulary import Certainty
from ilacs_rules.writing import pages, schemas, write_pages, write_schemas
from ilacs_rules.writing.touched import touched
from ilacs_rules.writing.words import GENERATED

DOCS = Path(__file__).parent.parent / "docs"
REGENERATE = "docs/ is not what the rulebook and the models say now; regenerate it with: make docs"

BOOK = load_rulebook()
PAGES = pages(BOOK)
ANCHOR = re.compile(r'<a id="([^"]+)"></a>')
LINK = re.compile(r"\]\(([^)#]*)(?:#([^)]*))?\)")


def shown(text: str) -> str:
    """A page as a reader sees it: Markdown's escapes undone."""
    return unescape(re.sub(r"\\([\\`*_\[\]|])", r"\1", text))


def one_line(text: str) -> str:
    return " ".join(text.split())


def test_the_committed_pages_are_those_of_the_rulebook() -> None:
    committed = {path.name: path.read_text(encoding="utf-8") for path in (DOCS / "rules").glob("*.md")}
    assert sorted(committed) == sorted(PAGES), REGENERATE
    different = [name for name, text in PAGES.items() if committed[name] != text]
    assert not different, REGENERATE


def test_the_committed_schemas_are_those_of_the_models() -> None:
    committed = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in (DOCS / "schemas").glob("*.json")}
    assert committed == schemas(PRINTED), REGENERATE


def test_the_same_rulebook_gives_the_same_pages() -> None:
    again = type(BOOK).model_validate_json(BOOK.model_dump_json())
    assert pages(again) == PAGES


def test_every_page_says_that_it_is_generated() -> None:
    assert all(text.startswith(GENERATED) for text in PAGES.values())
    assert all(text.endswith("\n") and "\n\n\n" not in text for text in PAGES.values())


@pytest.mark.parametrize("rule", BOOK.rules, ids=lambda rule: rule.id)
def test_a_rule_is_found_from_its_id_with_all_that_it_says(rule: Rule) -> None:
    assert f"`{rule.id}`" in PAGES["README.md"]
    page = PAGES[rule.framework.replace(".toml", ".md")]
    block = shown(page.split(f'<a id="{rule.id}"></a>')[1].split("<a id=")[0])
    said = [
        rule.says,
        rule.gap,
        rule.evidence,
        rule.notice,
        rule.days_on_site,
        rule.report,
        rule.strength,
        rule.certainty,
    ]
    said += [text for text in (rule.opens, rule.due, rule.closes) if text]
    said += [text for citation in rule.sources for text in (citation.text, citation.place, citation.url)]
    said += [text for reading in BOOK.readings_of(rule) for text in (reading.word, reading.means, reading.because)]
    for text in said:
        assert one_line(text) in block
    in_words = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", block)
    for condition in rule.when:
        assert f"  - {condition}\n" in in_words


def test_every_source_reading_suspension_and_track_has_its_place() -> None:
    for rows, name in (
        (BOOK.sources, "sources.md"),
        (BOOK.readings, "readings.md"),
        (BOOK.suspensions, "suspensions.md"),
    ):
        assert ANCHOR.findall(PAGES[name]) == [row.id for row in rows]
    for track in BOOK.tracks:
        assert f'<a id="track-{track.id}"></a>' in PAGES["README.md"]


def test_every_source_is_listed_with_the_rules_that_cite_it() -> None:
    blocks = dict(re.findall(r'<a id="([^"]+)"></a>(.*?)(?=<a id|\Z)', PAGES["sources.md"], re.DOTALL))
    for rule in BOOK.rules:
        for citation in rule.sources:
            assert f"`{rule.id}`" in blocks[citation.source]


def test_what_is_not_known_is_listed_in_full() -> None:
    page = PAGES["not-known.md"]
    listed = set(ANCHOR.findall(page))
    for rule in BOOK.rules:
        open_question = bool(rule.gap) or rule.certainty in (Certainty.INFERRED, Certainty.OBSERVED)
        assert (rule.id in listed) is open_question
        assert one_line(rule.gap) in shown(page)


def test_what_is_not_known_begins_with_what_touches_the_most_subjects() -> None:
    """First what is required, then why nothing is; the counts fall within each, and what was not counted comes last."""
    page = PAGES["not-known.md"]
    parts = page.split("\n## ")
    assert [part.splitlines()[0] for part in parts[1:3]] == [
        "What is required of councils and settings today",
        "Why nothing is required of councils and settings today",
    ]
    shares = re.compile(
        r"\*\*Answered for:\*\* ([\d,]+) (?:councils and settings|council or setting) on 21 November 2026"
    )
    for part, nothing in ((parts[1], False), (parts[2], True)):
        counts = [int(count.replace(",", "")) for count in shares.findall(part)]
        assert len(counts) == len(ANCHOR.findall(part)) > 10
        assert counts == sorted(counts, reverse=True)
        assert {BOOK.rule(name).activity == "nothing_required" for name in ANCHOR.findall(part)} == {nothing}
    assert not any(shares.search(part) for part in parts[3:])


def test_the_counts_name_rules_of_the_rulebook() -> None:
    """A rule that was renamed has no count: `python -m benchmarks.touched` counts again."""
    counted = touched().subjects
    assert set(counted) <= {rule.id for rule in BOOK.rules}
    assert all(0 < count <= touched().authorities + touched().providers for count in counted.values())


def test_every_link_leads_somewhere() -> None:
    anchors = {name: ANCHOR.findall(text) for name, text in PAGES.items()}
    for name, found in anchors.items():
        assert len(found) == len(set(found)), f"{name}: an anchor stands twice"
    for name, text in PAGES.items():
        for page, anchor in LINK.findall(text):
            assert page in PAGES, f"{name} links to {page}"
            assert not anchor or anchor in anchors[page], f"{name} links to {page}#{anchor}"


def test_text_that_looks_like_markdown_is_shown_as_it_stands() -> None:
    rule = BOOK.rules[0].model_copy(update={"says": "Either | or, *never* [both](x) <b>at_ once</b> `now`."})
    text = pages(BOOK.model_copy(update={"rules": (rule, *BOOK.rules[1:])}))["README.md"]
    row = next(line for line in text.splitlines() if line.startswith("| [") and rule.id in line)
    assert len(re.findall(r"(?<!\\)\|", row)) == 6
    assert "<b>" not in row
    assert rule.says in shown(row)


def test_writing_again_changes_nothing_and_removes_only_what_was_generated(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("Mine.")
    (tmp_path / "gone.md").write_text(f"{GENERATED}\n\n# Gone\n")
    first = {path: path.read_bytes() for path in write_pages(BOOK, tmp_path)}
    assert {path: path.read_bytes() for path in write_pages(BOOK, str(tmp_path))} == first
    assert {path.name for path in tmp_path.iterdir()} == {*PAGES, "notes.md"}


def test_schemas_that_are_no_longer_made_are_removed(tmp_path: Path) -> None:
    answer = next(path for path in write_schemas(tmp_path, PRINTED) if path.name == "answer.json")
    answer.rename(tmp_path / "old.json")
    (tmp_path / "mine.json").write_text("{}")
    write_schemas(tmp_path, PRINTED)
    assert {path.name for path in tmp_path.iterdir()} == {*schemas(PRINTED), "mine.json"}


def test_the_command_writes_pages_and_schemas(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "ilacs_rules.cli.docs"]
    done = subprocess.run([*command, str(tmp_path / "out")], capture_output=True, text=True, check=True)
    assert str(len(PAGES) + len(schemas(PRINTED)) + len(BOOK.tracks)) in done.stdout
    assert {path.name for path in (tmp_path / "out" / "rules").iterdir()} == set(PAGES)
    assert {path.name for path in (tmp_path / "out" / "schemas").iterdir()} == set(schemas(PRINTED))
    refused = subprocess.run(command, capture_output=True, text=True, check=False)
    assert refused.returncode == 2
    assert refused.stderr.startswith("usage:")
    (tmp_path / "a file").write_text("")
    refused = subprocess.run([*command, str(tmp_path / "a file")], capture_output=True, text=True, check=False)
    assert refused.returncode == 2
    assert "Traceback" not in refused.stderr


def fits(value: Any, schema: dict[str, Any], whole: dict[str, Any]) -> bool:
    """Whether a JSON value has the shape of a schema: its types, keys, words and the form of its dates."""
    if "$ref" in schema:
        return fits(value, whole["$defs"][schema["$ref"].rsplit("/", 1)[1]], whole)
    if "anyOf" in schema:
        return any(fits(value, part, whole) for part in schema["anyOf"])
    if "const" in schema or "enum" in schema:
        return value in schema.get("enum", [schema.get("const")])
    kinds = {"object": dict, "array": list, "string": str, "integer": int, "null": type(None), "boolean": bool}
    if "type" in schema and not isinstance(value, kinds[schema["type"]]):
        return False
    if schema.get("type") == "object":
        named, others = schema.get("properties", {}), schema.get("additionalProperties", True)
        return set(schema.get("required", [])) <= set(value) and all(
            fits(item, named[key], whole) if key in named else others is not False and fits(item, others or {}, whole)
            for key, item in value.items()
        )
    if schema.get("type") == "array":
        return all(fits(item, schema.get("items", {}), whole) for item in value)
    return schema.get("format") != "date" or re.fullmatch(r"\d{4}-\d{2}-\d{2}", value) is not None


AUTHORITY = LocalAuthority(
    name="An authority",
    covers=["ilacs_standard", "focused_visit"],
    events=[
        Event(
            activity="ilacs_standard",
            started=date(2022, 7, 18),
            ended=date(2022, 7, 29),
            published=date(2022, 9, 21),
            judgements={"overall": "inadequate"},
        )
    ],
)
AGENCY = Provider(type="independent_fostering_agency", name="An agency", registered=date(2024, 1, 31))


def test_real_values_fit_their_schemas() -> None:
    made = schemas(PRINTED)
    for name, value in (("local_authority.json", AUTHORITY), ("provider.json", AGENCY), ("rulebook.json", BOOK)):
        assert fits(value.model_dump(mode="json"), made[name], made[name])
    for subject in (AUTHORITY, AGENCY):
        for answer in answers(subject, as_of=date(2024, 3, 1)):
            assert fits(answer.model_dump(mode="json"), made["answer.json"], made["answer.json"])
            why = answer.why_not("full_inspection").model_dump(mode="json")
            assert fits(why, made["why_not.json"], made["why_not.json"])
        changes = what_would_change(subject, as_of=date(2024, 3, 1)).model_dump(mode="json")
        assert fits(changes, made["changes.json"], made["changes.json"])
    found = diff(on=date(2026, 4, 1)).model_dump(mode="json")
    assert fits(found, made["diff.json"], made["diff.json"])


@pytest.mark.parametrize("reform", sorted((DOCS / "reforms").glob("*.toml")), ids=lambda path: path.stem)
def test_a_reform_fits_its_schema_and_one_with_an_unknown_key_does_not(reform: Path) -> None:
    schema = schemas(PRINTED)["reform.json"]
    table = json.loads(json.dumps(tomllib.loads(reform.read_text(encoding="utf-8")), default=str))
    assert fits(table, schema, schema)
    assert not fits({**table, "replce": []}, schema, schema)
    assert not fits({key: value for key, value in table.items() if key != "from"}, schema, schema)


def test_a_bare_word_of_coverage_fits_as_the_records_read_it() -> None:
    schema = schemas(PRINTED)["local_authority.json"]
    plain = {"name": "An authority", "covers": ["focused_visit", {"activity": "jtai"}]}
    assert LocalAuthority.model_validate_json(json.dumps(plain)).covers
    assert fits(plain, schema, schema)
    assert not fits({**plain, "covers": ["a visit"]}, schema, schema)


def test_an_answer_always_holds_every_key() -> None:
    schema = schemas(PRINTED)["answer.json"]
    for part in (schema, *schema["$defs"].values()):
        assert part.get("required", []) == list(part.get("properties", {}))


def test_what_does_not_fit_is_told_apart() -> None:
    schema = schemas(PRINTED)["answer.json"]
    answer = answers(AGENCY, as_of=date(2024, 3, 1))[0].model_dump(mode="json")
    for key, value in (("activity", "a visit"), ("as_of", "1 March"), ("facts", None), ("no such key", "")):
        assert not fits({**answer, key: value}, schema, schema)
    assert not fits({key: value for key, value in answer.items() if key != "rule"}, schema, schema)


def test_schemas_say_where_they_come_from_and_hold_no_python() -> None:
    for schema in schemas(PRINTED).values():
        assert "make docs" in schema["$comment"]
        assert ">>>" not in json.dumps(schema)
