"""Which statements does the network propose? What it says about each seed, decoded to parts by word number.

Content is the run from the seed that pays most, holes of strong disagreement left out; speaker and source are the
likeliest runs, or none; the other parts are the words above one half.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reportedly.reading.statements.learned.network import Seed, sigmoid
from reportedly.reading.statements.learned.shape import CLASSES, LEFT, MEDIA, PARTS, POINTERS, WINDOW, Outline

LONGEST = 30
"""Words of a speaker."""
HOLE = -1.5
"""Log odds that words inside a content do not belong to it, from which on they are left out."""
ENDING = 2.0
"""How much the pointer to the end of the content counts beside its words."""


@dataclass(slots=True)
class Proposal:
    """A statement as the network reads it."""

    outline: Outline
    chance: float
    valid: float
    speaker_sure: float
    """How likely speaker and source are what they are said to be."""
    medium: str
    cue_class: str
    negated: bool

    @property
    def first(self) -> int:
        return self.outline.first


@dataclass(frozen=True, slots=True)
class Leanings:
    """Where the decoder draws its lines; chosen on dev by `lab/train/network/choose.py`, kept in the weight file."""

    seed: float = 0.12
    part: float = 0.5
    addressee: float = 0.4
    nobody: float = 1.0
    """Extra log odds for `no speaker`."""


def _log_softmax(x: np.ndarray) -> np.ndarray:
    top = x.max()
    return np.asarray(x - top - np.log(np.exp(x - top).sum()))


def content_of(i: int, n: int, member: np.ndarray, end: np.ndarray) -> list[int]:
    """Word numbers of the content that begins at word `i` of `n`; `member` and `end` are of its window [L]."""
    stop = min(WINDOW, n - i + LEFT)
    odds = np.clip(member[LEFT:stop], -6, 6)
    worth = np.cumsum(odds) + ENDING * np.maximum(_log_softmax(end)[LEFT:stop], -12)
    last = int(worth.argmax())
    out: list[int] = []
    k = 0
    while k <= last:
        after = k + 1
        if odds[k] < 0:
            while after <= last and odds[after] < 0:
                after += 1
            if after > last or odds[k:after].sum() < HOLE:
                k = after
                continue
        out += range(i + k, i + after)
        k = after
    return out or [i]


def run_of(start: np.ndarray, end: np.ndarray, none: float, nobody: float) -> tuple[tuple[int, int] | None, float]:
    """The likeliest run (first, last) of window places, None where there is likelier none; and how likely it is."""
    first, last = _log_softmax(np.append(start, none)), _log_softmax(np.append(end, none))
    best = first[-1] + last[-1] + nobody
    sure, where = best, None
    for a in np.argsort(-first[:-1])[:6]:
        scores = first[a] + last[a : min(a + LONGEST, len(last) - 1)]
        b = int(a) + int(scores.argmax())
        if scores[b - a] > best:
            best = sure = scores[b - a]
            where = (int(a), b)
    return where, float(np.exp(min(0.0, sure) / 2))


def proposal_of(seed: Seed, n: int, leanings: Leanings) -> Proposal:
    """One seed of an article of `n` words as a statement."""
    i = seed.at
    content = content_of(i, n, seed.member[:, 0], seed.pointer[:, POINTERS.index("content_end")])
    parts = {"content": content}
    mine = set(content)
    for k, part in enumerate(PARTS):
        if part in ("content", "speaker", "source"):
            continue
        least = leanings.addressee if part == "addressee" else leanings.part
        ids = np.nonzero(sigmoid(seed.member[:, k]) > least)[0] + i - LEFT
        found = [int(j) for j in ids if 0 <= j < n and not (part == "frame" and int(j) in mine)]
        if found:
            parts[part] = found
    speaker, sure = run_of(seed.pointer[:, 1], seed.pointer[:, 2], float(seed.none[0]), leanings.nobody)
    if speaker:
        parts["speaker"] = _words(speaker, i, n)
    else:
        source, sure = run_of(seed.pointer[:, 3], seed.pointer[:, 4], float(seed.none[1]), 0.0)
        if source:
            parts["source"] = _words(source, i, n)
    medium, cue_class = seed.labels[: len(MEDIA)], seed.labels[len(MEDIA) : -1]
    return Proposal(
        Outline(seed.kind, parts),
        seed.chance,
        seed.valid,
        sure,
        MEDIA[int(medium.argmax())],
        CLASSES[int(cue_class.argmax())],
        bool(seed.labels[-1] > 0),
    )


def _words(run: tuple[int, int], seed: int, n: int) -> list[int]:
    return [j for k in range(run[0], run[1] + 1) if 0 <= (j := k + seed - LEFT) < n]


def alike(a: Sequence[int], b: Sequence[int]) -> float:
    """F1 of two sets of words."""
    both = len(set(a) & set(b))
    return 2 * both / (len(a) + len(b)) if both else 0.0
