"""On which number what is gained hangs: bars by assessments of their own, what is left out, what is told."""

from __future__ import annotations

import dataclasses
import pathlib

import pytest

from simulation import cba
from simulation.economy.cba import asked as asking
from simulation.economy.cba.assumed import of_prices, of_scenarios
from simulation.economy.cba.found import Assessed
from simulation.experiments.sensitivity.moved import Moved, Tornado
from simulation.report.economy.figures import cba_pictures
from simulation.report.economy.hanging import hanging
from simulation.report.economy.money import Money
from simulation.report.economy.screen import cba_screen
from simulation.report.economy.text import cba_tables
from simulation.report.screen import Aside
from simulation.results.intervals import ANY, NAN, Estimate
from simulation.scenario.files.problems import InputProblems
from simulation.scenario.load import Loaded, load
from simulation.world.labels import LANGUAGES, Language
from tests.priced import PRICES, write_priced

LEVEL, BENEFIT = "exits.job.level", "prices: prices.benefit.dagpenge.price"
AT_ENDS = 2


@dataclasses.dataclass
class World:
    """The small world with one and with three caseworkers, its prices, and a tornado of it."""

    base: Loaded
    other: Loaded
    prices: pathlib.Path
    found: Assessed

    @property
    def tornado(self) -> Tornado:
        """That of the one scenario."""
        (tornado,) = self.found.tornadoes
        return tornado

    def bar(self, name: str) -> Moved:
        """Of one number."""
        return next(moved for moved in self.tornado.bars if moved.bar.name == name)

    def gain(self, base: Loaded, other: Loaded, replications: int, prices: pathlib.Path | None = None) -> float:
        """What the public gains, discounted, by an assessment that knows of no tornado."""
        (against,) = cba(base, other, prices=str(prices or self.prices), replications=replications).against
        first, second, _ = (part.value for part in against.net["public"])
        return first + second / 1.05


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    base, other, prices = write_priced(tmp_path_factory.mktemp("tornado"))
    found = cba(load(base), load(other), prices=str(prices), replications=4, tornado=AT_ENDS)
    return World(load(base), load(other), prices, found)


def test_it_is_around_what_is_gained_as_written(world: World) -> None:
    assert world.tornado.at.value == pytest.approx(world.gain(world.base, world.other, 4), abs=0.05)
    assert {moved.bar.name for moved in world.tornado.bars} == {LEVEL, BENEFIT}


def test_a_number_of_a_scenario_is_simulated_at_both_ends_in_both_scenarios(world: World) -> None:
    """As two assessments at that level less the one as written find it, by the same few replications."""
    moved, at = world.bar(LEVEL), world.gain(world.base, world.other, AT_ENDS)
    for e, level in zip(moved.ends, (moved.bar.low, moved.bar.high), strict=True):
        both = (each.with_({LEVEL: level}) for each in (world.base, world.other))
        assert e.value == pytest.approx(world.gain(*both, AT_ENDS) - at, abs=0.1) and e.of == AT_ENDS
        assert e.value != 0
    ratio = 0.07 / 0.03  # of the middle 95 % of a range whose logarithm is drawn evenly
    assert [moved.bar.low, moved.bar.high] == pytest.approx([0.03 * ratio**0.025, 0.03 * ratio**0.975])


def test_a_price_is_moved_in_everything_that_was_simulated(world: World, tmp_path: pathlib.Path) -> None:
    moved, at = world.bar(BENEFIT), world.gain(world.base, world.other, 4)
    for e, price in zip(moved.ends, (moved.bar.low, moved.bar.high), strict=True):
        (tmp_path / "moved.yaml").write_text(PRICES.replace("value: 1000.0, unit: kr a week", f"value: {price!r}, "
                                                            "unit: kr a week"))  # fmt: skip
        gained = world.gain(world.base, world.other, 4, tmp_path / "moved.yaml")
        assert e.value == pytest.approx(gained - at, abs=0.1) and e.of == 4
    times = (1000 - moved.bar.low) / (moved.bar.high - 1000)
    assert moved.low.value == pytest.approx(-moved.high.value * times, rel=1e-4)


def test_a_price_is_moved_from_all_its_dates_on(world: World, tmp_path: pathlib.Path) -> None:
    """Half of the weeks of a year have another price: both go to their own ends, in one bar."""
    later = "from: {2027-W27: {value: 2000, unit: kr a week, kind: assumed, source: x, range: [1600, 2500]}}"
    prices = tmp_path / "dated.yaml"
    prices.write_text(PRICES.replace("range: [900, 1100]", f"range: [900, 1100], {later}"))
    found = cba(world.base, world.other, prices=str(prices), replications=2, tornado=2)
    moved = next(each for each in found.tornadoes[0].bars if each.bar.name == BENEFIT)
    assert moved.bar.places == 2 and [len(end[0]) for end in moved.bar.puts] == [2, 2]
    low, high = (sorted(end[0].values()) for end in moved.bar.puts)  # type: ignore[type-var]
    assert low == pytest.approx([900 + 0.025 * 200, 1600 + 0.025 * 900])
    assert high == pytest.approx([900 + 0.975 * 200, 1600 + 0.975 * 900])
    text = prices.read_text().replace("value: 1000.0, unit: kr a week", f"value: {low[0]}, unit: kr a week")
    (tmp_path / "moved.yaml").write_text(text.replace("value: 2000", f"value: {low[1]}"))
    at, end = (world.gain(world.base, world.other, 2, tmp_path / f"{name}.yaml") for name in ("dated", "moved"))
    assert moved.low.value == pytest.approx(end - at, abs=0.1)


def test_prices_that_nothing_is_paid_by_are_not_in_it(world: World, tmp_path: pathlib.Path) -> None:
    """A pension is paid to nobody here. Of a range that is no range, and of a share whose other share does not follow,
    it is told why they are not moved."""
    pension = ("prices:\n  pension: {foertidspension: {price: {value: 900, unit: kr a week, kind: assumed, source: x, "
               "range: [1, 9000]}, year: 2027, paid: {kommune: {value: 1, unit: share, kind: assumed, source: x, "
               "range: [0.5, 1]}}, to: borger}}\n")  # fmt: skip
    prices = tmp_path / "more.yaml"
    prices.write_text(PRICES.replace("prices:\n", pension, 1))
    found = cba(world.base, world.other, prices=str(prices), replications=2, tornado=2)
    names = {moved.bar.name for moved in found.tornadoes[0].bars}
    assert names == {LEVEL, BENEFIT} and found.plan.moving is not None
    share = "prices: prices.pension.foertidspension.paid.kommune"
    assert share in found.plan.moving.left_out and share in set(cba_tables(found)["left_out"]["unknown"])


def test_of_society_it_is_welfare_which_key_figures_move(world: World, tmp_path: pathlib.Path) -> None:
    """A factor that all is multiplied by moves the gain in proportion; the rate of discount moves the second year."""
    prices = tmp_path / "society.yaml"
    text = PRICES.replace("value: 1.25, unit: factor, kind: assumed, source: invented",
                          "value: 1.25, unit: factor, kind: assumed, source: invented, range: [1, 2]")  # fmt: skip
    assert text != PRICES
    prices.write_text(text)
    found = cba(world.base, world.other, prices=str(prices), replications=3, tornado=2, perspective="society")
    (tornado,), (against,) = found.tornadoes, found.against
    assert tornado.at == pytest.approx([*against.welfare, *tornado.at[3:]], nan_ok=True)
    factor = next(moved for moved in tornado.bars if moved.bar.name.endswith("net_tax_factor"))
    assert factor.low.value == pytest.approx((factor.bar.low / 1.25 - 1) * tornado.at.value)
    assert factor.high.value == pytest.approx((factor.bar.high / 1.25 - 1) * tornado.at.value)


def test_several_scenarios_have_one_each(world: World) -> None:
    """Each is that of the scenario alone, and has a picture; the answer says whose it is."""
    more = world.other.with_({"teams.team.fte": 2}, name="One more")
    found = cba(world.base, more, world.other, prices=str(world.prices), replications=4, tornado=AT_ENDS)
    assert [moved.low for moved in found.tornadoes[1].bars] == [moved.low for moved in world.tornado.bars]
    assert list(found.tornado_table()["scenario"]) == ["One more"] * 2 + ["Two more"] * 2
    assert {"tornado1", "tornado2"} <= dict(cba_pictures(found)).keys()
    assert all(" ".join(hanging(Money(found), number)) in found.answer() for number in (0, 1))


def test_what_scenarios_differ_in_is_not_moved(tmp_path: pathlib.Path) -> None:
    base, other, prices = write_priced(tmp_path)
    unsure = "{value: 1, kind: assumed, source: invented, range: [1, 4]}"
    base.write_text(base.read_text().replace("fte: 1", f"fte: {unsure}"))
    found = cba(load(base), load(other), prices=str(prices), replications=2, tornado=2)
    assert found.plan.moving is not None
    assert found.plan.moving.left_out["teams.team.fte"].startswith("it is the question")
    assert "teams.team.fte" not in {moved.bar.name for moved in found.tornadoes[0].bars}


def test_without_anything_unsure_in_scenarios_prices_are_moved_all_the_same(tmp_path: pathlib.Path) -> None:
    base, other, prices = write_priced(tmp_path)
    base.write_text(base.read_text().replace("range: [0.03, 0.07]", "range: [0.05, 0.05]"))
    found = cba(load(base), load(other), prices=str(prices), replications=2, tornado=2)
    assert [moved.bar.name for moved in found.tornadoes[0].bars] == [BENEFIT]


@pytest.mark.parametrize("tornado", [1, 5])
def test_as_many_replications_as_tell_luck_and_are_there(tmp_path: pathlib.Path, tornado: int) -> None:
    base, other, prices = write_priced(tmp_path)
    with pytest.raises(InputProblems, match=r"2 or more .*, and at most --replications, 4"):
        cba(load(base), load(other), prices=str(prices), replications=4, tornado=tornado)


def test_a_plan_simulates_nothing(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So no report, no `verify` and no `resume` does for it."""
    monkeypatch.setattr("simulation.week.run", None)
    monkeypatch.setattr("simulation.large.run_batch", None)
    base, other, prices = write_priced(tmp_path)
    plan, _, _ = asking.plan_of([load(base), load(other)], {"prices": str(prices), "draws": 4, "tornado": 2})
    assert len(plan.wanted) == 2 * (1 + 4 + 2)


def known(value: float, half: float) -> Estimate:
    """A mean with an interval of this half width."""
    return Estimate(value, value - half, value + half, NAN, NAN, NAN, 4, 4)


AT = known(2e6, 5e5)
TURNS = (known(-4e6, 3e5), known(1e6, 3e5))
TO_NOTHING = (known(-2e6, 3e5), known(1e5, 3e5))
STAYS = (known(-3e5, 1e5), known(1e5, 1e5))
UP = (known(5e6, 3e5), known(1e6, 3e5))
LUCK = (known(-3e6, 4e6), known(1e6, 4e6))


@pytest.mark.parametrize(("ends", "sentences"), [
    ([TURNS, STAYS], ["The result hangs most on a, which can turn it alone.",
                      "As that number goes from 1 to 2, the discounted gain goes from −2.00 million kr "
                      "[−2.58; −1.42] to +3.00 million kr"]),
    ([TO_NOTHING], ["The result hangs most on a, at one end of which nothing measurable is left of it."]),
    ([STAYS], ["The result hangs most on a; no single number turns it."]),
    ([TURNS, TURNS], ["The result hangs most on a, which can turn it alone, as one other can."]),
    ([(known(-6e6, 7e6), known(5e6, 1e6)), TURNS], ["The result hangs most on a; b can turn it alone."]),
    ([UP, TO_NOTHING], ["The result hangs most on a; at one end of b nothing measurable is left of it."]),
    ([LUCK], ["No single number moves the result by more than luck."]),
    ([LUCK, STAYS], ["The result hangs most on b; no single number turns it."]),
])  # fmt: skip
def test_what_is_told(world: World, ends: list[tuple[Estimate, Estimate]], sentences: list[str]) -> None:
    bars = [dataclasses.replace(world.bar(LEVEL).bar, name=name, low=1.0, high=2.0) for name in "ab"]
    moved = [Moved(bar, *each) for bar, each in zip(bars, ends, strict=False)]
    found = dataclasses.replace(world.found, tornadoes=[Tornado(AT, moved, ANY, True)])
    shown = " ".join(hanging(Money(found), 0))
    assert all(sentence in shown for sentence in sentences), shown
    assert len([*hanging(Money(found, "da"), 0)]) == len([*hanging(Money(found), 0)])


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_in_the_answer_and_a_picture(world: World, language: Language) -> None:
    assert " ".join(hanging(Money(world.found, language), 0)) in world.found.answer(language)
    table = cba_screen(world.found, language, Aside("results/x", "new"), in_full=True).splitlines()
    assert all(any(line.startswith(name) and " – " in line for line in table)
               for name in (LEVEL, BENEFIT.replace(" prices.", " ")))  # fmt: skip
    picture = dict(cba_pictures(world.found, language))["tornado"]
    (panel,) = picture.axes
    assert len(panel.patches) == 2 * len(world.tornado.bars)  # a bar for each end
    wide = {round(patch.get_width(), 6) for patch in panel.patches}
    assert wide == {round(e.value / 1000, 6) for moved in world.tornado.bars for e in moved.ends}


def test_how_many_numbers_are_assumed_by_hand(world: World) -> None:
    """The price of dagpenge and of staff, who pays it, the two parts of the tax, both shares of the two steps of
    refusion that people come to, and three key figures: all of them are assumed."""
    assert of_prices(world.found) == (1 + 1 + 1 + 2 + 2 * 2 + 3,) * 2
    assert of_scenarios(world.found).assumed == of_scenarios(world.found).all
    published = PRICES.replace("kind: assumed", "kind: published", 1)  # the discount rate
    assert published != PRICES
    world.prices.with_name("published.yaml").write_text(published)
    found = cba(world.base, world.other, prices=str(world.prices.with_name("published.yaml")), replications=2)
    assert of_prices(found) == (11, 12)
