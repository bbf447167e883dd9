"""What `ilacs-rules table` asks: of whom, on which days, and which answers are wanted."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from ilacs_rules.cli.ask import PRESSING
from ilacs_rules.cli.filtering import Filters, Known
from ilacs_rules.errors import UnknownWordError
from ilacs_rules.tables import Answered, next_activities, required_activities
from ilacs_rules.tables.made import one_spelling
from ilacs_rules.tables.questions.functions import every_activity

__all__ = ["ORDER", "AskedOf"]

ORDER = "order of the subject"
"""The column in which answers keep, until they are put in order, what they are put in order by."""
_KNOWN_BY = ("name", "urn", "type", "region")


@dataclass(slots=True)
class AskedOf:
    """A question, put to one table after another.

    Attributes:
        days, filters, everything: what is asked. covers: what every record shows, where the caller says it.
        found: the names, numbers and regions of the filters that have been found; the others, each with its refusal.
    """

    days: tuple[date, ...]
    filters: Filters
    covers: Any = None
    everything: bool = False
    _found: set[str] = field(default_factory=set[str])
    _missing: dict[str, UnknownWordError] = field(default_factory=dict[str, UnknownWordError])

    @property
    def each_has_an_answer(self) -> bool:
        """Whether each subject has at least one answer, or a refusal."""
        filters = self.filters
        return not (self.everything or filters.track or filters.before)

    def put(self, events: Any, subjects: Any = None, covers: Any = None) -> Answered:
        """The question, put to tables or to subjects that were read; only the answers that are wanted come back."""
        ask = every_activity if self.filters.track else required_activities if self.everything else next_activities
        found = ask(events, subjects, as_of=list(self.days), covers=self.covers if covers is None else covers)
        wanted = pl.lit(value=True)
        if self.filters.track:
            wanted &= pl.col("track").cast(pl.String) == self.filters.track
        if self.filters.before:
            wanted &= pl.coalesce("closes", "due") < self.filters.before
        return Answered(found.answers.filter(wanted), found.refused)

    def meant(self, subjects: pl.DataFrame) -> pl.Series | None:
        """The subjects of a table that are meant; ``None``: all of them."""
        filters = self.filters
        if not (filters.only or filters.types or filters.regions):
            return None
        of = _known(subjects)
        everyone = list(of.values())
        lone = {text: Filters(only=(text,)) for text in filters.only}
        lone |= {text: Filters(regions=(text,)) for text in filters.regions}
        here = set[str]()
        for text, one in lone.items():
            try:
                one.chosen(everyone)
                here.add(text)
            except UnknownWordError as error:
                self._missing.setdefault(text, error)
        there = Filters(
            only=tuple(text for text in filters.only if text in here), types=filters.types,
            regions=tuple(text for text in filters.regions if text in here),
        )  # fmt: skip
        self._found |= here
        nobody = (filters.only and not there.only) or (filters.regions and not there.regions)
        chosen = set[Known]() if nobody else set(there.chosen(everyone))
        return pl.Series([subject for subject, known in of.items() if known in chosen], dtype=pl.String)

    def check_found(self) -> None:
        """Refuse a filter that named nobody in any part.

        Raises:
            UnknownWordError: the message gives the nearest.
        """
        for text, error in self._missing.items():
            if text not in self._found:
                raise error

    def with_order(self, answers: pl.DataFrame, subjects: pl.DataFrame) -> pl.DataFrame:
        """Answers with what they will be put in order by."""
        if self.filters.sort not in ("type", "region", "name", "urn"):
            return answers
        of = _known(subjects)
        keys = {text: getattr(known, self.filters.sort).casefold() for text, known in of.items()}
        named = pl.DataFrame(
            {"subject": list(keys), ORDER: list(keys.values())}, schema=dict.fromkeys(("subject", ORDER), pl.String)
        )
        placed = answers.select(pl.col("subject").cast(pl.String)).join(
            named, on="subject", how="left", maintain_order="left"
        )
        return answers.with_columns(placed[ORDER])

    def in_order(self, answers: pl.LazyFrame) -> pl.LazyFrame:
        """All answers in the order that was asked for."""
        if not self.filters.sort:
            return answers
        closes = pl.coalesce("closes", "due")
        if self.filters.sort == "closes":
            return answers.sort(closes, "opens", nulls_last=True, maintain_order=True)
        if self.filters.sort == "status":
            place = pl.col("status").cast(pl.String).replace_strict({str(word): n for n, word in enumerate(PRESSING)})
            return answers.sort(place, closes, nulls_last=True, maintain_order=True)
        return answers.sort(ORDER, maintain_order=True).drop(ORDER)


def _known(subjects: pl.DataFrame) -> dict[str, Known]:
    """By what each subject of a table is chosen, by its name in the tables; the first row that names it says it."""
    columns = [name for name in _KNOWN_BY if name in subjects.columns]
    rows = subjects.select(one_spelling(subjects["subject"].cast(pl.String)), pl.col(columns).cast(pl.String))
    found: dict[str, Known] = {}
    for row in rows.unique(maintain_order=True).iter_rows(named=True):
        subject = row["subject"]
        if subject is not None:
            said = {name: row.get(name) or "" for name in _KNOWN_BY}
            # One that bears no name or number is asked for by what its rows call it.
            said |= {"name": said["name"] or subject, "urn": said["urn"] or subject}
            found.setdefault(subject, Known(**said))
    return found
