"""``thinline trace``: one run, alone or compared with the same run of another scenario."""

from __future__ import annotations

import re

import pytest

import sim
from sim.choices import Selection
from sim.engines.ensemble import play
from sim.results import WORDED

FEW = ["--candidates", "60"]


class TestOutput:
    def test_one_run_by_its_number(self, ask):
        answer = ask("trace", "reassurance_force", "--run", "3")
        assert answer.code == 0
        lines = answer.out.splitlines()
        assert lines[0].startswith("Run 3 of reassurance_force, seed 2025: ")
        assert lines[2].startswith("start     34 guarantors: ")
        assert any(line.startswith("month ") for line in lines)
        assert "chance of an answer" in answer.out
        assert max(map(len, lines)) <= 96

    def test_the_record_equals_the_ensembles(self, ask):
        from sim.model.build import build

        document = ask("trace", "no_force", "--run", "7", "--seed", "4", "--json").document
        (row,) = play(build(sim.load("no_force")), 4, 7, 1).records
        numbers = {name: row[name].item() for name in row.dtype.names}
        words = {name: kind(numbers[name]).word for name, kind in WORDED.items() if name in numbers}
        assert document["record"] == numbers | words
        assert (document["run"], document["seed"]) == (7, 4)
        assert document["months"][-1]["number"] == row["month"]
        assert len(document["months"][0]["rungs"]) == len(document["states"])

    @pytest.mark.parametrize("like", Selection)
    def test_a_selected_run_is_of_its_kind(self, ask, like):
        document = ask("trace", "reassurance_force", "--select", like, *FEW, "--json").document
        at_war = document["record"]["war"] != "none"
        assert at_war is (like is Selection.WORST)
        assert document["picked"] == {"select": like, "candidates": 60}

    def test_typical_is_the_default(self, ask):
        default, typical = (
            ask("trace", "no_force", *FEW, *like, "--json").document["run"]
            for like in ([], ["--select", "typical"])
        )
        assert default == typical

    def test_set_changes_the_run(self, ask):
        plain, fought = (
            ask("trace", "no_force", "--run", 1, *more, "--json").document["story"]
            for more in ([], ["--set", "states.russia.ambition=0.2"])
        )
        assert plain != fought

    def test_full_is_longer(self, ask):
        short, full = (
            len(ask("trace", "reassurance_force", "--run", "3", *more).out)
            for more in ([], ["--full"])
        )
        assert full > short

    def test_the_next_command_works(self, ask):
        answer = ask("trace", "no_force", "--run", "1")
        _, _, command = answer.err.partition("Try next: thinline ")
        assert command.split()[:2] == ["trace", "no_force"]
        assert ask(*command.split()).code == 0

    def test_the_word_probability_is_absent(self, ask):
        assert "probab" not in ask("trace", "during_fighting", "--run", "2").out.lower()


class TestCounterfactual:
    ONE = ("trace", "backstop_withdrawn", "--run", "1")

    def test_both_runs_and_their_divergence_are_shown(self, ask):
        words = [*self.ONE, "--counterfactual", "--set", "setting.regeneration=1"]
        answer = ask(*words)
        assert "The same random numbers in the changed run" in answer.out
        assert "- setting.regeneration: 1; it was" in answer.out
        assert " – growth of the protégé's army" in answer.out.replace("\n", " ")
        assert "diverge in month" in answer.out or "diverge at the start" in answer.out
        assert "The two endings" in answer.out
        assert answer.out.count("Why this run: There ") == 2
        document = ask(*words, "--json").document
        other = document["against"]
        assert other["run"] == document["run"] == 1
        assert other["months"][0]["number"] == other["parting"] == other["differing_months"][0]
        assert other["names"] == ["unchanged", "changed"]
        alone = ask(*self.ONE, "--json").document
        assert document["months"] == alone["months"]

    @pytest.mark.parametrize(
        "change",
        [
            ["--set", "events=[]"],
            ["--set", "events.1.month=60"],
            ["--set", "events.washington_leaves.month=60"],
            ["--without-event", "washington_leaves"],
            ["--without-event", "1"],
        ],
    )
    def test_had_washington_stayed(self, ask, change):
        document = ask(*self.ONE, "--counterfactual", *change, "--json").document
        assert document["against"]["parting"] == 24
        assert document["against"]["why"] == (
            "The event washington_leaves happens only in the unchanged run."
        )
        changes = {each["path"] for each in document["against"]["changes"]}
        assert changes <= {"events.washington_leaves", "events.washington_leaves.month"}

    def test_against_another_scenario(self, ask):
        words = [*self.ONE, "--against", "no_force"]
        answer = ask(*words)
        assert answer.code == 0
        assert "The same random numbers in no_force" in answer.out
        assert "- an event removed, washington_leaves: in month 24" in answer.out
        document = ask(*words, "--json").document
        alone = ask("trace", "no_force", "--run", "1", "--json").document
        assert document["against"]["record"] == alone["record"]
        assert document["against"]["endings"][0]["fact"] == "ending"

    def test_against_a_file_with_the_changes_in_both(self, ask, workplace):
        (workplace / "mine.yaml").write_text(
            "scenario: mine\nextends: backstop_withdrawn\nsetting: {clarity: 0.9}\n"
        )
        words = [*self.ONE, "--against", "mine.yaml", "--without-event", "washington_leaves"]
        found = ask(*words, "--json").document["against"]
        assert [each["path"] for each in found["changes"]] == ["setting.clarity"]

    def test_against_another_roster_is_refused(self, ask, workplace):
        (workplace / "small.yaml").write_text(
            "scenario: small\nstates:\n  russia: {role: challenger, capability: 1}\n"
            "  ukraine: {role: protege, capability: 0.4}\n  poland: {capability: 0.3}\n"
        )
        answer = ask(*self.ONE, "--against", "small.yaml")
        assert answer.code == 2
        assert "different states" in answer.err

    def test_it_needs_a_change(self, ask):
        answer = ask("trace", "no_force", "--run", "1", "--counterfactual")
        assert answer.code == 2
        assert "--set" in answer.err

    def test_an_unknown_event_is_refused_with_the_names(self, ask):
        answer = ask(*self.ONE, "--without-event", "washington")
        assert answer.code == 2
        assert "--without-event:1:" in answer.err
        assert "by name and number: washington_leaves (1)" in answer.err

    def test_the_next_command_removes_the_event(self, ask):
        answer = ask(*self.ONE)
        _, _, command = answer.err.partition("Try next: thinline ")
        assert "--without-event washington_leaves --counterfactual" in command
        assert ask(*command.split()).code == 0


class TestFigure:
    def test_a_page_with_picture_and_story(self, ask, workplace):
        assert ask("trace", "backstop_withdrawn", "--run", "1", "--figure", "run.html").code == 0
        text = (workplace / "run.html").read_text("utf-8")
        assert "Run 1 of “The American promise holds for two years and is then withdrawn”" in text
        assert "forecasts nothing" in text
        assert text.count('class="drawing"') == 1
        assert 'class="story"' in text
        assert len(text.encode()) < 1_600_000

    def test_a_twin_has_its_own(self, ask, workplace):
        words = ["--counterfactual", "--set", "setting.clarity=0.9", "--figure", "run.html"]
        assert ask("trace", "no_force", "--run", "1", *words).code == 0
        text = (workplace / "run.html").read_text("utf-8")
        assert text.count('class="drawing"') == 2
        assert "Where the two runs diverge" in text
        assert text.count("Why this run: ") == 2
        assert "The two endings" in text
        title = "The same ceasefire, and nobody comes"
        assert f"The unchanged run of “{title}”: " in text
        assert "The changed run with clarity 0.9: " in text

    def test_each_picture_of_two_scenarios_names_its_own(self, ask, workplace):
        words = ["trace", "backstop_firm", "--run", "1", "--against", "no_force"]
        assert ask(*words, "--figure", "run.html").code == 0
        headings = re.findall(
            r"<h2 [^>]*>(Run 1 of “[^”]*”): ", (workplace / "run.html").read_text("utf-8")
        )
        titles = [sim.load(name).title for name in ("backstop_firm", "no_force")]
        assert headings == [f"Run 1 of “{title}”" for title in titles]

    def test_its_command_repeats_changes_of_events(self, ask, workplace):
        changes = ["--set", "events.1.month=30", "--set", "events.1.set.setting.backstop=0.1"]
        words = ["trace", "backstop_withdrawn", "--run", "1", *changes]
        assert ask(*words, "--figure", "run.html").code == 0
        text = (workplace / "run.html").read_text("utf-8")
        assert "--set events.washington_leaves.month=30" in text
        assert "--set events.washington_leaves.set.setting.backstop=0.1" in text

    def test_a_page_below_a_file_is_refused(self, ask, workplace):
        (workplace / "file").write_text("")
        answer = ask("trace", "no_force", "--run", "1", "--figure", "file/below.html")
        assert answer.code == 2
        assert "file is a file, not a folder" in answer.err


class TestRefuses:
    def test_run_and_select_together(self, ask):
        answer = ask("trace", "no_force", "--run", "1", "--select", "worst")
        assert answer.code == 2
        assert "leave one of them out" in answer.err

    def test_no_run_of_the_selected_kind(self, ask):
        calm = ["--set", "states.russia.ambition=0", "--set", "constants.challenger_review=0"]
        answer = ask("trace", "no_force", "--select", "worst", *FEW, *calm)
        assert answer.code == 2
        assert "no run ends in war" in answer.err

    @pytest.mark.parametrize("wrong", [["--run", "-1"], ["--candidates", "0"], ["--seed", "-3"]])
    def test_a_number_out_of_range(self, ask, wrong):
        assert ask("trace", "no_force", *wrong).code == 2
