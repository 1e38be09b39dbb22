"""What the options of `trial` ask for, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from simulation.experiments.amounts import difference_of
from simulation.experiments.trial.plan import REHEARSALS, Plan, arranged, sizes_of
from simulation.experiments.trial.precise import FIRST, MOST, POWER, Enough
from simulation.experiments.uncertain.design import design
from simulation.results.trial.people import EXITS
from simulation.scenario.files.problems import InputProblems, Mark, Problem, did_you_mean
from simulation.scenario.load import Loaded

DRAWS = 200
LARGEST, MOST_VALUES = 5_000_000, 30
_STEPS = re.compile(r"(\d+):(\d+):(\d+)")


def plan_of(loaded: Loaded, asked: Mapping[str, Any]) -> tuple[Plan, Enough | None]:
    """The plan, and when there are enough rehearsals; None where their number is given. Raises InputProblems with all
    that is wrong."""
    scenario, problems = loaded.scenario, list[Problem]()
    if scenario.trial is None:
        message = "the scenario has no `trial` block: say there who is drawn by lot, and what is looked at"
        raise InputProblems([Problem(message, loaded.resolved.mark(()))])
    if scenario.trial.everybody is not None:
        message = "everybody is in one arm, so nothing can be told apart: leave `everybody` out"
        problems.append(Problem(message, loaded.resolved.mark(("trial", "everybody")), "trial.everybody"))
    persons = _numbers("n", asked.get("n"), problems)
    jobcentres = _numbers("jobcentres", asked.get("jobcentres"), problems)
    if asked.get("draws") is not None and not asked.get("uncertain"):
        problems.append(Problem("goes with --uncertain", Mark(f"--draws {asked['draws']}", 0, 0)))
    enough = _enough(asked, scenario.trial.outcomes, problems)
    if problems:
        raise InputProblems(problems)
    sizes = list(dict.fromkeys(sizes_of(scenario, persons, jobcentres)))
    for size in sizes[1:]:
        try:
            arranged(scenario, size)
        except ValueError as error:
            option = f"--jobcentres {size.jobcentres}" if jobcentres else f"--n {size.persons}"
            problems.append(Problem(str(error), Mark(option, 0, 0)))
    if problems:
        raise InputProblems(dict.fromkeys(problems))
    draws = design([loaded], asked.get("draws") or DRAWS).points.every[0] if asked.get("uncertain") else ()
    return Plan(loaded, asked.get("rehearsals") or REHEARSALS, sizes, draws), enough


def _numbers(option: str, text: str | None, problems: list[Problem]) -> Sequence[int]:
    """Whole numbers written as a,b,c or start:stop:step."""
    if text is None:
        return ()
    mark, found = Mark(f"--{option} {text}", 0, 0), _STEPS.fullmatch(text.strip())
    if found:
        start, stop, step = map(int, found.groups())
        numbers = list(range(start, stop + 1, step)) if step else []
    else:
        parts = [part.strip() for part in text.split(",")]
        numbers = [int(part) for part in parts] if all(part.isascii() and part.isdigit() for part in parts) else []
    if not numbers or len(numbers) > MOST_VALUES or not all(1 <= number <= LARGEST for number in numbers):
        message = f"write whole numbers as 900,1800 or 600:3000:600 (1 to {LARGEST:,}, {MOST_VALUES} of them at most)"
        problems.append(Problem(message, mark))
        return ()
    return list(dict.fromkeys(numbers))


def _enough(asked: Mapping[str, Any], outcomes: Sequence[str], problems: list[Problem]) -> Enough | None:
    """When there are enough rehearsals."""
    width, of, most = asked.get("until_halfwidth"), asked.get("of"), asked.get("most")
    if width is None:
        for option, value in (("of", of), ("most", most)):
            if value is not None:
                problems.append(Problem("goes with --until-halfwidth", Mark(f"--{option} {value}", 0, 0)))
        return None
    mark = Mark(f"--until-halfwidth {width}", 0, 0)
    if asked.get("rehearsals") is not None:
        problems.append(Problem("--rehearsals says how many there are: leave one of the two out", mark))
    if asked.get("dry_run"):
        problems.append(Problem("how many it takes is found by rehearsing: leave --dry-run out", mark))
    if most is not None and most < FIRST:
        message = f"must be {FIRST} or more, for so many are done at first"
        problems.append(Problem(message, Mark(f"--most {most}", 0, 0)))
    name = POWER if of is None else of
    if name not in (POWER, *outcomes):
        near = did_you_mean(name, [POWER, *outcomes]) or f"; there is {', '.join([POWER, *outcomes])}"
        problems.append(Problem(f"the trial does not look at {name}{near}", Mark(f"--of {of}", 0, 0)))
        return None
    try:
        half = difference_of(width, name == POWER or name.startswith(EXITS), name)
    except ValueError as error:
        problems.append(Problem(str(error), mark))
        return None
    return Enough(name, half, most or MOST)
