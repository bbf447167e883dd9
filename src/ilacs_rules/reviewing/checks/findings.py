"""What a check finds: facts about a rulebook as values, each of which can put itself into words."""

from collections.abc import Iterable
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from ilacs_rules.plain_text import for_html, for_terminal
from ilacs_rules.rulebook import Condition

__all__ = ["Finding", "FindingKind", "Findings"]


class FindingKind(StrEnum):
    """What can be wrong with a rulebook whose rows are each in order.

    >>> [kind.value for kind in FindingKind][:3]
    ['gap', 'overlap', 'never_fires']
    >>> FindingKind("unused_fact") is FindingKind.UNUSED_FACT
    True
    """

    GAP = "gap"  # a case that no rule of the track answers
    OVERLAP = "overlap"  # a case that several rules of the track answer
    NEVER_FIRES = "never_fires"  # a rule that answers no case of a kind of subject that it applies to
    UNUSED_FACT = "unused_fact"  # a fact that no rule asks about and no window is counted from
    CLOSES_BEFORE_IT_OPENS = "closes_before_it_opens"  # a window whose last day can come before its first
    DUE_OUTSIDE_ITS_WINDOW = "due_outside_its_window"  # a nominal day that can lie before its window or after it
    SAME_BUT_FOR_SOURCE = "same_but_for_source"  # two rules that differ only in their source
    SOURCE_NOT_CHECKED = "source_not_checked"  # a source with which nobody compared the rules since a given day


class Finding(BaseModel):
    """One thing that is wrong with a rulebook, and where.

    Attributes:
        kind: what is wrong.
        says: what is wrong, in a sentence.
        track: the track concerned. Empty if none is.
        subject_types: the kinds of subject for which it is wrong.
        rules: the ids of the rules concerned. Empty for a gap.
        box: the situations concerned, as conditions that all hold. Empty for every situation.
        case: the smallest case that shows it, in words.
        names: the fact or the source concerned, if there is one.

    >>> finding = Finding(kind="unused_fact", says="No rule asks about it.", names=("exists",))
    >>> print(finding)
    unused fact: exists. No rule asks about it.
    >>> Finding.model_validate_json(finding.model_dump_json()) == finding
    True
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: FindingKind
    says: str
    track: str = ""
    subject_types: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    box: tuple[Condition, ...] = ()
    case: str = ""
    names: tuple[str, ...] = ()

    def __str__(self) -> str:
        parts = [
            f"track {self.track}" if self.track else "",
            ", ".join(name.replace("_", " ") for name in self.subject_types),
            ", ".join((*self.rules, *self.names)),
        ]
        where = "; ".join(part for part in parts if part)
        text = f"{self.kind.replace('_', ' ')}: {where}. {self.says}"
        if self.case:
            text += f" For example: {self.case}."
        if self.box:
            text += f" In all: {'; '.join(map(str, self.box))}."
        return for_terminal(text)

    def _repr_html_(self) -> str:
        return _as_table((self,))


class Findings(tuple[Finding, ...]):
    """Everything that a check found. It is empty if nothing is wrong, and prints one line for each finding.

    >>> print(Findings())
    nothing found
    >>> len(Findings([Finding(kind="unused_fact", says="No rule asks about it.", names=("exists",))]))
    1
    """

    __slots__ = ()

    def __new__(cls, found: Iterable[Finding] = ()) -> "Findings":  # noqa: PYI034 - a tuple's own form
        return super().__new__(cls, found)

    def of(self, kind: FindingKind | str) -> "Findings":
        """The findings of one kind. A kind that is not known has none.

        >>> Findings().of("gap")
        ()
        >>> found = Findings([Finding(kind="unused_fact", says="No rule asks about it.", names=("exists",))])
        >>> len(found.of("unused_fact"))
        1
        """
        return Findings(finding for finding in self if finding.kind == FindingKind(kind))

    def __str__(self) -> str:
        return "\n".join(map(str, self)) or "nothing found"

    def _repr_html_(self) -> str:
        return _as_table(self) if self else "<p>nothing found</p>"


def _as_table(found: Iterable[Finding]) -> str:
    titles = ("Kind", "Track", "Subjects", "Rules, facts, sources", "What is wrong", "For example", "In all")
    head = "".join(f"<th>{title}</th>" for title in titles)
    rows = "".join(f"<tr>{''.join(f'<td>{for_html(cell)}</td>' for cell in _cells(item))}</tr>" for item in found)
    return f"<table><tr>{head}</tr>{rows}</table>"


def _cells(item: Finding) -> tuple[str, ...]:
    return (
        item.kind.replace("_", " "),
        item.track,
        ", ".join(name.replace("_", " ") for name in item.subject_types),
        ", ".join((*item.rules, *item.names)),
        item.says,
        item.case,
        "; ".join(map(str, item.box)),
    )
