"""What was found of the best design, in sentences of one language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from simulation.experiments.best.found import Found
from simulation.experiments.best.goal import Limit
from simulation.report.heads import cut_to, figure_text, without_common
from simulation.report.sentences import ASSUMED, SIMULATION_ALONE, UNPAIRED, unit_of, what_of
from simulation.report.sweep.worded import level_text
from simulation.report.wording import Wording
from simulation.results.intervals import Estimate
from simulation.results.names import ALLE, Figure
from simulation.scenario.changes import told_apart
from simulation.world.labels import Label, Language

SOUGHT = Label("Sought:", "Søgt:")
LARGEST = Label("the largest of {what}", "størst {what}")
LEAST = Label("the smallest of {what}", "mindst {what}")
ZONE = Label("; a difference below {zone} does not matter", "; en forskel under {zone} er uden betydning")
LIMITS = Label("Limits: {limits}", "Grænser: {limits}")
LIMIT = Label("{what} {sign} {level} ± {tolerance} {unit}", "{what} {sign} {level} ± {tolerance} {unit}")
BEST = Label("The best is {design}: {what} {estimate}.", "Bedst er {design}: {what} {estimate}.")
BEST_KEY = Label("The best is {design}.", "Bedst er {design}.")
NEXT = Label("Nearest to it is {design}, {difference} {unit}.", "Nærmest er {design}, {difference} {unit}.")
WITHIN = Label("That is a difference that does not matter.", "Den forskel er uden betydning.")
ONE_POINT = Label("1 point", "1 procentpoint")
SAME = Label("The same in every replication: {designs}.", "Ens i hver gentagelse: {designs}.")
SURE = Label(
    "With {confidence} % confidence none{keeping} is better by {zone} or more.",
    "Med {confidence} % sikkerhed er ingen{keeping} bedre med {zone} eller mere.",
)
SURE_KEY = Label(
    "With {confidence} % confidence it keeps the limits, and no better one does with the tolerance to spare.",
    "Med {confidence} % sikkerhed holder den grænserne, og ingen bedre gør det med tolerancen i behold.",
)
KEEPING = Label(" that keeps the limits", ", der holder grænserne,")
NONE_KEEPS = Label(
    "No design keeps the limits with the tolerance to spare, with {confidence} % confidence.",
    "Ingen af mulighederne holder grænserne med tolerancen i behold, med {confidence} % sikkerhed.",
)
NONE_KEEPS_IN_MEAN = Label(
    "No design keeps the limits in the mean. The chance that none does with the tolerance to spare is reckoned at "
    "{chance} % at the least; a budget guarantees nothing.",
    "Ingen af mulighederne holder grænserne i gennemsnit. Sandsynligheden for, at ingen gør det med tolerancen i "
    "behold, er beregnet til mindst {chance} %; et budget garanterer intet.",
)
NOT_DECIDED = Label(
    "Not decided with {confidence} % confidence after {most} replications of a design; more may decide (--most).",
    "Ikke afgjort med {confidence} % sikkerhed efter {most} gentagelser af en mulighed; flere kan afgøre det (--most).",
)
FOREMOST = Label("In front is {design}: {what} {estimate}.", "Forrest er {design}: {what} {estimate}.")
CHANCE = Label(
    "The chance that none{keeping} is better by {zone} or more is reckoned at {chance} % at the least; a budget "
    "guarantees nothing.",
    "Sandsynligheden for, at ingen{keeping} er bedre med {zone} eller mere, er beregnet til mindst {chance} %; et "
    "budget garanterer intet.",
)
CHANCE_KEY = Label(
    "The chance that it keeps the limits, and no better one does with the tolerance to spare, is reckoned at {chance} "
    "% at the least; a budget guarantees nothing.",
    "Sandsynligheden for, at den holder grænserne, og ingen bedre gør det med tolerancen i behold, er beregnet til "
    "mindst {chance} %; et budget garanterer intet.",
)
USED = Label(
    "{used} replications; {equal} if every design had as many as the one with the most ({saved} % saved).",
    "{used} gentagelser; {equal}, hvis hver mulighed fik lige så mange som den med flest ({saved} % sparet).",
)
USED_EQUALLY = Label("{used} replications, as many of each design.", "{used} gentagelser, lige mange af hver mulighed.")
LEFT_OUT = Label(
    "Left out, for some replications do not have what is asked for, so nothing is said of them: {designs}.",
    "Udeladt, fordi nogle gentagelser mangler det, der spørges om, så der siges intet om dem: {designs}.",
)
ALL_LEFT_OUT = Label(
    "No design has what is asked for in every replication.",
    "Ingen af mulighederne har det, der spørges om, i hver gentagelse.",
)
BEST_OF = Label("The best of {n} scenarios", "Den bedste af {n} scenarier")
DESIGNS = Label("{n} designs", "{n} muligheder")
OUTCOME_OF_DESIGN = Label("design", "mulighed")
REPLICATIONS, BECAME = Label("replications", "gentagelser"), Label("became", "udfald")
WORDS = {
    "best": Label("best", "bedst"),
    "same": Label("the same", "ens"),
    "dropped": Label("dropped", "udgået"),
    "barred": Label("beyond a limit", "over en grænse"),
    "open": Label("not decided", "ikke afgjort"),
    "unknown": Label("no figure", "intet tal"),
}
IN_FRONT = Label("in front", "forrest")
WORSE, OVER = Label("worse (mean)", "dårligere (gnsn.)"), Label("beyond (mean)", "over (gnsn.)")
"""Of designs within a budget, which drops and bars none."""
WIDEST_DESIGN = 34


@dataclass(frozen=True)
class Telling:
    """The findings in one language."""

    found: Found
    language: Language = "en"

    @cached_property
    def words(self) -> Wording:
        """The words for it."""
        return Wording(self.found.designs.names, self.language)

    def design(self, design: int) -> str:
        """What a design is called: the values of its keys, or as a scenario."""
        values = self.found.designs.values(design)
        if not values:
            return cut_to(self._titles[design], WIDEST_DESIGN)
        return " / ".join(figure_text(self.words, value) for value in values.values())

    @cached_property
    def _titles(self) -> list[str]:
        names = told_apart(self.found.designs.loaded, self.language == "da")
        return without_common(["", *names])[1:]

    def named(self, design: int) -> str:
        """The same within a sentence, with its keys."""
        grid = self.found.designs.grid
        if grid is None:
            return self._titles[design]
        values = self.found.designs.values(design)
        return ", ".join(f"{grid.short[key]} {figure_text(self.words, value)}" for key, value in values.items())

    @property
    def unit(self) -> str:
        """The unit of what is to be best; "" of a key."""
        of = self.found.goal.of
        return self.found.designs.names.unit(of.outcome) if isinstance(of, Figure) else ""

    def what(self, figure: Figure | str) -> str:
        """What an outcome is called in a sentence, and of whom it is."""
        if isinstance(figure, str):
            return figure
        return what_of(self.words, figure, "" if figure.group == ALLE else self.words.whom(figure))

    def head(self, figure: Figure | str) -> str:
        """What an outcome is called above a column."""
        if isinstance(figure, str):
            return figure
        of = "" if figure.group == ALLE else self.words.whom(figure)
        return self.words.figure(figure) + (f" ({of})" if of else "")

    def sought(self) -> str:
        """What is sought, and which difference does not matter."""
        goal = self.found.goal
        text = self.words.say(LEAST if goal.least else LARGEST, what=self.what(goal.of))
        return text + (self.words.say(ZONE, zone=self.zone) if goal.zone else "") + "."

    @property
    def zone(self) -> str:
        """The difference that does not matter, with its unit."""
        text = level_text(self.words, self.unit, self.found.goal.zone)
        if self.unit == "share" and text == "1":
            return self.words.say(ONE_POINT)
        return f"{text} {unit_of(self.words, self.unit, True)}".strip()

    def limits(self) -> str:
        """The limits; "" if there are none."""
        texts = [self._limit(limit) for limit in self.found.goal.limits]
        return self.words.say(LIMITS, limits="; ".join(texts)) + "." if texts else ""

    def _limit(self, limit: Limit) -> str:
        unit = self.found.designs.names.unit(limit.figure.outcome)
        level, tolerance = (level_text(self.words, unit, float(f"{v:.6g}")) for v in (limit.level, limit.tolerance))
        return self.words.say(LIMIT, what=self.what(limit.figure), sign=limit.sign, level=level, tolerance=tolerance,
                              unit=unit_of(self.words, unit))  # fmt: skip

    def answer(self) -> Iterator[str]:
        """The best, how far the next one is, and what is guaranteed of it."""
        found, words, goal, chosen = self.found, self.words, self.found.goal, self.found.chosen
        confidence = words.number("", goal.confidence * 100, digits=_digits(goal.confidence * 100))
        unknown = [self.named(design) for design, fate in enumerate(chosen.fates) if fate.word == "unknown"]
        if len(unknown) == found.designs.count:
            yield words.say(ALL_LEFT_OUT)
            return
        if unknown:
            yield words.say(LEFT_OUT, designs="; ".join(unknown))
        if chosen.best is None:
            if goal.budget is not None:
                yield words.say(NONE_KEEPS_IN_MEAN, chance=self._chance)
            elif chosen.decided:
                yield words.say(NONE_KEEPS, confidence=confidence)
            else:
                yield words.say(NOT_DECIDED, confidence=confidence, most=self.count(goal.most))
            return
        decided = chosen.decided
        if isinstance(goal.of, str):
            yield words.say(BEST_KEY if decided else FOREMOST, design=self.named(chosen.best), what=goal.of,
                            estimate=figure_text(words, found.estimate(chosen.best).value))  # fmt: skip
        else:
            estimate = f"{words.estimate(self.unit, found.estimate(chosen.best))} {unit_of(words, self.unit)}"
            yield words.say(BEST if decided else FOREMOST, design=self.named(chosen.best), what=self.what(goal.of),
                            estimate=estimate)  # fmt: skip
        yield from self._beside()
        if goal.budget is None and decided:
            yield self._guarantee(confidence)
        elif goal.budget is None:
            yield words.say(NOT_DECIDED, confidence=confidence, most=self.count(goal.most))
        else:
            label = CHANCE_KEY if isinstance(goal.of, str) else CHANCE
            yield words.say(label, keeping=self._keeping, zone=self.zone, chance=self._chance)

    @property
    def _chance(self) -> str:
        """The chance of a right choice within a budget, in per cent, rounded down."""
        return self.words.number("", int((self.found.chosen.chance or 0.0) * 1000) / 10)

    def _beside(self) -> Iterator[str]:
        """Which are the same as the best, and which is the nearest of the others."""
        fates = self.found.chosen.fates
        same = [self.named(design) for design, fate in enumerate(fates) if fate.word == "same"]
        if same:
            yield self.words.say(SAME, designs="; ".join(same))
        nearest = self.found.nearest
        if not same and nearest is not None and not isinstance(self.found.goal.of, str):
            e = self.found.behind(nearest)
            yield self.words.say(NEXT, design=self.named(nearest), difference=self.words.estimate(self.unit, e, True),
                                 unit=unit_of(self.words, self.unit, True))  # fmt: skip
            if abs(e.value) < self.found.goal.zone:
                yield self.words.say(WITHIN)

    @property
    def _keeping(self) -> str:
        return self.words.say(KEEPING) if self.found.goal.limits else ""

    def _guarantee(self, confidence: str) -> str:
        label = SURE_KEY if isinstance(self.found.goal.of, str) else SURE
        return self.words.say(label, confidence=confidence, keeping=self._keeping, zone=self.zone)

    def used(self) -> str:
        """How many replications it took, and how many by equal allocation."""
        chosen = self.found.chosen
        if chosen.used == chosen.of_equal:
            return self.words.say(USED_EQUALLY, used=self.count(chosen.used))
        saved = 100 * (1 - chosen.used / chosen.of_equal)
        used, equal = self.count(chosen.used), self.count(chosen.of_equal)
        return self.words.say(USED, used=used, equal=equal, saved=f"{saved:.0f}")

    def count(self, number: int) -> str:
        """A whole number in the manner of the language."""
        return self.words.number("", float(number), digits=0)

    def became(self, design: int) -> str:
        """What became of a design, and by which one it was dropped."""
        word = self.found.chosen.fates[design].word
        if word == "best" and not self.found.chosen.decided:
            return self.words.say(IN_FRONT)
        if word == "open" and self.found.goal.budget is not None:
            return self.words.say(WORSE if self.found.keeps(design) else OVER)
        return self.words.say(WORDS[word])

    def holds(self) -> str:
        """What the intervals hold, and how many numbers are assumed."""
        rows = self.found.designs.loaded[0].parameters()
        assumed = sum(row.get("kind") in (None, "assumed") for row in rows)
        text = f"{self.words.say(SIMULATION_ALONE)}; {self.words.say(ASSUMED, assumed=assumed, numbers=len(rows))}."
        return text[0].upper() + text[1:]

    def minds(self) -> Iterator[str]:
        """What keeps differences from being those of policy alone."""
        if not self.found.designs.same_people:
            yield self.words.say(UNPAIRED)

    def cell(self, unit: str, e: Estimate, whole: bool) -> str:
        """A figure in the table, with its interval if there is room for the `whole`."""
        return self.words.estimate(unit, e) if whole else self.words.alone(unit, e)


def _digits(number: float) -> int:
    return 0 if abs(number - round(number)) < 1e-9 else 1


