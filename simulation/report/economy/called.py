"""What items of an assessment are called in the tables of its workbook and its report."""

from __future__ import annotations

from simulation.economy.items import Item
from simulation.report.economy import book_words as text
from simulation.report.economy.labels import KIND, PART
from simulation.report.wording import Wording


def called(item: Item, words: Wording) -> list[str]:
    """The sort of an item, its name and its part."""
    name, part = item.name, item.part
    if item.kind in ("staff", "talk", "minutes", "fee"):
        name = words.team(name)
    elif item.kind in ("offer", "session", "matching", "mentor"):
        name, part = words.intervention(name), words.team(part) if part else ""
    elif item.kind == "hours":
        name = words.say(text.OF_HOURS[name])
    elif item.kind in ("benefit", "pension"):
        name, part = words.exit(name), words.say(PART.get(part, text.STEP), part=part) if part else ""
    return [words.say(KIND[item.kind]), name, part]


def in_one(item: Item, words: Wording) -> str:
    """All of it in a line, such as "Benefit: dagpenge, step 3"."""
    sort, name, part = called(item, words)
    return f"{sort[:1].upper()}{sort[1:]}: {name}{f', {part}' if part else ''}"
