"""``thinline explain``: a scenario, a state, a block, a value."""

from __future__ import annotations

import pytest

import sim
from sim import resources
from sim.scenario.constants import CONSTANTS
from sim.scenario.provenance import values_with_source


class TestScenario:
    def test_title_words_changes_and_counts(self, ask):
        answer = ask("explain", "no_force")
        scenario = sim.load("no_force")
        lines = answer.out.splitlines()
        assert answer.code == 0
        assert lines[0] == f"no_force: {scenario.title}"
        for heading in ("Content", "Setting", "Red lines", "Sources"):
            assert heading in lines
        assert f"Changes to {scenario.parent}" in lines
        assert "Events" not in lines
        assert "are coded from" in answer.out
        assert max(map(len, lines)) < 140

    @pytest.mark.parametrize("name", resources.scenario_names())
    def test_every_shipped_scenario(self, ask, name):
        document = ask("explain", name, "--json").document
        assert document["kind"] == "scenario"
        assert document["title"] == sim.load(name).title
        assert document["coded"] + document["assumed"] == document["values"]
        assert bool(document["differences_in_words"]) is bool(document["extends"])

    def test_set_values_are_listed_as_changes(self, ask):
        before = ask("explain", "no_force", "--json").document
        after = ask("explain", "no_force", "--set", "setting.consent=0.7", "--json").document
        added = set(after["differences_in_words"]) - set(before["differences_in_words"])
        assert len(added) == 1
        assert added.pop().startswith("setting.consent")

    def test_events_are_listed(self, ask):
        out = ask("explain", "backstop_withdrawn").out
        assert "- washington_leaves: in month 24, setting.backstop becomes 0" in out


class TestState:
    def test_every_value_of_it(self, ask):
        out = ask("explain", "reassurance_force", "poland").out
        assert out.startswith("Poland in reassurance_force: guarantor, member of ")
        for each in values_with_source(sim.load("reassurance_force")):
            if each.path.startswith("states.poland."):
                assert f"{each.path.removeprefix('states.poland.')}: " in out
        assert "claim guarantees.poland_hub: Warsaw sends nobody" in out
        assert "highest_rung\n  (sim/model/rules/participation.py) and private_ceiling" in out

    def test_as_a_document(self, ask):
        document = ask("explain", "reassurance_force", "states.poland", "--json").document
        assert (document["kind"], document["name"]) == ("state", "poland")
        values = {value["path"]: value for value in document["values"]}
        pledge = values["states.poland.pledge"]
        assert pledge["value"] == {"choice": {"political": 0.25, "logistics": 0.75}}
        assert {claim["id"] for claim in pledge["claims"]} >= {"guarantees.poland_hub"}
        assert pledge["claims"][0]["article"]["when"]
        assert pledge["rules"][0]["file"] == "sim/model/rules/participation.py"


class TestValue:
    def test_all_about_it(self, ask):
        out = ask("explain", "reassurance_force", "setting.clarity").out
        for words in (
            "a share from 0 to 1",
            "0.35 to 0.65",
            "on average 0.5",
            "rule expected_answer",
        ):
            assert words in out
        assert "stage defiance (sim/model/stages/expectations.py)" in out

    def test_as_a_document(self, ask):
        document = ask("explain", "no_force", "constants.precision", "--json").document
        assert (document["kind"], document["path"]) == ("value", "constants.precision")
        assert document["default"] == document["value"] == CONSTANTS["precision"].default
        assert document["is_default"] is True

    def test_a_block(self, ask):
        document = ask("explain", "no_force", "ladders.challenge.strike", "--json").document
        assert document["kind"] == "block"
        assert len(document["values"]) == 11

    def test_the_next_command_works(self, ask):
        _, _, command = ask("explain", "no_force", "setting").err.partition("Try next: thinline ")
        assert ask(*command.split()).code == 0


class TestRefuses:
    @pytest.mark.parametrize(
        "what", ["polnad", "clarity", "baltics", "setting.clearity", "groups.blatic"]
    )
    def test_an_unknown_name_is_refused(self, ask, what):
        answer = ask("explain", "no_force", what)
        assert answer.code == 2
        assert answer.out == ""
        assert f"'{what}' is not part of no_force" in answer.err

    def test_as_a_document(self, ask):
        document = ask("explain", "no_force", "polnad", "--json").document
        assert (document["error"], document["exit_code"]) == ("usage", 2)
        assert "poland" in document["remedy"]

    def test_an_unknown_scenario(self, ask):
        assert ask("explain", "no_forse").code == 3
