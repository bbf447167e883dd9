"""What the homes of one provider have to expect: a marimo notebook. `marimo edit a_group_of_homes.py` opens it."""

import marimo

app = marimo.App(width="medium", app_title="A group of homes")


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
    # A group of homes

    When each home and agency of a group may be inspected, and what moved since last month. The homes in the file that
    comes with this notebook are made up.
    """)


@app.cell
def _(Path):
    _made = Path(__file__).parent / "data" / "homes.csv"
    _published = Path(__file__).parents[3] / "shared" / "data" / "provider_events.csv"
    file = _published if _published.exists() else _made
    return (file,)


@app.cell
def _(date, file, ir):
    read = ir.read(file)
    group = read.subjects[:20]  # your own: [home for home in read.subjects if home.urn in {"SC900001", …}]
    as_of = date(2025, 3, 31)
    outlook = ir.outlook(group, as_of=as_of)
    outlook
    return as_of, group, outlook, read


@app.cell
def _(outlook):
    table = outlook.required.to_pandas()[["subject", "activity", "opens", "closes", "status", "strength", "certainty"]]
    table
    return (table,)


@app.cell
def _(outlook):
    chart = outlook.chart()
    chart
    return (chart,)


@app.cell
def _(mo):
    mo.md("## What moved in a month, and why")


@app.cell
def _(date, group, ir, outlook):
    before = ir.outlook(group, as_of=date(2025, 2, 28))
    moves = ir.moved(before, outlook)
    [str(move) for move in moves.moves]
    return (moves,)


@app.cell
def _(Path, outlook):
    written = [Path("a_group_of_homes.xlsx"), Path("a_group_of_homes.ics")]
    outlook.write(*written)
    [str(path) for path in written]
    return (written,)


if __name__ == "__main__":
    app.run()
