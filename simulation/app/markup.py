"""What is seen as one piece of HTML, in which whatever a file says is escaped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from simulation.app import rows, words
from simulation.app.live import Live, Seen
from simulation.app.rows import Block
from simulation.world.labels import Label, Language


def shown(live: Live, seen: Seen | None, changed: str, language: Language) -> str:
    """What is on its way, the answer, of how many replications it is, the tables, the money, and what the intervals
    hold. `changed` says which changes were made, for who looks behind the page."""
    parts = [f"<p class='jc-info' role='status'>{escape(text)}</p>" for text in _to_come(live, seen, language)]
    if seen is not None:
        parts += _known(seen, (words.MORE_COME if live.working else words.ALL_HERE), changed, language)
    return f"<div class='jc'>{''.join(parts)}</div>"


def _to_come(live: Live, seen: Seen | None, language: Language) -> Iterator[str]:
    if live.fault:
        yield words.FAULT.told(language, what=live.fault)
    elif seen is None:
        yield words.SIMULATING.told(language, n=live.rounds[0])
    elif live.design is not None and len(seen.results) == 1:
        yield words.SIMULATING_DESIGN.told(language, n=live.rounds[0])


def _known(seen: Seen, state: Label, changed: str, language: Language) -> Iterator[str]:
    both = len(seen.results) > 1
    if language not in seen.made:
        answer = f"<h4>{escape(rows.answer(seen, language))}</h4>" if both else ""
        seen.made[language] = answer, "".join(_tables(seen, language))
    answer, tables = seen.made[language]
    yield answer
    of = escape(changed if both else "", quote=True)
    yield f"<p class='jc-state' data-changed='{of}'>{escape(state.told(language, n=seen.replications))}</p>"
    yield tables


def _tables(seen: Seen, language: Language) -> Iterator[str]:
    head = rows.heads(seen, language)
    yield from (table(head, block) for block in rows.blocks(seen, language))
    if (block := rows.money(seen, language)) is not None and seen.money is not None:
        plan, minds = seen.money.plan, rows.minds_money(seen, language)
        told = words.OF_PRICES.told(language, prices=rows.prices_called(plan.prices), year=plan.price_year, minds=minds)
        yield f"<p class='jc-money'>{escape(rows.money_answer(seen, language))}</p>"
        yield table(["", words.MORE_OR_LESS.told(language)], block)
        yield f"<p class='jc-note'>{escape(told)}</p>"
    yield f"<p class='jc-note'>{escape(rows.holds(seen, language))}</p>"


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
