"""What does the network say about an article? The trained network in plain numpy, one article at a time.

`lab/train/network/model.py` is the same network as PyTorch trains it; a test holds the two together. Shapes: n words,
S seeds, L words of a window, w width of the encoder, p width of a window.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from threadpoolctl import ThreadpoolController

from reportedly.reading.statements.learned import shape
from reportedly.reading.statements.learned.marks import Marked
from reportedly.reading.statements.learned.shape import CUE, INSIDE, LEFT, PARTS, RIGHT, WINDOW

CHUNK = 2048
"""Words read at once; longer articles are read in pieces that overlap by what the encoder sees."""
SEEDS = 16
"""Windows read at once: as many as the processor's cache holds with all that is worked out of them (measured: docs/performance.md)."""
FAR = np.float32(-1e4)


def sigmoid(x: np.ndarray) -> np.ndarray:
    y: np.ndarray = np.clip(x, -30, 30)
    np.negative(y, out=y)
    np.exp(y, out=y)
    y += 1
    np.divide(1, y, out=y)
    return y


def gelu(x: np.ndarray) -> np.ndarray:
    """Exact GELU; error function after Abramowitz and Stegun 7.1.26 (error below 2e-7). In place: an array for every step costs
    more than the step."""
    z: np.ndarray = np.abs(x)
    z *= np.float32(0.70710678)
    t = z * np.float32(0.3275911)
    t += 1
    np.divide(1, t, out=t)
    y = t * np.float32(1.061405429)
    y -= np.float32(1.453152027)
    for factor in (1.421413741, -0.284496736, 0.254829592):
        y *= t
        y += np.float32(factor)
    y *= t
    z *= z
    np.negative(z, out=z)
    y *= np.exp(z, out=z)
    np.subtract(1, y, out=y)
    np.copysign(y, x, out=y)
    y += 1
    y *= np.multiply(x, np.float32(0.5), out=t)
    return y


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


@dataclass(slots=True)
class Look:
    """What a network sees before it looks at windows: vectors [n, w], words as windows take them [LEFT + n + RIGHT, 2 p],
    the chance that a statement of each kind begins [n, TYPES]."""

    vectors: np.ndarray
    words: np.ndarray
    chance: np.ndarray


def places_of(article: Marked, seen: np.ndarray) -> list[tuple[int, int]]:
    """Where windows are read: word and kind of what is seen [n, TYPES], and of what the tables found."""
    kinds = (CUE,) if shape.CONVENTIONS[article.convention] == "gepade" else range(CUE)
    places = [(int(i), k) for k in kinds for i in np.nonzero(seen[:, k])[0]]
    if CUE not in kinds:
        places += sorted({(o.first, o.form) for o in article.outlines} - set(places))
    return places


class Network:
    """Reads with the arrays of a weight file; `words` is the table of word rows (it may lie on disk and be of half
    precision: only the rows that are needed are taken out)."""

    def __init__(self, arrays: Mapping[str, np.ndarray], words: np.ndarray) -> None:
        self._words = words
        self._w = {name: np.asarray(a, np.float32) for name, a in arrays.items() if not name.startswith("shape.")}
        self._dilations = [int(d) for d in arrays["shape.encoder"]]
        self._context = sum(d or self._near(k) for k, d in enumerate(self._dilations))
        """How many words to each side the encoder sees."""
        self._window_dilations = [int(d) for d in arrays["shape.window"]]
        self._far = self._w["far.weight"][shape.buckets()]

    def _near(self, block: int) -> int:
        """How far attention looks."""
        return len(self._w[f"encoder.blocks.{block}.bias"]) // 2

    def _linear(self, name: str, x: np.ndarray) -> np.ndarray:
        y = np.asarray(x @ self._w[name + ".weight"])
        y += self._w[name + ".bias"]
        return y

    def _norm(self, name: str, x: np.ndarray) -> np.ndarray:
        c: np.ndarray = x - x.mean(-1, keepdims=True)
        c /= np.sqrt((c * c).mean(-1, keepdims=True) + np.float32(1e-5))
        c *= self._w[name + ".weight"]
        c += self._w[name + ".bias"]
        return c

    def _convolution(self, name: str, x: np.ndarray, d: int, inside: np.ndarray | None = None) -> np.ndarray:
        h = self._norm(name + ".norm", x)
        if inside is not None:
            h *= inside
        n, w = h.shape[-2:]
        y = np.empty((*h.shape[:-1], 3 * w), np.float32)
        edge = min(d, n)
        y[..., :edge, :w] = 0
        y[..., n - edge :, 2 * w :] = 0
        y[..., w : 2 * w] = h
        y[..., edge:, :w] = h[..., : n - edge, :]
        y[..., : n - edge, 2 * w :] = h[..., edge:, :]
        z = self._linear(name + ".inner", y)
        gate = sigmoid(z[..., w:])
        gate *= z[..., :w]
        gate += x
        return gate

    def _attention(self, name: str, x: np.ndarray) -> np.ndarray:
        """Each word looks at the words up to `near` away; in pieces of that length, with the pieces on both sides."""
        bias = self._w[name + ".bias"].T
        heads, near = len(bias), bias.shape[1] // 2
        n, w = x.shape
        more = -n % near
        pieces, size = (n + more) // near, w // heads
        h = np.pad(self._linear(name + ".inner", self._norm(name + ".norm", x)), ((near, near + more), (0, 0)))
        h = h.reshape(pieces + 2, near, 3, heads, size).transpose(2, 0, 3, 1, 4)
        q = h[0, 1:-1] * np.float32(size**-0.5)
        key, value = (np.concatenate([a[:-2], a[1:-1], a[2:]], 2) for a in h[1:])
        far = np.arange(3 * near)[None] - near - np.arange(near)[:, None]
        scores = q @ key.swapaxes(-1, -2)
        scores += np.where(abs(far) > near, np.float32(-1e4), bias[:, far.clip(-near, near) + near])
        there = np.pad(np.zeros(n, np.float32), (near, near + more), constant_values=-1e4).reshape(pieces + 2, near)
        scores += np.concatenate([there[:-2], there[1:-1], there[2:]], 1)[:, None, None]
        scores -= scores.max(-1, keepdims=True)
        np.exp(scores, out=scores)
        scores /= scores.sum(-1, keepdims=True)
        out = (scores @ value).transpose(0, 2, 1, 3).reshape(n + more, w)[:n]
        return np.asarray(x + self._linear(name + ".outer", out))

    def encode(self, article: Marked) -> np.ndarray:
        """A vector for every word [n, w]."""
        return self._encode(article.words.rows, article.marks)

    def _encode(self, rows: np.ndarray, marks: np.ndarray) -> np.ndarray:
        n, beside = len(rows), self._context
        if n > CHUNK + 2 * beside:
            parts = []
            for a in range(0, n, CHUNK):
                low, high = max(0, a - beside), min(n, a + CHUNK + beside)
                parts.append(self._encode(rows[low:high], marks[low:high])[a - low :][: min(CHUNK, n - a)])
            return np.concatenate(parts)
        needed, where = np.unique(rows, return_inverse=True)
        x = self._words[needed].astype(np.float32)[where.reshape(rows.shape)].sum(1)
        x = self._linear("encoder.enter", x) + self._linear("extra", marks)
        for k, d in enumerate(self._dilations):
            name = f"encoder.blocks.{k}"
            x = self._convolution(name, x, d) if d else self._attention(name, x)
        return self._norm("encoder.leave", x)

    def read(self, article: Marked, least: float) -> Iterator[Seed]:
        """Every place where a statement may begin: by the network with a chance of `least`, or by the tables.

        One after the other, for a long article has more of them than memory holds. On one thread: the products are small,
        and several threads cost more than they bring.
        """
        if len(article.words):
            look = self.look(article)
            yield from self.seeds(article, look, places_of(article, look.chance > least))

    def look(self, article: Marked) -> Look:
        """What the words alone say."""
        with _threads().limit(limits=1, user_api="blas"):
            h = self.encode(article)
            pieces = (h[a : a + CHUNK] for a in range(0, len(h), CHUNK))
            chance = np.concatenate([sigmoid(self._linear("seed2", gelu(self._linear("seed1", p)))) for p in pieces])
            return Look(h, np.pad(self._linear("word_in", h), ((LEFT, RIGHT), (0, 0))), chance)

    def seeds(self, article: Marked, look: Look, places: Sequence[tuple[int, int]]) -> Iterator[Seed]:
        """What the windows of these places (word, kind) say, in their order."""
        for a in range(0, len(places), SEEDS):
            part = places[a : a + SEEDS]
            windows = [article.window(i, k) for i, k in part]
            with _threads().limit(limits=1, user_api="blas"):
                found = self._windows(
                    look.vectors, look.words, part, article.convention, *map(np.stack, zip(*windows, strict=True))
                )
            member, pointer, none, labels, valid = found
            for s, (i, k) in enumerate(part):
                yield Seed(i, k, float(look.chance[i, k]), float(valid[s]), member[s], pointer[s], none[s], labels[s])

    def _windows(
        self,
        h: np.ndarray,
        words: np.ndarray,
        places: Sequence[tuple[int, int]],
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

    def read(self, article: Marked, least: float) -> Iterator[Seed]:
        """As `Network.read`. A place counts where every one of them sees at least a little of a chance."""
        if not len(article.words):
            return
        looks = [network.look(article) for network in self.networks]
        chance = np.mean([look.chance for look in looks], 0)
        seen = np.all([look.chance > least / 4 for look in looks], 0) & (chance > least)
        places = places_of(article, seen)
        each = [n.seeds(article, look, places) for n, look in zip(self.networks, looks, strict=True)]
        for said in zip(*each, strict=True):
            at, kind = said[0].at, said[0].kind
            valid = float(np.mean([s.valid for s in said]))
            member, pointer, none, labels = (
                np.mean([getattr(s, part) for s in said], 0) for part in ("member", "pointer", "none", "labels")
            )
            yield Seed(at, kind, float(chance[at, kind]), valid, member, pointer, none, labels)


def network_from(arrays: Mapping[str, np.ndarray], words: np.ndarray) -> Network | Several:
    """The network of a weight file: one, or several under the names `0.…`, `1.…`."""
    if "shape.encoder" in arrays:
        return Network(arrays, words)
    parts: dict[str, dict[str, np.ndarray]] = {}
    for name, array in arrays.items():
        number, rest = name.split(".", 1)
        parts.setdefault(number, {})[rest] = array
    return Several([Network(parts[number], words) for number in sorted(parts)])
