"""The timeline as an Altair chart, for notebooks: what was done, what is to come, and the day asked about."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from ilacs_rules.answering.explain import CERTAINTY_MEANS, STRENGTH_MEANS
from ilacs_rules.dates import add_months
from ilacs_rules.errors import RecordError
from ilacs_rules.outlook.frames import needed
from ilacs_rules.outlook.layout import KEPT
from ilacs_rules.outlook.measured import PRACTICE
from ilacs_rules.outlook.picture.subjects import LETTERS
from ilacs_rules.outlook.summary import title_of
from ilacs_rules.outlook.value import Row, Seen
from ilacs_rules.outlook.words import activity_in_words, capital, standing, window_short
from ilacs_rules.vocabulary import OwedBy

__all__ = ["to_chart"]

_HEIGHTS = (15, 9, 4)
_DASHES = ([1, 0], [10, 2], [6, 3], [3, 3], [1, 3])
_FILLS = ("#1d70b8", "#5694ca", "#a4c6e3", "#d8e7f3", "#ffffff")
_COLOUR = "#1d70b8"
_MOST = 1000
"""Subjects in one chart: their rows are 26,000 pixels high."""


def to_chart(outlook: Seen) -> Any:
    """An Altair chart, with a row for each subject and what the inspectorate owes.

    One subject alone has a row for each activity.

    Letters are grades, and dots are other events. Bars are windows. A firm requirement has a high bar. The better it is
    known, the fuller the bar and the more complete its outline. The red line is the day you asked about.

    Raises:
        RecordError: there are more than 1,000 subjects. A notebook would take half a minute to draw them, and nobody
            could read them.
        MissingExtraError: Altair is not installed.

    >>> from datetime import date
    >>> import ilacs_rules as ir
    >>> home = ir.Provider(type="childrens_home", name="A home", registered=date(2024, 1, 31))
    >>> chart = to_chart(ir.outlook(home, as_of=date(2024, 3, 20)))
    >>> [bar["closes"] for bar in chart.to_dict()["datasets"]["windows"]]
    ['2024-09-30']
    """
    if (count := len(outlook.subjects)) > _MOST:
        expected = f"{_MOST:,} or fewer, such as one region; to_svg() and to_html() draw any number"
        raise RecordError("are too many subjects for one chart", field="subjects", value=count, expected=expected)
    alt = needed("altair", "charts")
    names = _names(outlook)
    row = alt.Y("row:N", title=None, sort=list(dict.fromkeys(names)), axis=alt.Axis(labelLimit=260))
    asked = alt.Chart(alt.NamedData("asked")).mark_rule(color="#d4351c", strokeWidth=2).encode(x="day:T")
    layers = (_windows_drawn(row, alt), *_events_drawn(row, alt), _practice_drawn(row, alt), asked)
    data = {
        "windows": list(_windows(outlook, names)),
        "events": list(_events(outlook, names)),
        "practice": list(_practice(outlook, names)),
        "asked": [{"day": outlook.as_of.isoformat()}],
    }
    chart = alt.layer(*layers).properties(title=title_of(outlook), width=720, height=alt.Step(26))
    chart.datasets = data
    return chart


def _tooltips(alt: Any, *fields: str) -> list[Any]:
    return [alt.Tooltip(f"{name}:N", title=capital(name)) for name in fields]


def _windows_drawn(row: Any, alt: Any) -> Any:
    windows = alt.Chart(alt.NamedData("windows")).mark_bar(stroke=_COLOUR, strokeWidth=1.5, opacity=1)
    return windows.encode(
        x=alt.X("opens:T", title=None),
        x2="closes:T",
        y=row,
        yOffset=alt.YOffset("lane:O"),
        size=_scaled(alt.Size, "strength", STRENGTH_MEANS, _HEIGHTS, alt),
        strokeDash=_scaled(alt.StrokeDash, "certainty", CERTAINTY_MEANS, _DASHES, alt),
        fill=_scaled(alt.Fill, "certainty", CERTAINTY_MEANS, _FILLS, alt),
        tooltip=_tooltips(alt, "subject", "what", "when", "stands", "firmly"),
    )


def _events_drawn(row: Any, alt: Any) -> tuple[Any, Any]:
    told = _tooltips(alt, "subject", "what", "when", "judged")
    events = alt.Chart(alt.NamedData("events")).encode(x=alt.X("day:T", title=None), y=row, tooltip=told)
    return (
        events.transform_filter("datum.letter != ''").mark_text(fontWeight="bold").encode(text="letter:N"),
        events.transform_filter("datum.letter == ''").mark_point(filled=True, color="#505a5f", size=25),
    )


def _practice_drawn(row: Any, alt: Any) -> Any:
    """A dotted line instead of a bar, because a forecast is not a window."""
    told = [alt.Tooltip("subject:N"), alt.Tooltip("seen:N", title=PRACTICE)]
    line = alt.Chart(alt.NamedData("practice")).mark_rule(color="#505a5f", strokeDash=[2, 2], strokeWidth=2)
    return line.encode(x="first:T", x2="last:T", y=row, tooltip=told)


def _scaled(channel: Any, field: str, means: dict[Any, str], steps: Any, alt: Any) -> Any:
    domain = [word.value for word in means]
    title = "How firmly" if field == "strength" else "How well known"
    return channel(f"{field}:N", title=title, scale=alt.Scale(domain=domain, range=list(steps)))


def _names(outlook: Seen) -> list[str]:
    """What each subject's row is called: its name, and its number too where the name alone is not its own."""
    names = [item.subject.name for item in outlook.subjects]
    many = Counter(names)
    return [
        f"{name} ({item.subject.urn})" if many[name] > 1 and item.subject.urn else name
        for name, item in zip(names, outlook.subjects, strict=True)
    ]


def _windows(outlook: Seen, names: list[str]) -> Iterator[dict[str, object]]:
    """The windows that have a day; those of one subject that lie over one another are in lanes of their own."""
    alone = len(outlook.subjects) == 1
    lanes: dict[int, list[date]] = {}
    for row, opens, closes in sorted(_dated(outlook), key=lambda item: item[1:]):
        if alone or row.answer.owed_by is OwedBy.INSPECTORATE:
            ends = lanes.setdefault(row.place, [])
            lane = 0 if alone else next((place for place, end in enumerate(ends) if end < opens), len(ends))
            ends[lane : lane + 1] = [closes]
            days = {"opens": opens.isoformat(), "closes": closes.isoformat(), "lane": lane}
            yield {**_said(row, outlook, names), **days}


def _practice(outlook: Seen, names: list[str]) -> Iterator[dict[str, str]]:
    """Where eight in ten of others like it were seen to begin their next inspection, on the row of the subject."""
    for name, item in zip(names, outlook.subjects, strict=True):
        for each in item.measured[:1]:
            if each.most:
                days = {"first": each.most.first.isoformat(), "last": each.most.last.isoformat()}
                yield {"row": name, "subject": name, "seen": each.sentences[0], **days}


def _dated(outlook: Seen) -> Iterator[tuple[Row, date, date]]:
    """A window without a first day begins on the day asked about.

    One without a last day goes on to its nominal day, or to the day asked if that has passed. Without a nominal day it
    goes on for five years.
    """
    for row in (*outlook.rows, *outlook.may):
        window = row.answer.window
        opens = window.opens or (outlook.as_of if window.closes else window.due)
        nominal = max(window.due, outlook.as_of) if window.due and window.opens else window.due
        closes = window.closes or nominal or (add_months(outlook.as_of, 60) if window.opens else None)
        if opens and closes:
            yield row, min(opens, closes), max(opens, closes)


def _said(row: Row, outlook: Seen, names: list[str]) -> dict[str, str]:
    answer, name = row.answer, names[row.place]
    what = capital(activity_in_words(answer))
    return {
        "row": what if len(outlook.subjects) == 1 else name,
        "subject": name,
        "what": what,
        "when": window_short(answer.window).replace(KEPT, " "),
        "stands": standing(answer),
        "firmly": f"{answer.strength.value}, {answer.certainty.value}",
        "strength": answer.strength.value,
        "certainty": answer.certainty.value,
    }


def _events(outlook: Seen, names: list[str]) -> Iterator[dict[str, str]]:
    for name, history in zip(names, outlook.histories, strict=True):
        for done in history:
            yield {
                "row": name,
                "subject": name,
                "day": done.day.isoformat(),
                "what": done.what,
                "when": done.when,
                "judged": done.judged,
                "letter": LETTERS.get(done.overall, ""),
            }
