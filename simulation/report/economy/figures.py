"""Who pays and who gains as pictures: net by payer and year, costs beside work, what is best at each value of work, and
what knowing one thing is worth."""

from __future__ import annotations

import math
import pathlib
from collections.abc import Iterator

import numpy as np
from matplotlib.patches import Patch

from simulation.economy.cba.found import Account, Assessed, Sure
from simulation.report.economy.hanging import lines_beside, tornado_picture
from simulation.report.economy.labels import ACCOUNT
from simulation.report.economy.money import scale_of, short
from simulation.report.economy.words import Telling
from simulation.report.figures.drawing import COLOURS, Album, Picture, in_style
from simulation.report.figures.looks import in_manner, looks
from simulation.world.labels import Label, Language

WIDE, HIGH, OF_BAR = 7.6, 3.4, 0.34
"""Inches: a picture, a panel, a bar that lies."""
SHOWN: tuple[Account, ...] = ("stat", "kommune", "borger", "society")
GREYS = ("#8CBCE0", "#B33C00", "#E0C48C", "#767676")
"""Told apart in grey as well."""
MOST_POINTS = 400
ALL_YEARS = Label("all years", "alle år")
GAIN = Label("gain, {unit} of {year}", "gevinst, {unit} i {year}-priser")
NET = Label("{name}: net by payer and year", "{name}: netto efter betaler og år")
NET_CAPTION = Label("What each gains over {base}, below 0 what it pays more",
                    "Hvad hver vinder over {base}, under 0 hvad den betaler mere")  # fmt: skip
NET_BAND = Label("Line: simulation error, 95 %", "Streg: simulationsfejl, 95 %")
WORK = Label("full-time years of work more", "flere årsværk i arbejde")
COST = Label("cost, {unit} of {year}", "omkostning, {unit} i {year}-priser")
PLANE = Label("Cost for {who} and work over {draws} draws",
              "Omkostning for {who} og arbejde over {draws} trækninger")  # fmt: skip
PLANE_CAPTION = Label("Each point a draw of all that is unsure, against {base}; the cross is the mean",
                      "Hvert punkt er en trækning af alt usikkert, mod {base}; krydset er gennemsnittet")  # fmt: skip
PLANE_BAND = Label("Luck is taken out of the points", "Tilfældigheder er taget ud af punkterne")
CURVES = Label("What is best at each value of a year of work", "Hvad der er bedst for hver værdi af et årsværk")
CURVES_CAPTION = Label(
    "In how many of {draws} draws each is the best; dots: what has the largest mean (the frontier)",
    "I hvor mange af {draws} trækninger hver er den bedste; prikker: den med det største gennemsnit (fronten)",
)
CURVES_BAND = Label("Band: by the number of draws and luck, 95 %",
                    "Bånd: antallet af trækninger og tilfældigheder, 95 %")  # fmt: skip
VALUE = Label("value of a full-time year of work, thousand kr", "værdi af et årsværk i arbejde, t.kr.")
SHARE = Label("best in % of draws", "bedst i % af trækningerne")
FRONTIER = Label("the frontier", "fronten")
KNOWING = Label("What knowing one number is worth", "Hvad det er værd at kende ét tal")
KNOWING_CAPTION = Label("The {n} numbers that go most with the gain; for the {persons} persons of the run",
                        "De {n} tal, der følger gevinsten mest; for kørslens {persons} personer")  # fmt: skip
KNOWING_BAND = Label("Line: by the number of draws, the regression and luck, 95 %",
                     "Streg: antallet af trækninger, regressionen og tilfældigheder, 95 %")  # fmt: skip
WORTH = Label("worth, {unit}", "værdi, {unit}")
EVERYTHING = Label("everything", "alt")


def draw_cba(assessed: Assessed, folder: pathlib.Path, made_by: str, language: Language = "en") -> None:
    """Put all pictures into a folder, with their captions."""
    album = Album(folder, made_by)
    for name, picture in cba_pictures(assessed, language):
        album.add(picture, name)
    album.close()


def cba_pictures(assessed: Assessed, language: Language = "en") -> Iterator[tuple[str, Picture]]:
    """Each by the name of its file."""
    telling = Telling(assessed, language)
    for number in range(len(assessed.against)):
        yield "net" if len(assessed.against) == 1 else f"net{number + 1}", net_picture(telling, number)
    if assessed.sure is not None:
        yield "plane", _plane(telling, assessed.sure)
        yield "acceptability", _curves(telling, assessed.sure)
        if any(each.known for each in assessed.sure.partly.values()):
            yield "knowing", _knowing(telling, assessed.sure)
    for number in range(len(assessed.tornadoes)):
        yield "tornado" if len(assessed.tornadoes) == 1 else f"tornado{number + 1}", tornado_picture(telling, number)


def net_picture(telling: Telling, number: int) -> Picture:
    """Bars by payer for each calendar year, and for all of them."""
    assessed, words = telling.assessed, telling.words
    each, years = assessed.against[number], [*map(str, assessed.years), words.say(ALL_YEARS)]
    scale, unit = scale_of(abs(part.value) for account in SHOWN for part in each.net[account])
    wide = 0.8 / len(SHOWN)
    with in_style():
        picture = Picture(WIDE, HIGH)
        panel = picture.subplots()
        for place, account in enumerate(SHOWN):
            at = np.arange(len(years)) + (place - (len(SHOWN) - 1) / 2) * wide
            parts = each.net[account]
            panel.bar(at, [part.value / scale for part in parts], 0.9 * wide, color=GREYS[place], lw=0)
            for x, part in zip(at.tolist(), parts, strict=True):
                if not math.isnan(part.low) and part.low != part.high:
                    panel.plot([x, x], [part.low / scale, part.high / scale], color="0.1", lw=1.0)
        panel.axhline(0, color="0.3", lw=0.9)
        panel.axvline(len(years) - 1.5, color="0.8", lw=0.9)
        panel.set_xticks(range(len(years)), years)
        panel.grid(axis="x", visible=False)
        panel.set_ylabel(words.say(GAIN, unit=words.say(unit), year=assessed.plan.price_year))
        in_manner(panel, telling.language, x=False)
        entries = {words.say(ACCOUNT[account]): Patch(color=colour)
                   for account, colour in zip(SHOWN, GREYS, strict=True)}  # fmt: skip
        title = words.say(NET, name=telling.names[number + 1])
        return picture.finish(title, words.say(NET_CAPTION, base=telling.names[0]), words.say(NET_BAND), entries)


def _plane(telling: Telling, sure: Sure) -> Picture:
    """Work and cost of every draw, against the base."""
    assessed, words = telling.assessed, telling.words
    apart = [sure.plane.apart(option, 0).values for option in range(1, sure.plane.options)]
    scale, unit = scale_of(float(np.abs(each[:, 1]).max()) for each in apart)
    with in_style():
        picture = Picture(WIDE, HIGH + 0.6)
        panel = picture.subplots()
        entries = {}
        for number, each in enumerate(apart):
            colour, marker = COLOURS[number % len(COLOURS)], "osD^vP"[number % 6]
            xs, ys = each[:MOST_POINTS, 0], each[:MOST_POINTS, 1] / scale
            entries[telling.names[number + 1]] = panel.scatter(
                xs, ys, s=14, color=colour, alpha=0.45, lw=0, marker=marker
            )
            panel.plot(each[:, 0].mean(), each[:, 1].mean() / scale, "X", ms=10, color=colour, mec="black", zorder=4)
        for line in (panel.axhline, panel.axvline):
            line(0, color="0.3", lw=0.9)
        panel.set_xlabel(words.say(WORK))
        panel.set_ylabel(words.say(COST, unit=words.say(unit), year=assessed.plan.price_year))
        in_manner(panel, telling.language)
        title = words.say(PLANE, who=telling.who(sure.account), draws=telling.count(assessed.plan.number_of_draws))
        return picture.finish(title, words.say(PLANE_CAPTION, base=telling.names[0]), words.say(PLANE_BAND), entries)


def _curves(telling: Telling, sure: Sure) -> Picture:
    """How often each option is the best, at each value of a year of work."""
    words, curves = telling.words, sure.curves
    values = curves.values / 1000
    with in_style():
        picture = Picture(WIDE, HIGH)
        panel = picture.subplots()
        entries = {}
        for option, (name, look) in enumerate(zip(telling.names, looks(len(telling.names)), strict=True)):
            parts = np.array([row[option] for row in curves.acceptability]) * 100
            panel.fill_between(values, parts[:, 1], parts[:, 2], color=look.colour, alpha=0.15, lw=0)
            panel.plot(values, parts[:, 0], **look.how(len(values), len(telling.names)))
            entries[name] = look.handle()
        frontier = [100 * part.value for part in curves.frontier]
        entries[words.say(FRONTIER)] = panel.plot(values, frontier, ".", color="black", ms=7, zorder=5)[0]
        panel.set_ylim(0, 100)
        panel.set_xlabel(words.say(VALUE))
        panel.set_ylabel(words.say(SHARE))
        in_manner(panel, telling.language)
        caption = words.say(CURVES_CAPTION, draws=telling.count(telling.assessed.plan.number_of_draws))
        return picture.finish(words.say(CURVES), caption, words.say(CURVES_BAND), entries)


def _knowing(telling: Telling, sure: Sure) -> Picture:
    """Bars of what knowing one number is worth, the most at the top, and everything above them."""
    words = telling.words
    known = {short(name): each.value for name, each in sure.partly.items() if each.known}
    rows = {words.say(EVERYTHING): sure.perfect.value, **known}
    scale, unit = scale_of(max(abs(part.value), 0 if math.isnan(part.high) else part.high) for part in rows.values())
    with in_style():
        picture = Picture(WIDE, 0.8 + OF_BAR * len(rows))
        panel = picture.subplots()
        for place, part in enumerate(rows.values()):
            panel.barh(place, part.value / scale, 0.7, color=COLOURS[0] if place else "0.45", lw=0)
            if not math.isnan(part.low) and not math.isnan(part.high):
                panel.plot([part.low / scale, part.high / scale], [place, place], color="black", lw=0.9)
        panel.set_yticks(range(len(rows)), ["\n".join(lines_beside(picture, name)) for name in rows], fontsize=8)
        panel.set_ylim(len(rows) - 0.5, -0.5)
        panel.grid(axis="y", visible=False)
        panel.set_xlabel(words.say(WORTH, unit=words.say(unit)))
        in_manner(panel, telling.language, y=False)
        caption = words.say(KNOWING_CAPTION, n=len(known), persons=telling.count(telling.assessed.persons))
        return picture.finish(words.say(KNOWING), caption, words.say(KNOWING_BAND))
