"""Replications that are finished, kept on disk one piece of work a file: what is there is not simulated again.

A file belongs to a scenario by its name, which has a hash of everything that decides the replications
(`scenario_mark`), so the replications of several scenarios, or of a run and of a longer one, may lie in one folder.
"""

from __future__ import annotations

import pathlib
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from simulation.results.identity import scenario_mark
from simulation.results.measures.packed import pack, unpack
from simulation.results.measures.replication import Replication
from simulation.results.whole import sealed, write_sealed
from simulation.scenario.schema import Scenario

ENDING = ".npz"
NOT_READABLE = (ValueError, KeyError, TypeError, zipfile.BadZipFile)


@dataclass
class Kept:
    """A folder of finished replications. `resumed` counts those that were there before."""

    folder: pathlib.Path
    resumed: int = 0

    def read(self, scenario: Scenario, asked: int) -> dict[int, Replication]:
        """The replications of a scenario below number `asked`; what cannot be read will be simulated again."""
        done: dict[int, Replication] = {}
        for _, content in self._files(scenario):
            try:
                found = unpack(content, scenario)
            except NOT_READABLE:
                continue
            done.update({replication.number: replication for replication in found if replication.number < asked})
        self.resumed += len(done)
        return done

    def keep(self, scenario: Scenario, finished: Sequence[Replication]) -> None:
        """Keep replications that were simulated together. Raises OSError."""
        name = f"{scenario_mark(scenario)}-{finished[0].number}-{finished[-1].number}"
        write_sealed(self.folder, name, ENDING, pack(finished))

    def files(self, scenarios: Sequence[Scenario]) -> list[pathlib.Path]:
        """The files in which replications of these scenarios lie."""
        return list(dict.fromkeys(file for scenario in scenarios for file, _ in self._files(scenario)))

    def _files(self, scenario: Scenario) -> Iterator[tuple[pathlib.Path, bytes]]:
        return sealed(self.folder, f"{scenario_mark(scenario)}-*", ENDING)
