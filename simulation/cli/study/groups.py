"""Target groups that a study may begin with: the shipped base of each, and what of it goes by the size of a place."""

from __future__ import annotations

from typing import NamedTuple

from simulation.world.labels import Label


class TargetGroup(NamedTuple):
    """A target group. `base` is the shipped scenario, `team` the caseworkers who have the cases, `jobcentre` the key of
    its only one. What stands in `by_size` grows with the number of persons, as `whole` numbers or not. `example` is a
    published figure that is shipped: the file and the name."""

    label: Label
    base: str
    team: str
    by_size: tuple[tuple[str, bool], ...]
    example: tuple[str, str]
    jobcentre: str = "jobcenter"


_PRAKTIK = (("interventions.praktik.places", True), ("interventions.praktik.matches_per_week", False))
GROUPS = {
    "dagpenge": TargetGroup(
        Label("Unemployed on dagpenge", "Ledige på dagpenge"), "shipped/base_dagpenge", "ordinaer", _PRAKTIK,
        ("shipped/dagpenge", "dag_left_within_a_year"),
    ),
    "kontanthjaelp": TargetGroup(
        Label("Recipients of kontanthjælp", "Kontanthjælpsmodtagere"), "shipped/base_kontanthjaelp", "ordinaer",
        _PRAKTIK, ("shipped/paa_rette_vej_i_job", "prv_exit_employment_64w_control"),
    ),
    "sygedagpenge": TargetGroup(
        Label("Recipients of sygedagpenge", "Sygedagpengemodtagere"), "shipped/base_sygedagpenge", "ordinaer", (),
        ("shipped/sygedagpenge", "syg_job_ended_13w"),
    ),
    "ledighedsydelse": TargetGroup(
        Label("Recipients of ledighedsydelse", "Borgere på ledighedsydelse"), "shipped/base_ledighedsydelse", "kommune",
        (("teams.formidlere_kommune.fte", False),), ("shipped/ledighedsydelse", "flx_fleksjob_share_12m_national"),
        "landsplan",
    ),
}  # fmt: skip
"""By the word that is given to `--target-group`."""
