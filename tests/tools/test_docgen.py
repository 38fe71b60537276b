"""The command that rewrites generated pages."""

from __future__ import annotations

import pytest

from tools.docgen import __main__ as docgen
from tools.docgen import evidence, fingerprints


@pytest.fixture
def written(monkeypatch):
    """The names of the pages written, with nothing written to disk."""
    names: list[str] = []
    for name in docgen.PAGES:
        monkeypatch.setitem(docgen.PAGES, name, lambda name=name: names.append(name))
    monkeypatch.setattr(fingerprints, "write", lambda: names.append("fingerprints"))
    return names


def test_without_a_name_every_page_is_written_but_no_fingerprint(written):
    docgen.main([])
    assert written == list(docgen.PAGES)


def test_only_what_is_named_is_written(written):
    docgen.main(["fingerprints", "evidence"])
    assert written == ["fingerprints", "evidence"]


def test_an_unknown_name_is_refused_before_anything_is_written(written, capsys):
    with pytest.raises(SystemExit):
        docgen.main(["evidence", "evidense"])
    assert not written
    assert "choose from behaviours, calibration" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["commands", "evidence", "parameters"])
def test_what_is_written_is_what_is_committed(name):
    before = {path: path.read_bytes() for path in evidence.PAGE.parent.glob("*.md")}
    docgen.PAGES[name]()
    assert before == {path: path.read_bytes() for path in before}
