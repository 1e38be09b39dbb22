"""Terms of brokering that brokers have in common: how jobs are made, taken and passed on, and what else there is."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from simulation.world.clocks import TAKES
from simulation.world.spec import Factor, Minutes, Share, Spec, WeekDistribution


class Tailoring(Spec):
    """For some a job must be made, by bundling tasks, instead of filling a vacancy."""

    share: Annotated[Share, Field(description="Share of ledige for whom this is so")]
    minutes: Annotated[Minutes, Field(description="Minutes that an approach takes more for them")]
    factor: Annotated[Factor, Field(description="Times as likely that an approach opens a place for them")]


class Accepts(Spec):
    """Who takes a fleksjob that is offered."""

    motivated: Annotated[Share, Field(description="Share of motivated ledige who take a fleksjob that is offered")]
    unmotivated: Annotated[Share, Field(description="Share of the others who take it")]


class Pension(Spec):
    """From the judgement that a ledig does not match a fleksjob to an award, or none."""

    weeks: Annotated[WeekDistribution, Field(description="Weeks that the case of førtidspension takes"), TAKES]
    awarded: Annotated[Share, Field(description="Share of cases that end in an award")]
    exit: Annotated[str, Field(description="Destination of those to whom a pension is awarded")]
    trial: Annotated[
        Share,
        Field(description="Share of cases that begin with an arbejdsprøvning without a job in view, to clarify them"),
    ] = 0.0


class Exchange(Spec):
    """Openings that nobody has taken are passed on to whoever seeks a place in the same jobcentre."""

    brokers: Annotated[list[str], Field(min_length=1, description="Brokers that pass on openings among their ledige")]
    fits: Annotated[Share, Field(description="Share of openings that fit the ledig who is shown one (it is offered)")]


class Firm(Spec):
    """A kind of firm in which fleksjob are created."""

    name: Annotated[str | None, Field(description="Its name as people read it; absent: the key")] = None
    share: Annotated[Share, Field(description="Share of fleksjob that are in such firms")]
