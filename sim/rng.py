"""Keyed random numbers: the only source of randomness in the package.

A draw is a function of (seed, run, month, state, purpose) by Philox4x32-10, a counter-based
generator with published known answers (Salmon et al. 2011, "Parallel random numbers: as easy as
1, 2, 3"). Therefore an additional state, month, draw or thread changes no other draw, two
scenarios use common random numbers, and any run can be replayed alone.

Its words have 32 bits, so that it is as fast in a browser as in native code. The counter is
(purpose and month, run, low and high half of the stream), the key is the seed.
"""

from __future__ import annotations

import hashlib
from enum import IntEnum
from typing import Any

from sim.arithmetic import double_from
from sim.jit import inlined_rule


class DrawPurpose(IntEnum):
    """The use of a block of four uniforms; the comment lists what each of the four decides."""

    DRAWN = 0  # a parameter given as a distribution, keyed by its path
    CHARACTER = 1  # private resolve, candour, first review, ambition
    REVIEW = 2  # the rung, the wait until the next review
    CHALLENGE = 3  # whether to review, what to do, whether it is attributed, accident
    RESPONSE = 4  # defy or concede, leave after a conceded strike
    CRISIS = 5  # press or back down, slip into war, general war, success
    THREAT = 6  # threaten or stay silent
    TRUCE = 7  # whether there are talks, the challenger's choice, the protégé's, whether it breaks
    BACKSTOP = 8  # the level of the backstop, the wait until its next review
    PROTEGE = 9  # retaliate or complain, whether it is blamed


def stream_id(name: str) -> int:
    """The 63-bit stream of a name: BLAKE2b, the same on every machine."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "little") >> 1


# Words of the generator. In 64-bit integers the product of two of them may wrap around, which
# changes neither of its halves.
WORD_BITS = 32
WORD = (1 << WORD_BITS) - 1
_MULTIPLIER_0 = 0xD2511F53
_MULTIPLIER_1 = 0xCD9E8D57
_WEYL_0 = 0x9E3779B9
_WEYL_1 = 0xBB67AE85
_UNIT = 1.0 / (1 << WORD_BITS)

# The first word of the counter is the purpose above the month.
MONTH_BITS = 16


@inlined_rule
def philox(c0: int, c1: int, c2: int, c3: int, k0: int, k1: int) -> tuple[int, int, int, int]:
    """Ten rounds of Philox4x32: four words of counter and two of key in, four words out."""
    for _ in range(10):
        product0 = _MULTIPLIER_0 * c0
        product1 = _MULTIPLIER_1 * c2
        c0, c1, c2, c3 = (
            (product1 >> WORD_BITS & WORD) ^ c1 ^ k0,
            product1 & WORD,
            (product0 >> WORD_BITS & WORD) ^ c3 ^ k1,
            product0 & WORD,
        )
        k0 = (k0 + _WEYL_0) & WORD
        k1 = (k1 + _WEYL_1) & WORD
    return c0, c1, c2, c3


@inlined_rule
def _share(word: int) -> float:
    return (double_from(word) + 0.5) * _UNIT


@inlined_rule
def uniforms(
    seed: int, purpose: int, month: int, stream: int, run: int
) -> tuple[float, float, float, float]:
    """Four uniforms within (0, 1), in steps of 2^-32, for a purpose, a month, a stream and a run.

    Parameters
    ----------
    seed
        0 to 2^63 - 1: the key.
    purpose, month
        A :class:`DrawPurpose`, and a month below 2^16.
    stream
        The stream of a name: see :func:`stream_id`.
    run
        Number of the run, below 2^32.
    """
    # In plain Python these may be NumPy's integers, which would warn of the wrap around.
    seed, stream = int(seed), int(stream)
    a, b, c, d = philox(
        purpose << MONTH_BITS | int(month),
        int(run),
        stream & WORD,
        stream >> WORD_BITS,
        seed & WORD,
        seed >> WORD_BITS,
    )
    return _share(a), _share(b), _share(c), _share(d)


def resampling_generator(seed: int) -> Any:
    """A NumPy generator for resampling finished runs; independent of the random numbers of runs."""
    from numpy import array, uint64
    from numpy.random import Generator, Philox

    return Generator(Philox(key=array([seed, stream_id("resampling")], uint64)))
