"""``thinline trace``: one run told, alone or beside its twin."""

from __future__ import annotations

import pytest

from sim.engines.ensemble import play
from sim.trace.select import Selection

FEW = ["--candidates", "60"]


class TestTells:
    def test_one_run_by_its_number(self, ask):
        said = ask("trace", "reassurance_force", "--run", "3")
        assert said.code == 0
        lines = said.out.splitlines()
        assert lines[0].startswith("Run 3 of reassurance_force, seed 2025: ")
        assert lines[2].startswith("start     Of 34 guarantors")
        assert any(line.startswith("month ") for line in lines)
        assert "chance of an answer" in said.out
        assert max(map(len, lines)) <= 96

    def test_the_record_is_the_ensembles(self, ask):
        import sim
        from sim.model.build import build

        document = ask("trace", "no_force", "--run", "7", "--seed", "4", "--json").document
        (row,) = play(build(sim.load("no_force")), 4, 7, 1).records
        assert document["record"] == {name: row[name].item() for name in row.dtype.names}
        assert (document["run"], document["seed"]) == (7, 4)
        assert document["months"][-1]["number"] == row["month"]
        assert len(document["months"][0]["rungs"]) == len(document["states"])

    @pytest.mark.parametrize("like", Selection)
    def test_one_that_is_like_what_is_asked_for(self, ask, like):
        document = ask("trace", "reassurance_force", "--select", like, *FEW, "--json").document
        at_war = document["record"]["war"] > 0
        assert at_war is (like is Selection.WORST)
        assert document["picked"] == {"like": like, "among": 60}

    def test_a_typical_one_if_nothing_is_said(self, ask):
        unsaid, said = (
            ask("trace", "no_force", *FEW, *like, "--json").document["run"]
            for like in ([], ["--select", "typical"])
        )
        assert unsaid == said

    def test_what_is_set_changes_it(self, ask):
        plain, fought = (
            ask("trace", "no_force", "--run", 1, *more, "--json").document["story"]
            for more in ([], ["--set", "setting.ceasefire=false"])
        )
        assert plain != fought

    def test_in_full_there_is_more_to_read(self, ask):
        short, full = (
            len(ask("trace", "reassurance_force", "--run", "3", *more).out)
            for more in ([], ["--full"])
        )
        assert full > short

    def test_the_next_command_works(self, ask):
        said = ask("trace", "no_force", "--run", "1")
        _, _, command = said.err.partition("Try next: thinline ")
        assert command.split()[:2] == ["trace", "no_force"]
        assert ask(*command.split()).code == 0

    def test_never_speaks_of_probability(self, ask):
        assert "probab" not in ask("trace", "during_fighting", "--run", "2").out.lower()


class TestCounterfactual:
    def test_both_are_told_and_where_they_part(self, ask):
        words = [
            "trace",
            "no_force",
            "--run",
            "1",
            "--counterfactual",
            "--set",
            "setting.regeneration=1",
        ]
        said = ask(*words)
        assert "The same random numbers with the changes" in said.out
        assert "part in month" in said.out or "part at the start" in said.out
        document = ask(*words, "--json").document
        twin = document["twin"]
        assert twin["run"] == document["run"] == 1
        assert twin["months"][0]["number"] == twin["parting"]
        alone = ask("trace", "no_force", "--run", "1", "--json").document
        assert document["months"] == alone["months"]

    def test_it_needs_a_change(self, ask):
        said = ask("trace", "no_force", "--run", "1", "--counterfactual")
        assert said.code == 2
        assert "--set" in said.err


class TestFigure:
    def test_a_page_with_picture_and_story(self, ask, workplace):
        assert ask("trace", "backstop_withdrawn", "--run", "1", "--figure", "run.html").code == 0
        text = (workplace / "run.html").read_text("utf-8")
        assert "Run 1 of backstop_withdrawn" in text
        assert "forecasts nothing" in text
        assert text.count('class="drawing"') == 1
        assert 'class="story"' in text
        assert len(text.encode()) < 6_000_000

    def test_a_twin_has_its_own(self, ask, workplace):
        words = ["--counterfactual", "--set", "setting.clarity=0.9", "--figure", "run.html"]
        assert ask("trace", "no_force", "--run", "1", *words).code == 0
        assert (workplace / "run.html").read_text("utf-8").count('class="drawing"') == 2

    def test_where_it_cannot_be_written(self, ask, workplace):
        (workplace / "file").write_text("")
        said = ask("trace", "no_force", "--run", "1", "--figure", "file/below.html")
        assert said.code == 2
        assert "file is a file, not a folder" in said.err


class TestRefuses:
    def test_two_ways_to_say_which(self, ask):
        said = ask("trace", "no_force", "--run", "1", "--select", "worst")
        assert said.code == 2
        assert "leave one of them out" in said.err

    def test_where_there_is_no_such_run(self, ask):
        calm = ["--set", "states.russia.ambition=0", "--set", "constants.challenger_review=0"]
        said = ask("trace", "no_force", "--select", "worst", *FEW, *calm)
        assert said.code == 2
        assert "no run ends in war" in said.err

    @pytest.mark.parametrize("wrong", [["--run", "-1"], ["--candidates", "0"], ["--seed", "-3"]])
    def test_a_number_out_of_range(self, ask, wrong):
        assert ask("trace", "no_force", *wrong).code == 2
