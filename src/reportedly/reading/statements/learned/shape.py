"""Which numbers go into the network and which come out? Names and sizes that training and reading share."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from reportedly.model.statement import CUE_CLASSES, Form, Medium

TYPES = (*(f.value for f in Form), "cue")
"""Kinds of seeds: the first word of the content of a statement of each form; in speeches (GePaDe) the first of a cue."""
CUE = TYPES.index("cue")
PARTS = ("content", "cue", "frame", "speaker", "addressee", "authority", "occasion", "source")
"""`source` is the place that names the speaker where the statement itself does not (free indirect speech)."""
POINTERS = ("content_end", "speaker_start", "speaker_end", "source_start", "source_end")
"""Of a cue, whose content may stand anywhere, the last two point at the first and last word of the content."""
MEDIA = tuple(m.value for m in Medium)
CLASSES = CUE_CLASSES
CONVENTIONS = ("ours", "gnqa", "gepade")
"""Whose idea of a statement: docs/annotation.md, the German news quotation corpus, the corpus of speeches."""

LEFT, RIGHT = 96, 140
WINDOW = LEFT + RIGHT + 1
"""Words around a seed that can be parts of its statement."""

_AT = 0


def _columns(count: int) -> slice:
    global _AT
    _AT += count
    return slice(_AT - count, _AT)


DEPTH = _columns(3)
"""Columns of the marks of a word: none, one, two quotations around it."""
OPENS, CLOSES, SENTENCE, PARAGRAPH = (_columns(1).start for _ in range(4))
TABLES = _columns(19)
"""What the tables found: content by form, its first word by form, the other parts, trust, and one for `not asked`."""
CONTENT, BEGINS = TABLES.start, TABLES.start + 5
OTHERS, TRUST, UNASKED = BEGINS + 5, BEGINS + 5 + len(PARTS) - 1, TABLES.stop - 1
CONVENTION = _columns(len(CONVENTIONS))
CUES = _columns(len(CLASSES))
"""Class of the cue verb or noun of the tables that this word may be."""
VERB, NOUN = (_columns(1).start for _ in range(2))
UNREADABLE = _columns(1).start
MARKS = _AT

BITS = len(PARTS) + 4
"""Of each word in a window: the parts of the statement of the tables at the seed; is there one, does it begin here,
its trust; lies the word in the article?"""
INSIDE = BITS - 1


def buckets() -> np.ndarray:
    """Distance classes of the places of a window [WINDOW]: exact to 7 words, then by quarters of an octave."""
    offset = np.arange(WINDOW) - LEFT
    far = np.abs(offset)
    kind = np.where(far < 8, far, np.minimum(8 + (np.log2(np.maximum(far, 1) / 8) * 4).astype(int), 26))
    return np.where(offset < 0, kind, kind + 27)


@dataclass(slots=True)
class Outline:
    """A statement as word numbers: `parts` by name of PARTS (sorted, absent ones missing)."""

    form: int
    parts: dict[str, list[int]] = field(default_factory=dict)
    sure: float = 0.5
    by: str = ""

    def of(self, part: str) -> list[int]:
        return self.parts.get(part, [])

    @property
    def first(self) -> int:
        return self.parts["content"][0]
