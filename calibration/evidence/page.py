"""The tables of docs/evidence.md and the plots that it shows, from the shipped evidence.

    python -m calibration.evidence.page

Writes the tables anew between their marks, and the plots into results/example.
"""

from __future__ import annotations

import pathlib
import re
import shutil
import tempfile

from calibration.evidence.plots import draw_plots
from calibration.evidence.read import read_evidence
from calibration.evidence.tables import effect_rows, text
from calibration.evidence.validation import validation_text
from calibration.left_out_families import predictions
from calibration.synthesised import effects_of

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "evidence.md"


def page(words: str) -> str:
    """The page with its tables as they are now."""
    file = read_evidence()
    effects = effects_of(file)
    words = _between(words, "evidence", text(effects, effect_rows(effects)))
    return _between(words, "left out", validation_text(predictions(file)))


def _between(words: str, mark: str, table: str) -> str:
    """The page with this table after its mark."""
    block = f"```text\n{table}\n```"
    pattern = rf"(<!-- {mark} -->\n).*?(<!-- end -->)"
    return re.sub(pattern, lambda m: f"{m[1]}{block}\n{m[2]}", words, flags=re.DOTALL)


def plots(words: str) -> list[pathlib.Path]:
    """The plots that the page shows."""
    return [PAGE.parent / place for place in re.findall(r"\]\((\S*/(?:forest|predicted)_\w+\.png)\)", words)]


def main() -> None:
    """Renew the page and its plots."""
    words = page(PAGE.read_text(encoding="utf-8"))
    PAGE.write_text(words, encoding="utf-8", newline="\n")
    file = read_evidence()
    with tempfile.TemporaryDirectory() as folder:
        draw_plots(file, effects_of(file), predictions(file).rows, pathlib.Path(folder))
        for plot in plots(words):
            shutil.copyfile(pathlib.Path(folder) / plot.name, plot)


if __name__ == "__main__":
    main()
