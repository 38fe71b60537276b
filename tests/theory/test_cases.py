"""What all canonical games have in common, and what they refuse."""

from __future__ import annotations

import ast
import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import UsageError
from sim.theory import catalogue
from sim.theory.case import EXACT, SEED, Answer, simulated_share
from sim.theory.catalogue import CASES, case
from sim.theory.inputs import MOST_ITEMS

KEYS = {
    "deterrence-game": ["status_quo", "concession", "backdown", "conflict"],
    "credible-threat": ["challenge"],
    "cascade": ["joined"],
    "brinkmanship": ["survival"],
    "reputation": ["mean"],
    "reviews": ["mean_months"],
    "contest": ["win"],
    "accident": ["survival"],
    "tripwire": ["attack", "threshold"],
    "attrition": ["concede", "war"],
    "salami": ["slices"],
    "honest-threat": ["bluff"],
    "bargaining": ["demand", "war"],
    "shifting-power": ["attack", "threshold"],
    "volunteers": ["act"],
    "public-good": ["total", "contributions"],
    "trust": ["cooperate", "threshold"],
    "lock-in": ["rounds"],
    "perfect-deterrence": ["status_quo", "concession", "backdown", "conflict"],
}

DOCUMENT = [
    "schema_version",
    "kind",
    "case",
    "parameters",
    "runs",
    "seed",
    "simulated",
    "known",
    "tolerance",
    "agree",
]

# What moves what is known, parameter by parameter.
MOVED: dict[str, dict[str, Any]] = {
    "deterrence-game": {
        **{f"challenger.{end}": 0.3 for end in ("status_quo", "concession", "conflict")},
        **{f"defender.{end}": 0.3 for end in ("concession", "conflict")},
        "precision": 1,
    },
    "credible-threat": {
        "challenger.status_quo": 0.5,
        "challenger.concession": 0.5,
        "challenger.conflict": -2,
        "belief": 0.9,
    },
    "cascade": {"thresholds": [0], "mean": 0.5, "sd": 0.2, "n": 7},
    "brinkmanship": {"rounds": 2, "risk": 0.2, "win": -1, "concede": 1, "war": -30},
    "reputation": {"prior": 0.7, "weight": 7, "sequence": "defied"},
    "reviews": {"rate": 0.3, "choice": 0.3},
    "contest": {"challenger": 3, "defence": 3, "decisiveness": 3},
    "accident": {
        "contact": 1,
        "tension": 0,
        "monitoring": 0,
        "months": 7,
        "accident": 0.1,
        "tension_pace": 0,
        "accident_verification": 0,
    },
    "tripwire": {
        "ambition": 0.9,
        "army": 1,
        "power": 1,
        "risk_half": 1e-6,
        "backstop": 1,
        "sanctions": 0,
    },
    "attrition": {"war": 1, "risk": 0.5},
    "salami": {"fixed": 0.3, "resolve": 0.2},
    "honest-threat": {"gain": 0.4, "value": 2, "belief": 0.2},
    "bargaining": {"cost_max": 0.6, "cost": 0.2, "power": 0.3},
    "shifting-power": {
        "discount": 0.5,
        "power_now": 0.3,
        "power_later": 0.9,
        "cost": 0.5,
        "cost_other": 0.5,
    },
    "volunteers": {"n": 2, "cost": 0.2, "value": 2, "precision": 3},
    "public-good": {"incomes": [2, 2], "share": 0.5},
    "trust": {
        "belief": 0.3,
        "reward": 2.0,
        "temptation": 0.2,
        "punishment": 0.5,
        "sucker": -0.5,
    },
    "lock-in": {"audience": 0.3, "war": 0.2},
    "perfect-deterrence": {
        "challenger.status_quo": 0.3,
        "challenger.concession": 2,
        "challenger.backdown": -0.7,
        "challenger.credibility": 0.4,
        "defender.concession": -0.3,
        "defender.backdown": 0.7,
        "defender.conflict_soft": -2,
        "defender.credibility": 0.9,
    },
}
# Parameters that matter to nobody, or only together with others.
SILENT = {
    "deterrence-game": {"defender.status_quo", "challenger.backdown", "defender.backdown"},
    "credible-threat": {"challenger.backdown"},
    "perfect-deterrence": {
        "defender.status_quo",
        "challenger.conflict_hard",
        "challenger.conflict_soft",
        "defender.conflict_hard",
    },
}


def test_all_games_are_there_in_order():
    assert list(CASES) == list(KEYS)


@pytest.mark.parametrize("name", CASES)
class TestContract:
    """What holds for each of them."""

    def test_as_it_stands_it_agrees(self, name):
        compared = CASES[name].compare()
        assert compared.agree
        assert list(compared.simulated) == list(compared.known) == KEYS[name]

    def test_the_same_seed_gives_the_same(self, name):
        one, two = (CASES[name].simulate(runs=500, seed=8) for _ in range(2))
        assert one == two

    def test_another_seed_moves_what_luck_decides(self, name):
        decided = {"credible-threat", "cascade", "reputation", "tripwire", "salami"}
        decided |= {"honest-threat", "shifting-power", "volunteers", "public-good"}
        decided |= {"trust", "lock-in"}
        one, other = (CASES[name].simulate(runs=5000, seed=seed) for seed in (0, 2**63 - 1))
        assert (one == other) == (name in decided)

    def test_every_parameter_moves_what_is_known(self, name):
        before = CASES[name].known()
        assert set(MOVED[name]) == set(CASES[name].inputs) - SILENT.get(name, set())
        for key, value in MOVED[name].items():
            assert CASES[name].known({key: value}) != before, key

    def test_the_document_is_plain(self, name):
        document = CASES[name].compare(runs=100).to_dict()
        assert json.loads(json.dumps(document, allow_nan=False)) == document
        assert list(document) == DOCUMENT
        assert document["agree"] is True
        assert not any(value is None for value in document["parameters"].values())

    def test_what_is_worth_trying_can_be_tried_and_shows_something(self, name):
        key, _, value = CASES[name].worth_trying.partition("=")
        compared = CASES[name].compare({key: value})
        assert compared.agree
        assert compared.to_dict()["known"] != CASES[name].compare().to_dict()["known"]

    def test_what_it_says_of_its_parameters_reads_back(self, name):
        settled = CASES[name].settled({})
        said = CASES[name].said(settled)
        assert CASES[name].settled(said) == settled

    def test_an_unknown_parameter_is_refused_with_the_nearest(self, name):
        key = next(iter(CASES[name].inputs))
        with pytest.raises(UsageError, match=f"did you mean '{key}'"):
            CASES[name].settled({key + "s": 1})

    @pytest.mark.parametrize(
        "value", [math.nan, math.inf, -math.inf, "many", "1e400", "0.5]0", None, [None]]
    )
    def test_what_is_no_number_is_refused(self, name, value):
        for key in CASES[name].inputs:
            with pytest.raises(UsageError):
                CASES[name].settled({key: value})

    @pytest.mark.parametrize("luck", [{"runs": 0}, {"runs": 10**9}, {"seed": -1}, {"seed": 2**63}])
    def test_runs_and_seed_have_bounds(self, name, luck):
        for use in (CASES[name].compare, CASES[name].simulate):
            with pytest.raises(UsageError):
                use(**luck)


class TestInputs:
    def test_a_stretch_stands_for_each_number_in_it(self):
        read = CASES["cascade"].input("thresholds").read
        for text in ("0, 2..4", "[0,2,3,4]", "0,2…4", " [ 0 , 2 , 3..4 ] "):
            assert read(text) == (0, 2, 3, 4)
        assert read([0, 2, 3, 4]) == read(np.array([0, 2, 3, 4])) == (0, 2, 3, 4)
        assert read("7") == read(7) == (7,)

    @pytest.mark.parametrize("text", ["0..999999", "1," * 2000 + "1"])
    def test_a_list_has_an_end(self, text):
        with pytest.raises(UsageError, match=f"more than {MOST_ITEMS}"):
            CASES["cascade"].input("thresholds").read(text)

    def test_a_stretch_goes_upwards(self):
        with pytest.raises(UsageError, match=r"5\.\.2: a range goes upwards") as refused:
            CASES["cascade"].input("thresholds").read("0, 5..2")
        assert refused.value.remedy == "write 2..5"

    @given(st.floats(-1e15, 1e15))
    def test_a_payoff_is_any_number(self, payoff):
        read = CASES["brinkmanship"].input("win").read
        assert read(payoff) == read(repr(payoff)) == payoff

    @pytest.mark.parametrize(
        ("name", "given_", "said"),
        [
            ("deterrence-game", {"challenger.backdown": 0}, "defender.backdown is missing"),
            ("deterrence-game", {"defender.backdown": 0}, "challenger.backdown is missing"),
            ("cascade", {"thresholds": [1], "sd": 0.1}, "both thresholds and sd"),
            ("cascade", {"thresholds": 0.5}, "not a whole number"),
            ("cascade", {"n": 1e6}, "above 100000"),
            ("brinkmanship", {"risk": "0.1,0.2"}, "2 values for 5 rounds"),
            ("brinkmanship", {"risk": 1.1}, "above 1"),
            ("accident", {"contact": []}, "0 values for 60 months"),
            ("reputation", {"sequence": "defied,defeat"}, "'defeat' is not an allowed word"),
            ("reviews", {"choice": 0}, "below 0.01"),
            ("contest", {"defence": -1}, "below 0"),
            ("trust", {"temptation": 1}, "reward 1 is not above temptation 1"),
            (
                "perfect-deterrence",
                {"challenger.backdown": 0},
                "challenger.status_quo 0 is not above challenger.backdown 0",
            ),
            (
                "perfect-deterrence",
                {"defender.conflict_soft": -0.4},
                "defender.concession -0.5 is not above defender.conflict_soft -0.4",
            ),
            ("trust", {"sucker": 0.5}, "punishment 0.3 is not above sucker 0.5"),
        ],
    )
    def test_what_does_not_fit_is_refused(self, name, given_, said):
        with pytest.raises(UsageError, match=said):
            CASES[name].settled(given_)

    def test_a_crowd_of_none(self):
        assert CASES["cascade"].compare({"thresholds": []}).simulated == {"joined": 0}

    def test_an_unknown_case_is_refused_with_the_nearest(self):
        with pytest.raises(UsageError, match="did you mean 'contest'"):
            case("contests")


class TestTolerance:
    def test_four_standard_errors(self):
        assert simulated_share(0.2).tolerance(10_000) == pytest.approx(4 * 0.004)
        assert Answer(10.0, 3.0).tolerance(900) == pytest.approx(0.4)

    @pytest.mark.parametrize("p", [0.0, 1.0, 1e-12])
    def test_what_is_certain_must_be_exact(self, p):
        assert simulated_share(p).tolerance(10) == EXACT

    def test_rare_ends_get_a_few_runs_more(self):
        rare, common = simulated_share(1e-4), simulated_share(0.01)
        assert rare.tolerance(10_000) == pytest.approx(4e-4 + 2.5e-4, rel=1e-3)
        assert common.tolerance(10_000) == pytest.approx(4 * math.sqrt(0.0099) / 100)


def test_games_left_to_no_luck_are_played_once():
    runs = {name: case(name).compare(runs=50).runs for name in CASES}
    assert {name for name, played in runs.items() if played == 1} == {
        "cascade",
        "reputation",
        "salami",
        "honest-threat",
        "shifting-power",
        "volunteers",
        "public-good",
        "lock-in",
    }


@pytest.mark.parametrize("precision", [0, 1e9])
@pytest.mark.parametrize("scale", [1e-15, 1.0, 1e15])
@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.filterwarnings("error")
def test_no_precision_and_no_payoff_overflows(precision, scale, sign):
    payoffs = {"challenger.concession": 1.0, "challenger.conflict": -0.5, "defender.conflict": 0.7}
    scaled = {end: sign * scale * worth for end, worth in payoffs.items()}
    last = {"challenger.backdown": -scale, "defender.backdown": scale}
    for given_ in (scaled, scaled | last):
        compared = CASES["deterrence-game"].compare({"precision": precision, **given_}, 4000, SEED)
        assert compared.agree
        assert all(math.isfinite(share) for share in compared.simulated.values())


@pytest.mark.parametrize("scale", [1e-300, 1e-9, 1e14])
@pytest.mark.parametrize("name", ["credible-threat", "brinkmanship"])
@pytest.mark.filterwarnings("error")
def test_one_who_never_errs_does_not_at_any_scale(name, scale):
    payoffs = {
        "credible-threat": {"challenger.concession": 1.0, "challenger.conflict": -0.2},
        "brinkmanship": {"win": 1.0, "concede": -0.1, "war": -3.0},
    }[name]
    scaled = {key: scale * worth for key, worth in payoffs.items()}
    assert CASES[name].compare(scaled).agree
    assert CASES[name].known(scaled) == CASES[name].known(payoffs)


def test_no_compiled_part_of_a_game_rests_on_one_in_another_file():
    """Code kept on disk is made anew when its own file changes, or any rule or stage does; not
    when another file of the games does."""
    kernels = {}
    for file in sorted(Path(catalogue.__file__).parent.glob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
        marked = [function for function in functions if function.decorator_list]
        used = {
            name.id
            for function in marked
            for name in ast.walk(function)
            if isinstance(name, ast.Name)
        }
        taken = {
            alias.name
            for node in tree.body
            if isinstance(node, ast.ImportFrom)
            and node.module
            and node.module.startswith("sim.theory")
            for alias in node.names
        }
        assert not used & taken
        kernels[file.stem] = [ast.unparse(mark) for each in marked for mark in each.decorator_list]
    assert sum("kernel" in marks for marks in kernels.values()) == 15
