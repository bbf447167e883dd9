"""Why a rule did not answer: each of its conditions, what was found, what was allowed, and by how much it failed."""

from ilacs_rules.questioning.why_not.asking import why_not
from ilacs_rules.questioning.why_not.tried import ConditionTried, RuleTried, WhyNot

__all__ = ["ConditionTried", "RuleTried", "WhyNot", "why_not"]
