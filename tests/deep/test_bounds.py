"""Every parameter at its bounds, and every pair of parameters at every pair of their bounds.

Rows of levels chosen at random cover all pairs soon: a row has a given pair at given bounds with
chance 1/4. How many pairs are covered is computed.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from sim.engines import ensemble, mesa_model
from sim.enums import Challenge, Outcome, Participation, Role
from sim.experiments.simulate import simulate
from sim.model.build import build
from sim.scenario.constants import CONSTANTS
from sim.scenario.parameter import Kind, Parameter
from sim.scenario.scenario import Scenario
from sim.scenario.schema import (
    CHALLENGE_LADDER,
    MAX_MONTHS,
    MAX_STATES,
    PARTICIPATION_LADDER,
    REQUIRES,
    SETTING,
    STATE,
)
from tests.scenarios import scenario_of

ROWS = 60
ROLES = {
    "russia": Role.CHALLENGER,
    "ukraine": Role.PROTEGE,
    **dict.fromkeys(("poland", "france", "italy"), Role.GUARANTOR),
}
# Their bounds depend on other values: a start is no higher than the pledge, and so on.
SINGLE = ("role", "start", "backs", "unconditional")


def parameters() -> dict[str, Parameter]:
    """Every parameter of a scenario of five states, by path."""
    found = {f"setting.{name}": p for name, p in SETTING.items()}
    found |= {f"constants.{name}": p for name, p in CONSTANTS.items()}
    for state, role in ROLES.items():
        of_role = {n: p for n, p in STATE.items() if p.role in (None, role) and n not in SINGLE}
        found |= {f"states.{state}.{name}": p for name, p in of_role.items()}
    found |= {f"states.poland.requires.{name}": p for name, p in REQUIRES.items()}
    for rung in Participation.words()[1:]:
        found |= {
            f"ladders.participation.{rung}.{name}": p for name, p in PARTICIPATION_LADDER.items()
        }
    for action in Challenge.words()[1:]:
        found |= {f"ladders.challenge.{action}.{name}": p for name, p in CHALLENGE_LADDER.items()}
    return found


PARAMETERS = parameters()


def bound(parameter: Parameter, is_high: bool) -> Any:
    if parameter.words is not None:
        return parameter.words.words()[-1 if is_high else 0]
    if parameter.kind is Kind.FLAG:
        return is_high
    value = parameter.high if is_high else parameter.low
    return int(value) if parameter.kind is Kind.COUNT else value


def at_bounds(levels: Mapping[str, bool]) -> Scenario:
    """The scenario with each parameter at its lower or upper bound."""
    document: dict[str, Any] = {"scenario": "bounds", "months": 12}
    document["states"] = {state: {"role": role.word} for state, role in ROLES.items()}
    document["states"]["russia"]["red_lines"] = {
        "near": {"watches": "ground_footprint", "effect": "provokes", "reach": 2}
    }
    document["states"]["poland"]["backs"] = True
    for path, is_high in levels.items():
        *parents, name = path.split(".")
        block = document
        for parent in parents:
            block = block.setdefault(parent, {})
        block[name] = bound(PARAMETERS[path], is_high)
    for state, role in ROLES.items():
        if role is Role.GUARANTOR:
            document["states"][state]["start"] = "none"
    return scenario_of(document)


def check(scenario: Scenario) -> None:
    """The runs are numbers, hold together, and are the same with both engines."""
    setup = build(scenario)
    records = ensemble.play(setup, 5, 0, 50).records
    alone = [mesa_model.play(setup, 5, run).records for run in range(2)]
    assert np.concatenate(alone).tobytes() == records[:2].tobytes()
    for name in records.dtype.names:
        assert np.isfinite(records[name]).all(), name
        if name not in SIGNED:
            assert (records[name] >= 0).all(), name
        # A negative zero is what is left of numbers that should have cancelled.
        assert not np.signbit(records[name][records[name] == 0]).any(), name
    results = simulate(scenario, runs=50, seed=5)
    assert math.isclose(sum(share.value for share in results.outcomes.values()), 1.0)
    assert int(results.endings.sum()) == 50
    for name, estimate in results.measures.items():
        assert not estimate.low > estimate.value, name
        assert not estimate.value > estimate.high, name


# Differences, which may be negative.
SIGNED = ("position", "pledge_gap", "misjudgement")


@pytest.mark.deep
def test_each_parameter_alone_at_its_bounds() -> None:
    for path in PARAMETERS:
        for is_high in (False, True):
            check(at_bounds({path: is_high}))


@pytest.mark.deep
def test_all_pairs_of_bounds() -> None:
    chance = random.Random(20)
    rows = np.array([[chance.random() < 0.5 for _ in PARAMETERS] for _ in range(ROWS)])
    both = [rows == high for high in (False, True)]
    seen = sum(
        int(((one.T.astype(int) @ other.astype(int)) > 0).sum()) - (one is other) * rows.shape[1]
        for one in both
        for other in both
    )
    assert seen == 4 * rows.shape[1] * (rows.shape[1] - 1)
    for row in rows:
        check(at_bounds(dict(zip(PARAMETERS, row.tolist(), strict=True))))


@pytest.mark.deep
@pytest.mark.parametrize("months", [1, MAX_MONTHS])
@pytest.mark.parametrize("guarantors", [0, 1, MAX_STATES - 2])
def test_the_smallest_and_the_largest_scenarios(months: int, guarantors: int) -> None:
    states: dict[str, Any] = {
        "russia": {"role": "challenger", "capability": 1},
        "ukraine": {"role": "protege", "capability": 0.4},
    }
    states |= {
        f"state_{k}": {"capability": 0.1, "pledge": "ground", "start": "ground"}
        for k in range(guarantors)
    }
    scenario = scenario_of({"scenario": "size", "months": months, "states": states})
    results = simulate(scenario, runs=20, seed=5)
    assert int(results.endings.sum()) == 20
    assert len(results.endings) == months + 1
    records: Any = results.records
    assert all(np.isfinite(records[name]).all() for name in records.dtype.names)
    assert isinstance(max(results.outcomes), Outcome)
