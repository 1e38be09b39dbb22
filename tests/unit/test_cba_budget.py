"""The controller's table: lines that add up to the øre, and years that the run does not have."""

from __future__ import annotations

import math
import pathlib
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from simulation import cba
from simulation.economy.accounts import OERE, Accounts, Entry, accounts_of
from simulation.economy.cba.answer import assessed
from simulation.economy.cba.asked import plan_of
from simulation.economy.cba.budget import MADE_OF, budget_of, first_whole, line_of, lines_of, spans_of
from simulation.economy.cba.found import Assessed
from simulation.economy.cba.running import Simulated
from simulation.economy.items import KINDS, Item
from simulation.economy.parties import PARTIES, PUBLIC, SOCIETY
from simulation.report.economy.budget_words import of_years
from simulation.report.economy.screen import cba_screen
from simulation.report.economy.words import Telling
from simulation.report.screen import Aside
from simulation.scenario.files.problems import InputProblems
from simulation.scenario.load import load
from simulation.world.labels import LANGUAGES, Language
from tests.priced import (
    BENEFIT,
    COURSE,
    COURSES,
    HALF,
    IT,
    STAFF,
    STATE,
    TAX,
    budgeted,
    write_once,
)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Simulated, Assessed]:
    return budgeted(tmp_path_factory.mktemp("once"))


def kroner(told: Assessed, account: str, line: str, block: int = 0) -> list[float]:
    """The values of a row."""
    return [part.value for part in told.budget.blocks[block].kroner[account][line]]  # type: ignore[index]


def test_lines_by_hand(both: tuple[Simulated, Assessed]) -> None:
    """2027 has 13 weeks of the run and 2028 has 17; the courses are of 2027 and the IT is of 2028."""
    found, told = both
    base, other = found.written
    steps = {item.part: (each - base.of[item]).mean(axis=0)
             for item, each in other.of.items() if item.kind == "benefit"}  # fmt: skip
    benefit = {step: BENEFIT * each for step, each in steps.items()}
    own = -sum((1 - STATE[step]) * each for step, each in benefit.items())
    of_state = -sum(STATE[step] * each for step, each in benefit.items())
    tax = TAX * HALF * sum(benefit.values())
    staff, once = -STAFF / 52 * 2 * np.array([13, 17]), np.array([-COURSE * COURSES, -IT])
    assert told.budget.year == 2027 and [span.name for span in told.budget.spans] == ["2027", "2028", "2029", "2030"]
    by_hand = {
        "kommune": {"once": once, "staff": staff, "benefits": own, "taxes": tax},
        "stat": {"benefits": of_state, "taxes": tax},
    }
    for account, lines in by_hand.items():
        shown = told.budget.blocks[0].kroner[account]
        assert list(shown) == [*lines, "net", "until"]
        for line, values in {**lines, "net": sum(lines.values())}.items():
            assert kroner(told, account, line)[:2] == pytest.approx(list(values), abs=0.05), (account, line)
        assert kroner(told, account, "until")[1] == pytest.approx(sum(sum(lines.values())), abs=0.05)
        assert all(math.isnan(value) for line in shown for value in kroner(told, account, line)[2:])
    assert told.budget.more_weeks == 35 + 52 + 52  # 2028 has 52 weeks, of which the run has 17
    assert told.against[0].effort.value == pytest.approx(-(staff + once).sum(), abs=0.05)
    assert told.against[0].resources.value == pytest.approx(-(staff + once).sum(), abs=0.05)


def test_lines_agree_with_the_net_of_every_account(both: tuple[Simulated, Assessed]) -> None:
    _, told = both
    table, net = told.budget.table(), told.table()
    shown = table[(table["of"] == "difference") & (table["line"] == "net") & table["kr"].notna()]
    whole = net[net["year"] != "all"]
    assert len(shown) == len(whole) and set(shown["account"]) == set(whole["account"])
    merged = pd.merge(shown, whole, on=["scenario", "account", "year"], suffixes=("", "_net"))
    assert len(merged) == len(whole)
    for column in ("kr", "kr_low", "kr_high"):
        assert merged[column].to_numpy() == pytest.approx(merged[f"{column}_net"].to_numpy(), abs=0.004)


def test_of_random_accounts_every_krone_is_in_one_line() -> None:
    """To the øre, in every replication and year, for every party and for the public; and the levels of a scenario less
    those of the base are the difference."""
    luck = np.random.default_rng(4)
    parties = [*PARTIES, SOCIETY]

    def random_accounts() -> Accounts:
        entries = {}
        for _ in range(200):
            payer, receiver = luck.choice(parties, 2, replace=False)
            entries[Entry(str(payer), str(receiver), Item(luck.choice(KINDS), "x"))] = luck.integers(-9, 9, (3, 4))
        return Accounts(3, (2026, 2027, 2028, 2029), entries)

    one, other = random_accounts(), random_accounts()
    for who, net in (*(((party,), one.net(party)) for party in PARTIES), (PUBLIC, one.public)):
        lines = lines_of(one, who)
        assert set(lines) == set(MADE_OF) and np.array_equal(sum(lines.values()), net)
    more = other.minus(one)
    found = budget_of([("x", "difference", more), ("base", "level", one), ("x", "level", other)], (53, 52, 52, 52),
                      "2026-W01", 2026, 2026)  # fmt: skip
    apart, before, after = (each.kroner["kommune"]["until"] for each in found.blocks)
    assert [a.value for a in apart] == pytest.approx([b.value - c.value for b, c in zip(after, before, strict=True)])
    assert [a.value for a in apart] == pytest.approx(np.cumsum(more.net("kommune").mean(axis=0)) / OERE)
    assert not found.more_weeks


@pytest.mark.parametrize(("entry", "line"), [
    (Entry("borger", "stat", Item("benefit", "dagpenge", "1")), "taxes"),
    (Entry("stat", "borger", Item("benefit", "dagpenge", "1")), "benefits"),
    (Entry("kommune", "borger", Item("pension", "foertidspension")), "benefits"),
    (Entry("kommune", "arbejdsgiver", Item("hours", "loentilskud")), "work"),
    (Entry("borger", "kommune", Item("hours", "ordinary")), "taxes"),
    (Entry("kommune", "personale", Item("staff", "team")), "staff"),
    (Entry("kommune", "anden_aktoer", Item("fee", "team")), "effort"),
    (Entry("kommune", "anden_aktoer", Item("once", "it")), "once"),
])  # fmt: skip
def test_what_an_entry_is_for(entry: Entry, line: str) -> None:
    assert line_of(entry) == line


def test_years_before_and_after_have_columns_of_their_own() -> None:
    """A run from 2025-W40 to the end of 2031, 2026 with 53 weeks."""
    years, weeks = range(2025, 2032), [13, 53, 52, 52, 52, 52, 52]
    assert first_whole(years, weeks) == 2026 and first_whole([2025, 2026], [13, 52]) == 2025
    spans = spans_of(years, weeks, 2026)
    assert [span.name for span in spans] == ["before", "2026", "2027", "2028", "2029", "after"]
    assert [span.places for span in spans] == [(0,), (1,), (2,), (3,), (4,), (5, 6)]
    assert [(span.weeks, span.whole) for span in spans[:2]] == [(13, 52), (53, 53)]
    early = spans_of([2025, 2026], [13, 30], 2024)
    assert [(span.name, span.weeks, span.known) for span in early] == [
        ("2024", 0, False), ("2025", 13, True), ("2026", 30, True), ("2027", 0, False)]  # fmt: skip


def test_what_gathers_begins_with_the_run() -> None:
    accounts = Accounts(2, (2025, 2026), {Entry("kommune", "personale", Item("staff", "team")): np.full((2, 2), 100)})
    found = budget_of([("x", "difference", accounts)], (13, 30), "2025-W40", 2024, 2025)
    lines = found.blocks[0].kroner["kommune"]
    for line, values in (("net", [-1, -1]), ("until", [-1, -2])):
        first, *known, last = [part.value for part in lines[line]]  # type: ignore[index]
        assert known == values and math.isnan(first) and math.isnan(last)
    assert found.more_weeks == 23 + 52  # to the end of 2027; 2026 has 53 weeks


@pytest.mark.parametrize("year", [2023, 2029, 2040])
def test_four_years_of_which_the_run_has_none_are_refused(tmp_path: pathlib.Path, year: int) -> None:
    base, other, prices = write_once(tmp_path)
    with pytest.raises(InputProblems, match=f"the run has 2027 to 2028, so nothing of {year} to {year + 3}"):
        plan_of([load(base), load(other)], {"prices": str(prices), "budget_year": year})


def test_weeks_of_each_arm_add_up_to_those_of_all(both: tuple[Simulated, Assessed]) -> None:
    found, told = both
    base = found.written[0]
    weeks = sum(each for item, each in base.of.items() if item.kind == "benefit")
    assert base.arms["alle"] * 60 == pytest.approx(weeks)
    assert told.against[0].arms["alle"].value == pytest.approx(7 * told.against[0].weeks.value)


def test_a_day_on_benefit_by_hand(both: tuple[Simulated, Assessed]) -> None:
    found, told = both
    base, other = found.written
    days = {(day.account, day.days, day.counting): day.kroner.value for day in told.against[0].days}
    of_base = {item.part: each.sum(axis=1).mean() for item, each in base.of.items() if item.kind == "benefit"}
    apart = {item.part: each.sum(axis=1).mean() - of_base[item.part]
             for item, each in other.of.items() if item.kind == "benefit"}  # fmt: skip
    for name, weeks in (("all", of_base), ("changed", apart)):
        own = BENEFIT / 7 * sum((1 - STATE[step]) * n for step, n in weeks.items()) / sum(weeks.values())
        assert days["kommune", name, "benefit"] == pytest.approx(own, rel=1e-6)
        assert days["kommune", name, "less_tax"] == pytest.approx(own - TAX * HALF * BENEFIT / 7, rel=1e-6)
        assert days["public", name, "benefit"] == pytest.approx(BENEFIT / 7, rel=1e-6)
        assert days["public", name, "less_tax"] == pytest.approx((1 - TAX) * BENEFIT / 7, rel=1e-6)
    assert days["public", "changed", "with_work"] == days["public", "changed", "less_tax"]  # nobody has hours here
    assert ("public", "all", "with_work") not in days


def test_how_sure_it_is_for_each_payer_is_what_is_told_of_the_one_that_decides(
    both: tuple[Simulated, Assessed],
) -> None:
    found, told = both
    for account in ("public", "kommune", "society"):
        sure = assessed(told.plan, found, account).sure  # type: ignore[arg-type]
        (payer,) = (each for each in told.payers if each.account == account)
        assert sure is not None and payer.pays == sure.pays[0]
        assert payer.net == pytest.approx(sure.nets[0]) and payer.back.of_mean == pytest.approx(
            sure.back[0].of_mean, nan_ok=True)  # fmt: skip
        cost = sure.places[0].cost_of_draws
        assert (payer.middle.low, payer.middle.high) == pytest.approx((-cost.high, -cost.low), rel=1e-3)


def test_displacement_that_leaves_nothing_by_hand(both: tuple[Simulated, Assessed]) -> None:
    """Of the gain beside the effort so much may be lost that what is left pays for the effort alone."""
    _, told = both
    (each,) = told.against
    effort, public = each.effort.value, each.net["public"][-1].value
    assert (1 - each.displaced.value) * (public + effort) == pytest.approx(effort)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_on_the_screen(both: tuple[Simulated, Assessed], language: Language) -> None:
    _, told = both
    shown = " ".join(cba_screen(told, language, Aside("results/x", "new"), in_full=True).split())
    expected = {
        "en": ("One-off costs −30 −250 – –", "Weeks that the run has 13 of 52 17 of 52 0 of 52 0 of 52",
               "with --set weeks=169 it has (139 weeks more)", "Nobody new comes after 2027-W49",
               "Municipality: a loss, not made up for by 2028",
               "under all that is unsure a gain with a chance of 0.0 %"),
        "da": ("Engangsudgifter −30 −250 – –", "det gør den med --set weeks=169 (139 uger mere)",
               "Uger i kørslen 13 af 52", "Ydelser efter refusion",
               "Der kommer ingen nye efter 2027-W49", "Kommune: et tab, som ikke er indhentet i 2028"),
    }  # fmt: skip
    assert not [text for text in expected[language] if text not in shown], shown
    first = cba_screen(told, language, Aside("results/x", "new"))
    assert "13 of 52" not in first and "13 af 52" not in first


@pytest.mark.parametrize(("year", "told"), [
    (2024, []),
    (2025, ["begins in 2027-W40", "not all of 2028 to 2028: with --set weeks=65 it has (35 weeks more)"]),
    (2027, ["begins in 2027-W40", "not all of 2028 to 2030"]),
    (2028, ["not all of 2028 to 2031"]),
])  # fmt: skip
def test_more_weeks_are_promised_only_of_years_that_the_run_begins_before(
    both: tuple[Simulated, Assessed], year: int, told: list[str]
) -> None:
    """The run begins in 2027-W40 and has 30 weeks: however long it is, it has no more of 2027 and nothing of 2025."""
    found, base = both
    accounts = [accounts_of(each, base.plan.prices, base.plan.way, 2027) for each in found.written]
    weeks = found.written[0].weeks
    budget = budget_of([("a", "level", each) for each in accounts], weeks, "2027-W40", year, 2027)
    said = " ".join(of_years(Telling(replace(base, budget=budget))))
    assert not [text for text in told if text not in said], said
    assert ("begins in" in said) == (year < 2028) and f"not all of {min(year, 2027)} to" not in said


@pytest.mark.parametrize("whose", ["personale", "anden_aktoer"])
def test_whoever_gives_as_much_as_is_paid_is_not_told_that_nothing_changes(tmp_path: pathlib.Path, whose: str) -> None:
    """Two more posts and two things paid once: the net of both is 0, and much changes for them."""
    base, other, prices = write_once(tmp_path)
    found = cba(load(base), load(other), prices=str(prices), replications=2, perspective=whose)
    assert kroner(found, whose, "net")[:2] == [0, 0]
    assert "neither gain nor loss" in found.answer() and "nothing changes" not in found.answer()
    assert "hverken gevinst eller tab" in found.answer("da")
    unseen = cba(load(base), load(other), prices=str(prices), replications=2, perspective="a_kasse")
    assert "For the a-kasse nothing changes." in unseen.answer()


def test_one_replication_has_no_interval(tmp_path: pathlib.Path) -> None:
    base, other, prices = write_once(tmp_path)
    found = cba(load(base), load(other), prices=str(prices), replications=1)
    assert "how much of it is luck, one replication does not tell" in found.answer()
    assert "kan én gentagelse ikke vise" in found.answer("da")
