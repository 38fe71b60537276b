"""The table of known answers: for each game, the number in the literature, the closed form of
``known.py`` and what the model's rules give."""

from __future__ import annotations

import itertools
import math
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from sim.scenario.constants import CONSTANTS
from sim.theory import closed_form, perfect_deterrence
from sim.theory.catalogue import CASES
from sim.theory.perfect_deterrence import Equilibrium

ROOT = Path(__file__).parents[2]
RUNS, SEED = 20_000, 11


class Row(NamedTuple):
    """A case, what is set, and the numbers to come out."""

    case: str
    given: dict[str, Any]
    numbers: dict[str, Any]


def signorino(precision: float, status_quo: float, concession: float, conflict: float) -> Row:
    """Challenger 0, 1, -.5; defender concession -1, conflict -.8; no last move."""
    numbers = {"status_quo": status_quo, "concession": concession, "conflict": conflict}
    return Row("deterrence-game", {"precision": precision}, numbers | {"backdown": 0.0})


def threat(belief: float, challenge: float, **payoffs: float) -> Row:
    """Payoffs 0, 1, -.2 unless said."""
    given = {f"challenger.{end}": worth for end, worth in payoffs.items()}
    return Row("credible-threat", {"belief": belief, **given}, {"challenge": challenge})


def crowd(joined: float, **given: Any) -> Row:
    return Row("cascade", given, {"joined": joined})


def brink(survival: float, **given: Any) -> Row:
    return Row("brinkmanship", given, {"survival": survival})


def fight(win: float, challenger: float, defence: float, decisiveness: float) -> Row:
    given = {"challenger": challenger, "defence": defence, "decisiveness": decisiveness}
    return Row("contest", given, {"win": win})


def known_for(mean: float, sequence: str, **given: float) -> Row:
    return Row("reputation", {"sequence": sequence, **given}, {"mean": mean})


def quiet(survival: float, **given: Any) -> Row:
    return Row("accident", given, {"survival": survival})


def first(mean_months: float, rate: float, choice: float) -> Row:
    return Row("reviews", {"rate": rate, "choice": choice}, {"mean_months": mean_months})


def token(attack: float, threshold: float, **given: Any) -> Row:
    """An army of .4 without sanctions, outside support or risk of war unless given."""
    fixed = {"army": 0.4, "power": 0.0, "sanctions": 0.0, "backstop": 0.0}
    return Row("tripwire", fixed | given, {"attack": attack, "threshold": threshold})


def hold_out(concede: float, wars: float, **given: float) -> Row:
    return Row("attrition", given, {"concede": concede, "war": wars})


def slices(number: float, fixed: float, resolve: float) -> Row:
    return Row("salami", {"fixed": fixed, "resolve": resolve}, {"slices": number})


def word(bluff: float, gain: float, value: float, belief: float) -> Row:
    given = {"gain": gain, "value": value, "belief": belief}
    return Row("honest-threat", given, {"bluff": bluff})


def offer(demand: float, wars: float, **given: float) -> Row:
    return Row("bargaining", given, {"demand": demand, "war": wars})


def decline(attack: float, threshold: float, **given: float) -> Row:
    """A discount of .9, a chance of .8 now and costs of .1 unless given."""
    fixed = {"discount": 0.9, "power_now": 0.8, "cost": 0.1, "cost_other": 0.1}
    return Row("shifting-power", fixed | given, {"attack": attack, "threshold": threshold})


def volunteer(act: float, **given: float) -> Row:
    return Row("volunteers", given, {"act": act})


def sharing(total: float, *contributions: float, **given: Any) -> Row:
    return Row("public-good", given, {"total": total, "contributions": contributions})


def dilemma(cooperate: float, threshold: float, **given: float) -> Row:
    """Reward 1, temptation .8, punishment .3, sucker 0 unless given."""
    return Row("trust", given, {"cooperate": cooperate, "threshold": threshold})


def locked(rounds: float, audience: float, war: float) -> Row:
    return Row("lock-in", {"audience": audience, "war": war}, {"rounds": rounds})


def private_types(challenger: float, defender: float, *ends: float, **payoffs: float) -> Row:
    """The ends, as shares, for the credibilities of both sides and payoffs of the challenger.

    Unless given, a defender of credibility 2/3 deters a soft challenger, one of .8 a hard one, and
    a soft defender concedes to a challenger of credibility .6.
    """
    given = {"challenger.credibility": challenger, "defender.credibility": defender}
    given |= {f"challenger.{end}": worth for end, worth in payoffs.items()}
    names = ("status_quo", "concession", "backdown", "conflict")
    return Row("perfect-deterrence", given, dict(zip(names, ends, strict=True)))


OWN_COST, DREAD = (float(CONSTANTS[name].default) for name in ("own_cost", "war_cost"))
DREAD *= float(CONSTANTS["war_cost_alone"].default)
TENTHS = {"months": 10, "contact": 1, "accident": 0.1, "tension": 0, "monitoring": 0}

BACKDOWN = {"challenger.backdown": -0.2, "defender.backdown": 0.3}

TABLE = {
    "a coin at every move": signorino(0, 0.5, 0.25, 0.25),
    "somewhat precise": signorino(1, 0.4563, 0.2448, 0.2989),
    "fairly precise": signorino(3, 0.4764, 0.1855, 0.3381),
    "very precise": signorino(10, 0.9613, 0.0046, 0.0341),
    "perfectly precise": signorino(1e6, 1.0, 0.0, 0.0),
    "coins with a last move": Row(
        "deterrence-game",
        {"precision": 0, **BACKDOWN},
        {"status_quo": 0.5, "concession": 0.25, "backdown": 0.125, "conflict": 0.125},
    ),
    "a sharp last move": Row(
        "deterrence-game",
        {"precision": 1e6, **BACKDOWN, "challenger.status_quo": -0.3},
        {"status_quo": 0.0, "concession": 0.0, "backdown": 1.0, "conflict": 0.0},
    ),
    "payoffs a million times larger": Row(
        "deterrence-game",
        {
            "precision": 3e-6,
            "challenger.concession": 1e6,
            "challenger.conflict": -5e5,
            "defender.concession": -1e6,
            "defender.conflict": -8e5,
        },
        {"status_quo": 0.4764, "concession": 0.1855, "conflict": 0.3381},
    ),
    "not credible enough": threat(0.8333, 1.0),
    "just credible": threat(0.8334, 0.0),
    "at the threshold": threat(0.5, 0.5, conflict=-1.0),
    "war is better than waiting": threat(1.0, 1.0, conflict=0.1),
    "a prize worth less than defiance": threat(0.9, 1.0, concession=-1.0, conflict=0.5),
    "nothing to choose": threat(0.3, 0.5, concession=0.0, conflict=0.0),
    "it may back down": threat(0.9, 1.0, backdown=-0.05),
    "Granovetter's crowd": crowd(100, thresholds="0..99"),
    "and with the 1 a 2": crowd(1, thresholds="0,2,2..99"),
    "no one begins": crowd(0, thresholds="1..99"),
    "everyone at once": crowd(5, thresholds="0,0,0,0,0"),
    "two crowds": crowd(3, thresholds="0,1,2,9,9"),
    "one who waits for none": crowd(1, thresholds=[0]),
    "more than one world holds": crowd(300, thresholds="0..299"),
    "a gap beyond one world": crowd(200, thresholds="0..199, 201..299"),
    "no risk": brink(1.0, risk=0.0),
    "five rounds of a tenth": brink(0.9**5, risk=0.1),
    "rising risks": brink(0.95 * 0.9 * 0.8, rounds=3, risk="0.05,0.1,0.2"),
    "beyond the critical risk of a quarter": brink(0.95 * 0.9, rounds=4, risk="0.05,0.1,0.26,0.9"),
    "below the critical risk of a quarter": brink(0.95 * 0.76, rounds=2, risk="0.05,0.24"),
    "at the critical risk": brink(0.5 + 0.5 * 0.75, rounds=1, risk=0.25),
    "war is no worse": brink(0.0, rounds=2, risk="0.9,1", war=1.0),
    "certain war": brink(1.0, rounds=2, risk=1.0),
    "before anything": known_for(0.5, ""),
    "once defied": known_for(3 / 5, "defied"),
    "three of four": known_for(5 / 8, "defied, defied, defied, conceded"),
    "a light prior": known_for(1 / 1.5, "defied", prior=0.0, weight=0.5),
    "a heavy prior": known_for(800 / 1001, "conceded", prior=0.8, weight=1000),
    "reviews in a fifth of months, half a challenge": first(10.0, 0.22314355, 0.5),
    "nearly every month": first(1.0000454, 10, 1.0),
    "once a year, a quarter a challenge": first(50.0278, 1 / 12, 0.25),
    "parity": fight(0.5, 1.7, 1.7, 2),
    "nothing against nothing": fight(0.5, 0, 0, 2),
    "nothing to attack with": fight(0.0, 0, 0.1, 2),
    "nothing to defend with": fight(1.0, 0.1, 0, 2),
    "two to one": fight(0.2, 1, 2, 2),
    "one to two": fight(0.8, 2, 1, 2),
    "a lottery of strengths": fight(0.25, 1, 3, 1),
    "strength does not matter": fight(0.5, 1, 3, 0),
    "next to nothing is not nothing": fight(0.99705, 2, 5e-324, 1 / 128),
    "strength decides": fight(0.0, 1, 1.01, 1e6),
    "no contact": quiet(1.0, contact=0),
    "ten months of a tenth each": quiet(0.367879, **TENTHS),
    "twice that by tension": quiet(0.135335, **TENTHS | {"tension": 0.5}),
    "three tenths of it, watched": quiet(0.740818, **TENTHS | {"monitoring": 1}),
    # A cost of .55 (own + defence), over a chance of winning of 1 / (1 + defence squared).
    "an army alone": token(1.0, 0.55 * (OWN_COST + 0.4) * 1.16, ambition=0.6),
    "an army alone and little ambition": token(0.0, 0.55 * (OWN_COST + 0.4) * 1.16, ambition=0.1),
    # With a tripwire also the whole cost of a war with a coalition that stands alone.
    "a tripwire": token(
        0.0,
        (0.55 * (OWN_COST + 0.401) + DREAD / 1.001) * (1 + 0.401**2),
        ambition=0.6,
        power=0.001,
        risk_half=1e-6,
    ),
    # The same force where risk grows with strength: hardly more than the army alone.
    "no tripwire": token(
        1.0,
        (0.55 * (OWN_COST + 0.401) + DREAD * 0.001 / 0.351) * (1 + 0.401**2),
        ambition=0.6,
        power=0.001,
        risk_half=0.35,
    ),
    "war costs three": hold_out(0.2308, 0.1266, war=3, risk=0.1),
    "a slower war of attrition": hold_out(0.0291, 0.1410, war=3, risk=0.01),
    "war costs nothing": hold_out(0.0, 1.0, war=0, risk=0.2),
    "war in the first round": hold_out(0.75, 0.0625, war=3, risk=1),
    "six slices": slices(6, 0.1, 0.6),
    "nearly four slices": slices(4, 0.16, 0.6),
    "exactly three slices": slices(3, 0.3, 0.9),
    "an answer dearer than the whole": slices(1, 0.7, 0.6),
    "answers without a fixed cost": slices(1, 0, 0.6),
    "no resolve": slices(1, 0.1, 0),
    "a bluff believed half": word(1, 0.6, 1, 0.5),
    "a bluff hardly believed": word(0, 0.6, 1, 0.3),
    "indifferent, and so honest": word(0, 0.75, 1, 0.25),
    "nothing to lose later": word(1, 0.01, 0, 0.1),
    "nothing to gain now": word(0, 0, 1, 0.9),
    "never called": word(1, 0.01, 100, 1),
    "a gamble on the other's cost": offer(0.65, 0.375, cost_max=0.4, cost=0.1, power=0.5),
    "a costly war of one's own": offer(0.55, 0.125, cost_max=0.4, cost=0.3, power=0.5),
    "a war too costly to risk": offer(0.5, 0.0, cost_max=0.4, cost=0.6, power=0.5),
    "no more than everything": offer(1.0, 0.125, cost_max=0.8, cost=0.1, power=0.9),
    "no chance to win": offer(0.2, 0.5, cost_max=0.4, cost=0.0, power=0.0),
    "just before the balance turns too far": decline(1.0, 0.5667, power_later=0.566),
    "just after": decline(0.0, 0.5667, power_later=0.567),
    "nobody looks ahead": decline(0.0, -30.1, discount=0.01, power_later=0.0, power_now=0.8 - 0.01),
    "only the later balance counts": decline(1.0, 0.6, discount=1.0, power_later=0.5),
    "a war that costs nothing": decline(1.0, 0.7778, cost=0.0, cost_other=0.0, power_later=0.7),
    "two volunteers": volunteer(0.5749, n=2),
    "ten volunteers": volunteer(0.1426, n=10),
    "one who cannot wait for another": volunteer(1 / (1 + math.exp(-1.2)), n=1, precision=2),
    "volunteers who never err": volunteer(1 - 0.4 ** (1 / 4), precision=1e7),
    "volunteers who toss coins": volunteer(0.5, precision=0),
    "who stands alone": sharing(0.3, 0.3, incomes=[1]),
    "two alike": sharing(0.3529, 0.1765, 0.1765, incomes="1,1"),
    "five alike": sharing(0.3947, *[0.0789] * 5, incomes="1,1,1,1,1"),
    "ten alike": sharing(0.4110, *[0.0411] * 10, incomes=[1] * 10),
    "the large pays all": sharing(0.9, 0.9, 0.0, 0.0, incomes=[3, 1, 1]),
    "the second helps a little": sharing(0.9706, 0.2353, 0.7353, 0.0, incomes=[2.5, 3, 0.5]),
    "nothing to give": sharing(0.0, 0.0, 0.0, incomes=[0, 0]),
    "Kydd's threshold of .6": dilemma(1, 0.6, belief=0.61),
    "too little trust": dilemma(0, 0.6, belief=0.59),
    "as much to gain as to lose": dilemma(0.5, 0.5, belief=0.5, temptation=0.7),
    "dearly exploited": dilemma(0, 0.75, belief=0.7, sucker=-0.3),
    "eight rounds": locked(8, 0.1, 0.8),
    "a government that pays little at home": locked(40, 0.05, 2),
    "locked in at once": locked(0, 0.1, 0),
    "certain deterrence": private_types(0.3, 0.81, 1.0, 0.0, 0.0, 0.0),
    "only the hard attack": private_types(0.3, 0.7, 0.7, 0.09, 0.0, 0.21),
    "bluff": private_types(0.3, 0.5, 0.5, 1 / 6, 2 / 15, 0.2),
    "the defender's credibility matters no more": private_types(0.3, 0.0, 0.5, 1 / 6, 2 / 15, 0.2),
    "both attack": private_types(0.7, 0.5, 0.0, 0.5, 0.15, 0.35),
    "no hard challenger": private_types(0.0, 0.5, 1.0, 0.0, 0.0, 0.0),
    "hard for certain": private_types(1.0, 0.5, 0.0, 0.5, 0.0, 0.5),
    "a hard challenger is indifferent": private_types(0.3, 0.8, 0.85, 0.03, 0.0, 0.12),
    "a soft challenger is indifferent": private_types(
        0.7, 0.625, 0.15, 0.31875, 0.09375, 0.4375, backdown=-0.6
    ),
    "and would bluff less": private_types(0.3, 0.625, 0.5, 0.1875, 0.125, 0.1875, backdown=-0.6),
    "a soft defender is indifferent": private_types(0.6, 0.2, 0.0, 0.4, 0.24, 0.36),
    "and would deny less": private_types(0.6, 0.5, 0.0, 1 / 3, 4 / 15, 0.4),
    "war is better than the status quo": private_types(
        0.3, 1.0, 0.7, 0.0, 0.0, 0.3, conflict_hard=0.2
    ),
    "months of their own": quiet(0.548812, **TENTHS | {"months": 3, "contact": "1,2,3"}),
}


@pytest.mark.parametrize("row", TABLE.values(), ids=TABLE)
class TestTable:
    def test_the_closed_form_gives_the_number(self, row):
        closed = CASES[row.case].known(row.given, SEED)
        for name, number in row.numbers.items():
            assert closed[name] == pytest.approx(number, abs=5e-5), name

    def test_the_rules_give_the_number(self, row):
        compared = CASES[row.case].compare(row.given, RUNS, SEED)
        for name, number in row.numbers.items():
            allowed = compared.tolerance[name] + 5e-5
            assert compared.simulated[name] == pytest.approx(number, abs=allowed), name
        assert compared.agree


def test_every_case_is_in_the_table():
    assert {row.case for row in TABLE.values()} == set(CASES)


def test_war_does_not_fall_steadily_with_precision():
    war = [CASES["deterrence-game"].simulate({"precision": x})["conflict"] for x in (0, 3, 10)]
    assert war[0] < war[1] > war[2]


def test_the_threshold_of_credibility():
    payoffs = closed_form.Payoffs(status_quo=0.0, concession=1.0, conflict=-0.2)
    assert closed_form.credibility_threshold(payoffs) == pytest.approx(0.8333, abs=5e-5)


def test_the_critical_risk():
    assert closed_form.critical_risk(win=1.0, concede=0.0, war=-3.0) == 0.25


class TestDrawnThresholds:
    """A normal crowd of mean .25: what a little more spread does."""

    @pytest.mark.parametrize(
        ("sd", "joined"), [(0.10, 0.0077), (0.12, 0.0402), (0.1222, 0.06), (0.1223, 1.0)]
    )
    def test_the_limit_of_many(self, sd, joined):
        assert closed_form.cascade_limit(0.25, sd) == pytest.approx(
            joined, abs=0.006 if sd > 0.12 else 5e-5
        )

    @pytest.mark.parametrize(("sd", "joined"), [(0.10, 0.0077), (0.12, 0.0402), (0.14, 0.9999)])
    def test_a_large_crowd_comes_near_it(self, sd, joined):
        compared = CASES["cascade"].compare({"mean": 0.25, "sd": sd, "n": 100_000}, seed=3)
        assert compared.agree
        assert compared.simulated["joined"] == pytest.approx(joined, abs=0.01)

    def test_another_seed_is_another_crowd(self):
        one, other = (CASES["cascade"].simulate({"n": 5000}, seed=seed) for seed in (0, 1))
        assert one != other


def test_known_answers_know_nothing_of_the_model():
    script = (
        "import sys, sim.theory.closed_form; "
        "print(*sorted(name for name in sys.modules if name.split('.')[0] == 'sim'))"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert loaded.stdout.split() == ["sim", "sim.theory", "sim.theory.closed_form"]


class TestSelection:
    """Perfect deterrence has a steadfast equilibrium too, which logit choice never approaches."""

    @pytest.mark.parametrize("precision", [0.5, 5.0, 50.0, 500.0])
    @pytest.mark.parametrize("credibility", [0.05, 0.3, 0.7])
    def test_there_is_one_logit_equilibrium_at_any_precision(
        self, monkeypatch, precision, credibility
    ):
        monkeypatch.setattr(perfect_deterrence, "sharp", lambda *payoffs: precision)
        case = CASES["perfect-deterrence"]
        found = Equilibrium(case.settled({"challenger.credibility": credibility}))
        low, high = found.gain(1, 1.0), found.gain(1, 0.0)
        both = [found.defiance(low + (high - low) * k / 400) for k in range(401)]
        excess = [after - expected for expected, after in both]
        assert all(before < after for before, after in itertools.pairwise(excess))

    def test_an_unexpected_challenge_is_believed_to_come_from_a_hard_challenger(self):
        values = CASES["perfect-deterrence"].settled({"defender.credibility": 0.95})
        found = Equilibrium(values)
        assert found.challenges == [0.0, 0.0]
        # A soft defender would defy if it believed the challenger no harder than at first.
        assert found.defies == pytest.approx([1.0, 0.0])
        assert values["challenger.credibility"] < 0.6
