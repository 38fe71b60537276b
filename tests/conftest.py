"""What every test may ask for: the command line in this process, and steady Hypothesis settings."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from typing import Any, NamedTuple

import pytest
from hypothesis import settings

# The same examples every time, and no limit on time: a slow machine is no failure.
settings.register_profile("gate", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("search", deadline=None, max_examples=1000)
settings.load_profile("gate")


class Answer(NamedTuple):
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        """Standard output as the one JSON document it has to be."""
        document: dict[str, Any] = json.loads(self.out)
        assert document["schema_version"] == 1
        return document


def quietly(*words: object) -> Answer:
    """What ``thinline`` says to the given words; for fixtures that several tests share."""
    from sim.cli.main import main

    with (
        redirect_stdout(StringIO()) as out,
        redirect_stderr(StringIO()) as err,
        pytest.raises(SystemExit) as left,
    ):
        main([str(word) for word in words])
    return Answer(int(left.value.code or 0), out.getvalue(), err.getvalue())


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    """A callable that runs ``thinline`` with the given words, and returns what it said."""
    from sim.cli.main import main

    def ask(*words: object) -> Answer:
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main([str(word) for word in words])
        return Answer(int(left.value.code or 0), *capsys.readouterr())

    return ask


@pytest.fixture
def workplace(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """An empty folder that is the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path
