"""A document as one HTML file: nothing outside of it, no script, A4 when printed."""

from __future__ import annotations

import base64
import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from simulation.report.handed.blocks import Cell, Document, Value
from simulation.report.wording import Wording

if TYPE_CHECKING:
    from jinja2 import Template

TEMPLATE, STYLE = "report.html.j2", "report.css"
CODE = re.compile(r"`([^`]*)`")
KEY = re.compile(r"[a-z_][\w-]*(\.[\w-]+)+|[a-z]+(_[a-z0-9]+)+", re.ASCII)
"""Keys of a scenario, which are printed as such."""


def page(document: Document, wording: Wording) -> str:
    """The file. Whatever a scenario says is escaped."""
    from markupsafe import Markup

    return _template().render(
        document=document, style=Markup(_text(STYLE)), cell=lambda cell: _cell(cell, wording), image=_image,
        is_key=lambda text: isinstance(text, str) and KEY.fullmatch(text) is not None, marked=_marked,
    )  # fmt: skip


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    made = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    return made.from_string(_text(TEMPLATE))


def _text(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


def _cell(cell: Cell, wording: Wording) -> str:
    return cell.text(wording) if isinstance(cell, Value) else cell


def _marked(text: str) -> Any:
    """Text in which commands stand between backticks; all else is escaped."""
    from markupsafe import Markup, escape

    parts = CODE.split(text)
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if number % 2 else escape(part) for number, part in enumerate(parts)
    )


def _image(png: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(png).decode()}"
