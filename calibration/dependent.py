"""Held-out figures of the shipped settings that are no independent check of the model, and why."""

from __future__ import annotations

FITTED_ELSEWHERE = "the same printed number is fitted in the setting of the job clubs"
GIVEN = "the plan that the scenario is given"

SECOND_READING = "the same printed figure read a second time, after the first reading had missed"

DEPENDENT: dict[tuple[str, str], str] = {
    ("tre_hovedveje_vikar", "thv_hours_employed"): FITTED_ELSEWHERE,
    ("tre_hovedveje_vikar", "thv_employed_any_month"): FITTED_ELSEWHERE,
    ("tre_hovedveje_virksomhedsforloeb", "thv_hours_employed"): FITTED_ELSEWHERE,
    ("tre_hovedveje_virksomhedsforloeb", "thv_employed_any_month"): FITTED_ELSEWHERE,
    ("fleksjob_andre_aktoerer", "flx_still_ly_12m"): "240 less the states that are fitted",
    ("fleksjob_andre_aktoerer", "flx_ly_from_municipal"): "145 less the other arm, which stands here too",
    ("fleksjob_andre_aktoerer", "flx_ly_on_way_to_fleksjob"): "100 % less the other parts, of which one is fitted",
    ("paa_rette_vej_i_job", "prv_extra_meetings_64w_in_person"): SECOND_READING,
    ("paa_rette_vej_i_job", "prv_meetingshare_control_in_person"): SECOND_READING,
    ("paa_rette_vej_i_job", "prv_bars_at_80"): "of the same 18 bars as their spread, which is fitted",
    ("esbjerg_tidlig_indsats", "esb_talks_24w"): GIVEN,
    ("esbjerg_tidlig_indsats", "esb_talks_24w_normal"): GIVEN,
}
"""By setting and figure. Of two or three figures that follow from each other one is named, and the others stand."""


def independent(study: str, figure: str) -> bool:
    """Whether a held-out figure is a check by itself."""
    return (study, figure) not in DEPENDENT
