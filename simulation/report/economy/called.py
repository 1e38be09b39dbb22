"""What items of an assessment are called in the tables of its workbook and its report."""

from __future__ import annotations

from collections.abc import Mapping

from simulation.economy.items import Item
from simulation.report.economy import book_words as text
from simulation.report.economy.labels import KIND, PART
from simulation.report.wording import Wording
from simulation.world.labels import Label, plain

BENEFITS: Mapping[str, str] = {
    "dagpenge_dimittend": "dagpenge, dimittend",
    "dagpenge_dimittend_forsoerger": "dagpenge, dimittend med forsørgerpligt",
    "dagpenge_med_tillaeg": "dagpenge med tillæg",
    "fleksloentilskud": "fleksløntilskud",
    "kontanthjaelp_forhoejet": "kontanthjælp, forhøjet sats",
    "kontanthjaelp_grundsats": "kontanthjælp, grundsats",
    "kontanthjaelp_mindstesats": "kontanthjælp, mindstesats",
}
"""Benefits of shipped prices that are no destination of exits, as they are called in both languages."""
FEES: Mapping[str, Label] = {
    "fixed": Label("fixed part", "fast del"),
    "first_trial": Label("first work trial", "første arbejdsprøvning"),
    "two_months": Label("two months in a fleksjob", "to måneder i fleksjob"),
    "four_months": Label("four months in a fleksjob", "fire måneder i fleksjob"),
}


def called(item: Item, words: Wording) -> list[str]:
    """The sort of an item, its name and its part."""
    name, part = item.name, plain(item.part)
    if item.kind in ("staff", "talk", "minutes", "fee"):
        name = words.team(name)
        if item.kind == "fee" and item.part in FEES:
            part = words.say(FEES[item.part])
    elif item.kind in ("offer", "session", "matching", "mentor"):
        name, part = words.intervention(name), words.team(item.part) if item.part else ""
    elif item.kind == "hours":
        name = words.say(text.OF_HOURS[name])
    else:
        name = BENEFITS.get(name) or words.exit(name)
        part = words.say(PART.get(item.part, text.STEP), part=item.part) if item.part else ""
    return [words.say(KIND[item.kind]), name, part]


def in_one(item: Item, words: Wording) -> str:
    """All of it in a line, such as "Benefit: dagpenge, step 3"."""
    sort, name, part = called(item, words)
    return f"{sort[:1].upper()}{sort[1:]}: {name}{f', {part}' if part else ''}"
