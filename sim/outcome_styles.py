"""How each outcome is drawn, and what it means, the same in every figure and table."""

from __future__ import annotations

from typing import NamedTuple


class Style(NamedTuple):
    """How an outcome is drawn (an Okabe-Ito colour, and a pattern that is legible without
    colour)."""

    colour: str
    pattern: str
    meaning: str


OUTCOME_STYLES = {
    "untested_force": Style(
        "#0072B2", "", "no war; a force stands; perhaps probes, but no strike or mobilisation"
    ),
    "tested_force": Style(
        "#56B4E9", "/", "no war; a force stands; a strike or a mobilisation tested it"
    ),
    "never_a_force": Style("#009E73", ".", "no war, and never a force"),
    "hollowed_out": Style("#F0E442", "x", "no war; a force stood, but too little of it is left"),
    "renewed_offensive": Style(
        "#E69F00", "\\", "the offensive comes and the coalition does not fight"
    ),
    "limited_war": Style(
        "#D55E00", "-", "direct combat with the coalition: 25 to 999 deaths a year"
    ),
    "general_war": Style(
        "#000000", "+", "direct combat with the coalition: 1,000 deaths a year or more"
    ),
}
