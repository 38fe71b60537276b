"""``--set path=value``: a layer of one value, put on top of all files."""

from __future__ import annotations

from collections.abc import Sequence

from sim.errors import Place, ScenarioError
from sim.scenario.compose import compose
from sim.scenario.findings import Findings
from sim.scenario.laws import value_of
from sim.scenario.layer import Layer
from sim.scenario.nodes import Node
from sim.scenario.paths import Miss, explained, find
from sim.scenario.text import check_printable

FILE = "--set"


def read_overrides(texts: Sequence[str], findings: Findings) -> list[Layer]:
    """A layer for each text, in order, so that a later one beats an earlier; the place of a
    problem is ``--set``, with the number of the text as its line."""
    layers = (_override(text, number, findings) for number, text in enumerate(texts, start=1))
    return [layer for layer in layers if layer is not None]


def _override(text: str, number: int, findings: Findings) -> Layer | None:
    path, equals, value = text.partition("=")
    place = Place(FILE, number, 1)
    if not equals:
        findings.add(place, f"'{text[:60]}' sets nothing", "write --set path=value")
        return None
    path = path.strip()
    parameter = find(path)
    if isinstance(parameter, Miss):
        findings.add(place, *explained(path, parameter))
        return None
    node = _node(value, text.index("=") + 1, number, findings)
    read = None if node is None else value_of(node, parameter, findings)
    return None if read is None else Layer(FILE, values={path: read})


def _node(text: str, offset: int, number: int, findings: Findings) -> Node | None:
    def where(mark: object) -> Place:
        column = getattr(mark, "column", 0) + 1
        return Place(FILE, number, column + (offset if getattr(mark, "line", 0) == 0 else 0))

    own = Findings()
    try:
        check_printable(text, FILE)
        node = compose(text, where, own)
    except ScenarioError as error:
        findings.problems += [*own.problems, *error.problems]
        return None
    findings.problems += own.problems
    if node is None:
        findings.add(where(None), "nothing is written after '='", "write --set path=value")
    return node
