"""What a seat is asked, and its options, in plain words."""

from __future__ import annotations

from typing import NamedTuple

from sim.enums import Decision, Participation, Role


class Prompt(NamedTuple):
    """The question of a decision, and the words for each of its options."""

    question: str
    options: dict[str, str]


PROMPTS = {
    Decision.TARGET: Prompt(
        "How far should your state take part?",
        {
            "none": "take no part",
            "political": "support in words only",
            "logistics": "supplies and training",
            "monitoring": "monitors",
            "air_sea": "air and naval forces",
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
        "What do you do this turn?",
        {
            "hold": "nothing",
            "probe": "probe: a deniable incident",
            "strike": "strike the force",
            "mobilisation": "mobilise for an offensive",
        },
    ),
    Decision.ANSWER: Prompt(
        "The challenge is attributed. Does your state stand up to it?",
        {"concede": "give way", "defy": "defy it"},
    ),
    Decision.PRESS: Prompt(
        "Do you carry your challenge through?",
        {"back_down": "back down", "press": "carry it through"},
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


# What a state that has nothing to decide in a step waits for.
IDLE = {
    Role.CHALLENGER: "Your state is asked in the plan of each turn.",
    Role.PROTEGE: (
        "Your state decides nothing in a plan. It is asked when terms of a truce are on the table "
        "and when a violation goes unanswered; follow the story until then."
    ),
    Role.GUARANTOR: (
        "Your state is asked in the plan of each turn, and when it can stand up to a challenge "
        "that is attributed."
    ),
}
# What a reaction answers; a month can have several.
REACTIONS = {
    Decision.TRUCE: "the terms of a truce",
    Decision.ACCEPTANCE: "the terms of a truce",
    Decision.ANSWER: "the challenge",
    Decision.PRESS: "what the coalition does",
    Decision.RETALIATION: "an unanswered violation",
}
# Beside the chances of the model, and in place of continuations.
NO_REVIEW = "The model would not review this now and would leave it as it is; if it did:"
NO_CONTINUATIONS = (
    "The adviser does not look ahead here: the random numbers of this crisis are drawn already, so "
    "runs that go on from here would show how it really ends."
)


def option_text(decision: Decision, option: str) -> str:
    """The words for an option."""
    return PROMPTS[decision].options[option]
