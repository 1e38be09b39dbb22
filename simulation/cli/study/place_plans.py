"""What-ifs of a study of one municipality: more talks, the act of 2027, a third fewer staff, and plans for those who
are left. These are shipped designs (`parts/friheden`): plans, channels and teams are called as in the shipped rules.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from simulation.cli.study.place_files import Study, staff
from simulation.cli.study.place_talks import CONTACTS, PARTS, changed_by, intervention, printed_plans, taken_in
from simulation.scenario.files.shipped import OWN_MARK
from simulation.world.labels import Label

ROOT = Label("# The root of this study: files in its folders may name each other.\n",
             "# Roden af denne undersøgelse: filer i dens mapper må nævne hinanden.\n")  # fmt: skip
FOLDER = "planer"
LAW, FEWER = "loven_2027.yaml", "tredjedel_faerre.yaml"
OF_TODAY: dict[str, tuple[str, ...]] = {
    "dagpenge": ("a_kassen_2024", "kommunen_2024", "efter_2024"), "kontanthjaelp": ("fire_2024", "efter_2024"),
    "ledighedsydelse": ("kommunen",),
}  # fmt: skip
"""Plans of today that nobody begins on by the act."""
DESIGNS = {"rules/dk_2027/dagpenge": "friheden", "rules/dk_2027/fire_samtaler": "friheden/fire_samtaler"}
"""Where the designs are that change the talks of a part of the act."""
OF_ALL = ("halvdelen_fritages", "ingen_fritages")
"""Designs of who is exempt: that is one characteristic of all groups, and so one part."""
TWICE: dict[str, dict[str, str]] = {
    "dagpenge": {"kommunen_2024": "talks: 15 17 19 21 23 25"},
    "kontanthjaelp": {"fire_2024": "talks: 2 4 8 11 15 18 22 25"},
    "kontanthjaelp_aktivitetsparat": {"hver_trettende_uge": "every: 6"},
    "sygedagpenge": {"hver_fjerde_uge": "every: 2", "hver_ottende_uge": "every: 4"},
    "ledighedsydelse": {"kommunen": "every: 6"},
}  # fmt: skip


class WhatIf(NamedTuple):
    """A what-if by its title, and the question that it puts."""

    title: Label
    asks: Label


THE_ACT = WhatIf(
    Label("the act of 2027", "loven fra 2027"),
    Label(
        "What if the act of 2027 held? Two talks in the a-kasse and two in the municipality on dagpenge, four on "
        "job-ready kontanthjælp and on ledighedsydelse, for three quarters; the first one alone for the others, by "
        "lot. Of other groups no rule of 2027 was read: theirs are as they were. It holds for the whole run.",
        "Hvad nu, hvis loven fra 2027 gjaldt? To samtaler i a-kassen og to i kommunen på dagpenge, fire for jobparate "
        "på kontanthjælp og på ledighedsydelse, for tre fjerdedele; kun den første for resten, ved lod. For andre "
        "grupper er ingen regel fra 2027 læst: deres er som før. Den gælder hele kørslen.",
    ),
)
A_THIRD_FEWER = WhatIf(
    Label("a third fewer staff", "en tredjedel færre ansatte"),
    Label(
        "What if the municipality had a third fewer staff for the same people? All else is as in the file that this "
        "one extends.",
        "Hvad nu, hvis kommunen havde en tredjedel færre ansatte til de samme borgere? Alt andet er som i den fil, som "
        "denne bygger på.",
    ),
)
ELSE_THE_ACT = Label("else as the act", "ellers som loven")
TWICE_AS_OFTEN = WhatIf(
    Label("twice as many talks", "dobbelt så mange samtaler"),
    Label(
        "What if the municipality had twice as many talks, with the same staff? On dagpenge in months 4 to 6, with job-"
        "ready persons in the first six months, in other groups all along.",
        "Hvad nu, hvis kommunen holdt dobbelt så mange samtaler, med samme bemanding? På dagpenge i måned 4 til 6, med "
        "jobparate det første halve år, i andre grupper hele tiden.",
    ),
)
PLANS = {
    "faerre_tidligt": WhatIf(
        Label("one talk fewer early", "en samtale mindre tidligt"),
        Label("What if there were one talk fewer early? Less than the act asks for.",
              "Hvad nu, hvis der var en samtale mindre tidligt? Mindre end loven kræver."),
    ),
    "faerre_sent": WhatIf(
        Label("one talk fewer late", "en samtale mindre sent"),
        Label("What if there were one talk fewer late? Less than the act asks for.",
              "Hvad nu, hvis der var en samtale mindre sent? Mindre end loven kræver."),
    ),
    "telefon": WhatIf(
        Label("all talks by phone", "alle samtaler på telefon"),
        Label("What if all talks of these groups were by phone? What one is worth beside one in person is judged, 0.7 "
              "(sd 0.2), and its twenty minutes are a guess.",
              "Hvad nu, hvis alle samtaler i disse grupper var på telefon? Hvad en er værd i forhold til en personlig "
              "er skønnet, 0,7 (sd 0,2), og de tyve minutter er et gæt."),
    ),
    "grupper_af_otte": WhatIf(
        Label("meetings of eight", "møder for otte"),
        Label("What if talks of these groups were meetings of eight? What such a meeting is worth to each was read "
              "nowhere: half a talk is a guess.",
              "Hvad nu, hvis samtaler i disse grupper var møder for otte? Hvad et møde er værd for hver, er intetsteds "
              "læst: en halv samtale er et gæt."),
    ),
    "halvdelen_fritages": WhatIf(
        Label("half exempt", "halvdelen fritages"),
        Label("What if half were exempt, and not a quarter? Beyond the act.",
              "Hvad nu, hvis halvdelen og ikke en fjerdedel blev fritaget? Ud over loven."),
    ),
    "ingen_fritages": WhatIf(
        Label("nobody exempt", "ingen fritages"),
        Label("What if nobody were exempt?", "Hvad nu, hvis ingen blev fritaget?"),
    ),
}  # fmt: skip
"""What becomes of a third fewer staff, by the name of the file."""


def what_ifs(study: Study) -> dict[str, str]:
    """The files, by their place in the study."""
    twice = _interventions(study.keys, _twice(study))
    found = {"what_if.yaml": _file(study, TWICE_AS_OFTEN, [TWICE_AS_OFTEN.title], "base.yaml", twice)}
    concerned = {key: CONTACTS[key].act for key in study.keys if CONTACTS[key].act}
    if concerned:
        parts = "".join(f",\n          {taken_in(key, part)}" for key, part in concerned.items())
        nulls = {key: dict.fromkeys(OF_TODAY[key] if study.contacts[key] is None else printed_plans(key), "null")
                 for key in concerned}  # fmt: skip
        found[LAW] = _file(study, THE_ACT, [THE_ACT.title], f"[base.yaml{parts}]", _interventions(concerned, nulls))
    fewer = [A_THIRD_FEWER.title, *([ELSE_THE_ACT] if concerned else [])]
    found[FEWER] = _file(study, A_THIRD_FEWER, fewer, LAW if concerned else "base.yaml", _two_thirds(study))
    if concerned:
        found[OWN_MARK] = ROOT.told(study.language)
    for name, plan in PLANS.items() if concerned else ():
        found[f"{FOLDER}/{name}.yaml"] = _file(study, plan, [A_THIRD_FEWER.title, plan.title], _design(name, concerned))
    return found


def _twice(study: Study) -> dict[str, Mapping[str, str]]:
    """The municipality's plans of today with half the weeks between talks."""
    found: dict[str, Mapping[str, str]] = {}
    for key, own in study.contacts.items():
        found[key] = TWICE[key]
        if own is not None:
            early, later = (f"{{value: {max(weeks // 2, 1)}, unit: weeks, kind: assumed, source: what-if}}"
                            for weeks in (own.early, own.later))  # fmt: skip
            until = f"{{value: {own.until}, unit: weeks, kind: rule, source: as in base.yaml}}"
            every = f"{{every: [{{weeks: {early}}}, {{from_week: {until}, weeks: {later}}}]}}"
            found[key] = {printed_plans(key)[-1]: every}
    return found


def _file(study: Study, what: WhatIf, titles: Sequence[Label], extends: str, body: str = "") -> str:
    """A file. What the names of several have in common stands first: on a screen it is left out."""
    name = f"{study.modelled.place.name}: {', '.join(each.told(study.language) for each in titles)}"
    asks = textwrap.fill(what.asks.told(study.language), 118, initial_indent="# ", subsequent_indent="# ")
    return (f"{asks}\nversion: 2\nextends: {extends}\n"
            f"name: {json.dumps(name, ensure_ascii=False)}\n{body}")  # fmt: skip


def _two_thirds(study: Study) -> str:
    posts = float(re.search(r"fte: \{value: ([\d.]+)", staff(study)[0])[1])  # type: ignore[index]
    return (f"teams:\n  ordinaer:\n    fte: {{value: {posts * 2 / 3:.3g}, unit: full-time staff, kind: assumed, "
            f'source: "what-if; two thirds of {posts:g}", range: [{posts / 3:.3g}, {posts:g}]}}\n')  # fmt: skip


def _design(name: str, concerned: Mapping[str, str]) -> str:
    """What a plan extends: a third fewer staff, and the shipped parts with its design for these groups."""
    parts = ([f"{{part: {PARTS}/{DESIGNS['rules/dk_2027/dagpenge']}/{name}}}"] if name in OF_ALL
             else [changed_by(key, f"{DESIGNS[act]}/{name}") for key, act in concerned.items()])  # fmt: skip
    return f"[../{FEWER},\n          " + ",\n          ".join(parts) + "]"


def _interventions(keys: Iterable[str], plans: Mapping[str, Mapping[str, str]]) -> str:
    """What differs of the plans of each group."""
    text = "interventions:\n"
    for key in keys:
        text += f"  {intervention(key)}:\n    plans:\n"
        text += "".join(f"      {name}:{_of_text(what)}\n" for name, what in plans[key].items())
    return text


def _of_text(what: str) -> str:
    """A plan as YAML: `talks: WEEKS`, `every: WEEKS`, or as it is written."""
    key, _, weeks = what.partition(": ")
    if key == "talks":
        listed = ", ".join(f"{{week: {week}}}" for week in weeks.split())
        return f"\n        talks:\n          value: [{listed}]\n          kind: assumed\n          source: what-if"
    if key == "every":
        return f"\n        every: [{{weeks: {{value: {weeks}, unit: weeks, kind: assumed, source: what-if}}}}]"
    return f" {what}"
