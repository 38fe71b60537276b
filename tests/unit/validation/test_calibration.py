"""Calibration: bands, draws and acceptance by hand, a small one from end to end, and the page."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.errors import RunFailed
from sim.experiments.evaluate import Ensemble
from sim.experiments.simulate import simulate
from sim.experiments.variants import all_fixed_at
from sim.scenario.load import load
from sim.statistics import Estimate
from sim.validation import calibration as study
from sim.validation.behaviours.catalogue import BEHAVIOURS
from sim.validation.calibration import (
    BANDS,
    MAIN,
    MONTHS,
    NUISANCE,
    SPREAD,
    DrawVerdict,
    calibrate,
    draws,
    prior,
)
from sim.validation.contrast import SEED, Contrast, Side
from tools.docgen import calibration as page

# B1 has contrasts about shares, B8 one that two things are alike, B24 one that sets a constant.
FEW = [each for each in BEHAVIOURS if each.name in ("B1", "B8", "B24")]


def small(folder: Path | None = None, jobs: int | None = None):
    """A calibration from end to end that takes a second or two."""
    return calibrate(FEW, points=8, runs=150, checked=2, pairs=30, folder=folder, jobs=jobs)


@pytest.fixture(scope="module")
def found():
    return small()


class TestBands:
    def test_no_share_of_war_is_fitted(self):
        wars = ("war", "failure", "escalation", "limited_war", "general_war", "offensives")
        assert not {*wars} & {name for band in BANDS for name in band.measures}

    def test_every_figure_has_a_source_and_a_grade(self):
        assert all(band.grade in "AB" for band in BANDS)
        assert all(one.source for band in BANDS for one in band.recorded)

    def test_a_share_is_widened_in_odds_and_a_time_in_time(self):
        share, time = BANDS[0], BANDS[-1]
        low, high = share.ends(3.0)
        assert low / (1 - low) == pytest.approx((31 / 23) / 3)
        assert high / (1 - high) == pytest.approx((34 / 24) * 3)
        assert time.ends(3.0) == pytest.approx((2 / 3, 33))

    def test_a_figure_of_the_model_is_a_ratio_of_sums(self, found):
        each = simulate(load(MAIN.scenario), runs=150, seed=SEED).records
        assert each is not None
        assert found.shipped[0] == pytest.approx(
            each["called_off"].sum() / each["mobilisations"].sum()
        )
        assert found.shipped[1] == pytest.approx(
            each["answered"].sum() / (each["answered"].sum() + each["conceded"].sum())
        )

    def test_the_month_of_deployment_is_read_between_months(self):
        forces = dict.fromkeys(MONTHS, 1.0) | {1: 0.0, 2: 0.2, 4: 0.7, 8: 0.9}
        read = [
            Ensemble(np.zeros((1, 0)), 1, {"force": np.array([[value]], np.float32)})
            for value in forces.values()
        ]
        assert BANDS[-1].of(read) == pytest.approx([6.0])


class TestDraws:
    def test_they_fill_the_prior_evenly_on_the_log_scale(self):
        scenario = load(MAIN.scenario)
        points = draws(scenario, 64, 1)
        for constant, column in zip(prior(scenario), points.T, strict=True):
            shipped = scenario[constant.path].mean
            assert constant.low >= shipped / SPREAD
            assert constant.low <= column.min() < column.max() <= constant.high
            middle = np.sqrt(constant.low * constant.high)
            assert (column < middle).sum() == 32

    def test_the_seed_decides(self):
        scenario = load(MAIN.scenario)
        assert np.array_equal(draws(scenario, 8, 1), draws(scenario, 8, 1))
        assert not np.array_equal(draws(scenario, 8, 1), draws(scenario, 8, 2))


class TestAcceptance:
    def made(self, found, values):
        values = np.array(values, float)
        return replace(found, points=found.points[: len(values)], values=values)

    def test_a_draw_is_accepted_within_all_bands(self, found):
        inside = [sum(band.ends()) / 2 for band in BANDS]
        first, both, unknown = ([*inside] for _ in range(3))
        first[0] = both[0] = both[2] = 0.0
        unknown[1] = np.nan
        made = self.made(found, [inside, first, both, unknown])
        assert np.array_equal(made.accepted, found.points[:1])
        assert made.acceptance().value == 0.25
        assert made.rejected(0) == (0.5, 0.25)
        assert made.rejected(2) == (0.25, 0.0)

    def test_none_accepted_is_an_error_that_names_the_band(self, monkeypatch):
        impossible = replace(BANDS[0], of=lambda ensembles: np.zeros(len(ensembles[0].points)))
        monkeypatch.setattr(study, "BANDS", (impossible,))
        with pytest.raises(RunFailed, match="mobilisations that are called off"):
            calibrate(FEW, points=2, runs=10, checked=1, pairs=10)


class TestVerdicts:
    def test_holds_agrees_fails(self):
        contrast = Contrast("", "war", Side("a"), Side("b"), at_least=0.1)
        each = Estimate(0.3, 0.2, 0.4), Estimate(0.3, 0.0, 0.6), Estimate(0.05, 0.0, 0.08)
        verdict = DrawVerdict(contrast, each)
        assert verdict.holds.tolist() == [True, False, False]
        assert verdict.agrees.tolist() == [True, True, False]
        assert verdict.fails.tolist() == [False, False, True]

    def test_of_two_things_that_should_be_alike(self):
        contrast = Contrast("", "war", Side("a"), Side("b"), within=0.1)
        each = Estimate(0.0, -0.05, 0.05), Estimate(0.0, -0.2, 0.2), Estimate(-0.3, -0.4, -0.2)
        verdict = DrawVerdict(contrast, each)
        assert verdict.holds.tolist() == [True, False, False]
        assert verdict.fails.tolist() == [False, False, True]


class TestFromEndToEnd:
    def test_a_side_is_run_at_the_draw(self, found):
        """The contrasts of a draw are those of its scenario, run by itself."""
        point = list(zip(NUISANCE, found.accepted[0].tolist(), strict=True))
        contrast = FEW[0].contrasts[0]
        assert contrast.there is not None
        here, there = (
            (simulate(all_fixed_at(load(s.scenario, s.settings), point), 30, seed=found.seed))
            for s in (contrast.here, contrast.there)
        )
        difference = here.measures["war"].value - there.measures["war"].value
        assert found.checked[0].verdicts[0].values[0] == pytest.approx(difference)

    def test_it_depends_neither_on_threads_nor_on_the_folder(self, found, tmp_path):
        folder = tmp_path / "kept"
        assert small(folder, jobs=1).to_dict() == found.to_dict()
        assert small(folder, jobs=1).to_dict() == found.to_dict()

    def test_an_interrupted_one_resumes(self, found, tmp_path, monkeypatch):
        with monkeypatch.context() as broken:
            broken.setattr(study, "_check", lambda *_: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                small(tmp_path / "kept")
        kept = {*(tmp_path / "kept").rglob("batch-*.parquet")}
        assert kept
        times = {file: file.stat().st_mtime_ns for file in kept}
        monkeypatch.setattr("shutil.rmtree", lambda _: None)
        assert small(tmp_path / "kept").to_dict() == found.to_dict()
        assert times == {file: file.stat().st_mtime_ns for file in kept}


class TestPage:
    def test_a_small_page_is_whole(self, found):
        text = page.page(found)
        assert "{" not in text
        assert "nan" not in text.split()
        for behaviour in FEW:
            assert f"| {behaviour.name} {behaviour.claim} |" in text
        assert json.loads(json.dumps(found.to_dict()))["draws"] == 8

    def test_the_page_on_file_is_of_todays_constants_bands_and_behaviours(self):
        text = page.PAGE.read_text(encoding="utf-8")
        renew = "renew it: python -m tools.docgen calibration"
        for cells in (*page.band_cells(), *page.constant_cells()):
            assert f"| {' | '.join(cells)} |" in text, renew
        for behaviour in BEHAVIOURS:
            assert f"| {behaviour.name} {behaviour.claim} |" in text, renew
            assert all(f"| {each.says} |" in text for each in behaviour.contrasts), renew
        kept = json.loads(page.PAGE.with_suffix(".json").read_text(encoding="utf-8"))
        assert [each["name"] for each in kept["behaviours"]] == [each.name for each in BEHAVIOURS]
        assert (kept["draws"], kept["pairs"]) == (page.DRAWS, page.PAIRS), renew
