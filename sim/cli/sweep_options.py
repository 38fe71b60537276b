"""What the options of ``thinline sweep`` mean, and how its answer is laid out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sim.cli.asked import Asked, asked, at_point
from sim.cli.output import emit, note, say, table
from sim.cli.sizes import as_size, as_time
from sim.errors import UsageError, head
from sim.figures.wording import plural

if TYPE_CHECKING:
    from sim.experiments.sweep.plan import Plan
    from sim.experiments.sweep.results import SweepResults
    from sim.scenario.nodes import Entry, Mapping

CONDITION = re.compile(r"\s*([\w.]+)\s*((?:<=|>=|!=|[≤≥<>=]).*)")
PLAIN = ("design", "n", "replications", "seed", "until_ci", "watch")
WRITTEN = {
    "over": "write PATH=VALUES, such as setting.clarity=0:1:11",
    "point": "write PATH=VALUE, such as setting.clarity=0.2,setting.force_size=1",
    "exclude": "write PATH=VALUE or PATH>VALUE, such as setting.clarity>0.8",
}
SHOWN = 12


def entries(said: dict[str, Any]) -> list[Entry]:
    """The options as the entries of a sweep file."""
    from sim.experiments.sweep.read import entry_of, option
    from sim.experiments.values import assignments
    from sim.scenario.nodes import Sequence as Items

    found = [
        entry_of(name, option(name.replace("_", "-"), 1, str(said[name])))
        for name in PLAIN
        if said[name] is not None
    ]
    if said["over"]:
        texts = [part for text in said["over"] for part in assignments(text)]
        found.append(entry_of("over", _mapping("over", 1, texts)))
    for key, name in (("points", "point"), ("exclude", "exclude")):
        if said[name]:
            items = [_mapping(name, k, assignments(t)) for k, t in enumerate(said[name], start=1)]
            found.append(entry_of(key, Items(items[0].place, tuple(items))))
    return found


def _mapping(name: str, number: int, texts: Sequence[str]) -> Mapping:
    """A mapping of what is left of a mark to what is right of it; each use of ``--over`` counts."""
    from sim.experiments.sweep.read import option
    from sim.scenario.nodes import Entry
    from sim.scenario.nodes import Mapping as Node

    found: dict[str, Entry] = {}
    if not texts:
        raise UsageError(f"--{name} says nothing", WRITTEN[name])
    for k, text in enumerate(texts, start=number):
        match = CONDITION.match(text)
        if match is None:
            raise UsageError(f"--{name} {text[:60]} names no values", WRITTEN[name])
        path, values = match[1], match[2] if name == "exclude" else match[2].removeprefix("=")
        if path in found:
            raise UsageError(f"--{name} names {path} twice", "say all its values in one")
        line = k if name == "over" else number
        found[path] = Entry(option(name, line, path), option(name, line, values.strip()))
    return Node(option(name, number, "").place, found)


def table_of(results: SweepResults) -> None:
    """Print a line a point; of many points those with the least and the most of what is watched."""
    from sim.cli.telling import as_shares
    from sim.experiments.sweep.summary import watched

    tally, axes = results.tally, results.plan.design.axes
    shares = tally.estimates(results.plan.watch)
    points = list(range(len(shares)))
    if len(points) > SHOWN:
        ranked = sorted((p for p in points if tally.runs[p]), key=lambda p: shares[p].value)
        points = [*ranked[: SHOWN // 2], *ranked[-(SHOWN // 2) :]]
    rows: list[list[str]] = []
    for p in points:
        if len(shares) > len(points) and len(rows) == SHOWN // 2:
            rows.append(["…"] * (len(axes) + 3))
        share = as_shares(shares[p]) if tally.runs[p] else ("failed", "")
        rows.append([*_values(results, p), f"{tally.runs[p]:,}", *share])
    table([*(axis.path for axis in axes), "runs", watched(results), "95 % interval"], rows)
    if len(shares) > len(points):
        say(f"The least and the most of {plural(len(shares), 'point')}; points.parquet has all")


def _values(results: SweepResults, point: int) -> list[str]:
    from sim.experiments.sweep.summary import short

    said = results.plan.design.said(point).values()
    return ["as it is" if value is None else short(value) for value in said]


def next_command(results: SweepResults, said: Asked, is_drawn: bool) -> str:
    """The picture, if it was not drawn yet, or else a run at the point with most of what is
    watched."""
    if not is_drawn:
        page = {"--out": results.folder, "--figure": f"{results.plan.name}.html"}
        return said.without("--force").saying(page).command
    found = results.extremes
    return _run_at(results, said, None if found is None else found.most)


def _run_at(results: SweepResults, said: Asked, point: int | None) -> str:
    """The runs of a point by themselves; of the scenario as it is, where there is no point."""
    from sim.cli.origin import source_of
    from sim.experiments.sweep.summary import as_written

    plan = results.plan
    values = {} if point is None else plan.design.said(point)
    held = {path: as_written(value) for path, value in values.items() if value is not None}
    runs = plan.replications if point is None else int(results.tally.runs[point])
    return at_point(said, source_of(plan.scenario), held, runs, plan.seed)


def tell_estimate(plan: Plan, jobs: int | None, as_json: bool) -> None:
    """Print how large a sweep would be."""
    from sim.experiments.sweep.estimate import estimate

    found = estimate(plan, jobs)
    if as_json:
        begin = head("sweep_estimate", plan.scenario.name, seed=plan.seed)
        emit({**begin, **found.document()})
        return
    axes = ", ".join(f"{axis.path} ({len(axis.levels) or 'any'})" for axis in plan.design.axes)
    most = " at most" if plan.until_ci else ""
    say(f"{plan.name}: {plan.design.method} over {axes}")
    say(
        f"{plural(found.points, 'point')}, {plural(plan.replications, 'run')} each{most}: "
        f"{plural(found.runs, 'run')}"
    )
    say(f"about {as_time(found.seconds)} on {plural(found.jobs, 'thread')}")
    say(f"about {as_size(found.bytes)} on disk, in {plural(found.parts, 'part')}")
    note(f"Try next: {asked().without('--dry-run').command}")
