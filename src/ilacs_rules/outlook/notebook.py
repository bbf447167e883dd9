"""Answers as a notebook shows them: a table of HTML, with nothing that needs a style or a script."""

from collections.abc import Sequence

from ilacs_rules.answering.answer import Answer
from ilacs_rules.outlook.groups import GROUPS
from ilacs_rules.outlook.measured import PRACTICE
from ilacs_rules.outlook.summary import first_words, title_of
from ilacs_rules.outlook.terminal import TITLES, caption, cells_of
from ilacs_rules.outlook.value import Seen
from ilacs_rules.plain_text import for_html

__all__ = ["answers_as_html", "html_table", "outlook_as_html"]

_SHOWN = 200


def answers_as_html(answers: Sequence[Answer]) -> str:
    """Answers as a table; of many, the first.

    >>> answers_as_html([])
    '<p>No answers.</p>'
    >>> from datetime import date
    >>> import ilacs_rules as ir
    >>> agency = ir.Provider(type="independent_fostering_agency", name="<b>", registered=date(2024, 1, 31))
    >>> html = answers_as_html(ir.required_activities(agency, as_of=date(2024, 3, 1)))
    >>> "<b>" in html, "&lt;b&gt;" in html
    (False, True)
    """
    if not answers:
        return "<p>No answers.</p>"
    more = len(answers) - _SHOWN
    rest = f"<p>and {more:,} more: to_polars() and to_pandas() give them all</p>" if more > 0 else ""
    return html_table(caption(answers), TITLES, [cells_of(answer) for answer in answers[:_SHOWN]]) + rest


def html_table(title: str, titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of texts, each made harmless.

    >>> html_table("A & B", ["Who"], [["<i>"]])
    '<table><caption>A &amp; B</caption><thead><tr><th scope="col">Who</th></tr></thead><tbody><tr><td>&lt;i&gt;</td>...
    """
    head = "".join(f'<th scope="col">{for_html(each)}</th>' for each in titles)
    body = "".join("<tr>" + "".join(f"<td>{for_html(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><caption>{for_html(title)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def outlook_as_html(outlook: Seen) -> str:
    """An outlook in a notebook: its first words, and what needs attention as a table; of much, the first.

    >>> from datetime import date
    >>> import ilacs_rules as ir
    >>> home = ir.Provider(type="childrens_home", name="A home", registered=date(2024, 1, 31))
    >>> outlook_as_html(ir.outlook(home, as_of=date(2024, 3, 20)))
    '<p><strong>What comes next for A home</strong></p><p>A home: expect a full inspection ...
    """
    said = "".join(f"<p>{for_html(sentence)}</p>" for sentence in first_words(outlook))
    rows = [
        [
            GROUPS[row.group].title,
            *cells_of(row.answer),
            *([row.measured.briefly if row.measured else ""] if outlook.practice else []),
        ]
        for row in outlook.rows[:_SHOWN]
    ]
    more = len(outlook.rows) - len(rows)
    rest = f"<p>and {more:,} more: to_html() makes a report of them all</p>" if more > 0 else ""
    table = html_table(
        "What needs attention, soonest first",
        ("Needs attention", *TITLES, *([PRACTICE] if outlook.practice else [])),
        rows,
    )
    return f"<p><strong>{for_html(title_of(outlook))}</strong></p>{said}{table}{rest}"
