"""The local page: a scenario is picked, a few of its keys are moved, and what follows is seen while one looks.

    levers.py   which keys of a scenario can be moved, and what each position writes into a scenario file
    live.py     replications of a base and of a design, by common luck, in processes that can be ended
    rows.py     what is shown of them: the rows, the money, the sentences
    kept.py     the design as a file of its own, and the report and the workbook that the command line makes of it
    page.py     the page itself, in Streamlit; the one file that imports it
    server.py   how the page is served: to this machine alone, behind a token

The page has no numbers of its own: everything on it is what `compare` and `cba` find for the same files.
"""
