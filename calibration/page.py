"""The tables of docs/calibration.md, from the fitted files and the validation that are shipped.

    python -m calibration.page [FOLDER OF A VALIDATION]

Writes them anew between their marks. With a folder, as `jobcentersim validate` names it, its table and figures become
the shipped ones, in results/example.
"""

from __future__ import annotations

import pathlib
import re
import shutil
import sys
from functools import cache

import pandas as pd

from calibration.dependent import DEPENDENT, independent
from calibration.read import read_study
from calibration.validate import DRAWS, LEVELS
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
    head = "| setting | fitted to | parameters, 95 % interval (informed) | informed by no figure |"
    lines = [head, "|---|---|---|---|"]
    for fit in _fits():
        free = [name for name, entry in fit.data["parameters"].items() if entry["informed"] < 0.1]
        known = [_parameter(name, entry) for name, entry in fit.data["parameters"].items() if name not in free]
        targets = [_target(_units(fit.name)[name], entry) for name, entry in fit.data["targets"].items()]
        loose = ", ".join(f"`{_short(name)}`" for name in free) or "–"
        lines.append(f"| {fit.data['name']} | {'; '.join(targets)} | {'; '.join(known)} | {loose} |")
    missed = [f"* {fit.data['name']}: {text}." for fit in _fits() for text in fit.data["warnings"] if _serious(text)]
    return "\n".join([*lines, "", "Not reached, at an end of the prior, or inexact:", "", *(missed or ["* nothing"])])


def validation() -> str:
    """Held-out figures, the farthest first, and how many lie inside which interval."""
    frame = pd.read_csv(EXAMPLE / "validation.csv", keep_default_na=False, na_values=[""])
    held = frame[frame["kind"] == "held out"].copy()
    held["off"] = (held["value"] - held["published"]) / held["se"]
    held["far"] = held["off"].abs()
    held["check"] = [independent(study, figure) for study, figure in zip(held["study"], held["figure"], strict=True)]
    lines = [
        "| setting | figure | published | model, 95 % | model − published | in sd | | with parameters |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for row in held.sort_values("far", ascending=False).to_dict(orient="records"):
        unit, off = _units(row["study"])[row["figure"]], row["value"] - row["published"]
        other = "" if pd.isna(row["contradicts"]) else ", contradicts a fitted one"
        reason = DEPENDENT.get((row["study"], row["figure"]))
        other += f"; no check: {reason}" if reason else ""
        verdict = verdict_of(off, row["se"], abs(row["published"]), DRAWS)
        lines.append(
            f"| {row['study']} | `{row['figure']}` ({row['outcome']}, {row['group']}{other}) | "
            f"{number(unit, row['published'])} | {number(unit, row['value'])} {span(unit, row['low'], row['high'])} | "
            f"{number(unit, off, True)} | {_signed(row['off'])} | {verdict} | {_signed(-row['z'])} |"
        )
    shares = [
        ("held out", held),
        ("held out, but for those that contradict a fitted one", held[held["contradicts"].isna()]),
        ("held out, and a check of their own", held[held["check"]]),
        ("fitted, each by what the others and the priors say (which were centred on them)",
         frame[frame["kind"] == "left out"]),
    ]  # fmt: skip
    heads = " | ".join(f"inside {level:.0%}" for level in LEVELS)
    lines += ["", f"| figures | number | {heads} |", "|---|---|---|---|---|"]
    for label, part in shares:
        inside = " | ".join(f"{part[f'inside_{level * 100:.0f}'].astype(bool).mean():.0%}" for level in LEVELS)
        lines.append(f"| {label} | {len(part)} | {inside} |")
    return "\n".join(lines)


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


def _parameter(name: str, entry: dict[str, float]) -> str:
    value, low, high = (f"{entry[k]:,.0f}" if entry[k] >= 1000 else f"{entry[k]:.3g}" for k in ("value", "low", "high"))
    return f"`{_short(name)}` {value} [{low}, {high}] ({entry['informed']:.0%})"


def _target(unit: str, entry: dict[str, object]) -> str:
    time = f" {key} {entry[key]}" if (key := "week" if "week" in entry else "month") in entry else ""
    return f"{entry['outcome']} of {entry['group']}{time} {number(unit, float(str(entry['published'])))}"


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
