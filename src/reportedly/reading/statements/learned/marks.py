"""What does the network see of an article? Rows and marks of every word, and what the tables found, by word number."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np

from reportedly.languages import Language
from reportedly.model.analysis import Analysis
from reportedly.model.span import Span
from reportedly.model.statement import Statement
from reportedly.reading.statements.learned import shape
from reportedly.reading.statements.learned.shape import CLASSES, CUE, LEFT, PARTS, RIGHT, TYPES, WINDOW, Outline
from reportedly.reading.statements.learned.wordrows import WIDTH, rows_of
from reportedly.reading.statements.lexical import cue_tables

_VERBAL = frozenset("f12piz")
_BETWEEN = frozenset(",;:.?!–—-()")
"""What stands between clauses."""


@lru_cache(maxsize=8)
def _cue_words(language: Language) -> tuple[dict[str, int], dict[str, list[tuple[str, int]]], dict[str, int]]:
    """Class of cue verbs by lemma, of split ones by base verb with their particle, of cue nouns."""
    tables = cue_tables(language)
    whole: dict[str, int] = {}
    split: dict[str, list[tuple[str, int]]] = {}
    nouns: dict[str, int] = {}
    for lemma, cues in tables.verbs.items():
        whole[lemma] = CLASSES.index(cues[0].cue_class)
        if "|" in lemma:
            particle, base = lemma.split("|", 1)
            split.setdefault(base, []).append((particle, whole[lemma]))
    for noun, rows in tables.nouns.items():
        nouns[noun] = CLASSES.index(rows[0].cue_class) if rows[0].cue_class in CLASSES else 0
    return whole, split, nouns


class Grid:
    """Which words does a place touch?"""

    def __init__(self, analysis: Analysis) -> None:
        self._starts = [t.start for t in analysis.tokens]
        self._ends = [t.end for t in analysis.tokens]

    def of(self, places: Iterable[Span] | None) -> list[int]:
        out: set[int] = set()
        for place in places or ():
            i = bisect_right(self._ends, place.start)
            while i < len(self._starts) and self._starts[i] < place.end:
                out.add(i)
                i += 1
        return sorted(out)


def outline_of(s: Statement, grid: Grid, source: Span | None = None) -> Outline:
    """A statement by word numbers; `source` names its speaker where it does not."""
    spans: dict[str, Sequence[Span]] = {
        "content": s.content,
        "cue": s.cue,
        "frame": s.frame,
        "speaker": (s.speaker,) if s.speaker else (),
        "addressee": (s.addressee,) if s.addressee else (),
        "authority": [p for a in s.authority for p in (*a.marker, *a.span)],
        "occasion": s.occasion,
        "source": (source,) if source and not s.speaker else (),
    }
    parts = {name: ids for name, places in spans.items() if (ids := grid.of(places))}
    return Outline(TYPES.index(s.form.value), parts, s.sure, s.by)


def outlines_of(statements: Sequence[Statement], grid: Grid) -> list[Outline]:
    """The statements of the tables; the source of a carried one is the speaker of the one that it goes on from."""
    known = {s.id: s for s in statements}
    out = []
    for s in statements:
        source, at = None, s
        for _ in range(20):
            if at.implied is None or at.implied not in known:
                break
            at = known[at.implied]
            if at.speaker:
                source = at.speaker
                break
        out.append(outline_of(s, grid, source))
    return [o for o in out if o.parts.get("content")]


class Words:
    """An article as arrays: texts of its n words, rows [n, 7], marks [n, MARKS], number of sentence and paragraph [n]."""

    def __init__(self, analysis: Analysis, language: Language) -> None:
        tokens = analysis.tokens
        n = len(tokens)
        self.grid = Grid(analysis)
        self.texts = [t.text for t in tokens]
        self.rows = np.array([rows_of(t.text, t.lemma, t.tags) for t in tokens], np.int32).reshape(-1, WIDTH)
        self.sentence = np.array([t.sentence for t in tokens], np.int32)
        paragraphs = np.array([s.paragraph for s in analysis.sentences] or [0], np.int32)
        self.paragraph = paragraphs[self.sentence] if n else np.zeros(0, np.int32)
        self.clause = np.cumsum([t.text in _BETWEEN for t in tokens], dtype=np.int32)
        marks = np.zeros((n, shape.MARKS), np.float32)
        before = -1
        for s in analysis.sentences:
            if s.first < s.last:
                marks[s.first, shape.SENTENCE] = 1
                marks[s.first, shape.PARAGRAPH] = s.paragraph != before
                before = s.paragraph
                if not s.readable:
                    marks[s.first : s.last, shape.UNREADABLE] = 1
        depth = np.zeros(n, np.int32)
        for pair in analysis.quotes:
            ids = self.grid.of([pair.outer])
            if ids:
                depth[ids[0] : ids[-1] + 1] += 1
                if pair.opened:
                    marks[ids[0], shape.OPENS] = 1
                if pair.closed:
                    marks[ids[-1], shape.CLOSES] = 1
        marks[np.arange(n), shape.DEPTH.start + np.minimum(depth, 2)] = 1
        _mark_cues(marks, analysis, language)
        self.marks = marks

    def __len__(self) -> int:
        return len(self.rows)


def _mark_cues(marks: np.ndarray, analysis: Analysis, language: Language) -> None:
    whole, split, nouns = _cue_words(language)
    small = [{t.lower for t in analysis.tokens[s.first : s.last]} for s in analysis.sentences]
    for t in analysis.tokens:
        found = None
        if not t.tags.isdisjoint(_VERBAL):
            found = next((c for p, c in split.get(t.lemma, ()) if p in small[t.sentence]), whole.get(t.lemma))
            if found is not None:
                marks[t.i, shape.VERB] = 1
        if found is None and "N" in t.tags:
            found = nouns.get(t.lemma)
            if found is not None:
                marks[t.i, shape.NOUN] = 1
        if found is not None:
            marks[t.i, shape.CUES.start + found] = 1


class Marked:
    """The words of an article with what the tables found in it (`outlines`), in one convention."""

    def __init__(
        self, words: Words, outlines: Sequence[Outline], convention: str = "ours", *, asked: bool = True
    ) -> None:
        self.words, self.outlines = words, list(outlines) if asked else []
        self.convention = shape.CONVENTIONS.index(convention)
        marks = words.marks.copy()
        marks[:, shape.CONVENTION.start + self.convention] = 1
        if not asked:
            marks[:, shape.UNASKED] = 1
        for o in self.outlines:
            content = o.parts["content"]
            marks[content, shape.CONTENT + o.form] = 1
            marks[content[0], shape.BEGINS + o.form] = 1
            for k, part in enumerate(PARTS[1:]):
                marks[o.of(part), shape.OTHERS + k] = 1
            marks[content, shape.TRUST] = np.maximum(marks[content, shape.TRUST], o.sure)
        self.marks = marks
        self._widest = np.full(len(words), -1, np.int32)
        for k in sorted(range(len(self.outlines)), key=lambda k: -len(self.outlines[k].parts["content"])):
            content = self.outlines[k].parts["content"]
            self._widest[content[0] : content[-1] + 1] = k
        self.begins: dict[tuple[int, int], int] = {}
        self._any: dict[int, int] = {}
        self._cues: dict[int, int] = {}
        for k, o in enumerate(self.outlines):
            self.begins.setdefault((o.first, o.form), k)
            self._any.setdefault(o.first, k)
            if o.of("cue"):
                self._cues.setdefault(o.of("cue")[0], k)

    def outline_at(self, i: int, kind: int) -> int:
        """Number of the statement of the tables that a seed is compared with, -1 for none."""
        if kind == CUE:
            return self._cues.get(i, -1)
        found = self.begins.get((i, kind), self._any.get(i))
        return int(self._widest[i]) if found is None else found

    def window(self, i: int, kind: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Of the window around word i: sentences away [WINDOW], paragraphs away [WINDOW] (from a cue: clauses), BITS
        [WINDOW, BITS]."""
        n = len(self.words)
        low, high = max(0, i - LEFT), min(n, i + RIGHT + 1)
        sentence, paragraph = np.zeros(WINDOW, np.int64), np.zeros(WINDOW, np.int64)
        bits = np.zeros((WINDOW, shape.BITS), np.float32)
        at = slice(low - i + LEFT, high - i + LEFT)
        sentence[at] = np.clip(self.words.sentence[low:high] - self.words.sentence[i], -6, 6)
        parted = self.words.clause if kind == CUE else self.words.paragraph  # speeches come without paragraphs
        paragraph[at] = np.clip(parted[low:high] - parted[i], -2, 2)
        k = self.outline_at(i, kind)
        if k >= 0:
            o = self.outlines[k]
            for p, part in enumerate(PARTS):
                ids = [j - i + LEFT for j in o.of(part) if low <= j < high]
                if ids:
                    bits[ids, p] = 1
            bits[at, len(PARTS)] = 1
            bits[at, len(PARTS) + 1] = o.first == i
            bits[at, len(PARTS) + 2] = o.sure
        bits[at, shape.INSIDE] = 1
        return sentence, paragraph, bits
