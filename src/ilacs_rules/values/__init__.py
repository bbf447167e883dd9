"""What every record is: a frozen value whose days are days, and that is refused with every fault and its place."""

from ilacs_rules.values.days import FIRST_DAY, ISO_DAY, LAST_DAY, AnyDay, Day, any_day, as_day, month_of
from ilacs_rules.values.numbers import NOTHING_AS_TEXT, SPELT_ANOTHER_WAY, Urn, urn_of
from ilacs_rules.values.records import Ordinary, Record, Text

__all__ = [
    "FIRST_DAY", "ISO_DAY", "LAST_DAY", "NOTHING_AS_TEXT", "SPELT_ANOTHER_WAY", "AnyDay", "Day", "Ordinary", "Record",
    "Text", "Urn", "any_day", "as_day", "month_of", "urn_of",
]  # fmt: skip
