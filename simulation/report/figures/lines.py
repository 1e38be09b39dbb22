"""Which lines a figure needs: scenarios by name, and arms beside each other or in panels of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from simulation.report.figures.looks import FEW_LINES, QUIET, Look, looks
from simulation.report.store import Ran
from simulation.report.wording import Wording
from simulation.results.names import arm_group
from simulation.results.result import Result
from simulation.world.labels import Label
from simulation.world.spec import Floats

BASE = Label("{name} (base)", "{name} (basis)")
SAME = Label("{arm} (the same in all)", "{arm} (ens i alle)")
OF_ARM = Label("{scenario}, {arm}", "{scenario}, {arm}")


class Line(NamedTuple):
    """One course in a figure: of a result, of one arm."""

    label: str
    result: Result
    arm: str
    look: Look


class Block(NamedTuple):
    """Lines that share a panel, with what it is called ("": there is one only)."""

    name: str
    lines: Sequence[Line]


def scenario_names(ran: Ran, wording: Wording) -> list[str]:
    """The scenarios by name, told apart by numbers where they have one name; the base says that it is one."""
    names = [result.loaded.scenario.name for result in ran.results]
    apart = [name if names.count(name) == 1 else f"{name} ({n + 1})" for n, name in enumerate(names)]
    return [wording.say(BASE, name=name) if n == 0 and len(names) > 1 else name for n, name in enumerate(apart)]


def blocks_of(ran: Ran, wording: Wording, course: Callable[[Result, str], Floats | None]) -> list[Block]:
    """The lines of a figure. `course` tells what is drawn of an arm in a scenario, None if it has none; an arm in which
    it is the same in all scenarios has one quiet line."""
    names = scenario_names(ran, wording)
    arms = list(dict.fromkeys(arm for result in ran.results for arm in result.loaded.scenario.arms))
    if len(ran.results) == 1:
        alone = ran.results[0]
        shown = [arm for arm in _reference_first(alone, arms) if course(alone, arm) is not None]
        lines = [Line(arm_name(wording, arm), alone, arm, look) for arm, look in zip(shown, looks(len(shown)), strict=True)]
        return [Block("", lines)] if lines else []
    quiet, differing = [], {}
    for arm in arms:
        drawn = [(n, result, course(result, arm)) for n, result in enumerate(ran.results)
                 if arm in result.loaded.scenario.arms]  # fmt: skip
        drawn = [(n, result, values) for n, result, values in drawn if values is not None]
        if not drawn:
            continue
        if len(drawn) > 1 and all(_same(values, drawn[0][2]) for _, _, values in drawn):
            quiet.append(Line(wording.say(SAME, arm=arm_name(wording, arm)), drawn[0][1], arm, QUIET))
        else:
            differing[arm] = [(n, result) for n, result, _ in drawn]
    if not differing:
        return [Block("", [line._replace(look=look) for line, look in zip(quiet, looks(len(quiet)), strict=True)])]
    several = len(differing) > 1 or bool(quiet)
    total = sum(map(len, differing.values()))
    if len(differing) > 1 and total > FEW_LINES:
        each = looks(len(ran.results))
        return [
            Block(arm_name(wording, arm), [*quiet, *(Line(names[n], result, arm, each[n]) for n, result in having)])
            for arm, having in differing.items()
        ]
    each, found = looks(total), []
    for arm, having in differing.items():
        for n, result in having:
            label = wording.say(OF_ARM, scenario=names[n], arm=arm_name(wording, arm)) if several else names[n]
            found.append(Line(label, result, arm, each[len(found)]))
    return [Block("", [*quiet, *found])]


def arm_name(wording: Wording, arm: str) -> str:
    """What an arm is called."""
    return plain(wording.group(arm_group(arm)))


def plain(text: str) -> str:
    """A text that may be a key, as one would say it."""
    return text.replace("_", " ")


def _reference_first(result: Result, arms: Sequence[str]) -> list[str]:
    references = result.loaded.scenario.references()
    return sorted(arms, key=lambda arm: arm not in references)


def _same(one: Floats | None, other: Floats | None) -> bool:
    return one is not None and other is not None and np.array_equal(one, other, equal_nan=True)


def key_of(blocks: Sequence[Block]) -> dict[str, Any]:
    """Every line once, by its name."""
    return {line.label: line.look.handle() for block in blocks for line in block.lines}
