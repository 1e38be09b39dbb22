"""Both engines tell the same lives: person by person, week by week, to the last count.

Every scenario is small and made so that its rules bite; that they do is tested as well, both by what happened to
people and by switching each rule off and seeing that lives change.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from simulation.interventions.praktik import Praktik
from simulation.scenario.load import load
from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.ledige import GONE, IN_JOB
from simulation.world.register import NO_SHOW, offer_of, status_of, talk_of
from simulation.world.spec import WEEK, Ids
from simulation.world.world import World

from .engine import Ledig, Reference

SCENARIOS = Path(__file__).parent / "scenarios"
CASES = [(name, seed) for name in ("lister", "praktik", "teams", "marked") for seed in (1, 2, 3)]

COUNTS = {
    *("enrolled", "returned", "exit_job", "exit_education", "exit_other", "got_caseworker", "caseworker_wait"),
    *("fell_due", "no_caseworker", "not_booked", "overtaken", "no_partner", "no_time", "udeblivelse"),
    *("held", "on_time", "letters"),
    *(
        f"{name}_{what}"
        for name in ("praktik", "kursus")
        for what in ("referred", "wait", "waiting", "void", "started", "completed", "broken", "left", "hired")
    ),
}
"""The weekly counts that both engines keep."""


@dataclass(frozen=True)
class Both:
    """The same replication by either engine; `exits` are the product's, (week, destination) by row."""

    title: str
    scenario: Scenario
    world: World
    exits: dict[int, list[tuple[int, str]]]
    reference: Reference

    def who(self, row: int) -> str:
        """A ledig, for a message."""
        ledig = self.reference.people[row]
        return f"{self.title}: ledig {self.world.ledige.number[row]} ({ledig.jobcentre}, {ledig.arm}; row {row})"


@cache
def scenario_of(name: str, *settings: str) -> Scenario:
    changes = {path: yaml.safe_load(value) for path, value in (setting.split("=", 1) for setting in settings)}
    return load(SCENARIOS / f"{name}.yaml", changes).scenario


@cache
def both(name: str, seed: int, *settings: str) -> Both:
    scenario = scenario_of(name, f"seed={seed}", *settings)
    exits: dict[int, list[tuple[int, str]]] = defaultdict(list)

    def diary(day: int, ids: Ids, what: str) -> None:
        if what.startswith("afgang til "):
            for row in ids.tolist():
                exits[row].append((day // WEEK, what.removeprefix("afgang til ")))

    world = run(scenario, [0], diary=diary)
    return Both(" ".join((name, f"seed {seed}", *settings)), scenario, world, exits, Reference(scenario).run())


# --- equality ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "seed"), CASES)
def test_every_week_of_everybody(name: str, seed: int) -> None:
    assert_same_weeks(both(name, seed))


@pytest.mark.parametrize(("name", "seed"), CASES)
def test_every_life(name: str, seed: int) -> None:
    """Spells, causes, talks and weeks, which the second engine tallies as they happen."""
    pair = both(name, seed)
    for row, ledig in enumerate(pair.reference.people):
        product, reference = product_life(pair, row), reference_life(pair, ledig)
        for what in product:
            said = f"{pair.who(row)}: {what}: {product[what]} in the product, {reference[what]} in the reference"
            assert product[what] == reference[what], said


@pytest.mark.parametrize(("name", "seed"), CASES)
def test_every_count(name: str, seed: int) -> None:
    assert_same_counts(both(name, seed))


@pytest.mark.parametrize(("name", "seed"), CASES)
def test_every_team(name: str, seed: int) -> None:
    """Minutes used and cases of every team in every week."""
    pair = both(name, seed)
    staff, register = np.array(pair.reference.staff), pair.world.register
    assert_same_staff(pair, "minutes used", np.array(register.minutes_used), staff[:, :, 0])
    assert_same_staff(pair, "cases", np.array(register.cases), staff[:, :, 1])


@pytest.mark.parametrize("name", ["lister", "praktik", "teams", "marked"])
def test_a_batch_is_its_replications(name: str) -> None:
    """Two replications side by side come out as in two runs of their own."""
    scenario = scenario_of(name)
    batch = run(scenario, [0, 3])
    for place, replication in enumerate([0, 3]):
        alone = run(scenario, [replication])
        rows, width = batch.ledige.world == place, alone.register.cells
        assert (batch.register.codes[:, rows] == alone.register.codes).all(), f"{name}: codes of {replication}"
        if alone.register.hours is not None and batch.register.hours is not None:
            assert (batch.register.hours[:, rows] == alone.register.hours).all(), f"{name}: hours of {replication}"
        for count in COUNTS & batch.register.counts.keys():
            mine = batch.register.counts[count][:, place * width : (place + 1) * width]
            assert (mine == alone.register.counts.get(count, 0)).all(), f"{name}: {count} of {replication}"
        assert (alone.register.codes == Reference(scenario, replication).run().codes).all()


def assert_same_weeks(pair: Both) -> None:
    """The register's code, and hours of work, of everybody in every week."""
    product, reference = pair.world.register.codes, pair.reference.codes
    differs = np.argwhere(product != reference)
    if len(differs):
        week, row = differs[0].tolist()
        shown = [in_words(pair.scenario, int(codes[week, row])) for codes in (product, reference)]
        pytest.fail(f"{pair.who(row)}, week {week}: {shown[0]} in the product, {shown[1]} in the reference")
    if pair.world.register.hours is not None:
        for week, row in np.argwhere(pair.world.register.hours != pair.reference.hours).tolist():
            pytest.fail(f"{pair.who(row)}, week {week}: hours of work differ")


def assert_same_counts(pair: Both) -> None:
    """Every weekly count, by jobcentre and arm."""
    scenario, product = pair.scenario, pair.world.register.counts
    assert set(pair.reference.counts) <= COUNTS
    for name in sorted(COUNTS):
        for week in range(scenario.weeks):
            for j, jobcentre in enumerate(scenario.jobcentres):
                for a, arm in enumerate(scenario.arms):
                    got = product[name][week, j * len(scenario.arms) + a] if name in product else 0
                    told = pair.reference.counts[name][week, jobcentre, arm] if name in pair.reference.counts else 0
                    said = f"{pair.title}: week {week}, {jobcentre}, {arm}: {name} is {got} in the product"
                    assert got == told, f"{said}, {told} in the reference"


def assert_same_staff(pair: Both, what: str, product: Any, reference: Any) -> None:
    """A figure of every team in every week; both have shape (weeks, jobcentres × teams)."""
    for week, row in np.argwhere(product != reference)[:1].tolist():
        jobcentre, team = divmod(row, len(pair.scenario.teams))
        at = f"{list(pair.scenario.jobcentres)[jobcentre]}, {list(pair.scenario.teams)[team]}"
        said = f"{product[week, row]} in the product, {reference[week, row]} in the reference"
        pytest.fail(f"{pair.title}: week {week}, {at}: {what}: {said}")


def in_words(scenario: Scenario, code: int) -> str:
    """A register code."""
    status, offer, talk = code & 15, code >> 4 & 15, code >> 8
    names = ["not enrolled", "on benefit", "in a job", "out", *(f"left to {name}" for name in scenario.exits)]
    words = [names[status]]
    words += [f"in {list(scenario.interventions)[offer - 1]}"] if offer else []
    words += ["udeblivelse" if talk == NO_SHOW else f"talk by channel {talk}"] if talk else []
    return f"<{', '.join(words)}>"


def product_life(pair: Both, row: int) -> dict[str, Any]:
    """What the product says of a person, from its register (spells: from its diary)."""
    codes = pair.world.register.codes[:, row]
    status, talk, offer = status_of(codes), talk_of(codes), offer_of(codes)
    praktik = [n for n, i in enumerate(pair.scenario.interventions.values(), start=1) if isinstance(i, Praktik)]
    exits = pair.exits.get(row, [])
    last = int(status[-1])
    assert last < GONE or (exits and exits[-1][1] == list(pair.scenario.exits)[last - GONE])
    return {
        "first exit": exits[:1],
        "exits": exits,
        "talks by channel": {int(n): int((talk == n).sum()) for n in np.unique(talk) if 0 < n < NO_SHOW},
        "udeblivelse": int((talk == NO_SHOW).sum()),
        "weeks in praktik": int(np.isin(offer, praktik).sum()),
        "weeks in job": int((status == IN_JOB).sum()),
    }


def reference_life(pair: Both, ledig: Ledig) -> dict[str, Any]:
    """The same as the second engine tallied it."""
    channels = {n: ledig.tally[f"talks by {n}"] for n in range(1, NO_SHOW)}
    return {
        "first exit": ledig.exits[:1],
        "exits": ledig.exits,
        "talks by channel": {n: held for n, held in channels.items() if held},
        "udeblivelse": ledig.tally["udeblivelse"],
        "weeks in praktik": ledig.tally["weeks in praktik"],
        "weeks in job": ledig.tally["weeks in job"],
    }


# --- the rules bite ---------------------------------------------------------------------------------------------

HAPPENS = {
    "lister": "held on_time no_time udeblivelse no_partner not_booked overtaken no_caseworker caseworker_wait "
    "talks_by_1 talks_by_2 talks_by_3 plan_changes exit_job exit_education",
    "praktik": "pushed praktik_referred praktik_waiting praktik_wait praktik_started praktik_completed praktik_broken "
    "praktik_left praktik_hired weeks_in_job returned letters udeblivelse no_time no_caseworker caseworker_wait",
    "teams": "plan_changes no_time udeblivelse no_caseworker caseworker_wait talks_by_1 talks_by_2 returned",
    "marked": "kursus_void praktik_started praktik_broken kursus_left letters overtaken no_partner no_time "
    "plan_changes returned",
}

SWITCHES = {
    "lister": """
        interventions.samtaler.plans.elleve.announcement={}
        interventions.samtaler.plans.elleve.self_booking=1.0
        interventions.samtaler.plans.elleve.then=null
        interventions.samtaler.plans.elleve.talks.0.minutes=null
        interventions.samtaler.plans.elleve.talks.1.partner=null
        interventions.samtaler.plans.elleve.talks.2.channel=null
        interventions.samtaler.plans.ugentlig.other_channel=null
        interventions.samtaler.plans.hver_anden.other_channel=null
        interventions.samtaler.plans.hver_anden.then=null
        interventions.samtaler.plans.hver_anden.first_week=0
        interventions.samtaler.channels.moede.effect=1.0
        interventions.samtaler.channels.telefon.effect=1.0
        interventions.samtaler.attendance.person_sd=0.0
        interventions.samtaler.attendance.weekly_odds=1.0
        interventions.samtaler.attendance.jobcentre_odds={}
        interventions.samtaler.attendance.rebooking_minutes=0
        interventions.samtaler.priority=lot
        interventions.samtaler.effects={}
        interventions.samtaler.window_weeks=1
        interventions.samtaler.halving_talks=null
        teams.kontakt.caseload_limit=1000000
        teams.saerlig.caseload=pooled
        exits.job.duration=null
        exits.job.frailty=null
        exits.education.frailty=null
        exits.job.jobcentre_sd=0.0
        exits.job.jobcentres={}
        intake.elapsed_weeks=0
        subgroups={}
        """,
    "praktik": """
        interventions.praktik.referral.tidlig.never_ready=0.0
        interventions.praktik.referral.tidlig.push=null
        interventions.praktik.places=100
        interventions.praktik.matches_per_week=100.0
        interventions.praktik.jobcentres={}
        interventions.praktik.waiting_list=false
        interventions.praktik.breakdown=null
        interventions.praktik.breakdown.unready_factor=1.0
        interventions.praktik.breakdown.setback_weeks=0
        interventions.praktik.repeat=null
        interventions.praktik.repeat.max_spells=1000
        interventions.praktik.direct_hire=0.0
        interventions.praktik.during={}
        interventions.praktik.after={}
        interventions.praktik.after_weeks=1
        interventions.praktik.after_halving_weeks=null
        interventions.samtaler.plans.ugentlig.in_offer=null
        interventions.samtaler.plans.ugentlig.announcement={}
        job_spells=null
        job_spells.returns=1.0
        job_spells.hours=37
        teams.sagsbehandlere.caseload_limit=1000000
        """,
    "teams": """
        teams.indsats.dilution=0.0
        teams.indsats.at_limit=wait
        teams.indsats.caseload=pooled
        teams.opfoelgning.caseload_limit=1000000
        jobcentres.syd.teams.drift.dilution=0.0
        interventions.samtaler.priority=longest_overdue
        interventions.samtaler.plans.efter.statutory_weeks=null
        interventions.samtaler.plans.taet.then=null
        interventions.samtaler.plans.lov.then=null
        """,
    "marked": """
        displacement=0.0
        interventions.samtaler_nyeste.priority=longest_overdue
        interventions.samtaler_lod.priority=longest_overdue
        interventions.samtaler_lod.plans.hver_anden.in_offer=null
        interventions.praktik.breakdown=null
        interventions.kursus.repeat=null
        """,
}


@pytest.mark.parametrize(("name", "seed"), CASES)
def test_it_happens(name: str, seed: int) -> None:
    """Everything that the scenario is there for happens to somebody."""
    people = both(name, seed).reference.people
    for what in HAPPENS[name].split():
        assert any(ledig.tally[what] or ledig.tally[what.replace("_", " ")] for ledig in people), what


@pytest.mark.parametrize(
    ("name", "switch"), [(name, line) for name, lines in SWITCHES.items() for line in lines.split()]
)
def test_it_matters(name: str, switch: str) -> None:
    """Without the rule some life is another."""
    with_it, without = (run(scenario_of(name, *switches), [0]).register for switches in ((), (switch,)))
    same = (with_it.codes == without.codes).all()
    if with_it.hours is not None and without.hours is not None:
        same &= (with_it.hours == without.hours).all()
    assert not same, f"{name}: nobody lives otherwise with {switch}"


def test_a_team_exceeds_its_limit() -> None:
    """A team that may has more cases than its limit, in a week at least."""
    pair = both("teams", 1)
    teams = [team for place in pair.reference.teams.values() for team in place.values()]
    cases = np.array(pair.reference.staff)[:, :, 1]
    assert any((cases[:, i] > team.limit).any() for i, team in enumerate(teams) if team.dilution)


# --- faults that this comparison once found ------------------------------------------------------------------------

FAULTS = {
    "a letter replaces the strength of the last held talk": (
        "praktik",
        "interventions.samtaler.channels.brev.effect=0.0",
        "interventions.samtaler.effects={job: 4.0}",
    ),
    "with everybody locked in (factor 0), displacement makes reserves NaN": (
        "marked",
        "interventions.kursus.during={job: 0.0}",
        "interventions.praktik.during={job: 0.0}",
        "interventions.kursus.places=100",
        "interventions.kursus.matches_per_week=100.0",
        "intake.persons=3",
        "jobcentres.syd.persons=3",
        "jobcentres.vest.persons=3",
    ),
    "who waits for one offer while in another is never matched": (
        "marked",
        "interventions.praktik.waiting_list=true",
    ),
    "samtaler whose only channel is a letter stop the run": (
        "praktik",
        "interventions.samtaler.channels={brev: {minutes: 5, attendance: 1.0, counts: false}}",
        "interventions.samtaler.plans.ugentlig.channel=brev",
        "interventions.samtaler.plans.maanedlig.channel=brev",
    ),
    "who left on tirsdag is counted among those who wait for a caseworker on søndag": ("praktik",),
}


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("fault", FAULTS)
def test_fault_is_mended(fault: str) -> None:
    name, *settings = FAULTS[fault]
    pair = both(name, 1, *settings)
    assert_same_weeks(pair)
    assert_same_counts(pair)
    if not settings:  # the fault is in a figure that is compared nowhere else
        waiting = np.array(pair.reference.staff)[:, :, 2]
        assert_same_staff(pair, "waiting for a caseworker", np.array(pair.world.register.waiting), waiting)
