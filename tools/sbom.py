"""The bill of materials, as CycloneDX: ``python -m tools.sbom > requirements/sbom.json``.

It lists the packages of ``requirements/run.lock``, which are installed beside this one, and the
JavaScript that is shipped in it. The lock has the digest of every file of a package.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sim
from tools import plotly_bundle

LOCK = Path(__file__).parents[1] / "requirements" / "run.lock"
PINNED = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^\s;\\]+)(?: ; ([^\\\n]+?))? \\$", re.MULTILINE)


def main() -> None:
    """Print the document."""
    print(json.dumps(document(), indent=2))


def document() -> dict[str, Any]:
    """The document, which depends on the lock and the versions alone."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "name": "thinline",
                "version": sim.__version__,
                "licenses": [{"license": {"id": "MIT"}}],
            }
        },
        "components": [*packages(), bundled()],
    }


def packages() -> Iterator[dict[str, Any]]:
    """The pinned packages; some are needed on some systems only."""
    for name, version, condition in PINNED.findall(LOCK.read_text(encoding="utf-8")):
        yield {
            "type": "library",
            "name": name,
            "version": version,
            "purl": f"pkg:pypi/{name}@{version}",
            **(
                {"properties": [{"name": "thinline:condition", "value": condition}]}
                if condition
                else {}
            ),
        }


def bundled() -> dict[str, Any]:
    """The part of plotly.js that is shipped for the pages."""
    name, version = plotly_bundle.PACKAGE, plotly_bundle.VERSION
    return {
        "type": "library",
        "name": name,
        "version": version,
        "purl": f"pkg:npm/{name}@{version}",
        "licenses": [{"license": {"id": "MIT"}}],
    }


if __name__ == "__main__":
    main()
