"""The figures of a report, as PNG."""

from __future__ import annotations

import io
from typing import Any

DPI = 160


def png_of(figure: Any) -> bytes:
    """A Matplotlib figure as PNG, the same bytes every time."""
    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=DPI, metadata={"Software": "jobcentersim"})
    return out.getvalue()
