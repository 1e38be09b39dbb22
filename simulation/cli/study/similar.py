"""Similar municipalities in a study (`init --similar NAME`): a table of them, and what-ifs with their exits."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence

from simulation.cli.study.place_files import Study, level_of, levels
from simulation.cli.study.place_texts import fill
from simulation.municipal.modelled import Group, Modelled
from simulation.municipal.place import month_text
from simulation.municipal.similar import Figures, beside
from simulation.world.labels import Label

TABLE = "similar.csv"
HEAD = ("municipality", "group", "full_time_persons", "percent_of_workforce", "change_on_the_year", "long_term_share",
        "weeks_on_benefit", "begun_a_month", "weeks_by")  # fmt: skip
AS_SOON = Label("as soon as in {place}", "lige så hurtigt som i {place}")
OVERLAY = Label(
    """\
# What if people left as soon as in {place}, with as many who come and the same staff?
#
# The exits are those that the same fit finds in {place}. Places differ by who lives there and by their labour market
# more than by their effort: this says what such a difference would come to, not that an effort can bring it about.
{unknown}version: 2
extends: base.yaml
name: {name}
headline: [weeks_on_benefit, exit_job]
{exits}""",
    """\
# Hvad nu, hvis folk forlod ydelsen lige så hurtigt som i {place}, med samme tilgang og samme bemanding?
#
# Afgangen er den, som samme tilpasning finder i {place}. Kommuner er forskellige, fordi deres borgere og arbejdsmarked
# er det, mere end ved deres indsats: her ses, hvad forskellen svarer til, ikke at en indsats kan frembringe den.
{unknown}version: 2
extends: base.yaml
name: {name}
headline: [weeks_on_benefit, exit_job]
{exits}""",
)
SECTION = Label(
    """
## Beside similar municipalities

Means of {first} to {last}; weeks on benefit and who begin a month are of the same fit everywhere (`similar.csv` has
what it goes by). Nothing is controlled for: places differ by who lives there and by their labour market more than by
their effort, and among small ones much is luck.
""",
    """
## Ved siden af sammenlignelige kommuner

Gennemsnit af {first} til {last}; uger på ydelse og antal, der begynder pr. måned, er af samme tilpasning overalt
(`similar.csv` har, hvad den går efter). Der er ikke taget højde for noget: kommuner er forskellige, fordi deres borgere
og arbejdsmarked er det, mere end ved deres indsats, og blandt små er meget tilfældigt.
""",
)
ROWS = Label(
    """
| {group} | full-time persons | % of workforce | change in a year | long-term share | weeks on benefit | begin a month |
|---|---|---|---|---|---|---|
{rows}
""",
    """
| {group} | fuldtidspersoner | % af arbejdsstyrke | ændring på året | langtidsandel | uger på ydelse | nye pr. måned |
|---|---|---|---|---|---|---|
{rows}
""",
)
_ROW = "| {name} | {full_time} | {rate} | {change} | {long_term} | {weeks:.1f}{whose} | {begun:,.0f} |"
ROW = Label(_ROW, _ROW)
NOT_SHOWN = "·"
OF_NATION = Label(" (the nation's)", " (landets)")
UNKNOWN = Label("# The length is not known of {place} and is the NATION'S: {groups}.\n",
                "# Varigheden kendes ikke for {place} og er LANDETS: {groups}.\n")  # fmt: skip


def table(study: Study, others: Sequence[Modelled]) -> str:
    """The comparison as CSV; what is not shown is empty."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(HEAD)
    for each in (row for group in study.groups for row in beside([study.modelled, *others], group.key)):
        rows.writerow([each.name, each.key, _shown(each.full_time, ".1f"), _shown(each.of_workforce, ".2f"),
                       _shown(each.change, ".4f"), _shown(each.long_term, ".4f"), f"{each.weeks:.2f}",
                       f"{each.begun:.1f}", each.wanted_source])  # fmt: skip
    return text.getvalue()


def section(study: Study, others: Sequence[Modelled]) -> str:
    """The comparison in the README."""
    seen = study.modelled.seen
    tables = [
        fill(ROWS, study.language, group=group.benefit.name_da if study.language == "da" else group.benefit.name,
             rows="\n".join(_row(each, study) for each in beside([study.modelled, *others], group.key)))
        for group in study.groups
    ]  # fmt: skip
    return fill(SECTION, study.language, first=month_text(seen[0]), last=month_text(seen[-1])) + "".join(tables)


def overlays(study: Study, others: Sequence[Modelled]) -> dict[str, str]:
    """By file a what-if with the exits of each of the others, in the groups that both have."""
    found = {}
    for other in others:
        theirs = {group.key: group for group in other.groups}
        both = [group.key for group in study.groups if group.key in theirs]
        if both:
            name = f"{study.title}, {AS_SOON.told(study.language, place=other.place.name)}"
            nations = ", ".join(key for key in both if not theirs[key].own)
            unknown = UNKNOWN.told(study.language, place=other.place.name, groups=nations) if nations else ""
            found[file_of(other)] = OVERLAY.told(
                study.language, place=other.place.name, name=json.dumps(name, ensure_ascii=False), unknown=unknown,
                exits=_exits(study, [theirs[key] for key in both], other.place.name),
            )  # fmt: skip
    return found


def file_of(other: Modelled) -> str:
    """as_hoeje_taastrup.yaml."""
    plain = other.place.name.casefold().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    return f"as_{re.sub('[^a-z0-9]+', '_', plain).strip('_')}.yaml"


def _exits(study: Study, groups: Sequence[Group], place: str) -> str:
    """The first group of a study has its exits at the top, the others under their benefit, as in base.yaml."""
    first, lines, below = study.groups[0].key, "", ""
    for group in groups:
        indent = "  " if group.key == first else "      "
        of_group = "".join(level_of(group, name, indent, f"{place}: ") for name in levels(group))
        if group.key == first:
            lines = f"exits:\n{of_group}"
        else:
            below += f"  {group.key}:\n    exits:\n{of_group}"
    return lines + (f"benefits:\n{below}" if below else "")


def _row(each: Figures, study: Study) -> str:
    def told(value: float | None, form: str) -> str:
        return NOT_SHOWN if value is None else fill(Label(f"{{value:{form}}}", f"{{value:{form}}}"), study.language,
                                                    value=value)  # fmt: skip

    return fill(ROW, study.language, name=each.name, full_time=told(each.full_time, ",.0f"),
                rate=told(each.of_workforce, ".1f"), change=told(each.change, "+.0%"),
                long_term=told(each.long_term, ".2f"), weeks=each.weeks, begun=each.begun,
                whose="" if each.own else OF_NATION.told(study.language))  # fmt: skip


def _shown(value: float | None, form: str) -> str:
    return "" if value is None else format(value, form)
