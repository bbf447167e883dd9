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

from importlib import import_module
from typing import TYPE_CHECKING

from ilacs_rules.answering import several as _several
from ilacs_rules.answering.answer import WHY_NOT as _WHY_NOT
from ilacs_rules.answering.answer import Answer, RuleTried, WhyNot
from ilacs_rules.answering.engine import answers, next_activity, required_activities
from ilacs_rules.answering.parts import DueWindow, FactUsed
from ilacs_rules.answering.several import Answers
from ilacs_rules.answering.tried import ConditionTried
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
from ilacs_rules.outlook import outlook
from ilacs_rules.records import Covered, Event, Judgements, LocalAuthority, Provider, Subject
from ilacs_rules.rulebook import (
    Citation,
    Condition,
    Draft,
    Expected,
    FrameworkReading,
    Rule,
    Rulebook,
    Source,
    Suspension,
    Track,
    load_draft,
    load_rulebook,
)
from ilacs_rules.rulebook.book import AMEND as _AMEND
from ilacs_rules.situation import FACTS, Fact, Situation, situation
from ilacs_rules.values import Day
from ilacs_rules.vocabulary import (
    Activity,
    Area,
    Certainty,
    Effectiveness,
    Grade,
    Outcome,
    OwedBy,
    ProviderType,
    RecordState,
    RegistrationStatus,
    Stage,
    Status,
    Strength,
)

if TYPE_CHECKING:
    from ilacs_rules import tables
    from ilacs_rules.outlook.value import OutlookSubject
    from ilacs_rules.outlook.whole import Outlook
    from ilacs_rules.questioning.changes import Change, ChangeKind, Changes, what_would_change
    from ilacs_rules.questioning.moved import Cause, CauseKind, Move, Moved, moved
    from ilacs_rules.questioning.verified import (
        CellChanged,
        FactChanged,
        FieldChanged,
        RowChanged,
        RowChangeKind,
        Verdict,
        Verified,
        verify,
    )
    from ilacs_rules.reading import Columns, Format, Published, RowProblem, SheetRead, columns, read
    from ilacs_rules.reviewing.checks import Finding, FindingKind, Findings, check
    from ilacs_rules.reviewing.differences import Diff, Difference, Touched, diff

__version__ = "0.1.0"

_LATE = {
    **dict.fromkeys(("check", "Finding", "FindingKind", "Findings"), "reviewing.checks"),
    **dict.fromkeys(("Diff", "diff", "Difference", "Touched"), "reviewing.differences"),
    **dict.fromkeys(("Change", "ChangeKind", "Changes", "what_would_change"), "questioning.changes"),
    "Outlook": "outlook.whole",
    "OutlookSubject": "outlook.value",
    **dict.fromkeys(("Cause", "CauseKind", "Move", "Moved", "moved"), "questioning.moved"),
    **dict.fromkeys(
        ("CellChanged", "FactChanged", "FieldChanged", "RowChanged", "RowChangeKind", "Verdict", "Verified", "verify"),
        "questioning.verified",
    ),
    **dict.fromkeys(("Columns", "columns", "Format", "Published", "read", "RowProblem", "SheetRead"), "reading"),
}


_AMEND.found_in("ilacs_rules.reviewing.reform", "amend")
_WHY_NOT.found_in("ilacs_rules.questioning.why_not", "why_not")
_several.IN_LINES.found_in("ilacs_rules.outlook.terminal", "answers_in_lines")
_several.AS_HTML.found_in("ilacs_rules.outlook.notebook", "answers_as_html")
_several.TO_POLARS.found_in("ilacs_rules.outlook.frames", "to_polars")
_several.TO_PANDAS.found_in("ilacs_rules.outlook.frames", "to_pandas")
_several.TO_ARROW.found_in("ilacs_rules.outlook.frames", "to_arrow")
_several.FROM_JSON.found_in("ilacs_rules.outlook.runs", "answers_from_json")


def __getattr__(name: str) -> object:
    """What only some programs need is imported when first asked for: a service that reads no file does not wait."""
    if name == "tables":
        return import_module("ilacs_rules.tables")
    if name not in _LATE:
        raise AttributeError(f"module 'ilacs_rules' has no attribute '{name}'")
    found: object = getattr(import_module(f"ilacs_rules.{_LATE[name]}"), name)
    return found


__all__ = [
    "__version__",
    "Activity",
    "Answer",
    "answers",
    "Answers",
    "Area",
    "Cause",
    "CauseKind",
    "CellChanged",
    "Certainty",
    "Change",
    "ChangeKind",
    "Changes",
    "check",
    "Citation",
    "columns",
    "Columns",
    "Condition",
    "ConditionTried",
    "Covered",
    "DateOrderError",
    "Day",
    "diff",
    "Diff",
    "Difference",
    "Draft",
    "DueWindow",
    "DuplicateEventError",
    "Effectiveness",
    "Event",
    "Expected",
    "Fact",
    "FactChanged",
    "FACTS",
    "FactUsed",
    "FieldChanged",
    "FileFormatError",
    "Finding",
    "FindingKind",
    "Findings",
    "Format",
    "FrameworkReading",
    "Grade",
    "IlacsRulesError",
    "JudgementError",
    "Judgements",
    "load_draft",
    "load_rulebook",
    "LocalAuthority",
    "MissingExtraError",
    "MissingFactError",
    "Move",
    "moved",
    "Moved",
    "next_activity",
    "Outcome",
    "outlook",
    "Outlook",
    "OutlookSubject",
    "OutsideRulebookError",
    "OwedBy",
    "ProofError",
    "Provider",
    "ProviderType",
    "Published",
    "read",
    "RecordError",
    "RecordState",
    "RegistrationStatus",
    "required_activities",
    "RowChanged",
    "RowChangeKind",
    "RowProblem",
    "Rule",
    "Rulebook",
    "RulebookError",
    "RuleTried",
    "SheetRead",
    "situation",
    "Situation",
    "Source",
    "Stage",
    "Status",
    "Strength",
    "Subject",
    "Suspension",
    "tables",
    "Touched",
    "Track",
    "UnknownWordError",
    "Verdict",
    "Verified",
    "verify",
    "what_would_change",
    "WhyNot",
]
