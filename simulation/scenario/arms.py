"""The arms of a scenario: their weights, the parts that some are split into, and which is held against which."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import combinations
from typing import Annotated, Literal

from pydantic import Field, model_validator

from simulation.scenario.trial import Trial
from simulation.scenario.words import Name
from simulation.world.spec import Spec, unit

Weight = Annotated[float, unit("weight", ge=1e-6, le=1e6)]
Pair = tuple[str, str]


class Arms(Spec):
    """The part of a scenario that is about its arms."""

    arms: Annotated[
        dict[Name, Weight],
        Field(min_length=1, max_length=8, description="Arms with their allocation weights; drawn for each ledig"),
    ]
    arm_names: Annotated[
        dict[Name, str], Field(description="Names of arms as people read them, in any letters; absent: the key")
    ] = {}
    allocation: Annotated[
        Literal["drawn", "blocked"],
        Field(
            description="How ledige come into arms; drawn: each by her own luck; blocked: by lot, exact shares per "
            "jobcentre",
        ),
    ] = "drawn"
    split: Annotated[
        dict[Name, Annotated[dict[Name, Weight], Field(min_length=1)]],
        Field(description="Parts of an arm with their weights among each other; what names the arm holds for all"),
    ] = {}
    reference: Annotated[
        str, Field(description="Arm that the others are held against; absent: the last one written")
    ] = ""
    trial: Annotated[
        Trial | None, Field(description="Trial of one arm against the other; absent: every ledig draws an arm")
    ] = None

    @model_validator(mode="after")
    def _reference_is_an_arm(self) -> Arms:
        if self.reference and not any(self.reference in line for line in self.lineage.values()):
            raise ValueError(f"reference: there is no arm '{self.reference}'; there is {', '.join(self.arms)}")
        return self

    @cached_property
    def lineage(self) -> dict[str, tuple[str, ...]]:
        """For every arm the names from the arm as written down to it."""
        parts = {part for split in self.split.values() for part in split}
        above = {part: name for name, split in self.split.items() for part in split}
        lineage: dict[str, tuple[str, ...]] = {}
        for arm in self.arms:
            line = [arm]
            while line[0] in parts and len(line) <= len(self.split):
                line.insert(0, above[line[0]])
            lineage[arm] = tuple(line)
        return lineage

    @cached_property
    def parts(self) -> dict[str, tuple[str, ...]]:
        """The arms that every name of an arm stands for, those that are split included."""
        names = dict.fromkeys([*self.arms, *(name for line in self.lineage.values() for name in line)])
        return {name: tuple(arm for arm, line in self.lineage.items() if name in line) for name in names}

    @cached_property
    def wholes(self) -> dict[str, tuple[str, ...]]:
        """The arms that are split in two or more, each with its parts."""
        return {name: arms for name, arms in self.parts.items() if len(arms) > 1}

    def called(self, arm: str) -> str:
        """The name that an arm has now: one that is split into a single part is called as that."""
        return arms[0] if len(arms := self.parts.get(arm, ())) == 1 else arm

    @cached_property
    def as_written(self) -> list[str]:
        """The arms as written, before any is split; one that was only given another name has that."""
        return list(dict.fromkeys(self.called(line[0]) for line in self.lineage.values()))

    def contrasts(self) -> tuple[Pair | None, list[Pair]]:
        """The pair of arms that `difference` is of, and further pairs that are compared: the first less the second.

        Of two arms there is one difference. Of more there are all pairs; the last one written, or the `reference`,
        is always the one that is taken away. Parts of arms are compared as well.
        """
        written, ends = self._ordered()
        single = next(((each[0], each[1]) for each in (written, ends) if len(each) == 2), None)
        if len(written) > 2:
            single = None
        pairs = [*(combinations(written, 2) if len(written) > 2 else ()), *combinations(ends, 2)]
        return single, [pair for pair in dict.fromkeys(pairs) if pair != single]

    def ends(self) -> Pair:
        """The first arm written and the one that the others are held against."""
        names = next((names for names in self._ordered() if len(names) > 1), list(self.arms))
        return names[0], names[-1]

    def references(self) -> set[str]:
        """The arm that the others are held against, and its last part if it is split."""
        return {names[-1] for names in self._ordered()}

    def _ordered(self) -> tuple[list[str], list[str]]:
        return self._reference_last(self.as_written), self._reference_last(list(self.arms))

    def _reference_last(self, names: Sequence[str]) -> list[str]:
        compared = self.parts.get(self.reference, ())
        return sorted(names, key=lambda name: bool(set(self.parts[name]) & set(compared)))
