"""Which edition of a source was read, and what the answer says of it."""

import re
from datetime import date
from urllib.parse import urlsplit

import pytest

import ilacs_rules as ir
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
    """How much of it was read, and on which day; its edition, wherever the text bears one date."""
    assert not [source.id for source in BOOK.sources if not (source.read and source.read_on)]
    dated = [source for source in BOOK.sources if re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", source.dated)]
    assert len(dated) > 50
    assert not [source.id for source in dated if not source.edition]


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
    with pytest.raises(ir.RulebookError, match="carried on from an edition that is not named"):
        rule("one", certainty=ir.Certainty.CARRIED)
    cited = ir.Citation(source="act", place="section 1", edition="2017")
    assert rule("one", certainty=ir.Certainty.CARRIED, sources=(cited,)).sources[0].edition == "2017"


def test_a_suspension_that_is_carried_on_names_its_edition() -> None:
    pause = BOOK.suspensions[0]
    undated = tuple(citation.model_copy(update={"edition": ""}) for citation in pause.sources)
    with pytest.raises(ir.RulebookError, match="carried on from an edition that is not named"):
        ir.Suspension(**{**dict(pause), "certainty": ir.Certainty.CARRIED, "sources": undated})


@pytest.mark.parametrize("text", ["2017", "2017-04", "2017-04-30", ""])
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


def test_a_rule_that_is_inferred_names_its_gap() -> None:
    """What no source says stands beside the reading that was chosen."""
    assert not [rule.id for rule in BOOK.rules if rule.certainty is ir.Certainty.INFERRED and not rule.gap]
