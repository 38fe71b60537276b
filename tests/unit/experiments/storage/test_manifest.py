"""A manifest is what was written, whatever the order of its entries."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sim.experiments.storage.files import DamagedResults
from sim.experiments.storage.manifest import (
    EVALUATIONS,
    MANIFEST,
    check_manifest,
    parse_manifest,
    write_manifest,
)

ENTRIES = {
    "scenario": "tiny",
    "digest": "0123",
    "seed": 3,
    "versions": {},
    "outcomes": ["war"],
    "rules": "4567",
}


@pytest.fixture
def written(tmp_path) -> dict[str, Any]:
    write_manifest(tmp_path, EVALUATIONS, ENTRIES)
    document: dict[str, Any] = json.loads((tmp_path / MANIFEST).read_bytes())
    return document


def test_the_order_of_its_entries_is_not_part_of_it(tmp_path, written):
    (tmp_path / MANIFEST).write_text(json.dumps(dict(reversed(written.items())), indent=4))
    check_manifest(tmp_path, parse_manifest(tmp_path))


@pytest.mark.parametrize("name", ENTRIES)
def test_another_value_is_found(tmp_path, written, name):
    with pytest.raises(DamagedResults, match="its checksum does not match"):
        check_manifest(tmp_path, {**written, name: "another"})


def test_one_nested_too_deeply_for_a_checksum_is_damaged(tmp_path, written):
    nested: list[Any] = []
    for _ in range(100_000):
        nested = [nested]
    with pytest.raises(DamagedResults, match="its checksum does not match"):
        check_manifest(tmp_path, {**written, "more": nested})
