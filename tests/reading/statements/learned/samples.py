"""Which network do the tests ask? One without sense but of the right shape, or one that says what it is told."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from reportedly.languages import Language, load
from reportedly.model.analysis import Analysis
from reportedly.model.article import Article
from reportedly.reading.analysis import analyse
from reportedly.reading.health import inspect
from reportedly.reading.statements.learned import shape
from reportedly.reading.statements.learned.marks import Marked
from reportedly.reading.statements.learned.network import Network, Seed
from reportedly.reading.statements.learned.shape import CLASSES, LEFT, MEDIA, PARTS, TYPES, WINDOW
from reportedly.reading.statements.learned.wordrows import ROWS

WIDTH, PAIR, DIM = 12, 6, 8


def german() -> Language:
    return load("de")


def analysed(text: str) -> Analysis:
    article = Article(text)
    return analyse(article, inspect(article, german()), german())


def random_network(seed: int = 1, *, attention: bool = False) -> Network:
    """Numbers by chance, in the shapes of a trained network (small); `attention` in place of the second convolution."""
    dice = np.random.default_rng(seed)
    w, p = WIDTH, PAIR
    sizes: dict[str, tuple[int, ...]] = {
        "encoder.enter": (DIM, w), "extra": (shape.MARKS, w), "seed1": (w, 10), "seed2": (10, len(TYPES)),
        "seed_in": (w, 2 * p), "word_in": (w, 2 * p), "bits_in": (shape.BITS, p), "none": (w, 2),
        "out": (p, len(PARTS) + len(shape.POINTERS)), "labels": (w + p, len(MEDIA) + len(CLASSES) + 1),
        "valid1": (w + 4 * p, 5), "valid2": (5, 1), "encoder.blocks.0.inner": (3 * w, 2 * w),
        "encoder.blocks.1.inner": (w, 3 * w) if attention else (3 * w, 2 * w), "blocks.0.inner": (3 * p, 2 * p),
        "encoder.blocks.1.outer": (w, w),
    }  # fmt: skip
    arrays: dict[str, np.ndarray] = {}
    for name, size in sizes.items():
        arrays[name + ".weight"] = dice.normal(0, 0.3, size).astype(np.float32)
        arrays[name + ".bias"] = dice.normal(0, 0.1, size[-1:]).astype(np.float32)
    for name in ("encoder.leave", "encoder.blocks.0.norm", "encoder.blocks.1.norm"):
        arrays[name + ".weight"], arrays[name + ".bias"] = np.ones(w, np.float32), np.zeros(w, np.float32)
    for name in ("norm", "blocks.0.norm"):
        arrays[name + ".weight"], arrays[name + ".bias"] = np.ones(p, np.float32), np.zeros(p, np.float32)
    for name, rows, size in (("far", 54, p), ("sentence", 13, p), ("paragraph", 5, p), ("form", len(TYPES), w), ("convention", 3, w)):  # fmt: skip
        arrays[name + ".weight"] = dice.normal(0, 0.3, (rows, size)).astype(np.float32)
    arrays["encoder.blocks.1.bias"] = dice.normal(0, 0.5, (2 * 8 + 1, 2)).astype(np.float32)
    arrays["shape.encoder"], arrays["shape.window"] = np.array([1, 0 if attention else 16]), np.array([2])
    return Network(arrays, dice.normal(0, 0.3, (ROWS, DIM)).astype(np.float16))


def said(text: str, form: str, content: str, chance: float = 0.9, valid: float = 0.9, **parts: str) -> Seed:
    """What a network would say to mean these words (each by its first place in the text)."""
    tokens = analysed(text).tokens

    def words(part: str) -> list[int]:
        at = text.index(part)
        return [t.i for t in tokens if t.start >= at and t.end <= at + len(part)]

    first, *_, last = [*words(content), words(content)[-1]]
    member = np.full((WINDOW, len(PARTS)), -5.0, np.float32)
    pointer = np.full((WINDOW, len(shape.POINTERS)), -8.0, np.float32)
    none = np.zeros(2, np.float32)
    member[[i - first + LEFT for i in words(content)], 0] = 5
    pointer[last - first + LEFT, 0] = 8
    for part, value in parts.items():
        ids = [i - first + LEFT for i in words(value)]
        if part in ("speaker", "source"):
            at = shape.POINTERS.index(f"{part}_start")
            pointer[ids[0], at], pointer[ids[-1], at + 1] = 8, 8
        else:
            member[ids, PARTS.index(part)] = 5
    labels = np.zeros(len(MEDIA) + len(CLASSES) + 1, np.float32)
    labels[-1] = -3
    return Seed(first, TYPES.index(form), chance, valid, member, pointer, none, labels)


class Told:
    """A network that says what it was told, and of what the tables found and it was not told: no."""

    def __init__(self, seeds: Iterable[Seed]) -> None:
        self.seeds = list(seeds)

    def read(self, page: Marked, least: float) -> list[Seed]:
        own = {(s.at, s.kind) for s in self.seeds}
        out = [s for s in self.seeds if s.chance > least]
        for o in page.outlines:
            if (o.first, o.form) not in own:
                member = np.full((WINDOW, len(PARTS)), -5.0, np.float32)
                pointer = np.zeros((WINDOW, len(shape.POINTERS)), np.float32)
                labels = np.zeros(len(MEDIA) + len(CLASSES) + 1, np.float32)
                out.append(Seed(o.first, o.form, 0.01, 0.01, member, pointer, np.zeros(2, np.float32), labels))
        return out
