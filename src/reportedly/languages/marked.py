"""How does a marked example say what it expects? Used by the tables' example column, the cases and their tests.

`[speaker Der Minister] [cue teilte] gestern [cue mit], dass [content die Lage ernst sei].`

A bracket opens with the name of a role (content, quoted, cue, frame, speaker, addressee, authority, marker, occasion,
time) and may stand inside another. `2.content` belongs to the second statement of the example, plain `content` to the
first. A role that stands twice is one unit in two pieces. Literal brackets are written `\\[` and `\\]`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from reportedly.model.span import Pieces, Span, pieces

ROLES = frozenset(
    ["content", "quoted", "cue", "frame", "speaker", "addressee", "authority", "marker", "occasion", "time", "damage"]
)
_OPEN = re.compile(r"\[(?:(\d+)\.)?([a-z]+) ")


@dataclass(slots=True)
class Marked:
    """A plain text and the places that its marks stood at: `roles[n][role]` for the n-th statement (from 1)."""

    text: str
    roles: dict[int, dict[str, Pieces]] = field(default_factory=dict)


def read_marked(marked: str) -> Marked:
    """Take the marks out of an example. Raises ValueError for an unknown role or a bracket without partner."""
    out: list[str] = []
    length = 0
    open_: list[tuple[int, str, int]] = []
    found: dict[int, dict[str, list[Span]]] = {}
    i = 0
    while i < len(marked):
        if marked.startswith(("\\[", "\\]"), i):
            out.append(marked[i + 1])
            length += 1
            i += 2
        elif (m := _OPEN.match(marked, i)) is not None:
            if m[2] not in ROLES:
                raise ValueError(f'unknown role "{m[2]}" in: {marked}')
            open_.append((int(m[1] or 1), m[2], length))
            i = m.end()
        elif marked[i] == "]":
            if not open_:
                raise ValueError(f"a closing bracket has no partner in: {marked}")
            number, role, start = open_.pop()
            found.setdefault(number, {}).setdefault(role, []).append(Span(start, length))
            i += 1
        else:
            out.append(marked[i])
            length += 1
            i += 1
    if open_:
        raise ValueError(f"an opening bracket has no partner in: {marked}")
    return Marked("".join(out), {n: {r: pieces(s) for r, s in roles.items()} for n, roles in sorted(found.items())})
