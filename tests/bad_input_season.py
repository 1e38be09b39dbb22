"""Mistakes about the time of the year: as in `bad_input`."""

from __future__ import annotations

from tests.bad_input_syge import Case

SEED = "seed: 3\n"
YEAR = ", ".join(f"{month}: 1" for month in range(2, 12))
SOURCED = "kind: assumed, source: what-if"


def _season(text: str) -> list[tuple[str, str]]:
    return [(SEED, f"{SEED}season:\n  {text}\n")]


WRONG_SEASON = {
    "a thirteenth month": Case(
        _season(f"exits: {{job: {{1: 1, {YEAR}, 12: 1, 13: 1}}}}"), "'13' is not a month", "12: 1, ¦13: 1"
    ),
    "a month by name": Case(_season("minutes: {months: {juli: 0.5}}"), "'juli' is not a month", "months: {¦juli: 0.5}"),
    "a month that is missing": Case(
        _season(f"exits: {{job: {{1: 1, {YEAR}}}}}"), "give a factor for each of the 12 months (missing: 12)",
        "exits: {job: ¦{1: 1",
    ),
    "exits of a month below 0": Case(
        _season(f"exits: {{job: {{1: 1, {YEAR}, 12: -0.5}}}}"), "must be 0 or more", "12: ¦-0.5"
    ),
    "a season of an exit that there is not": Case(
        _season(f"exits: {{jobb: {{1: 1, {YEAR}, 12: 1}}}}"), "'jobb' is not known here", "exits: {¦jobb: {1: 1"
    ),
    "more minutes than there are": Case(
        _season("minutes: {months: {7: 1.5}}"), "must be 1 or less", "months: {7: ¦1.5}"
    ),
    "an ISO week that no year has": Case(
        _season("minutes: {weeks: {54: 0.5}}"), "'54' is not an ISO week: they are 1 to 53", "weeks: {¦54: 0.5}"
    ),
    "a misspelt part of the season": Case(
        _season("minuts: {months: {7: 0.5}}"), "did you mean 'minutes'", "  ¦minuts: {months"
    ),
}  # fmt: skip

DOUBTFUL_SEASON = {
    "a week that no run reaches": Case(
        _season(f"minutes: {{weeks: {{value: {{30: 0.5, 52: 0}}, {SOURCED}}}}}"),
        "ISO weeks 52: they never act, as the run has 40 weeks from 2026-W01", "weeks: {value: ¦{30: 0.5, 52: 0}",
    ),
    "a month that no run reaches": Case(
        _season(f"minutes: {{months: {{value: {{7: 0.5, 12: 0.8}}, {SOURCED}}}}}"),
        "months 12: they never act", "months: {value: ¦{7: 0.5",
    ),
    "exits of months that no run reaches": Case(
        _season(f"exits: {{job: {{value: {{1: 2, {YEAR}, 12: 1}}, {SOURCED}}}}}"),
        "as the run has 40 weeks from 2026-W01, so the mean factor of its weeks is 1.038 and not 1",
        "job: {value: ¦{1: 2",
    ),
    "a week that nobody stands for": Case(
        _season(f"minutes: {{weeks: {{8: {{value: 0.3, {SOURCED}}}, 9: 0.5}}}}"),
        "no source: no profile by time of the year ships", "weeks: ¦{8: {value",
    ),
    "a season that nobody stands for": Case(
        _season("minutes: {months: {7: 0.5}}"), "no source: no profile by time of the year ships", "months: ¦{7: 0.5}"
    ),
}  # fmt: skip
