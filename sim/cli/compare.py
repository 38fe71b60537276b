"""``thinline compare``: scenarios, versions of one, its states, or two sweeps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import click

from sim.choices import MAX_RUNS
from sim.cli.console import (
    describe_precision,
    print_list,
    print_note,
    print_rows,
    print_table,
    progress_bar,
)
from sim.cli.deferred import VerbCommand, deferred_imports
from sim.cli.invocation import MORE_RUNS, RUNS, SET, current_invocation, reproduce_command
from sim.cli.options import common_options, present, runs_option
from sim.errors import Place, UsageError
from sim.formatting import format_share_ci, plural

with deferred_imports(globals()):
    from sim.analysis.compare import Comparison
    from sim.analysis.compare import compare as compare_scenarios
    from sim.analysis.paired import Pair
    from sim.analysis.pivotal import Pivotal, pivotal
    from sim.categories import change_table, share_table
    from sim.cli import compare_sweeps
    from sim.cli.origin import changes_from
    from sim.experiments.parse_factors import parse_assignments
    from sim.experiments.variants import LEAVING_NOTE
    from sim.report.compare import (
        Words,
        changes_in_words,
        measures,
        saved,
        trace_command,
        write_comparison,
        write_pivotal,
    )
    from sim.report.reproduce import PageCommands
    from sim.scenario.load import load
    from sim.scenario.overrides import Override
    from sim.scenario.scenario import Scenario
    from sim.statistics import proportion

# Rows of the tables of transitions and of states.
TRANSITIONS = 6
STATES = 12
# Differences that are listed for each scenario; the page and JSON have all of them.
LISTED = 10
# A longer name is replaced by a number in column headings.
LONGEST_HEADING = 40


@click.command(cls=VerbCommand)
@click.argument("scenarios", nargs=-1, required=True, metavar="SCENARIO [SCENARIO]...")
@click.option(
    "--with",
    "changes",
    multiple=True,
    metavar="PATH=VALUE",
    help="Add the first scenario with this change; separate several changes by ';' or ','.",
)
@click.option(
    "--pivotal",
    "by_state",
    is_flag=True,
    help="Instead, remove each state of one scenario from the coalition in turn.",
)
@runs_option("Model runs of each scenario; the first scenario's number by default.")
@click.option(
    "--until-ci",
    type=float,
    metavar="WIDTH",
    help="Stop once the 95 % interval of every difference is narrower, such as 0.01.",
)
@common_options
def compare(
    scenarios: tuple[str, ...],
    changes: tuple[str, ...],
    by_state: bool,
    overrides: tuple[str, ...],
    figure: Path | None,
    as_json: bool,
    **options: Any,
) -> int:
    """Compare scenarios run by run, with the same random numbers.

    The first of two to six scenarios, each a shipped name or a file, is the baseline. Or name one
    scenario and the changes:

    thinline compare reassurance_force --with setting.clarity=0.9

    Or name the folders of two sweeps over the same points, to compare them point by point.
    """
    if compare_sweeps.are_folders(scenarios):
        given = {"with": changes, "pivotal": by_state, "set": overrides, **options}
        return compare_sweeps.compare_folders(scenarios, given, figure, as_json)
    versions = _versions(scenarios, overrides, changes)
    if by_state and len(versions) != 1:
        raise UsageError(
            "--pivotal is about the states of one scenario", "name one, without --with"
        )
    named = {name: version.scenario for name, version in versions.items()}
    found: Comparison | Pivotal
    with progress_bar("comparing") as progress:
        if by_state:
            found = pivotal(next(iter(named.values())), progress=progress, **options)
        else:
            found = compare_scenarios(named, progress=progress, **options)
    if wanted := options["until_ci"]:
        print_note(describe_precision(found.width, found.runs, wanted))
    words = {name: version.words for name, version in versions.items()}
    write = partial(_write, versions, words)
    return present(found, write, partial(_print, words), figure, as_json)


class Version(NamedTuple):
    """A scenario to compare, and the words of a command that name it."""

    words: tuple[str, ...]
    scenario: Scenario


def _versions(
    sources: tuple[str, ...], overrides: tuple[str, ...], changes: tuple[str, ...]
) -> dict[str, Version]:
    """The scenarios to compare, by name: the named ones, then the versions of the first."""
    versions: dict[str, Version] = {}
    for name, version in _load_versions(sources, overrides, changes):
        if name in versions:
            raise UsageError(
                f"two of them are called {name}",
                f"for another version: thinline compare {sources[0]} --with PATH=VALUE",
            )
        versions[name] = version
    return versions


def _load_versions(
    sources: tuple[str, ...], overrides: tuple[str, ...], changes: tuple[str, ...]
) -> Iterator[tuple[str, Version]]:
    first = [_load_version(source, overrides) for source in sources]
    yield from ((version.scenario.name, version) for version in first)
    for number, change in enumerate(changes, start=1):
        parts = _overrides(change, number)
        name = f"{first[0].scenario.name} with {', '.join(parts)}"
        yield name, _load_version(sources[0], (*overrides, *parts))


def _load_version(source: str, overrides: tuple[str, ...]) -> Version:
    options = [word for text in overrides for word in (SET, text)]
    return Version((source, *options), load(source, overrides))


def _overrides(change: str, number: int) -> list[Override]:
    """The changes in the ``number``-th ``--with``, each with its place in it."""
    parts: list[Override] = []
    end = 0
    for text in parse_assignments(change):
        begin = change.index(text, end)
        end = begin + len(text)
        parts.append(Override(text, Place("--with", number, begin + 1)))
    if not parts:
        raise UsageError(f"--with '{change}' changes nothing", "write --with PATH=VALUE")
    return parts


def _write(
    versions: Mapping[str, Version], words: Words, found: Comparison | Pivotal, file: Path
) -> None:
    invocation = current_invocation().without("--until-ci")
    again = reproduce_command(invocation, runs=found.runs, seed=found.seed)
    baseline = next(iter(versions.values()))
    changes = changes_from(baseline.words[0], baseline.scenario)
    if isinstance(found, Pivotal):
        write_pivotal(found, file, PageCommands(again, _next_without_a_state(found)), changes)
    else:
        commands = PageCommands(again, _next_command(found, words))
        write_comparison(found, file, commands, words, changes)


def _print(words: Words, found: Comparison | Pivotal) -> None:
    if isinstance(found, Pivotal):
        _print_pivotal(found)
    else:
        _print_comparison(words, found)


def _print_comparison(words: Words, found: Comparison) -> None:
    for pair in found.pairs:
        click.echo(pair.sentence)
    short = _short_names(list(found.results))
    for name, heading in short.items():
        if heading != name:
            click.echo(f"{heading} {name}")
    click.echo()
    _print_shares(found, short)
    click.echo()
    _print_differences(found, short)
    for pair in found.pairs:
        if pair.changed:
            click.echo()
            _print_transitions(pair, short)
    click.echo()
    print_table(measures(found, short))
    for name, parts in changes_in_words(found, LISTED).items():
        print_list(f"{short[name]} differs from {short[found.baseline]}:", parts)
    click.echo()
    simultaneous = (
        f", simultaneous for all {found.n_comparisons} scenarios where they are of differences"
        if found.n_comparisons > 1
        else ""
    )
    single = "; a mean of one run has none" if found.runs == 1 else ""
    click.echo(
        f"{plural(found.runs, 'run')} each with the same random numbers, seed {found.seed}; "
        f"95 % intervals{simultaneous}{single}"
    )
    for remark in filter(None, [saved(found), *found.notes]):
        print_note(f"Note: {remark.rstrip('.')}.")
    print_note(f"Try next: {_next_command(found, words)}")


def _short_names(names: Sequence[str]) -> dict[str, str]:
    """The column heading of each name: the name itself, or a number in place of a long name."""
    return {
        name: name if len(name) <= LONGEST_HEADING else f"({k})"
        for k, name in enumerate(names, start=1)
    }


def _print_shares(found: Comparison, short: Mapping[str, str]) -> None:
    print_table(share_table({short[name]: shares for name, shares in found.shares.items()}))


def _print_differences(found: Comparison, short: Mapping[str, str]) -> None:
    changes = {
        short[pair.scenario]: {word: each.share for word, each in pair.differences.items()}
        for pair in found.pairs
    }
    print_table(change_table(short[found.baseline], changes))


def _print_transitions(pair: Pair, short: Mapping[str, str]) -> None:
    """The most frequent transitions between outcomes."""
    rows = (
        [
            move.before.label,
            move.after.label,
            format_share_ci(proportion(move.runs, pair.runs)),
            ", ".join(map(str, move.examples)),
        ]
        for move in pair.moves[:TRANSITIONS]
    )
    headings = [short[pair.baseline], short[pair.scenario], "share of model runs", "example runs"]
    print_rows(headings, rows)
    rest = len(pair.moves) - TRANSITIONS
    if rest > 0:
        click.echo(f"and {plural(rest, 'less frequent transition')}")


def _next_command(found: Comparison, words: Words) -> str:
    """The suggested next command: trace a run whose outcome changed or, if there is none, compare
    the scenario without each of its states."""
    for pair in found.pairs:
        if pair.changed:
            run = pair.moves[0].examples[0]
            return trace_command(words[pair.scenario], run, found.seed)
    kept = current_invocation().only(SET, "--runs", "--seed")
    return kept.for_command("compare", kept.arguments[0]).with_option("--pivotal").command


def _print_pivotal(found: Pivotal) -> None:
    click.echo(found.sentence)
    if found.idle:
        print_note(f"Try next: {_next_without_a_state(found)}")
        return
    click.echo()
    print_table(found.result_table.to_text(), STATES)
    if len(found.leavers) > STATES:
        click.echo(f"and {len(found.leavers) - STATES} more, in --json")
    click.echo()
    click.echo(
        f"{plural(found.runs, 'run')} each with the same random numbers, seed {found.seed}; "
        "95 % intervals, simultaneous for all states"
    )
    print_note(f"Note: {LEAVING_NOTE}")
    print_note(f"Try next: {_next_without_a_state(found)}")


def _next_without_a_state(found: Pivotal) -> str:
    """The suggested next command: compare the scenario with itself without the state of largest
    effect. If there is none, take more runs; if no state can leave, take another scenario."""
    if found.idle:
        return "thinline compare reassurance_force --pivotal"
    kept = current_invocation().only(SET, RUNS, "--seed")
    if not found.moves_war:
        more = min(MORE_RUNS * found.runs, MAX_RUNS)
        return kept.with_option("--pivotal").with_options({RUNS: more}).command
    state = f"states.{found.leavers[0].state}"
    return kept.with_option("--with", f"{state}.pledge=none; {state}.start=none").command
