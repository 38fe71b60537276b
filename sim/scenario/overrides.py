"""Overrides of a scenario: ``path=value``, as ``--set`` takes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sim.errors import Place, ScenarioError
from sim.scenario.diagnostics import Diagnostics
from sim.scenario.paths import UnknownPath, explain_miss, find
from sim.scenario.read_file import Layer
from sim.scenario.read_values import value_of
from sim.scenario.yaml_nodes import Node, check_printable, compose


class Override(NamedTuple):
    """A ``path=value`` and its place: the file of the place is an option, the line is the position
    among the uses of that option."""

    text: str
    place: Place


def read_overrides(given: Sequence[str | Override], diagnostics: Diagnostics) -> list[Layer]:
    """A layer per override, in order; a plain text counts as one ``--set``."""
    placed = [
        each if isinstance(each, Override) else Override(each, Place("--set", number, 1))
        for number, each in enumerate(given, start=1)
    ]
    layers = [_override(each, diagnostics) for each in placed]
    return [layer for layer in layers if layer is not None]


def _override(given: Override, diagnostics: Diagnostics) -> Layer | None:
    text, place = given
    path, equals, value = text.partition("=")
    if not equals:
        diagnostics.add(place, f"'{text[:60]}' has no '='", f"write {place.file} path=value")
        return None
    path = path.strip()
    parameter = find(path)
    if isinstance(parameter, UnknownPath):
        diagnostics.add(place, *explain_miss(path, parameter))
        return None
    after = Place(place.file, place.line, place.column + text.index("=") + 1)
    node = _node(value, after, diagnostics)
    read = None if node is None else value_of(node, parameter, diagnostics)
    return None if read is None else Layer(place.file, values={path: read})


def _node(text: str, begins: Place, diagnostics: Diagnostics) -> Node | None:
    def where(mark: object) -> Place:
        column = getattr(mark, "column", 0)
        before = begins.column if getattr(mark, "line", 0) == 0 else 1
        return Place(begins.file, begins.line, column + before)

    own = Diagnostics()
    try:
        check_printable(text, begins.file)
        node = compose(text, where, own)
    except ScenarioError as error:
        diagnostics.problems += [*own.problems, *error.problems]
        return None
    diagnostics.problems += own.problems
    if node is None:
        remedy = f"write {begins.file} path=value"
        diagnostics.add(where(None), "the value after '=' is empty", remedy)
    return node
