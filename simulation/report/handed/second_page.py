"""Page 2: caseload and waiting, the model against published figures, assumptions, and how to repeat it."""

from __future__ import annotations

from collections.abc import Iterator

from simulation.report.findings import Findings
from simulation.report.handed.assumed import most_important
from simulation.report.handed.blocks import Block, Picture, Section, Text
from simulation.report.handed.material import Material
from simulation.report.handed.published import published_blocks
from simulation.report.handed.repeating import repeating
from simulation.report.handed.teams import NO_TEAMS, team_table
from simulation.report.handed.titles import title_of
from simulation.world.labels import Label

STAFF = Label("Caseload and waiting", "Sagsstamme og ventetid")
PUBLISHED = Label("The model against published figures", "Modellen mod offentliggjorte tal")
ASSUMED = Label("The assumptions that matter most", "De antagelser, der betyder mest")
REPEAT = Label("How it was made, and how to repeat it", "Sådan er det lavet, og sådan gentages det")
MOST_PUBLISHED, MOST_TEAMS = 5, 6


def second_page(material: Material, findings: Findings, figure: Picture | None) -> list[Section]:
    """The sections of page 2; `figure` is the picture of caseload and waiting, if there is one."""
    wording = findings.wording
    names = list(findings.columns) if len(material.loaded) > 1 else [title_of(material.loaded[0], wording.language)]
    published = published_blocks(findings.results[0], names[0], wording, MOST_PUBLISHED)
    return [
        Section(wording.say(STAFF), list(_staff(findings, figure))),
        Section(wording.say(PUBLISHED), list(published)),
        Section(wording.say(ASSUMED), list(most_important(material, findings))),
        Section(wording.say(REPEAT), list(repeating(material, wording))),
    ]


def _staff(findings: Findings, figure: Picture | None) -> Iterator[Block]:
    table = team_table(findings, MOST_TEAMS)
    if table is None:
        yield Text(findings.wording.say(NO_TEAMS))
        return
    if figure is not None:
        yield figure
    yield table
