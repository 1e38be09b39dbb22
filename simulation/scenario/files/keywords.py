"""Functions that say which argument was meant where one is misspelt."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from simulation.scenario.files.problems import did_you_mean

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


def kindly(function: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """The function; of an argument that it does not have it raises TypeError with the one that was meant, or with those
    that there are."""
    arguments = [name for name in inspect.signature(function).parameters if name != "self"]

    @wraps(function)
    def called(*args: Given.args, **named: Given.kwargs) -> Answer:
        for name in named:
            if name not in arguments:
                near = did_you_mean(name, arguments) or f"; it has {', '.join(arguments)}"
                raise TypeError(f"{function.__name__}() has no argument '{name}'{near}")
        return function(*args, **named)

    return called
