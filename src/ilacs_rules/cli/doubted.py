"""Subjects whose days contradict one another, so that the reader of every other command leaves one of them out.

A table takes the day of registration, of closing and of the status as it stands. The reader does not believe them all
where an event is earlier than the registration, or later than the end.
"""

import polars as pl

from ilacs_rules.tables.made import one_spelling

__all__ = ["doubted", "in_one_spelling"]

_OF_SUBJECT, _OF_EVENT = ("registered", "closed", "status_as_at"), ("started", "ended", "published")


def doubted(events: pl.DataFrame, subjects: pl.DataFrame | None) -> pl.Series:
    """The subjects that the reader may see otherwise; those that it sees alike do no harm among them.

    >>> events = {"subject": ["A", "B"], "registered": ["2017-04-16"] * 2, "started": ["2015-06-05", "2018-06-05"]}
    >>> doubted(pl.DataFrame(events), None).to_list()
    ['A']
    """
    of = _days(events if subjects is None else subjects, _OF_SUBJECT)
    happened = _days(events, _OF_EVENT)
    said = of.group_by("subject").agg(pl.col("registered").max(), pl.min_horizontal("closed", "status_as_at").min())
    known = happened.group_by("subject").agg(
        pl.min_horizontal(_OF_EVENT).min().alias("first"), pl.col("started").max().alias("last")
    )
    both = said.join(known, on="subject", maintain_order="left")
    contradicted = (pl.col("first") < pl.col("registered")) | (pl.col("last") > pl.col("closed"))
    return both.filter(contradicted)["subject"].unique().sort()


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
