"""``thinline run``: output, files and errors."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pyarrow.parquet import read_table

from sim.enums import Outcome
from sim.experiments.storage.lock import folder_lock
from tests.integration.verbs import suggested_command

FEW = ["no_force", "--runs", "600", "--seed", "7"]
QUICK = [*FEW, "--no-report"]
FILES = {"manifest.json", "report.html", "runs.parquet", "summary.json"}


def manifest_of(folder: Path) -> dict:
    return json.loads((folder / "manifest.json").read_text("utf-8"))


class TestOutput:
    def test_headline_endings_measures_and_report(self, ask):
        answer = ask("run", *FEW)
        lines = answer.out.splitlines()
        assert "600 model runs" in lines[0]
        for outcome in Outcome:
            row = next(line for line in lines if line.startswith(outcome.label))
            assert re.search(r"\d–[\d.]+ %", row), row
        assert any(line.startswith("war, from either cause") for line in lines)
        assert "600 runs, seed 7, ensemble engine" in lines
        assert Path(lines[-1]).name == "report.html"
        assert Path(lines[-1]).is_file()

    def test_the_word_probability_is_absent(self, ask):
        assert "probab" not in ask("run", *QUICK).out.lower()

    def test_json_has_all_outcomes_in_order_and_they_sum_to_one(self, ask):
        document = ask("run", *QUICK, "--json").document
        assert document["scenario"] == "no_force"
        assert (document["runs"], document["seed"], document["engine"]) == (600, 7, "ensemble")
        assert list(document["outcomes"]) == Outcome.words()
        shares = [outcome["share"] for outcome in document["outcomes"].values()]
        assert sum(shares) == pytest.approx(1)
        for part in document["outcomes"].values():
            assert 0 <= part["low"] <= part["share"] <= part["high"] <= 1
        assert document["measures"]["war"]["share"] > 0.3
        assert set(document["measures"]["strikes"]) == {"mean", "low", "high"}

    def test_the_same_seed_gives_the_same_result(self, ask):
        first, second, other = (
            ask("run", *QUICK, "--seed", seed, "--json").document for seed in (0, 0, 1)
        )
        assert first == second
        assert first["outcomes"] != other["outcomes"]

    def test_threads_change_nothing(self, ask):
        one, two = (ask("run", *QUICK, "--jobs", jobs, "--json").out for jobs in (1, 2))
        assert one == two

    def test_both_engines_give_the_same_result(self, ask):
        words = ["run", "reassurance_force", "--runs", "2", "--no-report", "--json"]
        ensemble = ask(*words).document
        mesa = ask(*words, "--engine", "mesa").document
        assert (ensemble.pop("engine"), mesa.pop("engine")) == ("ensemble", "mesa")
        assert ensemble == mesa

    def test_set_changes_the_named_parameter(self, ask):
        words = ["run", "reassurance_force", "--runs", "400", "--no-report", "--json"]
        force = ask(*words).document["measures"]["force"]["mean"]
        none = ask(*words, "--set", "setting.force_size=0").document["measures"]["force"]["mean"]
        assert none == 0 < force

    def test_runs_may_be_written_with_underscores(self, ask):
        answer = ask("run", "no_force", "--runs", "1_000", "--no-report", "--json")
        assert answer.document["runs"] == 1000

    def test_the_suggested_command_works(self, ask):
        _, _, command = ask("run", *QUICK).err.partition("Try next: thinline ")
        words = command.split()
        assert words[:2] == ["run", "no_force"]
        assert ask(*words, "--runs", "20", "--no-report").code == 0

    def test_the_suggested_command_changes_another_parameter(self, ask):
        first = ask("run", *QUICK).err
        lever = first.split()[-1]
        second = ask("run", *QUICK, "--set", lever).err.split()
        assert second[-1].partition("=")[0] != lever.partition("=")[0]
        assert lever in second, "what was set is carried along"

    @pytest.mark.parametrize(
        ("scenario", "size", "parameter"),
        [
            ("no_force", "1", "setting.sanctions"),
            ("no_force", "0", "setting.sanctions"),
            ("reassurance_force", "0", "setting.force_size"),
            ("reassurance_force", "1", "setting.clarity"),
        ],
    )
    def test_the_suggested_change_has_an_effect(self, ask, scenario, size, parameter):
        words = ["run", scenario, "--runs", "200", "--no-report", "--json"]
        first = ["--set", f"setting.force_size={size}"]
        command = suggested_command(ask(*words[:-1], *first))
        assert command[-1].partition("=")[0] == parameter
        here, there = (
            ask(*each).document["measures"] for each in ([*words, *first], [*command, *words[-2:]])
        )
        assert here != there

    @pytest.mark.parametrize(
        ("words", "suggested"),
        [
            (["presence", "--runs", "400"], ["thin-line", "presence", "--runs", "400"]),
            (["presence", "--runs", "1"], ["trace", "presence", "--select", "near-miss"]),
        ],
    )
    def test_the_suggestion_follows_from_the_results(self, ask, words, suggested):
        answer = ask("run", *words, "--no-report")
        assert suggested_command(answer) == suggested

    def test_a_table_without_a_terminal_has_no_colour_and_no_rules(self, ask, monkeypatch):
        monkeypatch.setenv("NO_COLOR", "1")
        answer = ask("run", *QUICK)
        assert "\x1b" not in answer.out + answer.err
        assert not set("─━│┃") & set(answer.out)


class TestFiles:
    def test_a_new_folder_each_time(self, ask, workplace):
        for _ in range(2):
            assert ask("run", *FEW, "--runs", 60).code == 0
        kept = sorted((workplace / "results" / "no_force").iterdir())
        assert len(kept) == 2
        assert {path.name for path in kept[0].iterdir()} == FILES

    def test_out_is_taken_exactly(self, ask, workplace):
        assert ask("run", *FEW, "--runs", 60, "--out", "here/and/there").code == 0
        assert {path.name for path in (workplace / "here/and/there").iterdir()} == FILES
        assert not (workplace / "results").exists()

    def test_the_manifest_has_the_provenance(self, ask, workplace):
        ask("run", *FEW, "--out", "kept")
        manifest = manifest_of(workplace / "kept")
        assert manifest["complete"] is True
        assert manifest["runs"] == {"asked": 600, "done": 600}
        assert (manifest["scenario"], manifest["seed"]) == ("no_force", 7)
        assert manifest["engine"] == "ensemble"
        assert {"thinline", "python", "numpy", "numba"} <= set(manifest["versions"])
        assert manifest["wall_seconds"] > 0
        assert set(manifest["files"]) == FILES - {"manifest.json"}

    def test_the_manifest_loads_back_to_the_same_scenario(self, ask, workplace):
        import sim

        ask("run", *QUICK, "--out", "kept", "--set", "setting.clarity=0.9")
        manifest = manifest_of(workplace / "kept")
        again = workplace / "again.yaml"
        again.write_text(json.dumps(manifest["resolved"]), "utf-8")
        scenario = sim.load(again)
        assert scenario.digest == manifest["digest"]
        assert scenario["setting.clarity"].mean == 0.9

    def test_the_records_add_up_to_the_summary(self, ask, workplace):
        document = ask("run", *QUICK, "--out", "kept", "--json").document
        table = read_table(workplace / "kept" / "runs.parquet")
        assert table["replication"].to_pylist() == list(range(600))
        outcomes = table["outcome"].to_pylist()
        for outcome in Outcome:
            share = document["outcomes"][outcome.word]["share"]
            assert outcomes.count(outcome.word) == round(600 * share)
        assert json.loads((workplace / "kept" / "summary.json").read_text("utf-8")) == document

    def test_more_runs_than_one_row_group(self, ask, workplace):
        ask("run", "no_force", "--runs", 20_000, "--out", "kept", "--no-report")
        runs = read_table(workplace / "kept" / "runs.parquet", columns=["replication"])
        assert runs["replication"].to_pylist() == list(range(20_000))

    def test_no_records_and_no_report(self, ask, workplace):
        answer = ask("run", *QUICK, "--out", "kept", "--no-records")
        kept = {path.name for path in (workplace / "kept").iterdir()}
        assert kept == {"manifest.json", "summary.json"}
        assert answer.out.splitlines()[-1] == "kept"

    def test_until_ci_stops_early(self, ask, workplace):
        words = ["no_force", "--runs", "100_000", "--until-ci", "0.05", "--no-report"]
        document = ask("run", *words, "--out", "kept", "--json").document
        assert document["runs"] < 100_000
        for outcome in document["outcomes"].values():
            assert outcome["high"] - outcome["low"] < 0.05
        assert manifest_of(workplace / "kept")["runs"]["done"] == document["runs"]

    def test_a_scenario_file(self, ask, workplace):
        (workplace / "mine.yaml").write_text("scenario: mine\nextends: no_force\n", "utf-8")
        document = ask("run", "mine.yaml", "--runs", "20", "--no-report", "--json").document
        assert document["scenario"] == "mine"
        assert len(list((workplace / "results" / "mine").iterdir())) == 1


class TestRefuses:
    def refused(self, answer, code: int) -> str:
        assert answer.code == code
        assert answer.out == ""
        assert "Traceback" not in answer.err
        return answer.err

    def test_an_unknown_scenario(self, ask, workplace):
        err = self.refused(ask("run", "no_forse"), 3)
        assert "did you mean 'no_force'?" in err
        assert not list(workplace.iterdir())

    def test_a_wrong_file_with_line_and_remedy(self, ask, workplace):
        text = "scenario: mine\nextends: no_force\nsetting:\n  clarity: 1.4\n  clearity: 0.2\n"
        (workplace / "mine.yaml").write_text(text, "utf-8")
        err = self.refused(ask("run", "mine.yaml"), 3)
        assert "mine.yaml:4:12" in err
        assert "mine.yaml:5:3" in err
        assert "did you mean 'clarity'?" in err

    def test_a_wrong_file_as_a_document(self, ask, workplace):
        (workplace / "mine.yaml").write_text(
            "scenario: mine\nextends: no_force\nseting: {}\n", "utf-8"
        )
        document = ask("run", "mine.yaml", "--json").document
        assert (document["error"], document["exit_code"]) == ("scenario", 3)
        assert document["problems"][0]["line"] == 3
        assert "setting" in document["problems"][0]["remedy"]

    @pytest.mark.parametrize("override", ["setting.clarity=2", "setting.clearity=1", "clarity"])
    def test_a_wrong_override(self, ask, override):
        assert "--set" in self.refused(ask("run", *FEW, "--set", override), 2)

    @pytest.mark.parametrize(
        "wrong",
        [
            ["--runs", "0"],
            ["--runs", "-5"],
            ["--runs", "many"],
            ["--seed", "-1"],
            ["--jobs", "0"],
            ["--until-ci", "2"],
            ["--engine", "steam"],
        ],
        ids=" ".join,
    )
    def test_a_number_out_of_range(self, ask, workplace, wrong):
        self.refused(ask("run", "no_force", *wrong), 2)
        assert not list(workplace.rglob("*.json"))

    @pytest.mark.parametrize("force", [[], ["--force"]])
    def test_a_folder_with_other_files(self, ask, workplace, force):
        (workplace / "kept").mkdir()
        (workplace / "kept" / "thesis.txt").write_text("mine")
        err = self.refused(ask("run", *FEW, "--out", "kept", *force), 2)
        assert "holds other files (choose another folder with --out)" in err
        assert [path.name for path in (workplace / "kept").iterdir()] == ["thesis.txt"]

    def test_a_folder_in_use(self, ask, workplace):
        (workplace / "kept").mkdir()
        with folder_lock(workplace / "kept"):
            err = self.refused(ask("run", *FEW, "--out", "kept"), 1)
        assert "kept is in use by process" in err
        assert not list((workplace / "kept").iterdir())

    def test_force_replaces_results_and_nothing_else(self, ask, workplace):
        ask("run", *FEW, "--runs", 60, "--out", "kept")
        (workplace / "kept" / "thesis.txt").write_text("mine")
        answer = ask("run", "no_force", "--runs", "30", "--out", "kept", "--force", "--no-report")
        assert answer.code == 0
        assert manifest_of(workplace / "kept")["runs"]["done"] == 30
        kept = {path.name for path in (workplace / "kept").iterdir()}
        assert kept == FILES - {"report.html"} | {"thesis.txt"}

    def test_a_path_below_a_file(self, ask, workplace):
        (workplace / "file").write_text("")
        err = self.refused(ask("run", *FEW, "--out", "file/below"), 2)
        assert "file is a file, not a folder" in err

    def test_a_path_below_a_file_gives_a_json_error(self, ask, workplace):
        (workplace / "results").write_text("")
        document = ask("run", *FEW, "--json").document
        assert (document["error"], document["exit_code"]) == ("cannot_store", 1)

    @pytest.mark.skipif(os.name != "posix", reason="file sizes are limited as POSIX has it")
    def test_a_full_disk(self, workplace):
        """At the first file, at the records and, which is written before them, at the report."""
        rooms = {2_000: ["--no-report"], 30_000: ["--no-report"], 300_000: []}
        program = f"""
import json, resource, signal, sys
from sim.cli.main import main

def code(*words):
    try:
        main([str(word) for word in words])
    except SystemExit as left:
        return left.code

# What compiles has to be compiled before there is no room for it.
code("run", "no_force", "--runs", 20, "--no-report", "--out", "warm")
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
_, most = resource.getrlimit(resource.RLIMIT_FSIZE)
for room, more in {rooms}.items():
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, most))
    words = ["--runs", 500, "--out", f"kept{{room}}", *more]
    print("CODE", code("run", "no_force", *words), flush=True)
"""
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
        assert done.stdout.splitlines().count("CODE 1") == len(rooms)
        assert "Traceback" not in done.stderr
        assert not list(workplace.rglob("*.part"))
        for room in rooms:
            kept = workplace / f"kept{room}"
            assert f"cannot write {kept.name}/" in done.stderr
            assert kept.exists() == (kept / "manifest.json").exists() == (room > 100_000)


def test_a_link_that_leads_nowhere_is_no_folder_of_results(ask, workplace):
    (workplace / "results").symlink_to(workplace / "nowhere" / "else")
    said = ask("run", "no_force", "--runs", 2, "--no-report")
    assert said.code != 0
    assert "results" in said.err


def test_the_library_takes_no_folder(ask):
    said = ask("run", "--all", "--out", "kept", "--runs", 2)
    assert said.code == 2
    assert "need one scenario" in said.err


def test_a_precision_that_is_not_reached_is_said(ask, workplace):
    words = ("run", "no_force", "--runs", 200, "--no-report", "--until-ci")
    assert "After all 200 runs the widest interval is still" in ask(*words, 0.001).err
    assert "Every interval is narrower than 0.9" in ask(*words, 0.9).err


def test_the_only_ending_stands_out(ask, workplace):
    out = ask("run", "no_force", "--set", "months=1", "--runs", 3, "--seed", 1, "--no-report").out
    assert out.startswith("In 100.0 % (43.9–100.0) of 3 model runs")
