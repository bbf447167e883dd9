"""The names that other people's code relies on: all there, sorted, documented, each with an example that runs."""

import inspect
import re
from datetime import date
from enum import Enum
from types import ModuleType

import pytest

import ilacs_rules as ir

NAMES = [name for name in ir.__all__ if not name.startswith("__")]
PROMISED = {
    "Answer", "answers", "DueWindow", "Event", "load_rulebook", "LocalAuthority", "next_activity", "Provider",
    "required_activities", "Rulebook", "Source",
}  # fmt: skip

ANSWER_FIELDS = {
    "subject", "subject_type", "as_of", "activity", "window", "status", "strength", "certainty", "owed_by", "track",
    "rule", "says", "sources", "facts", "gap", "evidence", "readings", "notice", "days_on_site", "report", "notes",
    "not_yet_known", "rulebook", "fingerprint",
}  # fmt: skip


def test_all_is_sorted_and_whole() -> None:
    """Sorted without regard to capitals, and equal to every public name, those that come when asked for included."""
    assert all(hasattr(ir, name) for name in ir.__all__)
    values = {name: value for name, value in vars(ir).items() if not name.startswith("_")}
    public = {name for name, value in values.items() if not isinstance(value, ModuleType)} - {
        "TYPE_CHECKING",
        "import_module",
    }
    assert set(NAMES) == public | {*ir._LATE, "tables"}
    assert list(ir.__all__) == sorted(ir.__all__, key=str.casefold)
    assert len(set(ir.__all__)) == len(ir.__all__)
    assert set(NAMES) >= PROMISED


def test_a_name_that_is_none_is_refused_as_any_module_does() -> None:
    name = "next_inspection"
    with pytest.raises(AttributeError, match="has no attribute 'next_inspection'"):
        getattr(ir, name)


@pytest.mark.parametrize("name", NAMES)
def test_every_name_has_a_docstring(name: str) -> None:
    value = getattr(ir, name)
    if callable(value):
        text = inspect.getdoc(value) or ""
        assert re.match(r"[A-Z`]", text), f"{name} has no docstring of its own"
        parents = type(value).__mro__[1:] if not isinstance(value, type) else value.__mro__[1:]
        assert all(text != inspect.getdoc(parent) for parent in parents)


@pytest.mark.parametrize("name", [name for name in NAMES if inspect.isroutine(getattr(ir, name))])
def test_every_function_shows_an_example(name: str) -> None:
    """And says what it raises, and what it takes."""
    text = inspect.getdoc(getattr(ir, name)) or ""
    assert ">>>" in text
    assert "Raises:" in text or "errors are those of" in text


def _is_a_plain_list_of_words(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, Enum | Exception)


CLASSES = [
    name for name in NAMES if isinstance(getattr(ir, name), type) and not _is_a_plain_list_of_words(getattr(ir, name))
]


@pytest.mark.parametrize("name", CLASSES)
def test_every_class_says_what_it_is(name: str) -> None:
    """What a user builds or reads has a sentence, and what has attributes that are not plain lists them."""
    text = inspect.getdoc(getattr(ir, name)) or ""
    assert text.split("\n")[0].endswith((".", ":")), text.split("\n")[0]


@pytest.mark.parametrize(
    "name", ["Answer", "DueWindow", "Event", "Judgements", "Covered", "LocalAuthority", "Provider"]
)
def test_what_users_build_or_read_shows_an_example(name: str) -> None:
    assert ">>>" in (inspect.getdoc(getattr(ir, name)) or "")


def test_an_answer_has_these_fields() -> None:
    """The ones that other programs read; a name that goes breaks them."""
    assert set(ir.Answer.model_fields) >= ANSWER_FIELDS
    text = inspect.getdoc(ir.Answer) or ""
    assert [name for name in ANSWER_FIELDS if not re.search(rf"\b{name}\b", text)] == []


def test_an_answer_as_the_plan_shows_it() -> None:
    """The example on which the library was designed."""
    agency = ir.Provider(
        type=ir.ProviderType.INDEPENDENT_FOSTERING_AGENCY,
        name="An agency",
        registered=date(2015, 6, 1),
        events=[
            ir.Event(
                activity=ir.Activity.FULL_INSPECTION,
                started=date(2023, 5, 15),
                ended=date(2023, 5, 19),
                published=date(2023, 6, 28),
                judgements=ir.Judgements(overall=ir.Grade.REQUIRES_IMPROVEMENT),
            )
        ],
    )
    answer = ir.next_activity(agency, as_of=date(2024, 1, 10))
    assert answer.activity is ir.Activity.FULL_INSPECTION
    assert (answer.window.opens, answer.window.closes) == (date(2024, 5, 15), date(2024, 11, 15))
    assert (answer.strength, answer.certainty) == (ir.Strength.USUAL, ir.Certainty.CARRIED)
    assert answer.sources
    assert answer.rule in answer.explain()
    assert ir.required_activities(agency, as_of=date(2024, 1, 10)) == (answer,)


def test_every_answer_can_be_audited() -> None:
    """It carries the rule, the facts it used, the sources with their places, and which rulebook answered."""
    authority = ir.LocalAuthority(name="An authority", created=date(2021, 4, 1))
    book = ir.load_rulebook()
    for answer in ir.answers(authority, as_of=date(2024, 6, 3)):
        rule = book.rule(answer.rule)
        assert answer.says == rule.says
        assert answer.sources == rule.sources
        assert all(source.text and source.place for source in answer.sources)
        assert {fact.name for fact in answer.facts} >= {condition.fact for condition in rule.when}
        assert (answer.rulebook, answer.fingerprint) == (book.version, book.fingerprint)
        assert re.fullmatch(r"[0-9a-f]{64}", answer.fingerprint)


def test_the_package_says_its_version() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", ir.__version__)
