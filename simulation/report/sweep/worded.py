"""The words of the figures of a sweep: what axes, their values and panels are called, and the sentence on top."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from simulation.experiments.swept import Swept
from simulation.report.sweep.sheets import Sheet, unit_of_axis
from simulation.report.wording import Wording
from simulation.results.ends import FEW
from simulation.results.names import Figure, Names
from simulation.scenario.axes import Value, number_or_none, shown
from simulation.world.labels import UNITS, Label, plain

FIELDS = {
    "fte": Label("full-time staff", "fuldtidsstillinger"),
    "caseload_limit": Label("caseload limit", "sagsloft"),
    "caseload": Label("way to share cases", "fordeling af sager"),
    "caseworkers": Label("caseworkers", "sagsbehandlere"),
    "minutes_per_week": Label("minutes for talks a week", "minutter til samtaler om ugen"),
    "persons": Label("persons enrolled", "indskrevne personer"),
    "displacement": Label("displacement", "fortrængning"),
    "organisation_model": Label("way to organise the work", "organisationsmodel"),
    "minutes": Label("minutes", "minutter"),
    "weeks": Label("weeks", "uger"),
    "seats": Label("seats", "pladser"),
    "places": Label("places", "pladser"),
    "share": Label("share", "andel"),
    "substitution": Label("colleagues stand in", "kolleger træder til"),
    "absence": Label("absence", "fravær"),
    "sygdom": Label("sickness", "sygdom"),
    "at_limit": Label("at the limit", "ved sagsloftet"),
}
"""What keys are called that are often swept; others by their key."""
VALUES = {
    ("substitution", "none"): Label("never", "aldrig"),
    ("substitution", "absence"): Label("at absence", "ved fravær"),
    ("substitution", "busy"): Label("at absence or lack of time", "ved fravær eller tidsnød"),
    ("caseload", "pooled"): Label("pooled", "fælles"),
    ("caseload", "personal"): Label("personal", "personlig"),
    ("at_limit", "wait"): Label("the next one waits", "den næste venter"),
    ("at_limit", "overflow"): Label("another team takes over", "et andet team tager over"),
    ("at_limit", "exceed"): Label("the limit gives way", "loftet overskrides"),
}
"""What words are called that are often swept, by key and value; others by themselves."""
KNOWN_UNITS = {
    "cases per full-time caseworker": Label("cases per full-time caseworker", "sager pr. fuldtidssagsbehandler"),
}
OF = Label("{field}, {whose}", "{field}, {whose}")
WITH_UNIT = Label("{name} ({unit})", "{name} ({unit})")
NOTHING, YES, NO = Label("none", "ingen"), Label("yes", "ja"), Label("no", "nej")
EQUALS = Label("{name}: {value}", "{name}: {value}")
PANEL = Label("{what}, {who}", "{what}, {who}")
POINTS = Label("points", "procentpoint")
POINTS_FROM = Label("percentage points from the base", "procentpoint fra basis")
FROM = Label("{unit} from the base", "{unit} fra basis")
MILLIONS = Label("million DKK", "mio. kr.")
APART_FROM_TO = Label("{what}, difference from the base: {a} at {x}, {b} at {y} ({axis})",
                      "{what}, forskel fra basis: {a} ved {x}, {b} ved {y} ({axis})")  # fmt: skip
FROM_TO = Label("{what}: {a} at {x}, {b} at {y} ({axis})", "{what}: {a} ved {x}, {b} ved {y} ({axis})")
MET = Label("{staff} is the smallest tried that surely meets the level: {what} {sign} {level}",
            "{staff} er det mindste af de prøvede, der sikkert opfylder målet: {what} {sign} {level}")  # fmt: skip
NOT_MET = Label("None that was tried surely meets the level: {what} {sign} {level}",
                "Ingen af de prøvede opfylder sikkert målet: {what} {sign} {level}")  # fmt: skip
TOO_FEW = Label("{n} replications are too few to tell what surely meets the level: {what} {sign} {level}",
                "{n} gentagelser er for få til at se, hvad der sikkert er nok: {what} {sign} {level}")  # fmt: skip
SOME_MET = Label("The level ({what} {sign} {level}) is surely met in {n} of {all} cases, with {staff} or more",
                 "Målet ({what} {sign} {level}) er sikkert opfyldt i {n} af {all} tilfælde, med mindst {staff}")


def axis_name(swept: Swept, wording: Wording, key: str, unit: bool = True) -> str:
    """A swept key as people say it, perhaps with its unit."""
    steps = key.split(".")
    if len(steps) > 4 and (steps[0], steps[2]) == ("jobcentres", "interventions"):
        what = axis_name(swept, wording, ".".join(steps[2:]), unit=False)
        name, called = wording.say(OF, field=what, whose=wording.jobcentre(steps[1])), unit_name(swept, wording, key)
        return wording.say(WITH_UNIT, name=name, unit=called) if unit and called and called not in name else name
    field = wording.say(FIELDS[steps[-1]]) if steps[-1] in FIELDS else plain(steps[-1])
    whose = ""
    if steps[0] == "teams" and len(steps) > 2:
        whose = plain(wording.team(steps[1]))
    elif steps[0] == "interventions" and len(steps) > 2 and steps[1] in wording.scenario.interventions:
        whose = wording.intervention(steps[1])
    elif len(steps) > 2:
        whose = plain(steps[-2])
    if steps[0] in ("teams", "interventions") and len(steps) > 3:
        part = wording.say(FIELDS[steps[-2]]) if steps[-2] in FIELDS else plain(steps[-2])
        field = wording.say(OF, field=field, whose=part)
    name = wording.say(OF, field=field, whose=whose) if whose else field
    called = unit_name(swept, wording, key)
    return wording.say(WITH_UNIT, name=name, unit=called) if unit and called and called not in name else name


def unit_name(swept: Swept, wording: Wording, key: str) -> str:
    """The unit of a swept key; "" if it has none that is known in this language."""
    unit = unit_of_axis(swept, key)
    if unit == "share":  # its values are told in per cent
        return ""
    label = KNOWN_UNITS.get(unit) or UNITS.get(unit)
    return wording.say(label) if label else unit if wording.language == "en" else ""


def value_name(swept: Swept, wording: Wording, key: str, value: Value) -> str:
    """A value of a swept key."""
    if (label := VALUES.get((key.split(".")[-1], str(value)))) is not None:
        return wording.say(label)
    if number_or_none(value) is not None and unit_of_axis(swept, key) == "share":
        return f"{value_text(wording, 100 * float(value or 0))} %"
    return value_text(wording, value)


def value_text(wording: Wording, value: Value) -> str:
    """A value, whatever it is of."""
    if value is None:
        return wording.say(NOTHING)
    if isinstance(value, bool):
        return wording.say(YES if value else NO)
    text = shown(value)
    if number_or_none(value) is None:
        return plain(text)
    return text.replace(".", ",") if wording.language == "da" else text


def axis_label(sheet: Sheet, wording: Wording, number: int, width: int) -> str:
    """What is written along the first (0) or second (1) axis, in lines of at most so many letters."""
    return textwrap.fill(axis_name(sheet.swept, wording, sheet.keys[number]), width, break_long_words=False)


def fixed_text(sheet: Sheet, wording: Wording) -> str:
    """The values of the further axes."""
    return ", ".join(
        wording.say(
            EQUALS, name=axis_name(sheet.swept, wording, key, unit=False),
            value=value_name(sheet.swept, wording, key, value),
        )
        for key, value in sheet.fixed.items()
    )


def scale_of(names: Names, figure: Figure) -> float:
    """100 for shares, which are drawn in %, and a millionth for money, which is drawn in millions."""
    return {"share": 100.0, "DKK": 1e-6}.get(names.unit(figure.outcome), 1.0)


def unit_text(names: Names, wording: Wording, figure: Figure, difference: bool = False) -> str:
    """The unit of a figure as an axis says it."""
    unit = names.unit(figure.outcome)
    if unit == "share":
        return wording.say(POINTS_FROM) if difference else wording.of_unit(unit)
    named = wording.say(MILLIONS) if unit == "DKK" else wording.of_unit(unit)
    return wording.say(FROM, unit=named) if difference else named


def level_text(wording: Wording, unit: str, level: float) -> str:
    """A level of service with all its digits; shares in per cent, without the sign."""
    text = f"{round(level * (100 if unit == 'share' else 1), 6):g}"
    return text.replace(".", ",") if wording.language == "da" else text


def panel_name(wording: Wording, figure: Figure) -> str:
    """What a panel shows: outcome, time and whom it is of."""
    time = wording.time(figure)
    what = f"{wording.outcome(figure.outcome)} {time}".strip()
    who = plain(wording.whom(figure))
    return wording.say(PANEL, what=what, who=who) if who else what


def sentence_of(sheet: Sheet, wording: Wording, figures: Sequence[Figure], difference: bool) -> str:
    """The staffing that meets the service level, or else the first outcome at both ends of the first axis."""
    swept = sheet.swept
    service, asked = swept.grid.sweep.service, swept.grid.service_figure
    if service is not None and asked is not None and not difference:
        unit = swept.grid.names.unit(asked.outcome)
        level = level_text(wording, unit, service.level) + (" %" if unit == "share" else "")
        gaps = {"what": panel_name(wording, asked), "sign": service.sign.replace(">=", "≥").replace("<=", "≤"),
                "level": level}  # fmt: skip
        answers = [a for a in swept.smallest() if all(a.others.get(k, v) == v for k, v in sheet.fixed.items())]
        sure = [value for answer in answers if (value := swept.staffing(answer.sure)) is not None]
        unit_of_staff = unit_name(swept, wording, service.staff)
        least = f"{value_text(wording, min(sure, key=float))} {unit_of_staff}" if sure else ""
        if swept.asked < FEW:
            return wording.say(TOO_FEW, n=swept.asked, **gaps)
        if not sure:
            return wording.say(NOT_MET, **gaps)
        if len(answers) == 1:
            return wording.say(MET, staff=least, **gaps)
        return wording.say(SOME_MET, n=len(sure), all=len(answers), staff=least, **gaps)
    figure = figures[0]
    unit = swept.grid.names.unit(figure.outcome)
    look = swept.difference if difference else swept.estimate
    ends = [look(sheet.point(x, sheet.second[0]), figure).value for x in (sheet.first[0], sheet.first[-1])]
    sign = f" {wording.say(POINTS if difference else UNITS['share'])}" if unit == "share" else ""
    a, b = (wording.number(unit, end, difference) + sign for end in ends)
    x, y = (value_name(swept, wording, sheet.keys[0], value) for value in (sheet.first[0], sheet.first[-1]))
    axis = axis_name(swept, wording, sheet.keys[0], unit=False)
    if len(sheet.keys) > 1:
        other = axis_name(swept, wording, sheet.keys[1], unit=False)
        axis += f"; {wording.say(EQUALS, name=other, value=value_name(swept, wording, sheet.keys[1], sheet.second[0]))}"
    label = APART_FROM_TO if difference else FROM_TO
    return wording.say(label, what=panel_name(wording, figure), a=a, b=b, x=x, y=y, axis=axis)
