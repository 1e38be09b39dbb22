"""Values with a source: {value, unit, kind, source, page, range, note} in a file becomes a plain value, and a note of
where it comes from, kept beside it by its path.

How sure a value is stands beside it, too: `se`, a standard error; `range`, the ends of what it may well be, with `draw:
log` or `uniform` where that is not to be as is usual for its unit; of shares that add up to 1 `concentration`.

A value may change at dates (`from`, see dates.py), each change with a source of its own, or without any.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any, TypeGuard

from simulation.scenario.files.dates import EXAMPLE, FROM, of_change
from simulation.scenario.files.problems import Problem, did_you_mean
from simulation.scenario.files.sourced import Origin, Sourced
from simulation.scenario.files.yamlfile import Document, Path, dotted
from simulation.world.weeks import iso_week

KINDS = ("published", "evidence", "calibrated", "assumed", "rule")
"""evidence: a size taken from other trials than the one that is simulated."""
DRAWS = ("log", "uniform")
_KEYS = ("value", "unit", "kind", "source", "page", "range", "note", "se", "draw", "concentration", "of", FROM)
_SAID = ("kind", "source", "page", "range", "se", "draw", "concentration")
"""What may be said of a value that has a kind and a source."""
EVIDENCE = "evidence"
"""The word that stands in a scenario instead of a number of the synthesis of published effects, which `of` names."""
FITTED = "fitted"
"""The word that stands there instead of a number of a calibration."""


def unwrap(document: Document) -> tuple[Sourced, list[Problem]]:
    """Take the sources off the values of a document; what is wrong with them is returned, not raised."""
    sourced = Sourced({}, {}, {(): document.mark(())}, {})
    problems: list[Problem] = []

    def walk(raw: Any, written: Path, path: Path) -> Any:
        """`written` is the path in the file, `path` the same without the steps into `value:`."""
        sourced.marks[path] = document.mark(written)
        if path and written[-1] == path[-1] and written in document.keys:
            sourced.keys[path] = document.keys[written]
        if isinstance(raw, Mapping):
            if path and "value" in raw:  # a whole file is no single value
                sourced.origins[path] = _origin(document, written, path, raw, problems)
                if "range" in raw:
                    sourced.marks[(*path, "range")] = document.mark((*written, "range"))
                if FROM in raw and (changes := changes_of(raw[FROM], (*written, FROM), path)):
                    sourced.dated[path] = changes
                return walk(raw["value"], (*written, "value"), path)
            if path and _dates_only(raw):
                message = f"what it is before the first date is missing; write it as `value`, as in {EXAMPLE}"
                problems.append(Problem(message, document.mark((*written, FROM), True), dotted(path)))
                return None
            return {key: walk(item, (*written, key), (*path, key)) for key, item in raw.items()}
        if isinstance(raw, list):
            return [walk(item, (*written, i), (*path, i)) for i, item in enumerate(raw)]
        return raw

    def changes_of(raw: Any, written: Path, place: Path) -> dict[str, Any]:
        """What the value at this place is from each week on, as far as that can be read."""

        def wrong(message: str, at: Path, key: bool = False) -> None:
            problems.append(Problem(message, document.mark(at, key), dotted((*place, FROM, *at[len(written) :]))))

        if of_change(place) is not None or any(place[:n] in sourced.dated for n in range(1, len(place))):
            wrong("this is part of what changes at dates already", written, True)
            return {}
        if not isinstance(raw, Mapping) or not raw:
            wrong(f"write what it is from which ISO week on, as in {EXAMPLE}", written)
            return {}
        found: dict[str, Any] = {}
        for week, item in raw.items():
            at = (*written, week)
            try:
                iso_week(week)
            except ValueError as error:
                wrong(str(error), at, True)
                continue
            if found and week <= (last := list(found)[-1]):
                wrong(f"the weeks must go up ({week} stands after {last})", at, True)
                continue
            path = (*place, FROM, week)
            sourced.origins[path] = Origin(document.mark(at))
            value = walk(item, at, path)
            if value is None or (isinstance(value, str) and value in (EVIDENCE, FITTED)):
                sourced.origins[path] = Origin(document.mark(at))
                wrong(f"from a date on it must be a value that is written here (got {value or 'null'})", at)
            else:
                found[week] = value
        return found

    sourced.data = walk(document.data, (), ())
    return sourced, problems


def _dates_only(raw: Mapping[str, Any]) -> bool:
    """Whether a mapping says what a value is from dates on, and not what it is before."""
    changes = raw.get(FROM)
    return isinstance(changes, Mapping) and all(of_change(("", FROM, week)) for week in changes) and bool(changes)


def _origin(document: Document, written: Path, path: Path, raw: Mapping[str, Any], problems: list[Problem]) -> Origin:
    mark = document.mark((*written, "value"))

    def wrong(message: str, key: str, at_key: bool = False) -> None:
        problems.append(Problem(message, document.mark((*written, key), at_key), dotted(path)))

    for key in raw:
        if key not in _KEYS:
            wrong(f"unknown key '{key}' in a value with a source{did_you_mean(key, _KEYS)}", key, True)
    texts = {key: raw.get(key) for key in ("unit", "kind", "source", "page", "note", "of")}
    for key, text in texts.items():
        if text is not None and not isinstance(text, str):
            wrong(f"{key} must be text", key)
            texts[key] = str(text)
    if raw["value"] == EVIDENCE:
        for key in (key for key in _SAID if key in raw):
            wrong(f"{key} comes with the synthesis: `value: {EVIDENCE}` has only `of`, `unit` and `note`", key, True)
        if not texts["of"]:
            wrong(f"`value: {EVIDENCE}` needs `of: MECHANISM.EXIT.GROUP`, an effect of the synthesis", "value")
        return Origin(mark, unit=str(texts["unit"] or ""), note=str(texts["note"] or ""), of=str(texts["of"] or ""))
    if texts["of"] is not None:
        wrong(f"of: names an effect of the synthesis, where the value is the word '{EVIDENCE}'", "of", True)
    kind = texts["kind"]
    if not any(key in raw for key in _SAID) and (FROM in raw or of_change(path) is not None):
        return Origin(mark, unit=str(texts["unit"] or ""), note=str(texts["note"] or ""))
    if kind is None:
        wrong(f"a value with a source needs its kind: {', '.join(KINDS)}", "value")
    elif kind not in KINDS:
        wrong(f"kind must be one of {', '.join(KINDS)} (got '{kind}'){did_you_mean(str(kind), KINDS)}", "kind")
    if not texts["source"]:
        wrong("a value with a source needs `source:`", "value")
    span = raw.get("range")
    if span is not None:
        ends = span if isinstance(span, list) else []
        numbers = [end for end in ends if isinstance(end, int | float) and not isinstance(end, bool)]
        if len(ends) != 2 or len(numbers) != 2 or numbers[0] > numbers[1]:
            wrong("range must be two numbers, the lower one first", "range")
            span = None
        elif is_number(raw["value"]) and not numbers[0] <= raw["value"] <= numbers[1]:
            message = f"the range from {numbers[0]:g} to {numbers[1]:g} does not hold the value {raw['value']:g}"
            place = (*written, "range")
            problems.append(Problem(message, document.mark(place), dotted((*path, "range"))))
    for key, message in _unsure(raw, str(kind or ""), span):
        wrong(message, key if key in raw else "value")
    return Origin(
        mark=mark,
        kind=str(kind or ""),
        source=str(texts["source"] or ""),
        page=str(texts["page"] or ""),
        unit=str(texts["unit"] or ""),
        range=(float(span[0]), float(span[1])) if span else None,
        note=str(texts["note"] or ""),
        se=raw["se"] if _is_positive(raw.get("se")) else None,
        draw=str(raw.get("draw") or ""),
        concentration=raw["concentration"] if _is_positive(raw.get("concentration")) else None,
    )


def _unsure(raw: Mapping[str, Any], kind: str, span: list[float] | None) -> Iterator[tuple[str, str]]:
    """What is wrong with how sure a value is said to be: key and message."""
    se, draw, concentration, value = (raw.get(key) for key in ("se", "draw", "concentration", "value"))
    for key in ("se", "concentration"):
        if raw.get(key) is not None and not _is_positive(raw[key]):
            yield key, f"{key} must be a number above 0 (got {raw[key]})"
    if kind == "rule":
        yield from ((key, f"a rule is as it is: {key} has no meaning here") for key in ("se", "draw") if raw.get(key))
    if kind == "evidence" and se is None and span is None and concentration is None:
        yield "kind", "a value of kind evidence needs `se` (its standard error) or `range`"
    if se is not None and isinstance(value, Mapping | list):
        yield "se", "se is of a single number; of shares that add up to 1 there is `concentration`"
    if draw is not None:
        if draw not in DRAWS:
            yield "draw", f"draw must be {' or '.join(DRAWS)} (got '{draw}'){did_you_mean(str(draw), DRAWS)}"
        elif raw.get("range") is None or se is not None:
            yield "draw", "draw says how a `range` is drawn from, where no `se` is given"
        elif draw == "log" and span is not None and span[0] <= 0:
            yield "draw", f"draw: log needs a range above 0 (it begins at {span[0]:g})"
    if concentration is not None:
        shares = list(value.values()) if isinstance(value, Mapping) else []
        if not shares or not all(map(is_number, shares)) or abs(sum(shares) - 1) > 1e-9:
            yield "concentration", "concentration is of shares that add up to 1, such as {4: 0.4, 8: 0.6}"
        elif span is not None:
            yield "concentration", "give either `concentration` or `range` (of the mean), not both"


def _is_positive(value: object) -> TypeGuard[int | float]:
    return is_number(value) and value > 0


def is_number(value: object) -> TypeGuard[int | float]:
    """Whether this is a number that can be reckoned with."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
