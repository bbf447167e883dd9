"""Documents, tables and files as text and bytes: right ones, with something changed, cut off or put twice."""

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from random import Random

import ilacs_rules as ir
from fuzz import records
from fuzz.odd import days, text
from ilacs_rules.writing import decisions

__all__ = ["dmn", "file", "json_text", "mangled", "overlay", "profile", "spoilt", "table"]

HEADER = "subject,type,activity,started,ended,published,overall"
LINE = "{},independent_fostering_agency,full_inspection,2023-05-15,2023-05-19,2023-06-28,{}"


def spoilt(random: Random, whole: str) -> str:
    """Text of which a piece was cut, doubled or replaced."""
    for _ in range(random.randrange(1, 4)):
        low = random.randrange(len(whole) + 1)
        high = min(len(whole), low + random.choice((0, 1, 2, 30, 10**6)))
        whole = (
            whole[:low]
            + random.choice(("", text(random), whole[low:high] * 2, "\0", '"', "]]>", "\ud800"))
            + whole[high:]
        )
    return whole


def mangled(random: Random, whole: bytes) -> bytes:
    """Bytes of which some were changed, cut or put twice."""
    out = bytearray(whole)
    for _ in range(random.randrange(1, 5)):
        at = random.randrange(len(out) + 1)
        kind = random.randrange(4)
        if kind == 0:
            del out[at:]
        elif kind == 1:
            out[at : at + 1] = bytes([random.randrange(256)])
        elif kind == 2:
            out[at:at] = out[at : at + random.randrange(50)]
        else:
            del out[at : at + random.randrange(20)]
    return bytes(out)


def table(random: Random, rows: int = 6) -> tuple[str, int]:
    """A table of events as CSV, and how many rows it has; cells may hold anything that a careful writer quotes."""
    lines = [HEADER]
    for number in range(random.randrange(rows)):
        grade = random.choice(("good", "inadequate", "", "goood", '"good"', '"a ""good"" one"', '"a\nb"'))
        lines.append(LINE.format(random.choice((str(number), "A", "é", '"x, y"')), grade))
    return "\n".join(lines) + random.choice(("", "\n")), len(lines) - 1


def json_text(random: Random) -> str:
    """Subjects as JSON."""
    made = [records.subject(random) for _ in range(random.randrange(1, 3))]
    return json.dumps(made if random.random() < 0.7 else made[0], default=str)


RULE = "inadequate_fostering_agency_is_reinspected_within_6_to_12_months"


def overlay(random: Random) -> str:
    """An overlay as TOML that may stand."""
    length = random.choice(("9 months", "0 working days", "10 working days", "400 years", "1 month", "-1 months"))
    return f"""id = "{random.choice(("sooner", "x", "A B", "../x", ""))}"
says = "Back sooner."
from = {days(random).isoformat()}
[[replace]]
rule = "{random.choice((RULE, RULE, "no_such_rule"))}"
id = "inadequate_agency_is_reinspected_sooner"
says = "{random.choice(("Sooner.", "x" * 2000))}"
opens = ""
closes = "last_inspection_started + {length}"
certainty = "quoted"
sources = [["idea", "the whole of it"]]
[source.idea]
title = "An idea"
publisher = "Us"
url = "{random.choice(("", "https://x.test", "javascript:x"))}"
dated = "2026"
seen_as = "primary"
"""


PROFILE = """id = "mine"
title = "Visits"
of = "providers"
needs = ["name"]
header = 1
days = ["YYYY-MM-DD"]
covers = "inspections"
[columns]
name = ["subject"]
type = ["type"]
[[event]]
needs = ["started"]
[event.columns]
activity = ["activity"]
started = ["started"]
ended = ["ended"]
published = ["published"]
overall = ["overall"]
"""


def profile(random: Random) -> str:
    """How a file is to be read, as TOML."""
    return PROFILE if random.random() < 0.3 else spoilt(random, PROFILE)


DMN = [decisions.to_dmn(item) for item in decisions.decision_tables(ir.load_rulebook(), track="jtai")]
CSV = [decisions.to_csv(item) for item in decisions.decision_tables(ir.load_rulebook(), track="jtai")]


def dmn(random: Random) -> str:
    """A decision table as DMN or as CSV."""
    return random.choice(DMN if random.random() < 0.5 else CSV)


def _zip(whole: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("[Content_Types].xml", whole)
    return made.getvalue()


PACKED: tuple[Callable[[bytes], bytes], ...] = (gzip.compress, _zip, lambda whole: whole.decode().encode("utf-16"))


def file(random: Random) -> io.BytesIO:
    """A file of any kind, under any name."""
    whole = (json_text(random) if random.random() < 0.3 else table(random)[0]).encode("utf-8", "replace")
    if random.random() < 0.1:
        whole = random.choice(PACKED)(whole)
    made = io.BytesIO(mangled(random, whole) if random.random() < 0.7 else whole)
    made.name = random.choice(("x.csv", "x.json", "x.xlsx", "x.csv.gz", "x", "\x1b[31m.csv"))
    return made
