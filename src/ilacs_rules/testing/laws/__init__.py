"""Policy laws: what should be true of every rulebook. Each can be run against any rulebook.

An optional extra: ``pip install 'ilacs-rules[testing]'``. What can be decided over the boxes of a rulebook is decided
there. The rest is tried on histories. A broken law prints the smallest history found that breaks it.

>>> from ilacs_rules import load_rulebook
>>> verdict = LAWS[0].run(load_rulebook(), examples=5)
>>> verdict.held
True
"""

from importlib.util import find_spec

from ilacs_rules.errors import MissingExtraError

if find_spec("hypothesis") is None:
    raise MissingExtraError("ilacs_rules.testing.laws needs its extra: pip install 'ilacs-rules[testing]'")

from ilacs_rules.rulebook import Rulebook
from ilacs_rules.testing.laws import guide
from ilacs_rules.testing.laws.answered import EVERY_SITUATION_IS_ANSWERED
from ilacs_rules.testing.laws.case import Case
from ilacs_rules.testing.laws.constancy import ONLY_STATED_DATES, ONLY_WHAT_IS_LOOKED_AT, ONLY_WHAT_WAS_KNOWN
from ilacs_rules.testing.laws.judgements import WORSE_IS_NOT_LATER
from ilacs_rules.testing.laws.law import Breach, Departure, Law, Suspect
from ilacs_rules.testing.laws.verdict import Counterexample, Verdict
from ilacs_rules.testing.laws.windows import NOTHING_BEFORE_ITS_TRIGGER, NOTICE_FITS, SUSPENSIONS_NEVER_SHORTEN

__all__ = ["LAWS", "Breach", "Case", "Counterexample", "Departure", "Law", "Suspect", "Verdict", "guide", "run_all"]

LAWS: tuple[Law, ...] = (
    EVERY_SITUATION_IS_ANSWERED,
    WORSE_IS_NOT_LATER,
    NOTHING_BEFORE_ITS_TRIGGER,
    ONLY_WHAT_IS_LOOKED_AT,
    ONLY_STATED_DATES,
    ONLY_WHAT_WAS_KNOWN,
    SUSPENSIONS_NEVER_SHORTEN,
    NOTICE_FITS,
)
"""Every law, in the order in which they are told."""


def run_all(rulebook: Rulebook | None = None, *, examples: int = 100, seed: int = 0) -> tuple[Verdict, ...]:
    """The verdict of every law on a rulebook; arguments and errors are those of ``Law.run``.

    Where a situation is left unanswered there is nothing else to ask, and that verdict stands alone.

    >>> from hypothesis import find
    >>> from ilacs_rules.testing.strategies import small_rulebooks
    >>> book = find(small_rulebooks(), lambda book: True)
    >>> [verdict.held for verdict in run_all(book, examples=1)]
    [True, True, True, True, True, True, True, True]
    """
    first = LAWS[0].run(rulebook, examples=examples, seed=seed)
    rest = LAWS[1:] if first.held else ()
    return (first, *(law.run(rulebook, examples=examples, seed=seed) for law in rest))
