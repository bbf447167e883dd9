"""Files in: published collections of inspections (CSV), and subjects written as JSON.

The edge of the library: nothing beyond this room reads a file.
"""

from ilacs_rules.reading.problems import Action, RowProblem
from ilacs_rules.reading.published import Coverage, Published, read_published
from ilacs_rules.reading.subjects import read_any, read_subjects

__all__ = ["Action", "Coverage", "Published", "read_any", "read_published", "read_subjects", "RowProblem"]
