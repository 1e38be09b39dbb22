"""The table of docs/evidence.md and the forest plots that it shows, from the shipped evidence.

    python -m calibration.evidence.page

Writes the table anew between its marks, and the plots into results/example.
"""

from __future__ import annotations

import pathlib
import re
import shutil
import tempfile

from calibration.evidence.forest import draw_forests
from calibration.evidence.read import read_evidence
from calibration.evidence.tables import effect_rows, text
from calibration.synthesised import effects_of

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "evidence.md"


def page(words: str) -> str:
    """The page with its table as it is now."""
    effects = effects_of(read_evidence())
    table = f"```text\n{text(effects, effect_rows(effects))}\n```"
    return re.sub(r"(<!-- evidence -->\n).*?(<!-- end -->)", lambda m: f"{m[1]}{table}\n{m[2]}", words, flags=re.DOTALL)


def plots(words: str) -> list[pathlib.Path]:
    """The forest plots that the page shows."""
    return [PAGE.parent / place for place in re.findall(r"\]\((\S*/forest_\w+\.png)\)", words)]


def main() -> None:
    """Renew the page and its plots."""
    words = page(PAGE.read_text(encoding="utf-8"))
    PAGE.write_text(words, encoding="utf-8", newline="\n")
    file = read_evidence()
    with tempfile.TemporaryDirectory() as folder:
        draw_forests(file, effects_of(file), pathlib.Path(folder))
        for plot in plots(words):
            shutil.copyfile(pathlib.Path(folder) / plot.name, plot)


if __name__ == "__main__":
    main()
