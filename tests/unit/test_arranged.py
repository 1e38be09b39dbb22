"""A scenario arranged otherwise is the one that would have been written so: sizes, staff, places, arms, recruitment."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from simulation.interventions import KINDS
from simulation.interventions.jobklub.settings import Jobklub
from simulation.scenario.arranged import everybody, of_size, recruited, with_jobcentres
from simulation.scenario.fields import unit_of
from simulation.scenario.files.sourced import leaves
from simulation.scenario.files.yamlfile import Path
from simulation.scenario.schema import Scenario
from simulation.week import run
from tests import all_kinds, offers
from tests.helpers import LIMIT, busy, loaded, make, praktik, samtaler

TRIAL: dict[str, Any] = {"treated": "ny", "control": "vanlig", "lots": "individual", "primary": {"of": "exit_job"}}
IN_UNITS = {"full-time staff", "caseworkers", "places", "clubs", "matches per week", "assignments per week"}
"""What there is of in each jobcentre, and of what there is more where it has more ledige."""
PER_PERSON = {"seats"}
"""Of these the number in a club; all of them together grow."""


def tried(trial: dict[str, Any], **changes: Any) -> Scenario:
    return make(**{"arms": {"ny": 1, "vanlig": 1}, "trial": {**TRIAL, **trial}, **changes})


def teams(**fte: Any) -> dict[str, Any]:
    said = {name: each if isinstance(each, dict) else {"fte": each} for name, each in fte.items()}
    return {name: {"minutes_per_week": 900, **each} for name, each in said.items()}


def test_half_the_persons_with_half_of_all_that_is_there_for_them() -> None:
    """As it would be written by hand: of common teams, of a jobcentre's own, of a model's, and of places."""

    def of(half: float) -> Scenario:
        model = {"samlet": {"description": "x", "teams": {"team": {"fte": 6 * half, "caseworkers": int(8 * half)}}}}
        return make(
            intake={"persons": 100, "weeks": 1},
            teams=teams(team={"fte": 4 * half, "caseworkers": int(6 * half)}, andet=3 * half),
            organisation_models=model,
            jobcentres={
                "a": {"persons": int(100 * half)},
                "b": {"persons": int(60 * half), "teams": {"team": {"fte": 2 * half}}},
                "c": {"persons": int(40 * half), "organisation_model": "samlet",
                      "interventions": {"praktik": praktik(places=int(8 * half), matches_per_week=3 * half)}},
            },
            interventions={"praktik": praktik(
                places=int(12 * half), matches_per_week=5 * half,
                jobcentres={"b": {"places": int(2 * half), "matches_per_week": half}},
            )},
        )  # fmt: skip

    whole = of(1)
    assert of_size(whole, 100) == of(0.5)
    assert of_size(whole, 200) == of(1)
    held = of_size(whole, 100, "held")
    assert held.persons() == of(0.5).persons() and held.teams == whole.teams
    assert held.interventions == whole.interventions


def test_any_number_of_persons_is_shared_out_to_the_last_one() -> None:
    sizes = {"a": 353, "b": 97, "c": 0, "d": 41}
    scenario = make(jobcentres={name: {"persons": persons} for name, persons in sizes.items()})
    for total in (1, 2, 7, 100, 491, 1234):
        got = of_size(scenario, total).persons()
        assert sum(got.values()) == total and got["c"] == 0
        assert all(abs(got[name] - total * sizes[name] / 491) < 1 for name in sizes)
    with pytest.raises(ValueError, match="0 persons"):
        of_size(scenario, 0)


def test_what_is_otherwise_from_a_date_on_is_half_as_much_as_well() -> None:
    dated = {"value": 4.0, "from": {"2026-W05": 6.0}}
    whole = loaded(teams=teams(team={"fte": dated})).scenario
    half = of_size(whole, 500)
    assert [(week, epoch.teams["team"].fte) for week, epoch in half.epochs] == [(0, 2.0), (4, 3.0)]
    assert [epoch.persons() for _, epoch in half.epochs] == [{"by": 500}] * 2
    assert [week for week, _ in pickle.loads(pickle.dumps(half)).epochs] == [0, 4]
    assert [epoch.teams["team"].fte for _, epoch in with_jobcentres(whole, 3).epochs] == [4.0, 6.0]


def numbers(settings: Any, data: dict[str, Any], place: Path) -> Iterator[tuple[Path, float]]:
    for path, value in leaves(settings):
        if isinstance(value, int | float) and unit_of((*place, *path), data) in IN_UNITS:
            yield path, value


@pytest.mark.parametrize("name", sorted(all_kinds.everything().interventions))
def test_all_that_a_kind_has_for_its_ledige_grows(name: str) -> None:
    """Every number in such a unit is three times as large; of clubs all their seats together."""
    scenario = all_kinds.everything()
    data = scenario.model_dump(exclude_none=True)
    settings = scenario.interventions[name]
    before = dict(numbers(data["interventions"][name], data, ("interventions", name)))
    grown = settings.grown(3.0).model_dump(exclude_none=True)
    after = dict(numbers(grown, data, ("interventions", name)))
    assert KINDS[settings.kind].settings.grows or not before, "it is declared what grows"
    for path, value in before.items():
        assert after[path] == pytest.approx(value if path[-1] in PER_PERSON else 3 * value), path
    others = [{path: value for path, value in leaves(each) if path not in after}
              for each in (data["interventions"][name], grown)]  # fmt: skip
    assert others[0] == others[1], "all else is as it was"


def test_a_third_of_a_club_is_a_smaller_club() -> None:
    klub = next(each for each in offers.everything().interventions.values() if isinstance(each, Jobklub))
    klub = klub.model_copy(update={"clubs": 2, "seats": 9, "jobcentres": {}})
    grown = {factor: klub.grown(factor) for factor in (1 / 3, 0.5, 1, 1.5, 2, 0.01)}
    sizes = {factor: (each.clubs, each.seats) for factor, each in grown.items()}
    assert sizes == {1 / 3: (1, 6), 0.5: (1, 9), 1: (2, 9), 1.5: (3, 9), 2: (4, 9), 0.01: (1, 1)}


def test_a_scenario_of_all_kinds_runs_at_another_size() -> None:
    scenario = all_kinds.everything()
    small = of_size(scenario, sum(scenario.persons().values()) // 3)
    assert len(run(pickle.loads(pickle.dumps(small)), [0]).ledige) == sum(small.persons().values())


def test_of_fewer_jobcentres_the_first_are_there_and_of_more_the_others_are_alike() -> None:
    scenario = busy()
    assert list(with_jobcentres(scenario, 2).jobcentres) == ["ribe", "skive"]
    same = make(jobcentres={"a": {}, "b": {"teams": {"team": {"fte": 9}}}})
    more = with_jobcentres(same, 4)
    assert more.persons() == {"a": 1000, "b": 1000, "jobcenter_3": 1000, "jobcenter_4": 1000}
    assert more.teams_of("jobcenter_4") == same.teams_of("a"), "no values of its own"
    assert with_jobcentres(same, 2) == same
    with pytest.raises(ValueError, match="0 jobcentres"):
        with_jobcentres(same, 0)


def test_further_jobcentres_are_as_large_as_named_ones_may_be() -> None:
    """Sizes by the lognormal distribution that fits 50, 100 and 200; as many as before when there are more; other ones
    by another seed. Staff and places go with the size."""
    sizes = {"a": 50, "b": 100, "c": 200}
    whole = {"teams": teams(team=3.0), "interventions": {"praktik": praktik(places=40)}}
    scenario = make(jobcentres={name: {"persons": persons} for name, persons in sizes.items()}, **whole)
    many = with_jobcentres(scenario, 403)
    drawn = np.log([persons for name, persons in many.persons().items() if name not in sizes])
    assert abs(drawn.mean() - np.log(100)) < LIMIT * np.log(2) / np.sqrt(400)
    assert abs(drawn.std() / np.log(2) - 1) < LIMIT / np.sqrt(2 * 400)
    ten = with_jobcentres(scenario, 10)
    assert ten.persons().items() <= many.persons().items()
    assert with_jobcentres(scenario.model_copy(update={"seed": 5}), 10).persons() != ten.persons()
    for name in list(ten.jobcentres)[3:]:
        factor = ten.persons()[name] / np.mean(list(sizes.values()))
        assert ten.teams_of(name)["team"].fte == pytest.approx(3 * factor)
        assert ten.interventions_of(name)["praktik"].places == round(40 * factor)  # type: ignore[attr-defined]
    assert len(run(ten, [0]).ledige) == sum(ten.persons().values())


def test_where_everybody_is_in_one_arm_its_team_has_the_staff_for_all() -> None:
    """Of three treated to a control 0.9 × 3/4 + 0.2 × 1/4 = 0.725 of all are treated: the team of the treated has
    1 / 0.725 times its staff then, that of the others none; who serves both is as before."""
    teams_of_arms = teams(til_nye={"fte": 2.9, "arms": ["ny"]}, til_andre={"fte": 1.1, "arms": ["vanlig"]},
                          til_alle={"fte": 5, "arms": ["ny", "vanlig"]}, til_enhver=7)  # fmt: skip
    scenario = tried({"ratio": 3.0, "takes_up": 0.9, "contaminated": 0.2}, teams=teams_of_arms)
    treated, control = everybody(scenario, "ny"), everybody(scenario, "vanlig")
    assert [team.fte for team in treated.teams.values()] == pytest.approx([4, 0, 5, 7])
    assert [team.fte for team in control.teams.values()] == pytest.approx([0, 4, 5, 7])
    assert treated.trial is not None and treated.trial.everybody == "ny"
    assert everybody(treated, "vanlig").teams["til_alle"].fte == 5
    for arm in ("nye", "difference"):
        with pytest.raises(ValueError, match="no arm of a trial"):
            everybody(scenario, arm)
    assert run(control, [0]).ledige.allotted is not None


def test_where_jobcentres_draw_their_teams_have_that_staff_already() -> None:
    """The team of the treated is made for a jobcentre that is treated: all of whom take it up but a fifth."""
    jobcentres: dict[str, Any] = {name: {} for name in "abcd"}
    teams_of_arms = teams(til_nye={"fte": 4.0, "arms": ["ny"]}, til_andre={"fte": 4.0, "arms": ["vanlig"]})
    scenario = tried({"lots": "cluster", "takes_up": 0.8}, jobcentres=jobcentres, teams=teams_of_arms)
    assert everybody(scenario, "ny").teams["til_nye"].fte == pytest.approx(5)
    assert everybody(scenario, "vanlig").teams["til_andre"].fte == pytest.approx(4)


def test_slow_recruitment_takes_longer_or_finds_fewer() -> None:
    """At 0.8 of the pace 20 weeks become 25, with blocks that lie apart as much; or 1,000 persons become 800."""
    intake = {"persons": 1000, "weeks": 20, "by_block": {0: 0.5, 8: 0.5}}
    benefits = {"a": {"by_block": {0: 0.2, 12: 0.8}}, "b": {"share": 0.5}}
    measured = {"measured_from": 4, "measured_until": 16}
    longer = tried({"recruitment": {"pace": 0.8}}, weeks=40, intake=intake, benefits=benefits, **measured)
    fewer = tried({"recruitment": {"pace": 0.8, "until": "weeks"}}, weeks=40, intake=intake)
    assert recruited(longer).intake.weeks == 25 and recruited(longer).persons() == {"by": 1000}
    assert recruited(longer).intake.by_block == {0: 0.5, 10: 0.5} and recruited(longer).measured_weeks() == (5, 19)
    assert recruited(longer).benefits["a"].by_block == {0: 0.2, 15: 0.8}
    assert recruited(fewer).intake == fewer.intake and recruited(fewer).persons() == {"by": 800}
    assert recruited(fewer).teams == fewer.teams
    for scenario in (longer, fewer):
        assert recruited(recruited(scenario)) == recruited(scenario), "once"
    as_planned = tried({})
    assert recruited(as_planned) is as_planned


def test_an_arranged_scenario_is_run_as_one_that_is_written_so() -> None:
    whole = {"arms": {"alle": 1}, "interventions": {"samtaler": samtaler()}}
    written = make(jobcentres={"by": {"persons": 400}}, teams=teams(team=0.8), **whole)
    arranged = of_size(make(jobcentres={"by": {"persons": 1000}}, teams=teams(team=2.0), **whole), 400)
    assert (run(arranged, [0]).register.codes == run(written, [0]).register.codes).all()
