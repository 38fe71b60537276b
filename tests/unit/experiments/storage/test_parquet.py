"""Words in Parquet files keep their order in the libraries that read it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow
import pytest
from pyarrow.parquet import read_schema

import sim
from sim.enums import Outcome, Participation, Trigger, War
from sim.experiments.storage.files import DamagedResults
from sim.experiments.storage.parquet import RecordsFile, as_bytes, parse_rows

PLEDGE = "states.germany.pledge"


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """The file of a run, and the ranks of its wars."""
    file = tmp_path_factory.mktemp("run") / "runs.parquet"
    records = sim.simulate(sim.load("reassurance_force"), runs=300).records
    assert records is not None
    store = RecordsFile(file)
    store.add(records)
    store.close()
    return file, np.asarray(records["war"])


def test_pandas_and_pyarrow_know_the_order(run):
    file, ranks = run
    assert read_schema(file).field("war").type.ordered
    war = pd.read_parquet(file)["war"]
    assert list(war.cat.categories) == list(War.words())
    assert 0 < (war > "none").sum() == (ranks > War.NONE).sum()
    assert (war >= "limited").sum() == (ranks >= War.LIMITED).sum()


@pytest.mark.parametrize(
    ("name", "words"), [("war", War), ("trigger", Trigger), ("outcome", Outcome)]
)
def test_the_metadata_of_polars_have_the_order(run, name, words):
    metadata = read_schema(run[0]).field(name).metadata
    listed = "".join(f"{len(word)};{word}" for word in words.words())
    assert metadata[b"_PL_ENUM_VALUES"] == metadata[b"_PL_ENUM_VALUES2"] == listed.encode()


def test_polars_filters_by_the_order(run):
    polars = pytest.importorskip("polars")
    file, ranks = run
    found = polars.scan_parquet(file).filter(polars.col("war") > "none").collect()
    assert found.height == (ranks > War.NONE).sum()


def test_the_words_of_a_factor_are_ordered_too(tmp_path):
    plan = {"scenario": "germany_in", "over": {PLEDGE: ["none", "ground"]}, "replications": 2}
    swept = sim.sweep(plan, tmp_path)
    for file in (*swept.files, tmp_path / "points.parquet"):
        pledge = pd.read_parquet(file, partitioning=None)[PLEDGE]
        assert list(pledge.cat.categories) == list(Participation.words())
        assert (pledge > "logistics").sum() == (pledge == "ground").sum()


def test_of_several_missing_columns_the_first_is_named(run):
    file, _ = run
    with pytest.raises(DamagedResults, match=r"runs\.parquet has no column 'left'") as refused:
        parse_rows(file.read_bytes(), file, ("war", "right", "left"), "make it again")
    assert refused.value.remedy == "make it again"


def test_bytes_that_are_no_table_are_damaged_for_a_reason_of_one_line(tmp_path):
    for data in (b"no table", b"PAR1" * 9):
        with pytest.raises(DamagedResults, match=r"is damaged: \w.*$") as refused:
            parse_rows(data, tmp_path / "runs.parquet", None, "make it again")
        assert "\n" not in refused.value.message


def test_a_word_that_is_no_text_is_damage_though_its_checksum_is_right(tmp_path):
    ends, letters = np.array([0, 1], np.int32), b"\xff"
    buffers = [None, pyarrow.py_buffer(ends), pyarrow.py_buffer(letters)]
    words = pyarrow.Array.from_buffers(pyarrow.string(), 1, buffers)
    with pytest.raises(DamagedResults, match=r"is damaged: .*UTF8"):
        parse_rows(as_bytes(pyarrow.table({"word": words})), tmp_path / "a", None, "")
