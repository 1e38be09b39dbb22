"""What an evaluator finds in a trial against statsmodels and lifelines: `python3 tasks.py oracle`.

Decision rule: estimates and errors equal to 1e-6, relative; of hazard ratios to 1e-5 or 1e-4, for the libraries stop
looking that far from the top of the likelihood. No library has CR2 with Bell and McCaffrey's degrees of
freedom; it is held against plain matrices in tests/unit/test_trial_regression.py, and the residuals and sums by
jobcentre that go into it against the plain sandwich in this file. Lin and Wei's error of a hazard ratio, before it is
made larger for few jobcentres, is held against lifelines' where no two leave in one week; with ties lifelines' is
another one (test_against_lifelines.py).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.results.trial import operating
from simulation.results.trial.analyse import analyse
from simulation.results.trial.blocks import Layout, blocks_of
from simulation.results.trial.design import Design, Lots
from simulation.results.trial.regression import Regression
from simulation.results.trial.survival import Risks, for_few, hazard_ratios
from simulation.world.spec import Floats, Ints
from tests.trials import People, drawn

pytestmark = pytest.mark.oracle

SIZES = (40, 25, 60, 33, 18, 52, 47, 29)
WEEKS, REHEARSALS = 20, 3
KINDS: list[tuple[Lots, int]] = [("individual", 2), ("cluster", 1), ("stepped_wedge", 4)]


def people_of(lots: Lots, strata: int = 1, takes_up: float = 1.0, weeks: int = WEEKS, level: float = 0.05) -> People:
    return drawn(7, REHEARSALS, SIZES, lots, weeks, level, 0.3, 0.02, 0.01, 0.05, strata, takes_up)


def strata_of(people: People, lots: Lots) -> Ints:
    """Within which exits are compared."""
    return {"cluster": 0 * people.jobcentre, "stepped_wedge": people.stratum}.get(lots, people.jobcentre)


def table(people: People, rehearsal: int, lots: Lots, weeks: int = WEEKS) -> Any:
    """A row for each person. Who leaves elsewhere is at risk in that week, who is lost is not."""
    import pandas as pd

    week, fate = people.week[rehearsal], people.fate[rehearsal]
    time = np.select([fate == 3, fate == 2], [weeks + 0.0, week + 0.5], week + 1.0)
    return pd.DataFrame(
        {
            "time": time, "left": (fate == 0).astype(int), "lot": people.lot[rehearsal],
            "stratum": strata_of(people, lots), "jobcentre": people.jobcentre, "hours": people.number[rehearsal],
        }
    )  # fmt: skip


def regressors(people: People, rehearsal: int, lots: Lots) -> Floats:
    """The lot, and what lots were drawn within."""
    import pandas as pd

    cells = people.jobcentre * 100 + people.stratum
    groups = {"cluster": [0 * cells], "stepped_wedge": [people.jobcentre, people.stratum]}.get(lots, [cells])
    dummies = [pd.get_dummies(group, drop_first=number > 0).to_numpy(float) for number, group in enumerate(groups)]
    return np.column_stack([people.lot[rehearsal], *dummies])


def found_of(people: People, lots: Lots, *tests: operating.Test, weeks: int = WEEKS) -> list[operating.Estimates]:
    by_test = analyse(people.tally(weeks), Design(lots), tests)
    return [by_test[test] for test in tests]


@pytest.mark.parametrize(("lots", "strata"), KINDS)
def test_individual_errors_are_hc2(lots: Lots, strata: int) -> None:
    """statsmodels' least squares with cov_type HC2."""
    from statsmodels.api import OLS

    people = people_of(lots, strata)
    (found,) = found_of(people, lots, operating.Test("hours", "difference", "individual"))
    for rehearsal in range(REHEARSALS):
        theirs = OLS(people.number[rehearsal], regressors(people, rehearsal, lots)).fit(cov_type="HC2")
        ours = found.estimate[rehearsal], found.error[rehearsal]
        assert ours == pytest.approx((theirs.params[0], theirs.bse[0]), rel=1e-6)


@pytest.mark.parametrize(("lots", "strata"), KINDS)
def test_sums_by_jobcentre_are_those_of_the_plain_sandwich(lots: Lots, strata: int) -> None:
    """statsmodels' clustered errors without a correction, from the regressors and residuals that CR2 takes."""
    from statsmodels.api import OLS

    people = people_of(lots, strata)
    tally = people.tally(WEEKS)
    blocks = blocks_of(tally, Layout.of(tally), "hours")
    regression = Regression.of(blocks.persons, lots)
    rest = regression.fit(blocks.mean)[1]
    sums = (regression.persons * regression.lot * rest).sum(axis=-1) / regression.whole[:, None]
    for rehearsal in range(REHEARSALS):
        x, of = regressors(people, rehearsal, lots), {"groups": people.jobcentre, "use_correction": False}
        theirs = OLS(people.number[rehearsal], x).fit(cov_type="cluster", cov_kwds=of)
        assert (sums[rehearsal] ** 2).sum() ** 0.5 == pytest.approx(theirs.bse[0], rel=1e-6)


def test_the_effect_on_those_who_take_it_up_is_theirs() -> None:
    """statsmodels' two-stage least squares."""
    from statsmodels.sandbox.regression.gmm import IV2SLS

    people = people_of("encouragement", takes_up=0.6)
    test = operating.Test("hours", "difference", "clustered", "treated")
    found = analyse(people.tally(WEEKS), Design("encouragement", as_drawn=False), [test])[test]
    for rehearsal in range(REHEARSALS):
        x = regressors(people, rehearsal, "encouragement")
        taken = np.column_stack((people.taken_up[rehearsal], x[:, 1:]))
        theirs = IV2SLS(people.number[rehearsal], taken, x).fit()
        assert found.estimate[rehearsal] == pytest.approx(theirs.params[0], rel=1e-6)


@pytest.mark.parametrize(("lots", "strata"), KINDS)
def test_log_rank_tests_are_theirs(lots: Lots, strata: int) -> None:
    """statsmodels', stratified; and lifelines' where there is one stratum."""
    from lifelines.statistics import logrank_test
    from statsmodels.duration.survfunc import survdiff

    people = people_of(lots, strata)
    (found,) = found_of(people, lots, operating.Test("exit_job", "log_rank", "individual"))
    for rehearsal in range(REHEARSALS):
        of = table(people, rehearsal, lots)
        theirs = survdiff(of.time, of.left, of.lot, strata=None if lots == "cluster" else of.stratum)
        assert found.p[rehearsal] == pytest.approx(theirs[1], rel=1e-6)
        if lots == "cluster":
            treated, control = of[of.lot == 1], of[of.lot == 0]
            other = logrank_test(treated.time, control.time, treated.left, control.left)
            assert found.p[rehearsal] == pytest.approx(other.p_value, rel=1e-6)


@pytest.mark.parametrize(("lots", "strata"), KINDS)
def test_hazard_ratios_are_theirs(lots: Lots, strata: int) -> None:
    """lifelines' and statsmodels', with Efron's ties and strata."""
    from lifelines import CoxPHFitter
    from statsmodels.duration.hazard_regression import PHReg

    people = people_of(lots, strata)
    (found,) = found_of(people, lots, operating.Test("exit_job", "hazard_ratio", "individual"))
    for rehearsal in range(REHEARSALS):
        of = table(people, rehearsal, lots)
        ours = found.estimate[rehearsal], found.error[rehearsal]
        columns = of[["time", "left", "lot", "stratum"]]
        theirs = CoxPHFitter().fit(columns, "time", "left", strata=["stratum"])
        assert ours == pytest.approx((theirs.params_["lot"], theirs.standard_errors_["lot"]), rel=1e-5)
        other = PHReg(of.time, of[["lot"]].astype(float), of.left, strata=of.stratum, ties="efron").fit()
        assert ours == pytest.approx((other.params[0], other.bse[0]), rel=1e-4)


@pytest.mark.parametrize("lots", ["cluster", "individual"])
def test_clustered_errors_of_hazard_ratios_are_theirs_before_they_are_made_larger(lots: Lots) -> None:
    """Everybody's end is in a week of its own, in which nobody else's is."""
    from lifelines import CoxPHFitter

    people = people_of(lots)
    number = len(people.jobcentre)
    ends = people.week + 0.9 * (people.fate > 0) + np.linspace(0, 0.05, number)
    order = np.argsort(np.argsort(ends, axis=1), axis=1)
    fate = np.where(people.fate == 0, 0, 1)
    apart = people._replace(week=order, fate=fate)
    tally = apart.tally(number)
    risks = Risks.of(tally.courses["exit_job"], tally, Layout.of(tally), Design(lots))
    found = hazard_ratios(risks).clustered
    larger = for_few(risks, found.estimate)[0]
    assert (larger > 1.02).all()
    for rehearsal in range(REHEARSALS):
        of = table(apart, rehearsal, lots, number)
        columns = of[["time", "left", "lot", "stratum", "jobcentre"]]
        theirs = CoxPHFitter().fit(columns, "time", "left", strata=["stratum"], cluster_col="jobcentre")
        ours = found.error[rehearsal] / larger[rehearsal]
        assert ours == pytest.approx(theirs.standard_errors_["lot"], rel=1e-4)
