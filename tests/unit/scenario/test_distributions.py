from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.scenario.distributions import Distribution

shares = st.floats(0, 1, allow_subnormal=False)
RANGES = st.sampled_from([(0.0, 1.0), (0.0, 10.0), (-2.0, 3.0)])


@st.composite
def distributions(draw: st.DrawFn) -> Distribution:
    """Any distribution, on some range, shifted or not."""
    low, high = draw(RANGES)
    inside = st.floats(0.01, 0.99).map(lambda share: low + share * (high - low))
    kind = draw(st.sampled_from(["uniform", "triangular", "beta", "truncated_normal", "choice"]))
    numbers: tuple[float, ...]
    weights: tuple[float, ...] = ()
    if kind == "beta":
        numbers = (draw(inside), draw(st.floats(0.5, 200)))
    elif kind == "truncated_normal":
        numbers = (draw(inside), (high - low) * draw(st.floats(0.01, 5)))
    else:
        count = {"uniform": 2, "triangular": 3, "choice": draw(st.integers(1, 4))}[kind]
        # The loader refuses a choice that names a value twice.
        unique = kind == "choice"
        numbers = tuple(
            sorted(draw(st.lists(inside, min_size=count, max_size=count, unique=unique)))
        )
        weights = tuple(draw(st.floats(0.1, 9)) for _ in numbers) if kind == "choice" else ()
    shift = draw(st.sampled_from([0.0, 0.2, -0.5, 3.0]))
    return Distribution(kind, numbers, weights, shift, low, high)


def integral(distribution: Distribution) -> float:
    u, x = distribution.quantile_knots()
    return float(np.sum(np.diff(u) * (x[1:] + x[:-1]) / 2))


def scipy_twin(distribution: Distribution) -> stats.rv_frozen:
    width = distribution.high - distribution.low
    if distribution.kind == "uniform":
        return stats.uniform(
            distribution.numbers[0], distribution.numbers[1] - distribution.numbers[0]
        )
    if distribution.kind == "triangular":
        low, mode, high = distribution.numbers
        return stats.triang((mode - low) / (high - low), low, high - low)
    if distribution.kind == "beta":
        share, n = (distribution.numbers[0] - distribution.low) / width, distribution.numbers[1]
        return stats.beta(share * n, (1 - share) * n, distribution.low, width)
    mean, sd = distribution.numbers
    return stats.truncnorm(
        (distribution.low - mean) / sd, (distribution.high - mean) / sd, mean, sd
    )


@given(distributions())
def test_nodes_are_an_inverse_distribution_within_the_range(distribution: Distribution) -> None:
    u, x = distribution.quantile_knots()
    assert u.shape == x.shape
    assert (u[0], u[-1]) == (0.0, 1.0)
    assert np.all(np.diff(u) >= 0)
    assert np.all(np.diff(x) >= 0)
    assert distribution.low <= x[0] <= x[-1] <= distribution.high


@given(distributions())
def test_the_mean_of_the_nodes_is_the_mean_of_the_law(distribution: Distribution) -> None:
    assert distribution.mean == pytest.approx(
        integral(distribution), abs=1e-3 * (distribution.high - distribution.low)
    )


SMOOTH = [
    Distribution("uniform", (0.2, 0.7)),
    Distribution("triangular", (0.1, 0.3, 0.9)),
    Distribution("triangular", (0.1, 0.1, 0.9)),
    Distribution("triangular", (0.1, 0.9, 0.9)),
    Distribution("beta", (0.4, 12.0), low=0, high=1),
    Distribution("beta", (0.05, 3.0), low=0, high=1),
    Distribution("beta", (4.0, 12.0), low=0, high=10),
    Distribution("truncated_normal", (0.4, 0.2), low=0, high=1),
    Distribution("truncated_normal", (0.01, 3.0), low=0, high=1),
    Distribution("truncated_normal", (12.0, 2.0), low=0, high=1e6),
]


@pytest.mark.parametrize("distribution", SMOOTH, ids=str)
def test_nodes_follow_the_published_distribution(distribution: Distribution) -> None:
    u, x = distribution.quantile_knots()
    twin = scipy_twin(distribution)
    at = np.linspace(0.001, 0.999, 997)
    assert np.interp(at, u, x) == pytest.approx(twin.ppf(at), abs=2e-3 * float(twin.std()))
    assert distribution.mean == pytest.approx(float(twin.mean()), rel=1e-9)


def test_a_fixed_law_is_its_number() -> None:
    distribution = Distribution("fixed", (0.3,))
    assert distribution.is_fixed
    assert distribution.mean == 0.3
    assert [nodes.tolist() for nodes in distribution.quantile_knots()] == [[0, 1], [0.3, 0.3]]


def test_a_uniform_needs_two_nodes() -> None:
    distribution = Distribution("uniform", (0.2, 0.6))
    assert not distribution.is_fixed
    assert distribution.mean == pytest.approx(0.4)
    assert [nodes.tolist() for nodes in distribution.quantile_knots()] == [[0, 1], [0.2, 0.6]]


def test_a_choice_is_steps_of_its_weights() -> None:
    distribution = Distribution("choice", (3.0, 5.0), (7.0, 3.0))
    u, x = distribution.quantile_knots()
    assert u == pytest.approx([0, 0.7, 0.7, 1])
    assert x.tolist() == [3, 3, 5, 5]
    assert distribution.mean == pytest.approx(3.6)


def test_a_choice_without_weights_is_even() -> None:
    u, x = Distribution("choice", (0.0, 1.0)).quantile_knots()
    assert u.tolist() == [0, 0.5, 0.5, 1]
    assert x.tolist() == [0, 0, 1, 1]


def test_a_shift_heaps_up_what_leaves_the_range() -> None:
    distribution = Distribution("uniform", (0.5, 1.0), low=0, high=1).shifted(0.25, 0, 1)
    u, x = distribution.quantile_knots()
    assert np.interp([0, 0.25, 0.5, 0.75, 1], u, x) == pytest.approx([0.75, 0.875, 1, 1, 1])
    assert distribution.mean == pytest.approx(0.9375)


def test_a_shift_of_a_number_is_a_number() -> None:
    assert Distribution("fixed", (0.9,)).shifted(0.3, 0, 1) == Distribution("fixed", (1.0,))


def test_shifts_add_up() -> None:
    distribution = (
        Distribution("beta", (0.4, 12.0), low=0, high=1).shifted(0.25, 0, 1).shifted(-0.25, 0, 1)
    )
    assert distribution.shift == 0
    assert distribution.mean == 0.4


def test_a_triangle_without_width_is_a_number() -> None:
    assert np.all(Distribution("triangular", (0.5, 0.5, 0.5)).quantile_knots()[1] == 0.5)


@pytest.mark.parametrize(
    ("distribution", "written"),
    [
        (Distribution("fixed", (12.0,)), 12),
        (Distribution("fixed", (0.5,)), 0.5),
        (Distribution("uniform", (0.0, 0.5)), {"uniform": [0, 0.5]}),
        (Distribution("choice", (0.0, 1.0)), {"choice": [0, 1]}),
        (Distribution("choice", (0.0, 1.0), (1.0, 3.0)), {"choice": {"0": 1, "1": 3}}),
        (
            Distribution("beta", (0.5, 12.0), shift=0.25, low=0, high=1),
            {"beta": [0.5, 12], "shift": 0.25},
        ),
    ],
    ids=str,
)
def test_a_law_is_written_as_in_a_file(distribution: Distribution, written: object) -> None:
    assert distribution.to_yaml() == written


def test_a_law_is_written_in_the_words_of_its_parameter() -> None:
    distribution = Distribution("choice", (0.0, 1.0), (1.0, 3.0))
    assert distribution.to_yaml(bool) == {"choice": {"false": 1, "true": 3}}


def test_a_bounded_law_keeps_its_tails_near_its_mass() -> None:
    _, x = Distribution("truncated_normal", (12.0, 2.0), low=0, high=1e6).quantile_knots()
    assert 0 < x[0] < 1
    assert 23 < x[-1] < 24
