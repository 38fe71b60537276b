"""Every link within the documentation leads somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from sim.explorer.codes import Setting, State
from tests.docs.pages import OWN, ROOT, pages, text_of
from tools.docgen.explorer import FILE, codes

LINK = re.compile(r"\]\((?!https?:|mailto:)([^)\s]+)\)")

STATE = "tl1;"


def anchors(page: Path) -> set[str]:
    """What the headings of a page are called in a link, as GitHub makes it."""
    text = page.read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.+)$", re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S), re.M)
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {heading.replace(" ", "-") for heading in plain}


def broken(page: str) -> Iterator[str]:
    """The links of a page that lead nowhere."""
    for link in LINK.findall(text_of(page)):
        place, _, anchor = link.partition("#")
        target = (ROOT / page).parent / place if place else ROOT / page
        if anchor.startswith(STATE):
            continue
        if not target.exists() or (anchor and anchor not in anchors(target)):
            yield link


@pytest.mark.parametrize("page", OWN)
def test_every_link_leads_somewhere(page: str) -> None:
    assert not list(broken(page))


def settings(text: str) -> Setting | None:
    """A preset and levers as an address has them, if the ready-made explorer has them."""
    preset, *values = unquote(text).split(",")
    return codes().setting(preset, dict(value.partition(":")[::2] for value in values))


def state(address: str) -> State | None:
    """The state in an address, if the ready-made explorer can show it."""
    fields = dict(field.partition("=")[::2] for field in address.split(";")[1:])
    now, pin = settings(fields.get("now", "")), settings(fields.get("pin", ""))
    seed, runs = (int(fields[name]) if name in fields else None for name in ("seed", "runs"))
    return State(now, seed, runs, pin if "pin" in fields else None) if now and pin else None


LINKED = [
    (page, link) for page in pages() for link in LINK.findall(text_of(page)) if f"#{STATE}" in link
]


@pytest.mark.parametrize(("page", "link"), LINKED, ids=str)
def test_every_link_into_the_explorer_has_its_levers_and_presets(page: str, link: str) -> None:
    place, _, address = link.partition("#")
    assert ((ROOT / page).parent / place).resolve() == FILE.resolve()
    found = state(address)
    assert found, "a preset, a lever or a value that the explorer does not have"
    assert codes().address(found) == address


def test_settings_that_the_explorer_lacks_are_noticed() -> None:
    assert {page for page, _ in LINKED} >= {"docs/behaviours.md", "docs/model.md"}
    for wrong in ("now=no_such", "now=,setting.no_such:1", "now=;pin=,setting.force_size:99"):
        assert state(f"{STATE}{wrong}") is None
