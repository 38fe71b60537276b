"""Write the browser engine and a scenario to a folder, for a page or a notebook of one's own."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from sim.browser.assets import ENGINE, MODULE
from sim.browser.package import scenario_document
from sim.scenario.scenario import require_scenario


def export(scenario: object, folder: str | Path) -> list[Path]:
    """Write ``thinline.wasm``, ``engine.js`` and the document of ``scenario`` to ``folder``.

    Parameters
    ----------
    scenario
        A loaded scenario.
    folder
        The folder, made if it is not there. Files of these names are replaced.

    Returns
    -------
    list of Path
        The three files; the last one is ``NAME.json``, after the name of the scenario.

    Raises
    ------
    sim.errors.UsageError
        For anything that is not a loaded scenario.
    """
    loaded = require_scenario(scenario)
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    document = place / f"{loaded.name}.json"
    document.write_text(json.dumps(scenario_document(loaded), separators=(",", ":")), "utf-8")
    return [*(Path(shutil.copy(asset, place)) for asset in (MODULE, ENGINE)), document]
