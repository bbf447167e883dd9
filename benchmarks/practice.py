"""Fits the shipped table of practice, and tries forecasts like those it gives.

python -m benchmarks.practice fit AUTHORITIES PROVIDERS       writes src/ilacs_rules/practice/table.json
python -m benchmarks.practice backtest AUTHORITIES PROVIDERS  prints the scores, writes tried.json beside it, and
                                                              docs/practice: the scores and their pictures
python -m benchmarks.practice speed AUTHORITIES PROVIDERS     how long a forecast, a register and a fit take
"""

import json
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from benchmarks.practice_pictures import draw

import ilacs_rules as ir
from ilacs_rules.practice import TRIALS, Table, Tried, backtest, fit, forecast, forecasts, load_table
from ilacs_rules.practice.scores import Score

AS_OF = date(2025, 3, 2)
DOCS = Path(__file__).parents[1] / "docs" / "practice"
FOLDER = Path(__file__).parents[1] / "src" / "ilacs_rules" / "practice"


def histories(*paths: str) -> list[ir.LocalAuthority | ir.Provider]:
    return [subject for path in paths for subject in ir.read(path).subjects]


def write(name: str, text: str, folder: Path = FOLDER) -> None:
    (folder / name).write_text(json.dumps(json.loads(text), separators=(",", ":")) + "\n", encoding="utf-8")


def shipped(*paths: str) -> Table:
    return fit(histories(*paths), known_by={name: trial.seen_by for name, trial in TRIALS.items()})


def line(way: str, which: str, score: Score) -> str:
    def row(numbers: tuple[float | None, ...]) -> str:
        return "/".join("-" if number is None else f"{number:.0f}" for number in numbers)

    return (
        f"| {way} | {which} | {score.questions} | {score.decided} | {score.subjects} | {row(score.shares)} | {row(score.widths)} | {row(score.bounds)} "
        f"| {score.crps:.1f} | {score.log:.2f} | {row(score.off)} | {row(score.gap)} | {row(score.skill)} |"
    )


def kept(score: Score | None) -> dict[str, object] | None:
    """A score as it is kept for docs: rounded, so that the last digits of a machine do not matter."""

    def rounded(value: object) -> object:
        if isinstance(value, float):
            return round(value, 3)
        return [rounded(each) for each in value] if isinstance(value, tuple) else value

    return {name: rounded(value) for name, value in score._asdict().items()} if score else None


def tries(*paths: str) -> None:
    subjects = histories(*paths)
    found: dict[str, Tried] = {}
    scores: dict[str, dict[str, object]] = {}
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
        scores[name] = {
            result.way: {"every_question": kept(result.every_question), "closed_cohort": kept(result.closed_cohort)}
            for result in tried.results
        }
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
    write("scores.json", json.dumps({"table": load_table().fingerprint, "populations": scores}), DOCS)
    draw(DOCS)


def speed(*paths: str) -> None:
    """One forecast with three intervals, a register of 3,123 providers, and a fit: the best of three, in one run."""
    subjects = histories(*paths)
    providers = [subject for subject in subjects if isinstance(subject, ir.Provider)][:3123]
    authorities = [subject for subject in subjects if isinstance(subject, ir.LocalAuthority)]
    by = {name: trial.seen_by for name, trial in TRIALS.items()}

    def best(work: Callable[[], object]) -> float:
        found: list[float] = []
        for _ in range(3):
            start = time.perf_counter()
            work()
            found.append(time.perf_counter() - start)
        return min(found)

    def each() -> None:
        for subject in authorities:
            told = forecast(subject, as_of=AS_OF)
            for share in (0.5, 0.8, 0.9):
                told.interval(share)

    one = 1000 * best(each) / max(len(authorities), 1)
    print(f"a forecast of an authority with three intervals: {one:.2f} ms")
    print(f"{len(providers):,} providers: {best(lambda: forecasts(providers, as_of=AS_OF)):.2f} s")
    print(f"fit of {len(subjects):,} histories: {best(lambda: fit(subjects, known_by=by)):.2f} s")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["fit", *paths]:
            write("table.json", shipped(*paths).model_dump_json())
        case ["backtest", *paths]:
            tries(*paths)
        case ["speed", *paths]:
            speed(*paths)
        case _:
            sys.exit(__doc__)
