"""Every case in ``cases/*.toml``: an inspector's expectation against the library's answer."""

from collections import Counter
from datetime import date

import pytest

import ilacs_rules as ir
from case_files import CASES, Ask, Case, faults_of


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_case(case: Case) -> None:
    """Each ask of the case has the activity, the window, the status and the rule that it expects."""
    wrong = [fault for ask in case.asks for fault in faults_of(case, ask)]
    assert not wrong, "\n".join([case.name, *wrong])


@pytest.mark.parametrize("case", [case for case in CASES if case.disagrees], ids=lambda case: case.name)
def test_a_real_date_that_disagrees_still_does(case: Case) -> None:
    """Where practice differs from the rule the case says so; if the rule comes to agree, the mark has to go."""
    real = [ask for ask in case.asks if "real_day" in ask.row or "real_deadline" in ask.row]
    assert real, f"{case.name}: a case that disagrees needs a real_day or a real_deadline"
    differing = [ask for ask in real if _disagrees(ask, ask.put_to(case.subject))]
    assert differing, f"{case.name}: the rule now agrees; drop the mark"


@pytest.mark.parametrize("case", [case for case in CASES if not case.disagrees], ids=lambda case: case.name)
def test_a_real_date_agrees_where_the_case_does_not_say_otherwise(case: Case) -> None:
    """A real deadline is the rule's closing day, and a real visit lies in the rule's window."""
    for ask in case.asks:
        if "real_day" in ask.row or "real_deadline" in ask.row:
            assert not _disagrees(ask, ask.put_to(case.subject)), f"{case.name}, asked on {ask.as_of}"


def test_names_are_sentences_of_their_own() -> None:
    """A case is found by its name, so no two share one."""
    twice = [name for name, count in Counter(case.name for case in CASES).items() if count > 1]
    assert not twice
    assert all(case.name[0].isupper() for case in CASES)


def test_every_case_says_why() -> None:
    """A case that gives no reason and no source cannot be argued with."""
    assert not [case.name for case in CASES if not (case.row.get("why") or case.row.get("source"))]


def _disagrees(ask: Ask, answer: ir.Answer) -> bool:
    if "real_deadline" in ask.row:
        return answer.window.closes != date.fromisoformat(str(ask.row["real_deadline"]))
    return date.fromisoformat(str(ask.row["real_day"])) not in answer.window
