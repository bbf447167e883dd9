"""`examples/service` is a FastAPI application around the library: what it says of itself is so, whatever it is sent."""

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

import ilacs_rules as ir
from ilacs_rules.testing import strategies as drawn
from ilacs_rules.testing.strategies import Question
from ilacs_rules.values.faults import place_of

pytest.importorskip("fastapi", reason="the dependency group 'service' is not installed")
schemathesis: Any = pytest.importorskip("schemathesis", reason="the dependency group 'service' is not installed")

from fastapi.testclient import TestClient  # noqa: E402

HOME = Path(__file__).parents[1] / "examples" / "service"


def _service() -> ModuleType:
    spec = importlib.util.spec_from_file_location("service", HOME / "service.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SERVICE = _service()
CLIENT = TestClient(SERVICE.app, raise_server_exceptions=False)
SCHEMA = schemathesis.openapi.from_asgi("/openapi.json", SERVICE.app)
ITS_OWN = schemathesis.checks.CHECKS.get_by_names(["positive_data_acceptance"])
"""A body of the right form may still be refused: which judgements an activity gives depends on its day, for one."""

FEW = settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=None)


def put(path: str, body: Any, **query: Any) -> tuple[int, Any]:
    text = body if isinstance(body, str) else json.dumps(body)
    response = CLIENT.post(path, params=query, content=text, headers={"Content-Type": "application/json"})
    return response.status_code, response.json()


@SCHEMA.parametrize()  # type: ignore[untyped-decorator]
@settings(max_examples=40, suppress_health_check=list(HealthCheck), deadline=None, derandomize=True)
def test_whatever_it_is_sent_it_answers_as_its_document_says(case: Any) -> None:
    """Never with 500; what is of the wrong form is refused, and every answer is of the form that is documented."""
    case.call_and_validate(excluded_checks=ITS_OWN)


@FEW
@given(question=drawn.answerable())
def test_it_answers_what_the_library_answers(question: Question) -> None:
    """And the answer that comes over the wire is the same value."""
    body = question.subject.model_dump_json()
    code, said = put("/next", body, as_of=question.as_of)
    answer = ir.next_activity(question.subject, as_of=question.as_of)
    assert (code, ir.Answer.model_validate(said)) == (200, answer)
    assert ir.Answer.model_validate_json(json.dumps(said)) == answer
    code, said = put("/required", body, as_of=question.as_of)
    due = ir.required_activities(question.subject, as_of=question.as_of)
    assert (code, [ir.Answer.model_validate(each) for each in said]) == (200, list(due))
    code, said = put("/why-not", body, as_of=question.as_of, activity="jtai")
    assert (code, ir.WhyNot.model_validate(said)) == (200, answer.why_not("jtai"))
    assert put("/check", f"[{body}, {body}]") == (200, 2)


@FEW
@given(question=drawn.questions())
def test_what_the_rulebook_cannot_answer_is_refused_in_the_same_form(question: Question) -> None:
    code, said = put("/next", question.subject.model_dump_json(), as_of=question.as_of)
    if code == 200:
        assert ir.next_activity(question.subject, as_of=question.as_of)
        return
    with pytest.raises(ir.IlacsRulesError) as caught:
        ir.next_activity(question.subject, as_of=question.as_of)
    assert (code, said["detail"][0]["msg"]) == (422, str(caught.value))


def test_every_fault_is_listed_with_its_place() -> None:
    body = {
        "type": "childrens_home",
        "registered": "31/01/2024",
        "events": [
            {"activity": "full_inspection", "started": "2024-03-04", "ended": "2024-03-01"},
            {"activity": "focused_visit", "started": 45061},
        ],
    }
    code, said = put("/next", body, as_of="tomorrow")
    assert code == 422
    assert {place_of(each["loc"]): each["type"] for each in said["detail"]} == {
        "query.as_of": "record",
        "body.name": "record",
        "body.registered": "record",
        "body.events[0].ended": "date_order",
        "body.events[1].started": "record",
        "body.events[1].activity": "record",
    }
    code, said = put("/check", [body, {**body, "name": "A home"}])
    assert {each["loc"][1] for each in said["detail"]} == {0, 1}
    assert len(said["detail"]) == 9


def loc_of(path: str, body: Any, **query: Any) -> list[list[Any]]:
    code, said = put(path, body, **query)
    assert code == 422
    return [each["loc"] for each in said["detail"]]


def test_a_fault_has_the_place_where_its_value_stands_in_the_request() -> None:
    """As somebody finds it who walks through what was sent, by its keys and by its places in lists."""
    home = {"type": "childrens_home", "name": "A"}
    visits = [
        {"activity": "full_inspection", "started": "2024-05-01"},
        {"activity": "focused_visit", "started": "2023-05-01"},
        {"activity": "full_inspection", "started": "2022-05-01"},
        {"activity": "full_inspection", "started": 45061},
        {"activity": "full_inspection", "started": "2022-05-01"},
    ]
    places = loc_of(
        "/next", {**home, "events": visits, "covers": ["full_inspection", "jtai", "jtia"]}, as_of="2024-06-01"
    )
    assert sorted(places, key=str) == sorted(
        [
            ["body", "events", 1, "activity"], ["body", "events", 3, "started"], ["body", "events", 4, "started"],
            ["body", "covers", 1], ["body", "covers", 2],
        ],
        key=str,
    )  # fmt: skip
    late = {**home, "closed": "2023-01-01", "events": visits[:1]}
    assert loc_of("/next", late, as_of="2024-06-01") == [["body", "events", 0, "started"]]
    assert loc_of("/check", [home, {**home, "events": visits[1:2]}]) == [["body", 1, "events", 0, "activity"]]
    assert loc_of("/next", {**home, "a.b[3]": 1}, as_of="2024-06-01") == [["body", "a.b[3]"]]


def test_a_question_that_has_no_answer_names_what_was_asked() -> None:
    home = {"type": "childrens_home", "name": "A"}
    assert loc_of("/next", home, as_of="2012-01-01") == [["query", "as_of"]]
    assert loc_of("/why-not", home, as_of="2012-01-01", activity="jtai") == [["query", "as_of"]]
    assert loc_of("/next", home, as_of="2024-01-01") == [["body", "registered"]]
    assert loc_of("/next", home, as_of="12/05/2024") == loc_of("/next", home) == [["query", "as_of"]]


@pytest.mark.parametrize(
    "text",
    [
        '{"type": "childrens_home", "name": "\\ud800"}',
        '{"type": "childrens_home", "name": "A", "urn": NaN}',
        '{"type": "childrens_home", "name": "A", "events": [{"note": -Infinity}]}',
        '{"type": NaN}',
        '{"name": "\\udfff"}',
        '{"type": "childrens_home", "name": ' + "[" * 200 + "]" * 200 + "}",
        "[NaN]",
        "NaN",
        "[",
        "",
    ],
)
def test_no_text_brings_it_down(text: str) -> None:
    code, said = put("/next", text, as_of="2025-02-01")
    assert (code, bool(said["detail"])) == (422, True)


@pytest.mark.parametrize(
    "body", ["NaN", '{"a": Infinity}', '{"type": "local_authority", "name": NaN}', '"\\ud800"', '{"\\ud800": 1}']
)
@pytest.mark.parametrize("path", ["/next", "/check"])
def test_what_json_cannot_send_back_is_refused_like_the_rest(path: str, body: str) -> None:
    """Python reads NaN and half a character, and cannot write them: a refusal that repeats them fails itself."""
    status, said = put(path, body, as_of="2025-06-01")
    assert status == 422, said
    assert [each["loc"][0] for each in said["detail"]] == ["body"]


def test_its_document_says_what_a_subject_is() -> None:
    document = CLIENT.get("/openapi.json").json()
    for path in ("/next", "/required", "/why-not"):
        form = document["paths"][path]["post"]["requestBody"]["content"]["application/json"]["schema"]
        assert form["discriminator"]["propertyName"] == "type"
        assert set(form["discriminator"]["mapping"]) == {"local_authority", *ir.ProviderType}
        assert form["required"] == ["type"]
    answer = document["components"]["schemas"]["Answer"]
    assert set(answer["properties"]) == set(ir.Answer.model_fields)


def test_the_two_commands_start_what_is_there() -> None:
    text = (HOME / "README.md").read_text(encoding="utf-8")
    (install, start), *_ = (block.splitlines() for block in re.findall(r"```bash\n(.*?)\n```", text, re.DOTALL))
    assert install.startswith("pip install . ")
    (folder, module, name) = re.fullmatch(r"uvicorn --app-dir (\S+) (\w+):(\w+)", start).groups()  # type: ignore[union-attr]
    assert (Path(__file__).parents[1] / folder / f"{module}.py").exists()
    assert getattr(SERVICE, name) is SERVICE.app
