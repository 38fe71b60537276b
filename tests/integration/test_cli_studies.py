"""``sensitivity``, ``discover`` and ``robustness`` on the command line."""

from __future__ import annotations

import sys

import pytest

from sim.errors import RunFailed
from sim.experiments.evaluate import ScenarioModel

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
def test_the_output_names_runs_seed_and_intervals(ask, verb):
    answer = ask(verb, *ARGUMENTS[verb])
    assert answer.code == 0
    assert answer.out.startswith(f"{ARGUMENTS[verb][0]}: ")
    assert "model runs" in answer.out
    assert "seed 2025" in answer.out
    assert "95 %" in answer.out
    assert "probab" not in answer.out.lower()


@pytest.mark.parametrize("verb", ARGUMENTS)
def test_the_number_of_threads_does_not_change_the_result(ask, verb):
    first, again = (ask(verb, *ARGUMENTS[verb], "--json", "--jobs", jobs) for jobs in (1, 3))
    assert first.document == again.document
    assert first.document != ask(verb, *ARGUMENTS[verb], "--json", "--seed", 7).document


@pytest.mark.parametrize("verb", ARGUMENTS)
def test_the_page_has_its_figures_and_works_offline(ask, workplace, verb):
    answer = ask(verb, *ARGUMENTS[verb], "--figure", "out.html")
    assert answer.code == 0
    assert "Written: out.html" in answer.err
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
        (["--figure", "out.gif"], "out.html"),
        (["--jobs", "0"], "from 1 to 256"),
    ],
)
def test_a_usage_error_has_a_remedy(ask, verb, words, remedy):
    answer = ask(verb, *ARGUMENTS[verb], *words)
    assert answer.code == 2
    assert answer.out == ""
    assert remedy in answer.err
    assert "Traceback" not in answer.err


@pytest.mark.parametrize("verb", ARGUMENTS)
def test_a_wrong_path_suggests_the_nearest(ask, verb):
    ends = "0,1" if verb == "robustness" else "0:1"
    answer = ask(verb, "no_force", "--over", f"setting.clarty={ends}")
    assert answer.code == 2
    assert "did you mean 'clarity'" in answer.err


def test_sobol_without_salib_names_the_extra(ask, monkeypatch):
    monkeypatch.setitem(sys.modules, "SALib.sample.sobol", None)
    answer = ask("sensitivity", "no_force", "--method", "sobol", "--json")
    assert answer.code == 4
    assert answer.document["extra"] == "sensitivity"
    assert ask("sensitivity", "no_force", "--runs", "8", *OVER).code == 0


def test_an_option_of_another_method_is_refused(ask):
    answer = ask("sensitivity", "no_force", "--trajectories", "64", *OVER)
    assert answer.code == 2
    assert "--method all" in answer.err


def test_runs_apply_to_every_method(ask):
    asked = ["--method", "all", *SIZES, "--runs", "9", *OVER, "--json"]
    document = ask("sensitivity", "no_force", *asked).document
    assert document["tornado"]["runs"] == 9
    assert document["sobol"]["replications"] == document["morris"]["replications"] == 9


def test_a_tornado_suggests_all_methods(ask):
    answer = ask("sensitivity", "no_force", "--runs", 20, "--over", "setting.clarity=0:1")
    assert "sensitivity no_force --over setting.clarity=0:1 --method all" in answer.err


def test_sensitivity_suggests_discover_with_the_largest_effects(ask):
    assert "discover reassurance_force --over states.russia.ambition" in (
        ask("sensitivity", *ARGUMENTS["sensitivity"]).err
    )


def test_robustness_suggests_a_run(ask):
    answer = ask("robustness", *ARGUMENTS["robustness"])
    assert "thinline run reassurance_force --set setting.force_size=" in answer.err


def test_challenger_types_can_be_named(ask):
    types = [
        "--challenger-type",
        "dove:states.russia.ambition=0.1",
        "--challenger-type",
        "hawk:states.russia.ambition=0.9",
    ]
    answer = ask("robustness", "reassurance_force", *GRID, *types, "--json")
    assert list(answer.document["types"]) == ["dove", "hawk"]
    assert ask("robustness", "no_force", "--challenger-type", "hawk").code == 2


def test_levels_may_be_words_and_ranges(ask):
    over = ["--over", "states.poland.pledge=none,ground", "--over", "setting.clarity=0:1:3"]
    answer = ask("robustness", "reassurance_force", *over, "--replications", "5", "--json")
    assert [each["values"] for each in answer.document["postures"]][:3] == [
        ["none", 0],
        ["none", 0.5],
        ["none", 1],
    ]
    assert ask("robustness", "reassurance_force", "--over", "setting.clarity").code == 2


def test_the_value_of_information_names_inputs_and_claims(ask):
    arguments = [*ARGUMENTS["robustness"], "--value-of-information"]
    found = ask("robustness", *arguments, "--json").document["value_of_information"]
    ambition = next(e for e in found["inputs"] if e["inputs"] == ["states.russia.ambition"])
    assert "thin_line.absence_invites" in ambition["claims"]
    plain = ask("robustness", *ARGUMENTS["robustness"], "--json").document
    assert plain["value_of_information"] is None
    printed = " ".join(ask("robustness", *arguments).out.split())
    assert "in these runs over the scenario's own distributions" in printed
    assert f"simultaneous for all {found['n_comparisons']} inputs" in printed


@pytest.mark.parametrize("verb", ["sensitivity", "discover"])
def test_failed_points_are_reported_with_exit_code_1(ask, verb):
    line = "states.russia.red_lines.foreign_troops"
    over = ["--over", f"{line}.threshold=0:0.7", "--over", f"{line}.reach=0.3:3"]
    answer = ask(verb, *ARGUMENTS[verb][:-4], *over)
    assert answer.code == 1
    assert "could not be run and are left out" in answer.err
    assert answer.out.startswith(ARGUMENTS[verb][0])


@pytest.mark.parametrize("verb", ["discover", "robustness"])
def test_replications_are_runs(ask, verb):
    few = [*ARGUMENTS[verb], "--json"]
    assert (
        ask(verb, *few, "--runs", "3").document == ask(verb, *few, "--replications", "3").document
    )


def test_set_applies_before_the_levers():
    import sim
    from sim.experiments.measures import Measure

    changed = sim.load("no_force", ["setting.force_size=0"])
    played = ScenarioModel(changed, 1, [Measure("force")]).values(
        ("setting.clarity",), (0.5,), 0, 5
    )
    assert not played["force"].any()


KEEPING = {
    "sensitivity": ["no_force", "--over", "setting.clarity", "--runs", "40"],
    "discover": ["no_force", "--over", "setting.clarity", "--points", "100", "--runs", "2"],
    "robustness": ["no_force", "--over", "setting.clarity=0,1", "--runs", "20"],
}


@pytest.mark.parametrize("verb", KEEPING)
class TestResumption:
    def test_an_interrupted_study_names_the_command_that_resumes_it(self, ask, monkeypatch, verb):
        from sim.experiments.storage.evaluation_folder import EvaluationFolder

        keep = EvaluationFolder.keep
        kept: list[str] = []

        def stopping(store, key, data):
            if len(kept) == 2:
                raise KeyboardInterrupt
            kept.append(key)
            keep(store, key, data)

        arguments = [verb, *KEEPING[verb], "--json", "--out", "kept"]
        with monkeypatch.context() as patched:
            patched.setattr(EvaluationFolder, "keep", stopping)
            stopped = ask(*arguments)
        assert stopped.code == 130
        assert " runs are kept in kept (resume with: thinline " in stopped.err
        resumed, alone = ask(*arguments), ask(verb, *KEEPING[verb], "--json")
        assert resumed.code == alone.code
        assert resumed.document == alone.document

    def test_without_a_folder_nothing_is_kept_and_the_option_is_named(self, ask, monkeypatch, verb):
        def stop(*_):
            raise KeyboardInterrupt

        monkeypatch.setattr("sim.experiments.evaluate.BatchRunner.play", stop)
        answer = ask(verb, *KEEPING[verb])
        assert answer.code == 130
        assert "stopped: nothing is kept (with --out FOLDER finished runs are kept" in answer.err

    def test_another_study_is_replaced_only_by_force(self, ask, verb):
        arguments = [verb, *KEEPING[verb], "--out", "kept"]
        assert ask(*arguments).code == 0
        refused = ask(*arguments, "--seed", "77")
        assert refused.code == 2
        assert "different: the seed (choose another folder with --out" in refused.err
        assert ask(*arguments, "--seed", "77", "--force").code == 0


def test_a_picture_that_cannot_be_drawn_discards_no_result(ask, monkeypatch):
    def fail(*_: object, **__: object) -> None:
        raise RunFailed("the browser does not draw")

    monkeypatch.setattr("sim.report.static.require_static", lambda purpose: None)
    monkeypatch.setattr("sim.report.static.render_figures", fail)
    said = ask("thin-line", "no_force", "--runs", 5, "--sizes", "0:2:3", "--figure", "line.svg")
    assert said.code == RunFailed("").exit_code
    assert "the browser does not draw" in said.err
    assert "no_force" in said.out


def test_where_nothing_is_found_there_is_no_picture(ask, monkeypatch):
    monkeypatch.setattr("sim.report.static.require_static", lambda purpose: None)
    monkeypatch.setattr("sim.cli.options.panels_of", lambda found: ())
    said = ask("thin-line", "no_force", "--runs", 5, "--sizes", "0:2:3", "--figure", "line.svg")
    assert "there is nothing to draw in this result" in said.err
    assert "no_force" in said.out


def test_an_option_out_of_range_is_named(ask):
    words = ("sensitivity", "reassurance_force", *OVER, "--method", "sobol", "--base-sample", 3)
    assert "base sample: 3 is not allowed" in ask(*words).err
