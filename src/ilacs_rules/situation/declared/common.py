"""What a fact is, and the readings that facts of several kinds share."""

from typing import NamedTuple

from ilacs_rules.situation.aggregates import Domain, Latest, Reading, Since
from ilacs_rules.vocabulary import GRADED, Activity

__all__ = ["CURRENT", "LAST", "SINCE_LAST", "SINCE_REPORT", "Fact", "kinds"]


class Fact(NamedTuple):
    """One thing that is true of a subject on a day.

    >>> from ilacs_rules import FACTS
    >>> FACTS["last_overall"].means
    'overall grade at the last inspection whose report was out'
    >>> FACTS["registered"].domain
    Day()
    """

    name: str
    means: str
    reading: Reading

    @property
    def domain(self) -> Domain:
        made = _DOMAINS.get(self.name)
        if made is None or made[0] is not self.reading:
            made = _DOMAINS[self.name] = (self.reading, self.reading.domain)
        return made[1]


_DOMAINS: dict[str, tuple[Reading, Domain]] = {}  # asked for thousands of times while a rulebook is proved


def kinds(*activities: Activity) -> frozenset[Activity]:
    """Some activities, as facts are declared with them.

    >>> sorted(kinds(Activity.JTAI, Activity.FOCUSED_VISIT))
    [<Activity.FOCUSED_VISIT: 'focused_visit'>, <Activity.JTAI: 'jtai'>]
    >>> kinds()
    frozenset()
    """
    return frozenset(activities)


# Each is declared once: a view keeps what it found by the declaration itself.
CURRENT = Latest(GRADED)
LAST = Latest(GRADED, judged=True)
SINCE_LAST = Since(LAST)
SINCE_REPORT = Since(LAST, "published")
