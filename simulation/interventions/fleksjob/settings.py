"""Fleksjob: brokering of jobs with lasting wage subsidy for people with reduced capacity, who is paid for what.

What the evidence says (DISCUS, Fleksjob via andre aktører; 240 persons on ledighedsydelse, one year). In each of four
municipalities 30 were drawn to another actor and 30 to the municipality (p. 4, 14). Municipalities created 35 fleksjob,
other actors 30, which got going in earnest after three months, for want of knowledge of the citizens and of firms (p.
5-6). Often a job must be made rather than found (p. 12). Arbejdsprøvning comes first where a job may follow at the same
place (p. 8, 11, 16). 46 % were offered a fleksjob, part of the offers became jobs (p. 5). Other actors judged one in
four not to match a fleksjob; more attention means more pressure towards førtidspension, seen as cases under way rather
than awards (p. 7-9, 16). Misfits go back to the municipality, which keeps work with everybody it hands over (p. 7 note
4, 13, 15). Other actors moved the motivation of those hired, municipalities did not (p. 6, 8). No creaming was seen (p.
16). The fee is 25 % fixed and 75 % on results (p. 16; amounts lost); paying for arbejdsprøvning did not raise its use,
so the split of the fee changes nothing here but who is paid what. Both arms did clearly better than the nation, and
about equally well: `attention`, which no randomisation identifies (p. 5). That a place opens more or less easily with
time since enrolment (`opens_by_weeks`) is a question that may be asked; the report prints no figure by time.

Every week a broker approaches firms on behalf of ledige, longest not tried first, as far as its minutes last. An
approach may open a place: an arbejdsprøvning and then perhaps an offer, or an offer at once. Who takes the offer
leaves on the next tirsdag; how long the job lasts is said by the exit (`exits.<exit>.job_spells`).

What-ifs, of which the report prints words and no size: openings that are passed on (p. 12-14), actors that are good
with some (p. 14-15), arbejdsprøvning without a job in view that clarifies a pension (p. 11), and a broker that holds on
to people until a part of its fee is earned (p. 16 speaks of the incentive; it saw no such thing).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from simulation.interventions.contract import (
    KIND,
    Effects,
    Found,
    Intervention,
    Measured,
    Outcome,
    Setting,
    Spent,
    Sum,
    Totals,
    of_effects,
    worst,
)
from simulation.interventions.fleksjob.brokers import FEE_PARTS, OF_FEE, Broker
from simulation.interventions.fleksjob.outcomes import (
    COUNTS,
    EXCHANGED,
    OF_A_LIMIT,
    OF_AN_EXCHANGE,
    OF_MOTIVATION,
    OUTCOMES,
    UNMOTIVATED,
    WAITS,
    in_firms,
    shares_of_firms,
)
from simulation.interventions.fleksjob.terms import Accepts, Exchange, Firm, Pension, Tailoring
from simulation.interventions.parts.marks_offers import BESIDE, MarksOffers
from simulation.interventions.parts.visitation import unknown_levels
from simulation.world.clocks import At
from simulation.world.labels import Label
from simulation.world.spec import (
    Factor,
    FactorsByWeeks,
    Share,
    WeekDistribution,
    Weeks,
    ratios,
)
from simulation.world.staff.teams import doing

OF_A_BROKER = (
    "clarification_weeks", "no_match", "returned", "approach_minutes", "opens", "jobcentres.*", "trial", "motivates",
    "half_subsidy", "prefers.levels.*.*", "prefers.motivated", "factors.*.*", "fee.trial_first", "fee.held",
    "leaves_work.start", "leaves_work.weekly", "leaves_work.trial", "leaves_work.job",
    "leaves_work.job_end", "leaves_work.returned",
)  # fmt: skip
"""Numbers of a broker that may change at a date."""


class Fleksjob(MarksOffers):
    """Brokering of fleksjob."""

    kind: Annotated[Literal["fleksjob"], KIND]
    exit: Annotated[str, Field(description="Destination of those who take a fleksjob")]
    brokers: Annotated[dict[str, Broker], Field(description="Who brokers, by name", min_length=1, max_length=8)]
    attention: Annotated[Factor, Field(description="Times as likely that an approach opens a place, in every arm")] = (
        1.0
    )
    factors: Annotated[
        dict[str, dict[str, Factor]],
        Field(description="Times as likely that an approach opens a place, by characteristic and level"),
    ] = {}
    opens_by_weeks: Annotated[
        FactorsByWeeks | None,
        Field(
            description="Times as likely that an approach opens a place, by weeks since enrolment: on a straight line "
            "between those given, level before and after; absent: always the same"
        ),
    ] = None
    tailoring: Annotated[Tailoring | None, Field(description="For whom a job must be made; absent: for nobody")] = None
    trial_weeks: Annotated[WeekDistribution, Field(description="Weeks that an arbejdsprøvning lasts")]
    offer_after_trial: Annotated[Share, Field(description="Share of arbejdsprøvninger that end in an offer")]
    motivated: Annotated[Share, Field(description="Share of ledige who see fleksjob as the right solution at first")]
    motivated_levels: Annotated[
        dict[str, dict[str, Factor]],
        Field(description="Times as likely that she sees it so at first, by characteristic and level"),
    ] = {}
    accepts: Annotated[Accepts, Field(description="Who takes a fleksjob that is offered")]
    pension: Annotated[Pension, Field(description="What becomes of those who do not match a fleksjob")]
    exchange: Annotated[
        Exchange | None,
        Field(
            description="Openings that were declined are shown to others in the week after, longest not tried first; "
            "absent: they are lost"
        ),
    ] = None
    firms: Annotated[
        dict[str, Firm],
        Field(description="Kinds of firms that fleksjob are in, by any name; absent: not told apart", max_length=8),
    ] = {}
    during: Annotated[Effects, Field(description="Factor on exit intensities while brokered for")] = {}
    status_week: Annotated[
        Weeks,
        Field(description="Weeks since enrolment after which those left behind are told apart"),
        At("course", gone_by=True),
    ]

    may_change: ClassVar[frozenset[str]] = frozenset({
        "attention", "factors.*.*", "opens_by_weeks", "opens_by_weeks.*", "tailoring.minutes", "tailoring.factor",
        "trial_weeks", "offer_after_trial", "accepts.motivated", "accepts.unmotivated", "pension.weeks",
        "pension.awarded", "pension.trial", "exchange.fits", *(f"brokers.*.{key}" for key in OF_A_BROKER),
        *of_effects("during"),
    })  # fmt: skip
    label: ClassVar[Label] = Label("Brokering of fleksjob", "Formidling af fleksjob")
    grows: ClassVar[Sequence[str]] = ("brokers.*.limit",)
    workplace: ClassVar[bool] = True
    refers: ClassVar[Mapping[str, str]] = {
        **BESIDE,
        "exit": "destinations",
        "pension.exit": "destinations",
        "brokers.*.arms.*": "arms",
        "brokers.*.team": "teams",
        "brokers.*.prefers.levels.<key>": "subgroups",
        "brokers.*.chosen.levels.<key>": "subgroups",
        "brokers.*.factors.<key>": "subgroups",
        "brokers.*.returns_to": "own brokers",
        "brokers.*.jobcentres.<key>": "jobcentres",
        "brokers.*.leaves_work.team": "teams",
        "factors.<key>": "subgroups",
        "motivated_levels.<key>": "subgroups",
        "exchange.brokers.*": "own brokers",
        "during.<key>": "exits",
    }
    counts: ClassVar[Mapping[str, Label]] = COUNTS
    outcomes: ClassVar[Mapping[str, Outcome]] = OUTCOMES
    further_counts: ClassVar[Mapping[str, Label]] = {**OF_A_LIMIT, **OF_AN_EXCHANGE, **OF_MOTIVATION}
    further_outcomes: ClassVar[Mapping[str, Outcome]] = {**WAITS, **EXCHANGED, **UNMOTIVATED}

    @property
    def limited(self) -> bool:
        """Whether any broker has a limit on its cases."""
        return any(broker.limit is not None for broker in self.brokers.values())

    @property
    def its_counts(self) -> Mapping[str, Label]:
        return {
            **self.counts,
            **(OF_A_LIMIT if self.limited else {}),
            **(OF_AN_EXCHANGE if self.exchange else {}),
            **(OF_MOTIVATION if self.motivated_levels else {}),
            **in_firms(self.firms),
        }

    @property
    def its_outcomes(self) -> Mapping[str, Outcome]:
        return {
            **self.outcomes,
            **(WAITS if self.limited else {}),
            **(EXCHANGED if self.exchange else {}),
            **(UNMOTIVATED if self.motivated_levels else {}),
            **shares_of_firms(self.firms),
        }

    @property
    def spends(self) -> Sequence[Spent]:
        """Parts of fees, to the team of the broker; of several that the same arm may choose it is not told which."""
        paid = [broker for broker in self.brokers.values() if broker.fee]
        alone = {arm for broker in paid for arm in broker.arms if sum(arm in other.arms for other in paid) == 1}
        whose = [(broker.team, tuple(arm for arm in broker.arms if arm in alone)) for broker in paid]
        others = tuple(dict.fromkeys(arm for broker in paid for arm in broker.arms if arm not in alone))
        return [
            Spent("fee", Sum(count), team=team, part=part, arms=arms)
            for team, arms in [*whose, ("", others)] if arms for part, count in OF_FEE.items()
        ]  # fmt: skip

    def part(self, name: str, arm: str) -> float:
        """About which part of an arm comes to a broker of it, by the weights alone."""
        weights = {n: b.chosen.weight if b.chosen else 1.0 for n, b in self.brokers.items() if arm in b.arms}
        return weights[name] / sum(weights.values())

    def unlike(self, own: Intervention) -> Found:
        yield from super().unlike(own)
        if not isinstance(own, Fleksjob):
            return
        for key in ("exchange", "motivated_levels"):
            if getattr(own, key) and not getattr(self, key):
                yield (key,), "the intervention itself must have it, too; factors of 1, or openings that never fit"
        if list(own.firms) != list(self.firms):
            yield ("firms",), "the kinds of firms must be those of the intervention itself, in its order"
        for name, broker in own.brokers.items() if not self.limited else ():
            if broker.limit is not None:
                message = "a broker of the intervention itself must have a limit, too; a large one changes nothing"
                yield ("brokers", name, "limit"), message

    def problems(self, setting: Setting) -> Found:
        yield from super().problems(setting)
        if self.exit not in setting.employment():
            yield ("exit",), f"a fleksjob may end, so exits.{self.exit} needs job_spells"
        for key, levels in (("factors", self.factors), ("motivated_levels", self.motivated_levels)):
            for path, message in unknown_levels(levels, setting):
                yield (key, *path), message
        most = self.motivated
        for attribute, factors in self.motivated_levels.items():
            most *= max((factors.get(level, 1.0) for level in setting.subgroups.get(attribute, ())), default=1.0)
        if most > 1:
            yield ("motivated_levels",), f"{most:g} of some would be motivated: {self.motivated:g} times their factors"
        if self.firms and abs(sum(firm.share for firm in self.firms.values()) - 1) > 1e-9:
            total = sum(firm.share for firm in self.firms.values())
            yield ("firms",), f"the shares must add up to 1 (they add up to {total:g})"
        begun: dict[str, Broker] = {}
        for name, broker in self.brokers.items():
            for i, arm in enumerate(broker.arms):
                other = begun.setdefault(arm, broker)
                if other is not broker and not (broker.chosen and other.chosen):
                    first = next(each for each, its in self.brokers.items() if its is other)
                    message = f"{arm} is brokered for by {first} already; say how ledige choose (`chosen` of both)"
                    yield ("brokers", name, "arms", i), message
            for path, message in unknown_levels(broker.factors, setting):
                yield ("brokers", name, "factors", *path), message
            for key, by in (("prefers", broker.prefers), ("chosen", broker.chosen)):
                for path, message in unknown_levels(by.levels, setting) if by else ():
                    yield ("brokers", name, key, "levels", *path), message
            works = {"team": broker.team}
            if broker.leaves_work:
                works["leaves_work"] = broker.leaves_work.team
            for key, team in works.items():
                if any(doing(setting.teams_of(place), team).desks() > 1 for place in setting.persons()):
                    yield ("brokers", name, key), f"team '{team}' has personal cases; brokering needs a pooled team"
            if broker.returns_to == name:
                yield ("brokers", name, "returns_to"), "misfits cannot be returned to the same broker"

    def doubts(self, setting: Setting) -> Found:
        yield from super().doubts(setting)
        if self.exchange and self.exchange.fits == 0:
            yield ("exchange", "fits"), "no opening that is passed on ever fits"
        if self.pension.trial and not any(broker.no_match for broker in self.brokers.values()):
            yield ("pension", "trial"), "nobody is judged not to match a fleksjob, so nobody is clarified by a trial"
        for name, broker in self.brokers.items():
            if broker.fee and broker.fee.trial_first and not broker.fee.first_trial:
                yield ("brokers", name, "fee", "trial_first"), "no part of the fee is paid for a first arbejdsprøvning"
            if broker.fee and broker.fee.held and not broker.fee.four_months:
                yield ("brokers", name, "fee", "held"), "no part of the fee is paid for four months in a fleksjob"
        total = sum(setting.arms.values())
        for name, broker in self.brokers.items():
            doubts: list[tuple[float, tuple[str | int, ...], str]] = []
            over: list[tuple[float, tuple[str | int, ...], str]] = []
            for place, persons in setting.persons().items():
                team = doing(setting.teams_of(place), broker.team)
                served = persons * sum(setting.arms[arm] * self.part(name, arm) for arm in broker.arms) / total
                minutes = team.fte * team.minutes_per_week
                if served and minutes < broker.approach_minutes:
                    arithmetic = f"{team.fte:g} full-time × {team.minutes_per_week} = {minutes:.0f} minutes a week"
                    message = f"{place}: {name} has {arithmetic}, and an approach takes {broker.approach_minutes}: "
                    message += "no firm is ever approached"
                    doubts.append((served, ("brokers", name, "team"), message))
                if broker.limit is not None and served > broker.limit:
                    message = f"{place}: {name} works with {broker.limit} of about {served:.0f} at a time: "
                    over.append((served - broker.limit, ("brokers", name, "limit"), f"{message}the others wait"))
            yield from worst(doubts)
            yield from worst(over)

    def measured(self, total: Totals, setting: Setting) -> Measured:
        fee = ratios(total["fee_parts"], FEE_PARTS * total["fee_persons"])
        outcomes = {**super().measured(total, setting), "fee_share": fee}
        return {what: outcomes[what] for what in self.its_outcomes if what in outcomes}
