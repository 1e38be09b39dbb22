"""Which keys of a scenario can be moved on the page, and what each position of such a lever writes.

A lever is made of what a scenario has: nothing is moved that it does not say, and what changes at a date stays as it
is. A position is a set of keys with plain values, as an analyst would write them in an overlay by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from simulation.interventions.fritagelse import Fritagelse
from simulation.interventions.samtaler.plan import Plan
from simulation.interventions.samtaler.settings import Samtaler
from simulation.report.handed.keys import KEYS
from simulation.report.wording import Wording
from simulation.scenario.fields import unit_of
from simulation.scenario.load import Loaded
from simulation.world.labels import Label, plain
from simulation.world.staff.teams import NO_LIMIT

Area = Literal["staff", "talks", "exempt", "places"]
Value = float | int | str
LIMITS = (10, 15, 20, 25, 30, 35, 40, 45, 50, 60, 70, 80, 100, 120, 150, 200)
INTERVALS = (1, 2, 3, 4, 6, 8, 9, 13, 17, 26, 39, 52)
STEPS = (0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 5000, 10_000)
EXEMPT = "fritages"
"""The level of a characteristic that the act of 2027 exempts from talks."""
SOURCE = "what-if"
OF = Label("{what}, {whose}", "{what}, {whose}")
TALKS = Label("Talks of the plan", "Samtaler i planen")
CHANNEL = Label("How talks are held", "Hvordan samtaler holdes")
ELSEWISE = Label("Share of talks by {channel}", "Andel af samtaler ved {channel}")
GROUNDS = Label("Share with a ground for exemption", "Andel med grund til fritagelse")
EXEMPTED = Label("Share exempt", "Andel fritaget")


class Name(NamedTuple):
    """What a lever is called: `what` it moves, and `whose` it is, as key of a part of a scenario."""

    what: Label
    part: Literal["team", "intervention", "key"]
    whose: str
    of: str = ""

    def told(self, words: Wording) -> str:
        """In the words of a language."""
        called = {"team": words.team, "intervention": words.intervention, "key": plain}[self.part](self.whose)
        of = f" ({plain(self.of)})" if self.of else ""
        return words.say(OF, what=words.say(self.what), whose=called) + of


@dataclass(frozen=True)
class Lever:
    """Something that can be moved: `positions` has what each value sets, keys by dotted path with plain values, in the
    order of the lever; `base` is the value of the scenario as it is. `own` jobcentres have something else and keep
    it."""

    key: str
    area: Area
    name: Name
    unit: str
    base: Value
    positions: Mapping[Value, Mapping[str, Any]]
    own: int = 0

    @property
    def values(self) -> list[Value]:
        """All positions."""
        return list(self.positions)


def levers_of(loaded: Loaded) -> list[Lever]:
    """What can be moved of a scenario; nothing of it at a date."""
    found = [*_staff(loaded), *_talks(loaded), *_exempt(loaded), *_places(loaded)]
    dated = [*map(list, loaded.resolved.dated)]
    return [each for each in found if not any(_within(key, place) for key in _keys(each) for place in dated)]


def changes_of(loaded: Loaded, levers: Iterable[Lever], chosen: Mapping[str, Value]) -> dict[str, Any]:
    """What a scenario file would say of the levers that are not where the base has them, each value with its source.
    Raises KeyError for a value that a lever does not have."""
    changes: dict[str, Any] = {}
    for lever in levers:
        value = chosen.get(lever.key, lever.base)
        if value != lever.base:
            for key, plain_value in lever.positions[value].items():
                changes[key] = _sourced(loaded, key, plain_value)
    return changes


def _sourced(loaded: Loaded, key: str, value: Any) -> Any:
    if value is None or isinstance(value, str):
        return value
    unit = unit_of(tuple(int(step) if step.isdigit() else step for step in key.split(".")), loaded.resolved.data)
    return {"value": value, **({"unit": unit} if unit else {}), "kind": "assumed", "source": SOURCE}


def _keys(lever: Lever) -> Iterator[list[str]]:
    yield from (key.split(".") for position in lever.positions.values() for key in position)


def _within(key: Sequence[str], place: Sequence[Any]) -> bool:
    """Whether one of the two lies within the other."""
    return all(one == str(other) for one, other in zip(key, place, strict=False))


def _staff(loaded: Loaded) -> Iterator[Lever]:
    for name, team in loaded.scenario.teams.items():
        if team.done_by is not None:
            continue
        part = f"teams.{name}"
        if team.takes_cases:
            limits: list[int] = sorted({*LIMITS, team.caseload_limit, NO_LIMIT})
            own = _places_with(loaded, f"{part}.caseload_limit")
            yield _simple(f"{part}.caseload_limit", "staff", Name(KEYS["caseload_limit"], "team", name),
                          "cases per full-time caseworker", team.caseload_limit, limits, len(own))  # fmt: skip
        if team.fte > 0:
            keys = {f"{part}.fte": team.fte, **_places_with(loaded, f"{part}.fte")}
            positions: dict[Value, dict[str, Any]] = {
                value: {key: round(value * fte / team.fte, 4) for key, fte in keys.items()}
                for value in _around(team.fte)
            }
            yield Lever(f"{part}.fte", "staff", Name(KEYS["fte"], "team", name), "full-time staff", team.fte, positions)
        if team.minutes_per_week > 0:
            minutes = [int(value) for value in _around(team.minutes_per_week, least=5)]
            own = _places_with(loaded, f"{part}.minutes_per_week")
            yield _simple(f"{part}.minutes_per_week", "staff", Name(KEYS["minutes_per_week"], "team", name), "minutes",
                          team.minutes_per_week, minutes, len(own))  # fmt: skip


def _talks(loaded: Loaded) -> Iterator[Lever]:
    for name, talks in loaded.scenario.interventions.items():
        if not isinstance(talks, Samtaler):
            continue
        part = f"interventions.{name}"
        for plan_name, plan in talks.plans.items():
            yield from _plan(loaded, f"{part}.plans.{plan_name}", plan_name, plan, talks)
        for channel_name, channel in talks.channels.items():
            if len(channel.minutes) == 1 and channel.counts and (minutes := next(iter(channel.minutes))) > 0:
                key = f"{part}.channels.{channel_name}.minutes"
                yield _simple(key, "talks", Name(KEYS["minutes"], "intervention", name, channel_name), "minutes",
                              minutes, [int(value) for value in _around(minutes, least=1)],
                              len(_places_with(loaded, key)))  # fmt: skip


def _plan(loaded: Loaded, part: str, name: str, plan: Plan, talks: Samtaler) -> Iterator[Lever]:
    """The levers of a contact plan: how often, how many of those listed, and how."""
    for number, interval in enumerate(plan.every or []):
        key, since = f"{part}.every.{number}.weeks", interval.from_week
        what = KEYS["every"] if not since else Label(f"{KEYS['every'].en} from week {since}",
                                                     f"{KEYS['every'].da} fra uge {since}")  # fmt: skip
        weeks = sorted({*INTERVALS, interval.weeks})
        own = len(_places_with(loaded, f"{part}.every"))
        yield _simple(key, "talks", Name(what, "key", name), "weeks", interval.weeks, weeks, own)
    written = loaded.resolved.value_at(part.split(".")).get("talks")
    if plan.talks and len(plan.talks) > 1 and isinstance(written, list):
        positions: dict[Value, dict[str, Any]] = {n: {f"{part}.talks": written[:n]} for n in range(1, len(written) + 1)}
        yield Lever(f"{part}.talks", "talks", Name(TALKS, "key", name), "talks", len(written), positions)
    ways = [way for way, channel in talks.channels.items() if channel.counts]
    if len(ways) > 1 and plan.channel in ways:
        yield _simple(f"{part}.channel", "talks", Name(CHANNEL, "key", name), "", plan.channel, ways, 0)
    if plan.other_channel is not None:
        other = plan.other_channel
        what = Label(*(text.replace("{channel}", plain(other.channel)) for text in ELSEWISE))
        yield _simple(f"{part}.other_channel.share", "talks", Name(what, "key", name), "share", other.share,
                      _shares(other.share), 0)  # fmt: skip


def _exempt(loaded: Loaded) -> Iterator[Lever]:
    for name, exemption in loaded.scenario.interventions.items():
        if isinstance(exemption, Fritagelse):
            most = exemption.widened.grounds if exemption.widened is not None else 1.0
            shares = [share for share in _shares(exemption.grounds) if share <= most]
            yield _simple(f"interventions.{name}.grounds", "exempt", Name(GROUNDS, "intervention", name), "share",
                          exemption.grounds, shares, 0)  # fmt: skip
    for name, levels in loaded.scenario.subgroups.items():
        written = loaded.resolved.data["subgroups"][name]
        shares_of = {level: each["share"] for level, each in written.items() if isinstance(each, dict)}
        if EXEMPT not in levels or not all(isinstance(each, int | float) for each in shares_of.values()):
            continue
        base, others = shares_of[EXEMPT], {key: each for key, each in shares_of.items() if key != EXEMPT}
        if not 0 < base < 1:
            continue
        positions: dict[Value, dict[str, Any]] = {
            share: {f"subgroups.{name}.{EXEMPT}.share": share,
                    **{f"subgroups.{name}.{key}.share": round(each * (1 - share) / (1 - base), 6)
                       for key, each in others.items()}}
            for share in _shares(base) if 0 < share < 1
        }  # fmt: skip
        yield Lever(f"subgroups.{name}", "exempt", Name(EXEMPTED, "key", name), "share", base, positions)


def _places(loaded: Loaded) -> Iterator[Lever]:
    data = loaded.resolved.data["interventions"]
    for name in loaded.scenario.interventions:
        for key in ("places", "seats"):
            yield from _of_places(loaded, data[name].get(key), f"interventions.{name}.{key}", name, "")
        parts = data[name].get("parts")
        for part, settings in parts.items() if isinstance(parts, Mapping) else ():
            if isinstance(settings, Mapping):
                yield from _of_places(loaded, settings.get("places"), f"interventions.{name}.parts.{part}.places",
                                      name, part)  # fmt: skip


def _of_places(loaded: Loaded, value: Any, key: str, name: str, part: str) -> Iterator[Lever]:
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        own = len(_places_with(loaded, key))
        values = [0, *(int(each) for each in _around(value, least=1))]
        yield _simple(key, "places", Name(KEYS["seats"], "intervention", name, part), "places", value, values, own)


def _simple(
    key: str, area: Area, name: Name, unit: str, base: Value, values: Sequence[Value], own: int
) -> Lever:  # fmt: skip
    """A lever of one key; no limit is no key."""
    positions = {value: {key: None if value == NO_LIMIT else value} for value in values}
    return Lever(key, area, name, unit, base, positions, own)


def _places_with(loaded: Loaded, key: str) -> dict[str, Any]:
    """What jobcentres have of their own at a key, by its dotted path."""
    found = {}
    for jobcentre in loaded.scenario.jobcentres:
        path = ["jobcentres", jobcentre, *key.split(".")]
        try:
            found[".".join(path)] = loaded.resolved.value_at(path)
        except KeyError:
            continue
    return found


def _around(base: float, least: float = 0.05) -> list[float]:
    """Some twenty values from little to twice as much, the base among them."""
    step = next((each for each in STEPS if each >= base / 12 and each >= least), STEPS[-1])
    values = {round(step * number, 4) for number in range(1, 1 + int(2 * base / step + 1e-9))}
    return sorted({*values, base})


def _shares(base: float) -> list[float]:
    return sorted({*(round(0.05 * number, 2) for number in range(21)), base})
