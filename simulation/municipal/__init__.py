"""Files that municipal analysts have, read into one tidy table: what Jobindsats and Statistics Denmark hand out.

How a file becomes a table: `contents` says what its bytes are (text, a workbook, none of both), `recognise` which
reader is for it; `csvs`, `workbooks`, `jsons`, `px` and `jsonstat` make a sheet of cells of it, each with its place;
`pivoted` turns a sheet with periods across into one with a row for each figure; `headings` finds area, period and
measures by name; `reading` makes observations of the rows; `doubts` says what is easily misread; `tidy` writes.
Nothing here knows the simulation, and the simulation does not know this.
"""
