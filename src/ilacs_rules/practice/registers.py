"""The forecasts of a whole register, one after another and in columns."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import overload

from ilacs_rules.practice.forecasting import forecast
from ilacs_rules.practice.table import Table
from ilacs_rules.practice.told import Forecast
from ilacs_rules.records import Subject
from ilacs_rules.records.given import subjects_given
from ilacs_rules.vocabulary import Activity

__all__ = ["Forecasts", "forecasts"]


class Forecasts(Sequence[Forecast]):
    """The forecasts of many subjects, in the order of the subjects. ``len`` counts them.

    >>> from ilacs_rules import Provider
    >>> home = Provider(type="childrens_home", name="A home", registered=date(2024, 3, 1))
    >>> found = forecasts([home], as_of=date(2024, 6, 2))
    >>> len(found), list(found.columns())[:4]
    (1, ['subject', 'urn', 'as_of', 'activity'])
    """

    def __init__(self, found: Iterable[Forecast]) -> None:
        self._found = tuple(found)

    @overload
    def __getitem__(self, index: int) -> Forecast: ...
    @overload
    def __getitem__(self, index: slice) -> "Forecasts": ...
    def __getitem__(self, index: int | slice) -> "Forecast | Forecasts":
        return Forecasts(self._found[index]) if isinstance(index, slice) else self._found[index]

    def __len__(self) -> int:
        return len(self._found)

    def __iter__(self) -> Iterator[Forecast]:
        return iter(self._found)

    def columns(self) -> dict[str, list[object]]:
        """The forecasts as columns, as polars, pandas and PyArrow take them.

        The columns hold intervals and odds, or the reason why there are none. A record may end before the day you asked
        about. Then ``unseen`` says what it would not show.
        """
        columns: dict[str, list[object]] = {
            "subject": [item.subject for item in self],
            "urn": [item.urn for item in self],
            "as_of": [item.as_of for item in self],
            "activity": [item.activity.value for item in self],
        }
        for share in (0.5, 0.8):
            runs = [item.interval(share) for item in self]
            columns[f"first_{share:.0%}".rstrip("%")] = [run and run.first for run in runs]
            columns[f"last_{share:.0%}".rstrip("%")] = [run and run.last for run in runs]
        for weeks in (4, 13, 26, 52):
            columns[f"within_{weeks}_weeks"] = [item.odds(weeks=weeks) for item in self]
        columns["reason"] = [item.reason for item in self]
        columns["unseen"] = [item.evidence.unseen if item.evidence and not item.reason else "" for item in self]
        return columns

    def __repr__(self) -> str:
        told = sum(not item.reason for item in self)
        return f"Forecasts({len(self)} subjects, {told} with a forecast)"


def forecasts(
    subjects: Iterable[Subject],
    *,
    as_of: date | str,
    table: Table | None = None,
    activity: Activity | str | None = None,
) -> Forecasts:
    """The forecast of every subject of a collection, in its order.

    Args:
        subjects: a list of subjects, or anything with a ``subjects`` of its own, such as what ``ilacs_rules.read``
            gives.
        as_of, table, activity: as for ``forecast``.

    Raises:
        RecordError, UnknownWordError: as for ``forecast``.

    >>> from ilacs_rules import Provider
    >>> home = Provider(type="childrens_home", name="A home", registered="2024-03-01")
    >>> len(forecasts([home, home], as_of="2024-06-02"))
    2
    >>> len(forecasts([], as_of="2024-06-02"))
    0
    """
    register = subjects_given(getattr(subjects, "subjects", subjects))
    return Forecasts(forecast(subject, as_of=as_of, table=table, activity=activity) for subject in register)
