from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from sim.evidence import articles, claims, disagreements, states
from tools.docgen.evidence import page


@cache
def committed() -> str:
    """The page in the documentation; the first test requires it to be current."""
    return (Path(__file__).parents[2] / "docs" / "evidence.md").read_text(encoding="utf-8")


def row(name: str) -> list[str]:
    """The cells of the row that begins with ``name``."""
    (found,) = re.findall(rf"^\| `?{re.escape(name)}`? \| (.*) \|$", committed(), re.M)
    return [cell.strip() for cell in found.split("|")]


def test_the_page_committed_is_the_page_made() -> None:
    assert committed() == page(), "renew it: python -m tools.docgen evidence"


def test_a_row_says_all_there_is_to_a_claim() -> None:
    assert row("guarantees.poland_hub") == [
        "Poland",
        "Warsaw sends nobody, yet its territory might become the supply base",
        "anonymous",
        "yes",
        "`states.poland.pledge` at logistics<br>`states.poland.pledge` range",
    ]


def test_every_claim_has_its_row() -> None:
    assert not [each.id for each in claims() if row(each.id)[1] != each.says]


def test_a_claim_has_its_reason_on_the_page_if_it_informs_nothing() -> None:
    lines = set(committed().splitlines())
    reasons = {each.id: f"- `{each.id}`: {each.because}" in lines for each in claims()}
    assert not [each.id for each in claims() if reasons[each.id] is bool(each.informs)]


def test_the_matrix_counts_the_claims_about_a_state() -> None:
    *by_article, total = row("Germany")
    about = [claim.article for claim in claims() if "germany" in claim.who]
    assert by_article == [str(about.count(a.id) or "") for a in articles()]
    assert total == str(len(about))
    assert sum(map(int, filter(None, row("all claims")))) == 2 * len(claims())


def test_every_disagreement_has_its_row() -> None:
    missing = [
        each.about
        for each in disagreements()
        if f"| {each.about[0].upper()}{each.about[1:]} | " not in committed()
    ]
    assert not missing


def test_the_states_are_those_with_a_name() -> None:
    assert {"russia", "ukraine", "france", "south_korea"} < set(states())
    assert not any(state.startswith("other_") for state in states())
