"""The `sweep` block of a scenario: which values are tried for which keys, which outcomes are shown, which service.

`run` ignores the block; `jobcentersim sweep` carries it out. Options on the command line are read here too, and become
a block like one in a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, Any, Protocol

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from simulation.scenario.files.problems import InputProblems, Mark, Problem
from simulation.scenario.files.scalars import plain_value, point_for_comma
from simulation.scenario.files.settings import as_in_a_file, read_value
from simulation.world.spec import Amount, Positive, Spec, in_unit_of

MAX_POINTS = 10_000
"""Most points of a grid, and most values of one axis."""

Value = int | float | str | bool | None
"""One value of an axis; None: the key is taken away."""


def _single(raw: object) -> object:
    if isinstance(raw, Mapping | list):
        raise ValueError(f"a swept value is a number, a text, true, false or null (got {raw})")
    return raw


def shown(value: Value) -> str:
    """A swept value as text, as one would write it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def number_or_none(value: Value) -> float | None:
    """A swept value as a number, if it is one."""
    return None if isinstance(value, bool) or not isinstance(value, int | float) else float(value)


class Steps(Spec):
    """Numbers from start to stop, both included, a step apart."""

    start: Annotated[Amount, in_unit_of("key", "First number that is tried")]
    stop: Annotated[Amount, in_unit_of("key", "Last number that is tried")]
    step: Annotated[
        Positive, in_unit_of("key", "How far the numbers are apart; it must lead from start to stop exactly")
    ]

    @model_validator(mode="after")
    def _end_is_reached(self) -> Steps:
        start, stop, step = (Decimal(repr(number)) for number in (self.start, self.stop, self.step))
        if stop < start:
            raise ValueError(f"stop: must not be below start (got {self.start:g} to {self.stop:g})")
        if (stop - start) / step >= MAX_POINTS:
            raise ValueError(f"step: so small a step makes {int((stop - start) / step) + 1:,} values of one key")
        if (stop - start) % step:
            last = start + (stop - start) // step * step
            ends = (
                f"stop: steps of {self.step:g} from {self.start:g} lead to {float(last):g} and {float(last + step):g}"
            )
            raise ValueError(f"{ends}, not to {self.stop:g}")
        return self

    def values(self) -> tuple[Value, ...]:
        """The numbers as decimal fractions have them (2.1 and not 2.1000000000000001); whole ones are whole."""
        start, stop, step = (Decimal(repr(number)) for number in (self.start, self.stop, self.step))
        numbers = [start + i * step for i in range(int((stop - start) / step) + 1)]
        whole = all(number == int(number) for number in numbers)
        return tuple(int(number) if whole else float(number) for number in numbers)


Listed = Annotated[list[Annotated[Value, BeforeValidator(_single)]], Field(min_length=1, max_length=MAX_POINTS)]
Axis = Annotated[
    Annotated[Steps, Tag("[steps]")] | Annotated[Listed, Tag("[listed]")],
    Discriminator(lambda raw: "[steps]" if isinstance(raw, Mapping | Steps) else "[listed]"),
]


class Interval(Protocol):
    """Anything with two ends."""

    @property
    def low(self) -> float: ...
    @property
    def high(self) -> float: ...


class Service(Spec):
    """A level of service that is asked for: what is the smallest staffing that reaches it?"""

    outcome: Annotated[str, Field(description="Outcome whose level is asked for, such as called_on_time_share")]
    group: Annotated[
        str | None,
        Field(
            description="Group that the outcome is of; absent: the arm that the swept team serves alone, or else alle"
        ),
    ] = None
    at_least: Annotated[
        Amount | None, in_unit_of("outcome", "Level that the outcome shall reach; shares between 0 and 1")
    ] = None
    at_most: Annotated[
        Amount | None, in_unit_of("outcome", "Level that the outcome shall not exceed, where small is good")
    ] = None
    staff: Annotated[str, Field(description="The swept key that is the staffing")]

    @model_validator(mode="after")
    def _one_level(self) -> Service:
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError("outcome: a service level is at_least or at_most a number, one of the two")
        return self

    @property
    def level(self) -> float:
        """The level, whether it is a lower or an upper bound."""
        level = self.at_least if self.at_least is not None else self.at_most
        assert level is not None
        return level

    def met(self, interval: Interval) -> bool:
        """Whether the whole interval meets the level; one that is not known (NaN) does not."""
        return interval.low >= self.level if self.at_least is not None else interval.high <= self.level

    @property
    def sign(self) -> str:
        """≥ or ≤."""
        return "≥" if self.at_least is not None else "≤"


class Sweep(Spec):
    """A grid of variants of the scenario, all run by the same luck."""

    over: Annotated[
        dict[str, Axis],
        Field(
            description="Values by the dotted path of their key: {start, stop, step} or a list; null: key taken away"
        ),
    ] = {}
    outcomes: Annotated[
        list[str] | None, Field(min_length=1, description="NAME or NAME:GROUP; absent: a set that suits the scenario")
    ] = None
    service: Annotated[
        Service | None,
        Field(description="Level of service of which the smallest staffing that reaches it is sought; absent: none"),
    ] = None

    def axes(self) -> dict[str, tuple[Value, ...]]:
        """The values of every key, in order."""
        return {key: axis.values() if isinstance(axis, Steps) else tuple(axis) for key, axis in self.over.items()}


# --- options outside the file -------------------------------------------------------------------------------------


@dataclass
class SweepOptions:
    """Options of a sweep given outside its file, on the command line or in a notebook.

    `over` and `service` have what a file would have, each with its mark; `over` by key. `problems` is what could not be
    read, `doubts` what may have been meant otherwise.
    """

    over: dict[str, tuple[Any, Mark]] = field(default_factory=dict)
    outcomes: Sequence[str] = ()
    service: tuple[dict[str, Any], Mark] | None = None
    staff: str | None = None
    problems: list[Problem] = field(default_factory=list)
    doubts: list[Problem] = field(default_factory=list)


def read_options(over: Sequence[str], outcomes: Sequence[str], service: str | None, staff: str | None) -> SweepOptions:
    """Read the values of `--over`, `--outcome`, `--service` and `--staff`."""
    options = SweepOptions(outcomes=outcomes, staff=staff)
    options.over, options.problems = _read_over(over)
    options.doubts = [*_commas(options.over)]
    if service is not None:
        try:
            options.service = _read_service(service), Mark(f"--service {service}", 0, 0)
        except InputProblems as error:
            options.problems += error.problems
    return options


def given_options(
    over: Mapping[str, Any], outcomes: Sequence[str] = (), service: str | None = None, staff: str | None = None
) -> SweepOptions:
    """The same from Python, where `over` has for each key a list of values or a mapping. Raises InputProblems for what
    no file could have."""
    options = read_options((), outcomes, service, staff)
    for key, values in over.items():
        try:
            options.over[str(key)] = (as_in_a_file(values), Mark("over", 0, 0))
        except ValueError as error:
            raise InputProblems([Problem(str(error), Mark("over", 0, 0), str(key))]) from None
    return options


def _read_over(texts: Sequence[str]) -> tuple[dict[str, tuple[Any, Mark]], list[Problem]]:
    axes: dict[str, tuple[Any, Mark]] = {}
    problems: list[Problem] = []
    for text in texts:
        mark = Mark(f"--over {text}", 0, 0)
        key, equals, values = (part.strip() for part in text.partition("="))
        if not key or not equals or not values:
            problems.append(Problem("write it as KEY=start:stop:step or KEY=a,b,c", mark))
        elif key in axes:
            problems.append(Problem(f"{key} is swept twice; give all its values at once", mark))
        else:
            try:
                axes[key] = (_axis(values), mark)
            except (ValueError, InputProblems) as error:
                message = error.problems[0].message if isinstance(error, InputProblems) else str(error)
                problems.append(Problem(message, mark, key))
    return axes, problems


def _commas(over: Mapping[str, tuple[Any, Mark]]) -> Iterator[Problem]:
    """Two whole numbers with nothing but a comma between them: a list, unless a decimal comma was meant."""
    for key, (_, mark) in over.items():
        text = mark.file.partition("=")[2].strip()
        if re.fullmatch("[-+]?[0-9]+,[0-9]+", text):
            first, second = text.split(",")
            message = f"these are two values, {first} and {second} (surely so if written [{first}, {second}]); "
            yield Problem(message + point_for_comma(text), mark, key, "warning")


def _axis(text: str) -> Any:
    """2:10:1 as a mapping, a,b,c (or [a, b, c]) as a list. Raises ValueError or InputProblems."""
    if text.startswith("["):
        return read_value(text, "--over")
    parts = [plain_value(part.strip()) for part in text.split(":")] if ":" in text else []
    if len(parts) == 3 and all(isinstance(part, int | float) and not isinstance(part, bool) for part in parts):
        return dict(zip(("start", "stop", "step"), parts, strict=True))
    if parts and "," not in text:
        raise ValueError(f"'{text}' is not start:stop:step in numbers, nor a list a,b,c")
    if any(not part.strip() for part in text.split(",")):
        raise ValueError(f"a value is missing in '{text}'")
    if decimals := re.search("(?<![0-9.])[0-9]+,0[0-9]+(?![0-9.])", text):
        raise ValueError(point_for_comma(decimals[0]))
    return [plain_value(part.strip()) for part in text.split(",")]


def _read_service(text: str) -> dict[str, Any]:
    mark = Mark(f"--service {text}", 0, 0)
    written = re.fullmatch(r"\s*([^:<>=\s]+)(?::([^<>=\s]+))?\s*(>=|<=)\s*(\S+)\s*", text)
    if written is None:
        raise InputProblems([Problem("write it as NAME>=LEVEL, NAME:GROUP>=LEVEL, or with <=", mark)])
    outcome, group, sign, level = written.groups()
    try:
        number = plain_value(level)
    except ValueError as error:
        raise InputProblems([Problem(str(error), mark)]) from None
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise InputProblems([Problem(f"'{level}' is not a number", mark)])
    return {"outcome": outcome, "group": group, "at_least" if sign == ">=" else "at_most": number}
