"""Write an explorer: engine, scenarios, levers, poster and scripts in one HTML file."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from sim import __version__
from sim.browser.assets import ENGINE, MODULE, built, module_sources_digest
from sim.categories import CAUSES
from sim.choices import MAX_RUNS
from sim.enums import Outcome
from sim.errors import RunFailed, UsageError, whole_within
from sim.experiments.simulate import Progress
from sim.experiments.storage.files import check_file, write_durably
from sim.explorer import drawing, telling, words
from sim.explorer.codes import MOST_RUNS, Codes
from sim.explorer.documents import pack_documents
from sim.explorer.lesson import Exercise, default_lesson, read_exercise
from sim.explorer.levers import FINER_GRID, Lever, choose_levers, lever_in
from sim.explorer.poster import Poster, make_poster
from sim.explorer.presets import Preset, choose_presets
from sim.figures import theme
from sim.formatting import format_interval, format_share, format_share_ci, plural
from sim.report.page import ASSETS as REPORT_ASSETS
from sim.report.page import BANNER, palette, paragraphs
from sim.scenario.scenario import Scenario, require_scenario
from sim.statistics import critical_value, n_pairs, proportion

if TYPE_CHECKING:
    from jinja2 import Environment

HERE = Path(__file__).parent
ASSETS = HERE / "assets"

# The scripts of the page, in an order in which each uses only those before it.
SCRIPTS = (
    "dom.js",
    "text.js",
    "statistics.js",
    "codes.js",
    "state.js",
    "documents.js",
    "charts.js",
    "waffle.js",
    "line.js",
    "levers.js",
    "runner.js",
    "pinned.js",
    "story.js",
    "parting.js",
    "seen.js",
    "told.js",
    "bars.js",
    "predict.js",
    "fan.js",
    "turn.js",
    "seat.js",
    "fallback.js",
    "view.js",
    "player.js",
    "main.js",
)
MOST_BYTES = 1_500_000

# Seeds that the page's codes can hold.
MAX_PAGE_SEED = 2**32 - 1


@dataclass(frozen=True)
class Explorer:
    """All that an explorer contains: the first scenario, presets, levers, lesson and poster."""

    scenario: Scenario
    presets: tuple[Preset, ...]
    levers: tuple[Lever, ...]
    lesson: Exercise
    poster: Poster

    @property
    def digest(self) -> str:
        """Eight characters that change with the scenarios, the levers and the engine.

        A settings code of another explorer is recognised by them.
        """
        parts = [self.scenario.digest, *(p.scenario.digest for p in self.presets)]
        parts += [f"{lever.path} {lever.factor.low} {lever.factor.high}" for lever in self.levers]
        whole = hashlib.sha256("\n".join(parts).encode() + engine_bytes())
        return whole.hexdigest()[:8]

    @property
    def codes(self) -> Codes:
        """Its settings as addresses and as codes to type."""
        presets = [preset.scenario.name for preset in self.presets]
        return Codes(presets, self.levers, self.digest)


def explore(
    scenarios: Scenario | Sequence[Scenario],
    out: str | os.PathLike[str] = "explorer.html",
    levers: Sequence[str] = (),
    lesson: str | os.PathLike[str] | None = None,
    runs: int | None = None,
    seed: int | None = None,
    progress: Progress | None = None,
) -> Path:
    """Write an explorer of a scenario, which plays the model itself in a browser, from disk.

    Parameters
    ----------
    scenarios
        The scenario, or several with the same states, red lines and months: the others are
        presets. For a single one the library's scenarios of the same cast are the presets.
    out
        The HTML file to write.
    levers
        Levers as ``PATH`` or ``PATH=LOW:HIGH``; by default the force, the mandate, the backstop,
        the sanctions and the challenger's ambition and fear.
    lesson
        A YAML file of questions that are predicted first; by default one for each of three levers.
    runs, seed
        Runs of the poster, and the seed that the page begins with (0 to 2³² - 1); by default the
        scenario's.
    progress
        Called with the number of runs done and the total.

    Returns
    -------
    Path
        The file, at most 1.5 MB.

    Raises
    ------
    sim.errors.UsageError
        For scenarios of different casts, a lever or a lesson that does not fit, a seed out of
        range, a file that would be too large, and an ``out`` that cannot be written.
    sim.errors.RunFailed
        If the WebAssembly module was built from other sources than the model's.
    sim.experiments.storage.files.CannotStore
        If the file cannot be written.
    """
    given = [scenarios] if isinstance(scenarios, Scenario) else list(scenarios)
    if not given:
        raise UsageError("no scenario", "give at least one")
    check_file(Path(out))
    found = make_explorer(
        [require_scenario(each) for each in given], levers, lesson, runs, seed, progress
    )
    return write_explorer(found, out)


def write_explorer(explorer: Explorer, out: str | os.PathLike[str]) -> Path:
    """Write the page to ``out``, whole or not at all; errors as in :func:`explore`."""
    path, page = Path(out), render_explorer(explorer).encode()
    if len(page) > MOST_BYTES:
        message = f"the file would have {len(page):,} bytes, more than {MOST_BYTES:,}"
        raise UsageError(message, "name fewer scenarios")
    write_durably(path, page)
    return path


def make_explorer(
    scenarios: Sequence[Scenario],
    levers: Sequence[str] = (),
    lesson: str | os.PathLike[str] | None = None,
    runs: int | None = None,
    seed: int | None = None,
    progress: Progress | None = None,
) -> Explorer:
    """The contents of an explorer; arguments and errors as in :func:`explore`."""
    if built()["sources"] != module_sources_digest():
        raise RunFailed("the WebAssembly module is older than the model", "build it: make wasm")
    first = scenarios[0]
    many = whole_within("runs", first.runs if runs is None else runs, 1, MAX_RUNS)
    begin = whole_within("seed", first.seed if seed is None else seed, 0, MAX_PAGE_SEED)
    presets, chosen = choose_presets(scenarios), choose_levers(first, levers)
    plan = default_lesson(chosen) if lesson is None else read_exercise(Path(lesson), chosen)
    poster = make_poster(first, chosen, many, begin, progress)
    return Explorer(first, presets, chosen, plan, poster)


def render_explorer(explorer: Explorer) -> str:
    """The page as one string of HTML that makes no network requests."""
    scenario, poster = explorer.scenario, explorer.poster
    lead = explorer.levers[0]
    points = poster.grids[lead.path]
    return (
        _templates()
        .get_template("explorer.html")
        .render(
            banner=BANNER,
            version=__version__,
            name=scenario.name,
            title=scenario.title,
            about=paragraphs(str(scenario.info.get("what_is_it", ""))),
            leaves_out=paragraphs(str(scenario.info.get("leaves_out", ""))),
            digest=scenario.digest[:16],
            poster=poster,
            poster_headline=describe_poster(poster),
            poster_chip=f"{plural(poster.count.runs, 'run')} · seed {poster.seed}",
            rows=_poster_rows(poster),
            grid_runs=points[0][1].runs,
            waffle=drawing.draw_waffle(poster.count),
            line=drawing.draw_line(lead.name, points),
            grids=_poster_grids(explorer),
            line_text=drawing.describe_line(lead.name, points),
            outcomes=words.outcome_words(),
            causes=words.cause_words(),
            roads=words.roads(),
            lesson=explorer.lesson,
            style=Markup(style()),
            script=Markup(script()),
            engine_script=Markup(engine_script()),
            engine=packed(engine_bytes()),
            documents=packed(pack_documents([scenario, *(p.scenario for p in explorer.presets)])),
            data=embedded(data(explorer)),
        )
    )


def describe_poster(poster: Poster) -> str:
    """How often war comes in the poster's runs, and by which road."""
    shares = {
        cause: format_share_ci(proportion(many, poster.count.runs))
        for cause, many in poster.count.causes.items()
    }
    return (
        f"War comes in {shares['war']} of the model’s runs of this scenario: "
        f"{CAUSES['failure'].label} in {shares['failure']}, "
        f"{CAUSES['escalation'].label} in {shares['escalation']}."
    )


def engine_bytes() -> bytes:
    """The WebAssembly module."""
    return MODULE.read_bytes()


def engine_script() -> str:
    """The script that plays the module."""
    return ENGINE.read_text(encoding="utf-8")


def _poster_rows(poster: Poster) -> list[dict[str, str]]:
    shares = [proportion(many, poster.count.runs) for many in poster.count.outcomes]
    return [{"share": format_share(s), "interval": format_interval(s)} for s in shares]


def _poster_grids(explorer: Explorer) -> list[dict[str, Any]]:
    """War at each value of the levers shown, as text."""
    return [
        {
            "name": lever.name,
            "points": [
                (
                    lever.factor.format(value),
                    format_share_ci(proportion(count.causes["war"], count.runs)),
                )
                for value, count in explorer.poster.grids[lever.path]
            ],
        }
        for lever in explorer.levers
        if lever.is_shown
    ]


def data(explorer: Explorer) -> dict[str, Any]:
    """All that the scripts know of the model: words, levers, presets, lesson, poster."""
    scenario = explorer.scenario
    return {
        "digest": explorer.digest,
        "name": scenario.name,
        "title": scenario.title,
        "months": scenario.months,
        "seed": explorer.poster.seed,
        "maxSeed": MAX_PAGE_SEED,
        "maxRuns": MOST_RUNS,
        "outcomes": words.outcome_words(),
        "causes": words.cause_words(),
        "predicted": words.predicted_words(explorer.lesson.measure),
        "measures": words.measure_words(),
        # By number of values: the critical value of simultaneous intervals for all their pairs.
        "critical": {n: critical_value(n_pairs(n)) for n in range(2, FINER_GRID + 1)},
        "lists": words.lists(),
        "telling": telling.telling(),
        "seat": telling.seat(),
        **words.cast(scenario),
        "levers": [lever.to_dict() for lever in explorer.levers],
        "presets": [
            {
                "name": preset.scenario.name,
                "title": preset.scenario.title,
                "changes": list(preset.changes),
                "levers": _preset_levers(preset, explorer.levers),
                **words.cast(preset.scenario),
            }
            for preset in explorer.presets
        ],
        "lesson": explorer.lesson.to_dict(),
        "poster": explorer.poster.to_dict(),
    }


# What a lever shows of the scenario that it moves.
OWN = ("value", "own", "span", "drawn", "sources", "why")


def _preset_levers(preset: Preset, levers: Sequence[Lever]) -> dict[str, Any]:
    """By path, what the levers show of the preset, where it differs from the first scenario."""
    found = {}
    for lever in levers:
        before, after = lever.to_dict(), lever_in(lever, preset.scenario).to_dict()
        if before != after:
            found[lever.path] = {key: after[key] for key in OWN}
    return found


def embedded(content: Mapping[str, Any]) -> Markup:
    """JSON for a script element: no text in it can end the element or begin a comment."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for mark in "<>&\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return Markup(text)


def packed(content: bytes) -> str:
    """Bytes as compressed base64, the same for the same bytes."""
    return base64.b64encode(gzip.compress(content, 9, mtime=0)).decode()


@cache
def _templates() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(ASSETS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def style() -> str:
    """The style of all pages, what the explorer adds, and the colours of endings and causes."""
    parts = _asset(REPORT_ASSETS / "style.css", ASSETS / "explorer.css")
    return "\n".join([palette(), *parts, _colours()])


def _colours() -> str:
    """The classes of marks, curves and bands, in colours for light and dark paper."""
    named = {f"o{int(outcome)}": outcome.style.colour for outcome in Outcome}
    named |= {word: cause.colour for word, cause in CAUSES.items()}
    light = "".join(f"--c-{name}:{colour};" for name, colour in named.items())
    dark = "".join(f"--c-{name}:{theme.DARK.get(c, c)};" for name, c in named.items())
    marks = "".join(
        f".mark.o{k}{{fill:var(--c-o{k})}}i.o{k}{{background:var(--c-o{k})}}"
        for k in range(len(Outcome))
    )
    curves = "".join(
        f":is(.curve,.ghost).c-{name}{{stroke:var(--c-{name})}}"
        f":is(.band,.point).c-{name}{{fill:var(--c-{name})}}"
        for name in named
    )
    screen = "@media screen and (prefers-color-scheme:dark)"
    return f":root,.slides{{{light}}}\n{screen}{{:root:not(.slides){{{dark}}}}}\n{marks}{curves}"


def script() -> str:
    """The scripts as one function, so that they share a namespace and leave none behind."""
    parts = "\n".join(_asset(*(ASSETS / name for name in SCRIPTS)))
    return f'(() => {{\n"use strict";\nconst explorer = {{}};\n{parts}\n}})();'


def _asset(*files: Path) -> list[str]:
    return [file.read_text(encoding="utf-8") for file in files]
