"""The benchmark: its workloads, its ratios, what it keeps, and the capacity page."""

from __future__ import annotations

import json
import math
import pathlib

import pytest

from simulation import load
from tests.benchmarks import FOLDER, benchmark

figure, rounds, workload, capacity, bench = map(benchmark, ("figure", "rounds", "workload", "capacity", "bench"))
SCENARIO = workload.SCENARIOS / "bench" / "jobcentre_64.yaml"


def test_workload_at_its_own_size_is_the_scenario() -> None:
    written, made = load(SCENARIO).scenario, workload.jobcentre()
    assert made.persons() == written.persons()
    assert made.teams == written.teams and made.interventions == written.interventions
    assert (made.weeks, made.follow_up) == (written.weeks, written.follow_up)


def test_half_of_the_jobcentres_are_half_of_the_people_with_the_same_minutes_and_places_each() -> None:
    whole, half = workload.jobcentre(36_000), workload.jobcentre(18_000, centres=9)
    assert set(half.persons().values()) == set(whole.persons().values()) == {2_000}
    assert half.teams == whole.teams and half.interventions == whole.interventions


@pytest.mark.parametrize("persons", [10_000, 1_000_000])
def test_minutes_grow_with_people(persons: int) -> None:
    (team,) = workload.jobcentre(persons).teams.values()
    assert team.fte * team.minutes_per_week == pytest.approx(24.5 * persons / 18, rel=1e-3)


def test_more_offers_are_of_other_names() -> None:
    offers = workload.jobcentre(1_000, offers=3).interventions
    assert list(offers) == ["praktik", "samtaler", "praktik_2", "praktik_3"]
    assert offers["praktik"] == offers["praktik_3"]


def test_in_turn_the_last_goes_first_in_every_second_round() -> None:
    asked: list[str] = []

    def measure(name: str) -> str:
        asked.append(name)
        return name.upper()

    assert [rounds.in_turn("ab", measure, number) for number in range(2)] == [["A", "B"], ["A", "B"]]
    assert asked == ["a", "b", "b", "a"]


def test_a_ratio_is_of_the_same_round() -> None:
    """Where the machine gets slower from round to round, the ratio of the medians would not be that of any round."""
    found = rounds.figure("x", "x", "s", [[1.0, 0.5], [10.0, 4.0], [11.0, 6.6]])
    assert found.values == [10.0, 4.0]
    assert found.over == 0.5
    assert rounds.figure("x", "x", "s", [[1.0], [3.0], [2.0]]).over is None


def test_growth_is_an_exponent_for_each_checkout_with_its_ratio() -> None:
    """Of one whose time is in proportion to what grows, and of one whose time goes by its square."""
    growth = benchmark("part_growth")
    sizes = {"persons": 10_000, "weeks": 64, "centres": 18, "offers": 1}

    class Probe:
        def __init__(self, power: int) -> None:
            self.power = power

        def ask(self, what: str, **asked: int) -> dict[str, float]:
            return {"cpu": math.prod((asked.get(name, size) / size) ** self.power for name, size in sizes.items())}

    found = list(growth.growth(rounds.Bench([], None, 2, False, [Probe(1), Probe(2)])))
    assert [each.name.removeprefix("growth.") for each in found] == ["people", "many", "weeks", "centres", "offers"]
    for each in found:
        assert each.values == pytest.approx([1, 2]) and each.over == pytest.approx(2)


def test_figures_are_kept_one_by_one_and_held_against_those_of_the_same_processor(tmp_path: pathlib.Path) -> None:
    file = tmp_path / "new" / "bench.json"
    assert figure.kept(file) == {}
    one, other = (figure.Figure(name, name, "s", [2.0, 1.0], 0.5) for name in ("one", "other"))
    figure.keep(file, [one], {"processor": "A"}, ["before", "now"])
    figure.keep(file, [other], {"processor": "B"}, ["before", "now"])
    last = figure.kept(file)
    assert set(last) == {"one", "other"} and last["one"]["trees"] == ["before", "now"]
    assert figure.comparable(one, last, "A") == 1.0
    assert figure.comparable(one, last, "B") is None
    assert figure.comparable(figure.Figure("third", "", "s", [1.0]), last, "A") is None
    assert one.line(4.0).split()[-2:] == ["0.500", "0.250"]


def test_time_inside_of_another_part_counts_once(monkeypatch: pytest.MonkeyPatch) -> None:
    module, now = benchmark("run_in_parts"), [0.0]
    monkeypatch.setattr(module.time, "process_time", lambda: now[0])

    def lasts(seconds: float) -> None:
        now[0] += seconds

    parts: dict[str, float] = {}
    clock = module.Clock(parts)
    clock.start("summaries")
    lasts(1.0)
    engine = clock.around("engine", lasts)
    engine(4.0)
    lasts(2.0)
    engine(8.0)
    clock.start("tables")
    lasts(16.0)
    clock.start("")
    assert parts == {"summaries": 3.0, "engine": 12.0, "tables": 16.0}


def test_plan_says_what_is_measured_and_how_long_it_takes(capsys: pytest.CaptureFixture[str]) -> None:
    bench.main(["--plan"])
    said = capsys.readouterr().out
    assert all(part in said for part in bench.PARTS) and "minutes" in said
    bench.main(["--plan", "sizes", "--quick"])
    assert capsys.readouterr().out == "sizes: about 1 minute\n"


def test_a_probe_answers_and_tells_of_its_end() -> None:
    tree = benchmark("tree")
    probe = tree.Tree(FOLDER.parent, "now").probe()
    try:
        answer = probe.ask("jobcentre", persons=180, worlds=2, weeks=16)
        assert answer["weeks"] == 16 and answer["persons"] == 180
        assert answer["cpu"] > 0 and answer["wall"] > 0
        assert probe.ask("peak")["bytes"] > 2**20
        with pytest.raises(RuntimeError, match="ended early"):
            probe.ask("nothing")
    finally:
        probe.close()


def test_capacity_page_has_the_figures_that_are_shipped() -> None:
    text, shipped = capacity.PAGE.read_text(encoding="utf-8"), json.loads(capacity.SHIPPED.read_text(encoding="utf-8"))
    assert capacity.page(text, shipped) == text, "python benchmarks/capacity.py writes the page anew"


def test_capacity_is_arithmetic_of_what_was_measured() -> None:
    """A cost of 100 ns makes 1.04e13 weeks of persons 12.04 days on one core; of two workers each does nine tenths."""
    machine = {"processor": "P", "cores": 2, "python": "3", "numpy": "2", "day": "2026-01-01"}
    values = dict.fromkeys(capacity.NEEDED, 1.0) | {
        "jobcentre_64.1000000x1.ms": 6400.0, "kinds.4.ns": 1000.0, "workers.200": 1.8, "memory.measured": 1024.0,
        "kinds.paa_rette_vej_i_job.ns": 50.0, "memory.sent": 1024.0,
    }  # fmt: skip
    figures = {name: {"values": [99.0, value], "machine": machine} for name, value in values.items()}
    assert list(capacity.nanoseconds(figures).values()) == [100.0, 100.0, 1000.0]
    lines = capacity.reckoned(figures).splitlines()
    cells = [cell.strip() for cell in lines[2].split("|")]
    assert cells[2:6] == ["12.0 days", "3.2 hours", "1.9 minutes", "10 seconds"]
    assert "1.6 GiB in proportion to weeks" in lines[-3]
    assert "7 MiB before" in lines[-1] and "0.65 TiB" in lines[-1]
    with pytest.raises(KeyError, match=r"kinds\.4\.ns"):
        capacity.taken({name: figures[name] for name in figures if name != "kinds.4.ns"})
