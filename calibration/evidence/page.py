"""The table of docs/evidence.md, from the shipped evidence. Writes it anew: python -m calibration.evidence.page."""

from __future__ import annotations

import pathlib
import re

from calibration.evidence.read import read_evidence
from calibration.evidence.tables import text
from calibration.synthesised import effects_of

PAGE = pathlib.Path(__file__).resolve().parents[2] / "docs" / "evidence.md"


def page(words: str) -> str:
    """The page with its table as it is now."""
    table = f"```text\n{text(effects_of(read_evidence()))}\n```"
    return re.sub(r"(<!-- evidence -->\n).*?(<!-- end -->)", lambda m: f"{m[1]}{table}\n{m[2]}", words, flags=re.DOTALL)


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
