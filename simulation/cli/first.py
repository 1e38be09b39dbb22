"""The first screen of a command: what was found in fifteen lines, with what the command knows beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from simulation.cli.console import say

if TYPE_CHECKING:
    from simulation.report.screen import Aside
    from simulation.report.store import Ran
    from simulation.results.tables.folder import Saved
    from simulation.scenario.extended import Extended
    from simulation.scenario.load import Loaded

DOUBTS = "doubts"
"""Where the options of a command note how many warnings there are, and of which file."""


def show_first(ran: Ran, saved: Saved, options: dict[str, Any], resumed: int, sentences: Sequence[str] = ()) -> None:
    """Print the first screen of a run or a comparison."""
    from simulation.report.findings import Findings
    from simulation.report.screen import first_screen

    say(first_screen(Findings(ran, options["lang"]), aside_of(saved, options, resumed, sentences)))


def aside_of(saved: Saved, options: dict[str, Any], resumed: int, sentences: Sequence[str] = ()) -> Aside:
    """What is said beside the findings, also how many replications were `resumed`; that results which were there cannot
    be trusted is said at once."""
    from simulation.report.screen import RESUMED, Aside

    if saved.note:
        say(f"The results that were there cannot be trusted: {saved.note}.", err=True)
    doubts, file = options.get(DOUBTS, (0, ""))
    again = [RESUMED.told(options["lang"], n=resumed)] if resumed else []
    return Aside(str(saved.folder), saved.word, doubts, file, [*again, *sentences], options.get("precision", ""))


def base_for(loaded: Loaded, options: dict[str, Any]) -> Extended | None:
    """What a scenario extends and is run beside it, or why it is not; None where it is to be run alone, or extends
    nothing. Under parameter uncertainty it is run alone, for the base would take all draws again."""
    from simulation.results.citations import citation_problems
    from simulation.scenario.extended import extended_of
    from simulation.scenario.files.settings import read_settings

    if options["alone"]:
        return None
    found = extended_of(loaded, read_settings(options["settings"]))
    if found is None or found.loaded is None:
        return found
    if citation_problems(found.loaded):
        return None
    if options["uncertain"] or options["posterior"]:
        from simulation.report.screen import DRAWN_ALONE

        return found._replace(loaded=None, why=DRAWN_ALONE)
    return found


def sentences_of(
    extended: Extended | None, names: Sequence[str], questions: int, options: dict[str, Any]
) -> list[str]:  # fmt: skip
    """What is to be said of a run beside its findings: why its base is not shown, what else was run and answered.
    `names` are those of the scenario and of what it is compared with."""
    from simulation.report.screen import ASKED_BACK, BESIDE, RUN_ALONE
    from simulation.scenario.extended import SAME, THE_SAME

    language = options["lang"]
    sentences = []
    if extended is not None and extended.why == THE_SAME:
        sentences.append(SAME.told(language, name=names[0], base=extended.name))
    elif extended is not None and extended.why is not None and extended.name not in names[1:]:
        sentences.append(RUN_ALONE.told(language, base=extended.name, why=extended.why.told(language)))
    sentences += [BESIDE.told(language, name=name) for name in names[1:]]
    return [*sentences, *([ASKED_BACK.told(language, n=questions)] if questions else [])]


def tell_if_same(extended: Extended | None, name: str, options: dict[str, Any]) -> None:
    """Say, below everything, that a scenario changes nothing of what it extends."""
    from simulation.report.screen import ASIDE
    from simulation.scenario.extended import SAME, THE_SAME

    if extended is not None and extended.why == THE_SAME:
        language = options["lang"]
        say(f"{ASIDE.told(language)} {SAME.told(language, name=name, base=extended.name)}.")
