"""Fleksjob via andre aktører: what the report prints, held against the trial as shipped (eight replications).

Decision rule: a figure is reached if it is nearer to the mean of the replications than two standard errors of one such
trial, wherever n is printed or follows. The names of the tests say the rows of docs/founding_documents.md.
"""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import numpy as np
import pytest

from simulation.results.measures.replication import simulate
from simulation.scenario.load import load
from simulation.week import run
from tests.founding import SHIPPED, stored, told
from tests.helpers import counts_of

TRIAL, NATION = "fleksjob_andre_aktoerer", "base_ledighedsydelse"
KOMMUNE, OTHER = "kommune", "anden_aktoer"
MANY = 8


def of_trial(outcome: str, group: str = "alle", week: int | None = None) -> float:
    return told(TRIAL, outcome, group, week, MANY)


def reached(found: float, printed: float, n: float) -> bool:
    """Whether a share lies within two standard errors of what is printed of n persons."""
    return abs(found - printed) < 2 * math.sqrt(printed * (1 - printed) * (1 / n) * (1 + 1 / MANY))


@cache
def changed(outcome: str, group: str, *changes: tuple[str, Any]) -> float:
    """An outcome of the trial with some settings changed: the mean of two replications."""
    scenario = load(SHIPPED / f"{TRIAL}.yaml", dict(changes)).scenario
    return float(np.mean([each.outcomes[outcome, group, None] for each in simulate(scenario, [0, 1])]))


def test_002_01_thirty_of_sixty_in_each_of_four_municipalities() -> None:
    """Exactly, by lot; one year."""
    scenario = load(SHIPPED / f"{TRIAL}.yaml").scenario
    ledige = run(scenario, [0]).ledige
    assert np.bincount(ledige.jobcentre * 2 + ledige.arm).tolist() == [30] * 8
    assert scenario.weeks == scenario.follow_up == 52


def test_002_02_both_broker_beside_each_other() -> None:
    """Without the minutes of other actors' brokers they create nothing, and the municipality what it did."""
    idle = (("teams.formidlere_aktoer.fte", 0.0),)
    assert changed("fleksjob_created", OTHER, *idle) == 0 < changed("fleksjob_created", OTHER)
    assert changed("fleksjob_created", KOMMUNE, *idle) == changed("fleksjob_created", KOMMUNE) > 20


def test_002_03_a_slow_start_of_the_other_actor() -> None:
    """In earnest after three months: 2 % of its fleksjob come in the first 13 weeks, of the municipality's 15 %."""
    early, slow = (stored(TRIAL)["fleksjob_created_early_share", arm] for arm in (KOMMUNE, OTHER))
    assert slow < 0.06 < 0.1 < early
    assert stored("fleksjob_uden_langsom_start")["fleksjob_created_early_share", OTHER] > early - 0.05


@pytest.mark.parametrize(
    ("state", "printed"),
    [("fleksjob", 55), ("benefit", 145), ("foertidspension", 16), ("fraflyttet", 12), ("fleksydelse", 7),
     ("selvforsoergende", 3), ("kontanthjaelp", 1)],
)  # fmt: skip
def test_002_04_where_the_240_are_after_a_year(state: str, printed: int) -> None:
    """All seven, of 240; all but those still on benefit are fitted."""
    assert reached(of_trial(f"state_{state}", week=52), printed / 240, 240)


def test_002_05_more_in_a_fleksjob_and_fewer_pensions_than_the_nation() -> None:
    """14 and 12 % of the nation, 23 and 7 % of the trial; fitted, within two points."""
    for state, nation, trial in (("fleksjob", 0.14, 0.23), ("foertidspension", 0.12, 0.07)):
        there, here = told(NATION, f"state_{state}", week=52), of_trial(f"state_{state}", week=52)
        assert abs(there - nation) < 0.02 and abs(here - trial) < 0.02


@pytest.mark.parametrize(("arm", "printed"), [(KOMMUNE, 35), (OTHER, 30)])
def test_002_06_fleksjob_created(arm: str, printed: int) -> None:
    assert reached(of_trial("fleksjob_created", arm) / 120, printed / 120, 120)


def test_002_07_one_municipality_places_half_and_none_ends() -> None:
    """About half of 30 with none ended; in the trial as fitted some end. In the others they end as before."""
    name = "hvad_hvis/fleksjob_varige_i_en_kommune"
    ended = []
    for scenario in (load(SHIPPED / f"{each}.yaml").scenario for each in (name, TRIAL)):
        of_worlds = sum(counts_of(run(scenario, [world]))["fleksjob_ended"].sum(axis=0) for world in range(2))
        ended.append(np.asarray(of_worlds).reshape(4, 2))  # municipality × arm
    lasting, as_fitted = ended
    assert lasting[0].tolist() == [0, 0] and (as_fitted[0] > 0).all()
    assert lasting[1:].tolist() == as_fitted[1:].tolist()
    assert reached(told(name, "exit_fleksjob", "kommune@kommune_1", None, MANY), 0.5, 30)


def test_002_08_active_and_offered_a_fleksjob() -> None:
    """85 and 46 % of a survey of the 240, held out; the number of answers is not printed, so half of them is taken."""
    assert reached(of_trial("fleksjob_active_share"), 0.85, 120)
    assert reached(of_trial("fleksjob_offered_share"), 0.46, 120)


def test_002_09_active_and_offered_before() -> None:
    """55 and 34 % before the trial: the nation has 52 and 33 % in a year, and the trial more of both."""
    nation = stored(NATION)
    assert reached(nation["fleksjob_active_share", "alle"], 0.55, 120)
    assert reached(nation["fleksjob_offered_share", "alle"], 0.34, 120)
    assert of_trial("fleksjob_active_share") > nation["fleksjob_active_share", "alle"] + 0.2
    assert of_trial("fleksjob_offered_share") > nation["fleksjob_offered_share", "alle"] + 0.05


def test_002_12_the_other_actor_moves_motivation() -> None:
    """74 and about 70 % with the municipality, 9 of 10 afterwards with the other actor, are reached, and it moves them.
    That 55 % of its hires wanted one before is missed: the model has 68 %, fewer than the municipality's 74 %."""
    before, after = ({arm: of_trial(f"fleksjob_motivated_{when}_share", arm) for arm in (KOMMUNE, OTHER)}
                     for when in ("before", "after"))  # fmt: skip
    assert after[KOMMUNE] == before[KOMMUNE] and after[OTHER] > before[OTHER] + 0.08
    assert before[OTHER] < before[KOMMUNE] and not reached(before[OTHER], 0.45, 60)
    assert reached(before[KOMMUNE], 0.74, 35) and reached(after[KOMMUNE], 0.7, 35) and reached(after[OTHER], 0.9, 30)


@pytest.mark.parametrize(("arm", "printed", "n"), [(KOMMUNE, 0.34, 35), (OTHER, 0.07, 30)])
def test_002_13_half_wage_subsidy(arm: str, printed: float, n: int) -> None:
    """What is put in comes out, of those hired by each."""
    assert reached(of_trial("fleksjob_half_subsidy_share", arm), printed, n)


def test_002_14_six_of_ten_in_private_firms_with_under_fifty_employees() -> None:
    """Half of these in firms with under ten; printed of 65. What is put in comes out; nothing hangs on it."""
    name = "indikatorer/fleksjob_virksomheder"
    sizes = "under_10", "10_49"
    tiny, small = (told(name, f"fleksjob_firm_private_{size}_share", replications=MANY) for size in sizes)
    assert reached(tiny + small, 0.6, 65) and reached(tiny, 0.3, 65)
    assert told(name, "fleksjob_created", replications=MANY) == of_trial("fleksjob_created")


def test_002_16_two_thirds_of_the_unmotivated_stay() -> None:
    """Printed: two thirds before and after, of all 60 %. The model has 64 and 65 %, more than of the motivated."""
    name = "indikatorer/fleksjob_motivation"
    before, motivated = (told(name, "state_benefit", f"motivation:oensker{no}", 52, MANY) for no in ("_ikke", ""))
    after = told(name, "fleksjob_unmotivated_left_share", replications=MANY)
    assert before > motivated + 0.02 and after > motivated + 0.02
    assert reached(before, 2 / 3, 50) and reached(after, 2 / 3, 50)


def test_002_18_whom_those_left_were_brokered_for_by() -> None:
    """53 % of the 145 by other actors. The model has 49 %: within the interval of 145, and without the direction."""
    arms = {arm: of_trial("state_benefit", arm, 52) for arm in (KOMMUNE, OTHER)}
    other = arms[OTHER] / sum(arms.values())
    assert reached(other, 0.53, 145) and other < 0.53


def test_002_19_half_of_the_stuck_had_no_arbejdsproevning() -> None:
    """Nearly half of 73; none of them would have one if no place ever began with it."""
    assert reached(of_trial("fleksjob_stuck_no_trial_share"), 0.5, 73)
    never = tuple((f"interventions.fleksjob.brokers.{arm}.trial", 0.0) for arm in (KOMMUNE, OTHER))
    assert changed("fleksjob_stuck_no_trial_share", "alle", *never) == 1


def test_002_21_who_became_pensioners() -> None:
    """More than of all had waited long (41 %), were inactive (45 %), had both grounds (12 %; printed of pensioners: a
    quarter of 16) and believed in few hours (15 %). Sizes are assumed."""
    name = "indikatorer/fleksjob_pensionister"
    of_all = {"ventetid:over_halvandet_aar": 0.41, "aktivitet_foer:nej": 0.45, "begrundelse:fysisk_og_psykisk": 0.12,
              "timer:under_ti": 0.15}  # fmt: skip
    found = {group: told(name, "makeup_foertidspension", group, 52, 24) for group in of_all}
    assert all(found[group] > of_all[group] for group in of_all), found
    assert reached(found["begrundelse:fysisk_og_psykisk"], 0.25, 16)


def test_002_22_profile_of_the_240() -> None:
    """All ten shares that are printed, of 240; and nobody's life is another than in the trial."""
    name = "indikatorer/fleksjob_profil"
    printed = {
        "koen:kvinde": 0.7, "alder:halvtredserne": 0.5, "begrundelse:kun_fysisk": 0.8,
        "skolegang:efter_folkeskolen": 0.5, "erfaring:tyve_aar": 0.6, "kommer_fra:sygedagpenge": 0.5,
        "tidligere_fleksjob:ja": 0.3, "timer:halv_tid": 0.8, "ventetid:over_halvandet_aar": 0.41,
        "herkomst:ikke_vestlig": 0.1,
    }  # fmt: skip
    for group, share in printed.items():
        assert reached(told(name, "persons_seen", group, 52) / 240, share, 240), group
    for state in ("fleksjob", "benefit", "foertidspension"):
        assert told(name, f"state_{state}", week=52) == told(TRIAL, f"state_{state}", week=52)


def test_002_23_arbejdsproevning_and_jobs_made_to_measure() -> None:
    """Fewer fleksjob where trials lead to none; more where no job need be made to measure, which takes minutes."""
    as_it_is = sum(changed("fleksjob_created", arm) for arm in (KOMMUNE, OTHER))
    no_offer = ("interventions.fleksjob.offer_after_trial", 0.0)
    no_making = ("interventions.fleksjob.tailoring.share", 0.0)
    assert sum(changed("fleksjob_created", arm, no_offer) for arm in (KOMMUNE, OTHER)) < 0.6 * as_it_is
    assert sum(changed("fleksjob_created", arm, no_making) for arm in (KOMMUNE, OTHER)) > as_it_is + 5


def test_002_24_arbejdsproevning_without_a_job_in_view() -> None:
    """More have one with the other actor, which judges more not to match; as many fleksjob. No share is printed."""
    name = "hvad_hvis/fleksjob_afklarende_proevning"
    more = {arm: told(name, "fleksjob_trial_share", arm, None, MANY) - of_trial("fleksjob_trial_share", arm)
            for arm in (KOMMUNE, OTHER)}  # fmt: skip
    assert more[OTHER] > 0.04 and more[OTHER] > more[KOMMUNE] + 0.02
    assert told(name, "fleksjob_created", replications=MANY) == pytest.approx(of_trial("fleksjob_created"), abs=2)


def test_002_27_an_actor_kept_from_partner_firms_and_openings_shared() -> None:
    """The actor of one municipality creates fewer, and nobody else is touched; shared openings make more for both."""
    barred = "hvad_hvis/fleksjob_partnervirksomheder"
    for place in range(1, 5):
        for arm in (KOMMUNE, OTHER):
            group = f"{arm}@kommune_{place}"
            found, before = told(barred, "exit_fleksjob", group, None, MANY), of_trial("exit_fleksjob", group)
            assert found < before if (arm, place) == (OTHER, 2) else found == before
    shared = "hvad_hvis/fleksjob_faelles_job"
    for arm in (KOMMUNE, OTHER):
        assert told(shared, "fleksjob_exchanged", arm, None, MANY) > 2
    assert told(shared, "fleksjob_created", replications=MANY) > of_trial("fleksjob_created") + 3


def test_002_28_work_that_stays_with_the_municipality() -> None:
    """Minutes for those whom others broker for, and for nobody else; a third of the time of the municipality's team."""
    trial = stored(TRIAL)
    assert trial["fleksjob_left_work", OTHER] > 10_000 and trial["fleksjob_left_work", KOMMUNE] == 0
    assert 0.2 < trial["time_other_share", "alle"] < 0.6


def test_002_29_misfits_are_sent_back() -> None:
    """Some of the other actor's, none of the municipality's; for a few a fleksjob is created afterwards (1 of 56 in
    print, 2 in the model); taking them back takes an hour each."""
    trial = stored(TRIAL)
    assert trial["fleksjob_returned_share", KOMMUNE] == 0 < trial["fleksjob_returned_share", OTHER] < 0.1
    assert 0 < trial["fleksjob_created_after_return", OTHER] < 5
    hours = ("interventions.fleksjob.brokers.anden_aktoer.leaves_work.returned", 0)
    saved = changed("fleksjob_left_work", OTHER) - changed("fleksjob_left_work", OTHER, hours)
    assert saved == pytest.approx(60 * 120 * changed("fleksjob_returned_share", OTHER))


def test_002_31_like_groups_to_the_actor_that_is_good_with_them() -> None:
    """Each actor has its own; more fleksjob than where citizens come to either by lot. No size is printed."""
    name = "hvad_hvis/fleksjob_ens_grupper"
    brokers = "interventions.fleksjob.brokers."
    by_lot = {f"{brokers}anden_aktoer.chosen": {"weight": 0.41}, f"{brokers}anden_aktoer_2.chosen": {"weight": 0.59}}
    scenario = load(SHIPPED / f"{name}.yaml", by_lot).scenario
    lot = np.mean([each.outcomes["fleksjob_created", OTHER, None] for each in simulate(scenario, range(6))])
    assert told(name, "fleksjob_created", OTHER, None, 6) > lot + 3


def test_002_33_the_fee_changes_who_is_paid_and_nothing_else() -> None:
    """A fee for lasting jobs alone is earned by fewer; every other figure is what it was."""
    trial, lasting = stored(TRIAL), stored("fleksjob_honorar_varighed")
    differs = {what for what in trial if trial[what] != lasting[what] and not math.isnan(trial[what])}
    assert differs == {("fleksjob_fee_share", OTHER), ("fleksjob_fee_share", "alle")}
    assert lasting["fleksjob_fee_share", OTHER] < trial["fleksjob_fee_share", OTHER] - 0.05


def test_002_35_holding_on_until_the_bonus() -> None:
    """Fewer of its fleksjob end within the year; the municipality's are as they were. No such thing was seen."""
    name = "hvad_hvis/fleksjob_holder_paa"
    ended, created = (told(name, f"fleksjob_{what}", OTHER, None, MANY) for what in ("ended", "created"))
    assert ended / created < of_trial("fleksjob_ended", OTHER) / of_trial("fleksjob_created", OTHER) - 0.03
    assert told(name, "fleksjob_trial_share", OTHER, None, MANY) > of_trial("fleksjob_trial_share", OTHER)
    assert told(name, "fleksjob_created", KOMMUNE, None, MANY) == of_trial("fleksjob_created", KOMMUNE)


def test_002_36_a_course_of_contact_and_checks_of_availability() -> None:
    """Everybody has talks and checks; by what is assumed of them as many are in a fleksjob. No figure is printed."""
    name = "hvad_hvis/ledighedsydelse_raadighed"
    assert told(name, "talks_held") > 2 * stored(NATION)["talks_held", "alle"]
    assert told(name, "fleksjob_active_share") > stored(NATION)["fleksjob_active_share", "alle"] + 0.3
    assert told(name, "raadighed_checks") > 2000
    assert told(name, "state_fleksjob", week=52) == pytest.approx(told(NATION, "state_fleksjob", week=52), abs=0.005)
