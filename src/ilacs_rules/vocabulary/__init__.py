"""The closed words of the field. Every other room uses these and adds none of its own.

Each word is defined once, in `words`. `meanings` says in a sentence what each one means. `activities` says which
judgements each activity gives, and since when.
"""

from ilacs_rules.vocabulary.activities import (
    ACTIVITIES,
    CONCLUDES,
    GRADED,
    INSPECTIONS,
    OF_SUPPORTED_ACCOMMODATION,
    OLDER_SCALES,
    OLDER_SCALES_UNTIL,
    ActivityMeaning,
    in_words,
)
from ilacs_rules.vocabulary.meanings import MEANINGS, meaning_of
from ilacs_rules.vocabulary.words import (
    BEGINS_ANEW,
    ENDED,
    NOT_SAID,
    REGISTERED,
    SCALE,
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

__all__ = [
    "ACTIVITIES",
    "CONCLUDES",
    "ENDED",
    "GRADED",
    "INSPECTIONS",
    "OF_SUPPORTED_ACCOMMODATION",
    "MEANINGS",
    "NOT_SAID",
    "OLDER_SCALES",
    "OLDER_SCALES_UNTIL",
    "BEGINS_ANEW",
    "REGISTERED",
    "SCALE",
    "Activity",
    "ActivityMeaning",
    "Area",
    "Certainty",
    "Effectiveness",
    "Grade",
    "OwedBy",
    "Outcome",
    "ProviderType",
    "RecordState",
    "RegistrationStatus",
    "Stage",
    "Status",
    "Strength",
    "in_words",
    "meaning_of",
]
