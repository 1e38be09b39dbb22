"""The rules of 2024 to 2027 in their parts: who has how many talks by month, and what designs under them do."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from simulation.scenario.load import Loaded, load
from simulation.scenario.profiles import scales
from simulation.week import run
from simulation.world.register import NO_SHOW, status_of, talk_of
from tests.founding import SHIPPED, told

ON_BENEFIT = 1
EXEMPT = 0
"""The first level of the characteristic `fritagelse`."""
MONTH_3, MONTH_6, MONTH_16 = 12, 26, 69
WEEKS = 80
FRIHEDEN = SHIPPED / "friheden"
BY_SCORE = ("fritag_de_hurtigste", "fritag_efter_score")
DAGPENGE, JOB_READY = "base_2027_dagpenge", "base_2027_kontanthjaelp_jobparat"


def everybody_comes(file: Path) -> Loaded:
    """A scenario in which all who are called come, staff is plenty, and no offer stands in the way."""
    loaded = load(file)
    teams = [name for name in loaded.scenario.teams if name in ("ordinaer", "a_kasse")]
    channels = ("personlig", "telefon")
    changes: dict[str, object] = {f"teams.{name}.fte": 60 for name in teams}
    changes |= {f"teams.{name}.absence": None for name in teams if loaded.scenario.teams[name].absence}
    changes |= {f"interventions.samtaler.channels.{name}.attendance": 1 for name in channels}
    changes |= {"teams.ordinaer.turnover": None, "interventions.praktik": None}
    return loaded.with_(changes)


class Course(NamedTuple):
    """What the rules of one part give on one base."""

    held: NDArray[np.int64]
    """Talks held so far, by course week of the first spell and ledig."""
    there: NDArray[np.bool_]
    """Who is on benefit until then, and seen."""
    exempt: NDArray[np.bool_]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Course]:
    """By base and part, each run once."""
    folder = tmp_path_factory.mktemp("rules")

    @cache
    def of(base: str, part: str) -> Course:
        file = folder / f"{part.replace('/', '_')}.yaml"
        extends = f"[shipped/{base}, {{part: shipped/parts/rules/{part}}}]"
        file.write_text(f"version: 2\nname: x\nextends: {extends}\n", encoding="utf-8")
        world = run(everybody_comes(file).scenario, [0])
        codes, entry = world.register.codes, world.ledige.entry.astype(np.int64)
        rows, week = np.arange(codes.shape[1]), np.arange(WEEKS)[:, None]
        own = codes[np.minimum(week + entry, len(codes) - 1), rows]
        there = np.logical_and.accumulate((status_of(own) == ON_BENEFIT) & (week + entry < len(codes)))
        talk = talk_of(own)
        held = np.cumsum((talk > 0) & (talk != NO_SHOW) & there, axis=0)
        groups = world.ledige.subgroup
        exempt = groups["fritagelse"] == EXEMPT if "fritagelse" in groups else np.zeros(len(rows), dtype=bool)
        return Course(held, there, exempt)

    return of


def talks(of: Course, exempt: bool, until: int, since: int | None = None) -> set[int]:
    """How many talks those have had by a course week (after another one), who are on benefit until then."""
    stays = of.there[until] & (of.exempt == exempt)
    assert stays.sum() > 5
    before = 0 if since is None else of.held[since, stays]
    return set(np.unique(of.held[until, stays] - before).tolist())


def test_2024_three_in_the_a_kasse_and_three_in_the_municipality(course: Callable[[str, str], Course]) -> None:
    """Of all who stay (RULE-02). Later about six a year (CONTACT-03)."""
    of = course(DAGPENGE, "dk_2024/dagpenge")
    assert talks(of, False, MONTH_3) == {3}
    assert talks(of, False, MONTH_6, MONTH_3) == {3}
    assert talks(of, False, 78, MONTH_6) <= {5, 6}


@pytest.mark.parametrize(
    ("part", "early", "late"), [("dagpenge", 1, 0), ("dagpenge_kommunen", 3, 0)], ids=["both", "the municipality"]
)
def test_2026_a_quarter_is_exempt(course: Callable[[str, str], Course], part: str, early: int, late: int) -> None:
    """But for the first talk (REFORM-01), or but for the three of the a-kasse (RULE-03); the others have all six."""
    of = course(DAGPENGE, f"dk_2026_07/{part}")
    assert of.exempt.mean() == pytest.approx(0.25, abs=0.04)
    assert (talks(of, True, MONTH_3), talks(of, True, MONTH_6, MONTH_3)) == ({early}, {late})
    assert (talks(of, False, MONTH_3), talks(of, False, MONTH_6, MONTH_3)) == ({3}, {3})


@pytest.mark.parametrize(("part", "first"), [("dagpenge", 1), ("dagpenge_uden_foerste", 0)])
def test_2027_two_and_two_for_three_quarters_and_one_in_month_16(
    course: Callable[[str, str], Course], part: str, first: int
) -> None:
    """At least two in the a-kasse and two in the municipality with 75 % (REFORM-02), and a talk in month 16
    (REFORM-04) with all."""
    of = course(DAGPENGE, f"dk_2027/{part}")
    stays = of.there[MONTH_6]
    enough = (of.held[MONTH_3, stays] >= 2) & (of.held[MONTH_6, stays] - of.held[MONTH_3, stays] >= 2)
    assert enough.mean() == pytest.approx(0.75, abs=0.06)
    assert talks(of, True, MONTH_6) == {first}
    assert (talks(of, False, MONTH_3), talks(of, False, MONTH_6)) == ({2}, {4})
    for exempt in (False, True):
        assert talks(of, exempt, MONTH_16, MONTH_16 - 1) == {1}


@pytest.mark.parametrize(
    ("part", "exempt"),
    [("dk_2024/kontanthjaelp", None), ("dk_2026_07/kontanthjaelp_jobparat", 1), ("dk_2027/fire_samtaler", 1)],
)
def test_four_talks_for_the_job_ready(course: Callable[[str, str], Course], part: str, exempt: int | None) -> None:
    """With all by the rules of 2024 (LVL-73), with three quarters from July 2026 on (REFORM-01) and from 2027 on
    (REFORM-03)."""
    of = course(JOB_READY, part)
    assert talks(of, False, MONTH_6) == {4}
    if exempt is not None:
        assert of.exempt.mean() == pytest.approx(0.25, abs=0.04)
        assert talks(of, True, MONTH_6) == {exempt}


JULY_2026, YEAR_2027 = 39, 66
"""Weeks of the run from 2025-W40 on."""
Told = tuple[set[int], set[int]]
EVERYBODY, OF_2026, OF_2027 = ({6}, {6}), ({6}, {1}), ({4}, {1})
"""Talks in six months: of those with talks, and of the quarter that is exempt from July 2026 on."""


@pytest.mark.parametrize(
    ("name", "by_entry"),
    [
        ("hvad_hvis/dagpenge_regler_nye_forloeb", {0: EVERYBODY, JULY_2026: OF_2026, YEAR_2027: OF_2027}),
        ("dagpenge_regler_2024_2027", {0: EVERYBODY, JULY_2026 - MONTH_6: None, YEAR_2027: OF_2027}),
    ],
)
def test_the_rules_follow_each_other_by_their_dates(name: str, by_entry: dict[int, Told | None]) -> None:
    """Who comes under a rule has its talks in six months, with or without those who are under way at its date."""
    world = run(everybody_comes(SHIPPED / f"{name}.yaml").scenario, [0])
    codes, entry = world.register.codes, world.ledige.entry.astype(np.int64)
    week = np.arange(MONTH_6 + 1)[:, None]
    own = codes[np.minimum(week + entry, len(codes) - 1), np.arange(len(entry))]
    stays = (status_of(own) == ON_BENEFIT).all(axis=0) & (entry + MONTH_6 < len(codes))
    held = ((talk_of(own) > 0) & (talk_of(own) != NO_SHOW)).sum(axis=0)
    exempt = world.ledige.subgroup["fritagelse"] == EXEMPT
    for (first, wanted), last in zip(by_entry.items(), [*list(by_entry)[1:], len(codes)], strict=True):
        came = stays & (entry >= first) & (entry < last)
        if wanted is not None:
            assert tuple(set(held[came & (exempt == each)].tolist()) for each in (False, True)) == wanted


def figure(design: str, outcome: str, group: str = "alle") -> float:
    """An outcome of a design under the act of 2027, in one replication."""
    return told(f"friheden/{design}", outcome, group, replications=1)


@pytest.mark.parametrize("design", ["halvdelen_fritages", "faerre_tidligt", "faerre_sent"])
def test_fewer_talks_and_longer_on_benefit(design: str) -> None:
    """By the effect of talks in other trials (0.40 on the log of exits to jobs for ever more of them), against the act
    of 2027."""
    assert figure(design, "talks_held") < figure("loven", "talks_held")
    assert figure(design, "weeks_on_benefit") > figure("loven", "weeks_on_benefit")


def test_with_nobody_exempt_there_are_more_talks_and_fewer_weeks() -> None:
    """The other way about."""
    assert figure("ingen_fritages", "talks_held") > figure("loven", "talks_held")
    assert figure("ingen_fritages", "weeks_on_benefit") < figure("loven", "weeks_on_benefit")


def test_by_phone_talks_take_fewer_minutes() -> None:
    """20 minutes are two thirds of 30, and nobody is affected, since a talk by phone is taken to be worth as much: a
    guess."""
    assert figure("telefon", "talk_minutes") / figure("loven", "talk_minutes") == pytest.approx(2 / 3, abs=0.05)
    assert figure("telefon", "exit_job") < figure("loven", "exit_job")
    assert figure("telefon", "talk_personal_share") == 0 < figure("loven", "talk_personal_share")


def test_meetings_of_eight_take_fewer_minutes_still() -> None:
    """And fewer leave to jobs, since a meeting is taken to be worth half a talk: a guess."""
    assert figure("grupper_af_otte", "utilisation") < figure("loven", "utilisation") / 2
    assert figure("grupper_af_otte", "exit_job") < figure("loven", "exit_job")


def test_short_spells_are_not_seen_and_all_who_stay_are() -> None:
    """No talk before week 10: twice as many leave without any, and nobody stays half a year without one."""
    assert figure("korte_forloeb_fritages", "no_talk_26w") > 1.5 * figure("loven", "no_talk_26w")
    assert figure("korte_forloeb_fritages", "no_talk_26w_staying") == figure("loven", "no_talk_26w_staying") == 0


def test_whom_a_score_exempts_leaves_sooner_than_whom_a_lot_does() -> None:
    """The better the score, the more of the exempt would have left: by their true chance (the best that a score can be)
    within half a year. As many are exempt, so there are as many talks, but for chance."""
    best, score = (scales(load(FRIHEDEN / f"{name}.yaml").scenario)["udvalgt"] for name in BY_SCORE)
    assert 0.5 < score.auc < best.auc == best.best
    for name in BY_SCORE:
        assert figure(name, "talks_held") == pytest.approx(figure("loven", "talks_held"), rel=0.03)


def test_a_third_fewer_staff_costs_no_talk() -> None:
    """With 577 minutes a week and 5 posts the municipality uses a fifth of its minutes on talks, so two thirds of the
    posts hold all of them: cases per caseworker are half as many again, and no talk is lost for lack of time."""
    assert figure("tredjedel_faerre", "no_time_share", "team:ordinaer") < 0.01
    cases = figure("tredjedel_faerre", "caseload", "team:ordinaer") / figure("loven", "caseload", "team:ordinaer")
    assert cases == pytest.approx(1.5, abs=0.1)


def test_with_whom_the_first_four_months_are() -> None:
    """With the a-kasse longer, so it has more cases; another actor with as many posts gives the same lives, for a talk
    is taken to be worth as much (REFORM-06)."""
    assert figure("a_kassen_fire_maaneder", "cases", "team:a_kasse") > figure("loven", "cases", "team:a_kasse")
    for outcome in ("exit_job", "talks_held", "weeks_on_benefit"):
        longer, other = (figure(f"{each}_fire_maaneder", outcome) for each in ("a_kassen", "anden_aktoer"))
        assert longer == other
