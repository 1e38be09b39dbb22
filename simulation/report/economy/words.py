"""Who pays and who gains, in sentences of one language."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from simulation.economy.cba.found import Against
from simulation.report.economy.displaced import displacement, net_of_displacement
from simulation.report.economy.knowing import knowing, trial
from simulation.report.economy.money import Money
from simulation.report.sentences import ASSUMED, UNPAIRED
from simulation.results.sobol import Part
from simulation.scenario.alike import Alike
from simulation.world.labels import Label

GAINS = Label("Over the run {who} gains {amount}", "Over kørslen vinder {who} {amount}")
LOSES = Label("Over the run {who} pays {amount} more", "Over kørslen betaler {who} {amount} mere")
NOT_MEASURABLE = Label("Whether {who} gains or pays over the run is not measurable ({amount})",
                       "Om {who} vinder eller betaler over kørslen, er ikke målbart ({amount})")  # fmt: skip
NO_INTERVAL = Label(
    "In the one replication {who} gains {amount}; one has no interval, so luck and effect cannot be told apart",
    "I den ene gentagelse vinder {who} {amount}; én har intet interval, så held og virkning kan ikke skilles ad",
)
BY = Label("{name}: {sentence}", "{name}: {sentence}")
NOTHING = Label("For {who} nothing changes.", "For {who} ændres intet.")
CHANCE = Label(
    "Under all that is unsure it pays for {who} with a chance of {chance} % {span}, on average {amount} {how}.",
    "Under alt usikkert betaler det sig for {who} med en sandsynlighed på {chance} % {span}, i gennemsnit "
    "{amount} {how}.",
)
DISCOUNTED = Label("discounted", "diskonteret")
AT_HOUSEHOLDS = Label("discounted and at the prices of households", "diskonteret og i husholdningernes priser")
AT_ONCE = Label("It gains from the first year on.", "Det vinder fra det første år.")
BACK = Label("It is paid back in {year}.", "Det er betalt tilbage i {year}.")
NOT_BACK = Label("It is not paid back by {year}, when the run ends.",
                 "Det er ikke betalt tilbage i {year}, hvor kørslen slutter.")  # fmt: skip
WORK_COSTS = Label("A full-time year of work more costs the public {amount}.",
                   "Et årsværk mere i arbejde koster det offentlige {amount}.")  # fmt: skip
WORK_LOST = Label("For each full-time year of work that is lost the public saves {amount}.",
                  "For hvert årsværk i arbejde, der går tabt, sparer det offentlige {amount}.")  # fmt: skip
WORK_AND_MONEY = Label("There is more work ({work} full-time years) and the public saves.",
                       "Der er mere arbejde ({work} årsværk), og det offentlige sparer.")  # fmt: skip
NO_WORK_NO_MONEY = Label("There is less work ({work} full-time years) and the public pays more.",
                         "Der er mindre arbejde ({work} årsværk), og det offentlige betaler mere.")  # fmt: skip
WORK_UNKNOWN = Label(
    "Whether there is more or less work is not measurable ({work} full-time years), so what a year of it costs is not "
    "known.",
    "Om der er mere eller mindre arbejde, er ikke målbart ({work} årsværk), så hvad et år koster, vides ikke.",
)
EFFORT = Label("Staff, offers and fees", "Personale, tilbud og honorarer")
WITH_ONCE = Label("Staff, offers, fees and one-off costs", "Personale, tilbud, honorarer og engangsudgifter")
MUST_SAVE = Label(
    "{what} cost {effort} more: paid by benefit alone if a person is {days} days shorter on "
    "it{with_tax}; each is {are}.",
    "{what} koster {effort} mere: betalt ved ydelse alene, hvis hver person er {days} dage "
    "kortere på den{with_tax}; hver er {are}.",
)
MAY_LAST = Label(
    "{what} cost {effort} less: used up by benefit alone if a person is {days} days longer on "
    "it{with_tax}; each is {are}.",
    "{what} koster {effort} mindre: brugt op ved ydelse alene, hvis hver person er {days} dage "
    "længere på den{with_tax}; hver er {are}.",
)
WITH_TAX = Label(", with tax on work {days}", ", med skat af arbejde {days}")
LONGER = Label("{days} days longer", "{days} dage længere")
SHORTER = Label("{days} days shorter", "{days} dage kortere")
RATIO = Label("For a krone of resources {ratio} kr more is produced.",
              "For hver krone af ressourcer produceres {ratio} kr. mere.")  # fmt: skip
RATIO_SAVED = Label("For a krone of resources saved {ratio} kr less is produced.",
                    "For hver sparet krone af ressourcer produceres {ratio} kr. mindre.")  # fmt: skip
BEST_OF = Label("By the mean of the draws the best for {who} is {name}.",
                "Efter gennemsnittet af trækningerne er det bedste for {who} {name}.")  # fmt: skip
HOLDS = Label("[ ] is simulation error, 95 %", "[ ] er simulationsfejl, 95 %")
OF_DRAWS = Label("[ ] is simulation error, of chances also that of the draws, 95 %",
                 "[ ] er simulationsfejl, ved chancer også fejlen af trækningerne, 95 %")  # fmt: skip
LEFT_OUT = Label("block grants, equalisation and what comes after the run are left out",
                 "bloktilskud, udligning og det, der kommer efter kørslen, er udeladt")  # fmt: skip
PARTLY = Label("the run has only {weeks} weeks of {years}", "kørslen har kun {weeks} uger af {years}")
AND = Label(" and ", " og ")
ALSO = Label("{weeks} weeks of {year}", "{weeks} uger af {year}")
PARTLY_ALL = Label("of some years the run has a part alone: {parts}", "af nogle år har kørslen kun en del: {parts}")
UNPRICED = Label("priced by nobody: {what}", "uden pris: {what}")
AFTER = {"after a job, without return": Label("life after a job that nobody returns from",
                                              "livet efter et job, som ingen vender tilbage fra")}  # fmt: skip
UNSAID = Label("{name} ({weeks} person-weeks)", "{name} ({weeks} personuger)")
YEAR = 52


@dataclass(frozen=True)
class Telling(Money):
    """The findings in one language."""

    def answer(self) -> Iterator[str]:
        """Whether it pays and for whom; then by how much less benefit, and what more work costs; then what knowing
        more is worth."""
        several, sure = len(self.assessed.against) > 1, self.assessed.sure
        for number, each in enumerate(self.assessed.against):
            pays, *back = self.pays(each)
            sentences = [pays, *self.chance(number), *back]
            if several:  # told as one, so that none of it is taken for another scenario's
                yield self.words.say(BY, name=self.names[number + 1], sentence=" ".join(sentences))
            else:
                yield from sentences
        if sure is not None and several:
            best = int(np.argmax([0.0, *(part.value for part in sure.nets)]))
            yield self.words.say(BEST_OF, who=self.who(sure.account), name=self.names[best])
        if sure is not None and sure.worth is not None:
            yield trial(self, sure.worth)
        if not several:
            yield from self.detail(self.assessed.against[0])
        if sure is not None:
            yield knowing(self, sure)

    def pays(self, each: Against) -> Iterator[str]:
        """What the account that decides gains, and when it is paid back."""
        part, who = each.net[self.decides][-1], self.who(self.decides)
        if part.value == 0 and part.low == part.high:
            yield self.words.say(NOTHING, who=who)
            return
        if math.isnan(part.low):
            yield f"{self.words.say(NO_INTERVAL, who=who, amount=self.money(part, signed=True))}."
            return
        gains, loses = part.low > 0, part.high < 0
        if gains or loses:
            shown = part if gains else turned(part)
            gain = self.words.say(GAINS if gains else LOSES, who=who, amount=self.money(shown))
        else:
            gain = self.words.say(NOT_MEASURABLE, who=who, amount=self.money(part, signed=True))
        yield f"{gain}{net_of_displacement(self, each)}."
        if gains or loses:
            yield from self.back(each)

    def back(self, each: Against) -> Iterator[str]:
        """The year from which on what was gained until then is more than what was paid, by the means."""
        until = np.cumsum([part.value for part in each.net[self.decides][:-1]])
        if not (until < 0).any():
            yield self.words.say(AT_ONCE)
        elif until[-1] < 0:
            yield self.words.say(NOT_BACK, year=self.assessed.years[-1])
        else:
            yield self.words.say(BACK, year=self.assessed.years[int(np.flatnonzero(until < 0)[-1]) + 1])

    def chance(self, number: int) -> Iterator[str]:
        """How sure it is; nothing where no draw has any difference."""
        sure = self.assessed.sure
        if sure is not None and (sure.nets[number].value or sure.nets[number].low < sure.nets[number].high):
            chance = sure.pays[number]
            yield self.words.say(
                CHANCE, who=self.who(sure.account), chance=self.words.number("share", chance.value, digits=0),
                span=self.span(chance, 0.01, 0, False).strip(), amount=self.money(sure.nets[number], signed=True),
                how=self.words.say(AT_HOUSEHOLDS if sure.account == "society" else DISCOUNTED),
            )  # fmt: skip

    def detail(self, each: Against) -> Iterator[str]:
        """How many days of benefit less would pay for it, what more work costs, and what is produced more."""
        days = Part(*(7 * value for value in each.weeks))
        if each.effort.value and not each.effort.low <= 0 <= each.effort.high:
            less = each.effort.value < 0
            effort, must = (turned(part) if less else part for part in (each.effort, each.must_save))
            longer = days.value > 0
            are = self.words.say(LONGER if longer else SHORTER, days=self.plain(days if longer else turned(days)))
            even = turned(each.breaks_even) if less else each.breaks_even
            with_tax = "" if math.isnan(even.low) else self.words.say(WITH_TAX, days=self.plain(even))
            what = WITH_ONCE if any(row.item.kind == "once" for row in each.rows) else EFFORT
            yield self.words.say(MAY_LAST if less else MUST_SAVE, what=self.words.say(what), are=are,
                                 effort=self.money(effort), days=self.plain(must), with_tax=with_tax)  # fmt: skip
        yield from self.work(each)
        if not math.isnan(each.ratio.low) and (each.resources.low > 0 or each.resources.high < 0):
            label = RATIO if each.resources.value > 0 else RATIO_SAVED
            yield self.words.say(label, ratio=self.plain(each.ratio, 2))

    def work(self, each: Against) -> Iterator[str]:
        """What a year of work more costs the public; that it saves beside it only where that is told from nothing."""
        public, work = each.net["public"][-1], each.work
        more, less = work.low > 0, work.high < 0
        years = self.plain(work, signed=True)
        if not (more or less):
            if work.value:
                yield self.words.say(WORK_UNKNOWN, work=years)
        elif public.low > 0 if more else public.high < 0:
            yield self.words.say(WORK_AND_MONEY if more else NO_WORK_NO_MONEY, work=years)
        else:
            yield self.words.say(WORK_COSTS if more else WORK_LOST, amount=self.money(each.per_work))

    def minds(self) -> Iterator[str]:
        """Years of which there is a part, what is left out, what nobody prices, and people who are not the same."""
        plan, parts = self.assessed.plan, self.partly()
        if len(parts) == 1:
            weeks, year = parts[0]
            yield self.words.say(PARTLY, weeks=weeks, years=year)
        elif parts:
            told = [self.words.say(ALSO, weeks=weeks, year=year) for weeks, year in parts]
            yield self.words.say(PARTLY_ALL, parts=self.words.say(AND).join([", ".join(told[:-1]), told[-1]]))
        yield self.words.say(LEFT_OUT)
        if unsaid := self.assessed.unsaid:
            what = (self.words.say(UNSAID, name=self.words.say(AFTER[name]) if name in AFTER else name,
                                   weeks=self.count(weeks)) for name, weeks in unsaid.items())  # fmt: skip
            yield self.words.say(UNPRICED, what=", ".join(what))
        yield from displacement(self)
        if any(not Alike(plan.base.scenario, each.scenario).same_people for each in plan.loaded[1:]):
            yield self.words.say(UNPAIRED)

    def partly(self) -> list[tuple[int, int]]:
        """Years of which the run has not all weeks, each after their number."""
        return [(weeks, year) for year, weeks in zip(self.assessed.years, self.assessed.weeks, strict=True)
                if weeks < YEAR]  # fmt: skip

    def holds(self) -> str:
        """What the intervals hold, and how many numbers are assumed."""
        plan = self.assessed.plan
        told = self.words.say(OF_DRAWS if plan.number_of_draws else HOLDS)
        rows = plan.loaded[-1].parameters()
        assumed = sum(row.get("kind") in (None, "assumed") for row in rows)
        return f"{told}; {self.words.say(ASSUMED, assumed=assumed, numbers=len(rows))}."



def turned(part: Part) -> Part:
    """The same with its sign turned."""
    return Part(-part.value, -part.high, -part.low)
