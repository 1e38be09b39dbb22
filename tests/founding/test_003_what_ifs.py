"""Aktive hurtigere tilbage (003): what staff says went well or badly, as what-ifs with the luck of the trial.

No size of any of it is printed; sizes are assumed, and a test holds the direction.
"""

from __future__ import annotations

from simulation.results.measures.histories import histories
from simulation.scenario.load import load
from tests.founding import SHIPPED
from tests.founding.worlds import counted, first, place, tried, world

TRIAL, DEFICIENT = "aktive_hurtigere_tilbage", "hvad_hvis/aht_mangelfuldt_jobcenter"
LATE = 12
"""Week of the run of 2009-W10, from which staff and offers are all there."""


def test_003_12_staff_and_offers_come_late() -> None:
    """Until then fewer talks are held and fewer offers begun than in the trial; later offers make up for some, talks do
    not. So participants got less than planned."""
    late = "hvad_hvis/aht_sen_start"
    talks, offers = (
        {name: counted(name, count).sum(axis=(1, 2)) for name in (TRIAL, late)}
        for count in ("kontakt_held", "aktive_tilbud_started")
    )
    assert talks[late][:LATE].sum() < 0.75 * talks[TRIAL][:LATE].sum()
    assert offers[late][:LATE].sum() < 0.7 * offers[TRIAL][:LATE].sum()
    assert offers[late][LATE:].sum() > offers[TRIAL][LATE:].sum()
    assert first(late, "talks_held", "deltager") < first(TRIAL, "talks_held", "deltager") - 0.3


def test_003_14_each_model_has_its_merit_and_risk() -> None:
    """Units with authority: talks in the offer are missed less, and who is in it is held back. The minimum model: where
    staff changes, talks are refused. Where nothing is said of a model, nobody moves."""
    merits = "hvad_hvis/aht_modellernes_fordele"  # held against another what-if, which changes Morsø alone

    def pair(outcome: str, jobcentre: str) -> list[float]:
        return [first(name, outcome, f"deltager@{jobcentre}") for name in (merits, DEFICIENT)]

    for jobcentre in ("greve", "aalborg"):
        (missed, before), (weeks, without), (back, others) = (
            pair(outcome, jobcentre) for outcome in ("no_show_share", "weeks_to_exit", "exit_egen_job")
        )
        assert missed < 0.75 * before and weeks > without + 0.3 and back < others
    refused = [
        sum(counted(name, "no_time")[:, place(name, j)].sum() for j in ("gentofte", "vordingborg"))
        for name in (merits, TRIAL)
    ]
    assert refused[0] > refused[1]
    for outcome in ("weeks_to_exit", "talks_held"):
        assert len({*pair(outcome, "odense")}) == 1


def test_003_21_one_deficient_jobcentre() -> None:
    """Its participants have fewer talks and a third of the hours; the other fifteen are as in the trial, to the bit."""
    for count in ("kontakt_held", "aktive_tilbud_hours"):
        here, trial = (counted(name, count).sum(axis=(0, 2)) for name in (DEFICIENT, TRIAL))
        own = place(DEFICIENT, "morsoe")
        assert here[own] < 0.7 * trial[own]
        assert [*here[:own], *here[own + 1 :]] == [*trial[:own], *trial[own + 1 :]]


def test_003_27_relevant_parts_and_fill() -> None:
    """If relevant parts help, more are back in their own job; without the exercise that fills ten hours there are a
    quarter fewer hours, and not fewer back. Whether a part is *felt* to be relevant is an attitude, and not here."""
    name, back = "hvad_hvis/aht_relevant_eller_fyld", "exit_egen_job"
    without = {
        "interventions.aktive_tilbud.bundles.order": {
            "psykisk": ["psykolog", "kursus"], "bevaegeapparat": ["fysio_ergo", "kursus"],
            "kraeft": ["fysio_ergo", "psykolog"], "andet": ["fysio_ergo", "praktik"],
        }
    }  # fmt: skip
    assert tried(name, back, {}, "deltager") > tried(TRIAL, back, {}, "deltager") + 0.004
    assert tried(name, "aktive_tilbud_hours", without) < 0.8 * tried(name, "aktive_tilbud_hours", {})
    assert tried(name, back, without, "deltager") > tried(name, back, {}, "deltager") - 0.004


def test_003_28_heavy_procedures_of_referral() -> None:
    """Offers begin weeks later, more are gone before they do, and caseworkers have more of their minutes used."""
    heavy = "hvad_hvis/aht_tung_henvisning"
    assert first(heavy, "aktive_tilbud_wait") > first(TRIAL, "aktive_tilbud_wait") + 2
    lost = "aktive_tilbud_lost_waiting_share"
    assert first(heavy, lost) > 2 * first(TRIAL, lost)
    used = "utilisation", "team:projekt"
    assert first(heavy, *used) > first(TRIAL, *used)


def test_success_of_named_offers_is_counted_person_by_person() -> None:
    """The third rank is who is in an offer of those named, on benefit and without paid hours, counted in a plain loop;
    without a name it is who is at a workplace: nobody, for praktik is a part of these offers."""
    asks, without = (load(SHIPPED / f"{name}.yaml").scenario for name in (f"indikatorer/{TRIAL}", TRIAL))
    people = histories(asks, world(TRIAL))
    assert people.of_success is not None and histories(without, world(TRIAL)).of_success is None
    week, number, third = 16, 0, 0
    for person in range(people.seen.shape[1]):
        if people.seen[week - 1, person]:
            number += 1
            here = people.on_benefit[week - 1, person] and not people.employed[week - 1, person]
            third += bool(here and people.of_success[week - 1, person])
    assert abs(third / number - tried(f"indikatorer/{TRIAL}", "success_offer", {}, week=week)) < 1e-9
    assert tried(TRIAL, "success_offer", {"success": ["egen_job"], "states_at": [16]}, week=16) == 0
