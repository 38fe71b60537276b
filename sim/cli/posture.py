"""``thinline posture``: what to hold when one does not know whom one faces."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.options import common_options, outcome_option, runs_option
from sim.cli.output import emit, note, say, table
from sim.cli.studies import drawn

if TYPE_CHECKING:
    from sim.experiments.posture.postures import Postures


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
@outcome_option
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
    regret, which is best against each type, and which others cannot be told from them.
    """
    from sim.cli.progress import progress_bar
    from sim.experiments.posture.asked import each_once, read_type
    from sim.experiments.posture.play import postures
    from sim.scenario.load import load

    loaded = load(scenario, overrides)
    grid = each_once(map(_values, over), "--over names") or None
    faced = each_once(map(read_type, types), "--type names") or None
    with progress_bar("running") as progress:
        found = postures(loaded, grid, faced, progress=progress, **how)
    code = drawn(lambda file: _draw(found, file), figure)
    if as_json:
        emit(found.document())
    else:
        _tell(found, scenario)
    return code


def _draw(found: Postures, file: Path) -> None:
    from sim.report.posture import write_posture

    write_posture(found, file)


def _values(text: str) -> tuple[str, tuple[float, ...]]:
    from sim.cli.thin_line import Numbers
    from sim.errors import UsageError
    from sim.experiments.levers import valued

    path, equals, values = text.partition("=")
    if not equals:
        raise UsageError(f"--over {text} names no values", "write PATH=0:1:5")
    if ":" in values:
        return path.strip(), Numbers().convert(values, None, None)
    return path.strip(), tuple(valued(path.strip(), each) for each in values.split(","))


def _tell(found: Postures, asked: str) -> None:
    from sim.experiments.posture.choice import LOSS, REGRET

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
        rows.append([told, *held, *losses, f"{100 * choice.best_in:.0f} %", str(len(choice.alike))])
    table(["best for", *found.levers, *found.types, "best in", "alike"], rows)
    say()
    say(
        f"{found.measure.label} in {found.measure.level_unit}; {found.runs:,} runs of each of "
        f"{len(found.grid):,} postures against each type on the same luck, seed {found.seed}; 95 % "
        "intervals. Best in: of resamples; alike: postures that cannot be told from it, and itself"
    )
    say("No advice: it follows from whom one supposes to face, and from invented weights")
    best = zip(found.levers, found.grid[found.choices[LOSS].posture], strict=True)
    held_so = " ".join(f"--set {path}={value:g}" for path, value in best)
    note(f"Try next: thinline run {asked} {held_so}")
