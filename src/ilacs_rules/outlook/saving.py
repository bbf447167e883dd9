"""The outlook into files: the ending of a name says the shape, and all are written whole or none is."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from ilacs_rules.errors import FileFormatError, nearest
from ilacs_rules.files import can_be_written, name_of_file, read_bytes, write_all
from ilacs_rules.outlook.diary import to_ics
from ilacs_rules.outlook.markdown import to_markdown
from ilacs_rules.outlook.page.rendering import to_html
from ilacs_rules.outlook.picture.drawing import to_svg
from ilacs_rules.outlook.value import Seen
from ilacs_rules.outlook.workbook import to_xlsx

__all__ = ["SHAPES", "check_names", "save"]

_Made = Callable[[Seen], str | bytes]

SHAPES: Mapping[str, _Made] = {
    ".html": to_html,
    ".xlsx": to_xlsx,
    ".ics": to_ics,
    ".svg": to_svg,
    ".md": to_markdown,
    ".json": lambda outlook: outlook.model_dump_json(),
}
"""What is made for each ending of a name."""


def save(
    outlook: Seen, paths: Iterable[str | Path], *, told: Callable[[Path], None] = lambda _: None
) -> tuple[Path, ...]:
    """Write an outlook to files, each in the shape that the ending of its name says.

    A calendar that is there already is taken as the one given out before: what did not change in it stays as it was.

    Args:
        outlook: what is written.
        paths: the names; ``SHAPES`` has the endings.
        told: told of each file before its content is made, for whoever shows progress.

    Raises:
        FileFormatError: a name has none of the endings, stands twice or cannot be written; then nothing was written.
        MissingExtraError: the extra ``outlook`` is needed for one of them and not installed.

    >>> from datetime import date
    >>> from tempfile import TemporaryDirectory
    >>> import ilacs_rules as ir
    >>> home = ir.Provider(type="childrens_home", name="A home", registered=date(2024, 1, 31))
    >>> seen = ir.outlook(home, as_of=date(2024, 3, 20))
    >>> with TemporaryDirectory() as folder:
    ...     [path.name for path in save(seen, [f"{folder}/outlook.md", f"{folder}/outlook.svg"])]
    ['outlook.md', 'outlook.svg']
    >>> save(seen, ["outlook.pdf"])
    Traceback (most recent call last):
    ilacs_rules.errors.FileFormatError: outlook.pdf: is not a kind of file that can be made (found '.pdf'; ...
    """
    places = check_names(paths)
    files: dict[Path, str | bytes] = {}
    for place in places:
        told(place)
        if place.suffix.casefold() == ".ics" and place.is_file():
            files[place] = _moved_on(outlook, place)
        else:
            files[place] = SHAPES[place.suffix.casefold()](outlook)
    write_all(files)
    return places


def _moved_on(outlook: Seen, place: Path) -> bytes:
    """The calendar that takes the place of the one in a file."""
    try:
        return to_ics(outlook, before=read_bytes(place))
    except FileFormatError as error:
        raise FileFormatError(error.problem, field=str(place), expected=error.expected) from None


def check_names(paths: Iterable[str | Path]) -> tuple[Path, ...]:
    """The names as paths, once it is sure that each can be written.

    Raises:
        FileFormatError: as for ``save``.

    >>> check_names(["a.md", "./a.md"])
    Traceback (most recent call last):
    ilacs_rules.errors.FileFormatError: a.md: appears twice (expected a different name for each file)
    """
    places = tuple(Path(name_of_file(path)) for path in paths)
    seen: set[Path] = set()
    for place in places:
        ending = place.suffix.casefold()
        if ending not in SHAPES:
            raise FileFormatError(
                "is not a kind of file that can be made",
                field=str(place),
                value=ending,
                expected=nearest(ending, SHAPES),
            )
        if place.absolute() in seen:
            raise FileFormatError("appears twice", field=str(place), expected="a different name for each file")
        seen.add(can_be_written(place).absolute())
    return places
