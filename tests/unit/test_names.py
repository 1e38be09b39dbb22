"""Names of counts, outcomes and groups: no two can be one, whatever an analyst calls an intervention."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pydantic import ValidationError

from simulation import load, run
from simulation.interventions import KINDS
from simulation.opening import build, open_interventions
from simulation.results.measures.outcomes import kinds_of
from simulation.results.measures.replication import Replication, simulate
from simulation.results.names import ALLE, DIFFERENCE, Figure, Group, Names, arm_group, figure_of
from simulation.scenario.schema import Scenario
from simulation.world.counts import Undeclared
from simulation.world.names import Name, common, written
from tests.helpers import make, samtaler
from tests.offers import TEAMS, jobklub

SCENARIOS = Path(__file__).parents[2] / "scenarios"


LAV = Group("alle", characteristic="motivation", level="lav")


# --- how names are written and read ---------------------------------------------------------------------------------


def test_two_names_that_would_be_written_alike_have_a_dot() -> None:
    """`klub` with `left_waiting` and `klub_left` with `waiting`; what is nobody's own keeps its short way."""
    names = [Name("klub", "left_waiting"), Name("klub_left", "waiting"), Name("klub", "wait"), common("talks_held")]
    assert list(written(names).values()) == ["klub.left_waiting", "klub_left.waiting", "klub_wait", "talks_held"]
    both = written([Name("talks", "held"), common("talks_held")])
    assert set(both.values()) == {"talks.held", "talks_held"}


@pytest.mark.parametrize("name", [Name("klub", "wait"), Name("klub_left", "waiting"), common("exit_job")])
def test_the_dotted_way_is_always_read(name: Name) -> None:
    assert Name.read(name.dotted) == name


@pytest.mark.parametrize(
    "group",
    [ALLE, DIFFERENCE, Group("arm", "deltager"), arm_group("deltager", "nyborg"), Group("team", "projekt"), LAV,
     arm_group("deltager").among(LAV), Group("difference", "ny", "gammel"), DIFFERENCE.among(LAV),
     Group("difference", "ny", "gammel", "nyborg"), arm_group("alle", "nyborg")],
)  # fmt: skip
def test_a_group_is_read_as_it_is_written(group: Group) -> None:
    assert Group.read(str(group)) == group
    assert figure_of(["exit_job", list(group), 3]) == Figure("exit_job", group, 3)


def test_a_team_of_partners_is_no_arm() -> None:
    assert Group.read("a_kasse", ["a_kasse"]) == Group("partner", "a_kasse") != arm_group("a_kasse")
    assert arm_group("alle") == ALLE


def test_a_figure_of_partners_is_found_as_it_is_written() -> None:
    """In one replication as in a result."""
    result = run(load(SCENARIOS / "esbjerg_tidlig_indsats.yaml"), replications=1, workers=1)
    figures = [f for f in result.keys if f.group.kind == "partner" and f.time is None]
    assert figures
    for figure in figures:
        text = (result.names.write(figure.outcome), str(figure.group), None)
        assert result.replications[0].outcomes[text] == result.estimate(*text).value


def test_every_outcome_is_read_in_both_ways_and_means_one_thing() -> None:
    names = Names(world("klub", "klub_left"))
    assert len(set(names.texts)) == len(names.meanings)
    for outcome in names.meanings:
        assert names.read(names.write(outcome)) == names.read(outcome) == outcome


def test_what_is_misspelt_means_nothing() -> None:
    """It used to be the incidence of a first exit to whatever was written."""
    names = Names(make())
    assert names.read("anything_misspelt") not in names.meanings
    with pytest.raises(KeyError):
        names.meaning("anything_misspelt")


# --- what is counted is declared ------------------------------------------------------------------------------------


def test_counting_what_is_not_declared_fails() -> None:
    """A misspelt count used to be a 0 in a table."""
    scenario = world("klub", "anden")
    batch = build(scenario, [0])
    klub, _, praktik_, _ = open_interventions(scenario, batch)
    ids = np.arange(3)
    klub.count(0, "started", ids)
    for count, what in ((klub.count, "strated"), (klub.count, "held"), (praktik_.count, "members"), (batch.count, "x")):
        with pytest.raises(Undeclared, match=what):
            count(0, what, ids)


def test_outcomes_are_made_of_declared_counts() -> None:
    """Of every kind; and no two kinds count under one common name."""
    common: list[str] = []
    for kind in KINDS.values():
        settings = kind.settings
        common += settings.common_counts
        for each in (*settings.outcomes.values(), *settings.common_outcomes.values()):
            for some in (each.of, each.per):
                if some is not None:
                    assert {*some.plus, *some.less} <= {*settings.counts, *settings.common_counts}
    assert len(common) == len(set(common))


def test_kinds_come_in_the_order_of_the_list() -> None:
    kinds = [kind.settings for kind in KINDS.values()]
    there = list(kinds_of(world("klub", "anden")))
    assert there == [kind for kind in kinds if kind in there] and len(there) == 3


# --- no name of an intervention changes a figure ----------------------------------------------------------------------


def world(first: str, second: str, third: str = "praktik", talks: str = "samtaler") -> Scenario:
    """Two job clubs with few seats, a placement and talks under these names. Nothing in them is left to chance, for an
    intervention's chances go by its name; exits are, and they do not."""
    clubs = {
        name: jobklub(referral={arm: {"ready_week": week, "weekly": 1.0}}, seats=5)
        for name, arm, week in ((first, "a", 0), (second, "b", 2))
    }
    placement = {
        "kind": "praktik", "referral": {arm: {"ready_week": 12, "weekly": 1.0} for arm in ("a", "b")}, "places": 3,
        "matches_per_week": 2, "length_weeks": 4, "during": {"job": 0.5},
    }  # fmt: skip
    plan = {"arms": ["a", "b"], "every": [{"weeks": 3}]}
    return make(
        arms={"a": 1, "b": 1},
        weeks=40,
        follow_up=20,
        teams=TEAMS,
        intake={"persons": 60, "weeks": 8},
        exits={"job": {"level": 0.03}},
        interventions={**clubs, third: placement, talks: samtaler(plan)},
    )


PLAIN = {"klub": "en", "anden": "to", "sted": "tre", "tale": "fire"}


@pytest.mark.parametrize(
    "names",
    [
        {"klub": "klub", "anden": "klub_left"},  # klub_left_waiting is two counts
        {"anden": "klub", "klub": "klub_left"},
        {"tale": "talks"},  # talks_held is an outcome of all talks
        {"sted": "caseworker"},  # caseworker_wait is a count of everybody
        {"klub": "exit", "sted": "weeks", "tale": "no_time"},
        {"klub": "wait", "sted": "time_talks", "anden": "staff"},
    ],
)
def test_a_name_changes_no_figure(names: dict[str, str]) -> None:
    """Whatever interventions are called, every figure and every count is the same, in every replication."""
    called = {**PLAIN, **names}
    plain, named = (simulate(world(*(each[key] for key in PLAIN)), [0, 1]) for each in (PLAIN, called))
    for one, other in zip(plain, named, strict=True):
        assert figures(one, PLAIN) == pytest.approx(figures(other, called), nan_ok=True, abs=0, rel=0)
        counts = [{known(name, names): n.tolist() for name, n in r.counts.items()}
                  for r, names in ((one, PLAIN), (other, called))]  # fmt: skip
        assert counts[0] == counts[1]
    assert sum(value > 0 for (outcome, _, _), value in figures(plain[0], PLAIN).items() if "." in outcome) > 20


def known(name: Name, called: dict[str, str]) -> Name:
    """The name with the intervention by what it is, and not by what it is called."""
    return Name({text: key for key, text in called.items()}.get(name.intervention, name.intervention), name.what)


def figures(replication: Replication, called: dict[str, str]) -> dict[Figure, float]:
    """Every figure, with interventions by what they are."""
    return {
        figure._replace(outcome=known(Name.read(figure.outcome), called).dotted): value
        for figure, value in replication.outcomes.items()
    }


def test_thirty_one_offers_have_room() -> None:
    """Interventions that mark no offer take none of it."""
    offers = {f"praktik_{n}": placement_of_nobody() for n in range(31)}
    both = make(arms={"alle": 1}, interventions={**offers, "samtaler": samtaler()})
    assert build(both, [0]).offers == {name: number for number, name in enumerate(offers, start=1)}
    with pytest.raises(ValidationError, match="32 interventions have offers that the register shows"):
        make(interventions={**offers, "praktik_31": placement_of_nobody()})


def placement_of_nobody() -> dict[str, object]:
    return {
        "kind": "praktik", "referral": {"alle": {"ready_week": 1, "weekly": 0.0}}, "places": 1, "matches_per_week": 1,
        "length_weeks": 4,
    }  # fmt: skip
