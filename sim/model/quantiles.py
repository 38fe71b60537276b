"""Quantiles of private values by public mean and uniform draw, as a table.

The Beta quantile needs a library that is slow to load, so each table is computed once and cached
beside the compiled code.
"""

from __future__ import annotations

import os
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from sim.jit import cache_folder

# Number of rows (public means) and columns (shares on a graded scale).
MEANS, SHARES = 129, 257


@lru_cache(maxsize=8)
def private_quantiles(concentration: float) -> Any:
    """Quantiles of the Beta with each mean and this concentration, ``(MEANS, SHARES)``.

    The means are evenly spaced from 0 to 1; the shares on the graded scale of
    :func:`sim.model.rules.private_information.graded`. Values are rounded to 12 places, so that
    machines agree.
    """
    kept = cache_folder() / f"private-{concentration!r}.table"
    try:
        return _read(kept)
    except (OSError, ValueError):
        surface = compute_quantiles(concentration)
        _keep(surface, kept)
        return surface


def compute_quantiles(concentration: float) -> Any:
    """The table, computed from the quantile function of the Beta."""
    from scipy.special import betaincinv

    means = np.linspace(0.0, 1.0, MEANS)[1:-1, None]
    scale = np.linspace(0.0, 1.0, SHARES)
    shares = np.where(scale < 0.5, 2 * scale * scale, 1 - 2 * (1 - scale) * (1 - scale))
    inner = betaincinv(concentration * means, concentration * (1 - means), shares[None, :])
    surface = np.vstack([np.zeros((1, SHARES)), inner, np.ones((1, SHARES))])
    return np.round(surface, 12)


def _read(place: Path) -> Any:
    # The module of the code cache loads numba, which is slow where no table is needed.
    from sim.code_cache import contents_of

    numbers = np.frombuffer(contents_of(place) or b"")
    # Numbers of a damaged file do not have the shape. A copy can be written, as compiled code asks.
    return numbers.reshape(MEANS, SHARES).copy()


def _keep(surface: Any, place: Path) -> None:
    from sim.code_cache import with_checksum

    # Written whole or not at all, even by two processes at once; without a cache it is only slower.
    part = place.with_name(f"{place.name}.{os.getpid()}")
    with suppress(OSError):
        part.write_bytes(with_checksum(surface.tobytes()))
        os.replace(part, place)
