"""The same facts and the same rules over columns: many subjects, and many days, at once.

``ilacs_rules.next_activity`` stays the definition of what is right. These functions read the same declarations and walk
the same trees. If a record lacks what it must hold, they ask ``next_activity`` itself.
"""

from ilacs_rules.errors import MissingExtraError

try:
    from ilacs_rules.tables.questions.clusters import in_batches, in_part, spark_columns
    from ilacs_rules.tables.questions.deciding import decide
    from ilacs_rules.tables.questions.functions import Answered, next_activities, required_activities
    from ilacs_rules.tables.questions.lasting import timeline
    from ilacs_rules.tables.questions.situations import situations
    from ilacs_rules.tables.rows_in.convert import Records, from_subjects
    from ilacs_rules.tables.schema import ANSWERS, COVERS, EVENTS, REFUSED, SUBJECTS
except ModuleNotFoundError as error:
    if (error.name or "").partition(".")[0] not in ("polars", "numpy"):
        raise
    raise MissingExtraError("ilacs_rules.tables needs its extra: pip install 'ilacs-rules[tables]'") from error

__all__ = [
    "ANSWERS",
    "COVERS",
    "EVENTS",
    "REFUSED",
    "SUBJECTS",
    "Answered",
    "Records",
    "decide",
    "from_subjects",
    "in_batches",
    "in_part",
    "next_activities",
    "required_activities",
    "situations",
    "spark_columns",
    "timeline",
]
