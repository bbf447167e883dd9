"""``python -m ilacs_rules.export docs``: write the register and the schemas below a folder."""

import sys
from pathlib import Path

from ilacs_rules.errors import IlacsRulesError
from ilacs_rules.export import write_pages, write_schemas
from ilacs_rules.rulebook import load_rulebook


def main(arguments: list[str]) -> int:
    """Write ``rules/`` and ``schemas/`` below the one folder given; 0 when done, 2 when it cannot be."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        sys.stderr.write("usage: python -m ilacs_rules.export FOLDER  (writes FOLDER/rules and FOLDER/schemas)\n")
        return 2
    home = Path(arguments[0])
    try:
        written = (*write_pages(load_rulebook(), home / "rules"), *write_schemas(home / "schemas"))
    except (IlacsRulesError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(f"{len(written)} files written below {home}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
