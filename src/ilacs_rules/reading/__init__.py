"""Files in: whatever file people have, read by formats that are data.

The edge of the library: nothing beyond this room reads a file of subjects.
"""

from ilacs_rules.reading.form import Format
from ilacs_rules.reading.problems import Action, ProblemKind, RowProblem
from ilacs_rules.reading.published import CameFrom, Coverage, Published, SheetRead
from ilacs_rules.reading.reader import read
from ilacs_rules.reading.suggesting.found import Columns, columns

__all__ = [
    "Action",
    "CameFrom",
    "Columns",
    "columns",
    "Coverage",
    "Format",
    "ProblemKind",
    "Published",
    "read",
    "RowProblem",
    "SheetRead",
]
