"""Files in: whatever file people have, read by formats that are data.

The edge of the library: nothing beyond this room reads a file of subjects.
"""

from ilacs_rules.reading.problems import Action, ProblemKind, RowProblem
from ilacs_rules.reading.published import CameFrom, Coverage, Published, SheetRead
from ilacs_rules.reading.reader import read

__all__ = ["Action", "CameFrom", "Coverage", "ProblemKind", "Published", "read", "RowProblem", "SheetRead"]
