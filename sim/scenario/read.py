"""One scenario file's nodes to a layer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sim.errors import Place, ScenarioError
from sim.scenario.compose import compose
from sim.scenario.findings import Findings
from sim.scenario.info import read_info
from sim.scenario.laws import value_of
from sim.scenario.layer import Layer
from sim.scenario.nodes import Entry, Mapping, Node, Scalar, Sequence
from sim.scenario.parameter import Parameter
from sim.scenario.plan import read_events
from sim.scenario.shape import ONE_STATE, SHAPE, Block, ByName, Shape
from sim.scenario.text import check_printable, read_text, shown
from sim.scenario.words import is_name, text_of
from sim.suggest import did_you_mean, nearest

GONE = "a state cannot be taken out: set 'pledge: none'; write {} for a new one"
TOLD = ("scenario", "extends", "title", "events", "info")


def read_file(path: Path, findings: Findings) -> Layer | None:
    """What a file says; None, with a finding, if it cannot be read at all."""
    try:
        text = read_text(path)
    except ScenarioError as error:
        findings.problems += error.problems
        return None
    return read_layer(text, shown(path), findings)


def read_layer(text: str, file: str, findings: Findings) -> Layer | None:
    """What the text of ``file`` says; None, with a finding, if it is not a mapping."""

    def where(mark: object) -> Place:
        return Place(file, getattr(mark, "line", 0) + 1, getattr(mark, "column", 0) + 1)

    try:
        check_printable(text, file)
        root = compose(text, where, findings)
    except ScenarioError as error:
        findings.problems += error.problems
        return None
    if not isinstance(root, Mapping):
        found = "the file is empty" if root is None else f"{root} where a mapping was expected"
        findings.add(where(None), found, "start with 'scenario: NAME'")
        return None
    return Reader(Layer(file), findings).read(root)


class Reader:
    """Fills a layer, reporting whatever it cannot put there."""

    def __init__(self, layer: Layer, findings: Findings) -> None:
        self.layer = layer
        self.findings = findings

    def read(self, root: Mapping) -> Layer:
        """The layer of a whole file."""
        readers: dict[str, Callable[[Node], None]] = {
            "scenario": self.read_name,
            "extends": self.read_extends,
            "title": self.read_title,
            "events": self.read_events,
            "info": self.read_info,
            "groups": self.read_groups,
        }
        for word, entry in self.known(root, (*TOLD, *SHAPE), "").items():
            if word in readers:
                readers[word](entry.node)
            else:
                self.walk(entry.node, SHAPE[word], word)
        if "scenario" not in root.entries and not self.findings.is_doubtful("scenario"):
            self.findings.add(root.place, "the scenario has no name", "add 'scenario: NAME'")
        return self.layer

    def known(self, node: Mapping, options: tuple[str, ...], path: str) -> dict[str, Entry]:
        """The entries whose keys are among ``options``; the others are reported."""
        for word, entry in node.entries.items():
            if word not in options:
                inside = f" in {path}" if path else ""
                message = f"unknown key '{word[:40]}'{inside}"
                self.findings.add(entry.key.place, message, did_you_mean(word, options))
                meant = nearest(word, options) or "?"
                self.findings.doubt(f"{path}.{meant}" if path else meant)
        return {word: entry for word, entry in node.entries.items() if word in options}

    def walk(self, node: Node, shape: Shape, path: str) -> None:
        """Put what a node says of ``path`` and below into the layer."""
        if isinstance(shape, Parameter):
            self.take(node, shape, path)
        elif not isinstance(node, Mapping):
            self.refuse_block(node, shape, path)
        elif isinstance(shape, ByName):
            self.walk_names(node, shape, path)
        else:
            of_group = ("members",) if shape is ONE_STATE and path.startswith("groups.") else ()
            for word, entry in self.known(node, (*shape, *of_group), path).items():
                self.walk(entry.node, shape[word], f"{path}.{word}")

    def take(self, node: Node, parameter: Parameter, path: str) -> None:
        """Put one value into the layer."""
        value = value_of(node, parameter, self.findings)
        if value is None:
            self.findings.doubt(path)
        else:
            self.layer.values[path] = value

    def walk_names(self, node: Mapping, shape: ByName, path: str) -> None:
        """Put each named thing and what it holds into the layer."""
        for name, entry in node.entries.items():
            if is_name(entry.key, shape.what, self.findings):
                self.layer.named[f"{path}.{name}"] = entry.key.place
                self.walk(entry.node, shape.each, f"{path}.{name}")
            else:
                self.findings.doubt(f"{path}.?")

    def refuse_block(self, node: Node, shape: ByName | Block, path: str) -> None:
        """Report something else where a block was expected."""
        self.findings.doubt(path)
        is_null = isinstance(node, Scalar) and node.value is None
        found = "is empty" if is_null else f"is {node}, not a mapping"
        is_state = path.startswith("states.") and path.count(".") == 1
        remedy = GONE if is_null and is_state else _wanted(shape)
        self.findings.add(node.place, f"{path} {found}", remedy)

    def read_name(self, node: Node) -> None:
        """The scenario's own name."""
        if is_name(node, "scenario", self.findings) and isinstance(node, Scalar):
            self.layer.name = node.text

    def read_title(self, node: Node) -> None:
        """The title."""
        self.layer.title = text_of(node, "title", self.findings)

    def read_extends(self, node: Node) -> None:
        """The name or path of the parent."""
        if isinstance(node, Scalar) and node.value is not None:
            self.layer.extends = node
        else:
            self.findings.doubt("extends")
            self.findings.add(node.place, f"extends: {node}", "name one scenario, or leave it out")

    def read_groups(self, node: Node) -> None:
        """Groups: their members apart, the rest like a state."""
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
        """The states a group is made of."""
        items = node.items if isinstance(node, Sequence) else ()
        if not items:
            self.findings.doubt(f"groups.{group}")
            self.findings.add(node.place, f"members: {node}", "write [estonia, latvia]")
        names = [item for item in items if is_name(item, "state", self.findings)]
        return tuple({name.text: name for name in names if isinstance(name, Scalar)}.values())

    def read_events(self, node: Node) -> None:
        """The events."""
        self.layer.events = read_events(node, self.findings)

    def read_info(self, node: Node) -> None:
        """The lesson."""
        self.layer.info = read_info(node, self.findings)


def _wanted(shape: ByName | Block) -> str:
    if isinstance(shape, ByName):
        return f"write the name of a {shape.what}, a colon, and what it holds"
    return f"write keys and values: {', '.join(shape)}"
