"""``thinline theory``: what it lists, plays, prints and refuses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.theory import contest
from sim.theory.case import Answer
from sim.theory.catalogue import CASES


@pytest.fixture(autouse=True)
def somewhere_else(workplace):
    """Nothing is written into the checkout."""


@pytest.fixture
def wrong(monkeypatch):
    """A contest whose known answer is wrong."""

    off = replace(contest.CASE, answers=lambda values, seed: {"win": Answer(0.5, 0.1)})
    monkeypatch.setitem(CASES, "contest", off)


class TestList:
    def test_all_are_listed(self, ask):
        said = ask("theory")
        assert said.code == 0
        for case in CASES.values():
            assert f"{case.name}  " in said.out
            assert case.title in said.out

    def test_json_tells_what_can_be_set(self, ask):
        cases = ask("theory", "--json").document["cases"]
        assert [case["name"] for case in cases] == list(CASES)
        precision = cases[0]["parameters"]["precision"]
        assert precision["default"] == 3
        assert set(precision) == {"default", "meaning", "allowed"}


class TestOne:
    @pytest.mark.parametrize("name", CASES)
    def test_json_is_the_comparison(self, ask, name):
        said = ask("theory", name, "--runs", 3000, "--seed", 4, "--json")
        assert said.code == 0
        compared = CASES[name].compare(runs=3000, seed=4).to_dict()
        assert said.document == {"kind": "theory", **compared}

    def test_what_is_set_is_played(self, ask):
        words = ["--set", "challenger=3", "--set", "defence=1", "--set", "decisiveness=1"]
        document = ask("theory", "contest", *words, "--json").document
        assert document["known"] == {"win": 0.75}
        assert document["parameters"] == {"challenger": 3, "defence": 1, "decisiveness": 1}
        assert document["runs"] == 20_000
        assert document["agree"] is True

    def test_the_later_of_two_wins(self, ask):
        words = ["--set", "prior=0.1", "--set", "prior = 0.9", "--set", "sequence="]
        assert ask("theory", "reputation", *words, "--json").document["known"]["mean"] == 0.9

    def test_text_shows_both_numbers_and_the_verdict(self, ask):
        said = ask("theory", "credible-threat", "--set", "belief=0.85")
        assert said.code == 0
        assert "challenge  0.0000     0.0000" in said.out
        assert said.out.splitlines()[-1].endswith("the model's rules reproduce the known answer.")
        assert "Try next: thinline theory credible-threat --set " in said.err

    def test_a_long_list_is_shortened(self, ask):
        assert "0, 1, 2, …, 99" in ask("theory", "cascade").out

    @pytest.mark.parametrize("name", CASES)
    def test_what_to_try_next_works(self, ask, name):
        _, _, command = ask("theory", name, "--runs", 200).err.partition("Try next: thinline ")
        assert ask(*command.split(), "--runs", 200).code == 0


class TestAll:
    def test_the_table_has_every_answer(self, ask):
        said = ask("theory", "--all", "--runs", 2000)
        assert said.code == 0
        rows = said.out.split("\n\n")[0].splitlines()[1:]
        assert len(rows) == sum(len(case.known()) for case in CASES.values())
        assert all(row.endswith("agree") for row in rows)

    def test_json_has_every_comparison(self, ask):
        document = ask("theory", "--all", "--runs", 2000, "--json").document
        assert document["agree"] is True
        assert [case["case"] for case in document["cases"]] == list(CASES)


class TestRefuses:
    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (["contets"], "unknown case 'contets' (did you mean 'contest'?)"),
            (["contest", "--set", "defense=1"], "did you mean 'defence'?"),
            (["contest", "--set", "defence=strong"], "'strong' is not a number"),
            (["contest", "--set", "defence=-1"], "-1 is below 0"),
            (["contest", "--set", "defence"], "'defence' has no '='"),
            (["contest", "--runs", "0"], "runs: 0 is not from 1"),
            (["contest", "--seed", "-1"], "seed: -1 is not from 0"),
            (["contest", "--all"], "--all cannot be combined with a name"),
            (["--all", "--set", "defence=1"], "--all cannot be combined with --set"),
            (["--set", "defence=1"], "--set needs the name of a case"),
            (["--runs", "5"], "--runs needs the name of a case"),
            (["--seed", "5"], "--seed needs the name of a case"),
        ],
    )
    def test_with_what_would_help(self, ask, words, said):
        refused = ask("theory", *words)
        assert (refused.code, refused.out) == (2, "")
        assert said in refused.err

    def test_in_json_too(self, ask):
        refused = ask("theory", "contests", "--json")
        assert (refused.code, refused.document["error"]) == (2, "usage")

    @pytest.mark.parametrize("words", [["contest"], ["contest", "--json"], ["--all"]])
    def test_a_disagreement_is_a_failure(self, ask, wrong, words):
        said = ask("theory", *words)
        assert said.code == 1
        if "--json" in words:
            assert said.document["agree"] is False
        else:
            assert "DISAGREE" in said.out
