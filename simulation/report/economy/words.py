"""Who pays and who gains, in sentences of one language."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from simulation.economy.cba.found import Account, Against, Assessed, Sure
from simulation.economy.decision.worth import Worth
from simulation.report.economy.labels import KRONER, MILLION, THOUSAND, WHO
from simulation.report.rows import NamesOfAll
from simulation.report.sentences import ASSUMED, UNPAIRED
from simulation.report.wording import Wording
from simulation.results.names import Names
from simulation.results.sobol import Part
from simulation.scenario.alike import Alike
from simulation.scenario.changes import told_apart
from simulation.world.labels import Label, Language

GAINS = Label("Over the run {who} gains {amount}", "Over kørslen vinder {who} {amount}")
LOSES = Label("Over the run {who} pays {amount} more", "Over kørslen betaler {who} {amount} mere")
NOT_MEASURABLE = Label("Whether {who} gains or pays over the run is not measurable ({amount})",
                       "Om {who} vinder eller betaler over kørslen, er ikke målbart ({amount})")  # fmt: skip
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
MUST_SAVE = Label(
    "Staff, offers and fees cost {effort} more: paid by benefit alone if a person is {days} days shorter on "
    "it{with_tax}; each is {are}.",
    "Personale, tilbud og honorarer koster {effort} mere: betalt ved ydelse alene, hvis hver person er {days} dage "
    "kortere på den{with_tax}; hver er {are}.",
)
MAY_LAST = Label(
    "Staff, offers and fees cost {effort} less: used up by benefit alone if a person is {days} days longer on "
    "it{with_tax}; each is {are}.",
    "Personale, tilbud og honorarer koster {effort} mindre: brugt op ved ydelse alene, hvis hver person er {days} dage "
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
PERFECT = Label("Knowing everything before deciding about {persons} persons would be worth {amount}",
                "At vide alt inden beslutningen om {persons} personer ville være {amount} værd")  # fmt: skip
NOT_CHANGED = Label("In none of {draws} draws would knowing more change the choice.",
                    "I ingen af {draws} trækninger ville mere viden ændre valget.")  # fmt: skip
MOSTLY = Label("{sentence}, most of single numbers {name} ({amount}).",
               "{sentence}, af enkelte tal mest {name} ({amount}).")  # fmt: skip
NO_SINGLE = Label("{sentence}; of no single number is it known to be worth anything.",
                  "{sentence}; om intet enkelt tal vides det at være noget værd.")  # fmt: skip
TRIAL_PAYS = Label("A trial of {size} persons is worth its price: {value} against a cost of {cost}.",
                   "Et forsøg med {size} personer er sin pris værd: {value} mod en pris på {cost}.")  # fmt: skip
TRIAL_MAY = Label(
    "Of the trials one of {size} persons is best ({net} is left), but that it is worth its price is not sure.",
    "Blandt forsøgene er et med {size} personer bedst ({net} tilbage), men at det er sin pris værd, er ikke sikkert.",
)
TRIAL_NOT = Label(
    "No trial of {sizes} persons is worth its price (of {size} persons {net} is left).",
    "Intet forsøg med {sizes} personer er sin pris værd (med {size} personer er {net} tilbage).",
)
TRIAL_OPEN = Label("Whether a trial is worth its price is not known (of {size} persons {net} is left).",
                   "Om et forsøg er sin pris værd, vides ikke (med {size} personer er {net} tilbage).")  # fmt: skip
TRIAL_UNKNOWN = Label("What a trial is worth cannot be told: {why}.",
                      "Hvad et forsøg er værd, kan ikke siges: {why}.")  # fmt: skip
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
SCALES = ((1e6, 1e6, MILLION, 2), (1e4, 1e3, THOUSAND, 0), (0.0, 1.0, KRONER, 0))
"""From which amount on kroner are told in which unit: what they are divided by, its name, and decimals."""
YEAR = 52


@dataclass(frozen=True)
class Telling:
    """The findings in one language."""

    assessed: Assessed
    language: Language = "en"

    @cached_property
    def words(self) -> Wording:
        """The words for it."""
        return Wording(NamesOfAll([Names(each.scenario) for each in self.assessed.plan.loaded]), self.language)

    @cached_property
    def names(self) -> list[str]:
        """What the scenarios are called, the base first."""
        return told_apart(list(self.assessed.plan.loaded), self.language == "da")

    @property
    def decides(self) -> Account:
        """The account that the answer is about."""
        return self.assessed.account

    def who(self, account: Account) -> str:
        """An account within a sentence."""
        return self.words.say(WHO[account])

    def money(self, part: Part, signed: bool = False) -> str:
        """Kroner with their interval, such as "2.02 million kr [1.90; 2.14]"."""
        size = max((abs(each) for each in part if not math.isnan(each)), default=0.0)
        scale, label, digits = next(each[1:] for each in SCALES if size >= each[0])
        value = self.words.number("", part.value / scale, signed, digits)
        return f"{value} {self.words.say(label)}{self.span(part, scale, digits, signed)}"

    def span(self, part: Part, scale: float, digits: int, signed: bool) -> str:
        """Both ends of an interval behind a blank; "" where they are not known, or the same."""
        if math.isnan(part.low) or math.isnan(part.high) or part.low == part.high:
            return ""
        ends = (self.words.number("", each / scale, signed, digits) for each in (part.low, part.high))
        return f" [{'; '.join(ends)}]"

    def plain(self, part: Part, digits: int = 1, signed: bool = False, scale: float = 1.0) -> str:
        """A number with its interval."""
        return f"{self.words.number('', part.value / scale, signed, digits)}{self.span(part, scale, digits, signed)}"

    def answer(self) -> Iterator[str]:
        """Whether it pays and for whom; then by how much less benefit, and what more work costs; then what knowing
        more is worth."""
        several, sure = len(self.assessed.against) > 1, self.assessed.sure
        for number, each in enumerate(self.assessed.against):
            sentences = [*self.pays(each), *self.chance(number)]
            yield self.words.say(BY, name=self.names[number + 1], sentence=sentences[0]) if several else sentences[0]
            yield from sentences[1:]
        if sure is not None and several:
            best = int(np.argmax([0.0, *(part.value for part in sure.nets)]))
            yield self.words.say(BEST_OF, who=self.who(sure.account), name=self.names[best])
        if sure is not None and sure.worth is not None:
            yield self.trial(sure.worth)
        if not several:
            yield from self.detail(self.assessed.against[0])
        if sure is not None:
            yield self.knowing(sure)

    def pays(self, each: Against) -> Iterator[str]:
        """What the account that decides gains, and when it is paid back."""
        part, who = each.net[self.decides][-1], self.who(self.decides)
        if part.value == 0 and part.low == part.high:
            yield self.words.say(NOTHING, who=who)
            return
        gains, loses = part.low > 0, part.high < 0
        if gains or loses:
            shown = part if gains else turned(part)
            yield f"{self.words.say(GAINS if gains else LOSES, who=who, amount=self.money(shown))}."
            yield from self.back(each)
        else:
            yield f"{self.words.say(NOT_MEASURABLE, who=who, amount=self.money(part, signed=True))}."

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
        """How sure it is."""
        sure = self.assessed.sure
        if sure is not None:
            chance = sure.pays[number]
            yield self.words.say(
                CHANCE, who=self.who(sure.account), chance=self.words.number("share", chance.value, digits=0),
                span=self.span(chance, 0.01, 0, False).strip(), amount=self.money(sure.nets[number], signed=True),
                how=self.words.say(AT_HOUSEHOLDS if sure.account == "society" else DISCOUNTED),
            )  # fmt: skip

    def detail(self, each: Against) -> Iterator[str]:
        """How many days of benefit less would pay for it, what more work costs, and what is produced more."""
        days = Part(*(7 * value for value in each.weeks))
        if each.effort.value:
            less = each.effort.value < 0
            effort, must = (turned(part) if less else part for part in (each.effort, each.must_save))
            longer = days.value > 0
            are = self.words.say(LONGER if longer else SHORTER, days=self.plain(days if longer else turned(days)))
            even = turned(each.breaks_even) if less else each.breaks_even
            with_tax = "" if math.isnan(even.low) else self.words.say(WITH_TAX, days=self.plain(even))
            yield self.words.say(MAY_LAST if less else MUST_SAVE, effort=self.money(effort), days=self.plain(must),
                                 with_tax=with_tax, are=are)  # fmt: skip
        yield from self.work(each)
        if not math.isnan(each.ratio.low) and (each.resources.low > 0 or each.resources.high < 0):
            label = RATIO if each.resources.value > 0 else RATIO_SAVED
            yield self.words.say(label, ratio=self.plain(each.ratio, 2))

    def work(self, each: Against) -> Iterator[str]:
        """What a year of work more costs the public."""
        public, work = each.net["public"][-1], each.work
        more, less = work.low > 0, work.high < 0
        years = self.plain(work, signed=True)
        if not (more or less):
            if work.value:
                yield self.words.say(WORK_UNKNOWN, work=years)
        elif more == (public.value > 0):
            yield self.words.say(WORK_AND_MONEY if more else NO_WORK_NO_MONEY, work=years)
        else:
            yield self.words.say(WORK_COSTS if more else WORK_LOST, amount=self.money(each.per_work))

    def knowing(self, sure: Sure) -> str:
        """What knowing more before deciding is worth, and of which number the most."""
        if sure.perfect.value.value == 0:
            return self.words.say(NOT_CHANGED, draws=self.count(self.assessed.plan.number_of_draws))
        known = [(name, each) for name, each in sure.partly.items() if each.known and each.value.value > 0]
        persons = self.count(self.assessed.persons)
        sentence = self.words.say(PERFECT, persons=persons, amount=self.money(sure.perfect.value))
        if not known:
            return self.words.say(NO_SINGLE, sentence=sentence)
        name, first = known[0]
        return self.words.say(MOSTLY, sentence=sentence, name=short(name), amount=self.money(first.value))

    def trial(self, worth: Worth) -> str:
        """Whether a trial is worth its price, and how large it should be."""
        known = [trial for trial in worth.trials if trial.sample.known]
        if not known:
            return self.words.say(TRIAL_UNKNOWN, why=worth.trials[0].sample.why)
        if worth.best is None:
            nearest = max(known, key=lambda trial: trial.net.value)
            sizes = ", ".join(self.count(trial.size) for trial in known)
            net, size = self.money(nearest.net, signed=True), self.count(nearest.size)
            if worth.as_good:
                return self.words.say(TRIAL_OPEN, size=size, net=net)
            return self.words.say(TRIAL_NOT, sizes=sizes, size=size, net=net)
        if not worth.surely:
            return self.words.say(TRIAL_MAY, size=self.count(worth.best.size), net=self.money(worth.best.net, True))
        value, cost = self.money(worth.best.value), self.money(worth.best.cost)
        return self.words.say(TRIAL_PAYS, size=self.count(worth.best.size), value=value, cost=cost)

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

    def count(self, number: float) -> str:
        """A whole number."""
        return self.words.number("", float(number), digits=0)


def turned(part: Part) -> Part:
    """The same with its sign turned."""
    return Part(-part.value, -part.high, -part.low)


def short(name: str) -> str:
    """A key without what many begin with."""
    return name.removeprefix("interventions.").replace("prices: prices.", "prices: ")
