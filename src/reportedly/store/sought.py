"""Which words must stand where in a statement? Words of a query -> a small tree that every index can be asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reportedly.model.query import How, Where, Words
from reportedly.store.base import Wording

_PLAIN = {
    Where.ANYWHERE: ("said", "frame", "speaker"),
    Where.SPEAKER: ("speaker",),
    Where.ADDRESSEE: ("addressee",),
    Where.AUTHORITY: ("authority",),
    Where.ABOUT: ("said",),
    Where.PLACE: ("place",),
}
_ALL = {
    **_PLAIN,
    Where.ANYWHERE: ("said", "said_keys", "frame", "frame_keys", "speaker"),
    Where.ABOUT: ("said", "said_keys"),
}
_CUT = re.compile("[0-9A-Za-z\x80-\U0010ffff]+")
MOST_BETWEEN = 200
"""Words that may stand between two that are near each other."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """These words one after the other in one of these columns; the last one may only begin so, where `begun`."""

    columns: tuple[str, ...]
    words: tuple[str, ...]
    begun: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """All these words in one of these columns, in any order, with at most `reach` words between the first and the last."""

    columns: tuple[str, ...]
    words: tuple[str, ...]
    reach: int


@dataclass(frozen=True, slots=True)
class Every:
    """All of these."""

    parts: tuple[Sought, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """One of these."""

    parts: tuple[Sought, ...]


Sought = Phrase | Near | Every | Any


def cut(held: str) -> list[str]:
    """The words of the index: what stands between signs that are neither letter nor digit, `50-3` is two.

    >>> cut("sagte 50-3 0break0 łódź")
    ['sagte', '50', '3', '0break0', 'łódź']
    """
    return _CUT.findall(held)


def sought(condition: Words, wording: Wording, column: str = "") -> Sought | None:
    """What some words of a query ask of the index; None where there is no word in them. `column`: that one and no other."""
    words = wording.sought(condition.text)
    if not words:
        return None
    plain = tuple(part for word in words for whole, _ in word for part in cut(whole))
    in_order = (column,) if column else _PLAIN[condition.where]
    match condition.how:
        case How.PHRASE:
            return Phrase(in_order, plain)
        case How.NEAR if len(plain) > 1:
            return Near(in_order, plain, min(condition.reach, MOST_BETWEEN))
        case How.PREFIX:
            return Phrase(in_order, plain, begun=True)
    columns = (column,) if column else _ALL[condition.where]
    return every(tuple(dict.fromkeys(_word(word, columns) for word in words)))


def every(parts: tuple[Sought, ...]) -> Sought:
    return parts[0] if len(parts) == 1 else Every(parts)


def any_of(parts: tuple[Sought, ...]) -> Sought:
    flat = tuple(inner for part in parts for inner in (part.parts if isinstance(part, Any) else (part,)))
    return flat[0] if len(flat) == 1 else Any(flat)


def _word(parts: tuple[tuple[str, tuple[str, ...]], ...], columns: tuple[str, ...]) -> Sought:
    """One word in any of its forms; a hyphenated one as it is, written in one, or by its parts."""
    if len(parts) == 1:
        plain, keys = parts[0]
        return any_of(tuple(Phrase(columns, tuple(cut(k))) for k in dict.fromkeys((plain, *keys))))
    plain_parts = tuple(plain for plain, _ in parts)
    ways: list[Sought] = [Phrase(columns, plain_parts), Phrase(columns, ("".join(plain_parts),))]
    if any(len(p) > 3 for p in plain_parts):
        ways.append(every(tuple(_word((part,), columns) for part in parts)))
    return any_of(tuple(ways))


def leaves(tree: Sought) -> Iterator[Phrase | Near]:
    """Everything in a tree that is sought for itself."""
    if isinstance(tree, Phrase | Near):
        yield tree
    else:
        for part in tree.parts:
            yield from leaves(part)
