"""``thinline thin-line``: text and JSON contain the same facts."""

from __future__ import annotations

import pytest

SIZES = ["--sizes", "0,1,2", "--runs", "20"]
CLARITY = ["--second-factor", "setting.clarity=0,0.5,1"]
CONSENT = ["--second-factor", "setting.consent=0,1"]
PEACE = ["--set", "constants.challenger_review=0", "--set", "constants.accident=0"]


def test_two_second_factors_are_refused_and_named(ask, monkeypatch):
    monkeypatch.setattr("sim.engines.ensemble.play", None)
    answer = ask("thin-line", "no_force", *SIZES, *CLARITY, *CONSENT)
    assert answer.code == 2
    assert (
        "--second-factor setting.clarity=0,0.5,1 and --second-factor setting.consent=0,1"
        in answer.err
    )
    assert "sweep takes several" in answer.err


def test_changes_that_it_replaces_are_remarked_on(ask):
    changes = [f"setting.{name}=0.5" for name in ("force_size", "clarity", "consent")]
    given = [word for change in changes for word in ("--set", change)]
    answer = ask("thin-line", "no_force", *SIZES, *CLARITY, *given)
    assert answer.code == 0
    assert [line for line in answer.err.splitlines() if "has no effect" in line] == [
        f"Note: --set setting.{name} has no effect on the runs: thin-line varies it."
        for name in ("force_size", "clarity")
    ]


def test_the_table_has_every_value_of_the_second_factor(ask):
    words = ["thin-line", "reassurance_force", *SIZES, *CLARITY]
    answer, document = ask(*words), ask(*words, "--json").document
    assert answer.out.startswith(f"reassurance_force: {document['sentence']}.")
    rows = [line for line in answer.out.splitlines() if line[:1].isdigit() and " runs " not in line]
    assert len(rows) == len(document["lines"]) == 3
    for row, line in zip(rows, document["lines"], strict=True):
        assert row.startswith(f"{line['value']:g} ")
        assert f"  {100 * line['minimum']['war']:.1f} % (" in row
        assert f" {line['minimum']['size']:g} " in row
    assert {"scenario", "runs", "seed", "against", "lines", "sentence"} <= document.keys()


def test_text_and_json_have_the_same_sentence(ask):
    words = ["thin-line", "reassurance_force", *SIZES]
    document = ask(*words, "--json").document
    assert ask(*words).out.startswith(f"reassurance_force: {document['sentence']}.")
    assert document["difference"]["significant"] == (
        "largest difference, significant" in document["sentence"]
    )


@pytest.mark.parametrize(
    ("message", "tried"),
    [
        (["--sizes", "0,0.5,2", "--runs", "500"], "--second-factor setting.clarity"),
        (["--sizes", "0,0.5,2", "--runs", "20", *CONSENT], "--runs 200"),
        (
            ["--sizes", "0,0.5,2", "--runs", "500", "--set", "setting.clarity=0.5"],
            "--second-factor setting.consent",
        ),
        (["--sizes", "0,1,2", "--runs", "2"], "--runs 20"),
        # A larger size than the largest one may have less war; where none matters, a run tells why.
        (["--sizes", "0,0.3,0.6,1", "--runs", "100"], "--sizes 0,0.3,0.6,1,1.5,2 --runs 1000"),
        (["--sizes", "0,1,7", "--runs", "60"], "--sizes 0,1,7,8.5,10 --runs 600"),
        (["--sizes", "0,5,10", "--runs", "60"], "--sizes 0,5,10 --runs 600"),
        (["--sizes", "0,1,2", "--runs", "100", *PEACE], "thinline trace reassurance_force"),
    ],
)
def test_the_suggested_command_is_a_new_one(ask, message, tried):
    found = ask("thin-line", "reassurance_force", *message).err
    assert tried in found.partition("Try next: ")[2]
