"""Draws the pictures of docs/outlook: every shape, made of the made-up examples, as the programs show it that read it.

``make pictures`` runs it. It needs Chromium, LibreOffice Calc, pdftoppm (Debian: poppler-utils) and the group
``pictures``.
"""

import os
import shutil
import subprocess
from datetime import date
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import markdown
import vl_convert
from icalendar import Calendar

import ilacs_rules as ir

ROOT = Path(__file__).parents[1]
HERE = ROOT / "docs" / "outlook"
DATA = ROOT / "examples" / "notebooks" / "data"
AS_OF = date(2026, 6, 7)
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "chromium"
PAGE = (
    "<!doctype html><meta charset=utf-8><style>body{font:15px/1.4 Arial,sans-serif;margin:16px;max-width:960px}"
    "table{border-collapse:collapse;font-size:13px}td,th{text-align:left;vertical-align:top;padding:3px 12px 3px 0;"
    "border-bottom:1px solid #b1b4b6}td:first-child{white-space:nowrap}h1{font-size:24px}h2{font-size:19px}h3{font-size:16px}small{color:#505a5f}</style>"
)


def main() -> None:
    """Draw every picture anew."""
    seen = ir.outlook(ir.read(DATA / "authorities.csv"), as_of=AS_OF)
    one = ir.outlook([item.subject for item in seen.subjects][:1], as_of=AS_OF)
    with TemporaryDirectory() as folder:
        work = Path(folder)
        seen.write(work / "outlook.html", work / "outlook.xlsx", work / "outlook.ics", HERE / "timeline.svg")
        shot(work / "outlook.html", HERE / "report.png", 1160, 1100)
        (work / "paper.html").write_text(PAGE + markdown.markdown(one.to_markdown(), extensions=["tables"]), "utf-8")
        shot(work / "paper.html", HERE / "paper.png", 1000, 760)
        (work / "calendar.html").write_text(PAGE + agenda((work / "outlook.ics").read_bytes()), "utf-8")
        shot(work / "calendar.html", HERE / "calendar.png", 1000, 560)
        sheet(work)
    (HERE / "chart.svg").write_text(vl_convert.vegalite_to_svg(one.chart().to_dict()), encoding="utf-8")


def shot(page: Path, picture: Path, width: int, height: int) -> None:
    """What Chromium shows of a page."""
    with TemporaryDirectory() as profile:
        subprocess.run(
            [
                CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
                f"--user-data-dir={profile}", f"--window-size={width},{height}", f"--screenshot={picture}",
                page.as_uri(),
            ],
            check=True, capture_output=True,
        )  # fmt: skip


def agenda(data: bytes) -> str:
    """A calendar as a list of days, as calendar programs show it; the text of the first event is opened."""
    events: list[Any] = sorted(
        cast("list[Any]", Calendar.from_ical(data).walk("VEVENT")),
        key=lambda event: (event["DTSTART"].dt, str(event["SUMMARY"])),
    )
    coming = [event for event in events if event["DTSTART"].dt >= AS_OF][:10]
    rows = "".join(
        f"<tr><td>{event['DTSTART'].dt:%d %b %Y}<td>{escape(str(event['SUMMARY']))}"
        + (f"<br><small>{escape(str(event['DESCRIPTION'])).replace(chr(10), '<br>')}</small>" if not number else "")
        for number, event in enumerate(coming)
    )
    return f"<h2>Calendar</h2><table>{rows}</table>"


def sheet(work: Path) -> None:
    """The first sheet of the workbook, as LibreOffice prints it."""
    calc = shutil.which("soffice") or "soffice"
    profile = f"-env:UserInstallation={(work / 'profile').as_uri()}"
    command = [calc, profile, "--headless", "--convert-to", "pdf", "--outdir", str(work), str(work / "outlook.xlsx")]
    subprocess.run(command, check=True, capture_output=True)
    subprocess.run(
        ["pdftoppm", "-png", "-r", "80", "-singlefile", str(work / "outlook.pdf"), str(HERE / "workbook")], check=True
    )


if __name__ == "__main__":
    main()
