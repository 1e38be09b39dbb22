"""By need: how often a plan has talks while a ledig is in some state, as an analyst writes it; `needs.py` keeps to it.

What the evidence says. Talks matter most at the start and in the first part of praktik; later, and while she waits for
treatment, they become superfluous or disturbing. Staff ask for high frequency first and for a judgement of each case
after that (Rambøll 2013, p. 18 [15]; Aktive hurtigere tilbage, p. 14). Talks become very short where praktik goes well
(p. 15 [12]). It is a recommendation, which nobody has tried, and no interval is printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, ClassVar

from pydantic import Field, model_validator

from simulation.interventions.contract import Found, Setting, offerless, stateless
from simulation.world.clocks import COURSE_WEEK, TAKES
from simulation.world.spec import NOT_PLANNED, Spec, Weeks, unit, wrong_part

STATES = ("in_offer", "in_state", "waiting_for", "helped_by", "ready_for", "not_ready_for")
"""What names interventions."""


class ByNeed(Spec):
    """A rule of a plan by intervals: while all that is said here holds, talks come so often, and in this channel."""

    weeks: Annotated[
        int | None, unit("weeks", "Weeks from one held talk to the next; absent: no talk while so", ge=1, le=520)
    ] = None
    channel: Annotated[
        str | None, Field(description="Channel of talks while so, before any other; absent: as the plan says")
    ] = None
    in_offer: Annotated[list[str], Field(description="In an offer of one of these interventions")] = []
    in_state: Annotated[
        list[str], Field(description="In a state that one of these interventions keeps (sick, exempt, ...)")
    ] = []
    waiting_for: Annotated[
        list[str], Field(description="Waiting for a match, a place or a coordinator of one of these interventions")
    ] = []
    helped_by: Annotated[
        list[str], Field(description="With a mentor or coordinator of one of these interventions")
    ] = []
    ready_for: Annotated[list[str], Field(description="Ready for an offer of one of these interventions")] = []
    not_ready_for: Annotated[
        list[str], Field(description="Ready for an offer of none of these interventions")
    ] = []
    hours_beside: Annotated[
        int | None, unit("hours per week", "Paid hours beside benefit, at least; absent: any", ge=1, le=100)
    ] = None
    from_week: Annotated[Weeks, Field(description="From this course week on"), COURSE_WEEK] = 0
    until_week: Annotated[
        int | None, unit("weeks", "Until before this course week; absent: to the end", ge=1, le=2000), COURSE_WEEK
    ] = None
    after_weeks: Annotated[
        Weeks, Field(description="Only after so many weeks on end in which all the rest of it has held"), TAKES
    ] = 0

    refers: ClassVar[Mapping[str, str]] = {
        **{f"{key}.*": "interventions" for key in STATES},
        "channel": "own channels",
    }

    @model_validator(mode="after")
    def _has_a_condition(self) -> ByNeed:
        said = self.model_fields_set - {"weeks", "channel", "after_weeks"}
        if not any(getattr(self, key) for key in said):
            raise ValueError("say when it holds (in_offer, in_state, from_week, ...); what always holds is `every`")
        if self.until_week is not None and self.until_week <= self.from_week:
            raise wrong_part("until_week", message=f"it must lie after from_week ({self.from_week})")
        if self.weeks is None and self.channel is not None:
            raise wrong_part("channel", message="there is no talk while so (no weeks), so there is no channel either")
        return self

    def covers(self, other: ByNeed) -> bool:
        """Whether this rule holds whenever the other one does, whatever each makes of it."""
        within = all(
            not getattr(self, key) or (getattr(other, key) and set(getattr(other, key)) <= set(getattr(self, key)))
            for key in STATES
            if key != "not_ready_for"
        )
        ends = float("inf") if self.until_week is None else self.until_week
        return bool(
            within
            and set(self.not_ready_for) <= set(other.not_ready_for)
            and (self.hours_beside or 0) <= (other.hours_beside or 0)
            and self.from_week <= other.from_week
            and ends >= (float("inf") if other.until_week is None else other.until_week)
            and self.after_weeks <= other.after_weeks
        )


def named_in_rules(key: str) -> dict[str, str]:
    """What the rules under this pattern of keys name of the scenario, for the `refers` of a kind."""
    return {f"{key}.{pattern}": target for pattern, target in ByNeed.refers.items()}


def impossible(place: tuple[str | int, ...], rules: Iterable[ByNeed], setting: Setting) -> Found:
    """What rules name of interventions in which nobody can ever be so."""
    for number, rule in enumerate(rules):
        at = (*place, number)
        yield from stateless((*at, "in_state"), rule.in_state, setting)
        for key, can, what in (
            ("waiting_for", "keeps_waiting", "nobody ever waits for '{}'"),
            ("helped_by", "helps", "'{}' has neither mentors nor coordinators"),
            ("ready_for", "readies", "nobody is ready, or not ready, for '{}', which has no `referral`"),
            ("not_ready_for", "readies", "nobody is ready, or not ready, for '{}', which has no `referral`"),
        ):
            for item, name in enumerate(getattr(rule, key)):
                if not getattr(setting.interventions[name], can):
                    yield (*at, key, item), what.format(name)


def left_out_of_the_load(every: Iterable[int], rules: Iterable[ByNeed]) -> str:
    """What `check` makes of rules when it reckons the load of staff, which knows nobody's state."""
    seldom, often = max(every), min(rule.weeks or NOT_PLANNED for rule in rules)
    bound = "neither a most nor a least" if often < seldom else "the most that it can be"
    return f"the load that is reckoned beforehand leaves these rules out: it is {bound}"


def _as_ever(place: tuple[str | int, ...], every: Iterable[int], rules: Sequence[ByNeed]) -> Found:
    """Last rules that say what `every` says in all weeks."""
    always = set(every)
    for number in reversed(range(len(rules))):
        rule = rules[number]
        if {rule.weeks} != always or rule.channel is not None:
            return
        often = "every week" if rule.weeks == 1 else f"every {rule.weeks} weeks"
        yield (*place, number), f"a talk {often} is what holds anyway where no rule does; it changes nothing"


def never_so(
    place: tuple[str | int, ...], every: Sequence[int], rules: Sequence[ByNeed], setting: Setting
) -> Found:
    """Rules that never hold, or that say what the intervals of the plan (`every`) say anyway."""
    yield from _as_ever(place, every, rules)
    earlier: list[ByNeed] = []
    for number, rule in enumerate(rules):
        at = (*place, number)
        for item, name in enumerate(rule.in_offer):
            yield from offerless((*at, "in_offer", item), name, setting)
        beside = any(getattr(spells, "beside_benefit", None) for spells in setting.employment().values())
        if rule.hours_beside is not None and not beside:
            yield (*at, "hours_beside"), "nobody works beside benefit, so it never holds"
        if rule.ready_for and set(rule.ready_for) <= set(rule.not_ready_for):
            yield (*at, "not_ready_for"), "nobody is ready for an offer and for none of them, so it never holds"
        if rule.until_week is not None and rule.after_weeks >= rule.until_week - rule.from_week:
            held = rule.until_week - rule.from_week
            yield (*at, "after_weeks"), f"all the rest of it holds for {held} weeks on end at most, so it never holds"
        if any(each.covers(rule) for each in earlier):
            yield at, "a rule before it holds whenever this one does, so it never comes to it"
        earlier.append(rule)
