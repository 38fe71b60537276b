"""``thinline compare``: two to six scenarios on the same luck, or one without each state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from sim.cli import compare_sweeps
from sim.cli.asked import again, asked
from sim.cli.options import common_options, runs_option
from sim.cli.output import note
from sim.cli.studies import answer
from sim.errors import UsageError
from sim.figures.wording import beyond, plural

if TYPE_CHECKING:
    from sim.experiments.comparison import Comparison
    from sim.experiments.pivotal import Pivotal
    from sim.report.compare import Words
    from sim.scenario.model import Scenario
    from sim.scenario.override import Override


@click.command(short_help="Set scenarios side by side, run by run on the same luck.")
@click.argument("scenarios", nargs=-1, required=True, metavar="SCENARIO [SCENARIO]...")
@click.option(
    "--with",
    "changes",
    multiple=True,
    metavar="PATH=VALUE",
    help="Add the first scenario with this changed; several at once have ';' or ',' between them.",
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
        return compare_sweeps.compare_folders(scenarios, said, figure, as_json)
    versions = _versions(scenarios, overrides, changes)
    found = _found({name: each.scenario for name, each in versions.items()}, by_state, **how)
    words = {name: each.words for name, each in versions.items()}
    if how["until_ci"]:
        note(_settled(found, how["until_ci"]))
    return answer(found, partial(_write, versions, words), partial(_tell, words), figure, as_json)


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
    from sim.experiments.values import assignments
    from sim.scenario.override import Override

    parts = [
        Override(text, Place("--with", number, change.index(text) + 1))
        for text in assignments(change)
    ]
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
    runs, width = plural(found.runs, "run"), beyond(found.width, wanted)
    if found.width < wanted:
        return f"Every interval is narrower than {wanted:g} after {runs}; the widest is {width}."
    return f"After all {runs} the widest interval is still {width}: raise --runs."


def _changes(versions: Mapping[str, Version]) -> list[str]:
    """In words, what was set in each scenario that something was set in."""
    from sim.cli.origin import set_in

    changed = {name: set_in(each.scenario, each.words[0]) for name, each in versions.items()}
    return [f"{name}: {'; '.join(told)}" for name, told in changed.items() if told]


def _write(
    versions: Mapping[str, Version], words: Words, found: Comparison | Pivotal, file: Path
) -> None:
    from sim.experiments.pivotal import Pivotal
    from sim.report.compare import write_comparison, write_pivotal

    command = again(asked().without("--until-ci"), runs=found.runs, seed=found.seed)
    if isinstance(found, Pivotal):
        write_pivotal(found, file, command, _changes(versions))
    else:
        write_comparison(found, file, command, words, _changes(versions))


def _tell(words: Words, found: Comparison | Pivotal) -> None:
    from sim.cli.compared import tell, tell_states
    from sim.experiments.pivotal import Pivotal

    if isinstance(found, Pivotal):
        tell_states(found)
    else:
        tell(found, words)
