"""What two scenarios must have in common, so that a difference of their figures is one of policies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from simulation.scenario.allotting import drawn_otherwise, weights_of
from simulation.scenario.schema import Scenario

CONCERNED = (
    "weeks", "follow_up", "measured_from", "measured_until", "intake", "jobcentres", "arms", "split", "allocation",
    "trial",
)  # fmt: skip
"""Parts of a scenario that decide who is followed, for how long, and who is in which arm."""

MOST_NAMED = 4


@dataclass(frozen=True)
class Alike:
    """A base and a scenario that is compared with it, or a point of a sweep."""

    base: Scenario
    other: Scenario

    @cached_property
    def refused(self) -> str | None:
        """Why no figure of one can be held against one of the other; None if some can."""
        base, other = self.base, self.other
        if base.follow_up != other.follow_up:
            both = f"{base.follow_up} and {other.follow_up} weeks"
            return f"outcomes over different follow_up cannot be compared ({both})"
        if base.seed != other.seed:
            return f"one was simulated by seed {base.seed}, the other by seed {other.seed}: their luck differs"
        seen = [min(each.follow_up, each.weeks - each.measured_weeks()[1]) for each in (base, other)]
        if base.weeks != other.weeks and seen[0] != seen[1]:
            enough = [each.measured_weeks()[1] + each.follow_up for each in (base, other)]
            return (
                f"runs of {base.weeks} and {other.weeks} weeks see the last measured for {seen[0]} and for {seen[1]} "
                f"of {base.follow_up} weeks: figures differ by that alone; let both have {max(enough)} weeks or more"
            )
        return None

    @property
    def same_window(self) -> bool:
        """Whether outcomes of the whole run are of runs of the same length."""
        return self.base.weeks == self.other.weeks

    @cached_property
    def cohort(self) -> list[str]:
        """In what the people differ who are followed; empty: they are the same, with the same luck."""
        return list(self._of_cohort())

    @property
    def same_people(self) -> bool:
        """Whether they follow the same people, so that replications are pairs."""
        return not self.cohort

    @cached_property
    def other_luck(self) -> list[str]:
        """Interventions whose chances are others, though they may be as they were: chances hang on their names."""
        base, other = self.base.interventions, self.other.interventions
        talks = [[name for name, each in part.items() if each.holds_talks] for part in (base, other)]
        only_one = all(len(names) == 1 for names in talks)  # then its luck has no name
        sentences = []
        for name in base.keys() - other.keys():
            kind = base[name].kind
            new = [key for key in other if key not in base and other[key].kind == kind]
            if new and not (only_one and name in talks[0]):
                sentences.append(f"{name} is called {new[0]}")
        if min(map(len, talks)) == 1 < max(map(len, talks)):
            sentences.append(f"{min(talks, key=len)[0]} is the only kind of talk in one of them")
        return sorted(sentences)

    @property
    def sentences(self) -> list[str]:
        """In what the two differ beside the policy, each in a few words."""
        base, other = self.base, self.other
        lengths = [
            f"{key} ({getattr(base, key)}; {getattr(other, key)})"
            for key in ("follow_up", "weeks", "start")
            if getattr(base, key) != getattr(other, key)
        ]
        return [*self.cohort, *lengths]

    def _of_cohort(self) -> Iterator[str]:
        base, other = self.base, self.other
        persons, of_other = base.persons(), other.persons()
        if persons.keys() != of_other.keys():
            yield f"jobcentres ({cut(list(persons))}; {cut(list(of_other))})"
        elif persons != of_other:
            differ = [name for name in persons if persons[name] != of_other[name]]
            yield f"persons ({cut([f'{name}: {persons[name]:,} and {of_other[name]:,}' for name in differ])})"
        intakes = [each.intake.model_dump(exclude={"persons", "earlier"}) for each in (base, other)]
        keys = [key for key in intakes[0] if intakes[0][key] != intakes[1][key]]
        if keys:
            yield f"intake ({', '.join(keys)})"
        rhythms = [{name: one.by_block for name, one in each.benefits.items()} for each in (base, other)]
        if keys_of := [name for name in rhythms[0] if rhythms[0][name] != rhythms[1].get(name)]:
            yield f"when people come (by_block of {', '.join(keys_of)})"
        if base.measured_weeks() != other.measured_weeks() and not keys:
            weeks = [" to ".join(map(str, each.measured_weeks())) for each in (base, other)]
            if base.intake.earlier == other.intake.earlier:
                yield f"who is measured (enrolled in weeks {weeks[0]}; {weeks[1]})"

    @cached_property
    def other_arms(self) -> list[str]:
        """Arms of both that have other people in them, though the people altogether are the same."""
        shares = []
        for each in (self.base, self.other):
            weights = weights_of(each)
            total = sum(weights.values())
            shares.append({name: sum(weights[part] for part in parts) / total for name, parts in each.parts.items()})
        if drawn_otherwise(self.base) != drawn_otherwise(self.other):
            return [name for name in shares[0] if name in shares[1]]
        both = zip(shares, (self.base, self.other), strict=True)
        written = [{arm: round(share[arm], 9) for arm in each.as_written} for share, each in both]
        if written[0] == written[1] and self.base.allocation == self.other.allocation:
            return [name for name in shares[0] if abs(shares[0][name] - shares[1].get(name, shares[0][name])) > 1e-9]
        return [name for name, share in shares[0].items() if name in shares[1] and not share == shares[1][name] == 1]


def cut(items: Sequence[str], most: int = MOST_NAMED) -> str:
    """Items in a row; of a long list the first few and how many there are more."""
    more = len(items) - most
    return ", ".join(items[:most]) + (f" and {more} more" if more > 0 else "")
