"""A council has no day of registration, and a provider none of creation: their records lack nothing by it."""

import pytest

import ilacs_rules as ir
from ilacs_rules import tables

AS_OF = "2024-07-01"
COUNCIL = ir.LocalAuthority(name="A council", created="2020-04-01")
HOME = ir.Provider(type="childrens_home", name="A home", registered="2020-06-01")
INSPECTED = ir.Event(activity="ilacs_short", started="2024-05-10", judgements={"overall": "good"})


@pytest.mark.parametrize(
    ("subject", "own", "other"), [(COUNCIL, "created", "registered"), (HOME, "registered", "created")]
)
def test_every_fact_of_a_whole_record_is_given(subject: ir.Subject, own: str, other: str) -> None:
    facts = ir.situation(subject, as_of=AS_OF).all()
    assert set(facts) == set(ir.FACTS)
    assert facts[own] == getattr(subject, own)
    assert facts[other] is None
    in_columns = tables.situations([subject], as_of=AS_OF)
    assert in_columns.refused.height == 0
    (row,) = in_columns.answers.iter_rows(named=True)
    assert (row[own], row[other]) == (facts[own], None)


@pytest.mark.parametrize(("subject", "own"), [(COUNCIL, "created"), (HOME, "registered")])
def test_the_error_names_the_day_that_the_subject_itself_lacks(subject: ir.Subject, own: str) -> None:
    without = subject.model_copy(update={own: None})
    with pytest.raises(ir.MissingFactError) as refused:
        ir.situation(without, as_of=AS_OF).all()
    assert refused.value.field == own


def test_the_error_does_not_say_that_an_inspection_is_missing_which_is_there() -> None:
    council = ir.LocalAuthority(name="A council", events=[INSPECTED])
    with pytest.raises(ir.MissingFactError, match="the record of A council lacks this day") as refused:
        ir.situation(council, as_of=AS_OF)["created"]
    assert "no inspection" not in str(refused.value)


def test_a_word_that_is_no_coverage_is_told_what_a_coverage_is() -> None:
    from ilacs_rules.cli.given import covers_of  # noqa: PLC0415 - the extra is imported with its test

    with pytest.raises(ir.UnknownWordError, match="'inspections', 'everything', or an activity"):
        covers_of(("all",))
