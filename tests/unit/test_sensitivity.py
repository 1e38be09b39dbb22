"""On which assumption an answer hangs: against closed forms, what moves as one, both ends of every law, switches."""

from __future__ import annotations

import pathlib
from functools import partial

import numpy as np
import pytest

from simulation import load, sensitivity
from simulation.experiments.sensitivity.asked import question_of
from simulation.experiments.sensitivity.points import study_of, taken
from simulation.experiments.sensitivity.unknowns import bars, unknowns
from simulation.experiments.uncertain.design import drawn_of, unsure_of
from simulation.report.sensitivity.words import SWITCHES
from simulation.scenario.extremes import HIGH, LOW, extremes
from simulation.scenario.files.problems import InputProblems, Mark, Problem
from simulation.scenario.files.sourced import Origin
from simulation.scenario.laws import Counted, Law, Normal, Ranged, Tied
from simulation.scenario.switches import switch_of, switches
from simulation.scenario.unsure import Unsure
from simulation.world.spec import Spec
from simulation.world.switch import EFFECTS
from tests.calibration.test_fitted_values import JOB, toy
from tests.sweeps import MOVING, SMALL

UNSURE = {
    "level": "{value: 0.05, kind: evidence, source: test, se: 0.01}",
    "attendance": "{value: 0.8, kind: assumed, source: test, range: [0.6, 0.9]}",
}
OTHER = "  other: {level: {value: 0.02, kind: assumed, source: test, range: [0.005, 0.08]}}\n"
WEEKS = 16
ROOT = pathlib.Path(__file__).resolve().parents[2]


def write(folder: pathlib.Path, name: str = "a", other: str = OTHER, **values: str) -> pathlib.Path:
    path = folder / f"{name}.yaml"
    text = SMALL.format(**{**MOVING, **UNSURE, **values})
    path.write_text(text.replace("exits:\n", f"exits:\n{other}"), encoding="utf-8")
    return path


def closed_form() -> tuple[np.ndarray, np.ndarray]:
    """First and total indices of leaving within 16 weeks, 1 − g1 g2 with g = exp(−16 × level), by level."""
    even = (np.arange(4000) + 0.5) / 4000
    laws = Normal(0.05, 0.01, 0, 5, False), Ranged(0.005, 0.08, True, False)
    g = [np.exp(-WEEKS * np.array([law.drawn(lambda _, u=u: u, "") for u in even])) for law in laws]  # type: ignore[misc]
    mean, square = (np.array([(each**power).mean() for each in g]) for power in (1, 2))
    whole = square.prod() - mean.prod() ** 2
    spread = square - mean**2
    return spread * mean[::-1] ** 2 / whole, spread * square[::-1] / whole


def hold(folder: pathlib.Path, persons: int, samples: int) -> None:
    found = sensitivity(load(write(folder, persons=str(persons))), of="exit_any", samples=samples, replications=4)
    names = [unknown.name for unknown in found.study.unknowns]
    attendance = names.index("interventions.samtaler.channels.personlig.attendance")
    job, other = names.index(JOB), names.index("exits.other.level")
    s = found.indices
    assert s is not None and s.known
    for index, truth in zip((s.first, s.total), closed_form(), strict=True):
        for k, value in zip((job, other), truth, strict=True):
            assert index.low[k] <= value <= index.high[k], (names[k], value, index)
        assert index.value[attendance] == index.high[attendance] == 0.0
    assert [found.study.unknowns[k].name for k in found.order[:1]] == ["exits.other.level"]
    bar = next(moved for moved in found.tornado.bars if moved.bar.name == JOB)
    for e, level in ((bar.low, 0.05 - 1.96 * 0.01), (bar.high, 0.05 + 1.96 * 0.01)):
        gone = [1 - np.exp(-WEEKS * (rate + 0.02)) for rate in (0.05, level)]
        assert e.value == pytest.approx(gone[1] - gone[0], abs=4 * 0.5 / np.sqrt(4 * persons))
        assert e.low < e.value < e.high
    still = next(moved for moved in found.tornado.bars if moved.bar.name == names[attendance])
    assert not still.measurable and still.span == 0.0
    assert "It hangs most on exits.other.level" in found.answer() and found.table()["path"][0] == "exits.other.level"


def test_two_levels_have_the_shares_of_the_closed_form(tmp_path: pathlib.Path) -> None:
    """Shares that g1 g2 has lie within their intervals (95 %, at this seed all four), who has no part has exactly none,
    and at both ends the share who left is that of the level, within four standard errors of it."""
    hold(tmp_path, 200, 16)


@pytest.mark.slow
def test_and_in_a_large_sample(tmp_path: pathlib.Path) -> None:
    hold(tmp_path, 400, 128)


def test_the_difference_of_two_scenarios(tmp_path: pathlib.Path) -> None:
    """Staff does not change who leaves: the difference is nothing, hangs on nothing and has no shares. What the two
    differ in is not moved."""
    base = load(write(tmp_path, fte="{value: 2, kind: assumed, source: test, range: [1, 4]}"))
    found = sensitivity(base, base.with_({"teams.team.fte": 1}), of="exit_any", samples=0, replications=3)
    assert found.answer_at_point.value == 0.0 and not any(moved.measurable for moved in found.tornado.bars)
    assert "teams.team.fte" not in {moved.bar.name for moved in found.tornado.bars}
    assert "No single number moves it by more than luck." in found.answer() and found.indices is None
    left_out = dict(found.tables()["left_out"].itertuples(index=False))
    assert left_out["teams.team.fte"].startswith("it is the question")


def test_a_fit_moves_as_one_and_its_numbers_one_by_one(tmp_path: pathlib.Path) -> None:
    """Its four numbers have a bar each, and in the sample it is one unknown, however unknowns are grouped."""
    drawings = drawn_of([load(toy(tmp_path))], 8).drawings
    by_value = unknowns(drawings)
    fit = by_value[-1]
    assert fit.kind == "fitted" and len(fit.numbers) > 1
    moved = [bar for bar in bars(drawings) if bar.kind == "fitted"]
    assert [bar.name for bar in moved] == fit.numbers and all(bar.low < bar.written < bar.high for bar in moved)
    assert {each.kind for each in unknowns(drawings, "kind")} == {each.kind for each in by_value}
    parts = unknowns(drawings, "part")
    assert sum(len(each.numbers) for each in parts) == sum(len(each.numbers) for each in by_value)


def value(law: Law, written: object, name: str = "a") -> Unsure:
    return Unsure(name, written, law, "assumption", Origin(Mark("test", 1, 1)))


def test_ends_of_single_numbers_are_quantiles() -> None:
    for law, ends in (
        (Ranged(1, 3, False, False), (1.05, 2.95)), (Ranged(1, 100, True, False), (100**0.025, 100**0.975)),
        (Normal(2, 1, -9, 9, False), (2 - 1.959964, 2 + 1.959964)), (Ranged(1, 3, False, True), (1, 3)),
    ):  # fmt: skip
        (found,) = extremes(value(law, 2)).values()
        assert (found.low, found.high) == pytest.approx(ends) and found.at_low == {"a": found.low}


def test_ends_of_counted_shares_are_those_of_one_share_alone() -> None:
    """A beta distribution, here against many draws; the others keep their proportions."""
    law = Counted({"x": 0.5, "y": 0.3, "z": 0.2}, 40)
    found = extremes(value(law, law.shares))
    luck = np.random.default_rng(1)
    drawn = [law.drawn(lambda _: luck.uniform(), "a")["y"] for _ in range(4000)]
    assert list(found) == ["a.x", "a.y", "a.z"]
    assert (found["a.y"].low, found["a.y"].high) == pytest.approx(np.quantile(drawn, [LOW, HIGH]), abs=0.015)
    put = found["a.y"].at_high["a"]
    assert sum(put.values()) == pytest.approx(1) and put["x"] / put["z"] == pytest.approx(2.5)


def test_ends_of_tied_shares_leave_room_for_the_others() -> None:
    shares, wide = {"x": 0.5, "y": 0.3, "z": 0.2}, Ranged(0, 1, False, False)
    with_rest = extremes(value(Tied(shares, {"x": wide}, ("y", "z")), shares))
    assert list(with_rest) == ["x"] and with_rest["x"].at_low["y"] == pytest.approx((1 - LOW) * 0.6)
    all_ranged = Tied(shares, {"x": wide, "y": wide, "z": Ranged(0.1, 0.3, False, False)}, ())
    without = extremes(value(all_ranged, shares))
    assert list(without) == ["x", "y"]
    for each in without.values():
        for put in (each.at_low, each.at_high):
            assert sum(put.values()) == pytest.approx(1) and 0.1 - 1e-9 <= put["z"] <= 0.3 + 1e-9
    assert (without["x"].low, without["x"].high) == pytest.approx((0.4, 0.6))


@pytest.mark.parametrize("name", ["esbjerg_tidlig_indsats", "oevelse/opdigtet_by"])
def test_shipped_scenarios_can_do_without_their_mechanisms(name: str) -> None:
    """Each is what its field declares; without it the scenario is valid, and has no such switch any more."""
    loaded = load(f"scenarios/{name}.yaml")
    found = switches(loaded)
    assert {"displacement", "frailty", "between_jobcentres", "between_trials", "effects.samtaler"} <= set(found)
    for switch, put in found.items():
        assert switch not in switches(loaded.with_(put))
    assert loaded.with_(found["displacement"]).scenario.displaces is False
    assert all(exit_.frailty is None for exit_ in loaded.with_(found["frailty"]).scenario.exits.values())


def test_rows_that_a_scenario_refuses_are_made_anew_as_a_whole(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = load(write(tmp_path))
    ask = partial(question_of, [loaded])
    question = ask({"of": "exit_any", "samples": 16, "each": None, "by": "value", "switch": (), "replications": 2})
    before, refused = study_of([loaded], question), [0]
    at = type(loaded).at
    third = before.rows[0][2 * (len(before.unknowns) + 2) + 3]

    def at_but_one(scenario: object, values: dict[str, object]) -> object:
        if values == third:
            refused[0] += 1
            raise InputProblems([Problem("not together")])
        return at(scenario, values)  # type: ignore[arg-type]

    monkeypatch.setattr(type(loaded), "at", at_but_one)
    after = study_of([loaded], question)
    every = len(before.unknowns) + 2
    same = [one == other for one, other in zip(before.rows[0], after.rows[0], strict=True)]
    assert refused == [1] and after.anew == 1 and before.anew == 0
    assert not any(same[2 * every : 3 * every]) and all(same[: 2 * every]) and all(same[3 * every :])


def test_every_mechanism_has_words() -> None:
    """Of all that a scenario may have, in both languages; and no words are of what nothing declares."""
    parts, found = [Spec], set[str]()
    while parts:
        part = parts.pop()
        parts += part.__subclasses__()
        found |= {switch.name for field in part.model_fields.values() if (switch := switch_of(field)) is not None}
    assert found == {*SWITCHES, EFFECTS}
    assert all(label.en != label.da for label in SWITCHES.values())


def test_a_fitted_whole_number_has_whole_ends() -> None:
    """The persons of Esbjerg: an end between two numbers would be refused, and not be moved at all."""
    loaded = load(ROOT / "scenarios" / "esbjerg_tidlig_indsats.yaml")
    bar = next(bar for bar in bars(unsure_of([loaded], 1).drawings) if bar.name == "intake.persons")
    assert isinstance(bar.low, int) and isinstance(bar.high, int) and bar.low < bar.written < bar.high
    assert taken([loaded], bar, {}) and loaded.at(bar.puts[0][0]).scenario.intake.persons == bar.low
