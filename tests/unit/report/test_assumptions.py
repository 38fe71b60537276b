"""What a report says of the values a scenario rests on."""

from __future__ import annotations

import pytest

from sim.experiments.simulate import simulate
from sim.explain.scenario import count_sources
from sim.formatting import format_value
from sim.report.assumptions import assumptions, claims_table, with_claim_text
from sim.report.run_report import report
from sim.scenario.load import load, load_text
from sim.scenario.provenance import event_values, values_with_source
from sim.scenario.scenario import Scenario
from tests.scenarios import scenario_of, tiny

SOURCED = "thin_line.us_uncertain"


def sourced() -> Scenario:
    return scenario_of(
        {
            "scenario": "sourced",
            "setting": {
                "backstop": {
                    "triangular": [0.2, 0.4, 0.6],
                    "source": SOURCED,
                    "why": "half offered",
                },
                "clarity": {"fixed": 0.9, "source": "assumption"},
                "verification": 0.6,
            },
            "states": {
                "russia": {"role": "challenger", "capability": 1},
                "ukraine": {"role": "protege"},
                "united_kingdom": {"pledge": {"choice": {"ground": 0.3, "monitoring": 0.7}}},
            },
            "events": [
                {"when": "first strike", "set": {"setting.backstop": 0.0}, "why": "it ends"}
            ],
        }
    )


def lines() -> dict[tuple[str, str], tuple[str, ...]]:
    return {(b.name, line.name): line for b in assumptions(sourced()).blocks for line in b.lines}


class TestGiven:
    def test_only_what_means_something_for_a_state_counts(self) -> None:
        paths = {each.path for each in values_with_source(tiny())}
        assert "states.russia.ambition" in paths
        assert "states.poland.ambition" not in paths
        assert paths < set(tiny().values)

    def test_a_value_written_as_the_default_does_not_differ(self) -> None:
        differing = {each.path for each in values_with_source(sourced()) if each.differs}
        assert "setting.verification" not in differing
        assert {"setting.backstop", "setting.clarity"} <= differing

    def test_an_event_lends_its_reason(self) -> None:
        ((occasion, each),) = event_values(sourced())
        assert (occasion, each.path, each.value.why) == (
            "first strike",
            "setting.backstop",
            "it ends",
        )

    @pytest.mark.parametrize(
        ("written", "text"),
        [
            (0.25, "0.25"),
            (True, "true"),
            ("ground", "ground"),
            ({"triangular": [0.2, 0.4, 0.6]}, "{triangular: [0.2, 0.4, 0.6]}"),
            ({"choice": {"ground": 0.3, "none": 0.7}}, "{choice: {ground: 0.3, none: 0.7}}"),
        ],
    )
    def test_a_law_reads_as_it_is_written(self, written: object, text: str) -> None:
        assert format_value(written) == text


class TestAssumed:
    def test_values_are_gathered_by_what_they_belong_to(self) -> None:
        found = lines()
        assert found["Setting", "backstop"][2:] == (
            "{triangular: [0.2, 0.4, 0.6]}",
            "half offered",
            SOURCED,
        )
        assert found["United Kingdom", "pledge"][2] == "{choice: {monitoring: 0.7, ground: 0.3}}"
        assert found["Event: first strike", "setting.backstop"][2:4] == ("0", "it ends")

    def test_what_is_unsaid_is_an_assumption(self) -> None:
        assert lines()["United Kingdom", "pledge"][-1] == "assumption"

    def test_the_counts_add_up(self) -> None:
        every = list(values_with_source(sourced()))
        summary = assumptions(sourced()).summary
        assert f"has {len(every)} values. 1 of them rest on claims" in summary
        assert f"{len(every) - 1} are assumptions" in summary
        assert assumptions(sourced()).title.endswith("of the values are assumptions")
        assert assumptions(tiny()).title == "Every value is an assumption"

    def test_claims_cited_are_told_and_others_left_alone(self) -> None:
        (row,) = assumptions(sourced()).claims.rows
        assert row[0] == SOURCED
        assert len(row[2]) > 20
        assert claims_table(["no.such", "thing"]).rows == ()
        assert with_claim_text("a book of mine") == "a book of mine"
        assert with_claim_text(SOURCED).startswith(f"`{SOURCED}`: ")


def test_the_report_names_the_parent_and_what_is_changed():
    own = load_text("scenario: own\nextends: no_force\nsetting: {clarity: 0.9}\n")
    found = assumptions(own)
    assert found.parent == "no_force"
    (change,) = found.changes
    assert change.startswith("setting.clarity: 0.9; it was ")
    assert change.endswith(" – clarity of the mandate and the rules of engagement")
    assert "extends <code>no_force</code> and changes" in report(simulate(own, runs=20))


def test_the_counts_in_the_report_are_those_of_explain():
    for name in ("reassurance_force", "backstop_withdrawn"):
        scenario = load(name)
        found = assumptions(scenario)
        assert len(found.claims.rows) == len(count_sources(scenario).claims)
        assert f" {found.differing:,} differ from" in found.summary
        assert found.differing + found.by_events == sum(len(b.lines) for b in found.blocks)
