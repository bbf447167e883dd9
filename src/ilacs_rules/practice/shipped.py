"""The shipped table and how its forecasts have done: the only files that practice reads."""

from functools import cache
from pathlib import Path

from ilacs_rules.practice.table import Table, Trials, Tried

__all__ = ["load_table", "tried_with"]


@cache
def load_table() -> Table:
    """The table that is shipped with the library, made by ``make practice`` from published histories.

    >>> load_table().of("authorities").population
    'authorities'
    >>> load_table().of("supported_accommodation") is None
    True
    """
    return Table.model_validate_json(Path(__file__).with_name("table.json").read_text(encoding="utf-8"))


@cache
def _shipped_trials() -> Trials:
    return Trials.model_validate_json(Path(__file__).with_name("tried.json").read_text(encoding="utf-8"))


def tried_with(table: Table, population: str) -> Tried | None:
    """How forecasts of the shipped table have done; of another table that is not known.

    >>> tried_with(load_table(), "authorities").subjects > 10
    True
    >>> tried_with(load_table().model_copy(update={"populations": (), "fingerprint": ""}), "authorities") is None
    True
    """
    trials = _shipped_trials()
    return trials.populations.get(population) if trials.table == table.fingerprint else None
