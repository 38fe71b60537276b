"""Pages of a comparison of scenarios and of pivotal states."""

from __future__ import annotations

import math
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sim.explain.scenario import MOST_CHANGES, describe_differences
from sim.figures.comparison import DifferencesChart, SharesChart, TransitionRow, TransitionsChart
from sim.figures.parts import the_scenario
from sim.figures.pivotal import PivotalChart
from sim.formatting import format_ci, format_number, format_signed, join_and
from sim.report.labels import in_words, scenario_labels
from sim.report.page import write_page
from sim.report.panels import MEANS, Panel, panel
from sim.report.reproduce import PageCommands, comparison_note, comparison_provenance
from sim.statistics import Estimate, proportion
from sim.tables import Table

if TYPE_CHECKING:
    from sim.analysis.compare import Comparison
    from sim.analysis.paired import Pair
    from sim.analysis.pivotal import Pivotal

SHOWN = 3
# By scenario name, the arguments of a command that select the scenario and its overrides.
Words = Mapping[str, Sequence[str]]
MANY = {2: "Two", 3: "Three", 4: "Four", 5: "Five", 6: "Six"}


@dataclass(frozen=True)
class Example:
    """A transition, and the commands that trace one run of it in both scenarios."""

    words: str
    commands: tuple[str, str]


@dataclass(frozen=True)
class Transitions:
    """The transitions from the baseline to one scenario: the chart, and examples of runs."""

    pair: Pair
    panel: Panel
    examples: list[Example]


def write_comparison(
    found: Comparison,
    path: str | Path,
    commands: PageCommands,
    words: Words,
    changes: Sequence[str] = (),
) -> Path:
    """Write the page of a comparison with its ``commands``; the folder must exist.

    ``changes`` describes the overrides of the baseline.
    """
    labels = labels_of(found)
    return write_page(
        path,
        "compare.html",
        many=MANY[len(found.results)],
        sentences=[_labelled(pair, labels).sentence for pair in found.pairs],
        found=found,
        changed={labels[name]: parts for name, parts in changes_in_words(found).items()},
        most_unfolded=MOST_CHANGES,
        shares=shares_panel(found),
        differences=differences_panel(found),
        transitions=[
            transitions(found, nth, words) for nth, pair in enumerate(found.pairs) if pair.changed
        ],
        measures=measures(found, labels),
        saved=saved(found, labels),
        made=comparison_provenance(found, commands, list(found.results), changes),
    )


def write_pivotal(
    found: Pivotal, path: str | Path, commands: PageCommands, changes: Sequence[str] = ()
) -> Path:
    """Write the page of a scenario's pivotal states; the folder must exist."""
    from sim.experiments.variants import LEAVING_NOTE

    return write_page(
        path,
        "pivotal.html",
        found=found,
        sentence=in_words(found.sentence, {f"In {found.scenario} ": "Here "}),
        panel=pivotal_panel(found),
        leaving=LEAVING_NOTE,
        made=comparison_provenance(found.comparison, commands, [found.scenario], changes),
    )


def labels_of(found: Comparison) -> dict[str, str]:
    """A label for each scenario: its title, or what it changes."""
    return scenario_labels({name: each.scenario for name, each in found.results.items()})


def changes_in_words(found: Comparison, most: int | None = None) -> dict[str, list[str]]:
    """What differs in each scenario from the baseline, in sentences, at ``most`` so many."""
    scenarios = {name: each.scenario for name, each in found.results.items()}
    baseline = scenarios.pop(found.baseline)
    return {name: describe_differences(each, baseline, most) for name, each in scenarios.items()}


def _labelled(pair: Pair, labels: Mapping[str, str]) -> Pair:
    """The pair with a label instead of the name; the page names the baseline once."""
    return replace(pair, scenario=the_scenario(labels[pair.scenario]), baseline="the baseline")


def shares_panel(found: Comparison) -> Panel:
    """The shares of every scenario on one axis."""
    labels = labels_of(found)
    changes = {labels[pair.scenario]: pair.differences["war"].share for pair in found.pairs}
    shares = {labels[name]: each for name, each in found.shares.items()}
    return panel("shares", SharesChart.of(shares, changes), comparison_note(found), 8)


def differences_panel(found: Comparison) -> Panel:
    """The paired differences from the baseline."""
    labels = labels_of(found)
    changes = {
        labels[pair.scenario]: {word: each.share for word, each in pair.differences.items()}
        for pair in found.pairs
    }
    chart = DifferencesChart.of(labels[found.baseline], changes)
    return panel("differences", chart, comparison_note(found), 8)


def transitions(found: Comparison, nth: int, words: Words) -> Transitions:
    """The transitions of the pair number ``nth``, from 0."""
    pair = found.pairs[nth]
    examples = _examples(pair, words, found.seed)
    return Transitions(_labelled(pair, labels_of(found)), transitions_panel(found, nth), examples)


def transitions_panel(found: Comparison, nth: int) -> Panel:
    """The runs that end otherwise in the pair number ``nth``, from 0, by both endings."""
    pair, labels = found.pairs[nth], labels_of(found)
    rows = [
        TransitionRow(m.before, m.after, m.runs, proportion(m.runs, pair.runs)) for m in pair.moves
    ]
    rows.sort(key=lambda row: -row.runs)
    chart = TransitionsChart(rows, labels[pair.baseline], labels[pair.scenario])
    return panel(f"turns-{nth}", chart, comparison_note(found), 4)


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
    """The command that traces one run of a scenario selected by these arguments."""
    return shlex.join(["thinline", "trace", *words, "--run", str(run), "--seed", str(seed)])


def pivotal_panel(found: Pivotal) -> Panel:
    """The states by the effect of their departure."""
    chart = PivotalChart(found.result_table)
    return panel("leavers", chart, comparison_note(found.comparison), 8)


def measures(found: Comparison, short: Mapping[str, str] | None = None) -> Table:
    """Means over runs in each scenario, and their paired differences from the baseline.

    ``short`` has short names of the scenarios for the headings.
    """
    names = list(short.values() if short else found.results)
    return Table(
        ("mean per run", *names, *(f"{name}: difference" for name in names[1:])),
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
    """A difference of means with its interval; a single run has none."""
    return (
        format_ci(change, "+.3g")
        if math.isfinite(change.width)
        else format_signed(change.value, "+.3g")
    )


def _times(gain: float) -> str:
    return "about" if 0.95 < gain < 1.05 else f"{gain:.2g} times"


def saved(found: Comparison, short: Mapping[str, str] | None = None) -> str:
    """The variance reduction by common random numbers, for war; empty if it is unknown.

    ``short`` has other names of the scenarios.
    """
    gains = {pair.scenario: pair.differences["war"].variance_reduction for pair in found.pairs}
    names = short or {name: name for name in gains}
    times = [
        f"{_times(gain)} as many runs for {the_scenario(names[name])}"
        for name, gain in gains.items()
        if gain
    ]
    if not times:
        return ""
    return f"With independent random numbers, the same precision for war takes {join_and(times)}."
