"""The command line: ``ilacs-rules``. An optional extra; this module can be imported without it."""

import gc
import sys

from ilacs_rules.errors import MissingExtraError

__all__ = ["main"]


def main() -> None:
    """Run the command line, or say how to install what it needs and leave with code 2.

    >>> import pytest
    >>> with pytest.MonkeyPatch.context() as patch, pytest.raises(SystemExit, match="0"):
    ...     patch.setattr(sys, "argv", ["ilacs-rules", "--version"])
    ...     main()
    ilacs-rules, version ...
    """
    try:
        _run()
    except KeyboardInterrupt:  # while it was still being imported: there is nothing to clear up
        sys.exit(130)


def _run() -> None:
    try:
        from ilacs_rules.cli.commands import cli  # noqa: PLC0415 - click and rich may not be there
        from ilacs_rules.cli.leaving import run  # noqa: PLC0415 - only a run of the command needs it
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("click", "rich"):
            raise
        missing = MissingExtraError("ilacs-rules needs its command-line extra: pip install 'ilacs-rules[cli]'")
        sys.stderr.write(f"{missing}\n")
        sys.exit(2)
    # Python searches all that it holds for cycles again and again; a program that is over in seconds holds few.
    gc.set_threshold(100_000, 50, 1_000)
    run(lambda: cli(prog_name="ilacs-rules"))
