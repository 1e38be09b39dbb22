"""Who pays and who gains, in sentences of one language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from simulation.economy.cba.budget import weeks_of_year
from simulation.economy.cba.found import Account, Against
from simulation.economy.items import Kind
from simulation.economy.years import years_in_words
from simulation.report.economy.displaced import displacement, net_of_displacement
from simulation.report.economy.hanging import hanging, to_mind
from simulation.report.economy.knowing import assumed, knowing, trial
from simulation.report.economy.money import Money, When, side_of, turned
from simulation.report.sentences import UNPAIRED
from simulation.results.sobol import Part
from simulation.scenario.alike import Alike
from simulation.world.labels import Label

GAINS = Label("Over the run {who} gains {amount}{net}.", "Over kørslen får {who} en nettogevinst på {amount}{net}.")
PAYS = Label("Over the run {who} pays {amount} more{net}.", "Over kørslen betaler {who} {amount} mere{net}.")
A_GAIN = Label("Over the run there is a gain of {amount} for {who}{net}.",
               "Over kørslen er der en gevinst på {amount} for {who}{net}.")  # fmt: skip
A_LOSS = Label("Over the run there is a loss of {amount} for {who}{net}.",
               "Over kørslen er der et tab på {amount} for {who}{net}.")  # fmt: skip
NOT_MEASURABLE = Label("Whether there is a gain or a loss for {who} over the run is not measurable ({amount}){net}.",
                       "Om der er en gevinst eller et tab for {who} over kørslen, er ikke målbart ({amount}){net}.")
ONE_ONLY = Label(
    "In the one replication the net gain for {who} is {amount}; how much of it is luck, one replication does not tell.",
    "I den ene gentagelse er nettogevinsten for {who} {amount}; hvor meget af det der er tilfældigt, kan én gentagelse "
    "ikke vise.",
)
BY = Label("{name}: {sentence}", "{name}: {sentence}")
NOTHING = Label("For {who} nothing changes.", "For {who} ændres intet.")
WORTH_IT = Label(
    "For {who} there is neither gain nor loss: work and services are reckoned as worth what is paid for them.",
    "For {who} er der hverken gevinst eller tab: arbejde og leverancer regnes for det værd, der betales for dem.",
)
CHANCE = Label(
    "With all that is unsure it pays with a chance of {chance} %{span}; on average {amount} ({how}{null}).",
    "Med alt, der er usikkert, betaler det sig med en sandsynlighed på {chance} %{span}; i gennemsnit {amount} "
    "({how}{null}).",
)
NULL = Label("; not told from 0", "; kan ikke skelnes fra 0")
DISCOUNTED = Label("discounted", "diskonteret")
AT_HOUSEHOLDS = Label("discounted, at the prices of households", "diskonteret, i markedspriser")
PAID_BACK: dict[When, Label] = {
    "from": Label("It gains from {year} on.", "Det giver overskud fra {year}."),
    "in": Label("It is paid back in {year}.", "Det er tjent ind i {year}."),
    "not": Label("It is not paid back by {year}, when the run ends.",
                 "Det er ikke tjent ind i {year}, hvor kørslen slutter."),
    "lost": Label("What is gained at first is lost again by {year}.",
                  "Det, der vindes først, er tabt igen i {year}."),
}  # fmt: skip
WORK_COSTS = Label("A full-time year of work more costs the public {amount}.",
                   "Et årsværk mere i arbejde koster det offentlige {amount}.")  # fmt: skip
WORK_LOST = Label("For each full-time year of work that is lost the public saves {amount}.",
                  "For hvert årsværk i arbejde, der går tabt, sparer det offentlige {amount}.")  # fmt: skip
WORK_AND_MONEY = Label("There is more work ({work} full-time years) and the public saves.",
                       "Der er mere arbejde ({work} årsværk), og det offentlige sparer.")  # fmt: skip
NO_WORK_NO_MONEY = Label("There is less work ({work} full-time years) and the public pays more.",
                         "Der er mindre arbejde ({work} årsværk), og det offentlige betaler mere.")  # fmt: skip
MORE_WORK = Label(
    "There is more work ({work} full-time years); whether that costs the public anything is not measurable.",
    "Der er mere arbejde ({work} årsværk); om det koster det offentlige noget, er ikke målbart.",
)
LESS_WORK = Label(
    "There is less work ({work} full-time years); whether the public saves by it is not measurable.",
    "Der er mindre arbejde ({work} årsværk); om det offentlige sparer ved det, er ikke målbart.",
)
WORK_UNKNOWN = Label(
    "Whether there is more or less work is not measurable ({work} full-time years), so what a year of it costs is not "
    "known.",
    "Om der er mere eller mindre arbejde, er ikke målbart ({work} årsværk), så hvad et årsværk koster, vides ikke.",
)
EFFORT = Label("Staff, offers and fees", "Personale, tilbud og honorarer")
WITH_ONCE = Label("Staff, offers, fees and one-off costs", "Personale, tilbud, honorarer og engangsudgifter")
MUST_SAVE = Label(
    "{what} cost the public {effort} more; that is paid for by {days} days less on benefit a "
    "person{with_tax}. In the run {are}.",
    "{what} koster det offentlige {effort} mere; det dækkes af {days} dage mindre på ydelse "
    "pr. person{with_tax}. I kørslen {are}.",
)
MAY_LAST = Label(
    "{what} cost the public {effort} less; that is used up by {days} days more on benefit a "
    "person{with_tax}. In the run {are}.",
    "{what} koster det offentlige {effort} mindre; det bruges op af {days} dage mere på ydelse "
    "pr. person{with_tax}. I kørslen {are}.",
)
WITH_TAX = Label(" (with tax on work {days})", " (med skat af arbejde {days})")
LONGER = Label("it is {days} days more", "er det {days} dage mere")
SHORTER = Label("it is {days} days less", "er det {days} dage mindre")
AS_LONG = Label("it is as many days as before", "er det lige så mange dage som før")
DAYS_UNKNOWN = Label("a difference is not measurable ({days} days)", "er en forskel ikke målbar ({days} dage)")
RATIO = Label("For each krone of resources that is used more, {ratio} kr more is produced.",
              "For hver krone, der bruges mere på ressourcer, produceres der for {ratio} kr. mere.")  # fmt: skip
RATIO_SAVED = Label("For each krone of resources that is saved, {ratio} kr less is produced.",
                    "For hver krone, der spares på ressourcer, produceres der for {ratio} kr. mindre.")  # fmt: skip
WORSE = Label("More resources are used ({resources}), and less is produced ({production}).",
              "Der bruges flere ressourcer ({resources}), og der produceres mindre ({production}).")  # fmt: skip
BETTER = Label("Fewer resources are used ({resources}), and more is produced ({production}).",
               "Der bruges færre ressourcer ({resources}), og der produceres mere ({production}).")  # fmt: skip
PRODUCED_UNKNOWN = Label("Whether more or less is produced is not measurable ({production}).",
                         "Om der produceres mere eller mindre, er ikke målbart ({production}).")  # fmt: skip
BEST_OF = Label("On average over the draws this is best for {who}: {name}.",
                "I gennemsnit over trækningerne er dette bedst for {who}: {name}.")  # fmt: skip
PERHAPS_BEST = Label("On average over the draws this is best for {who}, but that is not sure: {name}.",
                     "I gennemsnit over trækningerne er dette bedst for {who}, men det er ikke sikkert: {name}.")
HOLDS = Label("[ ] is simulation error, 95 %", "[ ] er simulationsfejl, 95 %")
NO_INTERVAL = Label("one replication has no interval", "én gentagelse har intet interval")
OF_DRAWS = Label("[ ] is simulation error (over draws: that of the draws, too), 95 %",
                 "[ ] er simulationsfejl (over trækninger: også trækningernes), 95 %")  # fmt: skip
LEFT_OUT = Label("block grants, equalisation and what comes after the run are left out",
                 "bloktilskud, udligning og det, der kommer efter kørslen, er udeladt")  # fmt: skip
PARTLY = Label("the run has only {weeks} weeks of {years}", "kørslen har kun {weeks} uger af {years}")
AND = Label(" and ", " og ")
ALSO = Label("{weeks} weeks of {year}", "{weeks} uger af {year}")
PARTLY_ALL = Label("of some years the run has a part alone: {parts}", "af nogle år har kørslen kun en del: {parts}")
RULED = Label("priced by the rules of {rules}: {years}", "prissat efter reglerne for {rules}: {years}")
UNPRICED = Label("without a price: {what}", "uden pris: {what}")
AFTER = {"after a job, without return": Label("life after a job that nobody returns from",
                                              "livet efter et job, som ingen vender tilbage fra")}  # fmt: skip
UNSAID = Label("{name} ({weeks} person-weeks)", "{name} ({weeks} personuger)")
PAYERS: tuple[Account, ...] = ("stat", "kommune", "public")
"""Who pays; others have a loss."""
AT_ITS_WORTH: Mapping[Account, Sequence[Kind]] = {
    "arbejdsgiver": ("hours",), "personale": ("staff", "talk", "minutes"),
    "anden_aktoer": ("offer", "session", "matching", "mentor", "fee", "once"),
}  # fmt: skip
"""Who pays for what is produced, or is paid for what is used up, and of which items."""


def pays_once(each: Against) -> bool:
    """Whether anything more or less is paid once than in the base."""
    return any(row.item.kind == "once" for row in each.rows)


@dataclass(frozen=True)
class Telling(Money):
    """The findings in one language."""

    def answer(self) -> Iterator[str]:
        """Whether it pays and for whom; then by how much less benefit, and what more work costs; then what knowing
        more is worth."""
        several, sure = len(self.assessed.against) > 1, self.assessed.sure
        for number, each in enumerate(self.assessed.against):
            pays, *back = self.pays(each)
            sentences = [pays, *self.chance(number), *back, *hanging(self, number)]
            if several:  # told as one, so that none of it is taken for another scenario's
                yield self.words.say(BY, name=self.names[number + 1], sentence=" ".join(sentences))
            else:
                yield from sentences
        if sure is not None and several:
            best = int(np.argmax([0.0, *(part.value for part in sure.nets)]))
            label = BEST_OF if sure.curves.settled[0] else PERHAPS_BEST  # at the first value, 0, money alone decides
            yield self.words.say(label, who=self.who(sure.account), name=self.names[best])
        if sure is not None and sure.worth is not None:
            yield trial(self, sure.worth)
        if not several and self.assessed.plan.replications > 1:
            yield from self.detail(self.assessed.against[0])
        if sure is not None:
            yield knowing(self, sure)

    def pays(self, each: Against) -> Iterator[str]:
        """What the account that decides gains, and when it is paid back."""
        part, who = each.net[self.decides][-1], self.who(self.decides)
        side = side_of(part)
        if side == "none":
            given = AT_ITS_WORTH.get(self.decides, ())
            yield self.words.say(WORTH_IT if any(row.item.kind in given for row in each.rows) else NOTHING, who=who)
        elif self.assessed.plan.replications == 1:
            yield self.words.say(ONE_ONLY, who=who, amount=self.money(part, signed=True))
        elif side == "unknown":
            amount, net = self.money(part, signed=True), net_of_displacement(self, each)
            yield self.words.say(NOT_MEASURABLE, who=who, amount=amount, net=net)
        else:
            gains, pays = (GAINS, PAYS) if self.decides in PAYERS else (A_GAIN, A_LOSS)
            label, sized = (gains, part) if side == "more" else (pays, turned(part))
            yield self.words.say(label, who=who, amount=self.money(sized), net=net_of_displacement(self, each))
            yield from self.back(each)

    def back(self, each: Against) -> Iterator[str]:
        """When it is paid back, in a sentence."""
        when, year = self.when(each.net[self.decides])
        yield self.words.say(PAID_BACK[when], year=year)

    def chance(self, number: int) -> Iterator[str]:
        """How sure it is; nothing where no draw has any difference."""
        sure = self.assessed.sure
        if sure is not None and side_of(sure.nets[number]) != "none":
            chance, net = sure.pays[number], sure.nets[number]
            yield self.words.say(
                CHANCE, chance=self.figure(100 * chance.value),
                span=self.span(chance, 0.01, 0, False), amount=self.money(net, signed=True),
                how=self.words.say(AT_HOUSEHOLDS if sure.account == "society" else DISCOUNTED),
                null=self.words.say(NULL) if side_of(net) == "unknown" else "",
            )  # fmt: skip

    def detail(self, each: Against) -> Iterator[str]:
        """How many days of benefit less would pay for it, what more work costs, and what is produced more."""
        if (side := side_of(each.effort)) in ("more", "less"):
            less = side == "less"
            effort, must, even = (turned(part) if less else part
                                  for part in (each.effort, each.must_save, each.breaks_even))  # fmt: skip
            with_tax = self.words.say(WITH_TAX, days=self.plain(even)) if even.low > 0 else ""
            what = self.words.say(WITH_ONCE if pays_once(each) else EFFORT)
            yield self.words.say(MAY_LAST if less else MUST_SAVE, what=what, effort=self.money(effort),
                                 days=self.plain(must), with_tax=with_tax, are=self.days(each))  # fmt: skip
        yield from self.work(each)
        yield from self.produced(each)

    def days(self, each: Against) -> str:
        """How many days longer or shorter a person is on benefit."""
        days = Part(*(7 * value for value in each.weeks))
        side = side_of(days)
        label = {"more": LONGER, "less": SHORTER, "none": AS_LONG, "unknown": DAYS_UNKNOWN}[side]
        return self.words.say(label, days=self.plain(turned(days) if side == "less" else days,
                                                     signed=side == "unknown"))  # fmt: skip

    def produced(self, each: Against) -> Iterator[str]:
        """What is produced for the resources that are used more or saved; nothing where there are no such resources, or
        nobody's work changes."""
        used, produced = side_of(each.resources), side_of(each.production)
        if used not in ("more", "less") or produced == "none":
            return
        production = self.money(each.production, signed=True)
        if produced == "unknown":
            yield self.words.say(PRODUCED_UNKNOWN, production=production)
        elif used == produced:
            yield self.words.say(RATIO if used == "more" else RATIO_SAVED, ratio=self.plain(each.ratio, 2))
        else:
            resources = self.money(each.resources, signed=True)
            yield self.words.say(WORSE if used == "more" else BETTER, resources=resources, production=production)

    def work(self, each: Against) -> Iterator[str]:
        """What a year of work more costs the public; that it costs or saves is told only where that is measurable."""
        public, side = side_of(each.net["public"][-1]), side_of(each.work)
        years, amount = self.plain(each.work, signed=True), self.money(each.per_work)
        if side == "none":
            return
        if side == "unknown":
            yield self.words.say(WORK_UNKNOWN, work=years)
        elif public in ("none", "unknown"):
            yield self.words.say(MORE_WORK if side == "more" else LESS_WORK, work=years)
        elif side == public:
            yield self.words.say(WORK_AND_MONEY if side == "more" else NO_WORK_NO_MONEY, work=years)
        else:
            yield self.words.say(WORK_COSTS if side == "more" else WORK_LOST, amount=amount)

    def minds(self) -> Iterator[str]:
        """Years of which there is a part, what is left out, what has no price, and people who are not the same."""
        yield from self.parts_of_years()
        yield from self.ruled()
        yield self.words.say(LEFT_OUT)
        yield from self.own_minds()

    def parts_of_years(self) -> Iterator[str]:
        """Years of which the run has a part alone."""
        parts = self.partly()
        if len(parts) == 1:
            weeks, year = parts[0]
            yield self.words.say(PARTLY, weeks=weeks, years=year)
        elif parts:
            told = [self.words.say(ALSO, weeks=weeks, year=year) for weeks, year in parts]
            yield self.words.say(PARTLY_ALL, parts=self.words.say(AND).join([", ".join(told[:-1]), told[-1]]))

    def ruled(self) -> Iterator[str]:
        """Years that are priced by the rules of others."""
        plan = self.assessed.plan
        for rules, years in plan.prices.ruled(self.assessed.years, plan.price_year).items():
            yield self.words.say(RULED, rules=rules, years=years_in_words(years))

    def own_minds(self) -> Iterator[str]:
        """How far numbers were moved, what has no price in these scenarios, and people who are not the same."""
        plan = self.assessed.plan
        yield from to_mind(self)
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
                if weeks < weeks_of_year(year)]  # fmt: skip

    def holds(self) -> str:
        """What the intervals hold, and how many numbers are assumed."""
        plan = self.assessed.plan
        told = self.words.say(OF_DRAWS if plan.number_of_draws else HOLDS)
        if plan.replications == 1 and not plan.number_of_draws:
            told = self.words.say(NO_INTERVAL).capitalize()
        return f"{told}; {assumed(self)}."
