"""Links of the documentation lead somewhere, every page is on the front page, and the built site needs nothing from
outside."""

from __future__ import annotations

import pathlib
import re
import shutil
import subprocess
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

import pytest

from simulation.scenario.reference import anchor

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCS = sorted((ROOT / "docs").glob("*.md"))
PAGES = [*DOCS, *(ROOT / f"{name}.md" for name in ("README", "CONTRIBUTING", "CHANGELOG"))]
FRONT = ROOT / "docs" / "index.md"
SITE = ROOT / "build" / "site"
CODE = re.compile(r"^(```+).*?^\1|`[^`\n]*`", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)")


def links(page: pathlib.Path) -> Iterator[str]:
    """What a page links to, code left out."""
    yield from LINK.findall(CODE.sub("", page.read_text(encoding="utf-8")))


def headings(page: pathlib.Path) -> set[str]:
    """The anchors of a page, as code hosts and the site make them of its headings."""
    found: set[str] = set()
    fences = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
    for line in fences.sub("", page.read_text(encoding="utf-8")).splitlines():
        if line.startswith("#"):
            found.add(anchor(line.lstrip("# ")))
    return found


def broken(page: pathlib.Path) -> Iterator[str]:
    """The links of a page within the project that lead nowhere."""
    for link in links(page):
        parts = urlsplit(unquote(link))
        if parts.scheme:
            continue
        target = (page.parent / parts.path).resolve() if parts.path else page
        if not target.exists() or (parts.fragment and parts.fragment not in headings(target)):
            yield link


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_of_a_page_lead_somewhere(page: pathlib.Path) -> None:
    assert [*broken(page)] == []


def test_a_broken_link_is_found(tmp_path: pathlib.Path) -> None:
    page = tmp_path / "page.md"
    text = f"# One\n[a]({FRONT}) [b](none.md) [c](#one) [d](#two) `[e](none.md)` [f]({FRONT}#nowhere)"
    page.write_text(text, encoding="utf-8")
    assert [*broken(page)] == ["none.md", "#two", f"{FRONT}#nowhere"]


def test_every_page_is_on_the_front_page_once() -> None:
    """A new page goes into the list of docs/index.md that its reader would look in."""
    targets = re.findall(r"^\* \[.+\]\((\S+)\)$", FRONT.read_text("utf-8"), re.MULTILINE)
    listed = [(FRONT.parent / target).resolve() for target in targets]
    assert {page.name for page in PAGES} - {page.name for page in listed} == {FRONT.name}
    assert len(listed) == len(set(listed))


def test_no_page_shows_what_is_elsewhere() -> None:
    """Pictures lie in the project, so that the site needs no network."""
    shown = {page.name: re.findall(r"!\[[^\]]*\]\((https?:[^)]*)\)", page.read_text("utf-8")) for page in PAGES}
    assert {name: found for name, found in shown.items() if found} == {}


def test_files_that_pages_name_are_there() -> None:
    named = re.compile(r"`((?:tests|simulation|calibration|scenarios|docs|notebooks)/[\w/.*-]+)`")
    now = [page for page in PAGES if page.stem != "CHANGELOG"]
    gone = {(page.name, name) for page in now for name in named.findall(page.read_text(encoding="utf-8"))
            if not any(ROOT.glob(name.rstrip("/")))}  # fmt: skip
    assert gone == set()


@pytest.mark.site
def test_the_site_fetches_nothing() -> None:
    fetched = re.compile(r"<(?:script|link|img|iframe)[^>]*(?:src|href)=\"(?:https?:)?//[^\"]*\"")
    found = [(page.name, what) for page in SITE.rglob("*.html") for what in fetched.findall(page.read_text("utf-8"))]
    styles = [f for f in SITE.rglob("*.css") if re.search(r"url\(\s*['\"]?(https?:)?//|@import", f.read_text("utf-8"))]
    assert found == [] and styles == []


@pytest.mark.site
def test_the_site_has_every_page() -> None:
    pages = {page.relative_to(ROOT).with_suffix(".html") for page in PAGES}
    assert pages <= {page.relative_to(SITE) for page in SITE.rglob("*.html")}


@pytest.mark.site
@pytest.mark.parametrize(
    ("words", "page"), [("refusion", "docs/accounts.html"), ("sagsbehandler", "docs/hvor_mange_sager.html")]
)
def test_search_works_from_a_folder(words: str, page: str) -> None:
    """As a reader without a server has it, in a real browser."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("no browser here")
    shown = subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=15000", "--dump-dom",
         f"{(SITE / 'search.html').as_uri()}?q={words}"],
        capture_output=True, text=True, timeout=120, check=True,
    ).stdout  # fmt: skip
    results = shown.partition('id="search-results"')[2]
    assert f'href="{page}"' in results
