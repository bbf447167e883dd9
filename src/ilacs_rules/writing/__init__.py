"""Out of the library: the register of rules, JSON Schemas, every answer as a snapshot, and decision tables."""

from ilacs_rules.writing.decisions import (
    DecisionTable,
    decision_tables,
    from_csv,
    from_dmn,
    to_csv,
    to_dmn,
    to_markdown,
    write_decision_tables,
)
from ilacs_rules.writing.gate import RuleChange, fingerprint_of, rule_changes, what_the_changelog_lacks
from ilacs_rules.writing.markdown import pages, write_pages
from ilacs_rules.writing.schemas import schemas, write_schemas
from ilacs_rules.writing.searching import register_json
from ilacs_rules.writing.snapshot import Line, lines_of, snapshot, write_snapshot

__all__ = [
    "DecisionTable",
    "Line",
    "RuleChange",
    "decision_tables",
    "fingerprint_of",
    "from_csv",
    "from_dmn",
    "lines_of",
    "pages",
    "register_json",
    "rule_changes",
    "schemas",
    "snapshot",
    "to_csv",
    "to_dmn",
    "to_markdown",
    "what_the_changelog_lacks",
    "write_decision_tables",
    "write_pages",
    "write_schemas",
    "write_snapshot",
]
