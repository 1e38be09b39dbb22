"""Options that commands have in common."""

from __future__ import annotations

import pathlib
from collections.abc import Callable

import click

from simulation.cli.console import OUT
from simulation.experiments.numbers import MOST_REPLICATIONS, MOST_WORKERS

REPLICATIONS, SEED = click.IntRange(1, MOST_REPLICATIONS), click.IntRange(0, 2**53 - 1)
"""As the keys of these names in a scenario file, which would take long to load for the help alone."""
WORKERS, DRAWS = click.IntRange(1, MOST_WORKERS), click.IntRange(10, 10_000)
Command = Callable[..., None]


workers_option = click.option("--workers", type=WORKERS, default=1, show_default=True, help="Processes to use.")
json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON object on standard output, nothing else."
)
quiet_option = click.option("--quiet", is_flag=True, help="No progress bar.")
anyway_option = click.option("--anyway", is_flag=True, help="Begin even where this machine has too little memory.")
batch_option = click.option("--batch", type=REPLICATIONS, help="Replications side by side; default: chosen by size.")


def posterior_options(command: Command) -> Command:
    """Options that `run` and `compare` share."""
    posterior = click.option(
        "--posterior", is_flag=True, help="Simulate draws of the fitted parameters as well, for their uncertainty."
    )
    draws = click.option("--draws", type=DRAWS, default=100, show_default=True, help="How many, with --posterior.")
    return posterior(draws(command))


def how_options(command: Command) -> Command:
    """Options of all that simulates replications: how it is done, not what."""
    for option in (anyway_option, quiet_option, json_option, batch_option, workers_option):
        command = option(command)
    return command


def run_options(command: Command) -> Command:
    """Options that `run`, `compare` and `sweep` share."""
    options = [
        click.option("--replications", type=REPLICATIONS, help="Replications; default: as the scenario says."),
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
