"""What the predictions from other families say: as a table, as text, and as a plot."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

import pandas as pd

from calibration.evidence.printed import UNITS, shown
from calibration.evidence.schema import Entry, EvidenceFile
from calibration.evidence.tables import plain, short
from calibration.left_out_families import ENOUGH, MISS, FromOthers, Predictions, Summary, summaries
from calibration.skill import LEVELS
from calibration.synthesis import Mixture
from simulation.report.figures.drawing import COLOURS, Album, Picture, in_style

HEAD = ("figure", "mechanism, group", "at", "printed", "others say, 95 %", "null, 95 %", "rank", "inside", "log score",
        "null's")  # fmt: skip
SUMMARY_HEAD = ("", "figures", "families", *(f"in {100 * level:.0f} %" for level in LEVELS), "width",
                "log score", "null's", "difference", "better")  # fmt: skip
TITLES = {
    True: "(i) Validation: the error is printed, or follows from both arms and their persons",
    False: "(ii) No validation: the error is a guess",
}
WORDS = 110
BAND = "Bars: 95 %, thick: 50 %, the study's own error in them; blue: from the other families, grey: null"
CAPTION = (
    "Every figure of a study (diamond; hollow: its error is a guess, so it validates nothing; orange: a miss) and what "
    "the other families of its mechanism say that a study with this error finds. The null knows of no study, but of "
    "the spread between trials."
)


def validation_table(file: EvidenceFile, of: Predictions) -> pd.DataFrame:
    """One row for every figure that is used; those that cannot be predicted say why.

    Figure, middle and ends are in the printed unit; width, log scores and their difference by the log of exit rates.
    """
    found: list[dict[str, Any]] = []
    for row in sorted(of.rows, key=lambda row: not row.validates):
        entry = row.entry
        low, high = row.printed_interval(row.found)
        null_low, null_high = row.printed_interval(row.null)
        found.append({
            **_which(row.name, "i" if row.validates else "ii", entry),
            "others": " ".join(row.others), "others_of": "group" if row.of_group else "all groups",
            "unit": _unit(row), "printed": short(row.printed(row.estimate)),
            "middle": short(row.printed(row.found.quantile(0.5))), "low": short(low), "high": short(high),
            "null_low": short(null_low), "null_high": short(null_high), "width": short(row.width),
            "rank": short(row.rank), "inside": row.verdict, "log_score": short(row.score),
            "null_log_score": short(row.null_score), "difference": short(row.gain),
        })  # fmt: skip
    unlisted = [{**_which(name, "", file.studies[name]), "why_not": why} for name, why in of.why_not.items()]
    return pd.DataFrame([*found, *unlisted])


def _which(name: str, of: str, entry: Entry) -> dict[str, Any]:
    return {
        "id": name, "list": of, "mechanism": entry.mechanism, "destination": entry.destination, "group": entry.group,
        "family": entry.family, "quantity": entry.quantity, "horizon": entry.horizon, "n": entry.n,
    }  # fmt: skip


def validation_text(of: Predictions) -> str:
    """Both lists, what they say together, the misses by name, and what could not be predicted."""
    lines = []
    for validates, title in TITLES.items():
        part = [row for row in of.rows if row.validates == validates]
        lines += [title, *(_grid([HEAD, *map(_cells, part)]) if part else ["No figure."]), ""]
    found = summaries(of.rows)
    lines += ["Together", *_grid([SUMMARY_HEAD, *map(_summary_cells, found)]), ""]
    misses = [row.name for row in of.rows if row.verdict == MISS]
    reasons: dict[str, list[str]] = {}
    for name, why in of.why_not.items():
        reasons.setdefault(why, []).append(name)
    for sentence in (
        _says(found[0]),
        *(f"Difference of log scores by family, {one.what}: {_gains(one)}." for one in found[::2] if one.rows),
        *(f"Ranks of {one.what} against even ones (Kolmogorov-Smirnov): p = {one.even:.2f}."
          for one in found[::2] if one.even is not None),
        *([_with_noughts(Summary("", [*found[2].rows, *of.noughts]), len(of.noughts))] if of.noughts else []),
        f"Misses, outside 95 %: {', '.join(misses) or 'none'}.",
        *(f"Not predicted, {why}: {', '.join(names)}." for why, names in reasons.items()),
    ):  # fmt: skip
        lines += textwrap.wrap(sentence, WORDS, subsequent_indent="  ")
    return "\n".join(lines)


def _says(validation: Summary) -> str:
    """Whether the synthesis beats the null over (i), and whether that says anything."""
    if not validation.rows:
        return "(i) has no figure: nothing is validated."
    beats = "above" if validation.score > validation.null_score else "not above"
    n = len(validation.rows)
    few = f" With {n} figure{'s' if n > 1 else ''} that tells next to nothing." if n < ENOUGH else ""
    gains = validation.gains.values()
    return (
        f"Over (i) the median log score of the synthesis is {validation.score:+.2f}, {beats} the null's "
        f"{validation.null_score:+.2f}; it is the better one in {sum(gain > 0 for gain in gains)} of {len(gains)} "
        f"families.{few}"
    )


def _with_noughts(guessed: Summary, noughts: int) -> str:
    """What the list would say if it did not leave out where the null is at its best."""
    gains = guessed.gains.values()
    return (
        f"Leaving out what is reported as no effect favours the synthesis, as the null says nought of everything. With "
        f"the {noughts} of them that others can predict, (ii) has a median log score of {guessed.score:+.2f} against "
        f"{guessed.null_score:+.2f}, and a median difference by family of {guessed.gain:+.2f}; better in "
        f"{sum(gain > 0 for gain in gains)} of {len(gains)}."
    )


def _cells(row: FromOthers) -> tuple[str, ...]:
    scale = row.entry.scale

    def interval(of: Mixture) -> str:
        low, high = row.printed_interval(of)
        return f"{shown(scale, low)} to {shown(scale, high)}"

    return (
        row.name, f"{row.entry.mechanism}, {row.entry.group}" + ("" if row.of_group else " (from all)"),
        row.entry.horizon or "", f"{_unit(row)} {shown(scale, row.printed(row.estimate))}", interval(row.found),
        interval(row.null), f"{row.rank:.2f}", row.verdict, f"{row.score:+.2f}", f"{row.null_score:+.2f}",
    )  # fmt: skip


def _summary_cells(of: Summary) -> tuple[str, ...]:
    if not of.rows:
        return (of.what, "0", *[""] * (len(SUMMARY_HEAD) - 2))
    gains = of.gains
    return (
        of.what, str(len(of.rows)), str(len(gains)),
        *(f"{one.inside} ({100 * one.low:.0f} to {100 * one.high:.0f} %)" for one in of.coverage),
        f"{of.width:.2f}", f"{of.score:+.2f}", f"{of.null_score:+.2f}", f"{of.gain:+.2f}",
        f"{sum(gain > 0 for gain in gains.values())} of {len(gains)}",
    )  # fmt: skip


def _unit(row: FromOthers) -> str:
    return UNITS[row.entry.scale.how if row.entry.scale else None]


def _gains(of: Summary) -> str:
    return ", ".join(f"{family} {gain:+.2f}" for family, gain in sorted(of.gains.items(), key=lambda one: one[1]))


def _grid(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def draw_validation(rows: Sequence[FromOthers], album: Album) -> None:
    """The plot of all that is predicted, into the album; none if nothing is."""
    if rows:
        album.add(validation_figure(rows), "predicted_from_others")


def validation_figure(rows: Sequence[FromOthers]) -> Picture:
    """Intervals and figures on the scale of the log exit rate, those that validate first; at the right their ranks."""
    ordered = sorted(rows, key=lambda row: not row.validates)
    with in_style():
        figure = Picture(9, 0.8 + 0.36 * len(ordered))
        panel, ranks = figure.subplots(1, 2, sharey=True, width_ratios=[4, 1])
        for at, row in enumerate(ordered):
            for of, colour, above in ((row.found, COLOURS[0], 0.14), (row.null, "0.6", -0.14)):
                for share, width in ((0.95, 1.2), (0.5, 4)):
                    panel.plot(of.interval(share), [at - above] * 2, color=colour, lw=width, solid_capstyle="butt")
            colour = COLOURS[1] if row.verdict == MISS else "black"
            face = colour if row.validates else "white"
            panel.plot(row.estimate, at, "D", mec=colour, mfc=face, ms=5.5, zorder=3)
            ranks.plot(row.rank, at, "o", mec=colour, mfc=face, ms=6)
        names = [f"{plain(row.name)}{' (i)' if row.validates else ''}" for row in ordered]
        labels = [f"{name}: {plain(str(row.entry.mechanism))}" for name, row in zip(names, ordered, strict=True)]
        panel.set_yticks(range(len(ordered)), labels, fontsize=8)
        panel.set_ylim(len(ordered) - 0.4, -0.6)
        panel.axvline(0, color="0.3", lw=0.8)
        panel.set_xlabel("log exit-rate ratio")
        for level, shade in zip(reversed(LEVELS), ("0.93", "0.86", "0.76"), strict=True):
            ranks.axvspan(0.5 - level / 2, 0.5 + level / 2, color=shade, lw=0, zorder=0)
        ranks.set_xlim(0, 1)
        ranks.set_xlabel("rank; bands 50, 80, 95 %")
        for of in (panel, ranks):
            of.grid(axis="y", visible=False)
        missed = sum(row.verdict == MISS for row in rows)
        title = f"Predicted from the other families: {missed} of {len(rows)} figures are missed"
        return figure.finish(title, CAPTION, BAND)
