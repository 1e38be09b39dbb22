"""What a jobcentre can do, one file each; an intervention is known to scenario files once it is registered."""

from typing import get_args

from simulation.interventions.aktive_tilbud import AktiveTilbud
from simulation.interventions.contract import Effects, Intervention, Running, apply
from simulation.interventions.delvis_raskmelding import DelvisRaskmelding
from simulation.interventions.fleksjob import Fleksjob
from simulation.interventions.fritagelse import Fritagelse
from simulation.interventions.incitament import Incitament
from simulation.interventions.jobklub import Jobklub
from simulation.interventions.koordineret import Koordineret
from simulation.interventions.loentilskud import Loentilskud
from simulation.interventions.mentor import Mentor
from simulation.interventions.praktik import Praktik
from simulation.interventions.revurdering import Revurdering
from simulation.interventions.samtaler import Samtaler
from simulation.interventions.sygdom import Sygdom
from simulation.interventions.vikar import Vikar
from simulation.interventions.virksomhedsforloeb import Virksomhedsforloeb

KINDS: dict[str, type[Intervention]] = {}
"""Settings class by the `kind:` that a scenario file writes."""


def register(settings: type[Intervention]) -> None:
    """Make a kind of intervention known, by the word in its field `kind`.

    Raises ValueError if the word is taken, or if an outcome is a share and does not end in `_share`, or the other way
    round: tables show shares in %, and know them by that.
    """
    for outcome, (unit, _) in settings.outcomes.items():
        if (unit == "share") != outcome.endswith("_share"):
            raise ValueError(f"outcome '{outcome}' ({unit}): shares, and only shares, end in _share")
    (kind,) = get_args(settings.model_fields["kind"].annotation)
    if KINDS.setdefault(kind, settings) is not settings:
        raise ValueError(f"there is a kind of intervention called '{kind}' already")


register(Samtaler)
register(Praktik)
register(Loentilskud)
register(Virksomhedsforloeb)
register(Jobklub)
register(Vikar)
register(Mentor)
register(Koordineret)
register(Incitament)
register(AktiveTilbud)
register(DelvisRaskmelding)
register(Fritagelse)
register(Revurdering)
register(Fleksjob)
register(Sygdom)

__all__ = ["KINDS", "Effects", "Intervention", "Running", "apply", "register"]
