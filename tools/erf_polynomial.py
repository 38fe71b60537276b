"""The polynomial in ``sim.arithmetic.erf``: ``python -m tools.erf_polynomial`` prints it.

erfc(x) e^(x^2) for x from 1 to 6, as a polynomial in t = (x - 2.5)/(x + 2.5), exact at the
Chebyshev points of the interval of t.
"""

from __future__ import annotations

import mpmath

DEGREE = 14
LOW, CENTRE, HIGH = 1, mpmath.mpf("2.5"), 6


def coefficients(degree: int = DEGREE) -> list[float]:
    """The coefficients, from that of t^0 to that of t^``degree``."""
    with mpmath.workdps(40):
        low, high = ((x - CENTRE) / (x + CENTRE) for x in (LOW, HIGH))
        points = degree + 1
        angles = [mpmath.pi * (2 * k + 1) / (2 * points) for k in range(points)]
        nodes = [(low + high) / 2 + (high - low) / 2 * mpmath.cos(angle) for angle in angles]
        powers = mpmath.matrix([[t**power for power in range(points)] for t in nodes])
        values = mpmath.matrix([_complement(t) for t in nodes])
        return [float(c) for c in mpmath.lu_solve(powers, values)]


def _complement(t: mpmath.mpf) -> mpmath.mpf:
    x = CENTRE * (1 + t) / (1 - t)
    return mpmath.erfc(x) * mpmath.exp(x * x)


if __name__ == "__main__":
    print(*coefficients(), sep="\n")
