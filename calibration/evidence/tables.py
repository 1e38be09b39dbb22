"""The synthesis as tables, as text, and as the file that scenarios may take effects from."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd
import yaml

from calibration.evidence.schema import NOBODY, EvidenceFile
from calibration.priors import rounded
from calibration.synthesised import Effect

DIGITS = 3
HEADER = "# Written by `jobcentersim evidence`; not to be changed by hand.\n"


def short(value: float) -> float:
    """Three decimals: the third is within what the studies can bear nowhere."""
    return round(value, DIGITS) + 0.0


def effect_rows(effects: Sequence[Effect]) -> list[dict[str, Any]]:
    """Every effect with its intervals, one row each; all but counts and text in log exit rates."""
    return [_row(effect) for effect in effects]


def _row(effect: Effect) -> dict[str, Any]:
    posterior = effect.posterior
    low, high = posterior.mu.interval()
    trial_low, trial_high = posterior.new_trial.interval()
    return {
        "mechanism": effect.name,
        "destination": effect.destination,
        "group": effect.group,
        "mean": short(posterior.mu.mean),
        "sd": short(posterior.mu.sd),
        "low": short(low),
        "high": short(high),
        "new_trial_low": short(trial_low),
        "new_trial_high": short(trial_high),
        "tau_prior": short(effect.mechanism.tau_prior_mean),
        "tau": short(posterior.tau_mean),
        "studies": len(effect.studies),
        "imputed": effect.imputed,
        "is": _is(effect),
        "unknown": effect.mechanism.unknown,
    }


def _is(effect: Effect) -> str:
    """What an effect rests on."""
    if effect.studies:
        return f"{len(effect.studies)} ({effect.imputed} imputed)"
    return "none: judged" if effect.judged is not None and effect.judged.mean is not None else "none: prior alone"


def sensitivity_table(effects: Sequence[Effect]) -> pd.DataFrame:
    """The mean of every effect without each family and each grade, and with wider priors."""
    rows = []
    for effect in effects:
        for other in effect.without:
            low, high = other.posterior.mu.interval()
            rows.append({
                "mechanism": effect.name, "destination": effect.destination, "group": effect.group,
                "changed": other.what, "studies": other.left,
                "mean": short(other.posterior.mu.mean), "low": short(low), "high": short(high),
                "moved": short(other.posterior.mu.mean - effect.posterior.mu.mean),
            })  # fmt: skip
    return pd.DataFrame(rows)


def studies_table(file: EvidenceFile) -> pd.DataFrame:
    """Every entry of the file; `error` is what it weighs with, after widening."""
    rows = []
    for name, e in file.studies.items():
        error = None if e.error is None else short(math.sqrt(file.variance(e)))
        rows.append({
            "id": name, "study": e.study, "country": e.country, "mechanism": e.mechanism, "group": e.group,
            "destination": e.destination, "grade": e.grade, "estimate": e.estimate, "error": error,
            "error_is": None if e.error is None else e.error.how, "used": e.used, "not_used": e.not_used,
            "source": e.source,
        })  # fmt: skip
    return pd.DataFrame(rows)


def text(effects: Sequence[Effect], rows: Sequence[dict[str, Any]]) -> str:
    """The table that the command prints, from `effect_rows` the effects, and what is not known of each mechanism."""
    head = ("mechanism, group", "destination", "mean", "95 % of the mean", "95 % of a new trial", "sd of trials",
            "studies")  # fmt: skip
    lines = []
    for effect, r in zip(effects, rows, strict=True):
        spread = f"{r['tau_prior']:.2f} -> {r['tau']:.2f}"
        name = effect.name if effect.group == NOBODY else f"{effect.name}, {effect.group}"
        name += " *" if effect.mechanism.scale == "factor" else ""
        lines.append((
            name, plain(effect.destination), f"{r['mean']:+.2f}", f"{r['low']:+.2f} to {r['high']:+.2f}",
            f"{r['new_trial_low']:+.2f} to {r['new_trial_high']:+.2f}", spread, r["is"],
        ))  # fmt: skip
    widths = [max(len(line[column]) for line in [head, *lines]) for column in range(len(head))]
    shown = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
             for line in [head, *lines]]  # fmt: skip
    moved = [line for effect in effects if (line := _hangs_on(effect))]
    unknown = {effect.name: effect.mechanism.unknown for effect in effects}
    return "\n".join([
        "Log exit-rate ratios, + = faster (* a factor or a share as it is). Sd of trials: mean of its prior -> of its",
        "posterior.", "", *shown, "",
        "The mean moves most:", *moved, "", "Not known:", *(f"  {name}: {words}" for name, words in unknown.items()),
    ])  # fmt: skip


def plain(name: str) -> str:
    """A name as words."""
    return name.replace("_", " ")


def _hangs_on(effect: Effect) -> str | None:
    """What moves the mean of an effect of several studies most, when it is left out."""
    others = [other for other in effect.without if other.left < len(effect.studies)]
    if not others:
        return None
    most = max(others, key=lambda other: abs(other.posterior.mu.mean - effect.posterior.mu.mean))
    of = f"{effect.name}, {effect.group} ({plain(effect.destination)})"
    return f"  {of}: {effect.posterior.mu.mean:+.2f} becomes {most.posterior.mu.mean:+.2f} {most.what}"


def synthesis_text(file: EvidenceFile, effects: Sequence[Effect], rows: Sequence[dict[str, Any]]) -> str:
    """The synthesis as a file that scenarios take effects from, from `effect_rows` the effects: the same evidence gives
    the same bytes."""
    mechanisms: dict[str, Any] = {}
    for effect, row in zip(effects, rows, strict=True):
        of = effect.mechanism
        at = mechanisms.setdefault(effect.name, {"what": of.what, "scale": of.scale, "destinations": {}})
        at["destinations"].setdefault(effect.destination, {})[effect.group] = _known(file, effect, row)
    places = file.between_places
    data = {
        "version": 1, "name": file.name, "date": file.date,
        "sources": {
            "tau": "Between trials: prior by the survey, with what the studies say of it",
            "sigma": places.source,
        },
        "mechanisms": mechanisms,
    }  # fmt: skip
    return HEADER + yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=120, default_flow_style=None)


def _known(file: EvidenceFile, effect: Effect, r: dict[str, Any]) -> dict[str, Any]:
    """What a scenario may take: the mean with its sd, tau between trials and sigma between places."""
    judged = effect.judged
    if effect.studies:
        kind, source = "evidence", f"Published effects, {len(effect.studies)} of them: {', '.join(effect.studies)}"
    elif judged is not None:
        kind, source = "assumed", judged.source
    else:
        kind, source = "assumed", "Nothing is known: a wide prior around no effect"
    known = {"mean": r["mean"], "sd": r["sd"], "kind": kind, "source": source}
    if effect.mechanism.scale == "factor":
        return known
    places = file.between_places
    sigma = min(places.sd, effect.mechanism.tau_scale)  # of what differs less, such as an elasticity, in its own column
    return {
        **known, "tau": r["tau"], "tau_sd": short(effect.posterior.tau_sd), "tau_prior": r["tau_prior"],
        "sigma": rounded(sigma), "sigma_range": [rounded(places.low), rounded(places.high * sigma / places.sd)],
        "new_trial": [r["new_trial_low"], r["new_trial_high"]], "imputed": r["imputed"],
        "studies": list(effect.studies),
    }  # fmt: skip
