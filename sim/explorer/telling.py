"""Templates of the sentences in which the page tells a run, and of a seat in it.

The page fills the names in braces with words of the closed lists and with figures of the run.
"""

from __future__ import annotations

from typing import Any

from sim.enums import War
from sim.trace.divergence import SAME_NUMBER
from sim.trace.formatting import BACKSTOP
from sim.trace.prompts import PROMPTS, RUNGS
from sim.trace.public_story import SEEN_BY_ALL
from sim.trace.worth import LEAST_DIFFERENCE, WORTH

# Facts in which two runs with the same random numbers can differ as actions: see
# :attr:`sim.trace.events.TracedMonth.deeds`. Names are those of sim.browser.layout.STORY.
DEEDS = (
    "rung",
    "event_month",
    "line_month",
    "backstop",
    "threatens",
    "talks",
    "challenger_accepts",
    "protege_accepts",
    "action",
    "ordered",
    "attributed",
    "stand_defies",
    "answered",
    "pressed",
    "succeeded",
    "retaliates",
    "blamed",
    "truce_broken",
    "war",
)

SENTENCES = {
    "start": "{ladder}. The power of the force is {power}, of the army of {protege} {army} (that "
    "of {challenger} is 1).",
    "event": "Scenario event: {name}{why}.",
    "moves": "{cause}: {moves}.",
    "move": "{state} {before} → {after}",
    "backstop": "The backstop changes from {before} to {after}.",
    "threatens": "{challenger} threatens the force (chance of threatening {chance}, utility "
    "{worth}; it expects to move {moves} of the force).",
    "silent": "{challenger} weighs a threat and makes none (chance of threatening {chance}).",
    "empty": "A threat of {challenger} turns out empty.",
    "talks": "Terms of a truce with a force of power {power}: {challenger} {first} (truce {truce}, "
    "fighting {fighting}){second}.",
    "talks_second": "; {protege} {reply} (truce {truce}, fighting {fighting})",
    "accepts": "accepts",
    "refuses": "refuses",
    "hold": "{challenger} reviews its options and holds still, with a chance of {chance}. The "
    "others: {options}.",
    "option": "{action} {chance} (utility {worth}; {challenger} expects an answer with {answer})",
    "opens": "{challenger} opens a {action}. Chances: {options}.",
    "accident": "An accidental clash occurs, which nobody ordered. It counts as a {action}.",
    "unattributed": "The {action} is not attributed, so that nobody can answer it.",
    "unarmed": "No state has fighting forces there that could answer.",
    "defy": "Votes for an answer (with the chance of this vote): {states}.",
    "concede": "Votes to give way (with the chance of a vote to answer): {states}.",
    "vote": "{state} ({chance})",
    "answered": "The coalition answers: {defying} of the fighting power votes for it; more than "
    "{quorum} is needed.",
    "unanswered": "The coalition does not answer: {defying} of the fighting power votes for it; "
    "more than {quorum} is needed.",
    "presses": "{challenger} carries the {action} through (chance of this {chance}; utility "
    "{worth}, of backing down {back}).",
    "backs_down": "{challenger} backs down from the {action} (chance of carrying it through "
    "{chance}; utility {worth}, of backing down {back}).",
    "slip": "The chance that it becomes a war with the coalition is {chance}.",
    "no_war": "No war results.",
    "succeeds": "The {action} succeeds (chance {chance}){gains}.",
    "position": "{challenger} now holds {share} of its aims",
    "relieved": "{share} of its grievance is now relieved",
    "fails": "The {action} fails (chance of success {chance}): it gains {challenger} nothing.",
    "war": "War: {war}, from {trigger}.",
    "retaliates": "{protege} retaliates (chance {chance}, utility {worth}){blamed}.",
    "complains": "{protege} complains and does not retaliate (chance of retaliating {chance}).",
    "blamed": " and is wrongly blamed for the violation",
    "truce": "A ceasefire now holds.",
    "truce_broken": "The ceasefire breaks (chance {chance}).",
    "line": "{line} ({states})",
    "lines": "Red lines crossed for the first time: {lines}.",
    "levels": "Power of the force {power}; tension {tension}.",
}

# What everybody can see of a month, told while a reader plays a seat; the last five only the
# challenger can see. No template names a chance, a utility or a reason: those of other states stay
# hidden until the run is over.
SEEN = {
    **SEEN_BY_ALL,
    "event": SENTENCES["event"],
    "move": "{states}: {rung} from now on.",
    "backstop": "The backstop is now {level}.",
    "challenge": "Challenge by {challenger}: {action}.",
    "unarmed": SENTENCES["unarmed"],
    "defy": "Votes for an answer: {states}.",
    "nobody_defies": "Nobody votes to answer.",
    "unattributed": SENTENCES["unattributed"],
    "succeeds": "The {action} succeeds{gains}.",
    "position": SENTENCES["position"],
    "relieved": SENTENCES["relieved"],
    "fails": "The {action} fails: it gains {challenger} nothing.",
}

# What differs first between two runs with the same random numbers, as sim.trace.divergence says it.
# {here} and {there} name the runs after a verb.
PARTING: dict[str, Any] = {
    "differ": "{who} {one} {here} and {other} {there}",
    "more": ["1 more state differs", "{count} more states differ"],
    "starts": "{who} starts at “{one}” {here} and at “{other}” {there}",
    "moves": "moves to “{rung}”",
    "stays": "does not move",
    "backstop": "The backstop is {one} {here} and {other} {there}.",
    "one": "a {action}",
    "none": "holding still",
    "options": "Chances {here}: {one}; {there}: {other}.",
    "opens": "opens a {action}",
    "holds": "holds still",
    "no_review": "does not review its options",
    "votes": ["votes to give way", "votes to answer"],
    "unarmed": "has no fighting forces there",
    "chance": "{what} has a chance of {one} {here} and of {other} {there}.",
    "vote_chance": " (chance of voting to answer {chance})",
    "same": SAME_NUMBER,
    "worth": WORTH,
    "least": LEAST_DIFFERENCE,
    "general": int(War.GENERAL),
    # What happens in one run only.
    "only": {
        "event": "The event {name} happens only {where}.",
        "threatens": "{challenger} threatens the force only {where}.",
        "talks": "A truce is weighed only {where}.",
        "challenger_accepts": "{challenger} accepts a truce only {where}.",
        "protege_accepts": "{protege} accepts a truce only {where}.",
        "accident": "An accidental clash occurs only {where}.",
        "attributed": "The {action} is attributed only {where}.",
        "answered": "The same states vote to answer, and only {where} do they suffice.",
        "carried_out": "{challenger} carries the {action} through only {where}.",
        "war": "The {action} becomes a war only {where}.",
        "general": "The war becomes general only {where}.",
        "succeeded": "The {action} succeeds only {where}.",
        "retaliates": "{protege} retaliates only {where}.",
        "blamed": "{protege} is wrongly blamed for the violation only {where}.",
        "truce_broken": "The ceasefire breaks only {where}.",
        "line": "The red line {name} is crossed only {where}.",
    },
    # Of some the flag that says that it was decided, the chance, and its name.
    "chances": {
        "threatens": ["threat_weighed", "threat_chance", "The threat"],
        "carried_out": ["press_decided", "press_chance", "Carrying it through"],
        "war": ["answered", "slip", "War"],
        "general": ["answered", "general", "Becoming general"],
        "succeeded": ["success_open", "success_chance", "Success"],
        "retaliates": ["retaliation_open", "retaliation_chance", "Retaliation"],
        "truce_broken": ["breaking_chance", "breaking_chance", "The break"],
    },
}

# Why a state moved: words of sim.browser.layout.CAUSES, and a withdrawal after a strike.
CAUSES = {
    "none": "As decided",
    "choice": "By choice",
    "condition": "Because a condition is not met",
    "ceiling": "Because the private ceiling is lower",
    "withdrew": "Because the strike went unanswered",
}

READING = (
    "Utility is the gain of {challenger} less its costs and risks; holding still has utility 0. "
    "Options of higher utility are chosen more often, not always. A chance is the model's at the "
    "moment of the decision. A chance in brackets after a state is that of voting for an answer. "
    "Tension starts at 0 and has no unit."
)

# What everybody sees, as (field, label); what a role sees of itself.
PUBLIC = (
    ("ceasefire", "ceasefire"),
    ("backstop", "backstop"),
    ("consent", "consent of the challenger"),
    ("power", "power of the force (challenger = 1)"),
    (
        "footprint",
        "footprint: how much of the force is seen in the country (0 none; challenger = 1)",
    ),
    ("tension", "tension (starts at 0, has no unit)"),
    ("reputation", "reputation of the coalition for answering"),
    ("believed_ambition", "ambition of the challenger, as others believe it"),
    ("threat_remembered", "last threat, as far as it is remembered"),
)
OWN = {
    "challenger": (
        (
            "grievance",
            "own grievance over crossed red lines (0 none; each line adds up to its weight; "
            "consent and successes reduce it)",
        ),
        ("position", "share of own aims held"),
    ),
    "protege": (("army", "power of own army"),),
    "guarantor": (),
    "partner": (),
}

# How a state takes part, said to it; words of sim.enums.Participation.
STANDING = {
    "none": "You take no part.",
    "political": "You give political support only.",
    "logistics": "You give logistics and training.",
    "monitoring": "You take part in the monitoring.",
    "air_sea": "You have air and sea forces there.",
    "ground": "You have ground troops there.",
}

# To a state that was never asked, and to an attacked state that was never asked.
IDLE = (
    "You were never asked: this is the model’s own run.",
    "You were never asked: this is the model’s own run. The attacked state is asked when terms of "
    "a truce are on the table and when a violation goes unanswered, in scenarios that switch these "
    "decisions on.",
)


def telling() -> dict[str, Any]:
    """The templates of a told run."""
    return {
        "sentences": SENTENCES,
        "seen": SEEN,
        "causes": CAUSES,
        "deeds": list(DEEDS),
        "parting": PARTING,
        "reading": READING,
        "backstop_levels": [list(each) for each in BACKSTOP],
        "flags": ["no", "yes"],
    }


def seat() -> dict[str, Any]:
    """The words of a seat: what a state sees, the questions of decisions, and their options."""
    return {
        "public": [list(each) for each in PUBLIC],
        "own": {role: [list(each) for each in fields] for role, fields in OWN.items()},
        "questions": {decision.word: prompt.question for decision, prompt in PROMPTS.items()},
        "options": {decision.word: prompt.options for decision, prompt in PROMPTS.items()},
        "impossible": "Not possible now: {option}.",
        "rungs": list(RUNGS.values()),
        "standing": list(STANDING.values()),
        "idle": list(IDLE),
    }
