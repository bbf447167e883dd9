"""Out of the library: the register of rules as Markdown pages, JSON Schemas, and decision tables for other tools."""

from ilacs_rules.export.decisions import (
    DecisionTable,
    decision_tables,
    from_csv,
    from_dmn,
    from_markdown,
    to_csv,
    to_dmn,
    to_markdown,
)
from ilacs_rules.export.markdown import pages, write_pages
from ilacs_rules.export.schemas import schemas, write_schemas

__all__ = [
    "DecisionTable",
    "decision_tables",
    "from_csv",
    "from_dmn",
    "from_markdown",
    "pages",
    "schemas",
    "to_csv",
    "to_dmn",
    "to_markdown",
    "write_pages",
    "write_schemas",
]
