"""Who pays and who gains as JSON, and in its results folder."""

from __future__ import annotations

import pathlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from simulation.economy.cba.budget import DIFFERENCE
from simulation.economy.cba.deciding import Asked
from simulation.economy.cba.found import ACCOUNTS, Account, Assessed
from simulation.economy.cba.plan import Plan
from simulation.economy.decision.information import Information
from simulation.economy.decision.worth import Worth
from simulation.economy.parties import PARTIES
from simulation.report.answer import finite, rows_of
from simulation.report.economy.words import Telling
from simulation.report.sensitivity.text import COLUMNS as OF_MOVED
from simulation.report.store import made_by_of
from simulation.results.sobol import Part
from simulation.results.tables.folder import Keeping, Saved, save
from simulation.results.tables.inputs import labels
from simulation.results.tables.unfinished import folder_name
from simulation.scenario.load import Loaded

if TYPE_CHECKING:
    import pandas as pd

    from simulation.world.labels import Language

OF_FIGURES: dict[str, str] = {
    "kr": "what the account gains by the scenario over the base, below 0 what it pays, in kroner of price_year; in "
    "budget of a level: what it gains in that scenario as it is; in days: what a day on benefit costs it",
    "units": "how many more of the item there are than in the base, in its unit",
    "work": "full-time years of work more than in the base, subsidised or not",
    "weeks": "weeks on benefit or pension more per person",
    "effort": "kroner that the public pays more for staff, talks, offers and fees",
    "saved": "kroner that a week on benefit less saves the public, tax reckoned",
    "must_save": "days of benefit less per person at which the effort is paid",
    "breaks_even": "days of benefit less per person at which it is paid with all else that comes with them, such as "
    "tax on work",
    "per_work": "kroner that a full-time year of work more costs the public",
    "displaced": "share of what the public gains beside the effort that others may lose before nothing is left",
    "left": "share of the jobs gained in the run that is left with those taken from others outside it; in trials: "
    "value less cost, in kroner",
    "work_left": "full-time years of work more by that share",
    "public_left": "kroner that the public gains by that share of what it gains beside the effort",
    "middle": "kroner that the account gains by it, discounted: median of the draws, and between _low and _high the "
    "middle 95 % of them, which is no error",
    "paid_back": "year from which on what was gained until then is never below 0, by the mean of the draws",
    "days_longer": "days on benefit more per person of the arm, to the end of the run, returns from jobs with it",
    "production": "kroner that are produced more",
    "resources": "kroner of staff, offers and the like that are used up more",
    "ratio": "production more for a krone of resources more",
    "welfare": "kroner that society gains, discounted, at the prices of households, with what taxes cost",
    "pays": "chance of a gain: of the account that decides, in payers of each account",
    "net": "kroner gained by it, discounted, mean of the draws: of the account that decides, in payers of each account",
    "best": "share of draws in which the option is the best",
    "loss": "kroner that the option is expected to fall short of the best one of each draw",
} | {str(party): f"kroner that {party} gains by it" for party in PARTIES}
"""Figures that have columns for both ends of their 95 % interval, too."""
COLUMNS = {
    "scenario": "scenario that is held against the base",
    "account": "whose gain it is: a party, public (state and municipality together), or society",
    "year": "calendar year (that of the Thursday of a week); all: all years of the run together; before, after: those "
    "of the run before and after the four of the budget",
    "price_year": "year whose kroner they are",
    "kind": "kind of item", "name": "benefit, pension, sort of hours, team or intervention",
    "part": "step of refusion, channel of a talk, part of a fee, or team in whose time it is done",
    "unit": "unit of the item",
    "arm": "arm of the trial",
    "of": "difference: what the scenario has more than the base; level: what it has",
    "line": "once, staff, effort (talks, offers, fees, mentors), benefits (own share), work (wages, subsidies, "
    "production), taxes; net: all of these; until: net from the first week of the run on",
    "weeks_in_run": "weeks of the year that the run has; 0: it has nothing of it, and nothing is known",
    "weeks_of_year": "weeks that the calendar year has",
    "days": "all: every day on benefit in the base; changed: those by which the scenario makes them more or fewer",
    "counting": "benefit: the benefit alone; less_tax: less the tax on it; with_work: with wages, subsidies and taxes "
    "of the work that takes its place",
    "persons": "persons of the run, whom all sums are of",
    "decides": "account that decides whether it pays",
    "value_of_a_year_of_work": "kroner that a full-time year of work is worth to whoever decides, beside the money",
    "option": "scenario, the base among them",
    "taken": "whether the option has the largest mean net benefit at that value",
    "unknown": "number that is drawn, of scenarios or of prices",
    "value": "kroner that knowing it first is worth for the people of the run, or a trial for all decided about",
    "why": "why it is not known",
    "size": "persons of the trial",
    "cost": "kroner that the trial costs, with what its people forgo",
    "rests_on": "what is known of the number: fitted, evidence or assumption",
}
"""Columns of these tables that others do not have, or have in another sense."""


TORNADO = (
    "places", "written", "low", "high", "change_interval", "span", "measurable", "as_written",
    "as_written_low", "as_written_high", "as_written_interval",
    *(f"{end}_{part}{side}" for end in ("low", "high") for part in ("value", "change")
      for side in ("", "_low", "_high")),
)  # fmt: skip
"""Columns that mean what they do in the tornado of `sensitivity`: the answer is what the account that decides gains,
discounted, in kroner of price_year."""


def cba_name(loaded: Sequence[Loaded]) -> str:
    """The folder of results."""
    return folder_name(labels(each.file for each in loaded))


def question_of(plan: Plan, account: Account, trials: Asked | None) -> str:
    """All that is asked, in a text that is the same whenever it is."""
    return f"{plan.question} {account} {None if trials is None else tuple(trials)}"


def cba_tables(assessed: Assessed) -> dict[str, pd.DataFrame]:
    """All tables by file name without ending."""
    tables = {
        "cba": assessed.table(), "items": assessed.items_table(), "summary": assessed.summary_table(),
        "budget": assessed.budget.table(), "days": assessed.days_table(), "arms": assessed.arms_table(),
        "payers": assessed.payers_table(),
    }  # fmt: skip
    if assessed.sure is not None:
        tables |= {"curves": assessed.curves_table(), "knowing": assessed.knowing_table(),
                   "trials": assessed.trials_table()}
    tables |= {"tornado": assessed.tornado_table(), "left_out": assessed.left_out_table()}
    return {name: table for name, table in tables.items() if len(table)}


def cba_columns() -> dict[str, str]:
    """What the columns of these tables mean."""
    names = (*OF_FIGURES, "value", "cost", "left")
    ends = {f"{name}_{end}": f"{side} end of its interval, 95 %"
            for name in names for end, side in (("low", "lower"), ("high", "upper"))}  # fmt: skip
    return {**{name: OF_MOVED[name] for name in TORNADO}, **COLUMNS, **OF_FIGURES, **ends}


def store_cba(
    assessed: Assessed, run: Mapping[str, Any], keeping: Keeping, mark: str, question: str, language: Language = "en"
) -> Saved:
    """Put it into its results folder, of the fingerprint `mark`. Raises as `save` does."""
    from simulation.report.economy.figures import draw_cba

    plan = assessed.plan

    def draw(folder: pathlib.Path) -> None:
        draw_cba(assessed, folder, made_by_of(plan.base.scenario, mark, plan.replications, language), language)

    return save(
        keeping.unfinished.root, keeping.unfinished.name, plan.loaded, cba_tables(assessed),
        {"asked": plan.replications, "done": plan.replications}, {**run, "language": language}, draw, question,
        {"columns": cba_columns()}, keeping, mark,
    )  # fmt: skip


def cba_answer(assessed: Assessed) -> dict[str, Any]:
    """What was found, as plain values; NaN becomes None. `net` has of every scenario what each account gains by year
    and in all; amounts are kroner of `price_year` for the people of the run."""
    plan, sure = assessed.plan, assessed.sure
    net = {
        each.label: {account: [_ends(part) for part in each.net[account]] for account in ACCOUNTS}
        for each in assessed.against
    }
    found: dict[str, Any] = {
        "years": [*assessed.years, "all"], "weeks": list(assessed.weeks), "price_year": plan.price_year,
        "rules_of": {str(year): plan.prices.rules_of(year, plan.price_year) for year in assessed.years},
        "persons": assessed.persons, "replications": plan.replications, "draws": plan.number_of_draws,
        "perspective": assessed.account, "staff": plan.way, "notice": plan.notice_weeks,
        "answer": " ".join(Telling(assessed).answer()), "net": net,
        "summary": rows_of(assessed.summary_table()), "unpriced": dict(assessed.unsaid), "budget": _budget(assessed),
        "days": rows_of(assessed.days_table()), "arms": rows_of(assessed.arms_table()),
        "tornado": rows_of(assessed.tornado_table()) or None,
    }  # fmt: skip
    if sure is None:
        return {**found, "sure": None}
    back = [{"mean": _ends(each.of_mean), "draws": _ends(each.of_draws), "reached": [*map(_ends, each.reached)]}
            for each in sure.back]  # fmt: skip
    places = [
        {**{name: _ends(getattr(each, name)) for name in ("effect", "cost", "ratio")},
         "quadrants": {name: _ends(part) for name, part in each.quadrants.items()}}
        for each in sure.places
    ]  # fmt: skip
    told = {"payers": rows_of(assessed.payers_table()), "decides": sure.account,
            "pays": [*map(_ends, sure.pays)], "net": [*map(_ends, sure.nets)],
            "paid_back": back, "places": places, "knowing_everything": _information(sure.perfect),
            "knowing": {name: _information(each) for name, each in sure.partly.items()},
            "trial": None if sure.worth is None else _worth(sure.worth)}  # fmt: skip
    return {**found, "sure": told}


def _budget(assessed: Assessed) -> dict[str, Any]:
    """What every scenario has more than the base; both as they are stand in the table that is stored."""
    table = assessed.budget.table()
    return {"year": assessed.budget.year, "more_weeks": assessed.budget.more_weeks,
            "rows": rows_of(table[table["of"] == DIFFERENCE])}  # fmt: skip


def _worth(worth: Worth) -> dict[str, Any]:
    trials = [{"persons": each.size, "value": _ends(each.value), "cost": _ends(each.cost), "net": _ends(each.net),
               "why": each.sample.why or None} for each in worth.trials]  # fmt: skip
    return {"trials": trials, "best": None if worth.best is None else worth.best.size,
            "as_good": [each.size for each in worth.as_good], "surely": worth.surely}  # fmt: skip


def _information(found: Information) -> dict[str, Any]:
    return {**_ends(found.value), "why": found.why or None}


def _ends(part: Part) -> dict[str, float | None]:
    return {name: finite(float(value)) for name, value in part._asdict().items()}
