"""Questions about events: by name or number, in every command that runs a scenario."""

from __future__ import annotations

import pytest

import sim

NAME = "backstop_withdrawn"
LEAVES = "washington_leaves"
FEW = ["--runs", "40", "--seed", "3"]


def test_run_without_an_event(ask, workplace):
    def war(*words):
        document = ask("run", NAME, *FEW, "--no-report", "--no-records", *words, "--json").document
        return document["outcomes"]

    without = war("--without-event", LEAVES)
    assert without == war("--without-event", "1") == war("--set", "events=[]")
    assert (
        without
        == sim.simulate(sim.load(NAME, [f"events.{LEAVES}=null"]), 40, 3).to_dict()["outcomes"]
    )
    assert without != war()


def test_compare_with_and_without_an_event(ask):
    changes = [f"events.{LEAVES}=null", f"events.{LEAVES}.month=48"]
    words = [word for change in changes for word in ("--with", change)]
    document = ask("compare", NAME, *words, *FEW, "--json").document
    assert document["scenarios"] == [NAME, *(f"{NAME} with {change}" for change in changes)]


def test_an_event_removed_from_every_scenario_of_a_comparison(ask):
    words = ["--set", f"events.{LEAVES}.month=48", "--with", f"events.{LEAVES}=null"]
    assert ask("compare", NAME, *words, *FEW).code == 0
    refused = ask("compare", NAME, "no_force", "--without-event", LEAVES, *FEW)
    assert refused.code == 2
    assert "it has no events" in refused.err


@pytest.mark.parametrize("key", [LEAVES, "1"])
def test_sweep_over_the_month_of_an_event(ask, key, workplace):
    words = ["--over", f"events.{key}.month=13,60", "--runs", "20"]
    answer = ask("sweep", NAME, *words)
    assert answer.code == 0
    assert f"events.{LEAVES}.month" in answer.out


def test_the_thin_line_at_two_months_of_an_event(ask):
    words = ["--second-factor", f"events.{LEAVES}.month=13,60", "--sizes", "0,0.5,1", *FEW]
    answer = ask("thin-line", NAME, *words)
    assert answer.code == 0
    assert "13" in answer.out


def test_an_event_after_the_horizon_names_the_option(ask):
    answer = ask("run", NAME, "--set", "months=10", *FEW)
    assert answer.code == 2
    assert "--set:1:8  event washington_leaves happens in month 24" in answer.err


def test_an_event_after_the_horizon_names_the_file_and_line(ask, workplace):
    (workplace / "mine.yaml").write_text(
        "scenario: mine\nextends: no_force\nmonths: 10\nevents:\n"
        "  - {name: late, month: 90, set: {setting.clarity: 1}}\n"
    )
    answer = ask("validate", "mine.yaml")
    assert answer.code != 0
    assert "mine.yaml:5:5  event late happens in month 90, after the last month, 10" in (
        answer.out + answer.err
    )
