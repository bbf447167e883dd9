"""What inspection activity must come next for an English council's children's services or a regulated care setting.

On any day the rulebook covers: which activity, between which dates, how firmly, why, and according to which source.

>>> from datetime import date
>>> import ilacs_rules as ir
>>> agency = ir.Provider(
...     type="independent_fostering_agency",
...     name="An agency",
...     events=[ir.Event(activity="full_inspection", started=date(2023, 5, 15), ended=date(2023, 5, 19),
...                      published=date(2023, 6, 28), judgements={"overall": "requires_improvement"})],
... )
>>> answer = ir.next_activity(agency, as_of=date(2024, 1, 10))
>>> answer.activity.value, str(answer.window)
('full_inspection', '15 May 2024 to 15 November 2024')
>>> ir.next_activity(agency, as_of=date(2016, 1, 10))
Traceback (most recent call last):
ilacs_rules.errors.OutsideRulebookError: ...
"""

from typing import TYPE_CHECKING

from ilacs_rules.answers import Answer, DueWindow, FactUsed
from ilacs_rules.engine import answers, next_activity, required_activities
from ilacs_rules.errors import (
    DateOrderError,
    DuplicateEventError,
    FileFormatError,
    IlacsRulesError,
    JudgementError,
    MissingExtraError,
    MissingFactError,
    OutsideRulebookError,
    ProofError,
    RecordError,
    RulebookError,
    UnknownWordError,
)
from ilacs_rules.records import Covered, Event, Judgements, LocalAuthority, Provider
from ilacs_rules.rulebook import (
    Citation,
    Condition,
    Expected,
    FrameworkReading,
    Rule,
    Rulebook,
    Source,
    Suspension,
    Track,
    load_rulebook,
)
from ilacs_rules.situation import FACTS, Fact, Situation, situation
from ilacs_rules.vocabulary import (
    Activity,
    Area,
    Certainty,
    Effectiveness,
    Grade,
    Outcome,
    OwedBy,
    ProviderType,
    Stage,
    Status,
    Strength,
)

if TYPE_CHECKING:
    from ilacs_rules import tables
    from ilacs_rules.readers import Published, RowProblem, read_published, read_subjects

__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """The readers of files, and tables, are imported when first asked for: a service without them does not wait."""
    if name == "tables":
        from importlib import import_module  # noqa: PLC0415 - so that it is no name of the package

        return import_module("ilacs_rules.tables")
    if name not in ("Published", "RowProblem", "read_published", "read_subjects"):
        raise AttributeError(f"module 'ilacs_rules' has no attribute '{name}'")
    from ilacs_rules import readers  # noqa: PLC0415 - see above

    found: object = getattr(readers, name)
    return found


__all__ = [
    "__version__",
    "Activity",
    "Answer",
    "answers",
    "Area",
    "Certainty",
    "Citation",
    "Condition",
    "Covered",
    "DateOrderError",
    "DueWindow",
    "DuplicateEventError",
    "Effectiveness",
    "Event",
    "Expected",
    "Fact",
    "FACTS",
    "FactUsed",
    "FileFormatError",
    "FrameworkReading",
    "Grade",
    "IlacsRulesError",
    "JudgementError",
    "Judgements",
    "load_rulebook",
    "LocalAuthority",
    "MissingExtraError",
    "MissingFactError",
    "next_activity",
    "Outcome",
    "OutsideRulebookError",
    "OwedBy",
    "ProofError",
    "Provider",
    "ProviderType",
    "Published",
    "read_published",
    "read_subjects",
    "RecordError",
    "required_activities",
    "RowProblem",
    "Rule",
    "Rulebook",
    "RulebookError",
    "Situation",
    "situation",
    "Source",
    "Stage",
    "Status",
    "Strength",
    "Suspension",
    "tables",
    "Track",
    "UnknownWordError",
]
