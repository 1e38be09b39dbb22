"""A place from its published tables: what is read, what contradicts itself, season, closed form, and the back-test."""

from __future__ import annotations

import math
import pathlib
from functools import cache

import numpy as np
import pytest

from simulation.cli.study.place_talks import dose_of
from simulation.interventions.samtaler.settings import Samtaler
from simulation.municipal import cohort, national
from simulation.municipal.after import destinations
from simulation.municipal.backtest import Predicted, backtest, skill
from simulation.municipal.beside import Running, Status, Talks
from simulation.municipal.categories import ACTIVITY_READY, with_activity_ready
from simulation.municipal.cohort import BEGUN, LENGTH, RUNNING, SHARE, STAY, Wanted
from simulation.municipal.contact import Contact
from simulation.municipal.contradictions import contradictions, doubts
from simulation.municipal.durations import class_of, length_of
from simulation.municipal.headings import Asked
from simulation.municipal.modelled import FILLS, Modelled, first_week, model, weeks_in
from simulation.municipal.national import BENEFITS
from simulation.municipal.place import (
    CLOSED,
    ENDED,
    LONG_TERM,
    OPENED,
    PERSONS,
    STARTED,
    STOCK,
    Place,
    Series,
    Spells,
    place_called,
    places,
)  # fmt: skip
from simulation.municipal.recognise import read
from simulation.municipal.season import parts
from simulation.scenario.expected_talks import worth_by_week
from simulation.scenario.files.problems import InputProblems

FILES = pathlib.Path(__file__).parent / "places"
JULY = 2025 * 12 + 6


@cache
def three() -> dict[str, Place]:
    tables = [read(str(file), Asked()).table for file in sorted(FILES.glob("*.csv"))]
    return places([table for table in tables if table is not None])


def test_stocks_and_long_term_ones_are_told_apart_though_their_headings_are_the_same() -> None:
    randers = place_called(three(), "Randers Kommune")
    assert randers.code == "730"
    assert randers.series[STOCK, "dagpenge"].values[JULY] == 1141
    assert randers.series[LONG_TERM, "dagpenge"].values[JULY] == 216
    assert randers.series[STOCK, "kontanthjaelp"].source == "STAR, Jobindsats, Y25I01, heraf kontanthjælp"
    assert contradictions(randers) == []
    assert max(randers.until(JULY).series[STOCK, "dagpenge"].values) == JULY
    with pytest.raises(InputProblems, match="no figure of 'Ranjers'"):
        place_called(three(), "Ranjers")


# --- contradictions -----------------------------------------------------------------------------------------------


def of(**series: float) -> Place:
    named = {"stock": (STOCK, "dagpenge"), "persons": (PERSONS, "dagpenge")}
    return Place("By", "", {named[name]: Series({JULY: value}, name) for name, value in series.items()})


def test_a_stock_is_inflow_times_length_or_is_refused_with_the_arithmetic() -> None:
    """100 ended spells a month of 20 weeks are 460 at a time: 430 persons fit, 350 are doubted, 200 refused."""
    told = []
    for persons in (430, 350, 200):
        place = of(persons=persons)
        place.spells.append(Spells("T", "dagpenge", JULY, 100, 20.0, {}, False))
        told.append((len(contradictions(place)), len(doubts(place))))
        if persons == 200:
            assert "100 ended spells a month × 20 weeks / 4.35 weeks a month = 460 spells" in contradictions(place)[0]
    assert told == [(0, 0), (0, 1), (1, 0)]


def test_full_time_persons_are_no_more_than_persons_and_flows_add_up() -> None:
    assert contradictions(of(stock=100, persons=110)) == []
    assert "100 full-time persons" in contradictions(of(stock=100, persons=90))[0]
    place = Place("By", "", flows={("F", "dagpenge", JULY): {OPENED: 400, STARTED: 60, ENDED: 55, CLOSED: 405},
                                   ("F", "dagpenge", JULY + 1): {OPENED: 405}})  # fmt: skip
    assert contradictions(place) == []
    place.flows["F", "dagpenge", JULY][CLOSED] = 450
    first, second = contradictions(place)
    assert "400 spells + 60 begun - 55 ended = 405, and 450" in first and "begins with 405" in second
    place.spells.append(Spells("T", "dagpenge", JULY, 200, None, {}, False))
    assert any("55 spells ended by F, and 200 by T" in each for each in contradictions(place))


def test_a_mean_below_the_least_that_its_classes_allow_is_refused() -> None:
    """10 of at least 0 and 10 of at least 52 weeks are 26 each at least."""
    place = Place("By", "")
    place.spells.append(Spells("T", "dagpenge", JULY, 20, 21.0, {"0-4 uger": 10, "1-2 år": 10}, False))
    assert "520 weeks, 26.0 weeks each; the mean that is printed is 21" in contradictions(place)[0]
    place.spells[0] = place.spells[0]._replace(mean_weeks=40.0)
    assert contradictions(place) == []
    assert length_of("over 52 uger") == (52.0, math.inf) and length_of("under 2 uger") == (0.0, 2.0)
    assert length_of("kort") is None
    classes = {"under 2 uger": (0, 1), "5-13 uger": (4, 13), "3-6 mdr.": (13, 26), "over 52 uger": (52, None),
               "Over 12 mdr.": (52, None), "1-2 år": (52, 104), "0-4 uger": (0, 4)}  # fmt: skip
    assert {label: class_of(label) for label in classes} == classes and class_of("kort") is None


# --- season ---------------------------------------------------------------------------------------------------------


def test_a_season_is_found_with_the_trend_taken_out() -> None:
    """Five years of a season on a trend of 1 % a month: both come back, and without noise it is all the place's own."""
    season = np.exp(0.1 * np.cos(np.arange(12) * 2 * np.pi / 12))
    values = {24000 + k: 100 * 1.01**k * season[(24000 + k) % 12] for k in range(60)}
    found = parts(values, 24059, np.ones(12))
    assert found is not None
    assert found.season == pytest.approx(season, rel=1e-3) and found.own > 0.99
    assert found.level[30] == pytest.approx(100 * 1.01**30, rel=2e-3)
    ahead = found.path([24060, 24066])
    assert ahead[0] / ahead[1] == pytest.approx(season[0] / season[6], rel=2e-3)


def test_noise_draws_a_season_to_that_of_the_nation() -> None:
    noise = np.random.default_rng(1).normal(0, 0.3, 60)
    nation = np.array(national.SEASON)
    found = parts({24000 + k: 100 * math.exp(each) for k, each in enumerate(noise)}, 24059, nation)
    assert found is not None and found.own < 0.6
    known = parts({24000 + k: 100.0 for k in range(30)}, 24029, nation)  # too short for a season of its own
    assert known is not None and known.season[1] / known.season[11] == pytest.approx(1.096 / 0.923)
    assert parts({24000 + 5 * k: 100.0 for k in range(12)}, 24055, nation) is None  # too many gaps


# --- closed form ----------------------------------------------------------------------------------------------------


def test_without_talks_returns_and_rights_it_is_littles_law(monkeypatch: pytest.MonkeyPatch) -> None:
    """Constant intensity: spells that the register has last 1 / (1 - e^-h) weeks, all of them 1 / (e^h - 1), long-term
    ones are exp(-41 h) of the stock, and persons of a month the stock and who came in it."""
    monkeypatch.setattr(national, "RETURNS", 0.0)
    free = BENEFITS["dagpenge"]._replace(right=0)
    weeks_of = [4] * 120
    none = np.zeros(cohort.HORIZON)
    found = cohort.fit(np.full(120, 1000.0), weeks_of, free, none, Wanted(LENGTH, 25.0), slice(60, 120))
    h, at = -math.log(1 - 1 / 25), found.point[-1]
    assert found.intensity == pytest.approx(h, rel=1e-4)
    stays = math.exp(-h)
    assert found.stay.weeks == pytest.approx(stays / (1 - stays), rel=1e-3)
    assert found.persons[5:] == pytest.approx(np.full(115, 1000.0))
    assert found.long_term[-1] == pytest.approx(stays**41, rel=1e-3)
    assert at == pytest.approx(found.inflow[60:].mean() * stays / (1 - stays), rel=1e-3)
    assert found.persons[-1] == pytest.approx(found.point[-2] + 4 * found.inflow[-1] * stays)
    assert found.begun[60:].mean() == pytest.approx(4 * found.inflow[60:].mean() * stays)  # at the end of their week


@pytest.mark.parametrize(("what", "value"), [(SHARE, 0.2), (BEGUN, 150.0), (RUNNING, 0.45)])
def test_the_intensity_is_what_the_place_says(what: str, value: float) -> None:
    path, wanted = np.full(48, 1000.0), Wanted(what, value)
    found = cohort.fit(path, [4, 4, 5, 4] * 12, BENEFITS["dagpenge"], dose_of("dagpenge", None), wanted, slice(24, 36))
    over = found.over(26, [4, 4, 5, 4] * 12)
    got = {SHARE: found.long_term, BEGUN: found.begun, RUNNING: over}[what][24:36].mean()
    assert got == pytest.approx(value, rel=2e-3) and found.clipped == 0
    assert found.persons[5:] == pytest.approx(np.full(43, 1000.0))


@cache
def randers() -> Modelled:
    return model(place_called(three(), "Randers"), place_called(three(), "Hele landet"), dose_of)


def test_a_real_place_is_met() -> None:
    """Randers: the stock of the year that is known within 6 % in every month, long-term shares to three digits."""
    assert [each.key for each in randers().groups] == ["dagpenge", "kontanthjaelp", ACTIVITY_READY]
    for group in randers().groups[:2]:
        printed = np.array([group.published[month] for month in randers().seen]) * group.persons
        assert np.abs(group.fit.persons[FILLS : FILLS + 12] / printed - 1).max() < 0.06
        share = np.mean([group.shares[month] for month in randers().seen])
        assert share == pytest.approx(group.fit.long_term[FILLS : FILLS + 12].mean(), abs=5e-4) and group.own
    assert 20 < randers().groups[0].fit.stay.weeks < 27 < 35 < randers().groups[1].fit.stay.weeks < 45
    assert randers().groups[1].trend > 0.3


def test_the_dose_is_that_of_the_plan() -> None:
    """By hand: talks in weeks 4 and 8, half of them missed and called again the week after, two fifths by phone, which
    is worth 0.7; from week 10 on every third week, counted from week 9."""
    talks = Samtaler.model_validate({
        "kind": "samtaler",
        "channels": {"personlig": {"minutes": 30, "attendance": 0.5},
                     "telefon": {"minutes": 30, "attendance": 0.5, "effect": 0.7}},
        "plans": {
            "foerst": {"arms": ["alle"], "team": "t", "channel": "personlig", "talks": [{"week": 4}, {"week": 8}],
                       "other_channel": {"channel": "telefon", "from_week": 0, "share": 0.4},
                       "then": {"plan": "saa", "course_week": 10}},
            "saa": {"team": "t", "channel": "personlig", "every": [{"weeks": 3}]},
        },
    })  # fmt: skip
    found = worth_by_week(talks, talks.plans["foerst"], 16)
    each = 0.5 * (0.6 + 0.4 * 0.7)
    by_list = [0.0] * 4 + [each, each / 2, each / 4, each / 8, each, each / 2]
    assert found[:10] == pytest.approx(by_list)
    assert found[10:16] == pytest.approx([0, 0, 0.5, 0.25, 0.125, 0.0625 + 0.25])  # 0.5 held in week 12 are due in 15


def test_the_activity_ready_are_told_from_all_by_the_part_of_one_month() -> None:
    """Randers, July 2026: 1,604 activity-ready of 2,388 less 400 job-ready; the same part of the rest of every month
    since the reform, and none before it. What the files do not tell is left out in words."""
    place = place_called(three(), "Randers")
    found, told = with_activity_ready(place)
    series = found.series[STOCK, ACTIVITY_READY].values
    whole, job_ready = (place.series[STOCK, key].values for key in ("kontanthjælp, all", "kontanthjaelp"))
    newest = 2026 * 12 + 6
    assert series[newest] == pytest.approx(1604) and min(series) == JULY
    part = 1604 / (whole[newest] - job_ready[newest])
    assert series[JULY] == pytest.approx((whole[JULY] - job_ready[JULY]) * part)
    assert [each.told("en")[:25] for each in told] == ["education-ready kontanthj"]
    group = randers().groups[2]
    printed = np.array([series[month] for month in randers().seen]) * group.persons
    assert np.abs(group.fit.persons[FILLS : FILLS + 12] / printed - 1).max() < 0.02 and not group.own
    assert group.fit.stay.weeks == pytest.approx(370, rel=0.01)
    for lacking, why in ((STOCK, "kontanthjælp, all: aktivitetsparat"), "no table by visitation"), (
        (STOCK, "kontanthjaelp"), "the job-ready (Y25I01) of 2026M07 are not in"):
        bare = Place("By", "", {key: one for key, one in place.series.items() if key != lacking})
        left, told = with_activity_ready(bare)
        assert (STOCK, ACTIVITY_READY) not in left.series and why in told[-1].told("en")
    by_month = Series({JULY + k: 900.0 + k for k in range(-5, 14)}, "Y60A02 by category")
    own, _ = with_activity_ready(Place("By", "", {(STOCK, "kontanthjælp, all: aktivitetsparat"): by_month}))
    assert own.series[STOCK, ACTIVITY_READY].values == {JULY + k: 900.0 + k for k in range(14)}


def test_stays_that_grow_slower_last_as_long_as_is_wanted() -> None:
    """Sygedagpenge, whose exits to work fall by duration: a mean of 17 weeks is met, and few stay for long."""
    weeks_of, path = [4, 4, 5, 4] * 12, np.full(48, 500.0)
    found = cohort.fit(path, weeks_of, BENEFITS["sygedagpenge"], dose_of("sygedagpenge", None), Wanted(STAY, 17.0),
                       slice(24, 36))  # fmt: skip
    steady = BENEFITS["sygedagpenge"]._replace(slope=0.0)
    other = cohort.stay(steady, 1 / 17.5, dose_of("sygedagpenge", None))
    assert found.stay.weeks == pytest.approx(17.0, rel=1e-3) and found.persons[5:] == pytest.approx(path[5:])
    assert found.stay.alive[60] > 1.5 * other.alive[60] and found.stay.alive[4] < other.alive[4]


def test_what_is_not_shown_of_a_small_place_is_the_nations() -> None:
    """Fanø: its long-term ones are shown on dagpenge alone, and job-ready kontanthjælp in too few months."""
    fanoe = model(place_called(three(), "Fanø"), place_called(three(), "Hele landet"), dose_of)
    assert [each.key for each in fanoe.groups] == ["dagpenge"] and "kontanthjaelp" in fanoe.left_out[0].told("en")
    bare = Place("Fanø", "563", {(STOCK, "dagpenge"): place_called(three(), "Fanø").series[STOCK, "dagpenge"]})
    (group,) = model(bare, None, dose_of).groups
    assert not group.own and group.wanted == Wanted(LENGTH, 24.6) and "LVL-19" in group.wanted_source
    bare.spells.append(Spells("T", "dagpenge", JULY, 5, 30.0, {}, False))
    (group,) = model(bare, None, dose_of).groups
    assert group.own and group.wanted == Wanted(LENGTH, 30.0)
    bare.flows |= {("F", "dagpenge", month): {STARTED: 5.0} for month in range(JULY, JULY + 12)}
    (group,) = model(bare, None, dose_of).groups
    assert group.wanted == Wanted(BEGUN, 5.0)
    bare.flows = {("A", "dagpenge", JULY): {STARTED: 9.0}} | bare.flows | {("G", "dagpenge", JULY): {STARTED: 7.0}}
    (group,) = model(bare, None, dose_of).groups  # of several tables the one with most months, in whatever order
    assert group.wanted == Wanted(BEGUN, 5.0) and group.wanted_source.startswith("F, ")
    with pytest.raises(InputProblems, match="too few"):
        model(bare, None, dose_of, until=2022 * 12)
    with pytest.raises(InputProblems, match="no stock"):
        model(Place("By", ""), None, dose_of)


def test_weeks_belong_to_the_month_of_their_thursday() -> None:
    assert first_week(2026 * 12) == "2026-W01" and weeks_in(2026 * 12) == 5  # Thursdays 1 to 29 January
    assert first_week(2026 * 12 + 1) == "2026-W06" and weeks_in(2026 * 12 + 1) == 4
    assert sum(weeks_in(2026 * 12 + k) for k in range(12)) == 53


# --- back-test ------------------------------------------------------------------------------------------------------


def test_a_season_and_a_level_are_foreseen_and_as_last_year_is_not() -> None:
    """The level doubles two years before the end; as last year is right but for the first year of it."""
    season = np.exp(0.1 * np.cos(np.arange(12) * 2 * np.pi / 12))
    values = {24000 + k: (100.0 if k < 54 else 200.0) * season[k % 12] for k in range(72)}
    found = backtest({"By": ("1", values), "Land": ("2", values), "Ny": ("3", {24000: 5.0})}, values, 24059)
    assert found.left_out == ("Ny",) and len(found.months) == 24 and found.learnt_from == 48
    assert skill(found.months) > 0.5
    assert found.by_area()["By"][0].last_year == pytest.approx(100.0 * season[0])
    assert found.coverage(95) >= found.coverage(80)


def test_skill_and_intervals_by_hand() -> None:
    """Errors of the log: 0 and log 2 of the model, log 2 and log 2 as last year, so the skill is 1 - 1/2."""
    months = [Predicted("By", "1", 0, 1, 100.0, 0.1, 50.0, 100.0), Predicted("By", "1", 1, 2, 100.0, 0.1, 100.0, 200.0)]
    assert skill(months) == pytest.approx(0.5)
    low, high = months[0].within(95)
    assert (low, high) == pytest.approx((100 * math.exp(-0.196), 100 * math.exp(0.196)))


# --- beside the stock -----------------------------------------------------------------------------------------------


def fanoe() -> Place:
    """Fanø's stock alone."""
    return Place("Fanø", "563", {(STOCK, "dagpenge"): place_called(three(), "Fanø").series[STOCK, "dagpenge"]})


def test_running_spells_come_before_ended_ones_and_before_the_long_term_share() -> None:
    place = fanoe()
    place.spells.append(Spells("T", "dagpenge", JULY, 5, 30.0, {}, False))
    place.series[LONG_TERM, "dagpenge"] = Series(
        {month: 0.3 * value for month, value in place.series[STOCK, "dagpenge"].values.items()}, "L")  # fmt: skip
    assert model(place, None, dose_of).groups[0].wanted.what == SHARE
    classes = {(0, 13): 40.0, (13, 26): 20.0, (26, None): 40.0}
    place.beside.running["dagpenge"] = Running(dict.fromkeys(range(JULY, JULY + 12), classes), "R")
    (group,) = model(place, None, dose_of).groups
    assert group.wanted.what == RUNNING and group.wanted.value == pytest.approx(0.4) and group.own
    assert "R, running spells by duration" in group.wanted_source
    of_year = group.fit.over(26, model(place, None, dose_of).weeks_of)[FILLS : FILLS + 12]
    assert of_year.mean() == pytest.approx(0.4, rel=2e-3)
    assert place.until(JULY + 2).beside.running["dagpenge"].months.keys() == {JULY, JULY + 1, JULY + 2}


def test_talks_and_destinations_of_a_place_are_used_where_the_year_has_them() -> None:
    place = fanoe()
    talks = Contact({(0, 13): 0.5, (13, 26): 2.0, (26, 39): 2.6}, {})
    place.beside.talks["dagpenge"] = Talks({JULY + 3: talks, JULY - 30: Contact({(0, 13): 9.0}, {})}, "C")
    place.beside.status["dagpenge"] = Status(
        {JULY: {"lønmodtagerbeskæftigelse": 0.6, "uddannelse": 0.1}, JULY + 3: {"lønmodtagerbeskæftigelse": 0.6}}, "B")
    (group,) = model(place, None, dose_of).groups
    assert group.contact is not None and group.contact.early > 4
    assert "C, talks held since the spell began" in group.contact.told("C")
    work, education = destinations(0.6, 0.05)
    assert (group.benefit.work, group.benefit.elsewhere["education"]) == pytest.approx((work, education))
    del place.beside.status["dagpenge"].quarters[JULY]  # one quarter is not enough
    place.beside.talks["dagpenge"].months.clear()
    (group,) = model(place, None, dose_of).groups
    assert group.contact is None and group.benefit == BENEFITS["dagpenge"]


def test_a_little_of_one_month_may_be_further_off_than_that_of_a_year() -> None:
    """Ended spells × weeks are 0.6 of the stock: a month may be so by its season, and a year may not."""
    place = of(persons=100)
    place.spells.append(Spells("T", "dagpenge", JULY, 10, 26.1, {}, False))
    assert contradictions(place) == [] and len(doubts(place)) == 1
    for month in range(JULY - 11, JULY):
        place.series[PERSONS, "dagpenge"].values[month] = 100.0
        place.spells.append(Spells("T", "dagpenge", month, 10, 26.1, {}, False))
    (told,) = contradictions(place)
    assert "mean of 2025M07 to" in told and "10 ended spells a month × 26.1 weeks" in told
