"""YAML text as a tree of nodes with their places in the file.

The tree is composed from the parser's events instead of the library's loader, so that every node
has a place, all errors are reported at once, and aliases cannot expand a small file into a huge
tree. Plain scalars follow the core schema of YAML 1.2, in which ``NO`` is text.
"""

from __future__ import annotations

import math
import os
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

import yaml

from sim.errors import Place, Problem, ScenarioError
from sim.resources import STANDARD_INPUT
from sim.scenario.diagnostics import Diagnostics
from sim.scenario.syntax_errors import explain_syntax_error

MAX_BYTES = 2**20
MAX_DEPTH = 20
MAX_NODES = 100_000
MAX_ALIASES = 100
LONGEST_WHOLE = 40
PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # without libyaml, the slower one
UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
TRUE = frozenset({"true", "True", "TRUE"})
FALSE = frozenset({"false", "False", "FALSE"})
WHOLE = re.compile(r"[-+]?[0-9]+(_[0-9]+)*\Z")
DECIMAL = re.compile(
    r"[-+]?(\.[0-9]+|[0-9]+(_[0-9]+)*(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z",
)
SPECIAL = re.compile(r"[-+]?\.(inf|Inf|INF|nan|NaN|NAN)\Z")
Where = Callable[[Any], Place]
Plain = None | bool | int | float | str


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value, as written in the file."""

    place: Place
    text: str
    quoted: bool = False

    @property
    def value(self) -> Plain:
        """The value; a quoted scalar is text."""
        return self.text if self.quoted else parse_scalar(self.text)

    def __str__(self) -> str:
        short = self.text if len(self.text) <= 40 else self.text[:39] + "…"
        return repr(short) if isinstance(self.value, str) else short or "nothing"


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    place: Place
    items: tuple[Node, ...]

    def __str__(self) -> str:
        return "a list"


@dataclass(frozen=True, slots=True)
class Entry:
    """A key of a mapping and its node."""

    key: Scalar
    node: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """Entries by key, in file order."""

    place: Place
    entries: dict[str, Entry]

    def __str__(self) -> str:
        return "a mapping"


Node = Scalar | Sequence | Mapping


def kind_of(node: Node) -> str:
    """The kind of a node, without its content."""
    return "a single value" if isinstance(node, Scalar) else str(node)


def read_text(path: Path) -> str:
    """The file's text; raises ``ScenarioError`` if it is missing, too large or not UTF-8."""
    if path == Path(STANDARD_INPUT):
        return _within_limits(_standard_input(), STANDARD_INPUT)
    file = printable(path)
    if os.path.isfile(path / "manifest.json"):
        remedy = "name a scenario; use thinline compare for two sweep folders"
        raise _refused(file, "this is a folder of results, not a scenario", remedy)
    if os.path.isdir(path):
        raise _refused(file, "this is a folder", "name a file inside it")
    if not os.path.isfile(path):
        raise _refused(file, "the file does not exist", "check the name and the folder")
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise _refused(
            file, f"the file cannot be read: {error.strerror}", "check its permissions"
        ) from None
    return _within_limits(data, file)


@cache
def _standard_input() -> bytes:
    """Standard input, which can be read once but is loaded more than once."""
    if sys.stdin is None:
        remedy = "name a scenario or a file"
        raise _refused(STANDARD_INPUT, "there is no standard input", remedy)
    return sys.stdin.buffer.read(MAX_BYTES + 1)


def _within_limits(data: bytes, file: str) -> str:
    if len(data) > MAX_BYTES:
        raise _refused(file, "the file is larger than 1 MiB", "use a smaller file, or remove text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        message = f"not UTF-8: byte 0x{data[error.start]:02x}"
        raise _refused(file, message, "save the file as UTF-8 text", before) from None


def printable(path: Path) -> str:
    """The path for messages: relative to the current folder if it is inside it."""
    if path == Path(STANDARD_INPUT):
        return STANDARD_INPUT
    full = os.path.abspath(path)
    below = os.path.relpath(full) if Path(full).is_relative_to(Path.cwd()) else full
    return Path(below).as_posix()


def check_printable(text: str, file: str) -> None:
    """Raise ``ScenarioError`` at the first unprintable character."""
    bad = UNPRINTABLE.search(text)
    if bad:
        message = f"an unprintable character, U+{ord(bad.group()):04X}"
        raise _refused(file, message, "remove it, or save the file as UTF-8", text[: bad.start()])


def _refused(file: str, message: str, remedy: str, before: str = "") -> ScenarioError:
    place = Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
    return ScenarioError([Problem(place, message, remedy)])


def compose(text: str, where: Where, diagnostics: Diagnostics) -> Node | None:
    """The tree of a YAML text with one document, or None if it is empty.

    Recoverable errors (a tag, a duplicate key) are added to ``diagnostics``; any other raises
    ``ScenarioError`` with all problems. ``where`` turns a parser's mark into a line and
    column.
    """
    try:
        return _Composer(yaml.parse(text, Loader=PARSER), where, diagnostics).document()
    except yaml.MarkedYAMLError as error:
        position, message, remedy = explain_syntax_error(error, text)
        diagnostics.add(where(position), message, remedy)
    except (yaml.YAMLError, ValueError) as error:
        diagnostics.add(
            where(None), f"not readable as YAML: {error}", "save it as plain UTF-8 text"
        )
    raise ScenarioError(diagnostics.problems)


class _Composer:
    """Builds nodes from events and limits their number and depth."""

    def __init__(self, events: Iterator[Any], where: Where, diagnostics: Diagnostics) -> None:
        self.events = events
        self.where = where
        self.diagnostics = diagnostics
        self.anchors: dict[str, tuple[Node | None, int]] = {}
        self.count = 0
        self.aliases = 0

    def document(self) -> Node | None:
        """The single document, or None if it is empty."""
        root: Node | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    self.stop(
                        event, "a second document", "write one scenario per file: remove '---'"
                    )
                root = self.node(next(self.events), 1)
        is_empty = isinstance(root, Scalar) and root.value is None
        return None if is_empty else root

    def node(self, event: Any, depth: int) -> Node:
        """The node that begins with ``event``."""
        if isinstance(event, yaml.AliasEvent):
            return self.alias(event)
        if depth > MAX_DEPTH:
            self.stop(event, f"more than {MAX_DEPTH} levels deep", "use fewer levels")
        if event.tag is not None:
            self.report(event, f"a tag, {event.tag[:40]}", "write the value without a tag")
        before = self.count
        self.add_to_count(1, event)
        self.remember(event, None, 0)
        node = self.built(event, depth)
        self.remember(event, node, self.count - before)
        return node

    def built(self, event: Any, depth: int) -> Node:
        """A scalar or a whole collection."""
        if isinstance(event, yaml.ScalarEvent):
            if bad := UNPRINTABLE.search(event.value):
                message = f"an escaped unprintable character, U+{ord(bad.group()):04X}"
                self.report(event, message, "remove it")
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
        """The key, or None, with the reason reported, if it cannot be used."""
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
        """The node an alias refers to, counted as if it were written out."""
        self.aliases += 1
        if self.aliases > MAX_ALIASES:
            self.stop(event, f"more than {MAX_ALIASES} aliases", "use a group, or write it out")
        node, size = self.anchors.get(event.anchor, (None, 0))
        if node is None:
            self.stop(
                event, f"an alias of an undefined anchor, *{event.anchor}", "write the value out"
            )
        self.add_to_count(size, event)
        return node

    def remember(self, event: Any, node: Node | None, size: int) -> None:
        """Register an anchor; None while its node is built, so that no node contains itself."""
        if event.anchor is not None:
            self.anchors[event.anchor] = (node, size)

    def add_to_count(self, size: int, event: Any) -> None:
        """Add ``size`` nodes to the count; raises ``ScenarioError`` above the maximum."""
        self.count += size
        if self.count > MAX_NODES:
            self.stop(event, f"more than {MAX_NODES} values", "remove values or split the scenario")

    def report(self, event: Any, message: str, remedy: str) -> None:
        """Add a problem and continue."""
        self.diagnostics.add(self.where(event.start_mark), message, remedy)

    def stop(self, event: Any, message: str, remedy: str) -> NoReturn:
        """Add a problem and raise ``ScenarioError``."""
        self.report(event, message, remedy)
        raise ScenarioError(self.diagnostics.problems)


def parse_scalar(text: str) -> Plain:
    """The value of an unquoted scalar; ``.nan``, ``.inf`` and overflows are not finite."""
    if text in NULLS:
        return None
    if text in TRUE or text in FALSE:
        return text in TRUE
    if WHOLE.match(text) and len(text) <= LONGEST_WHOLE:
        return int(text)
    if DECIMAL.match(text):
        return float(text.replace("_", ""))
    return math.nan if SPECIAL.match(text) else text
