"""Settings of what sick-listed people and people on ledighedsydelse are offered, as tests want them.

Each maker gives what is simplest for everybody, as those of `offers` do. A test changes what it is about.
"""

from __future__ import annotations

from typing import Any

from tests.helpers import SMALL
from tests.offers import ALL, AT_ONCE, JOBS


def revurdering(**more: Any) -> dict[str, Any]:
    """After ten weeks on benefit everybody's ends: to a job."""
    return {
        "kind": "revurdering",
        "week": 10,
        "extended": 0.0,
        "extension_weeks": 4,
        "ends_to": {"job": 1.0},
        **more,
    }


def sygdom(**more: Any) -> dict[str, Any]:
    """Spells of four weeks; nobody ever falls ill."""
    return {"kind": "sygdom", "begins": 0.0, "length_weeks": 4, **more}


def fritagelse(**more: Any) -> dict[str, Any]:
    """Everybody has a ground that is seen and recorded in week 0."""
    return {"kind": "fritagelse", "grounds": 1.0, "course_week": 0, "recorded": {"alle": 1.0}, **more}


def delvis(**more: Any) -> dict[str, Any]:
    """Everybody works ten hours a week beside benefit from week 0 on; needs job spells."""
    return {"kind": "delvis_raskmelding", "levels": {}, "begins": {"alle": 1.0}, "hours": {0: 10}, **more}


HEALTH: dict[str, Any] = {"helbred": {"krop": {"share": 0.5}, "sind": {"share": 0.5}}}


def activity(hours: int = 10, **more: Any) -> dict[str, Any]:
    """A part of an offer, with room for all, ready at once."""
    return {"hours": hours, "places": ALL, "setup_weeks": 0, **more}


def aktive_tilbud(**more: Any) -> dict[str, Any]:
    """Exercise of ten hours a week for everybody, until course week 12; needs the characteristic of `HEALTH`, and that
    everybody has a caseworker, who refers her."""
    return {
        "kind": "aktive_tilbud",
        "referral": AT_ONCE,
        "hours_per_week": 10,
        "until_week": 12,
        "parts": {"motion": activity()},
        "bundles": {"attribute": "helbred", "order": {"krop": ["motion"], "sind": ["motion"]}},
        **more,
    }


BROKERED: dict[str, Any] = {
    "teams": {
        **SMALL["teams"],
        "formidlere": {"fte": 1, "minutes_per_week": 100_000, "takes_cases": False},
        "aktoer": {"fte": 1, "minutes_per_week": 100_000, "takes_cases": False},
    },
    "exits": {"fleksjob": {"level": 0.0, "job_spells": JOBS}, "pension": {"level": 0.0}},
}
"""The teams and exits that `fleksjob` needs; jobs there never end."""


def broker(**more: Any) -> dict[str, Any]:
    """A broker who knows everybody at once; every approach opens a place, and nobody need try it out first."""
    return {
        "arms": ["alle"],
        "team": "formidlere",
        "clarification_weeks": 0,
        "no_match": 0.0,
        "approach_minutes": 1,
        "opens": 1.0,
        "trial": 0.0,
        "half_subsidy": 0.0,
        **more,
    }


def fleksjob(brokers: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """Everybody is offered a fleksjob in week 0 and takes it; needs the world of `BROKERED`."""
    return {
        "kind": "fleksjob",
        "exit": "fleksjob",
        "brokers": {"kommune": broker()} if brokers is None else brokers,
        "trial_weeks": 4,
        "offer_after_trial": 1.0,
        "motivated": 1.0,
        "accepts": {"motivated": 1.0, "unmotivated": 1.0},
        "pension": {"weeks": 10, "awarded": 1.0, "exit": "pension"},
        "status_week": 20,
        **more,
    }


# --- everything at once ---------------------------------------------------------------------------------------------
