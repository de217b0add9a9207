"""Which key does what? One table for the sheet of keys; the pages print the same letters on their buttons."""

from __future__ import annotations

from collections.abc import Mapping

SHEET: Mapping[str, tuple[tuple[str, str], ...]] = {
    "everywhere": (("/", "search"), ("?", "keys"), ("Esc", "close"), ("g h", "start"), ("g s", "search_page"), ("g i", "imports"), ("g r", "review_page"), ("g t", "timeline"), ("g p", "speakers")),
    "lists": (("j", "next"), ("k", "previous"), ("Enter", "open")),
    "reader": (("j", "next_statement"), ("k", "previous_statement"), ("w", "why"), ("c", "cite"), ("l", "link"), ("f", "only_speaker"), ("t", "bare"), ("h", "hide"), ("d", "next_damage"), ("u", "original"), ("a", "accept"), ("x", "reject")),
    "review": (("a", "accept"), ("x", "reject"), ("Space", "later"), ("z", "undo"), ("w", "who"), ("e", "edit_span"), ("n", "note")),
    "same": (("y", "same_one"), ("n", "not_same"), ("h", "unsure"), ("z", "undo")),
    "edit": (("→ ←", "end_by_word"), ("Shift → ←", "start_by_word"), ("Enter", "save"), ("Esc", "cancel")),
}  # fmt: skip
"""Where -> (key, what it does); both are keys of the words (`keys.…`)."""
