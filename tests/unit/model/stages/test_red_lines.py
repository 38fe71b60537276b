"""Red lines do what they say: a line that provokes, commits or restrains moves what it is about,
run by run on the same luck, and a bluff only as far as it is believed."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, NamedTuple

import numpy as np
import pytest

from sim.engines.mesa_model import ThinLineModel
from sim.enums import Effect, Role, Watch
from sim.model.build import Setup, build
from sim.scenario.load import load
from sim.scenario.schema import ALLOWED
from sim.validation.contrast import Contrast, Side
from tests.scenarios import DATA

# Without other mechanisms, and with the weights of the scenarios that are shipped.
FILE, SHIPPED = (str(DATA / f"{name}.yaml") for name in ("red_lines_alone", "red_lines"))
PAIRS = 3000
# A difference is looked at after each of these numbers of pairs, until it is clear. The intervals
# of all looks hold at once, so that looking several times does not raise the error rate.
LOOKS = (PAIRS // 5, PAIRS, 4 * PAIRS)
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
        f"{RUSSIAS}.no_offensive", "mobilisations", False
    ),
    "restrains the challenger from war": Line(f"{RUSSIAS}.no_war", "war", False),
    "restrains guarantors from the ground": Line(f"{SENDERS}.no_ground", "at_ground", False),
    "restrains guarantors from presence": Line(f"{SENDERS}.no_presence", "fighting", False),
    "restrains guarantors from war: fewer answers": Line(f"{SENDERS}.no_war", "answered", False),
    "restrains guarantors from war: more strikes": Line(f"{SENDERS}.no_war", "strikes", True),
}


def side(*settings: str) -> Side:
    return Side(FILE, settings)


def difference(says: str, measure: str, here: Side, there: Side, pairs: int = PAIRS):
    return Contrast(says, measure, here, there).difference(pairs)


def holds(contrast: Contrast) -> bool:
    return any(contrast.holds(contrast.difference(pairs, len(LOOKS))) for pairs in LOOKS)


def is_more(measure: str, here: Side, there: Side, at_least: float = 0.0) -> bool:
    """Whether the measure is higher on the first side."""
    return holds(Contrast("", measure, here, there, at_least))


@pytest.mark.parametrize("says", LINES)
def test_a_line_with_weight_moves_what_it_is_about(says):
    line = LINES[says]
    drawn = side(*line.settings, f"{line.path}.severity={line.severity}")
    without = side(*line.settings)
    assert is_more(line.measure, *((drawn, without) if line.more else (without, drawn)))


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
        assert is_more("strikes", meant, bluff, at_least=0.1)
        assert abs(Contrast("", "strikes", bluff, none).difference(PAIRS).value) < 0.1

    def test_a_bluff_keeps_others_away_all_the_same(self):
        path = f"{RUSSIAS}.foreign_troops"
        bluff = self.declared(path, *SEEKER, meant=False)
        none = side(*SEEKER, f"{path}.severity=0")
        assert is_more("fighting", none, bluff)

    def test_a_promise_deters_meant_or_not_but_is_kept_only_if_meant(self):
        path = f"{SENDERS}.offensives"
        meant, bluff = (self.declared(path, *IRRESOLUTE, meant=meant) for meant in (True, False))
        none = side(*IRRESOLUTE)
        for declared in (meant, bluff):
            assert is_more("mobilisations", none, declared)
        assert is_more("answered", meant, bluff)
        assert is_more("failure", bluff, meant)


class TestShippedWeights:
    """Claims that are harder to see, or hold with a condition, under the weights of the library.

    All others hold there as they stand.
    """

    # Differences are a tenth of those above, because more than a promise is weighed.
    PAIRS = 6_000
    OFFENSIVES = f"{SENDERS}.offensives"

    def promised(self, meant: bool) -> Side:
        backed = f"{self.OFFENSIVES}.backed={str(meant).lower()}"
        return Side(SHIPPED, (*IRRESOLUTE, f"{self.OFFENSIVES}.severity=0.8", backed))

    def difference(self, measure: str, here: Side, there: Side):
        return difference("", measure, here, there, pairs=self.PAIRS)

    def test_a_promise_against_offensives_leaves_fewer_of_them_to_answer(self):
        """So answers hardly become more frequent than without it, although it is kept."""
        meant, none = self.promised(True), Side(SHIPPED, IRRESOLUTE)
        assert self.difference("mobilisations", meant, none).high < 0
        assert abs(self.difference("answered", meant, none).value) < 0.03

    def test_a_promise_that_is_meant_is_kept_and_deterrence_fails_less_than_by_a_bluff(self):
        meant, bluff = self.promised(True), self.promised(False)
        assert self.difference("answered", meant, bluff).low > 0.03
        assert self.difference("failure", bluff, meant).low > 0

    def test_a_restraint_on_presence_keeps_from_the_fight_if_it_is_crossed_below_the_ground(self):
        """A line of reach 1 is fully crossed by ground troops only, whose owners then fight from
        air and sea."""
        line = f"{SENDERS}.no_presence"
        far, near = (
            Side(SHIPPED, (f"{line}.severity=0.8", f"{line}.reach={reach}")) for reach in (1, 0.3)
        )
        none = Side(SHIPPED)
        assert -0.2 < difference("", "fighting", far, none).value < 0.1
        assert difference("", "fighting", near, none).high < -2


class TestCredit:
    """What its owner does tells others whether a line is meant: a bluff once called is believed
    less, a line that is meant is not."""

    PROMISES = (
        *IRRESOLUTE,
        *(f"{SENDERS}.{name}.severity=1" for name in ("strikes", "offensives")),
    )
    # Weighed often and strongly: a single month in which a threat is not acted on says little.
    THREAT = (
        "states.russia.ambition=0.3",
        "states.russia.fear=1",
        "constants.challenger_review=0.5",
        f"{RUSSIAS}.foreign_troops.severity=1",
    )
    UNBACKED: ClassVar[dict] = {
        PROMISES: tuple(f"{SENDERS}.{name}.backed=false" for name in ("strikes", "offensives")),
        THREAT: (f"{RUSSIAS}.foreign_troops.backed=false",),
    }

    def is_more_beyond(self, lines: tuple[str, ...], measure: str, belief: float) -> bool:
        """Whether bluff differs more from meant where others start from that belief and learn,
        than where they believe every line and learn nothing."""
        learning, trusting = (
            Contrast(
                "",
                measure,
                side(*lines, *self.UNBACKED[lines], f"constants.line_belief={start}"),
                side(*lines, f"constants.line_belief={start}"),
            )
            for start in (belief, 1.0)
        )
        return holds(replace(learning, beyond=trusting))

    @pytest.mark.parametrize("measure", ["mobilisations", "failure"])
    def test_a_promise_found_to_be_a_bluff_deters_less(self, measure):
        assert self.is_more_beyond(self.PROMISES, measure, 0.7)

    def test_a_threat_found_to_be_a_bluff_keeps_fewer_off_the_ground(self):
        assert self.is_more_beyond(self.THREAT, "at_ground", 0.7)

    @pytest.mark.parametrize(("lines", "owner"), [(PROMISES, "denmark"), (THREAT, "russia")])
    def test_in_the_end_a_bluff_is_believed_less_than_a_line_meant(self, lines, owner):
        meant, bluff = self.credit(lines, owner), self.credit(lines, owner, bluff=True)
        assert meant - bluff > 0.03
        assert bluff < load(FILE)["constants.line_belief"].mean

    def credit(
        self, lines: tuple[str, ...], owner: str, bluff: bool = False, runs: int = 30
    ) -> float:
        """How far the owner's lines are believed at the end, on average."""
        setup = build(load(FILE, [*lines, *(self.UNBACKED[lines] if bluff else ())]))
        place = setup.states.index(owner)
        return float(np.mean([ended(setup, run)["credit"][place] for run in range(runs)]))


def ended(setup: Setup, run: int):
    """The world at the end of a run."""
    model = ThinLineModel(setup, run)
    while model.running:
        model.step()
    return model.world
