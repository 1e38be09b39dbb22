"""What must not matter does not matter: exact comparisons, person by person and to the last bit.

People are compared by jobcentre and number within it, because a row is where a lot has put somebody.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simulation.experiments.replicate import replicate
from simulation.results.measures.replication import simulate
from simulation.scenario.load import Loaded
from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.register import status_of, talk_of
from simulation.world.world import World
from tests.helpers import busy, counts_of, digest, first_exits, make, person_by_person, praktik, samtaler
from tests.staffed import staffed

ROOT = Path(__file__).parents[2]


def same(before: World, after: World, only: Any = None) -> None:
    """Everybody who is in the world before has the same codes in the world after."""
    old, new = (person_by_person(world, world.register.codes) for world in (before, after))
    for place, codes in old.items():
        if only is None or place[1] in only:
            assert (new[place][:, : codes.shape[1]] == codes).all(), place


def same_counts(before: World, after: World) -> None:
    """Every count of the world before is the same in the world after, and what is new there is 0."""
    for name, counts in counts_of(after).items():
        old = counts_of(before).get(name, np.zeros_like(counts))
        assert (counts == old).all(), name
    assert counts_of(before).keys() <= counts_of(after).keys()


def two_tracks(**changes: Any) -> Scenario:
    """`busy` with a second kind of talk that two teams hold, partly done by the ordinary one, in blocked arms of people
    of whom some leave before they are enrolled."""
    data = busy().model_dump(exclude_none=True)
    talk = {"channel": "moede", "every": [{"weeks": 2}]}
    data["interventions"]["kontakt"] = {
        "kind": "samtaler", "caseworker": False, "effects": {"job": 1.2}, "priority": "lot",
        "channels": {"moede": {"minutes": 20, "attendance": 0.7}, "sms": {"minutes": 1, "attendance": 1.0}},
        "plans": {
            "godt": {"arms": ["deltager"], "levels": {"helbred": ["godt"]}, "team": "aktoer", **talk, "until_week": 20},
            "andet": {"arms": ["deltager"], "levels": {"helbred": ["andet"]}, "team": "ordinaer", **talk},
        },
    }  # fmt: skip
    data["teams"]["aktoer"] = {"fte": 0.5, "minutes_per_week": 300}
    data["organisation_models"] = {"samlet": {"description": "", "teams": {"aktoer": {"done_by": "ordinaer"}}}}
    data["jobcentres"]["skive"]["organisation_model"] = "samlet"
    data["intake"] |= {"from_week": 2, "elapsed_weeks": 4, "leaves_before": 0.03}
    data["intake"]["earlier"] = {"elapsed_weeks": {"deltager": 2}}
    return Scenario.model_validate(data | {"allocation": "blocked", "states_at": [8]} | changes)


def test_both_tracks_are_at_work() -> None:
    """The comparisons below would be worth nothing otherwise: talks of both kinds are held, and some count as both."""
    counts = counts_of(run(two_tracks(), [0, 1]))
    for name in ("samtaler_held", "kontakt_held", "kontakt_covered", "letters", "udeblivelse", "no_time", "returned"):
        assert counts[name].any(), name
    assert counts["intake"].sum() > counts["enrolled"].sum() - counts["returned"].sum() > 0


WORLDS = pytest.mark.parametrize("world", [busy, two_tracks, staffed])


# --- interventions that ask for nothing and do nothing --------------------------------------------------------------


def with_more(scenario: Scenario, **interventions: Any) -> Scenario:
    """The scenario with further interventions after its own."""
    data = scenario.model_dump(exclude_none=True)
    return Scenario.model_validate(data | {"interventions": data["interventions"] | interventions})


def test_praktik_that_nobody_is_referred_to_changes_nobody() -> None:
    """Zero demand: referral weekly 0, strong effects all the same."""
    idle = praktik(weekly=0.0, during={"job": 0.0}, after={"job": 9.0})
    idle["referral"] = {"deltager": idle["referral"].pop("alle")}
    before, after = run(busy(), [0, 1]), run(with_more(busy(), idle=idle), [0, 1])
    same(before, after)
    same_counts(before, after)


def test_praktik_without_places_changes_nobody() -> None:
    """Zero delivery: everybody is referred, nobody is placed."""
    before = run(make(interventions={"samtaler": samtaler()}), [0])
    nothing = praktik(places=0, during={"job": 0.0}, after={"job": 9.0})
    after = run(make(interventions={"samtaler": samtaler(), "praktik": nothing}), [0])
    same(before, after)
    assert counts_of(after)["praktik_waiting"].any()


@pytest.mark.parametrize("minutes", [0, 5000, 100_000])
def test_talks_without_effect_change_nobodys_exit(minutes: int) -> None:
    """Zero effect: with effect 1, held or not, everybody leaves as without any talks."""
    team = {"team": {"fte": 1, "minutes_per_week": minutes}}
    without = run(make(), [0])
    effects = {"effects": {"job": 1.0}, "halving_talks": 3}
    with_ = run(make(teams=team, interventions={"samtaler": samtaler(attendance=0.8, **effects)}), [0])
    assert (status_of(with_.register.codes) == status_of(without.register.codes)).all()
    assert talk_of(with_.register.codes).any() == (minutes > 0)


def test_talks_of_effect_one_are_talks_without_effects() -> None:
    """Where everything is scarce too: naming a destination with factor 1 is the same as not naming it."""
    runs = []
    for effects in ({}, {"job": 1.0, "other": 1.0}):
        data = busy().model_dump(exclude_none=True)
        data["interventions"]["samtaler"]["effects"] = effects
        runs.append(run(Scenario.model_validate(data), [0]))
    same(*runs)
    same_counts(*runs)


def test_a_kind_of_talk_that_nobody_has_changes_nobody() -> None:
    """Zero demand: its plans are for nobody; the only new thing is that talks are counted by kind."""
    idle = samtaler({"arms": [], "team": "ordinaer", "every": [{"weeks": 1}]}, caseworker=False, effects={"job": 9.0})
    before, after = run(busy(), [0, 1]), run(with_more(busy(), kontakt=idle), [0, 1])
    same(before, after)
    old, new = counts_of(before), counts_of(after)
    assert all((new[name] == counts).all() for name, counts in old.items())
    assert {name for name, counts in new.items() if name not in old and counts.any()} == {"samtaler_held"}
    assert new["samtaler_held"].sum() == old["held"].sum()


# --- one irrelevant ledig more, one jobcentre more ------------------------------------------------------------------


def ample(**changes: Any) -> Scenario:
    """Two jobcentres with time and places for all, everything else at work."""
    data = busy().model_dump(exclude_none=True)
    for team in data["teams"].values():
        team |= {"minutes_per_week": 100_000, "caseload_limit": 1_000_000}
    data["interventions"]["praktik"] |= {"places": 1000, "matches_per_week": 1000.0}
    return Scenario.model_validate(data | {"displacement": 0.0} | changes)


@pytest.mark.parametrize("place", ["ribe", "skive"])
def test_one_more_ledig_changes_nobody_where_nothing_is_scarce(place: str) -> None:
    """81 instead of 80 (or 61 instead of 60) in one jobcentre; random arrivals, so that weeks of entry stay."""
    more = {"ribe": {}, "skive": {"persons": 60}, "vejle": {"persons": 0}}
    more[place] = {"persons": {"ribe": 81, "skive": 61}[place]}
    before, after = run(ample(), [0, 1]), run(ample(jobcentres=more), [0, 1])
    same(before, after)
    assert len(after.ledige) == len(before.ledige) + 2


def test_one_more_ledig_changes_nobody_elsewhere_even_where_all_is_scarce() -> None:
    """Scarcity stays in its jobcentre."""
    more = {"ribe": {"persons": 81}, "skive": {"persons": 60}, "vejle": {"persons": 0}}
    before, after = run(busy(), [0, 1]), run(busy(jobcentres=more), [0, 1])
    same(before, after, only=["skive"])
    with pytest.raises(AssertionError):  # whereas in ribe somebody's turn comes later
        same(before, after, only=["ribe"])


@pytest.mark.parametrize("first", [True, False])
def test_another_jobcentre_changes_nobody_in_the_old_ones(first: bool) -> None:
    """Scarce capacity, displacement and jobcentre effects included; it may stand first or last in the file."""
    old = {"ribe": {}, "skive": {"persons": 60}, "vejle": {"persons": 0}}
    new = {"aabenraa": {"persons": 100}}
    same(run(busy(), [0, 1]), run(busy(jobcentres=new | old if first else old | new), [0, 1]))


@WORLDS
def test_another_output_changes_nobody(world: Callable[..., Scenario]) -> None:
    """What is watched, and told by date and by group, is looked at and nothing else."""
    more = {
        "watched": [
            "exits_of_stock", "completed_spells", "talks_on_time", "never_seen", "spells", "contact", "activation",
        ],
        "reports_at": ["2026-W06"], "states_at": [4, 8],
    }  # fmt: skip
    before, after = run(world(), [0, 1]), run(world(**more), [0, 1])
    same(before, after)
    same_counts(before, after)
    plain, told = simulate(world(), [0])[0], simulate(world(**more), [0])[0]
    assert len(told.outcomes) > len(plain.outcomes)
    assert all(told.outcomes[figure] == value or value != value for figure, value in plain.outcomes.items())


@WORLDS
def test_a_longer_run_has_the_same_beginning(world: Callable[..., Scenario]) -> None:
    """Weeks that are added at the end change none before."""
    before, after = run(world(), [0]), run(world(weeks=60), [0])
    assert (after.register.codes[:40] == before.register.codes).all()


# --- how the work is cut up -----------------------------------------------------------------------------------------


def loaded(scenario: Scenario) -> Loaded:
    """As if it had come from a file."""
    return Loaded("in code", scenario, None)  # type: ignore[arg-type]


@WORLDS
def test_batches_do_not_matter(world: Callable[[], Scenario]) -> None:
    """Replications one at a time, three at a time and all at once: the same to the last bit."""
    digests = {digest(replicate([loaded(world())], 7, batch=batch)[0].replications) for batch in (1, 3, 7)}
    assert len(digests) == 1


def test_replications_differ() -> None:
    """The digests above would be worth nothing if they did not tell replications, seeds and scenarios apart."""
    found = [simulate(busy(), [0]), simulate(busy(), [1]), simulate(busy(seed=5), [0]), simulate(busy(weeks=39), [0])]
    assert len({digest(each) for each in found}) == 4


@WORLDS
def test_workers_do_not_matter(world: Callable[[], Scenario]) -> None:
    """In one process and in two."""
    one, two = (replicate([loaded(world())], 4, workers=workers, batch=2)[0].replications for workers in (1, 2))
    assert digest(one) == digest(two)


@WORLDS
def test_order_does_not_matter(world: Callable[[], Scenario]) -> None:
    """Replications simulated side by side in any order."""
    numbers = [3, 0, 11, 2]
    shuffled = sorted(simulate(world(), numbers), key=lambda r: r.number)
    assert digest(shuffled) == digest(simulate(world(), sorted(numbers)))


@WORLDS
def test_the_names_of_counts_do_not_depend_on_the_batch(world: Callable[[], Scenario]) -> None:
    """A replication has the same counts by name, be they 0, whichever others it is simulated with."""
    together = simulate(world(), range(4))
    assert [set(r.counts) for r in together] == [set(simulate(world(), [n])[0].counts) for n in range(4)]


@pytest.mark.slow  # test_everything.py does the same with every kind of intervention
def test_python_hash_seed_does_not_matter() -> None:
    """No result hangs on the order of a set or dict of text: two processes with different hash seeds."""
    code = (
        "from simulation.results.measures.replication import simulate; from tests.helpers import busy, digest;"
        "print(digest(simulate(busy(), range(2))))"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("0", "1")
    }
    assert found == {digest(simulate(busy(), range(2)))}


# --- whoever is helped leaves earlier, never later ------------------------------------------------------------------


def helped(**interventions: Any) -> Scenario:
    """1000 ledige with all their differences, and nothing that one takes from another."""
    return make(
        weeks=60,
        intake={"persons": 1000, "weeks": 10, "arrivals": "random"},
        teams={"team": {"fte": 10, "minutes_per_week": 10_000}},
        exits={
            "job": {"level": 0.03, "frailty": {"kind": "gamma", "spread": 1.0}},
            "education": {"level": 0.004},
            "other": {"level": 0.01, "duration": {"log_slope": 0.02, "until_week": 30}},
        },
        interventions=interventions,
    )


@pytest.mark.parametrize(
    ("without", "with_"),
    [
        ({"samtaler": samtaler(attendance=0.7)}, {"samtaler": samtaler(attendance=0.7, effects={"job": 1.5})}),
        ({}, {"samtaler": samtaler({"every": [{"weeks": 4}]}, effects={"job": 1.01, "education": 3.0})}),
        ({}, {"samtaler": samtaler({"before": {"effects": {"other": 2.0}}, "every": [{"weeks": 1}], "first_week": 9})}),
        ({"praktik": praktik(0.1, 4)}, {"praktik": praktik(0.1, 4, after={"job": 4.0}, after_halving_weeks=6)}),
        ({}, {"praktik": praktik(0.1, 4, direct_hire=0.5)}),
    ],
    ids=["talks", "new talks", "threat", "after praktik", "direct hire"],
)
def test_a_policy_that_helps_makes_nobody_leave_later(without: dict[str, Any], with_: dict[str, Any]) -> None:
    """By the same luck, person by person; and it makes somebody leave earlier."""
    before, after = (first_exits(run(helped(**policy), [0, 1]))[0] for policy in (without, with_))
    assert (after <= before).all()
    assert (after < before).any()
