"""Figures of who pays and who gains."""
from __future__ import annotations
import pathlib
from typing import Any
from simulation.world.labels import Language
def draw_cba(assessed: Any, folder: pathlib.Path, made_by: str, language: Language = "en") -> None:
    (folder / "captions.md").write_text("")
