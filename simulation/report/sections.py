"""Parts of the answer on screen: months, milestones, subsidies, and what no published figure identifies."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from simulation.report.words import grid, with_interval
from simulation.results.intervals import COUNTED, Scale, estimate
from simulation.results.milestones import LIGHTS, milestones
from simulation.results.monthly import since_enrolment
from simulation.results.names import ALLE, Figure, Group, arm_group
from simulation.results.result import Result
from simulation.results.tables.run_tables import IDENTIFIED
from simulation.results.verdict import Beside
from simulation.scenario.words import ENROLMENT
from simulation.world.names import Name, common
from simulation.world.spec import Floats, ratios

DANISH = {"green": "grøn", "yellow": "gul", "red": "rød"}
MONTHLY = ("observed_month", "employed_month", "employed_net_month", "employed_net_same_month", "hours_month",
           "benefit_month", "job_month", "elsewhere_month")  # fmt: skip


def months(result: Result) -> Sequence[str]:
    """Outcomes by month since referral (or since enrolment, if asked for that alone), all arms together."""
    scenario, have = result.loaded.scenario, set(result.keys)
    of_enrolled = scenario.months_from == ENROLMENT
    outcomes = [since_enrolment(outcome) if of_enrolled else outcome for outcome in MONTHLY]
    last = max(
        (f.time for f in have if f.outcome == outcomes[0] and f.group == ALLE and f.time is not None), default=-1
    )
    if last < 0:
        return []
    rows = [["month", *(outcome.removesuffix("_month") for outcome in MONTHLY)]]
    for month in range(last + 1):
        figures = [Figure(outcome, ALLE, month) for outcome in outcomes]
        unit = result.names.unit
        rows.append(
            [str(month), *(with_interval(unit(f.outcome), result.estimate_of(f)) if f in have else "" for f in figures)]
        )
    begin = "enrolment, of all measured" if of_enrolled else f"referral to {scenario.months_from}"
    beside = "" if of_enrolled else "By month since enrolment, of all measured: ..._enrolled in tables/outcomes.csv."
    return [
        f"By month since {begin}, for those seen for all of it (shares in %; employed:",
        "one paid hour or more in it; net: less the share of month 0 of all of them, net_same: of those seen in the",
        "month; hours of the employed; ± simulation error):",
        grid(rows),
        *([beside] if beside else []),
    ]


def organisations(result: Result) -> Sequence[str]:
    """Talks, exits and minutes by organisation model, each the mean over the jobcentres that have it."""
    scenario = result.loaded.scenario
    arms, first = list(scenario.arms), next(iter(scenario.arms))
    models: dict[str, list[int]] = {}
    for place, jobcentre in enumerate(scenario.jobcentres):
        if name := scenario.model_name_of(jobcentre):
            models.setdefault(name, []).append(place)
    if not models or len(scenario.jobcentres) == 1:
        return []
    names = list(scenario.jobcentres)
    asked = [(outcome, arm) for outcome in ("talk_share", "weeks_to_exit") for arm in arms]
    head = {"talk_share": "with a talk (%)", "weeks_to_exit": "weeks to exit"}
    columns = [f"{head[outcome]}, {arm}" if arm == first else arm for outcome, arm in asked]
    rows = [["model", "jobcentres", f"talks each, {first}", *columns, "minutes used (%)", "busiest week (%)"]]
    for name, places in models.items():
        held, enrolled = (
            np.array([r.counts[what][:, places, 0].sum() if what in r.counts else 0 for r in result.replications])
            for what in (common("held"), common("enrolled"))
        )
        cells = [with_interval("talks", estimate(ratios(held, enrolled), COUNTED))]
        for outcome, arm in asked:
            figure = Figure(outcome, arm_group(arm))
            values = _pooled(result, outcome, arm, [names[place] for place in places])
            cells.append(with_interval(result.names.unit(outcome), estimate(values, result.names.scale(figure))))
        staff = [replication.staff for replication in result.replications]
        minutes_there = np.array([s.minutes[scenario.measured_from :, places].sum(axis=(1, 2)) for s in staff])
        weeks = [s.minutes_used[scenario.measured_from :, places].sum(axis=(1, 2)) for s in staff]
        used = np.array(weeks) / np.maximum(minutes_there, 1)
        share = Scale(0.0, 1.0)
        cells += [with_interval("share", estimate(each, share)) for each in (used.mean(axis=1), used.max(axis=1))]
        rows.append([name, str(len(places)), *cells])
    return [
        "By organisation model (over the ledige of the jobcentres that have it, ± or [ ] simulation error, 95 %; talks",
        "each: all that were held, per enrolment; minutes: those of all teams together):",
        grid(rows),
    ]


def _pooled(result: Result, outcome: str, arm: str, jobcentres: Sequence[str]) -> Floats:
    """An outcome of all ledige of an arm in some jobcentres, shape (replications,): that of each by its persons (a
    share of weeks on benefit by its weeks); jobcentres where there is nobody add nothing."""
    scenario = result.loaded.scenario
    places = [list(scenario.jobcentres).index(name) for name in jobcentres]
    column, name = list(scenario.arms).index(arm), common("enrolled")
    persons = np.array(
        [r.counts[name][:, places, column].sum(axis=0) if name in r.counts else np.zeros(len(places))
         for r in result.replications]
    ).T  # fmt: skip
    groups = [arm_group(arm, jobcentre) for jobcentre in jobcentres]
    values, weeks = (
        np.array([result.values(Figure(each, group)) for group in groups]) for each in (outcome, "weeks_to_exit")
    )
    weights = np.where(np.isnan(values), 0.0, persons * (np.nan_to_num(weeks) if outcome == "talk_share" else 1.0))
    return ratios((weights * np.nan_to_num(values)).sum(axis=0), weights.sum(axis=0))


def states(result: Result) -> Sequence[str]:
    """Where everybody is after some weeks: by arm, and in persons beside what is published."""
    scenario, lines = result.loaded.scenario, list[str]()
    groups = [*map(arm_group, scenario.arms), *([ALLE] if len(scenario.arms) > 1 else [])]
    published = {beside.named: beside for beside in result.beside_published()}
    for week in scenario.states_at:
        everybody = result.estimate("persons_seen", groups[-1], week).value
        rows = [[f"after {week} weeks", *(f"{group} (%)" for group in groups), "persons", "one trial", "published"]]
        for name in ("benefit", *scenario.benefits, *scenario.exits, "out"):
            outcome = f"state_{name}"
            e = result.estimate(outcome, groups[-1], week)
            if name == "out" and not e.value:
                continue
            cells = [with_interval("share", result.estimate(outcome, group, week)) for group in groups]
            span = f"[{e.trial_low * everybody:.0f}, {e.trial_high * everybody:.0f}]"
            rows.append([name, *cells, f"{e.value * everybody:.1f}", "" if math.isnan(e.trial_low) else span,
                         _persons(published.get(Figure(outcome, groups[-1], week)))])  # fmt: skip
        lines += [
            *([""] if lines else []),
            f"Where the {everybody:,.0f} measured are after {week} weeks (± simulation error, 95 %; one trial: where",
            "its persons would fall, 95 %, were the model true; published: persons, with a binomial 95 % interval):",
            grid(rows),
        ]
    return lines


def _persons(beside: Beside | None) -> str:
    """A published share of n persons as persons."""
    if beside is None or beside.figure.figure is None:
        return ""
    printed, n = [beside.figure.figure, *(value.figure for value in beside.figure.also)], beside.figure.n
    if n is None or beside.sampling is None:
        return " / ".join(f"{share:.0%}" for share in printed) + " (n lost)"
    low, high = beside.sampling
    mark = " (far)" if beside.distance.verdict == "far" else ""
    return " / ".join(f"{share * n:.0f}" for share in printed) + f" [{low * n:.0f}, {high * n:.0f}] of {n}{mark}"


def milestone_lights(result: Result) -> Sequence[str]:
    """Expected numbers with their traffic lights."""
    rows = [["milestone", "expected", "model", "against expected", "light", "replications grøn/gul/rød"]]
    for m in milestones(result):
        shares = "/".join(str(m.counts[colour]) for colour in LIGHTS) + f" of {sum(m.counts.values())}"
        rows.append(
            [m.name, f"{m.milestone.expected:,.0f}",
             with_interval(result.names.unit(result.names.read(m.milestone.outcome)), m.simulated),
             f"{-m.shortfall:+.1%}".replace("-", "−"), DANISH[m.light], shares]
        )  # fmt: skip
    return [grid(rows)] if len(rows) > 1 else []


def by_jobcentre(result: Result) -> Sequence[str]:
    """What interventions have to tell jobcentre by jobcentre, such as whether a subsidy on conditions is earned."""
    lines: list[str] = []
    scenario = result.loaded.scenario
    for name, settings in scenario.interventions.items():
        there = {key: on[name] for key in scenario.jobcentres if name in (on := scenario.interventions_of(key))}
        if (by_place := settings.told_by_jobcentre(name, there)) is None:
            continue
        figures = {head: Figure(Name(name, what).dotted) for what, head in by_place.columns.items()}
        rows = [[name, *figures]]
        for key, jobcentre in ((key, scenario.jobcentres[key]) for key in there):
            group = arm_group(by_place.arm, None if len(scenario.jobcentres) == 1 else key)
            rows.append([jobcentre.name or key, *(_cell(result, f, group) for f in figures.values())])
        total = _cell(result, Figure(Name(name, by_place.total).dotted), arm_group(by_place.arm))
        lines += [*(line.replace("{total}", total) for line in by_place.head), grid(rows)]
    return lines


def _cell(result: Result, figure: Figure, group: Group) -> str:
    return with_interval(result.names.unit(figure.outcome), result.estimate_of(figure._replace(group=group)))


def unidentified(result: Result) -> str:
    """The parameters that no published figure decides, by the part of the scenario they stand in."""
    free: dict[str, list[str]] = {}
    total = 0
    for row in result.loaded.parameters():
        if row.get("kind") not in IDENTIFIED:
            part, name = _part(str(row["path"]))
            free.setdefault(part, [])
            if name not in free[part]:
                free[part].append(name)
            total += 1
    listed = "; ".join(f"{part}: {', '.join(names)}" for part, names in free.items())
    return (
        f"Identified by no published figure ({total} values of kind assumed or without a source; ranges in "
        f"tables/parameters.csv): {listed or 'none'}."
    )


def _part(path: str) -> tuple[str, str]:
    """Part of the scenario and what is set in it: of an intervention its settings, of jobcentres what each has."""
    steps = path.split(".")
    if steps[0] == "interventions":
        return steps[1], steps[2] if len(steps) > 2 else ""
    if steps[0] == "jobcentres":
        return "every jobcentre", steps[2]
    return steps[0], steps[1] if steps[0] == "subgroups" else ".".join(steps[1:3])
