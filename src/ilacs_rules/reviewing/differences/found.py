"""Everything that differs between two rulebooks, as one value, and in words."""

from datetime import date
from typing import Self

from ilacs_rules.plain_text import for_html
from ilacs_rules.reviewing.differences.items import Difference, Touched
from ilacs_rules.reviewing.differences.markdown import histories, pairs_of_rules, title
from ilacs_rules.rulebook import Rule
from ilacs_rules.values import Record

__all__ = ["Diff"]


class Diff(Record):
    """Everything in which two rulebooks differ. ``len(diff)`` counts the pairs of rules.

    Attributes:
        old, new: the versions of the two rulebooks.
        on: the two days on which they were asked. ``None`` if both were asked on every day.
        differences: each pair of rules that answer differently, with the situations.
        asked: how many questions were put to real histories.
        subjects: the histories whose answers differ.
        not_answered: the questions that neither rulebook answers, each with the reason.

    >>> from ilacs_rules import diff
    >>> found = diff(on=date(2026, 4, 1))
    >>> bool(found), len(found) == len(found.differences)
    (True, True)
    >>> bool(diff(on=date(2025, 6, 2)))  # nothing changed that day
    False
    """

    old: str
    new: str
    on: tuple[date, date] | None
    differences: tuple[Difference, ...]
    asked: int = 0
    subjects: tuple[Touched, ...] = ()
    not_answered: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.differences)

    def __bool__(self) -> bool:
        return bool(self.differences or self.subjects)

    def about(self, *names: str) -> Self:
        """Only what differs in at least one of these fields: ``about("activity", "opens", "due", "closes")``.

        A field that is not known differs nowhere.

        >>> from ilacs_rules import diff
        >>> found = diff(on=date(2026, 4, 1))
        >>> len(found.about("certainty")) < len(found), len(found.about("nothing of the kind"))
        (True, 0)
        """
        said = {name for name in names if isinstance(name, str)}  # pyright: ignore[reportUnnecessaryIsInstance]
        wanted = said | ({"window"} if {"opens", "due", "closes"} & said else set[str]())
        return self.model_copy(
            update={
                "differences": tuple(item for item in self.differences if wanted & set(item.what)),
                "subjects": tuple(item for item in self.subjects if wanted & set(item.what)),
            }
        )

    def to_markdown(self) -> str:
        """The differences as Markdown text: each question with the two rules and the situations, then the histories.

        It raises no error.

        >>> from ilacs_rules import diff
        >>> diff(on=date(2026, 4, 1)).to_markdown().startswith("#")
        True
        >>> "last overall" in diff(on=date(2025, 6, 2)).to_markdown()  # nothing changed that day
        False
        """
        lines = [*title(self.old, self.new, self.on), *pairs_of_rules(self.differences)]
        lines += histories(self.asked, self.subjects, self.not_answered) if self.asked else []
        return "\n".join(lines).rstrip("\n") + "\n"

    def __str__(self) -> str:
        return self.to_markdown()

    def _repr_html_(self) -> str:
        """The pairs of rules as a small table, for notebooks."""
        rows = "".join(
            f"<tr><td>{for_html(item.track)}</td><td>{for_html(_id(item.old))}</td><td>{for_html(_id(item.new))}</td>"
            f"<td>{for_html(', '.join(item.what))}</td></tr>"
            for item in self.differences
        )
        head = "<tr><th>Track</th><th>Old</th><th>New</th><th>What differs</th></tr>"
        return f"<table><caption>{for_html(self.old)} and {for_html(self.new)}</caption>{head}{rows}</table>"


def _id(rule: Rule | None) -> str:
    return rule.id if rule else "not asked"
