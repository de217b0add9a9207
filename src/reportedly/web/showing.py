"""How does a view become a page? Templates that escape everything, words in two languages, addresses with a digest."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup, escape

from reportedly.export.page import style_sheet
from reportedly.export.safe import block, flow, line, link, shorten
from reportedly.export.words import count, number, sure, word
from reportedly.web.calls import Call, address
from reportedly.web.words import said

STATIC: Mapping[str, str] = {
    "marks.css": "text/css; charset=utf-8",
    "room.css": "text/css; charset=utf-8",
    "room.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}


@cache
def static(name: str) -> bytes:
    """A file that pages load; the marks are the style sheet of the page that is handed on."""
    if name == "marks.css":
        return style_sheet().encode("utf-8")
    return files("reportedly.web").joinpath("static", name).read_bytes()


@cache
def digest(name: str) -> str:
    """By which a browser sees that a file has changed."""
    return hashlib.sha256(static(name)).hexdigest()[:12]


@cache
def _environment() -> Environment:
    folder = files("reportedly.web").joinpath("templates")
    texts = {f.name: f.read_text("utf-8") for f in folder.iterdir() if f.name.endswith(".html")}
    made = Environment(
        loader=DictLoader(texts),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(url=address, asset=lambda name: f"/static/{name}?v={digest(name)}", weblink=link)
    made.filters.update(line=line, flow=flow, shorten=shorten, block=_block)
    return made


def _harmless(value: Any) -> Any:
    """Whatever a template shows: control characters and direction marks are seen, not obeyed, also where it forgot to say so."""
    return block(value) if type(value) is str else value


def _block(text: str) -> Markup:
    """Text with its line breaks shown, nothing in it obeyed."""
    return Markup("<br>").join(escape(line(part)) for part in text.replace("\r\n", "\n").split("\n"))


def page(template: str, call: Call, data: Mapping[str, Any], more: Mapping[str, Any]) -> str:
    """The page as a string."""
    tongue = call.tongue
    return _environment().get_template(template).render(
        **{
            "call": call,
            "tongue": tongue,
            "t": lambda key, **about: said(tongue, key, **about),
            "w": lambda key: word(tongue, key),
            "number": lambda value: number(tongue, value),
            "count": lambda key, n: count(tongue, key, n),
            "sure": lambda value: sure(tongue, value),
            "day": lambda value: (line(value)[:10] if value else word(tongue, "no_date")),
            "q": "",
            **data,
            **more,
        }
    )  # fmt: skip


def refusal(status: int, sentence: str, tongue: str) -> str:
    """The page of a request that was not let in: no link, no style of ours, because neither would be let through."""
    title = said(tongue, "error.title")
    return (
        f'<!DOCTYPE html><html lang="{tongue}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title></head><body><main><h1>{escape(title)}</h1><p>{escape(sentence)}</p><p>{status}</p></main></body></html>"
    )
