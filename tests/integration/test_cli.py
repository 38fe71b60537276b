"""Properties of every verb: JSON, help, usage errors, start-up, terminal output and Ctrl-C."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from subprocess import PIPE
from typing import BinaryIO

import click
import pytest
from pyarrow.parquet import read_metadata

from sim import __version__
from sim.cli.deferred import VerbCommand
from sim.cli.main import VERBS
from tests.integration.command import COMMAND
from tests.integration.verbs import COMMANDS, QUICK_ARGUMENTS
from tests.scenarios import TINY

HEAVY = {"numpy", "numba", "scipy", "mesa", "plotly", "pyarrow", "rich", "yaml", "jinja2"}
NAMES = list(VERBS)


def test_every_verb_has_quick_arguments():
    assert list(QUICK_ARGUMENTS) == NAMES


@pytest.mark.parametrize("verb", NAMES)
def test_the_summary_in_the_list_is_the_first_sentence_of_the_help(verb):
    first = (COMMANDS[verb].help or "").partition("\n\n")[0].rstrip(".")
    assert " ".join(first.split()).startswith(VERBS[verb].summary.rstrip("."))
    assert COMMANDS[verb].name == verb


@pytest.mark.parametrize("verb", NAMES)
def test_json_is_one_document_with_a_version(ask, verb):
    answer = ask(verb, *QUICK_ARGUMENTS[verb], "--json")
    assert answer.code == 0
    assert answer.document


@pytest.mark.parametrize("verb", [name for name in NAMES if name != "schema"])
def test_text_is_not_json_and_names_a_next_command(ask, verb):
    answer = ask(verb, *QUICK_ARGUMENTS[verb])
    assert answer.code == 0
    assert not answer.out.startswith("{")
    assert "Try next: thinline " in answer.err


@pytest.mark.parametrize("verb", NAMES)
def test_help_shows_usage_and_options(ask, verb):
    answer = ask(verb, "--help")
    assert answer.code == 0
    assert answer.out.startswith(f"Usage: thinline {verb} ")
    assert "--json" in answer.out or isinstance(COMMANDS[verb], click.Group)


@pytest.mark.parametrize("words", [(), ("run",), ("lesson", "build")])
def test_help_has_a_short_name(ask, words):
    assert ask(*words, "-h") == ask(*words, "--help")
    assert ask(*words, "-h").code == 0


@pytest.mark.parametrize("verb", NAMES)
def test_an_unknown_option_is_a_usage_error(ask, verb):
    answer = ask(verb, "--frobnicate")
    assert answer.code == 2
    assert answer.out == ""
    assert f"thinline {verb} --help" in answer.err


@pytest.mark.parametrize("verb", NAMES)
def test_an_unknown_option_gives_a_json_error(ask, verb):
    answer = ask(verb, "--frobnicate", "--json")
    assert answer.code == 2
    assert answer.document["error"] == "usage"
    assert answer.document["exit_code"] == 2
    assert "--frobnicate" in answer.document["message"]


def test_without_arguments_the_verbs_are_listed(ask):
    answer = ask()
    assert answer.code == 0
    listed = answer.out.partition("Commands:")[2].split("\n")[1:]
    assert [line.split()[0] for line in listed if line] == NAMES


def test_an_unknown_verb_is_a_usage_error(ask):
    answer = ask("lst")
    assert answer.code == 2
    assert answer.err == "no command 'lst' (did you mean 'list'?)\n"
    assert "one of compare, discover," in ask("frobnicate").err
    assert "Traceback" not in answer.err


def test_version(ask):
    assert ask("--version").out == f"thinline {__version__}\n"


def test_help_of_every_verb_imports_nothing_heavy():
    """In one process, in which the first import of a heavy package would show."""
    program = f"""
import sys
from contextlib import suppress
from sim.cli.main import VERBS, main
for words in [[], ["--help"], ["--version"], *([verb, "--help"] for verb in VERBS)]:
    with suppress(SystemExit):
        main(words)
    loaded = sorted(set(sys.modules) & {HEAVY})
    assert not loaded, (words, loaded)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("verb", NAMES)
def test_every_verb_makes_its_deferred_imports(verb):
    command = COMMANDS[verb]
    every = command.commands.values() if isinstance(command, click.Group) else [command]
    assert all(isinstance(each, VerbCommand) for each in every)


def test_list_imports_no_numpy():
    program = "import sys; from sim.cli.main import cli; cli(['list'], standalone_mode=False)"
    program += "; print('LOADED', *(set(sys.modules) & {'numpy', 'numba', 'rich', 'plotly'}))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "LOADED"


def test_a_closed_pipe_gives_no_traceback():
    with subprocess.Popen([*COMMAND, "schema"], stdout=PIPE, stderr=PIPE, text=True) as writing:
        assert writing.stdout is not None
        assert writing.stderr is not None
        writing.stdout.close()
        assert writing.stderr.read() == ""


COLOUR = re.compile(r"\x1b\[[0-9;]*(3[0-9]|38;5)[0-9;]*m")


@pytest.mark.skipif(os.name != "posix", reason="terminals are opened as POSIX has them")
class TestOnATerminal:
    def shown(self, *words: str) -> str:
        """The output of a command on a terminal, with its control codes."""
        here, there = os.openpty()
        with (
            os.fdopen(here, "rb", buffering=0) as screen,
            subprocess.Popen([*COMMAND, *words], stdout=there, stderr=there) as running,
        ):
            os.close(there)
            shown = b"".join(_read_all(screen))
        assert running.returncode == 0, shown
        return shown.decode()

    def test_a_bar_in_colour_with_rate_and_remaining_time(self, monkeypatch):
        monkeypatch.delenv("NO_COLOR", raising=False)
        monkeypatch.setenv("TERM", "xterm-256color")
        shown = self.shown("run", "no_force", "--runs", "5000", "--no-report")
        assert "5000/5000" in shown
        assert " runs a second" in shown
        assert "0:00:00" in shown
        assert COLOUR.search(shown)

    def test_ruled_tables(self):
        assert "───" in self.shown("list")

    def test_no_color(self, monkeypatch):
        monkeypatch.setenv("NO_COLOR", "1")
        shown = self.shown("run", "no_force", "--runs", "60", "--no-report")
        assert not COLOUR.search(shown)


def _read_all(screen: BinaryIO) -> Iterator[bytes]:
    # A terminal whose other side is closed reads as an error, not as an end.
    with suppress(OSError):
        while some := screen.read(4096):
            yield some


@pytest.mark.skipif(os.name != "posix", reason="signals are sent as POSIX has them")
def test_ctrl_c_keeps_what_was_finished(workplace):
    kept = workplace / "kept"
    (workplace / "tiny.yaml").write_text(TINY, "utf-8")
    words = ["run", "tiny", "--runs", "100_000_000", "--out", "kept"]
    with subprocess.Popen([*COMMAND, *words], stderr=PIPE, text=True) as running:
        _wait_for_rows(kept / ".runs.parquet.part", running)
        running.send_signal(signal.SIGINT)
        assert running.stderr is not None
        err = running.stderr.read()
    assert running.returncode == 130
    assert "Traceback" not in err
    assert err.splitlines()[-1].endswith("of 100,000,000 runs are kept in kept")
    assert {path.name for path in kept.iterdir()} == {"manifest.json", "runs.parquet"}
    manifest = json.loads((kept / "manifest.json").read_text())
    assert manifest["complete"] is False
    assert manifest["runs"]["asked"] == 100_000_000
    assert 0 < manifest["runs"]["done"] == read_metadata(kept / "runs.parquet").num_rows


def _wait_for_rows(part: Path, running: subprocess.Popen[str]) -> None:
    while not (part.exists() and part.stat().st_size > 1000):
        assert running.poll() is None
        time.sleep(0.05)
