"""What rules ask about an authority's neighbouring regimes: area inspections, improvement, intervention."""

from ilacs_rules.situation.declared.common import Fact

__all__ = ["DECLARED"]

DECLARED: tuple[Fact, ...] = ()
