"""The small table over columns: openfisca-core's vector, and what one would write by hand in NumPy and in polars."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import polars as pl
from benchmarks.peers.small import KINDS, LONG, WINDOWS, Case, rows

if TYPE_CHECKING:
    from collections.abc import Sequence

GRADES = tuple(grade for grades in WINDOWS[KINDS[0]] for grade in grades)
STATUSES = ("not_open", "open", "overdue", "not_stated")
PERIOD = "2026-11"
"""openfisca-core asks for one; the table has the same answers in any."""


class Columns(NamedTuple):
    """Many questions: codes of kind and judgement, whole months, and the first day as days since 1970."""

    kind: Any
    grade: Any
    months: Any
    started: Any


class Decided(NamedTuple):
    """Many answers: days since 1970 (-1: not stated) and the code of the status."""

    opens: Any
    closes: Any
    status: Any


def columns_of(cases: Sequence[Case]) -> Columns:
    """Questions as columns."""
    return Columns(
        np.array([KINDS.index(case.kind) for case in cases], dtype=np.int8),
        np.array([GRADES.index(case.grade) for case in cases], dtype=np.int8),
        np.array([case.months for case in cases], dtype=np.int16),
        np.array([case.started for case in cases], dtype="datetime64[D]").astype(np.int32),
    )


def _table() -> tuple[Any, Any, Any]:
    """Kind x judgement x months -> the months to each end, and the status: one gather each."""
    most = 60
    shape = (len(KINDS), len(GRADES), most)
    opens, closes, status = (np.zeros(shape, dtype=np.int16) for _ in range(3))
    for row in rows():
        for grade in row.grades:
            place = (KINDS.index(row.kind), GRADES.index(grade), slice(row.least, min(row.most + 1, most)))
            opens[place] = -1 if row.opens is None else row.opens
            closes[place] = -1 if row.closes is None else row.closes
            status[place] = STATUSES.index(row.status)
    return opens, closes, status


def numpy_gather() -> Callable[[Columns], Decided]:
    """NumPy: one table of days x months made once, and gathers from it."""
    opens, closes, status = _table()
    first, days = np.datetime64("2022-01-01").astype(int), 1461
    wanted = sorted({int(value) for value in (*opens.flat, *closes.flat) if value >= 0})
    place_of = np.full(LONG, -1, dtype=np.int16)
    later = np.empty((days, len(wanted) + 1), dtype=np.int32)
    later[:, -1] = -1
    for place, months in enumerate(wanted):
        place_of[months] = place
        later[:, place] = _added(np.arange(first, first + days), months)

    def decide(asked: Columns) -> Decided:
        cell = (asked.kind, asked.grade, asked.months)
        day = asked.started - first
        return Decided(later[day, place_of[opens[cell]]], later[day, place_of[closes[cell]]], status[cell])

    return decide


def numpy_clamped() -> Callable[[Columns], Decided]:
    """NumPy: months added as years and months of a calendar, clamped to the month's end."""
    opens, closes, status = _table()

    def decide(asked: Columns) -> Decided:
        cell = (asked.kind, asked.grade, asked.months)
        low, high = opens[cell], closes[cell]
        return Decided(
            np.where(low < 0, -1, _added(asked.started, low)),
            np.where(high < 0, -1, _added(asked.started, high)),
            status[cell],
        )

    return decide


def _added(days: Any, months: Any) -> Any:
    day = days.astype("datetime64[D]")
    month = day.astype("datetime64[M]")
    target = month + np.asarray(months).astype("timedelta64[M]")
    last = (target + np.timedelta64(1, "M")).astype("datetime64[D]") - np.timedelta64(1, "D")
    return np.minimum(target.astype("datetime64[D]") + (day - month.astype("datetime64[D]")), last).astype(np.int32)


def polars_join() -> Callable[[Columns], Decided]:
    """polars: a join on kind and judgement, `offset_by` for the dates, and a comparison of months for the status."""
    table = pl.DataFrame(
        [
            {"kind": k, "grade": GRADES.index(grade), "low": window and window[0], "high": window and window[1]}
            for k, kind in enumerate(KINDS)
            for grades, window in WINDOWS[kind].items()
            for grade in grades
        ],
        schema={"kind": pl.Int8, "grade": pl.Int8, "low": pl.Int16, "high": pl.Int16},
    ).with_columns(pl.format("{}mo", "low").alias("to_low"), pl.format("{}mo", "high").alias("to_high"))

    def decide(asked: Columns) -> Decided:
        found = (
            pl.DataFrame({"kind": asked.kind, "grade": asked.grade, "months": asked.months, "started": asked.started})
            .with_columns(pl.col("started").cast(pl.Date))
            .join(table, on=["kind", "grade"], how="left", maintain_order="left")
            .select(
                pl.col("started").dt.offset_by(pl.col("to_low")).alias("opens"),
                pl.col("started").dt.offset_by(pl.col("to_high")).alias("closes"),
                pl.when(pl.col("low").is_null())
                .then(STATUSES.index("not_stated"))
                .when(pl.col("months") < pl.col("low"))
                .then(STATUSES.index("not_open"))
                .when(pl.col("months") < pl.col("high"))
                .then(STATUSES.index("open"))
                .otherwise(STATUSES.index("overdue"))
                .alias("status"),
            )
        )
        return Decided(
            found["opens"].cast(pl.Int32).fill_null(-1).to_numpy(),
            found["closes"].cast(pl.Int32).fill_null(-1).to_numpy(),
            found["status"].to_numpy(),
        )

    return decide


def openfisca() -> Callable[[Columns], Decided]:
    """openfisca-core: enumerations in, a formula that selects the row, and dates added to it in NumPy by the user."""
    return _openfisca(_added)


def openfisca_alone() -> Callable[[Columns], Decided]:
    """The same with openfisca-core's own month arithmetic, which takes one date at a time."""
    from openfisca_core.periods import MONTH, instant

    def added(days: Any, months: Any) -> Any:
        first = date(1970, 1, 1).toordinal()
        return np.array(
            [
                instant(date.fromordinal(first + int(day))).offset(int(count), MONTH).date.toordinal() - first
                for day, count in zip(days, months, strict=True)
            ],
            dtype=np.int32,
        )

    return _openfisca(added)


def _openfisca(added: Callable[[Any, Any], Any]) -> Callable[[Columns], Decided]:
    from openfisca_core.entities import build_entity
    from openfisca_core.indexed_enums import Enum
    from openfisca_core.periods import MONTH
    from openfisca_core.simulations import SimulationBuilder
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    setting = build_entity(key="setting", plural="settings", label="A setting", is_person=True)
    kinds, grades = (Enum(name, {word: word for word in words}) for name, words in (("K", KINDS), ("G", GRADES)))
    table = rows()
    ends = {name: np.array([-1 if (end := getattr(row, name)) is None else end for row in table]) for name in ENDS}
    statuses = np.array([STATUSES.index(row.status) for row in table])

    def variable(name: str, **values: Any) -> Any:
        common = {"value_type": int, "entity": setting, "definition_period": MONTH, "label": name}
        return type(name, (Variable,), common | values)

    def row_of(settings: Any, period: Any) -> Any:
        kind, grade, months = (settings(name, period) for name in ("kind", "grade", "months"))
        return np.select(
            [
                (kind == kinds[row.kind])
                & np.any([grade == grades[word] for word in row.grades], axis=0)
                & (months >= row.least)
                & (months <= row.most)
                for row in table
            ],
            list(range(len(table))),
        )

    def day_of(name: str) -> Callable[..., Any]:
        def formula(settings: Any, period: Any) -> Any:
            months = ends[name][settings("row", period)]
            return np.where(months < 0, -1, added(settings("started", period), months))

        return formula

    system = TaxBenefitSystem([setting])
    system.add_variables(
        variable("kind", value_type=Enum, possible_values=kinds, default_value=kinds[KINDS[0]]),
        variable("grade", value_type=Enum, possible_values=grades, default_value=grades[GRADES[0]]),
        variable("months"),
        variable("started"),
        variable("row", formula=row_of),
        *(variable(name, formula=day_of(name)) for name in ENDS),
        variable("status", formula=lambda settings, period: statuses[settings("row", period)]),
    )

    def decide(asked: Columns) -> Decided:
        simulation = SimulationBuilder().build_default_simulation(system, len(asked.kind))
        for name, values in asked._asdict().items():
            simulation.set_input(name, PERIOD, values.astype(np.int32))
        return Decided(*(simulation.calculate(name, PERIOD) for name in (*ENDS, "status")))

    return decide


ENDS = ("opens", "closes")

COLUMNS: dict[str, Callable[[], Callable[[Columns], Decided]]] = {
    "NumPy, days x months": numpy_gather,
    "NumPy, clamped months": numpy_clamped,
    "polars, join": polars_join,
    "openfisca-core, dates by NumPy": openfisca,
    "openfisca-core alone": openfisca_alone,
}
"""Every peer that takes columns."""
