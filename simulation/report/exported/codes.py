"""A list of codes: which code of DREAM stands for what people are on, how sure that is, and which code wins."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, ValidationError, model_validator

from simulation.report.exported.columns import NoSuchWeek, column_of, monday_of
from simulation.report.exported.lives import states_of
from simulation.scenario.explain import explain, problem_at
from simulation.scenario.files.overlay import Resolved
from simulation.scenario.files.problems import InputProblems, Problem, did_you_mean
from simulation.scenario.files.yamlfile import Path, read
from simulation.scenario.load import Loaded
from simulation.scenario.schema import Scenario
from simulation.world.spec import Spec, Version, unit, wrong_part

ALMOST = 0.85
"""How like a word must be to be a misspelling: dagpenge are no sygedagpenge."""
SHIPPED = pathlib.Path(__file__).with_name("codes.yaml")
Number = Annotated[int, unit("code", ge=1, le=999)]
Sure = Literal["confirmed", "likely", "assumed", "unknown", "none"]


class Code(Spec):
    """What stands in the register for one thing that people are on."""

    code: Annotated[Number | None, Field(description="The code; null: such weeks are empty")]
    name: Annotated[str, Field(description="What it is, in English")]
    name_da: Annotated[str, Field(description="What it is, in Danish")]
    sure: Annotated[Sure, Field(description="How sure the code is; unknown and none: there is no code")]
    source: Annotated[str, Field(description="Where the code is from")] = ""

    @model_validator(mode="after")
    def _a_code_is_sure_or_not_there(self) -> Code:
        if (self.code is None) != (self.sure in ("unknown", "none")):
            message = "a code is confirmed, likely or assumed, and no code (null) is unknown or none"
            raise wrong_part("sure", "code", message=message)
        return self


class CodeList(Spec):
    """A file of codes."""

    version: Annotated[Version, Field(description="Version of the way in which the file is written: 1")]
    name: Annotated[str, Field(description="Name of the list, as an export tells it")]
    name_da: Annotated[str | None, Field(description="Name in Danish; absent: `name`")] = None
    codes: Annotated[
        dict[str, Code],
        Field(description="By benefit or destination of a scenario, or by what is lived on there", min_length=1),
    ]
    ranking: Annotated[list[Number], Field(description="Codes, the first of which wins a week that has several")]
    full_time_hours: Annotated[float, unit("hours a week", "Hours of full time, which are 1 of grad_", ge=1, le=100)]
    industry: Annotated[
        int | None, unit("code", "Code of branche_ in months with a job; null: left empty", ge=1, le=999_999)
    ] = None
    no_benefit: Annotated[list[Number], Field(description="Codes that count as no benefit when spells are read")]
    education: Annotated[list[Number], Field(description="Those of them that are education")]
    censoring: Annotated[list[Number], Field(description="Codes with which somebody is not observed any more")]


@dataclass(frozen=True)
class Listed:
    """A list of codes as it was read, and where everything stands in it."""

    file: pathlib.Path
    codes: CodeList
    resolved: Resolved

    def check(self, loaded: Loaded, weeks: bool = True) -> None:
        """See that every state of a scenario has an entry, and (with `weeks`) that DREAM has columns for its weeks.
        Raises InputProblems with everything that is wrong, each at its place."""
        scenario, problems = loaded.scenario, []
        if not scenario.benefits and scenario.benefit is None:
            message = "say on which benefit they are, such as `benefit: dagpenge`: nothing else tells it"
            problems.append(Problem(message, loaded.resolved.mark(("benefit",)), "benefit"))
        for first, *others in _names(scenario):
            if first and self._entry(first, *others) is None:
                near = did_you_mean(first, self.codes.codes, ALMOST)
                message = f"there is no '{first}', which the scenario '{scenario.name}' has: add it, with `code: null` "
                message += f"and `sure: unknown` if no code is known{near}"
                problems.append(problem_at(self.resolved, ("codes",), message, key=True))
        before = max(scenario.intake.elapsed_shares(scenario.subgroups))
        for week in (min(scenario.intake.from_week - before, 0), scenario.weeks - 1) if weeks else ():
            try:
                column_of(monday_of(scenario.start, week))
            except NoSuchWeek as error:
                problems.append(Problem(str(error), loaded.resolved.mark(("start",)), "start"))
        if problems:
            raise InputProblems(problems)

    def entries(self, scenario: Scenario) -> list[Code]:
        """The entry of every state of a scenario that was checked: benefits, then destinations."""
        found = [self._entry(*names) for names in _names(scenario)]
        return [entry for entry in found if entry is not None]  # all of them: `check` has seen to it

    def _entry(self, *names: str) -> Code | None:
        return next((self.codes.codes[each] for each in names if each in self.codes.codes), None)


def _names(scenario: Scenario) -> list[tuple[str, ...]]:
    """Of every state the names by which a list may have it, the best first."""
    exits = [(name, *([each.lives_on] if each.lives_on else [])) for name, each in scenario.exits.items()]
    return [*((name,) for name in states_of(scenario)[: -len(exits)]), *exits]


def read_codes(file: pathlib.Path | str = SHIPPED) -> Listed:
    """A list of codes, by default the one that comes with the program. Raises InputProblems with everything that is
    wrong with it."""
    document = read(file)
    resolved = Resolved(document.data, {}, dict(document.values), dict(document.keys))
    try:
        codes = CodeList.model_validate(document.data)
    except ValidationError as error:
        raise InputProblems([explain(resolved, wrong, CodeList) for wrong in error.errors()]) from None
    if problems := [problem_at(resolved, path, message) for path, message in _problems(codes)]:
        raise InputProblems(problems)
    return Listed(pathlib.Path(file), codes, resolved)


def _problems(codes: CodeList) -> Iterator[tuple[Path, str]]:
    """What is wrong with a list whose keys are right."""
    for name, each in codes.codes.items():
        if each.code is not None and each.code not in codes.ranking:
            yield ("codes", name, "code"), f"{each.code} is not in `ranking`, so nothing says which code wins a week"
    for key in ("ranking", "no_benefit", "education", "censoring"):
        numbers: list[int] = getattr(codes, key)
        yield from (((key, n), f"{each} stands here twice") for n, each in enumerate(numbers) if each in numbers[:n])
    for n, number in enumerate(codes.education):
        if number not in codes.no_benefit:
            yield ("education", n), f"{number} must be one of no_benefit as well"
    for n, number in enumerate(codes.censoring):
        if number in codes.no_benefit:
            yield ("censoring", n), f"{number} is one of no_benefit: nobody can be seen and not seen at once"
