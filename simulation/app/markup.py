"""What is seen as one piece of HTML, in which whatever a file says is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from simulation.app import rows, words
from simulation.app.live import Seen
from simulation.app.rows import Block
from simulation.world.labels import Language


def shown(seen: Seen, working: bool, changed: str, language: Language) -> str:
    """The answer, of how many replications it is, the tables, the money, and what the intervals hold. `changed` says
    which changes were made, for who looks behind the page."""
    both = len(seen.results) > 1
    state = (words.MORE_COME if working else words.ALL_HERE).told(language, n=seen.replications)
    of = escape(changed if both else "", quote=True)
    parts = [f"<h4>{escape(rows.answer(seen, language))}</h4>" if both else "",
             f"<p class='jc-state' data-changed='{of}'>{escape(state)}</p>"]  # fmt: skip
    head = rows.heads(seen, language)
    parts += [table(head, block) for block in rows.blocks(seen, language)]
    if (block := rows.money(seen, language)) is not None and seen.money is not None:
        plan, minds = seen.money.plan, rows.minds_money(seen, language)
        told = words.OF_PRICES.told(language, prices=rows.prices_called(plan.prices), year=plan.price_year, minds=minds)
        parts += [table(["", words.MORE_OR_LESS.told(language)], block), f"<p class='jc-note'>{escape(told)}</p>"]
    parts.append(f"<p class='jc-note'>{escape(rows.holds(seen, language))}</p>")
    return f"<div class='jc'>{''.join(parts)}</div>"


def table(head: Sequence[str], block: Block) -> str:
    """A block with its heads; its title is a caption, for those who hear it read."""
    above = "".join(f"<th scope='col'>{escape(text)}</th>" for text in head)
    lines = "".join(
        f"<tr><th scope='row'>{escape(line.what)}</th>"
        + "".join(_cell(*cell, title) for cell, title in zip(line.cells, head[1:], strict=False))
        + "</tr>"
        for line in block.lines
    )  # fmt: skip
    caption = f"<caption>{escape(block.title)}</caption>"
    return f"<table class='jc'>{caption}<thead><tr>{above}</tr></thead><tbody>{lines}</tbody></table>"


def _cell(figure: str, interval: str, title: str) -> str:
    under = f"<small>{escape(interval)}</small>" if interval else ""
    return f"<td data-of='{escape(title, quote=True)}'><b>{escape(figure)}</b>{under}</td>"
