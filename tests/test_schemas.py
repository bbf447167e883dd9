"""The published schemas, held by a validator that is not ours against real values and against planted faults."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

import ilacs_rules as ir
from case_files import CASES
from ilacs_rules.cli.printed import PRINTED
from ilacs_rules.writing import decision_tables, schemas

ROOT = Path(__file__).parents[1]
SCHEMAS = schemas(PRINTED)
VALIDATORS = {name: Draft202012Validator(schema, format_checker=FormatChecker()) for name, schema in SCHEMAS.items()}
PUBLISHED = {name: os.environ.get(name, "") for name in ("AUTHORITIES", "PROVIDERS")}
"""Where the published collections are; without them their test is passed over."""


def faults(name: str, value: Any) -> list[str]:
    return [error.message for error in VALIDATORS[name].iter_errors(value)]


def as_json(subject: ir.LocalAuthority | ir.Provider) -> dict[str, Any]:
    value: dict[str, Any] = subject.model_dump(mode="json")
    return value


def schema_of(subject: ir.LocalAuthority | ir.Provider) -> str:
    return "local_authority.json" if isinstance(subject, ir.LocalAuthority) else "provider.json"


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])


def test_the_subject_of_every_case_fits() -> None:
    for case in CASES:
        assert not faults(schema_of(case.subject), as_json(case.subject)), case.name


def test_the_subjects_of_cases_fit_as_a_file_and_their_events_alone() -> None:
    some = [as_json(case.subject) for case in CASES[::12]]
    assert not faults("subjects.json", some)
    assert not [event for value in some for event in value["events"] if faults("event.json", event)]


def test_an_answer_to_every_case_fits() -> None:
    for case in CASES:
        for ask in [ask for ask in case.asks if "error" not in ask.row][-1:]:
            assert not faults("answer.json", ask.put_to(case.subject).model_dump(mode="json")), case.name


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.json")), ids=lambda path: path.name)
def test_the_examples_fit(path: Path) -> None:
    assert not faults("subjects.json", json.loads(path.read_text(encoding="utf-8")))


@pytest.mark.skipif(not any(PUBLISHED.values()), reason="AUTHORITIES and PROVIDERS name no published collections")
@pytest.mark.parametrize("name", PUBLISHED)
def test_published_histories_fit(name: str) -> None:
    published = ir.read(PUBLISHED[name])
    assert not faults("published.json", published.model_dump(mode="json"))
    for subject in published.subjects:
        assert not faults(schema_of(subject), as_json(subject)), subject.name


CASE = next(case for case in CASES if isinstance(case.subject, ir.LocalAuthority) and case.subject.events)
WHOLE = as_json(CASE.subject)
EVENT = WHOLE["events"][0]


@pytest.mark.parametrize(
    "planted",
    [
        {"type": "council"}, {"name": None}, {"covers": ["a visit"]}, {"covers": "all"}, {"created": "1 May 2020"},
        {"no such key": ""}, {"events": [{**EVENT, "activity": "a visit"}]},
        {"events": [{**EVENT, "judgements": {"overall": "goood"}}]}, {"events": [{**EVENT, "started": "2020-02-30"}]},
        {"events": [{**EVENT, "precision": "fortnight"}]}, {"events": EVENT},
    ],
    ids=str,
)  # fmt: skip
def test_a_planted_fault_in_a_subject_does_not_fit(planted: dict[str, Any]) -> None:
    assert faults("local_authority.json", {**WHOLE, **planted})
    assert faults("subjects.json", {**WHOLE, **planted})
    assert faults("subjects.json", [WHOLE, {**WHOLE, **planted}])


def test_every_shape_of_a_file_of_subjects_fits_and_no_other() -> None:
    for right in (WHOLE, [WHOLE, WHOLE], {"subjects": [WHOLE]}):
        assert not faults("subjects.json", right)
    without_type = {key: value for key, value in WHOLE.items() if key != "type"}
    wrongs: tuple[object, ...] = (
        [], {"subjects": []}, {"subjects": WHOLE}, {"subjects": [WHOLE], "more": 1}, [without_type], "a", None,
    )  # fmt: skip
    for wrong in wrongs:
        assert faults("subjects.json", wrong)


def test_a_planted_fault_in_an_answer_does_not_fit() -> None:
    answer = ir.next_activity(CASE.subject, as_of=CASE.asks[0].as_of).model_dump(mode="json")
    assert not faults("answer.json", answer)
    for planted in (
        {"activity": "a visit"},
        {"strength": "should"},
        {"window": None},
        {"as_of": "soon"},
        {"sources": ""},
    ):
        assert faults("answer.json", {**answer, **planted})
    for key in answer:
        assert faults("answer.json", {name: value for name, value in answer.items() if name != key}), key


def test_rulebooks_findings_and_decision_tables_fit_and_planted_faults_do_not() -> None:
    book = ir.load_rulebook()
    assert not faults("rulebook.json", book.model_dump(mode="json"))
    finding = ir.Finding(kind="unused_fact", says="No rule asks about it.", names=("exists",)).model_dump(mode="json")
    assert not faults("finding.json", finding)
    assert faults("finding.json", {**finding, "kind": "odd"})
    for table in decision_tables(book):
        value = table.model_dump(mode="json")
        assert not faults("decision_table.json", value)
        assert faults("decision_table.json", {**value, "rules": [{**value["rules"][0], "strength": "should"}]})
