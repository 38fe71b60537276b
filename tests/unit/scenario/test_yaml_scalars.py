from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.scenario.yaml_nodes import parse_scalar


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("true", True),
        ("False", False),
        ("NO", "NO"),
        ("yes", "yes"),
        ("on", "on"),
        ("Off", "Off"),
        ("10_000", 10_000),
        ("+3", 3),
        ("-7", -7),
        ("010", 10),
        ("1e-3", 0.001),
        ("1.", 1.0),
        (".5", 0.5),
        ("1_000.5", 1000.5),
        ("1e999", math.inf),
        ("1_", "1_"),
        ("_1", "_1"),
        ("1__0", "1__0"),
        ("0x1F", "0x1F"),
        ("1:30", "1:30"),
        ("2025-01-01", "2025-01-01"),
        ("nan", "nan"),
        ("inf", "inf"),
        ("e5", "e5"),
        (".", "."),
        ("none", "none"),
        ("3\n", "3\n"),
    ],
)
def test_a_plain_scalar_is_read_as_in_yaml_1_2(text: str, value: object) -> None:
    resolved = parse_scalar(text)
    assert resolved == value
    assert type(resolved) is type(value)


@pytest.mark.parametrize("text", [".nan", ".inf", "-.INF", "+.Inf", "9" * 5000])
def test_infinities_and_nan_are_numbers(text: str) -> None:
    value = parse_scalar(text)
    assert isinstance(value, float)
    assert not math.isfinite(value)


@given(st.integers() | st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_written_by_python_is_read_back(number: float) -> None:
    if len(repr(number)) < 40:
        assert parse_scalar(repr(number)) == number
