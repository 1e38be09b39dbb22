"""How Sphinx makes the site: `python3 tasks.py docs`.

The sources are the pages as they lie (docs/, README, CONTRIBUTING, CHANGELOG), so their links work here and on a code
host. The front page, docs/index.md, is the only list of pages: its headings and links become the side bar.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from sphinx.application import Sphinx

project = "jobcentersim"
author = "jobcentersim"
copyright = author
language = "en"

extensions = ["myst_parser"]
root_doc = "docs/index"
include_patterns = ["docs/*.md", "README.md", "CONTRIBUTING.md", "CHANGELOG.md"]
source_suffix = {".md": "markdown"}
myst_heading_anchors = 4
highlight_language = "text"

html_theme = "furo"
html_title = project
html_copy_source = False
html_show_search_summary = False  # they are fetched, which a browser refuses at file://
html_show_copyright = False
html_show_sphinx = False
html_additional_pages = {"index": "to_front_page.html"}
templates_path = ["_templates"]
html_static_path = ["_static"]
html_css_files = ["site.css"]

SECTION = re.compile(r"^## (.+)\n((?:.*\n)*?)(?=^## |\Z)", re.MULTILINE)
PAGE = re.compile(r"^\* \[(.+)\]\(([^)#]+)\.md\)$", re.MULTILINE)


def side_bar(_: Sphinx, page: str, text: list[str]) -> None:
    """Give the front page a hidden table of contents for each of its headings, of the pages in the list below it."""
    if page != root_doc:
        return
    front = PurePosixPath("/", page).parent
    for heading, listed in SECTION.findall(text[0] + "\n"):
        pages = [f"{title} <{_from_root(front / target)}>" for title, target in PAGE.findall(listed)]
        text[0] += "\n".join(["\n\n```{toctree}", ":hidden:", f":caption: {heading}", "", *pages, "```\n"])


def _from_root(page: PurePosixPath) -> str:
    """A page with `..` in its path, as Sphinx calls it: from the root of the sources on."""
    parts: list[str] = []
    for part in page.parts[1:]:
        parts = parts[:-1] if part == ".." else [*parts, part]
    return "/" + "/".join(parts)


def setup(app: Sphinx) -> None:
    """Called by Sphinx."""
    app.connect("source-read", side_bar)
