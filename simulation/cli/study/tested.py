"""The command `backtest`: how good what a study says of the year ahead would have been a year ago, for every place."""

from __future__ import annotations

import csv
import io
import pathlib
import statistics
from typing import TYPE_CHECKING

import click

from simulation.cli.console import INPUT_WRONG, Failed, say
from simulation.cli.options import lang_option
from simulation.cli.study.place import FILES_OPTION, month_asked, places_in
from simulation.world.labels import Label, Language

if TYPE_CHECKING:
    from simulation.municipal.backtest import Tested

FIRST = Label(
    "{group}: {places} places, each month of {first} to {last} predicted from what was known in {known}.\n"
    "  Intervals: {inside80:.0%} of months within the 80 % interval, {inside95:.0%} within the 95 %; learnt from "
    "{learnt} months.\n"
    "  Typical error: {own:.1%}, as last year {last_year:.1%} (root of the mean square of the log).\n"
    "  Skill against as last year: {skill:+.2f} of all places, {median:+.2f} in the middle place, above 0 in {above} "
    "of {places}.",
    "{group}: {places} steder, hver måned fra {first} til {last} forudsagt ud fra, hvad man vidste i {known}.\n"
    "  Intervaller: {inside80:.0%} af månederne inden for 80 %-intervallet, {inside95:.0%} inden for 95 %; lært af "
    "{learnt} måneder.\n"
    "  Typisk fejl: {own:.1%}, som sidste år {last_year:.1%} (roden af logaritmens middelkvadrat).\n"
    "  Gevinst i forhold til »som sidste år«: {skill:+.2f} for alle steder, {median:+.2f} for det midterste, over 0 i "
    "{above} af {places}.",
)  # fmt: skip
WORSE = Label("  No better than as last year: do not use it to predict.",
              "  Ikke bedre end som sidste år: brug den ikke til at forudsige.")  # fmt: skip
UNSURE = Label(
    "  The intervals are {way} than they say: few years are behind them, and a shock to the whole country hits all "
    "places at once.",
    "  Intervallerne er {way}, end de siger: der er få år bag dem, og et stød til hele landet rammer alle steder på én "
    "gang.",
)  # fmt: skip
WIDER, NARROWER = Label("wider", "bredere"), Label("narrower", "smallere")
LEFT_OUT = Label("  Left out, too few figures: {names}", "  Udeladt, for få tal: {names}")
OFF = 0.05
"""How far coverage may be from what an interval says before it is told."""


@click.command()
@FILES_OPTION
@click.option("--until", default="", metavar="MONTH", help="The last month that is known to the model; default: "
              "thirteen months before the newest, so that a whole year is seen.")  # fmt: skip
@click.option("--out", type=click.Path(path_type=pathlib.Path, dir_okay=False),
              help="CSV to write, a row for each place and month.")  # fmt: skip
@lang_option
def backtest(sources: tuple[pathlib.Path, ...], until: str, out: pathlib.Path | None, lang: Language) -> None:
    """Tell how good the stock of the year ahead would have been predicted a year ago, for every place in the files.

    It is the level times the season, as in a study of a place (`init --from`), held against the same month a year
    before.
    """
    from simulation.municipal.backtest import AHEAD
    from simulation.municipal.backtest import backtest as test
    from simulation.municipal.national import BENEFITS
    from simulation.municipal.place import STOCK, WHOLE_COUNTRY

    if not sources:
        raise Failed("error: --from FILE says which tables it is of", INPUT_WRONG)
    if out is not None and (out.exists() or out.is_symlink()):
        raise Failed(f"error: {out}: this is there already", INPUT_WRONG)
    found = places_in(sources)
    nation = next((each for each in found.values() if each.code == WHOLE_COUNTRY), None)
    tested: dict[str, Tested] = {}
    for key in BENEFITS:
        series = {each.name: (each.code, each.series[STOCK, key].values) for each in found.values()
                  if (STOCK, key) in each.series and each.code != WHOLE_COUNTRY}  # fmt: skip
        if not series or nation is None or (STOCK, key) not in nation.series:
            continue
        newest = max(max(values) for _, values in series.values())
        one = test(series, nation.series[STOCK, key].values, month_asked(until) if until else newest - AHEAD - 1)
        if one.months and one.learnt_from:
            tested[key] = one
    if not tested:
        message = "a stock by month of places and of the whole country is needed, three years before the month and one "
        raise Failed(f"error: {message}year after it (table Y25I01)", INPUT_WRONG)
    say("\n".join(line for key, one in tested.items() for line in told(key, one, lang)))
    if out is not None:
        _write(out, tested)


def told(key: str, tested: Tested, lang: Language) -> list[str]:
    """What is told of a group."""
    from simulation.cli.study.place_texts import fill
    from simulation.municipal.backtest import errors, skill
    from simulation.municipal.place import month_text

    of_places = [skill(months) for months in tested.by_area().values()]
    own, last_year = (error**0.5 for error in errors(tested.months))
    whole, inside = skill(tested.months), {percent: tested.coverage(percent) for percent in (80, 95)}
    first, last = (month_text(each(one.month for one in tested.months)) for each in (min, max))
    lines = [fill(FIRST, lang,
        group=key, places=len(of_places), first=first, last=last,
        known=month_text(min(one.month - one.ahead for one in tested.months)), inside80=inside[80], inside95=inside[95],
        learnt=tested.learnt_from, own=own, last_year=last_year, skill=whole, median=statistics.median(of_places),
        above=sum(each > 0 for each in of_places),
    )]  # fmt: skip
    if whole <= 0:
        lines.append(WORSE.told(lang))
    if abs(inside[80] - 0.8) > OFF:
        lines.append(UNSURE.told(lang, way=WIDER.told(lang) if inside[80] > 0.8 else NARROWER.told(lang)))
    if tested.left_out:
        lines.append(LEFT_OUT.told(lang, names=", ".join(tested.left_out)))
    return lines


def _write(out: pathlib.Path, tested: dict[str, Tested]) -> None:
    from simulation.municipal.backtest import rows

    text = io.StringIO(newline="")
    write = csv.writer(text, lineterminator="\n").writerow
    for at, (key, one) in enumerate(tested.items()):
        heads, *body = rows(one)
        if not at:
            write(["group", *heads])
        for row in body:
            write([key, *row])
    try:
        out.write_text(text.getvalue(), encoding="utf-8", newline="\n")
    except OSError as error:
        raise Failed(f"error: {out}: {error.strerror}", INPUT_WRONG) from None
