"""A run told by the browser's kernels as plain Python, and its facts held against a replay."""

from __future__ import annotations

import math
from typing import Any
from unittest.mock import patch

import numpy as np

from sim.browser import scenario_document, story
from sim.browser.layout import CAUSES, STORY
from sim.enums import Challenge
from sim.model.build import build
from sim.model.state import WORLD, plain_rows
from sim.scenario.scenario import Scenario
from sim.trace.events import Cause, Crisis, TracedMonth, TracedRun

# Seed and runs of the scenario in which everything happens (tests.scenarios.ALIVE): in these two of
# its first forty runs together every fact is told that is told in any of them.
SEED, RUNS = 4, (9, 25)


def told(scenario: Scenario, seed: int, run: int) -> list[dict[str, Any]]:
    """The months of a run as plain data, in the form of ``model.tell`` of ``engine.js``."""
    setup, used = build(scenario), scenario_document(scenario)["used"]
    worlds, told_row, parameters = np.zeros(2, WORLD), np.zeros(1, STORY), setup.base.copy()
    both, facts, values = (rows.view(np.float64) for rows in (worlds, told_row, parameters))
    w, seen, p, row = (
        plain_rows(worlds)[0],
        plain_rows(worlds)[1],
        plain_rows(parameters)[0],
        plain_rows(told_row)[0],
    )
    inputs = setup.base.view(np.float64), plain_rows(setup.draws), setup.nodes, setup.surface
    with patch.object(story, "copy_world", copy_world):
        story.begin_story(seed, run, w, p, values, *inputs, row, facts)
        months = [plain(told_row[0], used)]
        while not w.over:
            story.open_month(w, p, values, setup.surface, row, facts)
            for decisions in story.PHASES:
                story.play_phase(decisions[0], w, seen, both, p, row)
            months.append(plain(told_row[0], used))
    return months


def copy_world(both: Any) -> None:
    """As the kernel does it number by number, but fast in plain Python."""
    both[len(both) // 2 :] = both[: len(both) // 2]


def plain(row: Any, used: dict[str, int]) -> dict[str, Any]:
    """A row of facts as plain data."""
    return {name: row[name].tolist() for name in STORY.names or ()} | {
        name: row[name][:count].tolist() for name, count in used.items()
    }


class Facts:
    """Told months, held against the months of a replay."""

    def __init__(self, months: list[dict[str, Any]], run: TracedRun) -> None:
        self.months, self.run, self.states = months, run, run.scenario.states

    def hold(self) -> None:
        """Fail where a told month differs from a replayed one."""
        assert len(self.months) == len(self.run.months)
        for number, (row, month) in enumerate(zip(self.months, self.run.months, strict=True)):
            self.levels(row, month)
            self.moves(row, month)
            self.decisions(row, month)
            self.options(row, month)
            self.crisis(row, month.crisis)
            self.after(row, month)
            if number:
                self.beliefs(self.months[number - 1], row, month)
        assert self.months[-1]["ending"] == self.run.outcome
        assert self.months[-1]["over"] == 1
        assert self.months[-1]["position"] == self.run.record["position"][0]

    def levels(self, row: dict[str, Any], month: TracedMonth) -> None:
        """What holds at the end of the month, events, and red lines."""
        assert row["month"] == month.number
        assert row["rung"] == list(month.rungs)
        for name in ("tension", "footprint", "power", "grievance", "army", "reputation"):
            assert row[name] == getattr(month, name), name
        assert (row["war"], row["trigger"]) == (month.war, month.trigger)
        scenario, now = self.run.scenario, month.number
        lines = [scenario.red_lines[k] for k, m in enumerate(row["line_month"]) if m == now]
        assert lines == [(crossing.state, crossing.line) for crossing in month.crossings]
        happened = [scenario.events[k].name for k, m in enumerate(row["event_month"]) if m == now]
        assert happened == [happening.name for happening in month.happenings]

    def moves(self, row: dict[str, Any], month: TracedMonth) -> None:
        """Who moved, and why."""
        for i, state in enumerate(self.states):
            mine = [move for move in month.moves if move.state == state]
            if month.number:
                assert row["rung_before"][i] == (mine[0].before if mine else row["rung"][i])
            for move in mine:
                if move.cause is Cause.STRIKE:
                    assert row["withdrew"][i] == 1
                else:
                    assert CAUSES[row["cause"][i]] == move.cause
            assert row["withdrew"][i] == any(move.cause is Cause.STRIKE for move in mine)

    def decisions(self, row: dict[str, Any], month: TracedMonth) -> None:
        """The backstop, a threat, and terms of a truce."""
        assert row["backstop_reviewed"] == (month.backing is not None)
        if month.backing:
            levels = row["backstop_before"], row["backstop"]
            assert levels == (month.backing.before, month.backing.level)
        else:
            assert row["backstop_before"] == 0
        threat = month.threat
        assert row["threat_weighed"] == (threat is not None)
        if threat:
            for name in ("worth", "moves", "acts", "chance"):
                assert row[f"threat_{name}"] == getattr(threat, name), name
            assert row["threatens"] == threat.spoken
            assert row["empty_threat"] == threat.empty
        talks = month.talks
        assert row["talks"] == (talks is not None)
        if talks:
            assert row["promised_power"] == talks.power
            mine = talks.challenger
            assert row["challenger_truce"] == mine.truce
            assert row["challenger_fighting"] == mine.fighting
            assert row["challenger_accepts"] == mine.accepts
            assert row["protege_accepts"] == talks.succeed
            if talks.protege:
                theirs = talks.protege.truce, talks.protege.fighting
                assert (row["protege_truce"], row["protege_fighting"]) == theirs

    def options(self, row: dict[str, Any], month: TracedMonth) -> None:
        """The challenger's options at a review."""
        assert row["reviewed"] == bool(month.options)
        for option in month.options:
            a = option.action
            assert row["option_worth"][a] == (-math.inf if option.worth is None else option.worth)
            assert row["option_chance"][a] == option.chance
            relief = self.run.scenario[f"ladders.challenge.{a.word}.relief"]
            assert row["option_relief"][a] == relief.mean
            if option.worth is not None:
                assert row["option_answer"][a] == option.answer
                assert row["option_defying"][a] == option.defying

    def crisis(self, row: dict[str, Any], crisis: Crisis | None) -> None:
        """A challenge and its course."""
        assert row["action"] == (crisis.action if crisis else Challenge.HOLD)
        if crisis is None:
            assert not any(row["stand_power"])
            return
        for name in ("ordered", "attributed", "answered", "defying", "quorum"):
            assert row[name] == getattr(crisis, name), name
        assert row["crisis_casualties"] == crisis.casualties
        stands = {
            self.states[i]: (power, row["stand_chance"][i], bool(row["stand_defies"][i]))
            for i, power in enumerate(row["stand_power"])
            if power
        }
        assert stands == {
            each.state: (each.power, each.chance, each.defies) for each in crisis.stands
        }
        press = crisis.press
        assert row["press_decided"] == (press is not None)
        if press:
            facts = press.worth, press.back_down, press.chance, press.slip, press.general
            names = ("press_worth", "press_back_down", "press_chance", "slip", "general")
            assert tuple(row[name] for name in names) == facts
            assert row["carried_out"] == press.pressed
        assert row["success_open"] == (crisis.success is not None)
        if crisis.success:
            assert row["succeeded"] == crisis.success.succeeded
            assert row["success_chance"] == crisis.success.chance

    def after(self, row: dict[str, Any], month: TracedMonth) -> None:
        """The protégé's answer to a violation, and the end of a truce."""
        answer = month.retaliation
        assert row["retaliation_open"] == (answer is not None)
        if answer:
            names = ("retaliation_worth", "retaliation_chance", "retaliates", "blamed")
            facts = answer.worth, answer.chance, answer.retaliates, answer.blamed
            assert tuple(row[name] for name in names) == facts
        assert row["truce_broken"] == (month.truce_broken is not None)
        if month.truce_broken is not None:
            assert row["breaking_chance"] == month.truce_broken
        elif not self.run.scenario.is_ever_on("constants.truce_fragility"):
            assert row["breaking_chance"] == 0

    def beliefs(self, before: dict[str, Any], row: dict[str, Any], month: TracedMonth) -> None:
        """What was learnt of the states' lines, and of the challenger."""
        pairs = zip(self.states, before["credit"], row["credit"], strict=True)
        changed = [(state, was, now) for state, was, now in pairs if was != now]
        assert changed == [(b.state, b.before, b.after) for b in month.beliefs]
        if month.learned:
            assert row["type_belief"] == list(month.learned.after)
            assert row["believed_ambition"] == month.learned.ambition
        else:
            assert row["type_belief"] == before["type_belief"]
