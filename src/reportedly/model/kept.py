"""How is a reading written down so that it comes back whole?

Every layer as plain JSON: fields in the order of the record, places as `[start, end]`. The text is kept apart, so that it
is there once; of the analysis only what it left out is kept, because nothing else of it leaves the house.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from reportedly.model.analysis import Analysis
from reportedly.model.article import Article
from reportedly.model.damage import Damage
from reportedly.model.fact import Facts
from reportedly.model.reading import Reading
from reportedly.model.span import Span
from reportedly.model.speaker import Cast
from reportedly.model.statement import Statement

_LAYERS: dict[str, Any] = {
    "damages": tuple[Damage, ...],
    "statements": tuple[Statement, ...],
    "cast": Cast,
    "facts": Facts,
    "signature": str,
    "confidence": dict[str, float],
    "notes": tuple[str, ...],
}


def kept(reading: Reading) -> dict[str, Any]:
    """The reading as JSON-ready data, without the text of the article."""
    return {
        "article": kept_article(reading.article),
        "removed": _down(reading.analysis.removed),
        **{name: _down(getattr(reading, name)) for name in _LAYERS},
    }


def kept_article(article: Article) -> dict[str, Any]:
    """What is known of an article besides its text."""
    return {f.name: _down(getattr(article, f.name)) for f in fields(Article) if f.name != "text"}


def again(data: dict[str, Any], text: str) -> Reading:
    """The reading that `kept` wrote down: `again(kept(reading), reading.text).to_dict() == reading.to_dict()`."""
    removed = _up(tuple[Span, ...])(data["removed"])
    layers = {name: _up(hint)(data[name]) for name, hint in _LAYERS.items()}
    return Reading(article_again(data["article"], text), analysis=Analysis(text, (), (), (), removed), **layers)


def article_again(data: dict[str, Any], text: str) -> Article:
    """The article that `kept_article` wrote down."""
    found: Article = _up(Article)({**data, "text": text})
    return found


def _down(value: Any) -> Any:
    if isinstance(value, Span):
        return [value.start, value.end]
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value):
        return {f.name: _down(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple):
        return [_down(v) for v in value]
    return value


@cache
def _up(hint: Any) -> Callable[[Any], Any]:
    """The way from JSON to a value of this type."""
    if hint is Span:
        return lambda v: Span(v[0], v[1])
    if get_origin(hint) in (Union, UnionType):
        (inner,) = (_up(a) for a in get_args(hint) if a is not NoneType)
        return lambda v: None if v is None else inner(v)
    if get_origin(hint) is tuple:
        item = _up(get_args(hint)[0])
        return lambda v: tuple(item(i) for i in v)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint
    if isinstance(hint, type) and is_dataclass(hint):
        ways = {name: _up(h) for name, h in get_type_hints(hint).items()}
        return lambda v: hint(**{name: ways[name](x) for name, x in v.items()})
    return lambda v: v
