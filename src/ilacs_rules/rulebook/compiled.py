"""The shipped rulebook in the form that is quick to read, made when the package is built.

Reading the TOML and proving it takes a third of a second, and is the same every time. So the build reads and proves it
once, and writes ``compiled.json``. Its key is made of the hash of every TOML file and that of the compiled text. Where
either has changed, or the file is not there, the TOML is read and proved as ever.
"""

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from ilacs_rules.rulebook.book import Rulebook
from ilacs_rules.rulebook.draft import PROVED

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["read", "write"]

_BOOK, _KEY = "compiled.json", "compiled.key"


def read(folder: "Traversable | Path") -> Rulebook | None:
    """The compiled rulebook of a folder. ``None`` if there is none, or if it was made from other files."""
    try:
        text, key = (folder / _BOOK).read_bytes(), (folder / _KEY).read_text(encoding="utf-8")
    except (OSError, ValueError):  # it is not there, or no text
        return None
    return Rulebook.model_validate_json(text, context=PROVED) if key == _key_of(folder, text) else None


def write(folder: Path, book: Rulebook) -> tuple[Path, Path]:
    """Write a proved rulebook beside the files that it was read from."""
    from ilacs_rules.files import write_all  # noqa: PLC0415 - only the build writes

    text = book.model_dump_json().encode()
    write_all({folder / _BOOK: text, folder / _KEY: _key_of(folder, text)})
    return folder / _BOOK, folder / _KEY


def _key_of(folder: "Traversable | Path", text: bytes) -> str:
    files = sorted((*folder.iterdir(), *(folder / "frameworks").iterdir()), key=lambda item: item.name)
    hashes = [sha256(item.read_bytes()).hexdigest() for item in files if item.name.endswith(".toml")]
    return sha256("\n".join([*hashes, sha256(text).hexdigest()]).encode()).hexdigest()
