"""What ``thinline thin-line`` says on a terminal and as JSON: the same facts."""

from __future__ import annotations

import pytest

SIZES = ["--sizes", "0,1,2", "--runs", "20"]
CLARITY = ["--second-factor", "setting.clarity=0,0.5,1"]
CONSENT = ["--second-factor", "setting.consent=0,1"]


def test_two_levers_are_refused_and_both_are_named(ask, monkeypatch):
    monkeypatch.setattr("sim.engines.ensemble.play", None)
    said = ask("thin-line", "no_force", *SIZES, *CLARITY, *CONSENT)
    assert said.code == 2
    assert (
        "--second-factor setting.clarity=0,0.5,1 and --second-factor setting.consent=0,1"
        in said.err
    )
    assert "sweep takes several" in said.err


def test_a_valley_is_told_in_a_table_with_every_value(ask):
    words = ["thin-line", "reassurance_force", *SIZES, *CLARITY]
    told, document = ask(*words), ask(*words, "--json").document
    assert told.out.startswith(f"reassurance_force: {document['sentence']}.")
    rows = [line for line in told.out.splitlines() if " to tell" in line][1:]
    assert len(rows) == len(document["lines"]) == 3
    for row, line in zip(rows, document["lines"], strict=True):
        assert row.startswith(f"{line['value']:g} ")
        assert f"  {100 * line['minimum']['war']:.1f} %  " in row
        assert f"  {line['minimum']['size']:g}  " in row
    assert {"scenario", "runs", "seed", "against", "lines", "sentence"} <= document.keys()


def test_the_sentence_is_the_same_everywhere(ask):
    words = ["thin-line", "reassurance_force", *SIZES]
    document = ask(*words, "--json").document
    assert ask(*words).out.startswith(f"reassurance_force: {document['sentence']}.")
    assert document["difference"]["significant"] == ("they do show" in document["sentence"])


@pytest.mark.parametrize(
    ("said", "tried"),
    [
        (["--sizes", "0,0.5,2", "--runs", "500"], "--second-factor setting.clarity"),
        (["--sizes", "0,0.5,2", "--runs", "500", *CONSENT], "--runs 5000"),
        (
            ["--sizes", "0,0.5,2", "--runs", "500", "--set", "setting.clarity=0.5"],
            "--second-factor setting.consent",
        ),
        (["--sizes", "0,1,2", "--runs", "2"], "--runs 20"),
    ],
)
def test_what_is_tried_next_was_not_done_yet(ask, said, tried):
    found = ask("thin-line", "reassurance_force", *said).err
    assert tried in found.partition("Try next: ")[2]
