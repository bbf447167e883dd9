"""Decision tables as files: one for each track, in one form."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from ilacs_rules.errors import UnknownWordError, nearest
from ilacs_rules.files import name_of_file, write_folder
from ilacs_rules.rulebook import Rulebook
from ilacs_rules.values.given import one_of
from ilacs_rules.writing.decisions.dmn import to_dmn
from ilacs_rules.writing.decisions.from_dmn import from_dmn
from ilacs_rules.writing.decisions.page import to_markdown
from ilacs_rules.writing.decisions.spreadsheet import from_csv, to_csv
from ilacs_rules.writing.decisions.table import DecisionTable, decision_tables

__all__ = ["FORMS", "Form", "write_decision_tables"]


class Form(NamedTuple):
    """A way of writing a decision table: the ending of its files, how it is written, and how programs read it back."""

    ending: str
    write: Callable[[DecisionTable], str]
    read: Callable[[str], DecisionTable] | None = None


FORMS = {
    "csv": Form(".csv", to_csv, from_csv),
    "dmn": Form(".dmn", to_dmn, from_dmn),
    "markdown": Form(".md", to_markdown),
}


def write_decision_tables(
    rulebook: Rulebook, folder: str | Path, form: str, *, track: str | None = None
) -> tuple[Path, ...]:
    """Write the decision table of every track, or of one, as ``track.dmn``, ``track.csv`` or ``track.md`` in a folder.

    Args:
        rulebook: where the rules are taken from.
        folder: made where it is missing.
        form: ``dmn``, ``csv`` or ``markdown``.
        track: only the table of this track.

    Returns:
        The files written, in the order of the tracks. They are UTF-8, and their line ends are those of the text.

    Raises:
        UnknownWordError: no such form.
        RulebookError: no such track.
        FileFormatError: the files cannot be written; then none of them was.

    >>> from tempfile import TemporaryDirectory
    >>> from ilacs_rules import load_rulebook
    >>> with TemporaryDirectory() as folder:
    ...     [path.name for path in write_decision_tables(load_rulebook(), folder, "dmn", track="jtai")]
    ['jtai.dmn']
    >>> write_decision_tables(load_rulebook(), "tables", "xml")
    Traceback (most recent call last):
    ilacs_rules.errors.UnknownWordError: form: is not known (found 'xml'; expected one of: csv, dmn, markdown)
    """
    if one_of(form, FORMS) is None:
        raise UnknownWordError("is not known", field="form", value=form, expected=nearest(form, FORMS))
    tables = decision_tables(rulebook, track=track)
    # The id of a track is a word (``rulebook.forms``): no path can be made of it.
    home = Path(name_of_file(folder))
    made = {home / f"{table.track.id}{FORMS[form].ending}": FORMS[form].write(table) for table in tables}
    write_folder(home, made)
    return tuple(made)
