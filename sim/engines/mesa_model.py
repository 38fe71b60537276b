"""The Mesa engine: one run, one named agent a state, for Mesa's own tools.

An agent is a named view on the arrays that the ensemble engine uses, and its steps call the same
compiled stages. It copies nothing. A run here and the run of the same number in the ensemble are
bit-identical.
"""

from __future__ import annotations

from pathlib import Path
from secrets import randbelow
from typing import Any, cast

import mesa
import numpy as np

from sim.choices import MAX_RUNS, MAX_SEED
from sim.engines.kernels import (
    answer_violation_kernel,
    backstop_kernel,
    challenge_kernel,
    conceded_kernel,
    deploy_kernel,
    end_month_kernel,
    footprint_kernel,
    month_kernel,
    press_kernel,
    record_kernel,
    respond_kernel,
    review_kernel,
    start_kernel,
    threaten_kernel,
    truce_kernel,
    withdraw_kernel,
)
from sim.enums import Challenge, Outcome, Participation, Role
from sim.errors import UsageError, whole_within
from sim.model.build import Setup, build
from sim.model.outcomes import outcomes
from sim.model.state import RECORD, RUNGS, WORLD, Block, rows
from sim.scenario.load import load
from sim.scenario.scenario import Scenario


class StateAgent(mesa.Agent):  # type: ignore[misc]
    """A state: a name, and a view on its fields in the model's arrays."""

    def __init__(self, model: ThinLineModel, index: int, name: str) -> None:
        super().__init__(model)
        self.index = index
        self.name = name

    @property
    def rung(self) -> Participation:
        """Its rung on the ladder of participation."""
        return Participation(int(self.model.world["rung"][self.index]))

    @property
    def resolve(self) -> float:
        """Its private resolve in this run, 0 to 1."""
        return float(self.model.world["resolve"][self.index])

    @property
    def capability(self) -> float:
        """Its capability; the challenger's is 1."""
        return float(self.model.parameters[0]["capability"][self.index])

    @property
    def defies(self) -> bool:
        """Whether it defied the last challenge."""
        return bool(self.model.world["defies"][self.index])


class Guarantor(StateAgent):
    """A state that decides how far to take part, and whether to defy or concede."""

    def review(self) -> None:
        """Review its participation, if a review is due."""
        review_kernel(self.index, self.model.worlds, self.model.handed)

    def deploy(self) -> None:
        """Move towards the rung that it decided on."""
        deploy_kernel(self.index, self.model.worlds, self.model.handed)

    def respond(self) -> None:
        """Defy or concede this month's challenge."""
        respond_kernel(self.index, self.model.worlds, self.model.handed)

    def withdraw(self) -> None:
        """Possibly move down a rung after a conceded strike."""
        withdraw_kernel(self.index, self.model.worlds, self.model.handed)


class Challenger(StateAgent):
    """The state that threatens or stays silent, holds, probes, strikes or attacks, and presses on
    or backs down."""

    def threaten(self) -> None:
        """Threaten or stay silent."""
        threaten_kernel(self.model.worlds, self.model.handed)

    def challenge(self) -> None:
        """Hold or challenge."""
        challenge_kernel(self.model.worlds, self.model.handed)

    def press(self) -> None:
        """Press on or back down."""
        press_kernel(self.model.worlds, self.model.handed)


class Protege(StateAgent):
    """The state that is protected: it accepts or refuses a truce, in the challenger's step, and may
    answer a violation that nobody else answers."""

    def answer_violation(self) -> None:
        """Retaliate or complain, if a violation was not answered."""
        answer_violation_kernel(self.model.worlds, self.model.handed)


class Partner(StateAgent):
    """A state that blunts sanctions; it decides nothing in this model."""


AGENTS = {
    Role.GUARANTOR: Guarantor,
    Role.CHALLENGER: Challenger,
    Role.PROTEGE: Protege,
    Role.PARTNER: Partner,
}


class ThinLineModel(mesa.Model):  # type: ignore[misc]
    """One run of a scenario, month by month.

    Parameters
    ----------
    scenario
        A name or a path, a loaded scenario, or its arrays.
    run
        The number of the run, from 0. By default it is ``rng``; with neither it is 0 if a ``seed``
        is given, and otherwise drawn anew, so that the iterations of ``mesa.batch_run`` differ, as
        those of other Mesa models do. ``replication`` is the number.
    seed
        The seed, by default the scenario's own.
    rng
        The random seed of Mesa, which newer versions of ``batch_run`` count up.
    **kwargs
        Parameters of a named scenario by their path, with ``__`` for the dots, so that Mesa's
        parameter sweeps work: ``ThinLineModel(setting__clarity=0.3)``. Mesa knows this name: it
        asks for a value of any other.

    Raises
    ------
    sim.errors.UsageError
        For a run or seed that is no whole number from 0, and anything that is not a scenario.
    """

    def __init__(
        self,
        scenario: str | Path | Scenario | Setup = "reassurance_force",
        run: int | None = None,
        seed: int | None = None,
        rng: int | None = None,
        **kwargs: float | str | bool,
    ) -> None:
        super().__init__(rng=rng)
        if isinstance(scenario, Scenario | Setup):
            if kwargs:
                raise UsageError("settings go with a scenario's name", "set them when you load it")
            loaded = scenario
        else:
            loaded = load(scenario, {name.replace("__", "."): x for name, x in kwargs.items()})
        setup = build(loaded) if isinstance(loaded, Scenario) else loaded
        self._lay_out(setup)
        self.run_seed = whole_within("seed", setup.seed if seed is None else seed, 0, MAX_SEED)
        if run is None:
            run = rng if rng is not None else 0 if seed is not None else randbelow(MAX_RUNS)
        self.replication = whole_within("run", run, 0, MAX_RUNS - 1)
        self._begin()
        for index, name in enumerate(setup.states):
            AGENTS[Role(int(setup.base[0]["role"][index]))](self, index, name)
        # Nothing is collected before month 1: Mesa's batch_run looks up the last step by number,
        # and an additional row would make it the month before the end.
        self.datacollector = self._collector()

    def _lay_out(self, setup: Setup) -> None:
        self._setup = setup
        self.parameters = setup.base.copy()
        self._world = np.zeros(1, WORLD)
        self.worlds = rows(self._world)
        self.handed = rows(self.parameters)
        self._values = self.parameters.view(np.float64)

    @property
    def world(self) -> Any:
        """The row of :data:`sim.model.state.WORLD` that everything is a view on."""
        return self._world[0]

    def _begin(self) -> None:
        setup = self._setup
        start_kernel(
            self.run_seed,
            self.replication,
            self.worlds,
            self.handed,
            self._values,
            setup.base.view(np.float64),
            rows(setup.draws),
            setup.nodes,
            setup.surface,
        )

    def _collector(self) -> mesa.DataCollector:
        watched = ("footprint", "power", "grievance", "tension")
        reporters: dict[str, Any] = {name: _reporter(name) for name in watched}
        reporters |= {"army": _army, "outcome": _ending}
        return mesa.DataCollector(
            model_reporters=reporters,
            agent_reporters={"state": "name", "rung": lambda agent: agent.rung.word},
        )

    @property
    def guarantors(self) -> Any:
        """The guarantors, in the order of their names."""
        return self.agents_by_type.get(Guarantor, ())

    @property
    def challenger(self) -> Challenger:
        """The challenger."""
        return cast(Challenger, self.agents_by_type[Challenger][0])

    @property
    def protege(self) -> Protege:
        """The protégé."""
        return cast(Protege, self.agents_by_type[Protege][0])

    def step(self) -> None:
        """Play one month."""
        if self.world["over"]:
            return
        month_kernel(self.worlds, self.handed, self._values, self._setup.surface)
        self._all("review")
        self._all("deploy")
        if self.world["moved"]:
            footprint_kernel(self.worlds, self.handed)
        backstop_kernel(self.worlds, self.handed)
        self.challenger.threaten()
        truce_kernel(self.worlds, self.handed)
        self.challenger.challenge()
        if self.world["action"] != Challenge.HOLD:
            self._all("respond")
            self.challenger.press()
        self.protege.answer_violation()
        if conceded_kernel(self.worlds):
            self._all("withdraw")
            footprint_kernel(self.worlds, self.handed)
        end_month_kernel(self.worlds, self.handed)
        self.running = not self.world["over"]
        self.datacollector.collect(self)

    def _all(self, what: str) -> None:
        if self.guarantors:
            self.guarantors.do(what)

    @property
    def record(self) -> Any:
        """The record of the run so far, one row of :data:`sim.model.state.RECORD`."""
        record = np.zeros(1, RECORD)
        record_kernel(self.worlds, self.handed, rows(record))
        return record

    @property
    def outcome(self) -> Outcome | None:
        """The outcome of the run; ``None`` until it is over."""
        over = self.world["over"]
        return Outcome(int(outcomes(self.record)[0])) if over else None


def play(setup: Setup, seed: int, run: int) -> Block:
    """Play one run to its end."""
    model = ThinLineModel(setup, run, seed)
    states = len(setup.states)
    participation = np.zeros((setup.months + 1, states, RUNGS), np.int64)
    everyone = np.arange(states)
    participation[0, everyone, model.world["rung"][:states]] += 1
    crossed = [model.world["crossed"][: setup.lines].copy()]
    while model.running:
        model.step()
        if not model.world["war"]:
            participation[model.world["month"], everyone, model.world["rung"][:states]] += 1
    crossed.append(model.world["crossed"][: setup.lines])
    return Block(model.record, participation, np.array(crossed))


def _ending(model: ThinLineModel) -> str | None:
    # Not by truth: the first of the outcomes has rank 0.
    return None if model.outcome is None else model.outcome.word


def _army(model: ThinLineModel) -> float:
    # The world's army is that of the beginning of the month, with which states decide.
    return float(model.record["protege"][0])


def _reporter(name: str) -> Any:
    def report(model: ThinLineModel) -> float:
        return float(model.world[name])

    return report
