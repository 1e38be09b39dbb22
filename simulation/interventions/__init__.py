"""What a jobcentre can do. THE LIST has one line a kind: the word that a scenario file writes as `kind:`, where its
settings are, and where the running part that acts on them is.

A kind is a file or a folder of its own name, with what the evidence says on top. What kinds share lives in `parts`. No
kind imports another one, and settings never import what runs them. A kind is imported when it is first asked for, so
that a command loads those alone which its scenarios name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import Any, get_args

from simulation.interventions.contract import Effects, Intervention, Running
from simulation.world.world import World

__all__ = ["KINDS", "Effects", "Intervention", "Kind", "Running", "acts", "register", "start", "with_common"]


@dataclass(frozen=True)
class Kind:
    """A kind of intervention. `written` and `acting` are its classes, or where in this package they are; `in_common`:
    whether all interventions of the kind have counts or outcomes together."""

    written: type[Intervention] | str
    acting: type[Running] | str
    in_common: bool = False

    @cached_property
    def settings(self) -> type[Intervention]:
        """What an analyst writes."""
        settings: type[Intervention] = _imported(self.written)
        return settings

    @cached_property
    def running(self) -> type[Running]:
        """What acts on it."""
        running: type[Running] = _imported(self.acting)
        return running


def _imported(place: type[Any] | str) -> Any:
    """The class at a place such as `praktik.Praktik`; a class itself."""
    if not isinstance(place, str):
        return place
    module, _, name = place.rpartition(".")
    return getattr(import_module(f"{__name__}.{module}"), name)


# THE LIST
KINDS = {
    "samtaler": Kind("samtaler.settings.Samtaler", "samtaler.running.SamtalerRunning", in_common=True),
    "praktik": Kind("praktik.Praktik", "praktik.PraktikRunning", in_common=True),
    "loentilskud": Kind("loentilskud.Loentilskud", "loentilskud.LoentilskudRunning"),
    "virksomhedsforloeb": Kind("virksomhedsforloeb.Virksomhedsforloeb", "virksomhedsforloeb.VirksomhedsforloebRunning"),
    "jobklub": Kind("jobklub.settings.Jobklub", "jobklub.running.JobklubRunning"),
    "vikar": Kind("vikar.settings.Vikar", "vikar.running.VikarRunning"),
    "mentor": Kind("mentor.Mentor", "mentor.MentorRunning"),
    "koordineret_indsats": Kind("koordineret_indsats.Koordineret", "koordineret_indsats.KoordineretRunning"),
    "incitament": Kind("incitament.Incitament", "incitament.IncitamentRunning", in_common=True),
    "aktive_tilbud": Kind("aktive_tilbud.settings.AktiveTilbud", "aktive_tilbud.running.AktiveTilbudRunning"),
    "delvis_raskmelding": Kind("delvis_raskmelding.DelvisRaskmelding", "delvis_raskmelding.DelvisRaskmeldingRunning"),
    "fritagelse": Kind("fritagelse.Fritagelse", "fritagelse.FritagelseRunning"),
    "revurdering": Kind("revurdering.Revurdering", "revurdering.RevurderingRunning"),
    "fleksjob": Kind("fleksjob.settings.Fleksjob", "fleksjob.running.FleksjobRunning"),
    "sygdom": Kind("sygdom.Sygdom", "sygdom.SygdomRunning"),
    "raadighed": Kind("raadighed.settings.Raadighed", "raadighed.running.RaadighedRunning"),
    "sagsarbejde": Kind("sagsarbejde.settings.Sagsarbejde", "sagsarbejde.running.SagsarbejdeRunning"),
}
"""Every kind by the word that a scenario file writes as `kind:`."""

DAYS = (
    ("mandag", "mandag"), ("tirsdag", "effects"), ("torsdag", "tilbud"), ("fredag", "requests"),
    ("fredag", "left_over"),
)  # fmt: skip
"""The methods of a running part that do what it does on a weekday."""


def register(word: str, settings: type[Intervention], running: type[Running]) -> None:
    """Make a kind of intervention known.

    Raises ValueError if the word is taken or not the one that the settings have as their `kind`, or if an outcome is
    made of counts that are not declared.
    """
    _check(word, settings)
    there = KINDS.setdefault(word, Kind(settings, running, bool(settings.common_counts or settings.common_outcomes)))
    if (there.settings, there.running) != (settings, running):
        raise ValueError(f"there is a kind of intervention called '{word}' already")


def _check(word: str, settings: type[Intervention]) -> None:
    """Raises ValueError as `register` if these settings cannot be those of a kind of this name."""
    for outcome, each in {**settings.common_outcomes, **settings.outcomes, **settings.further_outcomes}.items():
        made_of = {count for counted in (each.of, each.per) if counted for count in (*counted.plus, *counted.less)}
        if unknown := made_of - {*settings.counts, *settings.further_counts, *settings.common_counts}:
            raise ValueError(
                f"outcome '{outcome}' is made of counts that are not declared: {', '.join(sorted(unknown))}"
            )
    if get_args(settings.model_fields["kind"].annotation) != (word,):
        raise ValueError(f"the settings of '{word}' must have the field kind: Literal['{word}']")


def with_common() -> Iterator[type[Intervention]]:
    """The settings of the kinds that have counts or outcomes in common."""
    return (kind.settings for kind in KINDS.values() if kind.in_common)


def start(settings: Intervention, world: World, name: str, number: int) -> Running:
    """The running part of an intervention in a batch of worlds.

    `name` (the scenario's key) names its decisions and counts, `number` marks its offers in the register.
    """
    return KINDS[settings.kind].running(settings, world, name, number)


def acts(settings: Intervention) -> dict[str, str]:
    """What an intervention does on which weekday, in words, read from the running part that is really started."""
    running, actions = KINDS[settings.kind].running, {}
    for day, method in DAYS:
        its_method = getattr(running, method)
        if its_method is not getattr(Running, method):
            actions[day] = str(its_method.__doc__).split(": ", 1)[-1].rstrip(".")
    return actions
