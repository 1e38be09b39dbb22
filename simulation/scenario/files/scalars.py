"""Single values: what plain text in a file means, and what is refused because it can be read in two ways."""

from __future__ import annotations

import math
import re

Scalar = str | int | float | bool | None


_CONSTANTS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}


_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")


_FLOAT = re.compile(r"[-+]?((0|[1-9][0-9]*)(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?")


_COMMAS = re.compile(r"[-+]?([0-9]+,[0-9]+|[1-9][0-9]{0,2}(,[0-9]{3})+)")


_THOUSANDS = re.compile(r"[-+]?[1-9][0-9]{0,2}(,[0-9]{3})+")


_GROUPED = re.compile(r"[-+]?[0-9]+((\.[0-9]+)+,[0-9]+|(,[0-9]{3})+\.[0-9]+)")


_PERCENT = re.compile(r"[-+]?[0-9][0-9.,]*\s*%")


def point_for_comma(text: str) -> str:
    """How to write a number that has a comma in it, such as 1,5: a sentence for the writer of the file."""
    advice = [f"use a decimal point: {text.replace(',', '.')}"] if text.count(",") == 1 else []
    if _THOUSANDS.fullmatch(text):
        advice.append(f"use no thousands separator: {text.replace(',', '')}")
    return ", or ".join(advice) or f"'{text}' is not a number; use a decimal point, and no thousands separator"


def plain_value(text: str) -> Scalar:
    """Return what an unquoted scalar means: a number, true or false, None, or the text itself.

    Raises ValueError, with a sentence for the writer of the file, if it looks like a number in a
    notation that is not accepted.
    """
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _FLOAT.fullmatch(text):
        if not math.isfinite(number := float(text)):
            raise ValueError("this number is too large")
        return int(text) if _INTEGER.fullmatch(text) else number
    if _COMMAS.fullmatch(text):
        raise ValueError(point_for_comma(text))
    if _GROUPED.fullmatch(text):
        *whole, decimals = re.split("[.,]", text)
        raise ValueError(f"use a decimal point and no thousands separator: {''.join(whole)}.{decimals}")
    if _PERCENT.fullmatch(text):
        raise ValueError("write a share between 0 and 1, for example 0.12")
    return text
