"""Settings of the documentation site, which opens from disk with the network off: ``make site``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sim import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx

KEYS = "classroom/keys/"

project = "thinline"
author = "thinline contributors"
project_copyright = "thinline contributors"
version = release = __version__
language = "en-GB"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx_copybutton"]
exclude_patterns = ["**/.*"]
root_doc = "index"

# The pages are read on a code host as well, so links and anchors are those of plain Markdown.
myst_heading_anchors = 4
myst_enable_extensions = ["deflist"]

# Pages are checked for broken links to other pages. A type in a signature need not have a page.
nitpicky = True
nitpick_ignore_regex = [("py:.*", ".*")]
# A page from disk cannot fetch another one, so search shows titles without a summary.
html_show_search_summary = False
html_theme = "furo"
html_title = f"thinline {__version__}"
html_static_path: list[str] = []
html_copy_source = False
html_show_sphinx = False
html_theme_options = {
    # The theme keeps the line unbroken, which cuts it on a telephone.
    "announcement": (
        '<span style="display: inline-block; white-space: normal; '
        'font-size: .8125rem; line-height: 1.2">'
        "<b>A teaching model:</b> invented weights, contested sources. "
        "It is for thinking with, and forecasts nothing.</span>"
    ),
}

autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"
python_use_unqualified_type_names = True
napoleon_google_docstring = False
copybutton_prompt_text = "$ "
copybutton_only_copy_prompt_lines = True


def keep_key_apart(app: Sphinx, doctree: Any) -> None:
    """Leave an answer key out of navigation, and its text out of search: only the teachers' page
    leads to it."""
    if app.env.docname.startswith(KEYS):
        app.env.metadata[app.env.docname] |= {"orphan": True, "nosearch": True}


# A link into the explorer with settings. Sphinx makes a download of it and drops what follows "#",
# so a mark keeps it until the page is written.
INTO_EXPLORER = re.compile(r"\]\(explorer\.html#(tl1;[^)\s]+)\)")
MARKED = re.compile(
    r'<a class="reference download[^"]*" download="" href="([^"]*)">((?:(?!</a>).)*)</a>'
    r'<span data-settings="([^"]*)"></span>',
    re.S,
)


def mark_settings(app: Sphinx, page: str, source: list[str]) -> None:
    """Write the settings of a link into the explorer beside it."""
    source[0] = INTO_EXPLORER.sub(r'](explorer.html)<span data-settings="\1"></span>', source[0])


def mend_markup(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any
) -> None:
    """Give captions the level that their role needs, let the keyboard reach wide tables, and open
    the explorer with the settings of a link."""
    for part in ("body", "furo_navigation_tree"):
        if part in context:
            text = context[part].replace('role="heading"', 'role="heading" aria-level="2"')
            text = MARKED.sub(r'<a class="reference" href="\1#\3">\2</a>', text)
            context[part] = text.replace(
                '<div class="table-wrapper', '<div tabindex="0" class="table-wrapper'
            )


def setup(app: Sphinx) -> None:
    """Connect what this site adds to Sphinx, after what the theme adds."""
    app.connect("source-read", mark_settings)
    app.connect("doctree-read", keep_key_apart)
    app.connect("html-page-context", mend_markup, priority=900)
