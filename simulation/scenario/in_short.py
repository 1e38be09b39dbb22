"""A scenario in ten lines, as a notebook shows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from simulation.scenario.alike import cut
from simulation.scenario.schema import Scenario

MOST_NAMED, WIDEST = 6, 100


def in_ten_lines(file: str, scenario: Scenario, kinds: Sequence[str | None]) -> str:
    """Name and file, who, for how long, the parts by name, and where its numbers come from: `kinds` has the kind of
    each."""
    persons, places = sum(scenario.persons().values()), scenario.jobcentres
    first, last = scenario.measured_weeks()
    assumed = sum(kind in (None, "assumed") for kind in kinds)
    lines = [
        f"{scenario.name} ({file})",
        f"ledige:         {persons:,} in {len(places)} jobcentre{'' if len(places) == 1 else 's'}",
        f"weeks:          {scenario.weeks} from {scenario.start}; enrolled in weeks {first} to {last}, followed for "
        f"{scenario.follow_up}",
        f"arms:           {_named(scenario.arms)}",
        f"teams:          {_named(f'{name} ({team.fte:g} full-time)' for name, team in scenario.teams.items())}",
        f"interventions:  {_named(scenario.interventions)}",
        f"exits:          {_named(scenario.exits)}",
        f"published:      {len(scenario.published)} figures",
        f"numbers:        {len(kinds)}, of which {assumed} assumed",
        f"replications:   {scenario.replications}, seed {scenario.seed}",
    ]
    return "\n".join(line if len(line) <= WIDEST else f"{line[: WIDEST - 1]}…" for line in lines)


def _named(names: Iterable[str]) -> str:
    return cut(list(names), MOST_NAMED) or "none"
