"""What does the network say about an article? The trained network in plain numpy, one article at a time.

`lab/train/network/model.py` is the same network as PyTorch trains it; a test holds the two together. Shapes: n words,
S seeds, L words of a window, w width of the encoder, p width of a window.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from threadpoolctl import ThreadpoolController

from reportedly.reading.statements.learned import shape
from reportedly.reading.statements.learned.marks import Marked
from reportedly.reading.statements.learned.shape import CONTEXT, CUE, INSIDE, LEFT, PARTS, RIGHT, WINDOW

CHUNK = 2048
"""Words read at once; longer articles are read in pieces that overlap by what the encoder sees."""
SEEDS = 64
"""Windows read at once."""
FAR = np.float32(-1e4)


def sigmoid(x: np.ndarray) -> np.ndarray:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(x, -30, 30))))


def gelu(x: np.ndarray) -> np.ndarray:
    """Exact GELU; error function after Abramowitz and Stegun 7.1.26 (error below 2e-7)."""
    z = np.abs(x) * np.float32(0.70710678)
    t = 1.0 / (1.0 + np.float32(0.3275911) * z)
    y = np.float32(1.061405429) * t - np.float32(1.453152027)
    for factor in (1.421413741, -0.284496736, 0.254829592):
        y = y * t + np.float32(factor)
    y = 1.0 - y * t * np.exp(-z * z)
    return np.asarray(0.5 * x * (1.0 + np.copysign(y, x)))


@cache
def _threads() -> ThreadpoolController:
    return ThreadpoolController()


@dataclass(slots=True)
class Seed:
    """What the network says about one place where a statement may begin."""

    at: int
    kind: int
    chance: float
    """How likely a statement of this kind begins here, by the word alone."""
    valid: float
    """How likely it is one, having read its window."""
    member: np.ndarray
    """[L, PARTS] log odds that a word belongs to a part."""
    pointer: np.ndarray
    """[L, POINTERS] scores that a pointer points here."""
    none: np.ndarray
    """[2] scores that there is no speaker, no source."""
    labels: np.ndarray
    """[MEDIA + CLASSES + 1] scores of medium, class, negation."""


class Network:
    """Reads with the arrays of a weight file; `words` is the table of word rows (it may lie on disk and be of half
    precision: only the rows that are needed are taken out)."""

    def __init__(self, arrays: Mapping[str, np.ndarray], words: np.ndarray) -> None:
        self._words = words
        self._w = {name: np.asarray(a, np.float32) for name, a in arrays.items() if not name.startswith("shape.")}
        self._dilations = [int(d) for d in arrays["shape.encoder"]]
        self._window_dilations = [int(d) for d in arrays["shape.window"]]
        self._far = self._w["far.weight"][shape.buckets()]

    def _linear(self, name: str, x: np.ndarray) -> np.ndarray:
        return np.asarray(x @ self._w[name + ".weight"] + self._w[name + ".bias"])

    def _norm(self, name: str, x: np.ndarray) -> np.ndarray:
        c = x - x.mean(-1, keepdims=True)
        scale = np.sqrt((c * c).mean(-1, keepdims=True) + np.float32(1e-5))
        return np.asarray(c / scale * self._w[name + ".weight"] + self._w[name + ".bias"])

    def _convolution(self, name: str, x: np.ndarray, d: int, inside: np.ndarray | None = None) -> np.ndarray:
        h = self._norm(name + ".norm", x)
        if inside is not None:
            h = h * inside
        n, w = h.shape[-2:]
        y = np.zeros((*h.shape[:-1], 3 * w), np.float32)
        y[..., w : 2 * w] = h
        if n > d:
            y[..., d:, :w] = h[..., :-d, :]
            y[..., :-d, 2 * w :] = h[..., d:, :]
        z = self._linear(name + ".inner", y)
        return np.asarray(x + z[..., :w] * sigmoid(z[..., w:]))

    def encode(self, article: Marked) -> np.ndarray:
        """A vector for every word [n, w]."""
        return self._encode(article.words.rows, article.marks)

    def _encode(self, rows: np.ndarray, marks: np.ndarray) -> np.ndarray:
        n = len(rows)
        if n > CHUNK + 2 * CONTEXT:
            parts = []
            for a in range(0, n, CHUNK):
                low, high = max(0, a - CONTEXT), min(n, a + CHUNK + CONTEXT)
                parts.append(self._encode(rows[low:high], marks[low:high])[a - low :][: min(CHUNK, n - a)])
            return np.concatenate(parts)
        needed, where = np.unique(rows, return_inverse=True)
        x = self._words[needed].astype(np.float32)[where.reshape(rows.shape)].sum(1)
        x = self._linear("encoder.enter", x) + self._linear("extra", marks)
        for k, d in enumerate(self._dilations):
            x = self._convolution(f"encoder.blocks.{k}", x, d)
        return self._norm("encoder.leave", x)

    def read(self, article: Marked, least: float) -> list[Seed]:
        """Every place where a statement may begin: by the network with a chance of `least`, or by the tables.

        On one thread: the products are small, and several threads cost more than they bring.
        """
        if not len(article.words):
            return []
        with _threads().limit(limits=1, user_api="blas"):
            return self._read(article, least)

    def _read(self, article: Marked, least: float) -> list[Seed]:
        h = self.encode(article)
        chance = sigmoid(self._linear("seed2", gelu(self._linear("seed1", h))))
        kinds = (CUE,) if shape.CONVENTIONS[article.convention] == "gepade" else range(CUE)
        places = [(int(i), k) for k in kinds for i in np.nonzero(chance[:, k] > least)[0]]
        if CUE not in kinds:
            places += sorted({(o.first, o.form) for o in article.outlines} - set(places))
        words = np.pad(self._linear("word_in", h), ((LEFT, RIGHT), (0, 0)))
        out: list[Seed] = []
        for a in range(0, len(places), SEEDS):
            part = places[a : a + SEEDS]
            windows = [article.window(i, k) for i, k in part]
            found = self._windows(h, words, part, article.convention, *map(np.stack, zip(*windows, strict=True)))
            member, pointer, none, labels, valid = found
            out += [
                Seed(i, k, float(chance[i, k]), float(valid[s]), member[s], pointer[s], none[s], labels[s])
                for s, (i, k) in enumerate(part)
            ]
        return out

    def _windows(
        self,
        h: np.ndarray,
        words: np.ndarray,
        places: list[tuple[int, int]],
        convention: int,
        sentence: np.ndarray,
        paragraph: np.ndarray,
        bits: np.ndarray,
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Member [S, L, PARTS], pointers [S, L, POINTERS], none [S, 2], labels [S, …], valid [S]."""
        at, kind = np.array(places).T
        s = h[at] + self._w["form.weight"][kind] + self._w["convention.weight"][convention]
        seed = self._linear("seed_in", s)
        p = seed.shape[1] // 2
        near = words[at[:, None] + np.arange(WINDOW)]
        x = seed[:, None, :p] + near[..., :p] + seed[:, None, p:] * near[..., p:] + self._far
        x += self._w["sentence.weight"][sentence + 6] + self._w["paragraph.weight"][paragraph + 2]
        x = gelu(x + self._linear("bits_in", bits))
        inside = bits[..., INSIDE:]
        for k, d in enumerate(self._window_dilations):
            x = self._convolution(f"blocks.{k}", x, d, inside)
        x = self._norm("norm", x)
        y = self._linear("out", x)
        none = self._linear("none", s)
        member, pointer = y[..., : len(PARTS)], np.where(inside == 0, FAR, y[..., len(PARTS) :])
        weight = sigmoid(y[..., :2]) * inside
        pooled = [
            np.einsum("slp,sl->sp", x, weight[..., k]) / (weight[..., k].sum(1, keepdims=True) + np.float32(1e-3))
            for k in (0, 1)
        ]
        pooled += [(x + (inside - 1) * -FAR).max(1), x[:, LEFT]]
        labels = self._linear("labels", np.concatenate([s, pooled[0]], -1))
        valid = self._linear("valid2", gelu(self._linear("valid1", np.concatenate([s, *pooled], -1))))[:, 0]
        return member, pointer, none, labels, sigmoid(valid)


class Several:
    """Networks of the same training from different seeds, read as one: the mean of what they say."""

    def __init__(self, networks: Sequence[Network]) -> None:
        self.networks = tuple(networks)

    def read(self, article: Marked, least: float) -> list[Seed]:
        """As `Network.read`. A place counts where every one of them sees at least a little of a chance."""
        first, *others = [{(s.at, s.kind): s for s in network.read(article, least / 4)} for network in self.networks]
        out = []
        for place, one in first.items():
            said = [one, *(o[place] for o in others if place in o)]
            chance = float(np.mean([s.chance for s in said]))
            if len(said) == len(self.networks) and (chance > least or place in article.begins):
                valid = float(np.mean([s.valid for s in said]))
                member, pointer, none, labels = (
                    np.mean([getattr(s, part) for s in said], 0) for part in ("member", "pointer", "none", "labels")
                )
                out.append(Seed(*place, chance, valid, member, pointer, none, labels))
        return out


def network_from(arrays: Mapping[str, np.ndarray], words: np.ndarray) -> Network | Several:
    """The network of a weight file: one, or several under the names `0.…`, `1.…`."""
    if "shape.encoder" in arrays:
        return Network(arrays, words)
    parts: dict[str, dict[str, np.ndarray]] = {}
    for name, array in arrays.items():
        number, rest = name.split(".", 1)
        parts.setdefault(number, {})[rest] = array
    return Several([Network(parts[number], words) for number in sorted(parts)])
