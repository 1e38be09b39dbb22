"""`--dry-run`: what a run, a comparison or a sweep would take."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NoReturn

from simulation.cli.console import say
from simulation.cli.options import asked_draws
from simulation.cli.working import workers_of
from simulation.world.labels import Label

if TYPE_CHECKING:
    from simulation.scenario.load import Loaded

MINUTES = 90.0
"""Seconds from which on minutes are told."""
SAID = Label(
    "Nothing was run and nothing is written. It would take:\n"
    "    replications  {replications} of {persons} persons{draws}\n"
    "    time          about {time} (workers: {workers}), tables and figures with it\n"
    "    memory        about {memory} GiB\n"
    "    disk          about {disk} MB, in {out}\n"
    "Measured on a probe of {probed}; on a busy machine it takes longer.",
    "Intet er kørt, og intet er skrevet. Det vil tage:\n"
    "    gentagelser   {replications} med {persons} personer{draws}\n"
    "    tid           omkring {time} (processer: {workers}), inklusive tabeller og figurer\n"
    "    hukommelse    omkring {memory} GiB\n"
    "    disk          omkring {disk} MB, i {out}\n"
    "Målt på en prøve af {probed}; på en travl maskine tager det længere tid.",
)
OF_DRAWS = Label(", {number} of them for the uncertainty", ", heraf {number} til usikkerheden")
SECONDS = Label("{number} seconds", "{number} sekunder")
IN_MINUTES = Label("{number} minutes", "{number} minutter")
PROBE = Label("{number} replications", "{number} gentagelser")
ONE = Label("one replication", "én gentagelse")
NEEDED = Label(
    "The search for needed_effects comes on top of that: some runs more for each of them.",
    "Søgningen efter needed_effects kommer oveni: nogle kørsler mere for hver.",
)


def tell_size(loaded: Sequence[Loaded], options: dict[str, Any], times: int) -> NoReturn:
    """Tell what scenarios would take, `times` over, and end. Raises Failed."""
    from simulation.experiments.expected_size import expected_size

    lang = options["lang"]
    asked = options["replications"] or loaded[0].scenario.replications
    size = expected_size(
        loaded, options["replications"], workers_of(options), options["batch"], times, _of_draws(options, asked)
    )
    needed = any(each.scenario.needed_effects for each in loaded[:1]) and times == 1 and options.get("needed", True)
    if options["as_json"]:
        say(json.dumps({"dry_run": True, **size.as_dict()}, ensure_ascii=False))
        sys.exit(0)

    def number(value: float, digits: int = 0) -> str:
        text = f"{value:,.{digits}f}"
        return text.translate(str.maketrans(",.", ".,")) if lang == "da" else text

    minutes = size.seconds >= MINUTES
    took = (IN_MINUTES if minutes else SECONDS).told(lang, number=number(size.seconds / (60 if minutes else 1)))
    draws = OF_DRAWS.told(lang, number=number(size.of_draws)) if size.of_draws else ""
    probed = ONE.told(lang) if size.probed == 1 else PROBE.told(lang, number=number(size.probed))
    say(SAID.told(
        lang, replications=number(size.replications), persons=number(size.persons), draws=draws, time=took,
        workers=size.workers, memory=number(size.memory / 2**30, 1), disk=number(max(size.disk / 1e6, 1)),
        out=options["out"], probed=probed,
    ))  # fmt: skip
    if needed:
        say(NEEDED.told(lang))
    sys.exit(0)


def _of_draws(options: dict[str, Any], asked: int) -> int:
    """Replications of every scenario that draws take."""
    from simulation.experiments.spread import MOST_REPLICATIONS
    from simulation.experiments.uncertain.simulated import REPLICATIONS

    draws = asked_draws(options)
    if options.get("uncertain"):  # of everything, and half as many of the parameters and of what is fitted alone
        return 2 * draws * min(REPLICATIONS, asked)
    return draws * min(MOST_REPLICATIONS, asked)
