"""Several kinds of talk at once: one talk that counts as both, or two tracks; who is on which plan, and when none is.

Everything that follows from the settings is exact. Shares: |z| < LIMIT, binomial.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.results.measures.replication import simulate
from simulation.scenario.check import warnings
from simulation.scenario.files.overlay import Resolved
from simulation.scenario.load import Loaded
from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.register import NO_SHOW, talk_of
from simulation.world.world import World
from tests.health import fritagelse, sygdom
from tests.helpers import LIMIT, exits_follow, samtaler, survival_of, z_of
from tests.offers import cohort, factors, total, weekly
from tests.reference.test_equal import assert_same_weeks, pair_of

TWO_TEAMS: dict[str, Any] = {
    "teams": {"team": {"fte": 1, "minutes_per_week": 100_000}, "aktoer": {"fte": 1, "minutes_per_week": 100_000}}
}


def law(weeks: int = 4, **more: Any) -> dict[str, Any]:
    """A talk by law every four weeks, with the team that has the cases."""
    return samtaler({"every": [{"weeks": weeks}], "first_week": weeks}, **more)


def contact(team: str = "team", plan: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """A contact talk every week with somebody beside the caseworker."""
    return samtaler({"team": team, **(plan or {"every": [{"weeks": 1}]})}, **{"caseworker": False, **more})


def both(team: str = "team", persons: int = 50, **world: Any) -> World:
    """Talks by law, and contact talks with this team, for twelve weeks."""
    return run(cohort(persons, 12, {**TWO_TEAMS, **world}, lov=law(), kontakt=contact(team)), [0])


def test_one_talk_with_the_same_team_counts_as_both() -> None:
    """In weeks 4 and 8 the talk by law is the contact talk as well: 30 minutes once, and one talk in the register."""
    world = both()
    assert weekly(world, "lov_held") == [0, 0, 0, 0, 50, 0, 0, 0, 50, 0, 0, 0]
    assert weekly(world, "kontakt_covered") == weekly(world, "lov_held")
    assert weekly(world, "kontakt_held") == [0, 50, 50, 50, 0, 50, 50, 50, 0, 50, 50, 50]
    assert weekly(world, "held") == [0] + [50] * 11
    assert [int(used[0]) for used in world.register.minutes_used] == [0] + [1500] * 11
    assert weekly(world, "fell_due") == weekly(world, "on_time") == [0] + [50, 50, 50, 100] * 2 + [50] * 3


def test_two_teams_hold_two_talks() -> None:
    """With another team there are two tracks: both talks are held, each in its team's minutes."""
    world = both("aktoer")
    assert total(world, "kontakt_covered") == 0
    assert weekly(world, "held") == [0] + [50, 50, 50, 100] * 2 + [50] * 3
    used = np.array(world.register.minutes_used)
    assert used[:, 0].tolist() == [0, 0, 0, 0, 1500, 0, 0, 0, 1500, 0, 0, 0]
    assert used[:, 1].tolist() == [0] + [1500] * 11


def test_a_team_that_does_the_others_work_holds_one_talk() -> None:
    """Two teams on paper, one in an organisation model: who works together talks once."""
    models = {"en": {"description": "", "teams": {"aktoer": {"done_by": "team"}}}}
    world = both("aktoer", organisation_models=models, organisation_model="en")
    assert weekly(world, "kontakt_covered") == [0, 0, 0, 0, 50, 0, 0, 0, 50, 0, 0, 0]
    assert weekly(world, "held") == [0] + [50] * 11


def test_who_is_covered_is_due_again_as_after_a_talk_of_her_own() -> None:
    """Contact talks every third week from week 4 on: covered in week 4, due in 7, 10; by law in 4 and 8."""
    plan = {"every": [{"weeks": 3}], "first_week": 4}
    world = run(cohort(20, 12, TWO_TEAMS, lov=law(), kontakt=contact(plan=plan)), [0])
    assert weekly(world, "kontakt_held") == [0] * 7 + [20, 0, 0, 20, 0]
    assert weekly(world, "kontakt_covered") == [0] * 4 + [20] + [0] * 7


def test_outcomes_tell_the_kinds_apart() -> None:
    """50 ledige: two talks by law, 11 contact talks of which two were those by law."""
    scenario = cohort(50, 12, TWO_TEAMS, lov=law(), kontakt=contact())
    outcomes = simulate(scenario, [0])[0].outcomes
    found = [outcomes[f"{kind}_{what}", "alle", None] for kind in ("lov", "kontakt") for what in ("held", "covered")]
    assert found == [100, 0, 450, 100]
    assert outcomes["talks_held", "alle", None] == 11


def test_the_register_shows_a_held_talk_though_the_other_was_missed() -> None:
    """Nobody comes to one of two talks in a week: whichever is first, the week has a talk and no no-show."""
    nobody = {"channels": {"personlig": {"minutes": 30, "attendance": 0.0}}}
    comes, misses = {"lov": law(1), "kontakt": contact("aktoer", **nobody)}, {"lov": law(1, **nobody)}
    for kinds, code in ((comes, 1), (misses | {"kontakt": contact("aktoer")}, 2)):
        world = run(cohort(30, 6, TWO_TEAMS, **kinds), [0])
        assert (talk_of(world.register.codes)[1:] == code).all()
        assert weekly(world, "udeblivelse") == weekly(world, "held") == [0] + [30] * 5
    world = run(cohort(30, 6, TWO_TEAMS, **misses, kontakt=contact("aktoer", **nobody)), [0])
    assert (talk_of(world.register.codes)[1:] == NO_SHOW).all()


def test_each_kind_has_luck_of_its_own() -> None:
    """Attendance 0.6 and 0.7: both talks are missed by 0.4 × 0.3 of ledige, in every week; |z| < LIMIT."""
    lov, kontakt = ({"channels": {"personlig": {"minutes": 1, "attendance": share}}} for share in (0.6, 0.7))
    world = run(cohort(5000, 8, TWO_TEAMS, lov=law(1, **lov), k=contact("aktoer", **kontakt)), [0])
    missed = np.count_nonzero(talk_of(world.register.codes)[1:] == NO_SHOW, axis=1)
    assert np.abs(z_of(missed, 5000, 0.4 * 0.3)).max() < LIMIT


def test_a_letter_is_no_talk_of_another_kind() -> None:
    """Letters by law in weeks 4 and 8 cover nothing, and do not hide the contact talk of that week."""
    letters = {"channels": {"brev": {"minutes": 5, "attendance": 1.0, "counts": False}}}
    plan = {"arms": ["alle"], "team": "team", "channel": "brev", "every": [{"weeks": 4}], "first_week": 4}
    scenario = cohort(30, 12, TWO_TEAMS, lov={**law(), **letters, "plans": {"p": plan}}, kontakt=contact())
    world = run(scenario, [0])
    assert total(world, "kontakt_covered") == 0
    assert weekly(world, "kontakt_held") == [0] + [30] * 11
    assert (talk_of(world.register.codes)[1:] == 2).all()
    assert weekly(world, "letters") == [0, 0, 0, 0, 30, 0, 0, 0, 30, 0, 0, 0]


def test_each_kind_has_its_own_effect() -> None:
    """1.5 in the two weeks after a contact talk, 2 after one by law, one talk having both: hazards, |z| < LIMIT."""
    effects = {"lov": law(effects={"job": 2.0}), "kontakt": contact(effects={"job": 1.5})}
    world = {"exits": {"job": {"level": 0.04}}, "teams": {"team": {"fte": 1000, "minutes_per_week": 10_000}}}
    scenario = cohort(60_000, 12, world, **effects)
    intensity = np.full(12, 0.04)
    intensity[2:] *= 1.5
    intensity[[5, 6, 9, 10]] *= 2
    exits_follow(scenario, survival_of(intensity))


# --- who is on which plan, and when there is no talk ----------------------------------------------------------------

LEVELS = {"sygdom": {"krop": {"share": 0.3}, "sind": {"share": 0.3}, "andet": {"share": 0.4}}}


def test_plans_by_level_have_those_levels_and_nobody_else() -> None:
    """One plan for two levels, one for the third; a third plan of a kind of its own for nobody: exactly."""
    data = law(3)
    every = {"team": "team", "channel": "personlig", "arms": ["alle"]}
    data["plans"] = {
        "kort": {**every, "levels": {"sygdom": ["krop", "andet"]}, "every": [{"weeks": 2}], "first_week": 2},
        "lang": {**every, "levels": {"sygdom": ["sind"]}, "every": [{"weeks": 5}], "first_week": 5},
    }
    world = run(cohort(400, 12, {"subgroups": LEVELS}, lov=data), [0])
    talk, sind = talk_of(world.register.codes) > 0, world.ledige.subgroup["sygdom"] == 1
    assert 80 < np.count_nonzero(sind) < 160
    for mine, weeks in ((~sind, range(2, 12, 2)), (sind, range(5, 12, 5))):
        expected = np.isin(np.arange(12), list(weeks))
        assert (talk[:, mine] == expected[:, None]).all()


def test_whoever_no_plan_is_for_has_no_talk_and_no_caseworker() -> None:
    """Only one level has a plan: the others are nobody's cases."""
    data = law(1)
    data["plans"]["plan"]["levels"] = {"sygdom": ["krop"]}
    world = run(cohort(300, 6, {"subgroups": LEVELS}, lov=data), [0])
    krop = world.ledige.subgroup["sygdom"] == 0
    assert (talk_of(world.register.codes)[1:] > 0).all(axis=0).tolist() == krop.tolist()
    assert world.staff.cases.sum() == np.count_nonzero(krop)


@pytest.mark.parametrize("until", [5, 8])
def test_no_talk_is_due_from_the_last_week_of_a_plan_on(until: int) -> None:
    """Every third week from week 2 on: 2, 5, 8 ... but none in course week `until` or later."""
    plan = {"every": [{"weeks": 3}], "first_week": 2, "until_week": until}
    world = run(cohort(25, 12, k=samtaler(plan)), [0])
    assert [week for week, n in enumerate(weekly(world, "held")) if n] == list(range(2, until, 3))


def test_a_talk_that_was_not_held_in_time_is_not_held_after_the_plan() -> None:
    """Two talks a week fit in: of 25 ledige six have had one when the plan ends in week 4, and no more have."""
    tight = {"teams": {"team": {"fte": 1, "minutes_per_week": 60}}}
    world = run(cohort(25, 10, tight, k=samtaler({"every": [{"weeks": 50}], "until_week": 4})), [0])
    assert weekly(world, "held") == [0, 2, 2, 2] + [0] * 6


def test_no_talks_in_a_state_and_again_after_it() -> None:
    """Half are sick in weeks 0 to 4, and then well: they have their talks from week 5 on; the others all along."""
    plan = {"every": [{"weeks": 1}], "not_in": ["s"]}
    world = run(cohort(400, 10, s=sygdom(at_entry=0.5, length_weeks=5), k=samtaler(plan)), [0])
    talk = talk_of(world.register.codes) > 0
    late = ~talk[1]
    assert 150 < np.count_nonzero(late) < 250
    assert not talk[:5, late].any() and talk[5:, late].all() and talk[1:, ~late].all()
    assert weekly(world, "exempt") == [0] + [np.count_nonzero(late)] * 4 + [0] * 5


def test_a_channel_of_a_state() -> None:
    """By telephone while sick, in weeks 1 to 4: another code in the register, and its own minutes."""
    data: dict[str, Any] = samtaler({"every": [{"weeks": 1}], "in_state": {"s": "telefon"}})
    data["channels"]["telefon"] = {"minutes": 10, "attendance": 1.0}
    world = run(cohort(400, 10, s=sygdom(at_entry=0.5, length_weeks=5), k=data), [0])
    talk = talk_of(world.register.codes)
    sick = talk[1] == 2
    assert (talk[1:5] == np.where(sick, 2, 1)).all() and (talk[5:] == 1).all()
    n = np.count_nonzero(sick)
    assert [int(used[0]) for used in world.register.minutes_used] == [0] + [10 * n + 30 * (400 - n)] * 4 + [12_000] * 5


def test_states_may_be_kept_by_an_intervention_that_stands_behind() -> None:
    """The order of interventions in the file does not decide whether a plan knows of a state."""
    plan = {"every": [{"weeks": 1}], "not_in": ["f"]}
    kinds = {"k": samtaler(plan), "f": fritagelse(recorded={"alle": 0.5})}
    turned = dict(reversed(kinds.items()))
    found = [total(run(cohort(200, 6, **each), [0]), "held") for each in (kinds, turned)]
    assert found[0] == found[1] and 0 < found[0] < 1000


def test_a_covered_talk_works_as_one_that_was_held() -> None:
    """Who is covered in week 4 has the contact talk's effect in weeks 5 and 6; exactly."""
    plan = {"every": [{"weeks": 50}], "first_week": 4}
    found, _ = factors(cohort(20, 10, TWO_TEAMS, lov=law(), kontakt=contact(plan=plan, effects={"job": 3.0})))
    assert [week for week in range(10) if (found[week] == 3.0).all()] == [5, 6]


def test_a_covered_talk_tires_as_one_that_was_held() -> None:
    """Covered in week 4 and held in week 6, where a second talk has half the effect of 3: 3, and from week 7 on 2."""
    plan = {"every": [{"weeks": 2}], "first_week": 4, "until_week": 7}
    kontakt = contact(plan=plan, effects={"job": 3.0}, halving_talks=1.0)
    found, _ = factors(cohort(20, 10, TWO_TEAMS, lov=law(), kontakt=kontakt))
    assert [set(week.tolist()) for week in found] == [{1.0}] * 5 + [{3.0}] * 2 + [{2.0}] * 2 + [{1.0}]


def test_a_covered_talk_is_the_announced_one() -> None:
    """The threat of the first contact talk is over with the talk by law that counted as it, in week 4."""
    plan = {"every": [{"weeks": 50}], "first_week": 4, "before": {"effects": {"job": 3.0}}}
    found, _ = factors(cohort(20, 8, TWO_TEAMS, lov=law(), kontakt=contact(plan=plan)))
    assert [set(week.tolist()) for week in found] == [{3.0}] * 5 + [{1.0}] * 3


def many(channels: int) -> Scenario:
    """Two kinds of talk that have so many channels in all."""
    one = {f"c{n}": {"minutes": 1, "attendance": 1.0} for n in range(channels - 1)}
    plan = {"plan": {"arms": ["alle"], "team": "aktoer", "channel": f"c{channels - 2}", "every": [{"weeks": 1}]}}
    return cohort(20, 4, TWO_TEAMS, lov=law(1), k={**contact("aktoer"), "channels": one, "plans": plan})


def test_the_register_has_room_for_thirty_channels() -> None:
    """A no-show has the seventh code: an intervention that would have it begins behind it, and its talks are told from
    no-shows and from those of others."""
    for channels, code in ((6, 6), (7, 13), (30, 36)):
        world = run(many(channels), [0])
        assert (talk_of(world.register.codes)[1:] == code).all()
        assert [each.counts for each in world.register.channels] == (
            [True] * 6 if channels == 6 else [True, *[False] * 6, *[True] * (channels - 1)])
    much = many(31)
    kinds = [list(each.problems(much)) for each in much.interventions.values()]
    assert kinds == [[], [(("channels",), "all talks have 31 channels; the register has room for 30")]]  # said once


def test_the_second_engine_tells_many_channels_apart() -> None:
    for channels in (6, 7, 9):
        assert_same_weeks(pair_of(f"{channels} channels", many(channels)))


def test_a_talk_that_covers_works_no_more_than_it_is_worth() -> None:
    """The talk by law is by telephone (effect 0.5): as a contact talk it has half the factor too, 1 + 1 × 0.5."""
    lov = samtaler({"every": [{"weeks": 50}], "first_week": 4})
    lov["channels"]["personlig"]["effect"] = 0.5
    kontakt = samtaler({"every": [{"weeks": 50}], "first_week": 4}, caseworker=False, effects={"job": 2.0})
    found, _ = factors(cohort(20, 10, lov=lov, kontakt=kontakt))
    assert found[5].max() == 1.5


def test_a_talk_that_counts_as_two_needs_its_minutes_once() -> None:
    """50 ledige, 30 minutes, 1,500 minutes a week: the run uses 1,500 in week 4, and `check` reckons with no more."""
    team = {"teams": {"team": {"fte": 1, "minutes_per_week": 1500}}}
    lov = samtaler({"every": [{"weeks": 4}], "first_week": 4})
    scenario = cohort(50, 12, team, lov=lov, kontakt=samtaler(caseworker=False))
    assert max(int(used[0]) for used in run(scenario, [0]).register.minutes_used) == 1500
    said = warnings(Loaded("in code", scenario, Resolved({}, {}, {}, {})))
    assert [w.message for w in said if "utilisation" in w.message] == []
