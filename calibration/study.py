"""What a calibration works on: targets, priors, and the scenarios that are simulated for them.

A file of targets names the scenario in which they are measured, the priors of the parameters, and the file that the
fitted values go to. `with` names further files of targets, each with its own scenario, that are reached by the same
values of the parameters.
"""

from __future__ import annotations

import datetime
import pathlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from calibration.priors import Prior
from simulation.results.names import Figure, Names
from simulation.scenario.load import Loaded
from simulation.scenario.published import Published, with_design
from simulation.world.spec import Seed, Spec, Version, unit


def _date(text: str) -> str:
    try:
        if datetime.date.fromisoformat(text).isoformat() != text:
            raise ValueError(text)
    except ValueError:
        raise ValueError(f"'{text}' is not a date; write for example 2026-11-25") from None
    return text


class TargetsFile(Spec):
    """A file of targets. Names of files are relative to it."""

    version: Annotated[Version, Field(description="Version of the way in which the file is written: 1")]
    name: Annotated[str, Field(description="Name of the fit, as tables and files have it")]
    date: Annotated[
        str, AfterValidator(_date), Field(description="Day of the last look at these figures, such as 2026-11-25")
    ]
    scenario: Annotated[str, Field(description="Scenario in which the figures are measured")]
    priors: Annotated[
        str | None,
        Field(
            description="File of the priors of the parameters that are fitted; absent: the figures are only shown "
            "beside the model",
        ),
    ] = None
    fitted: Annotated[str | None, Field(description="File that the fitted values are written to; absent: none")] = None
    with_: Annotated[
        list[str],
        Field(
            description="Further files of targets, each with its own scenario, that the same values of the parameters "
            "must reach",
            alias="with",
        ),
    ] = []
    replications: Annotated[
        int, unit("replications", "Replications of every set of values that is tried", ge=2, le=10_000)
    ]
    seed: Annotated[Seed, Field(description="Number that all luck starts from")]
    design_factor: Annotated[
        float | None,
        Field(description="Variance of the figures with `spread: model` by that of one simulated trial", ge=1, le=100),
    ] = None
    targets: Annotated[dict[str, Published], Field(description="Published figures, by name", min_length=1)]

    @model_validator(mode="before")
    @classmethod
    def _one_design(cls, raw: object) -> object:
        if not isinstance(raw, Mapping) or "targets" not in raw:
            return raw
        return {**raw, "targets": with_design(raw["targets"], raw.get("design_factor"))}


class PriorsFile(Spec):
    """A file of priors, by the dotted path of the parameter."""

    version: Annotated[Version, Field(description="Version of the way in which the file is written: 1")]
    evidence: Annotated[
        str | None,
        Field(description="File of the synthesis of published effects, for priors of evidence; absent: none is needed"),
    ] = None
    parameters: Annotated[
        dict[str, Prior], Field(description="Priors, by the dotted path of the parameter in the scenario", min_length=1)
    ]


@dataclass(frozen=True)
class Part:
    """Targets that are measured in one scenario. `name` is that of the file; `loaded` has the middle of the priors."""

    name: str
    file: TargetsFile
    loaded: Loaded

    def of(self, role: str) -> dict[str, Published]:
        """The targets with this role."""
        return {name: target for name, target in self.file.targets.items() if target.role == role}

    @cached_property
    def names(self) -> Names:
        """What the outcomes of the scenario are called, and what they mean."""
        return Names(self.loaded.scenario)

    @cached_property
    def keys(self) -> dict[str, Figure]:
        """What is measured, by target: everything with a figure that is fitted to or validated on."""
        used = {**self.of("fit"), **self.of("validate")}
        return {name: self.names.figure(target.outcome, target.group, target.time) for name, target in used.items()}

    @cached_property
    def units(self) -> dict[str, str]:
        """The unit of what is measured, by target."""
        return {name: self.names.unit(figure.outcome) for name, figure in self.keys.items()}


@dataclass(frozen=True)
class Study:
    """Everything that a calibration starts from."""

    path: pathlib.Path
    parts: tuple[Part, ...]
    priors: Mapping[str, Prior]

    @property
    def file(self) -> TargetsFile:
        """The file that was named."""
        return self.parts[0].file

    @property
    def fitted(self) -> pathlib.Path | None:
        """Where the fitted values go."""
        return None if self.file.fitted is None else (self.path.parent / self.file.fitted).resolve()

    @cached_property
    def fit_targets(self) -> dict[str, Published]:
        """The targets of all parts that are fitted to."""
        return {name: target for part in self.parts for name, target in part.of("fit").items()}

    @cached_property
    def units(self) -> dict[str, str]:
        """The unit of every target that is fitted to or validated on."""
        return {name: unit for part in self.parts for name, unit in part.units.items()}

    def without(self, *names: str) -> Study:
        """The same with some targets held out: no longer fitted to, but validated on."""
        parts = []
        for part in self.parts:
            out = {n: t.model_copy(update={"role": "validate"}) for n, t in part.of("fit").items() if n in names}
            file = part.file.model_copy(update={"targets": {**part.file.targets, **out}})
            parts.append(replace(part, file=file))
        return replace(self, parts=tuple(parts))

    def changes(self, part: Part, values: Mapping[str, float]) -> dict[str, float]:
        """What to set in the scenario of a part, by dotted path."""
        return {
            path: value
            for name, prior in self.priors.items()
            if prior.only_in is None or part.name in prior.only_in
            for path, value in prior.paths(name).values(values[name]).items()
        }


def column_names(study: Study) -> list[tuple[str, str]]:
    """Part and target of every measured figure, in the order in which they stand in arrays."""
    return [(part.name, name) for part in study.parts for name in part.keys]
