"""The browser engine in a real browser, from disk with the network off."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from sim.browser import export, scenario_document
from sim.browser.assets import MODULE
from sim.engines import ensemble
from sim.experiments.simulate import simulate
from sim.model.build import build
from sim.model.outcomes import flags, outcomes
from sim.resources import scenario_names
from sim.results import OF_SHARES
from sim.scenario.load import load
from sim.scenario.scenario import Scenario
from sim.statistics import mean, not_below_zero
from tests.docs.pages import blocks
from tests.scenarios import ALIVE, COVERING
from tests.strategies import scenarios
from tests.web.engine_page import EnginePage, write_page

Pages = Callable[..., Any]
MAIN = "reassurance_force"
SEED = 2**63 - 1


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write_page(tmp_path_factory.mktemp("engine") / "engine.html")


@pytest.fixture(scope="module")
def engine(browser: Any, address: str) -> Iterator[EnginePage]:
    context = browser.new_context()
    context.set_offline(True)
    page = context.new_page()
    page.goto(address)
    yield EnginePage(page)
    context.close()


def same_bits(
    engine: EnginePage,
    scenario: Scenario,
    seed: int,
    runs: int,
    first: int = 0,
    teams: Sequence[int] = (1, 2),
) -> None:
    """The page, alone and with so many workers, plays the runs of the native engine."""
    records = ensemble.play(build(scenario), seed, first, runs).records
    engine.enter(scenario)
    assert engine.records(seed, first, runs).tobytes() == records.tobytes()
    alone = engine.ask("model.tally(...given)", [str(seed), first, runs])
    assert alone["perRun"] == outcomes(records).tolist()
    assert alone["perRunTrigger"] == records["trigger"].tolist()
    assert alone["perRunMonth"] == records["month"].tolist()
    assert alone["perRunFailed"] == flags(records["trigger"])["failure"].astype(int).tolist()
    assert alone["perRunEscalated"] == flags(records["trigger"])["escalation"].astype(int).tolist()
    for workers in teams:
        answer = engine.pooled(workers, seed=str(seed), first=first, runs=runs)
        assert answer == {"tally": alone, "workers": workers}
        assert engine.records_of_workers(workers, seed, first, runs) == records.tobytes()


@pytest.mark.parametrize("name", [*COVERING, ALIVE])
def test_records_are_those_of_the_native_engine_to_the_last_bit(engine, name):
    """What workers do with a document does not depend on the scenario: two show it here, and all of
    them in ``make deep``."""
    scenario = load(name)
    same_bits(engine, scenario, scenario.seed, 60, teams=(1, 2) if name in (MAIN, ALIVE) else ())


def test_blocks_and_numbers_far_from_the_first(engine):
    same_bits(engine, load(MAIN), SEED, 300, first=2**31)


@pytest.mark.deep
@pytest.mark.parametrize("seed", [0, 1, SEED])
@pytest.mark.parametrize("name", scenario_names())
def test_many_records(engine, name, seed):
    same_bits(engine, load(name), seed, 200)


@pytest.mark.deep
@settings(max_examples=50)
@given(scenario=scenarios())
def test_generated_scenarios(engine, scenario):
    same_bits(engine, scenario, scenario.seed, 60)


@pytest.mark.parametrize("name", [MAIN, ALIVE])
def test_the_summary_is_that_of_a_run(engine, name):
    scenario = load(name)
    expected = simulate(scenario, 700, seed=5).to_dict()
    engine.enter(scenario)
    found = engine.ask("thinlineEngine.summary(model.tally(5, 0, 700))")
    assert found["outcomes"] == expected["outcomes"]
    assert found["triggers"] == expected["triggers"]
    assert list(found["measures"]) == list(expected["measures"])
    for measure, estimate in expected["measures"].items():
        # The interval of a mean is the root of a difference that may be nearly 0.
        slack = 1e-12 if measure in OF_SHARES else 1e-8
        for key, value in estimate.items():
            known = value if value is None else pytest.approx(value, rel=1e-12, abs=slack)
            assert found["measures"][measure][key] == known, (measure, key)
        if "mean" in estimate:
            middle = pytest.approx(estimate["mean"], rel=1e-12)
            assert found["measures"][measure]["mean"] == middle


@pytest.mark.parametrize("runs", [0, 1, 2, 3, 11, 60, 1001, 1002, 5000])
def test_intervals_of_few_and_of_many_runs(engine, runs):
    """Student's interval against the package's, whatever the number of runs."""
    tally = {"runs": runs, "sums": {"x": 0.3 * runs}, "squares": {"x": 0.2 * runs}}
    words: dict[str, list[str]] = {"outcome": [], "trigger": []}
    tally |= {"failed": 0, "escalated": 0, "words": words, "flags": [], "sharesOfEvents": {}}
    found = engine.ask("thinlineEngine.summary(given)", tally)["measures"]["x"]
    expected = not_below_zero(mean(0.3 * runs, 0.2 * runs, runs))
    for key, value in (("mean", expected.value), ("low", expected.low), ("high", expected.high)):
        known = value if math.isfinite(value) else None
        assert found[key] == (known if known is None else pytest.approx(known, rel=1e-12))


def test_endings_over_time_add_up(engine):
    engine.enter(load(ALIVE))
    tally = engine.ask("model.tally(3, 0, 300)")
    results = simulate(load(ALIVE), 300, seed=3)
    assert tally["months"] == results.endings.tolist()
    assert tally["endings"] == results.endings.sum(axis=0).tolist()


def test_a_lever_is_a_value_in_the_scenario(engine):
    """Setting a parameter, drawn or not, is loading the scenario with it."""
    levers = {"setting.clarity": 0.9, "states.russia.ambition": 0.7, "setting.backstop": 0.25}
    changed = load(MAIN, [f"{path}={value}" for path, value in levers.items()])
    engine.enter(load(MAIN), **levers)
    records = ensemble.play(build(changed), 9, 0, 100).records
    assert engine.records(9, 0, 100).tobytes() == records.tobytes()


def test_the_page_in_the_documentation_plays_a_thousand_runs(browser, tmp_path):
    [shown] = [block for block in blocks("docs/browser.md", "html") if block.marked == "page"]
    assert len(shown.text.splitlines()) <= 24
    export(load(MAIN), tmp_path)
    (tmp_path / "page.html").write_text(shown.text, encoding="utf-8")
    context = browser.new_context()
    context.set_offline(True)
    page = context.new_page()
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto((tmp_path / "page.html").as_uri())
    page.wait_for_selector("#shares tr:nth-child(7)", timeout=60_000)
    results = simulate(load(MAIN), 1000)
    for row, (outcome, share) in enumerate(results.outcomes.items(), start=1):
        cells = page.locator(f"#shares tr:nth-child({row}) td").all_inner_texts()
        assert cells[:2] == [outcome.word, f"{100 * share.value:.1f} %"]
    assert said == []
    context.close()


def test_nobody_waits_for_a_block(engine):
    """Progress is told block by block, and what is told is a tally so far."""
    engine.enter(load(MAIN))
    told = engine.page.evaluate("""async () => {
      const pool = thinlineEngine.pool({ module: moduleText, document: scenario, workers: 2 });
      const seen = [];
      await pool.play({ seed: 1, runs: 1000, onProgress: (now) => seen.push(now.done) });
      pool.close();
      return seen;
    }""")
    assert told == sorted(told)
    assert told[-1] == 1000
    assert len(told) == 4


def test_a_cancelled_play_stops(engine):
    engine.enter(load(MAIN))
    said = engine.page.evaluate("""async () => {
      const pool = thinlineEngine.pool({ module: moduleText, document: scenario, workers: 1 });
      const stop = new AbortController();
      const play = pool.play({ seed: 1, runs: 1e6, signal: stop.signal,
        onProgress: () => stop.abort() });
      const name = await play.catch((error) => error.name);
      const after = await pool.play({ seed: 1, runs: 10 });
      pool.close();
      return [name, after.runs];
    }""")
    assert said == ["AbortError", 10]


def test_a_closed_pool_plays_no_more(engine):
    engine.enter(load(MAIN))
    said = engine.page.evaluate("""async () => {
      const said = [];
      for (const isWaiting of [false, true]) {
        const pool = thinlineEngine.pool({ module: moduleText, document: scenario, workers: 1 });
        const play = () => pool.play({ seed: 1, runs: 10 }).catch((error) => error.message);
        const waiting = isWaiting ? play() : null;
        pool.close();
        said.push(await (waiting ?? play()));
      }
      return said;
    }""")
    assert said == ["thinline: the pool was closed"] * 2


def test_without_workers_the_main_thread_plays(engine):
    engine.enter(load(MAIN))
    alone = engine.ask("model.tally(4, 0, 600)")
    said = engine.page.evaluate("""async () => {
      const kept = globalThis.Worker;
      globalThis.Worker = class { constructor() { throw new Error("refused"); } };
      try {
        return await pooled(2, { seed: 4, runs: 600 });
      } finally {
        globalThis.Worker = kept;
      }
    }""")
    assert said == {"tally": alone, "workers": 0}


def test_workers_that_do_not_start_are_done_without(engine):
    engine.enter(load(MAIN))
    said = engine.page.evaluate("""async () => {
      const options = { module: moduleText, document: scenario, workers: 2, source: "oops(" };
      const pool = thinlineEngine.pool(options);
      const tally = await pool.play({ seed: 4, runs: 300 });
      return [tally.runs, pool.workers];
    }""")
    assert said == [300, 0]


WRONG_VALUES = {
    "{'setting.clarity': NaN}": "setting.clarity: NaN is not a finite number",
    "{'setting.clarity': 1.5}": "setting.clarity: 1.5 is not from 0 to 1",
    "{'setting.clarity': '1'}": "setting.clarity: 1 is not a finite number",
    "{'states.poland.pledge': 2.5}": "states.poland.pledge: 2.5 is not a whole number",
    "{'states.atlantis.resolve': 1}": 'no parameter "states.atlantis.resolve" that can be set',
    "{'constants.concentration': 10}": 'no parameter "constants.concentration" that can be set',
    "null": "set must be an object",
    "new Map([['setting.clarity', 0]])": "set must be an object",
    "[]": "set must be an object",
    "{'setting.clarity': []}": "setting.clarity: an object is not a finite number",
    "{'states.poland.backs': 0}": 'no parameter "states.poland.backs" that can be set',
    "{'states.russia.red_lines.foreign_troops.threshold': 9}": (
        "states.russia.red_lines.foreign_troops.threshold: 9 is not below "
        "states.russia.red_lines.foreign_troops.reach"
    ),
}


@pytest.mark.parametrize("wrong", WRONG_VALUES)
def test_a_wrong_lever_is_refused(engine, wrong):
    engine.enter(load(MAIN))
    assert WRONG_VALUES[wrong] in engine.refusal(f"engine.open(scenario, {{set: {wrong}}})")


WRONG_OPTIONS = {
    "engine.open(scenario, null)": "open: the options must be an object with set",
    "engine.open(scenario, new Map())": "open: the options must be an object with set",
    "engine.open(scenario, {'setting.clarity': 0})": 'open: no option "setting.clarity"',
    "thinlineEngine.pool()": "pool: the options must be an object",
    "thinlineEngine.pool({ module: moduleText, document: scenario, worker: 1 })": (
        'pool: no option "worker"; there are module, document, workers, source'
    ),
}


@pytest.mark.parametrize("wrong", WRONG_OPTIONS)
def test_a_wrong_option_is_refused(engine, wrong):
    engine.enter(load(MAIN))
    assert WRONG_OPTIONS[wrong] in engine.refusal(wrong)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"seed": 1, "runs": -1}, "runs: -1 is not from 0"),
        ({"seed": 1, "runs": 1, "clarity": 0}, 'play: no option "clarity"'),
    ],
)
def test_a_pool_refuses_a_wrong_play(engine, options, said):
    engine.enter(load(MAIN))
    found = engine.page.evaluate("(given) => pooled(0, given).catch((e) => e.message)", options)
    assert said in found


WHOLE = ["5n", "5", "'5'"]


@pytest.mark.parametrize("seed", WHOLE)
def test_a_whole_number_is_taken_in_each_form(engine, seed):
    engine.enter(load(MAIN))
    assert engine.ask(f"model.tally({seed}, 0, 1).seed") == "5"


NO_WHOLE = {
    "''": "an empty text",
    "[]": "an object",
    "true": "true",
    "'0x10'": "0x10",
    "' 5'": " 5",
    "null": "null",
    "undefined": "undefined",
}


@pytest.mark.parametrize("wrong", NO_WHOLE)
@pytest.mark.parametrize("call", ["model.tally({}, 0, 1)", "model.tally(1, {}, 1)"])
def test_what_is_no_whole_number_is_refused(engine, wrong, call):
    engine.enter(load(MAIN))
    said = engine.refusal(call.format(wrong))
    assert f": {NO_WHOLE[wrong]} is not a whole number" in said


WRONG_RUNS = {
    "model.play(-1, 0, 1)": "seed: -1 is not from 0",
    "model.play(2**60, 0, 1)": "is not exact as a number",
    "model.play(1.5, 0, 1)": "seed: 1.5 is not a whole number",
    "model.play(1, 0, 1e9)": "count: 1000000000 is not from 0 to 1000000",
    "model.courses(1, 0, 1e6)": "count: 1000000 is not from 0 to 100000",
    "model.tally(1, -1, 5)": "first: -1 is not from 0",
    "model.session(1, -1)": "run: -1 is not from 0 to 4294967295",
    "model.tell(1, 2**32)": "run: 4294967296 is not from 0 to 4294967295",
    "model.play(1, 2**32 - 1, 2)": "last run: 4294967296 is not from 0 to 4294967295",
    "model.tell('a', 0)": "seed: a is not a whole number",
    "model.play(1, 0, 1).records.column('luck')": 'no column "luck"',
    "model.session(1, 0).dictate('luck', null, 0)": 'no decision "luck"',
    "model.session(1, 0).dictate('challenge', null, 4)": "challenge: 4 is not one of hold, probe",
    "model.session(1, 0).dictate('target', 99, 'ground')": "state: 99 is not from 0 to",
}


@pytest.mark.parametrize("wrong", WRONG_RUNS)
def test_a_wrong_run_or_decision_is_refused(engine, wrong):
    engine.enter(load(MAIN))
    assert WRONG_RUNS[wrong] in engine.refusal(wrong)


def test_a_run_that_is_over_is_not_played_on(engine):
    engine.enter(load(ALIVE))
    over = "const s = model.session(1, 0); while (!s.over) s.month(); s.month()"
    assert "the run is over" in engine.refusal(over)


def test_other_bytes_are_no_module(engine):
    module = MODULE.read_bytes()
    bare = list(b"\0asm\1\0\0\0")
    for bytes_, said in (
        (list(module[: len(module) // 2]), "or not all of it"),
        (bare, "but not thinline.wasm"),
        ([1, 2, 3], "not the module thinline.wasm"),
    ):
        assert said in engine.refusal("thinlineEngine.load(new Uint8Array(given))", bytes_)
    assert "must be given as" in engine.refusal("thinlineEngine.load(42)")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "run"}, "must be a browser scenario"),
        ({"version": 99}, "has version 99"),
        ({"engine": "0" * 64}, "of different versions"),
        ({"months": 3}, "has 3 months, and its base has"),
    ],
)
def test_another_document_is_refused(engine, change, said):
    document = scenario_document(load(ALIVE)) | change
    assert said in engine.refusal("engine.open(given)", document)


@pytest.mark.parametrize("name", ["base", "draws", "nodes", "surface"])
def test_damaged_arrays_are_refused(engine, name):
    document = scenario_document(load(ALIVE))
    whole = document["arrays"][name]
    for text, said in (
        (whole[:-8], "bytes instead of"),
        ("AAAB" + whole[4:], f"the document's {name} are damaged"),
        ("?" + whole[1:], "in base64 cannot be read"),
    ):
        damaged = document | {"arrays": document["arrays"] | {name: text}}
        assert said in engine.refusal("engine.open(given)", damaged)
    for missing in ("arrays", "sizes", "layout"):
        assert engine.refusal("engine.open(given)", {**document, missing: {}})


RECORD_OF_A_TOLD_RUN = """(run) => {
  const session = model.session(8, run);
  while (!session.over) session.month();
  return text(session.record().bytes);
}"""


def test_the_record_of_a_told_run_is_that_of_the_run(engine):
    engine.enter(load(ALIVE))
    for run in range(20):
        played = engine.page.evaluate("(k) => text(model.play(8, k, 1).records.bytes)", run)
        assert engine.page.evaluate(RECORD_OF_A_TOLD_RUN, run) == played
    assert np.unique(engine.records(8, 0, 20)["war"]).size > 1
