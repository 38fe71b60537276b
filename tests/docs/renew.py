"""What commands say, as the pages show it.

``python -m tests.docs.renew`` runs every command whose answer is shown, and writes it there anew.
"""

from __future__ import annotations

import re
import shlex
import tempfile
from contextlib import chdir, redirect_stdout, suppress
from io import StringIO

from tests.docs.pages import OWN, ROOT, Block, blocks, text_of

# Where a run is kept tells the time.
FOLDER = re.compile(r"(results/\w+/)[0-9TZ]+-[0-9a-f]+(-[0-9]+)?")


def said(block: Block) -> str:
    """What a block shows as the answer to its one command; empty if it shows none."""
    first, _, rest = block.text.partition("\n")
    return rest if first.startswith("$ thinline ") and not rest.startswith("$ ") else ""


def printed(block: Block) -> str:
    """What its command prints to standard output, run in the current folder."""
    from sim.cli.main import main

    words = shlex.split(block.text.partition("\n")[0], comments=True)[2:]
    with redirect_stdout(Reconfigured()) as out, suppress(SystemExit):
        main(words)
    return FOLDER.sub(r"\1…", out.getvalue())


class Reconfigured(StringIO):
    """A text in memory that can be set up like a terminal."""

    def reconfigure(self, **settings: str) -> None:
        """Take no notice."""


def main() -> None:
    """Renew every page."""
    for page in OWN:
        text = text_of(page)
        for block in blocks(page, "console"):
            if said(block):
                with tempfile.TemporaryDirectory() as folder, chdir(folder):
                    new = printed(block)
                text = text.replace(block.text, block.text.partition("\n")[0] + "\n" + new)
        (ROOT / page).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
