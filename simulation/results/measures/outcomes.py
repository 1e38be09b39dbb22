"""Outcomes by definition: what each named figure counts, and in which unit.

Names are stable. A figure belongs to a *group*: an arm, `alle`, `difference` (first arm minus last), an arm
in one jobcentre, written `deltager@nyborg`, or a level of a characteristic, written `motivation:lav`. Its *week* is
weeks since enrolment; without a week it is of the whole follow-up. (Outcomes by month are those of `months.py`, of jobs
those of `first_jobs.py`.)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from simulation.interventions.incitament import Incitament
from simulation.interventions.praktik import Praktik
from simulation.interventions.samtaler.settings import Samtaler
from simulation.results.measures.histories import Histories, Lives
from simulation.results.measures.incidence import aalen_johansen, median_weeks, restricted_mean
from simulation.results.measures.staffing import Staffing, of_talks
from simulation.scenario.schema import Scenario
from simulation.world.ledige import GONE, LEDIG, OUT
from simulation.world.spec import Floats, Ids, Ints, ratio

Key = tuple[str, str, int | None]
"""Outcome, group, week (or month)."""


def measure(
    scenario: Scenario,
    people: Histories,
    totals: Mapping[str, Ints],
    staff: Staffing,
    further: Mapping[Key, float],
) -> dict[Key, float]:
    """All outcomes of one replication. `totals` are the counts of the run by (jobcentre, arm), `further` the outcomes
    counted from referral or from the beginning of a job."""
    measured: dict[Key, float] = {}
    lives = people.lives()
    for group, members in _groups(scenario, people):
        of_group = _exits if ":" in group else _of_people
        for outcome, value in of_group(scenario, lives.of(members)).items():
            measured[outcome, group, None] = value
        if "@" not in group and ":" not in group:
            whole = len(members) == len(people.arm)
            measured.update(_by_week(scenario, group, people if whole else people.of(members)))
    arms: dict[str, list[int]] = {arm: [a] for a, arm in enumerate(scenario.arms)}
    for group, columns in {**arms, "alle": list(range(len(arms)))}.items():
        sums = {name: float(total[:, columns].sum()) for name, total in totals.items()}
        for outcome, value in _of_counts(scenario, sums).items():
            measured[outcome, group, None] = value
    measured.update(further)
    measured.update(_incentives(scenario, people))
    if scenario.teams:
        measured.update(staff.outcomes(scenario))
    first, *_, last = [*scenario.arms, *scenario.arms]
    if first != last:
        for (outcome, group, week), value in list(measured.items()):
            if group == first and (outcome, last, week) in measured:
                measured[outcome, "difference", week] = value - measured[outcome, last, week]
    return measured


def _groups(scenario: Scenario, people: Histories) -> Iterator[tuple[str, Ids]]:
    if len(scenario.arms) > 1 or "alle" not in scenario.arms:
        yield "alle", np.arange(len(people.arm))
    for a, arm in enumerate(scenario.arms):
        yield arm, np.flatnonzero(people.arm == a)
        if len(scenario.jobcentres) > 1:
            for j, name in enumerate(scenario.jobcentres):
                yield f"{arm}@{name}", np.flatnonzero((people.arm == a) & (people.jobcentre == j))
    for attribute, level_of in zip(scenario.outcomes_by, people.level, strict=True):
        for number, level in enumerate(scenario.subgroups[attribute]):
            yield f"{attribute}:{level}", np.flatnonzero(level_of == number)


def _exits(scenario: Scenario, lives: Lives) -> dict[str, float]:
    """Exits within the whole follow-up."""
    weeks = scenario.follow_up
    share, _ = aalen_johansen(lives.exit_week, lives.cause, lives.observed, len(scenario.exits), weeks)
    outcomes = {f"exit_{name}": float(share[k, weeks]) for k, name in enumerate(scenario.exits)}
    left = share.sum(axis=0)
    outcomes["exit_any"] = float(share[:, weeks].sum())
    outcomes["weeks_to_exit"] = restricted_mean(1 - left)
    outcomes["median_weeks_to_exit"] = median_weeks(left)
    return outcomes


def _of_people(scenario: Scenario, lives: Lives) -> dict[str, float]:
    """Outcomes of the whole follow-up from the register."""
    held, full_weeks, several = lives.talks.sum(), lives.full_weeks.sum(), lives.talks > 1
    outcomes = _exits(scenario, lives)
    if scenario.by_kind(Samtaler):
        outcomes |= {
            "talk_share": ratio(lives.talks_in_full_weeks.sum(), full_weeks),
            "talks_held": _mean(lives.talks),
            "talks_stayers": _mean(lives.talks[lives.stays]),
            "phone_share": ratio(lives.other_channel.sum(), held),
            "no_show_share": ratio(lives.no_shows.sum(), held + lives.no_shows.sum()),
            "wait_first_talk": _mean(lives.first_talk[lives.talks > 0]),
            "talk_gap": ratio((lives.last_talk - lives.first_talk)[several].sum(), (lives.talks[several] - 1).sum()),
        }
    if workplace(scenario):
        outcomes["workplace_share"] = _mean(lives.praktik > 0)
        outcomes["workplace_week_share"] = ratio(lives.praktik_in_full_weeks.sum(), full_weeks)
        outcomes["praktik_weeks"] = _mean(lives.praktik)
    if scenario.employment():
        outcomes["weeks_employed"] = _mean(lives.employed)
        outcomes["hours"] = _mean(lives.hours)
    return outcomes


def _by_week(scenario: Scenario, group: str, people: Histories) -> dict[Key, float]:
    """Outcomes that have a course."""
    weeks = scenario.follow_up
    observed = people.seen.sum(axis=0)
    share, _ = aalen_johansen(people.exit_week, people.cause, observed, len(scenario.exits), weeks)
    on_benefit = np.count_nonzero(people.on_benefit, axis=1)
    series: dict[str, Floats] = {f"exit_{name}": share[k, 1:] for k, name in enumerate(scenario.exits)}
    series["exit_any"] = share.sum(axis=0)[1:]
    series["on_benefit"] = on_benefit.astype(float)
    if workplace(scenario):
        series["workplace_week_share"] = _ratios(np.count_nonzero(people.praktik, axis=1), on_benefit)
    if people.hours is not None:
        seen = np.count_nonzero(people.seen, axis=1)
        series["employed_share"] = _ratios(np.count_nonzero(people.employed, axis=1), seen)
    if scenario.by_kind(Samtaler):
        series["talk_share"] = _ratios(np.count_nonzero(people.talk, axis=1), on_benefit)
        stays = np.logical_and.accumulate(people.on_benefit, axis=0)  # on benefit in all weeks so far
        so_far = np.cumsum(people.talk, axis=0, dtype=np.int16)
        series["talks_held"] = so_far.mean(axis=1) if so_far.shape[1] else np.full(weeks, np.nan)
        talks_of_stayers = (so_far * stays).sum(axis=1, dtype=np.int64)
        series["talks_stayers"] = _ratios(talks_of_stayers, np.count_nonzero(stays, axis=1))
    states = {"benefit": LEDIG, "out": OUT, **{name: GONE + k for k, name in enumerate(scenario.exits)}}
    told: dict[Key, float] = {}
    for week in scenario.states_at:
        there = people.status[week - 1, people.seen[week - 1]]
        told |= {(f"state_{name}", group, week): _mean(there == code) for name, code in states.items()}
        told["persons_seen", group, week] = float(len(there))
    first = {name: int(name.startswith(("exit_", "talks_"))) for name in series}  # these are of weeks gone by
    return told | {
        (name, group, first[name] + week): float(value)
        for name, values in series.items()
        for week, value in enumerate(values)
    }


def _of_counts(scenario: Scenario, total: Mapping[str, float]) -> dict[str, float]:
    """Outcomes from the counts of the whole run."""
    outcomes: dict[str, float] = {}
    if scenario.by_kind(Samtaler):
        met = ("held", "letters", "udeblivelse")
        talks = [t for s in scenario.by_kind(Samtaler).values() for plan in s.plans.values() for t in plan.talks or []]
        refused = ["no_time"]
        refused += ["no_partner"] if any(talk.partner for talk in talks) else []
        refused += ["not_booked"] if any(talk.self_booked for talk in talks) else []
        asked = sum(total.get(name, 0.0) for name in (*met, *refused, "away"))
        outcomes |= {f"{reason}_share": ratio(total.get(reason, 0.0), asked) for reason in refused}
        alone = total.get("no_caseworker", 0.0)
        outcomes["no_caseworker_share"] = ratio(alone, asked + alone)
        fell_due = total.get("fell_due", 0.0)
        if talks:
            outcomes["overtaken_share"] = ratio(total.get("overtaken", 0.0), fell_due)
        outcomes |= of_talks(total, scenario.weeks, scenario.staff_changes)
        outcomes["wait_caseworker"] = ratio(total.get("caseworker_wait", 0.0), total.get("got_caseworker", 0.0))
    if praktik := scenario.by_kind(Praktik):
        waited, started = (sum(total.get(f"{name}_{what}", 0.0) for name in praktik) for what in ("wait", "started"))
        outcomes["wait_praktik"] = ratio(waited, started)
    for name, each in scenario.interventions.items():
        own = {key.removeprefix(f"{name}_"): value for key, value in total.items() if key.startswith(f"{name}_")}
        outcomes |= {f"{name}_{suffix}": float(value) for suffix, value in each.measured(own).items()}
    if scenario.intake.leaves_before:
        first_time = total.get("enrolled", 0.0) - total.get("returned", 0.0)
        outcomes["entered_share"] = ratio(first_time, total.get("intake", 0.0))
    return outcomes


def workplace(scenario: Scenario) -> bool:
    """Whether the scenario has offers at a workplace."""
    return any(each.workplace for each in scenario.interventions.values())


def _incentives(scenario: Scenario, people: Histories) -> Iterator[tuple[Key, float]]:
    """Of each subsidy on conditions: both conditions in every jobcentre, and whether (in how many) it is earned."""
    for name, rule in scenario.by_kind(Incitament).items():
        arm = list(scenario.arms).index(rule.arm)
        earned = []
        for j, jobcentre in enumerate(scenario.jobcentres):
            mine = people.of(np.flatnonzero((people.arm == arm) & (people.jobcentre == j)))
            talks = ratio(mine.talk[1:].sum(), mine.on_benefit[1:].sum())
            window = slice(rule.from_course_week, rule.from_course_week + rule.for_weeks)
            activated = _mean(mine.praktik[window].any(axis=0))
            earned.append(float(talks >= rule.talks_at_least and activated >= rule.activated_at_least))
            group = rule.arm if len(scenario.jobcentres) == 1 else f"{rule.arm}@{jobcentre}"
            yield (f"{name}_talks_share", group, None), talks
            yield (f"{name}_activated_share", group, None), activated
            yield (f"{name}_earned_share", group, None), earned[-1]
        if len(scenario.jobcentres) > 1:
            yield (f"{name}_earned_share", rule.arm, None), float(np.mean(earned))


def _ratios(part: Ints, whole: Ints) -> Floats:
    shares: Floats = np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0)
    return shares


def _mean(values: Any) -> float:
    return float(values.mean()) if len(values) else float("nan")
