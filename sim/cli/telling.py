"""What ``thinline run`` says when it is done: a sentence, two tables, and where the rest is."""

from __future__ import annotations

import math
import os
from typing import TYPE_CHECKING

from sim.cli.asked import Asked, asked
from sim.cli.output import note, say, table
from sim.figures.wording import ends, figures, plural, rounded
from sim.report.measures import MEANS

if TYPE_CHECKING:
    from pathlib import Path

    from sim.results import Results
    from sim.statistics import Estimate

# The measures shown, in the words of the table; summary.json has them all.
ROADS = {
    "failure": "deterrence fails: war by a chosen offensive",
    "escalation": "escalation: war from a strike, a probe or an accident",
    "war": "war, by either road",
}

# What is worth moving first: a parameter, and the two values to try.
LEVERS = (
    ("setting.clarity", 0.9, 0.1),
    ("setting.backstop", 0.9, 0.0),
    ("setting.force_size", 2, 0.25),
)


def tell(results: Results) -> None:
    """Say what the runs came to, on standard output."""
    from sim.report.headline import headline

    say(headline(results))
    say()
    table(
        ["ending", "share of model runs", "95 % interval", "what it is"],
        [
            [outcome.label, *as_shares(share), outcome.style.meaning]
            for outcome, share in results.outcomes.items()
        ],
    )
    say()
    measures = results.measures
    table(
        ["measure", "share or mean a run", "95 % interval"],
        [
            *([label, *as_shares(measures[name])] for name, label in ROADS.items()),
            *([label, *as_means(measures[name])] for name, label in MEANS.items()),
        ],
    )
    say()
    say(f"{plural(results.runs, 'run')}, seed {results.seed}, {results.engine} engine")


def as_shares(estimate: Estimate) -> tuple[str, str]:
    """An estimate of a share, and its interval, in per cent."""
    return rounded(estimate), f"{ends(estimate, ' to ')} %"


def as_means(estimate: Estimate) -> tuple[str, str]:
    """An estimate of a mean, and its interval, if it has one: a single run has none."""
    value, low, high = estimate
    known = math.isfinite(estimate.width)
    return figures(value), f"{figures(low)} to {figures(high)}" if known else "none"


def point_on(results: Results, files: list[Path]) -> None:
    """Say what to try next, and where the results are, the last of ``files`` last."""
    note(f"Try next: {next_command(results, asked())}")
    for file in files:
        say(os.fspath(file))


def next_command(results: Results, said: Asked) -> str:
    """The same run with a lever moved that has not been moved yet."""
    kept = said.only("--set", "--runs", "--seed", "--until-ci", "--engine")
    moved = [text.partition("=")[0].strip() for text in said.all_of("--set")]
    for path, high, low in LEVERS:
        now = results.scenario[path].mean
        if now not in (high, low) and path not in moved:
            value = high if now < (high + low) / 2 else low
            return kept.adding("--set", f"{path}={value:g}").command
    return said.only().instead("validate").command
