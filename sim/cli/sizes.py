"""How long and how large, for people."""

from __future__ import annotations

UNITS = ("kB", "MB", "GB", "TB")


def as_time(seconds: float) -> str:
    """A duration: ``40 s``, ``12 min``, ``3.5 h``, ``12 days``."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:,.1f} h" if seconds < 72 * 3600 else f"{seconds / 86400:,.0f} days"


def as_size(count: float) -> str:
    """A size: ``310 kB``, ``1.2 GB``."""
    power = next((k for k in (1, 2, 3) if count < 1000 ** (k + 1)), 4)
    shown = count / 1000**power
    return f"{shown:.2g} {UNITS[power - 1]}" if shown < 100 else f"{shown:,.0f} {UNITS[power - 1]}"
