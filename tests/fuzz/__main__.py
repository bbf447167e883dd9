"""``python -m fuzz``: go on for as long as asked, and say what was tried."""

import argparse
import os
import sys
import tempfile

from fuzz import commands, running, targets
from ilacs_rules.errors import in_text


def _say(*lines: str) -> None:
    for line in lines:
        sys.stdout.write(f"{line.encode('ascii', 'backslashreplace').decode()}\n")
    sys.stdout.flush()


def main() -> int:
    """What the command line asks for; 1 where anything was found."""
    parser = argparse.ArgumentParser(prog="fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="so long, in wall time; 0 for none")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other inputs; the same, the same ones")
    parser.add_argument("--only", default="", help="only targets whose name holds this")
    parser.add_argument("--number", type=int, help="only this one input of each target: to see a finding again")
    parser.add_argument("--kills", type=int, default=0, help="so many runs of the command killed in the middle")
    parser.add_argument("--pairs", type=int, default=0, help="so many pairs of runs that write one file at once")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        kinds = [kind for kind in targets.targets() if asked.only in kind.name]
        if asked.number is not None:
            for kind in kinds:
                _say(kind.name, *map(in_text, kind.make(running.source(asked.seed, kind.name, asked.number))))
                kind.once(running.source(asked.seed, kind.name, asked.number))
            return 0
        report = running.run(kinds, seconds=asked.seconds, seed=asked.seed)
        _say(report.said())
        torn = [*commands.kills(asked.kills, asked.seed), *commands.pairs(asked.pairs, asked.seed)]
        _say(f"{asked.kills} kills and {asked.pairs} pairs: {len(torn)} torn or foreign", *torn)
        os.chdir("/")
    return 1 if report.findings or torn else 0


if __name__ == "__main__":
    sys.exit(main())
