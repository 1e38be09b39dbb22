"""Options that commands have in common."""

from __future__ import annotations

import os
import pathlib
from collections.abc import Callable
from typing import Any

import click

from simulation.cli.console import OUT
from simulation.experiments.numbers import MOST_REPLICATIONS, MOST_WORKERS
from simulation.world.labels import LANGUAGES

REPLICATIONS, SEED = click.IntRange(1, MOST_REPLICATIONS), click.IntRange(0, 2**53 - 1)
"""As the keys of these names in a scenario file, which would take long to load for the help alone."""
WORKERS, DRAWS = click.IntRange(1, MOST_WORKERS), click.IntRange(10, 10_000)
LANG = "JOBCENTERSIM_LANG"
"""The variable of the environment that says the language where `--lang` does not."""
Command = Callable[..., None]
OF_POSTERIOR, OF_EVERYTHING = 100, 200
"""Draws, unless said."""


def _get_ready(_: click.Context, __: click.Parameter, workers: int | None) -> int | None:
    """Workers get ready while the scenario is read."""
    if workers is not None and workers > 1:
        from simulation.experiments.pool import get_ready

        get_ready()
    return workers


workers_option = click.option("--workers", type=WORKERS, callback=_get_ready, help="Processes to use; default: 1.")
executor_option = click.option("--executor", metavar="dask://HOST:PORT",
                               help="Do the work on a dask cluster instead; needs the extra `cluster`.")  # fmt: skip
json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON object on standard output, nothing else."
)
quiet_option = click.option("--quiet", is_flag=True, help="Show no progress: no bar, no line a minute.")
anyway_option = click.option("--anyway", is_flag=True, help="Begin even where this machine has too little memory.")
class _Languages(click.Choice[str]):
    """A language in either case, as `JOBCENTERSIM_LANG=DA` may be set."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The language. Fails with what else may have said it, for nobody has written `--lang` then."""
        if value.lower() not in self.choices:
            by = f" (by {LANG})" if os.environ.get(LANG) == value else ""
            self.fail(f"'{value}'{by} is not one of {', '.join(map(repr, self.choices))}.", param, ctx)
        return value.lower()


lang_option = click.option(
    "--lang", type=_Languages(LANGUAGES), envvar=LANG, default="en", show_default=True,
    help="Language of what is shown, Danish or English; or set JOBCENTERSIM_LANG.",
)  # fmt: skip
all_option = click.option("--all", "in_full", is_flag=True, help="Show everything, not the first screen alone.")
batch_option = click.option("--batch", type=REPLICATIONS, help="Replications side by side; default: chosen by size.")


def posterior_option(command: Command) -> Command:
    """An option that `run` and `compare` share."""
    return click.option(
        "--posterior", is_flag=True, help="Simulate draws of the fitted parameters as well, for their uncertainty."
    )(command)


def precision_options(command: Command) -> Command:
    """Options that `run` and `compare` share."""
    options = [
        click.option("--until-halfwidth", metavar="WIDTH",
                     help="Instead of --replications: as many as it takes until the interval (95 %) of an outcome is "
                          "± so much: 0.5pp of a share, else a number in its unit."),
        click.option("--of", metavar="NAME[:GROUP]", help="That outcome; of compare its differences from the base."),
        click.option("--most", type=REPLICATIONS, help="Most replications then; default: 1000."),
    ]  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


def uncertain_options(command: Command) -> Command:
    """Options that `run`, `compare` and `sweep` share."""
    draws = click.option(
        "--draws", type=DRAWS,
        help=f"How many; default: {OF_EVERYTHING} with --uncertain, {OF_POSTERIOR} with --posterior.",
    )  # fmt: skip
    return click.option(
        "--uncertain", is_flag=True,
        help="Simulate draws of all that is unsure as well: fitted values, evidence and what is assumed.",
    )(draws(command))  # fmt: skip


def asked_draws(options: dict[str, Any]) -> int:
    """How many draws are asked for; 0: none."""
    usual = OF_EVERYTHING if options["uncertain"] else OF_POSTERIOR if options.get("posterior") else 0
    return (options["draws"] or usual) if usual else 0


def how_options(command: Command) -> Command:
    """Options of all that simulates replications: how it is done, not what."""
    for option in (
        anyway_option, quiet_option, lang_option, all_option, json_option, batch_option, executor_option,
        workers_option,
    ):  # fmt: skip
        command = option(command)
    return command


def run_options(command: Command) -> Command:
    """Options that `run`, `compare` and `sweep` share."""
    number = click.option("--replications", type=REPLICATIONS, help="Replications; default: as the scenario says.")
    dry = click.option("--dry-run", is_flag=True, help="Tell what it would take, and run and write nothing.")
    return number(dry(asked_options(command)))


def asked_options(command: Command) -> Command:
    """Options of all that simulates scenarios and writes a results folder."""
    options = [
        click.option("--seed", type=SEED, help="Seed; default: as the scenario says."),
        click.option("--set", "settings", multiple=True, metavar="KEY=VALUE", help="Set one value by its dotted path."),
        click.option("--out", type=click.Path(path_type=pathlib.Path), default=pathlib.Path("results"),
                     show_default=True, callback=_remember, help="Folder for results."),
        click.option("--locale", type=click.Choice(["da"]),
                     help="Write the tables once more for spreadsheets of a country: ; and decimal comma."),
    ]  # fmt: skip
    command = how_options(command)
    for option in reversed(options):
        command = option(command)
    return command


def _remember(ctx: click.Context, _: click.Parameter, folder: pathlib.Path) -> pathlib.Path:
    """Note the folder for results, for what has to be written down of a fault."""
    ctx.meta[OUT] = folder
    return folder
