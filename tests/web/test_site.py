"""The documentation site: it builds without a warning and works from disk with the network off."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from sim.lessons.catalogue import lessons_in_order
from tests.web.accessibility import COLOURS, grave_faults

pytest.importorskip("sphinx", reason="needs the extra 'docs'")
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site, built once as ``make site`` does."""
    folder = tmp_path_factory.mktemp("site")
    options = ["-q", "-n", "-W", "--keep-going", "-b", "html", "-d", str(folder / ".trees")]
    built = subprocess.run(
        [sys.executable, "-m", "sphinx", *options, str(ROOT / "docs"), str(folder / "html")],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert built.returncode == 0, built.stderr
    return folder / "html"


def html(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_every_page_of_the_documentation_is_in_it(site: Path) -> None:
    sources = (ROOT / "docs").rglob("*.md")
    missing = [
        source
        for source in sources
        if not (site / source.relative_to(ROOT / "docs").with_suffix(".html")).exists()
    ]
    assert missing == []


def test_no_page_needs_the_network(site: Path) -> None:
    loaded = r'<(?:script|img|iframe)[^>]*\ssrc="(?:https?:)?//|<link[^>]*\shref="https?:'
    needed = re.compile(loaded)
    assert [path for path in site.rglob("*.html") if needed.search(html(path))] == []


def test_links_into_the_explorer_keep_their_settings(site: Path) -> None:
    for page in ("behaviours", "model", "scenarios", "explorer"):
        text = html(site / f"{page}.html")
        written = (
            (ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8").count("](explorer.html#tl1;")
        )
        kept = re.findall(r'href="(_downloads/[^"]*explorer\.html)#tl1;', text)
        assert len(kept) == written > 0
        assert (site / kept[0]).is_file()
        assert "data-settings" not in text


def test_the_banner_is_not_cut_on_a_telephone(site: Path, browser: Any) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800}, offline=True)
    page.goto((site / "index.html").as_uri())
    sizes = page.evaluate(
        "() => { const { scrollWidth, clientWidth, scrollHeight, clientHeight } ="
        " document.querySelector('.announcement');"
        " return [scrollWidth, clientWidth, scrollHeight, clientHeight]; }"
    )
    page.close()
    assert sizes[0] <= sizes[1]
    assert sizes[2] <= sizes[3]


def test_headings_have_a_level_and_the_keyboard_reaches_wide_tables(site: Path) -> None:
    page = html(site / "model.html")
    assert 'role="heading" aria-level="2"' in page
    assert 'role="heading">' not in page
    assert '<div class="table-wrapper' not in page


@pytest.mark.parametrize("name", lessons_in_order())
def test_no_page_but_the_teachers_leads_to_a_key(site: Path, name: str) -> None:
    link = f"keys/{name}.html"
    pages = [path for path in site.rglob("*.html") if "keys" not in path.parts]
    assert [path.relative_to(site).as_posix() for path in pages if link in html(path)] == [
        "classroom/README.html"
    ]


def test_search_finds_pages_from_disk(site: Path, visit) -> None:
    opened = visit((site / "search.html").as_uri() + "?q=tripwire")
    opened.page.wait_for_selector("#search-results li a", timeout=60_000)
    found = opened.page.eval_on_selector_all(
        "#search-results li a", "each => each.map(link => link.getAttribute('href'))"
    )
    assert any("theory/tripwire.html" in link for link in found)


@pytest.mark.parametrize("page", ["index", "classroom/README", "reference", "model"])
@pytest.mark.parametrize("width", [390, 1200])
def test_a_page_fits_and_is_silent(site: Path, visit, page: str, width: int) -> None:
    opened = visit((site / f"{page}.html").as_uri(), width)
    assert not opened.is_wider_than_its_window()


@pytest.mark.parametrize(
    ("page", "scheme", "rules"),
    [
        *product(["index", "classroom/README", "tutorial"], ["light"], [None]),
        *product(["index", "tutorial"], ["dark"], [COLOURS]),
        ("model", "dark", None),
    ],
)
def test_a_page_has_no_grave_fault(site: Path, visit, page: str, scheme: str, rules: Any) -> None:
    opened = visit((site / f"{page}.html").as_uri(), color_scheme=scheme)
    assert grave_faults(opened.page, rules) == []
