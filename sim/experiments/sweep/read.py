"""A sweep as it is written, in a file or on the command line, to a plan.

Options of the command line become entries of the same tree that a file is read to, so both are
checked by the same rules, and everything wrong is said at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sim import shipped
from sim.errors import Place, ScenarioError
from sim.experiments.sweep.plan import Plan
from sim.experiments.sweep.reader import Reader
from sim.scenario.compose import compose
from sim.scenario.findings import Findings
from sim.scenario.nodes import Entry, Mapping, Node, Scalar
from sim.scenario.text import check_printable, read_text, shown


def is_sweep_file(source: str | Path) -> bool:
    """Whether ``source`` is a file that has the key ``sweep`` at its top."""
    if not shipped.is_path(str(source)) or not Path(source).is_file():
        return False
    try:
        root = _composed(Path(source), Findings())
    except ScenarioError:
        return False
    return isinstance(root, Mapping) and "sweep" in root.entries


def read_sweep(
    source: str | Path, entries: Sequence[Entry] = (), overrides: Sequence[str] = ()
) -> Plan:
    """The plan of a sweep file, or of a scenario with ``entries``, which beat those of the file.

    ``overrides`` are put on the scenario as ``--set`` puts them. Raises
    :class:`sim.errors.ScenarioError` with every problem there is.
    """
    findings = Findings()
    said = {entry.key.text: entry for entry in entries}
    if is_sweep_file(source):
        path = Path(source)
        root = _composed(path, findings)
        assert isinstance(root, Mapping)
        whole = Mapping(root.place, {**root.entries, **said})
    else:
        path, here = Path(), Place("thinline sweep", 1, 1)
        key, named = Scalar(here, "scenario"), Scalar(here, str(source))
        whole = Mapping(here, {"scenario": Entry(key, named), **said})
    return Reader(path.parent, overrides, findings).read(whole)


def _composed(path: Path, findings: Findings) -> object:
    def where(mark: object) -> Place:
        line, column = (getattr(mark, name, 0) + 1 for name in ("line", "column"))
        return Place(shown(path), line, column)

    text = read_text(path)
    check_printable(text, shown(path))
    return compose(text, where, findings)


def option(name: str, number: int, text: str) -> Scalar:
    """A word of the command line as a node; ``number`` counts the uses of the option ``name``."""
    return Scalar(Place(f"--{name}", number, 1), text)


def entry_of(name: str, node: Node) -> Entry:
    """An entry as if a file said it."""
    return Entry(Scalar(node.place, name), node)
