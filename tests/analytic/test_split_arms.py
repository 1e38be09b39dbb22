"""An arm is split in two by one line: its parts together are the arm as it was, person by person."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import yaml

from simulation import Loaded, load
from simulation import run as run_scenario
from simulation.experiments.spread import drawn_values
from simulation.report.text import run_table
from simulation.results.citations import citation_problems
from simulation.results.measures.replication import simulate, summarise
from simulation.results.names import DIFFERENCE, Figure, Group, Names, arm_group
from simulation.scenario.files.problems import InputProblems
from simulation.week import run
from tests.reference.tables import third

SCENARIOS = Path(__file__).parents[2] / "scenarios"
SPLITS = {
    "base_kontanthjaelp": {"alle": {"ny": 1, "gammel": 1}},
    "paa_rette_vej_i_job": {"deltager": {"ny": 1, "gammel": 3}},
    "paa_rette_vej_tilskud": {"deltager": {"ny": 1, "gammel": 2}},
    "aht_tidlig_start": {"deltager": {"ny": 1, "gammel": 1}, "kontrol": {"k1": 1, "k2": 4}, "k2": {"k3": 1, "k4": 1}},
    "fleksjob_andre_aktoerer": {"kommune": {"ny": 2, "gammel": 1}},
    "esbjerg_tidlig_indsats": {"projekt": {"ny": 1, "gammel": 1}},
}


def overlay(tmp_path: Path, name: str, **said: object) -> Loaded:
    """A shipped scenario with a line more."""
    path = tmp_path / "overlay.yaml"
    whole = {"version": 2, "extends": str(SCENARIOS / f"{name}.yaml"), "name": "split", **said}
    path.write_text(yaml.safe_dump(whole, sort_keys=False), "utf-8")
    return load(path)


@pytest.mark.parametrize("name", third([*SPLITS], 0))
def test_the_parts_together_are_the_arm_as_it_was(name: str, tmp_path: Path) -> None:
    """Every week of everybody, every count, and every figure that the unsplit scenario has."""
    before, after = load(SCENARIOS / f"{name}.yaml"), overlay(tmp_path, name, split=SPLITS[name])
    assert not citation_problems(after)
    parts = after.scenario.parts
    was, now = run(before.scenario, [0]), run(after.scenario, [0])
    assert (was.register.codes == now.register.codes).all()
    for n, arm in enumerate(before.scenario.arms):
        assert ((was.ledige.arm == n) == now.among([arm], {})).all()
        numbers = [list(after.scenario.arms).index(part) for part in parts[arm]]
        shares = np.bincount(now.ledige.arm, minlength=len(after.scenario.arms))[numbers]
        assert (shares > 0).all()
    runs = (before.scenario, was), (after.scenario, now)
    told, told_again = (summarise(scenario, [0], world, 0.0)[0].outcomes for scenario, world in runs)
    for figure, value in told.items():
        assert told_again[figure] == pytest.approx(value, rel=1e-12, nan_ok=True), figure  # sums of other parts


def test_counts_of_the_parts_add_up(tmp_path: Path) -> None:
    told = simulate(overlay(tmp_path, "paa_rette_vej_i_job", split=SPLITS["paa_rette_vej_i_job"]).scenario, [0])[0]
    for outcome in ("praktik.referred", "praktik.started"):
        parts = [told.outcomes[Figure(outcome, arm_group(arm))] for arm in ("ny", "gammel")]
        assert min(parts) > 0 and sum(parts) == told.outcomes[Figure(outcome, arm_group("deltager"))]


def test_what_is_fitted_for_an_arm_goes_with_it(tmp_path: Path) -> None:
    """Two parts, or another name: the values are those of the arm, and so is what is drawn for `--posterior`."""
    before = load(SCENARIOS / "base_kontanthjaelp.yaml")
    after = overlay(tmp_path, "base_kontanthjaelp", split={"alle": {"ny": 1, "gammel": 1}})
    rule = before.scenario.interventions["praktik"].referral["alle"]  # type: ignore[attr-defined]
    referral = after.scenario.interventions["praktik"].referral  # type: ignore[attr-defined]
    assert dict(referral) == {"ny": rule, "gammel": rule}
    assert drawn_values(after, 10) == drawn_values(before, 10)


def test_a_part_has_what_is_said_of_it_on_top(tmp_path: Path) -> None:
    said = {"praktik": {"referral": {"ny": {"weekly": 0.25}}}}
    loaded = overlay(tmp_path, "base_kontanthjaelp", split={"alle": {"ny": 1, "gammel": 1}}, interventions=said)
    for changed in (loaded, loaded.with_({"interventions.praktik.referral.gammel.weekly": 0.5})):
        referral = changed.scenario.interventions["praktik"].referral  # type: ignore[attr-defined]
        assert referral["ny"].weekly == 0.25 and referral["gammel"].weekly != 0.25
        assert referral["ny"].never_ready == referral["gammel"].never_ready > 0
    assert referral["gammel"].weekly == 0.5


def test_another_name_is_a_split_into_one(tmp_path: Path) -> None:
    """Lives and figures are the same, the published ones are still of that arm, and the subsidy is."""
    before = load(SCENARIOS / "paa_rette_vej_tilskud.yaml")
    after = overlay(tmp_path, "paa_rette_vej_tilskud", split={"deltager": {"indsats": 1}})
    assert list(after.scenario.arms) == ["indsats", "kontrol"]
    assert Names(after.scenario).group("deltager") == arm_group("indsats") and not citation_problems(after)
    told, again = (simulate(loaded.scenario, [0])[0].outcomes for loaded in (before, after))
    assert len(told) == len(again)
    for (outcome, group, time), value in told.items():
        renamed = group._replace(name="indsats") if group.name == "deltager" else group
        assert again[Figure(outcome, renamed, time)] == pytest.approx(value, nan_ok=True, abs=0, rel=0)


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"split": {"andre": {"ny": 1}}}, "there is no arm 'andre' to split; there is alle"),
        ({"split": {"all": {"ny": 1}}}, "did you mean 'alle'?"),
        ({"split": {"alle": {"alle": 1, "ny": 1}}}, "there is an arm 'alle' already"),
        ({"split": {"alle": {"ny": 1, "x": 1}, "x": {"ny": 2}}}, "'ny' is a part of alle already"),
        ({"split": {"alle": {"ny": 1}, "ny": {"x": 1}, "x": {"ny": 1}}}, "'ny' is a part of alle already"),
        ({"split": {"alle": {}}}, "at least 1"),
        ({"split": {"alle": {"ny": 0}}}, "must be 1e-06 or more"),
        ({"split": {"alle": {"ny": "en"}}}, "must be a number"),
        ({"split": {"alle": ["ny"]}}, "must be a mapping"),
        ({"split": {"alle": {"Ny": 1}}}, "'Ny' cannot be a name here"),
        ({"split": {"alle": {f"a{n}": 1 for n in range(9)}}}, "at most 8"),
        ({"split": {"alle": {"difference": 1, "ny": 1}}}, "'difference' is the name of a group"),
        ({"reference": "kontrol"}, "reference: there is no arm 'kontrol'"),
        ({"arms": {"alle": None, "ny": 1, "gammel": 1}}, "by `split: {alle: {ny: 1, gammel: 1}}` instead of `arms:`"),
        (
            {"split": {"alle": {"ny": 1}}, "interventions": {"praktik": {"referral": {"ny": {"weekly": "fitted"}}}}},
            "leave it out: ny has what is fitted for alle",
        ),
    ],
)
def test_a_split_that_cannot_be(said: dict[str, object], message: str, tmp_path: Path) -> None:
    with pytest.raises(InputProblems) as refused:
        overlay(tmp_path, "base_kontanthjaelp", **said)
    assert message in str(refused.value) and all(problem.mark for problem in refused.value.problems)


ARMS3 = {"arms": {"alle": None, "a": 1, "b": 2, "c": 1}}


def three(tmp_path: Path, **said: object) -> Loaded:
    """Three arms of one kind."""
    interventions = {
        "praktik": {"referral": {"alle": None, **{arm: {"ready_week": 4, "weekly": 0.1} for arm in "abc"}}},
        "samtaler": {"plans": {"ordinaer": {"arms": ["a", "b", "c"]}}},
    }
    return overlay(tmp_path, "base_kontanthjaelp", **ARMS3, interventions=interventions, **said)


def test_of_three_arms_all_pairs_are_compared(tmp_path: Path) -> None:
    """The last one is what the others are held against; its course over weeks is known, too."""
    told = simulate(three(tmp_path).scenario, [0])[0].outcomes
    pairs = [Group("difference", *pair) for pair in ("ab", "ac", "bc")]
    assert list(dict.fromkeys(f.group for f in told if f.group.kind == "difference")) == pairs
    for pair in pairs:
        values = [told[Figure("weeks_to_exit", arm_group(arm))] for arm in (pair.name, pair.part)]
        assert told[Figure("weeks_to_exit", pair)] == values[0] - values[1]
        assert (Figure("exit_job", pair, 10) in told) == (pair.part == "c")


def test_every_arm_stands_beside_the_reference_on_the_screen(tmp_path: Path) -> None:
    """Not the first and the last alone; pairs of others are in the table. Parts stand beside what they are parts of."""
    result = run_scenario(three(tmp_path), 2)
    head = [cell.strip() for cell in run_table(result).splitlines()[0].split("  ") if cell.strip()]
    assert head == ["outcome", "a", "b", "c", "a − c", "b − c", "published"]
    assert {"a-b", "a-c", "b-c"} <= set(result.table()["group"])
    loaded = overlay(tmp_path, "paa_rette_vej_i_job", split={"deltager": {"ny": 1, "gammel": 1}})
    head = [cell.strip() for cell in run_table(run_scenario(loaded, 1)).splitlines()[0].split("  ") if cell.strip()]
    assert head == [
        "outcome", "ny", "gammel", "kontrol", "deltager", "deltager − kontrol", "ny − kontrol", "gammel − kontrol",
        "published",
    ]  # fmt: skip


def test_the_reference_is_said_not_guessed(tmp_path: Path) -> None:
    names = Names(three(tmp_path, reference="a").scenario)
    assert [str(group) for group in names.contrasts] == ["b-c", "b-a", "c-a"]
    assert names.group("difference") == names.group("b-a") == Group("difference", "b", "a")
    two = overlay(tmp_path, "paa_rette_vej_i_job", reference="deltager")
    assert Names(two.scenario).contrasts == {DIFFERENCE: (arm_group("kontrol"), arm_group("deltager"))}
    told, usual = (simulate(each.scenario, [0])[0].outcomes
                   for each in (two, load(SCENARIOS / "paa_rette_vej_i_job.yaml")))  # fmt: skip
    figure = Figure("talk_share", DIFFERENCE)
    assert told[figure] == -usual[figure] != 0


def test_a_split_leaves_the_difference_what_it_was(tmp_path: Path) -> None:
    names = Names(overlay(tmp_path, "paa_rette_vej_i_job", split={"deltager": {"ny": 1, "gammel": 1}}).scenario)
    assert names.contrasts[DIFFERENCE] == (arm_group("deltager"), arm_group("kontrol"))
    assert [str(group) for group in names.contrasts] == ["difference", "ny-gammel", "ny-kontrol", "gammel-kontrol"]
