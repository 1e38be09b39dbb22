"""Where those leave to whom the host of a placement hires, and what cannot be or hardly works about it."""

from __future__ import annotations

from simulation.interventions.contract import Found, Setting

ORDINARY = "job"
"""The exit to which they leave if nothing else is said."""


def hires_nowhere(key: str, share: float, to: str, setting: Setting) -> Found:
    """That there is no exit for the `share` that is hired by this key."""
    if share and to not in setting.exits:
        yield (key,), f"a host can hire only where there is an exit called '{ORDINARY}', or say which one (hires_to)"


def hired_in_vain(hires_to: str | None, hires: bool, setting: Setting) -> Found:
    """That an exit is named for those hired where no host `hires`, or one that is no job."""
    jobs = setting.employment()
    if hires_to is not None and not hires:
        yield ("hires_to",), "no host hires anybody, so it changes nothing"
    elif hires_to is not None and jobs and hires_to not in jobs:
        yield ("hires_to",), f"those hired would have no job: {hires_to} has no job_spells; there is {', '.join(jobs)}"
