"""Subjects with an event from before their registration: the reader of every other command leaves that day out.

A table takes the day of registration as it stands. An event after the end of its subject it refuses itself.
"""

import polars as pl

from ilacs_rules.tables.made import one_spelling

__all__ = ["doubted", "in_one_spelling"]

_OF_EVENT = ("started", "ended", "published")


def doubted(events: pl.DataFrame, subjects: pl.DataFrame | None) -> pl.Series:
    """The subjects that the reader may see otherwise; those that it sees alike do no harm among them.

    >>> events = {"subject": ["A", "B"], "registered": ["2017-04-16"] * 2, "started": ["2015-06-05", "2018-06-05"]}
    >>> doubted(pl.DataFrame(events), None).to_list()
    ['A']
    """
    said = _days(events if subjects is None else subjects, ("registered",)).group_by("subject").max()
    first = _days(events, _OF_EVENT).select("subject", pl.min_horizontal(_OF_EVENT).alias("first"))
    both = said.join(first.group_by("subject").min(), on="subject", maintain_order="left")
    return both.filter(pl.col("first") < pl.col("registered"))["subject"].sort()


def in_one_spelling(table: pl.DataFrame) -> pl.Series:
    """The subject of each row, as the answers call it."""
    return one_spelling(table["subject"].cast(pl.String))


def _days(table: pl.DataFrame, names: tuple[str, ...]) -> pl.DataFrame:
    """The subject of each row and some of its days; none where a cell holds no day, which the table refuses itself."""
    return table.select(
        in_one_spelling(table).alias("subject"),
        *(
            pl.col(name).cast(pl.String).str.strip_chars().str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)
            if name in table.columns and not table[name].dtype.is_nested()
            else pl.lit(None, pl.Date).alias(name)
            for name in names
        ),
    ).drop_nulls("subject")
