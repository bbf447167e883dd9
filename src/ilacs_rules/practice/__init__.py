"""What was seen to happen, measured, and forecasts made from it. Practice is evidence beside the rules, never a rule.

>>> from datetime import date
>>> import ilacs_rules as ir
>>> import ilacs_rules.practice as practice
>>> home = ir.Provider(type="childrens_home", name="A home", events=[
...     ir.Event(activity="full_inspection", started=date(2024, 5, 14), published=date(2024, 6, 20),
...              judgements={"overall": "good"})])
>>> told = practice.forecast(home, as_of=date(2025, 3, 2))
>>> told.interval(0.8).first > date(2025, 3, 2), told.odds(weeks=13) < told.odds(weeks=26)
(True, True)
>>> service = ir.Provider(type="supported_accommodation", name="A service")
>>> practice.forecast(service, as_of=date(2025, 3, 2)).interval(0.8) is None
True
"""

from ilacs_rules.practice.backtest import Backtest, backtest
from ilacs_rules.practice.evidence import HONESTY, Evidence
from ilacs_rules.practice.fitting import fit
from ilacs_rules.practice.forecasting import forecast
from ilacs_rules.practice.populations import POPULATIONS, Population
from ilacs_rules.practice.registers import Forecasts, forecasts
from ilacs_rules.practice.shipped import load_table
from ilacs_rules.practice.table import Cell, Fitted, Table, Tried
from ilacs_rules.practice.told import Forecast, Interval
from ilacs_rules.practice.trials import TRIALS, Trial

__all__ = [
    "Backtest",
    "Cell",
    "Evidence",
    "Fitted",
    "Forecast",
    "Forecasts",
    "Interval",
    "HONESTY",
    "POPULATIONS",
    "Population",
    "Table",
    "Tried",
    "TRIALS",
    "Trial",
    "backtest",
    "fit",
    "forecast",
    "forecasts",
    "load_table",
]
