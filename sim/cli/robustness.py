"""``thinline posture``: what to hold when one does not know whom one faces."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.console import note, say, table
from sim.cli.invocation import asked, at_point
from sim.cli.options import answer, common_options, outcome_option, runs_option
from sim.errors import UsageError
from sim.text import plural

if TYPE_CHECKING:
    from sim.analysis.robustness.robustness import Robustness
    from sim.scenario.scenario import Scenario


@click.command(short_help="What to hold when one does not know whom one faces?")
@click.argument("scenario")
@click.option(
    "--over",
    multiple=True,
    metavar="PATH=VALUES",
    help="A lever and its values, such as setting.clarity=0:1:5; may be repeated.",
)
@click.option(
    "--type",
    "types",
    multiple=True,
    metavar="NAME:PATH=VALUE,…",
    help="A challenger that may be faced; may be repeated. None: three kinds.",
)
@outcome_option()
@runs_option("Model runs of each posture against each type.", default=400)
@common_options
def posture(
    scenario: str,
    over: tuple[str, ...],
    types: tuple[str, ...],
    overrides: tuple[str, ...],
    figure: Path | None,
    as_json: bool,
    **how: Any,
) -> int:
    """Play every posture of SCENARIO's coalition against every type of challenger.

    All on the same luck. It says which posture has the smallest worst case, which the smallest
    regret, which is best against each type, and which others cannot be told from them. The less of
    the outcome the better, so it must be a loss: a war, or something like strikes or casualties.
    """
    from sim.analysis.robustness.policies import read_type, refuse_repeats
    from sim.analysis.robustness.robustness import robustness
    from sim.cli.console import progress_bar
    from sim.scenario.load import load

    loaded = load(scenario, overrides)
    grid = _grid(loaded, over) or None
    faced = refuse_repeats(map(read_type, types), "--type names") or None
    with progress_bar("running") as progress:
        found = robustness(loaded, grid, faced, progress=progress, **how)
    return answer(found, partial(_write, loaded), _tell, figure, as_json)


def _write(loaded: Scenario, found: Robustness, file: Path) -> Path:
    from sim.cli.invocation import origin
    from sim.report.robustness import write_robustness

    source = origin(asked(), loaded, runs=found.runs, seed=found.seed)
    return write_robustness(found, file, source)


def _grid(loaded: Scenario, over: tuple[str, ...]) -> dict[str, tuple[float, ...]]:
    from sim.analysis.robustness.policies import MAX_POLICIES
    from sim.experiments.parse_factors import parse_assignments, parse_levels, split_assignment

    pairs = [split_assignment(part, "over") for text in over for part in parse_assignments(text)]
    grid: dict[str, tuple[float, ...]] = {}
    for path, text in pairs:
        if path in grid:
            raise UsageError(f"--over names {path} twice", "say all its values in one")
        grid[path] = parse_levels(loaded, path, text, "over", MAX_POLICIES)
    return grid


def _tell(found: Robustness) -> None:
    from sim.analysis.robustness.criteria import LOSS, REGRET

    names = {LOSS: "smallest worst case", REGRET: "smallest regret"}
    say(f"{found.scenario}: {found.sentence}.")
    say()
    rows = []
    for name, choice in found.choices.items():
        losses = [
            found.measure.cell(found.loss(choice.posture, k), signed=False)
            for k in range(len(found.types))
        ]
        held = [f"{value:g}" for value in found.grid[choice.posture]]
        told = names.get(name, f"against {name}")
        counts = f"{100 * choice.best_in:.0f} %", f"{len(choice.tied):,}", f"{len(choice.alike):,}"
        rows.append([told, *held, *losses, *counts])
    table(["best for", *found.levers, *found.types, "best in", "tied", "alike"], rows)
    say()
    say(
        f"{found.measure.label} in {found.measure.level_unit}, the less the better; "
        f"{plural(found.runs, 'run')} of each "
        f"of {plural(len(found.grid), 'posture')} against each type on the same luck, seed "
        f"{found.seed}; 95 % intervals that hold for all postures at once, as the best are picked. "
        "Best in: of resamples; tied: postures that do exactly as well in these runs; the first is "
        "shown; alike: all that cannot be told from it, itself included"
    )
    say("No advice: it follows from whom one supposes to face, and from invented weights")
    note(f"Try next: {_next(found)}")


def _next(found: Robustness) -> str:
    """The posture with the smallest worst case, against the type that is that worst case."""
    from sim.analysis.robustness.criteria import LOSS
    from sim.experiments.factors import make_factor

    best = found.choices[LOSS].posture
    worst = list(found.types.values())[int(found.losses[best].argmax())]
    values = {**dict(zip(found.levers, found.grid[best], strict=True)), **worst}
    said = {path: make_factor(path).write(value) for path, value in values.items()}
    return at_point(asked(), asked().about[0], said, found.runs, found.seed)
