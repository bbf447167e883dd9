"""Decision tables: each question of the rulebook as DMN, CSV and Markdown, and back."""

from ilacs_rules.writing.decisions.dmn import to_dmn
from ilacs_rules.writing.decisions.files import FORMS, write_decision_tables
from ilacs_rules.writing.decisions.from_dmn import from_dmn
from ilacs_rules.writing.decisions.page import to_markdown
from ilacs_rules.writing.decisions.spreadsheet import from_csv, to_csv
from ilacs_rules.writing.decisions.table import DecisionTable, decision_tables

__all__ = [
    "FORMS",
    "DecisionTable",
    "decision_tables",
    "from_csv",
    "from_dmn",
    "to_csv",
    "to_dmn",
    "to_markdown",
    "write_decision_tables",
]
