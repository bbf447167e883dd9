"""What must hold of our policy, whatever happened to a home and whenever we ask."""

from hypothesis import given, settings

import ilacs_rules as ir
from ilacs_rules.testing.strategies import Question, answerable

POLICY = ir.load_rulebook("policy")


@settings(max_examples=300, derandomize=True)
@given(answerable(POLICY))
def test_a_visit_is_owed_exactly_where_a_home_is_below_good_and_was_not_visited(question: Question) -> None:
    facts = ir.situation(question.subject, as_of=question.as_of)
    below_good = facts["last_overall"] in ("requires_improvement", "inadequate")
    answer = ir.answers(question.subject, as_of=question.as_of, rulebook=POLICY)[0]
    owed = answer.activity is ir.Activity.MONITORING_VISIT
    assert owed == (below_good and facts["returns_on_record"] == 0)
