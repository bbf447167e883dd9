"""Every policy law holds on the shipped rulebook, and each is broken by a rulebook in which one thing was changed."""

from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ilacs_rules as ir
from ilacs_rules.rulebook.draft import PROVED
from ilacs_rules.situation import FACTS, Choice, Fact
from ilacs_rules.situation.view import View
from ilacs_rules.testing import laws
from ilacs_rules.testing.laws import Case, Law, Verdict, guide
from ilacs_rules.testing.laws.__main__ import main
from ilacs_rules.testing.laws.asking import differences
from ilacs_rules.testing.laws.case import shrunk
from ilacs_rules.testing.laws.notice import earliest_start, length
from ilacs_rules.testing.laws.scales import SCALES, steps_of, worse_than
from ilacs_rules.vocabulary import GRADED

BOOK = ir.load_rulebook()
NAMED = {law.name: law for law in laws.LAWS}


@pytest.mark.parametrize("law", laws.LAWS, ids=lambda law: law.name.replace(" ", "_"))
def test_a_law_holds_on_the_shipped_rulebook(law: Law) -> None:
    """But for its departures, each of which the rulebook still makes: one that it no longer makes must go."""
    verdict = law.run(BOOK, examples=15 if law.suspects else 40)
    assert verdict.held, str(verdict)
    assert verdict.departed == tuple(departure.name for departure in law.departures)
    assert verdict.examples >= 15


def test_a_law_says_what_it_asks() -> None:
    assert len(NAMED) == len(laws.LAWS) == 8
    for law in laws.LAWS:
        assert law.name[0].islower()
        assert all(text.endswith(".") for text in (law.means, law.why))
        assert law.decided[0].islower()
        assert not law.decided.endswith(".")  # the guide puts it at the head of a sentence, with its full stop


def test_a_departure_names_rules_that_there_are() -> None:
    ids = {rule.id for rule in BOOK.rules}
    for departure in (departure for law in laws.LAWS for departure in law.departures):
        assert {*departure.rules, *departure.instead_of} <= ids, departure.name


# --- rulebooks that break a law ---


def excerpt(track: str, kind: str) -> ir.Rulebook:
    """One track of the shipped rulebook, as it is asked of one kind of subject."""
    asked = next(item for item in BOOK.tracks if item.id == track)
    rules = [rule for rule in BOOK.rules if rule.track == track and kind in rule.applies_to]
    return BOOK.model_copy(
        update={
            "tracks": (asked.model_copy(update={"answers": {kind: asked.answers[kind]}}),),
            "rules": tuple(rule.model_copy(update={"applies_to": (kind,)}) for rule in rules),
            "expected": (),
        }
    )


def changed(book: ir.Rulebook, rule_id: str, **values: object) -> ir.Rulebook:
    """A rulebook with one rule changed."""
    rules = tuple(rule.model_copy(update=values) if rule.id == rule_id else rule for rule in book.rules)
    assert rules != book.rules
    return book.model_copy(update={"rules": rules})


FOSTERING = "independent_fostering_agency"
INADEQUATE = "inadequate_fostering_agency_is_reinspected_within_6_to_12_months"
GOOD = "good_fostering_agency_is_inspected_in_the_three_years_from_the_1_april_after"
STRONG = "supported_accommodation_that_is_consistently_strong_is_inspected_again_in_about_3_years"
WEAK = "supported_accommodation_with_serious_weaknesses_is_inspected_again_in_about_6_months"


def with_windows_swapped() -> ir.Rulebook:
    book = excerpt("inspection", "supported_accommodation")
    strong, weak = book.rule(STRONG), book.rule(WEAK)
    windows = [{key: getattr(rule, key) for key in ("opens", "due", "closes")} for rule in (strong, weak)]
    return changed(changed(book, STRONG, **windows[1]), WEAK, **windows[0])


def with_a_duty_let_go() -> ir.Rulebook:
    return changed(excerpt("inspection", FOSTERING), INADEQUATE, activity=ir.Activity.NOTHING_REQUIRED)


def with_a_window_before_its_inspection() -> ir.Rulebook:
    return changed(excerpt("inspection", FOSTERING), INADEQUATE, opens="last_inspection_started - 1 day")


def with_a_statement_that_nothing_asked_for() -> ir.Rulebook:
    book = excerpt("jtai_statement", "local_authority")
    untriggered = next(rule for rule in book.rules if str(rule.when[0]).endswith("is none"))
    return changed(book, untriggered.id, activity=ir.Activity.JTAI_STATEMENT_OF_ACTION)


def with_a_window_that_moves_daily() -> ir.Rulebook:
    return changed(excerpt("inspection", FOSTERING), INADEQUATE, closes="as_of + 28 days", opens=None, due=None)


def with_a_clock_that_does_not_stop() -> ir.Rulebook:
    return changed(excerpt("inspection", FOSTERING), GOOD, runs_from=None)


def with_a_window_shorter_than_its_notice() -> ir.Rulebook:
    return changed(excerpt("inspection", FOSTERING), INADEQUATE, closes="last_inspection_started + 6 months + 1 day")


def let_in(book: ir.Rulebook, rules: tuple[ir.Rule, ...]) -> ir.Rulebook:
    """A rulebook with other rules, let in without its proof."""
    values = {name: getattr(book, name) for name in ir.Rulebook.model_fields}
    return ir.Rulebook.model_validate({**values, "rules": rules}, context=PROVED)


def with_a_gap() -> ir.Rulebook:
    book = excerpt("inspection", FOSTERING)
    return let_in(book, tuple(rule for rule in book.rules if rule.id != INADEQUATE))


def with_an_overlap() -> ir.Rulebook:
    book = excerpt("inspection", FOSTERING)
    return let_in(book, (*book.rules, book.rule(INADEQUATE).model_copy(update={"id": "the_same_again"})))


class Planted(NamedTuple):
    """A fact that looks at what it does not declare."""

    sees: Callable[[View], bool]

    @property
    def domain(self) -> Choice:
        return Choice(("yes", "no"))

    @property
    def looks_at(self) -> None:
        return None

    def read(self, view: View) -> str:
        return "yes" if self.sees(view) else "no"


def with_a_rule_about(monkeypatch: pytest.MonkeyPatch, sees: Callable[[View], bool]) -> ir.Rulebook:
    """A rulebook of two rules, which a planted fact tells apart."""
    reading = Planted(sees)
    monkeypatch.setitem(FACTS, "planted", Fact("planted", "what it should not see", reading))
    monkeypatch.setitem(import_module("ilacs_rules.situation.read")._READ, "planted", reading.read)
    book = excerpt("sector_led_improvement", "local_authority")
    rule = book.rules[0]
    yes, no = (ir.Condition(fact="planted", words=(word,)) for word in ("yes", "no"))
    nothing = {"id": "not_asked", "when": (yes,), "activity": ir.Activity.NOTHING_REQUIRED}
    return book.model_copy(update={"rules": (rule.model_copy(update={"when": (no,)}), rule.model_copy(update=nothing))})


def hears_of_anything(view: View) -> bool:
    return any(item.activity not in GRADED and item.first_known <= view.as_of for item in view.history.events)


def sees_the_future(view: View) -> bool:
    return any(item.first_known > view.as_of for item in view.history.events)


BROKEN: list[tuple[str, Callable[[], ir.Rulebook], int]] = [
    ("every situation is answered", with_a_gap, 1),
    ("every situation is answered", with_an_overlap, 1),
    ("a worse judgement never brings a later closing date in the same track", with_windows_swapped, 1),
    ("a worse judgement never brings a later closing date in the same track", with_a_duty_let_go, 1),
    ("nothing is due before it is triggered", with_a_window_before_its_inspection, 1),
    ("nothing is due before it is triggered", with_a_statement_that_nothing_asked_for, 0),
    ("time alone changes an answer only at a stated date", with_a_window_that_moves_daily, 1),
    ("a suspension never shortens a window", with_a_clock_that_does_not_stop, 1),
    ("notice fits inside the window", with_a_window_shorter_than_its_notice, 1),
]


@pytest.mark.parametrize(("name", "made", "events"), BROKEN, ids=lambda value: getattr(value, "__name__", ""))
def test_a_law_is_broken(name: str, made: Callable[[], ir.Rulebook], events: int) -> None:
    """By a history no longer than need be, which can be pasted and asked again."""
    book = made()
    broken(NAMED[name].run(book, examples=1_000), events)  # the search ends with the first that is found


def test_an_event_that_no_fact_declares_breaks_a_law(monkeypatch: pytest.MonkeyPatch) -> None:
    book = with_a_rule_about(monkeypatch, hears_of_anything)
    verdict = NAMED["an irrelevant event changes nothing"].run(book, examples=200)
    broken(verdict, 0)
    found = verdict.counterexample
    assert found is not None
    assert found.other is not None
    assert len(found.other.events) == 1


def test_a_rule_that_asks_about_the_future_breaks_a_law(monkeypatch: pytest.MonkeyPatch) -> None:
    book = with_a_rule_about(monkeypatch, sees_the_future)
    broken(NAMED["what was unknown cannot matter"].run(book, examples=200), 1)


def broken(verdict: Verdict, events: int) -> None:
    """The verdict says so, in few lines, with a history of so many events that comes back equal when pasted."""
    found = verdict.counterexample
    assert not verdict.held
    assert found is not None
    assert found.subject is not None
    assert len(found.subject.events) <= events
    text = str(verdict)
    assert "BROKEN" in text
    assert text.count("\n") <= 12
    pasted: dict[str, object] = {}
    exec("\n".join(line for line in str(found).splitlines() if line.startswith(("import", "from", "subject"))), pasted)
    assert pasted["subject"] == found.subject


def test_the_same_seed_finds_the_same_history() -> None:
    book, law = with_a_window_shorter_than_its_notice(), NAMED["notice fits inside the window"]
    assert law.run(book, examples=100, seed=3) == law.run(book, examples=100, seed=3)


def test_a_gap_stands_alone() -> None:
    """Nothing else is asked of a rulebook that leaves a situation unanswered, and the gap is told even unmet."""
    verdicts = laws.run_all(with_a_gap(), examples=1)
    assert len(verdicts) == 1
    assert not verdicts[0].held
    assert "no rule answers this case" in str(verdicts[0]) or "No row of track inspection" in str(verdicts[0])


# --- what laws rest on ---


def test_a_worse_judgement_is_of_the_same_scale() -> None:
    for scale in SCALES:
        assert [len(worse_than(word)) for word in scale] == list(range(len(scale)))[::-1]
    assert worse_than(ir.Grade.ADEQUATE) == ()


def test_each_fact_that_is_read_from_grades_has_steps() -> None:
    judged = {name for name in FACTS if steps_of(name)}
    assert judged == {
        "area_send_monitoring_outcome", "area_send_outcome", "area_send_revisit_outcome", "good_practice_judgements",
        "inadequate_judgements", "inadequate_main_judgements", "jtai_statement_asked", "last_leaders",
        "last_overall", "last_years_grade", "left_over", "may_be_left_over",
        "supported_accommodation_outcome", "this_years_grade",
    }  # fmt: skip


NO_LENGTH = {
    "",
    "announced or not, case by case; as short as possible",
    "longer than since April 2019",
    "some; how long is not stated in any text seen",
}


def test_every_notice_has_a_length_or_is_known_to_have_none() -> None:
    """A new wording must be read here, or named as one that gives no length."""
    assert {rule.notice for rule in BOOK.rules if length(rule.notice) is None} == NO_LENGTH


@given(
    st.sampled_from(sorted({rule.notice for rule in BOOK.rules} - NO_LENGTH)),
    st.dates(date(2013, 1, 1), date(2030, 11, 30)),
)
def test_notice_ends_no_earlier_than_it_is_given(notice: str, given_on: date) -> None:
    start = earliest_start(notice, given_on, BOOK.working_days)
    assert start is not None
    assert 0 <= (start - given_on).days <= 24
    if notice.startswith("a call on a Monday"):
        assert start.weekday() == 0


def test_the_guide_is_that_of_the_laws() -> None:
    """`make docs` writes it anew."""
    page = Path(__file__).parents[1] / "docs" / "laws.md"
    assert page.read_text(encoding="utf-8") == guide.page(laws.LAWS)


def test_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--guide", str(tmp_path / "laws.md")]) == 0
    assert (tmp_path / "laws.md").read_text(encoding="utf-8").startswith("# Policy laws")
    assert main(["--all"]) == 2
    assert main([str(tmp_path / "nowhere")]) == 2
    assert "usage:" in capsys.readouterr().err


def test_the_command_line_runs_every_law_on_a_rulebook_of_ones_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It prints each verdict, and leaves with 1 where a law is broken."""
    whole = excerpt("inspection", "independent_fostering_agency")
    gap = with_a_gap()
    for book, law, code in (
        (whole, NAMED["nothing is due before it is triggered"], 0),
        (gap, NAMED["every situation is answered"], 1),
    ):
        verdict = law.run(book, examples=5)
        monkeypatch.setattr("ilacs_rules.testing.laws.__main__.load_rulebook", lambda *_, book=book: book)
        monkeypatch.setattr("ilacs_rules.testing.laws.__main__.run_all", lambda _, verdict=verdict: (verdict,))
        assert main([]) == code
        assert capsys.readouterr().out == f"{verdict}\n"


LACKING = Case(ir.LocalAuthority(name="An authority"), date(2024, 6, 3))
CREATED = Case(ir.LocalAuthority(name="An authority", created=date(2024, 4, 1)), date(2024, 6, 3))


def test_a_case_that_is_answered_and_one_that_is_refused_differ() -> None:
    def found(one: Case, other: Case) -> list[laws.Breach]:
        return list(differences(BOOK, one, other, "words", but_for=frozenset(), tracks=None))

    early = CREATED._replace(as_of=date(2012, 1, 1))
    ((rules, words, _),) = found(early, CREATED)
    assert (rules, words[0], words[2]) == (("none",), "words", "answered")
    assert "as_of" in words[1]
    ((_, words, _),) = found(CREATED, early)
    assert words[1] == "answered"
    assert "as_of" in words[2]
    assert found(early, early) == found(CREATED, CREATED) == []


def test_a_law_that_compares_two_cases_says_nothing_of_one() -> None:
    for law in laws.LAWS[3:6]:
        assert list(law.breaches(BOOK, CREATED)) == [], law.name


def test_an_engine_that_answers_by_another_row_than_the_one_that_holds_is_caught(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    law = NAMED["every situation is answered"]
    assert list(law.breaches(BOOK, CREATED)) == []
    monkeypatch.setattr("ilacs_rules.testing.laws.answered._answered", lambda *_: {"inspection": "another"})
    ((rules, words, _),) = law.breaches(BOOK, CREATED)
    assert rules == ("inspection",)
    assert words[0].startswith("another answers in track inspection, and the row that reads so is ")
    assert "new_authority_starts_with_a_standard_inspection" in words[0]


def test_a_law_does_not_ask_a_track_on_days_that_the_rulebook_never_reaches() -> None:
    """Suspects of a rulebook as it stood on a day are none of the tracks that begin only later."""
    law = NAMED["every situation is answered"]
    early = ir.load_rulebook(on=date(2017, 6, 1))
    assert any(first > date(2017, 6, 1) for track in BOOK.tracks for first in track.answers.values())
    assert law.suspects is not None
    assert list(law.suspects(early)) == []


def test_a_step_that_no_record_could_take_is_left_out() -> None:
    """Without its last day the second visit would be known by the very day of the first: the same one twice."""
    report = date(2024, 3, 1)
    visits = [
        ir.Event(activity="focused_visit", published=report),
        ir.Event(activity="focused_visit", ended=date(2024, 2, 1), published=report),
    ]
    with pytest.raises(ir.DuplicateEventError):
        ir.LocalAuthority(name="An authority", events=[visits[0], visits[0].model_copy()])
    case = Case(ir.LocalAuthority(name="An authority", events=visits), date(2024, 6, 3))
    assert len(shrunk(case, lambda smaller: len(smaller.subject.events) == 2).subject.events) == 2


def test_an_event_whose_own_record_lacks_what_another_track_needs_is_no_breach() -> None:
    more = ir.Event(activity="sif_inspection", published=date(2024, 5, 1))
    other = CREATED.subject.model_copy(update={"events": (more,)})
    with pytest.raises(ir.MissingFactError):
        ir.next_activity(other, as_of=CREATED.as_of)
    law = NAMED["an irrelevant event changes nothing"]
    assert list(law.breaches(BOOK, CREATED._replace(other=other))) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [("examples", 0), ("examples", True), ("examples", "3"), ("examples", 1.0), ("seed", "x"), ("seed", None)],
)
def test_a_count_or_seed_that_cannot_be_is_refused_by_name(field: str, value: object) -> None:
    with pytest.raises(ir.RecordError, match=field):
        laws.LAWS[2].run(**{field: value})  # type: ignore[arg-type]


def test_what_is_not_a_rulebook_is_refused() -> None:
    with pytest.raises(ir.IlacsRulesError):
        laws.LAWS[2].run("the rules")  # type: ignore[arg-type]
