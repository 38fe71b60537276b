"""The line: found where it is, and said plainly where it is not."""

from __future__ import annotations

import numpy as np
import pytest

from sim.analysis import paired
from sim.analysis.thin_line.compute import SIZE, thin_line, valley
from sim.analysis.thin_line.result import Verdict
from sim.errors import UsageError
from sim.experiments.simulate import simulate
from sim.experiments.variants import fixed_at
from sim.scenario.load import load

RUNS = 1500
SIZES = (0, 0.25, 0.75, 2, 3)


@pytest.fixture(scope="module")
def intermediate():
    return load("reassurance_force", ["states.russia.ambition=0.45"])


@pytest.fixture(scope="module")
def line(intermediate):
    return thin_line(intermediate, SIZES, runs=RUNS)


def test_there_is_a_line(line):
    assert line.verdict is Verdict.INTERIOR
    assert line.minimum.size == 2.0
    assert line.minimum.low <= 2.0 <= line.minimum.high
    assert line.window[0] <= 2.0 <= line.window[1]
    assert "war is least at 2 times the pledged force" in line.sentence


def test_a_point_is_what_a_run_of_that_size_gives(intermediate, line):
    for point in line.points:
        alone = simulate(fixed_at(intermediate, SIZE, point.size), runs=RUNS)
        for name in ("failure", "escalation", "war"):
            assert getattr(point, name) == alone.measures[name]
        assert point.war.value == pytest.approx(point.failure.value + point.escalation.value)


def test_the_document_is_what_was_promised(line):
    document = line.to_dict()
    assert document["schema_version"] == 1
    assert [set(point) for point in document["points"]] == [
        {"size", "failure", "escalation", "war"}
    ] * len(SIZES)
    assert set(document["points"][0]["war"]) == {"share", "low", "high"}
    least = {"size", "low", "high", "war", "ties", "may_be_least"}
    assert set(document["minimum"]) == least
    assert len(document["window"]) == 2


@pytest.mark.parametrize(
    ("war", "verdict"),
    [
        ([0.9, 0.5, 0.1], Verdict.MORE_IS_BETTER),
        ([0.1, 0.5, 0.9], Verdict.MORE_IS_WORSE),
        ([0.5, 0.1, 0.9], Verdict.INTERIOR),
        ([0.5, 0.5, 0.5], Verdict.NO_DIFFERENCE),
    ],
)
def test_every_verdict(war, verdict, monkeypatch, intermediate):
    """With shares of war planted at three sizes, the verdict is the one they were planted for."""
    planted = dict(zip((0, 1, 2), war, strict=True))

    def played(scenario, sink, **_):
        u = (np.arange(1000) * 0.6180339887) % 1.0
        records = np.zeros(1000, [("war", "i1"), ("trigger", "i1")])
        records["war"] = 2 * (u < planted[scenario[SIZE].numbers[0]])
        records["trigger"] = records["war"] // 2
        sink(records)

    monkeypatch.setattr(paired, "simulate", played)
    found = thin_line(intermediate, (0, 1, 2), runs=1000)
    assert found.verdict is verdict
    assert found.sentence


def test_no_force_at_any_size_makes_no_difference():
    paper = load("no_force", ["groups.guarantors.pledge=none", "groups.guarantors.start=none"])
    found = thin_line(paper, (0, 1, 2), runs=500)
    assert found.verdict is Verdict.NO_DIFFERENCE
    assert "war differs by less than a percentage point between all sizes tried" in found.sentence


def test_the_valley_is_a_line_at_each_value(intermediate):
    found = valley(intermediate, "setting.consent", (0.0, 1.0), SIZES, runs=300)
    consented = thin_line(fixed_at(intermediate, "setting.consent", 1.0), SIZES, runs=300)
    assert found.lines[1] == consented
    assert [entry["value"] for entry in found.to_dict()["lines"]] == [0.0, 1.0]


def test_progress_counts_runs(intermediate):
    heard = []

    def told(*now: int) -> None:
        heard.append(now)

    valley(intermediate, "setting.consent", (0, 1), (0, 1, 2), runs=20, progress=told)
    assert heard == [(20 * k, 120) for k in range(1, 7)]


def test_what_is_out_of_range_or_too_large_is_refused_before_anything_is_played(
    intermediate, monkeypatch
):
    monkeypatch.setattr(paired, "simulate", None)
    with pytest.raises(UsageError, match="do not fit in memory"):
        thin_line(intermediate, SIZES, runs=10**8)
    with pytest.raises(UsageError, match="cannot be set"):
        valley(intermediate, "setting.consent", (0.5, 7.0), SIZES)


def test_too_few_sizes_and_sizes_out_of_range_are_refused(intermediate):
    with pytest.raises(UsageError, match="at least three"):
        thin_line(intermediate, (1, 1, 2), runs=10)
    with pytest.raises(UsageError, match="force_size: 11 cannot be set"):
        thin_line(intermediate, (0, 1, 11), runs=10)


class TestFixedAt:
    def test_only_that_parameter_moves(self, intermediate):
        moved = fixed_at(intermediate, "setting.clarity", 0.9)
        changed = {p for p in moved.values if moved.values[p] != intermediate.values[p]}
        assert changed == {"setting.clarity"}
        assert moved["setting.clarity"].numbers == (0.9,)

    @pytest.mark.parametrize(
        ("path", "value", "said"),
        [
            ("setting.clarty", 0.5, "clarity"),
            ("states.atlantis.resolve", 0.5, "atlantis"),
            ("setting.clarity", 1.5, "from 0 to 1"),
            ("states.russia.role", 1, "cannot be set"),
        ],
    )
    def test_what_cannot_be_set_is_refused(self, intermediate, path, value, said):
        with pytest.raises(UsageError, match=said):
            fixed_at(intermediate, path, value)
