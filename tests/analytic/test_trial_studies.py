"""The shipped trials do what they are for: who is drawn, by whom the treated are seen in the first four months, and
who notices the trial of practice.

Who holds a talk is seen by taking a team away: without its staff those whom it serves have none. Talks and persons are
exact; shares: |z| < LIMIT, binomial.
"""

from __future__ import annotations

import math
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from simulation import load, rehearse
from simulation.report.trial.protocol.document import protocol
from simulation.report.trial.protocol.markdown import markdown
from simulation.report.trial.words import Telling
from simulation.week import run
from simulation.world.register import NO_SHOW, status_of, talk_of
from tests.founding import SHIPPED
from tests.founding.changed import mean
from tests.helpers import LIMIT

ON_BENEFIT = 1
BY_AREA = ("forsoeg/a_kasse_alene", "forsoeg/frit_valg")
MONTH_3, MONTH_4, MONTH_6 = 12, 17, 26
DELTAGER, KONTROL = 0, 1
EXEMPT = 0
"""The first level of the characteristic `fritagelse`."""
CHOOSE = ("ordinaer", "a_kasse", "anden_aktoer")
"""The team of each level of the characteristic `valg`."""


class Course(NamedTuple):
    """What each ledig had, by course week of her first spell: arrays of shape (weeks, ledige) and (ledige,)."""

    held: NDArray[np.int64]
    there: NDArray[np.bool_]  # on benefit until then, and seen
    arm: NDArray[np.int64]
    exempt: NDArray[np.bool_]
    choice: NDArray[np.int64]
    jobcentre: NDArray[np.int64]

    def talks(self, which: NDArray[np.bool_], until: int) -> set[int]:
        """How many talks those have had by a course week who are on benefit until then."""
        stays = self.there[until] & which
        assert stays.sum() > 5
        return set(np.unique(self.held[until, stays]).tolist())


@cache
def course(name: str, without: str = "") -> Course:
    """A trial of 2027 in areas of 120 ledige, in which all who are called come, and staff is plenty, but for a team
    that has none."""
    loaded = load(SHIPPED / f"{name}.yaml")
    changes: dict[str, Any] = {"intake.persons": 120, "interventions.praktik": None, "teams.ordinaer.turnover": None,
                               "teams.ordinaer.absence": None}  # fmt: skip
    changes |= {f"teams.{team}.fte": 0 if team == without else 60 for team in loaded.scenario.teams}
    changes |= {f"interventions.samtaler.channels.{channel}.attendance": 1 for channel in ("personlig", "telefon")}
    world = run(loaded.with_(changes).scenario, [0])
    ledige, codes = world.ledige, world.register.codes
    rows, week = np.arange(codes.shape[1]), np.arange(MONTH_6 + 1)[:, None] + ledige.entry.astype(np.int64)
    own = codes[np.minimum(week, len(codes) - 1), rows]
    there = np.logical_and.accumulate((status_of(own) == ON_BENEFIT) & (week < len(codes)))
    talk = talk_of(own)
    held = np.cumsum((talk > 0) & (talk != NO_SHOW) & there, axis=0)
    choice = ledige.subgroup.get("valg", np.zeros(len(rows)))
    return Course(held, there, np.asarray(ledige.arm), np.asarray(ledige.subgroup["fritagelse"] == EXEMPT),
                  np.asarray(choice), np.asarray(ledige.jobcentre))  # fmt: skip


# --- the trials of 2027 ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BY_AREA)
def test_four_of_eight_areas_are_drawn_or_half_of_the_persons_in_each(name: str) -> None:
    by_area, by_person = (course(f"{name}{lots}") for lots in ("", "_individuelt"))
    persons = np.bincount(by_person.jobcentre)
    drawn, half = (np.bincount(each.jobcentre, each.arm == DELTAGER) / persons for each in (by_area, by_person))
    assert sorted(drawn.tolist()) == [0] * 4 + [1] * 4
    assert (np.abs(half - 0.5) < LIMIT * np.sqrt(0.25 / persons)).all()


@pytest.mark.parametrize("name", BY_AREA)
def test_the_treated_have_as_many_talks_as_by_the_act(name: str) -> None:
    """Two in three months and four in six, the exempt one; a talk of month 4 falls in the same week."""
    of = course(name)
    for arm in (DELTAGER, KONTROL):
        assert of.talks((of.arm == arm) & ~of.exempt, MONTH_3) == {2}
        assert of.talks((of.arm == arm) & ~of.exempt, MONTH_4) == {3}
        assert of.talks((of.arm == arm) & ~of.exempt, MONTH_6) == {4}
        assert of.talks((of.arm == arm) & of.exempt, MONTH_6) == {1}


@pytest.mark.parametrize(
    ("without", "treated", "control"), [("ordinaer", 3, 2), ("a_kasse", 1, 2)], ids=["municipality", "a_kasse"]
)
def test_the_a_kasse_has_the_first_four_months_of_the_treated(without: str, treated: int, control: int) -> None:
    """Of four talks three are the a-kasse's and one the municipality's; by the act each has two."""
    of = course(BY_AREA[0], without)
    assert of.talks((of.arm == DELTAGER) & ~of.exempt, MONTH_6) == {treated}
    assert of.talks((of.arm == KONTROL) & ~of.exempt, MONTH_6) == {control}


@pytest.mark.parametrize("without", CHOOSE)
def test_the_treated_are_with_whom_they_choose(without: str) -> None:
    """In four months, and a third chooses each; the municipality has all of them after that. Those in the trial's arm
    alone choose."""
    of, others = course(BY_AREA[1], without), without != "ordinaer"
    for number, team in enumerate(CHOOSE):
        chooses = (of.arm == DELTAGER) & (of.choice == number)
        assert of.talks(chooses & ~of.exempt, MONTH_4) == {0 if team == without else 3}
        assert of.talks(chooses & ~of.exempt, MONTH_6) == {(0 if team == without else 3) + others}
        assert of.talks(chooses & of.exempt, MONTH_6) == {0 if team == without else 1}
        share, treated = chooses.sum() / (of.arm == DELTAGER).sum(), (of.arm == DELTAGER).sum()
        assert abs(share - 1 / 3) < LIMIT * math.sqrt(2 / 9 / treated) + 0.01
    assert of.talks((of.arm == KONTROL) & ~of.exempt, MONTH_6) == {4 if without == "anden_aktoer" else 2}


# --- På rette vej i job, and the trial of practice ------------------------------------------------------------------


def test_the_trial_of_2010_has_the_lives_that_it_had() -> None:
    """Lots for persons are those that its arms were: nobody lives otherwise for being in a trial that is rehearsed."""
    few = {"intake.persons": 10}
    plain, trial = (
        run(load(SHIPPED / f"{name}.yaml", few).scenario, [0])
        for name in ("paa_rette_vej_i_job", "forsoeg/paa_rette_vej")
    )
    assert np.array_equal(plain.register.codes, trial.register.codes)
    assert np.array_equal(plain.ledige.arm, trial.ledige.arm) and len(plain.ledige.arm) == 18 * 10
    works = run(load(SHIPPED / "forsoeg/paa_rette_vej_virker.yaml", few).scenario, [0])
    assert np.array_equal(works.ledige.arm, trial.ledige.arm)
    assert not np.array_equal(works.register.codes, trial.register.codes)


def test_who_is_not_treated_notices_the_trial_of_practice() -> None:
    """The same persons, with and without anybody treated: talks are refused them that would nearly all find time."""
    refused, nobody = (
        mean("oevelse/forsoeg", "no_time_share", group, replications=4, **changes)
        for group, changes in (("kontrol", {}), ("alle", {"trial__everybody": "kontrol"}))
    )
    assert nobody < 0.01 < 0.1 < refused


def test_roll_out_of_the_trial_of_practice_gives_less_than_it_shows() -> None:
    """Its caseworkers have no minutes for weekly talks with everybody, and already in the trial controls lose by it."""
    truths = rehearse(load(SHIPPED / "oevelse/forsoeg.yaml"), rehearsals=20).truths
    assert truths.gap is not None and truths.gap.high < 0 < truths.roll_out.low < truths.itt.value
    assert truths.untreated.high < 0


def test_of_the_trials_of_2027_those_who_come_in_the_measured_year_are_in_the_data() -> None:
    """The screen and the protocol say so: the others are there so that staff has the cases that it would have."""
    areas = load(SHIPPED / f"{BY_AREA[0]}.yaml").with_({"intake.persons": 60})
    found = rehearse(areas, rehearsals=3)
    assert found.own.persons == 480 and found.own.recruited == found.own.in_data
    (sentence,) = (each for each in Telling(found).answer() if "are in the data" in each)
    assert sentence.startswith(f"{found.own.in_data.value:.0f} of the 480 are")  # type: ignore[union-attr]
    written = markdown(protocol(found, {}), Telling(found).words)
    assert "from 2027-W01 to 2027-W51, about " in written and "not yet followed to the end" not in written
