"""A kind made by the recipe of docs/extend.md in one file works in every way: a course with seats and a waiting list.

Decision rules. What follows from the settings or can be counted person by person is exact. Shares drawn by chance:
|z| < LIMIT, binomial.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

import simulation
from simulation.cli import main
from simulation.interventions import KINDS, acts, register
from simulation.scenario.files.problems import InputProblems
from simulation.scenario.jsonschema import json_schema
from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.labels import Event
from simulation.world.spec import WEEK, Ids
from simulation.world.world import World
from tests.helpers import LIMIT, busy, counts_of, z_of
from tests.offers import ALL, AT_ONCE, cohort, factors, in_offer, total, watch, weekly
from tests.uddannelsesloeft import Uddannelsesloeft, UddannelsesloeftRunning


@pytest.fixture(autouse=True)
def uddannelsesloeft() -> Iterator[None]:
    """Known during a test, and forgotten after it."""
    register("uddannelsesloeft", Uddannelsesloeft, UddannelsesloeftRunning)
    yield
    KINDS.pop("uddannelsesloeft", None)


def course(**more: Any) -> dict[str, Any]:
    """Everybody applies at once and is accepted, and there is a seat for all."""
    return {"kind": "uddannelsesloeft", "referral": AT_ONCE, "accepts": 1.0, "seats": ALL, **more}


LATER = {"alle": {"ready_week": {0: 0.5, 6: 0.3, 15: 0.2}, "weekly": 0.2}}
SCARCE: dict[str, Any] = {"referral": LATER, "accepts": 0.7, "seats": 15, "gives_up": 0.03, "drops_out": 0.03}


def scarce(weeks: int = 60, **interventions: Any) -> Scenario:
    """Two jobcentres from which ledige leave; one course with few seats, or what is said instead."""
    world = {"jobcentres": {"ribe": {}, "skive": {"persons": 90}}, "exits": {"job": {"level": 0.02}}}
    return cohort(persons=200, weeks=weeks, world=world, **(interventions or {"loeft": course(**SCARCE)}))


# --- seats, and who is where ----------------------------------------------------------------------------------------


def test_seats_are_never_exceeded() -> None:
    """15 in each jobcentre, every søndag; all are taken in some weeks, and nobody waits beside a seat that is free."""
    most = np.zeros(2, dtype=int)

    def look(world: World, running: Any, week: int) -> None:
        offer = running[0].offer
        held = np.bincount(world.ledige.jobcentre[world.register.offer > 0], minlength=2)
        assert (held == offer.places.held).all() and (held <= 15).all()
        waits = np.bincount(world.ledige.jobcentre[offer.waiting.ids], minlength=2)
        assert ((waits == 0) | (held == 15)).all()
        np.maximum(most, held, out=most)

    watch(scarce(), soendag=look)
    assert most.tolist() == [15, 15]


@pytest.mark.parametrize("weeks", [5, 25, 60])
def test_counts_add_up(weeks: int) -> None:
    """At the end of a run of any length everybody who was referred is somewhere, and so is everybody who started."""
    world, (part,) = watch(scarce(weeks))
    n = {what: total(world, f"loeft_{what}") for what in Uddannelsesloeft.counts}
    waits, inside = len(part.offer.waiting.ids), len(part.offer.spells.inside)
    assert n["referred"] == n["started"] + n["left_waiting"] + n["gave_up"] + waits
    assert n["started"] == n["completed"] + n["dropped"] + n["left"] + inside
    assert inside == np.count_nonzero(in_offer(world)[-1])
    if weeks == 60:
        assert min(n.values()) > 0, n


def test_wait_and_lost_share_are_those_of_persons(tmp_path: Path) -> None:
    """Outcomes of a scenario file against its diary, read in plain Python: who was referred, began, gave up or left."""
    loaded = simulation.load(written(tmp_path))
    since: dict[int, int] = {}
    waits: list[int] = []
    left: list[int] = []
    gave_up: list[int] = []
    dropped: list[int] = []

    def diary(day: int, ids: Ids, event: Event) -> None:
        what = event.told("en")
        for ledig in ids.tolist():
            if what == "referred to loeft":
                since[ledig] = day // WEEK
            elif what == "begins loeft":
                waits.append(day // WEEK - since.pop(ledig))
            elif what == "gives up waiting for loeft":
                since.pop(ledig)
                gave_up.append(ledig)
            elif what == "leaves for job" and ledig in since:
                since.pop(ledig)
                left.append(ledig)
            elif what == "drops out of loeft":
                dropped.append(ledig)

    run(loaded.scenario, [0], diary)
    result = simulation.run(loaded)
    referred = len(waits) + len(left) + len(gave_up) + len(since)
    assert min(len(waits), len(left), len(gave_up), len(dropped), sum(waits)) > 0
    for outcome, value in {
        "referred": referred,
        "started": len(waits),
        "wait": sum(waits) / len(waits),
        "lost_waiting_share": (len(left) + len(gave_up)) / referred,
        "dropped_share": len(dropped) / len(waits),
    }.items():
        assert result.estimate(f"loeft_{outcome}").value == pytest.approx(value, rel=1e-12), outcome


# --- chance and effects ---------------------------------------------------------------------------------------------


def test_shares_and_lengths_are_as_set() -> None:
    """Accepted and not turned away: 0.6 and 0.6 × 0.5 by level; lengths of 6 to 26 weeks, each equally likely."""
    levels = {"motivation": {"hoej": {"share": 0.5}, "lav": {"share": 0.5}}}
    settings = course(accepts=0.6, visitation=[{"turned_away": {"motivation": {"lav": 0.5}}}])
    world = run(cohort(weeks=30, world={"subgroups": levels}, loeft=settings), [0])
    weeks = in_offer(world).sum(axis=0)
    level = world.ledige.subgroup["motivation"]
    for row, share in enumerate((0.6, 0.3)):
        assert abs(z_of(np.count_nonzero(weeks[level == row]), np.count_nonzero(level == row), share)) < LIMIT
    began = weeks[weeks > 0]
    assert (began.min(), began.max()) == (6, 26)
    assert np.abs(z_of(np.bincount(began)[6:], len(began), 1 / 21)).max() < LIMIT


def test_drop_out_is_a_chance_of_every_week() -> None:
    """Of those on a course of 12 weeks on each onsdag before the last 5 % drop out; nobody does in any other week."""
    settings = course(length={"from_weeks": 12, "to_weeks": 12}, drops_out=0.05)
    world = run(cohort(weeks=15, loeft=settings), [0])
    dropped = counts_of(world)["loeft_dropped"].sum(axis=1)
    there = np.count_nonzero(in_offer(world), axis=1)
    assert np.abs(z_of(dropped[1:12], there[:11], 0.05)).max() < LIMIT
    assert dropped[0] == 0 and not dropped[12:].any()
    assert total(world, "loeft_completed") == there[11]


def test_nobody_gives_up_in_the_week_of_referral() -> None:
    """Described as a chance in a week of waiting: where there is no seat and no patience, all wait for one week."""
    world = run(cohort(persons=100, weeks=4, loeft=course(seats=0, gives_up=1.0)), [0])
    assert [weekly(world, f"loeft_{what}") for what in ("waiting", "gave_up")] == [[100, 0, 0, 0], [0, 100, 0, 0]]


def test_locking_in_and_the_gain_afterwards_are_those_set() -> None:
    """0.4 on every tirsdag on the course, then 1 + 2^(−weeks / 2) for five weeks if it was completed; exactly, by
    person, among them some who drop out."""
    after = {"effects": {"job": 2.0}, "weeks": 5, "halving_weeks": 2.0}
    settings = course(
        referral=LATER, length={"from_weeks": 6, "to_weeks": 9}, drops_out=0.03, during={"job": 0.4}, after=after
    )
    scenario = cohort(persons=300, weeks=40, loeft=settings)
    found, world = factors(scenario)
    _, (part,) = watch(scenario)
    inside = in_offer(world)
    expected = np.ones(inside.shape)
    gains = 0
    for ledig in range(300):
        weeks = np.flatnonzero(inside[:, ledig])
        if len(weeks) == 0:
            continue
        expected[weeks[0] + 1 : weeks[-1] + 2, ledig] = 0.4
        if part.offer.spells.completed[ledig] == weeks[-1] + 1:
            gains += 1
            for later in range(1, 6):
                if weeks[-1] + 1 + later < 40:
                    expected[weeks[-1] + 1 + later, ledig] = 1 + 0.5 ** (later / 2)
    assert (found == expected).all()
    assert 100 < gains < np.count_nonzero(inside.any(axis=0)) - 20


# --- beside others --------------------------------------------------------------------------------------------------


def test_two_of_the_kind_stand_beside_each_other() -> None:
    """With seats, queues and counts of their own; nobody is in both, and the invariants hold every week."""
    held: list[list[int]] = []

    def look(world: World, running: Any, week: int) -> None:
        held.append([int(part.offer.places.held.max()) for part in running])

    scenario = scarce(svejser=course(**SCARCE), sosu=course(**SCARCE | {"seats": 4}))
    world, running = watch(scenario, soendag=look)
    assert np.max(held, axis=0).tolist() == [15, 4]
    for name, part in zip(("svejser", "sosu"), running, strict=True):
        n = {what: total(world, f"{name}_{what}") for what in Uddannelsesloeft.counts}
        inside = part.offer.spells.inside
        assert n["started"] == n["completed"] + n["dropped"] + n["left"] + len(inside)
        assert (world.register.offer[inside] == part.number).all()
        assert (world.referred[name] >= 0).sum() == n["referred"] > n["started"] > 0
    assert total(world, "svejser_started") != total(world, "sosu_started")


def test_a_course_that_nobody_applies_for_changes_nobody() -> None:
    """Everybody's codes and every count, in a scenario in which everything is scarce, to the last bit."""
    nobody = {arm: {"ready_week": 0, "weekly": 0.0} for arm in ("deltager", "kontrol")}
    idle = course(referral=nobody, during={"job": 0.1}, after={"effects": {"job": 9.0}, "weeks": 50})
    data = busy().model_dump(exclude_none=True)
    without, beside = (
        run(Scenario.model_validate(data | {"interventions": data["interventions"] | more}), [0, 1])
        for more in ({}, {"loeft": idle})
    )
    assert (without.register.codes == beside.register.codes).all()
    before, after = counts_of(without), counts_of(beside)
    for name, counts in after.items():
        assert (counts == before.get(name, 0)).all(), name
    assert before.keys() <= after.keys()


# --- what the program makes of it -----------------------------------------------------------------------------------

FILE = """\
version: 2
name: Løft
start: 2026-W01
weeks: 50
follow_up: 50
replications: 1
seed: 5
arms: {alle: 1}
intake: {persons: 150, weeks: 10}
teams: {}
jobcentres: {ribe: {}, skive: {}}
exits:
  job: {level: {value: 0.02, kind: assumed, source: test}}
interventions:
  loeft:
    kind: uddannelsesloeft
    referral: {alle: {ready_week: 2, weekly: 0.2}}
    accepts: 0.7
    seats: 8
    gives_up: 0.03
    drops_out: 0.03
    during: {job: 0.5}
"""


def written(folder: Path, old: str = "", new: str = "") -> Path:
    """A scenario file that uses it, with one text replaced."""
    file = folder / "loeft.yaml"
    file.write_text(FILE.replace(old, new) if old else FILE, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("seats: 8", "seat: 8", "unknown key 'seat'; did you mean 'seats'?"),
        ("{alle: {ready", "{ale: {ready", "'ale' is not known here; did you mean 'alle'?"),
        ("{job: 0.5}", "{jobb: 0.5}", "'jobb' is not known here; did you mean 'job'?"),
        ("    seats: 8\n", "    seats: 8\n    length: {from_weeks: 9, to_weeks: 6}\n", "the range is reversed"),
    ],
)
def test_it_is_checked(tmp_path: Path, old: str, new: str, message: str) -> None:
    """Keys, names and values, as of any kind."""
    with pytest.raises(InputProblems, match="(?s)" + message.replace("?", r"\?")):
        simulation.load(written(tmp_path, old, new))


def test_check_schema_and_tables_take_it_up(tmp_path: Path) -> None:
    """The weekdays on which it acts, its keys with descriptions, and its outcomes with unit and value."""
    said = CliRunner().invoke(main, ["check", str(written(tmp_path))])
    assert said.exit_code == 0, said.output
    for weekday, words in (("Tuesday", "locking-in on the course"), ("Thursday", "applications, and free seats")):
        assert any(weekday in line and words in line for line in said.stdout.splitlines()), said.stdout
    assert acts(Uddannelsesloeft.model_construct(kind="uddannelsesloeft")).keys() == {"tirsdag", "torsdag"}
    properties = json_schema()["$defs"]["Uddannelsesloeft"]["properties"]
    assert properties["seats"]["description"] == "Seats in each jobcentre"
    KINDS.pop("uddannelsesloeft")
    assert "Uddannelsesloeft" not in json.dumps(json_schema())
    register("uddannelsesloeft", Uddannelsesloeft, UddannelsesloeftRunning)
    table = simulation.run(simulation.load(written(tmp_path))).table().query("group == 'alle'").set_index("outcome")
    assert {f"loeft_{what}" for what in Uddannelsesloeft.outcomes} <= set(table.index)
    assert (table.loc["loeft_wait", "unit"], table.loc["loeft_started", "unit"]) == ("weeks", "spells")
