"""The command `trial`."""

from __future__ import annotations

import json
import pathlib
import sys
import time
from typing import TYPE_CHECKING, Any

import click

from simulation.cli.console import INTERRUPTED, Failed, say
from simulation.cli.first import aside_of
from simulation.cli.options import DRAWS, REPLICATIONS, asked_options
from simulation.cli.pieces import bar, begin, foresee, load_all, refuse
from simulation.cli.working import GO_ON, at_work, cannot_keep, workers_of

if TYPE_CHECKING:
    from simulation.experiments.trial.found import Rehearsed
    from simulation.experiments.trial.plan import Plan
    from simulation.experiments.trial.precise import Enough
    from simulation.results.tables.folder import Saved
    from simulation.results.tables.unfinished import Unfinished

ASKED = ("rehearsals", "n", "jobcentres", "uncertain", "draws", "until_halfwidth", "of", "most")
"""Options that say what is rehearsed."""


@click.command()
@click.argument("scenario", type=click.Path(path_type=pathlib.Path))
@click.option("--rehearsals", type=REPLICATIONS, help="How often the trial is rehearsed; default: 1000.")
@click.option("--n", metavar="PERSONS", help="Other numbers of persons by lot: a,b,c or start:stop:step.")
@click.option("--jobcentres", metavar="NUMBERS", help="Other numbers of jobcentres, likewise.")
@click.option("--uncertain", is_flag=True,
              help="Tell the chance that the trial succeeds as well, over draws of all that is unsure.")  # fmt: skip
@click.option("--draws", type=DRAWS, help="How many; default: 200.")
@click.option("--until-halfwidth", metavar="WIDTH",
              help="Instead of --rehearsals: as many as it takes until the interval (95 %) of what --of names is ± so "
                   "much: 2pp of power or a share, else a number in its unit.")  # fmt: skip
@click.option("--of", metavar="power|OUTCOME", help="Power, or the mean estimate of an outcome; default: power.")
@click.option("--most", type=REPLICATIONS, help="Most rehearsals then; default: 10000.")
@click.option("--dry-run", is_flag=True, help="Tell what it would take, and run and write nothing.")
@asked_options
def trial(scenario: pathlib.Path, **options: Any) -> None:
    """Rehearse a trial: would it see the effect, how large must it be, and what does it do to those not treated?

    The scenario says by its `trial` block how ledige or jobcentres are drawn by lot and what the data lack. Every
    rehearsal is simulated, analysed on what is registered, and held against what is true in the model.
    """
    from simulation.experiments.trial.answer import rehearsed_of
    from simulation.report.trial.screen import trial_screen
    from simulation.report.trial.text import trial_answer
    from simulation.results.tables.inputs import labels

    began = time.perf_counter()
    plan, enough = asked_of(scenario, options)
    options["replications"] = plan.rehearsals
    worlds = 2 * len(plan.sizes) + 1
    foresee([plan.loaded], options, worlds)
    name = labels([plan.loaded.file])[0]
    mark = plan.fingerprint("" if enough is None else f" until {enough}")
    request = {key: options[key] for key in ASKED}
    unfinished = begin("trial", name, mark, [plan.loaded], [plan.loaded], options, request)
    ran, plan = _run(plan, enough, options, unfinished)
    rehearsed, mark = rehearsed_of(plan, ran), plan.fingerprint()
    if enough is not None:  # it is stored as a trial of as many rehearsals as it took
        options["request"] |= {"rehearsals": plan.rehearsals, "until_halfwidth": None, "of": None, "most": None}
    saved = _store(rehearsed, plan, options, unfinished, mark)
    if options["as_json"]:
        seconds = {"rehearsals": round(ran.seconds, 4), "total": round(time.perf_counter() - began, 4)}
        facts = {"scenario": plan.loaded.scenario.name, "fingerprint": mark, "results_dir": str(saved.folder),
                 "seconds": seconds, "resumed": ran.resumed, "complete": True}  # fmt: skip
        say(json.dumps({**facts, **trial_answer(rehearsed)}, ensure_ascii=False))
        return
    say(trial_screen(rehearsed, options["lang"], aside_of(saved, options, ran.resumed), options["in_full"]))


def asked_of(scenario: pathlib.Path, options: dict[str, Any]) -> tuple[Plan, Enough | None]:
    """What is rehearsed, and until when. Raises Failed with all that is wrong."""
    from simulation.experiments.trial.asked import plan_of
    from simulation.scenario.files.problems import InputProblems

    (loaded,) = load_all([scenario], options)
    try:
        return plan_of(loaded, options)
    except InputProblems as error:
        refuse(error.problems)


def _run(plan: Plan, enough: Enough | None, options: dict[str, Any], unfinished: Unfinished) -> Any:
    from simulation.experiments.trial.precise import until_enough
    from simulation.experiments.work import Stopped

    try:
        with at_work(unfinished.folder, options):
            return until_enough(
                plan, enough, workers_of(options), options["batch"], bar(options), unfinished.folder / "rehearsals"
            )
    except Stopped as stopped:
        say(f"Interrupted: {stopped.done:,} of {stopped.total:,} rehearsals are finished and kept in "
            f"{unfinished.folder}.\n{GO_ON}", err=True)  # fmt: skip
        sys.exit(INTERRUPTED)


def _store(
    rehearsed: Rehearsed, plan: Plan, options: dict[str, Any], unfinished: Unfinished, mark: str
) -> Saved:
    from simulation.experiments.executors import at_once
    from simulation.experiments.numbered import ENDING
    from simulation.report.trial.text import store_trial
    from simulation.results.tables.folder import Keeping, ResultsDiffer
    from simulation.results.whole import sealed

    facts = {"seconds": round(rehearsed.seconds, 3), "resumed": rehearsed.resumed,
             "workers": at_once(workers_of(options))}  # fmt: skip
    pieces = {"rehearsals": [file for file, _ in sealed(unfinished.folder / "rehearsals", "*", ENDING)]}
    keeping = Keeping(unfinished, options["request"], pieces, options["locale"])
    try:
        saved = store_trial(rehearsed, facts, keeping, mark, plan.question, options["lang"])
    except ResultsDiffer as error:
        raise Failed(f"The results could not be stored: {error}") from error
    except OSError as error:
        raise cannot_keep(error, unfinished.folder) from error
    unfinished.discard()
    return saved
