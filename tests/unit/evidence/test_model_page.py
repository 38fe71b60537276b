"""What the page on the model says of the evidence is what the seeds contain."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sim.enums import Participation
from sim.evidence import claims, disagreements
from tests.unit.evidence.direction import guarantors
from tests.unit.evidence.test_coding import shipped

PAGE = (Path(__file__).parents[3] / "docs" / "model.md").read_text("utf-8")
SOLDIERS = 25_000
TABLE = re.search(r"<!-- troops -->\n(.*)<!-- end of troops -->", PAGE, re.DOTALL)
assert TABLE
ROWS = [[cell.strip() for cell in line.split("|")[1:-1]] for line in TABLE[1].splitlines()[2:]]
FORCES = [row for row in ROWS if row[0].startswith("`")]


def numbers(text: str) -> list[float]:
    return [float(number.replace(",", "")) for number in re.findall(r"\d[\d,]*\.?\d*", text)]


def pledged() -> float:
    """Fighting power with every state at its pledge, on average: the capability of size 1."""
    roster = shipped("roster")
    total = 0.0
    for state in guarantors(roster):
        pledge = roster[f"states.{state}.pledge"]
        weights = pledge.weights or [1.0] * len(pledge.numbers)
        shares = {
            int(rung): w / sum(weights) for rung, w in zip(pledge.numbers, weights, strict=True)
        }
        power = sum(
            shares.get(rung, 0.0) * roster[f"ladders.participation.{rung.word}.power"].mean
            for rung in (Participation.AIR_SEA, Participation.GROUND)
        )
        total += power * roster[f"states.{state}.capability"].mean
    return total


@pytest.mark.parametrize("row", FORCES, ids=lambda row: row[0])
def test_a_row_gives_the_size_that_its_scenario_draws(row: list[str]) -> None:
    size = shipped(row[0].strip("`"))["setting.force_size"]
    assert numbers(row[2]) == [min(size.numbers), max(size.numbers)]


@pytest.mark.parametrize("row", FORCES, ids=lambda row: row[0])
def test_soldiers_and_capability_are_proportional_to_size(row: list[str]) -> None:
    low, high = numbers(row[2])
    assert numbers(row[1])[:2] == pytest.approx([low * SOLDIERS, high * SOLDIERS])
    assert numbers(row[3]) == pytest.approx([low * pledged(), high * pledged()], abs=0.006)


def test_the_protege_has_the_capability_of_its_row() -> None:
    (row,) = (row for row in ROWS if row[0] == "Ukraine")
    drawn = shipped("roster")["states.ukraine.capability"].numbers
    assert numbers(row[3]) == [min(drawn), max(drawn)]


def test_the_page_counts_claims_and_disagreements() -> None:
    text = " ".join(PAGE.split())
    informing = [each for each in claims() if each.informs]
    kept = [each for each in disagreements() if each.kept_in]
    assert f"Of {len(claims())} claims {len(informing)} inform a parameter." in text
    assert f"The other {len(claims()) - len(informing)} inform none" in text
    assert f"Of the {len(disagreements())} disagreements" in text
    assert f"{len(kept)} are kept as distributions" in text
