"""Labels that a spreadsheet has made a date of: `1-2` becomes `01-feb`, and what it was is lost."""

from __future__ import annotations

import re
from functools import lru_cache

_MONTH = r"(jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec)"
_SPOILT = re.compile(
    rf"\d{{1,2}}[-. ]{_MONTH}\.?|{_MONTH}[-. ]\d{{2}}|\d{{1,2}}-\d{{1,2}}-\d{{4}}|\d{{4}}-\d\d-\d\d( 00:00:00)?",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def spoilt_label(label: str) -> str:
    """What is wrong with a label, "" if nothing is."""
    if not _SPOILT.fullmatch(label):
        return ""
    return f"'{label}' is a date in a group: a spreadsheet makes one of labels such as 1-2 or 5-8; fetch the file again"
