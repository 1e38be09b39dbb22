"""An intervention in a scenario file: which settings it is read by is said by its `kind:`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import PydanticKnownError, core_schema

from simulation.interventions import KINDS, Intervention


class _OfItsKind:
    """An intervention of whichever registered kind its `kind:` names, looked up when a scenario is read."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(cls.read)

    @classmethod
    def __get_pydantic_json_schema__(cls, _: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return handler(core_schema.union_schema([kind.settings.__pydantic_core_schema__ for kind in KINDS.values()]))

    @staticmethod
    def read(raw: object) -> Intervention:
        """Raises what pydantic reports of a part that is wrong."""
        if isinstance(raw, Intervention):
            return raw
        if not isinstance(raw, Mapping):
            raise PydanticKnownError("dict_type")
        if "kind" not in raw:
            raise PydanticKnownError("union_tag_not_found", {"discriminator": "kind"})
        if (kind := str(raw["kind"])) not in KINDS:
            known = ", ".join(KINDS)
            raise PydanticKnownError(
                "union_tag_invalid", {"discriminator": "kind", "tag": kind, "expected_tags": known}
            )
        return KINDS[kind].settings.model_validate(raw)


AnyIntervention = Annotated[Intervention, _OfItsKind]
