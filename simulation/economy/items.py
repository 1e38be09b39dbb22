"""Items: what a quantity is of, each kind in one unit."""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

Kind = Literal[
    "benefit", "pension", "hours", "staff", "talk", "minutes", "offer", "session", "matching", "mentor", "fee", "once",
]  # fmt: skip
Hours = Literal["ordinary", "fleksjob", "loentilskud", "small"]
KINDS: tuple[Kind, ...] = get_args(Kind)
HOURS: tuple[Hours, ...] = get_args(Hours)
UNITS: dict[Kind, str] = {
    "benefit": "person-weeks",
    "pension": "person-weeks",
    "hours": "hours",
    "staff": "full-time weeks",
    "talk": "talks",
    "minutes": "minutes",
    "offer": "person-weeks",
    "session": "sessions of a member",
    "matching": "hours",
    "mentor": "hours",
    "fee": "times",
    "once": "times",
}
WORK: tuple[Kind, ...] = ("talk", "minutes", "session", "matching", "mentor")
"""What is done in the time of staff. `minutes` are all that a team uses, whatever for; so where its time or its minutes
are priced, nothing that it does in them is priced again."""
STEPS = ("1", "2", "3", "4")
"""Steps of refusion, as the part of a benefit is called."""
LONG, OVER_18_MONTHS = "ledighedsydelse", "over_18_months"
"""The benefit of which weeks beyond 18 months on it are counted apart, and that part of it."""
BY_EMPLOYER = "by_employer"
"""The part of sygedagpenge that an employer pays."""


class Item(NamedTuple):
    """What a quantity is of.

    `name` is a benefit, a pension, a sort of hours, a team, an intervention, or what is paid once; `part` is the
    step of refusion of a benefit, the channel of a talk, the part of a fee, and the team in whose time an intervention
    is carried out ("": in nobody's).
    """

    kind: Kind
    name: str
    part: str = ""

    @property
    def unit(self) -> str:
        """The unit in which it is counted."""
        return UNITS[self.kind]

    @property
    def in_time_of_staff(self) -> bool:
        """Whether it is done in the time of a team, which is counted as staff."""
        return self.kind in ("talk", "minutes") or (self.kind in WORK and self.part != "")

    def __str__(self) -> str:
        """As people read it: benefit dagpenge 3."""
        if self.kind == "once":
            return f"one-off cost {self.name}"
        return " ".join(word for word in self if word)
