"""Whether jobs that are taken from others are in the account, in sentences."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from simulation.economy.cba.found import Against
from simulation.report.economy.money import Money, Side, side_of, turned
from simulation.world.labels import Label

NONE = Label("that jobs may be taken from others is not reckoned (displacement is 0)",
             "at job kan blive taget fra andre, er ikke regnet med (fortrængning er 0)")  # fmt: skip
LEFT = Label(
    "that jobs may be taken from others is not reckoned (displacement is 0): it pays for the public unless others lose "
    "{share} % or more of what it gains by work and benefits",
    "at job kan blive taget fra andre, er ikke regnet med (fortrængning er 0): det betaler sig for det offentlige, "
    "medmindre andre mister {share} % eller mere af det, der vindes ved arbejde og ydelser",
)
INSIDE = Label("jobs are taken from others of the run, and their loss is in the account",
               "der tages job fra andre i kørslen, og deres tab er med i regnskabet")  # fmt: skip
OUTSIDE = Label(
    "jobs are taken from others: the loss of people of the run is in the account, that of people outside it, up to "
    "{share} % of such jobs, is not",
    "der tages job fra andre: tabet for personer i kørslen er med i regnskabet, tabet for personer uden for den, op "
    "til {share} % af de job, er ikke",
)
WITH_THEM = Label(
    "net of that {share} % of the change in work and benefits is left, which is {amount} for the public and {work} "
    "full-time years of work",
    "fratrukket det er {share} % af ændringen i arbejde og ydelser tilbage, det er {amount} for det offentlige og "
    "{work} årsværk",
)
NET: Mapping[Side, Label] = {
    "more": Label(", net of displacement a gain of {amount}", ", fratrukket fortrængning en gevinst på {amount}"),
    "less": Label(", net of displacement a loss of {amount}", ", fratrukket fortrængning et tab på {amount}"),
    "none": Label(", net of displacement nothing", ", fratrukket fortrængning intet"),
    "unknown": Label(", net of displacement {amount}", ", fratrukket fortrængning {amount}"),
}  # fmt: skip


def net_of_displacement(telling: Money, each: Against) -> str:
    """What the public gains with the jobs that are taken from others outside the run, reckoned like those of the run,
    behind what it gains without; "" where none are, or where it is not known."""
    if telling.decides != "public" or math.isnan(each.left.low) or each.left.value == 1:
        return ""
    side = side_of(each.public_left)
    sized = turned(each.public_left) if side == "less" else each.public_left
    return telling.words.say(NET[side], amount=telling.money(sized, signed=side == "unknown"))


def displacement(telling: Money) -> Iterator[str]:
    """What the account holds of others' lost jobs: nothing where nothing is displaced, then with the share of the gain
    that they may lose, where one scenario pays for its effort; of those inside the run all, for the register has
    everybody; of those outside nothing, and what is left with them."""
    assessed, words = telling.assessed, telling.words
    scenarios = [each.scenario for each in assessed.plan.loaded]
    each, *others = assessed.against
    displacing = [one for one in scenarios if one.displaces]
    if displacing:
        outside = max(1 - one.market_share_of(name) for one in displacing for name in one.jobcentres)
        yield words.say(OUTSIDE if outside else INSIDE, share=words.number("share", outside, digits=0))
        if outside and not others and not math.isnan(each.left.low):
            yield words.say(
                WITH_THEM, share=words.number("share", each.left.value, digits=0),
                amount=telling.money(each.public_left, signed=True), work=telling.plain(each.work_left, signed=True),
            )  # fmt: skip
        return
    if others or not (each.effort.low > 0 and each.net["public"][-1].low > 0):
        yield words.say(NONE)
    else:
        span = telling.span(each.displaced, 0.01, 0, False)
        yield words.say(LEFT, share=f"{words.number('share', each.displaced.value, digits=0)}{span}")
