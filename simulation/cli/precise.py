"""`--until-halfwidth`: as many replications as a precision takes, for `run` and `compare`."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from simulation.cli.console import NOT_PRECISE, say
from simulation.cli.options import asked_draws
from simulation.cli.pieces import refuse

if TYPE_CHECKING:
    from simulation.results.result import Result
    from simulation.scenario.load import Loaded

ASKED = ("until_halfwidth", "of", "most")


def ask_precision(loaded: Sequence[Loaded], options: dict[str, Any], compared: bool = False) -> None:
    """Note in the options `until` when there are enough replications; None where their number is given. Raises
    Failed."""
    from simulation.experiments.precise import until_of
    from simulation.scenario.files.problems import InputProblems

    try:
        options["until"] = until_of(loaded, options, compared)
    except InputProblems as error:
        refuse(error.problems)


def precision_question(options: Mapping[str, Any]) -> str:
    """What is asked beside the usual question, for the fingerprint of work that is not finished."""
    until = options["until"]
    return "" if until is None else f" until {json.dumps(until.question, sort_keys=True)}"


def precision_request(options: Mapping[str, Any]) -> dict[str, Any]:
    """The same for the request that is kept."""
    return {} if options["until"] is None else {key: options[key] for key in ASKED}


def precision_of(request: Mapping[str, Any]) -> dict[str, Any]:
    """The options of a request that was kept; who asks for a precision has given no number of replications."""
    asked = {key: request.get(key) for key in ASKED}
    return asked if asked["until_halfwidth"] is None else {**asked, "replications": None}


def settle(results: Sequence[Result], mark: str, options: dict[str, Any]) -> str:
    """Take what was found for a run of as many replications as it took: in the options, in the request that is stored
    with it, and by its fingerprint, which is returned. Notes what is said of the precision."""
    from simulation.report.precise import precision_text
    from simulation.report.store import question_of
    from simulation.results.identity import fingerprint

    if (until := options["until"]) is None:
        return mark
    asked = results[0].asked
    options["replications"] = asked
    request = {key: value for key, value in options["request"].items() if key not in ASKED}
    options["request"] = {**request, "replications": asked}
    reached = until.reached(results)
    options["reached"] = {"half_width": until.half_width, "reached": reached if reached == reached else None,
                          "enough": until.enough(results), "most": until.most,
                          "further_replications": until.further(results)}  # fmt: skip
    options["precision"] = precision_text(until, results, options["lang"])
    question = question_of(asked_draws(options), options["uncertain"])
    return fingerprint([result.loaded for result in results], asked, question)


def precision_answer(options: Mapping[str, Any]) -> dict[str, Any]:
    """What was reached, for JSON."""
    return {"precision": options["reached"]} if "reached" in options else {}


def end_if_imprecise(options: Mapping[str, Any]) -> None:
    """End with an exit code of its own where the precision that was asked for is not reached: a script that goes on
    with the figures must know. Raises SystemExit."""
    if "reached" in options and not options["reached"]["enough"]:
        sys.exit(NOT_PRECISE)


def tell_precision(options: Mapping[str, Any]) -> None:
    """Say what was reached, below everything."""
    if "precision" in options:
        from simulation.report.screen import PRECISION

        say(f"{PRECISION.told(options['lang'])} {options['precision']}")
