from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.enums import Occasion, Participation
from sim.scenario.event_triggers import FORMS, PATTERN, When, parse_trigger, trigger_text


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("first probe", When(Occasion.FIRST_PROBE)),
        ("first strike", When(Occasion.FIRST_STRIKE)),
        ("first mobilisation", When(Occasion.FIRST_MOBILISATION)),
        ("force below 0.2", When(Occasion.FORCE_BELOW, 0, 0.2)),
        ("force below 1", When(Occasion.FORCE_BELOW, 0, 1.0)),
        ("3 states at ground", When(Occasion.STATES_AT, 0, 3.0, 5.0)),
        ("1 state at air_sea", When(Occasion.STATES_AT, 0, 1.0, 4.0)),
        ("month >= 12 and first strike", When(Occasion.FIRST_STRIKE, 12)),
        ("month ≥ 12 and force below 0.2", When(Occasion.FORCE_BELOW, 12, 0.2)),
        ("  month  >= 2  and 2 states at  political ", When(Occasion.STATES_AT, 2, 2.0, 1.0)),
    ],
)
def test_a_trigger_is_parsed(text: str, when: When) -> None:
    assert parse_trigger(text) == when


@pytest.mark.parametrize("form", FORMS)
def test_every_listed_form_is_valid(form: str) -> None:
    assert isinstance(parse_trigger(form), When)
    assert re.search(PATTERN, form)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "strike",
        "first hold",
        "First strike",
        "first strike and first probe",
        "force below",
        "force below -1",
        "force above 0.2",
        "force below 0.2.1",
        "states at ground",
        "-1 states at ground",
        "3 states at none",
        "month >= 12",
        "month > 12 and first strike",
        "month >= 12 and month >= 13 and first strike",
        "first strike and month >= 12",
    ],
)
def test_other_text_is_refused(text: str) -> None:
    assert isinstance(parse_trigger(text), str)
    assert not re.search(PATTERN, text)


def whens() -> st.SearchStrategy[When]:
    month = st.integers(0, 600)
    firsts = st.sampled_from(list(Occasion)[1:4])
    rungs = st.sampled_from([float(rung) for rung in Participation][1:])
    return st.one_of(
        st.builds(When, firsts, month, st.just(0.0), st.just(0.0)),
        st.builds(When, st.just(Occasion.FORCE_BELOW), month, st.floats(0, 100), st.just(0.0)),
        st.builds(When, st.just(Occasion.STATES_AT), month, st.integers(1, 128).map(float), rungs),
    )


@given(whens())
def test_a_written_trigger_parses_back_to_itself(when: When) -> None:
    assert parse_trigger(trigger_text(*when)) == when
