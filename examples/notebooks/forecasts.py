"""What practice lets some homes expect, beside the rules: a marimo notebook. `marimo edit forecasts.py` opens it."""

import marimo

app = marimo.App(width="medium", app_title="Forecasts from practice")


@app.cell
def _():
    from datetime import date
    from pathlib import Path

    import marimo as mo

    import ilacs_rules as ir
    from ilacs_rules import practice

    return Path, date, ir, mo, practice


@app.cell
def _(mo, practice):
    mo.md(f"""
    # What practice lets you expect

    The rules say between which days an inspection is due. Practice says when such inspections were seen to come, with
    chances. They stand side by side and are never mixed. {" ".join(practice.HONESTY)}

    The homes in the file that comes with this notebook are made up.
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
    homes = read.subjects[:20]  # your own: [home for home in read.subjects if home.urn in {"SC900001", …}]
    as_of = date(2025, 3, 31)
    outlook = ir.outlook(homes, as_of=as_of)
    outlook
    return as_of, homes, outlook


@app.cell
def _(mo):
    mo.md("""
    ## In columns

    `first_80` and `last_80` are the shortest stretch that holds 8 in 10 of the chances; `within_13_weeks` is the chance
    that the inspection begins within 13 weeks. Where practice says nothing, `reason` says why.
    """)


@app.cell
def _(as_of, homes, practice):
    import pandas as pd

    told = practice.forecasts(homes, as_of=as_of)
    columns = pd.DataFrame(told.columns()).sort_values("within_13_weeks", ascending=False)
    columns
    return columns, told


@app.cell
def _(mo):
    mo.md("## What a forecast rests on")


@app.cell
def _(mo, told):
    evidence = str(next((one for one in told if not one.reason), told[0]))
    mo.plain_text(evidence)
    return (evidence,)


@app.cell
def _(mo):
    mo.md("## The picture: bars are the rules' windows, dashed lines what was seen to happen")


@app.cell
def _(outlook):
    chart = outlook.chart()
    chart
    return (chart,)


@app.cell
def _(Path, outlook):
    written = [Path("forecasts.xlsx"), Path("forecasts.ics")]
    outlook.write(*written)
    [str(path) for path in written]
    return (written,)


if __name__ == "__main__":
    app.run()
