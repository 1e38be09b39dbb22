"""The command that confirms a sweep's smallest staffing: the same question to `best`, which takes other luck."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from simulation.experiments.amounts import named
from simulation.experiments.best.goal import usual_tolerance
from simulation.experiments.swept import Smallest, Swept
from simulation.scenario.axes import number_or_none, shown
from simulation.scenario.files.shipped import as_typed
from simulation.world.labels import Label

CONFIRM = Label("Confirm:", "Bekræft:")


def confirming(swept: Swept, file: str, options: Sequence[str] = ()) -> str:
    """The command line, of the scenario in a file, with the `options` that it had (`--set`, `--seed`); of several
    combinations of other keys it is of the one that needs the least staff. "" where no staffing is surely enough, only
    one was tried, or `best` does not take the outcome, or not without a tolerance."""
    service, figure = swept.grid.sweep.service, swept.grid.service_figure
    sure = [answer for answer in swept.smallest() if answer.sure is not None]
    if service is None or figure is None or not sure:
        return ""
    tried = [value for value in swept.grid.axes[service.staff] if number_or_none(value) is not None]
    names = swept.grid.names
    outcome = f"{names.write(figure.outcome)}:{figure.group}"
    level, share = service.level, names.is_share(figure.outcome)
    try:
        named(names, outcome, figure.group)
    except ValueError:
        return ""
    if len(tried) < 2 or not usual_tolerance(level, share):
        return ""

    def staff(answer: Smallest) -> float:
        return number_or_none(swept.staffing(answer.sure)) or 0.0

    others = min(sure, key=staff).others
    text = f"{level * 100:.10g}%" if share else f"{level:.10g}"
    words = ["jobcentersim", "best", as_typed(file), *options]
    words += [word for key, value in others.items() for word in ("--set", f"{key}={shown(value)}")]
    words += ["--over", f"{service.staff}={','.join(map(shown, tried))}", "--of", service.staff, "--least"]
    words += ["--at-most" if service.at_least is None else "--at-least", f"{outcome}={text}"]
    return " ".join(map(shlex.quote, words))
