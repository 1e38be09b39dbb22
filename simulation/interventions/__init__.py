"""What a jobcentre can do. THE LIST at the end has one line a kind: the word that a scenario file writes as `kind:`,
its settings, and the running part that acts on them.

A kind is a file or a folder of its own name, with what the evidence says on top. What kinds share lives in `parts`. No
kind imports another one, and settings never import what runs them.
"""

from __future__ import annotations

from typing import NamedTuple, get_args

from simulation.interventions.aktive_tilbud.running import AktiveTilbudRunning
from simulation.interventions.aktive_tilbud.settings import AktiveTilbud
from simulation.interventions.contract import Effects, Intervention, Running
from simulation.interventions.delvis_raskmelding import DelvisRaskmelding, DelvisRaskmeldingRunning
from simulation.interventions.fleksjob.running import FleksjobRunning
from simulation.interventions.fleksjob.settings import Fleksjob
from simulation.interventions.fritagelse import Fritagelse, FritagelseRunning
from simulation.interventions.incitament import Incitament, IncitamentRunning
from simulation.interventions.jobklub.running import JobklubRunning
from simulation.interventions.jobklub.settings import Jobklub
from simulation.interventions.koordineret_indsats import Koordineret, KoordineretRunning
from simulation.interventions.loentilskud import Loentilskud, LoentilskudRunning
from simulation.interventions.mentor import Mentor, MentorRunning
from simulation.interventions.praktik import Praktik, PraktikRunning
from simulation.interventions.raadighed import Raadighed, RaadighedRunning
from simulation.interventions.revurdering import Revurdering, RevurderingRunning
from simulation.interventions.sagsarbejde.running import SagsarbejdeRunning
from simulation.interventions.sagsarbejde.settings import Sagsarbejde
from simulation.interventions.samtaler.running import SamtalerRunning
from simulation.interventions.samtaler.settings import Samtaler
from simulation.interventions.sygdom import Sygdom, SygdomRunning
from simulation.interventions.vikar.running import VikarRunning
from simulation.interventions.vikar.settings import Vikar
from simulation.interventions.virksomhedsforloeb import Virksomhedsforloeb, VirksomhedsforloebRunning
from simulation.world.world import World

__all__ = ["KINDS", "Effects", "Intervention", "Kind", "Running", "acts", "register", "start"]


class Kind(NamedTuple):
    """A kind of intervention: what an analyst writes, and what acts on it."""

    settings: type[Intervention]
    running: type[Running]


KINDS: dict[str, Kind] = {}
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
    for outcome, each in {**settings.common_outcomes, **settings.outcomes}.items():
        made_of = {count for counted in (each.of, each.per) if counted for count in (*counted.plus, *counted.less)}
        if unknown := made_of - {*settings.counts, *settings.common_counts}:
            raise ValueError(
                f"outcome '{outcome}' is made of counts that are not declared: {', '.join(sorted(unknown))}"
            )
    if get_args(settings.model_fields["kind"].annotation) != (word,):
        raise ValueError(f"the settings of '{word}' must have the field kind: Literal['{word}']")
    kind = Kind(settings, running)
    if KINDS.setdefault(word, kind) != kind:
        raise ValueError(f"there is a kind of intervention called '{word}' already")


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


# THE LIST
register("samtaler", Samtaler, SamtalerRunning)
register("praktik", Praktik, PraktikRunning)
register("loentilskud", Loentilskud, LoentilskudRunning)
register("virksomhedsforloeb", Virksomhedsforloeb, VirksomhedsforloebRunning)
register("jobklub", Jobklub, JobklubRunning)
register("vikar", Vikar, VikarRunning)
register("mentor", Mentor, MentorRunning)
register("koordineret_indsats", Koordineret, KoordineretRunning)
register("incitament", Incitament, IncitamentRunning)
register("aktive_tilbud", AktiveTilbud, AktiveTilbudRunning)
register("delvis_raskmelding", DelvisRaskmelding, DelvisRaskmeldingRunning)
register("fritagelse", Fritagelse, FritagelseRunning)
register("revurdering", Revurdering, RevurderingRunning)
register("fleksjob", Fleksjob, FleksjobRunning)
register("sygdom", Sygdom, SygdomRunning)
register("raadighed", Raadighed, RaadighedRunning)
register("sagsarbejde", Sagsarbejde, SagsarbejdeRunning)
