"""What `check` says of a scenario that is fine."""

from __future__ import annotations

from simulation.interventions import acts
from simulation.scenario.by_place import every_settings
from simulation.scenario.dates import dates_in_words
from simulation.scenario.files.yamlfile import dotted
from simulation.scenario.load import Loaded
from simulation.scenario.sizes import sizes_in_words
from simulation.scenario.trial_words import trial_in_words
from simulation.world.labels import WEEKDAYS as DAYS
from simulation.world.spec import WEEKDAYS


def summary(loaded: Loaded, routines: bool) -> str:
    """Size, where its numbers come from, and (with `routines`) what really happens on each weekday."""
    scenario = loaded.scenario
    kinds: dict[str, int] = {}
    for row in loaded.parameters():
        kind = row.get("kind") or "without a source (taken as assumed)"
        kinds[kind] = kinds.get(kind, 0) + 1
    days = [
        f"    {label.en:8} {name}: {action}"
        for day, label in zip(WEEKDAYS, DAYS, strict=True)
        for name, intervention in scenario.interventions.items()
        for action in [acts(intervention).get(day)]
        if routines and action
    ]
    return "\n".join(
        [
            f"{loaded.file}: {scenario.name}: fine",
            f"    {plural(len(scenario.jobcentres), 'jobcentre')}, {sum(scenario.persons().values()):,} ledige, "
            f"arms {', '.join(scenario.arms)}, {scenario.weeks} weeks, {plural(scenario.replications, 'replication')}",
            "    numbers: " + ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())),
            *(f"    {line}" for line in dates_in_words(scenario)),
            *(f"    {line}" for line in sizes_in_words(scenario)),
            *(f"    {line}" for line in trial_in_words(scenario)),
            *(
                f"    {dotted((*place, *path))}: {sentence}"
                for place, name, intervention in every_settings(scenario)
                for path, sentence in intervention.derived()
                if place[0] == "interventions" or (path, sentence) not in scenario.interventions[name].derived()
            ),
            *days,
        ]
    )


def plural(count: int, noun: str) -> str:
    """Such as 1 value, 2 values."""
    return f"{count} {noun}{'' if count == 1 else 's'}"
