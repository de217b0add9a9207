"""JSON -> articles: one object a line (JSONL, NDJSON), a list of objects, or a single object; agency items among them.

A line is read, given on and forgotten: the file may be larger than the memory. A line that is no JSON is refused with its number,
and the next one is read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from reportedly.intake import ninjs
from reportedly.intake.columns import manuscript_of
from reportedly.intake.decode import decode
from reportedly.intake.parcel import HEAD, Item, Label, Order, Parcel
from reportedly.intake.place import inside
from reportedly.model.article import Refusal

LONGEST_LINE = 32_000_000
_WHOLE = 64_000_000
"""A list in one piece must fit into memory; lines need not."""
_OBJECT = re.compile(rb'(?:\xef\xbb\xbf)?\s{0,200}(?:\{\s{0,200}["}]|\[\s{0,200}(?:\{\s{0,200}["}]|\]\s{0,80}\Z))')
_NAMES = (".jsonl", ".ndjson", ".jsonlines", ".json")


def is_this(label: Label) -> bool:
    return label.named(*_NAMES) or "json" in label.media_type or bool(_OBJECT.match(label.head))


def unpack(parcel: Parcel, order: Order) -> Iterator[Item]:
    """Lines, unless the file begins like one value written over several lines, or like a list."""
    if _in_one_piece(parcel.label.head):
        yield from _list(parcel, order)
    else:
        yield from lines_from(parcel.stream, parcel.origin, order)


def in_lines(head: bytes) -> bool:
    """Is every line of a file that begins so a value by itself?"""
    return not _in_one_piece(head)


def lines_from(stream: BinaryIO, origin: str, order: Order, first: int = 1) -> Iterator[Item]:
    """The lines of a stream whose first line has the number `first`."""
    for number, line in numbered(stream, LONGEST_LINE, first):
        place = inside(origin, "line", number)
        if isinstance(line, str):
            yield Refusal(place, line)
            continue
        if not line.strip(b"\0\xef\xbb\xbf \t\r\n"):
            continue
        yield from _items(_loaded(line, place), order, place)


def numbered(stream: BinaryIO, longest: int, first: int = 1) -> Iterator[tuple[int, bytes | str]]:
    """The lines with their numbers; one that is too long is not held in memory but replaced by the reason (str)."""
    number = first - 1
    while line := stream.readline(longest + 1):
        number += 1
        if len(line) <= longest:
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(longest)
        yield number, f"is a line of more than {longest:,} bytes; split it into single articles"


def _in_one_piece(head: bytes) -> bool:
    """A list, or an object whose first line is not yet a value."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"["):
        return True
    first, cut, rest = start.partition(b"\n")
    if not cut:
        return False
    try:
        json.loads(first.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        # a damaged first line of JSONL looks the same, but then another object begins on the next line
        return not rest.lstrip().startswith(b"{") and len(head) <= HEAD
    return False


def _list(parcel: Parcel, order: Order) -> Iterator[Item]:
    data = parcel.stream.read(_WHOLE + 1)
    if len(data) > _WHOLE:
        advice = "write one object a line (JSONL), for example with jq -c '.[]'"
        yield Refusal(parcel.origin, f"is one JSON value of more than {_WHOLE:,} bytes; {advice}")
        return
    value = _loaded(data, parcel.origin)
    if isinstance(value, dict) and isinstance(value.get("items"), list) and not ninjs.is_item(value):
        value = value["items"]
    if not isinstance(value, list):
        yield from _items(value, order, parcel.origin)
        return
    if not value:
        yield Refusal(parcel.origin, "is an empty list; there is nothing to read")
    for number, member in enumerate(value, 1):
        yield from _items(member, order, inside(parcel.origin, "item", number))


def _items(value: Any, order: Order, origin: str) -> Iterator[Item]:
    if isinstance(value, Refusal):
        yield value
    elif not isinstance(value, dict):
        kind = {list: "a list", str: "a text", bool: "a truth value", type(None): "null"}.get(type(value), "a number")
        yield Refusal(origin, f"is {kind}, not an object with a text")
    elif ninjs.is_item(value) and not order.columns:
        yield ninjs.manuscript_of(value, origin)
    else:
        yield manuscript_of(value, order, origin)


def _loaded(data: bytes, origin: str) -> Any:
    """The value, or a Refusal that says where it stops being JSON."""
    text = decode(data).text
    try:
        return json.loads(text, strict=False)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, " if error.lineno > 1 else ""
        return Refusal(origin, f"is not JSON ({error.msg.lower()} at {where}character {error.colno})")
    except RecursionError:
        return Refusal(origin, "is JSON nested too deeply to be read")
    except ValueError:
        return Refusal(origin, "is JSON with a number too long to be read")
