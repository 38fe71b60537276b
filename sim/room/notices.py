"""What a room tells a seat beside its questions, which :mod:`sim.trace.prompts` holds."""

from __future__ import annotations

from sim.enums import Decision, Role

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
