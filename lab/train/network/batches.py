"""How do labelled articles become arrays? Inputs with chance taken out of them, targets, seeds right and wrong."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch

from lab.train.network.articles import Known, Labelled
from reportedly.reading.statements.learned import shape
from reportedly.reading.statements.learned.marks import Marked
from reportedly.reading.statements.learned.shape import CLASSES, CUE, LEFT, MEDIA, PARTS, TYPES, WINDOW
from reportedly.reading.statements.learned.wordrows import HIDDEN, WIDTH

Batch = dict[str, Any]
"""Tensors by name, and `texts`: those of the words of each article, "" for a hidden one."""
NO = -100
"""What is not learned from."""
WRONG_SEEDS = 7


class Chance:
    """What is taken away in training, so that nothing is leaned on too much: the tables as a whole (`tables`), single
    statements of theirs (`outline`), words (`word`), or the form of a word but not its ending (`form`)."""

    def __init__(self, seed: int, tables: float, outline: float, word: float, form: float) -> None:
        self.rng = np.random.default_rng(seed)
        self.tables, self.outline, self.word, self.form = tables, outline, word, form

    def marked(self, a: Labelled) -> Marked:
        asked = self.rng.random() >= self.tables
        kept = [o for o in a.tables if self.rng.random() >= self.outline]
        return Marked(a.words, kept, a.convention, asked=asked)

    def rows(self, rows: np.ndarray) -> np.ndarray:
        out = rows.copy()
        hidden = self.rng.random(len(out)) < self.word
        out[hidden] = 0
        out[hidden, 0] = HIDDEN
        unknown = (self.rng.random(len(out)) < self.form) & ~hidden
        out[unknown, :3] = 0
        return out


def batch_of(articles: Sequence[Labelled], chance: Chance) -> Batch:
    """Rows, mask, marks [B, N, …]; targets of seeds and tags; the windows of right and wrong seeds [S, …]."""
    count, longest = len(articles), max(len(a.words) for a in articles)
    rows = np.zeros((count, longest, WIDTH), np.int64)
    mask = np.zeros((count, longest, 1), np.float32)
    marks = np.zeros((count, longest, shape.MARKS), np.float32)
    target = np.zeros((count, longest, len(TYPES)), np.float32)
    weight = np.zeros((count, longest, len(TYPES)), np.float32)
    tags = np.zeros((count, longest, 2 * len(PARTS)), np.float32)
    tag_weight = np.zeros((count, longest, 2 * len(PARTS)), np.float32)
    pages: list[Marked] = []
    seeds: list[tuple[int, int, int, Known | None]] = []
    for b, a in enumerate(articles):
        n = len(a.words)
        page = chance.marked(a)
        pages.append(page)
        rows[b, :n], mask[b, :n], marks[b, :n] = chance.rows(a.words.rows), 1, page.marks
        speeches = a.convention == "gepade"
        if not a.parts_only:
            weight[b, :n, :CUE], weight[b, :n, CUE] = not speeches, speeches
        for k, part in enumerate(PARTS):
            tag_weight[b, :n, 2 * k : 2 * k + 2] = part in a.marked
        right = set()
        for known in a.known:
            place = (known.seed, known.outline.form)
            right.add(place)
            seeds.append((b, *place, known))
            if known.optional:
                weight[b, known.seed] = 0
            else:
                target[b, known.seed, known.outline.form] = 1
            for k, part in enumerate(PARTS):
                ids = known.outline.of(part)
                if ids:
                    tags[b, ids, 2 * k] = 1
                    tags[b, ids[0], 2 * k + 1] = 1
        wrong = a.rejected | (set() if speeches else {(o.first, o.form) for o in page.outlines})
        for i, kind in sorted(wrong - right)[:WRONG_SEEDS]:
            if weight[b, i, kind]:
                seeds.append((b, i, kind, None))
    arrays = {"rows": rows, "mask": mask, "marks": marks, "target": target, "weight": weight}
    arrays |= {"tags": tags, "tag_weight": tag_weight}
    out = {name: torch.from_numpy(a) for name, a in arrays.items()}
    out["texts"] = [
        ["" if hidden else text for text, hidden in zip(a.words.texts, seen[:, 0] == HIDDEN, strict=False)]
        for a, seen in zip(articles, rows, strict=True)
    ]
    return out | _windows(seeds, pages, articles)


def _windows(
    seeds: Sequence[tuple[int, int, int, Known | None]], pages: Sequence[Marked], articles: Sequence[Labelled]
) -> Batch:
    count = len(seeds)
    member = np.zeros((count, WINDOW, len(PARTS)), np.float32)
    member_weight = np.zeros((count, 1, len(PARTS)), np.float32)
    pointer = np.full((count, len(shape.POINTERS)), NO, np.int64)
    labels = np.full((count, 3), NO, np.int64)
    valid, valid_weight = np.zeros(count, np.float32), np.ones(count, np.float32)
    seen = [pages[b].window(i, kind) for b, i, kind, _ in seeds]
    for s, (b, i, _, known) in enumerate(seeds):
        if known is None:
            continue
        valid[s], valid_weight[s] = 1, not known.optional
        o, marked = known.outline, articles[b].marked
        for k, part in enumerate(PARTS):
            member_weight[s, 0, k] = part in marked
            ids = [j - i + LEFT for j in o.of(part) if 0 <= j - i + LEFT < WINDOW]
            member[s, ids, k] = 1
        if o.of("content"):
            pointer[s, 0] = _place(o.of("content")[-1], i)
        for k, part in ((1, "speaker"), (3, "content" if o.form == CUE else "source")):
            if part in marked:
                ids = o.of(part)
                pointer[s, k] = _place(ids[0], i) if ids else WINDOW
                pointer[s, k + 1] = _place(ids[-1], i) if ids else WINDOW
        if known.medium:
            labels[s, 0] = MEDIA.index(known.medium)
        if known.cue_class:
            labels[s, 1] = CLASSES.index(known.cue_class)
        if known.negated is not None:
            labels[s, 2] = known.negated
    numbers = {
        "article": [b for b, _, _, _ in seeds],
        "at": [i for _, i, _, _ in seeds],
        "kind": [k for _, _, k, _ in seeds],
        "convention": [pages[b].convention for b, _, _, _ in seeds],
    }
    arrays = {name: np.array(v, np.int64) for name, v in numbers.items()}
    arrays |= {"member": member, "member_weight": member_weight, "pointer": pointer, "labels": labels}
    arrays |= {"valid": valid, "valid_weight": valid_weight}
    for k, name in enumerate(("sentence", "paragraph", "bits")):
        arrays[name] = np.stack([w[k] for w in seen]) if seen else np.zeros((0, WINDOW), np.int64)
    return {name: torch.from_numpy(a) for name, a in arrays.items()}


def _place(word: int, seed: int) -> int:
    at = word - seed + LEFT
    return at if 0 <= at < WINDOW else NO


def groups(articles: Sequence[Labelled], words: int, chance: random.Random) -> list[list[Labelled]]:
    """Articles of like length together, about `words` words with their padding, in random order."""
    by_length = sorted(articles, key=lambda a: len(a.words) * chance.uniform(0.85, 1.15))
    out: list[list[Labelled]] = []
    now: list[Labelled] = []
    longest = 0
    for a in by_length:
        longest = max(longest, len(a.words))
        if now and longest * (len(now) + 1) > words:
            out.append(now)
            now, longest = [], len(a.words)
        now.append(a)
    if now:
        out.append(now)
    chance.shuffle(out)
    return out
