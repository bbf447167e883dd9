"""From a row's cells to judgements and an outcome: what an activity of that day gives, and what it cannot give.

What cannot be read is said and left out. A grade that cannot be read was given all the same at a graded inspection
whose report is out: it is ``not_recorded``. Rows repeat themselves, so each combination of cells is worked out once.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from ilacs_rules.errors import nearest
from ilacs_rules.reading.form import JUDGED, Format, Group
from ilacs_rules.reading.opening.sheet import Cell, shown
from ilacs_rules.reading.words import as_key
from ilacs_rules.records import Judgements, areas_judged
from ilacs_rules.vocabulary import GRADED, Activity, Area, Effectiveness, Grade, Outcome, in_words

__all__ = ["Case", "Judge", "Judged", "Noted", "Of", "case_of"]

_SUPPORTED = (Outcome.CONSISTENTLY_STRONG, Outcome.INCONSISTENT_QUALITY, Outcome.SERIOUS_WEAKNESSES)
_OUTCOMES: Mapping[Activity, tuple[Outcome, ...]] = {
    Activity.FOCUSED_VISIT: (Outcome.AREAS_FOR_PRIORITY_ACTION, Outcome.EXISTING_PRIORITY_ACTIONS_REMAIN),
    Activity.JTAI: (Outcome.AREAS_FOR_PRIORITY_ACTION,),
    Activity.AREA_SEND_INSPECTION: (
        Outcome.SEND_TYPICALLY_POSITIVE,
        Outcome.SEND_INCONSISTENT,
        Outcome.SEND_WIDESPREAD_FAILINGS,
        Outcome.STATEMENT_REQUIRED,
        Outcome.NO_STATEMENT_REQUIRED,
    ),
    Activity.AREA_SEND_REVISIT: (Outcome.SUFFICIENT_PROGRESS, Outcome.INSUFFICIENT_PROGRESS),
    Activity.ASSURANCE_INSPECTION: (Outcome.NO_SERIOUS_CONCERNS, Outcome.SERIOUS_CONCERNS, Outcome.NO_CHILDREN),
    Activity.FULL_INSPECTION: _SUPPORTED,
}
"""What an activity may conclude; a full inspection does where it is of supported accommodation."""


class Noted(NamedTuple):
    """A problem with a column of the row, and what would have been right."""

    field: str
    value: str
    problem: str
    expected: str


class Of(NamedTuple):
    """To whom something happened, as far as that decides what it may judge."""

    authority: bool = False
    supported: bool = False


class Case(NamedTuple):
    """What a row's judgements depend on, besides its cells: the areas that may be judged, must be, and surely were."""

    kind: Activity
    may: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    sure: tuple[str, ...] = ()
    supported: bool = False


class Judged(NamedTuple):
    """What the cells say, and what was wrong with them."""

    judgements: Judgements
    outcome: Outcome | None
    noted: tuple[Noted, ...]


@lru_cache(maxsize=65536)
def case_of(kind: Activity, day: date, started: bool, of: Of, out: bool) -> Case:
    """What the judgements of an event depend on.

    Args:
        kind, day: what happened, and its first known day.
        started: whether that is the first day on site.
        of: to whom it happened.
        out: whether its report is out, so that a grade which is not there was given all the same.

    >>> case_of(Activity.ILACS_SHORT, date(2024, 1, 8), True, Of(authority=True), True).must
    ('overall',)
    >>> case_of(Activity.MONITORING_VISIT, date(2024, 1, 8), True, Of(authority=True), True).may
    ()
    """
    # A monitoring visit to a setting may give a better judgement; one to an authority never does.
    if of.authority and kind not in GRADED:
        return Case(kind, supported=of.supported)
    # Where the first day is not known, it may lie in an earlier edition, which judged other areas.
    may, sure = areas_judged(kind, day, or_earlier=not started), areas_judged(kind, day)
    must: tuple[str, ...] = ()
    if kind in GRADED and out:
        must = (Area.OVERALL.value,) if Area.OVERALL in may else may
    if not started:
        must = tuple(area for area in must if area in sure)
    return Case(kind, may, must, sure if started and kind in GRADED else (), of.supported)


@dataclass
class Judge:
    """Reads the judgements of one kind of event in one format."""

    form: Format
    group: Group
    columns: Collection[str]
    _done: dict[tuple[Case, tuple[Cell, ...]], Judged] = field(
        default_factory=dict[tuple[Case, tuple[Cell, ...]], Judged]
    )

    def __post_init__(self) -> None:
        once = {str(each.means) for each in self.group.combined}
        self.names = tuple(name for name in (*JUDGED, "outcome") if name in self.columns or name in once)
        self.grades, self.outcomes = self.form.known("grade"), self.form.known("outcome")
        self.scale = self.form.known("effectiveness")
        self.none = frozenset(map(as_key, self.form.none))
        self.unread = frozenset(map(as_key, self.form.unread))

    def read(self, case: Case, texts: tuple[Cell, ...], first: date, *, started: bool) -> Judged:
        """The judgements and the outcome that some cells say, in the order of ``names``, of an event of that day."""
        found = self._done.get((case, texts))
        if found is None or found.noted:
            words = f"{in_words(case.kind)} {'that began on' if started else 'of'} {first}"
            found = _Reading(self, case, words, dict(zip(self.names, map(shown, texts), strict=True))).judged()
            self._done[case, texts] = found
        return found


class _Reading:
    def __init__(self, judge: Judge, case: Case, words: str, texts: dict[str, str]) -> None:
        self.judge, self.case, self.noted = judge, case, list[Noted]()
        self.words, self.texts = words, texts
        self.as_given = judge.group.reports == "as_given"

    def judged(self) -> Judged:
        case, texts = self.case, self.texts
        if case.kind is Activity.INTERIM_INSPECTION:
            given: dict[str, Grade | Effectiveness] = {}
            self._none_of(
                {name: text for name, text in texts.items() if name not in ("overall", "effectiveness", "outcome")}
            )
            self._effectiveness(given)
            return self._made(given, self._outcome())
        if case.supported and case.kind is Activity.FULL_INSPECTION and not self.as_given:
            outcome = self._outcome()
            self._none_of({name: text for name, text in texts.items() if name != "outcome"})
            # An outcome was given and cannot be read: without a word for that the report would count as still awaited.
            return self._made({} if outcome else {"overall": Grade.NOT_RECORDED}, outcome)
        outcome = self._outcome_among_grades() or self._outcome()
        return self._made(self._grades(), outcome)

    def _made(self, given: Mapping[str, Grade | Effectiveness], outcome: Outcome | None) -> Judged:
        return Judged(Judgements.model_validate(given), outcome, tuple(self.noted))

    def _note(self, name: str, problem: str, expected: str = "") -> None:
        self.noted.append(Noted(name, self.texts.get(name, ""), problem, expected))

    def _grades(self) -> dict[str, Grade | Effectiveness]:
        case, found = self.case, dict[str, Grade | Effectiveness]()
        for name, text in self.texts.items():
            if name in ("outcome", "effectiveness"):
                continue
            key = as_key(text)
            if not key or key in self.judge.none:
                if name in case.must or (key and name in case.sure):
                    found[name] = Grade.NOT_RECORDED
                    said = f"says that there is no judgement, but {self.words} gives one" if key else "is empty"
                    self._note(name, said, "a grade" if key else f"a grade: {self.words} gives one")
            elif name not in case.may:
                if key not in self.judge.unread:
                    problem = f"should be empty: {self.words} gives no such judgement"
                    self._note(name, problem, "an empty cell")
            elif grade := self._grade(name, key, text):
                found[name] = grade
        if "effectiveness" in self.texts:
            self._none_of({"effectiveness": self.texts["effectiveness"]})
        return found

    def _grade(self, name: str, key: str, text: str) -> Grade | None:
        if grade := self.judge.grades.get(key):
            return Grade(grade)
        if key in self.judge.unread:
            self._note(name, "was given, but the file says that it could not be read", "a grade")
            return Grade.NOT_RECORDED
        self._note(name, "is not a known grade", nearest(text, Grade))
        return Grade.NOT_RECORDED if self.case.kind in GRADED else None

    def _none_of(self, texts: Mapping[str, str]) -> None:
        words = f"{self.words} of supported accommodation" if self.case.supported else self.words
        for name, text in texts.items():
            if as_key(text) and as_key(text) not in self.judge.none:
                self._note(name, f"should be empty: {words} gives no judgement of this area", "an empty cell")

    def _effectiveness(self, found: dict[str, Grade | Effectiveness]) -> None:
        for name in ("effectiveness", "overall"):
            text = self.texts.get(name, "")
            key = as_key(text)
            word = self.judge.scale.get(key)
            if word:
                found["effectiveness"] = Effectiveness(word)
            # "Not judged" says what an absent judgement says.
            elif key and key not in self.judge.none and self.judge.grades.get(key) != Grade.NOT_JUDGED:
                problem = "is not on the three-point scale of interim inspections"
                self._note(name, problem, nearest(text, Effectiveness))

    def _outcome_among_grades(self) -> Outcome | None:
        """An outcome that stands in the column of grades: that requirements are not met, at an ungraded visit."""
        if self.case.kind in GRADED or "overall" not in self.texts:
            return None
        word = self.judge.outcomes.get(as_key(self.texts["overall"]))
        if word != Outcome.REQUIREMENTS_NOT_MET:
            return None
        self.texts = {**self.texts, "overall": ""}
        return Outcome.REQUIREMENTS_NOT_MET

    def _outcome(self) -> Outcome | None:
        if "outcome" not in self.texts:
            return None
        text, case = self.texts["outcome"], self.case
        key = as_key(text)
        word = self.judge.outcomes.get(key)
        if self.as_given:
            if text and word is None:
                self._note("outcome", "is not a known outcome", nearest(text, Outcome))
            return Outcome(word) if word else None
        known = _OUTCOMES.get(case.kind, ()) if case.kind is not Activity.FULL_INSPECTION or case.supported else ()
        if word in known:
            return Outcome(word)
        if case.supported and case.kind is Activity.FULL_INSPECTION:
            self._note("outcome", "is not a known outcome" if key else "is empty", nearest(text, known))
        elif key and known:
            none = key in self.judge.none
            self._note(
                "outcome", "says that there is no outcome" if none else "is not a known outcome", nearest(text, known)
            )
        elif key and key not in self.judge.none:
            problem = f"should be empty: {in_words(case.kind)} has no outcome"
            self._note("outcome", problem, "an empty cell")
        return None
