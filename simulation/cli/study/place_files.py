"""The files of a study of one municipality, from what its tables say: scenarios, published figures, months, README."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import NamedTuple

from simulation.cli.study import place_texts as texts
from simulation.municipal import national
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
    def title(self) -> str:
        """Name of the scenario."""
        names = [each.benefit.name_da if self.language == "da" else each.benefit.name for each in self.groups]
        return f"{self.modelled.place.name}: {', '.join(names)}"


def study_of(
    modelled: Modelled, groups: Sequence[Group], language: Language, nation: Place | None = None
) -> Study:  # fmt: skip
    """A study of some groups of a place, as large as a run can be."""
    persons = sum(map(sum, (entries(modelled, each) for each in groups)))
    scale = next((each for each in SCALES if persons / each <= MOST_PERSONS), SCALES[-1])
    return Study(modelled, tuple(groups), scale, language, nation)


def entries(modelled: Modelled, group: Group) -> list[float]:
    """Who comes for the first time, by block: the stock that was there, and each month."""
    inflow = [float(rate) * weeks for rate, weeks in zip(group.fit.inflow, modelled.weeks_of, strict=True)]
    return [group.fit.pulse, *inflow]


def scenario(study: Study, targets: str, watched: Sequence[str]) -> str:
    """The scenario as YAML. `watched` is what is counted in the register."""
    modelled, main = study.modelled, study.groups[0]
    fills, seen = sum(modelled.weeks_of[:FILLS]), sum(modelled.weeks_of[FILLS : FILLS + SEEN])
    blocks, persons = _blocks(study)
    reports = ", ".join(modelled.last_week(month) for month in modelled.months[FILLS:])
    of_groups = "\n".join(_source(study, each) for each in study.groups)
    return texts.SCENARIO.told(study.language).format(
        title=study.title, name=_text(study.title), place=_text(modelled.place.name), of_groups=of_groups,
        watched=", ".join(watched),
        scale=study.scale, targets=targets, start=first_week(modelled.first), weeks=study.weeks, fills=fills,
        until=fills + seen, first=month_text(modelled.seen[0]), last=month_text(modelled.seen[-1]), reports=reports,
        persons=persons, blocks=blocks, staff=_staff(study), exits=_exits(main, "  "), benefits=_benefits(study),
        talks="".join(_talks(each) for each in study.groups), caseload=_text(national.CASELOAD_SOURCE),
        hours="{15: 0.1, 30: 0.3, 37: 0.6}", ends=_mapping(national.JOB_ENDS), returns=national.RETURNS,
        ends_source=_text(national.JOB_ENDS_SOURCE), returns_source=_text(national.RETURNS_SOURCE),
        fitted=_text(f"{FITTED} of {modelled.place.name}, month by month: see months.csv"),
    )  # fmt: skip


def _blocks(study: Study) -> tuple[str, int]:
    """Shares of those who come by the week in which a block begins, and how many come in all."""
    by_block = [sum(each) for each in zip(*(entries(study.modelled, one) for one in study.groups), strict=True)]
    total = sum(by_block)
    pulse, first, *later = by_block
    weeks = study.modelled.weeks_of
    shares = {0: pulse + first / weeks[0], 1: first * (1 - 1 / weeks[0])}
    begin = weeks[0]
    for number, of_month in zip(weeks[1:], later, strict=True):
        shares[begin] = of_month
        begin += number
    rounded = {week: round(number / total, 6) for week, number in shares.items()}
    most = max(rounded, key=lambda week: rounded[week])
    rounded[most] = round(rounded[most] + 1 - sum(rounded.values()), 6)
    return _mapping(rounded), max(round(total / study.scale), 1)


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
            *own_lines(group),
        )
    )  # fmt: skip


def own_lines(group: Group) -> list[str]:
    """What of a group is the place's own beside stock and length."""
    nation, own = national.BENEFITS[group.key], group.benefit
    return [told for told, usual in ((own.destinations_source, nation.destinations_source),
                                     (own.talks_source, nation.talks_source)) if told != usual]  # fmt: skip


def _exits(group: Group, indent: str) -> str:
    benefit, (job, other) = group.benefit, group.fit.stay.levels
    education = other * benefit.education / (1 - benefit.work)
    where = f"{group.wanted_source}; {benefit.destinations_source}"
    lines = ""
    for name, level in (("job", job), ("education", education), ("ophoert", other - education)):
        lines += (f"{indent}{name}:\n{indent}  level: {{value: {level:.6f}, unit: per week, kind: calibrated, "
                  f"range: [{level / 2:.6f}, {level * 2:.6f}], page: data file,\n{indent}          "
                  f"source: {_text(where)}}}\n")  # fmt: skip
    return lines


def _benefits(study: Study) -> str:
    lines = ""
    totals = [sum(entries(study.modelled, each)) for each in study.groups]
    for at, group in enumerate(study.groups):
        lines += f"  {group.key}:\n"
        if at:
            share = totals[at] / sum(totals)
            lines += (f"    share: {{value: {share:.6f}, kind: calibrated, unit: share, source: "
                      f"{_text(FITTED + ': its part of all who come')}}}\n")  # fmt: skip
            lines += f"    exits:\n{_exits(group, '      ')}"
        if group.benefit.right:
            lines += texts.RIGHT.format(weeks=group.benefit.right)
        if not at and not group.benefit.right:
            lines = lines.rstrip("\n") + " {}\n"
    return lines


def _talks(group: Group) -> str:
    every, later, fitted = group.benefit.talks, group.benefit.later, group.contact
    return texts.TALKS.format(
        group=group.key, every=every, later=later, until=group.benefit.first_talks_until,
        source=_text(group.benefit.talks_source), dose=group.benefit.dose,
        longest=max(6, every), least=min(4, later), most=max(26, later), kind="calibrated" if fitted else "assumed",
        kind_later="calibrated" if fitted and fitted.later else "assumed",
    )  # fmt: skip


def what_if(study: Study) -> str:
    """A what-if: talks every other week."""
    return texts.WHAT_IF.told(study.language).format(
        name=_text(f"{study.title}, {texts.TWICE.told(study.language)}"),
        plans="".join(texts.TWICE_AS_OFTEN.format(group=each.key, later=each.benefit.later) for each in study.groups),
    )  # fmt: skip


def cases(study: Study) -> float:
    """Simulated persons on benefit at a time in the year that is known."""
    return float(sum(each.fit.point[FILLS : FILLS + SEEN].mean() for each in study.groups)) / study.scale


def _staff(study: Study) -> str:
    return f"{max(math.ceil(4 * cases(study) / national.CASELOAD) / 4, 0.25):g}"


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
