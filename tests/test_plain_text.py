"""Text that others wrote is only text wherever it is shown: a property for each of the four places."""

import csv
import re
from html.parser import HTMLParser
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ilacs_rules as ir
from ilacs_rules.plain_text import (
    address,
    for_html,
    for_markdown,
    for_spreadsheet,
    for_terminal,
    from_spreadsheet,
    lines_for_terminal,
    with_marks,
)

SIGNS = "\x00\x07\x1b\x7f\x9b\r\n\t\v\x85\u2028\u202e\u200b\ud800'\"`<>&|*_~#=+-@[]()\\!:;., aZ0\uff1d\xa0\ufeff"
HOSTILE = st.text(st.one_of(st.sampled_from(SIGNS), st.characters()), max_size=40)


@given(HOSTILE)
def test_a_terminal_gets_one_line_and_no_orders(text: str) -> None:
    shown = for_terminal(text)
    assert shown.isprintable()
    assert len(shown) == len(text)
    assert for_terminal(shown) == shown


@given(HOSTILE)
def test_only_a_line_feed_ends_a_line(text: str) -> None:
    shown = lines_for_terminal(text)
    assert len(shown.splitlines()) <= text.count("\n") + 1
    assert [line.isprintable() for line in shown.split("\n")] == [True] * (text.count("\n") + 1)


@given(HOSTILE)
def test_markdown_shows_text_as_it_stands(text: str) -> None:
    """Nothing in it begins a tag, an entity, a cell, a heading, a list or a line; without its marks it is the text."""
    shown = for_markdown(text)
    assert "\n" not in shown
    assert not re.search(r"(?<!\\)(?:\\\\)*[|`*\[\]~]", shown)
    assert not re.search(r"[<>]|&(?!(?:amp|lt|gt);)", shown)
    assert not re.match(r"[#+=-]|\d{1,9}[.)](\s|$)|\s", shown)
    plain = re.sub(r"\\(.)", r"\1", shown).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert plain == " ".join(for_terminal(text).split())


@given(HOSTILE)
def test_marks_leave_blanks_and_ends_of_lines_alone(text: str) -> None:
    assert re.findall(r"\s", with_marks(text)) == re.findall(r"\s", text)


class _Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@given(HOSTILE)
def test_html_shows_text_as_it_stands(text: str) -> None:
    seen = _Seen()
    seen.feed(f'<p title="{for_html(text)}">{for_html(text)}</p>')
    seen.close()
    assert seen.tags == [("p", {"title": for_terminal(text)})]
    assert seen.text == for_terminal(text)


@given(HOSTILE)
def test_no_cell_is_a_formula_and_each_is_found_again(text: str) -> None:
    shown = for_spreadsheet(text)
    assert from_spreadsheet(shown) == text
    assert shown in (text, f"'{text}")
    assert not shown.lstrip().startswith(("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20"))
    out = StringIO(newline="")
    csv.writer(out).writerow([shown, "next"])
    assert next(csv.reader(StringIO(out.getvalue(), newline=""), strict=True)) == [shown, "next"]


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)", "data:text/html,x", "", "https://", "https://a.example/`x", "file:///etc/passwd",
        "https://a.example/ b", "//a.example", 'https://a.example/"', "https://a.example/\n",
    ],
)  # fmt: skip
def test_only_a_web_address_is_led_to(text: str) -> None:
    assert address(text) == ""


@given(HOSTILE, HOSTILE, HOSTILE)
def test_an_error_is_one_line_whatever_it_speaks_of(field: str, value: str, expected: str) -> None:
    assert str(ir.RecordError("is wrong", field=field, value=value, expected=expected)).isprintable()
