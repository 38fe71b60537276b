"""``thinline compare``: two to six scenarios on the same luck, or one without each state."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from sim.cli import compare_sweeps
from sim.cli.options import common_options, runs_option
from sim.cli.output import emit, note
from sim.cli.studies import drawn
from sim.errors import UsageError

if TYPE_CHECKING:
    from sim.experiments.comparison import Comparison
    from sim.experiments.pivotal import Pivotal
    from sim.report.compare import Asked
    from sim.scenario.model import Scenario
    from sim.scenario.override import Override


@click.command(short_help="Set scenarios side by side, run by run on the same luck.")
@click.argument("scenarios", nargs=-1, required=True, metavar="SCENARIO [SCENARIO]...")
@click.option(
    "--with",
    "changes",
    multiple=True,
    metavar="PATH=VALUE",
    help="Add the first scenario with this changed; several changes with ';' between them.",
)
@click.option(
    "--pivotal",
    "by_state",
    is_flag=True,
    help="Instead: what changes if each state of one scenario leaves the coalition.",
)
@runs_option("Model runs of each; the first one says, otherwise.")
@click.option(
    "--until-ci",
    type=float,
    metavar="WIDTH",
    help="Stop as soon as the 95 % interval of every difference is narrower, such as 0.01.",
)
@common_options
def compare(
    scenarios: tuple[str, ...],
    changes: tuple[str, ...],
    by_state: bool,
    overrides: tuple[str, ...],
    figure: Path | None,
    as_json: bool,
    **how: Any,
) -> int:
    """Run two to six scenarios on the same luck, and compare each with the first, run by run.

    Each is a shipped name or a file. Or name one and what to change in it:

    thinline compare reassurance_force --with setting.clarity=0.9

    Or name the folders of two sweeps over the same points, to compare them point by point.
    """
    if compare_sweeps.are_folders(scenarios):
        said = {"with": changes, "pivotal": by_state, "set": overrides, **how}
        return compare_sweeps.answer(scenarios, said, figure, as_json)
    versions = _versions(scenarios, overrides, changes)
    found = _found({name: each.scenario for name, each in versions.items()}, by_state, **how)
    asked = {name: each.words for name, each in versions.items()}
    if how["until_ci"]:
        note(_settled(found, how["until_ci"]))
    command = _command(found, scenarios, overrides, changes)
    code = drawn(lambda file: _draw(found, file, command, asked), figure)
    if as_json:
        emit(found.document())
    else:
        _tell(found, asked)
    return code


class Version(NamedTuple):
    """A scenario to compare, and the words of a command that name it."""

    words: tuple[str, ...]
    scenario: Scenario


def _versions(
    sources: tuple[str, ...], overrides: tuple[str, ...], changes: tuple[str, ...]
) -> dict[str, Version]:
    """What to compare, by name: all that were named, then the versions of the first."""
    versions: dict[str, Version] = {}
    for name, version in _loaded(sources, overrides, changes):
        if name in versions:
            raise UsageError(
                f"two of them are called {name}",
                f"for another version: thinline compare {sources[0]} --with PATH=VALUE",
            )
        versions[name] = version
    return versions


def _loaded(
    sources: tuple[str, ...], overrides: tuple[str, ...], changes: tuple[str, ...]
) -> Iterator[tuple[str, Version]]:
    first = [_version(source, overrides) for source in sources]
    yield from ((version.scenario.name, version) for version in first)
    for number, change in enumerate(changes, start=1):
        parts = _parts(change, number)
        texts = tuple(part.text for part in parts)
        name = f"{first[0].scenario.name} with {', '.join(texts)}"
        yield name, _version(sources[0], (*overrides, *texts), (*overrides, *parts))


def _parts(change: str, number: int) -> list[Override]:
    """The changes of the ``number``-th ``--with``, each at its place."""
    from sim.errors import Place
    from sim.scenario.override import Override

    parts, column = [], 1
    for piece in change.split(";"):
        if text := piece.strip():
            lead = len(piece) - len(piece.lstrip())
            parts.append(Override(text, Place("--with", number, column + lead)))
        column += len(piece) + 1
    if not parts:
        raise UsageError(f"--with '{change}' changes nothing", "write --with PATH=VALUE")
    return parts


def _version(
    source: str, texts: tuple[str, ...], overrides: tuple[str | Override, ...] = ()
) -> Version:
    from sim.scenario.load import load

    return Version((source, *_options("--set", texts)), load(source, overrides or texts))


def _options(option: str, values: tuple[str, ...]) -> Iterator[str]:
    for value in values:
        yield from (option, value)


def _found(named: dict[str, Scenario], by_state: bool, **how: Any) -> Comparison | Pivotal:
    from sim.cli.progress import progress_bar
    from sim.experiments import compare as comparing
    from sim.experiments.pivotal import pivotal

    if by_state and len(named) != 1:
        raise UsageError("--pivotal is about the states of one scenario", "name one, and no --with")
    with progress_bar("comparing") as progress:
        if by_state:
            return pivotal(next(iter(named.values())), progress=progress, **how)
        return comparing.compare(named, progress=progress, **how)


def _settled(found: Comparison | Pivotal, wanted: float) -> str:
    """Whether the differences are known as well as was wanted."""
    runs, width = f"{found.runs:,} runs", f"{found.width:.3g}"
    if found.width < wanted:
        return f"Every interval is narrower than {wanted:g} after {runs}; the widest is {width}."
    return f"After all {runs} the widest interval is still {width}: raise --runs."


def _command(
    found: Comparison | Pivotal,
    sources: tuple[str, ...],
    overrides: tuple[str, ...],
    changes: tuple[str, ...],
) -> str:
    """The command that gives the same numbers again."""
    from sim.experiments.pivotal import Pivotal

    words = ["thinline", "compare", *sources]
    words += [*_options("--with", changes), *_options("--set", overrides)]
    words += ["--pivotal"] if isinstance(found, Pivotal) else []
    return shlex.join([*words, "--runs", str(found.runs), "--seed", str(found.seed)])


def _draw(found: Comparison | Pivotal, file: Path, command: str, asked: Asked) -> None:
    from sim.experiments.pivotal import Pivotal
    from sim.report.compare import write_comparison, write_pivotal

    if isinstance(found, Pivotal):
        write_pivotal(found, file, command)
    else:
        write_comparison(found, file, command, asked)


def _tell(found: Comparison | Pivotal, asked: Asked) -> None:
    from sim.cli.compared import tell, tell_states
    from sim.experiments.pivotal import Pivotal

    if isinstance(found, Pivotal):
        tell_states(found, asked)
    else:
        tell(found, asked)
