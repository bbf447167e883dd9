"""``python -m ilacs_rules.testing.laws``: run every law against the shipped rulebook, or against one in a folder."""

import sys

from ilacs_rules.errors import IlacsRulesError
from ilacs_rules.files import write_whole
from ilacs_rules.rulebook import load_rulebook
from ilacs_rules.testing.laws import LAWS, guide, run_all

_USAGE = (
    "usage: python -m ilacs_rules.testing.laws [FOLDER | --guide FILE]"
    "  (a rulebook's folder; or where to write the guide)\n"
)


def main(arguments: list[str]) -> int:
    """Print every verdict, or write the guide; 0 when all hold, 1 when one is broken, 2 when it cannot be done."""
    try:
        if arguments[:1] == ["--guide"] and len(arguments) == 2:
            write_whole(arguments[1], guide.page(LAWS))
            return 0
        if len(arguments) > 1 or any(argument.startswith("-") for argument in arguments):
            sys.stderr.write(_USAGE)
            return 2
        verdicts = run_all(load_rulebook(*arguments))
    except IlacsRulesError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.writelines(f"{verdict}\n" for verdict in verdicts)
    return 0 if all(verdict.held for verdict in verdicts) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
