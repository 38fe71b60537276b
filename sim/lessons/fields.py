"""Reading the blocks of a lesson file: required and optional keys, texts, names and lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sim.errors import LessonError, Place, ScenarioError, did_you_mean, nearest
from sim.scenario.diagnostics import Diagnostics
from sim.scenario.read_values import is_name, text_of, texts_of
from sim.scenario.yaml_nodes import (
    Entry,
    Mapping,
    Node,
    Scalar,
    Sequence,
    check_printable,
    compose,
    printable,
    read_text,
)

START = Place("", 1, 1)


def compose_file(path: Path, what: str) -> Mapping:
    """The tree of a YAML file that holds a ``what``; raises ``LessonError``."""
    file = printable(path)

    def where(mark: object) -> Place:
        return Place(file, getattr(mark, "line", 0) + 1, getattr(mark, "column", 0) + 1)

    diagnostics = Diagnostics()
    try:
        text = read_text(path)
        check_printable(text, file)
        root = compose(text, where, diagnostics)
        diagnostics.raise_any()
    except ScenarioError as error:
        raise LessonError(error.problems) from None
    if not isinstance(root, Mapping):
        found = "the file is empty" if root is None else f"{root} where keys were expected"
        diagnostics.add(where(None), found, f"start with 'lesson: NAME' for a {what}")
        raise LessonError(diagnostics.problems)
    return root


def plain(node: Node) -> Any:
    """A node as plain data."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {word: plain(entry.node) for word, entry in node.entries.items()}


def named(node: Node, what: str) -> str:
    """What a block is, with its name if it has one: ``prediction 'belief'``."""
    entry = node.entries.get("name") if isinstance(node, Mapping) else None
    if entry is None or not isinstance(entry.node, Scalar):
        return f"a {what}"
    return f"{what} '{entry.node.text[:40]}'"


class Fields:
    """The entries of one block; every problem is reported, and an empty value returned."""

    def __init__(
        self,
        node: Node,
        what: str,
        keys: dict[str, str],
        diagnostics: Diagnostics,
        optional: tuple[str, ...] = (),
    ) -> None:
        self.node = node
        self.what = what
        self.diagnostics = diagnostics
        self.entries: dict[str, Entry] = {}
        if not isinstance(node, Mapping):
            self.report(node, f"{what} is {node}", f"write keys and values: {', '.join(keys)}")
            return
        self.entries = {word: each for word, each in node.entries.items() if word in keys}
        unknown = [word for word in node.entries if word not in keys]
        for word in unknown:
            message = f"unknown key '{word[:40]}' in {what}"
            self.report(node.entries[word].key, message, did_you_mean(word, keys))
        # A part under a misspelt key is not missing as well.
        meant = {nearest(word, keys) for word in unknown}
        for word in keys:
            if word not in node.entries and word not in optional and word not in meant:
                self.report(node, f"{what} has no '{word}'", f"add '{word}': {keys[word]}")

    def report(self, node: Node, message: str, remedy: str) -> None:
        """Add a problem at a node."""
        self.diagnostics.add(node.place, message, remedy)

    def __contains__(self, key: str) -> bool:
        return key in self.entries

    def at(self, key: str) -> Node:
        """The node of a key, or of the block if the key is missing."""
        return self.entries[key].node if key in self.entries else self.node

    def text(self, key: str) -> str:
        """The text of a key."""
        return text_of(self.at(key), key, self.diagnostics) if key in self else ""

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts of a list."""
        return texts_of(self.at(key), key, self.diagnostics) if key in self else ()

    def whole(self, key: str, low: int, high: int, default: int) -> int:
        """A whole number from ``low`` to ``high``."""
        if key not in self:
            return default
        value = plain(self.at(key))
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        found = f"{key}: {value!r:.40} is not a whole number from {low:,} to {high:,}"
        self.report(self.at(key), found, "write such a number")
        return default

    def name(self, key: str) -> str:
        """A name: small letters, digits and underscores."""
        node = self.at(key)
        if key in self and is_name(node, key, self.diagnostics) and isinstance(node, Scalar):
            return node.text
        return ""

    def items(self, key: str) -> tuple[Node, ...]:
        """The nodes of a list."""
        node = self.at(key)
        if key not in self:
            return ()
        if isinstance(node, Sequence) and node.items:
            return node.items
        self.report(node, f"{key}: {node} where a list was expected", "write a list of items")
        return ()

    def named(self, key: str) -> Iterator[tuple[str, Node]]:
        """The entries of a block of names."""
        node = self.at(key)
        if key not in self:
            return
        if not isinstance(node, Mapping) or not node.entries:
            self.report(node, f"{key} is {node}", "write names, each with its values")
            return
        for name, entry in node.entries.items():
            if is_name(entry.key, key, self.diagnostics):
                yield name, entry.node

    def one_of(self, key: str, options: tuple[str, ...]) -> str:
        """A word among ``options``."""
        word = self.text(key)
        if word and word not in options:
            self.report(self.at(key), f"{key}: unknown '{word[:40]}'", did_you_mean(word, options))
            return ""
        return word

    def each(self, key: str, read: Callable[[Node], Any]) -> tuple[Any, ...]:
        """The result of ``read`` for each item of a list, without ``None``."""
        return tuple(one for item in self.items(key) if (one := read(item)) is not None)
