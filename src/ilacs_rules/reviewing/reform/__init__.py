"""A rulebook amended by a small overlay, proved like the original; what held before the reform stays as it was."""

from ilacs_rules.reviewing.reform.amending import amend
from ilacs_rules.reviewing.reform.overlay import Overlay

__all__ = ["Overlay", "amend"]
