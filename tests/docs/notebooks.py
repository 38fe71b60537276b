"""The notebooks of the documentation, executed: ``python -m tests.docs.notebooks`` renews them."""

from __future__ import annotations

from typing import Any

import nbformat
from nbclient import NotebookClient

from tests.docs.pages import ROOT

FOLDER = ROOT / "docs" / "notebooks"
NOTEBOOKS = sorted(path.name for path in FOLDER.glob("*.ipynb"))


def read(name: str) -> Any:
    """A notebook as it is kept."""
    return nbformat.read(FOLDER / name, as_version=4)


def executed(name: str) -> Any:
    """The notebook with its outputs computed anew, from the root of the project."""
    book = read(name)
    place = {"metadata": {"path": str(ROOT)}}
    NotebookClient(book, timeout=300, resources=place, record_timing=False).execute()
    book.metadata.pop("language_info", None)
    return book


def printed(book: Any) -> str:
    """What the cells print, in whatever pieces it arrived."""
    return "".join(
        output.text
        for cell in book.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if output.output_type == "stream" and output.name == "stdout"
    )


def main() -> None:
    """Renew every notebook."""
    for name in NOTEBOOKS:
        nbformat.write(executed(name), FOLDER / name)


if __name__ == "__main__":
    main()
