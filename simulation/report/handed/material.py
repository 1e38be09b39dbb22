"""What a report is made of: a finished result, found again, and what is known of how it was made."""

from __future__ import annotations

import pathlib
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from simulation.experiments.swept import Swept
from simulation.report.findings import Findings
from simulation.report.ran import Ran
from simulation.report.under import Under
from simulation.report.wording import Wording
from simulation.results.names import Names
from simulation.results.result import Result
from simulation.scenario.check import warnings
from simulation.scenario.files.problems import Problem
from simulation.scenario.load import Loaded
from simulation.world.labels import Language


@dataclass(frozen=True)
class Made(ABC):
    """A results folder with its manifest, and the scenarios that it tells of."""

    folder: pathlib.Path
    manifest: Mapping[str, Any]

    @property
    @abstractmethod
    def loaded(self) -> list[Loaded]:
        """The scenarios that are told of, the base first."""

    @property
    def mark(self) -> str:
        """The fingerprint of the result."""
        return str(self.manifest["fingerprint"])

    @property
    def replications(self) -> int:
        """Replications of every scenario."""
        return int(self.manifest["replications"]["asked"])

    @property
    def finished(self) -> str:
        """The day on which the result was made, as YYYY-MM-DD."""
        return str((self.manifest.get("run") or {}).get("finished", ""))[:10]

    @cached_property
    def doubts(self) -> Sequence[Problem]:
        """What `check` warns of in these scenarios, each once."""
        return list(dict.fromkeys(doubt for loaded in self.loaded for doubt in warnings(loaded)))


@dataclass(frozen=True)
class Material(Made):
    """A results folder of what was run or compared (`ran`) or what was `swept`; `under` is all uncertainty of a sweep.
    """

    ran: Ran | None
    swept: Swept | None = None
    under: Under | None = None

    @property
    def loaded(self) -> list[Loaded]:
        """The scenarios that are told of, the base first."""
        if self.ran is None:
            assert self.swept is not None
            return [self.swept.grid.loaded]
        return [result.loaded for result in self.ran.compared]

    @property
    def result(self) -> Result | None:
        """The scenario that the report is about, where there is a run of it: the last one."""
        return None if self.ran is None else self.ran.results[-1]

    @property
    def names(self) -> Names:
        """What the outcomes are called."""
        if self.swept is not None:
            return self.swept.grid.names
        assert self.ran is not None
        return self.ran.compared[0].names

    def findings(self, language: Language) -> Findings:
        """What was found, of a run or a comparison."""
        assert self.ran is not None
        return Findings(self.ran, language)

    def wording(self, language: Language) -> Wording:
        """The words for it."""
        return Wording(self.names, language)
