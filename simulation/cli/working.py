"""Work that is carried out and kept as it is finished: who does it, and what is said when it has to stop."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from simulation.cli.console import INPUT_WRONG, Failed, fault, say

if TYPE_CHECKING:
    from simulation.experiments.executors import Workers

AGAIN = "To go on from there, run the same command again."
ANEW = "Nothing is kept; run the same command again."
GO_ON = "To have it all, run the same command again, or `jobcentersim resume FOLDER`: it goes on from there."
CLUSTER = "jobcentersim.cluster"
"""Where the context of a command has the cluster that it uses, if any."""


def workers_of(options: dict[str, Any]) -> Workers:
    """Who does the work: processes here, or a cluster, which is joined when this is first asked and left when the
    command ends. Raises Failed if that cannot be."""
    address, workers = options["executor"], options["workers"]
    if address is None:
        return workers or 1
    from simulation.experiments.cluster import Cluster, NoCluster

    context = click.get_current_context()
    try:
        if workers is not None:
            raise NoCluster("a cluster has as many workers as it has; give --executor or --workers")
        if CLUSTER not in context.meta:
            cluster = Cluster(address, lambda sentence: say(f"Note: {sentence}.", err=True))
            context.meta[CLUSTER] = context.find_root().with_resource(cluster)
    except NoCluster as error:
        raise Failed(f"error: --executor: {error}\nNothing was run.", INPUT_WRONG) from None
    return context.meta[CLUSTER]  # type: ignore[no-any-return]


@contextmanager
def at_work(kept: pathlib.Path | None, options: dict[str, Any], go_on: str = GO_ON) -> Iterator[None]:
    """Simulate something that is kept in a folder, or nowhere. Raises Failed in words, and as they are Stopped,
    InputProblems and Failed."""
    from simulation.experiments.executors import CrewLost
    from simulation.experiments.work import Stopped
    from simulation.scenario.files.problems import InputProblems

    try:
        yield
    except (Stopped, InputProblems, Failed):
        raise
    except CrewLost as lost:
        sentence = str(lost)[0].upper() + str(lost)[1:]
        raise Failed(f"{sentence}. {_where(kept, go_on)}") from lost
    except OSError as error:
        raise cannot_keep(error, kept, go_on) from error
    except Exception as error:
        raise fault(error, options["out"]) from error


def cannot_keep(error: OSError, kept: pathlib.Path | None, go_on: str = GO_ON) -> Failed:
    """In words that something could not be read or written, and that what is there is not lost."""
    why = ": ".join(str(part) for part in (error.filename or kept, error.strerror or error) if part)
    return Failed(f"The run had to stop: {why}. {_where(kept, go_on)}")


def _where(kept: pathlib.Path | None, go_on: str) -> str:
    return ANEW if kept is None else f"What was finished is kept in {kept}.\n{go_on}"
