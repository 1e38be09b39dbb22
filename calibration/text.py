"""What a calibration says on the screen."""

from __future__ import annotations

import textwrap

import numpy as np

from calibration.fit import Fitted, skills, z_left_out
from calibration.verdict import NOT_REACHED, UNINFORMED, warnings
from simulation.report.words import WIDTH, grid, number, span
from simulation.results.likelihood import observed, standard_errors


def fitted_text(fitted: Fitted) -> str:
    """Targets against the fit, parameters against their priors, and everything to be minded."""
    lines = [
        f"{fitted.study.file.name}: {len(fitted.study.priors)} parameters, {len(fitted.study.fit_targets)} targets, "
        f"{fitted.sets} sets of values simulated.",
        "",
        *_targets(fitted),
        "",
        *_parameters(fitted),
    ]
    notes = warnings(fitted)
    if notes:
        lines += ["", "To be minded:"]
        lines += [textwrap.fill(f"! {note}", WIDTH, subsequent_indent="  ") for note in notes]
    return "\n".join(lines)


def _targets(fitted: Fitted) -> list[str]:
    targets = fitted.study.fit_targets
    printed, errors, left_out = observed(targets), standard_errors(targets, fitted.errors), z_left_out(fitted)
    low, high = np.quantile(fitted.left_out, [0.025, 0.975], axis=0)
    gained = skills(fitted)
    rows = [["target", "outcome", "group", "at", "published ± 1 se", "by the priors", "at the point", "z", "",
             "by the others", "z", "gained"]]  # fmt: skip
    for c, (name, t) in enumerate(targets.items()):
        time = f"week {t.week}" if t.week is not None else f"month {t.month}" if t.month is not None else ""
        before = fitted.before[name]
        missed, unit = abs(fitted.residuals[c]) > NOT_REACHED, fitted.study.units[name]
        refitted = " (refitted)" if c in fitted.others.refitted else ""
        rows.append([
            f"{name}{refitted}", t.outcome, t.group, time,
            f"{number(unit, printed[c])} ± {number(unit, errors[c])}",
            span(unit, before.low, before.high), number(unit, fitted.at_point[c]),
            f"{fitted.residuals[c]:+.1f}", "not reached" if missed else "",
            *(("–", "–", "–") if name not in gained else (span(unit, low[c], high[c]), f"{left_out[c]:+.1f}",
                                                           f"{gained[name].score:+.1f}")),
        ])  # fmt: skip
    note = (
        "Targets (shares in %; z: the figure at the point less the published one, in standard deviations of both, "
        f"not reached beyond {NOT_REACHED:g}; by the priors: 95 % of what the model says before any figure is looked "
        "at; by the others: 95 % interval of what all other targets and the priors say of this one, and how far the "
        "published figure lies from that, by a fit without it where refitted and by the emulator else; gained: log "
        "score of that less the log score of the priors alone):"
    )
    return [textwrap.fill(note, WIDTH), grid(rows)]


def _parameters(fitted: Fitted) -> list[str]:
    rows = [["", "parameter", "point", "posterior, 95 %", "prior", "informed", "unit"]]
    for name, prior in fitted.study.priors.items():
        low, high = fitted.interval(name)
        informed = fitted.informed[name]
        rows.append([
            "·" if informed < UNINFORMED else "", name, f"{fitted.point[name]:.4g}", f"[{low:.4g}, {high:.4g}]",
            f"{prior.distribution} [{prior.range[0]:g}, {prior.range[1]:g}]", f"{informed:.0%}", prior.unit,
        ])  # fmt: skip
    note = (
        "Parameters (posterior: 95 % of the draws; prior: its range; informed: share of the prior's variance that the "
        "figures took away; · is informed by no figure):"
    )
    return [textwrap.fill(note, WIDTH), grid(rows)]
