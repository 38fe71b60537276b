from __future__ import annotations

import re
from pathlib import Path

import pytest

from sim.evidence import articles, claims, disagreements, states
from tools.docgen.evidence import page

COMMITTED = Path(__file__).parents[2] / "docs" / "evidence.md"
PAGE = page()


def row(name: str) -> list[str]:
    """The cells of the row that begins with ``name``."""
    (found,) = re.findall(rf"^\| `?{re.escape(name)}`? \| (.*) \|$", PAGE, re.M)
    return [cell.strip() for cell in found.split("|")]


def test_the_page_committed_is_the_page_made() -> None:
    made = COMMITTED.read_text(encoding="utf-8")
    assert made == page(), "renew it: python -m tools.docgen evidence"


def test_a_row_says_all_there_is_to_a_claim() -> None:
    assert row("guarantees.poland_hub") == [
        "Poland",
        "Warsaw sends nobody, yet its territory might become the supply base",
        "anonymous",
        "yes",
        "`states.poland.pledge` at logistics<br>`states.poland.pledge` range",
    ]


@pytest.mark.parametrize("each", claims(), ids=lambda each: each.id)
def test_every_claim_has_its_row_and_a_reason_if_it_informs_nothing(each) -> None:
    assert row(each.id)[1] == each.says
    assert (f"- `{each.id}`: {each.because}\n" in PAGE) is not bool(each.informs)


def test_the_matrix_counts_the_claims_about_a_state() -> None:
    *by_article, total = row("Germany")
    about = [claim.article for claim in claims() if "germany" in claim.who]
    assert by_article == [str(about.count(a.id) or "") for a in articles()]
    assert total == str(len(about))
    assert sum(map(int, filter(None, row("all claims")))) == 2 * len(claims())


@pytest.mark.parametrize("each", disagreements(), ids=lambda each: each.about)
def test_every_disagreement_has_its_row(each) -> None:
    assert f"| {each.about[0].upper()}{each.about[1:]} | " in PAGE


def test_the_states_are_those_with_a_name() -> None:
    assert {"russia", "ukraine", "france", "south_korea"} < set(states())
    assert not any(state.startswith("other_") for state in states())
