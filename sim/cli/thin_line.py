"""``thinline thin-line``: where war is least as the force grows, and how wide that place is."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.asked import MANNER, asked
from sim.cli.options import common_options, runs_option
from sim.cli.output import note, say, table
from sim.cli.studies import answer
from sim.figures.wording import plural

if TYPE_CHECKING:
    from sim.experiments.line import ThinLine, Valley
    from sim.scenario.model import Scenario

MOST_VALUES = 200


@click.command(name="thin-line", short_help="War against force size: where is it least?")
@click.argument("scenario")
@click.option("--sizes", metavar="VALUES", help="Force sizes, such as 0,0.5,1,2 or 0:3:13.")
@click.option(
    "--against",
    metavar="PATH=VALUES",
    help="A second lever and its values, such as setting.clarity=0:1:5.",
)
@runs_option("Model runs at each size; the scenario says, otherwise.")
@common_options
def thin_line(
    scenario: str,
    sizes: str | None,
    against: str | None,
    overrides: tuple[str, ...],
    figure: Path | None,
    as_json: bool,
    **how: Any,
) -> int:
    """Run SCENARIO at one force size after another, on the same luck, and find the line.

    Failure is a war begun by a chosen offensive, escalation one grown from a strike, a probe or an
    accident; the line lies where the two together are least.
    """
    from sim.cli.progress import progress_bar
    from sim.experiments import thin_line as lines
    from sim.scenario.load import load

    loaded = load(scenario, overrides)
    chosen = lines.SIZES if sizes is None else _sizes(loaded, sizes)
    found: ThinLine | Valley
    with progress_bar("running") as progress:
        if against is not None:
            lever, values = _lever(loaded, against)
            found = lines.valley(loaded, lever, values, chosen, progress=progress, **how)
        else:
            found = lines.thin_line(loaded, chosen, progress=progress, **how)
    return answer(found, partial(_write, loaded), _tell, figure, as_json)


def _sizes(loaded: Scenario, text: str) -> tuple[float, ...]:
    from sim.experiments.thin_line import SIZE
    from sim.experiments.values import levels

    return levels(loaded, SIZE, text, "sizes", MOST_VALUES)


def _lever(loaded: Scenario, against: str) -> tuple[str, tuple[float, ...]]:
    from sim.experiments.values import levels, named

    path, text = named(against, "against")
    return path, levels(loaded, path, text, "against", MOST_VALUES)


def _tell(found: ThinLine | Valley) -> None:
    from sim.experiments.line import ThinLine

    if isinstance(found, ThinLine):
        _tell_line(found)
    else:
        for value, line in zip(found.values, found.lines, strict=True):
            say(f"{found.lever} = {value:g}: {line.sentence}")
    other = "setting.clarity=0:1:5" if isinstance(found, ThinLine) else "setting.consent=0:1:5"
    said = asked().without("--figure", *MANNER).saying({"--against": other})
    note(f"Try next: {said.command}")


def _tell_line(line: ThinLine) -> None:
    from sim.cli.telling import as_shares

    say(f"{line.scenario}: {line.sentence}.")
    say()
    rows = []
    for point in line.points:
        shares = (point.failure, point.escalation, point.war)
        rows.append([f"{point.size:g}", *("  ".join(as_shares(share)) for share in shares)])
    table(["times the pledge", "failure", "escalation", "war"], rows)
    say()
    say(f"{plural(line.runs, 'run')} a size on the same luck, seed {line.seed}; 95 % intervals")


def _write(loaded: Scenario, found: ThinLine | Valley, file: Path) -> None:
    from sim.cli.origin import origin
    from sim.experiments.line import ThinLine
    from sim.report.thin_line import write_line, write_valley

    line = found if isinstance(found, ThinLine) else found.lines[0]
    source = origin(asked(), loaded, runs=line.runs, seed=line.seed)
    if isinstance(found, ThinLine):
        write_line(found, file, source)
    else:
        write_valley(found, file, source)
