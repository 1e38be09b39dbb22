"""The figure of staff: caseload against its limit, minutes used, who waits for a caseworker, and talks without time."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from simulation.report.figures.drawing import Picture, band_in
from simulation.report.figures.lines import SAME, nearly_same, scenario_names
from simulation.report.figures.looks import QUIET, Look, draw_line, height_of, in_manner, labels_beside, looks
from simulation.report.figures.sentences import whole
from simulation.report.ran import Ran
from simulation.report.wording import Wording
from simulation.results.intervals import COUNTED, Scale, estimates
from simulation.results.measures.staffing import Staffing
from simulation.results.names import Figure, Group
from simulation.results.result import Result
from simulation.world.labels import Label, plain
from simulation.world.spec import Floats
from simulation.world.staff.teams import NO_LIMIT

HIGH, MOST_LINES = 2.9, 6
"""Inches of a panel, and lines in one; with more there is a row of panels for each team."""
SPREAD_LINES = 2
"""Lines up to which the spread over caseworkers is drawn."""
WEEK = Label("week of the run", "uge i simuleringen")
CASES = Label("cases per full-time caseworker", "sager pr. fuldtidssagsbehandler")
PANELS = {
    "caseload": Label("Caseload", "Sagsstamme"),
    "minutes": Label("Time used", "Forbrugt tid"),
    "waiting": Label("Waiting for a caseworker", "Venter på en sagsbehandler"),
    "backlog": Label("Talks due without time for them", "Planlagte samtaler, der ikke er tid til"),
}
AXES = {
    "caseload": CASES,
    "minutes": Label("% of the minutes for talks", "% af minutterne til samtaler"),
    "waiting": Label("ledige, all jobcentres", "ledige, alle jobcentre"),
    "backlog": Label("talks, all jobcentres", "samtaler, alle jobcentre"),
}
LIMIT = Label("limit {limit}", "sagsloft {limit}")
OF_TEAM = Label("{team}, {scenario}", "{team}, {scenario}")
WAIT = Label("Waiting for a caseworker at the end: {list}", "Venter på en sagsbehandler ved slut: {list}")
NOBODY = Label("Nobody waits for a caseworker at the end; cases per caseworker: {list}",
               "Ingen venter på en sagsbehandler ved slut; sager pr. sagsbehandler: {list}")  # fmt: skip
OF = Label("{number} in {name}", "{number} i {name}")
RANGE = Label("{a} ({first}) to {b} ({last})", "{a} ({first}) til {b} ({last})")
BAND = Label(
    "Band: simulation error, 95 %; of the caseload a tenth to nine tenths of caseworkers, and the thin line is the "
    "most that any has",
    "Bånd: simulationsfejl, 95 %; for sagsstammen fra en tiendedel til ni tiendedele af sagsbehandlerne, og den "
    "tynde linje er den største",
)
CAPTION = Label(
    "By week of the run and team, all jobcentres together: cases per full-time caseworker (mean) with the caseload "
    "limit, minutes for talks used, ledige who wait for a team with room, and talks due at the end of the week for "
    "which staff had no time. Panels in which there is nothing are left out",
    "Pr. uge i simuleringen og team, alle jobcentre under ét: sager pr. fuldtidssagsbehandler (gennemsnit) med "
    "sagsloftet, forbrugte minutter til samtaler, ledige, der venter på et team med plads, og samtaler ved ugens "
    "slutning, som der ikke var tid til. Tomme paneler er udeladt",
)


class Drawn(NamedTuple):
    """A line: a team of a scenario."""

    label: str
    result: Result
    team: int
    look: Look
    limits: Sequence[int]


def draw_caseload(ran: Ran, wording: Wording) -> Picture | None:
    """By week of the run, for teams that take cases; nothing where none does."""
    rows = _rows(ran, wording)
    every = [line for _, lines in rows for line in lines]
    if not every:
        return None
    shown = ["caseload", *(name for name in MEASURES if _has(name, every))]
    across = 2 if len(rows) == 1 and len(shown) == 4 else len(shown)
    down = len(rows) if len(rows) > 1 else -(-len(shown) // across)
    picture = Picture(max(4.9 * across, 8.4) if across < 3 else 4.1 * across, HIGH * down)
    grid = picture.subplots(down, across, squeeze=False, sharex=True)
    places = list(grid) if len(rows) > 1 else [grid.ravel()]
    for unused in () if len(rows) > 1 else grid.ravel()[len(shown) :]:
        unused.remove()
    for (team, lines), panels in zip(rows, places, strict=True):
        for number, (name, panel) in enumerate(zip(shown, panels, strict=False)):
            if name != "caseload" and not _has(name, lines):
                panel.remove()
                continue
            _panel(panel, name, lines, wording)
            title = wording.say(PANELS[name])
            picture.name(panel, f"{title}, {team}" if len(rows) > 1 else title, across)
            if (len(rows) == 1 and number + across >= len(shown)) or (team == rows[-1][0] and len(rows) > 1):
                panel.set_xlabel(wording.say(WEEK))
                panel.tick_params(labelbottom=True)
    most = max(len(lines) for _, lines in rows)
    band = wording.say(BAND) if most <= SPREAD_LINES else band_in(wording.language, most)
    entries = {line.label: line.look.handle() for line in every}
    return picture.finish(_title(ran, wording), wording.say(CAPTION), band, entries)


def _has(name: str, lines: Sequence[Drawn]) -> bool:
    """Whether there ever is anything of it."""
    return any(MEASURES[name](r.staff, line.team).any() for line in lines for r in line.result.replications)


def _rows(ran: Ran, wording: Wording) -> list[tuple[str, list[Drawn]]]:
    """Lines by team, or all together where they are few."""
    names = scenario_names(ran, wording)
    teams = list(dict.fromkeys(team for result in ran.compared for team in result.loaded.scenario.teams))
    found: dict[str, list[Drawn]] = {}
    for team in teams:
        having = [(n, result) for n, result in enumerate(ran.compared) if _takes_cases(result, team)]
        if not having:
            continue
        title, (first, *others) = plain(wording.team(team)), having
        alike = bool(others) and all(_alike(first[1], other, team) for _, other in others)
        for n, result in having[:1] if alike else having:
            label = title if len(ran.compared) == 1 else wording.say(OF_TEAM, team=title, scenario=names[n])
            if alike:
                label = wording.say(SAME, arm=title)
            number = list(result.loaded.scenario.teams).index(team)
            line = Drawn(label, result, number, QUIET, limits_of(result, team))
            found.setdefault(title, []).append(line)
    differing = {team: lines for team, lines in found.items() if len(lines) > 1 or len(ran.compared) == 1}
    total = sum(map(len, found.values()))
    if len(differing) > 1 and total > MOST_LINES:
        each = dict(zip(names, looks(len(names)), strict=True))
        place = {id(result): name for result, name in zip(ran.compared, names, strict=True)}
        return [(team, [line._replace(look=each[place[id(line.result)]], label=place[id(line.result)])
                        for line in lines]) for team, lines in differing.items()]  # fmt: skip
    lines = [line for each in found.values() for line in each]
    quiet = {id(line) for each in found.values() for line in each if differing and len(each) == 1 and len(names) > 1}
    moving = [line for line in lines if id(line) not in quiet]
    given = iter(looks(len(moving)))
    return [("", [line if id(line) in quiet else line._replace(look=next(given)) for line in lines])] if lines else []


def limits_of(result: Result, team: str) -> list[int]:
    """The caseload limits of a team in the jobcentres, the lowest first; none where there is no limit."""
    scenario = result.loaded.scenario
    there = [epoch.teams_of(jobcentre)[team] for _, epoch in scenario.epochs for jobcentre in scenario.jobcentres]
    return sorted({each.caseload_limit for each in there if each.fte and each.caseload_limit < NO_LIMIT})


def _panel(panel: Any, name: str, lines: Sequence[Drawn], wording: Wording) -> None:
    marks: dict[int, Any] = {}
    highest = 0.0
    for line in lines:
        replications = line.result.replications
        weeks = np.arange(line.result.loaded.scenario.weeks)
        if name == "caseload":
            low, mean, high, most = _caseloads([r.staff for r in replications], line.team)
            if len(lines) <= SPREAD_LINES:
                panel.fill_between(weeks, low, high, color=line.look.colour, alpha=0.2, lw=0)
                panel.plot(weeks, most, color=line.look.colour, lw=0.6)
                highest = max(highest, float(np.nanmax(most)))
            panel.plot(weeks, mean, zorder=2 + line.look.place / 100, **line.look.how(len(weeks), len(lines)))
            highest = max(highest, float(np.nanmax(mean)))
            marks |= dict.fromkeys(line.limits, line.look.colour)
            continue
        courses = np.array([MEASURES[name](r.staff, line.team) for r in replications])
        scale = Scale(0.0, 100.0) if name == "minutes" and courses.max() <= 100 else COUNTED
        draw_line(panel, weeks, estimates(courses.T, [scale] * len(weeks)), line.look, 1, len(lines))
    height = height_of(panel)
    if name == "minutes":
        panel.axhline(100, color="0.4", lw=0.8)
    near = {limit: colour for limit, colour in marks.items() if limit <= 3 * max(highest, 1.0)}
    for limit in near:
        panel.axhline(limit, color="black", lw=1, ls=(0, (6, 3)), zorder=1.8)
    panel.set_ylim(0, max([height, *(1.08 * limit for limit in near)]))
    panel.set(xlim=(0, None), ylabel=wording.say(AXES[name]))
    in_manner(panel, wording.language)
    labels_beside(panel, [(limit, wording.say(LIMIT, limit=limit), "black") for limit in near], HIGH - 0.9)


def _title(ran: Ran, wording: Wording) -> str:
    """Who waits at the end, scenario by scenario; where nobody does, the cases of the teams, or of the one that differs
    most."""
    names = scenario_names(ran, wording, base=False)
    teams = dict.fromkeys(team for result in ran.compared for team in result.loaded.scenario.teams
                          if _takes_cases(result, team))  # fmt: skip
    waiting = [sum(_mean(result, team, _waiting)[-1] for team in teams if _takes_cases(result, team))
               for result in ran.compared]  # fmt: skip
    if any(number >= 0.5 for number in waiting):
        return wording.say(WAIT, list=_listed(wording, waiting, names))
    cases = {team: [_per_caseworker(result, team) for result in ran.compared] for team in teams}
    if len(names) == 1:
        told = [f"{plain(wording.team(team))} {whole(wording, of[0])}" for team, of in cases.items()]
        return wording.say(NOBODY, list=", ".join(told) if len(told) > 1 else told[0].split(" ")[-1])
    team, of = max(cases.items(), key=lambda item: max(item[1]) - min(item[1]))
    who = f" ({plain(wording.team(team))})" if len(cases) > 1 else ""
    return wording.say(NOBODY, list=_listed(wording, of, names) + who)


def _listed(wording: Wording, numbers: Sequence[float], names: Sequence[str]) -> str:
    """Numbers by scenario: all of two, the ends of more."""
    texts = [whole(wording, number) for number in numbers]
    if len(set(texts)) == 1:
        return texts[0]
    if len(texts) == 2:
        return ", ".join(wording.say(OF, number=text, name=name) for text, name in zip(texts, names, strict=True))
    low, high = int(np.argmin(numbers)), int(np.argmax(numbers))
    return wording.say(RANGE, a=texts[low], first=names[low], b=texts[high], last=names[high])


def _mean(result: Result, team: str, measure: Callable[[Staffing, int], Floats]) -> Floats:
    number = list(result.loaded.scenario.teams).index(team)
    return np.asarray(np.mean([measure(r.staff, number) for r in result.replications], axis=0))


def _per_caseworker(result: Result, team: str) -> float:
    if not _takes_cases(result, team):
        return 0.0
    figure = Figure("caseload", Group("team", team))  # the number that tables and the screen have
    told = result.estimate_of(figure).value if figure in result.keys else 0.0
    return 0.0 if np.isnan(told) else told


def _takes_cases(result: Result, team: str) -> bool:
    """Whether it has cases of its own: partners have none, nor teams whose work is done by others everywhere."""
    teams = result.loaded.scenario.teams
    if team not in teams or not teams[team].takes_cases:
        return False
    return bool(result.replications[0].staff.fte[:, list(teams).index(team)].any())


def _alike(one: Result, other: Result, team: str) -> bool:
    """Whether a team has the same course in two scenarios."""
    numbers = [list(result.loaded.scenario.teams).index(team) for result in (one, other)]
    for measure in (*MEASURES.values(), _cases):
        pairs = zip(one.replications, other.replications, strict=False)
        courses = [np.mean(each, axis=0) for each in zip(*((measure(a.staff, numbers[0]), measure(b.staff, numbers[1]))
                                                           for a, b in pairs), strict=True)]  # fmt: skip
        if not nearly_same(*courses):
            return False
    return limits_of(one, team) == limits_of(other, team)


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


def _cases(staff: Staffing, team: int) -> Floats:
    return np.asarray(staff.cases[:, :, team].sum(axis=1).astype(float))


MEASURES: dict[str, Callable[[Staffing, int], Floats]] = {
    "minutes": _utilisation, "waiting": _waiting, "backlog": _backlog,
}  # fmt: skip
