"""What rehearsals of a trial found, in sentences of one language, the most important ones first."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from simulation.experiments.trial.found import Needed
from simulation.report.sentences import ASSUMED
from simulation.report.trial.labels import LOTS
from simulation.report.trial.numbers import Numbers, apart_from, known, measured
from simulation.report.trial.places import several
from simulation.report.trial.why import why
from simulation.results.trial.operating import Interval, Operating, Test
from simulation.world.labels import Label

ALPHA, WANTED = 0.05, 0.8
"""The level at which tests are made, and the power that is asked for."""
MATTERS = 0.1
"""Bias from here on is told, as a part of the standard deviation of estimates."""
APART = 4.0
"""A size beyond those rehearsed is told if the upper end of its interval is at most so many times the lower one."""
ASKED = Label(
    "{treated} against {control}, {lots}; {what}, {how}.", "{treated} mod {control}, {lots}; {what}, {how}."
)
POWER = Label("The trial finds the effect in {power} of rehearsals (power).",
              "Forsøget finder effekten i {power} af gennemspilningerne (styrke).")  # fmt: skip
POWER_AND_SIZE = Label(
    "The trial finds the effect in {power} of rehearsals (power), and one where there is none in {size} (size).",
    "Forsøget finder effekten i {power} af gennemspilningerne (styrke), og en, hvor der ingen er, i {size} (type "
    "I-fejl).",
)
NOT_TRUSTED = Label(
    "That is more than the 5 % that the test promises: its power is not to be trusted.",
    "Det er mere end de 5 %, testen lover: dens styrke er ikke til at stole på.",
)
SMALLEST = Label("An effect of {effect} is found in 80 %.", "En effekt på {effect} findes i 80 %.")
SMALLEST_RATIO = Label("A hazard ratio of {ratio} is found in 80 %.", "En hazard ratio på {ratio} findes i 80 %.")
NEEDED = {
    "persons": Label("80 % power takes {number} persons.", "80 % styrke kræver {number} personer."),
    "jobcentres": Label("80 % power takes {number} jobcentres.", "80 % styrke kræver {number} jobcentre."),
}
BEYOND = {
    "persons": Label("80 % power takes about {number} persons (beyond the sizes rehearsed).",
                     "80 % styrke kræver omkring {number} personer (uden for det gennemspillede)."),
    "jobcentres": Label("80 % power takes about {number} jobcentres (beyond the numbers rehearsed).",
                        "80 % styrke kræver omkring {number} jobcentre (uden for det gennemspillede)."),
}  # fmt: skip
UNCLEAR = {
    "persons": Label("How many persons 80 % power takes, these rehearsals do not tell.",
                     "Hvor mange personer 80 % styrke kræver, kan gennemspilningerne ikke vise."),
    "jobcentres": Label("How many jobcentres 80 % power takes, these rehearsals do not tell.",
                        "Hvor mange jobcentre 80 % styrke kræver, kan gennemspilningerne ikke vise."),
}  # fmt: skip
NEVER = {
    "persons": Label("Power does not rise to 80 % with more persons.",
                     "Flere personer bringer ikke styrken op på 80 %."),
    "jobcentres": Label("Power does not rise to 80 % with more jobcentres.",
                        "Flere jobcentre bringer ikke styrken op på 80 %."),
}  # fmt: skip
ASK_SIZES = Label(
    "More sizes tell what 80 % takes (--n, --jobcentres).",
    "Flere størrelser viser, hvad 80 % kræver (--n, --jobcentres).",
)
ITT = Label("By lot {effect}", "Efter lodtrækning {effect}")
ROLL_OUT = Label("everybody against nobody {effect}", "alle mod ingen {effect}")
GAP_LESS, GAP_MORE = Label("{gap} less", "{gap} mindre"), Label("{gap} more", "{gap} mere")
NO_GAP = Label("no measurable gap ({gap})", "ingen målbar forskel ({gap})")
UNTREATED = Label("those not treated {effect}", "de ubehandlede {effect}")
OFF = Label("Estimates are off by {bias} on average (bias).",
            "Estimaterne rammer i gennemsnit {bias} forkert (skævhed).")  # fmt: skip
NOT_COVERED = Label(
    "The 95 % intervals hold the truth in {coverage}.", "95 %-intervallerne indeholder sandheden i {coverage}."
)
NAIVE = Label(
    "With errors as if persons were drawn singly it would claim an effect where there is none in {size}.",
    "Med fejl, som om personer var trukket enkeltvis, ville det påstå en effekt, hvor ingen er, i {size}.",
)
REGISTERED = Label(
    "Where the lots differ in registration alone it claims an effect in {size}: that is bias.",
    "Hvor lodderne kun er forskellige i registreringen, påstår det en effekt i {size}: det er skævhed.",
)
TOO_LARGE = Label(
    "A significant estimate is {times} times too large on average{wrong}.",
    "Et signifikant estimat er i gennemsnit {times} gange for stort{wrong}.",
)
WRONG_SIGN = Label(", and has the wrong sign in {share}", " og har forkert fortegn i {share}")
ASSURANCE = Label(
    "By what the evidence says the trial succeeds in {success}, in the right direction in {right} (assurance).",
    "Efter det, evidensen siger, lykkes forsøget i {success}, i den rigtige retning i {right} (assurance).",
)
STOPPED = Label("It stops early in {share}.", "Det stopper før tid i {share}.")
TAKEN_UP = Label(
    "Recorded as treated are {treated} of those drawn, and {control} of the controls.",
    "Registreret som behandlede er {treated} af de udtrukne og {control} af kontrollerne.",
)
NOT_ALL = Label("{in_data} of {recruited} persons are in the data.", "{in_data} af {recruited} personer er i data.")
MEASURED = Label("{in_data} of the {persons} are in the data, as enrolled in the weeks that are measured.",
                 "{in_data} af de {persons} er i data: dem, der indskrives i de uger, der måles.")  # fmt: skip
HOLDS = Label("[ ] is simulation error, 95 %", "[ ] er simulationsfejl, 95 %")
POINT = Label("effect taken as known", "effekten er taget som kendt")
DRAWN = Label("assurance over {draws} draws", "assurance over {draws} trækninger")


class Telling(Numbers):
    """The sentences of the first screen."""

    def asked(self) -> str:
        """What is tried, how lots are drawn, and what the primary analysis is."""
        trial, primary = self.rehearsed.trial, self.rehearsed.primary
        arms = {"treated": self.words.arm(trial.treated), "control": self.words.arm(trial.control)}
        lots = self.words.say(LOTS[trial.lots])
        text = self.words.say(ASKED, **arms, lots=lots, what=self.what(primary.outcome), how=self.how(primary))
        return text[0].upper() + text[1:]

    def answer(self) -> Iterator[str]:
        """Power and size, the chance by the evidence, and the reason where they say little; the smallest effect and the
        size that is needed; then what is out of order."""
        chief, words = self.chief, self.words
        power, size = self.share(chief.power), None if chief.type_i is None else self.share(chief.type_i)
        yield words.say(POWER, power=power) if size is None else words.say(POWER_AND_SIZE, power=power, size=size)
        if chief.type_i is not None and chief.type_i.low > ALPHA:
            yield words.say(NOT_TRUSTED)
        yield from self.assured()
        if (blamed := registered_apart(chief)) is not None:
            yield words.say(REGISTERED, size=self.share(blamed))
        yield from why(self)
        naive = self.naive()
        if naive is not None and naive.type_i is not None and naive.type_i.low > ALPHA:
            yield words.say(NAIVE, size=self.share(naive.type_i))
        of_size = [*self.needed(), *self.smallest()]
        yield from of_size if self.rehearsed.needed is not None else of_size[::-1]
        yield from self.out_of_order()
        yield from self.course()
        yield from several(self)

    def smallest(self) -> Iterator[str]:
        """The smallest effect that is found in 80 %."""
        smallest, primary = self.chief.smallest, self.rehearsed.primary
        if smallest is None or not known(smallest):
            return
        if primary.measure == "difference":
            yield self.words.say(SMALLEST, effect=self.effect(primary, smallest, signed=False))
        else:
            yield self.words.say(SMALLEST_RATIO, ratio=self.ratio(smallest))

    def needed(self) -> Iterator[str]:
        """How large the trial must be."""
        needed = self.rehearsed.needed
        if needed is None:
            if self.chief.power.high < WANTED:
                yield self.words.say(ASK_SIZES)
        elif np.isnan(needed.interval[:3]).all():
            yield self.words.say(NEVER[needed.by])
        elif not needed.within and not needed.interval.high <= APART * needed.interval.low:
            yield self.words.say(UNCLEAR[needed.by])
        else:
            yield self.words.say((NEEDED if needed.within else BEYOND)[needed.by], number=self._number(needed))

    def _number(self, needed: Needed) -> str:
        """With its interval; beyond what was rehearsed no more than two digits."""
        return self.counted(needed.interval) if needed.within else self.count(float(f"{needed.interval.value:.2g}"))

    def truths(self) -> str:
        """The three effects of the primary outcome that are true in the model, and the gap."""
        truths, outcome, words = self.rehearsed.truths, self.rehearsed.primary.outcome, self.words
        told = [words.say(ITT, effect=self.shown(outcome, truths.itt))]
        if known(truths.roll_out):
            roll_out = words.say(ROLL_OUT, effect=self.bare(truths.roll_out))
            told.append(roll_out if truths.gap is None else f"{roll_out}, {self.gap(truths.gap)}")
        if known(truths.untreated):
            told.append(words.say(UNTREATED, effect=self.bare(truths.untreated)))
        return f"{'; '.join(told)}."

    def bare(self, interval: Interval, signed: bool = True) -> str:
        """A difference in the primary outcome, without its unit."""
        return self.cell(Test(self.rehearsed.primary.outcome, "difference", "individual"), interval, signed, whole=True)

    def gap(self, gap: Interval) -> str:
        """How far roll-out is from what the trial shows."""
        if not apart_from(gap, 0) and not math.isnan(gap.low):
            return self.words.say(NO_GAP, gap=self.bare(gap))
        turned = gap if gap.value > 0 else Interval(-gap.value, -gap.high, -gap.low, gap.of)
        return self.words.say(GAP_MORE if gap.value > 0 else GAP_LESS, gap=self.bare(turned, signed=False))

    def out_of_order(self) -> Iterator[str]:
        """What an evaluator would get wrong."""
        chief, words = self.chief, self.words
        if chief.bias is not None and off(chief):
            yield words.say(OFF, bias=self.off_by(self.rehearsed.primary, chief.bias))
        if chief.coverage is not None and apart_from(chief.coverage, 1 - ALPHA):
            yield words.say(NOT_COVERED, coverage=self.share(chief.coverage))
        yield from self.too_large()

    def naive(self) -> Operating | None:
        """The same analysis with errors of single persons, where jobcentres are drawn; None where there is none."""
        asked = self.rehearsed.primary
        if not self.rehearsed.trial.of_jobcentres or asked.errors == "individual":
            return None
        return self.rehearsed.own.operating.get(asked._replace(errors="individual"))

    def too_large(self) -> Iterator[str]:
        """What significant estimates are worth, where few are."""
        chief = self.chief
        if chief.power.high >= WANTED or not known(chief.type_m):
            return
        assert chief.type_m is not None
        wrong = ""
        if chief.type_s is not None and chief.type_s.value >= 0.005:
            wrong = self.words.say(WRONG_SIGN, share=self.share(chief.type_s))
        yield self.words.say(TOO_LARGE, times=self.times(chief.type_m), wrong=wrong)

    def assured(self) -> Iterator[str]:
        """What the evidence gives, where that was asked for."""
        assurance = self.rehearsed.assurance
        if assurance is not None:
            shares = {"success": self.share(assurance.success), "right": self.share(assurance.right)}
            yield self.words.say(ASSURANCE, **shares)

    def course(self) -> Iterator[str]:
        """What becomes of persons on their way into the data."""
        words, own = self.words, self.rehearsed.own
        if known(own.stopped_early):
            assert own.stopped_early is not None
            yield words.say(STOPPED, share=self.share(own.stopped_early))
        if own.taken_up is not None and (own.taken_up[0].value > 0 or own.taken_up[1].value < 1):
            control, treated = map(self.share, own.taken_up)
            yield words.say(TAKEN_UP, control=control, treated=treated)
        if (in_trial := measured(self.rehearsed)) is not None:
            yield words.say(MEASURED, in_data=self.count(in_trial), persons=self.count(own.persons))
        if own.in_data is not None and own.recruited is not None:
            in_data, recruited = self.count(own.in_data.value), self.count(own.recruited.value)
            if in_data != recruited:
                yield words.say(NOT_ALL, in_data=in_data, recruited=recruited)

    def holds(self) -> str:
        """What the intervals hold, what is taken as known, and how many numbers are assumed."""
        rows, drawn = self.rehearsed.loaded.parameters(), self.rehearsed.assurance
        assumed = sum(row.get("kind") in (None, "assumed") for row in rows)
        effect = self.words.say(POINT) if drawn is None else self.words.say(DRAWN, draws=self.count(drawn.draws))
        numbers = self.words.say(ASSUMED, assumed=assumed, numbers=len(rows))
        return f"{self.words.say(HOLDS)}; {effect}; {numbers}."


def registered_apart(of: Operating) -> Interval | None:
    """How often an effect is claimed where delivery has none but is registered, where that is surely too often and more
    often than where the treated get the control's plan; else None."""
    usual = ALPHA if of.type_i is None else max(ALPHA, of.type_i.value)
    return of.effects_off if of.effects_off is not None and of.effects_off.low > usual else None


def off(of: Operating) -> bool:
    """Whether estimates are surely off, and by so much that it matters: a tenth of how far they scatter."""
    return of.bias is not None and apart_from(of.bias, 0) and abs(of.bias.value) > of.spread * MATTERS
