"""What is assumed, what knowing more before deciding is worth, and whether a trial is worth its price, in sentences."""

from __future__ import annotations

from simulation.economy.cba.assumed import of_prices, of_scenarios
from simulation.economy.cba.found import Sure
from simulation.economy.decision.worth import Worth
from simulation.report.economy.money import Money, short, turned
from simulation.world.labels import Label

ASSUMED = Label(
    "{assumed} of {all} numbers of the scenarios and {of_prices} of {all_prices} in the prices used are assumed",
    "{assumed} af {all} tal i scenarierne og {of_prices} af {all_prices} i de anvendte priser er antaget",
)
PERFECT = Label("Knowing everything before deciding about {persons} persons would be worth {amount}",
                "At vide alt inden beslutningen om {persons} personer ville være {amount} værd")  # fmt: skip
NOT_CHANGED = Label("In none of {draws} draws would knowing more change the choice.",
                    "I ingen af {draws} trækninger ville mere viden ændre valget.")  # fmt: skip
MOSTLY = Label("{sentence}, most of single numbers {name} ({amount}).",
               "{sentence}, af enkelte tal mest {name} ({amount}).")  # fmt: skip
NO_SINGLE = Label("{sentence}; of no single number is it known to be worth anything.",
                  "{sentence}; om intet enkelt tal vides det at være noget værd.")  # fmt: skip
OR = Label(" or ", " eller ")
TRIAL_PAYS = Label("A trial of {size} persons is worth its price: {value} against a cost of {cost}.",
                   "Et forsøg med {size} personer er sin pris værd: {value} mod en pris på {cost}.")  # fmt: skip
TRIAL_MAY = Label(
    "Of the trials one of {size} persons is best ({net} is left), but that it is worth its price is not sure.",
    "Blandt forsøgene er et med {size} personer bedst ({net} tilbage), men at det er sin pris værd, er ikke sikkert.",
)
TRIAL_NOT = Label(
    "No trial of {sizes} persons is worth its price: one of {size} persons costs {net} more than it is worth.",
    "Intet forsøg med {sizes} personer er sin pris værd: et med {size} personer koster {net} mere, end det er værd.",
)
TRIAL_OPEN = Label("Whether a trial is worth its price is not known (of {size} persons {net} is left).",
                   "Om et forsøg er sin pris værd, vides ikke (med {size} personer er {net} tilbage).")  # fmt: skip
TRIAL_UNKNOWN = Label("What a trial is worth is not known: {why}.", "Hvad et forsøg er værd, vides ikke: {why}.")


def assumed(telling: Money) -> str:
    """How many of the numbers that the answer rests on are assumed."""
    scenarios, prices = of_scenarios(telling.assessed), of_prices(telling.assessed)
    return telling.words.say(ASSUMED, assumed=scenarios.assumed, all=scenarios.all, of_prices=prices.assumed,
                             all_prices=prices.all)  # fmt: skip


def knowing(telling: Money, sure: Sure) -> str:
    """What knowing more before deciding is worth, and of which number the most."""
    if sure.perfect.value.value == 0:
        return telling.words.say(NOT_CHANGED, draws=telling.count(telling.assessed.plan.number_of_draws))
    known = [(name, each) for name, each in sure.partly.items() if each.known and each.value.value > 0]
    persons = telling.count(telling.assessed.persons)
    sentence = telling.words.say(PERFECT, persons=persons, amount=telling.money(sure.perfect.value))
    if not known:
        return telling.words.say(NO_SINGLE, sentence=sentence)
    name, first = known[0]
    return telling.words.say(MOSTLY, sentence=sentence, name=short(name), amount=telling.money(first.value))


def trial(telling: Money, worth: Worth) -> str:
    """Whether a trial is worth its price, and how large it should be."""
    known = [trial for trial in worth.trials if trial.sample.known]
    if not known:
        return telling.words.say(TRIAL_UNKNOWN, why=worth.trials[0].sample.why)
    if worth.best is None:
        nearest = max(known, key=lambda trial: trial.net.value)
        size = telling.count(nearest.size)
        if worth.as_good:
            return telling.words.say(TRIAL_OPEN, size=size, net=telling.money(nearest.net, signed=True))
        *others, last = (telling.count(trial.size) for trial in known)
        sizes = telling.words.say(OR).join([*([", ".join(others)] if others else []), last])
        return telling.words.say(TRIAL_NOT, sizes=sizes, size=size, net=telling.money(turned(nearest.net)))
    size = telling.count(worth.best.size)
    if not worth.surely:
        return telling.words.say(TRIAL_MAY, size=size, net=telling.money(worth.best.net, signed=True))
    value, cost = telling.money(worth.best.value), telling.money(worth.best.cost)
    return telling.words.say(TRIAL_PAYS, size=size, value=value, cost=cost)
