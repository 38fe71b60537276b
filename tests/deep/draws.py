"""The model's own random numbers as a stream of bytes, for a battery of tests.

``python -m tests.deep.draws | dieharder -a -g 200`` puts all of dieharder's tests to them; any
battery that reads 32-bit words will do (PractRand: ``RNG_test stdin32``).

Consecutive words belong to different keys, as in use: purpose and state change fastest, then the
month, then the run; the last argument is the seed.
"""

from __future__ import annotations

import sys
from contextlib import suppress

import numba
import numpy as np

from sim.rng import DrawPurpose, stream_id, uniforms

MONTHS, RUNS = 60, 100
STATES = np.array([stream_id(name) for name in ("poland", "france", "germany", "russia")])


@numba.njit
def draw(seed, first, streams, purposes, words):
    """Fill ``words`` (run, month, state, purpose, 4) with the words of runs from ``first`` on."""
    runs, months, states, _, _ = words.shape
    for run in range(runs):
        for month in range(months):
            for state in range(states):
                for purpose in range(purposes):
                    found = uniforms(seed, purpose, month + 1, streams[state], first + run)
                    for k in range(4):
                        words[run, month, state, purpose, k] = found[k] * 2.0**32


def main(seed: int) -> None:
    """Write words until nobody reads them any more."""
    words = np.zeros((RUNS, MONTHS, len(STATES), len(DrawPurpose), 4), np.uint32)
    for first in range(0, 2**32, RUNS):
        draw(seed, first, STATES, len(DrawPurpose), words)
        sys.stdout.buffer.write(words.tobytes())


if __name__ == "__main__":
    with suppress(BrokenPipeError):
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
