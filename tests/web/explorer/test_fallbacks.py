"""The explorer asks for nothing, and does what it can where a browser refuses it something."""

from __future__ import annotations

from pathlib import Path

from sim.experiments.simulate import simulate
from sim.explorer.page import MOST_BYTES
from sim.formatting import format_share
from sim.scenario.load import load
from tests.web.explorer_page import REASON, SEED, Opening, assert_printed
from tools.chromium import wait_until


def test_it_opens_from_disk_and_asks_for_nothing(visit: Opening, file: Path) -> None:
    opened = visit("")
    state = opened.settle()
    assert state["played"] == state["runs"] == 10_000
    assert opened.said == []
    assert [url.partition("#")[0] for url in opened.requests()] == [file.as_uri()]
    assert file.stat().st_size <= MOST_BYTES
    assert "teaching model" in opened.text(".banner").lower()
    assert opened.page.locator("#waffle .mark").count() == 100


def test_a_request_is_refused_by_the_page_itself(visit: Opening) -> None:
    opened = visit()
    opened.settle()
    refused = "() => fetch('https://example.org').then(() => 'sent', (error) => error.name)"
    assert opened.ask(refused) == "TypeError"
    assert "Content Security Policy" in " ".join(opened.said)


def test_an_error_while_playing_is_shown(visit: Opening) -> None:
    opened = visit(init=BROKEN_WORKER)
    opened.ask("() => thinline.ready")
    wait_until(opened.page, "document.getElementById('note').textContent !== ''")
    assert "a broken block" in opened.state()["note"]
    assert opened.state()["stage"] == "failed"
    assert opened.said == []


# A worker that starts, and fails at its first job.
BROKEN_WORKER = """globalThis.Worker = class {
  postMessage({ kind, job }) {
    const failed = { kind: "error", job, message: "a broken block" };
    const answer = kind === "init" ? { kind: "ready" } : failed;
    setTimeout(() => this.onmessage({ data: answer }), 0);
  }
  terminate() {}
};"""


def test_without_scripts_there_is_a_poster(visit: Opening) -> None:
    opened = visit(java_script_enabled=False)
    page = opened.page
    assert page.locator("#waffle svg").is_visible()
    assert page.locator("#line svg").is_visible()
    assert page.locator("#key .share").first.is_visible()
    assert not page.locator("#levers").is_visible()
    assert page.locator("noscript .sheet").is_visible()
    assert "Scripts are off" in page.locator("noscript .banner").text_content()


def test_without_webassembly_there_is_a_grid_and_a_told_run(visit: Opening) -> None:
    opened = visit(init="delete globalThis.WebAssembly")
    opened.ask("() => thinline.ready")
    assert "cannot play" in opened.state()["note"]
    assert opened.page.locator("#told .story").is_visible()
    before = opened.text("#headline")
    opened.page.locator("#levers-shown select").first.select_option("0")
    after = opened.text("#headline")
    assert after != before
    assert opened.page.locator("#months-section").is_hidden(), "those of other settings"
    assert opened.page.locator("#chip").is_disabled()
    shown = load("reassurance_force", {"setting.force_size": 0})
    war = simulate(shown, 100, SEED, keep_records=False).measures["war"]
    assert f"war comes in {format_share(war)}" in after
    for name in ("play", "tell"):
        assert "this browser cannot play the model here" in opened.ask(REASON, [name, {}])
    assert opened.said == []


def test_without_workers_the_page_itself_plays(visit: Opening) -> None:
    opened = visit(init="globalThis.Worker = class { constructor() { throw new Error('no'); } };")
    state = opened.settle()
    assert state["workers"] == 0
    assert_printed(opened.play(runs=300, seed=4), load("reassurance_force"), 300, 4)
    assert opened.said == []
