"""What stands in a name, a key or a column reaches nobody as anything but text: every way out, one hostile name."""

import json
import re
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from click.testing import CliRunner

import ilacs_rules as ir
from ilacs_rules import tables
from ilacs_rules.cli.commands import cli
from small_drafts import AGENCY, draft, rule

ESCAPE = "\x1b[2J\x1b]0;title\x07\x9b31m"
HOSTILE = f"=cmd|A home{ESCAPE}\n  Next: nobody\r  Next: nobody\u2028# Heading <script>alert(1)</script> | a `b` ](x)"
AS_OF = date(2026, 6, 1)
HOME = ir.Provider(type="childrens_home", name=HOSTILE, urn=HOSTILE, registered=date(2024, 1, 31), events=[
    ir.Event(activity="full_inspection", started=date(2024, 5, 1), ended=date(2024, 5, 2), published=date(2024, 6, 3),
             judgements={"overall": "good", "help_and_protection": "good", "leaders": "good"}, note=HOSTILE,
             report=f"javascript:{HOSTILE}"),
])  # fmt: skip
UNKNOWN = ir.Provider(type="boarding_school", name=HOSTILE)
ANSWER = ir.next_activity(HOME, as_of=AS_OF)
REFORM = {
    "id": "sooner", "says": HOSTILE, "from": date(2027, 4, 1),
    "source": {"idea": {"title": HOSTILE, "publisher": "Us", "url": "", "dated": "2026", "seen_as": "primary"}},
    "replace": [{
        "rule": ANSWER.rule, "id": "another_rule", "says": HOSTILE, "closes": "as_of + 1 month", "opens": "",
        "gap": HOSTILE, "notice": HOSTILE, "sources": [["idea", HOSTILE]], "certainty": "quoted",
    }],
}  # fmt: skip
AMENDED = ir.load_rulebook().amend(REFORM)
DIFF = ir.diff(ir.load_rulebook(), AMENDED, subjects=[HOME, UNKNOWN], days=[date(2027, 6, 1)])
LATER = ir.answers(HOME, as_of=date(2027, 6, 1), rulebook=AMENDED)


def said(error: type[Exception], make: Callable[[], object]) -> str:
    with pytest.raises(error) as caught:
        make()
    return str(caught.value)


LINES: dict[str, Callable[[], str]] = {
    "explain": ANSWER.explain,
    "explain a reform": lambda: "\n".join(answer.explain() for answer in LATER),
    "one line": lambda: str(ANSWER),
    "repr": lambda: repr(ANSWER),
    "several": lambda: repr(LATER),
    "why not": lambda: str(ANSWER.why_not("monitoring_visit")),
    "why not a rule": lambda: str(ANSWER.why_not(ANSWER.rule)),
    "what would change": lambda: str(ir.what_would_change(HOME, as_of=AS_OF)),
    "a diff": lambda: str(DIFF),
    "findings": lambda: str(ir.check(draft(rule("a", says=HOSTILE), rule("b", says=HOSTILE)))),
    "a key of a record": lambda: said(
        ir.RecordError, lambda: ir.Provider.model_validate({"type": AGENCY, "name": "", HOSTILE: HOSTILE})
    ),
    "a word": lambda: said(ir.RecordError, lambda: ir.Event.model_validate({"activity": HOSTILE})),
    "a key of TOML": lambda: said(
        ir.RulebookError, lambda: ir.load_rulebook().amend({**REFORM, "from": AS_OF, HOSTILE: HOSTILE})
    ),
    "a column": lambda: said(
        ir.RecordError, lambda: tables.next_activities(pl.DataFrame({"subject": [1], HOSTILE: 1}), as_of=AS_OF)
    ),
    "a row": lambda: "\n".join(
        tables.next_activities(
            pl.DataFrame({"subject": [HOSTILE], "type": [HOSTILE], "activity": [HOSTILE]}), as_of=AS_OF
        ).refused["message"]
    ),
}


@pytest.mark.parametrize("name", LINES)
def test_no_order_reaches_a_terminal_and_no_line_is_forged(name: str) -> None:
    text = LINES[name]()
    assert all(line.isprintable() for line in text.split("\n"))
    assert not any(line.lstrip(" -#|").startswith("Next: nobody") for line in text.splitlines())


def test_markdown_shows_names_as_text() -> None:
    text = DIFF.to_markdown()
    assert "A home" in text
    assert "<" not in text
    assert not re.search(r"(?<!\\)\]\(x\)", text)
    assert [line for line in text.splitlines() if line.lstrip().startswith("# Heading")] == []
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert rows
    assert len({len(re.findall(r"(?<!\\)\|", line)) for line in rows}) == 1


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src") or name.startswith("on")]


HTML: dict[str, Callable[[], Any]] = {
    "answer": lambda: ANSWER, "answers": lambda: LATER, "why not": lambda: ANSWER.why_not("monitoring_visit"),
    "changes": lambda: ir.what_would_change(HOME, as_of=AS_OF), "diff": lambda: DIFF,
    "findings": lambda: ir.check(draft(rule("a", says=HOSTILE), rule("b", says=HOSTILE))),
}  # fmt: skip


@pytest.mark.parametrize("name", HTML)
def test_notebooks_show_names_as_text(name: str) -> None:
    seen = _Tags()
    seen.feed(HTML[name]()._repr_html_())
    assert "script" not in seen.tags
    assert all(link.startswith(("https://", "http://", "#")) for link in seen.links)


def test_a_link_leads_to_web_addresses_only() -> None:
    """Also where an answer was read from JSON that somebody else wrote."""
    given = json.loads(ANSWER.model_dump_json())
    for citation in given["sources"]:
        citation["url"] = "javascript:alert(1)"
    assert "href" not in ir.Answer.model_validate_json(json.dumps(given))._repr_html_()
    assert "href" in ANSWER._repr_html_()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "homes.json"
    path.write_text(f"[{HOME.model_dump_json()}, {UNKNOWN.model_dump_json()}]")
    return path


@pytest.mark.parametrize(
    "command",
    [
        ["next", "FILE", "--as-of", "2026-06-01"],
        ["next", "FILE", "--as-of", "2026-06-01", "--explain"],
        ["all", "FILE", "--as-of", "2026-06-01"],
        ["what-if", "FILE", "--as-of", "2026-06-01"],
        ["why-not", "FILE", "monitoring_visit", "--as-of", "2026-06-01"],
        ["diff", "--on", "2026-04-01", "--subjects", "FILE", "--as-of", "2026-06-01"],
        ["next", "FILE", "--as-of", HOSTILE.replace("\n", "")],
        ["rule", HOSTILE],
        ["rules", "--track", HOSTILE],
        [HOSTILE],
    ],
    ids=lambda command: " ".join(command)[:12] + str(len(command[-1])),
)
def test_the_command_line_prints_names_as_text(file: Path, command: list[str]) -> None:
    # Wide enough that no line is folded: a fold may put any word of a name at the beginning of a line.
    runner = CliRunner(env={"COLUMNS": "20000"})
    done = runner.invoke(cli, [str(file) if word == "FILE" else word for word in command])
    assert done.exit_code in (0, 1, 2)
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert all(line.isprintable() for line in done.output.split("\n"))
    assert not any(line.startswith("  Next: nobody") for line in done.output.splitlines())


@pytest.mark.parametrize(
    "text", ['{"type": "childrens_home", "%s": 1}', '[{"type": "childrens_home", "%s": 1, "%s": 2}]']
)
def test_a_key_of_a_file_is_printed_as_text(tmp_path: Path, text: str) -> None:
    key = json.dumps(HOSTILE)[1:-1]
    (tmp_path / "x.json").write_text(text.replace("%s", key))
    done = CliRunner().invoke(cli, ["next", str(tmp_path / "x.json"), "--as-of", "2026-06-01"])
    assert done.exit_code == 2
    assert all(line.isprintable() for line in done.output.split("\n"))
