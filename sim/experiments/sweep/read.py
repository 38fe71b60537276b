"""A sweep as it is written, in a file or on the command line, to a plan.

Options of the command line become entries of the same tree that a file is read to, so both are
checked by the same rules, and everything wrong is said at once.
"""

from __future__ import annotations

import json
from collections.abc import Mapping as Said
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sim import shipped
from sim.errors import Place, ScenarioError
from sim.experiments.sweep.plan import Plan
from sim.experiments.sweep.reader import START, Reader
from sim.scenario.compose import compose
from sim.scenario.findings import Findings
from sim.scenario.nodes import Entry, Mapping, Node, Scalar
from sim.scenario.text import check_printable, read_text, shown

# What only a sweep has: 'scenario' and 'seed' may stand in either.
OWN_KEYS = ("sweep", "over", "points", "replications", "exclude")


def is_sweep_file(source: str | Path) -> bool:
    """Whether ``source`` is a file that has a key of a sweep at its top, or nothing that could be
    a scenario's either."""
    if not shipped.is_path(str(source)) or not Path(source).is_file():
        return False
    try:
        root = _root(Path(source), Findings())
    except ScenarioError:
        return False
    return not isinstance(root, Mapping) or any(key in root.entries for key in OWN_KEYS)


def read_sweep(
    source: str | Path, entries: Sequence[Entry] = (), overrides: Sequence[str] = ()
) -> Plan:
    """The plan of a sweep file, or of a scenario with ``entries``, which beat those of the file.

    ``overrides`` are put on the scenario as ``--set`` puts them. Raises
    :class:`sim.errors.ScenarioError` with every problem there is.
    """
    said = {entry.key.text: entry for entry in entries}
    if is_sweep_file(source):
        root, folder = _file(Path(source)), Path(source).parent
    else:
        here = Place("thinline sweep", 1, 1)
        scenario = entry_of("scenario", Scalar(here, str(source)))
        root, folder = Mapping(here, {"scenario": scenario}), Path()
    whole = Mapping(root.place, {**root.entries, **said})
    return Reader(folder, overrides, Findings()).read(whole)


def plan_from(said: Said[str, Any], overrides: Sequence[str] = ()) -> Plan:
    """The plan of a sweep given as plain data, with the keys that a file has; raises as
    :func:`read_sweep` does."""
    findings, file = Findings(), "the sweep"
    root = _mapping(_composed(json.dumps(dict(said)), file, findings), file, findings)
    return Reader(Path(), overrides, Findings()).read(root)


def _file(path: Path) -> Mapping:
    findings = Findings()
    return _mapping(_root(path, findings), shown(path), findings)


def _root(path: Path, findings: Findings) -> Node | None:
    return _composed(read_text(path), shown(path), findings)


def _composed(text: str, file: str, findings: Findings) -> Node | None:
    def where(mark: object) -> Place:
        return Place(file, getattr(mark, "line", 0) + 1, getattr(mark, "column", 0) + 1)

    check_printable(text, file)
    return compose(text, where, findings)


def _mapping(root: Node | None, file: str, findings: Findings) -> Mapping:
    if not isinstance(root, Mapping):
        what = "the file is empty" if root is None else f"{root} where a mapping was expected"
        findings.add(Place(file, 1, 1), what, START)
    findings.raise_any()
    assert isinstance(root, Mapping)
    return root


def option(name: str, number: int, text: str) -> Scalar:
    """A word of the command line as a node; ``number`` counts the uses of the option ``name``."""
    return Scalar(Place(f"--{name}", number, 1), text)


def entry_of(name: str, node: Node) -> Entry:
    """An entry as if a file said it."""
    return Entry(Scalar(node.place, name), node)
