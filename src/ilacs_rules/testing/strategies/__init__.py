"""Hypothesis strategies for tests of your own: events, histories, subjects, days, questions, situations, rulebooks.

An optional extra: ``pip install 'ilacs-rules[testing]'``. What is drawn is valid by construction, shrinks to short
histories, and lies often on the days on which something turns. With Hypothesis installed,
``st.from_type(LocalAuthority)`` and the like work without importing this package: see ``registered``.

>>> from hypothesis import find
>>> find(histories("provider"), len)[0].activity.value
'full_inspection'
"""

from importlib.util import find_spec

from ilacs_rules.errors import MissingExtraError

if find_spec("hypothesis") is None:
    raise MissingExtraError("ilacs_rules.testing.strategies needs its extra: pip install 'ilacs-rules[testing]'")

from ilacs_rules.testing.strategies.days import EDGES, begins, days, edge_days, lags, lengths, near, turning_days
from ilacs_rules.testing.strategies.directed import Question, questions_on, questions_that_meet
from ilacs_rules.testing.strategies.futures import other_futures
from ilacs_rules.testing.strategies.given import (
    any_answers,
    any_windows,
    citations,
    conditions,
    facts_used,
    reasons,
    rules,
    several_answers,
    sources,
    tracks,
)
from ilacs_rules.testing.strategies.histories import (
    any_events,
    any_judgements,
    coverages,
    covered,
    events,
    grades,
    histories,
    judgements,
    kinds_of,
    without_clashes,
)
from ilacs_rules.testing.strategies.rulebooks import amendments, excerpts, rulebooks, small_rulebooks
from ilacs_rules.testing.strategies.subjects import answerable, authorities, providers, questions, situations, subjects

__all__ = [
    "EDGES",
    "Question",
    "amendments",
    "answerable",
    "any_answers",
    "any_events",
    "any_judgements",
    "any_windows",
    "authorities",
    "begins",
    "citations",
    "conditions",
    "coverages",
    "covered",
    "days",
    "edge_days",
    "events",
    "excerpts",
    "facts_used",
    "grades",
    "histories",
    "judgements",
    "kinds_of",
    "lags",
    "lengths",
    "near",
    "other_futures",
    "providers",
    "questions",
    "questions_on",
    "questions_that_meet",
    "reasons",
    "rulebooks",
    "rules",
    "several_answers",
    "situations",
    "small_rulebooks",
    "sources",
    "subjects",
    "tracks",
    "turning_days",
    "without_clashes",
]
