"""Which key does what? One table for the sheet of keys; the pages print the same letters on their buttons, or one's own.

One's own keys are kept by the browser alone, in a cookie, so that pages come with them: `{"review.accept": "q"}`; an empty
key is switched off (WCAG 2.1.4).
"""

from __future__ import annotations

import json
from collections.abc import Mapping

SHEET: Mapping[str, tuple[tuple[str, str], ...]] = {
    "everywhere": (("/", "search"), ("?", "keys"), ("Esc", "close"), ("g", "go"), ("g h", "start"), ("g s", "search_page"), ("g i", "imports"), ("g r", "review_page"), ("g t", "timeline"), ("g p", "speakers")),
    "lists": (("j", "next"), ("k", "previous"), ("Enter", "open"), ("o", "open_full"), ("+", "facet_add"), ("-", "facet_out"), ("s", "star"), ("[", "page_before"), ("]", "page_after")),
    "reader": (("j", "next_statement"), ("k", "previous_statement"), ("[", "article_before"), ("]", "article_after"), ("w", "why"), (".", "actions"), ("c", "cite"), ("l", "link"), ("f", "only_speaker"), ("0", "all"), ("t", "bare"), ("h", "hide"), ("d", "next_damage"), ("u", "original"), ("a", "accept"), ("x", "reject"), ("m", "missed")),
    "review": (("a", "accept"), ("x", "reject"), ("Space", "later"), ("z", "undo"), ("1", "form_1"), ("2", "form_2"), ("3", "form_3"), ("4", "form_4"), ("5", "form_5"), ("w", "who"), ("e", "edit_span"), ("m", "missed"), ("n", "note")),
    "same": (("y", "same_one"), ("n", "not_same"), ("h", "unsure"), ("z", "undo")),
    "edit": (("→ ←", "end_by_word"), ("Shift → ←", "start_by_word"), ("Enter", "save"), ("Esc", "cancel")),
}  # fmt: skip
"""Where -> (key, what it does); both are keys of the words (`keys.…`)."""
SPACE = "Space"
_LONGEST = 1500


def changeable(where: str) -> tuple[tuple[str, str], ...]:
    """The single keys of a place: each can be another one, or none. Enter, Esc and arrows disturb nobody."""
    return tuple((key, what) for key, what in SHEET[where] if len(key) == 1 or key == SPACE)


def read(cookie: str) -> dict[str, str]:
    """One's own keys as the cookie has them; whatever else stands there is passed over.

    >>> read('{"review.accept": "q", "review.nix": "q", "same.undo": 7, "lists.next": "ab"}')
    {'review.accept': 'q'}
    """
    try:
        data = json.loads(cookie[:_LONGEST])
    except ValueError:
        return {}
    known = {f"{where}.{what}" for where in SHEET for _, what in changeable(where)}
    return {name: key for name, key in data.items() if name in known and is_key(key)} if isinstance(data, dict) else {}


def is_key(key: object) -> bool:
    """Can it be pressed by itself? One sign that is seen, the space bar, or nothing (switched off)."""
    return isinstance(key, str) and (key in ("", SPACE) or (len(key) == 1 and key.isprintable() and key != " "))


def write(own: Mapping[str, str]) -> str:
    """What the cookie keeps: only what differs from the table."""
    usual = {f"{where}.{what}": key for where in SHEET for key, what in changeable(where)}
    return json.dumps({name: key for name, key in own.items() if usual[name] != key}, separators=(",", ":"))


def twice(own: Mapping[str, str], where: str) -> tuple[str, str, str] | None:
    """A key that would do two things in a place: (key, one, the other); None where all is clear."""
    seen: dict[str, str] = {}
    for place in dict.fromkeys(("everywhere", where)):
        for usual, what in changeable(place):
            key = own.get(f"{place}.{what}", usual)
            if key and key in seen:
                return key, seen[key], what
            seen[key] = what
    return None


def translated(own: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """For the script: where -> usual key -> one's own, the space bar as the browser tells it.

    >>> translated({"review.later": "s", "same.undo": "Space"})
    {'review': {' ': 's'}, 'same': {'z': ' '}}
    """
    made: dict[str, dict[str, str]] = {}
    for where in SHEET:
        for usual, what in changeable(where):
            key = own.get(f"{where}.{what}")
            if key is not None:
                made.setdefault(where, {})[usual.replace(SPACE, " ")] = key.replace(SPACE, " ")
    return made
