"""The files of a study of one municipality, from what its tables say: scenarios, published figures, months, README."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from simulation.cli.study import place_texts as texts
from simulation.cli.study.place_talks import extends, few_cases, talks, teams
from simulation.municipal import national
from simulation.municipal.contact import Intervals
from simulation.municipal.modelled import AHEAD, FILLS, SEEN, Group, Modelled, first_week
from simulation.municipal.place import Place, month_text
from simulation.world.labels import Language

SCALES = (1, 2, 5, 10, 20, 50, 100)
MOST_PERSONS = 20_000
"""Simulated in a replication: a run is then of a minute or so."""
FITTED = "Fitted in closed form to the stock"


class Study(NamedTuple):
    """What files are written from. A simulated person stands for `scale` persons."""

    modelled: Modelled
    groups: tuple[Group, ...]
    scale: int
    language: Language
    nation: Place | None = None

    @property
    def weeks(self) -> int:
        """Weeks of the run."""
        return sum(self.modelled.weeks_of)

    @property
    def keys(self) -> list[str]:
        """The groups by name."""
        return [each.key for each in self.groups]

    @property
    def contacts(self) -> dict[str, Intervals | None]:
        """By group how often its talks are, None where they are as usual."""
        return {each.key: each.contact for each in self.groups}

    @property
    def title(self) -> str:
        """Name of the scenario."""
        return f"{self.modelled.place.name}: {'; '.join(map(self.called, self.groups))}"

    def called(self, group: Group) -> str:
        """What a group is called."""
        return group.benefit.name_da if self.language == "da" else group.benefit.name


def study_of(
    modelled: Modelled, groups: Sequence[Group], language: Language, nation: Place | None = None
) -> Study:  # fmt: skip
    """A study of some groups of a place, as large as a run can be."""
    persons = sum(map(sum, (entries(modelled, each) for each in groups)))
    scale = next((each for each in SCALES if persons / each <= MOST_PERSONS), SCALES[-1])
    return Study(modelled, tuple(groups), scale, language, nation)


def entries(modelled: Modelled, group: Group) -> list[float]:
    """Who comes for the first time, by month; in the first half-year the stock that was there."""
    return [float(rate) * weeks for rate, weeks in zip(group.fit.inflow, modelled.weeks_of, strict=True)]


def scenario(study: Study, targets: str, watched: Sequence[str]) -> str:
    """The scenario as YAML. `watched` is what is counted in the register."""
    modelled = study.modelled
    fills, seen = sum(modelled.weeks_of[:FILLS]), sum(modelled.weeks_of[FILLS : FILLS + SEEN])
    reports = ", ".join(modelled.last_week(month) for month in modelled.months[FILLS:])
    of_groups = "\n".join(_source(study, each) for each in study.groups)
    teams, reference = staff(study)
    used = destinations(study)
    return texts.SCENARIO.told(study.language).format(
        title=study.title, name=_text(study.title), place=_text(modelled.place.name), of_groups=of_groups,
        watched=", ".join(watched),
        scale=study.scale, targets=targets, start=first_week(modelled.first), weeks=study.weeks, fills=fills,
        until=fills + seen, first=month_text(modelled.seen[0]), last=month_text(modelled.seen[-1]), reports=reports,
        persons=max(round(sum(totals(study)) / study.scale), 1), exits=_exits(study, study.groups[0], "  "),
        benefits=_benefits(study), extends=extends(study.contacts), teams=teams,
        talks=talks(study.contacts) + few_cases(study.keys, reference),
        jobs=_jobs() if "job" in used else "", work="job" if "job" in used else "fleksjob",
        fitted=_text(f"{FITTED} of {modelled.place.name}, month by month: see months.csv"),
    )  # fmt: skip


def staff(study: Study) -> tuple[str, float]:
    """The teams as YAML, and cases for each full-time caseworker of the municipality."""
    return teams({each.key: each.fit for each in study.groups}, slice(FILLS, FILLS + SEEN), study.scale)


def totals(study: Study) -> list[float]:
    """Persons of each group who come for the first time in the whole run."""
    return [sum(entries(study.modelled, each)) for each in study.groups]


def _blocks(study: Study, group: Group) -> str:
    """Shares of those of a group who come, by the week in which a block begins."""
    of_month = entries(study.modelled, group)
    total, weeks = sum(of_month), study.modelled.weeks_of
    shares = dict(zip([sum(weeks[:number]) for number in range(len(weeks))], of_month, strict=True))
    rounded = {week: round(number / total, 6) for week, number in shares.items()}
    most = max(rounded, key=lambda week: rounded[week])
    rounded[most] = round(rounded[most] + 1 - sum(rounded.values()), 6)
    return _mapping(rounded)


def _source(study: Study, group: Group) -> str:
    """What of a group is its own and what is the nation's, as a comment."""
    fit = group.fit
    whose = texts.OWN if group.own else texts.NATION
    wanted = texts.WANTED[group.wanted.what].told(study.language)
    return "\n".join(
        f"#   {line}" for line in (
            f"{group.key}: {group.source}; {group.persons:.3f} persons each ({group.persons_source})",
            f"  {wanted} {group.wanted.value:.4g}, {whose.told(study.language)}: {group.wanted_source}",
            f"  -> {fit.intensity:.4f} a week, {fit.stay.weeks:.1f} weeks on benefit",
            *own_lines(study, group),
        )
    )  # fmt: skip


def own_lines(study: Study, group: Group) -> list[str]:
    """What of a group is the place's own beside stock and length."""
    found, usual = group.benefit.destinations_source, national.BENEFITS[group.key].destinations_source
    lines = [] if found == usual else [found]
    if group.contact is not None:
        source = group.contact.told(study.modelled.place.beside.talks[group.key].source)
        lines.append(f"{source}: every {group.contact.early} weeks, later every {group.contact.later}")
    return lines


EXITS = ("job", "education", "fleksjob", "foertidspension", "ophoert")
NOBODY = "{value: 0, unit: per week, kind: rule, source: nobody is modelled to go there from this benefit}"


def levels(group: Group) -> dict[str, float]:
    """Weekly intensities by destination, without talks."""
    benefit, (job, other) = group.benefit, group.fit.stay.levels
    elsewhere = {name: other * share / (1 - benefit.work) for name, share in benefit.elsewhere.items()}
    found = {"job": job, **elsewhere, "ophoert": other - sum(elsewhere.values())}
    return {name: level for name, level in found.items() if level > 0}


def destinations(study: Study) -> list[str]:
    """Where anybody of a study leaves to."""
    return [name for name in EXITS if any(name in levels(each) for each in study.groups)]


def _jobs() -> str:
    return texts.JOBS.format(
        hours="{15: 0.1, 30: 0.3, 37: 0.6}", ends=_mapping(national.JOB_ENDS), returns=national.RETURNS,
        ends_source=_text(national.JOB_ENDS_SOURCE), returns_source=_text(national.RETURNS_SOURCE),
    )  # fmt: skip


def _exits(study: Study, group: Group, indent: str) -> str:
    """Where people of a group leave to; the first group of a study has all destinations of it, with 0 for its none."""
    first, there, lines = group is study.groups[0], levels(group), ""
    for name in destinations(study):
        if name not in there:
            lines += f"{indent}{name}: " + (f"{{level: {NOBODY}}}\n" if first else "null\n")
            continue
        lines += level_of(group, name, indent)
        if name == "job" and group.benefit.slope:
            lines += texts.SLOPE.format(indent=indent, slope=group.benefit.slope)
    return lines


def level_of(group: Group, name: str, indent: str, place: str = "") -> str:
    """The level of leaving to one destination as YAML; `place` stands before its source."""
    level = levels(group)[name]
    where = f"{place}{group.wanted_source}; {group.benefit.destinations_source}"
    kind, wide = ("calibrated", 2) if group.own else ("assumed", 4)
    return (f"{indent}{name}:\n{indent}  level: {{value: {level:.6f}, unit: per week, kind: {kind}, "
            f"range: [{level / wide:.6f}, {level * wide:.6f}], page: data file,\n{indent}          "
            f"source: {_text(where)}}}\n")  # fmt: skip


def _benefits(study: Study) -> str:
    lines, persons = "", totals(study)
    for at, group in enumerate(study.groups):
        lines += f"  {group.key}:\n    name: {_text(study.called(group))}\n"
        if at:
            share = persons[at] / sum(persons)
            lines += (f"    share: {{value: {share:.6f}, kind: calibrated, unit: share, source: "
                      f"{_text(FITTED + ': its part of all who come')}}}\n")  # fmt: skip
            lines += f"    exits:\n{_exits(study, group, '      ')}"
        if group.benefit.right:
            lines += texts.RIGHT.format(weeks=group.benefit.right)
        lines += texts.BLOCKS.format(
            source=_text(f"{FITTED} of {study.modelled.place.name}: see months.csv"), blocks=_blocks(study, group))
    return lines


def cases(study: Study) -> float:
    """Simulated persons on benefit at a time in the year that is known."""
    return float(sum(each.fit.point[FILLS : FILLS + SEEN].mean() for each in study.groups)) / study.scale


def targets(study: Study) -> str:
    """Published figures of the year that is known, as the register counts them."""
    modelled = study.modelled
    lines = [texts.TARGETS.told(study.language).format(title=study.title, scale=study.scale)]
    for group in study.groups:
        for month in modelled.seen:
            if (full_time := group.published.get(month)) is None:
                continue
            week = modelled.last_week(month)
            persons = full_time * group.persons / study.scale
            scaled = "" if study.scale == 1 else f" / {study.scale} persons a simulated one"
            lines.append(texts.TARGET.format(
                name=f"{group.key}_{month_text(month).lower()}",
                outcome=f"report_{week.replace('-W', 'w')}_month_persons_{group.key}", figure=f"{persons:.1f}",
                rounding=f"{max(0.5 * group.persons / study.scale, 0.05):.2f}", source=_text(group.source),
                page=month_text(month), definition=_text(
                    f"full-time persons of the month, {full_time:g} × {group.persons:.3f} persons each"
                    f"{scaled} = {persons:.1f} ({group.persons_source})"),
            ))  # fmt: skip
        for month in modelled.seen:
            if (share := group.shares.get(month)) is None:
                continue
            week = modelled.last_week(month)
            lines.append(texts.TARGET.format(
                name=f"{group.key}_long_term_{month_text(month).lower()}",
                outcome=f"report_{week.replace('-W', 'w')}_long_term_{group.key}", figure=f"{share:.4f}",
                rounding="0.005", source=_text(group.share_source), page=month_text(month),
                definition=_text("full-time persons who were unemployed or activated 80 % of the last 12 months, of "
                                 "all full-time persons of the month"),
            ))  # fmt: skip
    return "".join(lines)


def months_table(study: Study) -> str:
    """The arithmetic month by month, as CSV."""
    lines = ["group,period,published_full_time_persons,published_persons,smoothed_persons,model_persons,inflow_a_month,"
             "begun_returns_included,long_term_share_model"]  # fmt: skip
    for group in study.groups:
        path = group.parts.path(study.modelled.months) * group.persons
        for at, month in enumerate(study.modelled.months):
            printed = group.published.get(month) if month <= study.modelled.seen[-1] else None
            told = ["" if printed is None else f"{printed:g}",
                    "" if printed is None else f"{printed * group.persons:.1f}"]  # fmt: skip
            fit = group.fit
            inflow = fit.inflow[at] * study.modelled.weeks_of[at]
            numbers = [f"{value:.1f}" for value in (path[at], fit.persons[at], inflow, fit.begun[at])]
            lines.append(",".join([group.key, month_text(month), *told, *numbers, f"{fit.long_term[at]:.4f}"]))
    return "\n".join(lines) + "\n"


def misses(study: Study) -> dict[str, float]:
    """By group the mean of how far the closed form is from the published stock, as a share of it."""
    found = {}
    for group in study.groups:
        apart = [abs(group.fit.persons[FILLS + k] / (group.published[month] * group.persons) - 1)
                 for k, month in enumerate(study.modelled.seen) if group.published.get(month)]  # fmt: skip
        found[group.key] = sum(apart) / len(apart)
    return found


def ahead(study: Study) -> str:
    """The first and the last month that lie ahead."""
    return f"{month_text(study.modelled.months[-AHEAD])} - {month_text(study.modelled.months[-1])}"


def _mapping(values: dict[int, float]) -> str:
    return "{" + ", ".join(f"{key}: {value:g}" if value >= 1e-4 else f"{key}: {value:.6f}"
                           for key, value in values.items()) + "}"  # fmt: skip


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
