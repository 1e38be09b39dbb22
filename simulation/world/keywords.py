"""Functions that say which argument was meant where one is misspelt."""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

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
                close = difflib.get_close_matches(name, arguments, n=1)
                near = f"did you mean '{close[0]}'?" if close else f"it has {', '.join(arguments)}"
                raise TypeError(f"{function.__name__}() has no argument '{name}'; {near}")
        return function(*args, **named)

    return called
