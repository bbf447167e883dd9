"""What one council has to expect: a marimo notebook. `marimo edit our_council.py` opens it."""

import marimo

app = marimo.App(width="medium", app_title="Our council")


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
    # Our council

    Which inspection or visit comes next, between which days, how firmly, and who says so. The councils in the file that
    comes with this notebook are made up; put your own file in its place.
    """)


@app.cell
def _(Path):
    _made = Path(__file__).parent / "data" / "authorities.csv"
    _published = Path(__file__).parents[3] / "shared" / "data" / "local_authority_events.csv"
    file = _published if _published.exists() else _made
    return (file,)


@app.cell
def _(date, file, ir):
    as_of = date(2026, 6, 7)
    read = ir.read(file)
    council = read.subjects[0]
    outlook = ir.outlook(council, as_of=as_of)
    outlook
    return as_of, council, outlook, read


@app.cell
def _(mo):
    mo.md("""
    ## On a line

    Letters are grades, dots are other visits, bars are the windows of what is to come. The red line is the day asked
    about.
    """)


@app.cell
def _(mo, outlook):
    chart = outlook.chart()
    mo.ui.altair_chart(chart, chart_selection=False, legend_selection=False)
    return (chart,)


@app.cell
def _(mo):
    mo.md("## Why")


@app.cell
def _(mo, outlook):
    why = outlook.subjects[0].next.explain()
    mo.plain_text(why)
    return (why,)


@app.cell
def _(mo):
    mo.md("""
    ## What would change it

    The days to come on which the answer changes while nothing else happens.
    """)


@app.cell
def _(as_of, council, ir):
    changes = ir.what_would_change(council, as_of=as_of).over_time
    [str(change) for change in changes[:5]]
    return (changes,)


@app.cell
def _(mo):
    mo.md("""
    ## To take away

    A workbook for Excel and a calendar for Outlook or any other, next to where you started this notebook.
    """)


@app.cell
def _(Path, outlook):
    written = [Path("our_council.xlsx"), Path("our_council.ics")]
    outlook.write(*written)
    [str(path) for path in written]
    return (written,)


if __name__ == "__main__":
    app.run()
