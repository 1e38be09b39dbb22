"""Text that stands on the page as it is written, though Streamlit reads what it is given as Markdown."""

from __future__ import annotations

import re

from simulation.world.labels import one_line

SIGNS = re.compile(r"([\\`*_{}\[\]<>|~$&^]|:(?=\S)|\.(?=[^\W\d])|^[-+#=>]|!(?=\[))")
"""Signs that mean something to Markdown, each where it does; others are left, for what is read aloud has them as they
are given."""
NUMBERED = re.compile(r"^(\d+)([.)])")


def plain_text(text: str) -> str:
    """The text in one line, every sign of which stands for itself."""
    return NUMBERED.sub(r"\1\\\2", SIGNS.sub(r"\\\1", one_line(text)))
