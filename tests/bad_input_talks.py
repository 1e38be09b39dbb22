"""Mistakes about what talks do, and about what fades: the edit, what is said of it, and at which place."""

from __future__ import annotations

from tests.bad_input_syge import Case

TALKS = "  samtaler:\n    kind: samtaler\n"
DOSE = "    dose: {exits: {job: {log: 0.3}}, per_month: 0.9, mean_life_weeks: 6}\n"


def talks(*lines: str) -> list[tuple[str, str]]:
    """The edit that gives the talks these settings."""
    return [(TALKS, TALKS + "".join(f"    {line}\n" for line in lines))]


WRONG_TALKS = {
    "a dose beside an effect of the last talk": Case(
        talks("effects: {job: 1.2}", "window_weeks: 3", DOSE.strip()),
        "a talk has one effect, by dose or by effects, window_weeks: take one or the other away (by null)",
        "    effects: ¦{job: 1.2}",
    ),
    "a dose beside another saturation": Case(
        talks("halving_talks: 6", DOSE.strip()),
        "a talk has one effect, by dose or by halving_talks: take one or the other away (by null)",
        "    halving_talks: ¦6",
    ),
    "a dose whose factor has no log": Case(
        talks("dose: {exits: {job: 0}, per_month: 0.9, mean_life_weeks: 6}"),
        "a factor of 0 has no log, and a single talk would keep everybody for good: write a size",
        "exits: {job: ¦0}",
    ),
    "a dose on an exit that there is not": Case(
        talks("dose: {exits: {jobb: 1.2}, per_month: 0.9, mean_life_weeks: 6}"),
        "'jobb' is not known here; did you mean 'job'?",
        "exits: {¦jobb: 1.2}",
    ),
    "a dose without its scale": Case(
        talks("dose: {exits: {job: 1.2}, mean_life_weeks: 6}"), "missing key 'per_month'", "    ¦dose: {exits"
    ),
    "talks that are forgotten at once": Case(
        talks("dose: {exits: {job: 1.2}, per_month: 0.9, mean_life_weeks: 0}"),
        "must be greater than 0 (got 0)",
        "mean_life_weeks: ¦0",
    ),
    "a team that there is not in quality": Case(
        talks("quality: {teams: {a_kasse: 0.8}}"), "'a_kasse' is not known here", "teams: {¦a_kasse: 0.8}"
    ),
    "a registration that halves in no time": Case(
        [("    bureaus_each: 1\n", "    bureaus_each: 1\n    registered_halving_weeks: 0\n")],
        "must be greater than 0 (got 0)",
        "registered_halving_weeks: ¦0",
    ),
    "places that open by half weeks": Case(
        [("    status_week: 26\n", "    status_week: 26\n    opens_by_weeks: {0: 1, 4.5: 2}\n")],
        "'4.5' is not a number of weeks",
        "opens_by_weeks: {0: 1, ¦4.5: 2}",
    ),
    "places that open by no week": Case(
        [("    status_week: 26\n", "    status_week: 26\n    opens_by_weeks: {}\n")],
        "must have at least 1 entries",
        "opens_by_weeks: ¦{}",
    ),
}

DOUBTFUL_TALKS = {
    "a dose of talks that count nothing": Case(
        [*talks(DOSE.strip()), ("30, attendance: 0.9}", "30, attendance: 0.9, effect: 0}")],
        "no channel counts as a talk with an effect (counts, effect), so nothing is ever changed",
        "    dose: ¦{exits",
    ),
    "quality of a team that holds no talk": Case(
        talks("quality: {teams: {sagsbehandlere: 0.9, formidlere: 0.8}}"),
        "'formidlere' holds no talk of these and sits in at none; it changes nothing",
        "formidlere: ¦0.8",
    ),
    "nothing that fades": Case(
        [("    bureaus_each: 1\n", "    bureaus_each: 1\n    registered_halving_weeks: 4\n")],
        "registered has no effect on any exit, so there is nothing that fades",
        "registered_halving_weeks: ¦4",
    ),
}
