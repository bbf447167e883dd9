"""What a region's authorities have to expect: a marimo notebook. `marimo edit a_region.py` opens it."""

import marimo

app = marimo.App(width="medium", app_title="A region of authorities")


@app.cell
def _():
    from datetime import date
    from pathlib import Path

    import marimo as mo

    import ilacs_rules as ir

    return Path, date, ir, mo


@app.cell
def _(mo):
    mo.md("""
    # A region of authorities

    Who needs attention in the next half year, as a table that you can sort and filter, and as a picture. The
    authorities in the file that comes with this notebook are made up.
    """)


@app.cell
def _(Path):
    _made = Path(__file__).parent / "data" / "authorities.csv"
    _published = Path(__file__).parents[3] / "shared" / "data" / "local_authority_events.csv"
    file = _published if _published.exists() else _made
    return (file,)


@app.cell
def _(date, file, ir):
    read = ir.read(file)
    outlook = ir.outlook(read, as_of=date(2026, 6, 7), until=date(2028, 12, 31))
    return outlook, read


@app.cell
def _(mo, outlook):
    mo.md("## How many, and how soon")
    counts = {group.value: len(rows) for group, rows in outlook.groups.items()}
    counts
    return (counts,)


@app.cell
def _(mo, outlook):
    table = outlook.required.to_polars().select(
        "subject", "activity", "opens", "due", "closes", "status", "strength", "certainty"
    )
    mo.ui.table(table, selection=None)
    return (table,)


@app.cell
def _(ir, outlook):
    # The twelve whose next inspection closes first; a chart of many more is hard to read.
    soonest = sorted(outlook.subjects, key=lambda item: str(item.next.window.closes or "9999"))[:12]
    chart = ir.outlook([item.subject for item in soonest], as_of=outlook.as_of).chart()
    chart
    return (chart,)


@app.cell
def _(mo, read):
    mo.md("## What could not be read")
    problems = [str(problem) for problem in read.problems]
    problems
    return (problems,)


@app.cell
def _(Path, outlook):
    written = [Path("a_region.xlsx"), Path("a_region.ics"), Path("a_region.html")]
    outlook.write(*written)
    [str(path) for path in written]
    return (written,)


if __name__ == "__main__":
    app.run()
