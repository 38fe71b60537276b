"""A run in which decisions can be dictated: play it phase by phase, see what a state sees, decide
for it or let the model decide, and go on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from sim.choices import MAX_RUNS, MAX_SEED
from sim.enums import Decision, Outcome
from sim.errors import ThinlineError, UsageError, json_head, nearest, whole_within
from sim.model.build import build
from sim.scenario.load import load, load_text
from sim.scenario.scenario import Scenario
from sim.trace.decisions import (
    OpenDecision,
    dictate_option,
    impossible_options,
    model_chances,
    open_decisions,
    release,
)
from sim.trace.events import TracedRun
from sim.trace.replay import Recorder
from sim.trace.stepper import Board, board
from sim.trace.view import View, known_alone, view_of

KIND = "played_run"


def play(scenario: str | Path | Scenario, run: int = 0, seed: int | None = None) -> InteractiveRun:
    """Begin a run in which decisions can be dictated.

    Parameters
    ----------
    scenario
        A name, a path or a loaded scenario.
    run
        The number of the run, from 0.
    seed
        The seed, by default the scenario's own.

    Returns
    -------
    InteractiveRun
        The run at its first decision. With nothing dictated it is the run of this number and seed
        in every other study, to the last bit.

    Raises
    ------
    sim.errors.ThinlineError
        For a scenario that cannot be loaded, and a run or seed out of range.
    """
    loaded = scenario if isinstance(scenario, Scenario) else load(scenario)
    return InteractiveRun(loaded, run, loaded.seed if seed is None else seed)


class InteractiveRun:
    """One run, played phase by phase. Begin one with :func:`play`.

    Attributes
    ----------
    scenario, run, seed
        What is played.
    open
        The decisions that states have in this phase, at most one a state; empty when the run is
        over.
    """

    def __init__(self, scenario: Scenario, run: int, seed: int) -> None:
        self.scenario = scenario
        self.run = whole_within("run", run, 0, MAX_RUNS - 1)
        self.seed = whole_within("seed", seed, 0, MAX_SEED)
        self._recorder = Recorder(scenario, board(build(scenario), self.seed, self.run))
        self._phases = self._recorder.phases()
        self._chosen: dict[str, tuple[Decision, str]] = {}
        self._log: list[dict[str, Any]] = []
        self.open: tuple[OpenDecision, ...] = ()
        self._next_phase()

    def __repr__(self) -> str:
        where = "over" if self.is_over else f"month {self.month}"
        return f"<InteractiveRun: {self.scenario.name}, run {self.run}, seed {self.seed}, {where}>"

    @property
    def month(self) -> int:
        """The month that is played, from 1."""
        return int(self._recorder.board.world["month"])

    @property
    def is_over(self) -> bool:
        """Whether the run has ended."""
        return not self.open

    @property
    def outcome(self) -> Outcome | None:
        """The outcome of the run; ``None`` until it is over."""
        return self.traced.outcome if self.is_over else None

    @property
    def traced(self) -> TracedRun:
        """The months played so far, as :mod:`sim.trace` tells them."""
        return self._recorder.traced(self.seed, self.run)

    @property
    def digest(self) -> str:
        """SHA-256 of the whole state of the run: equal runs have equal digests."""
        return hashlib.sha256(self._recorder.board.worlds.tobytes()).hexdigest()

    def view(self, state: str) -> View:
        """What ``state`` sees now: what is public, and what it alone knows of itself.

        Raises :class:`sim.errors.UsageError` for a state that the scenario does not have.
        """
        self._require_state(state)
        return view_of(self._recorder.board, self.scenario, state)

    def own(self, state: str) -> dict[str, Any]:
        """What ``state`` alone knows of itself now: the part of its view that is not public.

        Raises :class:`sim.errors.UsageError` for a state that the scenario does not have.
        """
        self._require_state(state)
        return known_alone(self._recorder.board, self.scenario, state)

    def decide(self, state: str, option: str) -> None:
        """Dictate the decision that ``state`` has in this phase. A second call replaces the first.

        Raises :class:`sim.errors.UsageError` if the state has none now, or not this option, or if
        the option is not possible now.
        """
        mine = self._open_to(state)
        if option not in mine.options:
            allowed = ", ".join(mine.options)
            raise UsageError(f"{option!r:.60} is no {mine.decision.label} of {state}", allowed)
        if why := self.impossible(mine).get(option):
            raise UsageError(f"{option!r:.60} is not possible now", why)
        self._chosen[state] = mine.decision, option

    def impossible(self, decision: OpenDecision) -> dict[str, str]:
        """The options of an open or expected decision that are not possible now, and why."""
        return impossible_options(decision, self._recorder.board)

    def chances(self, state: str) -> dict[str, float]:
        """The chance with which the model would choose each option that ``state`` has now, if its
        decision is due.

        Raises :class:`sim.errors.UsageError` if the state has nothing to decide now.
        """
        return self.chances_in(self._open_to(state))

    def expected(self, decision: Decision) -> tuple[OpenDecision, ...]:
        """The states that would have ``decision`` if its phase of this month were played now: what
        can be planned at the beginning of a month."""
        return () if self.is_over else open_decisions(decision, self._recorder.board)

    def chances_in(self, decision: OpenDecision) -> dict[str, float]:
        """The chance with which the model would choose each option of an open or expected
        ``decision``, as things stand now."""
        return model_chances(decision, self._recorder.board)

    def advance(self, state: str | None = None) -> None:
        """Play this phase, and go on to the next one in which a state, or the given ``state``, has
        a decision. The model decides what is not dictated."""
        if state is not None:
            self._require_state(state)
        self._play_phase()
        while state and self.open and all(decision.state != state for decision in self.open):
            self._play_phase()

    def finish(self) -> None:
        """Play to the end; the model decides."""
        while self.open:
            self._play_phase()

    def to_dict(self) -> dict[str, Any]:
        """The run as plain data: its scenario, the decisions dictated, and where it stands."""
        return {
            **json_head(KIND, self.scenario.name, seed=self.seed),
            "run": self.run,
            "definition": self.scenario.to_dict(),
            "decisions": [*self._log, *self._pending()],
            "month": self.month,
            "phase": [decision.word for decision in self._decisions],
            "digest": self.digest,
        }

    @classmethod
    def from_dict(cls, document: Mapping[str, Any]) -> InteractiveRun:
        """The run that :meth:`to_dict` wrote, replayed to where it stood.

        Raises :class:`sim.errors.UsageError` if the document is incomplete, or if replaying it
        leads elsewhere, as with another version of the model.
        """
        try:
            # What to_dict writes is complete. A document must not make us read other files.
            if document["kind"] != KIND or "extends" in document["definition"]:
                raise TypeError("its kind or its definition is another")
            scenario = load_text(json.dumps(document["definition"]))
            played = cls(scenario, document["run"], document["seed"])
            left = played._replay(document["decisions"], document["month"], document["phase"])
            digest = document["digest"]
        except ThinlineError:
            raise
        except (KeyError, TypeError, ValueError, RecursionError) as error:
            raise UsageError(
                f"this is not a played run: {error!s:.80}",
                "give what InteractiveRun.to_dict returned",
            ) from error
        if left or played.digest != digest:
            raise UsageError(
                "replaying this run leads elsewhere",
                "it was edited, or played with another version of the model",
            )
        return played

    @property
    def _decisions(self) -> list[Decision]:
        return sorted({decision.decision for decision in self.open})

    def _replay(self, decisions: Any, month: int, phase: Any) -> list[Any]:
        """Play to this phase with these decisions; returns those that it had no place for."""
        left = list(decisions)
        while self.open:
            words = [decision.word for decision in self._decisions]
            while left and left[0]["month"] == self.month and left[0]["decision"] in words:
                entry = left.pop(0)
                self.decide(entry["state"], entry["option"])
            if self.month == month and words == phase:
                break
            self._play_phase()
        return left

    def _pending(self) -> list[dict[str, Any]]:
        return [
            {"month": self.month, "decision": decision.word, "state": state, "option": option}
            for state, (decision, option) in sorted(self._chosen.items())
        ]

    def _play_phase(self) -> None:
        for state, (decision, option) in self._chosen.items():
            dictate_option(self._recorder.board, state, decision, option)
        self._log.extend(self._pending())
        self._chosen = {}
        self._next_phase()

    def _next_phase(self) -> None:
        board = self._recorder.board
        self.open = ()
        for decisions in self._phases:
            release(board)
            self.open = tuple(one for each in decisions for one in open_decisions(each, board))
            if self.open:
                return
        release(board)

    def board_now(self) -> Board:
        """A copy of the board as it stands in this phase, to try things on."""
        board = self._recorder.board
        return replace(board, worlds=board.worlds.copy(), parameters=board.parameters.copy())

    def _open_to(self, state: str) -> OpenDecision:
        self._require_state(state)
        for each in self.open:
            if each.state == state:
                return each
        deciders = ", ".join(each.state for each in self.open) or "none, the run is over"
        raise UsageError(f"{state} has nothing to decide in this phase", f"now: {deciders}")

    def _require_state(self, state: str) -> None:
        if state not in self.scenario.states:
            close = nearest(str(state), self.scenario.states)
            remedy = f"did you mean '{close}'?" if close else ", ".join(self.scenario.states)
            raise UsageError(f"{self.scenario.name} has no state {state!r:.60}", remedy)
