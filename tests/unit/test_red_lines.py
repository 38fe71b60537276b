"""Red lines do what they say: a line that provokes, commits or restrains moves what it is about,
run by run on the same luck, and a bluff only as far as it is believed."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from sim.behaviours.contrast import Contrast, Side
from sim.scenario.lines import ALLOWED
from sim.scenario.load import load
from sim.vocabulary import Effect, Role, Watch
from tests.scenarios import DATA

FILE = str(DATA / "red_lines.yaml")
PAIRS = 3000
SEEKER = ("states.russia.ambition=0.15", "states.russia.fear=1")
REVISIONIST = ("states.russia.ambition=0.7", "states.russia.fear=0.5")
ARMED = (*SEEKER, "setting.long_range_arms=1")
# Stakes too small to fight for, so that only the promise is left.
IRRESOLUTE = (
    *REVISIONIST,
    "groups.senders.resolve=0.2",
    "groups.senders.requires.backstop=0",
)
RUSSIAS, SENDERS = "states.russia.red_lines", "groups.senders.red_lines"


class Line(NamedTuple):
    """A red line of the file above, and what it moves which way once it has weight."""

    path: str
    measure: str
    more: bool
    settings: tuple[str, ...] = ()
    severity: float = 0.8


LINES = {
    "a presence that provokes: more strikes": Line(f"{RUSSIAS}.presence", "strikes", True, SEEKER),
    "a presence that provokes: more war": Line(f"{RUSSIAS}.presence", "war", True, SEEKER),
    "arms that provoke: more war": Line(f"{RUSSIAS}.arms", "war", True, ARMED),
    "commits against strikes: more are answered": Line(
        f"{SENDERS}.strikes", "answered", True, REVISIONIST
    ),
    "commits against strikes: fewer are conceded": Line(
        f"{SENDERS}.strikes", "conceded", False, REVISIONIST
    ),
    "commits against strikes: there are fewer": Line(
        f"{SENDERS}.strikes", "strikes", False, REVISIONIST
    ),
    "commits against offensives: more are answered": Line(
        f"{SENDERS}.offensives", "answered", True, IRRESOLUTE
    ),
    "commits against offensives: deterrence fails less": Line(
        f"{SENDERS}.offensives", "failure", False, IRRESOLUTE
    ),
    "restrains the challenger from strikes": Line(f"{RUSSIAS}.no_strike", "strikes", False),
    "restrains the challenger from offensives": Line(
        f"{RUSSIAS}.no_offensive", "offensives", False
    ),
    "restrains the challenger from war": Line(f"{RUSSIAS}.no_war", "war", False),
    "restrains guarantors from the ground": Line(f"{SENDERS}.no_ground", "at_ground", False),
    "restrains guarantors from presence": Line(f"{SENDERS}.no_presence", "fighting", False),
    "restrains guarantors from war: fewer answers": Line(f"{SENDERS}.no_war", "answered", False),
    "restrains guarantors from war: more strikes": Line(f"{SENDERS}.no_war", "strikes", True),
}


def side(*settings: str) -> Side:
    return Side(FILE, settings)


def difference(says: str, measure: str, here: Side, there: Side, beyond: Contrast | None = None):
    return Contrast(says, measure, here, there, beyond=beyond).difference(PAIRS)


@pytest.mark.parametrize("says", LINES)
def test_a_line_with_weight_moves_what_it_is_about(says):
    line = LINES[says]
    drawn = side(*line.settings, f"{line.path}.severity={line.severity}")
    moved = difference(says, line.measure, drawn, side(*line.settings))
    assert (moved.low > 0) if line.more else (moved.high < 0), moved


def test_every_kind_of_line_that_may_be_drawn_is_tried():
    scenario = load(FILE)
    tried = set()
    for line in LINES.values():
        block, owner, _, name = line.path.split(".")
        state = scenario.groups[owner][0] if block == "groups" else owner
        path = f"states.{state}.red_lines.{name}"
        watches, effect = (int(scenario[f"{path}.{word}"].mean) for word in ("watches", "effect"))
        tried.add((scenario.role(state), Effect(effect), Watch(watches)))
    allowed = {(who, effect, watch) for (who, effect), w in ALLOWED.items() for watch in w}
    shipped = {(Role.CHALLENGER, Effect.PROVOKES, Watch.GROUND_FOOTPRINT)}
    assert allowed - tried == shipped, "the one that is left is in the scenarios, and tried below"


class TestBluffs:
    """A bluff is declared and reckoned with, but its owner does not act on it."""

    def declared(self, path: str, *settings: str, meant: bool) -> Side:
        backed = f"{path}.backed={str(meant).lower()}"
        return side(*settings, f"{path}.severity=0.8", backed)

    def test_the_challenger_strikes_for_a_line_it_means_and_not_for_a_bluff(self):
        path = f"{RUSSIAS}.foreign_troops"
        meant, bluff = (self.declared(path, *SEEKER, meant=meant) for meant in (True, False))
        none = side(*SEEKER, f"{path}.severity=0")
        assert difference("meant over bluff", "strikes", meant, bluff).low > 0.1
        assert abs(difference("bluff over none", "strikes", bluff, none).value) < 0.1

    def test_a_bluff_keeps_others_away_all_the_same(self):
        path = f"{RUSSIAS}.foreign_troops"
        bluff = self.declared(path, *SEEKER, meant=False)
        none = side(*SEEKER, f"{path}.severity=0")
        assert difference("a threat keeps away", "fighting", none, bluff).low > 0

    def test_a_promise_deters_meant_or_not_but_is_kept_only_if_meant(self):
        path = f"{SENDERS}.offensives"
        meant, bluff = (self.declared(path, *IRRESOLUTE, meant=meant) for meant in (True, False))
        none = side(*IRRESOLUTE)
        for declared in (meant, bluff):
            assert difference("it deters", "offensives", none, declared).low > 0
        assert difference("it is kept", "answered", meant, bluff).low > 0
        assert difference("deterrence fails less", "failure", bluff, meant).low > 0


class TestCredit:
    """A line crossed in vain is believed less, and a bluff is crossed in vain more often."""

    PROMISES = tuple(f"{SENDERS}.{name}.severity=1" for name in ("strikes", "offensives"))
    BLUFFS = tuple(f"{SENDERS}.{name}.backed=false" for name in ("strikes", "offensives"))
    WEAK = (*IRRESOLUTE, *PROMISES)

    def costs(self, *settings: str, measure: str = "offensives") -> Contrast:
        """What it adds to ``measure`` that credit can be lost at all."""
        lost, kept = (f"constants.credit_lost={share}" for share in (0.9, 0))
        return Contrast("", measure, side(*settings, lost), side(*settings, kept))

    def test_a_bluff_once_called_deters_less(self):
        for measure in ("offensives", "failure"):
            called = self.costs(*self.WEAK, *self.BLUFFS, measure=measure)
            assert called.difference(PAIRS).low > 0

    def test_it_costs_a_bluff_more_than_a_promise_that_is_meant(self):
        meant = self.costs(*self.WEAK)
        bluff = self.costs(*self.WEAK, *self.BLUFFS)
        here, there = bluff.here, bluff.there
        assert there is not None
        assert difference("a bluff wears off", "offensives", here, there, beyond=meant).low > 0
