"""Words that stand alone in braces: in `{fte: 1,5}` the decimals of a number look like a key that has no value."""

from __future__ import annotations

import re
from typing import Any

import yaml

_NUMBER_WITH_COMMAS = re.compile(r"[-+]?[0-9]+(?:,[0-9][^,{}\[\]\s:]*+(?!\s*:))+")
_COMMENT = re.compile(r"#[^\r\n]*")


def stands_alone(text: str, word: Any, following: Any) -> bool:
    """Whether a word in braces, an event of PyYAML, is no key: between it and the empty value after it is no colon."""
    if not isinstance(following, yaml.ScalarEvent) or following.value or following.style:
        return False
    empty: Any = following
    return ":" not in _COMMENT.sub("", text[word.end_mark.index : empty.start_mark.index])


def number_with_commas(text: str, start: int, word: Any) -> str:
    """The number that starts here in the text and has a word that stands alone within it, or ""."""
    number = _NUMBER_WITH_COMMAS.match(text, start)
    return number[0] if number is not None and start < word.start_mark.index < number.end() else ""
