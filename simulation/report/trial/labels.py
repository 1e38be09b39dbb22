"""Words for the parts of a trial: how lots are drawn, what is reckoned, by which errors."""

from __future__ import annotations

from simulation.results.trial.operating import Errors, Measure, Population, Staff
from simulation.world.labels import Label

LOTS: dict[str, Label] = {
    "individual": Label("persons drawn by lot in each jobcentre", "lodtrækning mellem personer i hvert jobcenter"),
    "birth_date": Label("persons by even or odd date of birth", "personer efter lige eller ulige fødselsdato"),
    "cluster": Label("whole jobcentres drawn by lot", "lodtrækning mellem hele jobcentre"),
    "stepped_wedge": Label("jobcentres cross over in an order drawn by lot",
                           "jobcentrene går over i en rækkefølge efter lodtrækning"),
    "encouragement": Label("persons drawn by lot to be offered it",
                           "lodtrækning mellem personer om at få indsatsen tilbudt"),
}  # fmt: skip
MEASURES: dict[Measure, Label] = {
    "difference": Label("difference", "forskel"),
    "hazard_ratio": Label("hazard ratio", "hazard ratio"),
    "log_rank": Label("log-rank test", "log-rank-test"),
}
ERRORS: dict[Errors, Label] = {
    "individual": Label("errors by person", "fejl pr. person"),
    "clustered": Label("errors by jobcentre", "klyngerobuste fejl"),
    "permutation": Label("permutation of lots", "permutation af lod"),
}
POPULATIONS: dict[Population, Label] = {
    "itt": Label("as drawn", "efter lodtrækning"),
    "treated": Label("those who take it up", "dem, der tager imod"),
}
STAFF: dict[Staff, Label] = {
    "follows": Label("staff follows", "personale følger med"),
    "held": Label("staff as it is", "personale som nu"),
}
OF_TEST = Label("{what}: {how}", "{what}: {how}")
POWER, SIZE = Label("Power, %", "Styrke, %"), Label("Size, %", "Type I-fejl, %")
ESTIMATE, BIAS = Label("Estimate", "Estimat"), Label("Bias", "Skævhed")
COVERAGE, SMALLEST = Label("Coverage, %", "Dækning, %"), Label("Found in 80 %", "Findes i 80 %")
PERSONS, JOBCENTRES = Label("Persons", "Personer"), Label("Jobcentres", "Jobcentre")
STAFFED = Label("Staff", "Personale")
ANALYSIS = Label("Analysis", "Analyse")
