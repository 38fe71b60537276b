"""What a user is told of the package and of what comes with it is current."""

from __future__ import annotations

import json
import re
import tomllib

import yaml

import sim
from tests.docs.pages import ROOT
from tools import sbom

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_the_citation_has_the_version_and_the_licence() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == sim.__version__
    assert citation["license"] == PROJECT["license"]
    assert citation["authors"] == PROJECT["authors"]
    assert "forecasts nothing" in " ".join(citation["abstract"].split())


def test_the_bill_of_materials_is_that_of_the_lock() -> None:
    """Otherwise: python -m tools.sbom > requirements/sbom.json."""
    written = json.loads((ROOT / "requirements" / "sbom.json").read_text(encoding="utf-8"))
    assert written == sbom.document()


def test_every_pinned_package_and_every_dependency_is_in_it() -> None:
    names = {component["name"] for component in sbom.document()["components"]}
    lines = sbom.LOCK.read_text(encoding="utf-8").splitlines()
    assert len(names) == 1 + sum("==" in line and not line.startswith(" ") for line in lines)
    direct = {re.split(r"[<>=]", each)[0] for each in PROJECT["dependencies"]}
    assert direct <= names


def test_every_pinned_package_has_digests() -> None:
    blocks = re.split(r"\n(?=\S)", sbom.LOCK.read_text(encoding="utf-8").strip())
    assert all("--hash=sha256:" in block for block in blocks if "==" in block)
