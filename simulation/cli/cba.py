"""The command `cba`."""

from __future__ import annotations

import json
import pathlib
import sys
import time
from typing import TYPE_CHECKING, Any

import click

from simulation.cli.console import INPUT_WRONG, INTERRUPTED, Failed, say
from simulation.cli.first import aside_of
from simulation.cli.options import DRAWS, REPLICATIONS, asked_options
from simulation.cli.pieces import bar, begin, foresee, load_all, refuse
from simulation.cli.working import ANEW, GO_ON, at_work, cannot_keep, workers_of

if TYPE_CHECKING:
    from simulation.economy.cba.deciding import Asked
    from simulation.economy.cba.found import Account, Assessed
    from simulation.economy.cba.plan import Plan
    from simulation.economy.cba.running import Pieces, Simulated
    from simulation.results.tables.folder import Saved
    from simulation.results.tables.unfinished import Unfinished

ASKED = (
    "price_year", "rules_of", "budget_year", "perspective", "staff", "notice", "draws", "trial", "people",
    "trial_cost", "trial_cost_each", "trial_reports", "horizon", "tornado",
)  # fmt: skip
"""Options that say what is asked, beside the prices."""
PRICES = "of_prices"
"""Where the file of prices lies among the kept input."""
FOLDER = "quantities"
"""Where finished quantities lie in a folder of results."""
NO_DRAWS = {"uncertain": False, "draws": None, "needed": False}
"""Draws are counted as replications, and no effect is sought that is needed."""
KRONER = click.FloatRange(0, 1e12)


@click.command()
@click.argument("base", type=click.Path(path_type=pathlib.Path))
@click.argument("scenarios", nargs=-1, required=True, type=click.Path(path_type=pathlib.Path))
@click.option("--prices", metavar="FILE", help="File of prices; default: shipped/dk_2025.")
@click.option("--price-year", type=click.IntRange(1900, 2999), metavar="YEAR",
              help="Year whose kroner all is told in; default: as the file of prices says.")  # fmt: skip
@click.option("--rules-of", type=click.IntRange(1900, 2999), metavar="YEAR",
              help="Year whose rules and prices all years are priced by; default: each by its own.")  # fmt: skip
@click.option("--budget-year", type=click.IntRange(1900, 2999), metavar="YEAR",
              help="First of the controller's four years; default: the first that the run has whole.")  # fmt: skip
@click.option("--perspective", metavar="WHOSE",
              help="Whose gain decides: public, stat, kommune, society or another party; default: public.")  # fmt: skip
@click.option("--staff", metavar="HOW",
              help="Staff by the minutes they use (margin), as paid (posts), in whole posts (whole), or as paid with "
                   "notice (notice); default: posts.")  # fmt: skip
@click.option("--notice", type=click.IntRange(0, 520), metavar="WEEKS",
              help="Weeks that a post taken away is still paid for, with --staff notice; default: 13.")  # fmt: skip
@click.option("--replications", type=REPLICATIONS, help="Replications; default: as the base says.")
@click.option("--draws", type=DRAWS,
              help="Tell how sure it is, too, over so many draws of all that is unsure, prices among it.")  # fmt: skip
@click.option("--tornado", type=REPLICATIONS, metavar="N",
              help="Tell on which number it hangs: each at both of its ends, in N replications.")  # fmt: skip
@click.option("--trial", metavar="SIZES", help="Is a trial worth its price? Of so many persons: 400,2000.")
@click.option("--people", type=click.IntRange(1, 10**9), help="How many persons a year are decided about, then.")
@click.option("--horizon", type=click.IntRange(1, 100), metavar="YEARS",
              help="For how many years what the trial finds is used; default: 5.")  # fmt: skip
@click.option("--trial-cost", type=KRONER, metavar="KR", help="What the trial costs whatever its size; default: 0.")
@click.option("--trial-cost-each", type=KRONER, metavar="KR", help="And for each person; default: 0.")
@click.option("--trial-reports", type=click.FloatRange(0, 100), metavar="YEARS",
              help="After how many years it reports; default: 2.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Tell what it would take, and run and write nothing.")
@asked_options
def cba(base: pathlib.Path, scenarios: tuple[pathlib.Path, ...], **options: Any) -> None:
    """Who pays and who gains: scenarios against BASE by payer and calendar year, in kroner.

    What a scenario uses and pays is counted by common luck and priced by a file of prices. Every flow has a payer and a
    receiver; what society gains is reckoned a second time, from production and resources.
    """
    from simulation.economy.cba.running import take_up
    from simulation.report.economy.screen import cba_screen
    from simulation.report.economy.text import cba_answer, cba_name, question_of
    from simulation.results.identity import fingerprint
    from simulation.results.tables.inputs import copy_inputs

    began = time.perf_counter()
    plan, account, trials = asked_of([base, *scenarios], options)
    loaded = list(plan.loaded)
    of_each = -(-sum(map(len, plan.wanted.values())) // len(loaded))
    foresee(loaded, {**options, **NO_DRAWS, "replications": of_each})
    first = _first(plan, options)
    options["replications"] = plan.replications
    mark = fingerprint(loaded, plan.replications, question_of(plan, account, trials))
    file = pathlib.Path(plan.prices.resolved.mark(()).file)
    request = {**{key: options[key] for key in ASKED}, "prices": f"{PRICES}/{file.name}"}
    unfinished = begin("cba", cba_name(loaded), mark, loaded, loaded, options, request)
    try:
        copy_inputs([plan.prices], unfinished.inputs / PRICES)
        take_up(plan, unfinished.folder / FOLDER, _beside(options))
    except OSError as error:
        raise cannot_keep(error, unfinished.folder) from error
    assessed = _assess(plan, account, trials, options, unfinished, first)
    saved = _store(assessed, options, unfinished, mark, question_of(plan, account, trials))
    if options["as_json"]:
        seconds = {"simulate": round(assessed.seconds, 4), "total": round(time.perf_counter() - began, 4)}
        facts = {"scenario": loaded[0].scenario.name, "fingerprint": mark, "results_dir": str(saved.folder),
                 "seconds": seconds, "resumed": assessed.resumed, "complete": True}  # fmt: skip
        say(json.dumps({**facts, **cba_answer(assessed)}, ensure_ascii=False))
        return
    say(cba_screen(assessed, options["lang"], aside_of(saved, options, assessed.resumed), options["in_full"]))


def asked_of(scenarios: list[pathlib.Path], options: dict[str, Any]) -> tuple[Plan, Account, Asked | None]:
    """What is asked. Raises Failed with all that is wrong, of scenarios, prices and options."""
    from simulation.economy.cba.asked import plan_of, wanted_of
    from simulation.scenario.files.problems import InputProblems

    _, wrong = wanted_of(options)
    loaded = load_all(scenarios, options, keep_seed_of_first=True, also=wrong)
    try:
        return plan_of(loaded, options)
    except InputProblems as error:
        refuse(list(error.problems))


def _beside(options: dict[str, Any]) -> list[pathlib.Path]:
    """The folders of results in which there may be finished quantities of the same scenarios, other work's among them.
    """
    return sorted(options["out"].glob(f"*/*/{FOLDER}"))


def _first(plan: Plan, options: dict[str, Any]) -> Pieces:
    """The first replication of each scenario. Raises Failed where something is to be priced that has no price."""
    from simulation.economy.cba.asked import check_prices
    from simulation.economy.cba.running import first_of
    from simulation.experiments.work import Stopped
    from simulation.scenario.files.problems import InputProblems

    try:
        with at_work(None, options):
            first = first_of(plan, workers_of(options), _beside(options))
        check_prices(plan, first)
    except Stopped as stopped:
        raise Failed(f"{str(stopped).capitalize()}. {ANEW}", INTERRUPTED) from None
    except InputProblems as error:
        refuse(list(error.problems))
    return first


def _assess(
    plan: Plan, account: Account, trials: Asked | None, options: dict[str, Any], unfinished: Unfinished, first: Pieces
) -> Assessed:
    from simulation.economy.cba.answer import assessed
    from simulation.scenario.files.problems import InputProblems, render

    found = _simulate(plan, options, unfinished, first)
    try:
        return assessed(plan, found, account, trials)
    except InputProblems as error:  # something was met that the first replication did not have
        kept = f"All replications are kept in {unfinished.folder}: with a price for it none is simulated anew."
        raise Failed(f"{render(error.problems)}\n{kept}", INPUT_WRONG) from None


def _simulate(plan: Plan, options: dict[str, Any], unfinished: Unfinished, first: Pieces) -> Simulated:
    from simulation.economy.cba.running import simulated
    from simulation.experiments.work import Stopped

    try:
        with at_work(unfinished.folder, options):
            return simulated(
                plan, workers_of(options), options["batch"], bar(options), unfinished.folder / FOLDER, first
            )
    except Stopped as stopped:
        say(f"Interrupted: {stopped.done:,} of {stopped.total:,} replications are finished and kept in "
            f"{unfinished.folder}.\n{GO_ON}", err=True)  # fmt: skip
        sys.exit(INTERRUPTED)


def _store(
    assessed: Assessed, options: dict[str, Any], unfinished: Unfinished, mark: str, question: str
) -> Saved:
    from simulation.experiments.executors import at_once
    from simulation.experiments.numbered import ENDING
    from simulation.report.economy.text import store_cba
    from simulation.results.tables.folder import Keeping, ResultsDiffer
    from simulation.results.whole import sealed

    facts = {"seconds": round(assessed.seconds, 3), "resumed": assessed.resumed,
             "workers": at_once(workers_of(options))}  # fmt: skip
    pieces = {FOLDER: [file for file, _ in sealed(unfinished.folder / FOLDER, "*", ENDING)]}
    keeping = Keeping(unfinished, options["request"], pieces, options["locale"])
    try:
        saved = store_cba(assessed, facts, keeping, mark, question, options["lang"])
    except ResultsDiffer as error:
        raise Failed(f"The results could not be stored: {error}") from error
    except OSError as error:
        raise cannot_keep(error, unfinished.folder) from error
    unfinished.discard()
    return saved
