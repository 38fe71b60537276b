"""Whatever the parameters, rules and closed form agree: random games of every kind."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.theory.catalogue import CASES

RUNS = 20_000
SEEDS = st.integers(0, 2**63 - 1)
SCALES = st.sampled_from([1e-9, 1e-3, 1.0, 1e3, 1e9])
TENTHS = st.integers(-30, 30)
UNIT = st.floats(0, 1)
REPLIES = st.lists(st.sampled_from(["defied", "conceded"]), max_size=30)


@st.composite
def payoffs(draw: st.DrawFn, *names: str, scale: float) -> dict[str, float]:
    """Payoffs of any sign, of one scale; ties among them are common."""
    return {name: draw(TENTHS) * scale / 10 for name in names}


def ends(side: str, has_last_move: bool) -> list[str]:
    last = ["backdown"] if has_last_move else []
    return [f"{side}.{end}" for end in ("status_quo", "concession", "conflict", *last)]


@st.composite
def deterrence_games(draw: st.DrawFn) -> dict[str, Any]:
    scale, last = draw(SCALES), draw(st.booleans())
    names = ends("challenger", last) + ends("defender", last)
    precision = draw(st.sampled_from([0.0, 0.3, 1.0, 3.0, 10.0, 30.0, 1e6])) / scale
    return draw(payoffs(*names, scale=scale)) | {"precision": min(precision, 1e9)}


@st.composite
def credible_threats(draw: st.DrawFn) -> dict[str, Any]:
    names = ends("challenger", draw(st.booleans()))
    belief = draw(st.integers(0, 1000)) / 1000
    return draw(payoffs(*names, scale=draw(SCALES))) | {"belief": belief}


@st.composite
def crowds(draw: st.DrawFn) -> dict[str, Any]:
    if draw(st.booleans()):
        n = draw(st.integers(1, 300))
        return {"thresholds": draw(st.lists(st.integers(0, n), min_size=n, max_size=n))}
    sizes = {"n": draw(st.integers(1, 2000))}
    return sizes | {"mean": draw(st.floats(-0.5, 1.5)), "sd": draw(st.floats(0, 0.5))}


@st.composite
def crises(draw: st.DrawFn) -> dict[str, Any]:
    rounds = draw(st.integers(1, 8))
    risks = st.integers(0, 100).map(lambda k: k / 100)
    risk = draw(st.lists(risks, min_size=rounds, max_size=rounds))
    stakes = draw(payoffs("win", "concede", "war", scale=draw(SCALES)))
    return {"rounds": rounds, "risk": risk} | stakes


@st.composite
def truces(draw: st.DrawFn) -> dict[str, Any]:
    months = draw(st.integers(1, 60))
    counts = {"months": months, "accident": draw(st.floats(0, 0.2))}
    tension = draw(st.lists(st.floats(0, 2), min_size=months, max_size=months))
    rates = {"tension_pace": draw(st.floats(0, 4)), "accident_verification": draw(UNIT)}
    return counts | rates | {"contact": draw(UNIT), "tension": tension, "monitoring": draw(UNIT)}


STAKES = st.integers(0, 30).map(lambda k: k / 10)
STRENGTH = st.one_of(st.just(0.0), st.floats(1e-3, 10), st.floats(0, 1e6))


@st.composite
def dilemmas(draw: st.DrawFn) -> dict[str, Any]:
    """A trustworthy side, often one that is indifferent."""
    scale = draw(SCALES)
    tempted, exploited = draw(TENTHS), draw(TENTHS)
    gain, loss = draw(st.integers(1, 30)), draw(st.integers(1, 30))
    tenths = {
        "temptation": tempted,
        "reward": tempted + gain,
        "sucker": exploited,
        "punishment": exploited + loss,
    }
    belief = draw(st.one_of(st.just(loss / (gain + loss)), UNIT))
    return {name: number * scale / 10 for name, number in tenths.items()} | {"belief": belief}


@st.composite
def private_types(draw: st.DrawFn) -> dict[str, Any]:
    """Sides of either type, their credibilities often exactly at a threshold."""
    scale = draw(SCALES)
    step = st.integers(1, 20)
    c, d = {"conflict_soft": draw(TENTHS)}, {"conflict_soft": draw(TENTHS)}
    c["backdown"] = c["conflict_soft"] + draw(step)
    c["conflict_hard"] = c["backdown"] + draw(step)
    c["status_quo"] = c["backdown"] + draw(step)
    c["concession"] = max(c["conflict_hard"], c["status_quo"]) + draw(step)
    d["concession"] = d["conflict_soft"] + draw(step)
    d["conflict_hard"] = d["concession"] + draw(step)
    d["backdown"] = d["conflict_hard"] + draw(step)
    d["status_quo"] = draw(TENTHS)
    prize = c["concession"] - c["status_quo"]
    thresholds = [
        min(1.0, prize / (c["concession"] - c[end])) for end in ("backdown", "conflict_hard")
    ]
    bearable = (d["backdown"] - d["concession"]) / (d["backdown"] - d["conflict_soft"])
    grid = st.integers(0, 1000).map(lambda k: k / 1000)
    credibilities = {
        "challenger.credibility": draw(st.one_of(st.just(bearable), grid)),
        "defender.credibility": draw(st.one_of(st.sampled_from(thresholds), grid)),
    }
    sides = {"challenger": c, "defender": d}
    worth = {
        f"{name}.{end}": tenths * scale / 10
        for name, ends_ in sides.items()
        for end, tenths in ends_.items()
    }
    return worth | credibilities


GAMES: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "deterrence-game": deterrence_games(),
    "credible-threat": credible_threats(),
    "cascade": crowds(),
    "brinkmanship": crises(),
    "reputation": st.fixed_dictionaries(
        {"prior": UNIT, "weight": st.floats(0.01, 1000), "sequence": REPLIES}
    ),
    "reviews": st.fixed_dictionaries({"rate": st.floats(0.1, 10), "choice": st.floats(0.1, 1)}),
    "contest": st.fixed_dictionaries(
        {"challenger": STRENGTH, "defence": STRENGTH, "decisiveness": st.floats(0, 20)}
    ),
    "accident": truces(),
    "tripwire": st.fixed_dictionaries(
        {
            "ambition": UNIT,
            "army": st.floats(0, 10),
            "power": st.floats(0, 10),
            "risk_half": st.floats(1e-6, 10),
            "backstop": UNIT,
            "sanctions": UNIT,
        }
    ),
    "attrition": st.fixed_dictionaries({"war": st.floats(0, 20), "risk": st.floats(0.02, 1)}),
    "volunteers": st.fixed_dictionaries(
        {
            "n": st.integers(1, 1000),
            "cost": st.floats(0, 3),
            "value": st.floats(0, 3),
            "precision": st.floats(0, 200),
        }
    ),
    "public-good": st.fixed_dictionaries(
        {
            "incomes": st.lists(st.floats(0, 100), max_size=40),
            "share": st.floats(0.02, 0.98),
        }
    ),
    "salami": st.fixed_dictionaries(
        {"fixed": st.one_of(st.just(0.0), st.floats(1e-6, 5)), "resolve": UNIT}
    ),
    "honest-threat": st.fixed_dictionaries(
        {"gain": STAKES, "value": STAKES, "belief": st.integers(1, 1000).map(lambda k: k / 1000)}
    ),
    "bargaining": st.fixed_dictionaries(
        {"cost_max": st.floats(0.001, 3), "cost": st.floats(0, 3), "power": UNIT}
    ),
    "shifting-power": st.fixed_dictionaries(
        {
            "discount": st.floats(0.01, 1),
            "power_now": UNIT,
            "power_later": UNIT,
            "cost": st.floats(0, 3),
            "cost_other": st.floats(0, 3),
        }
    ),
    "trust": dilemmas(),
    "lock-in": st.fixed_dictionaries({"audience": st.floats(0.001, 10), "war": st.floats(0, 100)}),
    "perfect-deterrence": private_types(),
}


def agrees(case: str, games: int) -> None:
    """Play that many random games of a kind."""

    @settings(max_examples=games, suppress_health_check=list(HealthCheck))
    @given(GAMES[case], SEEDS)
    def play(parameters: dict[str, Any], seed: int) -> None:
        compared = CASES[case].compare(parameters, RUNS, seed)
        assert compared.agree, compared.to_dict()

    play()


@pytest.mark.parametrize("case", CASES)
def test_rules_and_closed_form_agree(case):
    agrees(case, 20)


@pytest.mark.deep
@pytest.mark.parametrize("case", CASES)
def test_rules_and_closed_form_agree_in_many_games(case):
    agrees(case, 300)


@given(GAMES["contest"], SEEDS)
@settings(max_examples=20)
def test_the_two_sides_of_a_contest_sum_to_one(parameters, seed):
    swapped = {"challenger": parameters["defence"], "defence": parameters["challenger"]}
    one, other = (
        CASES["contest"].compare(parameters | given_, RUNS, seed) for given_ in ({}, swapped)
    )
    allowed = one.tolerance["win"] + other.tolerance["win"]
    assert one.simulated["win"] + other.simulated["win"] == pytest.approx(1, abs=allowed)


@given(GAMES["deterrence-game"], SEEDS)
@settings(max_examples=20)
def test_the_ends_of_the_deterrence_game_are_all_there_are(parameters, seed):
    ended = CASES["deterrence-game"].simulate(parameters, RUNS, seed)
    assert sum(ended.values()) == pytest.approx(1)


@pytest.mark.parametrize("wins", [0.5, 0.03, 0.002, 0.00002])
def test_luck_alone_hardly_ever_disagrees(wins):
    strengths = {"challenger": wins, "defence": 1 - wins, "decisiveness": 1}
    agreed = [CASES["contest"].compare(strengths, 200, seed).agree for seed in range(400)]
    assert sum(agreed) >= 399


def test_a_little_off_is_found_by_enough_runs():
    compared = CASES["contest"].compare({"decisiveness": 2.0}, 1_000_000)
    off = CASES["contest"].compare({"decisiveness": 2.02}, 1_000_000)
    assert compared.agree
    assert abs(off.simulated["win"] - compared.known["win"].value) > off.tolerance["win"]
