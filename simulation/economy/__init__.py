"""What a scenario costs, who pays and who gains: quantities of a run, priced afterwards; nothing is priced inside the
simulation.

    items.py       what quantities are of, each with its unit
    clock.py       the step of refusion at which everybody stands
    employer.py    the weeks of sygedagpenge that an employer pays
    living.py      what everybody lives on, in and out of benefit, as the scenario says it
    people.py      weeks of benefit by step, hours worked and weeks in offers, by calendar year, from the register
    staff.py       full-time weeks of staff: at the margin, as there are, in whole posts, with a period of notice
    arms.py        weeks on benefit of each arm
    displaced.py   jobs that effects add, and those taken from others outside of the run
    once.py        what a scenario pays once
    work.py        what interventions declare that they spend (`Intervention.spends`)
    quantities.py  all of these, by item, replication and calendar year
    prices.py      what a unit costs, and who pays whom for it, from files (price_files/)
    accounts.py    quantities times prices: who pays whom how much, and what society gains by itself
    decision/      what is best, how sure that is, and what knowing more is worth, from draws alone
    cba/           the question: scenarios against a base, simulated, priced, and what it comes to
"""
