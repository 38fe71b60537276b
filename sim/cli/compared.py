"""What ``thinline compare`` says when it is done: sentences, tables, and what to look at next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sim.cli.asked import asked
from sim.cli.output import note, say, table
from sim.figures.ways import WAYS
from sim.figures.wording import hedged, place_name, plural, signed
from sim.statistics import share

if TYPE_CHECKING:
    from sim.experiments.comparison import Comparison
    from sim.experiments.pair import Pair
    from sim.experiments.pivotal import Pivotal
    from sim.report.compare import Words

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
    if found.at_once == 1:
        return f"95 % intervals{few}"
    return f"95 % intervals, those of differences for all {found.at_once} scenarios at once{few}"


def shortened(names: Sequence[str]) -> dict[str, str]:
    """What stands for each name above a column: itself, or its number where it is long."""
    return {n: n if len(n) <= WIDEST else f"({k})" for k, n in enumerate(names, start=1)}


def _shares(found: Comparison, short: Mapping[str, str]) -> None:
    rows = ([way.label, *(hedged(s[way.word]) for s in found.shares.values())] for way in WAYS)
    table(["share of model runs", *short.values()], rows)


def _differences(found: Comparison, short: Mapping[str, str]) -> None:
    rows = (
        [way.label, *(signed(pair.differences[way.word].share) for pair in found.pairs)]
        for way in WAYS
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
            hedged(share(move.runs, pair.runs)),
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
    from sim.experiments.leaving import LEAVING

    say(found.sentence)
    if found.idle:
        note("Try next: thinline compare reassurance_force --pivotal")
        return
    say()
    roads = ("war", "failure", "escalation")
    table(
        ["leaves", *(f"{road}, points" for road in roads)],
        [
            [place_name(each.state), *(signed(each.differences[road].share) for road in roads)]
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
    note(f"Note: {LEAVING}")
    note(f"Try next: {_without(found)}")


def _without(found: Pivotal) -> str:
    """The scenario beside itself without the weightiest state."""
    state = f"states.{found.leavers[0].state}"
    change = f"{state}.pledge=none; {state}.start=none"
    return asked().only("--set", "--runs", "--seed").adding("--with", change).command
