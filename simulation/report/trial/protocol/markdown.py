"""A document as Markdown, to be worked on further: headings, paragraphs, lists and tables; pictures are left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulation.report.handed.blocks import Block, Bullets, Cell, Document, Section, Table, Text, Value
from simulation.report.wording import Wording


def markdown(document: Document, wording: Wording) -> str:
    """The text of the file."""
    lines = [f"# {document.title}", "", document.about, ""]
    for section in (*document.first, *document.second):
        lines += _section(section, wording)
    if document.annex:
        lines += [f"# {document.annex_title}", ""]
    for section in document.annex:
        lines += _section(section, wording)
    return "\n".join([*lines, document.foot, ""])


def _section(section: Section, wording: Wording) -> Iterator[str]:
    yield from (f"## {section.heading}", "")
    for block in section.blocks:
        if lines := list(_block(block, wording)):
            yield from (*lines, "")


def _block(block: Block, wording: Wording) -> Iterator[str]:
    if isinstance(block, Text):
        yield f"**{block.text}**" if block.kind == "lead" else block.text
    elif isinstance(block, Bullets):
        yield from (f"- {item}" for item in block.items)
    elif isinstance(block, Table):
        yield _row(block.head, wording)
        yield _row(["---" if n < block.texts else "---:" for n in range(len(block.head))], wording)
        yield from (_row(row, wording) for row in block.rows)
        if block.note:
            yield from ("", block.note)


def _row(cells: Sequence[Cell], wording: Wording) -> str:
    texts = [cell.text(wording) if isinstance(cell, Value) else cell for cell in cells]
    escaped = (text.replace("|", r"\|") for text in texts)
    return f"| {' | '.join(escaped)} |"
