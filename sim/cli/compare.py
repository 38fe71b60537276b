"""``thinline compare``: two to six scenarios on the same luck, or one without each state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from sim.cli import compare_sweeps
from sim.cli.console import note, say, table
from sim.cli.invocation import again, asked
from sim.cli.options import answer, common_options, runs_option
from sim.errors import UsageError
from sim.figures.categories import CATEGORIES
from sim.statistics import proportion
from sim.text import format_change, format_distinct, format_share_ci, plural, state_name

if TYPE_CHECKING:
    from sim.analysis.compare import Comparison
    from sim.analysis.paired import Pair
    from sim.analysis.pivotal import Pivotal
    from sim.report.compare import Words
    from sim.scenario.load import Override
    from sim.scenario.scenario import Scenario


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
    from sim.experiments.parse_factors import parse_assignments
    from sim.scenario.load import Override

    parts = [
        Override(text, Place("--with", number, change.index(text) + 1))
        for text in parse_assignments(change)
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
    from sim.analysis import compare as comparing
    from sim.analysis.pivotal import pivotal
    from sim.cli.console import progress_bar

    if by_state and len(named) != 1:
        raise UsageError("--pivotal is about the states of one scenario", "name one, and no --with")
    with progress_bar("comparing") as progress:
        if by_state:
            return pivotal(next(iter(named.values())), progress=progress, **how)
        return comparing.compare(named, progress=progress, **how)


def _settled(found: Comparison | Pivotal, wanted: float) -> str:
    """Whether the differences are known as well as was wanted."""
    runs, width = plural(found.runs, "run"), format_distinct(found.width, wanted)
    if found.width < wanted:
        return f"Every interval is narrower than {wanted:g} after {runs}; the widest is {width}."
    return f"After all {runs} the widest interval is still {width}: raise --runs."


def _changes(versions: Mapping[str, Version]) -> list[str]:
    """In words, what was set in each scenario that something was set in."""
    from sim.cli.invocation import set_in

    changed = {name: set_in(each.scenario, each.words[0]) for name, each in versions.items()}
    return [f"{name}: {'; '.join(told)}" for name, told in changed.items() if told]


def _write(
    versions: Mapping[str, Version], words: Words, found: Comparison | Pivotal, file: Path
) -> None:
    from sim.analysis.pivotal import Pivotal
    from sim.report.compare import write_comparison, write_pivotal

    command = again(asked().without("--until-ci"), runs=found.runs, seed=found.seed)
    if isinstance(found, Pivotal):
        write_pivotal(found, file, command, _changes(versions))
    else:
        write_comparison(found, file, command, words, _changes(versions))


def _tell(words: Words, found: Comparison | Pivotal) -> None:
    from sim.analysis.pivotal import Pivotal

    if isinstance(found, Pivotal):
        tell_states(found)
    else:
        tell(found, words)


MOVES = 6
WIDEST = 40
STATES = 12


def tell(found: Comparison, words: Words) -> None:
    """Say what a comparison found; ``words`` are those that each scenario was asked for by."""
    from sim.report.compare import measures, saved

    for pair in found.pairs:
        say(pair.sentence)
    short = shortened(list(found.results))
    for name, sign in short.items():
        if sign != name:
            say(f"{sign} {name}")
    say()
    _shares(found, short)
    say()
    _differences(found, short)
    for pair in found.pairs:
        if pair.changed:
            say()
            _moves(pair, short)
    say()
    sheet = measures(found, short)
    table(sheet.headings, sheet.rows)
    say()
    say(
        f"{plural(found.runs, 'run')} each on the same luck, seed {found.seed}; {_intervals(found)}"
    )
    for remark in filter(None, [saved(found), *found.notes]):
        note(f"Note: {remark.rstrip('.')}.")
    note(f"Try next: {next_command(found, words)}")


def _intervals(found: Comparison) -> str:
    """What the intervals are, and why there may be none."""
    few = "; a mean of one run has none" if found.runs == 1 else ""
    if found.n_comparisons == 1:
        return f"95 % intervals{few}"
    return (
        f"95 % intervals, those of differences for all {found.n_comparisons} scenarios at once{few}"
    )


def shortened(names: Sequence[str]) -> dict[str, str]:
    """What stands for each name above a column: itself, or its number where it is long."""
    return {n: n if len(n) <= WIDEST else f"({k})" for k, n in enumerate(names, start=1)}


def _shares(found: Comparison, short: Mapping[str, str]) -> None:
    rows = (
        [each.label, *(format_share_ci(shares[word]) for shares in found.shares.values())]
        for word, each in CATEGORIES.items()
    )
    table(["share of model runs", *short.values()], rows)


def _differences(found: Comparison, short: Mapping[str, str]) -> None:
    rows = (
        [each.label, *(format_change(pair.differences[word].share) for pair in found.pairs)]
        for word, each in CATEGORIES.items()
    )
    table(
        [f"points more than {short[found.baseline]}", *list(short.values())[1:]],
        rows,
    )


def _moves(pair: Pair, short: Mapping[str, str]) -> None:
    """Which endings became which, the commonest few."""
    rows = (
        [
            move.before.label,
            move.after.label,
            format_share_ci(proportion(move.runs, pair.runs)),
            ", ".join(map(str, move.examples)),
        ]
        for move in pair.moves[:MOVES]
    )
    table([short[pair.baseline], short[pair.scenario], "share of model runs", "such as runs"], rows)
    left = len(pair.moves) - MOVES
    if left > 0:
        say(f"and {plural(left, 'rarer change')} of ending")


def next_command(found: Comparison, words: Words) -> str:
    """A run that ended in another way, told; else which state would make a difference."""
    from sim.report.compare import trace_command

    for pair in found.pairs:
        if pair.changed:
            run = pair.moves[0].examples[0]
            return trace_command(words[pair.scenario], run, found.seed)
    said = asked().only("--set", "--runs", "--seed")
    return said.instead("compare", said.about[0]).adding("--pivotal").command


def tell_states(found: Pivotal) -> None:
    """Say what each state's leaving does."""
    from sim.experiments.variants import LEAVING_NOTE

    say(found.sentence)
    if found.idle:
        note("Try next: thinline compare reassurance_force --pivotal")
        return
    say()
    roads = ("war", "failure", "escalation")
    table(
        ["leaves", *(f"{road}, points" for road in roads)],
        [
            [
                state_name(each.state),
                *(format_change(each.differences[road].share) for road in roads),
            ]
            for each in found.leavers[:STATES]
        ],
    )
    if len(found.leavers) > STATES:
        say(f"and {len(found.leavers) - STATES} with smaller differences; --json has them all")
    say()
    say(
        f"{plural(found.runs, 'run')} each on the same luck, seed {found.seed}; "
        "the intervals hold for all states at once, 95 %"
    )
    note(f"Note: {LEAVING_NOTE}")
    note(f"Try next: {_without(found)}")


def _without(found: Pivotal) -> str:
    """The scenario beside itself without the weightiest state."""
    state = f"states.{found.leavers[0].state}"
    change = f"{state}.pledge=none; {state}.start=none"
    return asked().only("--set", "--runs", "--seed").adding("--with", change).command
