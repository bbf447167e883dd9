"""Which of two judgements is the worse, and what that makes of each fact that is read from judgements."""

from functools import cache
from itertools import combinations

from ilacs_rules.situation import FACTS, Value
from ilacs_rules.situation.aggregates import CountGrades, GradeOf, OutcomeOf
from ilacs_rules.situation.declared.providers import LeftOver
from ilacs_rules.vocabulary import Grade, Outcome

__all__ = ["SCALES", "Steps", "no_steps", "steps_of", "worse_than"]

SCALES: tuple[tuple[Grade, ...] | tuple[Outcome, ...], ...] = (
    (Grade.OUTSTANDING, Grade.GOOD, Grade.REQUIRES_IMPROVEMENT, Grade.INADEQUATE),
    (Outcome.SEND_TYPICALLY_POSITIVE, Outcome.SEND_INCONSISTENT, Outcome.SEND_WIDESPREAD_FAILINGS),
    (Outcome.NO_STATEMENT_REQUIRED, Outcome.STATEMENT_REQUIRED),
    (Outcome.SUFFICIENT_PROGRESS, Outcome.INSUFFICIENT_PROGRESS),
    (Outcome.EFFECTIVE_ACTION, Outcome.NOT_EFFECTIVE_ACTION),
    (Outcome.CONSISTENTLY_STRONG, Outcome.INCONSISTENT_QUALITY, Outcome.SERIOUS_WEAKNESSES),
    (Outcome.NO_SERIOUS_CONCERNS, Outcome.SERIOUS_CONCERNS),
)
"""Judgements of one kind, the best first. Older words, and what a record may say instead, stand on no scale."""

Steps = tuple[tuple[Value, Value], ...]
"""Pairs of values of one fact, the second of which a worse judgement may bring about."""

no_steps: Steps = ()


def worse_than(judgement: Grade | Outcome) -> tuple[Grade, ...] | tuple[Outcome, ...]:
    """The judgements of the same kind that are worse, the nearest first.

    >>> [grade.value for grade in worse_than(Grade.GOOD)]
    ['requires_improvement', 'inadequate']
    >>> worse_than(Grade.NOT_RECORDED)
    ()
    """
    for scale in SCALES:
        if judgement in scale:
            return scale[scale.index(judgement) + 1 :]
    return ()


@cache
def steps_of(fact: str) -> Steps:
    """What a worse judgement may change in a fact; nothing, where it is not read from judgements.

    >>> ("good", "inadequate") in steps_of("last_overall"), ("inadequate", "good") in steps_of("last_overall")
    (True, False)
    >>> steps_of("inadequate_judgements")[0], steps_of("good_practice_judgements")[0]
    ((0, 1), (1, 0))
    >>> steps_of("registered")
    ()
    """
    reading = FACTS[fact].reading if fact in FACTS else None
    if isinstance(reading, GradeOf | OutcomeOf):
        return tuple(pair for scale in SCALES for pair in combinations((word.value for word in scale), 2))
    if isinstance(reading, CountGrades):
        counts = combinations(range(len(reading.areas) + 1), 2)
        best = Grade.OUTSTANDING in reading.grades
        return tuple((more, fewer) if best else (fewer, more) for fewer, more in counts)
    return (("no", "yes"),) if isinstance(reading, LeftOver) else no_steps
