"""What the command says of a small file with a mistake in it."""

from __future__ import annotations

from pathlib import Path

from tests.cases.places import CASES, ROOT, said

KONTANT = ROOT / "scenarios" / "base_kontanthjaelp.yaml"
SMALL = CASES / "decimal-comma-in-braces" / "base.yaml"


def refused(path: Path, at: str, *words: str) -> str:
    """`check` refuses the file: the first line of what it says has this place (line:column) and all words."""
    answer = said("check", path)
    assert answer.exit_code == 2, answer.output
    first = next(line for line in answer.stderr.splitlines() if " error: " in line)
    assert f"{path.name}:{at}: error" in first and all(word in first for word in words), answer.stderr
    return str(answer.stderr)


def overlay(tmp_path: Path, text: str, base: Path = SMALL) -> Path:
    """An overlay of a small world, in a folder of its own."""
    (tmp_path / "base.yaml").write_text(base.read_text(encoding="utf-8"), encoding="utf-8")
    path = tmp_path / "over.yaml"
    path.write_text(f"version: 2\nextends: base.yaml\n{text}\n", encoding="utf-8")
    return path
