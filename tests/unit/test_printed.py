"""What a publisher prints of a month, in registers so small that it is reckoned by hand.

Months from 2026-W01 on, by the Thursdays of weeks: January weeks 0-4 of the run, February 5-8, March 9-12, April 13-17.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.results.measures.printed import (
    Counted,
    Planes,
    Spells,
    counted,
    long_term,
    months_of,
    of_the_month,
    talks_since,
    where_after,
)  # fmt: skip
from simulation.results.printed import printed_outcomes
from simulation.world.ledige import GONE, LEDIG, OUT
from tests.helpers import make

WEEKS = 18


def on(*spans: tuple[int, int]) -> np.ndarray:
    """On benefit in these weeks, the last ones included."""
    weeks = np.zeros(WEEKS, dtype=bool)
    for first, last in spans:
        weeks[first : last + 1] = True
    return weeks


PEOPLE = np.stack([
    on((0, 5)),  # 0: March is the whole month without: ended in February, after six weeks
    on((0, 3), (9, 17)),  # 1: February is: ended in January, and a new spell begins in March
    on((0, 4), (8, 17)),  # 2: no whole month between: one spell, which runs
    on((3, 3), (8, 8)),  # 3: the same, ended in February: weeks 3 to 8 are six
    on((12, 17)),  # 4: begins in the last week of March
], axis=1)  # fmt: skip


def test_months_go_by_thursdays_and_know_whether_they_are_whole() -> None:
    months = months_of("2026-W01", WEEKS)
    assert [(m.text, m.first, m.end, m.whole) for m in months] == [
        ("2026M01", 0, 5, True), ("2026M02", 5, 9, True), ("2026M03", 9, 13, True), ("2026M04", 13, 18, True),
    ]  # fmt: skip
    cut = months_of("2026-W02", WEEKS - 2)  # from the second week of January to the fourth of April
    assert [m.whole for m in cut] == [False, True, True, False] and cut[0].weeks == slice(0, 4)


def test_a_spell_ends_with_a_whole_calendar_month_without_the_benefit() -> None:
    spells = Spells(PEOPLE, months_of("2026-W01", WEEKS))
    begun = [np.flatnonzero(spells.begun(k)).tolist() for k in range(4)]
    assert begun == [[0, 1, 2, 3], [], [1, 4], []]
    ended = [spells.ended(k) for k in range(3)]
    assert [np.flatnonzero(each).tolist() for each in ended if each is not None] == [[1], [0, 3], []]
    assert spells.ended(3) is None and spells.running(3) is None  # the next month is not over
    assert spells.lasted(0)[1] == 4 and spells.lasted(1)[[0, 3]].tolist() == [6, 6]
    running = spells.running(2)
    assert running is not None and np.flatnonzero(running).tolist() == [1, 2, 4]
    assert spells.elapsed(2)[[1, 2, 4]].tolist() == [4, 13, 1]
    for k in range(1, 3):  # at the beginning + begun - ended = at the end
        before, now, over = spells.running(k - 1), spells.running(k), spells.ended(k)
        assert before is not None and now is not None and over is not None
        assert before.sum() + spells.begun(k).sum() - over.sum() == now.sum()


def test_persons_and_full_time_persons_of_a_month() -> None:
    """February: persons 0, 2 and 3 at the end of a week of it, and 2 was there when it began, too. Weeks on benefit in
    it are 1, 1 and 1 of four: three quarters of a full-time person."""
    february = months_of("2026-W01", WEEKS)[1]
    assert np.flatnonzero(of_the_month(PEOPLE, february)).tolist() == [0, 2, 3]
    assert PEOPLE[february.weeks].sum() / 4 == 0.75
    assert long_term(PEOPLE, february) is None
    year = months_of("2026-W01", 53)[11]
    assert year.end == 53
    there = np.ones((53, 2), dtype=bool)
    there[:12, 1] = False  # 41 of the last 52 weeks
    who = long_term(there, year)
    assert who is not None and who.tolist() == [True, False]


def planes(**changes: Any) -> Planes:
    nobody = np.zeros(PEOPLE.shape, dtype=bool)
    status = np.where(PEOPLE, LEDIG, 0)
    empty = Planes(status, {"": PEOPLE}, nobody, nobody, nobody, None, np.zeros(5, dtype=np.intp), 1)
    return empty._replace(**changes)


def told(at: int, word: str, of: Planes) -> dict[str, float]:
    """Figures by name; NaN where unknown."""
    scenario = make(weeks=WEEKS, watched=[word], reports_at=["2026-W06"], exits={"job": {"level": 0.1}})

    def value(each: Counted) -> float:
        if each.part is None:
            return float("nan")
        whole = 1.0 if each.of is None else float(each.of.sum())
        return float(each.part.sum()) / whole if whole else float("nan")

    found = counted(scenario, of, "", Spells(PEOPLE, months_of("2026-W01", WEEKS)), at)
    return {each.name: value(each) for each in found}


def test_ended_spells_and_where_people_are_three_months_later() -> None:
    """January's, who left in week 3, is on benefit again 13 weeks later, in week 16; of February's who left in week 8
    would be seen after the run, so where those of the quarter are is unknown."""
    status = np.where(PEOPLE, LEDIG, OUT)
    found = told(2, "spells", planes(status=status))
    assert (found["spells_begun"], found["spells_ended"], found["spells_running"]) == (4, 1, 3)
    assert found["spells_ended_weeks"] == 4 and found["spells_over_13"] == 0
    assert np.isnan(found["spells_then_job"])
    later = told(6, "spells", planes(status=status))
    assert (later["spells_ended"], later["spells_ended_weeks"]) == (2, 6)
    assert where_after(planes(status=status), np.array([5, 3, 0, 8, 0])) is None
    seen = where_after(planes(status=status), np.array([4, 3, 0, 0, 0]))
    assert seen is not None and seen[:2].tolist() == [OUT, LEDIG]
    april = told(14, "spells", planes())
    assert np.isnan(april["spells_ended"]) and np.isnan(april["spells_ended_weeks"]) and april["spells_begun"] == 0


def test_status_is_of_the_quarter() -> None:
    """A longer register: those of January and February, of whom one in three is in a job, one on benefit again."""
    weeks = 31
    there = np.zeros((weeks, 5), dtype=bool)
    there[:WEEKS] = PEOPLE
    there[WEEKS:, [1, 2, 4]] = True
    status = np.where(there, LEDIG, OUT)
    status[5 + 13, 0] = GONE
    of = planes(status=status, on={"": there})
    scenario = make(weeks=weeks, watched=["spells"], reports_at=["2026-W06"], exits={"job": {"level": 0.1}})
    for at in (2, 6, 10):
        found = {each.name: each for each in counted(scenario, of, "", Spells(there, months_of("2026-W01", weeks)), at)}
        for name, share in (("job", 1 / 3), ("benefit", 1 / 3), ("out", 1 / 3)):
            each = found[f"spells_then_{name}"]
            assert each.part is not None and each.of is not None and each.part.sum() / each.of.sum() == share


def test_talks_are_counted_since_the_spell_began_by_how_long_it_has_lasted() -> None:
    """At the end of March person 2 has been there for 13 weeks with talks in weeks 1 and 9, the first class's last; 1
    for 4, one talk in them and one before (of the spell before), by phone; 4 for one, with none."""
    talk, remote = np.zeros(PEOPLE.shape, dtype=bool), np.zeros(PEOPLE.shape, dtype=bool)
    talk[[1, 9], 2] = talk[[2, 10], 1] = remote[10, 1] = True
    found = told(12, "contact", planes(talk=talk, remote=remote))
    assert found["talks_to_13"] == pytest.approx(3 / 3) and np.isnan(found["talks_to_26"])
    assert found["talks_remote"] == pytest.approx(1 / 2)
    assert told(17, "contact", planes(talk=talk))["talks_to_26"] == 2  # person 2 alone
    assert talks_since(talk, np.array([0, 9, 0, 0, 0]), 12).tolist() == [0, 1, 2, 0, 0]


def test_activation_is_of_persons_and_of_weeks() -> None:
    """March: 1, 2 and 4 with 4, 4 and 1 weeks; 2 in an offer for three, 1 with paid hours in a week on benefit."""
    offer, hours = np.zeros(PEOPLE.shape, dtype=bool), np.zeros(PEOPLE.shape, dtype=np.uint8)
    offer[9:12, 2] = offer[9:12, 0] = True  # 0 is not on benefit: not counted
    hours[10, 1] = hours[9, 4] = 8  # 4 was in a job then
    found = told(12, "activation", planes(offer=offer, hours=hours))
    assert found["activation_touched"] == pytest.approx(1 / 3) and found["activation_degree"] == pytest.approx(3 / 9)
    assert found["activation_hours"] == pytest.approx(1 / 3)
    assert told(12, "activation", planes())["activation_hours"] == 0


@pytest.mark.parametrize("word", ["spells", "contact", "activation"])
def test_what_is_declared_is_told(word: str) -> None:
    names = {*told(6, word, planes())}
    for benefits, ends in (([], [""]), (["en"], ["_en"]), (["en", "to"], ["", "_en", "_to"])):
        scenario = make(weeks=WEEKS, watched=[word], reports_at=["2026-W06"],
                        benefits={name: {"share": 0.5} if name == "to" else {} for name in benefits})  # fmt: skip
        declared = dict(printed_outcomes(scenario, "2026-W06"))
        assert {*declared} == {f"{name}{end}" for name in names for end in ends}
    assert all(outcome.label.da and outcome.label.da != outcome.label.en for outcome in declared.values())


def test_nothing_is_told_without_a_date() -> None:
    with pytest.raises(ValueError, match="spells, contact are told in the weeks of reports_at"):
        make(watched=["spells", "contact"])
