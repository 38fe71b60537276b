"""What axe-core finds on a page that keeps a person from using it."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe

GRAVE = ("serious", "critical")
# Other results are not worked out in detail.
ONLY_FAULTS = {"resultTypes": ["violations"]}
# All that another colour scheme changes.
COLOURS = {"runOnly": ["color-contrast"]}
# The rows of a table are alike, and so are their groups; there are thousands. They are removed,
# since axe-core reads what is hidden, too.
SHORTEN_TABLES = """() => {
  const rows = "tbody > tr:nth-child(n + 6), tbody:nth-of-type(n + 4)";
  document.querySelectorAll(rows).forEach((each) => each.remove());
}"""


def grave_faults(
    page: Any, only: dict[str, Any] | None = None, within: str | None = None
) -> list[str]:
    """The serious and critical faults of a page, each with its rule, place and remedy; ``only`` are
    axe-core's options for some of its rules, and ``within`` selects a part of the page.

    The rules read what is drawn: everything that is folded is opened, and movement is ended first;
    of a table the first groups of rows are read, and their first rows. Other rows are gone then.
    """
    page.evaluate(SHORTEN_TABLES)
    page.evaluate("() => document.querySelectorAll('details').forEach((d) => { d.open = true })")
    page.evaluate("() => document.getAnimations().forEach((each) => each.finish())")
    found = Axe().run(page, within, options={**ONLY_FAULTS, **(only or {})}).response["violations"]
    return [
        f"{rule['id']}: {', '.join(map(str, node['target']))}: {node['failureSummary']}"
        for rule in found
        if rule["impact"] in GRAVE
        for node in rule["nodes"]
    ]
