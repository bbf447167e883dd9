"""What the page in the browser asks of the library: one call for each question, with plain values in and out.

The page runs this module in Python in the browser; it has no rule, no format and no wording of an answer of its own.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any, cast

from jinja2 import ChoiceLoader, DictLoader
from web.columns import columns_of, offered, opens_as_it_is, profile_as_said, profiles_of
from web.labels import without_codes
from web.lines import lines_for_file, lines_for_record
from web.refused import as_boxes_are_called, refused

import ilacs_rules as ir
from ilacs_rules.answering.explain import STRENGTH_MEANS, how_certain
from ilacs_rules.dates import add_months, in_full
from ilacs_rules.outlook.making import made
from ilacs_rules.outlook.page.rendering import environment
from ilacs_rules.outlook.page.shown import shown_of
from ilacs_rules.outlook.picture.drawing import WIDTH, blocks, describe, key, patterns
from ilacs_rules.outlook.reasons import cited, reasons_of
from ilacs_rules.outlook.saving import SHAPES
from ilacs_rules.outlook.words import capital, kind_in_words
from ilacs_rules.reading.catalogue import read_format
from ilacs_rules.reading.opening.text import decode
from ilacs_rules.reading.suggesting.saved import saved
from ilacs_rules.rulebook.day_words import day_in_words
from ilacs_rules.vocabulary import in_words

__all__ = ["Page"]

Told = Callable[[int, int], object]
"""Told how many subjects are done, and of how many."""

_AHEAD = 60
"""So many months after the last day on record the day can be moved."""
_EACH = 50
"""After so many subjects the page is told how far it has come."""


class Page:
    """What was given to the page, and every question that it can ask of it.

    A question gives a dictionary of texts and numbers. What the library refuses is given back as ``{"error": …}``, in
    its own words.
    """

    def __init__(self, templates: str) -> None:
        theirs = environment()
        self._templates: Any = theirs.overlay(
            loader=ChoiceLoader([DictLoader({"asked.html": templates}), theirs.loader])
        )
        self._given = ir.Published(subjects=(), problems=(), sheets=())
        self._names: tuple[str, ...] = ()
        self._said: Mapping[str, Mapping[str, Any]] = {}
        self._profiles: Mapping[str, str] = {}
        self._asked_of = ""
        self._seen: dict[tuple[str, int | None], ir.Outlook] = {}

    def ask(self, question: str, told: Told, **what: Any) -> dict[str, Any]:
        """Put a question, by the name of a method below."""
        try:
            return cast("dict[str, Any]", getattr(self, question)(told=told, **what))
        except ir.IlacsRulesError as error:
            form = question != "read"
            file = _where(error, what["files"]) if question == "read" else ""
            faults = [refused(fault, form=form, file=file) for fault in error.faults]
            return {"error": faults, **(self._offered(error, **what) if question == "read" else {})}

    def _offered(
        self,
        error: ir.IlacsRulesError,
        files: Sequence[tuple[str, bytes]],
        said: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> dict[str, Any]:
        """Beside a refusal: the columns of the next file that a person can explain, and how many others need it too.

        First comes a file of which something was said that cannot be, then each of which nothing is said yet.
        """
        given = {name: data for name, data in files if not name.endswith(".toml")}
        wrong = [name for name in said or () if self._asked_of == name or _named_in(error, name)]
        if len(given) == 1 and len(files) == 1:
            unknown = [*given]
        else:
            told = {*(said or ()), *self._profiles}
            unknown = [name for name in given if name not in told and not opens_as_it_is(_named(name, given[name]))]
        ask = list(dict.fromkeys([*wrong, *unknown]))
        found = columns_of(_named(ask[0], given[ask[0]])) if ask else None
        return {"columns": offered(found), "file": ask[0], "others": ask[1:]} if found else {}

    def read(
        self,
        *,
        files: Sequence[tuple[str, bytes]],
        told: Told,  # noqa: ARG002
        said: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> dict[str, Any]:
        """Read files as one record; those whose names end in ``.toml`` are profiles of others.

        ``said`` is what was chosen on the page, by the name of the file that it is about.
        """
        self._asked_of, self._profiles = "", {}
        forms = {
            name: read_format(decode(bytes(data), name, fallback=False)[0], name)
            for name, data in files
            if name.endswith(".toml")
        }
        others = {name: _named(name, data) for name, data in files if not name.endswith(".toml")}
        self._profiles = profiles = dict(profiles_of(others, forms))
        by_file = {file: forms[name] for file, name in profiles.items()}
        for name, choice in (said or {}).items():
            self._asked_of = name
            by_file[name] = profile_as_said(others[name], choice)
        self._asked_of = ""
        for file in others.values():
            file.seek(0)
        took = self._took(ir.read(others.values(), format=by_file or None), tuple(others))
        self._said, self._profiles = said or {}, profiles
        return took

    def profile(self, *, files: Sequence[tuple[str, bytes]], said: Mapping[str, Any], told: Told) -> dict[str, Any]:  # noqa: ARG002
        """What was said of each file, as a profile that can be kept and dropped beside it."""
        data = dict(files)
        texts = {name: saved(profile_as_said(_named(name, data[name]), choice)) for name, choice in said.items()}
        return {"profiles": [[f"{name.rpartition('.')[0] or name}.toml", text] for name, text in texts.items()]}

    def record(self, *, record: Mapping[str, Any], told: Told) -> dict[str, Any]:  # noqa: ARG002
        """Take one subject, as the form describes it."""
        kind = ir.LocalAuthority if record["type"] == "local_authority" else ir.Provider
        return self._took(ir.Published(subjects=(kind(**record),), problems=(), sheets=()), ())

    def _took(self, given: ir.Published, names: tuple[str, ...]) -> dict[str, Any]:
        self._given, self._names, self._seen = given, names, {}
        self._said, self._profiles = {}, {}
        return {
            "subjects": [_called(subject) for subject in given.subjects],
            "sheets": [sheet.model_dump(mode="json") for sheet in given.sheets],
            "kinds": [str(kind) for kind in given.problems_by_kind()],
            "problems": [str(problem) for problem in given.problems],
        }

    def days(self, *, place: int, told: Told) -> dict[str, Any]:  # noqa: ARG002
        """How far the day can be moved: from the first event on record to some years after the last."""
        events = self._given.subjects[place].events
        days = [day for event in events for day in (event.started, event.ended, event.published) if day]
        return {"first": str(min(days)), "last": str(add_months(max(days), _AHEAD))} if days else {}

    def _outlook(self, as_of: str, place: int | None, told: Told) -> ir.Outlook:
        asked = (as_of, place)
        if asked not in self._seen:
            # Only the last whole outlook is kept: one of a register takes room.
            self._seen = {known: seen for known, seen in self._seen.items() if known[1] is None and place is not None}
            subjects = self._given if place is None else self._given.subjects[place]
            self._seen[asked] = made(subjects, as_of=as_of, through=lambda many: _counted(many, told))
        return self._seen[asked]

    def report(self, *, as_of: str, told: Told) -> dict[str, Any]:
        """The report of everything that was given, as ``ilacs-rules report`` writes it."""
        return {"html": self._outlook(as_of, None, told).to_html()}

    def subject(self, *, place: int, as_of: str, told: Told) -> dict[str, Any]:
        """What is asked of one subject on a day: what is due, why, and its timeline."""
        seen = self._outlook(as_of, place, told)
        if seen.not_answered:
            return {"html": self._filled("refused", words=as_boxes_are_called(seen.not_answered[0].error.message))}
        shown = shown_of(seen, 0, reasons_of(seen), {})
        picture = {"blocks": tuple(blocks(seen)), "key": key(seen), "patterns": patterns(), "width": WIDTH}
        html = self._filled("subject", shown=shown, described=describe(seen), **picture, day=in_full(seen.as_of))
        likely = [row.answer.activity.value for row in seen.rows]
        return {"html": html, "likely": likely}

    def why_not(self, *, place: int, as_of: str, word: str, told: Told) -> dict[str, Any]:  # noqa: ARG002
        """Why something is not what comes next: each rule that asks for it, and what stands against it."""
        subject = self._given.subjects[place]
        tried = ir.next_activity(subject, as_of=as_of).why_not(word)
        return {
            "html": self._filled("why_not", what=in_words(ir.Activity(word)), tried=tried, day=in_full(tried.as_of))
        }

    def what_would_change(self, *, place: int, as_of: str, told: Told) -> dict[str, Any]:  # noqa: ARG002
        """What would change the answer: days to come, and single changes to the record."""
        changes = ir.what_would_change(self._given.subjects[place], as_of=as_of)
        return {"html": self._filled("changes", changes=changes, until=in_full(changes.until))}

    def rule(self, *, rule: str, told: Told) -> dict[str, Any]:  # noqa: ARG002
        """A rule with its sources."""
        book = ir.load_rulebook()
        found = book.rule(rule)
        return {
            "html": self._filled(
                "rule",
                rule=found,
                firmly=STRENGTH_MEANS[found.strength],
                certainty=how_certain(found),
                kinds=[kind_in_words(kind) for kind in found.applies_to],
                first=in_full(found.first),
                last=in_full(found.last) if found.last else "",
                activity=in_words(found.activity),
                conditions=[capital(str(condition)) for condition in found.when],
                days=[
                    (title, capital(day_in_words(text)))
                    for title, text in (("Opens", found.opens), ("Nominally due", found.due), ("Closes", found.closes))
                    if text
                ],
                readings=book.readings_of(found),
                sources=tuple(cited(found.sources)),
                version=f"{book.version}, {book.fingerprint[:12]}",
            )
        }

    def take(self, *, ending: str, as_of: str, place: int | None, told: Told) -> dict[str, Any]:
        """A file to take away: the outlook in the shape of that ending."""
        content = SHAPES[ending](self._outlook(as_of, place, told))
        return {"content": content if isinstance(content, bytes) else content.encode()}

    def case(self, *, place: int | None, told: Told) -> dict[str, Any]:  # noqa: ARG002
        """The records themselves as JSON, which ``ilacs_rules.read`` and this page read again."""
        subjects = self._given.subjects if place is None else (self._given.subjects[place],)
        written = [_as_json(subject) for subject in subjects]
        return {"content": json.dumps(written if place is None else written[0], indent=2, ensure_ascii=False).encode()}

    def record_of(self, *, place: int, told: Told) -> dict[str, Any]:  # noqa: ARG002
        """One record, for the form."""
        return {"record": json.loads(json.dumps(_as_json(self._given.subjects[place])))}

    def lines(self, *, as_of: str, place: int, told: Told) -> dict[str, Any]:  # noqa: ARG002
        """The lines of Python that give the same answer."""
        subject = self._given.subjects[place]
        if not self._names:
            return {"text": lines_for_record(subject, as_of)}
        of = lines_for_file(self._names, self._given.subjects, place, as_of, said=self._said, profiles=self._profiles)
        return {"text": of}

    def _filled(self, part: str, **values: Any) -> str:
        filled: str = self._templates.get_template("asked.html").render(part=part, **values)
        return filled if part == "rule" else without_codes(filled)


def _where(error: ir.IlacsRulesError, files: Sequence[tuple[str, bytes]]) -> str:
    """The file that holds a record which cannot be right: the words of such a fault name a place in it alone."""
    if not isinstance(error, ir.RecordError):
        return ""
    for name, data in files:
        try:
            ir.read(_named(name, data))
        except ir.RecordError:
            return name
        except ir.IlacsRulesError:
            continue
    return ""


def _named_in(error: ir.IlacsRulesError, name: str) -> bool:
    return any(fault.field.startswith(name) for fault in error.faults)


def _named(name: str, data: bytes) -> BytesIO:
    file = BytesIO(bytes(data))
    file.name = name
    return file


def _called(subject: ir.Subject) -> dict[str, str]:
    return {
        "name": subject.name,
        "urn": subject.urn,
        "kind": kind_in_words(str(subject.type)),
        "type": str(subject.type),
    }


def _as_json(subject: ir.Subject) -> dict[str, Any]:
    return {"type": str(subject.type), **subject.model_dump(mode="json", exclude_defaults=True)}


def _counted(subjects: Iterable[ir.Subject], told: Told) -> Iterator[ir.Subject]:
    many = tuple(subjects)
    for done, subject in enumerate(many):
        if done % _EACH == 0:
            told(done, len(many))
        yield subject
