"""Self-contained pages: one HTML file each, opened from disk, with the network off."""

from __future__ import annotations

from sim.report.run_report import write_report

__all__ = ["write_report"]
