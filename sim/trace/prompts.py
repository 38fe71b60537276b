"""What a state that is played is asked, and its options, in plain words."""

from __future__ import annotations

from typing import NamedTuple

from sim.enums import Decision, Participation


class Prompt(NamedTuple):
    """The question of a decision, and the words for each of its options."""

    question: str
    options: dict[str, str]


PROMPTS = {
    Decision.TARGET: Prompt(
        "How far should your state take part? Getting there can take months.",
        {
            "none": "take no part",
            "political": "political support only",
            "logistics": "logistics and training",
            "monitoring": "monitoring",
            "air_sea": "air and sea forces",
            "ground": "ground troops",
        },
    ),
    Decision.BACKSTOP: Prompt(
        "How much of your reserves do you put behind the force?",
        {
            "0": "nothing",
            "0.2": "a fifth",
            "0.4": "two fifths",
            "0.6": "three fifths",
            "0.8": "four fifths",
        },
    ),
    Decision.THREAT: Prompt(
        "Do you threaten the force?",
        {"silence": "say nothing", "threaten": "threaten to act on your red lines"},
    ),
    Decision.TRUCE: Prompt(
        "Terms of a truce are on the table. What do you answer?",
        {"refuse": "refuse, fight on", "accept": "accept the truce"},
    ),
    Decision.ACCEPTANCE: Prompt(
        "Terms of a truce are on the table. If the other side accepts, what do you answer?",
        {"refuse": "refuse, fight on", "accept": "accept the truce"},
    ),
    Decision.CHALLENGE: Prompt(
        "What do you do now?",
        {
            "hold": "nothing",
            "probe": "probe: a deniable incident",
            "strike": "strike the force",
            "mobilisation": "mobilise for an offensive",
        },
    ),
    Decision.ANSWER: Prompt(
        "The challenge is attributed. Does your state vote to answer it?",
        {"concede": "vote to give way", "defy": "vote to answer"},
    ),
    Decision.PRESS: Prompt(
        "Do you press on, or back down?",
        {"back_down": "back down", "press": "press on"},
    ),
    Decision.RETALIATION: Prompt(
        "A violation went unanswered. What do you do?",
        {"complain": "complain", "retaliate": "answer it yourself"},
    ),
}

RUNGS = {
    rung.word: PROMPTS[Decision.TARGET].options[rung.word].removeprefix("take ")
    for rung in Participation
}


def option_text(decision: Decision, option: str) -> str:
    """The words for an option."""
    return PROMPTS[decision].options[option]
