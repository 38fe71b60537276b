"""Standard input and output of any kind: closed, full, in another encoding, of a notebook."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sim.cli.main import main
from sim.scenario.yaml_nodes import _standard_input
from tests.integration.command import COMMAND
from tests.integration.conftest import ROOT
from tests.integration.test_cli import _wait_for_rows
from tests.scenarios import TINY

SMALL = (ROOT / "tests" / "data" / "small_world.yaml").read_text("utf-8")
FULL = Path("/dev/full")
posix = pytest.mark.skipif(os.name != "posix", reason="redirections as POSIX has them")


def shell(command: str, **options) -> subprocess.CompletedProcess[str]:
    """A shell command in which ``thinline`` is the command of this environment."""
    return subprocess.run(
        ["sh", "-c", f'thinline() {{ "{sys.executable}" -m thinline "$@"; }}; {command}'],
        capture_output=True,
        text=True,
        **options,
    )


@pytest.mark.parametrize("encoding", ["cp1251", "ascii", "utf-16", "utf-8"])
def test_json_is_valid_in_every_encoding(encoding):
    ran = subprocess.run(
        [*COMMAND, "explain", "reassurance_force", "--json"],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": encoding},
        check=True,
    )
    text = ran.stdout.decode(encoding)
    document = json.loads(text)
    assert "protégé" in json.dumps(document, ensure_ascii=False)
    assert text.isascii() is (encoding != "utf-8")


@posix
@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("thinline list >&-", 0),
        ("thinline list 2>&-", 0),
        ("thinline lst 2>&-", 2),
        ("thinline run no_force --runs 5 --no-report >&- 2>&-", 0),
        ("thinline run - <&-", 3),
    ],
)
def test_a_closed_stream_gives_no_traceback(workplace, command, code):
    ran = shell(command)
    assert (ran.returncode, "Traceback" in ran.stderr) == (code, False)


@pytest.mark.skipif(not FULL.exists(), reason="a device that is always full")
@pytest.mark.parametrize("words", ["list", "list --json", "--help", "lst --json"])
def test_a_full_output_is_named(words):
    ran = shell(f"thinline {words} > {FULL}")
    assert ran.returncode == 1
    assert ran.stderr.splitlines()[-1].startswith("cannot write to standard output: No space left")
    assert "Traceback" not in ran.stderr


def test_a_stream_of_a_notebook_will_do(monkeypatch):
    class Stream:
        """What a notebook has in place of standard output."""

        def __init__(self) -> None:
            self.text = ""

        def write(self, text: str) -> None:
            self.text += text

        def flush(self) -> None:
            """Nothing waits."""

    stream, text = Stream(), io.StringIO()
    for each in (stream, text):
        monkeypatch.setattr(sys, "stdout", each)
        with pytest.raises(SystemExit) as left:
            main(["list"])
        assert left.value.code == 0
    assert stream.text == text.getvalue()
    assert "no_force" in stream.text


@pytest.mark.parametrize("module", ["sim", "thinline"])
def test_the_modules_are_the_command(module):
    ran = subprocess.run(
        [sys.executable, "-m", module, "--version"], capture_output=True, text=True, check=True
    )
    assert ran.stdout.startswith("thinline ")


@pytest.fixture
def piped(monkeypatch):
    """A callable that sets what standard input holds, which a process reads once."""

    def piped(text: str) -> None:
        stream = io.TextIOWrapper(io.BytesIO(text.encode("utf-8")), "utf-8")
        monkeypatch.setattr(sys, "stdin", stream)

    _standard_input.cache_clear()
    yield piped
    _standard_input.cache_clear()


class TestStandardInput:
    @pytest.mark.parametrize(
        "words",
        [
            "run - --runs 5 --no-report --out here",
            "compare - --with setting.clarity=0.3 --runs 5 --figure page.html",
            "explain -",
            "validate -",
            "trace - --run 1",
            "sweep - --over setting.clarity=0,1 --runs 2",
        ],
    )
    def test_a_scenario(self, ask, piped, workplace, words):
        piped(SMALL)
        answer = ask(*words.split())
        assert answer.code == 0, answer.err
        assert "small_world" in answer.out or words.startswith(("run", "validate", "sweep"))

    def test_a_sweep_through_a_pipe(self, workplace):
        text = "sweep: s\nscenario: no_force\nover: {setting.clarity: [0, 1]}\nreplications: 3\n"
        ran = shell("thinline sweep - --json", input=text)
        assert json.loads(ran.stdout)["runs"] == 6

    def test_an_error_has_its_place(self, ask, piped, workplace):
        piped("scenario: y\nextends: no_force\nruns: many\n")
        answer = ask("run", "-")
        assert answer.code == 3
        assert answer.err.startswith("-:3:7  runs: 'many' is not a number")


@posix
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_request_to_end_keeps_what_was_finished(workplace, name):
    kept = workplace / "kept"
    (workplace / "tiny.yaml").write_text(TINY, "utf-8")
    words = ["run", "tiny", "--runs", "100_000_000", "--out", "kept"]
    with subprocess.Popen([*COMMAND, *words], stderr=subprocess.PIPE, text=True) as running:
        _wait_for_rows(kept / ".runs.parquet.part", running)
        running.send_signal(getattr(signal, name))
        assert running.stderr is not None
        err = running.stderr.read()
    assert running.returncode == 128 + getattr(signal, name)
    assert err.splitlines()[-1].endswith("of 100,000,000 runs are kept in kept")
    assert json.loads((kept / "manifest.json").read_text())["runs"]["done"] > 0


class TestValuesOfOptions:
    @pytest.mark.parametrize("text", ["1000", "1_000", "1e3", "1000.0"])
    def test_a_number_of_runs_is_written_as_in_a_file(self, ask, workplace, text):
        answer = ask("run", "no_force", "--runs", text, "--no-report", "--json")
        assert answer.document["runs"] == 1000

    @pytest.mark.parametrize("text", ["1.5", "1,000", "many", "true", "1e400", ".nan"])
    def test_anything_else_is_refused(self, ask, workplace, text):
        answer = ask("run", "no_force", "--runs", text)
        assert (answer.code, f"'{text}' is not a whole number" in answer.err) == (2, True)

    def test_the_home_folder_is_expanded(self, ask, workplace, monkeypatch):
        monkeypatch.setenv("HOME", str(workplace / "home"))
        monkeypatch.setenv("USERPROFILE", str(workplace / "home"))
        (workplace / "home").mkdir()
        ask("run", "no_force", "--runs", 5, "--no-report", "--out=~/x")
        ask(*["compare", "no_force", "germany_in", "--runs", "5", "--figure=~/x.html"])
        assert (workplace / "home" / "x" / "manifest.json").exists()
        assert (workplace / "home" / "x.html").exists()
        assert not (workplace / "~").exists()

    @pytest.mark.skipif(not Path("/proc/self").exists(), reason="a folder in which none can write")
    @pytest.mark.parametrize("option", ["--out=/proc/x", "--figure=/proc/x.html"])
    def test_an_unwritable_path_is_a_usage_error(self, ask, workplace, option):
        answer = ask("sweep", "no_force", "--over", "setting.clarity=0,1", "--runs", 5, option)
        assert (answer.code, "cannot write /proc/x" in answer.err) == (2, True)
