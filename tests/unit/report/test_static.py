"""Figures as pictures."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Any

import pytest
from choreographer.browsers.chromium import Chromium

from sim.cli.main import main
from sim.errors import MissingExtra, RunFailed
from sim.report import static
from sim.report.static import SIZES, MissingBrowser, render_figures, require_static, write_figures
from sim.result_charts import charts_of
from tests.results import results
from tools.chromium import find_chromium

COMMAND = ["thin-line", "reassurance_force", "--runs", "20", "--sizes", "0,1,2"]
MAGIC = {".png": b"\x89PNG", ".svg": b"<svg", ".pdf": b"%PDF"}


@pytest.fixture
def no_kaleido(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr(static, "import_module", refuse)


@pytest.fixture
def no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Chromium, "find_browser", lambda **_: None)


@pytest.fixture
def a_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """The browser of all tests, if there is one."""
    if found := find_chromium():
        monkeypatch.setenv("BROWSER_PATH", found)
    try:
        require_static("a test")
    except MissingBrowser:
        pytest.skip("no Chrome or Chromium: install one, or leave the pictures untried")


@pytest.mark.usefixtures("no_kaleido")
def test_without_kaleido_the_extra_is_named() -> None:
    with pytest.raises(MissingExtra, match="a figure needs the extra 'static'") as found:
        require_static("a figure")
    assert found.value.exit_code == 4
    assert 'python -m pip install -e ".[static]"' in str(found.value)


@pytest.mark.usefixtures("no_browser")
@pytest.mark.parametrize("command", [COMMAND, ["run", "no_force", "--runs", "5"]])
def test_without_a_browser_nothing_is_run(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, command: list[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([*command, "--figure", str(tmp_path / "line.pdf")])
    assert stopped.value.code == 4
    told = capsys.readouterr()
    assert told.out == ""
    assert "no Chrome, Chromium or Edge was found" in told.err
    assert "BROWSER_PATH" in told.err


def test_any_other_suffix_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([*COMMAND, "--figure", "line.gif"])
    assert stopped.value.code == 2
    assert "neither a page (.html) nor a picture (.svg, .pdf, .png)" in capsys.readouterr().err


@pytest.mark.usefixtures("a_browser")
@pytest.mark.parametrize("suffix", MAGIC)
def test_the_command_writes_each_kind(suffix: str, tmp_path: Path) -> None:
    file = tmp_path / f"line{suffix}"
    with pytest.raises(SystemExit) as stopped:
        main([*COMMAND, "--figure", str(file)])
    assert not stopped.value.code
    assert file.read_bytes().startswith(MAGIC[suffix])


@pytest.mark.usefixtures("a_browser")
def test_each_chart_of_several_has_a_file(tmp_path: Path) -> None:
    panels = [make() for make in charts_of(results()).values()]
    written = write_figures(
        tmp_path / "run.svg", [each for each in panels if each], "column", "thinline run made_up"
    )
    assert [file.name for file in written[:2]] == ["run.svg", "run-time-to-end.svg"]
    assert all(b'width="333"' in file.read_bytes() for file in written)


@pytest.mark.usefixtures("a_browser")
def test_a_picture_says_what_made_it(tmp_path: Path) -> None:
    file = tmp_path / "line.svg"
    with pytest.raises(SystemExit):
        main([*COMMAND, "--set", "states.russia.ambition=0.2", "--figure", str(file)])
    plain = re.sub(r"<[^>]*>", " ", file.read_text("utf-8")).replace("&nbsp;", " ")
    text = " ".join(plain.split())
    assert "it forecasts nothing." in text
    assert "thinline thin-line reassurance_force" in text
    assert "states.russia.ambition=0.2" in text
    assert "--figure" not in text


@pytest.mark.usefixtures("a_browser")
@pytest.mark.parametrize("size", SIZES)
def test_a_picture_has_the_size_asked_for(size: str) -> None:
    (drawn,) = render_figures([results().plot(chart="incidence")], ".png", size)
    width, height = (int.from_bytes(drawn[at : at + 4], "big") for at in (16, 20))
    assert width == round(SIZES[size].width * SIZES[size].dots)
    if SIZES[size].ratio:
        assert (width, height) == (1920, 1080)


@pytest.mark.usefixtures("a_browser")
def test_a_picture_has_title_caption_and_text() -> None:
    (picture,) = render_figures([results().plot(chart="endings")], ".svg")
    drawn = picture.decode()
    assert "The commonest ending is untested" in drawn
    assert "95 % Monte-Carlo intervals" in drawn.replace("\u00a0", " ")


@pytest.mark.usefixtures("a_browser")
@pytest.mark.parametrize("silent", [1, 3])
def test_a_browser_that_does_not_answer_is_replaced_twice(
    monkeypatch: pytest.MonkeyPatch, silent: int
) -> None:
    started: list[int] = []

    async def answering(tasks: Any) -> list[bytes]:
        started.append(len(tasks))
        if len(started) <= silent:
            await asyncio.sleep(5)
        return [b"drawn"]

    monkeypatch.setattr(static, "_draw", answering)
    monkeypatch.setattr(static, "PATIENCE", (0.8, 0.8, 0.8))
    figures = [results().plot(chart="endings")]
    if silent < len(static.PATIENCE):
        assert render_figures(figures, ".svg") == [b"drawn"]
        assert len(started) > silent
    else:
        with pytest.raises(RunFailed, match=r"did not draw the figures: no answer for 2\.4 s"):
            render_figures(figures, ".svg")


@pytest.mark.usefixtures("a_browser")
def test_what_a_browser_refuses_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    async def refusing(tasks: Any) -> list[bytes]:
        raise ValueError("no such format")

    monkeypatch.setattr(static, "_draw", refusing)
    with pytest.raises(RunFailed, match="did not draw the figures: no such format"):
        render_figures([results().plot(chart="endings")], ".svg")
