"""A trial rehearsed: simulated many times, analysed each time as an evaluator would, and held against the truth.

    plan.py       what is rehearsed: sizes, numbers of jobcentres, staff, draws
    rehearse.py   the worlds of some rehearsals, and the data that they leave
    data.py       those data, as arrays and in files
    running.py    all pieces of work, kept as they are finished
    answer.py     what the data tell
    found.py      all that was found, as tables
"""
