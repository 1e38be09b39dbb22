"""The figure of staff: caseload of caseworkers, minutes used, who waits for a caseworker, and talks without time."""

from __future__ import annotations

import warnings
from collections.abc import Sequence

import numpy as np

from simulation.report.figures.drawing import BAND, Album, legend, line, new_figure, styles
from simulation.results.intervals import COUNTED, estimates
from simulation.results.measures.staffing import Staffing
from simulation.results.result import Result
from simulation.world.spec import Floats


def staff(album: Album, results: Sequence[tuple[str, Result]]) -> None:
    """By week of the run, for teams that take cases, all jobcentres together."""
    figure = new_figure(12.5, 7.6)
    caseload, *panels = figure.subplots(2, 2).ravel()
    line_styles = styles()
    for label, result in results:
        scenario, replications = result.loaded.scenario, result.replications
        for t, (name, team) in enumerate(scenario.teams.items()):
            if not team.takes_cases or not replications[0].staff.fte[:, t].any():
                continue  # partners, and teams whose work is done by others everywhere
            style = next(line_styles)
            text = name if len(results) == 1 else f"{name}, {label}"
            weeks = np.arange(scenario.weeks)
            low, mean, high, most = _caseloads([r.staff for r in replications], t)
            caseload.plot(weeks, mean, color=style[0], ls=style[1], lw=1.8, label=text)
            caseload.fill_between(weeks, low, high, color=style[0], alpha=0.15, lw=0)
            caseload.plot(weeks, most, color=style[0], ls=":", lw=0.9)
            for panel, measure in zip(panels, (_utilisation, _waiting, _backlog), strict=True):
                courses = np.array([measure(r.staff, t) for r in replications])
                line(panel, weeks, estimates(courses.T, [COUNTED] * len(weeks)), text, style, 1)
    caseload.set(title="Caseload (band: 10-90 % of caseworkers, dotted: the most)", ylabel="cases per full-time")
    panels[0].set(title="Minutes used", ylabel="% of the minutes for talks there were")
    panels[1].set(title="Waiting for a caseworker", ylabel="ledige, all jobcentres", xlabel="week of the run")
    panels[2].set(title="Talks due without time for them", ylabel="talks, all jobcentres", xlabel="week of the run")
    for panel in (caseload, *panels):
        panel.set_ylim(0, max(1.0, panel.get_ylim()[1]))
        panel.set_xlim(left=0)
    panels[0].axhline(100, color="0.4", lw=0.8)
    legend(figure, caseload)
    figure.subplots_adjust(bottom=0.15, left=0.06, right=0.99, top=0.95, wspace=0.16, hspace=0.25)
    album.add(
        figure, "caseload_and_waiting",
        "By week of the run and team, all jobcentres together: cases per full-time caseworker (line: mean; band: a "
        "tenth to nine tenths of caseworkers in all replications; dotted: the most of any), minutes for talks used, "
        "ledige who wait for a team with room, and talks due at the end of the week for which staff had no time. "
        f"{BAND}, but for the caseload.",
        f"{BAND}; of the caseload: 10-90 % of caseworkers",
    )  # fmt: skip


def _caseloads(staff: Sequence[Staffing], team: int) -> tuple[Floats, Floats, Floats, Floats]:
    """A tenth, mean, nine tenths and maximum of caseworkers in all replications, by week."""
    posts = staff[0].team_of_post % staff[0].fte.shape[1] == team
    caseload = np.concatenate([s.caseload[:, posts] for s in staff], axis=1).astype(float)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a week in which all posts are vacant has no caseload
        low, high, most = np.nanquantile(caseload, [0.1, 0.9, 1.0], axis=1)
        return low, np.nanmean(caseload, axis=1), high, most


def _utilisation(staff: Staffing, team: int) -> Floats:
    used, minutes_there = (minutes[:, :, team].sum(axis=1) for minutes in (staff.minutes_used, staff.minutes))
    return np.asarray(100 * used / np.maximum(minutes_there, 1))


def _waiting(staff: Staffing, team: int) -> Floats:
    return np.asarray(staff.waiting[:, :, team].sum(axis=1).astype(float))


def _backlog(staff: Staffing, team: int) -> Floats:
    return np.asarray(staff.backlog[:, :, team].sum(axis=1).astype(float))
