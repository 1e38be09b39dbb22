"""libyaml, where PyYAML was built with it: the same events, five times as fast, as long as nothing is wrong."""

from __future__ import annotations

import re
from typing import Any

import yaml

PLAIN: Any = yaml.SafeLoader
QUICK: Any = getattr(yaml, "CSafeLoader", None)
_UNLIKE = re.compile(r"\t|[|>](?!-?\n)|^(?! *#).*\?", re.MULTILINE)
"""What libyaml reads otherwise, or reads where PyYAML refuses: tabs, a block that begins on its first line, and a
question mark that is in no comment."""


def reads_alike(text: str) -> bool:
    """Whether the quick loader is there and reads this text as PyYAML does, unless something is wrong with it."""
    return QUICK is not None and _UNLIKE.search(text) is None
