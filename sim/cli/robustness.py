"""``thinline robustness``: postures under uncertainty about the challenger."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import click

from sim.cli.console import print_note, print_rows, print_table
from sim.cli.deferred import deferred_imports
from sim.cli.invocation import current_invocation, point_command
from sim.cli.options import common_options, outcome_option, present, runs_option
from sim.cli.resumable import ResumableCommand, execution, resumable_options
from sim.errors import UsageError
from sim.formatting import capitalise, plural

with deferred_imports(globals()):
    from sim.analysis.robustness.criteria import LOSS, REGRET
    from sim.analysis.robustness.information import ValueOfInformation, input_table
    from sim.analysis.robustness.policies import MAX_POLICIES, read_type, refuse_repeats
    from sim.analysis.robustness.robustness import Robustness
    from sim.analysis.robustness.robustness import robustness as evaluate_postures
    from sim.cli.origin import page_origin
    from sim.experiments.factors import make_factor
    from sim.experiments.parse_factors import parse_assignments, parse_levels, split_assignment
    from sim.report.robustness import write_robustness
    from sim.scenario.load import load
    from sim.scenario.scenario import Scenario

# Rows of the table of inputs, and claims in a row.
SHOWN_INPUTS, SHOWN_CLAIMS = 8, 2


@click.command(cls=ResumableCommand)
@click.argument("scenario")
@click.option(
    "--over",
    multiple=True,
    metavar="PATH=VALUES",
    help="A lever and its values, such as setting.clarity=0:1:5; may be repeated.",
)
@click.option(
    "--challenger-type",
    "types",
    multiple=True,
    metavar="NAME:PATH=VALUE,…",
    help="A possible type of challenger; may be repeated. Three types by default.",
)
@click.option(
    "--value-of-information",
    "information",
    is_flag=True,
    help="Also compute which uncertain inputs, and claims behind them, are worth knowing first.",
)
@outcome_option()
@runs_option("Model runs of each posture against each type.", default=400)
@resumable_options
@common_options
def robustness(
    scenario: str,
    over: tuple[str, ...],
    types: tuple[str, ...],
    overrides: tuple[str, ...],
    figure: Path | None,
    as_json: bool,
    **options: Any,
) -> int:
    """Find the postures with the smallest worst case and regret.

    A posture of SCENARIO's coalition is a combination of values of the levers. Every posture is run
    against every type of challenger with the same random numbers. The result names the posture with
    the smallest worst case, the posture with the smallest maximum regret and the best posture
    against each type. It also counts the postures that are statistically indistinguishable from
    each. The outcome must be a loss, such as war, strikes or casualties.

    With --value-of-information every posture is also run under the scenario's own distributions.
    The value of an input is the expected reduction of the outcome if the input is known before a
    posture is chosen.
    """
    loaded = load(scenario, overrides)
    grid = _grid(loaded, over) or None
    faced = refuse_repeats(map(read_type, types), "names of --challenger-type") or None
    with execution("running", options) as arguments:
        found = evaluate_postures(loaded, grid, faced, **arguments)
    return present(found, partial(_write, loaded), _print, figure, as_json)


def _write(loaded: Scenario, found: Robustness, file: Path) -> Path:
    origin = page_origin(
        current_invocation(), loaded, _next_command(found), runs=found.runs, seed=found.seed
    )
    return write_robustness(found, file, origin)


def _grid(loaded: Scenario, over: tuple[str, ...]) -> dict[str, tuple[float, ...]]:
    """The levels of each lever."""
    grid: dict[str, tuple[float, ...]] = {}
    for part in (part for text in over for part in parse_assignments(text)):
        path, text = split_assignment(part, "over")
        if path in grid:
            raise UsageError(f"--over names {path} twice", "give all its values in one --over")
        grid[path] = parse_levels(loaded, path, text, "over", MAX_POLICIES)
    return grid


def _print(found: Robustness) -> None:
    click.echo(f"{found.scenario}: {found.sentence}.")
    click.echo()
    criteria = {LOSS: "smallest worst case", REGRET: "smallest maximum regret"}
    rows = []
    for name, choice in found.choices.items():
        losses = [
            found.measure.cell(found.loss(choice.posture, k), signed=False)
            for k in range(len(found.types))
        ]
        values = found.format_values(choice.posture)
        criterion = criteria.get(name, f"against {name}")
        frequency = f"{100 * choice.selection_frequency:.0f} %"
        others = (f"{len(each) - 1:,}" for each in (choice.indistinguishable, choice.ties))
        counts = frequency, *others
        rows.append([criterion, *values, *losses, *counts])
    print_rows(["best by", *found.levers, *found.types, "best in", "tied", "identical"], rows)
    click.echo()
    click.echo(
        f"Cells: {found.measure.label} in {found.measure.level_unit} against each type, lower is "
        f"better. {plural(found.runs, 'run')} of each of {plural(len(found.grid), 'posture')} "
        "(values of the levers) against each type with the same random numbers, seed "
        f"{found.seed}; 95 % intervals, simultaneous for all postures because the best are "
        "selected. Best in: share of bootstrap resamples. Tied: number of other postures that are "
        "statistically indistinguishable. Identical: how many of these have exactly the same "
        "results; the first is listed"
    )
    if found.information is not None:
        _print_information(found, found.information)
    click.echo("Not advice: the ranking follows from the assumed types and from invented weights")
    print_note(f"Try next: {_next_command(found)}")


def _print_information(found: Robustness, known: ValueOfInformation) -> None:
    click.echo()
    click.echo(f"{capitalise(found.information_sentence)}.")
    changing = [each for each in known.inputs if each.changes]
    if changing:
        click.echo()
        shown = input_table(found.measure, changing, SHOWN_CLAIMS)
        print_table(shown.to_text(), SHOWN_INPUTS)
    click.echo()
    count, runs = (f"{len(changing)}", "some runs") if changing else ("none", "any run")
    click.echo(
        f"Value: expected reduction of {found.measure.label} in {found.measure.unit}, from "
        f"{known.runs:,} runs of each posture, by five-fold cross-validation: choices are made on "
        "four fifths of the runs and evaluated on the others; 95 % intervals, simultaneous for "
        f"all {len(known.inputs)} inputs. For {count} of them, knowing that input alone would "
        f"change the choice in {runs}. Claims: coded claims of the articles that inform the input "
        "(see thinline explain)"
    )


def _next_command(found: Robustness) -> str:
    """The suggested next command: run the posture with the smallest worst case against the type of
    that worst case."""
    best = found.choices[LOSS].posture
    worst = list(found.types.values())[int(found.losses[best].argmax())]
    values = {**dict(zip(found.levers, found.grid[best], strict=True)), **worst}
    texts = {path: make_factor(path).write(value) for path, value in values.items()}
    given = current_invocation()
    return point_command(given, given.arguments[0], texts, found.runs, found.seed)
