"""Renew the part of plotly.js that is shipped for the pages: ``python -m tools.plotly_bundle``.

The partial bundle is fetched with npm, in the version that the installed plotly.py has and with the
digest pinned here; its licence is kept beside it. After a new version of plotly.py, set ``DIGEST``
to what ``npm view plotly.js-basic-dist-min@VERSION dist.integrity`` prints.
"""

from __future__ import annotations

import base64
import hashlib
import subprocess
import tarfile
import tempfile
from pathlib import Path

from plotly.offline import get_plotlyjs_version

from sim.report.page import ASSETS

PACKAGE = "plotly.js-basic-dist-min"
VERSION = "4.1.1"
DIGEST = (
    "sha512-1oNF8PeQx2hv/y7tqEVWKD3JGwn/MGEMQ8mL9HUwsaqG9FGy/"
    "OU5FHUHvzqbqxN4mnwZGI9abTiE775C4kkjMQ=="
)
# The trace types in this bundle.
TRACES = {"bar", "pie", "scatter"}
FILES = {"plotly-basic.min.js": "plotly-basic.min.js", "LICENSE": "plotly-LICENSE.txt"}


def main() -> None:
    """Fetch the bundle, check it, and put it with its licence among the assets of the pages."""
    if get_plotlyjs_version() != VERSION:
        raise SystemExit(
            f"plotly.py has plotly.js {get_plotlyjs_version()}: set VERSION and DIGEST"
        )
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", "--silent", "--pack-destination", folder, f"{PACKAGE}@{VERSION}"]
        subprocess.run(command, check=True)
        (archive,) = Path(folder).glob("*.tgz")
        check(archive.read_bytes())
        with tarfile.open(archive) as packed:
            for inside, name in FILES.items():
                found = packed.extractfile(f"package/{inside}")
                assert found is not None, f"{inside} is not in {PACKAGE}"
                (ASSETS / name).write_bytes(found.read())


def check(archive: bytes) -> None:
    """Stop if the archive has another digest than the pinned one."""
    found = "sha512-" + base64.b64encode(hashlib.sha512(archive).digest()).decode()
    if found != DIGEST:
        raise SystemExit(f"{PACKAGE} {VERSION} has the digest {found}, not {DIGEST}")


if __name__ == "__main__":
    main()
