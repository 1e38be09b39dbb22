"""How it was made, and the command that repeats it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simulation.report.economy.page.material import Page
from simulation.report.handed.blocks import Section, Text
from simulation.report.handed.repeating import COMMANDS, facts, quoted
from simulation.report.handed.second_page import REPEAT

GIVEN = (
    "prices", "seed", "replications", "price_year", "perspective", "staff", "notice", "draws", "trial", "people",
    "trial_cost", "trial_cost_each", "trial_reports", "horizon",
)  # fmt: skip
"""Options with a value, as a request has them."""


def repeating(page: Page) -> Iterator[Section]:
    """Fingerprint, program, seed and versions; then the command."""
    told = "; ".join(f"{page.say(label)}: {text}" for label, text in facts(page.priced, page.words))
    files = words_of(page.priced.manifest["request"])
    command = page.say(COMMANDS, command="cba", files=files)
    yield Section(page.say(REPEAT), [Text(f"{told}.", "note"), Text(command, "note")])


def words_of(request: Mapping[str, Any]) -> str:
    """Files and options of the command as a shell takes them, from the folder of the kept input."""
    options = [f"--set {each}" for each in request.get("set") or ()]
    options += [f"--{name.replace('_', '-')} {request[name]}" for name in GIVEN if request.get(name) is not None]
    return " ".join([*map(str, request["scenarios"]), *map(quoted, options)])
