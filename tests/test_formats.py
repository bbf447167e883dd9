"""The published formats, each in small sheets made here: every vintage's names, words and days, and every trap met."""
# ruff: noqa: E501 - the rows of a sheet stand on one line each

import csv
import gzip
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO, StringIO
from pathlib import Path

import pytest

import ilacs_rules as ir
from ilacs_rules.reading import Published
from ilacs_rules.reading.catalogue import formats
from ilacs_rules.reading.matching import as_name, match_header

Row = Sequence[object]


def sheet(*rows: Row, separator: str = ",") -> str:
    out = StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    writer.writerows(rows)
    return out.getvalue()


def read(*rows: Row, name: str = "sheet.csv") -> Published:
    file = StringIO(sheet(*rows))
    file.name = name
    return ir.read(file)


def only(published: Published) -> ir.LocalAuthority | ir.Provider:
    (subject,) = published.subjects
    return subject


HOME = "Children's home"
VINTAGES: dict[str, tuple[list[Row], dict[str, object]]] = {
    "2015": (
        [
            ["Provider information", "", "", "Latest Full Inspection information", "", "", "", ""],
            ["URN", "Provision type", "Name", "Inspection type", "Inspection Date", "Overall effectiveness",
             "The safety of children and young people", "Leadership and management"],
            ["SC000001", HOME, "REDACTED", "Full Inspection", "13/01/2015", "Adequate", "Good", "Satisfactory"],
        ],
        {"started": date(2015, 1, 13), "overall": "adequate", "help_and_protection": "good", "leaders": "satisfactory"},
    ),
    "2017": (
        [
            ["Provider information", "", "", "Latest Full Inspection", "", "", "", "", "", "", ""],
            ["Web link", "URN", "Provision type", "Registration status", "Name", "Event type", "Inspection date",
             "Publication date", "Event number", "Overall effectiveness", "Safeguarding children and young people"],
            ["Ofsted", "SC000001", HOME, "Active", "REDACTED", "Full inspection", "13/01/2017", "20/02/2017", "10000001",
             "Requires improvement to be good", "Not judged"],
        ],
        {"started": date(2017, 1, 13), "published": date(2017, 2, 20), "overall": "requires_improvement",
         "help_and_protection": "not_judged"},
    ),
    "2019": (
        [
            ["URN", "Provision type", "Registration date", "Registration status", "Name", "Event type", "Inspection date",
             "Publication date", "Event number", "Overall experiences and progress of children and young people",
             "How well children and young people are helped and protected", "The effectiveness of leaders and managers"],
            ["SC000001", HOME, "01/04/2011", "Active", "REDACTED", "Full inspection", "13/01/2019", "20/02/2019", "10000001",
             "Good", "Good", "Outstanding"],
        ],
        {"started": date(2019, 1, 13), "published": date(2019, 2, 20), "overall": "good", "help_and_protection": "good",
         "leaders": "outstanding"},
    ),
    "2022": (
        [
            ["Children's social care data in England 2022 - Provider level as at March 2022", *[""] * 8],
            ["This worksheet contains one table, this table begins in cell A5.", *[""] * 8],
            ["Some cells in this table are empty.", *[""] * 8],
            [""] * 9,
            ["URN", "Provision type", "Registration date", "Latest full inspectio event type", "Latest full inspection date",
             "Latest full inspection publication date", "Latest full inspection event number",
             "Latest full inspectio overall experiences and progress of children and young people",
             "Latest full inspection how well children and young people are helped and protected"],
            ["SC000001", HOME, "01/04/2011", "Full inspection", "13/01/2022", "20/02/2022", "10000001", "Inadequate", "Good"],
        ],
        {"started": date(2022, 1, 13), "published": date(2022, 2, 20), "overall": "inadequate",
         "help_and_protection": "good"},
    ),
    "2025": (
        [
            ["Children's social care data in England 2025 \N{EN DASH} Provider level as at 31 March 2025", *[""] * 9],
            ["This worksheet contains one table", *[""] * 9],
            ["Some cells in this table are empty.", *[""] * 9],
            ["URN", "Provision type", "Registration date", "Name", "\nLatest Full inspection event type",
             "\nLatest full inspection date", "Latest full inspection publication date",
             "\nOverall experiences and progress of children and young people", "", ""],
            ["SC000001", HOME, "01/04/2011", "REDACTED", "Full inspection", "13/01/2025", "20/02/2025", "Outstanding", "", ""],
        ],
        {"started": date(2025, 1, 13), "published": date(2025, 2, 20), "overall": "outstanding"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("vintage", VINTAGES)
def test_every_vintage_of_providers_as_at(vintage: str) -> None:
    """The header in line 1 to 5, under titles; names with line breaks, prefixes and a slip."""
    rows, expected = VINTAGES[vintage]
    published = read(*rows, name=f"provider_at_march_{vintage}.csv")
    assert published.formats == ("ofsted_providers_as_at",)
    assert published.sheets[0].as_at == date(int(vintage), 3, 31)
    home = only(published)
    (event,) = home.events
    days = {name: day for name in ("started", "published") if (day := getattr(event, name))}
    assert {**days, **event.judgements.given()} == expected
    assert (home.urn, home.name, home.type) == ("SC000001", "SC000001", "childrens_home")


AS_AT = ["as at 31 March 2025"]
PROVIDERS = [
    "URN", "Name", "Provision type", "Event type", "Inspection date", "Publication date", "Event number",
    "Overall effectiveness", "Safeguarding children and young people", "Leadership and management",
]  # fmt: skip
FULL = ["Full inspection", "13/05/2024", "24/06/2024", "10000001", "Good", "Good", "Good"]


def providers(*rows: Row, title: Row = AS_AT) -> Published:
    return read(title, PROVIDERS, *rows)


@pytest.mark.parametrize("text", ["1027077", "1027077.0", " 1027077 "])
def test_one_number_however_it_is_spelt(text: str) -> None:
    published = providers(
        ["1027077", "A", HOME, *FULL], [text, "A", HOME, "Interim inspection", "03/02/2020"] + [""] * 5
    )
    assert only(published).urn == "1027077"


def test_letters_of_a_number_too() -> None:
    published = providers(
        ["SC035296", "A", HOME, *FULL], ["sc035296", "A", HOME, "Interim inspection", "03/02/2020"] + [""] * 5
    )
    assert (only(published).urn, len(only(published).events)) == ("SC035296", 2)


def test_one_event_number_under_several_providers_is_an_event_of_each() -> None:
    agency = "Voluntary Adoption Agency"
    published = providers(*([urn, urn, agency, *FULL] for urn in ("SC1", "SC2", "SC3")))
    assert [len(subject.events) for subject in published.subjects] == [1, 1, 1]
    assert published.problems == ()


OLD = ["SC1", "A", HOME, *FULL[:1], "16/05/2017", "24/06/2017", *FULL[3:]]


@pytest.mark.parametrize(
    ("title", "precision"),
    [
        (["as at 31 March 2018"], "week"),
        (["as at 31 March 2019"], "day"),
        (["Inspections in year 1 April 2017 to 31 March 2018"], "week"),
        (["Inspections in year 1 April 2018 to 31 March 2019"], "day"),
        (["Latest full inspections"], "week"),
    ],
)
def test_in_sheets_to_march_2018_the_day_of_inspection_is_the_last(title: Row, precision: str) -> None:
    (event,) = only(providers(OLD, title=title)).events
    assert (event.started, event.precision) == (date(2017, 5, 16), precision)


def test_a_sheet_that_does_not_say_its_day_is_of_its_latest_inspection() -> None:
    later = ["SC2", "B", HOME, *FULL]
    published = providers(OLD, later, title=["Latest full inspections"])
    assert {event.precision for subject in published.subjects for event in subject.events} == {"day"}


@pytest.mark.parametrize("turned", [False, True])
def test_the_first_day_of_a_later_sheet_stands_where_an_older_one_knows_only_the_last(turned: bool) -> None:
    exact = [*OLD[:4], "12/05/2017", *OLD[5:]]
    parts = [(["as at 31 March 2018"], [OLD]), (["as at 31 March 2019"], [exact])]
    published = ir.read(workbook(*(reversed(parts) if turned else parts)))
    (event,) = only(published).events
    assert (event.started, event.precision, published.problems) == (date(2017, 5, 12), "day", ())


def test_a_first_day_that_is_too_far_from_the_last_is_reported() -> None:
    other = [*OLD[:4], "12/03/2017", *OLD[5:]]
    published = ir.read(workbook((["as at 31 March 2018"], [OLD]), (["as at 31 March 2019"], [other])))
    (event,) = only(published).events
    assert (event.started, event.precision) == (date(2017, 3, 12), "day")
    (problem,) = published.problems
    assert (problem.field, problem.action) == ("Inspection date", "kept")


def test_no_inspection_means_that_none_is_published_yet() -> None:
    published = providers(["SC1", "A", HOME, *[""] * 7], ["SC2", "B", HOME, *FULL])
    assert published.problems == ()
    first, second = published.subjects
    assert (first.events, len(second.events)) == ((), 1)
    covered = next(each for each in first.covers if isinstance(each, ir.Covered))
    assert (covered.activity, covered.since) == ("full_inspection", None)


def test_a_report_published_before_the_inspection_began() -> None:
    published = providers(
        ["SC1", "A", HOME, "Full inspection", "28/07/2024", "27/07/2024", "1", "Good", "Good", "Good"]
    )
    (event,) = only(published).events
    assert (event.started, event.published) == (date(2024, 7, 28), None)
    (problem,) = published.problems
    assert (problem.field, problem.value, problem.action) == ("Publication date", "2024-07-27", "value left out")


@pytest.mark.parametrize(
    "text",
    [
        "Residential special school (registered as a children's home)",
        "Residential special school (registered as children's home)",
        "residential special school registered as a children\N{RIGHT SINGLE QUOTATION MARK}s home",
        "Residential Special School - registered as children's home",
    ],
)
def test_a_school_registered_as_a_home(text: str) -> None:
    assert only(providers(["SC1", "A", text, *FULL])).type == "residential_special_school_registered_as_childrens_home"


@pytest.mark.parametrize("text", ["Children's Home", "CHILDREN'S HOME", " Children's home "])
def test_case_and_spaces_of_types(text: str) -> None:
    assert only(providers(["SC1", "A", text, *FULL])).type == "childrens_home"


def test_cafcass_is_known_and_no_provider() -> None:
    published = providers(["1027080", "Cafcass", "CAFCASS", *FULL], ["SC1", "A", HOME, *FULL])
    assert only(published).urn == "SC1"
    (problem,) = published.problems
    assert (problem.action, problem.value, problem.lost) == ("row skipped", "CAFCASS", True)
    assert "arrangements of its own" in problem.problem


def test_the_secure_school_is_what_guidance_calls_it() -> None:
    published = providers(["2801375", "REDACTED", "Secure children's home", *FULL])
    assert only(published).type == "secure_16_to_19_academy"
    (problem,) = published.problems
    assert (problem.action, problem.lost, "first secure school" in problem.problem) == ("kept", False, True)


def test_a_monitoring_inspection_under_the_title_latest_full() -> None:
    """It gave a better judgement; the full inspection before it is not in the sheet, so the sheet does not cover it."""
    published = providers(["SC1", "A", HOME, "Monitoring inspection", "13/05/2024", "24/06/2024", "1", "Good", "", ""],
                          ["SC2", "B", HOME, "Full inspection", "14/11/2024", "24/12/2024", "2", "Good", "Good", "Good"])  # fmt: skip
    home = published.subjects[0]
    (event,) = home.events
    assert (event.activity, event.judgements.given()) == ("monitoring_visit", {"overall": "good"})
    spans = [(each.activity, each.since) for each in home.covers if isinstance(each, ir.Covered)]
    assert spans == [("full_inspection", date(2024, 5, 13))]


def test_a_snapshot_covers_less_than_the_year() -> None:
    """Since the latest full inspection, and up to where its report would have been out."""
    later = ["SC2", "B", HOME, "Full inspection", "20/03/2025", "30/04/2025", "2", "Good", "Good", "Good"]
    published = providers(["SC1", "A", HOME, *FULL], later)
    (covered,) = (each for each in published.subjects[0].covers if isinstance(each, ir.Covered))
    assert (covered.since, covered.until) == (date(2024, 5, 13), date(2025, 1, 25))  # 95 days before 30 April
    assert published.subjects[1].covers == ()  # of what began in March no report need have been out


IN_YEAR = ["Provider level in year 2024-25"]


def test_the_sheet_of_a_year_covers_every_kind_of_inspection_in_it() -> None:
    rows = [
        ["SC1", "A", HOME, *FULL],
        ["SC2", "B", HOME, "Full inspection", "20/03/2025", "30/04/2025", "2", "Good", "", ""],
    ]
    published = providers(*rows, title=IN_YEAR)
    assert published.formats == ("ofsted_providers_in_year",)
    spans = {
        each.activity.value: (each.since, each.until)
        for each in published.subjects[0].covers
        if isinstance(each, ir.Covered)
    }
    year = (date(2024, 4, 1), date(2025, 1, 25))
    assert spans == dict.fromkeys(
        ("full_inspection", "interim_inspection", "assurance_visit", "assurance_inspection"), year
    )


@pytest.mark.parametrize(
    ("word", "day", "activity"),
    [
        ("Full Inspection", "13/05/2024", "full_inspection"),
        ("Monitoring Inspection", "13/05/2024", "monitoring_visit"),
        ("Assurance visit", "31/03/2022", "assurance_visit"),
        ("Assurance visit", "01/04/2022", "assurance_inspection"),
        ("Interim inspection", "07/02/2018", "interim_inspection"),
        ("Emergency inspection", "07/02/2018", "emergency_inspection"),
    ],
)
def test_words_of_activities(word: str, day: str, activity: str) -> None:
    published = providers(
        ["SC1", "A", HOME, word, day, "", "", "Good" if "full" in activity else "", "", ""], title=IN_YEAR
    )
    (event,) = only(published).events
    assert event.activity == activity


def test_supported_accommodation_has_an_outcome_and_no_grades() -> None:
    columns = [
        *PROVIDERS[:7],
        "Overall experiences and progress of children and young people",
        "How well children and young people are helped and protected",
        "The effectiveness of leaders and managers",
        "Supported Accommodation outcome",
    ]
    row = ["2800000", "A", "Supported Accommodation", *FULL[:4], "", "", "", "Consistently strong service delivery"]
    published = read(AS_AT, columns, row)
    (event,) = only(published).events
    assert (event.outcome, event.judgements.given()) == ("consistently_strong_service_delivery", {})
    assert published.problems == ()


# Snapshot, year and leavers together


def workbook(*parts: tuple[Row, Iterable[Row]]) -> list[StringIO]:
    files = []
    for number, (title, rows) in enumerate(parts):
        file = StringIO(sheet(title, PROVIDERS, *rows))
        file.name = f"part {number}.csv"
        files.append(file)
    return files


def test_a_snapshot_and_a_year_that_overlap_are_one_event() -> None:
    later = ["SC2", "B", HOME, "Full inspection", "20/03/2025", "30/04/2025", "2", "Good", "Good", "Good"]
    parts = ((AS_AT, [["SC1", "A", HOME, *FULL], later]), (IN_YEAR, [["sc1", "A", HOME, *FULL], later]))
    published = ir.read(workbook(*parts))
    home = published.subjects[0]
    assert [len(subject.events) for subject in published.subjects] == [1, 1]
    assert published.problems == ()
    assert published.where("SC1") == ("part 0.csv, line 3", "part 1.csv, line 3")
    spans = {each.activity.value for each in home.covers if isinstance(each, ir.Covered)}
    assert spans == {"full_inspection", "interim_inspection", "assurance_visit", "assurance_inspection"}


def test_what_differs_between_sheets_of_one_day_is_left_out_and_reported() -> None:
    other = [*FULL[:2], "25/06/2024", *FULL[3:6], "Inadequate"]
    published = ir.read(workbook((AS_AT, [["SC1", "A", HOME, *FULL]]), (IN_YEAR, [["SC1", "A", HOME, *other]])))
    (event,) = only(published).events
    assert (event.published, event.judgements.leaders, event.judgements.overall) == (None, "not_recorded", "good")
    assert sorted((problem.field, problem.action) for problem in published.problems) == [
        ("Leadership and management", "value left out"),
        ("Publication date", "value left out"),
    ]


def test_a_later_sheet_is_followed_and_what_differs_is_reported() -> None:
    """Ofsted revises a year's data in the next year's statistics."""
    revised = [*FULL[:6], "Inadequate"]
    earlier, later = ["as at 31 March 2025"], ["as at 31 March 2026"]
    for parts in (
        ((earlier, [["SC1", "A", HOME, *FULL]]), (later, [["SC1", "A", HOME, *revised]])),
        ((later, [["SC1", "A", HOME, *revised]]), (earlier, [["SC1", "A", HOME, *FULL]])),
    ):
        published = ir.read(workbook(*parts))
        (event,) = only(published).events
        assert event.judgements.leaders == "inadequate"
        (problem,) = published.problems
        assert (problem.field, problem.action, problem.lost) == ("Leadership and management", "kept", False)
        assert "the later one is used" in problem.problem


def test_one_event_whose_day_was_corrected_is_one_by_its_number() -> None:
    corrected = [FULL[0], "14/05/2024", *FULL[2:]]
    published = ir.read(
        workbook(
            (["as at 31 March 2025"], [["SC1", "A", HOME, *FULL]]),
            (["as at 31 March 2026"], [["SC1", "A", HOME, *corrected]]),
        )
    )
    (event,) = only(published).events
    assert event.started == date(2024, 5, 14)


def test_whether_anything_happened_in_a_year_is_shown_of_all_that_were_active() -> None:
    """A provider in the snapshot that has no row in the sheet of the year was not inspected in it."""
    snapshot = [["SC1", "A", HOME, "Full inspection", "13/05/2023", "24/06/2023", "1", "Good", "Good", "Good"]]
    year = [["SC2", "B", HOME, "Full inspection", "20/03/2025", "30/04/2025", "2", "Good", "Good", "Good"]]
    published = ir.read(workbook((AS_AT, [*snapshot, year[0]]), (IN_YEAR, year)))
    home = published.subjects[0]
    spans = {each.activity.value: (each.since, each.until) for each in home.covers if isinstance(each, ir.Covered)}
    assert spans["interim_inspection"] == (date(2024, 4, 1), date(2025, 1, 25))


LEAVERS = {
    "2019": ["URN", "Provision type", "Registration date", "Date closed", "Leaver status"],
    "2021": ["URN", "Provision type", "Registration date", "Resigned/closed date", "Leaver status"],
    "2023": ["URN", "Provision type", "First effective date (that the provider became active)",
             "First effective date (that the provider closed)", "Leaver status"],
    "2025": ["URN", "Provision type", "\nFirst effective date (that the provider became active)",
             "First effective date (that the provider became resigned)", "Leaver status"],
}  # fmt: skip


@pytest.mark.parametrize("vintage", LEAVERS)
def test_every_vintage_of_leavers(vintage: str) -> None:
    published = read(
        LEAVERS[vintage], ["SC000001", HOME, "01/04/2011", "02/09/2018", "Leaver"], name=f"leavers_{vintage}.csv"
    )
    assert published.formats == ("ofsted_leavers_and_joiners",)
    home = only(published)
    assert isinstance(home, ir.Provider)
    assert (home.registered, home.events, home.covers) == (date(2011, 4, 1), (), ())
    assert published.problems == ()


def test_without_a_title_a_list_with_each_provider_once_is_of_the_latest() -> None:
    published = read(PROVIDERS, ["SC1", "A", HOME, *FULL], ["SC2", "B", HOME, *FULL])
    assert published.formats == ("ofsted_providers_as_at",)
    (problem,) = published.problems
    assert (problem.field, problem.action, "has no title to say what it is" in problem.problem) == (
        "title",
        "kept",
        True,
    )
    twice = read(
        PROVIDERS, ["SC1", "A", HOME, *FULL], ["SC1", "A", HOME, "Interim inspection", "03/02/2025"] + [""] * 5
    )
    assert twice.formats == ("ofsted_providers_in_year",)


# Authorities

GRADES = ["Good", "Requires improvement to be good", "Inadequate", "Outstanding"]
OUTCOMES = ["Local authority area code", "Local authority name", "Ofsted region", "Inspection date", "Publication date"]
AREAS = [
    "Overall effectiveness",
    "The impact of leaders on social work practice with children and families",
    "The experiences and progress of children who need help and protection",
    "The experiences and progress of children in care",
    "The experiences and progress of care leavers",
]


@pytest.mark.parametrize(
    "areas", [AREAS, [name.removeprefix("The ") for name in AREAS], [AREAS[0], "Impact of leaders", *AREAS[2:]]]
)
@pytest.mark.parametrize(
    ("day", "care_leavers", "area"),
    [("31/12/2022", "", "care_and_care_leavers"), ("01/01/2023", "Good", "children_in_care")],
)
def test_todays_area_names_over_judgements_of_the_old_kind(
    areas: list[str], day: str, care_leavers: str, area: str
) -> None:
    """ "In care" before 2023 is the combined judgement."""
    row = ["E06000055", "Bedford", "East of England", day, "14/02/2023", *GRADES, care_leavers]
    published = read(["Local authority inspection judgements as at 31 March 2025"], [*OUTCOMES, *areas], row)
    assert published.formats == ("ofsted_authorities_as_at",)
    (event,) = only(published).events
    given = event.judgements.given()
    assert (event.activity, given[area], published.problems) == ("ilacs_inspection", "outstanding", ())
    assert ("care_leavers" in given) is bool(care_leavers)


def test_latest_and_history_of_an_authority_are_one_event_with_its_kind() -> None:
    latest = [*OUTCOMES, *AREAS]
    history = [*OUTCOMES[:2], "Local authority status", *OUTCOMES[2:], "Inspection type", *AREAS]
    days = ["15/11/2021", "14/01/2022"]
    files = []
    for title, columns, row in (
        ("judgements as at 31 March 2025", latest, ["E1", "Bedford", "East of England", *days, *GRADES, ""]),
        ("ILACS inspection history from 2018-2025", history,
         ["E1", "Bedford Borough Council", "Current", "East of England", *days, "ILACS Short Inspection", *GRADES, ""]),
    ):  # fmt: skip
        files.append(StringIO(sheet([title], columns, row)))
    published = ir.read(files)
    (event,) = only(published).events
    assert (event.activity, published.problems) == ("ilacs_short", ())
    assert published.formats == ("ofsted_authorities_as_at", "ofsted_authorities_history")


def test_a_year_of_authorities() -> None:
    columns = [
        "Local authority name",
        "Region",
        "Inspection/Visit date",
        "Publication date",
        "Inspection/Visit type",
        *AREAS,
        "Visit Theme",
    ]
    rows = [
        ["Barnet", "London", "10/06/2024", "23/07/2024", "ILACS Short Inspection", *GRADES, "Good", ""],
        ["Barnet", "London", "11/02/2025", "13/03/2025", "ILACS Focused Visit", *[""] * 5, "Front door"],
        ["Bradford", "North", "22/05/2024", "12/07/2024", "LA Monitoring visit", *[""] * 5, "Achieving permanence"],
    ]
    published = read(["Local authority in-year inspection activity 2024-25"], columns, *rows)
    barnet, bradford = published.subjects
    assert [event.activity.value for event in barnet.events] == ["ilacs_short", "focused_visit"]
    assert barnet.events[1].note == "theme: Front door"
    assert [event.activity.value for event in bradford.events] == ["monitoring_visit"]
    covered = {each.activity.value for each in barnet.covers if isinstance(each, ir.Covered)}
    assert covered == {"ilacs_standard", "ilacs_short", "ilacs_inspection", "focused_visit"}


WIDE = [
    "Local authority name", "LA Authority Type", "CPI Overall Effectiveness (OE)",
    "Single Inspection of LA Children's Services (SIF)  First SIF publication date", " First SIF Overall Judgement\n(OE)",
    " First SIF children looked after and achieving permanence ",
    " First SIF CLA Sub: Experiences and progress of care leavers", "First ILACS framework inspection type",
    "First ILACS framework publication date", "First ILACS framework overall effectiveness",
    "First ILACS framework experiences and progress of children in care and care leavers",
    "Second ILACS framework inspection type", "Second ILACS framework publication date",
    "Second ILACS framework overall effectiveness", "Second ILACS framework experiences and progress of children in care",
    "Second ILACS framework experiences and progress of care leavers",
]  # fmt: skip


def test_the_wide_history_has_an_event_for_each_framework_and_two_tables() -> None:
    """A second header with other names stands below the first table, and its authorities are no longer there."""
    old = ["ILACS framework inspection type", "ILACS framework publication date", "ILACS framework overall effectiveness",
           "ILACS framework experiences and progress of children in care and care leavers"]  # fmt: skip
    published = read(
        ["LA inspections 2009-2023"],
        WIDE,
        ["Dorset", "Unitary", "", *[""] * 4, "ILACS Standard Inspection", "19/11/2021", "Good", "Good", "ILACS Short Inspection",
         "10/03/2023", "Good", "Good", ""],
        ["Leeds", "Metropolitan", "Good", "20/03/2015", "Good", "Good", "Good", *[""] * 9],
        [""] * 16,
        ["Table 11: History of authorities that existed before the restructure", *[""] * 15],
        [*WIDE[:7], *old, *[""] * 5],
        ["Dorset", "Shire", "", "23/05/2016", "Good", "Good", "Inadequate", *[""] * 9],
        ["Poole", "Unitary", "", *[""] * 4, "ILACS Standard Inspection", "24/08/2018", "Good", "Good", *[""] * 5],
    )  # fmt: skip
    found = {
        subject.name: [(event.activity.value, event.judgements.given()) for event in subject.events]
        for subject in published.subjects
    }
    assert found == {
        "Dorset": [
            ("ilacs_standard", {"overall": "good", "care_and_care_leavers": "good"}),
            (
                "ilacs_short",
                {"overall": "good", "care_and_care_leavers": "good"},
            ),  # published in March, no care leavers
        ],
        "Dorset (before the restructure)": [
            ("sif_inspection", {"overall": "good", "care_and_care_leavers": "good", "care_leavers": "inadequate"})
        ],
        "Leeds": [("sif_inspection", {"overall": "good", "care_and_care_leavers": "good", "care_leavers": "good"})],
        "Poole": [("ilacs_standard", {"overall": "good", "care_and_care_leavers": "good"})],
    }
    assert published.problems == ()
    assert "CPI Overall Effectiveness (OE)" in published.sheets[0].unread


ILACS = [
    "urn", "local_authority", "inspection_link", "publication_date", "inspection_framework", "inspection_start_date",
    "inspection_end_date", "overall_effectiveness_grade", "impact_of_leaders_grade", "help_and_protection_grade",
    "in_care_grade", "care_leavers_grade",
]  # fmt: skip


def d2i(*cells: str, history: bool = False) -> Published:
    link = "https://files.ofsted.gov.uk/v1/file/1"
    columns = [*ILACS, "pdf_filename"] if history else ILACS
    return read(columns, ["80400", "a council", link, *cells, *(["a.pdf"] if history else [])])


def test_days_with_two_digits_for_the_year_beside_four_and_the_report() -> None:
    published = d2i("09/05/25", "short", "17/03/2025", "21/03/2025", *["good"] * 5)
    assert published.formats == ("d2i_ilacs_overview",)
    (event,) = only(published).events
    assert [str(day) for day in (event.started, event.ended, event.published)] == [
        "2025-03-17",
        "2025-03-21",
        "2025-05-09",
    ]
    assert event.report.endswith("/file/1")


@pytest.mark.parametrize(
    ("day", "overall", "care_leavers", "problems"),
    [
        ("17/03/2025", "data_unreadable", "good", ["overall_effectiveness_grade"]),
        ("17/03/2025", "not_reported_post_reform", "good", ["overall_effectiveness_grade"]),
        ("27/04/2026", "not_reported_post_reform", "good", []),
        ("27/04/2026", "nan", "good", []),
        ("07/11/2022", "good", "inspection_pre_dates_judgement", []),
        ("17/03/2025", "good", "inspection_pre_dates_judgement", ["care_leavers_grade"]),
    ],
)
def test_words_for_what_is_not_there(day: str, overall: str, care_leavers: str, problems: list[str]) -> None:
    published = d2i("20/07/26", "short", day, "", overall, *["good"] * 3, care_leavers)
    assert [problem.field for problem in published.problems if "does not agree with" not in problem.problem] == problems


def test_a_report_without_days_on_site_is_of_a_kind_that_is_not_said() -> None:
    published = d2i("16/05/24", "None", "", "", *["good"] * 5)
    (event,) = only(published).events
    assert (event.activity, event.started, event.judgements.care_leavers) == ("ilacs_inspection", None, "good")


@pytest.mark.parametrize(
    ("day", "activity"),
    [
        ("20/10/15", "sif_inspection"),
        ("17/08/18", "sif_inspection"),
        ("05/09/22", "ilacs_inspection"),
        ("16/08/13", ""),
    ],
)
def test_reports_by_their_day_of_publication(day: str, activity: str) -> None:
    """Before 2018, and of some authorities until August 2018, under the framework before ILACS; before 2013 there is no word."""
    published = d2i(day, "", "", "", *["data_unreadable"] * 5, history=True)
    assert published.formats == ("d2i_ilacs_history",)
    assert [event.activity.value for event in only(published).events] == ([activity] if activity else [])
    skipped = any(problem.action == "row skipped" for problem in published.problems)
    assert skipped is not bool(activity)
    assert any("row" in what for what in only(published).not_used) is not bool(activity)
    assert any("value" in what for what in only(published).not_used) is bool(activity)


def test_send_grades_are_outcomes_and_1900_is_no_day() -> None:
    columns = ["urn", "local_authority", "outcome_grade", "previous_inspection_date", "inspection_start_date", "inspection_end_date",
               "publication_date", "next_inspection"]  # fmt: skip
    days = ["18/11/24", "22/11/24", "04/02/25"]
    rows = [
        [f"8040{number}", f"council {number}", f"{number}.0", "01/01/1900", *days, "5 years"] for number in (1, 2, 3)
    ]
    rows.append(["80404", "council 4", "nan", "27/05/2021", *days, "None"])
    published = read(columns, *rows)
    outcomes = [subject.events[-1].outcome for subject in published.subjects]
    assert outcomes == ["send_typically_positive", "send_inconsistent", "send_widespread_or_systemic_failings", None]
    assert [len(subject.events) for subject in published.subjects] == [1, 1, 1, 2]
    assert (published.subjects[3].events[0].activity, published.subjects[3].events[0].ended) == (
        "area_send_visit",
        date(2021, 5, 27),
    )
    assert [problem.field for problem in published.problems] == ["outcome_grade"]


def test_the_first_day_of_a_joint_inspection_that_is_its_publication_is_not_known() -> None:
    columns = ["urn", "local_authority", "inspection_start_date", "publication_date", "inspection_theme"]
    published = read(columns, ["1", "a", "18/07/22", "18/07/22", "x"], ["2", "b", "05/12/16", "01/02/17", "y"])
    assert [(event.started, str(event.published)) for subject in published.subjects for event in subject.events] == [
        (None, "2022-07-18"),
        (date(2016, 12, 5), "2017-02-01"),
    ]


def test_councils_are_one_whatever_they_are_called_and_with_or_without_a_number() -> None:
    send = ["urn", "local_authority", "outcome_grade", "publication_date"]
    files = [
        StringIO(sheet(ILACS, ["2532287", "bournemouth, christchurch & poole", "", "29/01/25", "standard", "02/12/2024", "", *["good"] * 5])),
        StringIO(sheet(send, ["2532287", "bournemouth, christchurch & poole", "1.0", "04/02/25"])),
        StringIO(sheet(["as at 31 March 2025"], [*OUTCOMES, *AREAS],
                       ["E06000058", "Bournemouth, Christchurch and Poole", "South West", "02/12/2024", "29/01/2025", *["Good"] * 5])),
    ]  # fmt: skip
    published = ir.read(files)
    council = only(published)
    assert (council.name, council.urn, council.region) == (
        "Bournemouth, Christchurch and Poole",
        "2532287",
        "South West",
    )
    assert [event.activity.value for event in council.events] == ["ilacs_standard", "area_send_inspection"]
    assert published.problems == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [("North Northamptonshire", "Northamptonshire"), ("Cumbria", "Cumberland"), ("East Sussex", "West Sussex")],
)
def test_councils_with_like_names_are_two(one: str, other: str) -> None:
    rows = [["E1", name, "", "02/12/2024", "29/01/2025", *["Good"] * 5] for name in (one, other)]
    assert len(read(["as at 31 March 2025"], [*OUTCOMES, *AREAS], *rows).subjects) == 2


# The library's own table


def test_the_librarys_own_table_of_events_opens_as_it_does_for_tables() -> None:
    columns = ["subject", "type", "activity", "started", "published", "overall", "registered"]
    published = read(
        columns,
        ["A", "independent_fostering_agency", "full_inspection", "2023-05-15", "2023-06-28", "good", "2015-06-01"],
        ["A", "independent_fostering_agency", "full_inspection", "2019-05-15", "", "", ""],
        ["B", "local_authority", "focused_visit", "2024-04-09", "", "", ""],
        ["C", "childrens_home", "", "", "", "", "2020-02-01"],
    )
    assert published.formats == ("events",)
    assert [(subject.name, len(subject.events)) for subject in published.subjects] == [("A", 2), ("B", 1), ("C", 0)]
    assert published.subjects[0].events[0].judgements.given() == {}  # an empty grade stays one
    assert [(problem.field, problem.action) for problem in published.problems] == [("judgements", "kept")]


# What all sheets share


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("packed", [False, True])
def test_encodings_separators_and_gzip(separator: str, encoding: str, packed: bool) -> None:
    rows = (AS_AT, PROVIDERS, ["SC1", "Ynys M\N{LATIN SMALL LETTER O WITH CIRCUMFLEX}n, Ltd", "Boarding School", *FULL])
    data = sheet(*rows, separator=separator).encode(encoding)
    published = ir.read(BytesIO(gzip.compress(data) if packed else data))
    assert only(published).name == "Ynys M\N{LATIN SMALL LETTER O WITH CIRCUMFLEX}n, Ltd"
    assert [problem.field for problem in published.problems] == (["encoding"] if encoding == "cp1252" else [])


def test_excels_line_that_names_the_separator() -> None:
    text = "sep=;\n" + sheet(AS_AT, PROVIDERS, ["SC1", "A;B", HOME, *FULL], separator=";")
    published = ir.read(StringIO(text))
    assert (only(published).name, published.sheets[0].header) == ("A;B", 3)


def test_two_headers_and_notes_below_the_table() -> None:
    """The header again, in the middle of a sheet, is no row; nor is what stands below it in no column that is read."""
    published = read(
        ["Latest Full Inspection", *[""] * 11], [*PROVIDERS, "Web link", "Places"], ["SC1", "A", HOME, *FULL, "", "3"],
        [*PROVIDERS, "Web link", "Places"], ["SC2", "B", HOME, *FULL, "", "4"], [*[""] * 10, "Note 1: places are places", ""],
    )  # fmt: skip
    assert [subject.urn for subject in published.subjects] == ["SC1", "SC2"]
    assert published.problems == ()


def test_an_index_of_formats_says_where_each_is_published() -> None:
    for form in formats().values():
        assert form.title
        assert form.vintages
        assert form.publisher
        assert form.about or form.not_read
        assert form.url.startswith("https://") or form.publisher.startswith(("gathered", "this library"))


def test_no_format_takes_the_header_of_another() -> None:
    """Where two formats could have one header, something tells them apart: titles, or a mark that the other lacks."""
    known = formats()
    for form in known.values():
        header = [names[0] for names in form.columns.values()]
        for group in form.event:
            begins = f"{group.must_begin[0]} " if group.must_begin else ""
            header += [begins + names[0] for names in group.columns.values()]
        header = list(dict.fromkeys(as_name(name) for name in header))
        assert match_header(form, header), form.id
        for other in known.values():
            if other is not form and match_header(other, header) and form.event:
                assert other.rank < form.rank or form.told_by.says or other.told_by.says or not other.event, (
                    form.id,
                    other.id,
                )


def test_a_column_that_is_merely_like_another_is_not_taken_for_it() -> None:
    header = [*PROVIDERS[:4], "Inspection end date", *PROVIDERS[5:]]
    with pytest.raises(ir.FileFormatError, match="Inspection date") as caught:
        read(AS_AT, header, ["SC1", "A", HOME, *FULL])
    assert "is it 'Inspection end date'" not in str(caught.value)


def test_a_sheet_that_lacks_a_column_is_said_beside_sheets_that_are_read(tmp_path: Path) -> None:
    pytest.importorskip("python_calamine")
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    page = book.active
    page.title = "as at"
    for row in (
        AS_AT,
        PROVIDERS,
        ["SC1", "A", HOME, "Full inspection", datetime(2024, 5, 13), datetime(2024, 6, 24), 1, "Good", "Good", "Good"],
    ):
        page.append(row)
    other = book.create_sheet("in year")
    for row in (IN_YEAR, ["URN", "Provision type", "Event type", "Day"], ["SC1", HOME, "Full inspection", "x"]):
        other.append(row)
    book.create_sheet("Notes").append(["Just a note"])
    hidden = book.create_sheet("hidden")
    hidden.append(PROVIDERS)
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "book.xlsx")
    published = ir.read(tmp_path / "book.xlsx")
    (problem,) = published.problems
    assert (problem.sheet, problem.action, problem.lost) == ("in year", "sheet skipped", True)
    assert "lacks" in problem.problem
    assert {sheet.sheet: bool(sheet.format) for sheet in published.sheets} == {
        "as at": True,
        "in year": False,
        "Notes": False,
        "hidden": False,
    }
    assert all(sheet.why_not for sheet in published.sheets if not sheet.format)
    assert str(published.subjects[0].events[0].started) == "2024-05-13"


RENAMED = """Provider level data as at 31 March 2026,,,,,,,,
URN,Provision type,Registration date,Registration status,Latest full inspection event type,{day},{published},{overall},{leaders},{help}
SC000001,Children's home,01/02/2015,Active,Full inspection,12/05/2025,24/06/2025,Good,Good,Good
SC000002,Children's home,01/02/2026,Active,,,,,,
"""
NAMED = {
    "day": "Latest full inspection date",
    "published": "Latest full inspection publication date",
    "overall": "Overall experiences and progress of children and young people",
    "leaders": "The effectiveness of leaders and managers",
    "help": "How well children and young people are helped and protected",
}


def test_a_sheet_with_inspections_whose_day_is_called_otherwise_is_no_sheet_without_any() -> None:
    """Next year's sheet may call its days otherwise: then it is refused, and never read as the list that has none."""
    assert len(ir.read(StringIO(RENAMED.format(**NAMED))).subjects[0].events) == 1
    with pytest.raises(ir.FileFormatError, match=r"is missing columns of .*Latest full inspection date"):
        ir.read(StringIO(RENAMED.format(**NAMED | {"day": "Date of the latest full inspection"})))


@pytest.mark.parametrize("field", ["published", "overall"])
def test_a_column_that_every_vintage_has_and_this_sheet_has_not_is_said(field: str) -> None:
    published = ir.read(StringIO(RENAMED.format(**NAMED | {field: "Something new"})))
    _, problem, new_column = published.problems
    assert (new_column.action, new_column.field) == ("kept", "header")
    assert new_column.problem == "has columns that no known edition has, which are not read: Something new"
    assert (problem.action, problem.field, problem.lost) == ("column missing", NAMED[field], True)
    inspected, new = published.subjects
    assert inspected.not_used == (f"1 row: the sheet has no column '{NAMED[field]}'",)
    assert new.not_used == ()
    assert ir.next_activity(inspected, as_of=date(2026, 4, 1)).record == "rows_not_used"
