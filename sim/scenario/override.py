"""``--set path=value``: a layer of one value, put on top of all files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sim.errors import Place, ScenarioError
from sim.scenario.compose import compose
from sim.scenario.findings import Findings
from sim.scenario.laws import value_of
from sim.scenario.layer import Layer
from sim.scenario.nodes import Node
from sim.scenario.paths import Miss, explained, find
from sim.scenario.text import check_printable


class Override(NamedTuple):
    """A ``path=value``, and where it was written: the file of the place is an option, its line
    counts the uses of the option."""

    text: str
    place: Place


def read_overrides(given: Sequence[str | Override], findings: Findings) -> list[Layer]:
    """A layer for each that is given, in order, so that a later one beats an earlier; a plain text
    counts as one ``--set``."""
    layers = [_override(each, findings) for each in _placed(given)]
    return [layer for layer in layers if layer is not None]


def _placed(given: Sequence[str | Override]) -> list[Override]:
    return [
        each if isinstance(each, Override) else Override(each, Place("--set", number, 1))
        for number, each in enumerate(given, start=1)
    ]


def _override(given: Override, findings: Findings) -> Layer | None:
    text, place = given
    path, equals, value = text.partition("=")
    if not equals:
        findings.add(place, f"'{text[:60]}' sets nothing", f"write {place.file} path=value")
        return None
    path = path.strip()
    parameter = find(path)
    if isinstance(parameter, Miss):
        findings.add(place, *explained(path, parameter))
        return None
    after = Place(place.file, place.line, place.column + text.index("=") + 1)
    node = _node(value, after, findings)
    read = None if node is None else value_of(node, parameter, findings)
    return None if read is None else Layer(place.file, values={path: read})


def _node(text: str, begins: Place, findings: Findings) -> Node | None:
    def where(mark: object) -> Place:
        column = getattr(mark, "column", 0)
        before = begins.column if getattr(mark, "line", 0) == 0 else 1
        return Place(begins.file, begins.line, column + before)

    own = Findings()
    try:
        check_printable(text, begins.file)
        node = compose(text, where, own)
    except ScenarioError as error:
        findings.problems += [*own.problems, *error.problems]
        return None
    findings.problems += own.problems
    if node is None:
        remedy = f"write {begins.file} path=value"
        findings.add(where(None), "nothing is written after '='", remedy)
    return node
