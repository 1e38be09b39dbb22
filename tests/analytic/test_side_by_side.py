"""Offers side by side: what is put beside brokering takes no fleksjob away, and the register shows the other offer.

Decision rules. Lives that must be the same are so bit for bit; weeks are exact; shares: |z| < LIMIT, binomial.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.week import run
from simulation.world.invariants import Broken, check
from simulation.world.ledige import GONE
from simulation.world.register import offer_of, status_of, talk_of
from simulation.world.side_by_side import SideBySide
from simulation.world.world import World
from tests.health import BROKERED, HEALTH, aktive_tilbud, broker, fleksjob
from tests.helpers import LIMIT, praktik, samtaler, z_of
from tests.offers import cohort, in_offer, jobklub, total, watch, weekly

FLEKSJOB = GONE + list(BROKERED["exits"]).index("fleksjob")
SCARCE = {"fte": 1, "minutes_per_week": 150, "takes_cases": False}
"""Brokers with time for 150 approaches a week."""


def brokered(*, scarce: bool, beside: list[str], **offer: Any) -> World:
    """400 ledige, all with one broker; half of its places begin with a trial, half of the offers are taken. A tenth of
    the ledige leaves by itself in a few weeks. Before it there is the offer, if any, which has no effect."""
    teams = {**BROKERED["teams"], **({"formidlere": SCARCE} if scarce else {})}
    exits = {**BROKERED["exits"], "selv": {"level": 0.01}}
    world = {**BROKERED, "teams": teams, "exits": exits, "subgroups": HEALTH, "seed": 7}
    settings = {name: each | {"beside": beside} for name, each in offer.items()}
    one = broker(opens=0.1, trial=0.5, no_match=0.1, clarification_weeks={1: 0.5, 4: 0.5})
    brokering = fleksjob({"kommune": one}, accepts={"motivated": 0.5, "unmotivated": 0.5}, trial_weeks={2: 0.5, 7: 0.5})
    talks = samtaler({"every": [{"weeks": 3}]}, attendance=0.8)
    return run(cohort(400, 26, world, **settings, f=brokering, samtaler=talks), [0])


EFFORTS = {
    "praktik": praktik(weekly=0.3, length_weeks={3: 0.5, 9: 0.5}, repeat={"gap_weeks": 1}),
    "aktive tilbud": aktive_tilbud(until_week=18),
}


@pytest.mark.parametrize("scarce", [False, True], ids=["time for all", "scarce brokers"])
@pytest.mark.parametrize("effort", EFFORTS)
def test_an_offer_of_no_effect_beside_brokering_changes_no_life(effort: str, scarce: bool) -> None:
    """The same status, talks and trials of everybody in every week as without it; and it does happen. Without `beside`
    fewer have left for a fleksjob."""
    alone = brokered(scarce=scarce, beside=[])
    together = brokered(scarce=scarce, beside=["f"], o=EFFORTS[effort])
    codes, codes_alone = together.register.codes, alone.register.codes
    in_trial = offer_of(codes) == together.offers["f"]
    assert (status_of(codes) == status_of(codes_alone)).all() and (talk_of(codes) == talk_of(codes_alone)).all()
    assert (in_trial == (offer_of(codes_alone) == alone.offers["f"])).all()
    assert weekly(together, "f_approaches") == weekly(alone, "f_approaches")
    assert total(together, "o_started") > 150 and in_trial.sum() > 100
    apart = brokered(scarce=scarce, beside=[], o=EFFORTS[effort])
    left = [np.count_nonzero(status_of(each.register.codes[12]) == FLEKSJOB) for each in (apart, together)]
    assert left[0] < left[1]


@pytest.mark.parametrize(("beside", "approaches"), [(["f"], 12), ([], 4)])
def test_the_share_in_fleksjob_is_that_of_its_approaches(beside: list[str], approaches: int) -> None:
    """Eight weeks of praktik, then none, with an approach a week that opens a place for 0.08: 1 - 0.92^n; beside
    brokering in all 12 weeks, otherwise in the last 4. |z| < LIMIT."""
    world = run(cohort(8000, 13, BROKERED, prk=praktik(beside=beside), f=fleksjob({"k": broker(opens=0.08)})), [0])
    assert abs(z_of(total(world, "exit_fleksjob"), 8000, 1 - 0.92**approaches)) < LIMIT


P, F = 1, 2


@pytest.mark.parametrize(
    ("of_praktik", "of_brokering", "shown"),
    [
        (["f"], [], [P, P, F, F, F, F, F, F]),
        ([], ["prk"], [P, P, P, P, P, F, F, F]),
        (["f"], ["prk"], [P, P, P, P, P, F, F, F]),
        ([], [], [P, P, P, P, P, F, F, F]),
    ],
    ids=["praktik beside brokering", "brokering beside praktik", "each beside the other", "apart"],
)
def test_the_register_shows_the_one_that_is_beside_no_other(
    of_praktik: list[str], of_brokering: list[str], shown: list[int]
) -> None:
    """Praktik in weeks 0 to 4, a trial of twenty weeks from week 2 on; of two that say so the first."""
    brokering = fleksjob({"k": broker(clarification_weeks=2, trial=1.0)}, trial_weeks=20, beside=of_brokering)
    scenario = cohort(10, 8, BROKERED, prk=praktik(length_weeks=5, beside=of_praktik), f=brokering)
    held: list[int] = []
    world, _ = watch(scenario, soendag=lambda world, running, week: held.append(len(running[1].trials.inside)))
    assert (offer_of(world.register.codes) == np.array(shown)[:, None]).all()
    together = bool(of_praktik or of_brokering)
    assert held == [0, 0, *([10] * 6 if together else [0, 0, 0, 10, 10, 10])]
    assert total(world, "prk_completed") == 10


def test_two_that_run_beside_a_third_stand_in_each_others_way() -> None:
    """Nobody is in both, though all are in the third and would like to be in each."""
    third = aktive_tilbud(until_week=15)
    offers = {"a": praktik(length_weeks=4, beside=["t"]), "b": praktik(length_weeks=3, beside=["t"]), "t": third}
    both: list[int] = []

    def look(world: World, running: Any, week: int) -> None:
        a, b, t = (set(each.tolist()) for each in (running[0].offer.spells.inside, running[1].offer.spells.inside,
                                                    running[2].spells.inside))
        assert not a & b
        both.append(len((a | b) & t))

    watch(cohort(20, 10, {"subgroups": HEALTH}, **offers), soendag=look)
    assert both == [20] * 7 + [0] * 3


def test_who_leaves_is_in_none_of_them() -> None:
    """All leave for a fleksjob in week 3 from a praktik beside it; nobody is in anything afterwards."""
    one = broker(clarification_weeks=2)
    world = run(cohort(50, 6, BROKERED, prk=praktik(beside=["f"]), f=fleksjob({"k": one})), [0])
    assert np.count_nonzero(in_offer(world), axis=1).tolist() == [50, 50, 50, 0, 0, 0]
    assert weekly(world, "prk_left") == weekly(world, "f_created") == [0, 0, 0, 50, 0, 0]


@pytest.mark.parametrize(
    ("row", "number", "says"),
    [(0, 1, "in two offers that do not run beside each other"), (1, 2, "an offer is shown that nobody is in")],
)
def test_who_is_in_two_that_stand_apart_stops_the_run(row: int, number: int, says: str) -> None:
    """Number 0 is in the second of two praktik, which both run beside a third; 1 is in none and still shown."""
    offers = {"a": praktik(places=0, beside=["c"]), "b": praktik(length_weeks=9, beside=["c"]), "c": praktik(places=0)}
    world, _ = watch(cohort(2, 5, **offers))
    check(world, 4)
    assert world.side_by_side is not None
    world.side_by_side.held[row] ^= np.uint32(1 << number)
    with pytest.raises(Broken, match=f"^week 4: .*{says}"):
        check(world, 4)


def test_offers_are_kept_apart_by_number() -> None:
    """31 offers, the last one too: what is begun stands in the way, and is shown, until it is over."""
    offers = {f"o{n}": n for n in range(1, 32)}
    columns = SideBySide(3, offers, {"o31": ["o1"], "o5": ["o31", "not there"]})
    ids = np.array([0, 2])
    columns.begin(31, ids)
    assert columns.in_way(31, ids).all() and columns.in_way(2, ids).all() and columns.in_way(0, ids).all()
    assert not columns.in_way(1, ids).any() and not columns.in_way(5, ids).any()
    assert not columns.in_way(31, np.array([1])).any()
    columns.begin(5, ids[:1])
    assert columns.shown(np.arange(3)).tolist() == [5, 0, 31]
    columns.begin(1, ids[1:])
    assert columns.shown(np.arange(3)).tolist() == [5, 0, 1]
    columns.end(1, ids)
    columns.end(31, ids)
    assert columns.shown(np.arange(3)).tolist() == [5, 0, 0]


# --- hires to another exit ------------------------------------------------------------------------------------------


def test_hosts_hire_to_the_exit_that_is_named() -> None:
    """0.3 of all praktik, which end in week 3: to a fleksjob in week 3 + 1; none to the ordinary job. |z| < LIMIT."""
    exits = {"job": {"level": 0.0}, **BROKERED["exits"]}
    hires = praktik(length_weeks=3, direct_hire=0.3, hires_to="fleksjob")
    world = run(cohort(5000, 6, {"exits": exits}, prk=hires), [0])
    assert weekly(world, "exit_fleksjob") == [0, 0, 0, 0, total(world, "prk_hired"), 0]
    assert total(world, "exit_job") == 0 and abs(z_of(total(world, "prk_hired"), 5000, 0.3)) < LIMIT


def test_a_fleksjob_with_the_host_is_none_that_the_broker_created() -> None:
    """All are hired by the host while the broker approaches nobody in time; the broker is paid for none of them."""
    hires = praktik(length_weeks=3, direct_hire=1.0, hires_to="fleksjob", beside=["f"])
    world = run(cohort(20, 8, BROKERED, prk=hires, f=fleksjob({"k": broker(opens=0.0)})), [0])
    assert total(world, "exit_fleksjob") == 20 and total(world, "f_created") == total(world, "f_job_weeks") == 0


# --- talks by offer -------------------------------------------------------------------------------------------------

CHANNELS = {
    "personlig": {"minutes": 30, "attendance": 1.0},
    "brev": {"minutes": 5, "attendance": 1.0, "counts": False},
    "telefon": {"minutes": 10, "attendance": 1.0},
}
PERSONLIG, BREV, TELEFON = 1, 2, 3


@pytest.mark.parametrize(
    ("in_offer", "talks"),
    [
        (None, [PERSONLIG] * 10),
        ("brev", [PERSONLIG, *[BREV] * 9]),
        ({"klub": "brev", "prk": "brev"}, [PERSONLIG, *[BREV] * 9]),
        ({"prk": "brev"}, [PERSONLIG, *[BREV] * 4, *[PERSONLIG] * 5]),
        ({"prk": "brev", "klub": None}, [PERSONLIG, *[BREV] * 4, *[PERSONLIG] * 5]),
        ({"klub": "telefon", "prk": "brev"}, [PERSONLIG, *[BREV] * 4, *[TELEFON] * 5]),
        ({}, [PERSONLIG] * 10),
    ],
    ids=str,
)
def test_talks_are_by_the_offer_that_she_is_in(in_offer: Any, talks: list[int]) -> None:
    """A talk every week: praktik in weeks 1 to 4, then the club for the rest of the run."""
    raadgivere = {"fte": 1, "minutes_per_week": 10_000, "takes_cases": False}
    world = {"teams": {"team": {"fte": 1, "minutes_per_week": 100_000}, "raadgivere": raadgivere}}
    plan = {"every": [{"weeks": 1}], "first_week": 0, "in_offer": in_offer}
    klub = jobklub(length={"from_weeks": 30, "to_weeks": 30}, referral={"alle": {"ready_week": 2, "weekly": 1.0}})
    talks_of_plan = samtaler(plan) | {"channels": CHANNELS}
    scenario = cohort(20, 10, world, prk=praktik(ready_week=1, length_weeks=4), klub=klub, samtaler=talks_of_plan)
    codes = run(scenario, [0]).register.codes
    assert (codes >> 9 == np.array(talks)[:, None]).all()
