"""One scenario file as a layer: paths and values before inheritance, events and the lesson."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from sim.errors import Place, ScenarioError, did_you_mean, nearest, remedy_for_key
from sim.scenario.diagnostics import Diagnostics
from sim.scenario.parameter import Parameter
from sim.scenario.paths import where_to_write
from sim.scenario.read_events import EventChange, PlannedEvent, read_events
from sim.scenario.read_values import is_name, text_of, texts_of, value_of
from sim.scenario.scenario import Value
from sim.scenario.schema import ONE_STATE, SHAPE, Block, ByName, Shape
from sim.scenario.yaml_nodes import (
    Entry,
    Mapping,
    Node,
    Scalar,
    Sequence,
    check_printable,
    compose,
    kind_of,
    printable,
    read_text,
)

OTHER_KEYS = ("scenario", "extends", "title", "events", "info")
KEYS = (*OTHER_KEYS, *SHAPE)
# The key that only a sweep has: its other errors as a scenario would mislead.
SWEEP = "sweep"
CANNOT_REMOVE = "a state cannot be removed: set 'pledge: none'; write {} for a new state"
INFO_TEXTS = {
    "what_is_it": "the scenario in a few sentences",
    "how_it_works": "the mechanisms of the model that drive the scenario",
    "things_to_notice": "points to look for in the results",
    "things_to_try": "parameters to change, and the expected effects",
    "decision_point": "the decision for a class",
    "debrief": "topics for discussion afterwards",
    "leaves_out": "the limits of the scenario",
}
SOURCES = "sources"
INFO_KEYS = (*INFO_TEXTS, SOURCES)
# Layers that are kept in memory.
KEPT = 64

# A key and a value without the colon and the blank between them.
KEY_AND_VALUE = re.compile(r"(\w+)\s*[:=]\s*(\S+)")


@dataclass(slots=True)
class Layer:
    """The contents of one file or one ``--set``.

    ``values`` are by path as written (``groups.…`` included); ``named`` holds the place of each
    state, group and red line by path; ``events`` is None if the file has no such block;
    ``event_changes`` come from a ``--set`` alone.
    """

    file: str
    name: str = ""
    title: str = ""
    extends: Scalar | None = None
    values: dict[str, Value] = field(default_factory=dict)
    named: dict[str, Place] = field(default_factory=dict)
    members: dict[str, tuple[Scalar, ...]] = field(default_factory=dict)
    events: tuple[PlannedEvent, ...] | None = None
    event_changes: tuple[EventChange, ...] = ()
    info: dict[str, str | tuple[str, ...]] = field(default_factory=dict)


def read_file(path: Path, diagnostics: Diagnostics) -> Layer | None:
    """The layer of a file; None, with the problem reported, if the file cannot be read."""
    try:
        text = read_text(path)
    except ScenarioError as error:
        diagnostics.problems += error.problems
        return None
    file = printable(path)
    return _sound_layer(text, file) or read_layer(text, file, diagnostics)


# Scenarios have ancestors in common, and a study loads the same file many times.
@lru_cache(maxsize=KEPT)
def _sound_layer(text: str, file: str) -> Layer | None:
    """The layer of a text without problems, not to be changed; None for any other text."""
    found = Diagnostics()
    try:
        layer = read_layer(text, file, found)
    except ScenarioError:
        return None
    return None if found.problems or found.unknown else layer


def read_layer(text: str, file: str, diagnostics: Diagnostics) -> Layer | None:
    """The layer of a text; None, with the problem reported, if it is not a mapping."""

    def where(mark: object) -> Place:
        return Place(file, getattr(mark, "line", 0) + 1, getattr(mark, "column", 0) + 1)

    try:
        check_printable(text, file)
        root = compose(text, where, diagnostics)
    except ScenarioError as error:
        diagnostics.problems += error.problems
        return None
    if isinstance(root, Mapping) and SWEEP in root.entries:
        remedy = f"use: thinline sweep {file}, or sim.sweep"
        diagnostics.add(where(None), "this is a sweep file", remedy)
        return None
    if not isinstance(root, Mapping) or not _has_a_key(root):
        diagnostics.add(where(None), _explain(root), "start with 'scenario: NAME'")
        return None
    return Reader(Layer(file), diagnostics).read(root)


def _has_a_key(root: Mapping) -> bool:
    """Whether a key is one of a scenario, perhaps misspelt; an empty mapping is accepted."""
    return not root.entries or any(nearest(word, KEYS) for word in root.entries)


def _explain(root: Node | None) -> str:
    """Why a file is no scenario; nothing in it is quoted, whatever it is."""
    if root is None:
        return "the file is empty"
    if isinstance(root, Mapping):
        return "the file is not a scenario: none of its keys is a scenario's"
    return f"{kind_of(root)} where a mapping was expected"


class Reader:
    """Fills a layer from nodes and reports every problem."""

    def __init__(self, layer: Layer, diagnostics: Diagnostics) -> None:
        self.layer = layer
        self.diagnostics = diagnostics

    def read(self, root: Mapping) -> Layer:
        """The layer of a whole file."""
        readers: dict[str, Callable[[Node], None]] = {
            "scenario": self.read_name,
            "extends": self.read_extends,
            "groups": self.read_groups,
        }
        for word, entry in self.known(root, KEYS, "").items():
            if word in readers:
                readers[word](entry.node)
            elif word == "title":
                self.layer.title = text_of(entry.node, "title", self.diagnostics)
            elif word == "events":
                self.layer.events = read_events(entry.node, self.diagnostics)
            elif word == "info":
                self.layer.info = read_info(entry.node, self.diagnostics)
            else:
                self.walk(entry.node, SHAPE[word], word)
        if "scenario" not in root.entries and not self.diagnostics.is_unknown("scenario"):
            self.diagnostics.add(root.place, "the scenario has no name", "add 'scenario: NAME'")
        return self.layer

    def known(self, node: Mapping, options: tuple[str, ...], path: str) -> dict[str, Entry]:
        """The entries with keys among ``options``; other keys are reported."""
        for word, entry in node.entries.items():
            if word not in options:
                inside = f" in {path}" if path else ""
                message = f"unknown key '{word[:40]}'{inside}"
                remedy = (None if path else where_to_write(word)) or remedy_for_key(word, options)
                self.diagnostics.add(entry.key.place, message, remedy)
                meant = nearest(word, options) or "?"
                self.diagnostics.mark_unknown(f"{path}.{meant}" if path else meant)
        return {word: entry for word, entry in node.entries.items() if word in options}

    def walk(self, node: Node, shape: Shape, path: str) -> None:
        """Add the values at and below ``path`` to the layer."""
        if isinstance(shape, Parameter):
            self.read_value(node, shape, path)
        elif not isinstance(node, Mapping):
            self.reject_block(node, shape, path)
        elif isinstance(shape, ByName):
            self.walk_names(node, shape, path)
        else:
            of_group = ("members",) if shape is ONE_STATE and path.startswith("groups.") else ()
            for word, entry in self.known(node, (*shape, *of_group), path).items():
                self.walk(entry.node, shape[word], f"{path}.{word}")

    def read_value(self, node: Node, parameter: Parameter, path: str) -> None:
        """Add one value to the layer."""
        value = value_of(node, parameter, self.diagnostics)
        if value is None:
            self.diagnostics.mark_unknown(path)
        else:
            self.layer.values[path] = value

    def walk_names(self, node: Mapping, shape: ByName, path: str) -> None:
        """Add the states, groups or red lines of a block, and their values, to the layer."""
        for name, entry in node.entries.items():
            if is_name(entry.key, shape.what, self.diagnostics):
                self.layer.named[f"{path}.{name}"] = entry.key.place
                self.walk(entry.node, shape.each, f"{path}.{name}")
            else:
                self.diagnostics.mark_unknown(f"{path}.?")

    def reject_block(self, node: Node, shape: ByName | Block, path: str) -> None:
        """Report a node that is not a block."""
        self.diagnostics.mark_unknown(path)
        is_null = isinstance(node, Scalar) and node.value is None
        found = "is empty" if is_null else f"is {node}, not a mapping"
        is_state = path.startswith("states.") and path.count(".") == 1
        remedy = CANNOT_REMOVE if is_null and is_state else _wanted(shape, node)
        self.diagnostics.add(node.place, f"{path} {found}", remedy)

    def read_name(self, node: Node) -> None:
        """Read the name of the scenario."""
        if is_name(node, "scenario", self.diagnostics) and isinstance(node, Scalar):
            self.layer.name = node.text

    def read_extends(self, node: Node) -> None:
        """Read the name or path of the parent."""
        if isinstance(node, Scalar) and node.value is not None:
            self.layer.extends = node
        else:
            self.diagnostics.lack_parent()
            self.diagnostics.add(
                node.place, f"extends: {node}", "name one scenario, or remove the key"
            )

    def read_groups(self, node: Node) -> None:
        """Read the groups: the members, and values as for a state."""
        if not isinstance(node, Mapping):
            self.walk(node, SHAPE["groups"], "groups")
            return
        rest = {}
        for name, entry in node.entries.items():
            group = entry.node
            if isinstance(group, Mapping) and "members" in group.entries:
                self.layer.members[name] = self.members(group.entries["members"].node, name)
                others = {word: e for word, e in group.entries.items() if word != "members"}
                entry = Entry(entry.key, Mapping(group.place, others))
            rest[name] = entry
        self.walk(Mapping(node.place, rest), SHAPE["groups"], "groups")

    def members(self, node: Node, group: str) -> tuple[Scalar, ...]:
        """Read the member states of a group."""
        items = node.items if isinstance(node, Sequence) else ()
        if not items:
            self.diagnostics.mark_unknown(f"groups.{group}")
            self.diagnostics.add(node.place, f"members: {node}", "write [estonia, latvia]")
        names = [item for item in items if is_name(item, "state", self.diagnostics)]
        return tuple({name.text: name for name in names if isinstance(name, Scalar)}.values())


def _wanted(shape: ByName | Block, node: Node) -> str:
    if isinstance(node, Scalar) and (pair := KEY_AND_VALUE.fullmatch(node.text)):
        return f"write '{pair[1]}: {pair[2]}', with a colon and a blank"
    if isinstance(shape, ByName):
        return f"write the name of a {shape.what}, a colon, and its values"
    return f"write keys and values: {', '.join(shape)}"


def read_info(node: Node, diagnostics: Diagnostics) -> dict[str, str | tuple[str, ...]]:
    """The info block, by key: text, or a list of texts."""
    if not isinstance(node, Mapping):
        diagnostics.add(
            node.place, f"info is {node}, not a mapping", f"keys: {', '.join(INFO_KEYS)}"
        )
        return {}
    info: dict[str, str | tuple[str, ...]] = {}
    for word, entry in node.entries.items():
        if word not in INFO_KEYS:
            remedy = did_you_mean(word, INFO_KEYS)
            diagnostics.add(entry.key.place, f"unknown key '{word[:40]}' in info", remedy)
        elif word == SOURCES or isinstance(entry.node, Sequence):
            info[word] = texts_of(entry.node, word, diagnostics)
        else:
            info[word] = text_of(entry.node, word, diagnostics)
    return info
