"""The facts over columns: one evaluator for each class of reading that facts are declared with.

The declarations in ``FACTS`` are what is evaluated. An evaluator reads one class of declaration for every question at
once, as its ``read`` does for one. A property test holds the two equal, fact by fact.
"""

from ilacs_rules.situation import AS_OF, FACTS
from ilacs_rules.tables.columns import facts_of_events, facts_of_homes  # noqa: F401 # pyright: ignore[reportUnusedImport] - each registers its evaluators
from ilacs_rules.tables.columns.evaluating import EVALUATORS, evaluate
from ilacs_rules.tables.columns.trees import Column
from ilacs_rules.tables.columns.view import Questions

__all__ = ["EVALUATORS", "Facts"]


class Facts:
    """The facts of some questions, read when they are asked for and kept."""

    __slots__ = ("_kept", "questions")

    def __init__(self, questions: Questions) -> None:
        self.questions = questions
        self._kept: dict[str, Column] = {}

    def __getitem__(self, name: str) -> Column:
        if name == AS_OF:
            return Column(self.questions.as_of)
        if name not in self._kept:
            self._kept[name] = evaluate(FACTS[name].reading, self.questions)
        return self._kept[name]
