"""Vikar (hovedvej 2): registration with temporary-work bureaus, and the assignments that come of it, or do not.

What the evidence says (Rambøll, Tre hovedveje til job). An information meeting or a screening talk comes first; who
does not decline afterwards counts as visiteret (p. 10, 14). *Started* means registered in a bureau's database, not
having worked (p. 14). Some of the registered never get an assignment (p. 6, 11). Assignments do not match
competences, notice is short and distances are long (p. 10, 15); pay and conditions are poor for some (p. 6, 11). More
bureaus are advised (p. 8, 10). Employment is one paid hour in a month, so a ledig may be employed and enrolled at
once (p. 7). No size is printed. Elsewhere: Danish agency jobs lead on to regular ones in tight markets (Jahn &
Rosholm 2014), a Detroit experiment found nothing or less (Autor & Houseman 2010). So conversion and what follows are
`assumed`. So is that a registration loses its worth with time: several of the registered report few or no offers and no
follow-up (p. 6, 11), and nobody has a size.

Success with bureaus hangs on personal relations, which take time and energy, and on seeking out those who are offered
nothing (p. 8, 10): a bureau's orders may grow as it is worked with (`relation`), and who was offered none so far may
come first (`seeks_out`). No size is printed.

Every week each bureau has some orders per jobcentre and offers them, by lot, to registered ledige whose competences
it can use. Who is offered one takes it unless the notice, the distance or the conditions stand against it. While on
an assignment she stays enrolled, and is paid for its hours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from simulation.interventions.contract import KIND, Effects, Found, Outcome, Setting, Sum, Treats, of_effects
from simulation.interventions.parts.marks_offers import BESIDE, MarksOffers
from simulation.interventions.parts.referrals import NAMED, Referral
from simulation.interventions.parts.spells import After, PlacementWeeks
from simulation.interventions.parts.visitation import Visitation, visitation_problems
from simulation.world.clocks import TAKES
from simulation.world.labels import Label
from simulation.world.sizes import changes
from simulation.world.spec import Distribution, Floats, HourDistribution, Share, Spec, WeekDistribution, unit

Bureaus = Annotated[int, unit("bureaus", ge=0, le=20)]


class Relation(Spec):
    """How a bureau comes to offer a jobcentre more: the longer they work together, and the more ledige it has sent out,
    the better it knows them."""

    strength: Annotated[Share, Field(description="Orders at the beginning, against those stated")]
    weeks: Annotated[
        int | None,
        unit("weeks", "Weeks together that alone bring it to full strength; absent: none do", ge=1, le=2000),
    ] = None
    assignments: Annotated[
        int | None,
        unit("assignments", "Assignments in a jobcentre that alone bring it there; absent: none do", ge=1, le=10**6),
    ] = None

    @model_validator(mode="after")
    def _grows(self) -> Relation:
        if self.weeks is None and self.assignments is None:
            raise ValueError("strength: say in how many `weeks` or `assignments` it grows to its full size")
        return self

    def now(self, weeks: int, begun: NDArray[np.int64]) -> Floats:
        """Strength after so many weeks together and assignments; shape of `begun`."""
        grown = np.full(begun.shape, weeks / self.weeks if self.weeks else 0.0)
        if self.assignments:
            grown = grown + begun / self.assignments
        return np.asarray(self.strength + (1.0 - self.strength) * np.minimum(grown, 1.0))


class Bureau(Spec):
    """A temporary-work bureau."""

    orders_per_week: Annotated[
        float,
        unit("assignments per week", "Assignments it can offer to registered ledige of a jobcentre", ge=0, le=1e6),
    ]
    fits: Annotated[Share, Field(description="Share of the registered whose competences it can use at all")]
    short_notice: Annotated[Share, Field(description="Share of its assignments that come at short notice")] = 0.0
    far: Annotated[Share, Field(description="Share of its assignments that are far away")] = 0.0
    relation: Annotated[
        Relation | None,
        Field(description="How its orders grow as it is worked with; absent: they are as stated at once"),
    ] = None
    length_weeks: Annotated[PlacementWeeks, Field(description="Weeks of an assignment")]
    hours: Annotated[HourDistribution, Field(description="Hours a week of an assignment")]
    conversion: Annotated[
        Share, Field(description="Share of assignments carried through that turn into an ordinary job")
    ] = 0.0


class Place(Spec):
    """What one jobcentre has otherwise than the others."""

    bureaus: Annotated[list[str] | None, Field(description="Bureaus it works with; absent: all")] = None
    orders_factor: Annotated[float, unit("factor", "Orders of its bureaus against those stated", ge=0, le=100)] = 1.0


class Vikar(Treats, MarksOffers):
    """Temporary work by way of bureaus."""

    kind: Annotated[Literal["vikar"], KIND]
    referral: Annotated[
        dict[str, Referral], Field(min_length=1, description="When the ledige of an arm are invited to the meeting")
    ]
    attends: Annotated[Share, Field(description="Share of the invited who come to the information meeting")]
    declines: Annotated[
        Share, Field(description="Share of those informed (and not turned away) who decline afterwards")
    ]
    visitation: Annotated[list[Visitation], Field(description="Criteria of the screening, by week of the run")] = []
    registered_after: Annotated[WeekDistribution, Field(description="Weeks from referral to registration"), TAKES]
    bureaus: Annotated[dict[str, Bureau], Field(description="The bureaus, by name", min_length=1, max_length=20)]
    bureaus_each: Annotated[
        Distribution[Bureaus], unit("bureaus", "With how many bureaus a ledig registers, as far as there are so many")
    ]
    seeks_out: Annotated[
        bool, Field(description="Whether those who have been offered nothing so far are offered assignments first")
    ] = False
    takes_short_notice: Annotated[Share, Field(description="Share of ledige who can come at short notice")] = 1.0
    takes_far: Annotated[Share, Field(description="Share of ledige who can take an assignment that is far away")] = 1.0
    accepts: Annotated[Share, Field(description="Chance that pay and conditions of an assignment are accepted")] = 1.0
    quits: Annotated[Share, Field(description="Chance in a week that an assignment is left before its end")] = 0.0
    registered: Annotated[
        Effects, Field(description="Factor on exit intensities while registered without assignment")
    ] = {}
    registered_halving_weeks: Annotated[
        float | None,
        unit("weeks", "Weeks since registration in which `registered` halves; absent: no decay", gt=0, le=1000),
    ] = None
    during: Annotated[Effects, Field(description="Factor on exit intensities while on an assignment")] = {}
    after: Annotated[After | None, Field(description="After an assignment carried through; may fade")] = None
    jobcentres: Annotated[
        dict[str, Place], Field(description="Jobcentres that work with other bureaus, or get other numbers of orders")
    ] = {}

    may_change: ClassVar[frozenset[str]] = frozenset({
        "attends", "declines", "registered_after", "bureaus_each", "accepts", "quits", "registered_halving_weeks",
        "bureaus.*.orders_per_week", "bureaus.*.relation.weeks", "bureaus.*.relation.assignments",
        "bureaus.*.short_notice", "bureaus.*.far", "bureaus.*.length_weeks",
        "bureaus.*.hours", "bureaus.*.conversion", "jobcentres.*.orders_factor",
        *of_effects("registered", "during", "after.effects"),
    })  # fmt: skip
    label: ClassVar[Label] = Label("Temporary work", "Vikararbejde")
    grows: ClassVar[Sequence[str]] = ("bureaus.*.orders_per_week",)
    refers_people: ClassVar[bool] = True
    readies: ClassVar[bool] = True
    refers: ClassVar[Mapping[str, str]] = {
        **NAMED,
        **BESIDE,
        "jobcentres.<key>": "jobcentres",
        "jobcentres.*.bureaus.*": "own bureaus",
        "visitation.*.turned_away.<key>": "subgroups",
        **{f"{part}.<key>": "exits" for part in ("registered", "during", "after.effects")},
    }
    counts: ClassVar[Mapping[str, Label]] = {
        "invited": Label("Invited to a meeting on temporary work", "Indkaldt til informationsmøde om vikararbejde"),
        "absent": Label("Absent from the meeting", "Mødte ikke op til informationsmødet"),
        "turned_away": Label("Turned away from temporary work", "Afvist ved visitation til vikararbejde"),
        "declined": Label("Declined temporary work", "Sagde nej til vikararbejde"),
        "referred": Label("Referred to temporary work", "Visiteret til vikararbejde"),
        "started": Label("Registered with a temp agency", "Tilmeldt et vikarbureau"),
        "registrations": Label("Registrations with temp agencies", "Tilmeldinger til vikarbureauer"),
        "offers": Label("Assignments offered", "Tilbudte vikarjob"),
        "first_offer": Label("First assignments offered", "Første tilbudte vikarjob"),
        "refused_notice": Label("Assignments refused for short notice", "Vikarjob afslået pga. kort varsel"),
        "refused_distance": Label("Assignments refused for distance", "Vikarjob afslået pga. afstand"),
        "refused_conditions": Label("Assignments refused for conditions", "Vikarjob afslået pga. vilkår"),
        "assignments": Label("Temporary assignments begun", "Påbegyndte vikarjob"),
        "first_assignment": Label("First assignments begun", "Første påbegyndte vikarjob"),
        "quit": Label("Assignments left before their end", "Vikarjob forladt før tid"),
        "completed": Label("Assignments completed", "Gennemførte vikarjob"),
        "converted": Label("Assignments that became an ordinary job", "Vikarjob, der blev til ordinært job"),
        "left": Label("Left benefit while registered", "Forlod ydelsen som tilmeldte"),
        "registered": Label("Registered with temp agencies", "Tilmeldte hos vikarbureauer"),
    }
    outcomes: ClassVar[Mapping[str, Outcome]] = {
        "invited": Outcome(
            "persons", "Ledige invited to an information meeting; everybody, whole run", Sum("invited"),
            label=Label("Invited to a meeting on temporary work", "Indkaldt til informationsmøde om vikararbejde"),
        ),
        "referred": Outcome(
            "persons",
            "Ledige who were informed and did not decline (visiteret); everybody, whole run",
            Sum("referred"),
            label=Label("Referred to temporary work", "Visiteret til vikararbejde"),
        ),
        "started": Outcome(
            "persons", "Ledige registered with a bureau (påbegyndt); everybody, whole run", Sum("started"),
            label=Label("Registered with a temp agency", "Tilmeldt et vikarbureau"),
        ),
        "registrations": Outcome(
            "registrations", "Registrations with bureaus; everybody, whole run", Sum("registrations"),
            label=Label("Registrations with temp agencies", "Tilmeldinger til vikarbureauer"),
        ),
        "assignments": Outcome(
            "assignments", "Assignments begun; everybody, whole run", Sum("assignments"),
            label=Label("Temporary assignments begun", "Påbegyndte vikarjob"),
        ),
        "never_offered_share": Outcome(
            "share",
            "Of those who started, who were never offered an assignment in the run",
            Sum("first_offer"),
            per=Sum("started"),
            rest=True,
            label=Label("Never offered an assignment", "Aldrig tilbudt et vikarjob"),
        ),
        "never_worked_share": Outcome(
            "share",
            "Of those who started, who never began an assignment in the run",
            Sum("first_assignment"),
            per=Sum("started"),
            rest=True,
            label=Label("Never on an assignment", "Aldrig i et vikarjob"),
        ),
        "refused_share": Outcome(
            "share",
            "Of assignments offered, refused for notice, distance or conditions",
            Sum("refused_notice", "refused_distance", "refused_conditions"),
            per=Sum("offers"),
            label=Label("Assignments refused, of those offered", "Afslåede vikarjob, af de tilbudte"),
        ),
        "quit_share": Outcome(
            "share", "Of assignments begun, left before their end", Sum("quit"), per=Sum("assignments"),
            label=Label("Assignments left before their end", "Vikarjob forladt før tid"),
        ),
        "converted_share": Outcome(
            "share", "Of assignments begun, that turned into an ordinary job", Sum("converted"), per=Sum("assignments"),
            label=Label("Assignments that became an ordinary job", "Vikarjob, der blev til ordinært job"),
        ),
    }

    def problems(self, setting: Setting) -> Found:
        yield from super().problems(setting)
        yield from visitation_problems(self.visitation, setting)
        if not setting.employment():
            yield (), "an assignment is paid work, so the scenario needs job_spells"
        if "job" not in setting.exits and any(bureau.conversion for bureau in self.bureaus.values()):
            yield ("bureaus",), "an assignment can turn into a job only where there is an exit called 'job'"
        if 0 in self.bureaus_each:
            yield ("bureaus_each",), "who is registered is registered with 1 bureau or more"
        for jobcentre, place in self.jobcentres.items():
            if place.bureaus == []:
                yield (
                    ("jobcentres", jobcentre, "bureaus"),
                    f"{jobcentre} works with 0 of {len(self.bureaus)} bureaus, but its ledige are referred: name one",
                )

    def doubts(self, setting: Setting) -> Found:
        yield from super().doubts(setting)
        orders = sum(bureau.orders_per_week for bureau in self.bureaus.values())
        if orders * setting.weeks < 1:
            yield (
                ("bureaus",),
                f"{orders:g} orders a week × {setting.weeks} weeks = {orders * setting.weeks:g} assignments per "
                "jobcentre: hardly anybody will ever be offered one",
            )
        if self.registered_halving_weeks and not any(changes(size) for size in self.registered.values()):
            yield ("registered_halving_weeks",), "registered has no effect on any exit, so there is nothing that fades"
