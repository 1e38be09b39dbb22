"""What a report is about, in a line each: its title, that it is a simulation, and what stands at its foot."""

from __future__ import annotations

from simulation.report.handed.material import Made, Material
from simulation.report.wording import Wording
from simulation.scenario.changes import title_of as title_in_one_line
from simulation.scenario.load import Loaded
from simulation.world.labels import Label, Language

AGAINST = Label("{scenario}, against {base}", "{scenario}, mod {base}")
SEVERAL = Label("{count} scenarios against {base}", "{count} scenarier mod {base}")
ABOUT = Label(
    "A simulation by jobcentersim of {day}: no figure here was measured in a jobcentre unless it is called published.",
    "En simulering med jobcentersim fra {day}: intet tal her er målt på et jobcenter, medmindre det kaldes "
    "offentliggjort.",
)
FOOT = Label("jobcentersim, run {mark}, {times} replications", "jobcentersim, kørsel {mark}, {times} gentagelser")


def title_of(loaded: Loaded, language: Language) -> str:
    """The name of a scenario; in Danish its Danish one, where it has one."""
    return title_in_one_line(loaded.scenario, language == "da")


def title(material: Material, language: Language, wording: Wording) -> str:
    """What the report is about."""
    names = [title_of(each, language) for each in material.loaded]
    if len(names) == 1:
        return names[0]
    if len(names) == 2:
        return wording.say(AGAINST, scenario=names[1], base=names[0])
    return wording.say(SEVERAL, count=len(names) - 1, base=names[0])


def about(material: Made, wording: Wording) -> str:
    """That it is a simulation, and of which day."""
    return wording.say(ABOUT, day=day(material.finished, wording))


def day(iso: str, wording: Wording) -> str:
    """A day as the language writes it."""
    if wording.language != "da" or len(iso) != 10:
        return iso
    return f"{int(iso[8:])}.{int(iso[5:7])}.{iso[:4]}"


def foot(material: Made, wording: Wording) -> str:
    """What stands at the end of every page."""
    return wording.say(FOOT, mark=material.mark, times=material.replications)
