"""What the frameworks said, on each day: rules as data, the loader that refuses, and the proof."""

from ilacs_rules.rulebook.book import Rulebook
from ilacs_rules.rulebook.checking import SUBJECT_TYPES
from ilacs_rules.rulebook.councils import Council, council_of
from ilacs_rules.rulebook.draft import Draft
from ilacs_rules.rulebook.eras import Answering, Era
from ilacs_rules.rulebook.holidays import BankHolidays
from ilacs_rules.rulebook.loader import load_draft, load_rulebook
from ilacs_rules.rulebook.proof import rule_box, survey
from ilacs_rules.rulebook.regions import Region, regions, sides
from ilacs_rules.rulebook.rows import Condition, Rule
from ilacs_rules.rulebook.shared import Expected, FrameworkReading, Suspension, Track
from ilacs_rules.rulebook.sources import Citation, Source
from ilacs_rules.rulebook.trees import Leaf, Node, Tree, walk

__all__ = [
    "Answering",
    "BankHolidays",
    "Citation",
    "SUBJECT_TYPES",
    "Condition",
    "Council",
    "Draft",
    "Era",
    "Expected",
    "FrameworkReading",
    "Leaf",
    "Node",
    "Region",
    "Rule",
    "Rulebook",
    "Source",
    "Suspension",
    "Track",
    "Tree",
    "council_of",
    "load_draft",
    "load_rulebook",
    "regions",
    "rule_box",
    "sides",
    "survey",
    "walk",
]
