"""``list``, ``validate``, ``init``, ``schema`` and ``doctor``."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

import sim
from sim import resources

WRONG = "scenario: mine\nextends: no_force\nsetting: {clarity: 1.4}\nstates: {polnad: {}}\n"


class TestList:
    def test_all_that_is_shipped_with_parent_and_title(self, ask):
        listed = ask("list", "--json").document["scenarios"]
        assert [entry["name"] for entry in listed] == resources.scenario_names()
        for entry in listed:
            scenario = sim.load(entry["name"])
            assert (entry["title"], entry["parent"]) == (scenario.title, scenario.parent)

    def test_as_text(self, ask):
        lines = ask("list").out.splitlines()
        assert lines[0].split() == ["scenario", "extends", "title"]
        assert [line.split()[0] for line in lines[1:]] == resources.scenario_names()


class TestValidate:
    def test_a_good_one(self, ask):
        answer = ask("validate", "no_force")
        assert (answer.code, answer.out) == (0, "no_force: valid\n")

    def test_all_problems_of_a_wrong_one_at_once(self, ask, workplace):
        (workplace / "mine.yaml").write_text(WRONG, "utf-8")
        answer = ask("validate", "mine.yaml")
        assert answer.code == 3
        assert answer.out == ""
        assert "mine.yaml:3:20" in answer.err
        assert "1.4" in answer.err
        assert "Traceback" not in answer.err

    def test_a_wrong_one_does_not_hide_the_others(self, ask, workplace):
        (workplace / "mine.yaml").write_text(WRONG, "utf-8")
        answer = ask("validate", "mine.yaml", "no_force", "missing.yaml")
        assert answer.code == 3
        assert answer.out == "no_force: valid\n"
        assert "missing.yaml:1:1" in answer.err

    def test_as_a_document(self, ask, workplace):
        (workplace / "mine.yaml").write_text(WRONG, "utf-8")
        answer = ask("validate", "mine.yaml", "no_force", "--json")
        assert answer.code == 3
        assert answer.document["valid"] is False
        mine, other = answer.document["files"]
        assert (mine["file"], mine["valid"]) == ("mine.yaml", False)
        assert (other["scenario"], other["problems"]) == ("no_force", [])
        problem = mine["problems"][0]
        assert (problem["file"], problem["line"], problem["column"]) == ("mine.yaml", 3, 20)
        assert problem["remedy"]

    def test_a_guarantor_that_can_never_take_part_is_remarked_on(self, ask, workplace):
        text = "scenario: mine\nextends: no_force\nstates: {poland: {requires: {others: 99}, "
        (workplace / "mine.yaml").write_text(f"{text}pledge: ground}}}}\n", "utf-8")
        answer = ask("validate", "mine.yaml")
        assert (answer.code, answer.out) == (0, "mine.yaml: valid\n")
        assert "Note: Poland requires 99 other guarantors" in answer.err
        (only,) = ask("validate", "mine.yaml", "--json").document["files"]
        assert [text[:6] for text in only["remarks"]] == ["Poland"]

    def test_without_files_is_a_usage_error(self, ask):
        assert ask("validate").code == 2


class TestInit:
    def test_its_scenario_is_valid_and_fits_the_schema(self, ask, workplace):
        answer = ask("init", "lesson")
        files = answer.out.split()
        assert answer.code == 0
        assert files == ["lesson/my_scenario.yaml", "lesson/scenario.schema.json"]
        scenario = sim.load(files[0])
        assert scenario.parent == "reassurance_force"
        assert len(scenario.events) > len(sim.load("reassurance_force").events)
        schema = json.loads(Path(files[1]).read_text("utf-8"))
        text = Path(files[0]).read_text("utf-8")
        assert text.startswith(f"# yaml-language-server: $schema={Path(files[1]).name}\n")
        jsonschema.validate(yaml.safe_load(text), schema)

    def test_the_commands_in_its_comments_work(self, ask, workplace):
        ask("init")
        text = (workplace / "my_scenario.yaml").read_text("utf-8")
        commands = [line.split()[2:4] for line in text.splitlines() if "#   thinline " in line]
        assert [verb for verb, _ in commands] == ["validate", "run"]
        assert ask(*commands[0]).code == 0
        assert ask(*commands[1], "--runs", "20", "--no-report").code == 0

    def test_overwrites_nothing(self, ask, workplace):
        (workplace / "scenario.schema.json").write_text("mine")
        answer = ask("init")
        assert answer.code == 2
        assert "scenario.schema.json" in answer.err
        assert [path.name for path in workplace.iterdir()] == ["scenario.schema.json"]
        assert (workplace / "scenario.schema.json").read_text() == "mine"

    def test_a_folder_with_the_name_of_a_scenario_file(self, ask, workplace):
        answer = ask("init", "mine.yaml")
        assert answer.code == 2
        assert "name a folder, such as mine: my_scenario.yaml is created in it" in answer.err
        assert list(workplace.iterdir()) == []

    def test_a_path_below_a_file(self, ask, workplace):
        (workplace / "file").write_text("")
        answer = ask("init", "file/below")
        assert answer.code == 2
        assert "file is a file, not a folder" in answer.err

    def test_as_a_document(self, ask):
        assert ask("init", "--json").document["files"] == [
            "my_scenario.yaml",
            "scenario.schema.json",
        ]


class TestSchema:
    def test_it_is_a_schema_and_the_shipped_scenarios_fit_it(self, ask):
        schema = json.loads(ask("schema").out)
        kind = jsonschema.validators.validator_for(schema)
        kind.check_schema(schema)
        fits = kind(schema)
        for name in resources.scenario_names():
            answer = yaml.safe_load(resources.scenario_file(name).read_text("utf-8"))
            fits.validate(answer)

    def test_a_misspelt_key_does_not_fit(self, ask):
        schema = ask("schema", "--json").document["schema"]
        with pytest.raises(jsonschema.ValidationError, match="clearity"):
            jsonschema.validate({"scenario": "mine", "setting": {"clearity": 1}}, schema)


class TestDoctor:
    def test_every_requirement_is_met_here(self, ask):
        document = ask("doctor", "--json").document
        assert document["ok"] is True
        names = {check["name"] for check in document["checks"]}
        assert {"thinline", "python", "numpy", "numba", "processors"} <= names
        assert all(check["ok"] and check["found"] for check in document["checks"])

    def test_an_unmet_requirement_has_a_remedy(self, ask, monkeypatch):
        monkeypatch.setattr("sim.cli.doctor.PACKAGES", ("numpy", "numpyy"))
        answer = ask("doctor")
        assert answer.code == 1
        assert "numpyy: install thinline again" in answer.out
        document = ask("doctor", "--json").document
        assert document["ok"] is False
        assert [check["name"] for check in document["checks"] if not check["ok"]] == ["numpyy"]


SECRET = "hunter2"
FOREIGN = [
    f"API_KEY={SECRET}\n",
    f"password: {SECRET}\n",
    f"{SECRET}: x\n",
    f"- {SECRET}\n",
    f'["{SECRET}"]',
]


@pytest.mark.parametrize("text", FOREIGN)
@pytest.mark.parametrize("verb", ["validate", "run", "explain", "sweep"])
def test_nothing_of_a_file_that_is_no_scenario_is_quoted(ask, workplace, text, verb):
    (workplace / "env").write_text(text)
    (workplace / "mine.yaml").write_text("scenario: mine\nextends: ./env\n")
    for file in ("./env", "./mine.yaml"):
        answer = ask(verb, file, *(["--over", "setting.clarity=0,1"] if verb == "sweep" else []))
        assert answer.code == 3
        assert SECRET not in answer.out + answer.err


def test_a_control_character_in_a_text_is_refused(ask, workplace):
    text = 'scenario: mine\nextends: no_force\ntitle: "\\e[31mred"\n'
    (workplace / "mine.yaml").write_text(text)
    answer = ask("validate", "mine.yaml")
    assert answer.code == 3
    assert "mine.yaml:3:8  an escaped unprintable character, U+001B" in answer.err
    assert "\x1b" not in answer.out + answer.err


@pytest.mark.parametrize("words", [["--set", "\x1b[2J=1"], ["--\x1b[2J"], ["--runs", "\u202e9"]])
def test_a_command_with_control_characters_is_quoted_without_them(ask, words):
    answer = ask("run", "no_force", *words)
    assert answer.code == 2
    assert all(letter.isprintable() for letter in answer.err.strip())
