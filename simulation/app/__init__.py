"""The local page: a scenario is picked, a few of its keys are moved, and what follows is seen while one looks.

    levers.py   which keys of a scenario can be moved, and what each position writes into a scenario file
    live.py     replications of a base and of a design, by common luck, in processes that can be ended
    rows.py     what is shown of them: the rows, the money, the sentences
    kept.py     the design as a file of its own, and the report and the workbook that the command line makes of it
    markup.py   what is seen, as the page has it; plain.py: text that stands as it is written
    picked.py   the scenarios that can be picked; shown.py: levers in words; words.py: the words of the page
    page.py     the page itself, in Streamlit; script/ is what Streamlit begins with
    server.py   how the page is served: to this machine alone, behind a token
    begin.py    Streamlit in a process that ends with the command; it and page.py alone import Streamlit

The page has no numbers of its own: everything on it is what `compare` and `cba` find for the same files.
"""
