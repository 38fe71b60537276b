"""Overrides of a scenario: ``path=value``, as ``--set`` takes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sim.errors import Place, ScenarioError
from sim.scenario.diagnostics import Diagnostics
from sim.scenario.paths import UnknownPath, explain_miss, find
from sim.scenario.read_events import read_change, read_events
from sim.scenario.read_file import Layer
from sim.scenario.read_values import value_of
from sim.scenario.yaml_nodes import Node, Scalar, check_printable, compose

EVENTS, NULL = "events", "null"
# One or more texts, or values by their paths.
Overrides = str | Iterable[str] | Mapping[str, Any]


class Override(str):
    """A ``path=value`` with its place: the file of the place is an option, the line is the position
    among the uses of that option."""

    place: Place

    def __new__(cls, text: str, place: Place) -> Override:
        """The text ``text`` at ``place``."""
        override = super().__new__(cls, text)
        override.place = place
        return override


def without_events(names: Sequence[str]) -> tuple[Override, ...]:
    """The overrides that remove events, each given by its name or number."""
    return tuple(
        Override(f"{EVENTS}.{name}={NULL}", Place("--without-event", k, 1))
        for k, name in enumerate(names, start=1)
    )


def read_overrides(given: Sequence[str], diagnostics: Diagnostics) -> list[Layer]:
    """A layer per override, in order; a plain text counts as one ``--set``."""
    placed = [
        each if isinstance(each, Override) else Override(each, Place("--set", number, 1))
        for number, each in enumerate(given, start=1)
    ]
    layers = [_override(each, diagnostics) for each in placed]
    return [layer for layer in layers if layer is not None]


def _override(given: Override, diagnostics: Diagnostics) -> Layer | None:
    text, place = str(given), given.place
    path, equals, value = text.partition("=")
    if not equals:
        diagnostics.add(place, f"'{text[:60]}' has no '='", f"write {place.file} path=value")
        return None
    key = Scalar(place, path.strip())
    is_event = key.text.partition(".")[0] == EVENTS
    parameter = None if is_event else find(key.text)
    if isinstance(parameter, UnknownPath):
        diagnostics.add(place, *explain_miss(key.text, parameter, with_events=True))
        return None
    after = Place(place.file, place.line, place.column + text.index("=") + 1)
    is_removed = is_event and value.strip() == NULL
    node = Scalar(after, NULL) if is_removed else _node(value, after, diagnostics)
    if node is None:
        return None
    if parameter is not None:
        read = value_of(node, parameter, diagnostics)
        return None if read is None else Layer(place.file, values={key.text: read})
    if key.text == EVENTS:
        return Layer(place.file, events=read_events(node, diagnostics))
    change = read_change(key, node, diagnostics)
    return None if change is None else Layer(place.file, event_changes=(change,))


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
