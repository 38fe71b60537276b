"""The model behaves as the articles' arguments say it must."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from sim.enums import Participation
from sim.experiments.simulate import simulate
from sim.scenario.load import load
from sim.statistics import Estimate
from sim.validation.behaviours.catalogue import BEHAVIOURS
from sim.validation.contrast import Contrast, Side, measured
from tools.docgen import behaviours as behaviours_page

PAIRS = 4000
# A contrast is looked at after each of these numbers of pairs, until it holds. The intervals of all
# looks hold at once, so that looking several times does not raise the error rate.
LOOKS = (400, 1500, 4000)
# To show that two things are alike takes more runs than to show that they differ.
LOOKS_ALIKE = (*LOOKS, 12_000)
ROOT = Path(__file__).parents[3]

CONTRASTS = [
    pytest.param(contrast, id=f"{behaviour.name}-{k}")
    for behaviour in BEHAVIOURS
    for k, contrast in enumerate(behaviour.contrasts)
]


@pytest.mark.parametrize("contrast", CONTRASTS)
def test_required(contrast):
    numbers = LOOKS if contrast.within is None else LOOKS_ALIKE
    looks = (contrast.difference(pairs, len(numbers)) for pairs in numbers)
    assert any(map(contrast.holds, looks)), f"{contrast.says}: {contrast.difference(numbers[-1])}"


def test_all_are_there_in_order():
    numbers = [*range(1, 29)]
    assert [behaviour.name for behaviour in BEHAVIOURS] == [f"B{k}" for k in numbers]


def test_during_the_fighting_the_losses_more_than_double():
    fighting, after = (
        measured(Side(name), "casualties", PAIRS).mean()
        for name in ("during_fighting", "reassurance_force")
    )
    assert fighting > 2 * after


def test_without_consent_none_is_at_air_sea_or_ground_in_any_month():
    results = simulate(load("consent_required", ["setting.consent=0"]), runs=2000)
    assert results.participation[:, :, Participation.AIR_SEA :].sum() == 0


def test_a_contrast_can_fail():
    same = Side("no_force")
    contrast = Contrast("it differs from itself", "war", same, same)
    assert not contrast.holds(contrast.difference(200))
    far = Contrast("they are alike", "war", same, Side("reassurance_force"), within=0.03)
    assert not far.holds(far.difference(200))


def test_the_bounds_are_strict_and_about_the_whole_interval():
    contrast = Contrast("", "war", Side("a"), Side("b"), at_least=0.1)
    assert contrast.holds(Estimate(0.3, 0.11, 0.4))
    assert not contrast.holds(Estimate(0.3, 0.09, 0.4))
    alike = Contrast("", "war", Side("a"), Side("b"), within=0.1)
    assert alike.holds(Estimate(0.0, -0.09, 0.09))
    assert not alike.holds(Estimate(0.0, -0.09, 0.11))


def test_without_another_side_it_is_about_the_level():
    level = Contrast("", "peace", Side("reassurance_force"), at_least=0.5).difference(300)
    assert level.value == measured(Side("reassurance_force"), "peace", 300).mean()


def test_measures_are_one_number_a_run():
    side = Side("reassurance_force")
    for measure in ("war", "peace", "fighting", "challenges", "strikes"):
        assert measured(side, measure, 300).shape == (300,)
    assert np.array_equal(measured(side, "war", 300), 1 - measured(side, "peace", 300))


class TestPage:
    def test_the_page_on_file_has_every_contrast_and_all_hold(self):
        text = (ROOT / "docs" / "behaviours.md").read_text(encoding="utf-8")
        for contrast in (contrast for behaviour in BEHAVIOURS for contrast in behaviour.contrasts):
            assert f"| {contrast.says} |" in text, "run `make docs`"
        assert f"{behaviours_page.PAIRS:,} pairs" in text
        rows = [line.split(" | ") for line in text.splitlines() if line.count(" | ") == 5]
        assert len(rows) > len(BEHAVIOURS)
        assert not any("does not hold" in own_precision for *_, own_precision, _ in rows)

    def test_a_row_says_what_was_measured(self):
        shown = [
            behaviours_page.Shown(
                behaviour,
                contrast,
                (Estimate(0.6, 0.55, 0.7), Estimate(0.2, 0.1, 0.3), Estimate(0.8, 0.7, 0.9)),
            )
            for behaviour in BEHAVIOURS[:2]
            for contrast in behaviour.contrasts
        ]
        text = behaviours_page.page(shown, 50)
        cells = "+60.00 [+55.00, +70.00] | +20.00 [+10.00, +30.00] **does not hold** | +80.00 ["
        assert f"| war | above 40 points | {cells}" in text
        assert f"`{BEHAVIOURS[0].contrasts[0].here.written}` against" in text
        drawn = behaviours_page.figure(shown)
        assert drawn.count("<circle") == len(shown)
        labels = " ".join(re.findall(r'text-anchor="end"[^>]*>([^<]*)<', drawn))
        for one in shown:
            assert f"{one.behaviour.name} {one.contrast.says}" in labels
