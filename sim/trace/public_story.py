"""What everybody can see of a run, in sentences: facts, and no state's reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from sim.enums import Challenge, Participation, War
from sim.formatting import capitalise, format_percent, join_and, name_in_words
from sim.trace.events import Crisis, Talks, TracedMonth, TracedRun
from sim.trace.formatting import challenger_of, list_states, name_in_sentence, protege_of
from sim.trace.narrative import UNNAMED
from sim.trace.prompts import RUNGS

# What each challenge looks like, after the name of the challenger.
ACTIONS = {
    Challenge.PROBE: "probes the line",
    Challenge.STRIKE: "strikes the force",
    Challenge.MOBILISATION: "mobilises for an offensive",
}
# The sentences; the explorer has them too.
SEEN_BY_ALL = {
    "threatens": "{challenger} threatens the force.",
    "no_truce": "{challenger} refuses a truce.",
    "one_accepts": "{challenger} would accept a truce; {protege} refuses it.",
    "truce": "Both sides accept a truce.",
    "incident": "There is an incident, and nobody can say who began it.",
    "accident": "There is an accidental clash that nobody ordered.",
    "answered": "The coalition answers.",
    "unanswered": "The coalition does not answer.",
    "presses": "{challenger} presses on.",
    "backs_down": "{challenger} backs down.",
    "no_war": "No war results.",
    "retaliates": "{protege} answers the violation itself.",
    "blamed": "Others take {protege} for the one who began.",
    "truce_broken": "The ceasefire breaks; the fighting resumes.",
}
ENDS = {
    War.UNOPPOSED: "The offensive comes, and the coalition does not fight.",
    War.LIMITED: "It becomes a limited war with the coalition.",
    War.GENERAL: "It becomes a general war with the coalition.",
}


def public_story(run: TracedRun) -> list[tuple[int, str]]:
    """The months in which something happened that everybody could see, with the text of each."""
    sides = {"challenger": challenger_of(run.scenario), "protege": protege_of(run.scenario)}
    told = ((month.number, describe(month, **sides)) for month in run.months[1:])
    return [(number, " ".join(sentences)) for number, sentences in told if sentences]


def describe(month: TracedMonth, challenger: str, protege: str) -> list[str]:
    """What everybody could see of a month between these two sides, the coalition and others."""

    def say(word: str) -> str:
        return capitalise(SEEN_BY_ALL[word].format(challenger=challenger, protege=protege))

    sentences = [tell_event(each.name, each.why) for each in month.happenings]
    sentences += _moves(month)
    if month.backing and month.backing.changes:
        backer = capitalise(name_in_sentence(month.backing.state))
        share = format_percent(month.backing.level, 0) if month.backing.level else "none"
        sentences.append(f"{backer} puts {share} of its reserves behind the force.")
    if month.threat and month.threat.spoken:
        sentences.append(say("threatens"))
    if month.talks:
        sentences.append(say(_talks(month.talks)))
    if month.crisis:
        sentences += _crisis(month.crisis, month.war, challenger, say)
    if month.retaliation and month.retaliation.retaliates:
        sentences.append(say("retaliates"))
        if month.retaliation.blamed:
            sentences.append(say("blamed"))
    if month.war is not War.NONE:
        sentences.append(ENDS[month.war])
    elif month.truce_broken is not None:
        sentences.append(say("truce_broken"))
    return sentences


def tell_event(name: str, why: str) -> str:
    """What everybody hears of an event: its reason, or else its name if somebody gave it one."""
    if why:
        return f"Event: {why.rstrip('.')}."
    if not name or UNNAMED.fullmatch(name):
        return "Something changes."
    return f"Event: {name_in_words(name)}."


def _moves(month: TracedMonth) -> list[str]:
    """The states that moved, by the rung they are on now; why a state moved is its own affair."""
    now: dict[Participation, list[str]] = defaultdict(list)
    for move in month.moves:
        now[move.after].append(move.state)
    return [
        f"{capitalise(list_states(states))}: {RUNGS[rung.word]} from now on."
        for rung, states in sorted(now.items(), reverse=True)
    ]


def _talks(talks: Talks) -> str:
    if not talks.challenger.accepts:
        return "no_truce"
    return "truce" if talks.succeed else "one_accepts"


def _crisis(crisis: Crisis, war: War, challenger: str, say: Callable[[str], str]) -> list[str]:
    if not crisis.attributed:
        return [say("incident")]
    act = f"{capitalise(challenger)} {ACTIONS[crisis.action]}."
    sentences = [act if crisis.ordered else say("accident")]
    if crisis.stands:
        defying = [name_in_sentence(stand.state) for stand in crisis.stands if stand.defies]
        who = capitalise(join_and(defying)) if defying else "Nobody"
        sentences.append(f"{who} {'vote' if len(defying) > 1 else 'votes'} to answer.")
        sentences.append(say("answered" if crisis.answered else "unanswered"))
    if crisis.press:
        sentences.append(say("presses" if crisis.press.pressed else "backs_down"))
        if crisis.press.pressed and war is War.NONE:
            sentences.append(say("no_war"))
    return sentences
