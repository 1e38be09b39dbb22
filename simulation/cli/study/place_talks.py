"""Talks and staff of a study of one municipality: the rules that each group has, who holds its talks, and what held
talks come to in the closed form, which is read off the scenario itself.
"""

from __future__ import annotations

import json
import math
import pathlib
import tempfile
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

import numpy as np

from simulation.cli.study import place_talk_texts as texts
from simulation.interventions.samtaler.settings import Samtaler
from simulation.municipal.cohort import HORIZON, Fit
from simulation.municipal.contact import Intervals
from simulation.scenario.expected_talks import share_of, worth_by_week
from simulation.scenario.load import load
from simulation.world.spec import Floats

PARTS = "shipped/parts"
A_KASSE_WEEKS = 13
"""Weeks for which the a-kasse has the cases, as the rules of 2024 and of 2027 have it."""

A_KASSE_USED = 0.6
"""Of the a-kasse's time, what three talks of half an hour with each who comes take, as is assumed."""


Contacts = Mapping[str, Intervals | None]
"""By group how often its talks are, None where they are as usual."""


class Contact(NamedTuple):
    """How a group is met. `rule` is the part that has its talks today and `act` the one of 2027, "" where none was
    read; `talk` is the text of minutes and attendance, `dose` the effect by the synthesis ("": none), on `exits`.
    `cases` is how many a full-time caseworker of the municipality has, `between` these numbers."""

    rule: str
    act: str
    talk: str
    dose: str
    exits: str
    cases: float
    between: tuple[int, int]
    source: str


UNION = "staff in posts is not printed; Dansk Socialrådgiverforening 2023-25 recommends {0} to {1} cases ({2})"
CONTACTS = {
    "dagpenge": Contact("rules/dk_2024/dagpenge", "rules/dk_2027/dagpenge", texts.OF_DAGPENGE, "work.ordinary", "job",
                        45, (35, 55), UNION.format(35, 55, "CASELOAD-01")),
    "kontanthjaelp": Contact("rules/dk_2024/kontanthjaelp", "rules/dk_2027/fire_samtaler", texts.OF_ASSISTANCE,
                             "work.job_ready_assistance", "job", 45, (35, 55), UNION.format(35, 55, "CASELOAD-01")),
    "kontanthjaelp_aktivitetsparat": Contact("kontakt/kontanthjaelp_aktivitetsparat", "", texts.OF_ACTIVITY_READY,
                                             "work.activity_ready", "job", 33, (25, 40),
                                             UNION.format(25, 40, "CASELOAD-02")),
    "sygedagpenge": Contact("kontakt/sygedagpenge", "", texts.OF_SICK, "return_to_work.sick_listed", "job", 35,
                            (25, 45), UNION.format(25, 45, "CASELOAD-05")),
    "ledighedsydelse": Contact("kontakt/ledighedsydelse", "rules/dk_2027/fire_samtaler", texts.OF_FLEKSJOB, "", "",
                               38, (25, 50), UNION.format(25, 50, "CASELOAD-07")),
}  # fmt: skip
FEW_CASES = ("dagpenge", "kontanthjaelp")
"""Groups for whom the synthesis has what few cases are worth beside the talks."""


def intervention(key: str) -> str:
    """What the talks of a group are called in a scenario: those of dagpenge as in the shipped designs."""
    return "samtaler" if key == "dagpenge" else f"samtaler_{key}"


def taken_in(key: str, part: str) -> str:
    """A part with the talks of a group, as `extends` takes it in."""
    return f"{{part: {PARTS}/{part}, benefits: [{key}]{_called(key)}}}"


def changed_by(key: str, part: str) -> str:
    """A part that changes the talks of a group, as `extends` takes it in."""
    return f"{{part: {PARTS}/{part}{_called(key)}}}"


def _called(key: str) -> str:
    return "" if key == "dagpenge" else f", as: {{samtaler: {intervention(key)}}}"


def extends(contacts: Contacts) -> str:
    """The parts with the talks of these groups today, but of those of which talks are printed, as a line of YAML."""
    parts = [taken_in(key, CONTACTS[key].rule) for key, own in contacts.items() if own is None]
    return "extends: [" + ",\n          ".join(parts) + "]\n" if parts else ""


def talks(contacts: Contacts) -> str:
    """What the scenario says itself of the talks of these groups: channels, plans where talks are printed, effects."""
    text = ""
    for key, own in contacts.items():
        contact = CONTACTS[key]
        text += f"  {intervention(key)}:\n    kind: samtaler\n    channels:\n{contact.talk}"
        text += "" if own is None else _as_printed(key, own)
        if contact.dose:
            text += texts.DOSE.format(exit=contact.exits, of=f"talk_dose.{contact.dose}")
    return text


def printed_plans(key: str) -> tuple[str, ...]:
    """The plans of a group of which talks are printed; the last one is the municipality's."""
    return ("a_kassen_talt", "kommunen_talt") if key == "dagpenge" else ("talt",)


def _as_printed(key: str, own: Intervals) -> str:
    """Plans with talks as often as they are printed; on dagpenge those of the first three months are the a-kasse's."""
    source = json.dumps("talks by duration of the place: see its line above", ensure_ascii=False)
    begun, week, first = texts.BEGUN.format(group=key), own.early, ""
    if key == "dagpenge":
        first = texts.WITH_A_KASSE.format(begun=begun, early=own.early, source=source, weeks=A_KASSE_WEEKS)
        begun = ""
        week = own.early * math.ceil(A_KASSE_WEEKS / own.early)
    printed = own.printed[1] is not None
    return texts.AS_PRINTED.format(
        first=first, plan=printed_plans(key)[-1], begun=begun, week=week,
        early=own.early, until=own.until, later=own.later,
        source=source, source_later=source if printed else json.dumps(texts.USUAL_LATER),
        kind="calibrated" if printed else "assumed", least=min(4, own.later), most=max(26, own.later),
    )  # fmt: skip


def few_cases(keys: Iterable[str], reference: float) -> str:
    """What few cases are worth beside the talks, where the synthesis says it."""
    concerned = [key for key in keys if key in FEW_CASES]
    return texts.FEW_CASES.format(benefits=", ".join(concerned), reference=f"{reference:.1f}") if concerned else ""


def teams(fits: Mapping[str, Fit], seen: slice, scale: int) -> tuple[str, float]:
    """The municipality's staff and the a-kasse's for these groups, and the cases that each of the municipality has."""
    cases = {key: float(fit.point[seen].mean()) / scale for key, fit in fits.items()}
    posts, least, most, why = 0.0, 0.0, 0.0, []
    for key, fit in fits.items():
        contact = CONTACTS[key]
        if key == "dagpenge":
            cases[key] *= float(fit.stay.alive[A_KASSE_WEEKS:].sum()) / fit.stay.weeks
        posts += cases[key] / contact.cases
        least, most = least + cases[key] / contact.between[1], most + cases[key] / contact.between[0]
        why.append(f"{cases[key]:.0f} {key} by {contact.cases:g}")
    fte = rounded(posts)
    sources = dict.fromkeys(CONTACTS[key].source for key in fits)
    text = texts.MUNICIPALITY.format(
        fte=f"{fte:g}", least=f"{min(rounded(least), fte):g}", most=f"{max(rounded(most), fte):g}",
        source=json.dumps("; ".join(sources), ensure_ascii=False),
        note=json.dumps(f"cases: {', '.join(why)}. PUT IN YOUR OWN", ensure_ascii=False),
    )  # fmt: skip
    if "dagpenge" in fits:
        talks = 3 * float(fits["dagpenge"].begun[seen].mean()) * 12 / 52 / scale
        posts = 30 * talks / 577 / A_KASSE_USED
        text += texts.A_KASSE.format(
            fte=f"{rounded(posts):g}", least=f"{rounded(posts * 2 / 3):g}", most=f"{rounded(posts * 2):g}")
    return text, sum(cases.values()) / fte


def rounded(posts: float) -> float:
    """Posts in quarters, upwards."""
    return max(math.ceil(4 * posts - 1e-9) / 4, 0.25)


@cache
def dose_of(key: str, own: Intervals | None) -> Floats:
    """The expected log of the factor of held talks on leaving to a job, by weeks since the spell began, of the plans
    that a study of this group begins with, each called in its week. Shape (HORIZON,)."""
    contacts = {key: own}
    text = texts.SKELETON.format(
        extends=extends(contacts), talks=talks(contacts), benefits=f"  {key}: {{}}\n",
        teams=texts.MUNICIPALITY.format(fte=1, least=1, most=1, source="x", note="x")
        + texts.A_KASSE.format(fte=1, least=1, most=1),
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder, "plans.yaml")
        file.write_text(text, encoding="utf-8")
        scenario = load(file).scenario
    samtaler = scenario.interventions[intervention(key)]
    assert isinstance(samtaler, Samtaler)
    if samtaler.dose is None:
        return np.zeros(HORIZON)
    begun = [plan for plan in samtaler.plans.values() if plan.arms]
    worth = sum((share_of(scenario, plan) * worth_by_week(samtaler, plan, HORIZON) for plan in begun),
                np.zeros(HORIZON))  # fmt: skip
    (size,) = samtaler.dose.exits.values()
    count, counts = 0.0, np.zeros(HORIZON)
    for week in range(HORIZON):
        counts[week] = count
        count = count * samtaler.dose.kept + worth[week]  # a talk on a fredag counts from the tirsdag after it
    log = size.log if hasattr(size, "log") else math.log(size)
    dose: Floats = log * samtaler.dose.strength(counts)
    return dose
