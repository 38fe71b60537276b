"""What a state keeps to itself: the public mean is kept, and what was worked out once is too."""

from __future__ import annotations

import numpy as np
import pytest

from sim.code_cache import with_checksum
from sim.model import quantiles as surfaces
from sim.model.quantiles import compute_quantiles, private_quantiles
from sim.model.rules.private_information import private_value


@pytest.mark.parametrize("concentration", [0.1, 2.0, 12.0, 1e4])
class TestPrivateSurface:
    def test_more_luck_or_a_higher_mean_is_never_less(self, concentration):
        surface = private_quantiles(concentration)
        assert np.isfinite(surface).all()
        assert (np.diff(surface, axis=0) >= 0).all()
        assert (np.diff(surface, axis=1) >= 0).all()
        assert (surface.min(), surface.max()) == (0.0, 1.0)

    @pytest.mark.parametrize("mean", [0.0, 0.03, 0.5, 0.617, 1.0])
    def test_the_public_mean_is_kept(self, concentration, mean):
        surface = private_quantiles(concentration)
        luck = (np.arange(20_000) + 0.5) / 20_000
        values = [private_value(mean, u, surface) for u in luck]
        assert np.mean(values) == pytest.approx(mean, abs=3e-4)


def test_private_values_follow_the_beta():
    from scipy.stats import beta

    surface = private_quantiles(12.0)
    for mean in (0.25, 0.5, 0.8):
        for u in (0.01, 0.2, 0.5, 0.9, 0.99):
            exact = beta.ppf(u, 12 * mean, 12 * (1 - mean))
            assert private_value(mean, u, surface) == pytest.approx(exact, abs=2e-3)


class TestKept:
    @pytest.fixture(autouse=True)
    def folder(self, tmp_path, monkeypatch):
        monkeypatch.setattr(surfaces, "cache_folder", lambda: tmp_path)
        private_quantiles.cache_clear()
        yield tmp_path
        private_quantiles.cache_clear()

    def test_it_is_worked_out_once(self, folder, monkeypatch):
        first = private_quantiles(7.5)
        private_quantiles.cache_clear()
        monkeypatch.setattr(surfaces, "compute_quantiles", lambda concentration: None)
        assert np.array_equal(private_quantiles(7.5), first)
        assert np.array_equal(first, compute_quantiles(7.5))

    @pytest.mark.parametrize(
        "damage",
        [
            lambda data: b"",
            lambda data: data[:1000],
            lambda data: data[:5000] + bytes([data[5000] ^ 1]) + data[5001:],
            lambda data: with_checksum(data[:800]),
        ],
        ids=["empty", "cut short", "one bit", "another shape"],
    )
    def test_a_damaged_file_is_made_anew(self, folder, damage):
        first = private_quantiles(7.5)
        [kept] = folder.iterdir()
        whole = kept.read_bytes()
        kept.write_bytes(damage(whole))
        private_quantiles.cache_clear()
        assert np.array_equal(private_quantiles(7.5), first)
        assert kept.read_bytes() == whole

    def test_a_folder_that_cannot_be_written_only_costs_time(self, folder, monkeypatch):
        monkeypatch.setattr(surfaces, "cache_folder", lambda: folder / "none")
        assert np.array_equal(private_quantiles(7.5), compute_quantiles(7.5))
