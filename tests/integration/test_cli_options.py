"""Options mean the same in every verb, and the same mistake is refused in the same way."""

from __future__ import annotations

import html
import json
import os
import shlex
import subprocess
import sys
import tomllib
from collections import defaultdict
from pathlib import Path

import click
import pytest

from sim import __version__
from tests.integration.conftest import ROOT
from tests.integration.verbs import (
    COMMANDS,
    DRAWING,
    QUICK_ARGUMENTS,
    READING,
    SIMULATING,
    VARYING,
    suggested_command,
)

SIZE_OPTIONS = {"discover": "--points", "sensitivity": "--base-sample", "robustness": "--runs"}
INVALID = ["", "nan", "-1", "1e400", "9" * 23, "\udcff"]


def options(verb: click.Command) -> list[click.Option]:
    return [each for each in verb.params if isinstance(each, click.Option)]


class TestVocabulary:
    # What is counted, drawn, spread or written differs from verb to verb, and says so in its help.
    OWN = frozenset({"--over", "--points", "--outcome", "--until-ci", "--force", "--all", "--out"})

    def test_an_option_is_the_same_in_every_verb_that_has_it(self):
        found = defaultdict(set)
        for verb in COMMANDS.values():
            if verb.name in ("theory", "sweep"):
                continue
            for option in options(verb):
                if not set(option.opts) & self.OWN:
                    shape = (
                        tuple(option.opts),
                        type(option.type).__name__,
                        option.multiple,
                        option.metavar,
                    )
                    found[option.opts[0]].add(shape)
        assert {name: len(shapes) for name, shapes in found.items() if len(shapes) > 1} == {}

    @pytest.mark.parametrize("name", [*SIMULATING, "theory"])
    def test_runs_have_both_their_names(self, name):
        found = [option.opts for option in options(COMMANDS[name])]
        assert ["--runs", "--replications"] in found

    @pytest.mark.parametrize("name", SIMULATING)
    def test_simulating_verbs_have_seed_changes_threads_and_json(self, name):
        every = {word for option in options(COMMANDS[name]) for word in option.opts}
        assert {"--runs", "--seed", "--set", "--jobs", "--json"} <= every


class TestChanges:
    """Nobody takes the results of a changed scenario for those of the scenario as it is."""

    CHANGES = ("setting.backstop=0.123", "events.event_1=null")
    ASKED = ("--set", "setting.backstop=0.123", "--without-event", "event_1")

    @pytest.fixture
    def words(self, workplace):
        """The quick arguments of a verb, with a scenario that has an event."""
        text = "extends: no_force\nevents: [{month: 9, set: {setting.clarity: 0.5}}]\n"
        (workplace / "own.yaml").write_text(f"scenario: own\n{text}", "utf-8")
        return lambda verb: [{"no_force": "own.yaml"}.get(w, w) for w in QUICK_ARGUMENTS[verb]]

    @pytest.mark.parametrize("verb", READING)
    def test_a_document_has_them_below_its_head(self, ask, words, verb):
        arguments = [word for word in words(verb) if word != "reassurance_force"]
        more = ["--with", "setting.clarity=0.9"] if verb == "compare" else []
        document = ask(verb, *arguments, *more, *self.ASKED, "--json").document
        assert document["overrides"] == list(self.CHANGES)
        assert "overrides" not in ask(verb, *arguments, *more, "--json").document

    @pytest.mark.parametrize("verb", [*SIMULATING, "trace"])
    def test_the_text_says_them(self, ask, words, verb):
        arguments = [word for word in words(verb) if word != "reassurance_force"]
        more = ["--with", "setting.clarity=0.9"] if verb == "compare" else []
        changed = "Changed in the scenario: setting.backstop=0.123, without event event_1"
        assert changed in ask(verb, *arguments, *more, *self.ASKED).out
        assert "Changed in the scenario" not in ask(verb, *arguments, *more).out

    def test_those_of_a_counterfactual_are_of_the_other_run(self, ask):
        words = ("trace", "no_force", "--run", "1", *self.ASKED[:2], "--counterfactual")
        document = ask(*words, "--json").document
        assert "overrides" not in document
        assert document["against"]["overrides"] == list(self.CHANGES[:1])
        assert "Changed in the scenario" not in ask(*words).out

    def test_a_change_that_has_no_effect_is_none(self, ask):
        words = QUICK_ARGUMENTS["thin-line"]
        answer = ask("thin-line", *words, "--set", "setting.force_size=2", *self.ASKED[:2])
        assert "setting.force_size has no effect" in answer.err
        assert "Changed in the scenario: setting.backstop=0.123\n" in answer.out

    @pytest.mark.parametrize("verb", ["run", "trace"])
    def test_the_page_of_runs_says_them(self, ask, words, workplace, verb):
        arguments = [word for word in words(verb) if word != "--no-report"]
        ask(verb, *arguments, *self.ASKED, "--figure", "page.html")
        page = (workplace / "page.html").read_text("utf-8")
        said = "<code>setting.backstop=0.123</code>, <code>without event event_1</code>"
        assert f"Changed in the scenario: {said}" in page


def mistakes():
    """A verb, arguments with a mistake, and the exit code."""
    for verb in SIMULATING:
        yield verb, ["no_force", *QUICK_ARGUMENTS[verb][1:], "--runs", "0"], 2
        yield verb, ["no_force", *QUICK_ARGUMENTS[verb][1:], "--runs", "-5"], 2
        yield verb, ["no_force", *QUICK_ARGUMENTS[verb][1:], "--runs", "many"], 2
        yield verb, [*QUICK_ARGUMENTS[verb], "--jobs", "0"], 2
    for verb in READING:
        yield verb, [*QUICK_ARGUMENTS[verb], "--set", "setting.clarty=1"], 2
        yield verb, [*QUICK_ARGUMENTS[verb], "--set", "setting.clarity=7"], 2
        yield verb, [*QUICK_ARGUMENTS[verb], "--set", "states.russia.role=guarantor"], 2
        rest = QUICK_ARGUMENTS[verb][1:] if verb != "compare" else ["no_force", "--runs", "10"]
        yield verb, ["no_forse", *rest], 3
        yield verb, ["missing.yaml", *rest], 3
        yield verb, ["wrong.yaml", *rest], 3
        yield verb, ["wrong.yaml", *rest, "--set", "setting.clarty=1"], 3
    for verb in [*SIMULATING, "trace", "theory"]:
        yield verb, [*QUICK_ARGUMENTS[verb], "--seed", "-1"], 2
        yield verb, [*QUICK_ARGUMENTS[verb], "--seed", str(2**63)], 2
    for verb, values in VARYING.items():
        yield verb, ["no_force", "--over", f"setting.clarty={values}"], 2
        yield verb, ["no_force", "--over", f"runs={values}"], 2
        yield verb, ["no_force", "--over", f"events.9.month={values}"], 2
    for verb in DRAWING:
        for file in ("", ".", "/", "folder", "out.gif", "nowhere/page.html", "file/page.html"):
            yield verb, [*QUICK_ARGUMENTS[verb], "--figure", file], 2
    for verb in ("run", "sweep"):
        for folder in ("file", "file/below", "x" * 300):
            yield verb, [*QUICK_ARGUMENTS[verb], "--out", folder], 2
    yield "init", ["file"], 2
    yield "sweep", ["no_force", "--over", "setting.clarity=0,1", "--design", "steam"], 2
    yield "sweep", ["sweep.yaml"], 3
    yield "thin-line", ["no_force", "--second-factor", "setting.clarty=0:1:3"], 2
    yield "thin-line", ["no_force", "--second-factor", ""], 2
    yield "sensitivity", ["no_force", "--method", "steam"], 2
    yield "sensitivity", ["no_force", "--base-sample", "64"], 2
    yield "trace", ["no_force", "--run", str(10**30)], 2
    yield "trace", ["no_force", "--run", "-1"], 2
    yield "compare", ["no_force", "--with", ""], 2
    yield "compare", ["no_force", "--with", " ; "], 2
    yield "explain", ["no_force", "nothing.there"], 2
    yield "explain", ["no_force", "events.9"], 2
    yield "theory", ["contes"], 2
    yield "validate", ["no_forse"], 3
    for verb, most in (("discover", 10**8), ("sensitivity", 2**30), ("robustness", 10**9)):
        name = SIZE_OPTIONS[verb]
        how = ["--method", "sobol"] if verb == "sensitivity" else []
        yield verb, ["no_force", *how, name, str(most)], 2
    yield "thin-line", ["no_force", "--runs", str(10**9)], 2
    yield "trace", ["no_force", "--select", "worst", "--candidates", str(10**9)], 2


@pytest.fixture
def wrong_files(workplace):
    (workplace / "wrong.yaml").write_text("scenario: wrong\nsetting: {clarity: 7}\n", "utf-8")
    (workplace / "sweep.yaml").write_text("sweep: mine\nscenario: no_force\ndesign: x\n", "utf-8")
    (workplace / "file").write_text("")
    (workplace / "folder").mkdir()


@pytest.mark.parametrize(
    ("verb", "words", "code"),
    list(mistakes()),
    ids=[f"{verb} {' '.join(words)[-60:]}" for verb, words, _ in mistakes()],
)
def test_a_mistake_has_the_same_exit_code_in_every_verb_and_nothing_is_run(
    ask, wrong_files, monkeypatch, verb, words, code
):
    monkeypatch.setattr("sim.engines.ensemble.play", None)
    answer = ask(verb, *words, "--json")
    assert answer.code == code, answer.err
    assert answer.err.strip()
    document = answer.document
    if verb != "validate":
        assert document["error"] == {2: "usage", 3: "scenario"}[code]
        assert document["exit_code"] == code
        assert document["remedy"] or document["problems"]


def invalid_values(verb: click.Command):
    """Arguments of a verb with each option, and the first argument, set to each invalid value."""
    words = QUICK_ARGUMENTS[verb.name or ""]
    for value in INVALID:
        for option in options(verb):
            if not option.is_flag:
                yield [*words, option.opts[0], value]
        if words:
            yield [value, *words[1:]]


@pytest.mark.parametrize("verb", COMMANDS.values(), ids=COMMANDS.keys())
def test_an_invalid_value_never_causes_a_traceback(ask, verb):
    for words in invalid_values(verb):
        answer = ask(verb.name, *words, "--json")
        assert answer.code in (0, 2, 3), (words, answer.err)
        document = json.loads(answer.out)
        if answer.code:
            assert answer.err.strip(), words
        if "error" in document:
            assert document["remedy"] or document["problems"], words


class TestTargets:
    @pytest.mark.parametrize("verb", DRAWING)
    def test_a_full_disk_for_the_page_keeps_the_printed_results(self, ask, monkeypatch, verb):
        write = Path.write_bytes

        def full(path, data):
            if path.name == ".page.html.part":
                raise OSError(28, "No space left on device")
            return write(path, data)

        def printed(answer):
            """What is printed, without the name of a new folder."""
            return [line for line in answer.out.splitlines() if not line.startswith("results")]

        text = printed(ask(verb, *QUICK_ARGUMENTS[verb]))
        monkeypatch.setattr(Path, "write_bytes", full)
        answer = ask(verb, *QUICK_ARGUMENTS[verb], "--figure", "page.html")
        assert answer.code == 1
        assert "free some space there" in answer.err
        assert printed(answer) == text

    @pytest.mark.parametrize("verb", DRAWING)
    def test_a_page_suggests_what_the_terminal_suggests(self, ask, workplace, verb):
        answer = ask(verb, *QUICK_ARGUMENTS[verb], "--figure", "page.html")
        page = html.unescape((workplace / "page.html").read_text("utf-8"))
        assert shlex.join(["thinline", *suggested_command(answer)]) in page

    def test_a_page_may_lie_in_the_folder_of_a_sweep(self, ask, workplace):
        words = [*QUICK_ARGUMENTS["sweep"], "--figure", "kept/page.html", "--out", "kept"]
        assert ask("sweep", *words).code == 0
        assert (workplace / "kept" / "page.html").exists()

    @pytest.mark.skipif(os.name != "posix", reason="elsewhere a name may hold no colon")
    @pytest.mark.parametrize("verb", ["run", "sweep"])
    def test_a_folder_may_have_a_colon_in_its_name(self, ask, verb):
        assert ask(verb, *QUICK_ARGUMENTS[verb], "--out", "a:b").code == 0

    def test_a_refused_command_leaves_no_files(self, ask, workplace):
        ask("thin-line", "no_forse", "--figure", "page.html")
        assert list(workplace.iterdir()) == []


class TestStart:
    PROGRAM = """
import sys

class Pressed:
    def find_spec(self, name, *_):
        if name == "sim.cli.main":
            sys.meta_path.remove(self)
            raise KeyboardInterrupt

sys.meta_path.insert(0, Pressed())
sys.argv[1:] = {words!r}
from sim.__main__ import main
main()
"""

    def stopped(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A command that is interrupted during its imports."""
        program = self.PROGRAM.format(words=list(words))
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        return subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, env=environment
        )

    def test_ctrl_c_during_imports_gives_no_traceback(self):
        done = self.stopped("list")
        assert (done.returncode, done.stdout, done.stderr) == (130, "", "stopped\n")

    def test_it_is_a_document_too(self):
        document = json.loads(self.stopped("list", "--json").stdout)
        assert (document["error"], document["exit_code"]) == ("interrupted", 130)

    def test_the_installed_command_starts_there(self):
        project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
        assert project["project"]["scripts"] == {"thinline": "sim.__main__:main"}

    def test_python_m_sim_is_the_same_command(self):
        words = [sys.executable, "-m", "sim", "--version"]
        done = subprocess.run(words, capture_output=True, text=True)
        assert (done.returncode, done.stdout) == (0, f"thinline {__version__}\n")


@pytest.mark.skipif(os.name != "posix", reason="names as POSIX has them")
@pytest.mark.parametrize("option", ["--figure", "--out"])
def test_a_name_that_is_no_text_is_refused_before_anything_is_run(ask, workplace, option):
    answer = ask("run", "no_force", option, os.fsdecode(b"r\xe9.html"))
    assert answer.code == 2
    assert r"cannot write r\udce9.html: the name is not text" in answer.err
    assert not list(workplace.iterdir())


@pytest.mark.parametrize("missing", ["starlette", "uvicorn", "segno"])
def test_the_room_without_its_extra_says_what_to_install(missing: str) -> None:
    code = f"import sys; sys.modules[{missing!r}] = None; from sim.__main__ import main; main()"
    found = subprocess.run(
        [sys.executable, "-c", code, "serve", "--room", "--port", "0"],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert found.returncode == 4
    assert found.stdout == ""
    assert 'pip install -e ".[classroom]"' in found.stderr
