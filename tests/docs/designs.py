"""The table of designs in docs/rules.md, from the stored notebook: python -m tests.docs.designs writes it anew."""

from __future__ import annotations

import html
import pathlib
import re
from collections.abc import Iterable

import nbformat

from tests.notebooks import FOLDER, outputs

NOTEBOOK = FOLDER / "hvad_goer_vi_med_friheden.ipynb"
PAGE = FOLDER.parent / "docs" / "rules.md"
DESIGNS = {
    "Loven": "loven", "Ingen fritages": "ingen_fritages", "Halvdelen fritages": "halvdelen_fritages",
    "Fritagelse efter score (AUC 0,6)": "fritag_efter_score",
    "Fritagelse efter den sande chance": "fritag_de_hurtigste", "Korte forløb uden samtaler": "korte_forloeb_fritages",
    "En samtale mindre tidligt": "faerre_tidligt", "En samtale mindre sent": "faerre_sent",
    "Alle samtaler på telefon": "telefon", "Møder for otte": "grupper_af_otte",
    "A-kassen i fire måneder": "a_kassen_fire_maaneder", "Kommunen fra dag et": "kommunen_fra_dag_et",
    "Anden aktør i fire måneder": "anden_aktoer_fire_maaneder", "En tredjedel færre i kommunen": "tredjedel_faerre",
}  # fmt: skip
"""The designs as the notebook calls them, and their scenarios."""
HEAD = """\
| design | held talks | never seen in six months, % | cases each | talk time used, % | weeks on benefit | weeks employed | posts, municipality | posts, others |
|---|---|---|---|---|---|---|---|---|
"""  # noqa: E501 - a line of Markdown


EXEMPT = "Fritaget"
"""The row of what those lose whom a lot exempts: exits to jobs, and weeks."""


def cells(names: Iterable[str] = DESIGNS) -> dict[str, list[str]]:
    """What the tables of the notebook have of each design: levels (four), differences (two), posts (three)."""
    found: dict[str, list[str]] = {name: [] for name in names}
    for output in outputs(nbformat.read(NOTEBOOK, as_version=4)):
        for row in re.findall(r"<tr>(.*?)</tr>", output.get("data", {}).get("text/html", ""), re.DOTALL):
            name, *rest = (html.unescape(each) for each in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row))
            if name in found:
                found[name] += rest
    return found


def rows() -> list[str]:
    """The rows of the page."""
    lines = []
    for name, told in cells().items():
        levels, more = told[:4], told[4:]
        differences = ["", ""] if name == "Loven" else more[:2]
        municipality, a_kasse, other = more[-3:]
        row = [f"`{DESIGNS[name]}`", *levels, *differences, municipality, a_kasse if a_kasse != "–" else other]
        lines.append("| " + " | ".join(map(in_english, row)) + " |")
    return lines


def in_english(text: str) -> str:
    """Numbers as the pages have them."""
    return text.replace(",", ".")


def page() -> str:
    """The page with the table of the notebook."""
    text = PAGE.read_text(encoding="utf-8")
    begin = text.index(HEAD) + len(HEAD)
    end = re.compile(r"^(?!\|)", re.MULTILINE).search(text, begin)
    assert end is not None
    return text[:begin] + "\n".join(rows()) + "\n" + text[end.start() :]


if __name__ == "__main__":
    pathlib.Path(PAGE).write_text(page(), encoding="utf-8")
