"""What stands on each sheet of the workbook: its columns and its rows, before anything is written."""

from datetime import date
from itertools import compress
from typing import NamedTuple

from ilacs_rules.answering.explain import CERTAINTY_MEANS, STRENGTH_MEANS, cited
from ilacs_rules.outlook.groups import GROUPS
from ilacs_rules.outlook.measured import PRACTICE, WEEKS, Measured, evidence_of_all
from ilacs_rules.outlook.reasons import facts_of, reasons_of
from ilacs_rules.outlook.spoken import STATUS_MEANS
from ilacs_rules.outlook.summary import left_out, provenance
from ilacs_rules.outlook.value import Row, Seen
from ilacs_rules.outlook.words import capital, kind_in_words, standing
from ilacs_rules.practice import HONESTY
from ilacs_rules.vocabulary import in_words

__all__ = ["SHEETS", "Cell", "Sheet", "sheets"]

Cell = str | int | float | date | None


class Sheet(NamedTuple):
    """A sheet: its name, its columns with their widths, and its rows."""

    name: str
    columns: tuple[tuple[str, int], ...]
    rows: list[tuple[Cell, ...]]


_SEEN = (("8 in 10 from (practice)", 11), ("8 in 10 until (practice)", 11))
_DOUBT = ("What the record would not show (practice)", 40)
_ACTIVITIES = (
    ("Subject", 22), ("Number", 9), ("Kind", 14), ("What", 32), ("Who acts", 12), ("Needs attention", 13),
    ("Opens", 11), ("Nominally due", 11), ("Closes", 11), *_SEEN, ("How it stands", 22), ("How firmly", 9),
    ("How well known", 10), ("Why", 60), ("Not stated", 40), ("It rests on", 40), ("Notes", 40), ("Sources", 60),
    ("Rule", 40), _DOUBT,
)  # fmt: skip
_SUBJECTS = (
    ("Subject", 30), ("Number", 12), ("Kind", 22), ("Next", 38), ("Opens", 13), ("Nominally due", 13), ("Closes", 13),
    ("How it stands", 34), ("Activities required", 18), ("Events on record", 16), ("Not answered because", 60),
)  # fmt: skip
_HISTORY = (
    ("Subject", 30), ("Number", 12), ("First known day", 15), ("On site", 26), ("What", 38), ("Judged", 60),
    ("Report published", 16), ("Report", 40), ("Note", 40),
)  # fmt: skip
_SOURCES = (("Reason", 8), ("Rule", 50), ("Says", 70), ("Source", 60), ("Place", 40), ("Address", 60))
_PRACTICE = (
    ("Subject", 30), ("Number", 12), ("What", 26), ("5 in 10 from", 13), ("5 in 10 until", 13), ("8 in 10 from", 13),
    ("8 in 10 until", 13), *((f"Within {weeks} weeks", 12) for weeks in WEEKS), ("Why there is none", 50),
    ("Of this wait", 60),
)  # fmt: skip
_NOT_READ = (
    ("File", 30), ("Sheet", 20), ("Row", 8), ("Subject", 30), ("Field", 20), ("Value", 30), ("What is wrong", 40),
    ("Expected", 40), ("Done", 16),
)  # fmt: skip
_ABOUT = (("About", 30), ("", 100))
SHEETS = ("Activities", "Subjects", "History", "Practice", "Sources", "Not read", "About")


def sheets(outlook: Seen) -> tuple[Sheet, ...]:
    """Every sheet with its rows, before anything is written.

    >>> import ilacs_rules as ir
    >>> tuple(sheet.name for sheet in sheets(ir.outlook([], as_of=date(2024, 3, 20)))) == SHEETS
    True
    >>> [sheet.name for sheet in sheets(ir.outlook([], as_of=date(2024, 3, 20), practice=False))][3]
    'Sources'
    """
    shown = [outlook.practice or title not in (*_SEEN, _DOUBT) for title in _ACTIVITIES]
    activities = [tuple(compress(_activity(row), shown)) for row in (*outlook.rows, *outlook.may)]
    every = (
        (tuple(compress(_ACTIVITIES, shown)), activities),
        (_SUBJECTS, _subjects(outlook)),
        (_HISTORY, _history(outlook)),
        (_PRACTICE, _practice(outlook)),
        (_SOURCES, _sources(outlook)),
        (_NOT_READ, _not_read(outlook)),
        (_ABOUT, _about(outlook)),
    )
    made = (Sheet(name, *sheet) for name, sheet in zip(SHEETS, every, strict=True))
    return tuple(sheet for sheet in made if outlook.practice or sheet.name != "Practice")


def _activity(row: Row) -> tuple[Cell, ...]:
    answer, window = row.answer, row.answer.window
    seen = row.measured.most if row.measured else None
    return (
        answer.subject,
        answer.urn,
        capital(kind_in_words(answer.subject_type)),
        capital(in_words(answer.activity)),
        capital(answer.owed_by.value),
        GROUPS[row.group].title,
        window.opens,
        window.due,
        window.closes,
        seen.first if seen else None,
        seen.last if seen else None,
        capital(standing(answer)),
        answer.strength.value,
        answer.certainty.value,
        answer.says,
        answer.gap,
        facts_of(answer),
        " ".join(answer.notes),
        "; ".join(cited(citation) for citation in answer.sources),
        answer.rule,
        row.measured.unseen if row.measured else "",
    )


def _subjects(outlook: Seen) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    for item, done in zip(outlook.subjects, outlook.histories, strict=True):
        subject, coming = item.subject, item.next
        kind = capital(kind_in_words(str(subject.type)))
        window = (coming.window.opens, coming.window.due, coming.window.closes) if coming else (None, None, None)
        what = (capital(in_words(coming.activity)), *window, capital(standing(coming))) if coming else ("", *window, "")
        rows.append((subject.name, subject.urn, kind, *what, len(item.required), len(done), ""))
    for left in outlook.not_answered:
        kind = capital(kind_in_words(left.subject_type))
        rows.append((left.subject, "", kind, "", None, None, None, "Not answered", None, None, left.error.message))
    return rows


def _history(outlook: Seen) -> list[tuple[Cell, ...]]:
    return [
        (
            item.subject.name,
            item.subject.urn,
            done.day,
            done.when,
            done.what,
            done.judged,
            done.published,
            done.report,
            done.note,
        )
        for item, history in zip(outlook.subjects, outlook.histories, strict=True)
        for done in history
    ]


def _practice(outlook: Seen) -> list[tuple[Cell, ...]]:
    return [
        (item.subject.name, item.subject.urn, *_measured(each)) for item in outlook.subjects for each in item.measured
    ]


def _measured(each: Measured) -> tuple[Cell, ...]:
    runs = [(run.first, run.last) if run else (None, None) for run in (each.half, each.most)]
    odds = {item.weeks: round(item.chance, 4) for item in each.odds}
    own = " ".join(each.evidence.own) if each.evidence and not each.reason else ""
    return (capital(each.what), *runs[0], *runs[1], *(odds.get(weeks) for weeks in WEEKS), each.reason, own)


def _sources(outlook: Seen) -> list[tuple[Cell, ...]]:
    return [
        (reason.number, reason.rule, reason.says, source.text, source.place, source.url)
        for reason in reasons_of(outlook).values()
        for source in reason.sources
    ]


def _not_read(outlook: Seen) -> list[tuple[Cell, ...]]:
    return [
        (
            item.file,
            item.sheet,
            item.line,
            item.subject,
            item.field,
            item.value,
            item.problem,
            item.expected,
            item.action,
        )
        for item in outlook.not_read
    ]


def _about(outlook: Seen) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = [("Asked on", outlook.as_of), ("Subjects", len(outlook.subjects))]
    rows += [("Left out", left_out(outlook))] if outlook.beyond else []
    rows += [("Needs attention: " + words.title, words.means) for words in GROUPS.values()]
    rows += [("How firmly", words) for words in STRENGTH_MEANS.values()]
    rows += [("How well known", words) for words in CERTAINTY_MEANS.values()]
    rows += [("How it stands: " + in_words(status), means) for status, means in STATUS_MEANS.items()]
    evidence = evidence_of_all(each for item in outlook.subjects for each in item.measured)
    rows += [(f"{PRACTICE}: {kind}", text) for kind, text in evidence.items()]
    rows += [(PRACTICE, words) for words in (HONESTY if outlook.practice else ())]
    return [*rows, ("Rulebook", provenance(outlook))]
