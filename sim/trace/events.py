"""The facts of a traced run: months, moves, events, crises, red lines, and expectations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import Enum, StrEnum
from typing import Any

from sim.enums import Challenge, Effect, Outcome, Participation, Trigger, War, Watch, Word
from sim.results import WORDED
from sim.scenario.scenario import Scenario


class Cause(StrEnum):
    """Why a state moved a rung."""

    CHOICE = "choice"
    CONDITION = "condition"
    CEILING = "ceiling"
    STRIKE = "strike"


@dataclass(frozen=True, slots=True)
class Move:
    """A state's move on the ladder; ``unmet`` names the conditions that forced it.

    ``power`` is the change of the force's fighting power. When the state decided, ``fatigue`` and
    ``attacks`` (its losses, less the rally after an attack) had lowered the utility of taking part
    by so much.
    """

    state: str
    before: Participation
    after: Participation
    cause: Cause
    unmet: tuple[str, ...] = ()
    fatigue: float = 0.0
    attacks: float = 0.0
    power: float = 0.0


@dataclass(frozen=True, slots=True)
class Waiting:
    """A state that ``unmet`` conditions keep from going beyond the rung ``at``."""

    state: str
    unmet: tuple[str, ...]
    at: Participation


@dataclass(frozen=True, slots=True)
class Change:
    """A parameter's values before and after an event."""

    path: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Happening:
    """An event that happened: its name and trigger, the reason given for it, and its changes."""

    name: str
    occasion: str
    why: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Crossing:
    """A red line crossed for the first time; ``meant`` is false for a bluff.

    The consequence: for a line that provokes, the challenger's ``grievance`` before and after the
    month; for a restraint on the challenger's own actions, the ``price`` of crossing it, if it
    ordered the action; for a line that commits, whether its owner ``defied`` (None if it had no
    forces there).
    """

    state: str
    line: str
    watches: Watch
    effect: Effect
    meant: bool
    grievance: tuple[float, float] | None = None
    price: float | None = None
    defied: bool | None = None


@dataclass(frozen=True, slots=True)
class Belief:
    """A change in the belief that a state means its declared lines."""

    state: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Level:
    """A level of the backstop as the backer saw it: its utility, and the chance of choosing it."""

    level: float
    utility: float
    chance: float


@dataclass(frozen=True, slots=True)
class Backing:
    """A review of the backstop: the level before and after, the fighting power that the others
    bring (``effort``) and that the backer asks for, and the levels to choose from."""

    state: str
    before: float
    level: float
    effort: float
    asked: float
    options: tuple[Level, ...]

    @property
    def changes(self) -> bool:
        """Whether the level is another than before."""
        return self.level != self.before

    @property
    def chosen(self) -> Level:
        """The option that was chosen."""
        return next(option for option in self.options if option.level == self.level)


@dataclass(frozen=True, slots=True)
class Threat:
    """The challenger's decision to threaten: the utility (``worth``) of a threat, the share of the
    force that it expects to move, the chance that it would act if it were called, the chance of
    threatening, the decision, and whether its last threat turned out ``empty`` this month."""

    worth: float
    moves: float
    acts: float
    chance: float
    spoken: bool
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """A challenge as the challenger assesses it: its utility (``worth``; None if it is not
    available), the probability of an answer, the expected share of the fighting power of states
    that defy, and the probability of choosing it."""

    action: Challenge
    worth: float | None
    answer: float
    defying: float
    chance: float


def chance_of_none(options: Iterable[Option]) -> float:
    """The chance that the challenger chooses none of these options; rounding never takes it below
    0."""
    return max(0.0, 1.0 - sum(option.chance for option in options))


@dataclass(frozen=True, slots=True)
class Stand:
    """A state with fighting forces in a crisis: its power, its chance of defying, and whether it
    defies, or would have if the challenge had been attributed."""

    state: str
    power: float
    chance: float
    defies: bool


@dataclass(frozen=True, slots=True)
class Press:
    """The challenger's decision after an answer, or to a mobilisation that nobody answered: the
    utilities of pressing (``worth``) and backing down, the chance of pressing, the decision, and
    the chances of war and of general war if the coalition answered."""

    worth: float
    back_down: float
    chance: float
    pressed: bool
    slip: float
    general: float


@dataclass(frozen=True, slots=True)
class Success:
    """Whether a probe or strike that is carried through succeeds, its chance of it, and what
    changes: the challenger's ``position`` (the share of its aims that it holds) and the share of
    its grievance that is ``relieved``, each before and after."""

    succeeded: bool
    chance: float
    position: tuple[float, float]
    relieved: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Crisis:
    """A challenge and its course; ``defying`` is a share of the fighting power. ``success`` is None
    for an accident, a mobilisation, and a challenge that is backed down from or becomes a war."""

    action: Challenge
    ordered: bool
    attributed: bool
    stands: tuple[Stand, ...]
    defying: float
    quorum: float
    answered: bool
    press: Press | None
    casualties: float
    success: Success | None = None

    @property
    def power(self) -> float:
        """The fighting power of the force."""
        return sum(stand.power for stand in self.stands)


@dataclass(frozen=True, slots=True)
class Retaliation:
    """The protégé's decision about a violation that nobody answered: the utility (``worth``) of
    retaliating, the chance of the support it relies on, the chance of retaliating, the decision,
    and whether it is wrongly ``blamed``."""

    worth: float
    support: float
    chance: float
    retaliates: bool
    blamed: bool


@dataclass(frozen=True, slots=True)
class Reply:
    """A decision about the terms of a truce: the utilities of the truce and of fighting on, the
    chance of accepting, and the decision."""

    truce: float
    fighting: float
    chance: float
    accepts: bool


@dataclass(frozen=True, slots=True)
class Talks:
    """Terms of a truce that are weighed: the fighting ``power`` of the force they promise, and the
    replies; that of the protégé is None if the challenger refuses."""

    power: float
    challenger: Reply
    protege: Reply | None

    @property
    def succeed(self) -> bool:
        """Whether a truce is made."""
        return self.protege is not None and self.protege.accepts


@dataclass(frozen=True, slots=True)
class Learned:
    """The beliefs about the challenger's type, by ascending ambition, before and after a month,
    and its ambition as believed after."""

    before: tuple[float, ...]
    after: tuple[float, ...]
    ambition: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedMonth:
    """A month; number 0 is the start, the only one with states ``waiting``. ``options`` is empty
    if the challenger did not review, and ``backing`` None if the backstop was not reviewed;
    ``threat`` is None if the challenger had no threat to decide on, ``retaliation`` if the protégé
    had nothing to decide, and ``learned`` if nothing was learnt about the challenger.

    ``rungs`` (one a state), tension, footprint, power (of the force), grievance, army (of the
    protégé) and reputation (for answering) are values at the end of the month. ``truce_broken`` is
    the chance with which a truce broke, or None.
    """

    number: int
    happenings: tuple[Happening, ...] = ()
    moves: tuple[Move, ...] = ()
    backing: Backing | None = None
    crossings: tuple[Crossing, ...] = ()
    beliefs: tuple[Belief, ...] = ()
    options: tuple[Option, ...] = ()
    crisis: Crisis | None = None
    waiting: tuple[Waiting, ...] = ()
    rungs: tuple[Participation, ...]
    tension: float
    footprint: float
    power: float
    grievance: float
    army: float
    reputation: float
    war: War
    trigger: Trigger
    threat: Threat | None = None
    retaliation: Retaliation | None = None
    learned: Learned | None = None
    talks: Talks | None = None
    truce_broken: float | None = None

    @property
    def deeds(self) -> tuple[Any, ...]:
        """The actions of this month without utilities: the facts in which two runs can diverge.
        In the first month they are the initial rungs, later the moves between rungs."""
        moved = tuple((move.state, move.before, move.after) for move in self.moves)
        # Stands against a challenge that is not attributed are no actions: nobody is asked.
        asked = self.crisis if self.crisis and self.crisis.attributed else None
        stands = asked and tuple((each.state, each.defies) for each in asked.stands)
        crossed = tuple((crossing.state, crossing.line) for crossing in self.crossings)
        happened = tuple(happening.name for happening in self.happenings)
        stepped = moved if self.number else self.rungs
        backed = self.backing and self.backing.level
        threatened = bool(self.threat and self.threat.spoken)
        answer = self.retaliation and (self.retaliation.retaliates, self.retaliation.blamed)
        replies = self.talks and (self.talks.challenger.accepts, self.talks.succeed)
        decided = stepped, backed, threatened, replies, answer
        broken = self.truce_broken is not None
        return happened, *decided, crossed, stands, broken, self.course

    @property
    def course(self) -> tuple[Any, ...]:
        """What becomes of a crisis, whichever states answer it."""
        crisis = self.crisis
        if crisis is None:
            return (self.war,)
        pressed = crisis.press and crisis.press.pressed
        succeeded = crisis.success and crisis.success.succeeded
        opened = crisis.action, crisis.ordered, crisis.attributed
        return self.war, *opened, crisis.answered, pressed, succeeded


@dataclass(frozen=True)
class TracedRun:
    """One run of a scenario: its months, beginning with the start, its record and outcome, and the
    fighting power that counts as a force in it."""

    scenario: Scenario
    seed: int
    number: int
    months: tuple[TracedMonth, ...]
    record: Any
    outcome: Outcome
    standing_force: float

    @property
    def last(self) -> TracedMonth:
        """The month in which the run ended."""
        return self.months[-1]

    def to_dict(self) -> dict[str, Any]:
        """The run as plain data."""
        record = {name: self.record[name][0].item() for name in self.record.dtype.names}
        words = {name: kind(record[name]).word for name, kind in WORDED.items() if name in record}
        return {
            "scenario": self.scenario.name,
            "seed": self.seed,
            "run": self.number,
            "outcome": self.outcome.word,
            "states": list(self.scenario.states),
            "record": {**record, **words},
            "months": [fact_to_dict(asdict(month)) for month in self.months],
        }


def fact_to_dict(fact: Any) -> Any:
    """A fact as JSON data: words for members of closed lists, lists for tuples."""
    if isinstance(fact, Word):
        return fact.word
    if isinstance(fact, Enum):
        return fact.value
    if isinstance(fact, dict):
        return {key: fact_to_dict(inner) for key, inner in fact.items()}
    if isinstance(fact, list | tuple):
        return [fact_to_dict(inner) for inner in fact]
    return fact
