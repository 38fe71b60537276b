"""Every promise on the page about security has a test, and the test is there."""

from __future__ import annotations

import re

from tests.docs.pages import ROOT, text_of


def test_every_promise_has_its_test() -> None:
    promises = text_of("docs/security.md").partition("## Promises")[2].partition("\n## ")[0]
    rows = [line for line in promises.splitlines() if line.startswith("| ")][1:]
    written = "".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    assert len(rows) > 10
    for row in rows:
        named = re.findall(r"`(test_\w+)`", row)
        assert named, row
        for name in named:
            assert f"def {name}(" in written, name
