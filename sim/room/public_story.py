"""What everybody in a room has seen so far, in sentences: facts, and no state's reasons."""

from __future__ import annotations

from collections import defaultdict

from sim.enums import Challenge, Participation, War
from sim.formatting import capitalise, format_percent, join_and, name_in_words
from sim.trace.events import Crisis, Happening, TracedMonth, TracedRun
from sim.trace.formatting import challenger_of, list_states, name_in_sentence, protege_of
from sim.trace.prompts import RUNGS

ACTIONS = {
    Challenge.PROBE: "probes the line",
    Challenge.STRIKE: "strikes the force",
    Challenge.MOBILISATION: "mobilises for an offensive",
}
ENDS = {
    War.UNOPPOSED: "The offensive comes, and the coalition does not fight.",
    War.LIMITED: "It becomes a limited war with the coalition.",
    War.GENERAL: "It becomes a general war with the coalition.",
}


def public_story(run: TracedRun) -> list[tuple[int, str]]:
    """The months in which something happened that everybody could see, with the text of each."""
    sides = challenger_of(run.scenario), protege_of(run.scenario)
    told = ((month.number, describe(month, *sides)) for month in run.months[1:])
    return [(number, " ".join(sentences)) for number, sentences in told if sentences]


def describe(month: TracedMonth, challenger: str, protege: str) -> list[str]:
    """What everybody could see of a month between these two sides, the coalition and others."""
    sentences = [*map(_event, month.happenings), *_moves(month)]
    if month.backing and month.backing.level != month.backing.before:
        backer = capitalise(name_in_sentence(month.backing.state))
        level = format_percent(month.backing.level, 0)
        sentences.append(f"{backer} puts {level} of its reserves behind the force.")
    if month.threat and month.threat.spoken:
        sentences.append(f"{capitalise(challenger)} threatens the force.")
    if month.talks:
        sentences.append(_talks(month, challenger, protege))
    if month.crisis:
        sentences += _crisis(month.crisis, challenger)
    if month.retaliation and month.retaliation.retaliates:
        sentences.append(f"{capitalise(protege)} answers the violation itself.")
        if month.retaliation.blamed:
            sentences.append(f"Others take {protege} for the one who began.")
    if month.truce_broken is not None:
        sentences.append("The truce breaks; the fighting resumes.")
    if month.war is not War.NONE:
        sentences.append(ENDS[month.war])
    return sentences


def _event(happening: Happening) -> str:
    name = name_in_words(happening.name)
    return f"Event: {happening.why or name}."


def _moves(month: TracedMonth) -> list[str]:
    """The states that moved, by the rung they are on now; why a state moved is its own affair."""
    now: dict[Participation, list[str]] = defaultdict(list)
    for move in month.moves:
        now[move.after].append(move.state)
    return [
        f"{capitalise(list_states(states))}: {RUNGS[rung.word]} from now on."
        for rung, states in sorted(now.items(), reverse=True)
    ]


def _talks(month: TracedMonth, challenger: str, protege: str) -> str:
    talks = month.talks
    if talks is None or not talks.challenger.accepts:
        return f"{capitalise(challenger)} refuses a truce."
    if not talks.succeed:
        return f"{capitalise(challenger)} would accept a truce; {protege} refuses it."
    return "Both sides accept a truce."


def _crisis(crisis: Crisis, challenger: str) -> list[str]:
    if not crisis.attributed:
        return ["There is an incident, and nobody can say who began it."]
    sentences = [f"{capitalise(challenger)} {ACTIONS[crisis.action]}."]
    if crisis.stands:
        defying = [name_in_sentence(stand.state) for stand in crisis.stands if stand.defies]
        who = capitalise(join_and(defying)) if defying else "Nobody"
        sentences.append(f"{who} {'vote' if len(defying) > 1 else 'votes'} to answer.")
        answered = "answers" if crisis.answered else "does not answer"
        sentences.append(f"The coalition {answered}.")
    if crisis.press:
        does = "carries it through" if crisis.press.pressed else "backs down"
        sentences.append(f"{capitalise(challenger)} {does}.")
    return sentences
