"""A page from disk with the browser engine in it, and what the tests ask of it."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import numpy as np

from sim.browser import scenario_document
from sim.browser.assets import ENGINE, MODULE
from sim.model.state import RECORD
from sim.scenario.scenario import Scenario

PAGE = """<!doctype html><meta charset="utf-8"><title>engine</title>
<script>{engine}</script>
<script>
const moduleText = "{module}";
const engine = thinlineEngine.load(moduleText);
let scenario, model;
function enter(document, set) {{
  scenario = document;
  model = engine.open(scenario, {{ set }});
}}
function text(bytes) {{
  let letters = "";
  for (const byte of bytes) letters += String.fromCharCode(byte);
  return btoa(letters);
}}
function plain(value) {{
  return JSON.parse(JSON.stringify(value, (_, item) => (ArrayBuffer.isView(item) ? [...item]
    : typeof item === "bigint" ? String(item) : item === -Infinity ? "never" : item)));
}}
async function pooled(workers, options) {{
  const pool = thinlineEngine.pool({{ module: moduleText, document: scenario, workers }});
  try {{
    const tally = await pool.play(options);
    return {{ tally: plain(tally), workers: pool.workers }};
  }} finally {{
    pool.close();
  }}
}}
// The records of runs, of which each worker plays its part with the script of this page.
async function recorded(workers, seed, first, runs) {{
  const script = document.querySelector("script").text;
  const source = `${{script}}
    onmessage = ({{ data }}) => {{
      const opened = thinlineEngine.load(data.module).open(data.scenario);
      postMessage(opened.play(data.seed, data.first, data.count).records.bytes);
    }};`;
  const address = URL.createObjectURL(new Blob([source], {{ type: "text/javascript" }}));
  const cut = (k) => Math.floor((runs * k) / workers);
  const part = (k) => new Promise((resolve, reject) => {{
    const worker = new Worker(address);
    worker.onerror = (event) => reject(new Error(event.message));
    worker.onmessage = ({{ data }}) => {{
      worker.terminate();
      resolve(data);
    }};
    const [begin, end] = [cut(k), cut(k + 1)];
    const count = end - begin;
    worker.postMessage({{ module: moduleText, scenario, seed, first: first + begin, count }});
  }});
  const parts = await Promise.all(Array.from({{ length: workers }}, (_, k) => part(k)));
  URL.revokeObjectURL(address);
  return parts.map(text);
}}
</script>
"""


def write_page(place: Path) -> str:
    """Write the page; returns its address."""
    module = base64.b64encode(MODULE.read_bytes()).decode()
    engine = ENGINE.read_text(encoding="utf-8")
    place.write_text(PAGE.format(engine=engine, module=module), encoding="utf-8")
    return place.as_uri()


class EnginePage:
    """The engine of an opened page."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self._entered: Any = None

    def enter(self, scenario: Scenario | dict[str, Any], **changes: float) -> None:
        """Open a scenario, or its document, with parameters set."""
        if (scenario, changes) == self._entered:
            return  # a model keeps nothing between the tests of it
        document = scenario if isinstance(scenario, dict) else scenario_document(scenario)
        self.page.evaluate("([document, set]) => enter(document, set)", [document, changes])
        self._entered = (scenario, changes)

    def records(self, seed: int, first: int, count: int) -> Any:
        """The records that the page plays."""
        asked = "([seed, first, count]) => text(model.play(seed, first, count).records.bytes)"
        text = self.page.evaluate(asked, [str(seed), first, count])
        return np.frombuffer(base64.b64decode(text), RECORD)

    def ask(self, expression: str, given: Any = None) -> Any:
        """The value of an expression of ``given``, as plain data."""
        return self.page.evaluate(f"(given) => plain({expression})", given)

    def refusal(self, expression: str, given: Any = None) -> str:
        """The message of the error that an expression throws; empty if it throws none."""
        tried = (
            f"(given) => {{ try {{ {expression}; return ''; }} catch (e) {{ return e.message; }} }}"
        )
        return str(self.page.evaluate(tried, given))

    def pooled(self, workers: int, **options: Any) -> Any:
        """The tally of a pool, and the number of workers that it had."""
        asked = "([workers, options]) => pooled(workers, options)"
        return self.page.evaluate(asked, [workers, options])

    def records_of_workers(self, workers: int, seed: int, first: int, runs: int) -> bytes:
        """The records that so many workers play, each its part, in order."""
        asked = "([workers, seed, first, runs]) => recorded(workers, seed, first, runs)"
        parts = self.page.evaluate(asked, [workers, str(seed), first, runs])
        return b"".join(map(base64.b64decode, parts))
