"""The tables of a results folder: tidy, with fixed columns, each column explained in `schema.json`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from simulation.results.intervals import COUNTED, SIMULATION, estimates
from simulation.results.milestones import LIGHTS, milestones
from simulation.results.names import Names, arm_group
from simulation.results.result import Result
from simulation.results.tables.benefit_tables import benefit_tables
from simulation.results.tables.inputs import mirrored, short_names
from simulation.results.tables.manifest import cited
from simulation.results.tables.staff_tables import staff_tables
from simulation.results.verdict import WHAT_IT_IS
from simulation.scenario.schema import Scenario

if TYPE_CHECKING:
    import pandas as pd

COLUMNS: dict[str, str] = {
    "outcome": "name of the outcome; what it means stands under `outcomes`",
    "intervention": "intervention that the outcome or count is of; empty: of none, or of all of a kind together",
    "group": "arm, alle, or difference (first arm minus last, or minus the `reference`; of more arms ONE-OTHER); "
    "team:NAME: a team; for utilisation also partners",
    "jobcentre": "jobcentre, empty for all together",
    "team": "team of the jobcentre",
    "week": "weeks since enrolment (empty: the whole follow-up)",
    "month": "months since referral, for outcomes counted by month; month 0 is that of the referral",
    "run_week": "week of the run, from 0",
    "value": "mean over the replications that have the figure (`known`); empty where none has it, and beyond `beyond`",
    "key": "dotted path of a value that differs between the base and the scenario",
    "from": "its value in the base; empty: it is not there, and has no usual value",
    "to": "its value in the scenario",
    "fitted_from": "fit that the base has the value from; empty: it is written there",
    "fitted_to": "fit that the scenario has the value from",
    "compared": "the scenario that is held against the base, by the name that its tables begin with",
    "base": "mean over replications of the base scenario",
    "scenario": "mean over replications of the scenario",
    "difference": "mean of scenario minus base, replication by replication, over those in which both have the figure "
    "(`known`), and so are base and scenario; but for times that some do not come to, whose difference is not known",
    "low": "lower end of `interval`",
    "high": "upper end of `interval`",
    "interval": "which uncertainty `low` and `high` show; never that of the parameters",
    "trial_low": "lower end of `trial_interval`",
    "trial_high": "upper end of `trial_interval`",
    "trial_interval": "where the figure of one trial of this size would fall, were the model true",
    "variance_ratio": "variance of the difference with independent luck over the paired variance",
    "parameter_low": "lower end of `parameter_interval`",
    "parameter_high": "upper end of `parameter_interval`",
    "parameter_interval": "where the mean lies for draws of the fitted parameters from their posterior",
    "draws": "draws of the fitted parameters",
    "fitted": "fit that the value comes from; empty: it is written in the scenario",
    "fitted_low": "lower end of the 95 % interval of the fitted value (posterior)",
    "fitted_high": "upper end of that interval",
    "replications": "replications of the run",
    "known": "replications that have the figure; others have nobody to measure it of, or come to it later (`beyond`)",
    "beyond": "some replications come to it only after this many weeks, where it is not seen: value is then the median "
    "of all, and an empty value or end lies beyond; empty: all came to it",
    "replication": "number of the replication, from 0",
    "unit": "unit of the figures in the row",
    "published": "published figure, in the same unit; empty: it is lost, or there are words only",
    "words": "what is printed instead of a figure, or left of it",
    "also": "other values printed for the same quantity",
    "rounding": "half the last printed digit",
    "n": "persons that the published figure is of; empty: not known",
    "sampling_low": "lower end of the binomial 95 % interval of the published figure",
    "sampling_high": "upper end of that interval",
    "distance": "value less the nearest of the printed values",
    "distance_sd": "the distance in standard deviations of the printed figure (from n or se; where neither is known, "
    "of one trial of the simulated size), of its rounding and of the simulation, without those of the parameters",
    "trial_width": "trial_high less trial_low",
    "verdict": WHAT_IT_IS,
    "definition": "how the publisher measured it",
    "caveat": "what to mind about the published figure",
    "count": "what is counted",
    "expected": "expected number",
    "shortfall": "relative shortfall of the mean against the expected number; negative: more than expected",
    "light": "traffic light of the mean",
    "green": "share of replications that are green",
    "yellow": "share of replications that are yellow",
    "red": "share of replications that are red",
    **{
        f"{light}_{end}": f"{which} end of the exact binomial 95 % interval of the share that is {light}"
        for light in LIGHTS
        for end, which in (("low", "lower"), ("high", "upper"))
    },
    "identified": "published: printed; rule: law; calibrated: set to a published figure; no: by no published figure",
    "mean": "mean over replications",
    "path": "dotted path of the parameter in the scenario",
    "kind": "published, evidence, calibrated, assumed or rule; empty: no source is given, so it counts as assumed",
    "source": "where the value comes from",
    "page": "page in the source",
    "range": "range that the value may well have",
    "note": "remark on the value",
    "se": "standard error of the value",
    "draw": "how its range is drawn from, where that is said",
    "concentration": "shares that are as sure as if counted on so many",
    "file": "file in which the value is written",
    "line": "line of that file",
    "cases": "cases of the team",
    "minutes_used": "minutes for talks used",
    "minutes": "minutes for talks there were, of those at work",
    "waiting": "ledige who wait for the team to have room",
    "backlog": "talks due at the end of the week for which staff had no time",
    "paid": "full-time staff that is paid, substitutes included",
    "absent": "full-time staff that is away, whole or in part",
    "covered": "full-time staff that is away and has a substitute",
    "vacant": "full-time posts that are vacant",
    "p10": "a tenth of caseworkers (of all replications) have fewer cases per full-time caseworker",
    "p90": "a tenth of them have more",
    "max": "most cases per full-time caseworker of any of them",
    "staff_fte": "full-time staff that the team has; of a team without cases `needed` is for what it is asked for",
    "in_time": "share of the talks that fell due (and were booked) for which there was time in the same week",
    "from_place": "benefit, or job that has ended, from which they go",
    "to_place": "benefit or destination to which they go",
    "share": "mean share of the measured who were ever where they go from",
    "share_low": "lower end of the interval of the share",
    "share_high": "upper end of it",
    "level": "share of them for which there shall be time",
    "needed": "full-time staff with which there is, empty where no amount does it",
    "bound": "what the run shows where it can say no number: it takes `more than`, or `at most`, the staff in `needed`;"
    " of teams without cases `at least` that, for some of their weeks were full",
    "by_plans": "full-time staff reckoned from the plans, without a run, where a run shows no more than a bound",
    "name": "name of the published figure, or of the jobcentre as people write it",
    "run_up": "what the published table says of the jobcentre's first weeks; not simulated",
    "organisation_model": "organisation model of the jobcentre, empty for none",
    "organisation": "how the jobcentre's staff is organised, in words",
    "persons": "ledige enrolled by the jobcentre in one replication",
}
"""Every column of every table."""


IDENTIFIED = {"published": "published", "rule": "rule", "calibrated": "calibrated"}
"""Kinds of values that a published figure or a rule decides; values of other kinds are identified by none."""


def tables(result: Result) -> dict[str, pd.DataFrame]:
    """The tables of a run by file name without ending."""
    import pandas as pd

    parameters = pd.DataFrame(result.loaded.parameters())
    parameters["identified"] = [
        IDENTIFIED.get(kind or "", "no") for kind in parameters.get("kind", [""] * len(parameters))
    ]
    names = short_names(mirrored([result.loaded]))
    optional = {"milestones": milestones_table(result)} if result.loaded.scenario.milestones else {}
    return {
        "outcomes": result.table(),
        "published": published_table(result),
        **optional,
        **benefit_tables(result),
        "jobcentres": _jobcentres(result),
        "replications": _replications(result),
        "weekly_counts": _weekly_counts(result),
        **staff_tables(result),
        "parameters": parameters.assign(file=parameters["file"].map(lambda file: cited(file, names))),
    }


def published_table(result: Result) -> pd.DataFrame:
    """Published figures with the simulated ones beside them."""
    import pandas as pd

    rows, units = [], {outcome: meaning.unit for outcome, meaning in result.names.meanings.items()}
    for beside in result.beside_published():
        named, figure, e, apart = beside.named, beside.figure, beside.simulated, beside.distance
        low, high = beside.sampling or (np.nan, np.nan)
        rows.append(
            {
                "name": beside.name,
                "outcome": result.names.write(named.outcome) if named.outcome in units else figure.outcome,
                "intervention": result.names.intervention(named.outcome), "group": figure.group,
                "week": figure.week, "month": figure.month, "published": figure.figure, "words": figure.words or "",
                "also": " ".join(f"{value.figure:g}" for value in figure.also),
                "rounding": figure.rounding, "n": figure.n, "sampling_low": low, "sampling_high": high,
                "value": e.value, "low": e.low, "high": e.high, "interval": SIMULATION,
                "trial_low": e.trial_low, "trial_high": e.trial_high, "trial_width": beside.trial_width,
                "distance": apart.units, "distance_sd": apart.in_sd, "verdict": apart.verdict, "known": e.n,
                "source": figure.source, "page": figure.page, "definition": figure.definition,
                "caveat": figure.caveat or "", "unit": units.get(named.outcome, ""),
            }
        )  # fmt: skip
    frame = pd.DataFrame(rows)
    if len(frame):
        frame = frame.astype({"week": "Int64", "month": "Int64", "n": "Int64"})
    return frame


def milestones_table(result: Result) -> pd.DataFrame:
    """Expected numbers of persons with the simulated ones and their traffic lights."""
    import pandas as pd

    names = result.names
    return pd.DataFrame(
        [
            {
                "name": m.name, "outcome": names.write(names.read(m.milestone.outcome)),
                "intervention": names.intervention(names.read(m.milestone.outcome)),
                "expected": m.milestone.expected, "value": m.simulated.value,
                "low": m.simulated.low, "high": m.simulated.high, "interval": SIMULATION, "shortfall": m.shortfall,
                "light": m.light, **m.shares, "known": sum(m.counts.values()),
                **{f"{light}_{end}": m.interval(light)[e] for light in LIGHTS for e, end in enumerate(("low", "high"))},
                "source": m.milestone.source, "page": m.milestone.page,
                "caveat": m.milestone.caveat or "",
            }
            for m in milestones(result)
        ]
    )  # fmt: skip


def schema(scenarios: Sequence[Scenario]) -> dict[str, dict[str, object]]:
    """What the columns and the outcomes mean, for `schema.json`."""
    meanings = {
        names.write(outcome): meaning for names in map(Names, scenarios) for outcome, meaning in names.meanings.items()
    }
    return {
        "columns": {**COLUMNS},
        "outcomes": {
            name: {"unit": meaning.unit, "definition": meaning.definition, "clock": meaning.clock}
            for name, meaning in sorted(meanings.items())
        },
    }


def _jobcentres(result: Result) -> pd.DataFrame:
    """Every jobcentre with its organisation and some outcomes of its own, by arm."""
    import pandas as pd

    scenario = result.loaded.scenario
    only_one = len(scenario.jobcentres) == 1
    outcomes = ("talk_share", "talks_held", "workplace_share", "exit_job", "weeks_to_exit")
    shown = [name for name in outcomes if name in {figure.outcome for figure in result.keys}]
    rows = []
    for key, jobcentre in scenario.jobcentres.items():
        for arm in (*scenario.arms, *scenario.wholes):
            for outcome in shown:
                e = result.estimate(outcome, arm_group(arm, None if only_one else key))
                rows.append(
                    {"jobcentre": key, "name": jobcentre.name or key, "run_up": jobcentre.run_up or "",
                     "organisation": jobcentre.organisation or "",
                     "organisation_model": scenario.model_name_of(key) or "",
                     "persons": scenario.persons()[key], "group": arm,
                     "outcome": outcome, "value": e.value, "low": e.low, "high": e.high, "interval": SIMULATION,
                     "trial_low": e.trial_low, "trial_high": e.trial_high, "known": e.n,
                     "unit": result.names.unit(outcome)}
                )  # fmt: skip
    return pd.DataFrame(rows)


def _replications(result: Result) -> pd.DataFrame:
    import pandas as pd

    figures = [f for f in result.keys if f.time is None and not f.group.jobcentre]
    names, times = result.names, len(result.replications)
    return pd.DataFrame(
        {
            "replication": np.repeat([replication.number for replication in result.replications], len(figures)),
            "outcome": [names.write(figure.outcome) for figure in figures] * times,
            "intervention": [names.intervention(figure.outcome) for figure in figures] * times,
            "group": [str(figure.group) for figure in figures] * times,
            "value": np.array([result.values(figure) for figure in figures]).T.ravel(),
        }
    )


def _weekly_counts(result: Result) -> pd.DataFrame:
    import pandas as pd

    weeks, counts = range(result.loaded.scenario.weeks), sorted(result.counted.items())
    courses = [(count, name, a, arm) for count, name in counts for a, arm in enumerate(result.loaded.scenario.arms)]
    rows = np.concatenate([result.weekly(name, a).T for _, name, a, _ in courses])  # (courses × weeks, replications)
    each = [(count, name.intervention, arm, week) for count, name, _, arm in courses for week in weeks]
    return pd.DataFrame(
        [
            {"count": count, "intervention": intervention, "group": arm, "run_week": week,
             "mean": e.value, "low": e.low, "high": e.high, "interval": SIMULATION}
            for (count, intervention, arm, week), e in zip(each, estimates(rows, [COUNTED] * len(rows)), strict=True)
        ]
    )  # fmt: skip
