"""The register of a batch, turned to the week of enrolment, and parts of the people measured as worlds of their own."""

from __future__ import annotations

import pathlib

import numpy as np
import pytest

from simulation import load
from simulation.results.measures.histories import Histories, histories, measured_rows
from simulation.week import run
from simulation.world.ledige import LEDIG
from simulation.world.register import status_of

SCENARIOS = pathlib.Path(__file__).parents[2] / "scenarios"


def people_of(weeks: int) -> tuple[Histories, np.ndarray, np.ndarray]:
    """The histories of two worlds, and of each ledig the week of enrolment and the status in every week of the run."""
    scenario = load(SCENARIOS / "paa_rette_vej_i_job.yaml", {"weeks": weeks, "follow_up": 30}).scenario
    world = run(scenario, [0, 1])
    rows = measured_rows(scenario, world)
    return histories(scenario, world), world.ledige.entry[rows], status_of(world.register.codes)[:, rows]


@pytest.mark.parametrize("weeks", [70, 40])
def test_week_0_is_the_week_of_enrolment(weeks: int) -> None:
    """Also where the run ends before the follow-up does, from where on nothing is known."""
    people, entry, status = people_of(weeks)
    cut = 0
    for person in range(0, len(entry), 37):
        known = status[entry[person] : entry[person] + 30, person]
        assert (people.status[: len(known), person] == known).all()
        assert (people.on_benefit[: len(known), person] == (known == LEDIG)).all()
        assert people.seen[:, person].sum() == len(known)
        assert not people.status[len(known) :, person].any()
        cut += len(known) < 30
    assert (cut > 0) == (weeks == 40)


def test_a_part_is_measured_as_its_people_are() -> None:
    people, _, _ = people_of(70)
    lives, places = people.lives(), int(people.jobcentre.max()) + 1
    parts = lives.apart(people.jobcentre, places)
    for number in range(places):
        alone = lives.of(np.flatnonzero(people.jobcentre == number))
        for column in ("talks", "praktik", "full_weeks"):
            of_part = parts.mean(getattr(parts, column))[number::places]
            np.testing.assert_array_equal(of_part, alone.mean(getattr(alone, column)))
        waits = [each.until(each.first_talk, each.talks > 0) for each in (parts, alone)]
        for of_part, values in zip(*waits, strict=True):
            np.testing.assert_array_equal(of_part[..., number::places], values)
