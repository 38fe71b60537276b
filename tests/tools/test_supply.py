"""What a user is told of the package and of what comes with it is current."""

from __future__ import annotations

import json
import re
import tomllib

import pytest
import yaml

import sim
from tests.docs.pages import ROOT, blocks
from tools import sbom

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_the_citation_has_the_version_and_the_licence() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == sim.__version__
    assert citation["license"] == PROJECT["license"]
    assert citation["authors"] == PROJECT["authors"]
    assert "forecasts nothing" in " ".join(citation["abstract"].split())


def test_both_descriptions_of_the_software_agree() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    described = json.loads((ROOT / "codemeta.json").read_text(encoding="utf-8"))
    assert described["version"] == citation["version"]
    assert described["license"] == f"https://spdx.org/licenses/{citation['license']}"
    assert [each["name"] for each in described["author"]] == [
        each["name"] for each in citation["authors"]
    ]
    assert described["keywords"] == citation["keywords"]
    assert described["description"] == " ".join(citation["abstract"].split())
    assert described["runtimePlatform"] == f"Python {PROJECT['requires-python']}"


@pytest.mark.parametrize(
    "file", sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml")), ids=str
)
def test_a_form_for_issues_asks_for_something(file) -> None:
    form = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert form["name"]
    assert any(field["validations"]["required"] for field in form["body"] if "validations" in field)


def test_worked_examples_for_contributors_are_short() -> None:
    shown = [block for block in blocks("CONTRIBUTING.md") if block.kind in ("python", "yaml")]
    assert len(shown) == 6
    assert [block for block in shown if block.text.count("\n") >= 30] == []


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
