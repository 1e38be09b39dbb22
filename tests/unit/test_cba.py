"""Who pays and who gains: sums by hand on a small world, intervals of ratios by brute force, what is told."""

from __future__ import annotations

import dataclasses
import pathlib

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.stats import t as student

from simulation import cba
from simulation.economy.cba.answer import assessed
from simulation.economy.cba.asked import _prices_at as prices_at
from simulation.economy.cba.asked import plan_of
from simulation.economy.cba.found import Assessed
from simulation.economy.cba.means import ratio
from simulation.economy.cba.running import Simulated, simulated
from simulation.economy.decision.drawn import drawn
from simulation.economy.prices import read_prices
from simulation.report.economy.screen import cba_screen
from simulation.report.economy.text import cba_answer, cba_columns
from simulation.report.economy.words import Telling
from simulation.report.screen import COLUMNS, LINES, Aside
from simulation.results.sobol import Part
from simulation.scenario.files.problems import InputProblems
from simulation.scenario.load import load
from simulation.world.labels import LANGUAGES, Language
from tests.priced import BENEFIT, HALF, STAFF, STATE, TAX, half_from_2028, number, write_priced


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Simulated, Assessed]:
    """The small world with one and with three caseworkers, simulated and assessed."""
    base, other, prices = write_priced(tmp_path_factory.mktemp("priced"))
    plan, account, trials = plan_of([load(base), load(other)], {
        "prices": str(prices), "replications": 4, "draws": 12, "trial": "100,400", "people": 1000,
    })  # fmt: skip
    found = simulated(plan)
    return found, assessed(plan, found, account, trials)


def test_sums_by_hand(both: tuple[Simulated, Assessed]) -> None:
    found, told = both
    base, other = found.written
    steps = {item.part: each - base.of[item] for item, each in other.of.items() if item.kind == "benefit"}
    weeks = sum(steps.values())
    staff = STAFF / 52 * 2 * np.array([13, 17])  # two more, whatever they do
    tax = TAX * BENEFIT * weeks
    state = tax * (1 - HALF) - sum(STATE[step] * BENEFIT * each for step, each in steps.items())
    kommune = tax * HALF - sum((1 - STATE[step]) * BENEFIT * each for step, each in steps.items()) - staff
    (against,) = told.against
    assert told.years == (2027, 2028) and told.weeks == (13, 17) and told.persons == 60
    for account, by_hand in (("stat", state), ("kommune", kommune), ("public", state + kommune),
                             ("borger", (1 - TAX) * BENEFIT * weeks), ("society", weeks * 0 - staff)):  # fmt: skip
        shown = [part.value for part in against.net[account]]  # type: ignore[index]
        assert shown == pytest.approx([*by_hand.mean(axis=0), by_hand.sum(axis=1).mean()], abs=0.05), account
    assert against.effort.value == pytest.approx(staff.sum(), abs=0.05)
    assert against.saved.value == pytest.approx((1 - TAX) * BENEFIT, abs=0.05)
    assert against.must_save.value == pytest.approx(7 * staff.sum() / 60 / ((1 - TAX) * BENEFIT), rel=1e-6)
    assert against.weeks.value == pytest.approx(weeks.sum(axis=1).mean() / 60) and against.weeks.value < 0
    public = (state + kommune).mean(axis=0)
    at_home = 1.25 * (-staff + 0.2 * public)  # the net tax factor, and what raising the money costs
    assert against.welfare.value == pytest.approx(at_home @ [1, 1 / 1.05], rel=1e-6)
    assert against.resources.value == pytest.approx(staff.sum(), abs=0.05) and against.production.value == 0


def test_each_year_is_priced_by_its_own_rules(both: tuple[Simulated, Assessed], tmp_path: pathlib.Path) -> None:
    """Two more on the staff are 20,000 kr a week: 13 weeks of 2027, and 17 of 2028, when the state pays half of them;
    by the rules of one year it pays half of all, or of nothing."""
    found, told = both
    base, other, file = write_priced(tmp_path)
    half_from_2028(file)
    loaded = [load(base), load(other)]
    for rules, years in ((None, (0, 17)), (2027, (0, 0)), (2028, (13, 17))):
        plan, account, _ = plan_of(loaded, {"prices": str(file), "rules_of": rules, "replications": 4})
        anew = assessed(plan, found, account)
        more = [part.value - before.value for part, before in
                zip(anew.against[0].net["kommune"][:2], told.against[0].net["kommune"][:2], strict=True)]  # fmt: skip
        assert more == pytest.approx([10_000 * weeks for weeks in years], abs=0.05), rules
        minds = [each for each in Telling(anew).minds() if each.startswith("priced by the rules of")]
        assert minds == ([f"priced by the rules of {rules}: {2027 + 2028 - rules}"] if rules else [])
        assert cba_answer(anew)["rules_of"] == {"2027": rules or 2027, "2028": rules or 2028}
    assert "prissat efter reglerne for 2027: 2028" in Telling(told, "da").minds()  # nothing is known of 2028 there
    assert len({plan_of(loaded, {"prices": str(file), "rules_of": rules, "replications": 4})[0].fingerprint
                for rules in (None, 2027, 2028)}) == 3  # fmt: skip
    with pytest.raises(InputProblems, match="2012 lies before 2016"):
        cba(*loaded, prices=str(file), rules_of=2012, replications=1)


def test_what_a_price_is_from_a_date_on_is_drawn_by_the_same_luck(tmp_path: pathlib.Path) -> None:
    """A benefit of 900 to 1100 kr, from 2028 on 1800 to 2200: in each draw the one is twice the other."""
    _, _, file = write_priced(tmp_path)
    old = f"{{price: {number(BENEFIT, 'kr a week', ', range: [900, 1100]')}"
    later = number(2 * BENEFIT, "kr a week", ", range: [1800, 2200]")
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, f"{old[:-1]}, from: {{2028-W01: {later}}}}}"), encoding="utf-8")
    prices = read_prices(file)
    drawn_at = prices_at(prices, 5, 40)
    pairs = np.array([[each[f"prices.benefit.dagpenge.price{date}"] for date in ("", ".from.2028-W01")]
                      for each in drawn_at])  # fmt: skip
    assert pairs[:, 1] == pytest.approx(2 * pairs[:, 0]) and np.unique(pairs[:, 0]).size == 40


def test_draws_have_prices_and_scenarios_of_their_own(both: tuple[Simulated, Assessed]) -> None:
    found, told = both
    assert told.sure is not None and len(found.drawn[0]) == 12
    prices = {values["prices.benefit.dagpenge.price"] for values in told.plan.prices_at}
    assert len(prices) == 12 and min(prices) > 700
    work = {float(each.of[next(iter(each.of))].sum()) for each in found.drawn[0]}
    assert len(work) > 6  # the level of exits is drawn as well
    assert told.sure.pays[0].value == 0 and told.sure.back[0].of_mean.value != told.sure.back[0].of_mean.value
    assert told.sure.worth is not None and [trial.size for trial in told.sure.worth.trials] == [100, 400]


def test_a_ratio_has_the_interval_of_fieller() -> None:
    """By brute force: those r at which the mean of one − r · other is not told from 0."""
    luck = np.random.default_rng(3)
    one, other = luck.normal(3, 2, 12), luck.normal(5, 2, 12)
    found = ratio(one, other)

    def excess(r: float) -> float:
        apart = one - r * other
        return float(abs(apart.mean()) - student.ppf(0.975, 11) * apart.std(ddof=1) / np.sqrt(12))

    assert found.value == pytest.approx(one.mean() / other.mean())
    assert found.low == pytest.approx(brentq(excess, found.value - 2, found.value))
    assert found.high == pytest.approx(brentq(excess, found.value, found.value + 2))
    assert np.isnan(ratio(one, luck.normal(0.1, 5, 12)).low) and np.isnan(ratio(one, np.zeros(12)).value)


def test_draws_that_take_turns_know_the_luck_of_all_replications() -> None:
    """Five sets of two replications, each with luck of its own: 95 % of intervals hold the truth, 0. As if all draws
    had the same two, hardly any would miss it, for two replications tell next to nothing."""
    luck = np.random.default_rng(1)
    inside = wide = 0
    for _ in range(300):
        sets = luck.normal(0, 1, (5, 2, 1))
        rows = sets[np.arange(40) // 2 % 5]
        part, alone = (drawn(rows, sharing=2, turns=turns) for turns in (5, 1))
        found = part.part(np.zeros(40) + part.mean[0], np.ones(1))
        inside += found.low <= 0 <= found.high
        wide += alone._times > 12 > 3 > part._times
    assert 270 <= inside <= 299  # at 95 %: 285 ± 3.8, four times
    assert wide == 300


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_told(both: tuple[Simulated, Assessed], language: Language) -> None:
    _, told = both
    shown = cba_screen(told, language, Aside("results/x", "new")).splitlines()
    assert len(shown) <= LINES and max(map(len, shown)) <= COLUMNS
    whole = cba_screen(told, language, Aside("results/x", "new"), in_full=True)
    expected = {
        "en": ("Over the run the public pays", "block grants", "13 weeks of 2027", "full-time weeks"),
        "da": ("Over kørslen betaler det offentlige", "bloktilskud", "13 uger af 2027", "fuldtidsuger"),
    }
    assert all(text.lower() in " ".join(whole.split()).lower() for text in expected[language])


def test_what_is_not_known_is_told_as_not_known(both: tuple[Simulated, Assessed]) -> None:
    """There are no hours in this world: no price of a year of work."""
    _, told = both
    assert np.isnan(told.against[0].per_work.value) and told.against[0].ratio.value == 0
    assert "year of work" not in " ".join(Telling(told).answer())


def test_in_python(tmp_path: pathlib.Path) -> None:
    base, other, prices = write_priced(tmp_path)
    found = cba(load(base), load(other), prices=str(prices), replications=2)
    assert found.sure is None and set(found.table()["account"]) >= {"stat", "kommune", "public", "society"}
    assert found.answer().startswith("Over the run the public pays")
    assert found.plot()._repr_png_()[1:4] == b"PNG"
    with pytest.raises(ValueError, match="give the base"):
        cba(load(base))


def test_a_year_of_53_weeks_of_which_the_run_has_52_is_told(tmp_path: pathlib.Path) -> None:
    """2026 has a week 53."""
    base, other, prices = write_priced(tmp_path)
    told = {}
    for weeks in (52, 53):
        settings = {"start": "2026-W01", "weeks": weeks, "intake.persons": 10}
        pair = (load(file).with_(settings) for file in (base, other))
        told[weeks] = " ".join(Telling(cba(*pair, prices=str(prices), replications=1)).minds())
    assert "the run has only 52 weeks of 2026" in told[52]
    assert "the run has only" not in told[53]


@pytest.mark.parametrize("language", LANGUAGES)
def test_draws_do_not_make_the_intervals_of_the_table_theirs(
    both: tuple[Simulated, Assessed], language: Language
) -> None:
    """The table is of the scenarios as written: without draws it has the same intervals, and they are called so."""
    found, told = both
    plan = dataclasses.replace(told.plan, prices_at=(), draws=())
    alone = assessed(plan, found, told.account)
    assert alone.sure is None and alone.against[0].net == told.against[0].net
    simulation = {"en": "[ ] is simulation error", "da": "[ ] er simulationsfejl"}[language]
    assert all(Telling(each, language).holds().startswith(simulation) for each in (alone, told))
    of_draws = {"en": "over draws: that of the draws", "da": "over trækninger: også"}[language]
    assert of_draws in Telling(told, language).holds() and of_draws not in Telling(alone, language).holds()


def test_what_a_column_means_is_told_for_every_table_that_has_it() -> None:
    """Columns of one name that are something else in another table."""
    columns = cba_columns()
    assert "value less cost" in columns["left"] and "share of the jobs" in columns["left"]
    assert "what a day on benefit costs" in columns["kr"] and "as it is" in columns["kr"]
    assert all("each account" in columns[name] for name in ("net", "pays"))
    assert not [name for name, text in columns.items() if text.startswith("the same")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_several_scenarios_side_by_side(tmp_path: pathlib.Path, language: Language) -> None:
    """Each sentence says which one it is of."""
    base, other, prices = write_priced(tmp_path)
    others = [load(other), load(other).with_({"teams.team.fte": 2}, name="One more")]
    found = cba(load(base), *others, prices=str(prices), replications=2)
    shown = found.summary(language).splitlines()
    assert len(shown) <= LINES and max(map(len, shown)) <= COLUMNS
    assert [line.split("  ")[0] for line in shown[2:4]] == ["Two more", "One more"]
    assert found.answer(language).count("Two more: ") == found.answer(language).count("One more: ") == 1
    two, one = (each.net["kommune"][-1].value for each in found.against)
    assert two < one < 0


def test_other_people_are_not_held_against_each_other(tmp_path: pathlib.Path) -> None:
    base, other, prices = write_priced(tmp_path)
    more = load(other).with_({"intake.persons": 70})
    with pytest.raises(InputProblems, match="it has 70 persons and the base 60"):
        plan_of([load(base), more], {"prices": str(prices)})


@pytest.mark.parametrize(("asked", "weeks"), [(None, 13), (0, 0), (5, 5)])
def test_notice_of_no_weeks_is_none(tmp_path: pathlib.Path, asked: int | None, weeks: int) -> None:
    base, other, prices = write_priced(tmp_path)
    plan, _, _ = plan_of([load(base), load(other)], {"prices": str(prices), "staff": "notice", "notice": asked})
    assert plan.notice_weeks == weeks


def test_no_chance_is_told_where_nothing_changes(both: tuple[Simulated, Assessed]) -> None:
    """Employers have no part in this world: equal counts half, and "a chance of 50 %" would be untrue."""
    found, told = both
    of_employers = assessed(told.plan, found, "arbejdsgiver")
    shown = " ".join(Telling(of_employers).answer())
    assert shown.startswith("For employers nothing changes.") and "with a chance" not in shown
    assert "it pays with a chance of 0 % [" in " ".join(Telling(told).answer())


@pytest.mark.parametrize(("public", "cost", "sentence"), [
    (Part(5e6, 1e6, 9e6), Part(-2.5e6, -5e6, -5e5),
     "There is more work (+2.0 [+1.0; +3.0] full-time years) and the public saves."),
    (Part(5e6, -1e6, 9e6), Part(-2.5e6, -5e6, 1e6),
     "There is more work (+2.0 [+1.0; +3.0] full-time years); whether that costs the public anything is not "
     "measurable."),
    (Part(-5e6, -9e6, -1e6), Part(2.5e6, 5e5, 5e6),
     "A full-time year of work more costs the public 2.50 million kr [0.50; 5.00]."),
])  # fmt: skip
def test_the_public_saves_only_where_that_is_told_from_nothing(
    both: tuple[Simulated, Assessed], public: Part, cost: Part, sentence: str
) -> None:
    _, told = both
    (each,) = told.against
    more = dataclasses.replace(
        each, work=Part(2, 1, 3), per_work=cost, net={**each.net, "public": [public]}
    )
    assert list(Telling(told).work(more)) == [sentence]


M = 1e6
NONE, UNSURE = Part(0.0, 0.0, 0.0), Part(1 * M, -2 * M, 4 * M)


def up(size: float) -> Part:
    """A number that is told from 0."""
    return Part(size * M, *sorted((0.5 * size * M, 1.5 * size * M)))


@pytest.mark.parametrize(("resources", "production", "ratio", "sentence"), [
    (up(2), up(4), Part(2, 1.5, 2.5),
     "For each krone of resources that is used more, 2.00 [1.50; 2.50] kr more is produced."),
    (up(-2), up(-4), Part(2, 1.5, 2.5),
     "For each krone of resources that is saved, 2.00 [1.50; 2.50] kr less is produced."),
    (up(2), up(-4), Part(-2, -2.5, -1.5),
     "More resources are used (+2.00 million kr [+1.00; +3.00]), and less is produced (−4.00 million kr "
     "[−6.00; −2.00])."),
    (up(-2), up(4), Part(-2, -2.5, -1.5),
     "Fewer resources are used (−2.00 million kr [−3.00; −1.00]), and more is produced (+4.00 million kr "
     "[+2.00; +6.00])."),
    (up(-2), UNSURE, Part(-0.5, -2, 1),
     "Whether more or less is produced is not measurable (+1.00 million kr [−2.00; +4.00])."),
    (up(-2), NONE, Part(0, 0, 0), None),
    (UNSURE, up(2), Part(np.nan, np.nan, np.nan), None),
])  # fmt: skip
def test_production_is_held_against_resources_only_where_both_are_told_from_nothing(
    both: tuple[Simulated, Assessed], resources: Part, production: Part, ratio: Part, sentence: str | None
) -> None:
    """No "saved −0.38 kr less is produced": each side is told by its own sign."""
    (each,) = both[1].against
    told = dataclasses.replace(each, resources=resources, production=production, ratio=ratio)
    assert list(Telling(both[1]).produced(told)) == ([] if sentence is None else [sentence])


@pytest.mark.parametrize(("years", "whole", "english", "danish"), [
    ((-2, 5), up(3), "gains 3.00 million kr [1.50; 4.50]. It is paid back in 2028.", "Det er tjent ind i 2028."),
    ((1, 2), up(3), "It gains from 2027 on.", "Det giver overskud fra 2027."),
    ((-2, -1), up(-3), "pays 3.00 million kr [1.50; 4.50] more. It is not paid back by 2028, when the run ends.",
     "Det er ikke tjent ind i 2028, hvor kørslen slutter."),
    ((1, -4), up(-3), "What is gained at first is lost again by 2028.", "Det, der vindes først, er tabt igen i 2028."),
    ((-2, 3), UNSURE, "Whether there is a gain or a loss for the public over the run is not measurable "
     "(+1.00 million kr [−2.00; +4.00]).", "er ikke målbart (+1,00 mio. kr. [−2,00; +4,00])."),
])  # fmt: skip
def test_what_is_gained_and_when(
    both: tuple[Simulated, Assessed], years: tuple[float, float], whole: Part, english: str, danish: str
) -> None:
    (each,) = both[1].against
    told = dataclasses.replace(each, net={**each.net, "public": [*map(up, years), whole]})
    for language, sentence in (("en", english), ("da", danish)):
        assert " ".join(Telling(both[1], language).pays(told)).endswith(sentence)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_replication_has_no_interval_and_says_so(tmp_path: pathlib.Path, language: Language) -> None:
    base, other, prices = write_priced(tmp_path)
    found = cba(load(base), load(other), prices=str(prices), replications=1)
    told = " ".join(Telling(found, language).answer())
    assert ("one replication does not tell" if language == "en" else "kan én gentagelse ikke vise") in told
    assert "measurable" not in told and "målbar" not in told
    begins = {"en": "One replication has", "da": "Én gentagelse har"}[language]
    assert Telling(found, language).holds().startswith(begins)
