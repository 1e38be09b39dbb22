"""Both engines tell the same lives: person by person, week by week, to the last count.

Every scenario is small and made so that its rules bite; that they do is tested as well, both by what happened to
people and by switching each rule off and seeing that lives change.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from simulation.scenario.load import load
from simulation.scenario.schema import Scenario
from simulation.week import LEAVES, run
from simulation.world.labels import Event
from simulation.world.ledige import GONE
from simulation.world.names import common
from simulation.world.register import NO_SHOW, Register, offer_of, status_of, talk_of
from simulation.world.spec import NEVER, WEEK, Ids
from simulation.world.staff.caseworkers import SUCCESSORS
from simulation.world.staff.relations import NOBODY, Relations
from simulation.world.world import World
from tests.helpers import counts_of, team_counts_of, week_by_week

from .engine import Ledig, Reference
from .switches import SWITCHES
from .tables import CASES, COUNTS, HAPPENS, SCENARIOS, TEAM_COUNTS, third
from .variants import FAULTS, VARIANTS

FOLDER = Path(__file__).parent / "scenarios"


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
    return load(FOLDER / f"{name}.yaml", changes).scenario


@cache
def both(name: str, seed: int, *settings: str) -> Both:
    return pair_of(" ".join((name, f"seed {seed}", *settings)), scenario_of(name, f"seed={seed}", *settings))


def pair_of(title: str, scenario: Scenario) -> Both:
    """Run by either engine."""
    exits: dict[int, list[tuple[int, str]]] = defaultdict(list)

    def diary(day: int, ids: Ids, event: Event) -> None:
        if event.what == LEAVES:
            for row in ids.tolist():
                exits[row].append((day // WEEK, event.keys["exit"]))

    world = run(scenario, [0], diary=diary)
    return Both(title, scenario, world, exits, Reference(scenario).run())


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
    """Minutes, cases, counts and posts of every team in every week; who held whose last talk."""
    assert_same_teams(both(name, seed))


@pytest.mark.parametrize(
    ("name", "settings"),
    third([(name, settings) for name, variants in VARIANTS.items() for settings in variants], 0, several=True),
)
def test_every_variant(name: str, settings: tuple[str, ...]) -> None:
    """The same holds where rules meet that do not in the scenario itself."""
    pair = both(name, 1, *settings)
    assert_same_weeks(pair)
    assert_same_counts(pair)
    assert_same_teams(pair)


@pytest.mark.parametrize("name", third(SCENARIOS, 2))
def test_a_batch_is_its_replications(name: str) -> None:
    """Two replications side by side come out as in two runs of their own."""
    assert_same_in_a_batch(name, scenario_of(name))


def assert_same_in_a_batch(name: str, scenario: Scenario) -> None:
    """The product side by side and alone; and one that is not the first equals the reference's as well."""
    batch = run(scenario, [0, 3])
    for place, replication in enumerate([0, 3]):
        alone = run(scenario, [replication])
        rows, width = batch.ledige.world == place, alone.register.cells
        assert (batch.register.codes[:, rows] == alone.register.codes).all(), f"{name}: codes of {replication}"
        if alone.register.hours is not None and batch.register.hours is not None:
            assert (batch.register.hours[:, rows] == alone.register.hours).all(), f"{name}: hours of {replication}"
        for count in COUNTS & counts_of(batch).keys():
            mine = counts_of(batch)[count][:, place * width : (place + 1) * width]
            assert (mine == counts_of(alone).get(count, 0)).all(), f"{name}: {count} of {replication}"
        teams = slice(place * len(alone.staff.fte), (place + 1) * len(alone.staff.fte))
        for count, of_teams in team_counts_of(batch).items():
            assert (of_teams[:, teams] == team_counts_of(alone).get(count, 0)).all(), f"{name}: {count} of teams"
        posts = slice(place * len(alone.register.caseload[0]), (place + 1) * len(alone.register.caseload[0]))
        mine = np.array(batch.register.caseload)[:, posts]
        assert np.array_equal(mine, alone.register.caseload, equal_nan=True), f"{name}: cases of posts"
        assert replication == 0 or (alone.register.codes == Reference(scenario, replication).run().codes).all()


def assert_same_lots(pair: Both) -> None:
    """Of a trial: what everybody has drawn, and what became of it; and the arm that each is in."""
    ledige, lots = pair.world.ledige, pair.reference.lots
    assert (ledige.allotted is None) == (not lots)
    for row, lot in enumerate(lots):
        assert ledige.allotted is not None
        told = {name: bool(column[row]) for name, column in ledige.allotted._asdict().items()}
        assert told == {"assigned": lot.drawn, "treated": lot.treated, "recorded": lot.recorded}, pair.who(row)
        assert list(pair.scenario.arms)[ledige.arm[row]] == lot.arm, pair.who(row)


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
    scenario, product = pair.scenario, counts_of(pair.world)
    assert set(pair.reference.counts) | set(product) <= COUNTS
    cells = [
        (week, jobcentre, arm)
        for week in range(scenario.weeks) for jobcentre in scenario.jobcentres for arm in scenario.arms
    ]  # fmt: skip
    for name in sorted((set(pair.reference.counts) | set(product)) - not_followed(pair)):
        told = pair.reference.counts.get(name, Counter())
        of_product = product[name].ravel().tolist() if name in product else [0] * len(cells)
        for (week, jobcentre, arm), got in zip(cells, of_product, strict=True):
            if got != told[week, jobcentre, arm]:
                said = f"{pair.title}: week {week}, {jobcentre}, {arm}: {name} is {got} in the product"
                pytest.fail(f"{said}, {told[week, jobcentre, arm]} in the reference")


def not_followed(pair: Both) -> set[str]:
    """Counts that the product leaves out where nobody asks who talks with whom."""
    return {"met_again", "met_the_same"} if pair.world.staff.relations is None else set()


def assert_same_teams(pair: Both) -> None:
    """All that is counted of every team, and who is at work, in every week; cases of every post; who knows whom."""
    register, teams = pair.world.register, pair.reference.all_teams()
    for what in pair.reference.staff[0][0]:
        told = np.array([[team[what] for team in week] for week in pair.reference.staff])
        assert_same_staff(pair, what, np.array(getattr(register, what)), told.round(9))
    for what in TEAM_COUNTS - not_followed(pair) if pair.world.staff.detailed else ():
        told = np.array([[team.counts[week, what] for team in teams] for week in range(pair.scenario.weeks)])
        assert_same_staff(pair, what, team_counts_of(pair.world).get(what, np.zeros_like(told)), told)
    assert {name for name, counts in team_counts_of(pair.world).items() if counts.any()} <= TEAM_COUNTS
    told = np.array(pair.reference.caseloads, dtype=np.float32)
    assert (np.isnan(told) == np.isnan(register.caseload)).all(), f"{pair.title}: vacant posts"
    assert np.allclose(told, register.caseload, equal_nan=True, rtol=1e-6), f"{pair.title}: cases of posts"
    assert (np.array(register.minutes_of_desk) == pair.reference.minutes_of_desk).all(), f"{pair.title}: desks"
    desks = [desk for team in teams for desk in team.every_desk]
    for what in ("fresh", "again") if pair.world.staff.detailed else ():
        told = np.array([[getattr(desk, what)[week] for desk in desks] for week in range(pair.scenario.weeks)])
        assert (register.of_desks(common(what)) == told).all(), f"{pair.title}: minutes of desks: {what}"
    if (relations := pair.world.staff.relations) is not None:
        assert_same_relations(pair, relations)


def assert_same_relations(pair: Both, relations: Relations) -> None:
    """Who held everybody's last talk, and how many talks she knows of."""
    posts = {post: number for number, post in enumerate(pair.reference.posts())}
    for row, ledig in enumerate(pair.reference.people):
        last = ledig.last_with
        told = NOBODY if last is None else posts[last.post] * SUCCESSORS + last.number
        product, together = int(relations.person[row]), float(relations.together[row])
        said = f"{pair.who(row)}: last talk by {divmod(product, SUCCESSORS)}, knows of {together} in the product"
        at = f"{divmod(told, SUCCESSORS)} and {ledig.together} in the reference"
        assert (product, together) == (told, ledig.together), f"{said}, {at}"


def assert_same_staff(pair: Both, what: str, product: Any, reference: Any) -> None:
    """A figure of every team in every week; both have shape (weeks, jobcentres × teams)."""
    for week, row in np.argwhere(np.abs(product - reference) > 1e-8)[:1].tolist():
        jobcentre, team = divmod(row, len(pair.scenario.teams))
        at = f"{list(pair.scenario.jobcentres)[jobcentre]}, {list(pair.scenario.teams)[team]}"
        said = f"{product[week, row]} in the product, {reference[week, row]} in the reference"
        pytest.fail(f"{pair.title}: week {week}, {at}: {what}: {said}")


def in_words(scenario: Scenario, code: int) -> str:
    """A register code."""
    status, offer, talk = code & 15, code >> 4 & 31, code >> 9
    names = ["not enrolled", "on benefit", "out", *(f"left to {name}" for name in scenario.exits)]
    words = [names[status]]
    marking = [name for name, each in scenario.interventions.items() if each.marks_offers]
    words += [f"in {marking[offer - 1]}"] if offer else []
    words += ["udeblivelse" if talk == NO_SHOW else f"talk by channel {talk}"] if talk else []
    return f"<{', '.join(words)}>"


def product_life(pair: Both, row: int) -> dict[str, Any]:
    """What the product says of a person, from its register (spells: from its diary)."""
    codes = pair.world.register.codes[:, row]
    status, talk, offer = status_of(codes), talk_of(codes), offer_of(codes)
    names = list(pair.world.offers)
    exits = pair.exits.get(row, [])
    last = int(status[-1])
    assert last < GONE or (exits and exits[-1][1] == list(pair.scenario.exits)[last - GONE])
    return {
        "first exit": exits[:1],
        "exits": exits,
        "talks by channel": {int(n): int((talk == n).sum()) for n in np.unique(talk) if n not in (0, NO_SHOW)},
        "udeblivelse": int((talk == NO_SHOW).sum()),
        "weeks in offers": {names[n - 1]: int((offer == n).sum()) for n in np.unique(offer) if n},
        "first referrals": {name: int(week[row]) for name, week in pair.world.referred.items() if week[row] != NEVER},
        "weeks in job": int(pair.scenario.employed(status).sum()),
    }


def reference_life(pair: Both, ledig: Ledig) -> dict[str, Any]:
    """The same as the second engine tallied it."""
    channels = {n: ledig.tally[f"talks by {n}"] for n in range(1, 40) if n != NO_SHOW}
    return {
        "first exit": ledig.exits[:1],
        "exits": ledig.exits,
        "talks by channel": {n: held for n, held in channels.items() if held},
        "udeblivelse": ledig.tally[f"talks by {NO_SHOW}"],
        "weeks in offers": {
            name: ledig.tally[f"weeks in {name}"]
            for name in pair.scenario.interventions
            if ledig.tally[f"weeks in {name}"]
        },
        "first referrals": ledig.referred,
        "weeks in job": ledig.tally["weeks in job"],
    }


# --- the rules bite ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "seed"), CASES)
def test_it_happens(name: str, seed: int) -> None:
    """Everything that the scenario is there for happens to somebody."""
    people = both(name, seed).reference.people
    for what in HAPPENS[name].split():
        assert any(ledig.tally[what] or ledig.tally[what.replace("_", " ")] for ledig in people), what


@pytest.mark.parametrize(
    ("name", "switch"),
    third([(name, line) for name, lines in SWITCHES.items() for line in lines.split()], 1, several=True),
)
def test_it_matters(name: str, switch: str) -> None:
    """Without the rule some life is another."""
    assert lives_differ(as_it_is(name), scenario_of(name, switch)), f"{name}: nobody lives otherwise with {switch}"


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_scenario_does_not_differ_from_itself(name: str) -> None:
    assert not lives_differ(as_it_is(name), scenario_of(name))


def lives_differ(register: Register, scenario: Scenario) -> bool:
    """Whether some life in a scenario is another than in that register; simulated until one is, mostly a few weeks."""
    for week, world in week_by_week(scenario):
        differs = (world.register.codes[week] != register.codes[week]).any()
        if register.hours is not None and world.register.hours is not None:
            differs |= (world.register.hours[week] != register.hours[week]).any()
        if differs:
            return True
    return False


@cache
def as_it_is(name: str) -> Register:
    """What the product writes down of the scenario itself."""
    return run(scenario_of(name), [0]).register


def test_a_team_exceeds_its_limit() -> None:
    """A team that may has more cases than its limit, in a week at least."""
    pair = both("teams", 1)
    teams = [team for place in pair.reference.teams.values() for team in place.values()]
    cases = np.array([[team["cases"] for team in week] for week in pair.reference.staff])
    assert any((cases[:, i] > team.limit).any() for i, team in enumerate(teams) if team.terms.dilution)


# --- faults that this comparison once found ------------------------------------------------------------------------


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("fault", FAULTS)
def test_fault_is_mended(fault: str) -> None:
    name, *settings = FAULTS[fault]
    pair = both(name, 1, *settings)
    assert_same_weeks(pair)
    assert_same_counts(pair)
    assert_same_teams(pair)
