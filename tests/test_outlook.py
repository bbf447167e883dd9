"""The outlook says what the questions answer, and every shape says what the outlook says."""

import re
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

import ilacs_rules as ir
from ilacs_rules.outlook import chart
from ilacs_rules.outlook.groups import GROUPS, Group, next_day_of
from ilacs_rules.outlook.layout import KEPT
from ilacs_rules.outlook.page import rendering
from ilacs_rules.outlook.spoken import STATUS_MEANS, spoken
from ilacs_rules.outlook.words import activity_in_words, capital, standing, window_short
from ilacs_rules.records import Subject
from ilacs_rules.testing.strategies import authorities, providers, questions
from ilacs_rules.vocabulary import Status

AS_OF = date(2024, 9, 6)
SHARED = Path(__file__).parents[1].parent / "shared" / "data"
AUTHORITY = ir.LocalAuthority(
    name="An authority",
    urn="80001",
    events=[
        ir.Event(
            activity="ilacs_short",
            started=date(2024, 4, 15),
            ended=date(2024, 4, 19),
            published=date(2024, 5, 29),
            judgements={"overall": "good", "leaders": "outstanding"},
            report="https://files.example.org/report",
        ),
        ir.Event(activity="focused_visit", started=date(2025, 1, 14)),
    ],
)
HOME = ir.Provider(type="childrens_home", name="A home", registered=date(2024, 1, 31))
AGENCY = ir.Provider(type="independent_fostering_agency", name="An agency", registered=date(2024, 1, 31))
TOO_EARLY = ir.Provider(type="supported_accommodation", name="Nobody yet")
NASTY = "<script>alert(1)</script> | [x](javascript:1) *a*\x1b[31m\x00\n# b"


def answered(subject: Subject, as_of: date) -> bool:
    try:
        ir.answers(subject, as_of=as_of)
        ir.next_activity(subject, as_of=as_of)
    except ir.IlacsRulesError:
        return False
    return True


def said(answer: ir.Answer) -> tuple[str, ...]:
    """What a table says of an answer."""
    return (
        answer.subject,
        capital(activity_in_words(answer)),
        window_short(answer.window).replace(KEPT, " "),
        standing(answer),
        f"{answer.strength.value}, {answer.certainty.value}",
    )


@given(questions())
def test_it_is_what_the_questions_answer(question: tuple[Subject, date]) -> None:
    subject, as_of = question
    seen = ir.outlook([subject], as_of=as_of)
    if not answered(subject, as_of):
        assert [item.subject for item in seen.not_answered] == [subject.name]
        assert not seen.subjects
        return
    due = ir.required_activities(subject, as_of=as_of)
    (item,) = seen.subjects
    assert seen.required == item.required == due
    assert item.answers == ir.answers(subject, as_of=as_of)
    assert item.next == ir.next_activity(subject, as_of=as_of)
    assert sorted(row.answer.track for row in seen.rows) == sorted(answer.track for answer in due)
    assert {*item.required, *item.may, *item.not_required} == {*item.answers}
    assert len(item.required) + len(item.may) + len(item.not_required) == len(item.answers)
    assert sum(len(rows) for rows in seen.groups.values()) == len(due)


@given(questions())
@settings(max_examples=40)
def test_every_group_holds_what_it_says(question: tuple[Subject, date]) -> None:
    subject, as_of = question
    for group, rows in ir.outlook([subject], as_of=as_of).groups.items():
        for row in rows:
            days = (row.turns - as_of).days if row.turns else None
            assert row.turns == next_day_of(row.answer)
            if group in (Group.DAYS_30, Group.DAYS_90, Group.DAYS_180):
                low, high = {Group.DAYS_30: (0, 30), Group.DAYS_90: (31, 90), Group.DAYS_180: (91, 180)}[group]
                assert days is not None
                assert low <= days <= high
            elif group in (Group.OPEN, Group.LATER):
                assert days is None or days > 180
                assert (row.answer.status is Status.OPEN) == (group is Group.OPEN)
            elif group is Group.PASSED:
                window = row.answer.window
                assert (window.closes or window.due or date.max) < as_of
            elif group is Group.NOT_KNOWN:
                assert row.answer.status in (Status.NOT_RECORDED, Status.NOT_STATED, Status.SUSPENDED)
            else:
                assert row.answer.status in (Status.UNDER_WAY, Status.AWAITING_REPORT)


@given(st.lists(st.one_of(authorities(), providers()), max_size=4), st.dates(date(2018, 6, 1), date(2027, 1, 1)))
@settings(max_examples=30)
def test_the_page_and_the_paper_say_the_same(subjects: list[Subject], as_of: date) -> None:
    seen = ir.outlook(subjects, as_of=as_of)
    wanted = sorted(
        said(answer) for s in subjects if answered(s, as_of) for answer in ir.required_activities(s, as_of=as_of)
    )
    assert sorted(rows_of_page(seen.to_html())) == wanted
    assert sorted(rows_of_paper(seen.to_markdown())) == wanted


def rows_of_page(text: str) -> Iterator[tuple[str, ...]]:
    for row in html.fromstring(text).xpath("//table[@id='table']/tbody/tr"):
        cells = ["".join(cell.itertext()).strip() for cell in row]
        yield (*cells[:4], cells[5])


def rows_of_paper(text: str) -> Iterator[tuple[str, ...]]:
    attention = text.partition("## What needs attention")[2].partition("## Each subject")[0]
    for line in attention.splitlines():
        if line.startswith("| ") and not line.startswith(("| Subject |", "| --- ")):
            cells = line.removeprefix("| ").split(" | ")[:5]
            yield tuple(html.fromstring(f"<p>{cell.strip()}</p>").text for cell in cells)


def test_what_only_may_happen_what_was_done_and_what_lies_ahead_stand_with_the_subject() -> None:
    page = ir.outlook([AUTHORITY], as_of=AS_OF).to_html()
    text = html.fromstring(page).text_content()
    for words in ("What only may happen", "15 to 19 Apr 2024: Short inspection under ILACS; good (overall)"):
        assert words in text
    assert "Left out, because it lies after 6 September 2024: focused visit of 14 January 2025." in text
    assert 'href="https://files.example.org/report"' in page
    paper = ir.outlook([AUTHORITY], as_of=AS_OF).to_markdown()
    assert "Left out, because it lies after 6 September 2024" in paper
    assert "([report](<https://files.example.org/report>))" in paper


def test_until_leaves_out_what_opens_later_and_counts_it() -> None:
    opens = ir.next_activity(AGENCY, as_of=AS_OF).window.closes
    assert opens is not None
    coming = ir.Provider(type="independent_fostering_agency", name="B", registered=date(2024, 6, 1))
    first = ir.next_activity(coming, as_of=AS_OF).window.opens
    assert first is not None
    reached = ir.outlook([coming], as_of=AS_OF, until=first)
    missed = ir.outlook([coming], as_of=AS_OF, until=first - timedelta(days=1))
    assert (reached.beyond, missed.beyond) == (0, 1)
    assert len(reached.rows) == len(missed.rows) + 1
    assert missed.required == reached.required
    assert "open only after" in missed.to_html() or "opens only after" in missed.to_html()
    with pytest.raises(ir.RecordError, match="before the day asked"):
        ir.outlook([coming], as_of=AS_OF, until=AS_OF - timedelta(days=1))


@pytest.mark.parametrize(
    ("given_", "said_"),
    [
        ({"subjects": "council"}, "is not a list or other collection"),
        ({"subjects": 1}, "is not a list or other collection"),
        ({"subjects": [AUTHORITY, "council"]}, r"subjects\[1\]"),
        ({"as_of": "6 September 2024"}, "as_of: is not a date"),
        ({"until": "6 September 2024"}, "until: is not a date"),
        ({"rulebook": "mine"}, "is not a rulebook"),
    ],
)
def test_what_is_no_question_is_refused(given_: dict[str, object], said_: str) -> None:
    asked: dict[str, object] = {"subjects": [AUTHORITY], "as_of": AS_OF, **given_}
    with pytest.raises(ir.RecordError, match=said_):
        ir.outlook(asked.pop("subjects"), **asked)  # type: ignore[arg-type]


def test_what_was_not_read_and_not_answered_is_shown() -> None:
    problem = ir.RowProblem(
        line=7, subject="<b>", field="overall", value="goood", problem="is not a grade", expected="", action="kept"
    )
    read = ir.Published(subjects=(HOME, TOO_EARLY), problems=(problem,), sheets=())
    seen = ir.outlook(read, as_of=date(2019, 6, 1))
    assert [item.subject for item in seen.not_answered] == ["Nobody yet"]
    for text in (seen.to_html(), seen.to_markdown()):
        assert "Nobody yet" in text
        assert "goood" in text
        assert "<b>" not in text
    assert ir.Outlook.model_validate_json(seen.model_dump_json()) == seen


def test_nothing_at_all_has_an_outlook_too() -> None:
    seen = ir.outlook([], as_of=AS_OF)
    assert seen.rows == ()
    assert "Nothing is required." in seen.to_html()
    assert "Nothing is required." in seen.to_markdown()
    assert seen.to_svg().startswith("<svg")


@pytest.mark.parametrize("many", [1, rendering.IN_PLACE + 1])
def test_names_and_notes_cannot_inject(many: int) -> None:
    """Into the page, in full and in few words, the paper and the picture."""
    event = ir.Event(activity="full_inspection", started=date(2023, 1, 9), note=NASTY, report="javascript:alert(1)")
    bad = ir.Provider(type="childrens_home", name=NASTY, urn=NASTY, events=[event])
    seen = ir.outlook([bad] * many, as_of=AS_OF)
    page, paper, picture = seen.to_html(), seen.to_markdown(), seen.to_svg()
    tree = html.fromstring(page)
    assert len(tree.xpath("//script")) == 1
    assert not [link for link in tree.xpath("//@href") if "javascript" in link]
    for text in (page, paper, picture):
        assert "<script>alert" not in text
        assert not re.search(r"[\x00\x1b]", text)
    assert "[x](" not in paper
    assert "\n# b" not in paper
    tables = [line.count(" | ") for line in paper.splitlines() if line.startswith("|")]
    titles = [line.count(" | ") for line in paper.splitlines() if line.startswith(("| Subject |", "| What |"))]
    assert set(tables) == set(titles) == {4, 6}, "no name adds a cell to a row"
    html.fromstring(picture.encode())


def test_the_page_runs_nothing_but_its_own_script_and_loads_nothing() -> None:
    page = ir.outlook([AUTHORITY, HOME], as_of=AS_OF).to_html()
    tree = html.fromstring(page)
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert not tree.xpath("//@src | //link | //iframe | //img | //@style | //@onclick")


def test_every_link_within_the_page_leads_somewhere() -> None:
    for many in (1, rendering.IN_PLACE + 1):
        tree = html.fromstring(ir.outlook([AUTHORITY, HOME] * many, as_of=AS_OF).to_html())
        targets = set(tree.xpath("//@id"))
        assert {link[1:] for link in tree.xpath("//@href") if link.startswith("#")} <= targets
        assert len(targets) == len(tree.xpath("//@id"))


def test_every_status_and_group_has_words() -> None:
    assert set(STATUS_MEANS) == set(Status)
    assert list(GROUPS) == list(Group)


@given(questions())
@settings(max_examples=60)
def test_an_answer_can_be_said(question: tuple[Subject, date]) -> None:
    """Its first sentence names who and both ends of the window, its second how firm, its last what to do."""
    subject, as_of = question
    if not answered(subject, as_of):
        return
    answer = ir.next_activity(subject, as_of=as_of)
    sentences = spoken(answer)
    assert sentences[0].startswith(f"{subject.name}: ")
    assert sentences[-1].endswith("correct the record and ask again.")
    if answer.status not in (Status.NOT_REQUIRED, Status.UNDER_WAY):
        for day in (answer.window.opens, answer.window.closes):
            assert day is None or str(ir.DueWindow(due=day))[11:-1] in sentences[0]
        assert answer.strength.value in sentences[1]
        assert answer.certainty.value in sentences[1]


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not here")
def test_a_whole_register_fits() -> None:
    """Every provider of the published collection: at most 6 MB, and every row in the table."""
    seen = ir.outlook(ir.read(SHARED / "provider_events.csv"), as_of=date(2025, 4, 26))
    page = seen.to_html()
    assert len(page.encode()) <= 6_000_000
    assert page.count("<tr data-d=") == len(seen.required)


def test_the_chart_holds_every_window_that_has_a_day() -> None:
    seen = ir.outlook([AUTHORITY], as_of=AS_OF)
    data = seen.chart().to_dict()
    dated = [row for row in (*seen.rows, *seen.may) if row.answer.window != ir.DueWindow()]
    assert len(data["datasets"]["windows"]) == len(dated)
    assert [each["letter"] for each in data["datasets"]["events"]] == ["G"]
    assert data["datasets"]["asked"] == [{"day": "2024-09-06"}]
    many = ir.outlook([AUTHORITY, HOME, AGENCY], as_of=AS_OF).chart().to_dict()
    assert {each["row"] for each in many["datasets"]["windows"]} == {"An authority", "A home", "An agency"}
    assert {each["certainty"] for each in many["datasets"]["windows"]} <= {word.value for word in ir.Certainty}


def test_a_chart_of_more_than_anyone_can_look_at_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chart, "_MOST", 2)
    assert ir.outlook([AUTHORITY, HOME], as_of=AS_OF).chart()
    with pytest.raises(ir.RecordError, match=r"too many subjects for one chart.*found 3.*to_svg"):
        ir.outlook([AUTHORITY, HOME, AGENCY], as_of=AS_OF).chart()


def test_a_notebook_shows_an_outlook_as_a_table() -> None:
    shown = ir.outlook([AUTHORITY, HOME], as_of=AS_OF)._repr_html_()
    assert shown.count("<tr>") == 1 + len(ir.outlook([AUTHORITY, HOME], as_of=AS_OF).rows)
    many = ir.outlook([AUTHORITY] * 40, as_of=AS_OF)._repr_html_()
    assert "more: to_html() makes a report of them all" in many


@pytest.mark.parametrize(
    ("shape", "library", "extra"), [("to_html", "jinja2", "outlook"), ("to_ics", "icalendar", "outlook"),
                                    ("to_xlsx", "xlsxwriter", "outlook"), ("chart", "altair", "charts")],
)  # fmt: skip
def test_a_shape_whose_library_is_missing_says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch, shape: str, library: str, extra: str
) -> None:
    rendering.environment.cache_clear()
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ir.MissingExtraError, match=rf"ilacs-rules\[{extra}\]"):
        getattr(ir.outlook([HOME], as_of=AS_OF), shape)()
    rendering.environment.cache_clear()
