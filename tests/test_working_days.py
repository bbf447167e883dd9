"""Bank holidays are rows of the rulebook: what a count of working days rests on, and what it does where they end."""

from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

import ilacs_rules as ir
from ilacs_rules import tables
from ilacs_rules.dates import WorkingDays
from ilacs_rules.rulebook import BankHolidays
from small_drafts import ACT, book, rule
from test_loader import copied

BOOK = ir.load_rulebook()
CITED = (ir.Citation(source=ACT.id, place="all of it"),)
STATEMENT = "statement_of_action"


def year(number: int, *days: date, **values: object) -> BankHolidays:
    return BankHolidays(**{"year": number, "days": days, "certainty": "quoted", "sources": CITED, **values})


def authority(published: date) -> ir.LocalAuthority:
    inspection = ir.Event(
        activity="ilacs_short",
        started=published,
        ended=published,
        published=published,
        judgements={
            "leaders": "good",
            "help_and_protection": "good",
            "children_in_care": "good",
            "care_leavers": "good",
        },
    )
    return ir.LocalAuthority(name="An authority", events=[inspection], covers="everything")


def statement(published: date, as_of: date, rulebook: ir.Rulebook = BOOK) -> ir.Answer:
    found = ir.answers(authority(published), as_of=as_of, rulebook=rulebook)
    return next(answer for answer in found if answer.track == STATEMENT)


def test_the_same_days_are_in_the_fingerprint() -> None:
    moved = year(2028, date(2028, 1, 4))
    changed = tuple(moved if row.year == 2028 else row for row in BOOK.bank_holidays)
    assert BOOK.model_copy(update={"bank_holidays": changed}).fingerprint != BOOK.fingerprint


def test_a_day_more_moves_the_end_of_a_window_by_a_day() -> None:
    """70 working days after 1 March 2028: Friday 14 and Monday 17 April, 1 and 29 May are none: 13 June 2028."""
    answer = statement(date(2028, 3, 1), date(2028, 3, 2))
    assert answer.window.closes == date(2028, 6, 13)
    assert not [note for note in answer.notes if "bank holidays" in note]
    days = (*(row for row in BOOK.bank_holidays if row.year != 2028),)
    more = next(row for row in BOOK.bank_holidays if row.year == 2028)
    more = more.model_copy(update={"days": tuple(sorted((*more.days, date(2028, 6, 2))))})
    again = BOOK.model_copy(update={"bank_holidays": tuple(sorted((*days, more), key=lambda row: row.year))})
    assert statement(date(2028, 3, 1), date(2028, 3, 2), again).window.closes == date(2028, 6, 14)


@pytest.mark.parametrize(
    ("published", "closes", "said"),
    [
        (
            date(2028, 9, 22),
            date(2029, 1, 3),
            "counts working days of 2029, whose bank holidays have not been proclaimed",
        ),
        (date(2028, 9, 15), date(2028, 12, 22), ""),
        (
            date(2030, 9, 20),
            date(2030, 12, 31),
            "counts working days of 2030, whose bank holidays have not been proclaimed",
        ),
        (date(2030, 9, 23), None, "bank holidays are known from 2012 to 2030, and this counts beyond them"),
    ],
)
def test_days_that_are_not_proclaimed_or_not_known_are_said_so(published: date, closes: date | None, said: str) -> None:
    answer = statement(published, published)
    assert answer.window.closes == closes
    assert [note for note in answer.notes if "bank holidays" in note] == [
        note for note in answer.notes if said and said in note
    ]
    assert bool(said) is any(said in note for note in answer.notes if said)


@pytest.mark.parametrize("published", [date(2030, 9, 20), date(2030, 9, 23)])
def test_columns_say_the_same_where_the_years_end(published: date) -> None:
    subject = authority(published)
    as_of = date(2031, 1, 31)
    records = tables.from_subjects([subject])
    found = tables.required_activities(records.events, records.subjects, covers=records.covers, as_of=as_of).answers
    single = ir.required_activities(subject, as_of=as_of)
    said = [(answer.rule, answer.window.closes, answer.status.value) for answer in single]
    assert sorted(found.select("rule", "closes", "status").rows(), key=str) == sorted(said, key=str)


def test_a_rulebook_that_counts_working_days_holds_bank_holidays() -> None:
    counted = rule("counted", closes="last_inspection_published + 3 working days")
    with pytest.raises(
        ir.RulebookError, match=r"counted: closes: counts working days, but the rulebook has no bank hol"
    ):
        book(counted, bank_holidays=())
    assert book(counted, bank_holidays=(year(2024),)).working_days == WorkingDays({2024: ()})


def test_years_follow_each_other() -> None:
    with pytest.raises(ir.RulebookError, match=r"year: does not follow .found 2026; expected 2025"):
        book(rule("one"), bank_holidays=(year(2024), year(2026)))


@pytest.mark.parametrize(
    ("days", "fault"),
    [
        ((date(2025, 1, 1),), "is not a Monday to Friday of 2024, or not in order .found 2025-01-01"),
        ((date(2024, 6, 1),), "is not a Monday to Friday of 2024, or not in order .found 2024-06-01"),  # a Saturday
        ((date(2024, 4, 1), date(2024, 3, 29)), "is not a Monday to Friday of 2024, or not in order .found 2024-03-29"),
        ((date(2024, 4, 1), date(2024, 4, 1)), "is not a Monday to Friday of 2024, or not in order .found 2024-04-01"),
    ],
)
def test_a_day_that_is_none_of_its_year_is_refused(days: tuple[date, ...], fault: str) -> None:
    with pytest.raises(ir.RulebookError, match=fault):
        year(2024, *days)


def test_a_year_has_a_source() -> None:
    with pytest.raises(ir.RulebookError, match="has no source"):
        year(2024, sources=())


def test_a_folder_without_the_file_is_refused_where_it_counts_working_days(tmp_path: Path) -> None:
    folder = copied(files("ilacs_rules.rulebook"), tmp_path / "rulebook")
    assert ir.load_rulebook(folder).bank_holidays == BOOK.bank_holidays
    (folder / "bank_holidays.toml").unlink()
    with pytest.raises(ir.RulebookError, match="the rulebook has no bank holidays"):
        ir.load_rulebook(folder)


def test_working_days_are_equal_when_their_holidays_are() -> None:
    one, same, other = (WorkingDays({2024: days}) for days in ([date(2024, 4, 1)], [date(2024, 4, 1)], []))
    assert (one == same, hash(one) == hash(same), one == other) == (True, True, False)
    assert one != "2024"
