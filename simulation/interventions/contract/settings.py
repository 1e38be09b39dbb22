"""The settings of an intervention: what an analyst writes, what it counts, and whether it can work in a scenario."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Any, ClassVar, Protocol, Self

from pydantic import Field

from simulation.interventions.contract.grown import times, with_numbers
from simulation.interventions.contract.outcomes import Lives, Measured, Outcome, People, Told, Totals
from simulation.interventions.contract.runs import Runs
from simulation.interventions.contract.spending import Spent
from simulation.world.labels import Label
from simulation.world.next_job import NextJob
from simulation.world.spec import Called, Floats, Share, Spec
from simulation.world.switch import DISPLACEMENT

Found = Iterable[tuple[tuple[str | int, ...], str]]
"""Places within the settings of an intervention, and what is wrong or doubtful there."""


def worst(doubts: Sequence[tuple[float, tuple[str | int, ...], str]]) -> Found:
    """Of the same doubt about several jobcentres the gravest, by the number in front, with how many more there are."""
    if doubts:
        _, path, message = max(doubts, key=lambda one: one[0])
        yield path, message + more_jobcentres(len(doubts) - 1)


def more_jobcentres(others: int) -> str:
    """What is said after a message of how many other jobcentres it holds for; "" if for none."""
    return f" (and {others} more jobcentre{'s' if others > 1 else ''})" if others > 0 else ""


def stateless(path: tuple[str | int, ...], names: Iterable[str], setting: Setting) -> Found:
    """Of the interventions named here, those that keep no state (there is a key or an item for each name)."""
    for number, name in enumerate(names):
        if not setting.interventions[name].keeps_state:
            with_state = [other for other, each in setting.interventions.items() if each.keeps_state]
            item = name if isinstance(names, Mapping) else number
            yield (*path, item), f"'{name}' keeps no state that ledige could be in; there is {_listed(with_state)}"


def offerless(path: tuple[str | int, ...], name: str, setting: Setting) -> Found:
    """That the intervention of this name marks no offers, if so: what is said here of those in one holds for nobody."""
    if not setting.interventions[name].marks_offers:
        with_offers = [other for other, each in setting.interventions.items() if each.marks_offers]
        yield path, f"nobody is ever in an offer of '{name}', so it changes nothing; there is {_listed(with_offers)}"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names) or "none"


class Setting(Protocol):
    """What an intervention may know of the scenario that it stands in, to see whether it can work there."""

    @property
    def arms(self) -> Mapping[str, float]: ...
    @property
    def parts(self) -> Mapping[str, Sequence[str]]:
        """The arms that every name of an arm stands for, those that are split included."""

    @property
    def subgroups(self) -> Mapping[str, Mapping[str, Any]]: ...
    @property
    def exits(self) -> Mapping[str, Any]: ...
    @property
    def interventions(self) -> Mapping[str, Any]: ...
    @property
    def weeks(self) -> int: ...
    @property
    def staff_changes(self) -> bool:
        """Whether somebody of the staff is away or leaves at times."""

    @property
    def jobcentres(self) -> Mapping[str, Any]: ...
    def interventions_of(self, jobcentre: str) -> Mapping[str, Any]:
        """What is on in one jobcentre, by name."""

    def employment(self) -> Mapping[str, Any]: ...
    def persons(self) -> Mapping[str, int]: ...
    def teams_of(self, jobcentre: str) -> Mapping[str, Any]: ...
    def teams_by_unused_model(self) -> Mapping[str, Mapping[str, Any]]: ...


InJobcentres = Annotated[
    list[str] | None, Field(description="Jobcentres in which it is on; absent: everywhere", min_length=1)
]
KIND = Field(description="Kind of intervention; it decides which further keys there are")


class Intervention(Spec):
    """The settings of one intervention."""

    kind: Annotated[str, KIND]
    name: Called = None
    displacement: Annotated[
        Share | None,
        Field(description="Share of the job intensity that it adds which is taken from others; absent: the scenario's"),
        DISPLACEMENT,
    ] = None
    in_jobcentres: InJobcentres = None
    benefits: Annotated[
        list[str] | None,
        Field(description="Benefits that those are on whom it is for; absent: all", min_length=1),
    ] = None
    runs: Annotated[
        Runs | None, Field(description="When it begins and ends; absent: it is there for the whole run")
    ] = None
    label: ClassVar[Label | None] = None
    """What people read where an intervention of the kind is meant; None: its name in the scenario."""
    may_change: ClassVar[frozenset[str]] = frozenset()
    """What may change at a date: dotted keys of these settings, `*` for any key between."""
    grows: ClassVar[Sequence[str]] = ()
    """What a jobcentre has for its ledige, and has more of where there are more of them, such as places; dotted keys of
    these settings, `*` for any key between."""
    refers: ClassVar[Mapping[str, str]] = {}
    """Where the settings name something else: dotted pattern → `arms`, `teams`, `case_teams`, `jobcentres`, `exits`
    (what effects may move: exits, benefits to which one passes, small jobs), `causes` (the same without small jobs),
    `destinations` (exits alone), `benefits`, `subgroups`, `interventions`, or `own X` for the keys of a part X of these
    settings. In a pattern `*` is any key or item, `<key>` the keys."""
    workplace: ClassVar[bool] = False
    """Whether a week in this offer is one of workplace activation."""
    marks_offers: ClassVar[bool] = False
    """Whether the register shows who is in an offer of it; there is room for 31 such interventions."""
    holds_talks: ClassVar[bool] = False
    """Whether it asks for minutes of staff to hold talks."""
    refers_people: ClassVar[bool] = False
    """Whether it keeps the week of each ledig's first referral in `world.referred`."""
    crosses_jobcentres: ClassVar[bool] = False
    """Whether anything that it does in one jobcentre depends on another one of the same world."""
    keeps_state: ClassVar[bool] = False
    """Whether it keeps a state of ledige in `world.states`, by its name, that others may refer to."""
    keeps_waiting: ClassVar[bool] = False
    """Whether it keeps in `world.waiting`, by its name, who waits for it."""
    helps: ClassVar[bool] = False
    """Whether ledige have a place with somebody of it (mentor, coordinator) beside any offer, in `world.places`."""
    gives_hours: ClassVar[bool] = False
    """Whether ledige have paid hours beside benefit by it."""
    readies: ClassVar[bool] = False
    """Whether it keeps in `world.ready`, by its name, from when on each is ready for it."""
    left_time: ClassVar[str | None] = None
    """What a team with minutes left after talks may do of it, if anything: `search` or `checks`."""
    counts: ClassVar[Mapping[str, Label]] = {}
    """What it counts, of itself alone, with what people read in the place of the name; a gap `{name}` is the
    intervention."""
    outcomes: ClassVar[Mapping[str, Outcome]] = {}
    """Its outcomes, of itself alone; what they are called follows the intervention's name."""
    further_counts: ClassVar[Mapping[str, Label]] = {}
    """What it counts beside `counts` where its settings ask for it (`its_counts`)."""
    further_outcomes: ClassVar[Mapping[str, Outcome]] = {}
    """Its outcomes beside `outcomes` where its settings ask for them (`its_outcomes`)."""
    common_counts: ClassVar[Mapping[str, Label]] = {}
    """What all interventions of the kind count together, under names that are nobody's own."""
    common_outcomes: ClassVar[Mapping[str, Outcome]] = {}
    """Outcomes of all interventions of the kind together, under names that are nobody's own."""
    refusals: ClassVar[Sequence[str]] = ()
    """Of the common counts, those of talks that staff had to refuse."""
    pays_wage: ClassVar[bool] = False
    """Whether those in its offers have a subsidised full-time wage in the place of benefit."""

    @property
    def its_counts(self) -> Mapping[str, Label]:
        """`counts`, and those that hang on what these settings name."""
        return self.counts

    @property
    def its_outcomes(self) -> Mapping[str, Outcome]:
        """`outcomes`, and those that hang on what these settings name."""
        return self.outcomes

    @property
    def spends(self) -> Sequence[Spent]:
        """What costs something of what it counts, beside weeks in its offers, which the register shows."""
        return ()

    def on_in(self, jobcentre: str) -> bool:
        """Whether it is on in this jobcentre."""
        return self.in_jobcentres is None or jobcentre in self.in_jobcentres

    def is_for(self, benefit: str) -> bool:
        """Whether it is for ledige on this benefit."""
        return self.benefits is None or benefit in self.benefits

    def unlike(self, own: Intervention) -> Found:
        """What of the settings that a jobcentre has otherwise (`own`) must be the same everywhere, and is not."""
        for key in ("name", "displacement", "in_jobcentres"):
            if getattr(own, key) != getattr(self, key):
                yield (key,), f"'{key}' is the same in all jobcentres: it stands in the intervention itself"

    def named(self, target: str) -> set[str]:
        """The names of this target (one of those of `refers`) that stand in its settings."""
        whole = self.model_dump(exclude_none=True)
        patterns = [pattern for pattern, its_target in self.refers.items() if its_target == target]
        return {name for pattern in patterns for name in _named(whole, pattern.split("."))}

    def grown(self, factor: float) -> Self:
        """These settings where each jobcentre has so many times as many ledige, and as much for each of them."""
        found = self
        for key in self.grows:
            found = with_numbers(found, key.split("."), times(factor))
        return found

    def moves(self) -> set[str]:
        """Destinations that it may move: those that its settings name."""
        return self.named("exits") | self.named("causes") | self.named("destinations")

    def problems(self, setting: Setting) -> Found:
        """What cannot be in this scenario; of several messages about one place (one a jobcentre) the first is shown."""
        return ()

    def doubts(self, setting: Setting) -> Found:
        """What will hardly work in this scenario, with the arithmetic."""
        return ()

    def derived(self) -> Found:
        """What follows from its settings and cannot be seen in them, for `check` to tell."""
        return ()

    def measured(self, total: Totals, setting: Setting) -> Measured:
        """Its outcomes from its counts over the whole run: an array (worlds,) for every declared count."""
        return {what: each.measured(total) for what, each in self.its_outcomes.items() if each.of is not None}

    @classmethod
    def measured_together(cls, every: Sequence[Intervention], total: Totals, setting: Setting) -> Measured:
        """`common_outcomes` from the counts of all interventions of the kind (`every`) and from those that are nobody's
        own: an array (worlds,) for every declared count."""
        return {what: each.measured(total) for what, each in cls.common_outcomes.items() if each.of is not None}

    @classmethod
    def measured_of_teams(cls, total: Totals, setting: Setting) -> Measured:
        """`common_outcomes` of some teams, from the counts of what they did."""
        return {}

    @classmethod
    def measured_of_lives(cls, lives: Lives) -> Measured:
        """`common_outcomes` of the whole follow-up from the register."""
        return {}

    @classmethod
    def measured_by_week(cls, people: People) -> Measured:
        """`common_outcomes` that have a course, from the register: arrays (weeks, worlds)."""
        return {}

    def measured_of_people(
        self, people: People, setting: Setting, there: Mapping[str, Intervention]
    ) -> Iterable[tuple[str, str, str | None, Floats]]:
        """Its outcomes from the register: outcome, arm, jobcentre (None: all of them) and an array (worlds,). `there`
        has its settings in each jobcentre in which it is on."""
        return ()

    def told_by_jobcentre(self, name: str, there: Mapping[str, Intervention]) -> Told | None:
        """What the answer on screen tells of it jobcentre by jobcentre; `name` is what the scenario calls it, `there`
        as in `measured_of_people`."""
        return None


class Treats(Intervention):
    """The settings of an intervention that knows whom it has treated, and so may change the job that comes after."""

    next_job: Annotated[
        NextJob | None, Field(description="The job for which those whom it has treated leave benefit; absent: as ever")
    ] = None


def of_effects(*keys: str) -> set[str]:
    """What may change at a date of the effects under these keys: factors, and the mean of sizes."""
    return {f"{key}.*{more}" for key in keys for more in ("", ".log")}


def _named(part: Any, steps: Sequence[str]) -> Iterator[str]:
    """The names to which a pattern of `refers` leads within a part of some settings; a name may stand where another
    pattern leads on into a mapping."""
    if isinstance(part, str):
        yield from () if steps else [part]
    elif not steps:
        return
    elif steps[0] == "<key>":
        yield from part
    elif steps[0] == "*":
        for item in part.values() if isinstance(part, Mapping) else part:
            yield from _named(item, steps[1:])
    elif steps[0] in part:
        yield from _named(part[steps[0]], steps[1:])
