"""Fits the shipped table of practice, and tries forecasts like those it gives.

python -m benchmarks.practice fit AUTHORITIES PROVIDERS       writes src/ilacs_rules/practice/table.json
python -m benchmarks.practice backtest AUTHORITIES PROVIDERS  prints the scores, and writes tried.json beside it
"""

import json
import sys
from pathlib import Path

import ilacs_rules as ir
from ilacs_rules.practice import TRIALS, Table, Tried, backtest, fit, load_table
from ilacs_rules.practice.scores import Score

FOLDER = Path(__file__).parents[1] / "src" / "ilacs_rules" / "practice"


def histories(*paths: str) -> list[ir.LocalAuthority | ir.Provider]:
    return [subject for path in paths for subject in ir.read(path).subjects]


def write(name: str, text: str) -> None:
    (FOLDER / name).write_text(json.dumps(json.loads(text), separators=(",", ":")) + "\n", encoding="utf-8")


def shipped(*paths: str) -> Table:
    return fit(histories(*paths), known_by={name: trial.seen_by for name, trial in TRIALS.items()})


def line(way: str, which: str, score: Score) -> str:
    def row(numbers: tuple[float | None, ...]) -> str:
        return "/".join("-" if number is None else f"{number:.0f}" for number in numbers)

    return (
        f"| {way} | {which} | {score.questions} | {score.decided} | {score.subjects} | {row(score.shares)} | {row(score.widths)} | {row(score.bounds)} "
        f"| {score.crps:.1f} | {score.log:.2f} | {row(score.off)} | {row(score.gap)} | {row(score.skill)} |"
    )


def tries(*paths: str) -> None:
    subjects = histories(*paths)
    found: dict[str, Tried] = {}
    for name, trial in TRIALS.items():
        tried = backtest(subjects, from_=trial.first, to=trial.last, every=trial.every, trials={name: trial})
        print(f"\n{name}, {trial.first} to {trial.last}; left out because never seen again: {tried.left_out[name]}\n")
        print(
            "| way | questions | n | decided | subjects | holds of 50/80/90 | days wide | 80%: at least/most | CRPS | log | odds off | gap | skill |"
        )
        print("|---|---|---|---|---|---|---|---|---|---|---|---|---|")
        for result in tried.results:
            print(line(result.way, "all", result.every_question))
            if result.closed_cohort:
                print(line(result.way, "closed cohort", result.closed_cohort))
        best = tried.results[0].closed_cohort or tried.results[0].every_question
        low, high = best.bounds
        found[name] = Tried(
            forecasts=best.questions,
            subjects=best.subjects,
            first=trial.first,
            last=trial.last,
            held_at_least=round(low),
            held_at_most=round(high),
        )
        sys.stdout.flush()
    trials = {
        "table": load_table().fingerprint,
        "populations": {name: json.loads(one.model_dump_json()) for name, one in found.items()},
    }
    write("tried.json", json.dumps(trials))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["fit", *paths]:
            write("table.json", shipped(*paths).model_dump_json())
        case ["backtest", *paths]:
            tries(*paths)
        case _:
            sys.exit(__doc__)
