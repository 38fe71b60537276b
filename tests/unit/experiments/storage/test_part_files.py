"""The parts of a study: each is found by its key, and an altered one is told from the intact."""

from __future__ import annotations

import numpy as np
import pytest

from sim.experiments.storage.files import DamagedResults
from sim.experiments.storage.parquet import as_bytes, make_table, number_column
from sim.experiments.storage.part_files import PartFiles

KEYS = ("00000", "00001", "00002", "00003")


@pytest.fixture
def parts(tmp_path) -> PartFiles:
    """Four parts, the last of which was altered since."""
    (tmp_path / "parts").mkdir()
    made = PartFiles(tmp_path, "part", b"a study")
    for number, key in enumerate(KEYS):
        made.keep(key, rows(number))
    with made.paths[-1].open("ab") as stream:
        stream.write(b" ")
    return made


def rows(number: int) -> bytes:
    return as_bytes(make_table({"replication": number_column(np.array([number]))}))


def test_a_part_is_read_under_its_key(parts):
    for found in (parts, PartFiles(parts.folder.parent, "part", b"a study")):
        assert found.keys == list(KEYS)
        assert [found.read(key)["replication"].to_pylist() for key in KEYS[:3]] == [[0], [1], [2]]


def test_an_altered_part_is_named_with_the_number_of_those_that_are_intact(parts):
    with pytest.raises(DamagedResults, match="; 3 of the other 3 parts are intact") as refused:
        parts.read("00003")
    assert refused.value.remedy.startswith("remove it and repeat the command")


def test_another_damaged_part_is_not_counted_as_intact(parts):
    parts.paths[0].write_bytes(rows(0)[:-9])
    with pytest.raises(DamagedResults, match="; 2 of the other 3 parts are intact"):
        parts.read("00003")


def test_a_part_of_another_study_is_not_read(parts):
    other = PartFiles(parts.folder.parent, "part", b"another study")
    with pytest.raises(DamagedResults, match="not the part that was written under this name"):
        other.read("00000")


def test_removed_it_is_gone(parts):
    parts.remove("00003")
    parts.remove("00003")
    assert parts.keys == list(KEYS[:3])
    assert not parts.has("00003")
    assert len(list(parts.folder.iterdir())) == 3
