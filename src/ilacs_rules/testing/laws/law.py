"""What a policy law is, what a departure from it is, and what is said of a rulebook: it holds, or what breaks it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from hypothesis import strategies as st

from ilacs_rules.errors import RecordError
from ilacs_rules.records import Subject
from ilacs_rules.rulebook import Rule, Rulebook
from ilacs_rules.rulebook.given import book_given
from ilacs_rules.testing.laws.case import Case, shrunk
from ilacs_rules.testing.laws.search import first_that
from ilacs_rules.testing.laws.verdict import Counterexample, Verdict

__all__ = ["Breach", "Departure", "Law", "Suspect"]


class Breach(NamedTuple):
    """One way in which a case breaks a law.

    Attributes:
        rules: the rules whose answers break it. The one that finally breaks it comes last.
        words: what is wrong, and the answers, line by line.
        other: the history that was compared, if the case itself does not name it.
    """

    rules: tuple[str, ...]
    words: tuple[str, ...]
    other: Subject | None = None


class Suspect(NamedTuple):
    """A box in which rules would break a law, found without any history.

    Attributes:
        rules: the rules that answer there, as in ``Breach``.
        words: what is wrong there.
        near: cases in that box or near it.
        certain: whether it breaks the law even if no history is found in it.
    """

    rules: tuple[str, ...]
    words: str
    near: st.SearchStrategy[Case]
    certain: bool = False


class Departure(NamedTuple):
    """Where the frameworks themselves depart from a law. Its rules say since when, and according to which sources.

    >>> departure = Departure("they are not visited", "Other visits come instead.", ("worse",), instead_of=("better",))
    >>> departure.excuses(("better", "worse")), departure.excuses(("another", "worse"))
    (True, False)
    """

    name: str
    says: str
    rules: tuple[str, ...]
    instead_of: tuple[str, ...] = ()

    def excuses(self, rules: tuple[str, ...]) -> bool:
        """Whether a breach by these rules is this departure."""
        return rules[-1] in self.rules and all(rule in self.instead_of for rule in rules[:-1])

    def rows(self, rulebook: Rulebook) -> list[Rule]:
        """Its rules in a rulebook: what says when it holds, and who says so."""
        return [rule for rule in rulebook.rules if rule.id in self.rules]


@dataclass(frozen=True)
class Law:
    """Something that should be true of every rulebook.

    Attributes:
        name: its name, which reads as a sentence.
        means: what exactly is asked.
        why: what it would mean if it were broken.
        decided: how it is decided: over boxes, over histories, or both.
        departures: where the frameworks themselves break it.

    >>> from ilacs_rules.testing.laws import LAWS
    >>> LAWS[2].name
    'nothing is due before it is triggered'
    >>> print(LAWS[2].run(examples=5))
    nothing is due before it is triggered: holds ...
    """

    name: str
    means: str
    why: str
    decided: str
    breaches: Callable[[Rulebook, Case], Iterable[Breach]]
    cases: Callable[[Rulebook], st.SearchStrategy[Case]]
    suspects: Callable[[Rulebook], Iterable[Suspect]] | None = None
    departures: tuple[Departure, ...] = ()

    def run(self, rulebook: Rulebook | None = None, *, examples: int = 100, seed: int = 0) -> Verdict:
        """Whether a rulebook keeps the law. If not, the smallest history found that breaks it.

        Args:
            rulebook: a rulebook of your own. Without it, the shipped one is tested.
            examples: how many histories are tried at most, and how many near each box that is suspected.
            seed: a number for chance. With the same seed the same histories are tried.

        Raises:
            RecordError: ``examples`` is not a whole number from 1, or ``seed`` is not a whole number.
            RecordError: ``rulebook`` is not a rulebook.
            ProofError: the rulebook has a gap or an overlap. The first law says so in its verdict instead.

        >>> from ilacs_rules.testing.laws import LAWS
        >>> LAWS[2].run(examples=3).held
        True
        >>> LAWS[2].run(examples=1, seed=7).counterexample is None
        True
        """
        book = book_given(rulebook)
        _check(examples, seed)
        suspects = list(self.suspects(book)) if self.suspects else []
        left = [suspect for suspect in suspects if self._departure(suspect.rules) is None]
        met = {self._departure(suspect.rules) for suspect in suspects} - {None}
        departed = tuple(departure.name for departure in self.departures if departure in met)
        tried, not_met = 0, list[str]()
        for suspect in left:
            found, count = self._broken(book, suspect.near, examples, seed)
            tried += count
            if found or suspect.certain:
                return Verdict(self.name, tried, departed, tuple(not_met), found or Counterexample((suspect.words,)))
            not_met.append(suspect.words)
        found, count = self._broken(book, self.cases(book), examples, seed)
        return Verdict(self.name, tried + count, departed, tuple(not_met), found)

    def _departure(self, rules: tuple[str, ...]) -> Departure | None:
        return next((departure for departure in self.departures if departure.excuses(rules)), None)

    def _first(self, book: Rulebook, case: Case) -> Breach | None:
        return next((item for item in self.breaches(book, case) if self._departure(item.rules) is None), None)

    def _broken(
        self, book: Rulebook, cases: st.SearchStrategy[Case], examples: int, seed: int
    ) -> tuple[Counterexample | None, int]:
        def breaks(case: Case) -> bool:
            return self._first(book, case) is not None

        searched = first_that(cases, breaks, examples=examples, seed=seed)
        found, count = searched
        if found is None:
            return None, count
        case = shrunk(found, breaks)
        breach = self._first(book, case)
        assert breach is not None  # what is shrunk still breaks it
        other = case.other or breach.other
        return Counterexample(breach.words, case.subject, case.as_of, other, case.other_day), count


def _check(examples: object, seed: object) -> None:
    if not isinstance(examples, int) or isinstance(examples, bool) or examples < 1:
        raise RecordError(
            "is not a number of histories", field="examples", value=examples, expected="a whole number from 1"
        )
    if not isinstance(seed, int) or isinstance(seed, bool):
        raise RecordError("is not a seed", field="seed", value=seed, expected="a whole number")
