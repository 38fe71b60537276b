"""Keyed random numbers: a generator with published known answers."""

from __future__ import annotations

import numba
import numpy as np
import pytest
import randomgen
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.choices import MAX_RUNS, MAX_SEED
from sim.enums import Participation
from sim.jit import COMPILING
from sim.rng import DrawPurpose, philox, stream_id, uniforms
from sim.scenario.schema import MAX_MONTHS

WORD = st.integers(0, 2**32 - 1)
SEED = st.integers(0, MAX_SEED)
STREAM = st.integers(0, 2**63 - 1)
RUN = st.integers(0, MAX_RUNS - 1)
STREAM_OF_POLAND = 0x6435DD5F2548B0F2

# The cache on disk is for the kernels of the package.
in_memory = numba.njit if COMPILING else lambda function: function

# Random123's known-answer vectors for philox4x32-10: counter, key, output.
VECTORS = [
    ((0,) * 4, (0,) * 2, (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    (
        (0xFFFFFFFF,) * 4,
        (0xFFFFFFFF,) * 2,
        (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD),
    ),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]


@in_memory
def compiled(seed, purpose, month, stream, first, blocks):
    """Fill ``blocks`` with the uniforms of successive runs."""
    for k in range(len(blocks)):
        a, b, c, d = uniforms(seed, purpose, month, stream, first + k)
        blocks[k, 0], blocks[k, 1], blocks[k, 2], blocks[k, 3] = a, b, c, d


def drawn(count, seed=7, purpose=2, month=1, stream=5, first=0):
    blocks = np.zeros((count, 4))
    compiled(seed, int(purpose), month, stream, first, blocks)
    return blocks


@pytest.mark.parametrize(("counter", "key", "expected"), VECTORS)
def test_known_answers(counter, key, expected):
    assert philox(*counter, *key) == expected


@given(st.tuples(WORD, WORD, WORD, WORD), st.tuples(WORD, WORD))
def test_equals_an_independent_implementation(counter, key):
    whole = sum(word << 32 * place for place, word in enumerate(counter))
    generator = randomgen.Philox(
        key=key[0] | key[1] << 32, counter=(whole - 1) % 2**128, number=4, width=32
    )
    assert philox(*counter, *key) == tuple(generator.random_raw(4))


@given(SEED, st.sampled_from(DrawPurpose), st.integers(0, MAX_MONTHS), STREAM, RUN)
def test_plain_and_compiled_draws_are_the_same(seed, purpose, month, stream, run):
    block = drawn(1, seed, purpose, month, stream, run)
    assert uniforms(seed, int(purpose), month, stream, run) == tuple(block[0])


@given(SEED, STREAM, RUN)
def test_uniforms_lie_strictly_between_0_and_1(seed, stream, run):
    assert all(0.0 < u < 1.0 for u in uniforms(seed, 1, 3, stream, run))


@given(
    st.lists(
        st.tuples(SEED, st.sampled_from(DrawPurpose), st.integers(0, MAX_MONTHS), STREAM, RUN),
        min_size=2,
        max_size=2,
        unique=True,
    )
)
def test_different_keys_give_different_blocks(keys):
    assert uniforms(*keys[0]) != uniforms(*keys[1])


def test_the_stream_of_a_name_never_changes():
    assert stream_id("poland") == STREAM_OF_POLAND
    names = ("poland", "germany", "events.0.setting.backstop", *Participation.words())
    assert len({stream_id(name) for name in names}) == len(names)


@pytest.mark.deep
class TestAtScale:
    """Ten million uniforms of each key that varies."""

    COUNT = 2_500_000

    @pytest.mark.parametrize("purpose", DrawPurpose)
    def test_uniforms_of_successive_runs_are_uniform(self, purpose):
        numbers = drawn(self.COUNT, purpose=purpose).ravel()
        assert stats.kstest(numbers, "uniform").pvalue > 1e-4
        counts = np.bincount((numbers * 65536).astype(int), minlength=65536)
        assert stats.chisquare(counts).pvalue > 1e-4

    @pytest.mark.parametrize(
        "other",
        [{"seed": 8}, {"purpose": 3}, {"month": 2}, {"stream": 6}, {"stream": 5 + 2**32}],
        ids=str,
    )
    def test_neighbouring_keys_are_independent(self, other):
        one, two = drawn(self.COUNT), drawn(self.COUNT, **other)
        for column in range(4):
            r = np.corrcoef(one[:, column], two[:, column])[0, 1]
            assert abs(r) < 4.5 / np.sqrt(self.COUNT)
            cells = (one[:, column] * 64).astype(int) * 64 + (two[:, column] * 64).astype(int)
            assert stats.chisquare(np.bincount(cells, minlength=4096)).pvalue > 1e-5

    def test_no_block_of_any_key_occurs_twice(self):
        keys = [
            {"seed": seed, "purpose": purpose, "month": month, "stream": stream}
            for seed in (0, 1, MAX_SEED)
            for purpose in (0, 1)
            for month in (0, 1, MAX_MONTHS)
            for stream in (stream_id("poland"), stream_id("germany"))
        ]
        blocks = np.concatenate([drawn(100_000, **key) for key in keys])
        assert len(np.unique(blocks, axis=0)) == len(blocks)
