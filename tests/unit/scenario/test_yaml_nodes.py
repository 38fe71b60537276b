from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import Place
from sim.scenario.diagnostics import Diagnostics
from sim.scenario.yaml_nodes import Mapping, Node, Scalar, Sequence, compose


def where(mark: Any) -> Place:
    return Place("f", mark.line + 1, mark.column + 1)


def nodes(text: str) -> Node:
    diagnostics = Diagnostics()
    node = compose(text, where, diagnostics)
    assert diagnostics.problems == []
    assert node is not None
    return node


def plain(node: Node) -> Any:
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key: plain(entry.node) for key, entry in node.entries.items()}


def test_every_node_has_its_line_and_column() -> None:
    root = nodes("a: 1\nb:\n  - {c: x}\n")
    assert isinstance(root, Mapping)
    assert root.entries["a"].key.place == Place("f", 1, 1)
    assert root.entries["a"].node.place == Place("f", 1, 4)
    items = root.entries["b"].node
    assert isinstance(items, Sequence)
    inner = items.items[0]
    assert isinstance(inner, Mapping)
    assert inner.place == Place("f", 3, 5)
    assert inner.entries["c"].key.place == Place("f", 3, 6)


def test_columns_count_characters_not_bytes() -> None:
    root = nodes("{é: ü, k: v}")
    assert isinstance(root, Mapping)
    assert root.entries["k"].key.place.column == 8


@pytest.mark.parametrize("text", ["'5'", '"5"', "|\n 5\n", ">\n 5\n"])
def test_quoted_scalars_are_text(text: str) -> None:
    assert isinstance(plain(nodes(f"a: {text}"))["a"], str)


def test_an_alias_resolves_to_its_anchor() -> None:
    assert plain(nodes("a: &x {b: 1}\nc: *x\n")) == {"a": {"b": 1}, "c": {"b": 1}}


def test_an_anchor_may_be_redefined() -> None:
    assert plain(nodes("[&x 1, *x, &x 2, *x]")) == [1, 1, 2, 2]


@pytest.mark.parametrize("text", ["", "# nothing", "---", "---\n...\n", "~"])
def test_an_empty_document_has_no_node(text: str) -> None:
    assert compose(text, where, Diagnostics()) is None


LEAVES = st.none() | st.booleans() | st.integers(-9999, 9999) | st.text("ab :-#'{[,é", max_size=9)
TREES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text("abc", min_size=1, max_size=3), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(TREES.filter(lambda tree: tree is not None))
def test_yaml_written_by_pyyaml_is_read_back(tree: Any) -> None:
    assert plain(nodes(yaml.safe_dump(tree, allow_unicode=True))) == tree


def test_the_slower_parser_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "a: {b: [1, 'x', ~]}\nc: &x yes\nd: *x\n"
    fast = nodes(text)
    monkeypatch.setattr("sim.scenario.yaml_nodes.PARSER", yaml.SafeLoader)
    assert nodes(text) == fast
