"""The page put together: templates, style, script and picture in one file that may run nothing else."""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from typing import Any

from ilacs_rules.dates import in_full
from ilacs_rules.outlook.frames import needed
from ilacs_rules.outlook.measured import PRACTICE, evidence_of_all
from ilacs_rules.outlook.page.shown import glossary, line_of, shared_notes, shown_of
from ilacs_rules.outlook.picture.drawing import STYLE, WIDTH, blocks, describe, key, patterns
from ilacs_rules.outlook.reasons import reasons_of
from ilacs_rules.outlook.summary import counts, first_words, left_out, provenance, title_of
from ilacs_rules.outlook.value import Seen
from ilacs_rules.plain_text import for_terminal
from ilacs_rules.practice import HONESTY

__all__ = ["IN_PLACE", "environment", "to_html"]

IN_PLACE = 100
"""Up to so many subjects, each says its reasons in full where they stand; of more, it points to the list of reasons."""

_SHARED = 20
"""A note that so many subjects have in common is given once, and by its number."""


def to_html(outlook: Seen) -> str:
    """The outlook as one HTML file.

    Raises:
        MissingExtraError: Jinja2 is not installed.

    >>> from datetime import date
    >>> import ilacs_rules as ir
    >>> home = ir.Provider(type="childrens_home", name="A <b> home", registered=date(2024, 1, 31))
    >>> html = to_html(ir.outlook(home, as_of=date(2024, 3, 20)))
    >>> html.startswith("<!doctype html>"), "<b> home" in html, "A &lt;b&gt; home" in html
    (True, False, True)
    """
    reasons, in_place = reasons_of(outlook), len(outlook.subjects) <= IN_PLACE
    shared = {} if in_place else shared_notes(outlook, _SHARED)
    style, script = _text("report.css") + STYLE, _text("report.js")
    whole = environment().get_template("report.html")
    return str(
        whole.render(
            title=title_of(outlook),
            asked=in_full(outlook.as_of),
            style=style,
            script=script,
            policy=f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'",
            sentences=first_words(outlook),
            left_out=left_out(outlook),
            counts=counts(outlook),
            lines=[line_of(row, reasons) for row in outlook.rows],
            subjects=[shown_of(outlook, place, reasons, shared) for place in _by_name(outlook)],
            in_place=in_place,
            practice=PRACTICE if outlook.practice else "",
            honesty=HONESTY,
            evidence=evidence_of_all(each for item in outlook.subjects for each in item.measured),
            one=len(outlook.subjects) == 1 and not outlook.not_answered,
            notes=shared,
            reasons=reasons.values(),
            glossary=tuple(glossary()),
            not_answered=outlook.not_answered,
            not_read=outlook.not_read,
            provenance=provenance(outlook),
            **_timeline(outlook),
        )
    )


def _timeline(outlook: Seen) -> dict[str, object]:
    """What the page shows of the picture."""
    return {
        "blocks": tuple(blocks(outlook)),
        "key": key(outlook),
        "patterns": patterns(),
        "width": WIDTH,
        "described": describe(outlook),
    }


def _by_name(outlook: Seen) -> list[int]:
    subjects = outlook.subjects
    return sorted(range(len(subjects)), key=lambda place: (subjects[place].subject.name.casefold(), place))


@cache
def environment() -> Any:
    """What fills the templates of the page, which makes every text harmless.

    Raises:
        MissingExtraError: Jinja2 is not installed.

    >>> environment().from_string("{{ it }}").render(it="<b>")
    '&lt;b&gt;'
    """
    jinja2 = needed("jinja2", "outlook")
    return jinja2.Environment(
        loader=jinja2.PackageLoader("ilacs_rules.outlook", "page"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_plain,
    )


def _plain(value: object) -> object:
    """Text from a file without what could steer whoever shows it; what the library marked as safe stays as it is."""
    return for_terminal(value) if type(value) is str else value


def _text(name: str) -> str:
    """A part that goes into the page as it stands."""
    templates = environment()
    source: str = templates.loader.get_source(templates, name)[0]
    return source


def _hash(text: str) -> str:
    """What a content security policy calls a style or a script that may run."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
