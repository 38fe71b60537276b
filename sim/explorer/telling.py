"""Templates of the sentences in which the page tells a run, and of a seat in it.

The page fills the names in braces with words of the closed lists and with figures of the run.
"""

from __future__ import annotations

from typing import Any

from sim.trace.formatting import BACKSTOP

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
    "hold": "{challenger} reviews its options and holds still. Chances: {options}.",
    "option": "{action} {chance} (utility {worth}, expected answer {answer})",
    "opens": "{challenger} opens a {action}. Chances: {options}.",
    "accident": "An accidental clash occurs.",
    "unattributed": "The {action} is not attributed, so that nobody can answer it.",
    "stands": "{states}.",
    "defies": "{state} defies ({chance})",
    "concedes": "{state} gives way ({chance})",
    "answered": "The coalition answers: {defying} of the fighting power defies, {quorum} is "
    "needed.",
    "unanswered": "The coalition does not answer: {defying} of the fighting power defies, {quorum} "
    "is needed.",
    "presses": "{challenger} carries it on (chance {chance}; utility {worth}, backing down "
    "{back}); the chance that it becomes a war is {slip}.",
    "backs_down": "{challenger} backs down (chance of carrying on {chance}; utility {worth}, "
    "backing down {back}).",
    "succeeds": "The {action} succeeds (chance {chance}).",
    "fails": "The {action} fails (chance of success {chance}).",
    "war": "War: {war}, from {trigger}.",
    "retaliates": "{protege} retaliates (chance {chance}, utility {worth}){blamed}.",
    "complains": "{protege} complains and does not retaliate (chance of retaliating {chance}).",
    "blamed": " and is wrongly blamed for the violation",
    "truce": "A ceasefire now holds.",
    "truce_broken": "The ceasefire breaks (chance {chance}).",
    "line": "Red line crossed: {line}.",
    "levels": "Power of the force {power}; tension {tension}.",
}

# What everybody can see of a month, told while a reader plays a seat. No template names a chance,
# a utility or a reason: those of other states stay hidden until the run is over.
SEEN = {
    "event": SENTENCES["event"],
    "move": "{states}: now {rung}.",
    "backstop": "The backstop is now {level}.",
    "threatens": "{challenger} threatens the force.",
    "no_truce": "{challenger} refuses a truce.",
    "one_accepts": "{challenger} would accept a truce; {protege} refuses it.",
    "truce": "Both sides accept a truce.",
    "incident": "There is an incident, and nobody can say who began it.",
    "challenge": "Challenge by {challenger}: {action}.",
    "defy": "It is defied by {states}.",
    "nobody_defies": "Nobody defies it.",
    "answered": "The coalition answers.",
    "unanswered": "The coalition does not answer.",
    "presses": "{challenger} carries it through.",
    "backs_down": "{challenger} backs down.",
    "retaliates": "{protege} answers the violation itself.",
    "blamed": "Others take {protege} for the one who began.",
    "truce_broken": "The truce breaks; the fighting resumes.",
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
    "moment of the decision. A chance in brackets after a state is that of defying. Tension "
    "starts at 0 and has no unit."
)

# What everybody sees, as (field, label); what a role sees of itself.
PUBLIC = (
    ("ceasefire", "ceasefire"),
    ("backstop", "backstop"),
    ("consent", "consent of the challenger"),
    ("power", "power of the force (challenger = 1)"),
    ("footprint", "footprint of the force"),
    ("tension", "tension"),
    ("reputation", "reputation of the coalition for answering"),
    ("believed_ambition", "ambition of the challenger, as others believe it"),
    ("threat_remembered", "last threat, as far as it is remembered"),
)
OWN = {
    "challenger": (("grievance", "own grievance"), ("position", "share of own aims held")),
    "protege": (("army", "power of own army"),),
    "guarantor": (),
    "partner": (),
}

# The question of each decision; words of sim.enums.Decision.
QUESTIONS = {
    "target": "How far do you take part from now on? Forces follow in the months after.",
    "backstop": "How much do you stand behind the force?",
    "threat": "Do you threaten the force?",
    "truce": "Terms of a truce are on the table. Do you accept?",
    "acceptance": "Terms of a truce are on the table, and the other side has replied. Do you "
    "accept?",
    "challenge": "What do you open this month?",
    "answer": "The challenge is attributed. Do you defy it?",
    "press": "Do you carry it on, or back down?",
    "retaliation": "Nobody answered the violation. Do you retaliate?",
}


def telling() -> dict[str, Any]:
    """The templates of a told run."""
    return {
        "sentences": SENTENCES,
        "seen": SEEN,
        "causes": CAUSES,
        "deeds": list(DEEDS),
        "reading": READING,
        "backstop_levels": [list(each) for each in BACKSTOP],
        "flags": ["no", "yes"],
    }


def seat() -> dict[str, Any]:
    """The words of a seat: what a state sees, and the question of each decision."""
    return {
        "public": [list(each) for each in PUBLIC],
        "own": {role: [list(each) for each in fields] for role, fields in OWN.items()},
        "questions": QUESTIONS,
    }
