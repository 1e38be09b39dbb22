"""Which lines a figure needs: scenarios by name, and arms beside each other or in panels of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from simulation.report.figures.looks import FEW_LINES, QUIET, Look, looks
from simulation.report.heads import without_common
from simulation.report.ran import Ran
from simulation.report.wording import Wording
from simulation.results.names import arm_group
from simulation.results.result import Result
from simulation.world.labels import Label, plain
from simulation.world.spec import Floats

BASE = Label("{name} (base)", "{name} (basis)")
SAME = Label("{arm} (as good as the same in all)", "{arm} (stort set ens i alle)")
NEARLY = 0.01
"""Lines that lie no further apart than this part of the highest are drawn as one."""
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


def scenario_names(ran: Ran, wording: Wording, base: bool = True) -> list[str]:
    """The scenarios by name, of several without what all names begin with, told apart by numbers where they have one
    name; the base says that it is one, unless this is known."""
    names = [Wording(result.names, wording.language).title for result in ran.compared]
    apart = [name if names.count(name) == 1 else f"{name} ({n + 1})" for n, name in enumerate(names)]
    apart = without_common(apart) if len(apart) > 2 else apart
    return [wording.say(BASE, name=apart[0]), *apart[1:]] if base and len(names) > 1 else apart


def blocks_of(ran: Ran, wording: Wording, course: Callable[[Result, str], Floats | None]) -> list[Block]:
    """The lines of a figure. `course` tells what is drawn of an arm in a scenario, None if it has none; an arm in which
    it is the same in all scenarios has one quiet line."""
    names = scenario_names(ran, wording)
    arms = list(dict.fromkeys(arm for result in ran.compared for arm in result.loaded.scenario.arms))
    if len(ran.compared) == 1:
        alone = ran.compared[0]
        shown = [arm for arm in _reference_first(alone, arms) if course(alone, arm) is not None]
        dressed = zip(shown, looks(len(shown)), strict=True)
        lines = [Line(arm_name(wording, arm), alone, arm, look) for arm, look in dressed]
        return [Block("", lines)] if lines else []
    quiet, differing = [], {}
    for arm in arms:
        having = [(n, result) for n, result in enumerate(ran.compared) if arm in result.loaded.scenario.arms]
        drawn = [(n, result, values) for n, result in having if (values := course(result, arm)) is not None]
        if not drawn:
            continue
        if len(drawn) > 1 and all(nearly_same(values, drawn[0][2]) for _, _, values in drawn):
            quiet.append(Line(wording.say(SAME, arm=arm_name(wording, arm)), drawn[0][1], arm, QUIET))
        else:
            differing[arm] = [(n, result) for n, result, _ in drawn]
    if not differing:
        return [Block("", [line._replace(look=look) for line, look in zip(quiet, looks(len(quiet)), strict=True)])]
    several = len(differing) > 1 or bool(quiet)
    total = sum(map(len, differing.values()))
    if len(differing) > 1 and total > FEW_LINES:
        each = looks(len(ran.compared))
        return [
            Block(arm_name(wording, arm), [*quiet, *(Line(names[n], result, arm, each[n]) for n, result in having)])
            for arm, having in differing.items()
        ]
    each = looks(total)
    found: list[Line] = []
    for arm, having in differing.items():
        for n, result in having:
            label = wording.say(OF_ARM, scenario=names[n], arm=arm_name(wording, arm)) if several else names[n]
            found.append(Line(label, result, arm, each[len(found)]))
    return [Block("", [*quiet, *found])]


def arm_name(wording: Wording, arm: str) -> str:
    """What an arm is called."""
    return plain(wording.group(arm_group(arm)))


def _reference_first(result: Result, arms: Sequence[str]) -> list[str]:
    references = result.loaded.scenario.references()
    return sorted(arms, key=lambda arm: arm not in references)


def nearly_same(one: Floats, other: Floats) -> bool:
    """Whether two courses lie on each other, so that they would be seen as one line."""
    if one.shape != other.shape or not np.array_equal(np.isnan(one), np.isnan(other)):
        return False
    highest = max(np.nanmax(np.abs(one), initial=0.0), np.nanmax(np.abs(other), initial=0.0))
    return bool(np.nanmax(np.abs(one - other), initial=0.0) <= NEARLY * highest)


def key_of(blocks: Sequence[Block]) -> dict[str, Any]:
    """Every line once, by its name."""
    return {line.label: line.look.handle() for block in blocks for line in block.lines}
