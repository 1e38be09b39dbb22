"""Measured figures: on screen, in a file, and against the last ones."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Figure:
    """A median over rounds, for each checkout that was measured."""

    name: str
    what: str
    unit: str
    values: Sequence[float]
    over: float | None = None
    """Median over rounds of the last checkout against the first; None: there is one checkout."""

    def line(self, last: float | None) -> str:
        """On screen, beside the figure of the last time."""
        cells = "".join(f"{digits(value):>11}" for value in self.values)
        over = "" if self.over is None else f"{self.over:>12.3f}"
        before = f"{self.values[-1] / last:>10.3f}" if last else ""
        return f"  {self.what:62} {self.unit:>6} {cells}{over}{before}"


def heading(labels: Sequence[str]) -> str:
    """The words above the columns of `Figure.line`."""
    over = f"{labels[-1] + '/' + labels[0]:>12}" if len(labels) > 1 else ""
    return f"  {'':62} {'':>6} {''.join(f'{label:>11}' for label in labels)}{over}{'/last':>10}"


def digits(value: float) -> str:
    """Three digits that count, and all before the point."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}" if abs(value) < 1 else f"{value:#.3g}"


def kept(file: Path) -> dict[str, dict[str, Any]]:
    """The figures of a file by name, each with the machine and the day it was measured on; none without a file."""
    return dict(json.loads(file.read_text(encoding="utf-8"))) if file.exists() else {}


def keep(file: Path, figures: Sequence[Figure], machine: dict[str, Any], labels: Sequence[str]) -> None:
    """Put figures into a file, over those of the same name; others stay."""
    found = kept(file)
    for figure in figures:
        found[figure.name] = {**asdict(figure), "trees": list(labels), "machine": machine}
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def comparable(figure: Figure, last: dict[str, dict[str, Any]], processor: str) -> float | None:
    """The value of the last time, where it is of the same kind of processor."""
    before = last.get(figure.name)
    return float(before["values"][-1]) if before and before["machine"]["processor"] == processor else None
