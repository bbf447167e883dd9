"""Files that are no rulebook: a clear error, soon, in bounded memory, and nothing that stands in them is ever run."""

import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ilacs_rules as ir
from ilacs_rules.errors import RulebookError

BOOK = """
version = "1"
checked = 2024-01-31

[[track]]
id = "inspection"
means = "the next inspection"
owed_by = "inspectorate"
met_by = ["full_inspection"]
answers = { independent_fostering_agency = 2017-04-01 }

[[reading]]
id = "again"
word = "again"
means = "counted from the first day"
because = "it says so"
"""
SOURCES = """
[act]
title = "An Act"
publisher = "Parliament"
url = ""
dated = "2006"
seen_as = "primary"
"""
FRAMEWORK = """
[framework]
applies_to = ["independent_fostering_agency"]
track = "inspection"

[[rule]]
id = "agency_is_inspected_again"
says = "An agency is inspected again within three years."
from = 2017-04-01
when = { inspection_stage = ["complete", "under_way", "awaiting_report"] }
activity = "full_inspection"
opens = "last_inspection_started + 6 months"
closes = "last_inspection_started + 36 months"
strength = "usual"
certainty = "quoted"
sources = [["act", "section 1"]]
readings = ["again"]

[[rule]]
id = "agency_is_first_inspected"
says = "An agency is first inspected within a year."
from = 2017-04-01
when = { inspection_stage = "none" }
activity = "full_inspection"
closes = "registered + 12 months"
strength = "must"
certainty = "quoted"
sources = [["act", "section 2"]]
"""
FILES = {"rulebook.toml": BOOK, "sources.toml": SOURCES, "frameworks/agencies.toml": FRAMEWORK}
A_FEW_MB = 60_000_000


def written(home: Path, changed: dict[str, str | bytes] | None = None) -> Path:
    (home / "frameworks").mkdir(parents=True, exist_ok=True)
    for name, content in {**FILES, **(changed or {})}.items():
        (home / name).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
    return home


@contextmanager
def bounded_memory() -> Iterator[None]:
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < A_FEW_MB
    finally:
        tracemalloc.stop()


def refused(home: Path, file: str, content: str | bytes) -> str:
    """What is said of a rulebook in which one file is another; the same whether it is proved or only read."""
    folder = written(home, {file: content})
    with bounded_memory(), pytest.raises(RulebookError) as caught:
        ir.load_draft(folder)
    with pytest.raises(RulebookError) as again:
        ir.load_rulebook(folder)
    assert str(again.value) == str(caught.value)
    assert len(str(caught.value)) < 3_000
    return str(caught.value)


def test_the_small_rulebook_stands(tmp_path: Path) -> None:
    book = ir.load_rulebook(written(tmp_path))
    assert len(book.rules) == 2
    assert [source.checked for source in book.sources] == [ir.load_draft(tmp_path).sources[0].checked]
    kinds = {finding.kind.value for finding in ir.check(book)}
    assert kinds == {"unused_fact"}


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize(
    "content",
    [
        "a = " + "[" * 10_000_000,
        "a = " + "[" * 1_900_000,
        "a = " + "[" * 20_000 + "]" * 20_000,
        "a = " + "{b = " * 20_000 + "1" + "}" * 20_000,
        "a" + ".a" * 500_000 + " = 1",
        "a" + " . a" * 400_000 + " = 1",
        '"a b"' + '."a b"' * 300_000 + " = 1",
        "[" + "a." * 500_000 + "a]",
        "a = { " + "b." * 500_000 + "b = 1 }",
    ],
    ids=["10 MB", "2 MB", "lists", "tables", "a key", "spaced", "quoted", "a heading", "inline"],
)
def test_nesting(tmp_path: Path, file: str, content: str) -> None:
    assert refused(tmp_path, file, content)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (
            "rulebook.toml",
            "checked =",
            "chequed =",
            "chequed: is not a known key (found 'chequed'; expected 'checked'?",
        ),
        ("rulebook.toml", "owed_by =", "owed_to =", "track inspection"),
        ("sources.toml", "dated =", "dates =", "dates: is not a known key (found 'dates'; expected 'dated'?"),
        ("frameworks/agencies.toml", "opens =", "open =", "open: is not a known key (found 'open'; expected 'opens'?"),
        ("frameworks/agencies.toml", "[framework]", "[frame]", "frame: is not a known key"),
        ("rulebook.toml", "2024-01-31", '"2024-01-31"', "checked: is not a day"),
    ],
)
def test_unknown_keys(tmp_path: Path, file: str, old: str, new: str, said: str) -> None:
    assert said in refused(tmp_path, file, FILES[file].replace(old, new, 1))


@pytest.mark.parametrize("key", ["copy_of", "rests_on", "cites", "source", "sources"])
def test_a_source_cannot_name_another_so_that_there_is_nothing_to_go_round(tmp_path: Path, key: str) -> None:
    """Two sources that cite each other: a source has no key for that, and so no cycle."""
    text = SOURCES + f'{key} = "copy"\n' + SOURCES.replace("[act]", "[copy]") + f'{key} = "act"\n'
    assert f"{key}: is not a known key" in refused(tmp_path, "sources.toml", text)


def with_conditions(conditions: str) -> str:
    return FRAMEWORK.replace('{ inspection_stage = "none" }', conditions)


def test_a_rule_with_a_thousand_conditions(tmp_path: Path) -> None:
    unknown = ", ".join(f"fact_{number} = 1" for number in range(1000))
    file = "frameworks/agencies.toml"
    assert "is not a known fact (found 'fact_0'" in refused(tmp_path, file, with_conditions(f"{{ {unknown} }}"))
    words = ", ".join(f'"word_{number}"' for number in range(1000))
    said = refused(tmp_path, file, with_conditions(f"{{ inspection_stage = [{words}] }}"))
    assert "is not a value of this fact (found 'word_0'" in said


def test_a_rule_built_in_code_with_a_thousand_conditions(tmp_path: Path) -> None:
    draft = ir.load_draft(written(tmp_path))
    conditions = tuple(ir.Condition(fact="inspection_stage", words=("none",)) for _ in range(1000))
    rule = draft.rules[1].model_copy(update={"when": conditions})
    with pytest.raises(RulebookError, match=r"when: appears twice \(found 'inspection_stage'"):
        draft.model_copy(update={"rules": (draft.rules[0], rule)})


def test_every_fact_at_once_is_proved_or_refused_soon(tmp_path: Path) -> None:
    """A rule for each fact, each asking only about its own: every case has many answers, and too many to list."""
    draft = ir.load_draft(written(tmp_path))
    rules = tuple(
        draft.rules[1].model_copy(update={"id": f"rule_{name}", "when": (ir.Condition(fact=name, low=1),)})
        for name, fact in ir.FACTS.items()
        if "Number" in type(fact.domain).__name__
    )
    assert len(rules) > 15
    with pytest.raises(ir.ProofError, match=r"both answer this case|no rule answers this case"):
        ir.Rulebook(**{name: getattr(draft, name) for name in ir.Draft.model_fields} | {"rules": rules})
    with pytest.raises(RulebookError, match="ask about too many facts at once"):
        ir.check(draft.model_copy(update={"rules": rules}))


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('touch ran')",
        "registered + 12 months; open('ran', 'w')",
        "latest(registered, exec(1))",
        "eval(registered)",
        "registered.__class__ + 1 month",
        "${jndi:ldap://x} + 1 month",
        "latest(" * 5_000,
    ],
)
def test_nothing_in_a_file_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.chdir(tmp_path)
    line = f'closes = "{text}"'
    said = refused(
        tmp_path / "book", "frameworks/agencies.toml", FRAMEWORK.replace('closes = "registered + 12 months"', line)
    )
    assert "agencies.toml: agency_is_first_inspected: closes:" in said
    assert [item.name for item in tmp_path.iterdir()] == ["book"]


@pytest.mark.parametrize("file", FILES)
def test_a_number_of_too_many_digits_is_not_read(tmp_path: Path, file: str) -> None:
    assert "is not TOML" in refused(tmp_path, file, f"number = {'9' * 5_000}\n{FILES[file]}")


@pytest.mark.parametrize(
    ("closes", "said"),
    [
        ("registered + 1201 months", "closes: is too long a time"),
        ("registered + 60 years - 41 years", "closes: is too long a time"),
        (f"registered + {'9' * 30} days", "closes: is too long a time"),
        (
            f"registered + {'9' * 5_000} working days",
            "closes: counts working days, but the rulebook has no bank holidays",
        ),
        ("latest(registered, 1899-12-31)", "closes: is too early or too late for a record"),
        ("earliest(registered, 9999-12-31) + 1 day", "closes: is too early or too late for a record"),
    ],
)
def test_a_window_beyond_every_calendar_is_refused_when_it_is_read(tmp_path: Path, closes: str, said: str) -> None:
    """And not only once somebody asks about a day that leads there."""
    assert said in refused(tmp_path, "frameworks/agencies.toml", FRAMEWORK.replace("registered + 12 months", closes))


@pytest.mark.parametrize("closes", ["registered + 1200 months", "registered + 60 years - 40 years"])
def test_a_window_of_a_hundred_years_is_one(tmp_path: Path, closes: str) -> None:
    text = FRAMEWORK.replace("registered + 12 months", closes)
    book = ir.load_rulebook(written(tmp_path, {"frameworks/agencies.toml": text}))
    agency = ir.Provider(type="independent_fostering_agency", name="An agency", registered=date(2100, 12, 31))
    last = ir.answers(agency, as_of=date(2100, 12, 31), rulebook=book)[0].window.closes
    assert last is not None
    assert last >= date(2120, 12, 31)


def test_text_that_looks_like_a_program_is_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    says = "{0.__class__} %s ${HOME} `touch ran` $(touch ran) <script>alert(1)</script>"
    changed = FRAMEWORK.replace("An agency is first inspected within a year.", says)
    book = ir.load_rulebook(written(tmp_path / "book", {"frameworks/agencies.toml": changed}))
    assert book.rules[1].says == says
    assert [item.name for item in tmp_path.iterdir()] == ["book"]


pieces = st.one_of(
    st.sampled_from(
        ["", "[", "]", "{", "}", '"', "=", "\n", "#", "[[rule]]", "2017-02-30", "-1", "1e999", "nan", "true"]
    ),
    st.sampled_from(
        ["id", "when = 1", "from = 1", "to = 0001-01-01", "closes = 1", "[[track]]", "latest(", "\x00", "\ud800"]
    ),
    st.text(max_size=10),
    st.integers().map(str),
)


@given(st.sampled_from(sorted(FILES)), st.data())
@settings(max_examples=150, deadline=None)
def test_a_file_with_anything_in_any_place_is_read_or_refused(file: str, data: st.DataObject) -> None:
    """And whatever can be read can be checked."""
    text = FILES[file]
    first = data.draw(st.integers(0, len(text)))
    last = data.draw(st.integers(first, min(len(text), first + 40)))
    content = text[:first] + data.draw(pieces) + text[last:]
    with TemporaryDirectory() as home:
        folder = written(Path(home), {file: content})
        try:
            draft = ir.load_draft(folder)
        except RulebookError:
            with pytest.raises(RulebookError):
                ir.load_rulebook(folder)
            return
        ir.check(draft)
        try:
            ir.load_rulebook(folder)
        except ir.ProofError:
            assert {finding.kind.value for finding in ir.check(draft)} & {"gap", "overlap"}


@given(st.binary(max_size=200), st.sampled_from(sorted(FILES)))
@settings(max_examples=50, deadline=None)
def test_a_file_of_any_bytes_is_refused_or_empty_of_rules(content: bytes, file: str) -> None:
    with TemporaryDirectory() as home, pytest.raises(RulebookError):
        ir.load_rulebook(written(Path(home), {file: content}))
