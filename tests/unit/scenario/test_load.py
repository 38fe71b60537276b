from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sim import resources
from sim.enums import Participation, Role
from sim.errors import Place, ScenarioError
from sim.scenario.constants import CONSTANTS
from sim.scenario.distributions import Distribution
from sim.scenario.load import load
from sim.scenario.scenario import Scenario, Value
from sim.scenario.schema import (
    CHALLENGE_DEFAULTS,
    RED_LINE,
    REQUIRES,
    SETTING,
    STATE,
    WORLD_PARAMETERS,
)
from tests.scenarios import TINY, scenario_of, tiny

CLARITY = float(SETTING["clarity"].default)
LADDERS = [path for path in WORLD_PARAMETERS if path.startswith("ladders.")]
Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(name: str, text: str) -> Path:
        path = tmp_path / f"{name}.yaml"
        path.write_text(f"scenario: {name}\n{text}", encoding="utf-8")
        return path

    return write


@pytest.fixture
def parent(write: Write) -> Path:
    return write("parent", TINY.split("\n", 1)[1])


def message(path: Path | str, *overrides: str) -> str:
    with pytest.raises(ScenarioError) as refused:
        load(path, overrides)
    return str(refused.value)


def distribution(scenario: Scenario, path: str) -> object:
    return scenario[path].to_yaml()


class TestOneFile:
    def test_what_is_said(self) -> None:
        scenario = tiny()
        assert (scenario.name, scenario.title) == ("tiny", "Three states")
        assert (scenario.months, scenario.runs, scenario.seed) == (12, 100, 7)
        assert scenario.states == ("poland", "russia", "ukraine")
        assert scenario.red_lines == (("russia", "foreign_troops"),)
        assert scenario.role("russia") is Role.CHALLENGER
        assert scenario.role("poland") is Role.GUARANTOR
        assert scenario["states.poland.pledge"] == Distribution(
            "fixed", (float(Participation.GROUND),)
        )

    def test_what_is_not_said_has_the_default(self) -> None:
        scenario = tiny()
        assert scenario.values["setting.clarity"] == Value(Distribution("fixed", (CLARITY,)))
        assert scenario.values["setting.clarity"].place is None
        assert distribution(scenario, "ladders.participation.ground.power") == 1
        assert (
            distribution(scenario, "ladders.challenge.strike.gain") == CHALLENGE_DEFAULTS["gain"][1]
        )

    def test_every_parameter_has_a_value(self) -> None:
        values = tiny().values
        wanted = {f"setting.{name}" for name in SETTING} | {
            f"constants.{name}" for name in CONSTANTS
        }
        wanted |= {f"states.poland.{name}" for name in STATE}
        wanted |= {f"states.poland.requires.{name}" for name in REQUIRES}
        assert wanted <= values.keys()
        assert len(values) == len(wanted) + 2 * (len(STATE) + len(REQUIRES)) + len(RED_LINE) + len(
            LADDERS
        )

    def test_a_value_knows_its_place_source_and_reason(self) -> None:
        text = TINY + "setting:\n  clarity: {fixed: 0.5, source: a.b, why: so}\n"
        value = scenario_of(text).values["setting.clarity"]
        assert value == Value(Distribution("fixed", (0.5,)), ("a.b",), "so")
        assert value.place == Place("scenario.yaml", 15, 12)

    def test_a_large_seed_is_exact(self) -> None:
        assert tiny(f"seed={2**63 - 1}").seed == 2**63 - 1

    def test_the_title_is_the_name_if_there_is_none(self) -> None:
        assert scenario_of(TINY.replace("title: Three states\n", "")).title == "Tiny"

    def test_whole_floats_are_counts(self) -> None:
        assert tiny("runs=1e4").runs == 10_000


class TestLaws:
    @pytest.mark.parametrize(
        ("written", "expected"),
        [
            ("0.5", Distribution("fixed", (0.5,))),
            ("{fixed: 0.5}", Distribution("fixed", (0.5,))),
            ("{uniform: [0.1, 0.3]}", Distribution("uniform", (0.1, 0.3), low=0, high=1)),
            (
                "{triangular: [0, 0.1, 0.3]}",
                Distribution("triangular", (0, 0.1, 0.3), low=0, high=1),
            ),
            ("{beta: [0.3, 12]}", Distribution("beta", (0.3, 12), low=0, high=1)),
            (
                "{truncated_normal: [0.3, 2]}",
                Distribution("truncated_normal", (0.3, 2), low=0, high=1),
            ),
            ("{choice: [0.3, 0.1]}", Distribution("choice", (0.1, 0.3), low=0, high=1)),
            (
                "{choice: {0.3: 1, 0.1: 2}}",
                Distribution("choice", (0.1, 0.3), (2, 1), low=0, high=1),
            ),
            ("{shift: +0.2}", Distribution("fixed", (0.8,))),
            ("{shift: 0.9}", Distribution("fixed", (1.0,))),
            (
                "{uniform: [0.1, 0.3], shift: 0.2}",
                Distribution("uniform", (0.1, 0.3), (), 0.2, 0, 1),
            ),
            ("{fixed: 0.1, shift: 0.25}", Distribution("fixed", (0.35,))),
        ],
    )
    def test_every_form(self, written: str, expected: Distribution) -> None:
        scenario = tiny("setting.clarity=0.6", f"setting.clarity={written}")
        assert scenario["setting.clarity"] == expected

    @pytest.mark.parametrize(
        ("written", "expected"),
        [
            (
                "{choice: {true: 1, false: 3}}",
                Distribution("choice", (0, 1), (3, 1), low=0, high=1),
            ),
            (
                "{choice: {'true': 1, 'false': 3}}",
                Distribution("choice", (0, 1), (3, 1), low=0, high=1),
            ),
            ("false", Distribution("fixed", (0.0,))),
        ],
    )
    def test_flags(self, written: str, expected: Distribution) -> None:
        assert tiny(f"setting.ceasefire={written}")["setting.ceasefire"] == expected

    def test_words_are_ranks(self) -> None:
        drawn = tiny("states.poland.pledge={choice: {ground: 0.3, monitoring: 0.7}}")
        assert drawn["states.poland.pledge"] == Distribution(
            "choice", (3, 5), (0.7, 0.3), low=0, high=5
        )


class TestGroups:
    TEXT = TINY + "groups: {all: {members: [poland, latvia], resolve: 0.2, candour: 0.5, %s}}\n"

    def test_values_are_for_every_member_and_a_state_s_own_value_is_stronger(self) -> None:
        scenario = scenario_of(self.TEXT % "requires: {consent: 0.4}, capability: 0.1")
        assert distribution(scenario, "states.latvia.resolve") == 0.2
        assert distribution(scenario, "states.poland.resolve") == 0.7
        assert distribution(scenario, "states.poland.candour") == 0.5
        assert distribution(scenario, "states.latvia.requires.consent") == 0.4
        assert scenario.groups == {"all": ("latvia", "poland")}

    def test_red_lines_are_every_member_s(self) -> None:
        line = "red_lines: {attack: {watches: offensive, effect: commits}}"
        scenario = scenario_of(self.TEXT % line)
        assert ("latvia", "attack") in scenario.red_lines
        assert ("poland", "attack") in scenario.red_lines

    def test_a_child_moves_each_member_s_value(self, write: Write) -> None:
        write("parent", (self.TEXT % "start: none").split("\n", 1)[1])
        path = write("child", "extends: parent\ngroups: {all: {resolve: {shift: +0.05}}}\n")
        scenario = load(path)
        assert distribution(scenario, "states.latvia.resolve") == 0.25
        assert distribution(scenario, "states.poland.resolve") == 0.75

    def test_a_child_may_replace_the_members(self, write: Write) -> None:
        write("parent", (self.TEXT % "start: none").split("\n", 1)[1])
        path = write("child", "extends: parent\ngroups: {all: {members: [latvia], resolve: 0}}\n")
        scenario = load(path)
        assert scenario.groups == {"all": ("latvia",)}
        assert distribution(scenario, "states.poland.resolve") == 0.7
        assert distribution(scenario, "states.poland.candour") == 0.5

    def test_an_override_of_a_group_is_stronger_than_any_file(self) -> None:
        scenario = scenario_of(self.TEXT % "start: none", "groups.all.resolve=0.9")
        assert distribution(scenario, "states.poland.resolve") == 0.9


class TestExtends:
    def test_a_child_says_only_what_differs(self, parent: Path, write: Write) -> None:
        path = write("child", "extends: parent\nsetting: {clarity: 0.9}\n")
        child, before = load(path), load(parent)
        changed = {p for p in child.values if child.values[p] != before.values[p]}
        assert changed == {"setting.clarity"}
        assert (child.months, child.runs, child.seed) == (12, 100, 7)
        assert child.parent == "parent"
        assert child.files == (str(path), str(parent))

    def test_title_and_lesson_are_a_file_s_own(self, parent: Path, write: Write) -> None:
        parent.write_text(parent.read_text() + "info: {debrief: talk}\n", encoding="utf-8")
        child = load(write("child", "extends: parent\n"))
        assert (child.title, child.info) == ("Child", {})

    def test_a_shift_moves_what_is_inherited(self, parent: Path, write: Write) -> None:
        parent.write_text(
            parent.read_text() + "setting: {clarity: {uniform: [0.1, 0.2], source: a.b}}\n",
            encoding="utf-8",
        )
        write("child", "extends: parent\nsetting: {clarity: {shift: 0.25}}\n")
        grandchild = load(write("last", "extends: child\nsetting: {clarity: {shift: 0.5}}\n"))
        value = grandchild.values["setting.clarity"]
        assert value.distribution == Distribution("uniform", (0.1, 0.2), (), 0.75, 0, 1)
        assert value.source == ("a.b",)

    def test_events_are_added_to_the_parent_s(self, parent: Path, write: Write) -> None:
        one = "events: [{month: %d, set: {setting.consent: 0.5}}]\n"
        parent.write_text(parent.read_text() + one % 3, encoding="utf-8")
        more = load(write("more", "extends: parent\n" + one % 5))
        none = load(write("none", "extends: parent\nevents: []\n"))
        assert [event.month for event in more.events] == [3, 5]
        assert none.events == ()

    def test_a_pledge_taken_back_takes_the_start_with_it(self, parent: Path, write: Write) -> None:
        path = write("child", "extends: parent\nstates: {poland: {pledge: none}}\n")
        assert load(path)["states.poland.start"] == Distribution("fixed", (0.0,))
        assert tiny("states.poland.pledge=none")["states.poland.start"] == Distribution(
            "fixed", (0.0,)
        )

    def test_a_new_role_forgets_what_only_the_old_one_has(self, parent: Path, write: Write) -> None:
        child = load(write("child", "extends: parent\nstates: {poland: {role: partner}}\n"))
        assert child.role("poland") is Role.PARTNER
        assert distribution(child, "states.poland.resolve") == 0.7
        assert child.values["states.poland.pledge"].place is None

    def test_a_role_without_red_lines_forgets_the_inherited_ones(self) -> None:
        changed = load("reassurance_force", ["states.united_states.role=partner"])
        owners = {state for state, _ in load("reassurance_force").red_lines}
        assert {state for state, _ in changed.red_lines} == owners - {"united_states"}

    def test_states_alone_may_be_a_parent(self, write: Write) -> None:
        write("cast", "states: {poland: {capability: 0.3}}\ngroups: {a: {members: [poland]}}\n")
        cast = "  russia: {role: challenger}\n  ukraine: {role: protege}\n"
        path = write("child", f"extends: cast\nstates:\n{cast}")
        assert load(path).states == ("poland", "russia", "ukraine")

    def test_a_path_is_taken_from_the_file_that_names_it(
        self, tmp_path: Path, parent: Path
    ) -> None:
        (tmp_path / "below").mkdir()
        path = tmp_path / "below" / "child.yaml"
        path.write_text("scenario: child\nextends: ../parent.yaml\n", encoding="utf-8")
        assert load(path).parent == "parent"

    def test_a_problem_names_the_file_it_is_in(self, parent: Path, write: Write) -> None:
        parent.write_text(parent.read_text() + "setting: {clarity: 2}\n", encoding="utf-8")
        path = write("child", "extends: parent\nsetting: {consent: 3}\n")
        said = message(path)
        assert f"{parent}:14:20" in said
        assert f"{path}:3:20" in said

    def test_a_circle_is_refused(self, write: Write) -> None:
        write("one", "extends: two\n")
        write("two", "extends: three\n")
        path = write("three", "extends: one\n")
        assert "'three' is circular: it leads back to three.yaml (remove" in message(path)

    def test_a_file_is_not_its_own_parent(self, write: Write) -> None:
        assert "'own' is this file" in message(write("own", "extends: own\n"))

    def test_a_long_chain_is_refused(self, write: Write) -> None:
        for n in range(17):
            path = write(f"f{n}", f"extends: f{n - 1}\n" if n else TINY.split("\n", 1)[1])
        assert "more than 16 files in a row" in message(path)
        assert load(path.with_name("f15.yaml")).months == 12

    def test_a_broken_parent_is_said_with_the_child_s_own_problems(self, write: Write) -> None:
        broken = write("broken", "setting: {clarity\n: [\n")
        said = message(write("child", "extends: broken\nmonths: 0\n"))
        assert str(broken) in said
        assert "months: 0 is below 1" in said

    @pytest.mark.skipif(not resources.scenario_names(), reason="no scenario is shipped yet")
    def test_a_file_may_extend_the_shipped_scenario_of_its_own_name(self, write: Write) -> None:
        name = resources.scenario_names()[0]
        mine = load(write(name, f"extends: {name}\nmonths: 7\n"))
        assert mine.months == 7
        assert mine.states == load(name).states


class TestAgain:
    """A text is read once; what is loaded from it twice is equal, and not the same."""

    def test_a_file_that_has_changed_is_read_anew(self, write: Write) -> None:
        write("parent", "extends: no_force\nsetting: {clarity: 0.2}")
        child = write("child", "extends: parent")
        assert load(child)["setting.clarity"].mean == 0.2
        write("parent", "extends: no_force\nsetting: {clarity: 0.3}")
        assert load(child)["setting.clarity"].mean == 0.3
        write("parent", "extends: no_force\nsetting: {clarity: 3}")
        for _ in range(2):
            with pytest.raises(ScenarioError, match="3 is above 1"):
                load(child)

    def test_a_change_to_what_was_loaded_does_not_stay(self) -> None:
        first = load("no_force", ["setting.clarity=0.2"])
        dict.clear(first.info)  # type: ignore[arg-type]
        again = load("no_force")
        assert again.info["what_is_it"]
        assert again["setting.clarity"] != first["setting.clarity"]


class TestOverrides:
    def test_later_ones_are_stronger(self) -> None:
        scenario = tiny("setting.clarity=0.1", "setting.clarity={shift: 0.3}", "months=3")
        assert distribution(scenario, "setting.clarity") == 0.4
        assert scenario.months == 3

    def test_no_override_makes_a_state(self) -> None:
        with pytest.raises(ScenarioError, match=r"unknown name 'polnad'.*did you mean 'poland'"):
            tiny("states.polnad.resolve=0.5")

    def test_blanks_around_the_path_and_value_are_no_matter(self) -> None:
        assert distribution(tiny(" setting.clarity = 0.25 "), "setting.clarity") == 0.25

    def test_the_place_is_the_number_of_the_override_and_the_column(self) -> None:
        with pytest.raises(ScenarioError) as refused:
            tiny("months=3", "setting.clarity={uniform: [0, 2]}")
        (problem,) = refused.value.problems
        assert problem.place == Place("--set", 2, 31)

    @pytest.mark.parametrize(
        ("override", "said"),
        [
            ("clarity=1", "did you mean 'setting.clarity'?"),
            ("russia.ambition=1", "did you mean 'states.russia.ambition'?"),
            ("probe.gain=1", "did you mean 'ladders.challenge.probe.gain'?"),
            ("setting.clarty=1", "did you mean 'clarity'?"),
            ("setting", "write --set path=value"),
            ("setting.clarity", "write --set path=value"),
            ("setting.clarity=", "is empty"),
            ("setting={clarity: 1}", "is a block"),
            ("setting.clarity=1.4", "a share from 0 to 1"),
            ("setting.clarity=[", "not readable as YAML"),
            ("setting.clarity={fixed: 1, fixed: 1}", "duplicate key"),
            ("title=x", "unknown name 'title'"),
            ("states.russia.pledge=none", "pledge is for a guarantor"),
            ("states.russia.red_lines.foreign_trops.severity=1", "'foreign_troops'?"),
            ("groups.baltic.resolve=1", "unknown name 'baltic' in groups"),
            ("setting.clarity\0=1", "unknown name"),
            ("setting.clarity=\udc80", "unprintable"),
        ],
    )
    def test_a_wrong_one_is_explained(self, override: str, said: str) -> None:
        with pytest.raises(ScenarioError) as refused:
            tiny(override)
        assert said in str(refused.value)


class TestWhere:
    def test_a_name_is_shipped_or_in_the_current_folder(
        self, parent: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(parent.parent)
        assert load("parent") == load(parent) == load("./parent.yaml")
        assert load("parent").files == ("parent.yaml",)

    @pytest.mark.parametrize("name", ["no_such_story_anywhere", "name:1:1"])
    def test_an_unknown_name_is_answered_with_where_the_names_are(self, name: str) -> None:
        said = message(name)
        assert said.startswith(f"no scenario named '{name}' (thinline list shows them all")

    @pytest.mark.parametrize("name", resources.scenario_names())
    def test_every_shipped_scenario_loads(self, name: str) -> None:
        scenario = load(name)
        assert scenario.name == name
