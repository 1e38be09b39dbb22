"""One simulated ledig's life, week by week, in words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simulation.report.known import EFFECTS, called
from simulation.report.wording import Wording
from simulation.results.names import Names
from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.force import Force
from simulation.world.labels import WEEKDAYS, Event, Label, Language, plain
from simulation.world.small_jobs import BESIDE_BEGINS, BESIDE_ENDS, BESIDE_HOURS
from simulation.world.spec import NOT_PLANNED, WEEK, Ids
from simulation.world.world import World

LINE = Label("week {week:3d} (course week {since:3d})  {events}", "uge {week:3d} (forløbsuge {since:3d})  {events}")
ENDS = Label("week {week:3d}  the run ends", "uge {week:3d}  kørslen slutter")
IN_FORCE, NO_MORE = Label("effects: {effects}", "virkninger: {effects}"), Label("none any more", "ingen mere")
NEXT_JOB = {
    "ends": Label("end of the job", "jobbets ophør"),
    "hours": Label("hours of the job", "timer i jobbet"),
}
SMALL_JOBS = {
    BESIDE_BEGINS: Label("beginning a small job", "begyndelsen på et småjob"),
    BESIDE_ENDS: Label("end of the small job", "småjobbets ophør"),
    BESIDE_HOURS: Label("hours of a small job", "timer i et småjob"),
}
WHO = Label(
    "Ledig {number}, jobcentre {place} ({known}), {comes}.", "Ledig {number}, jobcenter {place} ({known}), {comes}."
)
ARM = Label("group: {arm}", "gruppe: {arm}")
ENROLLED = Label("enrolled in week {week}", "indskrives i uge {week}")
NEVER_ENROLLED = Label("off benefit before enrolment", "er ude af ydelse før indskrivningen")


class NobodyThere(Exception):
    """There is no ledig of that number."""


def diary(scenario: Scenario, number: int, replication: int = 0, language: Language = "en") -> list[str]:
    """What happens to ledig `number` (from 0) in one replication, one line per week in which something happens.

    Raises NobodyThere, saying which numbers there are.
    """
    persons = sum(scenario.persons().values())
    if not 0 <= number < persons:
        raise NobodyThere(f"there is no ledig {number}; the ledige of this scenario are 0 to {persons - 1}")
    entries: list[tuple[int, Ids, Event]] = []
    held: list[Force] = []
    world = run(
        scenario, [replication], diary=lambda day, ids, event: entries.append((day, ids, event)), in_force=held.append
    )
    row = int((world.ledige.number == number).argmax())
    wording = Wording(Names(scenario), language)
    by_week: dict[int, list[str]] = {}
    for day, ids, event in entries:
        if row in ids:
            weekday = wording.say(WEEKDAYS[day % WEEK])
            by_week.setdefault(day // WEEK, []).append(f"{weekday}: {told_event(wording, event)}")
    _tell_effects(wording, held, row, by_week)
    entry = int(world.ledige.entry[row])
    return [
        _introduction(wording, world, row),
        *(
            wording.say(LINE, week=week, since=week - entry, events="; ".join(events))
            for week, events in sorted(by_week.items())
        ),
        wording.say(ENDS, week=scenario.weeks - 1),
    ]


def told_event(wording: Wording, event: Event) -> str:
    """What happened, with what people read in the place of keys."""
    by_gap = {"name": wording.within, "exit": wording.exit, "benefit": wording.exit}
    return wording.say(event.what, **{gap: by_gap.get(gap, plain)(key) for gap, key in event.keys.items()})


def _tell_effects(wording: Wording, held: Sequence[Force], row: int, by_week: dict[int, list[str]]) -> None:
    """Add what multiplies her chances of leaving, in weeks in which something happens or other effects hold than in the
    week before; it stands first, for afgang comes on tirsdag."""
    names: dict[int, list[tuple[str, tuple[str, ...], str]]] = {}
    factors: dict[int, list[str]] = {}
    for force in held:
        at = np.flatnonzero(force.ids == row)
        if len(at):
            factor = float(np.broadcast_to(force.factor, len(force.ids))[at[0]])
            names.setdefault(force.week, []).append((force.intervention, force.keys, force.on))
            told = f"{_of(wording, force)} × {factor:.3g}"
            factors.setdefault(force.week, []).append(told.replace(".", ",") if wording.language == "da" else told)
    for week in range(wording.scenario.weeks):
        other = names.get(week) != names.get(week - 1)
        if week in factors and (other or week in by_week):
            by_week.setdefault(week, []).insert(0, wording.say(IN_FORCE, effects=", ".join(factors[week])))
        elif other and week in by_week:
            by_week[week].insert(0, wording.say(IN_FORCE, effects=wording.say(NO_MORE)))


def _of(wording: Wording, force: Force) -> str:
    """Which effect it is, and on what."""
    known = NEXT_JOB if force.keys == ("next_job",) else SMALL_JOBS
    on = wording.say(known[force.on]) if force.on in known else wording.exit(force.on)
    key = next((key for key in reversed(force.keys) if key in EFFECTS), force.keys[-1])
    what = wording.say(called(key, None, EFFECTS))
    return f"{wording.intervention(force.intervention)} ({what}) → {on}"


def _introduction(wording: Wording, world: World, row: int) -> str:
    ledige, scenario = world.ledige, wording.scenario
    place = world.jobcentres.name_of_row[ledige.jobcentre[row]]
    levels = [
        wording.level(characteristic, list(levels)[ledige.subgroup[characteristic][row]])
        for characteristic, levels in scenario.subgroups.items()
    ]
    known = ", ".join([wording.say(ARM, arm=wording.arm(world.arms[ledige.arm[row]])), *levels])
    entry = ledige.entry[row]
    comes = wording.say(ENROLLED, week=entry) if entry != NOT_PLANNED else wording.say(NEVER_ENROLLED)
    return wording.say(WHO, number=ledige.number[row], place=wording.jobcentre(place), known=known, comes=comes)
