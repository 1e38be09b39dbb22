"""What the options of `cba` ask for, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import combinations
from typing import Any, NamedTuple

from simulation.economy.cba.budget import budget_year_of
from simulation.economy.cba.deciding import Asked
from simulation.economy.cba.found import ACCOUNTS, Account
from simulation.economy.cba.moving import law_of_price, moving_of
from simulation.economy.cba.plan import Of, Plan
from simulation.economy.cba.running import Pieces
from simulation.economy.items import Item
from simulation.economy.living import located
from simulation.economy.prices import Prices, read_prices
from simulation.economy.staff import WAYS, Way
from simulation.experiments.uncertain.chance import chance
from simulation.experiments.uncertain.design import Design, design
from simulation.scenario.changes import nothing_differs
from simulation.scenario.files.dates import undated
from simulation.scenario.files.problems import InputProblems, Mark, Problem, did_you_mean
from simulation.scenario.files.yamlfile import dotted
from simulation.scenario.load import Loaded
from simulation.world.weeks import week_after

PRICES, DRAWS, NOTICE, HORIZON = "shipped/dk_2025", 200, 13, 5


class Wanted(NamedTuple):
    """What is asked that needs no scenario to be understood; `prices` are None where they cannot be read."""

    way: Way
    account: Account
    prices: Prices | None
    trials: Asked | None


def wanted_of(asked: Mapping[str, Any]) -> tuple[Wanted, list[Problem]]:
    """What the options say, and all that is wrong with them."""
    problems: list[Problem] = []
    way = _one_of("staff", asked.get("staff") or "posts", WAYS, problems)
    account = _one_of("perspective", asked.get("perspective") or "public", ACCOUNTS, problems)
    if asked.get("notice") is not None and way != "notice":
        problems.append(Problem("goes with --staff notice", Mark(f"--notice {asked['notice']}", 0, 0)))
    prices: Prices | None = None
    try:
        prices = read_prices(asked.get("prices") or PRICES)
    except InputProblems as error:
        problems += error.problems
    return Wanted(way, account, prices, _trials(asked, problems)), problems


def plan_of(loaded: Sequence[Loaded], asked: Mapping[str, Any]) -> tuple[Plan, Account, Asked | None]:
    """The plan, the account that decides, and trials that are thought of. Nothing is simulated. Raises InputProblems
    with all that is wrong, but for prices that are not known (see `check_prices`)."""
    wanted, problems = wanted_of(asked)
    budget_year, too_far = budget_year_of(loaded[0].scenario, asked.get("budget_year"))
    prices, problems = wanted.prices, [*_of_scenarios(loaded), *problems, *too_far]
    if problems or prices is None:
        raise InputProblems(dict.fromkeys(problems))
    prices = prices_of_run(prices, loaded[0], asked.get("rules_of"))
    notice = None
    if wanted.way == "notice":
        notice = NOTICE if asked.get("notice") is None else asked["notice"]
    replications = asked.get("replications") or loaded[0].scenario.replications
    if wrong := [*_too_few(replications, wanted.trials, asked.get("tornado"))]:
        raise InputProblems(wrong)
    drawn = design(loaded, asked["draws"]) if asked.get("draws") else None
    moving = moving_of(loaded, prices, asked["tornado"]) if asked.get("tornado") else None
    every = () if drawn is None else _every(drawn)
    year = asked.get("price_year") or prices.price_year
    plan = Plan(loaded, prices, replications, wanted.way, year, budget_year, notice, every,
                _prices_at(prices, loaded[0].scenario.seed, asked.get("draws") or 0),
                {} if drawn is None else drawn.columns, moving)  # fmt: skip
    return plan, wanted.account, wanted.trials


def prices_of_run(prices: Prices, base: Loaded, rules: int | None = None) -> Prices:
    """Prices as they are in a run: those of a year are of the weeks that it has. With `rules` all are of that year."""
    start, weeks = base.scenario.start, base.scenario.weeks
    return replace(prices, rules=rules, within=(start, week_after(start, weeks)))


def check_prices(plan: Plan, first: Pieces) -> None:
    """Raise InputProblems with all prices that are needed and not known, by what there was in the first replication
    of every scenario."""
    items: dict[Item, None] = {}
    for of in map(Of, range(len(plan.loaded))):
        for piece in first[of]:
            items |= dict.fromkeys(item for item, units in piece.quantities.priced(plan.way).items() if units.any())
    years = [year for pieces in first.values() for piece in pieces for year in piece.quantities.years]
    if lacking := plan.prices.lacking(items, dict.fromkeys(years), plan.price_year):
        raise InputProblems(lacking)


def _too_few(replications: int, trials: Asked | None, tornado: int | None) -> Iterator[Problem]:
    """What so many replications cannot tell."""
    if trials is not None and replications < 2:
        mark = Mark(f"--replications {replications}", 0, 0)
        yield Problem("what a person varies by is told by 2 or more, for --trial", mark)
    if tornado is not None and not 2 <= tornado <= replications:
        message = f"must be 2 or more (one cannot tell luck), and at most --replications, {replications:,}"
        yield Problem(message, Mark(f"--tornado {tornado}", 0, 0))


def _of_scenarios(loaded: Sequence[Loaded]) -> Iterator[Problem]:
    """What keeps scenarios from being priced, or from being held against the first."""
    base = loaded[0]
    for each in loaded:
        yield from located(each)
    for each in loaded[1:]:
        start, weeks = each.scenario.start, each.scenario.weeks
        if (start, weeks) != (base.scenario.start, base.scenario.weeks):
            begins = f"the base {base.scenario.start} and {base.scenario.weeks}"
            message = f"it starts in {start} and has {weeks} weeks, and {begins}: only the same years can be compared"
            yield Problem(message, each.resolved.mark(("start",)), "start")
        elif each.scenario.persons() != base.scenario.persons():
            persons = [f"{sum(a.scenario.persons().values()):,}" for a in (each, base)]
            message = f"it has {persons[0]} persons and the base {persons[1]}: sums are of the same persons alone"
            if persons[0] == persons[1]:
                message = f"its {persons[0]} persons are in other jobcentres or arms than those of the base"
            yield Problem(message, each.resolved.mark(("intake", "persons")), "intake.persons")
    for one, other in combinations(loaded, 2):
        if same := nothing_differs(one, other):
            yield Problem(same, Mark(str(other.file), 0, 0))


def _every(drawn: Design) -> Sequence[Sequence[Mapping[str, object]]]:
    return drawn.points.every if drawn.points.every[0] else drawn.points.fitted


def _prices_at(prices: Prices, seed: int, draws: int) -> list[dict[str, float]]:
    """Prices with a range at every draw, each by chances of its own; what one is from a date on by the same ones."""
    laws = {each.path: law_of_price(each) for each in prices.unsure()}
    names = {path: dotted(undated(tuple(path.split(".")))) for path in laws}
    return [
        {path: float(law.drawn(partial(chance, seed, draw=draw), f"price {names[path]}"))
         for path, law in laws.items() if not isinstance(law, str)}
        for draw in range(draws)
    ]  # fmt: skip


def _one_of(option: str, text: str, known: Sequence[Any], problems: list[Problem]) -> Any:
    if text not in known:
        near = did_you_mean(text, known) or f"; there is {', '.join(known)}"
        problems.append(Problem(f"'{text}' is none{near}", Mark(f"--{option} {text}", 0, 0)))
    return text


def _trials(asked: Mapping[str, Any], problems: list[Problem]) -> Asked | None:
    """Trials that are thought of."""
    text, people = asked.get("trial"), asked.get("people")
    if text is None:
        for option in ("people", "horizon", "trial_cost", "trial_cost_each", "trial_reports"):
            if asked.get(option) is not None:
                mark = Mark(f"--{option.replace('_', '-')} {asked[option]}", 0, 0)
                problems.append(Problem("goes with --trial", mark))
        return None
    mark = Mark(f"--trial {text}", 0, 0)
    if not asked.get("draws"):
        problems.append(Problem("what a trial is worth is told over draws: give --draws", mark))
    if people is None:
        problems.append(Problem("say by --people how many a year are decided about", mark))
    parts = [part.strip() for part in str(text).split(",")]
    if not all(part.isascii() and part.isdigit() and 4 <= int(part) <= 10_000_000 for part in parts):
        problems.append(Problem("write sizes in persons, as 400,1600", mark))
        return None
    return Asked(
        sorted({int(part) for part in parts}), asked.get("trial_cost") or 0.0, asked.get("trial_cost_each") or 0.0,
        2.0 if asked.get("trial_reports") is None else asked["trial_reports"], people or 0,
        asked.get("horizon") or HORIZON,
    )  # fmt: skip
