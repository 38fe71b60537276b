"""A figure's table as a reader sees it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Sheet:
    """Headings and rows of text; the first cell of a row names it."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        """Raise ``ValueError`` where a row is longer or shorter than the headings."""
        if any(len(row) != len(self.headings) for row in self.rows):
            raise ValueError(f"every row needs {len(self.headings)} cells: {self.headings}")
