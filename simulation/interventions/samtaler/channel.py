"""Channels: the ways to hold a talk, of which a group meeting is one."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from simulation.world.spec import Factor, MinuteDistribution, Minutes, Share, Spec, unit


class Channel(Spec):
    """A way to hold a talk."""

    minutes: Annotated[
        MinuteDistribution, Field(description="Length of a talk; how long a ledig needs is hers for good")
    ]
    attendance: Annotated[Share, Field(description="Share of called talks that are held, before all differences")]
    effect: Annotated[Factor, Field(description="Strength of its effect against a personal talk")] = 1.0
    counts: Annotated[
        bool, Field(description="Whether it counts as a talk; false: it does not, and has no effect (a letter)")
    ] = True
    in_person: Annotated[
        bool,
        Field(
            description="Whether people meet face to face; false: they do not (by phone), and some registers may not "
            "count it; it changes nothing but talk_personal_share and talks_personal_stayers",
        ),
    ] = True
    travel_minutes: Annotated[
        Minutes, Field(description="Staff minutes on the way to every talk (at the workplace, at home) and back")
    ] = 0
    preparation_minutes: Annotated[Minutes, Field(description="Staff minutes before every talk")] = 0
    documentation_minutes: Annotated[
        Minutes, Field(description="Staff minutes of notes and registration after a talk, set aside when it is booked")
    ] = 0
    seats: Annotated[
        int,
        unit(
            "persons",
            "Ledige of one desk at a meeting, at most. Above 1 it is a group meeting: minutes, preparation and notes "
            "are the meeting's, and a caseworker's once; 1: a talk with one ledig",
            ge=1,
            le=1000,
        ),
    ] = 1
    seats_min: Annotated[
        int,
        unit(
            "persons", "Ledige without whom a group meeting is not called: if fewer are due, they wait", ge=1, le=1000
        ),
    ] = 1

    @property
    def beside_minutes(self) -> int:
        """Staff minutes that go with every talk or meeting, whoever comes."""
        return self.travel_minutes + self.preparation_minutes + self.documentation_minutes
