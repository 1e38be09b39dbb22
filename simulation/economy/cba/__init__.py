"""Who pays and who gains by a policy: scenarios held against a base, priced, by payer and calendar year.

    plan.py       what is asked: scenarios, prices, how staff is reckoned, draws of what is unsure, what is moved
    asked.py      the options that ask for it, and what is wrong with them
    kept.py       quantities of finished replications, in files
    running.py    all pieces of work, kept as they are finished, by what decides them
    gains.py      what an account gains, at any prices
    sums.py       what is worked and lived on
    means.py      means over replications, and ratios of them
    budget.py     the controller's table: the budget year and three more, by payer and what it is for
    days.py       what a day on benefit costs
    payers.py     how sure it is for each of those who pay
    answer.py     what they come to: accounts by payer and year, what more work costs, what must be saved
    deciding.py   the same over draws of everything: how sure it is, and what knowing more is worth
    moving.py     on which number it hangs
    assumed.py    how many numbers are assumed
    found.py      all that was found, as tables
    door.py       the question in Python
"""
