"""A comparison, and the pivotal states of a scenario, as pages that open from disk."""

from __future__ import annotations

import math
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sim.figures import apart, became, leavers, rows, side_by_side
from sim.figures.sheet import Sheet
from sim.figures.ways import LABELS
from sim.report.page import write_page
from sim.report.panels import MEANS, Panel, panel
from sim.report.reproduce import comparison_note, comparison_provenance
from sim.statistics import Estimate, proportion
from sim.text import format_ci, format_number, format_signed, join_and

if TYPE_CHECKING:
    from sim.analysis.compare import Comparison
    from sim.analysis.paired import Pair
    from sim.analysis.pivotal import Pivotal

SHOWN = 3
# By the name of a scenario, the words of a command that name it, with what was set in it.
Words = Mapping[str, Sequence[str]]
MANY = {2: "Two", 3: "Three", 4: "Four", 5: "Five", 6: "Six"}


@dataclass(frozen=True)
class Example:
    """A change of ending, and the commands that tell one run in which it happened, both ways."""

    words: str
    commands: tuple[str, str]


@dataclass(frozen=True)
class Turn:
    """What became of the baseline's runs in one scenario: the picture, and runs to look at."""

    pair: Pair
    panel: Panel
    examples: list[Example]


def write_comparison(
    found: Comparison, path: str | Path, command: str, words: Words, changes: Sequence[str] = ()
) -> Path:
    """Write the page of a comparison that ``command`` made; the folder must exist.

    ``changes`` says in words what was set in which scenario.
    """
    return write_page(
        path,
        "compare.html",
        many=MANY[len(found.results)],
        found=found,
        side_by_side=side_by_side_panel(found),
        apart=apart_panel(found),
        turns=[turn(found, nth, words) for nth, pair in enumerate(found.pairs) if pair.changed],
        measures=measures(found),
        saved=saved(found),
        made=comparison_provenance(found, command, list(found.results), changes),
    )


def write_pivotal(
    found: Pivotal, path: str | Path, command: str, changes: Sequence[str] = ()
) -> Path:
    """Write the page of a scenario's pivotal states; the folder must exist."""
    from sim.experiments.variants import LEAVING_NOTE

    return write_page(
        path,
        "pivotal.html",
        found=found,
        panel=pivotal_panel(found),
        leaving=LEAVING_NOTE,
        made=comparison_provenance(found.comparison, command, [found.scenario], changes),
    )


def side_by_side_panel(found: Comparison) -> Panel:
    """The shares of every scenario on one axis."""
    taken = side_by_side.table(found.shares)
    changes = {pair.scenario: pair.differences["war"].share for pair in found.pairs}
    drawn = side_by_side.figure(taken, changes, comparison_note(found))
    return panel("shares", drawn, side_by_side.sheet(taken), 8, rows.key(list(found.results)))


def apart_panel(found: Comparison) -> Panel:
    """The paired differences from the baseline."""
    changes = {
        pair.scenario: {way: each.share for way, each in pair.differences.items()}
        for pair in found.pairs
    }
    lines = apart.table(found.baseline, changes)
    drawn = apart.figure(lines, comparison_note(found))
    return panel("differences", drawn, apart.sheet(lines), 8, rows.key(list(changes), 1))


def turn(found: Comparison, nth: int, words: Words) -> Turn:
    """Which endings became which in the pair counted from 0."""
    pair = found.pairs[nth]
    lines = became.table(
        [(m.before, m.after, m.runs, proportion(m.runs, pair.runs)) for m in pair.moves]
    )
    drawn = became.figure(lines, pair.baseline, pair.scenario, comparison_note(found))
    shown = panel(f"turns-{nth}", drawn, became.sheet(lines), 4)
    return Turn(pair, shown, _examples(pair, words, found.seed))


def _examples(pair: Pair, words: Words, seed: int) -> list[Example]:
    return [
        Example(
            f"run {move.examples[0]:,}: {move.before.label} becomes {move.after.label}",
            (
                trace_command(words[pair.baseline], move.examples[0], seed),
                trace_command(words[pair.scenario], move.examples[0], seed),
            ),
        )
        for move in pair.moves[:SHOWN]
    ]


def trace_command(words: Sequence[str], run: int, seed: int) -> str:
    """The command that tells one run of a scenario that was asked for in these words."""
    return shlex.join(["thinline", "trace", *words, "--run", str(run), "--seed", str(seed)])


def pivotal_panel(found: Pivotal) -> Panel:
    """The states by what their leaving does."""
    lines = leavers.table(
        {
            leaver.state: {road: each.share for road, each in leaver.differences.items()}
            for leaver in found.leavers
        }
    )
    drawn = leavers.figure(lines, comparison_note(found.comparison))
    key = rows.key([LABELS[road] for road in leavers.ROADS])
    return panel("leavers", drawn, leavers.sheet(lines), 8, key)


def measures(found: Comparison, short: Mapping[str, str] | None = None) -> Sheet:
    """What is averaged over runs: in each scenario, and the mean difference from the baseline.

    ``short`` names the scenarios in the headings, where their own names would be too long.
    """
    names = list(short.values() if short else found.results)
    return Sheet(
        ("mean a run", *names, *(f"{name}: difference" for name in names[1:])),
        tuple(
            (
                label,
                *(format_number(each.measures[name].value) for each in found.results.values()),
                *(mean_words(pair.measures[name]) for pair in found.pairs),
            )
            for name, label in MEANS.items()
        ),
    )


def mean_words(change: Estimate) -> str:
    """A difference of means with its interval, if it has one: a single run has none."""
    return (
        format_ci(change, "+.3g")
        if math.isfinite(change.width)
        else format_signed(change.value, "+.3g")
    )


def saved(found: Comparison) -> str:
    """What sharing the luck saved, for war, in words; empty where it cannot be said."""
    gains = {pair.scenario: pair.differences["war"].variance_reduction for pair in found.pairs}
    told = [f"{gain:.2g} times the runs for {name}" for name, gain in gains.items() if gain]
    if not told:
        return ""
    return f"To know the difference in war as well on separate luck would take {join_and(told)}."
