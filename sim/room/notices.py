"""What a room tells a seat beside its questions, which :mod:`sim.trace.prompts` holds."""

from __future__ import annotations

from sim.enums import Decision, Role
from sim.scenario.scenario import Scenario

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
# To a protégé that no setting ever gives a decision, and the settings that do.
NEVER_ASKED = "In this scenario your state decides nothing: watch what the others decide about it."
PROTEGE_DECIDES = ("setting.talks", "setting.retaliation")
# What a reaction answers; a month can have several.
REACTIONS = {
    Decision.TRUCE: "the terms of a truce",
    Decision.ACCEPTANCE: "the terms of a truce",
    Decision.ANSWER: "the challenge",
    Decision.PRESS: "what the coalition does",
    Decision.RETALIATION: "an unanswered violation",
}
# Beside the chances of the model, and in place of continuations.
NO_REVIEW = "The model would not review this now; if it did:"
NO_CONTINUATIONS = (
    "The adviser does not look ahead here: the random numbers of this crisis are drawn already, so "
    "runs that go on from here would show how it really ends."
)


def is_ever_asked(role: Role, scenario: Scenario) -> bool:
    """Whether a state in this role can have a decision in a run of the scenario."""
    if role is not Role.PROTEGE:
        return True
    return any(map(scenario.is_ever_on, PROTEGE_DECIDES))


def idle_notice(role: Role, scenario: Scenario) -> str:
    """What a state that has nothing to decide in a step waits for."""
    return IDLE[role] if is_ever_asked(role, scenario) else NEVER_ASKED
