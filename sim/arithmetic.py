"""Exponential, logarithm and error function in plain arithmetic: the same bits everywhere.

The functions of ``math`` come from the system's library and differ in the last bit between systems.
These use only IEEE 754 additions, multiplications and divisions, never fused, and powers of two
made from their bits. So native code, plain Python and a browser give the same numbers, and the
compiler can inline them. :func:`exp` and :func:`log` are within 1 unit in the last place of the
exact value, :func:`erf` within 2, :func:`log10` within 3 (``tests/unit/test_arithmetic.py``).
"""

from __future__ import annotations

import math
import struct
from typing import Any

from sim.jit import COMPILING, inlined_rule, rule

# ln 2 in two parts. The first ends in 21 zero bits, so that its multiple by an exponent is exact.
LN_2_HIGH = 6.93147180369123816490e-01
LN_2_LOW = 1.90821492927058770002e-10
PER_LN_2 = 1.4426950408889634
LN_10 = 2.302585092994046
TWO_PER_SQRT_PI = 1.1283791670955126
TWO_PER_SQRT_PI_LESS_1 = 0.12837916709551258

# Beyond these, e^x is infinite or zero in double precision.
LARGEST, SMALLEST = 710.0, -746.0
# Below this, a number has fewer than 53 significant bits.
SMALLEST_NORMAL = 2.2250738585072014e-308

# The parts of a double: 52 bits of fraction, above them the exponent with this bias.
FRACTION_BITS = 52
EXPONENT = 0x7FF
BIAS = 1023
SQRT_HALF_BITS = 0x3FE6A09E667F3BCD
# Added to a number below 2^51, it leaves the nearest integer in the lowest bits.
ROUNDER = 6755399441055744.0  # 1.5 x 2^52
ROUNDER_BITS = 0x4338000000000000


def bits_of(x: float) -> int:
    """The 64 bits of a double as an integer."""
    return int(struct.unpack("<q", struct.pack("<d", x))[0])


def double_of(bits: int) -> float:
    """The double with these 64 bits."""
    return float(struct.unpack("<d", struct.pack("<q", bits))[0])


def double_from(whole: int) -> float:
    """An integer below 2^51 in size as a double."""
    return float(whole)


if COMPILING:
    from numba.extending import intrinsic, overload

    @intrinsic  # type: ignore[untyped-decorator]
    def _reinterpret(typing: Any, value: Any, like: Any) -> Any:
        # The bits of ``value`` as a number of the type of ``like``.
        def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            return builder.bitcast(arguments[0], context.get_value_type(like))

        return like(value, like), build

    # What the three functions are in compiled code. Many vector processors do not convert integers
    # of 64 bits, so that :func:`double_from` adds them to the bits of a double instead.
    @overload(bits_of)  # type: ignore[untyped-decorator,unused-ignore]
    def _compiled_bits_of(x):  # type: ignore[no-untyped-def]
        return lambda x: _reinterpret(x, 0)

    @overload(double_of)  # type: ignore[untyped-decorator,unused-ignore]
    def _compiled_double_of(bits):  # type: ignore[no-untyped-def]
        return lambda bits: _reinterpret(bits, 0.0)

    @overload(double_from)  # type: ignore[untyped-decorator,unused-ignore]
    def _compiled_double_from(whole):  # type: ignore[no-untyped-def]
        return lambda whole: _reinterpret(whole + ROUNDER_BITS, 0.0) - ROUNDER


@rule
def power_of_two(exponent: int) -> float:
    """Two to the power of ``exponent``, from -1022 to 1023."""
    return double_of(((exponent + BIAS) & EXPONENT) << FRACTION_BITS)


@rule
def exp(x: float) -> float:
    """e to the power of ``x``; infinite above 709.78, 0 below -745.13.

    e^x = 2^k e^r with ``|r|`` at most ln(2)/2, and e^r = 1 + 2 r / (2 - c) with c = r - r^2 p(r^2)
    even in r: the minimax polynomial of Sun's library (fdlibm, e_exp.c). It has no branch, so that
    the compiler can compute several at once.
    """
    x = LARGEST if x > LARGEST else x
    x = SMALLEST if x < SMALLEST else x
    shifted = x * PER_LN_2 + ROUNDER
    k = bits_of(shifted) - ROUNDER_BITS
    whole = shifted - ROUNDER
    high = x - whole * LN_2_HIGH
    low = whole * LN_2_LOW
    r = high - low
    z = r * r
    z2 = z * z
    c = r - (
        z * (1.66666666666666019037e-01 - z * 2.77777777770155933842e-03)
        + (z2 * z)
        * (
            (6.61375632143793436117e-05 - z * 1.65339022054652515390e-06)
            + z2 * 4.13813679705723846039e-08
        )
    )
    value = 1.0 - ((low - (r * c) / (2.0 - c)) - high)
    # In two steps, because 2^k alone may be too large or too small for a double.
    half = k >> 1
    return value * power_of_two(half) * power_of_two(k - half)


@inlined_rule
def log(x: float) -> float:
    """Natural logarithm of ``x``; minus infinity at 0, NaN for negative ``x``.

    x = 2^k m with m from the root of 1/2 to that of 2. With s = (m - 1)/(m + 1),
    ln m = 2 (s + s^3/3 + s^5/5 + ...), up to s^21.
    """
    if x <= 0.0 or x == math.inf or x != x:
        return -math.inf if x == 0.0 else math.nan if x < 0.0 else x
    k = 0
    if x < SMALLEST_NORMAL:
        x *= 18014398509481984.0  # 2^54
        k = -54
    bits = bits_of(x)
    exponent = (bits - SQRT_HALF_BITS) >> FRACTION_BITS
    multiple = double_from(k + exponent)
    f = double_of(bits - (exponent << FRACTION_BITS)) - 1.0
    s = f / (2.0 + f)
    z = s * s
    z2 = z * z
    z4 = z2 * z2
    series = z * (
        ((2 / 3 + z * (2 / 5)) + z2 * (2 / 7 + z * (2 / 9)))
        + z4 * ((2 / 11 + z * (2 / 13)) + z2 * (2 / 15 + z * (2 / 17)))
        + (z4 * z4) * (2 / 19 + z * (2 / 21))
    )
    # ln m = f - (f^2/2 - s (f^2/2 + series)), in which only small terms are rounded.
    half = 0.5 * f * f
    return multiple * LN_2_HIGH - ((half - (s * (half + series) + multiple * LN_2_LOW)) - f)


@inlined_rule
def log10(x: float) -> float:
    """Logarithm of ``x`` to base 10."""
    return log(x) / LN_10


@rule
def erf(x: float) -> float:
    """The error function.

    Below 1 the Taylor series up to x^37. From 1 to 6, 1 - e^(-x^2) p(t) with t = (x - 2.5)/(x +
    2.5) and p the polynomial through 15 Chebyshev points of the rest (Schonfelder 1978; made by
    ``tools/erf_polynomial.py``). Above 6 it is 1.
    """
    size = abs(x)
    if size < 1.0:
        return x + x * (TWO_PER_SQRT_PI_LESS_1 - TWO_PER_SQRT_PI * _erf_series(x * x))
    if size < 6.0:
        t = (size - 2.5) / (size + 2.5)
        size = 1.0 - exp(-size * size) * _erf_complement(t)
    elif size == size:
        size = 1.0
    return size if x >= 0.0 else -size


@rule
def _erf_series(z: float) -> float:
    # z/3 - z^2/10 + ...: the terms are -(-z)^n / (n! (2n + 1)), two at a time.
    z2 = z * z
    total = 1 / 12449059983360000 - z * (1 / 236887827111936000)
    total = (1 / 40537905408000 - z * (1 / 690452066304000)) + z2 * total
    total = (1 / 168129561600 - z * (1 / 2528170444800)) + z2 * total
    total = (1 / 918086400 - z * (1 / 11975040000)) + z2 * total
    total = (1 / 6894720 - z * (1 / 76204800)) + z2 * total
    total = (1 / 75600 - z * (1 / 685440)) + z2 * total
    total = (1 / 1320 - z * (1 / 9360)) + z2 * total
    total = (1 / 42 - z * (1 / 216)) + z2 * total
    total = (1 / 3 - z * (1 / 10)) + z2 * total
    return z * total


@rule
def _erf_complement(t: float) -> float:
    t2 = t * t
    total = -1.587633893127344e-06
    total = (7.499735050763299e-06 - t * 2.2328516517555215e-06) + t2 * total
    total = (-3.4175718896856294e-05 + t * 1.8596747731144528e-05) + t2 * total
    total = (0.0002283799633257643 - t * 0.00012887483134837842) + t2 * total
    total = (-0.0026423659518134547 + t * 0.0008759152875774328) + t2 * total
    total = (0.03992253907546523 - t * 0.003993701160123029) + t2 * total
    total = (0.2517131932174488 - t * 0.12503305237891782) + t2 * total
    return (0.2108063640611436 - t * 0.37173673394897294) + t2 * total
