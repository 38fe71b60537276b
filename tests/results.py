"""Results made of chosen counts, for tests of what is shown of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from hypothesis import strategies as st

from sim.enums import Outcome, Participation, Trigger
from sim.model.state import RECORD
from sim.report.panels import TRUCES
from sim.results import SHARES_OF_EVENTS, EventTotals, Results
from sim.scenario.scenario import Scenario
from sim.statistics import Estimate, proportion
from tests.scenarios import scenario_of, tiny

WARS = [outcome for outcome in Outcome if outcome >= Outcome.RENEWED_OFFENSIVE]
HOSTILE = "</script><img src=x onerror=alert(1)>"
COUNTED = ("challenges", "probes", "strikes", "mobilisations", "accidents", "answered", "conceded")
PLEDGE_GAP = Estimate(0.4, 0.35, 0.45)
SHOWN = {
    Outcome.UNTESTED_FORCE: 520,
    Outcome.TESTED_FORCE: 270,
    Outcome.HOLLOWED_OUT: 80,
    Outcome.RENEWED_OFFENSIVE: 30,
    Outcome.LIMITED_WAR: 85,
    Outcome.GENERAL_WAR: 15,
}


def results(
    counts: Mapping[Outcome, int] = SHOWN,
    scenario: Scenario | None = None,
    failures: int | None = None,
    seed: int = 11,
) -> Results:
    """Results with so many runs of each outcome, the wars spread evenly over the months.

    ``failures`` of the wars were begun by an offensive: unless said, those that nobody fought.
    """
    played = scenario or tiny()
    endings = _endings(counts, played.months)
    runs = int(endings.sum())
    wars = int(endings[:, WARS].sum())
    failed = counts.get(Outcome.RENEWED_OFFENSIVE, 0) if failures is None else failures
    numbers = {"war": wars, "failure": failed, "escalation": wars - failed}
    means = {name: Estimate(1.0, 0.9, 1.1) for name in COUNTED} | {"pledge_gap": PLEDGE_GAP}
    decided = dict.fromkeys([*SHARES_OF_EVENTS, *TRUCES], Estimate(0.4, 0.3, 0.5))
    return Results(
        scenario=played,
        runs=runs,
        seed=seed,
        engine="ensemble",
        outcomes={o: proportion(int(endings[:, o].sum()), runs) for o in Outcome},
        triggers={trigger: proportion(0, runs) for trigger in Trigger},
        measures={name: proportion(count, runs) for name, count in numbers.items()}
        | means
        | decided,
        events=_events(runs, wars),
        endings=endings,
        participation=_participation(endings, len(played.states)),
        crossings=np.zeros((2, len(played.red_lines)), np.int64),
        first=np.zeros(0, RECORD),
    )


def _events(runs: int, wars: int) -> EventTotals:
    """One event of each kind in every run."""
    records = np.ones(runs, RECORD)
    records["war"] = np.arange(runs) < wars
    events = EventTotals()
    events.add(records)
    return events


def _endings(counts: Mapping[Outcome, int], months: int) -> Any:
    endings = np.zeros((months + 1, len(Outcome)), np.int64)
    for outcome, count in counts.items():
        if outcome in WARS:
            np.add.at(endings[:, outcome], 1 + np.arange(count) % months, 1)
        else:
            endings[months, outcome] = count
    return endings


def _participation(endings: Any, states: int) -> Any:
    """State i climbs a rung a month up to rung i; in each month the runs not yet in war."""
    months = len(endings) - 1
    left = endings.sum() - np.concatenate([[0], endings[:, WARS].sum(axis=1).cumsum()[:-1]])
    counts = np.zeros((months + 1, states, len(Participation)), np.int64)
    for month in range(months + 1):
        for state in range(states):
            counts[month, state, min(month, state, Participation.GROUND)] = left[month]
    return counts


def counts_of_outcomes() -> st.SearchStrategy[dict[Outcome, int]]:
    """Any number of runs of each outcome, at least one in all."""
    some = st.one_of(st.just(0), st.integers(0, 60), st.integers(0, 20_000))
    each = st.fixed_dictionaries(dict.fromkeys(Outcome, some))
    return each.filter(lambda counts: sum(counts.values()) > 0)


def hostile() -> Scenario:
    """A scenario whose every free text tries to break out of the page."""
    return scenario_of(
        {
            "scenario": "hostile",
            "title": HOSTILE,
            "months": 24,
            "setting": {"clarity": {"fixed": 0.5, "source": "assumption", "why": HOSTILE}},
            "states": {
                "russia": {"role": "challenger", "capability": 1},
                "ukraine": {"role": "protege", "capability": 0.4},
                "poland": {"pledge": "ground", "resolve": {"fixed": 0.7, "why": HOSTILE}},
            },
            "events": [{"month": 6, "set": {"setting.backstop": 0.0}, "why": HOSTILE}],
            "info": {"what_is_it": HOSTILE, "debrief": [HOSTILE], "sources": [HOSTILE]},
        }
    )
