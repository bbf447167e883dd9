"""Which edition of a source was read, and what the answer says of it."""

import re
from datetime import date
from importlib.resources import files
from pathlib import Path
from shutil import copytree, ignore_patterns
from urllib.parse import urlsplit

import pytest

import ilacs_rules as ir
from ilacs_rules.answering.explain import cited
from ilacs_rules.rulebook.reading import read_citations
from small_drafts import ACT, rule

BOOK = ir.load_rulebook()
AGENCY = ir.Provider(type=ir.ProviderType.INDEPENDENT_FOSTERING_AGENCY, name="An agency", registered=date(2024, 1, 31))


def is_a_front_page(address: str) -> bool:
    """Whether an address leads to a site's front page, or to a whole repository, and not to the text itself."""
    parts = urlsplit(address)
    path = parts.path.strip("/")
    a_repository = parts.netloc == "github.com" and path.count("/") < 2
    return (path in ("", "index.html", "home") or a_repository) and not parts.query and not parts.fragment


@pytest.mark.parametrize(
    ("address", "front"),
    [
        ("https://www.example.org", True),
        ("https://www.example.org/", True),
        ("https://www.example.org/index.html", True),
        ("https://www.example.org/2017/page", False),
        ("https://www.example.org/?p=3714", False),
        ("https://github.com/owner/name", True),
        ("https://github.com/owner/name/blob/c0ffee/README.md", False),
    ],
)
def test_what_a_front_page_is(address: str, front: bool) -> None:
    assert is_a_front_page(address) is front


def test_no_source_leads_to_a_front_page() -> None:
    front = {source.id for source in BOOK.sources if source.url and is_a_front_page(source.url)}
    assert not front, f"give the page itself: {sorted(front)}"


def test_a_source_without_an_address_says_so() -> None:
    without = [source for source in BOOK.sources if not source.url]
    assert without
    assert not [source.id for source in without if "not found" not in source.title + source.dated]


def test_what_was_read_of_each_source_is_written_down() -> None:
    """Which edition, or that its date was not seen; how much of it; and on which day. Silence is none of these."""
    assert not [source.id for source in BOOK.sources if not (source.edition and source.read and source.read_on)]
    dated = [source for source in BOOK.sources if re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", source.dated)]
    assert len(dated) > 50
    assert not [source.id for source in dated if source.edition == "not seen"]


def test_every_citation_says_which_edition_was_read_how_much_of_it_and_when() -> None:
    of_rules = [citation for rule in BOOK.rules for citation in rule.sources]
    of_pauses = [citation for pause in BOOK.suspensions for citation in pause.sources]
    of_others = [citation for row in BOOK.expected for citation in row.sources]
    of_years = [citation for year in BOOK.bank_holidays for citation in year.sources]
    every = [*of_rules, *of_pauses, *of_others, *of_years]
    assert len(every) > len(BOOK.rules)
    assert not [item for item in every if not (item.edition and item.read and item.read_on)]


def test_an_edition_that_was_not_seen_is_said_in_words() -> None:
    unseen = ir.Citation(source="act", place="section 1", text="An Act", edition="not seen")
    assert cited(unseen) == "An Act (edition not seen): section 1."
    with pytest.raises(ir.RulebookError, match="carried from an earlier edition, but that edition is not named"):
        rule("one", certainty=ir.Certainty.CARRIED, sources=(unseen,))


def test_an_answer_carried_on_from_an_edition_names_its_date() -> None:
    old = BOOK.rule(ir.next_activity(AGENCY, as_of=date(2024, 3, 1)).rule)
    seen = old.sources[0].model_copy(update={"edition": "2017-04"})
    carried = old.model_copy(update={"certainty": ir.Certainty.CARRIED, "sources": (seen,)})
    book = BOOK.model_copy(update={"rules": tuple(carried if item == old else item for item in BOOK.rules)})
    answer = ir.next_activity(AGENCY, as_of=date(2024, 3, 1), rulebook=book)
    assert answer.certainty is ir.Certainty.CARRIED
    assert answer.sources[0].edition == "2017-04"
    text = answer.explain()
    assert "carried (the edition of April 2017 says so, and nothing says that it changed)" in text
    assert "(edition of April 2017): " in text
    assert ir.Answer.model_validate_json(answer.model_dump_json()) == answer


def test_what_is_carried_on_names_its_edition() -> None:
    with pytest.raises(ir.RulebookError, match="carried from an earlier edition, but that edition is not named"):
        rule("one", certainty=ir.Certainty.CARRIED)
    dated = ir.Citation(source="act", place="section 1", edition="2017")
    assert rule("one", certainty=ir.Certainty.CARRIED, sources=(dated,)).sources[0].edition == "2017"


def test_a_suspension_that_is_carried_on_names_its_edition() -> None:
    pause = BOOK.suspensions[0]
    undated = tuple(citation.model_copy(update={"edition": ""}) for citation in pause.sources)
    with pytest.raises(ir.RulebookError, match="carried from an earlier edition, but that edition is not named"):
        ir.Suspension(**{**dict(pause), "certainty": ir.Certainty.CARRIED, "sources": undated})


@pytest.mark.parametrize("text", ["2017", "2017-04", "2017-04-30", "not seen", ""])
def test_an_edition_is_a_day_a_month_or_a_year(text: str) -> None:
    assert ir.Citation(source="act", place="section 1", edition=text).edition == text


@pytest.mark.parametrize(
    "text", ["April 2017", "2017-4", "2017-13", "2017-02-30", "17", "2017-04-", "2017W04", "20170401"]
)
def test_anything_else_is_no_edition(text: str) -> None:
    with pytest.raises(ir.RulebookError, match="is not the date of an edition"):
        ir.Citation(source="act", place="section 1", edition=text)


def test_a_citation_has_its_own_edition_or_that_of_its_source() -> None:
    act = ACT.model_copy(update={"edition": "2017-04", "read": "start", "read_on": date(2026, 11, 26)})
    first, own = read_citations([[act.id, "page 8"], [act.id, "page 9", "2024-04-05"]], {act.id: act}, "here")
    assert (first.edition, first.read, first.read_on) == ("2017-04", "start", date(2026, 11, 26))
    assert own.edition == "2024-04-05"
    with pytest.raises(ir.RulebookError, match="is not the date of an edition"):
        read_citations([[act.id, "page 8", "page 9"]], {act.id: act}, "here")


OURS = {"certainty": ir.Certainty.INFERRED}


@pytest.mark.parametrize("gap", ["", " "])
def test_a_row_that_is_inferred_and_names_no_gap_is_refused(gap: str) -> None:
    with pytest.raises(
        ir.RulebookError, match=r"gap: is missing, and an inferred rule needs it .*No source gives the day"
    ):
        rule("one", **OURS, gap=gap)
    with pytest.raises(ir.RulebookError, match="gap: is missing, and an inferred rule needs it"):
        ir.load_rulebook().bank_holidays[-1].model_copy(update={**OURS, "gap": gap})
    assert rule("one", **OURS, gap="No source gives the day.").gap
    assert rule("one", certainty=ir.Certainty.OBSERVED, gap=gap).certainty is ir.Certainty.OBSERVED


def test_the_loader_names_the_file_and_the_row_of_one_that_names_no_gap(tmp_path: Path) -> None:
    folder = tmp_path / "rulebook"
    copytree(str(files("ilacs_rules.rulebook")), folder, ignore=ignore_patterns("*.py", "compiled*", "__pycache__"))
    file = folder / "frameworks" / "area_send.toml"
    text = file.read_text(encoding="utf-8")
    row = next(item for item in BOOK.rules if item.framework == file.name and item.certainty == "inferred")
    before, after = text.split(f'id = "{row.id}"')
    file.write_text(f'{before}id = "{row.id}"{re.sub("(?m)^gap = .*$", "", after, count=1)}', encoding="utf-8")
    with pytest.raises(
        ir.RulebookError, match=f"{file.name}: {row.id}: gap: is missing, and an inferred rule needs it"
    ):
        ir.load_rulebook(folder)
