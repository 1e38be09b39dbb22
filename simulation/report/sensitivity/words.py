"""What was found of the sensitivity of an answer, in sentences of one language."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from simulation.experiments.sensitivity.found import Found
from simulation.experiments.sensitivity.moved import Moved, beyond
from simulation.experiments.sensitivity.points import Switched
from simulation.experiments.sensitivity.unknowns import FITTED
from simulation.report.heads import figure_text
from simulation.report.rows import NamesOfAll
from simulation.report.sentences import ASSUMED, UNPAIRED, unit_of, what_of
from simulation.report.wording import Wording
from simulation.results.groups import ALLE
from simulation.results.intervals import Estimate
from simulation.results.names import Names
from simulation.results.sobol import LITTLE, Sobol
from simulation.world.labels import Label, Language
from simulation.world.switch import EFFECTS

AS_WRITTEN = Label("As written: {what} {estimate} {unit}.", "Som skrevet: {what} {estimate} {unit}.")
DIFFERENCE = Label(
    "As written the difference in {what} is {estimate} {unit}.",
    "Som skrevet er forskellen i {what} {estimate} {unit}.",
)
HANGS = Label(
    "It hangs most on {name}: from {low} to {high} it goes from {at_low} to {at_high}.",
    "Svaret afhænger mest af {name}: fra {low} til {high} går det fra {at_low} til {at_high}.",
)
HANGS_ON_NONE = Label(
    "No single number moves it by more than luck.", "Intet enkelt tal flytter det ud over det tilfældige."
)
TURNED = Label("{names} alone can turn its sign.", "{names} kan alene vende fortegnet.")
VANISHED = Label(
    "At one end of {names} alone nothing measurable is left.",
    "Ved den ene ende af {names} alene er intet målbart tilbage.",
)
NOT_TURNED = Label("No single number turns its sign.", "Intet enkelt tal vender fortegnet.")
WITHOUT = Label("{without} it would be {estimate}.", "{without} ville det være {estimate}.")
SHARES = Label(
    "Of the variance that all {n} unknowns make {shares}.",
    "I den varians, som alle {n} ukendte giver, {shares}.",
)
SHARE = Label("{name} has a part in {share} % {interval}", "har {name} del i {share} % {interval}")
NEXT_SHARE = Label("{name} in {share} % {interval}", "{name} i {share} % {interval}")
NO_VARIANCE = Label(
    "By all {n} unknowns together it does not vary measurably in {rows} rows; more may tell ({more}).",
    "Ved alle {n} ukendte sammen varierer det ikke målbart i {rows} rækker; flere kan vise det ({more}).",
)
NOT_KNOWN = Label(
    "Whose its variance is cannot be told: at some points of the sample the outcome is not known.",
    "Hvis variansen er, kan ikke siges: i nogle punkter af stikprøven er udfaldet ikke kendt.",
)
TOO_SMALL = Label(
    "{rows} rows are few: shares of variance are known to ± {wide} points ({more} for less)",
    "{rows} rækker er få: variansandele er kendt på ± {wide} procentpoint ({more} for mindre)",
)
TOO_FEW = Label(
    "{rows} rows are too few to tell whose its variance is ({more})",
    "{rows} rækker er for få til at sige, hvis variansen er ({more})",
)
ONE_AT_A_TIME = Label(
    "fitted numbers are moved one at a time here, further than their fit as a whole may go; shares take the fit as it "
    "is",
    "estimerede tal flyttes her ét ad gangen, længere end estimationen som helhed måske tillader; andelene tager den, "
    "som den er",
)
HOLDS = Label("[ ] is simulation error, 95 %", "[ ] er simulationsfejl, 95 %")
FIT = Label("the fit {name} ({n} numbers)", "estimationen {name} ({n} tal)")
GROUP = Label("{name} ({n} numbers)", "{name} ({n} tal)")
OF_KIND = {
    "fitted": Label("what is fitted ({n} numbers)", "det estimerede ({n} tal)"),
    "evidence": Label("evidence ({n} numbers)", "evidensen ({n} tal)"),
    "assumption": Label("what is assumed ({n} numbers)", "det antagne ({n} tal)"),
}
SWITCHES = {
    "displacement": Label("Without displacement", "Uden fortrængning"),
    "frailty": Label("Without unseen differences between ledige", "Uden usete forskelle mellem ledige"),
    "between_jobcentres": Label("Without differences between jobcentres", "Uden forskelle mellem jobcentre"),
    "between_trials": Label("Without differences between trials", "Uden forskelle mellem forsøg"),
    "between_caseworkers": Label("Without differences between caseworkers", "Uden forskelle mellem sagsbehandlere"),
    "between_persons": Label("Without effects differing by person", "Uden virkninger, der varierer mellem personer"),
    "season": Label("Without seasons", "Uden sæson"),
    "absence": Label("Without absence of staff", "Uden fravær blandt medarbejdere"),
    "turnover": Label("Without turnover of staff", "Uden personaleomsætning"),
}
"""Every mechanism whose field declares that it may be left out."""
WITHOUT_EFFECTS = Label("Without effects of {name}", "Uden virkninger af {name}")
WITH = Label("With {name}", "Med {name}")
MOST_SHARES, FEW, MOST_LUCK = 2, 2, 0.5


def short(path: str) -> str:
    """A key without what many begin with."""
    return path.removeprefix("interventions.")


@dataclass(frozen=True)
class Telling:
    """The findings in one language."""

    found: Found
    language: Language = "en"

    @cached_property
    def words(self) -> Wording:
        """The words for it."""
        return Wording(NamesOfAll([Names(each.scenario) for each in self.found.study.loaded]), self.language)

    @property
    def unit(self) -> str:
        """The unit of the answer."""
        return self.found.names.unit(self.found.study.question.of.outcome)

    @property
    def unit_said(self) -> str:
        """The same in a sentence."""
        return unit_of(self.words, self.unit, self.found.signed)

    @property
    def what(self) -> str:
        """What the answer is about."""
        of = self.found.study.question.of
        return what_of(self.words, of, "" if of.group == ALLE else self.words.whom(of))

    @property
    def first(self) -> Moved | None:
        """The number that moves the answer the furthest; None: none does by more than luck."""
        return self.found.tornado.first

    def estimate(self, e: Estimate) -> str:
        """An answer with its interval."""
        return self.words.estimate(self.unit, e, self.found.signed)

    def number(self, value: float) -> str:
        """A number of the input."""
        return figure_text(self.words, float(f"{value:.3g}"))

    def range(self, moved: Moved) -> str:
        """Both ends of a number."""
        return f"{self.number(moved.bar.low)} – {self.number(moved.bar.high)}"

    def unknown(self, k: int) -> str:
        """What an unknown is called."""
        unknown, by = self.found.study.unknowns[k], self.found.study.question.by
        n = len(unknown.numbers)
        if by == "kind":
            return self.words.say(OF_KIND[unknown.name], n=n)
        if any(unknown.fitted):
            return self.words.say(FIT, name=unknown.name, n=n)
        return short(unknown.name) if by == "value" else self.words.say(GROUP, name=short(unknown.name), n=n)

    def switch(self, switched: Switched) -> str:
        """What a scenario is like that a mechanism was left out of, or a key was set in."""
        if switched.asked:
            return self.words.say(WITH, name=switched.name)
        if switched.name in SWITCHES:
            return self.words.say(SWITCHES[switched.name])
        name = self.words.intervention(switched.name.removeprefix(f"{EFFECTS}."))
        return self.words.say(WITHOUT_EFFECTS, name=f"{name[:1].lower()}{name[1:]}")

    def answer(self) -> Iterator[str]:
        """The answer, on what it hangs most, whether that turns it, and whose its variance is."""
        found, words = self.found, self.words
        at = found.answer_at_point
        yield words.say(DIFFERENCE if found.compared else AS_WRITTEN, what=self.what, estimate=self.estimate(at),
                        unit=self.unit_said)  # fmt: skip
        first = self.first
        if first is None:
            yield words.say(HANGS_ON_NONE)
        else:
            ends = [self.estimate(self.found.tornado.level(e)) for e in first.ends]
            yield words.say(HANGS, name=short(first.bar.name), low=self.number(first.bar.low),
                            high=self.number(first.bar.high), at_low=ends[0], at_high=ends[1])  # fmt: skip
        yield from self._sign()
        yield from self._without()
        yield from self._variance()

    def _sign(self) -> Iterator[str]:
        found = self.found
        if not found.tornado.has_sign:
            return
        for label, moving in ((TURNED, found.tornado.turning), (VANISHED, found.tornado.vanishing)):
            if moving:
                more = f" (+{len(moving) - FEW})" if len(moving) > FEW else ""
                yield self.words.say(label, names=", ".join(short(moved.bar.name) for moved in moving[:FEW]) + more)
        if not found.tornado.turning:
            yield self.words.say(NOT_TURNED)

    def _without(self) -> Iterator[str]:
        both = zip(self.found.study.switched, self.found.switches, strict=True)
        moving = [(switched, e) for switched, e in both if beyond(e)]
        if moving:
            switched, e = max(moving, key=lambda each: abs(each[1].value))
            estimate = self.estimate(self.found.tornado.level(e))
            yield self.words.say(WITHOUT, without=self.switch(switched), estimate=estimate)

    def _variance(self) -> Iterator[str]:
        s, n = self.found.indices, len(self.found.study.unknowns)
        if s is None:
            if self.found.study.question.samples:
                yield self.words.say(NOT_KNOWN)
            return
        if not s.known:
            yield self.words.say(NO_VARIANCE, n=n, rows=s.rows, more=self.more(s))
            return
        if not s.usable:
            return
        shares = []
        telling = [k for k in self.found.order[:MOST_SHARES] if k == self.found.order[0] or s.total.low[k] > LITTLE]
        for place, k in enumerate(telling):
            label = NEXT_SHARE if place else SHARE
            interval = self.words.span("share", s.total.low[k], s.total.high[k])
            shares.append(self.words.say(label, share=self.percent(s.total.value[k]), interval=interval,
                                         name=self.unknown(k)))  # fmt: skip
        yield self.words.say(SHARES, n=n, shares=", ".join(shares))

    def more(self, s: Sobol) -> str:
        """What would tell more: replications of each point where luck is most of its variance, else rows."""
        return f"--each {4 * self.found.study.question.each}" if s.luck > MOST_LUCK else f"--samples {4 * s.rows}"

    def percent(self, share: float) -> str:
        """A share in whole per cent."""
        return "–" if math.isnan(share) else self.words.number("", 100 * share, digits=0)

    def minds(self) -> Iterator[str]:
        """What is to be minded: too small a sample, other people."""
        s = self.found.indices
        if s is not None and s.known and not s.usable:
            yield self.words.say(TOO_FEW, rows=s.rows, more=self.more(s))
        elif s is not None and s.usable and s.wide.any():
            widest = float(((s.total.high - s.total.low) / 2).max())
            yield self.words.say(TOO_SMALL, rows=s.rows, wide=self.percent(widest), more=self.more(s))
        if self.first is not None and self.first.bar.kind == FITTED:
            yield self.words.say(ONE_AT_A_TIME)
        if self.found.compared and not self.found.same_people:
            yield self.words.say(UNPAIRED)

    def holds(self) -> str:
        """What the intervals hold, and how many numbers are assumed."""
        rows = self.found.study.loaded[-1].parameters()
        assumed = sum(row.get("kind") in (None, "assumed") for row in rows)
        return f"{self.words.say(HOLDS)}; {self.words.say(ASSUMED, assumed=assumed, numbers=len(rows))}."
