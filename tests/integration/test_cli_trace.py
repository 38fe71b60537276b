"""``thinline trace``: one run, alone or with its counterfactual."""

from __future__ import annotations

import pytest

from sim.choices import Selection
from sim.engines.ensemble import play

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
        import sim
        from sim.model.build import build

        document = ask("trace", "no_force", "--run", "7", "--seed", "4", "--json").document
        (row,) = play(build(sim.load("no_force")), 4, 7, 1).records
        assert document["record"] == {name: row[name].item() for name in row.dtype.names}
        assert (document["run"], document["seed"]) == (7, 4)
        assert document["months"][-1]["number"] == row["month"]
        assert len(document["months"][0]["rungs"]) == len(document["states"])

    @pytest.mark.parametrize("like", Selection)
    def test_a_selected_run_is_of_its_kind(self, ask, like):
        document = ask("trace", "reassurance_force", "--select", like, *FEW, "--json").document
        at_war = document["record"]["war"] > 0
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
            for more in ([], ["--set", "setting.ceasefire=false"])
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
    def test_both_runs_and_their_divergence_are_shown(self, ask):
        words = [
            "trace",
            "no_force",
            "--run",
            "1",
            "--counterfactual",
            "--set",
            "setting.regeneration=1",
        ]
        answer = ask(*words)
        assert "The same random numbers with the changes" in answer.out
        assert "diverge in month" in answer.out or "diverge at the start" in answer.out
        document = ask(*words, "--json").document
        twin = document["twin"]
        assert twin["run"] == document["run"] == 1
        assert twin["months"][0]["number"] == twin["parting"]
        alone = ask("trace", "no_force", "--run", "1", "--json").document
        assert document["months"] == alone["months"]

    def test_it_needs_a_change(self, ask):
        answer = ask("trace", "no_force", "--run", "1", "--counterfactual")
        assert answer.code == 2
        assert "--set" in answer.err


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
        assert (workplace / "run.html").read_text("utf-8").count('class="drawing"') == 2

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
