"""The clock of refusion: ten histories worked out by hand, a reckoning person by person, and the same in a workbook."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from simulation.economy.clock import REFUSION, Clock, Refusion
from simulation.economy.items import BY_EMPLOYER, OVER_18_MONTHS, STEPS, Item
from simulation.economy.people import Lived, lived
from simulation.economy.prices import read_prices
from simulation.economy.years import years_of
from simulation.large import run_batch
from tests.helpers import make
from tests.refusion import HISTORIES, RATE, START, STATES, WEEKS, YEARS, History, Paid, dp, past, scenario, workbook


@pytest.fixture(scope="module")
def each() -> dict[str, Lived]:
    """What the register of every history says."""
    chosen, calendar = scenario(), years_of(START, WEEKS)
    world = past(chosen)
    rows = np.arange(len(HISTORIES))
    return {name: lived(chosen, world, calendar - YEARS[0], rows == row) for row, name in enumerate(HISTORIES)}


def paid_in(found: Lived) -> Paid:
    """Person-weeks by year, benefit and step, where there are any."""
    return {
        (year, item.name, item.part): float(weeks)
        for item, array in found.of.items() if item.kind in ("benefit", "pension")
        for year, weeks in zip(YEARS, array[0], strict=True) if weeks
    }  # fmt: skip


@pytest.mark.parametrize("name", HISTORIES)
def test_a_history_is_as_worked_out_by_hand(name: str, each: dict[str, Lived]) -> None:
    """Weeks by step and year, and hours that are not of ordinary jobs."""
    assert paid_in(each[name]) == pytest.approx(HISTORIES[name].paid)
    hours = {
        (year, item.name): int(number)
        for item, array in each[name].of.items() if item.kind == "hours" and item.name != "ordinary"
        for year, number in zip(YEARS, array[0], strict=True) if number
    }  # fmt: skip
    assert hours == HISTORIES[name].hours


def test_ordinary_hours_and_years(each: dict[str, Lived]) -> None:
    """53 weeks of 2020 begin in week 31; a job of 37 hours goes on to the end."""
    assert Counter(years_of(START, WEEKS).tolist()) == {2020: 23, 2021: 52, 2022: 52, 2023: 52, 2024: 52}
    ordinary = {i.name: a for i, a in each["uge 4 og 5"].of.items() if i.kind == "hours"}["ordinary"]
    assert ordinary[0].tolist() == [18 * 37, *[52 * 37] * 4]


def test_subsidised_work_may_count() -> None:
    """The other reading: 26 weeks with løntilskud after 3 with dagpenge make the next week the 30th, step 3."""
    chosen, calendar = scenario(), years_of(START, WEEKS)
    only = np.array([name == "loentilskud" for name in HISTORIES])
    found = lived(chosen, past(chosen), calendar - YEARS[0], only, Refusion(subsidised_counts=True))
    assert paid_in(found) == {(2020, "dagpenge", "1"): 3, (2021, "dagpenge", "3"): 2}


def test_weeks_before_enrolment_count() -> None:
    """Who is enrolled after 3 weeks has one more at the first step, who comes after 30 is at the third from the
    start; those weeks come from what the intake says, by level."""
    levels = {"ny": {"share": 0.5}, "gammel": {"share": 0.5}}
    chosen = make(
        weeks=6, benefit="dagpenge", exits={"job": {"level": 0}}, subgroups={"tid": levels},
        intake={"persons": 40, "weeks": 1, "elapsed_weeks": 0,
                "elapsed_by": {"of": "tid", "weeks": {"ny": 3, "gammel": 30}}},
    )  # fmt: skip
    world = run_batch(chosen, [0])
    found = lived(chosen, world, np.zeros(6, dtype=np.int64), np.ones(40, dtype=bool))
    new = int((world.ledige.subgroup["tid"] == 0).sum())
    weeks = {item.part: int(array[0, 0]) for item, array in found.of.items() if item.kind == "benefit"}
    assert 0 < new < 40 and weeks == {"1": new, "2": 5 * new, "3": 6 * (40 - new), "4": 0}


def over(**years: int) -> Paid:
    """Weeks on ledighedsydelse beyond 18 months, by year written as y2020."""
    return {(int(year[1:]), "ledighedsydelse", OVER_18_MONTHS): weeks for year, weeks in years.items()}


LONG_STAYS = {
    "i traek": History(  # 78 weeks, and 6 more
        (("ledighedsydelse", 84), ("job", 1)),
        dp("ledighedsydelse", y2020=(4, 19), y2021=(0, 3, 26, 23), y2022=(0, 0, 0, 3)) | over(y2022=6), {},
    ),
    "med fleksjob imellem": History(  # in 40 weeks and 44
        (("ledighedsydelse", 40), ("fleksjob", 20), ("ledighedsydelse", 44), ("job", 1)),
        dp("ledighedsydelse", y2020=(4, 19), y2021=(0, 3, 26, 3), y2022=(0, 0, 0, 23)) | over(y2022=6)
        | dp("fleksloentilskud", y2021=(0, 0, 20)), {},
    ),
    "efter sygedagpenge": History(  # those 10 weeks are of the clock, and not of the 18 months
        (("sygedagpenge", 10), ("ledighedsydelse", 80), ("job", 1)),
        dp("sygedagpenge", y2020=(4, 6)) | over(y2022=2)
        | dp("ledighedsydelse", y2020=(0, 13), y2021=(0, 3, 26, 23), y2022=(0, 0, 0, 13)), {},
    ),
    "efter et aars job": History(  # the clock starts anew, and the 18 months with it
        (("ledighedsydelse", 70), ("job", 52), ("ledighedsydelse", 70), ("job", 1)),
        dp("ledighedsydelse", y2020=(4, 19), y2021=(0, 3, 26, 18), y2022=(4, 1), y2023=(0, 21, 26, 5),
           y2024=(0, 0, 0, 13)), {},
    ),
}  # fmt: skip



def paid_by_employer(**years: int) -> Paid:
    """Weeks on sygedagpenge that an employer pays, by year written as y2020."""
    return {(int(year[1:]), "sygedagpenge", BY_EMPLOYER): weeks for year, weeks in years.items()}


ILL = {
    "syg fra job": History(  # the clock begins in the fifth week
        (("job", 10), ("sygedagpenge", 6), ("job", 1)), paid_by_employer(y2020=4) | dp("sygedagpenge", y2020=(2,)), {}
    ),
    "syg efter syv uger": History(
        (("job", 7), ("sygedagpenge", 5), ("job", 1)), dp("sygedagpenge", y2020=(4, 1)), {}
    ),
    "syg igen": History(  # she has had 5 weeks of the clock, and has the sixth after four that the employer pays
        (("sygedagpenge", 5), ("job", 20), ("sygedagpenge", 6), ("job", 1)),
        dp("sygedagpenge", y2020=(4, 1), y2021=(0, 2)) | paid_by_employer(y2021=4), {},
    ),
    "kort tilbage i job": History(  # after 5 weeks in the job no employer pays, after 8 he does
        (("job", 8), ("sygedagpenge", 2), ("job", 5), ("sygedagpenge", 3), ("job", 8), ("sygedagpenge", 5), ("job", 1)),
        paid_by_employer(y2020=2, y2021=4) | dp("sygedagpenge", y2020=(3,), y2021=(1,)), {},
    ),
    "syg fra fleksjob": History(
        (("fleksjob", 10), ("sygedagpenge", 5), ("job", 1)),
        dp("sygedagpenge", y2020=(4, 1)) | dp("fleksloentilskud", y2020=(10,)), {},
    ),
    "syg fra dagpenge": History((("dagpenge", 10), ("sygedagpenge", 5), ("job", 1)),
                                dp("dagpenge", y2020=(4, 6)) | dp("sygedagpenge", y2020=(0, 5)), {}),
}  # fmt: skip


@pytest.mark.parametrize("name", ILL)
def test_an_employer_pays_the_first_weeks_of_who_falls_ill_in_a_job(name: str) -> None:
    """As worked out by hand."""
    chosen, calendar = scenario(), years_of(START, WEEKS)
    only = np.arange(len(HISTORIES)) == list(ILL).index(name)
    assert paid_in(lived(chosen, past(chosen, ILL), calendar - YEARS[0], only)) == pytest.approx(ILL[name].paid)


@pytest.mark.parametrize("name", LONG_STAYS)
def test_ledighedsydelse_beyond_18_months_is_counted_apart(name: str) -> None:
    """As worked out by hand."""
    chosen, calendar = scenario(), years_of(START, WEEKS)
    only = np.arange(len(HISTORIES)) == list(LONG_STAYS).index(name)
    found = lived(chosen, past(chosen, LONG_STAYS), calendar - YEARS[0], only)
    assert paid_in(found) == pytest.approx(LONG_STAYS[name].paid)


def test_weeks_before_enrolment_are_of_the_18_months() -> None:
    """Who is enrolled on ledighedsydelse after 76 weeks has two at the fourth step, and four beyond 18 months."""
    chosen = make(weeks=6, benefit="ledighedsydelse", exits={"job": {"level": 0}},
                  intake={"persons": 3, "weeks": 1, "elapsed_weeks": 76})  # fmt: skip
    found = lived(chosen, run_batch(chosen, [0]), np.zeros(6, dtype=np.int64), np.ones(3, dtype=bool))
    weeks = {item.part: int(array[0, 0]) for item, array in found.of.items() if item.kind == "benefit"}
    assert weeks == {"1": 0, "2": 0, "3": 0, "4": 6, OVER_18_MONTHS: 12}


def test_the_municipality_pays_long_stays_alone_only_where_a_file_says_so(tmp_path: Path) -> None:
    """Of the shipped prices the state pays a fifth of them, as at step 4; of a file that has it from 2022 on, nothing
    of 2022, and a fifth of 2021."""
    shipped, item = read_prices("shipped/dk_2025"), Item("benefit", "ledighedsydelse", OVER_18_MONTHS)
    assert shipped.of(item, 2024, 2025) == shipped.of(item._replace(part="4"), 2024, 2025)
    own = tmp_path / "own.yaml"
    steps = ", ".join(f"{step}: {{stat: {1 - each:.1f}, kommune: {each}}}" for step, each in
                      zip(STEPS, (0.2, 0.6, 0.7, 0.8), strict=True))  # fmt: skip
    own.write_text(f"""version: 1
name: Own
extends: shipped/dk_2025
refusion:
  value: {{{steps}}}
  unit: share
  kind: rule
  source: the act
  from:
    2022-W01:
      value: {{{steps}, over_18_months: {{kommune: 1}}}}
      unit: share
      kind: assumed
      source: ours
""", encoding="utf-8")  # fmt: skip
    prices = read_prices(own)
    state = {year: sum(flow.share for flow in prices.of(item, year, 2025).flows if flow.payer == "stat")
             for year in (2021, 2022, 2024)}  # fmt: skip
    assert state == pytest.approx({2021: 0.2, 2022: 0, 2024: 0})
    assert prices.of(item._replace(part="4"), 2024, 2025) == shipped.of(item._replace(part="4"), 2024, 2025)


BENEFIT, SUPPORT = 1, 2


def by_hand(weeks: list[int], before: int, rules: Refusion) -> list[int]:
    """The steps of one person, reckoned from her weeks anew each time: 0 neither, 1 with benefit, 2 self-support."""
    steps, anew, count = [], -1, before
    for now in range(len(weeks)):
        lately = weeks[max(anew + 1, now - rules.within_weeks + 1) : now + 1]
        if lately.count(SUPPORT) >= rules.support_weeks:
            anew, before = now, 0
        count = before + weeks[anew + 1 : now + 1].count(BENEFIT)
        steps.append(sum(count > most for most in rules.after))
    return steps


lives = some.lists(some.tuples(some.sampled_from([0, 1, 2]), some.integers(1, 9)), min_size=1, max_size=12)


@settings(max_examples=50)
@given(some.lists(some.tuples(lives, some.integers(0, 12)), min_size=1, max_size=5))
def test_the_clock_goes_as_for_one_person(people: list[tuple[list[tuple[int, int]], int]]) -> None:
    """Everybody at once is the same as each alone, with rules so short that all of them matter."""
    rules = Refusion(after=(2, 4, 7), support_weeks=5, within_weeks=12)
    weeks = [[what for what, long in life for _ in range(long)] for life, _ in people]
    longest = max(map(len, weeks))
    table = np.array([each + [0] * (longest - len(each)) for each in weeks])
    clock = Clock(np.array([before for _, before in people]), rules)
    steps = np.array([clock.week(week == BENEFIT, week == SUPPORT) for week in table.T]).T
    for row, (each, (_, before)) in enumerate(zip(weeks, people, strict=True)):
        assert steps[row, : len(each)].tolist() == by_hand(each, before, rules)


def test_self_support_out_of_the_three_years_does_not_set_back() -> None:
    """51 weeks, then 105 with benefit: the 52nd week of self-support is one of 156, and sets back; a week later the
    first of them is out of the three years, and it does not."""
    for on_benefit, step in ((104, 0), (105, 3)):
        weeks = [SUPPORT] * 51 + [BENEFIT] * on_benefit + [SUPPORT, BENEFIT]
        clock = Clock(np.array([0]))
        for what in weeks:
            found = clock.week(np.array([what == BENEFIT]), np.array([what == SUPPORT]))
        assert found[0] == step == by_hand(weeks, 0, REFUSION)[-1], on_benefit


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice recalculates, and is not installed")
def test_libreoffice_reckons_the_same(tmp_path: Path, each: dict[str, Lived]) -> None:
    """The workbook of the histories, recalculated: every week paid at its step, and the municipality's kroner."""
    written, out = tmp_path / "histories.xlsx", tmp_path / "out"
    workbook().save(written)
    convert = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "xlsx"]
    subprocess.run([*convert, "--outdir", str(out), str(written)], check=True, capture_output=True, timeout=300)
    book = openpyxl.load_workbook(out / "histories.xlsx", data_only=True)
    shares = {"": 1.0, "1": 0.2, "2": 0.6, "3": 0.7, "4": 0.8}
    for name, history in HISTORIES.items():
        found: Paid = {}
        kroner: Counter[int] = Counter()
        rows = list(book[name].iter_rows(min_row=2, values_only=True))
        assert len(rows) == WEEKS
        for _, _, year, state, *_, step, benefit, part, _, own, hours, _ in rows:
            assert hours == STATES["" if state == "-" else state].hours
            if benefit:
                key = (year, benefit, "" if benefit == "foertidspension" else str(step))
                found[key] = found.get(key, 0) + part
                kroner[year] += own
        assert found == pytest.approx(paid_in(each[name])), name
        assert found == pytest.approx(history.paid), name
        by_steps: Counter[int] = Counter()
        for (year, _, step), weeks in history.paid.items():
            by_steps[year] += RATE * weeks * shares[step]
        assert dict(kroner) == pytest.approx(dict(by_steps)), name
