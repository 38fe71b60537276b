"""Write the browser engine and a scenario to a folder, for a page or a notebook of one's own."""

from __future__ import annotations

import base64
import json
import shutil
from pathlib import Path

from sim.browser.assets import ENGINE, MODULE
from sim.browser.package import scenario_document
from sim.scenario.scenario import require_scenario


def export(scenario: object, folder: str | Path) -> list[Path]:
    """Write the browser engine and ``scenario`` to ``folder``.

    Parameters
    ----------
    scenario
        A loaded scenario.
    folder
        The folder, made if it is not there. Files of these names are replaced.

    Returns
    -------
    list of Path
        ``thinline.wasm``, ``engine.js``, the document ``NAME.json``, after the name of the
        scenario, and ``NAME.js``, a script with the module and the document for a page that is
        opened from disk, which may not load the others.

    Raises
    ------
    sim.errors.UsageError
        For anything that is not a loaded scenario.
    """
    loaded = require_scenario(scenario)
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    text = json.dumps(scenario_document(loaded), separators=(",", ":"))
    module = base64.b64encode(MODULE.read_bytes()).decode()
    script = f'globalThis.thinlineScenario={{module:"{module}",document:{text}}};\n'
    written = {place / f"{loaded.name}.json": text, place / f"{loaded.name}.js": script}
    for file, content in written.items():
        file.write_text(content, encoding="utf-8")
    return [*(Path(shutil.copy(asset, place)) for asset in (MODULE, ENGINE)), *written]
