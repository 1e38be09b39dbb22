"""Activity-ready recipients of kontanthjælp, month by month, from tables that have all categories together.

Y60A02 has no categories where it is kept by month, and Y25I01 has the job-ready alone. What is left is the activity-
ready, the education-ready and those of no known category; the table by visitation says of one month which part of it is
activity-ready, and that part is taken of every month. Categories changed with the reform of 1 July 2025, so no month
before it is taken.
"""

from __future__ import annotations

from simulation.municipal.notes import Note, note
from simulation.municipal.place import ALL_KONTANTHJAELP, KONTANTHJAELP, PERSONS, STOCK, Place, Series, month_text
from simulation.world.labels import Label

ACTIVITY_READY = "kontanthjaelp_aktivitetsparat"
REFORM = 2025 * 12 + 6
"""July 2025."""
ENOUGH = 12
"""Months by category that do without a part of the rest."""
NO_CATEGORY = Label(
    "activity-ready kontanthjælp: Y60A02 has all categories together, and no table by visitation says which part is "
    "activity-ready",
    "aktivitetsparate på kontanthjælp: Y60A02 har alle kategorier samlet, og ingen tabel efter visitation siger, hvor "
    "stor en del der er aktivitetsparate",
)
NO_JOB_READY = Label(
    "activity-ready kontanthjælp: Y60A02 has all categories together, and the job-ready (Y25I01) of {month} are not in "
    "the files, so the rest is not known",
    "aktivitetsparate på kontanthjælp: Y60A02 har alle kategorier samlet, og de jobparate (Y25I01) i {month} er ikke i "
    "filerne, så resten kendes ikke",
)
EDUCATION_READY = Label(
    "education-ready kontanthjælp ({persons:.0f} full-time persons in {month}): neither a length nor a rule on talks "
    "was read",
    "uddannelsesparate på kontanthjælp ({persons:.0f} fuldtidspersoner i {month}): hverken varighed eller regler om "
    "samtaler er læst",
)


def with_activity_ready(place: Place) -> tuple[Place, list[Note]]:
    """The place with a series of the activity-ready as well, if the files tell it; and what is left out, and why."""
    told: list[Note] = []
    whole = place.series.get((STOCK, ALL_KONTANTHJAELP))
    by_category = place.series.get((STOCK, f"{ALL_KONTANTHJAELP}: aktivitetsparat"))
    education = place.series.get((STOCK, f"{ALL_KONTANTHJAELP}: uddannelsesparat"))
    if education and education.values:
        month = max(education.values)
        told.append(note(EDUCATION_READY, persons=education.values[month], month=month_text(month)))
    found: Series | None = None
    if by_category and sum(month >= REFORM for month in by_category.values) >= ENOUGH:
        found = Series(_since(by_category.values), by_category.source)
    elif whole and by_category:
        found, why = _part_of_the_rest(place, whole, by_category)
        told += why
    elif whole:
        told.append(note(NO_CATEGORY))
    if found is None:
        return place, told
    series = {**place.series, (STOCK, ACTIVITY_READY): found}
    if (persons := place.series.get((PERSONS, ALL_KONTANTHJAELP))) and whole:
        own = {month: value * persons.values[month] / whole.values[month] for month, value in found.values.items()
               if month in persons.values and whole.values.get(month)}  # fmt: skip
        series[PERSONS, ACTIVITY_READY] = Series(own, f"{persons.source}, of all categories")
    return Place(place.name, place.code, series, place.flows, place.spells, place.beside), told


def _part_of_the_rest(place: Place, whole: Series, by_category: Series) -> tuple[Series | None, list[Note]]:
    """All recipients less the job-ready, times the part of them that is activity-ready in the newest month that has
    both."""
    job_ready = place.series.get((STOCK, KONTANTHJAELP))
    rest = {month: value - job_ready.values[month] for month, value in whole.values.items()
            if job_ready and month in job_ready.values}  # fmt: skip
    both = [month for month in by_category.values if rest.get(month, 0) > 0]
    if not both:
        return None, [note(NO_JOB_READY, month=month_text(max(by_category.values)))]
    month = max(both)
    part = min(by_category.values[month] / rest[month], 1.0)
    source = (f"{whole.source} less {job_ready.source if job_ready else ''}, times {part:.3f}, the activity-ready part "
              f"of that in {month_text(month)}")  # fmt: skip
    return Series(_since({each: value * part for each, value in rest.items() if value > 0}), source), []


def _since(values: dict[int, float]) -> dict[int, float]:
    """Months from the reform on."""
    return {month: value for month, value in values.items() if month >= REFORM}
