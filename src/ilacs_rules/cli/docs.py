"""``python -m ilacs_rules.cli.docs docs``: write the register, the schemas and the snapshot below a folder."""

import sys
from pathlib import Path

from ilacs_rules.cli.printed import PRINTED
from ilacs_rules.errors import IlacsRulesError
from ilacs_rules.rulebook import load_rulebook
from ilacs_rules.writing import fingerprint_of, snapshot, write_pages, write_schemas, write_snapshot


def main(arguments: list[str]) -> int:
    """Write ``rules/``, ``schemas/`` and ``snapshot/`` below a folder; 0 when done, 2 when it cannot be.

    With ``--release``: ``snapshot/released/``, against which later changes are held, and its fingerprint.
    """
    release, folders = "--release" in arguments, [text for text in arguments if text != "--release"]
    if len(folders) != 1 or folders[0].startswith("-"):
        sys.stderr.write(
            "usage: python -m ilacs_rules.cli.docs [--release] FOLDER\n"
            "  writes FOLDER/rules, FOLDER/schemas and FOLDER/snapshot/now, or FOLDER/snapshot/released\n"
        )
        return 2
    home, book = Path(folders[0]), load_rulebook()
    try:
        if release:
            written = write_snapshot(book, home / "snapshot" / "released")
            sys.stdout.write(f"Snapshot `{fingerprint_of(snapshot(book))}`.\n")
        else:
            pages = write_pages(book, home / "rules")
            written = (
                *pages,
                *write_schemas(home / "schemas", PRINTED),
                *write_snapshot(book, home / "snapshot" / "now"),
            )
    except IlacsRulesError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(f"{len(written)} files written below {home}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
