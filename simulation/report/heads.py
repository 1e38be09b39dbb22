"""What scenarios are called where there is little room, and what differs between them, key by key, in a line or two."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import Any, NamedTuple

from simulation.report.wording import Wording
from simulation.scenario.changes import Change
from simulation.world.labels import Label
from simulation.world.staff.teams import NO_LIMIT

BASE, SCENARIO = Label("base", "basis"), Label("scenario", "scenarie")
MORE = Label("{what} and {n} more", "{what} og {n} mere")
MORE_KEYS = Label("{what}; and {n} more keys: tables/changes.csv", "{what}; og {n} nøgler til: tables/changes.csv")
ONE_MORE_KEY = Label("{what}; and 1 more key: tables/changes.csv", "{what}; og 1 nøgle til: tables/changes.csv")
NOTHING = Label("nothing", "intet")
NEW = Label("{part} is new", "{part} er ny")
GONE = Label("{part} is left out", "{part} er udeladt")
OTHERWISE = Label("{part} is otherwise", "{part} er anderledes")
NONE, YES, NO = Label("none", "ingen"), Label("yes", "ja"), Label("no", "nej")
WIDEST_VALUE, WIDEST_HEAD, MOST_OF_A_PART, NARROWEST_LABEL = 28, 14, 3, 24
LEGEND_LINES, BEFORE_LEGEND, SHORTEST_NAME = 2, 18, 4
"""Lines of a legend, columns of each that are its head or lost where a line ends, and the least of a name."""
ELLIPSIS = "…"


class Heads(NamedTuple):
    """What columns are called where there is little room, and a legend, if these are letters."""

    names: Sequence[str]
    legend: str


def cut_to(text: str, width: int) -> str:
    """The text in so many columns at the most."""
    return text if len(text) <= width else text[: max(width - 1, 0)].rstrip() + ELLIPSIS


def in_a_row(texts: Sequence[str], width: int, words: Wording) -> str:
    """As many texts as there is room for, and how many there are more."""
    for count in range(len(texts), 0, -1):
        line, more = ", ".join(texts[:count]), len(texts) - count
        line = words.say(MORE, what=line, n=more) if more else line
        if len(line) <= width:
            return line
    return cut_to(", ".join(texts), width)


def value_text(words: Wording, change: Change, value: Any) -> str:
    """A value of the input as it stands on the screen."""
    if value is None or value == [] or (change.key.endswith("caseload_limit") and value == NO_LIMIT):
        return words.say(NONE)
    if isinstance(value, bool):
        return words.say(YES if value else NO)
    if isinstance(value, list):
        return cut_to(", ".join(map(str, value)), WIDEST_VALUE)
    return figure_text(words, value)


def figure_text(words: Wording, value: Any) -> str:
    """A number or a word of the input in the manner of a language."""
    if value is None:
        return words.say(NONE)
    if value == 0 and not isinstance(value, bool):
        return "0"  # as it is written; of results 0.0 tells that it is a rounded one
    if isinstance(value, int | float) and not isinstance(value, bool):
        return words.number("", float(value), digits=_digits(value))
    return cut_to(str(value) or "–", WIDEST_VALUE)


def _digits(value: float) -> int:
    """As many as four figures that count need."""
    text = f"{value:.4g}"
    return 0 if value == int(value) else len(text.partition(".")[2]) if "e" not in text else 6


def changed_text(words: Wording, changes: Sequence[Sequence[Change]], width: int, stored: bool) -> str:
    """The keys that differ, from what to what, of every scenario against the base; of long lists so many as there is
    room for, and always how many there are more."""
    texts = _changes(words, changes)
    if not texts:
        return words.say(NOTHING)
    for count in range(len(texts), 0, -1):
        line, more = "; ".join(texts[:count]), len(texts) - count
        with_table = ONE_MORE_KEY if more == 1 else MORE_KEYS
        for label in (*([with_table] if stored else []), MORE):
            text = words.say(label, what=line, n=more) if more else line
            if len(text) <= width:
                return text
    rest = words.say(MORE, what="", n=len(texts) - 1) if len(texts) > 1 else ""
    return cut_to(texts[0], width - len(rest)) + rest


def _changes(words: Wording, every: Sequence[Sequence[Change]]) -> list[str]:
    if len(every) == 1:
        return _of_pair(words, every[0])
    found: dict[str, list[Change | None]] = {}
    for number, changes in enumerate(every):
        for change in changes:
            found.setdefault(change.key, [None] * len(every))[number] = change
    texts = []
    for key, each in found.items():
        some = next(change for change in each if change is not None)
        before = value_text(words, some, some.before)
        after = dict.fromkeys(before if c is None else value_text(words, c, c.after) for c in each)
        texts.append(f"{key} {before} → {', '.join(text for text in after if text != before)}")
    return texts


def _of_pair(words: Wording, changes: Sequence[Change]) -> list[str]:
    parts: dict[str, list[Change]] = {}
    for change in changes:
        parts.setdefault(change.part, []).append(change)
    texts = []
    for part, within in parts.items():
        if len(within) <= MOST_OF_A_PART and all(c.key == part or len(within) == 1 for c in within):
            texts += [f"{c.key} {value_text(words, c, c.before)} → {value_text(words, c, c.after)}" for c in within]
            continue
        new, gone = (all(getattr(c, which) is None for c in within) for which in ("before", "after"))
        texts.append(words.say(NEW if new else GONE if gone else OTHERWISE, part=part))
    return texts


def heads_of(words: Wording, names: Sequence[str], changes: Sequence[Sequence[Change]], width: int) -> Heads:
    """Short names for scenarios of these names, the base first, of which each of the others has such changes."""
    if values := _values_of_one_key(words, changes):
        return Heads(values, "")
    if len(names) == 2:
        return Heads([words.say(BASE), words.say(SCENARIO)], "")
    short = without_common(names)
    if max(map(len, short)) <= WIDEST_HEAD and NARROWEST_LABEL + sum(len(text) + 2 for text in short) <= width:
        return Heads([words.say(BASE), *short[1:]], "")
    letters = [chr(ord("A") + n) if n < 26 else str(n + 1) for n in range(len(names) - 1)]
    return Heads([words.say(BASE), *letters], _legend(letters, short[1:], LEGEND_LINES * (width - BEFORE_LEGEND)))


def _legend(letters: Sequence[str], names: Sequence[str], room: int) -> str:
    """What letters stand for: every one of them, however little of a name there is room for."""
    legend = "; ".join(f"{letter} {name}" for letter, name in zip(letters, names, strict=True))
    each = max(room // len(names) - max(map(len, letters)) - len(" ; "), SHORTEST_NAME)
    while len(legend) > room and each >= SHORTEST_NAME:
        legend = "; ".join(f"{letter} {cut_to(name, each)}" for letter, name in zip(letters, names, strict=True))
        each -= 1
    return legend


def _values_of_one_key(words: Wording, every: Sequence[Sequence[Change]]) -> list[str]:
    """The values of the only key that differs, if they tell the columns apart."""
    if any(len(changes) != 1 for changes in every) or len({changes[0].key for changes in every}) != 1:
        return []
    first = every[0][0]
    texts = [value_text(words, first, first.before), *(value_text(words, c[0], c[0].after) for c in every)]
    simple = all(not isinstance(c[0].after, dict | list) for c in every)
    return texts if simple and len(set(texts)) == len(texts) and max(map(len, texts)) <= WIDEST_HEAD else []


def without_common(names: Sequence[str]) -> list[str]:
    """Names without what all begin with but for the first, which is the base's, up to a comma or the like."""
    letters = zip(*names[1:], strict=False)
    shared = "".join(each[0] for each in takewhile(lambda each: len(set(each)) == 1, letters))
    cut = max(shared.rfind(sign) + 1 for sign in (", ", ": ", " – "))
    short = [names[0], *(name[cut:].strip(" –") for name in names[1:])]
    whole = all(name and name.count("(") == name.count(")") for name in short[1:])
    return short if whole else list(names)
