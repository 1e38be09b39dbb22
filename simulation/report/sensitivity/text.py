"""The sensitivity of an answer as JSON, and in its results folder."""

from __future__ import annotations

import pathlib
from collections.abc import Mapping, Sequence
from typing import Any

from simulation.experiments.sensitivity.asked import Question
from simulation.experiments.sensitivity.found import Found
from simulation.report.answer import rows_of
from simulation.report.figures.drawing import Album
from simulation.report.sensitivity.figure import draw_tornado
from simulation.report.sensitivity.words import Telling
from simulation.results.identity import fingerprint
from simulation.results.tables.folder import Keeping, Saved, save
from simulation.results.tables.inputs import labels
from simulation.results.tables.unfinished import folder_name
from simulation.scenario.load import Loaded
from simulation.world.labels import Language

COLUMNS = {
    "path": "dotted path of the number; of one that stands at several places, the first",
    "kind": "fitted, evidence or assumption; empty: a group that has several",
    "places": "at how many places it is moved together",
    "written": "value that stands in the scenario; of a distribution its mean",
    "low": "lower end of the middle 95 % of its distribution (of a fitted value of its posterior)",
    "high": "upper end of that",
    "low_value": "the answer with the number at its lower end, all others as written",
    "low_value_low": "lower end of the simulation error, 95 %, of that: of the change and of the answer as written",
    "low_value_high": "upper end of it",
    "low_change": "that less the answer as written, by the same replications",
    "low_change_low": "lower end of `change_interval`",
    "low_change_high": "upper end of `change_interval`",
    "high_value": "the answer with the number at its upper end, all others as written",
    "high_value_low": "lower end of the simulation error, 95 %, of that: of the change and of the answer as written",
    "high_value_high": "upper end of it",
    "high_change": "that less the answer as written, by the same replications",
    "high_change_low": "lower end of `change_interval`",
    "high_change_high": "upper end of `change_interval`",
    "value": "the answer without the mechanism, or with the key set otherwise",
    "value_low": "lower end of the simulation error, 95 %, of that: of the change and of the answer as written",
    "value_high": "upper end of it",
    "change": "that less the answer as written, by the same replications",
    "change_low": "lower end of `change_interval`",
    "change_high": "upper end of `change_interval`",
    "change_interval": "which uncertainty the ends of a change show",
    "span": "from the lowest to the highest of the answer at both ends and as written",
    "measurable": "whether the answer moves by more than luck",
    "as_written": "the answer as written: the outcome, or its difference from the base",
    "as_written_low": "lower end of `as_written_interval`",
    "as_written_high": "upper end of `as_written_interval`",
    "as_written_interval": "which uncertainty these ends show",
    "switch": "mechanism that is left out, or key that is set otherwise",
    "keys": "dotted paths that are changed for it",
    "asked": "whether it was asked for",
    "unknown": "what moves as one: a number, a fit, or a group",
    "numbers": "single numbers that move with it",
    "total": "Sobol' total index: share of the variance that it has a part in, alone or with others",
    "total_low": "lower end of `index_interval`",
    "total_high": "upper end of `index_interval`",
    "first": "Sobol' first index: share of the variance that it makes alone",
    "first_low": "lower end of `index_interval`",
    "first_high": "upper end of `index_interval`",
    "index_interval": "which uncertainty the ends of an index show",
    "leads": "share of resamples in which its total index is the largest",
    "wide": "whether its total index is known to no better than ± 0.1",
    "variance": "variance of the answer by all unknowns together, without luck",
    "variance_low": "lower end of the same interval of that",
    "variance_high": "upper end of it",
    "luck_of_point": "share of luck in the variance of single points of the sample; it is not in the indices",
    "sum_of_first": "sum of all first indices: 1 where nothing acts together",
    "samples": "rows of the sample",
    "each": "replications of every point of the sample",
    "name": "value or mechanism that is not in the tables",
    "why": "why it is not",
}
"""Columns of these tables that others do not have, or have in another sense."""


def sensitivity_fingerprint(loaded: Sequence[Loaded], question: Question) -> str:
    """Short name of it: of the scenarios, what is asked, and the program's text."""
    return fingerprint(loaded, question.at_point, question.text)


def sensitivity_name(loaded: Sequence[Loaded]) -> str:
    """The folder of results."""
    return folder_name(labels(each.file for each in loaded))


def store_sensitivity(found: Found, run: Mapping[str, Any], keeping: Keeping, language: Language = "en") -> Saved:
    """Put it into its results folder. Raises as `save` does."""
    question, names, loaded = found.study.question, found.names, found.study.loaded
    mark, meaning = sensitivity_fingerprint(loaded, question), names.meaning(question.of.outcome)

    def draw(folder: pathlib.Path) -> None:
        album = Album(folder, f"jobcentersim, {keeping.unfinished.name}/{mark}")
        album.add(draw_tornado(found, language), "tornado")
        album.close()

    outcome = {"unit": meaning.unit, "definition": meaning.definition, "clock": meaning.clock}
    return save(
        keeping.unfinished.root, keeping.unfinished.name, loaded, found.tables(),
        {"asked": found.study.replications, "done": found.study.replications}, {**run, "language": language}, draw,
        question.text, {"columns": COLUMNS, "outcomes": {names.write(question.of.outcome): outcome}}, keeping, mark,
    )  # fmt: skip


def sensitivity_answer(found: Found) -> dict[str, Any]:
    """What was asked and found, as plain values; NaN becomes None."""
    question, at, s = found.study.question, found.answer_at_point, found.indices
    return {
        "of": found.names.write(question.of.outcome), "group": str(question.of.group), "samples": question.samples,
        "each": question.each, "by": question.by, "replications": question.replications,
        "in_all": found.study.replications,
        "as_written": [at.value, at.low, at.high], "compared": found.compared,
        "unit": found.names.unit(question.of.outcome), "answer": " ".join(Telling(found).answer()),
        "too_small": None if s is None else s.too_small, "made_anew": found.study.anew,
        "tables": {name: rows_of(frame) for name, frame in found.tables().items()},
    }  # fmt: skip
