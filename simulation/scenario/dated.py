"""What a scenario is later on: values that change at ISO weeks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from pydantic import PrivateAttr, SerializerFunctionWrapHandler, model_serializer

from simulation.world.spec import Spec


class Dated(Spec):
    """The part of a scenario that is about dates. No key of a file is here: a change is written beside the value that
    it changes."""

    _later: tuple[tuple[int, Self], ...] = PrivateAttr(())
    _changes: Mapping[str, Mapping[str, Any]] = PrivateAttr({})

    def with_later(self, later: tuple[tuple[int, Self], ...], changes: Mapping[str, Mapping[str, Any]]) -> Self:
        """The same scenario that becomes another one in some weeks of the run (ascending, each from 1 on). `changes`
        are the values by their dotted path and ISO week."""
        self._later, self._changes = later, changes
        return self

    @property
    def changes(self) -> Mapping[str, Mapping[str, Any]]:
        """By dotted path what a value is from each ISO week of the run on, behind the first one."""
        return self._changes

    @property
    def epochs(self) -> tuple[tuple[int, Self], ...]:
        """The weeks of the run from which on something is otherwise, the first one 0, each with the scenario as it is
        from then on."""
        return ((0, self), *self._later)

    @model_serializer(mode="wrap")
    def _with_changes(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Two scenarios that differ by a date differ in what they are written as."""
        whole: dict[str, Any] = handler(self)
        return {**whole, "changes": dict(self._changes)} if self._changes else whole
