"""Whom a figure is of: everybody, an arm, a difference, a team; how it is written, and what a text means."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal, NamedTuple

Kind = Literal["alle", "arm", "difference", "team", "partner"]


class Group(NamedTuple):
    """Whom a figure is of.

    `alle`; an `arm`; the `difference` of two arms, or where there are more of one (`name`) from another (`part`); a
    `team` that takes cases, or one of a `partner`. The first three may be of one `jobcentre` alone, or of one `level`
    of a `characteristic`.
    """

    kind: Kind
    name: str = ""
    part: str = ""
    jobcentre: str = ""
    characteristic: str = ""
    level: str = ""

    def __str__(self) -> str:
        """As people write it: `alle`, `deltager`, `deltager@nyborg`, `difference`, `ny-kontrol`, `team:projekt`,
        `motivation:lav`, `deltager@motivation:lav`, `difference@nyborg`."""
        level = f"{self.characteristic}:{self.level}" if self.level else ""
        if self.kind == "alle" and level:
            return level
        who = {"arm": self.name, "partner": self.name, "team": f"team:{self.name}"}.get(self.kind, self.kind)
        if self.kind == "difference" and self.name:
            who = f"{self.name}-{self.part}"
        where = self.jobcentre or level
        return f"{who}@{where}" if where else who

    @classmethod
    def read(cls, text: str, partners: Collection[str] = ()) -> Group:
        """The group that a text means; `partners` are the names of teams that are no arms."""
        who, at, where = text.partition("@")
        one, minus, other = who.partition("-")
        first, colon, rest = who.partition(":")
        group = cls("partner" if text in partners else "arm", who)
        if minus:
            group = cls("difference", one, other)
        elif colon:
            group = cls("team", rest) if first == "team" else cls("alle", characteristic=first, level=rest)
        elif who == "difference" or text == "alle":
            group = DIFFERENCE if who == "difference" else ALLE
        if not at:
            return group
        characteristic, colon, level = where.partition(":")
        if colon:
            return group._replace(characteristic=characteristic, level=level)
        return group._replace(jobcentre=where)

    @property
    def whole(self) -> Group:
        """The group in all jobcentres and of all levels."""
        return self.among(ALLE) if self.jobcentre or self.level else self

    def among(self, other: Group) -> Group:
        """The group in the jobcentre, and of the level, that another one is of."""
        return self._replace(jobcentre=other.jobcentre, characteristic=other.characteristic, level=other.level)


ALLE, DIFFERENCE = Group("alle"), Group("difference")


def arm_group(arm: str, jobcentre: str | None = None) -> Group:
    """The group of an arm; an arm called alle is everybody."""
    return ALLE if arm == "alle" and jobcentre is None else Group("arm", arm, jobcentre=jobcentre or "")
