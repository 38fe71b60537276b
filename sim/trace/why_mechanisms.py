"""What each mechanism that was switched on did in a run: only facts of the run, no conclusions.

A sentence says what was decided and how often, and what was recorded before and after. Whether the
run would have ended otherwise without it, only a run with the mechanism off on the same random
numbers can say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sim.enums import Outcome, War
from sim.formatting import capitalise, join_and, name_in_words, plural
from sim.model.rules.response import coalition_acts
from sim.trace.events import Cause, Crisis, Stand, Talks, TracedMonth, TracedRun
from sim.trace.formatting import (
    challenger_of,
    chance_phrase,
    format_backstop,
    format_distinct_pair,
    format_level,
    list_states,
    name_in_sentence,
    protege_of,
)
from sim.trace.narrative_types import MIN_CHANGE

# Of more months than this, only the number, the first and the last are given.
MOST_MONTHS = 4
# The endings in which a force was missing.
WITHOUT_FORCE = (Outcome.NEVER_A_FORCE, Outcome.HOLLOWED_OUT, Outcome.RENEWED_OFFENSIVE)


def describe_mechanisms(run: TracedRun) -> list[str]:
    """A sentence or more for each mechanism that had something to decide."""
    return [
        *_truce(run),
        *_consent(run),
        *_threats(run),
        *_backstop(run),
        *_learning(run),
        *_pivotal(run),
        *_retaliation(run),
    ]


def _dates(months: Iterable[TracedMonth]) -> str:
    """The months as text, not more than four of them one by one."""
    numbers = [month.number for month in months]
    if len(numbers) > MOST_MONTHS:
        return f"{len(numbers)} times from month {numbers[0]} to month {numbers[-1]}"
    return f"in month{'s' if len(numbers) > 1 else ''} {join_and(list(map(str, numbers)))}"


def _truce(run: TracedRun) -> list[str]:
    """The terms that were refused and by whom, the truces made, and what became of each."""
    weighed = [(month, month.talks) for month in run.months if month.talks]
    made = [(month, talks) for month, talks in weighed if talks.succeed]
    broken = [month for month in run.months if month.truce_broken is not None]
    first = made[0][0].number if made else run.last.number + 1
    at_start = [f"The truce {_ended(month)}." for month in broken if month.number < first]
    if not weighed:
        return at_start
    challenger, protege = challenger_of(run.scenario), protege_of(run.scenario)
    refusals = {
        challenger: [month for month, talks in weighed if not talks.challenger.accepts],
        protege: [month for month, talks in weighed if talks.protege and not talks.succeed],
    }
    refused = [f"{state} {_dates(months)}" for state, months in refusals.items() if months]
    promised = sorted(talks.power for _, talks in weighed)
    low, high = format_level(promised[0]), format_level(promised[-1])
    terms = f"of {low}" if low == high else f"of {low} to {high}"
    replies = f"were refused by {join_and(refused)}" if refused else "were accepted at once"
    offered = f"Terms of a truce that promised a force with a power {terms} {replies}."
    ends = _truces_made(run, made) if made else ["No truce was made."]
    return [*at_start, offered, *ends]


def _truces_made(run: TracedRun, made: Sequence[tuple[TracedMonth, Talks]]) -> list[str]:
    """Each truce with its terms and its end."""
    return [
        f"The truce of month {month.number} (a force of {format_level(talks.power)}) "
        f"{_end_of_truce(run, month.number)}."
        for month, talks in made
    ]


def _end_of_truce(run: TracedRun, made: int) -> str:
    """How the truce of month ``made`` ended: by an event, or as it broke, if it did."""
    for month in run.months[made:]:
        if month.number > made and (event := _event_against(month)):
            return f"was ended by the event {event} in month {month.number}"
        if month.truce_broken is not None:
            return _ended(month)
    return f"held until {'the war' if run.last.war else 'the end'}"


def _event_against(month: TracedMonth) -> str:
    """The event that ended a ceasefire in a month; empty if none did."""
    changes = ((each.name, change) for each in month.happenings for change in each.changes)
    return next(
        (
            name_in_words(name)
            for name, change in changes
            if change.path == "setting.ceasefire" and change.before > change.after
        ),
        "",
    )


def _ended(month: TracedMonth) -> str:
    if month.war is not War.NONE:
        return f"was ended by the war of month {month.number}"
    crisis = month.crisis
    after = f" after the {crisis.action.label}" if crisis and crisis.ordered else ""
    chance = chance_phrase(month.truce_broken or 0.0)
    return f"broke in month {month.number}{after} (it had {chance} of breaking)"


def _consent(run: TracedRun) -> list[str]:
    """Where there was no force at the end: who was held back, or had to leave, for want of the
    challenger's consent."""
    if run.outcome not in WITHOUT_FORCE:
        return []
    waiting = [
        each.state
        for each in run.months[0].waiting
        if "consent" in each.unmet and not _rises(run, each.state)
    ]
    moves = [move for month in run.months for move in month.moves if move.cause is Cause.CONDITION]
    leaving = list(dict.fromkeys(move.state for move in moves if "consent" in move.unmet))
    parts = [f"{list_states(waiting)} never went further than at the start"] if waiting else []
    parts += [f"{list_states(leaving)} moved down later"] if leaving else []
    unmet = f"The condition of consent by {challenger_of(run.scenario)} was not met"
    return [f"{unmet}: {join_and(parts)}."] if parts else []


def _rises(run: TracedRun, state: str) -> bool:
    """Whether a state is ever above its rung of the start, as one whose decisions are dictated can
    be in spite of its conditions."""
    place = run.scenario.states.index(state)
    return any(month.rungs[place] > run.months[0].rungs[place] for month in run.months)


def _threats(run: TracedRun) -> list[str]:
    """When threats were spoken, which were empty, what they were expected to move, and the belief
    in them and the power of the force before the first and at the end."""
    spoken = [month for month in run.months if month.threat and month.threat.spoken]
    challenger = challenger_of(run.scenario)
    if not spoken:
        silent = sum(month.threat is not None for month in run.months)
        times = f"could have threatened {plural(silent, 'time')} and did not"
        return [f"{capitalise(challenger)} {times}."] if silent else []
    empty = [month for month in run.months if month.threat and month.threat.empty]
    found = f"; found empty {_dates(empty)}" if empty else ""
    before = run.months[spoken[0].number - 1]
    power = f"from {format_level(before.power)} before the first to {format_level(run.last.power)}"
    return [
        f"{capitalise(challenger)} threatened the force {_dates(spoken)}{found}. The power of "
        f"the force went {power} at the end{_credit(run)}."
    ]


def _credit(run: TracedRun) -> str:
    """The belief in the challenger's words before its first change and at the end."""
    beliefs = (each for month in run.months for each in month.beliefs)
    challenger = challenger_of(run.scenario)
    changes = [each for each in beliefs if name_in_sentence(each.state) == challenger]
    if not changes:
        return ""
    first, last = format_level(changes[0].before), format_level(changes[-1].after)
    return f", and the credibility of its threats from {first} to {last}"


def _backstop(run: TracedRun) -> list[str]:
    """How often the backer looked, and the levels it went through."""
    reviews = [month.backing for month in run.months if month.backing]
    if not reviews:
        return []
    backer = capitalise(name_in_sentence(reviews[0].state))
    changed = [month for month in run.months if month.backing and month.backing.changes]
    if not changed:
        level = format_backstop(reviews[0].before)
        looked = plural(len(reviews), "review")
        return [f"{backer} left the backstop at {level} in {looked}."]
    first, last = format_backstop(reviews[0].before), format_backstop(reviews[-1].level)
    return [f"{backer} changed the backstop {_dates(changed)}, from {first} to {last} in all."]


def _learning(run: TracedRun) -> list[str]:
    """How the belief in the most ambitious type of challenger changed, if noticeably."""
    learned = [month.learned for month in run.months if month.learned]
    if not learned or abs(learned[-1].after[-1] - learned[0].before[-1]) < MIN_CHANGE:
        return []
    before, after = format_distinct_pair(learned[0].before[-1], learned[-1].after[-1])
    return [
        f"The belief that {challenger_of(run.scenario)} has more ambition than first thought went "
        f"from {before} to {after}; the ambition expected at the end was "
        f"{format_level(learned[-1].ambition)}."
    ]


def _pivotal(run: TracedRun) -> list[str]:
    """With pivotal answers, the crises in which one state's answer decided that of the
    coalition."""
    if run.scenario["constants.pivotality"].mean == 0.0:
        return []
    crises = [(month, month.crisis) for month in run.months if month.crisis]
    decided = [(month, crisis, pivotal_states(crisis)) for month, crisis in crises]
    found = [(month, crisis, states) for month, crisis, states in decided if states]
    answerable = [crisis for _, crisis in crises if crisis.attributed and crisis.stands]
    if not found:
        none = "In no crisis did the coalition’s answer depend on a single state."
        return [none] if answerable else []
    listed = [
        f"month {month.number} on {' or '.join(map(name_in_sentence, states))} (it "
        f"{'answered' if crisis.answered else 'did not answer'})"
        for month, crisis, states in found[-MOST_MONTHS:]
    ]
    times = f"in {plural(len(found), 'crisis', 'crises')}"
    last = "" if len(listed) == len(found) else "; the last ones"
    depended = f"The coalition’s answer depended on a single state {times}"
    return [f"{depended}{last}: in {join_and(listed)}."]


def pivotal_states(crisis: Crisis) -> list[str]:
    """The states each of whose answer alone, the other way, would have turned that of the
    coalition: the force answers if more than the quorum of its power defies."""
    if not crisis.attributed or crisis.power <= 0.0:
        return []
    return [
        stand.state
        for stand in crisis.stands
        if coalition_acts(_defying(crisis, stand), crisis.power, crisis.quorum) != crisis.answered
    ]


def _defying(crisis: Crisis, turned: Stand) -> float:
    """The power that defies if one state decides the other way."""
    return sum(stand.power for stand in crisis.stands if stand.defies != (stand is turned))


def _retaliation(run: TracedRun) -> list[str]:
    """How the protégé answered violations that nobody else did, and how often it was blamed."""
    decided = [month for month in run.months if month.retaliation]
    if not decided:
        return []
    struck = [m for m in decided if m.retaliation and m.retaliation.retaliates]
    blamed = [m for m in decided if m.retaliation and m.retaliation.blamed]
    protege = capitalise(protege_of(run.scenario))
    violations = plural(len(decided), "violation")
    if not struck:
        return [f"{protege} complained of {violations} and never retaliated."]
    blame = f", and was blamed for it {_dates(blamed)}" if blamed else ", and was never blamed"
    return [f"{protege} retaliated {_dates(struck)}, for {len(struck)} of {violations}{blame}."]
