"""YAML text to nodes.

Composed from the parser's events, not by the library's own loader: so that every node has a place,
every mistake is reported at once, and a small file cannot become a huge tree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NoReturn

import yaml

from sim.errors import Place, ScenarioError
from sim.scenario.findings import Findings
from sim.scenario.nodes import Entry, Mapping, Node, Scalar, Sequence

MAX_DEPTH = 20
MAX_NODES = 100_000
MAX_ALIASES = 100
PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Where = Callable[[Any], Place]


def compose(text: str, where: Where, findings: Findings) -> Node | None:
    """The tree of a YAML text of one document, or None if it is empty.

    What can be passed over (a tag, a duplicate key) goes to ``findings``; what cannot raises
    ``ScenarioError`` with all findings. ``where`` turns a parser's mark into a place.
    """
    try:
        return _Composer(yaml.parse(text, Loader=PARSER), where, findings).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        findings.add(where(mark), *_explained(error, mark, text))
    except (yaml.YAMLError, ValueError) as error:
        findings.add(where(None), f"not readable as YAML: {error}", "save it as plain UTF-8 text")
    raise ScenarioError(findings.problems)


def _explained(error: yaml.MarkedYAMLError, mark: Any, text: str) -> tuple[str, str]:
    line = (text.splitlines()[mark.line :] or [""])[0] if mark else ""
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent or line[mark.column :].startswith("\t"):
        return "a tab where spaces are needed", "indent with spaces: YAML does not allow tabs"
    problem = error.problem or error.context
    return f"not readable as YAML: {problem}", "check the indentation, brackets, quotes and colons"


class _Composer:
    """Builds nodes from events, counting what it builds."""

    def __init__(self, events: Iterator[Any], where: Where, findings: Findings) -> None:
        self.events = events
        self.where = where
        self.findings = findings
        self.anchors: dict[str, tuple[Node | None, int]] = {}
        self.count = 0
        self.aliases = 0

    def document(self) -> Node | None:
        """The only document there is, None if there is nothing in it."""
        root: Node | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    self.stop(event, "a second document", "one scenario a file: remove '---'")
                root = self.node(next(self.events), 1)
        is_empty = isinstance(root, Scalar) and root.value is None
        return None if is_empty else root

    def node(self, event: Any, depth: int) -> Node:
        """The node that begins with ``event``."""
        if isinstance(event, yaml.AliasEvent):
            return self.alias(event)
        if depth > MAX_DEPTH:
            self.stop(event, f"more than {MAX_DEPTH} levels deep", "a scenario is never so deep")
        if event.tag is not None:
            self.report(event, f"a tag, {event.tag[:40]}", "write the value without a tag")
        before = self.count
        self.add_to_count(1, event)
        self.remember(event, None, 0)
        node = self.built(event, depth)
        self.remember(event, node, self.count - before)
        return node

    def built(self, event: Any, depth: int) -> Node:
        """A scalar, or a collection up to its end."""
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(self.where(event.start_mark), event.value, bool(event.style))
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(event, depth)
        return self.mapping(event, depth)

    def sequence(self, event: Any, depth: int) -> Sequence:
        """The list that begins with ``event``."""
        items = []
        while not isinstance(item := next(self.events), yaml.SequenceEndEvent):
            items.append(self.node(item, depth + 1))
        return Sequence(self.where(event.start_mark), tuple(items))

    def mapping(self, event: Any, depth: int) -> Mapping:
        """The mapping that begins with ``event``; of duplicate keys the first is kept."""
        entries: dict[str, Entry] = {}
        while not isinstance(start := next(self.events), yaml.MappingEndEvent):
            key = self.key(self.node(start, depth + 1), start, entries)
            node = self.node(next(self.events), depth + 1)
            if key is not None:
                entries[key.text] = Entry(key, node)
        return Mapping(self.where(event.start_mark), entries)

    def key(self, key: Node, event: Any, entries: dict[str, Entry]) -> Scalar | None:
        """The key, or None if it cannot be kept, with the reason reported."""
        if not isinstance(key, Scalar):
            self.report(event, f"{key} as a key", "a key is a single word")
        elif key.text == "<<" and not key.quoted:
            self.report(event, "a merge key, <<", "use `extends` or a group, or write it out")
        elif key.text in entries:
            line = entries[key.text].key.place.line
            remedy = f"it is already on line {line}: keep one of them"
            self.report(event, f"duplicate key '{key.text[:40]}'", remedy)
        else:
            return key
        return None

    def alias(self, event: Any) -> Node:
        """The node an alias stands for, counted as if it were written out."""
        self.aliases += 1
        if self.aliases > MAX_ALIASES:
            self.stop(event, f"more than {MAX_ALIASES} aliases", "use a group, or write it out")
        node, size = self.anchors.get(event.anchor, (None, 0))
        if node is None:
            self.stop(event, f"an alias of nothing, *{event.anchor}", "write the value out")
        self.add_to_count(size, event)
        return node

    def remember(self, event: Any, node: Node | None, size: int) -> None:
        """Keep a node for aliases; None while it is being built, so that none contains itself."""
        if event.anchor is not None:
            self.anchors[event.anchor] = (node, size)

    def add_to_count(self, size: int, event: Any) -> None:
        """Count ``size`` more nodes, and stop at too many."""
        self.count += size
        if self.count > MAX_NODES:
            self.stop(event, f"more than {MAX_NODES} values", "a scenario is never so large")

    def report(self, event: Any, message: str, remedy: str) -> None:
        """Note what can be passed over."""
        self.findings.add(self.where(event.start_mark), message, remedy)

    def stop(self, event: Any, message: str, remedy: str) -> NoReturn:
        """Refuse to read on."""
        self.report(event, message, remedy)
        raise ScenarioError(self.findings.problems)
