"""Our exponential, logarithm and error function against exact values and against compiled code."""

from __future__ import annotations

import math
import random

import mpmath
import numba
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.arithmetic import _erf_series, bits_of, double_of, erf, exp, log, log10, power_of_two
from sim.jit import COMPILING

# The cache on disk is for the kernels of the package.
in_memory = numba.njit if COMPILING else lambda function: function

MOST_ULPS = {exp: 1.0, log: 1.0, erf: 2.0, log10: 3.0}
EXACT = {exp: mpmath.exp, log: mpmath.log, erf: mpmath.erf, log10: mpmath.log10}
# Ranges of arguments, each drawn uniformly, and whether its exponent is drawn instead.
RANGES = {
    exp: [(-1.0, 1.0), (-40.0, 40.0), (-745.1, 709.7), (-745.1, -708.0)],
    log: [(0.5, 2.0), (0.999, 1.001), (1e-300, 1e300), (5e-324, 1e-307)],
    log10: [(0.5, 2.0), (1.0, 1e6)],
    erf: [(-1.0, 1.0), (0.9, 1.1), (-6.0, 6.0), (0.0, 1e-300)],
}
EDGES = [0.0, 5e-324, 2.2250738585072014e-308, 0.5, 1.0, 2.0, math.sqrt(0.5), math.sqrt(2.0), 6.0]


@in_memory
def compiled(xs, found):
    """Fill ``found`` with the three functions of each of ``xs``."""
    for k in range(len(xs)):
        found[0, k] = exp(xs[k])
        found[1, k] = log(xs[k])
        found[2, k] = erf(xs[k])


def ulps(found: float, exact: mpmath.mpf) -> float:
    """Distance in units in the last place of the exact value."""
    exponent = int(mpmath.frexp(exact)[1])
    return float(abs(found - exact) / mpmath.ldexp(1, max(exponent - 53, -1074)))


def worst(function, count: int) -> float:
    """The largest error at ``count`` points of each range."""
    numbers = random.Random(count)
    points = [numbers.uniform(*limits) for limits in RANGES[function] for _ in range(count)]
    with mpmath.workprec(140):
        return max(ulps(function(x), EXACT[function](mpmath.mpf(x))) for x in points)


@pytest.mark.parametrize("function", EXACT, ids=lambda function: function.__name__)
def test_accuracy(function):
    assert worst(function, 1_000) <= MOST_ULPS[function]


@pytest.mark.deep
@pytest.mark.parametrize("function", EXACT, ids=lambda function: function.__name__)
def test_accuracy_at_a_million_points(function):
    assert worst(function, 250_000) <= MOST_ULPS[function]


@pytest.mark.parametrize("x", [*EDGES, *(-x for x in EDGES[1:])])
def test_accuracy_at_edges(x):
    with mpmath.workprec(140):
        for function in (exp, erf) if x <= 0.0 else EXACT:
            for near in (math.nextafter(x, -9.0), x, math.nextafter(x, 9.0)):
                if function in (exp, erf) or near > 0.0:
                    exact = EXACT[function](mpmath.mpf(near))
                    assert exact == 0 or ulps(function(near), exact) <= MOST_ULPS[function]


def test_limits():
    assert exp(0.0) == 1.0
    assert exp(-math.inf) == 0.0 == exp(-746.0)
    assert exp(math.inf) == math.inf == exp(709.8)
    assert exp(709.78) < math.inf
    assert exp(-745.0) == 5e-324
    assert log(1.0) == 0.0
    assert log(0.0) == -math.inf
    assert log(math.inf) == math.inf
    assert math.isnan(log(-1.0))
    assert erf(0.0) == 0.0
    assert erf(math.inf) == 1.0 == -erf(-math.inf)
    assert all(math.isnan(function(math.nan)) for function in EXACT)


@given(st.lists(st.floats(), min_size=1, max_size=50))
def test_plain_and_compiled_results_have_the_same_bits(xs):
    found = np.zeros((3, len(xs)))
    compiled(np.array(xs), found)
    plain = np.array([[function(x) for x in xs] for function in (exp, log, erf)])
    assert np.array_equal(np.isnan(found), np.isnan(plain))
    assert found[~np.isnan(found)].tobytes() == plain[~np.isnan(plain)].tobytes()


@pytest.mark.parametrize("z", [30.0, 1000.0])
def test_every_term_of_the_error_function_is_that_of_taylor(z):
    """Up to 1 the last terms hardly count; far beyond it they are most of the sum."""
    with mpmath.workprec(140):
        terms = [-((-z) ** n) / (mpmath.factorial(n) * (2 * n + 1)) for n in range(1, 19)]
        assert _erf_series(z) == pytest.approx(float(mpmath.fsum(terms)), rel=1e-14)


@given(st.floats(-6.0, 6.0))
def test_erf_is_odd(x):
    assert erf(-x) == -erf(x)


@given(st.floats(allow_nan=False))
def test_bits_round_trip(x):
    assert double_of(bits_of(x)) == x


@pytest.mark.parametrize("exponent", [-1022, -1, 0, 1, 1023])
def test_powers_of_two(exponent):
    assert power_of_two(exponent) == math.ldexp(1.0, exponent)
