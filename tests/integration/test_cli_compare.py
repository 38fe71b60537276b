"""``thinline compare``: scenarios, versions of one scenario, its states, and two sweeps."""

from __future__ import annotations

import pytest

import sim
from sim.analysis.compare import compare
from sim.analysis.compare_sweeps import compare_sweeps
from sim.analysis.paired import WHAT
from sim.cli.compare import LISTED
from tests.integration.verbs import suggested_command

PAIR = ["compare", "reassurance_force", "no_force", "--runs", "300"]
SETTINGS = [
    *("consent", "backstop", "clarity", "verification", "sanctions", "quorum", "talks", "fatigue"),
    *("forwardness", "retaliation", "effort_asked", "long_range_arms"),
]


class TestTwo:
    def test_the_document_is_the_comparison(self, ask):
        wanted = compare([sim.load("reassurance_force"), sim.load("no_force")], runs=300)
        assert ask(*PAIR, "--json").document == wanted.to_dict()

    def test_as_text(self, ask):
        answer = ask(*PAIR)
        sentence = "Compared with reassurance_force, war occurs "
        assert answer.out.startswith(sentence)
        assert "in 300 model runs of no_force" in " ".join(answer.out.split())
        assert "300 runs each with the same random numbers, seed 2025; 95 % intervals" in answer.out
        assert "difference from reassurance_force, points" in answer.out
        assert "tested force" in answer.out
        assert "probab" not in answer.out.lower()

    def test_a_single_run_has_no_infinite_interval(self, ask):
        answer = ask(*PAIR[:3], "--runs", "1")
        assert answer.code == 0
        assert "inf" not in answer.out
        assert (
            "1 run each with the same random numbers, seed 2025; 95 % intervals; a mean of one"
            in answer.out
        )

    def test_the_suggested_command_traces_a_run_with_another_outcome(self, ask):
        words = suggested_command(ask(*PAIR))
        assert words[:2] == ["trace", "no_force"]
        assert ask(*words).code == 0

    def test_seed_and_threads(self, ask):
        one, two = (ask(*PAIR, "--jobs", jobs, "--json").document for jobs in (1, 2))
        other = ask(*PAIR, "--seed", 5, "--json").document
        assert one == two
        assert other["seed"] == 5
        assert other["shares"] != one["shares"]

    def test_set_applies_to_every_scenario(self, ask):
        document = ask(*PAIR, "--set", "months=12", "--json").document
        assert set(document["months"].values()) == {12}
        assert ask(*PAIR, "--set", "setting.clarty=1").code == 2

    def test_until_ci_stops_before_the_cap(self, ask):
        words = ["compare", "reassurance_force", "no_force", "--until-ci", "0.06", "--json"]
        answer = ask(*words)
        document = answer.document
        assert document["runs"] < 10_000
        assert f"narrower than 0.06 after {document['runs']:,} runs" in answer.err
        assert all(each["high"] - each["low"] < 0.06 for each in document["differences"])

    def test_a_maximum_reached_before_the_precision_is_reported(self, ask):
        answer = ask(*PAIR, "--until-ci", "0.001", "--json")
        assert answer.document["runs"] == 300
        assert "After all 300 runs the widest interval is still 0." in answer.err

    def test_horizons_that_differ_are_noted(self, ask):
        answer = ask("compare", "reassurance_force", "korean_armistice", "--runs", "20")
        assert "Note: the horizons differ" in answer.err


class TestWith:
    def test_versions_of_the_first(self, ask):
        words = [
            "--with",
            "setting.force_size=0",
            "--with",
            "setting.clarity=1; setting.quorum=0.8",
        ]
        document = ask("compare", "reassurance_force", *words, "--runs", "200", "--json").document
        one, two = (
            "reassurance_force with setting.force_size=0",
            "reassurance_force with setting.clarity=1, setting.quorum=0.8",
        )
        assert list(document["shares"]) == ["reassurance_force", one, two]
        wanted = compare(
            {
                "reassurance_force": sim.load("reassurance_force"),
                one: sim.load("reassurance_force", ["setting.force_size=0"]),
                two: sim.load("reassurance_force", ["setting.clarity=1", "setting.quorum=0.8"]),
            },
            runs=200,
        )
        assert document == wanted.to_dict()

    def test_the_next_command_keeps_the_change(self, ask):
        answer = ask("compare", "reassurance_force", "--with", "setting.force_size=0", "--runs", 50)
        words = suggested_command(answer)
        assert "setting.force_size=0" in words
        assert ask(*words).code == 0

    def test_the_traced_run_is_one_of_the_compared_runs(self, ask):
        words = ["compare", "reassurance_force", "--with", "months=12", "--runs", 300]
        suggested = suggested_command(ask(*words))
        assert suggested[suggested.index("--set") + 1] == "months=12"
        move = ask(*words, "--json").document["transitions"][0]
        run = ask(*suggested, "--json").document
        assert run["run"] == move["examples"][0]
        assert run["outcome"] == move["to"]

    def test_without_a_change_pivotal_is_suggested(self, ask):
        answer = ask("compare", "no_force", "--with", "seed=4", "--runs", "20")
        assert "has the same outcome in every one of 20 model runs" in answer.out
        assert suggested_command(answer) == ["compare", "no_force", "--runs", "20", "--pivotal"]

    def test_a_wrong_change_has_its_remedy(self, ask):
        answer = ask("compare", "no_force", "--with", "setting.clarty=1")
        assert answer.code == 2
        assert "--with:1:1  unknown name 'clarty'" in answer.err
        assert "did you mean 'clarity'?" in answer.err

    def test_a_wrong_change_is_reported_with_its_place(self, ask):
        wrong = ["--with", "setting.clarity=1; setting.quorum=many", "--set", "months=12"]
        answer = ask("compare", "no_force", "--with", "setting.fatigue=0", *wrong)
        assert answer.err.startswith("--with:2:35  quorum: 'many'")


class TestFile:
    def test_a_file_can_be_compared_with_a_shipped_scenario(self, ask, workplace):
        (workplace / "mine.yaml").write_text(
            "scenario: mine\nextends: no_force\nsetting: {sanctions: 0}\n"
        )
        document = ask("compare", "no_force", "mine.yaml", "--runs", "50", "--json").document
        assert {each["scenario"] for each in document["differences"]} == {"mine"}

    def test_what_it_changes_is_said_in_the_terminal_and_on_the_page(self, ask, workplace):
        changed = "".join(f"  {name}: 0.1\n" for name in SETTINGS)
        (workplace / "mine.yaml").write_text(
            f"scenario: mine\nextends: no_force\nsetting:\n{changed}"
        )
        words = ["no_force", "mine.yaml", "--runs", "20", "--figure", "page.html"]
        printed = ask("compare", *words).out
        page = (workplace / "page.html").read_text("utf-8")
        assert "mine differs from no_force:" in printed
        assert "differs from the baseline" in page
        for text, count in ((printed, LISTED), (page, len(SETTINGS))):
            told = [name for name in SETTINGS if f"setting.{name}: 0.1; it was" in text]
            assert len(told) == count
        assert f"and {len(SETTINGS) - LISTED} more\n" in printed

    def test_what_the_baseline_lacks_was_absent(self, ask):
        words = ["no_force", "immediate_strikes_on_violation", "--runs", "20"]
        printed = ask("compare", *words).out
        assert "it was absent" in printed
        assert "parent" not in printed

    def test_equal_scenarios_have_no_differences(self, ask, workplace):
        (workplace / "mine.yaml").write_text("scenario: mine\nextends: no_force\nruns: 20\n")
        assert "differs from" not in ask("compare", "no_force", "mine.yaml").out

    def test_the_page(self, ask, workplace):
        answer = ask(*PAIR, "--figure", "pair.html")
        assert "Written: pair.html" in answer.err
        page = (workplace / "pair.html").read_text("utf-8")
        assert "thinline compare reassurance_force no_force --runs 300 --seed 2025" in page

    def test_the_command_on_the_page_has_the_number_of_runs(self, ask, workplace):
        words = ["compare", "no_force", "--with", "months=12; setting.clarity=1", "--set"]
        ask(*words, "setting.sanctions=1", "--until-ci", "0.9", "--figure", "page.html")
        page = (workplace / "page.html").read_text("utf-8")
        wanted = "--with 'months=12; setting.clarity=1' --set setting.sanctions=1 --runs 2048"
        assert wanted in page.replace("&#39;", "'")

    def test_a_page_that_cannot_be_written(self, ask):
        answer = ask(*PAIR, "--figure", "nowhere/pair.html", "--json")
        assert answer.code == 2
        assert "no folder nowhere" in answer.document["message"]


class TestPivotal:
    WORDS = ("compare", "reassurance_force", "--pivotal", "--runs", "40")

    def test_every_state_that_takes_part(self, ask):
        document = ask(*self.WORDS, "--json").document
        states = {each["state"] for each in document["differences"]}
        assert {"france", "poland", "united_kingdom"} <= states
        assert {"russia", "ukraine", "china"}.isdisjoint(states)
        assert {each["outcome"] for each in document["differences"]} == set(WHAT[-3:])

    def test_as_text_with_the_meaning_of_leaving_and_a_suggested_command(self, ask, workplace):
        answer = ask(*self.WORDS, "--figure", "states.html")
        assert "that leaves pledges nothing" in answer.err
        assert "simultaneous for all states" in answer.out
        assert "--pivotal --runs 40" in (workplace / "states.html").read_text("utf-8")
        assert ask(*suggested_command(answer), "--runs", "20").code == 0

    def test_where_war_stays_as_frequent_more_runs_are_suggested(self, ask):
        answer = ask(*self.WORDS[:3], "--runs", "20")
        assert suggested_command(answer) == [*self.WORDS[:3], "--runs", "200"]

    @pytest.mark.parametrize("more", [["no_force"], ["--with", "setting.clarity=1"]])
    def test_it_is_about_one_scenario(self, ask, more):
        answer = ask(*self.WORDS, *more)
        assert answer.code == 2
        assert "--pivotal is about the states of one scenario" in answer.err


class TestSweeps:
    """Two folders of sweeps over the same points are compared point by point."""

    @pytest.fixture
    def sweeps(self, ask):
        plan = ["--over", "setting.clarity=0,1", "--replications", "60", "--seed", "3"]
        for name in ("reassurance_force", "no_force"):
            assert ask("sweep", name, *plan, "--out", name).code == 0
        return ["reassurance_force", "no_force"]

    def test_the_document_is_the_comparison(self, ask, sweeps):
        document = ask("compare", *sweeps, "--json").document
        assert document == compare_sweeps(*sweeps).to_dict()
        assert [point["pairs"] for point in document["points"]] == [60, 60]

    def test_as_text_and_as_a_page(self, ask, sweeps, workplace):
        answer = ask("compare", *sweeps)
        assert answer.out.startswith(
            "Compared with reassurance_force, no_force has significantly more war at 2 of 2 points"
        )
        assert "Note: they differ in scenario (reassurance_force in" in answer.err
        words = suggested_command(answer)
        drawn = ask(*words)
        assert drawn.code == 0
        assert "Try next" not in drawn.err
        assert "<!doctype html>" in (workplace / words[-1]).read_text()[:200].lower()

    def test_many_points_are_not_all_printed_and_where_the_others_are_is_said(self, ask):
        plan = ["--over", "setting.clarity=0:1:13", "--replications", "4", "--seed", "3"]
        for name in ("reassurance_force", "no_force"):
            assert ask("sweep", name, *plan, "--out", name).code == 0
        answer = ask("compare", "reassurance_force", "no_force")
        assert "the 12 largest differences of 13 points, all of them in --json;" in answer.out

    @pytest.mark.parametrize(
        ("more", "answer"),
        [
            (["--runs", "5"], "--runs does not apply"),
            (["--runs", "5", "--set", "a=1"], "--set and --runs do not apply"),
            (["--until-ci", "0.1"], "--until-ci does not apply"),
            (["--with", "setting.clarity=1"], "--with does not apply"),
            (["moscow_agrees"], "holds a sweep, and moscow_agrees is no folder"),
            (["no_force"], "3 folders of sweeps"),
        ],
    )
    def test_options_that_do_not_apply_are_refused(self, ask, sweeps, more, answer):
        refused = ask("compare", *sweeps, *more)
        assert refused.code == 2
        assert answer in refused.err


class TestRefused:
    @pytest.mark.parametrize(
        ("words", "code", "message"),
        [
            (["no_force"], 2, "takes 2 to 6 scenarios, not 1"),
            ([], 2, "SCENARIO"),
            (["no_force", "no_force"], 2, "two of them are called no_force"),
            (["no_force", "no_farce"], 3, "did you mean 'no_force'?"),
            (["no_force", "."], 2, "no sweep: . holds"),
            (["no_force", *["--with=setting.clarity=.5"] * 2], 2, "two of them are called"),
            (["no_force", *(f"--with=setting.clarity=0.{k}" for k in range(1, 7))], 2, "not 7"),
            (["no_force", "moscow_agrees", "--runs", "0"], 2, "runs: 0 is not"),
            (["no_force", "moscow_agrees", "--until-ci", "3"], 2, "until-ci"),
            (["no_force", "moscow_agrees", "--figure", "x.gif"], 2, "x.html"),
        ],
    )
    def test_with_a_remedy(self, ask, words, code, message):
        refused = ask("compare", *words)
        assert refused.code == code
        assert message in refused.err
        assert refused.out == ""


def test_a_long_name_is_replaced_by_a_number_in_headings(ask):
    change = "setting.clarity=0.9; setting.force_size=2; states.russia.ambition=0.3"
    answer = ask("compare", "no_force", "--with", change, "--runs", "20").out
    long = f"no_force with {change.replace('; ', ', ')}"
    assert f"(2) {long}" in answer
    tables = answer.partition("share of model runs")[2]
    assert long not in tables.split("20 runs each")[0]
    assert max(map(len, tables.splitlines())) < 140
