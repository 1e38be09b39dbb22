"""The tables of docs/calibration.md, from the fitted files and the validation that are shipped.

    python -m calibration.page [FOLDER OF A VALIDATION]

Writes them anew between their marks. With a folder, as `jobcentersim validate` names it, its table and figures become
the shipped ones, in results/example.
"""

from __future__ import annotations

import math
import pathlib
import re
import shutil
import sys
from functools import cache
from typing import Any

import pandas as pd

from calibration.dependent import DEPENDENT, independent
from calibration.read import read_study
from calibration.skill import LEVELS
from calibration.validate import DRAWS
from simulation.report.words import number, span
from simulation.results.verdict import verdict_of
from simulation.scenario.files.fitted import Fit, read_fit

ROOT = pathlib.Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "calibration.md"
EXAMPLE = ROOT / "results" / "example"
SHIPPED = ("held_out.png", "left_out.png")


def page(text: str) -> str:
    """The page with its tables as they are now."""
    for mark, table in (("fits", fits()), ("validation", validation())):
        text = re.sub(rf"(<!-- {mark} -->\n).*?(<!-- end -->)", rf"\1{table}\n\2", text, flags=re.DOTALL)
    return text


def fits() -> str:
    """What was fitted to what, and what no figure informs, by setting."""
    head = (
        "| setting | fitted to (model by the priors alone, 95 % → fitted, 95 %) | parameters, 95 % interval (informed; "
        "interval with half; with twice the guessed variances) | informed by no figure |"
    )
    lines = [head, "|---|---|---|---|"]
    for fit in _fits():
        free = [name for name, entry in fit.data["parameters"].items() if entry["informed"] < 0.1]
        sensitive = fit.data.get("sensitivity") or {}
        every = fit.data["parameters"].items()
        known = [_parameter(name, entry, sensitive.get(name, {})) for name, entry in every if name not in free]
        targets = [_target(_units(fit.name)[name], entry) for name, entry in fit.data["targets"].items()]
        loose = ", ".join(f"`{_short(name)}`" for name in free) or "–"
        lines.append(f"| {fit.data['name']} | {'; '.join(targets)} | {'; '.join(known)} | {loose} |")
    lines += ["", *refits()]
    missed = [f"* {fit.data['name']}: {text}." for fit in _fits() for text in fit.data["warnings"] if _serious(text)]
    return "\n".join([*lines, "", "Not reached, at an end of the prior, or inexact:", "", *(missed or ["* nothing"])])


def refits() -> list[str]:
    """Figures that were left out by a fit of their own, beside what the emulator says of them without one."""
    lines = [
        "Left out by a fit without it, and by the emulator of the fit with it (middle, 95 %, z):", "",
        "| setting | figure | published | fit without it | emulator | moved |", "|---|---|---|---|---|---|",
    ]  # fmt: skip
    for fit in _fits():
        for name, entry in fit.data["targets"].items():
            if entry.get("refitted"):
                unit = _units(fit.name)[name]
                lines.append(
                    f"| {fit.data['name']} | `{name}` | {number(unit, entry['published'])} | "
                    f"{_told(unit, entry, 'others')} | {_told(unit, entry, 'emulator')} | {entry['moved']:.2g} |"
                )
    return lines if len(lines) > 4 else ["No figure was left out by a fit of its own yet."]


def _told(unit: str, entry: dict[str, Any], by: str) -> str:
    middle, low, high = entry[f"by_the_{by}"]
    return f"{number(unit, middle)} {span(unit, low, high)}, {_signed(entry[f'z_by_the_{by}'])}"


def validation() -> str:
    """Held-out figures, the farthest first, and how many lie inside which interval."""
    frame = pd.read_csv(EXAMPLE / "validation.csv", keep_default_na=False, na_values=[""])
    for column in ("prior_low", "prior_high", "score_gained", "width_left"):  # a validation that was made before
        frame[column] = frame.get(column, math.nan)
    held = frame[frame["kind"] == "held out"].copy()
    held["off"] = (held["value"] - held["published"]) / held["se"]
    held["far"] = held["off"].abs()
    pairs = zip(held["study"], held["figure"], strict=True)
    held["check"] = pd.Series([independent(*pair) for pair in pairs], index=held.index, dtype=bool)
    lines = [
        "| setting | figure | published | priors alone, 95 % | model, 95 % | model − published | in sd | | "
        "with parameters | gained | width left |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for row in held.sort_values("far", ascending=False).to_dict(orient="records"):
        unit, off = _units(row["study"])[row["figure"]], row["value"] - row["published"]
        other = "" if pd.isna(row["contradicts"]) else ", contradicts a fitted one"
        reason = DEPENDENT.get((row["study"], row["figure"]))
        other += f"; no check: {reason}" if reason else ""
        verdict = verdict_of(off, row["se"], abs(row["published"]), DRAWS)
        lines.append(
            f"| {row['study']} | `{row['figure']}` ({row['outcome']}, {row['group']}{other}) | "
            f"{number(unit, row['published'])} | {span(unit, row['prior_low'], row['prior_high'])} | "
            f"{number(unit, row['value'])} {span(unit, row['low'], row['high'])} | "
            f"{number(unit, off, True)} | {_signed(row['off'])} | {verdict} | {_signed(-row['z'])} | "
            f"{_gained(row['score_gained'])} | {_left(row['width_left'])} |"
        )
    shares = [
        ("held out", held),
        ("held out, but for those that contradict a fitted one", held[held["contradicts"].isna()]),
        ("held out, and a check of their own", held[held["check"]]),
        ("fitted, each by what the others and the priors say", frame[frame["kind"] == "left out"]),
    ]
    heads = " | ".join(f"inside {level:.0%}" for level in LEVELS)
    head = f"| figures | number | {heads} | gained, mean | width left, median |"
    lines += ["", head, "|---|---|---|---|---|---|---|"]
    for label, part in shares:
        inside = " | ".join(f"{part[f'inside_{level * 100:.0f}'].astype(bool).mean():.0%}" for level in LEVELS)
        more = f"{_gained(part['score_gained'].mean())} | {_left(part['width_left'].median())}"
        lines.append(f"| {label} | {len(part)} | {inside} | {more} |")
    return "\n".join(lines)


def _gained(score: float) -> str:
    return "–" if math.isnan(score) else _signed(score)


def _left(width: float) -> str:
    return "–" if math.isnan(width) else f"{width:.0%}"


def _signed(value: float) -> str:
    return f"{value:+.1f}".replace("-", "−")


def _fits() -> list[Fit]:
    return [read_fit(path) for path in sorted((ROOT / "calibration" / "fitted").glob("*.yaml"))]


def _serious(text: str) -> bool:
    return "informed" not in text


@cache
def _units(study: str) -> dict[str, str]:
    """The units of the targets of a setting."""
    return read_study(ROOT / "calibration" / "targets" / f"{study}.yaml").units


def _parameter(name: str, entry: dict[str, float], sensitive: dict[str, list[float]]) -> str:
    """Value and interval, and the interval with half and with twice the guessed variances."""
    value, low, high = (_short_number(entry[key]) for key in ("value", "low", "high"))
    others = "; ".join("–".join(map(_short_number, ends)) for ends in sensitive.values())
    return f"`{_short(name)}` {value} [{low}, {high}] ({entry['informed']:.0%}{'; ' if others else ''}{others})"


def _short_number(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"


def _target(unit: str, entry: dict[str, Any]) -> str:
    """The published figure, and what the priors alone and then the fit say of it."""
    time = f" {key} {entry[key]}" if (key := "week" if "week" in entry else "month") in entry else ""
    before = entry.get("before")
    told = span(unit, entry["low"], entry["high"])
    told = f" ({span(unit, *before[1:])} → {told})" if before else ""
    return f"{entry['outcome']} of {entry['group']}{time} {number(unit, float(entry['published']))}{told}"


def _short(name: str) -> str:
    return name.removeprefix("interventions.")


def main() -> None:
    """Take over a validation, if one is named, and renew the page."""
    if len(sys.argv) > 1:
        folder = pathlib.Path(sys.argv[1])
        shutil.copyfile(folder / "tables" / "validation.csv", EXAMPLE / "validation.csv")
        for name in SHIPPED:
            shutil.copyfile(folder / "figures" / name, EXAMPLE / name)
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    print(f"written: {PAGE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
