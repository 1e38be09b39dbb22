"""What of a place no file says, taken from the nation: figures of Jobindsats, each with its source.

There are two lengths of one dagpenge spell. A spell that ends with a whole calendar month without the benefit lasts
24.6 weeks; the time to a first break is 7 weeks. The stock goes with the first, so the second is used nowhere here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

JOBINDSATS = "STAR, Jobindsats"
SEASON = (1.09, 1.096, 1.048, 0.994, 0.946, 0.959, 1.016, 1.034, 0.969, 0.964, 0.962, 0.923)
SEASON_SOURCE = f"{JOBINDSATS}, Y25I01, dagpenge, whole country, 2023-2025 (LVL-07)"
"""The stock of dagpenge, January to December."""


class Benefit(NamedTuple):
    """`persons` per full-time person, 0 where it is printed nowhere; `long_term` as a share of the full-time stock, 0
    likewise; `weeks` of a spell, 0 where no length is printed, with a `slope` of the log of exits to work by week until
    a year has gone; `work` and, by name, those who leave `elsewhere` are shares of ended spells, the rest ends without
    either; `right` ends it, 0: never."""

    name: str
    name_da: str
    persons: float
    persons_source: str
    long_term: float
    long_term_source: str
    weeks: float
    weeks_source: str
    slope: float
    work: float
    elsewhere: Mapping[str, float]
    destinations_source: str
    right: int


_OF_ASSISTANCE = (f"{JOBINDSATS}, Y60B15, whole country, all categories, 2025Q1: three months after an ended spell "
                  "0.39 in wage work, 0.049 in education (LVL-43)")  # fmt: skip
_NOT_PRINTED = "printed nowhere that was read"
BENEFITS = {
    "dagpenge": Benefit(
        "Dagpenge", "Dagpenge", 1.254, f"{JOBINDSATS}, Y01A02, whole country, 2025: 93,938 persons of a month by "
        "74,894 full-time persons (LVL-01, LVL-02)", 0.16,
        f"{JOBINDSATS}, Y25I09 and Y25I01, whole country, 2025: 0.16 of the full-time stock (LVL-06)", 24.6,
        f"{JOBINDSATS}, Y01A27, whole country, June 2026: ended spells, 24.6 weeks (LVL-19); a spell has ended after "
        "a calendar month without the benefit; length of ended spells is that of begun ones where the stock is "
        "steady", 0.0, 0.76, {"education": 0.044},
        f"{JOBINDSATS}, Y01B15, whole country, 2025: three months after an ended spell 0.675 in wage work and 0.086 "
        "back on dagpenge, 0.044 in education (LVL-29)", 104,
    ),
    "kontanthjaelp": Benefit(
        "Kontanthjælp, job-ready", "Kontanthjælp, jobparate", 1.028, f"{JOBINDSATS}, Y60A02, whole country, all "
        "categories, 2025: 86,663 persons of a month by 84,287 full-time persons (LVL-38)", 0.313,
        f"{JOBINDSATS}, Y25I09 and Y25I01, whole country, 2025: 0.313 of the full-time stock (LVL-06)", 0,
        "no length of job-ready kontanthjælp by category is printed (LVL-39 to 43)", 0.0, 0.39, {"education": 0.05},
        _OF_ASSISTANCE, 0,
    ),
    "kontanthjaelp_aktivitetsparat": Benefit(
        "Kontanthjælp, activity-ready", "Kontanthjælp, aktivitetsparate", 1.028, f"{JOBINDSATS}, Y60A02, whole "
        "country, all categories, 2025: 86,663 persons of a month by 84,287 full-time persons (LVL-38)", 0,
        _NOT_PRINTED, 370, "KL 2021: 0.66 of the stock on public support for three years or more (LVL-68); were there "
        "but one intensity, exp(-156 h) = 0.66, so 0.0027 a week and 370 weeks; other support counts, so rather the "
        "longest, and a quarter of it is as possible", 0.0, 0.39, {"education": 0.05}, _OF_ASSISTANCE, 0,
    ),
    "sygedagpenge": Benefit(
        "Sygedagpenge", "Sygedagpenge", 0, _NOT_PRINTED, 0, _NOT_PRINTED, 17.1,
        "worked out from the intensities of base_2027_sygedagpenge (open spells of August 2012, LVL-78, and the "
        "reassessment after 22 weeks): old rules, 12 to 25 are as possible", -0.032, 0.657,
        {"fleksjob": 0.038, "foertidspension": 0.022}, "as base_2027_sygedagpenge has it, where nearly all is "
        "assumed; the reassessment after 22 weeks is in the length, and no rule of its own", 0,
    ),
    "ledighedsydelse": Benefit(
        "Ledighedsydelse", "Ledighedsydelse", 0, _NOT_PRINTED, 0, _NOT_PRINTED, 104,
        "a stock of 15,600 to 17,000 (LVL-56) by an inflow of 6,500 to 7,400 a year (LVL-62): roughly two years", 0.0,
        0.0, {"fleksjob": 0.39, "foertidspension": 0.34}, "DISCUS, landsplan (DREAM), p. 9: after a year 14 % in "
        "fleksjob and 12 % on førtidspension; 23 of 240 elsewhere, p. 7. Of 2005-06, and a fleksjob that ends leads "
        "back to nothing here", 0,
    ),
}  # fmt: skip
MET: dict[str, tuple[int, float]] = {
    "dagpenge": (9, 0.92), "kontanthjaelp": (13, 0.85), "kontanthjaelp_aktivitetsparat": (13, 0.85),
    "sygedagpenge": (8, 0.9), "ledighedsydelse": (13, 0.85),
}  # fmt: skip
"""By group the weeks between talks after the first half-year, and the share who come, as the scenarios have them: for
a place of which talks by duration are printed."""
JOB_ENDS = {0: 0.012, 13: 0.006, 52: 0.003}
"""Weekly, by weeks in the job."""
JOB_ENDS_SOURCE = f"{JOBINDSATS}, Y01B15, 2025: 0.086 of ended spells back after three months (LVL-29); rest assumed"
RETURNS = 0.7
RETURNS_SOURCE = "no share of ended jobs that lead back to benefit is printed"
