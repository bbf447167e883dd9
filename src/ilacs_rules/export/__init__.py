"""Out of the library: the register of rules as Markdown pages, JSON Schemas, and every answer as a snapshot."""

from ilacs_rules.export.gate import RuleChange, fingerprint_of, rule_changes, what_the_changelog_lacks
from ilacs_rules.export.markdown import pages, write_pages
from ilacs_rules.export.schemas import schemas, write_schemas
from ilacs_rules.export.snapshot import Line, lines_of, snapshot, write_snapshot

__all__ = [
    "Line",
    "RuleChange",
    "fingerprint_of",
    "lines_of",
    "pages",
    "rule_changes",
    "schemas",
    "snapshot",
    "what_the_changelog_lacks",
    "write_pages",
    "write_schemas",
    "write_snapshot",
]
