"""What the files of a study say, from the answers that were given."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from string import Template
from typing import Any

from simulation.cli.study import texts
from simulation.cli.study.groups import GROUPS, TargetGroup
from simulation.cli.study.notebook import notebook
from simulation.scenario.expected_load import Expected
from simulation.scenario.fields import unit_of
from simulation.scenario.files.shipped import SCENARIOS, TARGETS, names
from simulation.scenario.files.yamlfile import read
from simulation.scenario.load import Loaded, load
from simulation.scenario.schema import Scenario
from simulation.world.labels import Label, Language

OWN = Label("given to jobcentersim init; write where it is from",
            "oplyst ved jobcentersim init; skriv, hvor det er fra")  # fmt: skip
SHIPPED = Label("as many per person as in {base}", "lige så mange pr. person som i {base}")
AT_MOST = Label("{title}, at most {limit} cases", "{title}, højst {limit} sager")
ALL_AT_ONCE = Label("in the first week", "i den første uge")
IN_SO_MANY_WEEKS = Label("within {weeks} weeks", "i løbet af {weeks} uger")
DESCRIPTION = Label("{title}, with ordinary effort.", "{title}, med den almindelige indsats.")
TITLE = Label("{group}, {place}", "{group}, {place}")
IN_EXAMPLE = ("outcome", "week", "figure", "rounding", "n", "se", "se_source", "source", "page", "definition")
LOWER = 0.75
"""The limit of the what-if, unless said, by the most cases that a caseworker would have at one time."""


@dataclass(frozen=True)
class Answers:
    """What a study is of. `limit` is that of the base, None: none; `place` is the municipality or the jobcentre."""

    target_group: str
    place: str
    persons: int
    staff: float
    limit: int | None
    lower: int
    language: Language

    @property
    def group(self) -> TargetGroup:
        """The target group."""
        return GROUPS[self.target_group]


def base_of(target_group: str) -> Loaded:
    """The shipped scenario of a target group."""
    return load(names(SCENARIOS)[GROUPS[target_group].base])


def usual_staff(base: Loaded, team: str, persons: int) -> float:
    """Full-time caseworkers for so many persons, no fewer for each than in the base; in quarters."""
    staff = base.scenario.teams[team].fte * persons / base.scenario.intake.persons
    return math.ceil(4 * staff - 1e-9) / 4


def usual_limit(base: Loaded, team: str, persons: int, staff: float, limit: int | None) -> int:
    """A limit that would be felt: below the most cases that a caseworker would have, and below the `limit` of the
    base."""
    changes: dict[str, Any] = {"intake.persons": persons, f"teams.{team}.fte": staff}
    scenario: Scenario = base.with_(changes).scenario
    (jobcentre,) = scenario.jobcentres
    most = Expected(scenario).load(jobcentre)[team].cases.max() / staff
    lower = LOWER * (most if limit is None else min(most, limit))
    return max(5 * math.floor(lower / 5), 1) if lower >= 5 else max(int(lower), 1)


def files(answers: Answers) -> dict[str, str]:
    """The texts of the files by name."""
    base, group, language = base_of(answers.target_group), answers.group, answers.language
    team = base.scenario.teams[group.team]
    title = TITLE.told(language, group=group.label.told(language), place=answers.place)
    own, limits = _text(OWN.told(language)), {"limit": answers.limit, "own": _text(OWN.told(language))}
    limit = texts.NO_LIMIT.told(language) if answers.limit is None else _fill(texts.LIMIT, language, limits)
    sized_teams, sized = _sized(base, answers)
    gaps = {
        "base": group.base, "title": title, "team": group.team, "jobcentre": group.jobcentre, "own": own,
        "place": _text(answers.place), "persons": answers.persons, "staff": f"{answers.staff:g}",
        "intake": intake_weeks(base, language), "minutes": team.minutes_per_week,
        "limit": answers.lower, "file": group.example[0], "name": _text(title),
        "description": _text(DESCRIPTION.told(language, title=title)),
        "sized": sized, "example": _example(group),
    }  # fmt: skip
    lower_title = _text(AT_MOST.told(language, title=title, limit=answers.lower))
    return {
        "base.yaml": _fill(texts.BASE, language, {**gaps, "limit": limit + sized_teams}),
        "what_if.yaml": _fill(texts.WHAT_IF, language, {**gaps, "name": lower_title}),
        "targets.yaml": _fill(texts.TARGETS, language, gaps),
        "notebook.ipynb": notebook(language, {"title": title, "limit": str(answers.lower), "team": group.team}),
        "README.md": _fill(texts.README, language, {
            **gaps, "persons": shown(answers.persons, language), "staff": shown(answers.staff, language),
        }),
    }  # fmt: skip


def intake_weeks(base: Loaded, language: Language) -> str:
    """Within how many weeks they come."""
    weeks = base.scenario.intake.weeks
    return (ALL_AT_ONCE if weeks == 1 else IN_SO_MANY_WEEKS).told(language, weeks=weeks)


def shown(number: float, language: Language) -> str:
    """A number in the language's manner, for texts that are read and not for YAML."""
    text = f"{number:,}" if isinstance(number, int) else f"{number:g}"
    return text.translate(str.maketrans(",.", ".,")) if language == "da" else text


def _sized(base: Loaded, answers: Answers) -> tuple[str, str]:
    """What grows with the number of persons, where that is another one than in the base: of teams, and of the rest."""
    ratio = answers.persons / base.scenario.intake.persons
    if ratio == 1 or not answers.group.by_size:
        return "", ""
    sized: dict[str, Any] = {}
    for key, whole in answers.group.by_size:
        path = tuple(key.split("."))
        value: Any = base.resolved.data
        for step in path:
            value = value[step]
        grown = max(round(value * ratio), 1) if whole else round(value * ratio, 2)
        part = sized
        for step in path[:-1]:
            part = part.setdefault(step, {})
        source = _text(SHIPPED.told(answers.language, base=answers.group.base))
        unit = unit_of(path, base.resolved.data)
        part[path[-1]] = f"{{value: {grown:g}, unit: {unit}, kind: assumed, source: {source}}}"
    teams = _block(sized.pop("teams", {}), 1)
    note = _fill(texts.SIZED, answers.language, {"base": answers.group.base}) if sized else ""
    return teams, note + _block(sized)


def _block(data: Mapping[str, Any], depth: int = 0) -> str:
    lines = ""
    for key, value in data.items():
        more = f"\n{_block(value, depth + 1)}" if isinstance(value, Mapping) else f" {value}\n"
        lines += f"{'  ' * depth}{key}:{more}"
    return lines


def _example(group: TargetGroup) -> str:
    """A published figure that is shipped, of everybody."""
    file, name = group.example
    figure = read(names(TARGETS)[file]).data["targets"][name]
    lines = [f"    {key}: {_value(figure[key])}\n" for key in IN_EXAMPLE if key in figure]
    return "".join([lines[0], "    group: alle\n", *lines[1:]])


def _value(value: Any) -> str:
    return _text(" ".join(value.split())) if isinstance(value, str) else f"{value:g}"


def _text(text: str) -> str:
    """A text as YAML, in quotes: whatever is in it, it is a text."""
    return json.dumps(text, ensure_ascii=False)


def _fill(text: Label, language: Language, gaps: Mapping[str, Any]) -> str:
    return Template(text.told(language)).substitute(gaps)
