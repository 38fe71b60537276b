"""Luck is keyed, named, and a generator with published known answers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.rng import WORD, DrawPurpose, philox, stream_id, uniforms

WORDS = st.integers(0, 2**64 - 1)
LANE_OF_POLAND = 0xC86BBABE4A9161E4

# Random123's known-answer vectors for philox4x64-10: counter, key, output.
VECTORS = [
    (
        (0, 0, 0, 0),
        (0, 0),
        (0x16554D9ECA36314C, 0xDB20FE9D672D0FDC, 0xD7E772CEE186176B, 0x7E68B68AEC7BA23B),
    ),
    (
        (0xFFFFFFFFFFFFFFFF,) * 4,
        (0xFFFFFFFFFFFFFFFF,) * 2,
        (0x87B092C3013FE90B, 0x438C3C67BE8D0224, 0x9CC7D7C69CD777B6, 0xA09CAEBF594F0BA0),
    ),
    (
        (0x243F6A8885A308D3, 0x13198A2E03707344, 0xA4093822299F31D0, 0x082EFA98EC4E6C89),
        (0x452821E638D01377, 0xBE5466CF34E90C6C),
        (0xA528F45403E61D95, 0x38C72DBD566E9788, 0xA5A1610E72FD18B5, 0x57BD43B5E52B7FE6),
    ),
]


@pytest.mark.parametrize(("counter", "key", "expected"), VECTORS)
def test_known_answers(counter, key, expected):
    words = [WORD(number) for number in (*counter, *key)]
    assert tuple(int(word) for word in philox(*words)) == expected


@given(st.integers(0, 2**63 - 1), st.sampled_from(DrawPurpose), st.integers(0, 600), WORDS, WORDS)
def test_equals_numpys_own_generator(seed, purpose, month, where, run):
    key = np.array([seed, 0], np.uint64)
    counter = np.array([purpose, month, where, run], np.uint64)
    block = np.random.Generator(np.random.Philox(key=key, counter=counter)).random(4)
    assert uniforms(seed, int(purpose), month, np.uint64(where), np.uint64(run)) == tuple(block)


@given(st.integers(0, 2**63 - 1), st.integers(0, 10**9))
def test_uniforms_are_shares(seed, run):
    assert all(0.0 <= u < 1.0 for u in uniforms(seed, 1, 3, np.uint64(stream_id("x")), run))


def test_purposes_do_not_share_blocks():
    blocks = {uniforms(7, int(purpose), 1, np.uint64(1), 1) for purpose in DrawPurpose}
    assert len(blocks) == len(DrawPurpose)


def test_a_lane_is_the_names_own_and_never_changes():
    assert stream_id("poland") == LANE_OF_POLAND
    assert (
        len({stream_id(name) for name in ("poland", "germany", "events.0.setting.backstop")}) == 3
    )
