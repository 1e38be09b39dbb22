"""What an assessment found: by payer and calendar year, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from simulation.economy.cba.budget import Budget
from simulation.economy.cba.days import Day
from simulation.economy.cba.plan import Plan
from simulation.economy.decision.information import Information
from simulation.economy.decision.pays import PayBack
from simulation.economy.decision.plane import Curves, Place, Plane
from simulation.economy.decision.worth import Worth
from simulation.economy.items import Item
from simulation.economy.parties import PARTIES, Party
from simulation.experiments.sensitivity.moved import Tornado
from simulation.results.intervals import PAIRED
from simulation.results.sobol import Part
from simulation.results.telling import AnswersWithPicture

if TYPE_CHECKING:
    import pandas as pd

Account = Literal[
    "stat", "kommune", "a_kasse", "arbejdsgiver", "borger", "anden_aktoer", "personale", "public", "society"
]
"""A party, all public ones, or society."""
ACCOUNTS: tuple[Account, ...] = (*PARTIES, "public", "society")


class Row(NamedTuple):
    """What changes of one item: units and kroner by calendar year, and all years together at the end."""

    item: Item
    units: Sequence[Part]
    kroner: Mapping[Party, Sequence[Part]]


@dataclass(frozen=True)
class Against:
    """A scenario against the base, by common luck, in kroner of the price year for everybody in the run. `net` has by
    account a figure for each calendar year and one of all together: what the account gains, below 0 what it pays.

    `work` are full-time years of work more, `weeks` weeks on benefit more per person. `effort` is what the public
    pays more for staff, offers and fees, `saved` what a week on benefit costs it (benefit less tax), `must_save` so
    many days of benefit a person would have to be fewer for the effort to be paid by that alone; `breaks_even` so
    many as pay for it with all else that comes with them (tax on the work that takes their place), in the proportion
    of the run. `per_work` is what a full-time year of work more costs the public, and `displaced` the share of what
    it gains beside the effort that others may lose before nothing is left. Where jobs are taken from others outside
    the run, `left` is the share of the jobs gained in it that is left with theirs, and `work_left` and `public_left`
    are work, and what the public gains, by that share of what it gains beside the effort. `days` have what a day on
    benefit costs each payer, and `arms` how many days longer a person of each arm is on benefit. `production` is what
    is produced more, `resources` what is used up more, and `ratio` the one for a krone of the other; unknown where that
    is no number. `welfare` is what society gains at the prices of households, discounted.
    """

    label: str
    net: Mapping[Account, Sequence[Part]]
    rows: Sequence[Row]
    days: Sequence[Day]
    arms: Mapping[str, Part]
    work: Part
    weeks: Part
    effort: Part
    saved: Part
    must_save: Part
    breaks_even: Part
    per_work: Part
    displaced: Part
    left: Part
    work_left: Part
    public_left: Part
    production: Part
    resources: Part
    ratio: Part
    welfare: Part


class Payer(NamedTuple):
    """What an account gains by the scenario of this number (the first against the base is 0), discounted, of society at
    the prices of households: `net` the mean of the draws with its error, `middle` the median and the middle 95 % of
    draws; the chance that it is a gain, and when it is paid back."""

    scenario: int
    account: Account
    net: Part
    middle: Part
    pays: Part
    back: PayBack


@dataclass(frozen=True)
class Sure:
    """How sure it is, over draws of everything, in discounted kroner of the account that decides. `pays` has the chance
    that each scenario gains against the base, `nets` what it gains, `back` when it is paid back; `plane` costs and
    full-time years of work of all options, the base first, `places` where each scenario lies beside the base, and
    `curves` what is best at each value of a year of work. `perfect` is what knowing everything is worth, `partly` what
    knowing one thing is, by name; `worth` a trial of several sizes, if asked for."""

    account: Account
    pays: Sequence[Part]
    nets: Sequence[Part]
    back: Sequence[PayBack]
    plane: Plane
    places: Sequence[Place]
    curves: Curves
    perfect: Information
    partly: Mapping[str, Information]
    worth: Worth | None


@dataclass(frozen=True)
class Assessed(AnswersWithPicture):
    """All that was found; `account` decides whether it pays. `years` are calendar years with so many `weeks` of the run
    each; `budget` is the controller's table, and `payers` have how sure it is for each of those who pay, over draws
    (none without); `unsaid` what may cost something and is priced by nobody, in the base and every scenario, by what
    would say it. `tornadoes` tell of every scenario on which number its gain hangs, where that is asked for."""

    plan: Plan
    account: Account
    years: Sequence[int]
    weeks: Sequence[int]
    persons: int
    against: Sequence[Against]
    budget: Budget
    payers: Sequence[Payer]
    sure: Sure | None
    unsaid: Mapping[str, float]
    tornadoes: Sequence[Tornado] = ()
    seconds: float = 0.0
    resumed: int = 0

    def table(self) -> pd.DataFrame:
        """A row per scenario, account and year: what the account gains by it."""
        import pandas as pd

        rows = [
            {"scenario": each.label, "account": account, "year": year, "price_year": self.plan.price_year,
             **_part("kr", figure)}
            for each in self.against for account in ACCOUNTS
            for year, figure in zip([*map(str, self.years), "all"], each.net[account], strict=True)
        ]  # fmt: skip
        return pd.DataFrame(rows)

    def items_table(self) -> pd.DataFrame:
        """A row per scenario, item and year: how many units more, and what that is to every party."""
        import pandas as pd

        rows = []
        for each in self.against:
            for row in each.rows:
                for place, year in enumerate([*map(str, self.years), "all"]):
                    known: dict[str, Any] = {
                        "scenario": each.label, "kind": row.item.kind, "name": row.item.name, "part": row.item.part,
                        "year": year, "unit": row.item.unit, **_part("units", row.units[place]),
                    }  # fmt: skip
                    for party in PARTIES:
                        known |= _part(party, row.kroner[party][place])
                    rows.append(known)
        return pd.DataFrame(rows)

    def summary_table(self) -> pd.DataFrame:
        """A row per scenario: work, weeks on benefit, what must be saved, cost of a year of work, welfare, and how sure
        it is that it pays."""
        import pandas as pd

        names = ("work", "weeks", "effort", "saved", "must_save", "breaks_even", "per_work", "displaced", "left",
                 "work_left", "public_left", "production", "resources", "ratio", "welfare")  # fmt: skip
        rows = []
        for n, each in enumerate(self.against):
            row: dict[str, Any] = {"scenario": each.label, "persons": self.persons}
            row |= {key: value for name in names for key, value in _part(name, getattr(each, name)).items()}
            if self.sure is not None:
                row |= {"decides": self.sure.account, **_part("pays", self.sure.pays[n])}
                row |= _part("net", self.sure.nets[n])
            rows.append(row)
        return pd.DataFrame(rows)

    def days_table(self) -> pd.DataFrame:
        """A row per scenario, payer, days that are meant and what of them is counted: kroner of a day on benefit."""
        import pandas as pd

        return pd.DataFrame([
            {"scenario": each.label, "account": day.account, "days": day.days, "counting": day.counting,
             "price_year": self.plan.price_year, **_part("kr", day.kroner)}
            for each in self.against for day in each.days
        ])  # fmt: skip

    def arms_table(self) -> pd.DataFrame:
        """A row per scenario and arm: days on benefit more per person."""
        import pandas as pd

        return pd.DataFrame([
            {"scenario": each.label, "arm": arm, **_part("days_longer", part)}
            for each in self.against for arm, part in each.arms.items()
        ])  # fmt: skip

    def payers_table(self) -> pd.DataFrame:
        """A row per scenario and account, over draws: what it gains, the chance of it, and when it is paid back."""
        import pandas as pd

        return pd.DataFrame([
            {"scenario": self.against[each.scenario].label, "account": each.account, "price_year": self.plan.price_year,
             **_part("net", each.net), **_part("middle", each.middle), **_part("pays", each.pays),
             **_part("paid_back", Part(*(self.years[0] - 1 + year for year in each.back.of_mean)))}
            for each in self.payers
        ])  # fmt: skip

    def curves_table(self) -> pd.DataFrame:
        """A row per value of a full-time year of work and option: the chance that it is best, and its expected loss."""
        import pandas as pd

        return pd.DataFrame(list(self._of_curves()))

    def knowing_table(self) -> pd.DataFrame:
        """A row per unknown: what knowing it before deciding is worth; everything first."""
        import pandas as pd

        if self.sure is None:
            return pd.DataFrame()
        known = {"all": self.sure.perfect, **self.sure.partly}
        return pd.DataFrame([
            {"unknown": name, **_part("value", found.value), "why": found.why} for name, found in known.items()
        ])  # fmt: skip

    def trials_table(self) -> pd.DataFrame:
        """A row per size of a trial: what it is worth, what it costs, and what is left."""
        import pandas as pd

        worth = None if self.sure is None else self.sure.worth
        return pd.DataFrame([
            {"size": trial.size, **_part("value", trial.value), **_part("cost", trial.cost), **_part("left", trial.net),
             "why": trial.sample.why}
            for trial in ([] if worth is None else worth.trials)
        ])  # fmt: skip

    def tornado_table(self) -> pd.DataFrame:
        """A row per scenario and number that is moved to its ends, the largest span of a scenario first."""
        import pandas as pd

        rows = []
        for each, tornado in zip(self.against, self.tornadoes, strict=False):
            at = tornado.at
            point = {"as_written": at.value, "as_written_low": at.low, "as_written_high": at.high,
                     "as_written_interval": PAIRED}  # fmt: skip
            rows += [
                {"scenario": each.label, "decides": self.account, "unknown": m.bar.name, "rests_on": m.bar.kind,
                 "places": m.bar.places, "written": m.bar.written, "low": m.bar.low, "high": m.bar.high,
                 **tornado.ends("low_", m.low), **tornado.ends("high_", m.high), "change_interval": PAIRED,
                 "span": m.span, "measurable": m.measurable, "replications": m.low.of, **point,
                 "price_year": self.plan.price_year}
                for m in tornado.bars
            ]  # fmt: skip
        return pd.DataFrame(rows)

    def left_out_table(self) -> pd.DataFrame:
        """A row per number that is unsure and not moved, with the reason."""
        import pandas as pd

        left_out = {} if self.plan.moving is None else self.plan.moving.left_out
        return pd.DataFrame([{"unknown": name, "why": why} for name, why in left_out.items()])

    def _of_curves(self) -> Iterator[dict[str, Any]]:
        if self.sure is None:
            return
        curves, labels = self.sure.curves, [self.plan.base.scenario.name, *(each.label for each in self.against)]
        for place, value in enumerate(curves.values.tolist()):
            for option, label in enumerate(labels):
                yield {
                    "value_of_a_year_of_work": value, "option": label,
                    **_part("best", curves.acceptability[place][option]), **_part("loss", curves.loss[place][option]),
                    "taken": "yes" if curves.taken[place] == option else "no",
                }  # fmt: skip

    def __repr__(self) -> str:
        return f"<who pays of {self.plan.base.scenario.name}: {len(self.against)} scenarios against it>"


def _part(name: str, part: Part) -> dict[str, float]:
    return {name: part.value, f"{name}_low": part.low, f"{name}_high": part.high}
