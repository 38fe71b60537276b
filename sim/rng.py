"""Keyed random numbers: the only source of randomness in the package.

A draw is a function of (seed, run, month, state, purpose) by Philox4x64-10, a counter-based
generator with published known answers (Salmon et al. 2011, "Parallel random numbers: as easy as
1, 2, 3"). Therefore an additional state, month, draw or thread changes no other draw, two
scenarios use common random numbers, and any run can be replayed alone.

NumPy gives the same block by
``Generator(Philox(key=[seed, 0], counter=[purpose, month, stream, run])).random(4)``.
"""

from __future__ import annotations

import hashlib
from enum import IntEnum
from typing import Any

from sim.jit import COMPILING, word_arithmetic


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
    PROTEGE = 9  # retaliate or complain, who is blamed


def stream_id(name: str) -> int:
    """The 64-bit stream of a name: BLAKE2b, the same on every machine."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "little")


MASK = 0xFFFFFFFFFFFFFFFF

if COMPILING:
    import numpy as np
    from llvmlite import ir
    from numba import types
    from numba.extending import intrinsic

    WORD: Any = np.uint64

    @intrinsic  # type: ignore[untyped-decorator]
    def high_product(typing: Any, a: Any, b: Any) -> Any:
        """The high 64 bits of the 128-bit product of two words."""

        def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            wide = ir.IntType(128)
            left, right = (builder.zext(argument, wide) for argument in arguments)
            product = builder.lshr(builder.mul(left, right), ir.Constant(wide, 64))
            return builder.trunc(product, ir.IntType(64))

        return types.uint64(types.uint64, types.uint64), build
else:
    WORD = int

    def high_product(a: int, b: int) -> int:  # type: ignore[misc,unused-ignore]
        """The high 64 bits of the 128-bit product of two words."""
        return (a * b) >> 64


_MASK = WORD(MASK)
_MULTIPLY_0 = WORD(0xD2E7470EE14C6C93)
_MULTIPLY_1 = WORD(0xCA5A826395121157)
_WEYL_0 = WORD(0x9E3779B97F4A7C15)
_WEYL_1 = WORD(0xBB67AE8584CAA73B)
_ONE = WORD(1)
_DROP = WORD(11)
_UNIT = 1.0 / 9007199254740992.0


@word_arithmetic
def philox(c0: Any, c1: Any, c2: Any, c3: Any, k0: Any, k1: Any) -> tuple[Any, Any, Any, Any]:
    """Ten rounds of Philox4x64: four words of counter and two of key in, four words out."""
    for _ in range(10):
        high0 = high_product(_MULTIPLY_0, c0)
        high1 = high_product(_MULTIPLY_1, c2)
        c0, c1, c2, c3 = (
            high1 ^ c1 ^ k0,
            (_MULTIPLY_1 * c2) & _MASK,
            high0 ^ c3 ^ k1,
            (_MULTIPLY_0 * c0) & _MASK,
        )
        k0 = (k0 + _WEYL_0) & _MASK
        k1 = (k1 + _WEYL_1) & _MASK
    return c0, c1, c2, c3


@word_arithmetic
def uniforms(
    seed: Any, purpose: int, month: int, where: Any, run: Any
) -> tuple[float, float, float, float]:
    """Four uniforms in [0, 1) for a purpose, a month, a stream and a run.

    The purpose counts from one because NumPy's generator steps its counter before it draws.
    """
    zero = WORD(0)
    a, b, c, d = philox(WORD(purpose) + _ONE, WORD(month), WORD(where), WORD(run), WORD(seed), zero)
    return (
        float(a >> _DROP) * _UNIT,
        float(b >> _DROP) * _UNIT,
        float(c >> _DROP) * _UNIT,
        float(d >> _DROP) * _UNIT,
    )


def resampling_generator(seed: int) -> Any:
    """A NumPy generator for resampling finished runs; independent of the random numbers of runs."""
    from numpy import array, uint64
    from numpy.random import Generator, Philox

    return Generator(Philox(key=array([seed, stream_id("resampling")], uint64)))
