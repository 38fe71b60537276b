"""``sensitivity``, ``discover`` and ``robustness`` as a user meets them."""

from __future__ import annotations

import sys

import pytest

from sim.experiments.evaluate import make_model

SIZES = ["--base-sample", "16", "--trajectories", "16"]
SMALL = ["--runs", "8", *SIZES]
OVER = ["--over", "states.russia.ambition=0.1:0.9", "--over", "setting.clarity=0:1"]
GRID = ["--over", "setting.force_size=0,0.5,1", "--replications", "40"]
ARGUMENTS = {
    "sensitivity": ["reassurance_force", "--method", "all", *SMALL, *OVER],
    "discover": ["no_force", "--outcome", "war", "--points", "128", "--replications", "2", *OVER],
    "robustness": ["reassurance_force", *GRID],
}


@pytest.mark.parametrize("verb", ARGUMENTS)
def test_it_says_what_it_rests_on(ask, verb):
    said = ask(verb, *ARGUMENTS[verb])
    assert said.code == 0
    assert said.out.startswith(f"{ARGUMENTS[verb][0]}: ")
    assert "model runs" in said.out
    assert "seed 2025" in said.out
    assert "95 %" in said.out
    assert "probab" not in said.out.lower()


@pytest.mark.parametrize("verb", ARGUMENTS)
def test_the_same_command_says_the_same_whatever_the_threads(ask, verb):
    first, again = (ask(verb, *ARGUMENTS[verb], "--json", "--jobs", jobs) for jobs in (1, 3))
    assert first.document == again.document
    assert first.document != ask(verb, *ARGUMENTS[verb], "--json", "--seed", 7).document


@pytest.mark.parametrize("verb", ARGUMENTS)
def test_the_page_has_its_figures_and_asks_nothing_of_the_network(ask, workplace, verb):
    said = ask(verb, *ARGUMENTS[verb], "--figure", "out.html")
    assert said.code == 0
    assert "Written: out.html" in said.err
    page = (workplace / "out.html").read_text(encoding="utf-8")
    assert page.count('role="img" aria-label="') >= 2
    assert page.count('<table class="sheet">') == page.count('role="img" aria-label="')
    assert "<script src" not in page


@pytest.mark.parametrize("verb", ARGUMENTS)
@pytest.mark.parametrize(
    ("words", "remedy"),
    [
        (["--outcome", "peace"], "no outcome"),
        (["--seed", "-1"], "choose another"),
        (["--replications", "0"], ""),
        (["--figure", "out.png"], "out.html"),
        (["--jobs", "0"], "from 1 to 256"),
    ],
)
def test_what_cannot_be_done_is_usage_with_a_remedy(ask, verb, words, remedy):
    said = ask(verb, *ARGUMENTS[verb], *words)
    assert said.code == 2
    assert said.out == ""
    assert remedy in said.err
    assert "Traceback" not in said.err


@pytest.mark.parametrize("verb", ARGUMENTS)
def test_a_wrong_path_is_told_from_the_nearest(ask, verb):
    ends = "0,1" if verb == "robustness" else "0:1"
    said = ask(verb, "no_force", "--over", f"setting.clarty={ends}")
    assert said.code == 2
    assert "did you mean 'clarity'" in said.err


def test_morris_and_sobol_without_salib_name_the_extra_and_play_nothing(ask, monkeypatch):
    monkeypatch.setitem(sys.modules, "SALib.sample.sobol", None)
    said = ask("sensitivity", "no_force", "--method", "sobol", "--json")
    assert said.code == 4
    assert said.document["extra"] == "sensitivity"
    assert ask("sensitivity", "no_force", "--runs", "8", *OVER).code == 0


def test_what_a_method_has_no_use_for_is_refused(ask):
    said = ask("sensitivity", "no_force", "--trajectories", "64", *OVER)
    assert said.code == 2
    assert "--method all" in said.err


def test_the_runs_asked_for_are_those_of_every_method(ask):
    asked = ["--method", "all", *SIZES, "--runs", "9", *OVER, "--json"]
    told = ask("sensitivity", "no_force", *asked).document
    assert told["tornado"]["runs"] == 9
    assert told["sobol"]["replications"] == told["morris"]["replications"] == 9


def test_a_tornado_goes_on_to_all_levers_at_once(ask):
    said = ask("sensitivity", "no_force", "--runs", 20, "--over", "setting.clarity=0:1")
    assert "sensitivity no_force --over setting.clarity=0:1 --method all" in said.err


def test_sensitivity_goes_on_to_the_combinations_of_the_heaviest(ask):
    assert "discover reassurance_force --over states.russia.ambition" in (
        ask("sensitivity", *ARGUMENTS["sensitivity"]).err
    )


def test_a_posture_can_be_run(ask):
    said = ask("robustness", *ARGUMENTS["robustness"])
    assert "thinline run reassurance_force --set setting.force_size=" in said.err


def test_types_are_what_one_says(ask):
    types = [
        "--challenger-type",
        "dove:states.russia.ambition=0.1",
        "--challenger-type",
        "hawk:states.russia.ambition=0.9",
    ]
    said = ask("robustness", "reassurance_force", *GRID, *types, "--json")
    assert list(said.document["types"]) == ["dove", "hawk"]
    assert ask("robustness", "no_force", "--challenger-type", "hawk").code == 2


def test_postures_take_words_flags_and_spans(ask):
    over = ["--over", "states.poland.pledge=none,ground", "--over", "setting.clarity=0:1:3"]
    said = ask("robustness", "reassurance_force", *over, "--replications", "5", "--json")
    assert [each["values"] for each in said.document["postures"]][:3] == [[0, 0], [0, 0.5], [0, 1]]
    assert ask("robustness", "reassurance_force", "--over", "setting.clarity").code == 2


@pytest.mark.parametrize("verb", ["sensitivity", "discover"])
def test_points_that_cannot_be_played_are_said_and_end_in_one(ask, verb):
    line = "states.russia.red_lines.foreign_troops"
    over = ["--over", f"{line}.threshold=0:0.9", "--over", f"{line}.reach=0.8:3"]
    said = ask(verb, *ARGUMENTS[verb][:-4], *over)
    assert said.code == 1
    assert "could not be played and are left out" in said.err
    assert said.out.startswith(ARGUMENTS[verb][0])


@pytest.mark.parametrize("verb", ["discover", "robustness"])
def test_replications_are_runs(ask, verb):
    few = [*ARGUMENTS[verb], "--json"]
    assert (
        ask(verb, *few, "--runs", "3").document == ask(verb, *few, "--replications", "3").document
    )


def test_set_comes_before_what_is_varied():
    import sim
    from sim.experiments.measures import Measure

    changed = sim.load("no_force", ["setting.force_size=0"])
    played = make_model(changed, 1, [Measure("force")])(("setting.clarity",))((0.5,), 0, 5)
    assert not played["force"].any()
