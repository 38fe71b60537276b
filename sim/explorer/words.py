"""The words of the page that come from the model: endings, causes, decisions, steps of a month.

The page's scripts fill these templates and contain no name of the model themselves.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from sim.categories import CAUSES, WARS
from sim.enums import Challenge, Outcome, Participation, Trigger, War
from sim.experiments.measures import Measure
from sim.formatting import capitalise, name_in_words, state_name
from sim.lessons.cell import LABELS
from sim.scenario.scenario import Scenario

# The mark of each outcome in a square of 20 by 20: shape as well as colour tells them apart.
MARKS = {
    Outcome.UNTESTED_FORCE: "M10 3a7 7 0 1 0 .01 0z",
    Outcome.TESTED_FORCE: "M10 3a7 7 0 1 0 .01 0zM10 8a2 2 0 1 1-.01 0z",
    Outcome.NEVER_A_FORCE: "M10 2.5 17.5 10 10 17.5 2.5 10z",
    Outcome.HOLLOWED_OUT: "M10 2.5 17.5 10 10 17.5 2.5 10zM10 7 7 10l3 3 3-3z",
    Outcome.RENEWED_OFFENSIVE: "M10 3 18 17H2z",
    Outcome.LIMITED_WAR: "M3.5 3.5h13v13h-13z",
    Outcome.GENERAL_WAR: "M6 2.5l4 4 4-4 3.5 3.5-4 4 4 4-3.5 3.5-4-4-4 4L2.5 14l4-4-4-4z",
}


class Predicted(NamedTuple):
    """A bar of a prediction: a group of outcomes, or (``measure``) a cause of war."""

    id: str
    label: str
    outcomes: tuple[Outcome, ...] = ()
    measure: str | None = None


# Together they exhaust the endings.
PREDICTED = (
    Predicted(
        "stands", "no war, and a force stands", (Outcome.UNTESTED_FORCE, Outcome.TESTED_FORCE)
    ),
    Predicted(
        "gone", "no war, and no force to speak of", (Outcome.NEVER_A_FORCE, Outcome.HOLLOWED_OUT)
    ),
    Predicted("failure", "war by a planned attack", measure="failure"),
    Predicted(
        "escalation",
        "war by escalation from a strike, a probe or an accident",
        measure="escalation",
    ),
)

# The group of states that no article names.
UNNAMED = "other_pledgers"

# Units of the means that a class reads off its runs; what is counted in a run has none.
UNITS = {
    "force": "the challenger's is 1",
    "at_ground": "states",
    "backstop": "from 0 to 1",
    "credit": "from 0 to 1",
    "months_under_force": "months",
}

# The causes drawn along a line, with the dash of each.
DASHES = {"failure": "7 4", "escalation": "2 4", "war": ""}


def outcome_words() -> list[dict[str, Any]]:
    """The outcomes in order: word, label, meaning, mark, and whether it is a war."""
    return [
        {
            "index": int(outcome),
            "word": outcome.word,
            "label": outcome.label,
            "meaning": outcome.style.meaning,
            "mark": MARKS[outcome],
            "war": outcome >= Outcome.RENEWED_OFFENSIVE,
        }
        for outcome in Outcome
    ]


def roads() -> str:
    """What the two causes of war are, and how they relate to the endings."""
    failure, escalation = (capitalise(CAUSES[word].label) for word in ("failure", "escalation"))
    offensive, limited, general = (outcome.label for outcome in WARS)
    return (
        f"{failure}: the war begins with a planned attack. {escalation}: it grows out of a "
        f"strike, a probe or an accident. A {offensive} is always planned; a {limited} or a "
        f"{general} can come either way."
    )


def cause_words() -> list[dict[str, Any]]:
    """Failure, escalation and war: word, label and dash."""
    return [
        {
            "word": cause.word,
            "label": cause.label,
            "dash": DASHES[cause.word],
        }
        for cause in CAUSES.values()
    ]


def predicted_words(measure: str = "") -> list[dict[str, Any]]:
    """The bars of a prediction: endings, or the runs with a measure and the others."""
    if measure:
        labels = {False: LABELS[measure], True: "all other runs"}
        return [{"label": labels[rest], "measure": measure, "rest": rest} for rest in labels]
    return [{**each._asdict(), "outcomes": [o.word for o in each.outcomes]} for each in PREDICTED]


def predicted_measures() -> list[str]:
    """The measures that can be predicted instead of endings."""
    return [each["name"] for each in measure_words() if each["is_share"]]


def measure_words() -> list[dict[str, Any]]:
    """What a class reads off its runs besides their endings: name, label, unit, and whether it is
    a share."""
    return [
        {
            "name": name,
            "label": label,
            "unit": "of runs" if Measure(name).is_share else UNITS.get(name, "a run"),
            "is_share": Measure(name).is_share,
        }
        for name, label in LABELS.items()
        if name not in CAUSES
    ]


def lists() -> dict[str, list[str]]:
    """The labels of the closed lists, by rank."""
    return {
        "rungs": [rung.label for rung in Participation],
        "actions": [action.label for action in Challenge],
        "wars": [war.label for war in War],
        "triggers": [trigger.label for trigger in Trigger],
    }


def unnamed(scenario: Scenario) -> str:
    """What the states stand for that no article names; empty without any."""
    states = scenario.groups.get(UNNAMED, ())
    if not states:
        return ""
    return (
        f"The {len(states)} {state_name(UNNAMED)} stand for states that the articles count among "
        "those that pledged forces and do not name. Their number is an assumption."
    )


def cast(scenario: Scenario) -> dict[str, Any]:
    """The states, red lines and events of a scenario, named for readers."""
    return {
        "unnamed": unnamed(scenario),
        "states": [
            {"word": state, "label": state_name(state), "role": scenario.role(state).word}
            for state in scenario.states
        ],
        "lines": [
            {"owner": state_name(state), "label": name_in_words(line)}
            for state, line in scenario.red_lines
        ],
        "events": [
            {
                "label": name_in_words(event.name),
                "why": event.why,
            }
            for event in scenario.events
        ],
    }
