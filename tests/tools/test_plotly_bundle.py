"""The part of plotly.js that is shipped for the pages."""

from __future__ import annotations

import pytest
from plotly.offline import get_plotlyjs_version

from sim.report.page import ASSETS, plotly_bundle
from tools import plotly_bundle as tool


def test_it_has_the_version_of_the_installed_plotly() -> None:
    """Otherwise: python -m tools.plotly_bundle."""
    assert get_plotlyjs_version() == tool.VERSION
    assert f"plotly.js (basic - minified) v{tool.VERSION}" in plotly_bundle()[:200]


def test_its_licence_is_beside_it() -> None:
    assert "Licensed under the MIT license" in plotly_bundle()[:300]
    licence = (ASSETS / "plotly-LICENSE.txt").read_text(encoding="utf-8")
    assert "MIT License" in licence
    assert "Plotly" in licence


def test_an_archive_with_another_digest_is_refused() -> None:
    with pytest.raises(SystemExit, match="has the digest sha512-"):
        tool.check(b"something else")


def test_every_asset_is_in_the_bundle_or_named_by_it() -> None:
    names = {file.name for file in ASSETS.iterdir()}
    assert names == {*tool.FILES.values(), "figures.js", "sheet.css", "style.css"}
