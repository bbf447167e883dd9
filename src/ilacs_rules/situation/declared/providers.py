"""What rules ask about regulated settings and agencies."""

from ilacs_rules.situation.declared.common import Fact

__all__ = ["DECLARED"]

DECLARED: tuple[Fact, ...] = ()
