"""The words of an outlook that answers have no words for: how a day stands, in a table's few; who acts; short days."""

from datetime import date

from ilacs_rules.answering.answer import Answer
from ilacs_rules.answering.explain import how_it_stands
from ilacs_rules.answering.parts import DueWindow
from ilacs_rules.dates import in_full
from ilacs_rules.outlook.layout import KEPT
from ilacs_rules.vocabulary import OwedBy, Status, in_words

__all__ = [
    "activity_in_words",
    "capital",
    "count_of",
    "kept_short",
    "kind_in_words",
    "short",
    "standing",
    "window_short",
]

_SHORT = {Status.WINDOW_PASSED: "window passed", Status.NOT_RECORDED: "window passed, not recorded"}


def standing(answer: Answer) -> str:
    """How the day stands against the window, in a few words.

    >>> import ilacs_rules as ir
    >>> agency = ir.Provider(type="independent_fostering_agency", name="An agency", registered=date(2024, 1, 31))
    >>> standing(ir.next_activity(agency, as_of=date(2024, 8, 30)))
    'not open, it opens in 1 day'
    >>> standing(ir.next_activity(agency, as_of=date(2026, 3, 31)))
    'overdue since 1 February 2025 (1 year 2 months)'
    """
    words = how_it_stands(answer).removeprefix(f"{answer.window}; ")
    if answer.status is Status.NOT_OPEN:
        return f"not open, {words}"
    return _SHORT.get(answer.status, words)


def activity_in_words(answer: Answer) -> str:
    """The activity, and who owes it where that is not the inspectorate.

    >>> import ilacs_rules as ir
    >>> authority = ir.LocalAuthority(name="An authority", created=date(2021, 4, 1))
    >>> {activity_in_words(answer) for answer in ir.required_activities(authority, as_of=date(2024, 6, 3))}
    {...'yearly self-evaluation (owed by the authority)'...}
    """
    owed = "" if answer.owed_by is OwedBy.INSPECTORATE else f" (owed by the {answer.owed_by.value})"
    return f"{in_words(answer.activity)}{owed}"


def kind_in_words(subject_type: str) -> str:
    """The kind of a subject as people say it.

    >>> kind_in_words("childrens_home"), kind_in_words("local_authority")
    ("children's home", 'local authority')
    """
    return in_words(subject_type)


def short(day: date | None) -> str:
    """A day as a table shows it, its month in three letters; nothing where none is stated.

    >>> short(date(2024, 9, 15)), short(None)
    ('15 Sep 2024', '')
    """
    if day is None:
        return ""
    number, month, year = in_full(day).split()
    return f"{number} {month[:3]} {year}"


def kept_short(day: date) -> str:
    """The same, never broken between two lines."""
    return short(day).replace(" ", KEPT)


def window_short(window: DueWindow) -> str:
    """A window in a table's few words.

    >>> print(window_short(DueWindow(opens=date(2024, 5, 15), closes=date(2024, 11, 15))).replace(KEPT, " "))
    15 May 2024 to 15 Nov 2024
    >>> window_short(DueWindow())
    'not stated'
    """
    opens, due, closes = (kept_short(day) if day else "" for day in (window.opens, window.due, window.closes))
    if opens and closes:
        words = f"{opens} to {closes}"
    else:
        words = f"by {closes}" if closes else f"from {opens}" if opens else ""
    nominal = f"nominally {due}" if due else ""
    return ", ".join(part for part in (words, nominal) if part) or "not stated"


def capital(text: str) -> str:
    """A text with a capital at its beginning.

    >>> capital("joint targeted area inspection"), capital("")
    ('Joint targeted area inspection', '')
    """
    return text[:1].upper() + text[1:]


def count_of(count: int, noun: str, many: str = "") -> str:
    """So many things, in words and figures.

    >>> count_of(1, "activity", "activities"), count_of(3123, "subject")
    ('1 activity', '3,123 subjects')
    """
    return f"{count:,} {noun if count == 1 else many or noun + 's'}"
