"""What of a place no file says, taken from the nation: figures of Jobindsats, each with its source.

There are two lengths of one dagpenge spell. A spell that ends with a whole calendar month without the benefit lasts
24.6 weeks; the time to a first break is 7 weeks. The stock goes with the first, so the second is used nowhere here.
"""

from __future__ import annotations

from typing import NamedTuple

JOBINDSATS = "STAR, Jobindsats"
SEASON = (1.09, 1.096, 1.048, 0.994, 0.946, 0.959, 1.016, 1.034, 0.969, 0.964, 0.962, 0.923)
SEASON_SOURCE = f"{JOBINDSATS}, Y25I01, dagpenge, whole country, 2023-2025 (LVL-07)"
"""The stock of dagpenge, January to December."""


class Benefit(NamedTuple):
    """`persons` per full-time person; `long_term` as a share of the full-time stock; `weeks` of a spell, 0 where no
    length is printed; `work` and `education` are shares of ended spells; `right` ends it, 0: never; `talks` every so
    many weeks after a held one before week `first_talks_until`, and every `later` weeks from then on; `dose` is the
    synthesis of what talks do."""

    name: str
    name_da: str
    persons: float
    persons_source: str
    long_term: float
    long_term_source: str
    weeks: float
    weeks_source: str
    work: float
    education: float
    destinations_source: str
    right: int
    talks: int
    later: int
    talks_source: str
    dose: str
    first_talks_until: int = 26


BENEFITS = {
    "dagpenge": Benefit(
        "Dagpenge", "Dagpenge", 1.254, f"{JOBINDSATS}, Y01A02, whole country, 2025: 93,938 persons of a month by "
        "74,894 full-time persons (LVL-01, LVL-02)", 0.16,
        f"{JOBINDSATS}, Y25I09 and Y25I01, whole country, 2025: 0.16 of the full-time stock (LVL-06)", 24.6,
        f"{JOBINDSATS}, Y01A27, whole country, June 2026: ended spells, 24.6 weeks (LVL-19); a spell has ended after "
        "a calendar month without the benefit; length of ended spells is that of begun ones where the stock is "
        "steady", 0.76, 0.044,
        f"{JOBINDSATS}, Y01B15, whole country, 2025: three months after an ended spell 0.675 in wage work and 0.086 "
        "back on dagpenge, 0.044 in education (LVL-29)", 104, 4, 13,
        "six talks in the first six months since 2024 (RULE-02); later ones are assumed", "ordinary",
    ),
    "kontanthjaelp": Benefit(
        "Kontanthjælp, job-ready", "Kontanthjælp, jobparate", 1.028, f"{JOBINDSATS}, Y60A02, whole country, all "
        "categories, 2025: 86,663 persons of a month by 84,287 full-time persons (LVL-38)", 0.313,
        f"{JOBINDSATS}, Y25I09 and Y25I01, whole country, 2025: 0.313 of the full-time stock (LVL-06)", 0,
        "no length of job-ready kontanthjælp by category is printed (LVL-39 to 43)", 0.39, 0.05,
        f"{JOBINDSATS}, Y60B15, whole country, all categories, 2025Q1: three months after an ended spell 0.39 in "
        "wage work, 0.049 in education (LVL-43)", 0, 4, 4, "contact of this group is not printed by week; assumed",
        "job_ready_assistance",
    ),
}  # fmt: skip
CASELOAD, CASELOAD_RANGE = 45, (35, 55)
CASELOAD_SOURCE = ("no staff is printed; 35 to 55 job-ready cases each are recommended (Dansk Socialrådgiverforening, "
                   "CASELOAD-01): put in your own staff")  # fmt: skip
JOB_ENDS = {0: 0.012, 13: 0.006, 52: 0.003}
"""Weekly, by weeks in the job."""
JOB_ENDS_SOURCE = f"{JOBINDSATS}, Y01B15, 2025: 0.086 of ended spells back after three months (LVL-29); rest assumed"
RETURNS = 0.7
RETURNS_SOURCE = "no share of ended jobs that lead back to benefit is printed"
ATTENDANCE, PER_MONTH, LIFE = 0.92, 0.9, 6.0
"""Of talks: share held, talks a month that have 1 - 1/e of what ever more come to, weeks in which one is forgotten."""
