"""How near is a reading to what the processor can do, and what do others take for the same text? Parts of `make bench`.

The yardstick of spaCy is its German pipeline without anything downloaded: the parts of de_core_news_sm and _md in their sizes (tok2vec of 96 numbers
and four layers, tagger, morphologizer, parser, lemmatizer by edit trees, names with a tok2vec of their own), the numbers in them from chance. How long
it takes does not depend on what the numbers are; what it finds is worth nothing.
"""

from __future__ import annotations

import dataclasses
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from reportedly.model.article import Article
from reportedly.pipeline import STANDARD, read

_TAGS, _DEPENDENCIES = 54, 40
"""So many labels as TIGER's tag set and its dependencies have."""
_BEST_OF = 15
_LARGE = 2048


def spacy_reads() -> Callable[[Sequence[str]], dict[str, float]]:
    """What a process of its own does: texts in, seconds by yardstick out. All is loaded, only reading is left."""
    import spacy

    tokens, whole = spacy.blank("de"), spacy_german()

    def read_all(texts: Sequence[str]) -> dict[str, float]:
        out = {}
        for name, pipeline in (("spaCy blank: tokens", tokens), ("spaCy German: pipeline", whole)):
            pipeline(texts[0])
            begin = time.process_time()
            for _ in pipeline.pipe(texts):
                pass
            out[name] = time.process_time() - begin
        return out

    return read_all


def spacy_german() -> Any:
    """spaCy's German pipeline without its numbers."""
    import spacy
    from spacy.cli.init_config import init_config
    from spacy.tokens import Doc
    from spacy.training import Example

    parts = ["tagger", "morphologizer", "parser", "trainable_lemmatizer", "ner"]
    pipeline = spacy.util.load_model_from_config(
        init_config(lang="de", pipeline=parts, optimize="efficiency"), auto_fill=True
    )
    words = ["Der", "Deich", "halte", ",", "sagte", "Ilse", "Brandt", "."] * 8
    examples = [
        Example(
            Doc(pipeline.vocab, words),
            Doc(
                pipeline.vocab,
                words,
                tags=[f"T{(shift + n) % _TAGS}" for n in range(len(words))],
                pos=[("NOUN", "VERB", "ADJ", "DET")[n % 4] for n in range(len(words))],
                lemmas=[word.lower() for word in words],
                deps=["ROOT", *(f"d{(shift + n) % _DEPENDENCIES}" for n in range(1, len(words)))],
                heads=[0] * len(words),
                ents=[f"B-{kind}" for kind in ("PER", "LOC", "ORG", "MISC")] + ["O"] * (len(words) - 4),
            ),
        )
        for shift in range(0, 60, 6)
    ]
    pipeline.initialize(lambda: examples)
    return pipeline


@dataclass
class Products:
    """Matrix products of the network while articles were read: seconds in them and in all, how often each size [m, k] x [k, n]."""

    seconds: float = 0.0
    whole: float = 0.0
    sizes: Counter[tuple[int, int, int]] = dataclasses.field(default_factory=Counter)

    @property
    def operations(self) -> float:
        """Floating point operations, a multiplication and an addition counted as two."""
        return float(sum(2 * m * k * n * often for (m, k, n), often in self.sizes.items()))


def products(articles: Sequence[Article], weights: str) -> Products:
    """Every product of the network is timed by itself, in seconds of the processor; what it gives is what it gave before."""
    import numpy as np

    from reportedly.reading.statements.learned.network import Network

    found, real = Products(), Network._linear

    def timed(self: Any, name: str, x: Any) -> Any:
        weight = self._w[name + ".weight"]
        begin = time.process_time()
        y = np.asarray(x @ weight)
        found.seconds += time.process_time() - begin
        found.sizes[x.size // x.shape[-1], *weight.shape] += 1
        y += self._w[name + ".bias"]
        return y

    recipe = dataclasses.replace(STANDARD, weights=weights)
    read(articles[0], recipe)
    Network._linear = timed  # type: ignore[method-assign]
    try:
        begin = time.process_time()
        for article in articles:
            read(article, recipe).to_json()
        found.whole = time.process_time() - begin
    finally:
        Network._linear = real  # type: ignore[method-assign]
    return found


def best(m: int, k: int, n: int) -> float:
    """Operations a second of one product of this size, on one thread, float32, everything in reach: the best of many."""
    import numpy as np
    from threadpoolctl import threadpool_limits

    chance = np.random.default_rng(0)
    a, b = chance.standard_normal((m, k), np.float32), chance.standard_normal((k, n), np.float32)
    out = np.empty((m, n), np.float32)
    with threadpool_limits(1, user_api="blas"):
        tries = []
        for _ in range(_BEST_OF):
            begin = time.perf_counter()
            np.matmul(a, b, out=out)
            tries.append(time.perf_counter() - begin)
    return 2.0 * m * k * n / min(tries)


def limits(articles: Sequence[Article], weights: str) -> list[str]:
    """Lines for the report: share of the products, how quick they are, how quick they could be, and what that would save."""
    from threadpoolctl import threadpool_info

    found = products(articles, weights)
    by_cost = sorted(found.sizes, key=lambda size: -found.sizes[size] * size[0] * size[1] * size[2])
    rounded: Counter[tuple[int, int, int]] = Counter()
    for m, k, n in by_cost:  # sizes that differ by a few words are one
        rounded[max(16, round(m / 64) * 64), k, n] += found.sizes[m, k, n]
    ideal = sum(often * 2.0 * m * k * n / best(m, k, n) for (m, k, n), often in rounded.items())
    ideal *= found.operations / sum(2.0 * m * k * n * often for (m, k, n), often in rounded.items())
    kernels = next((lib["architecture"] for lib in threadpool_info() if lib["user_api"] == "blas"), "unknown")
    large = best(_LARGE, _LARGE, _LARGE)
    return [
        f"matrix products, {weights}, one thread, float32, kernels {kernels}",
        f"{'share of all time':44}{100 * found.seconds / found.whole:8.1f} %",
        f"{'operations of a word':44}{found.operations / sum(len(a.text.split()) for a in articles) / 1e6:8.2f} million",
        f"{'as they are':44}{found.operations / found.seconds / 1e9:8.0f} thousand million a second",
        f"{'the same sizes by themselves, best of many':44}{found.operations / ideal / 1e9:8.0f}",
        f"{f'one of {_LARGE} x {_LARGE} x {_LARGE}':44}{large / 1e9:8.0f}",
        f"{'all of it, if they were as quick as by themselves':50}{100 * (found.whole - found.seconds + ideal) / found.whole:.1f} % of its time",
        f"{'all of it, if they cost nothing':50}{100 * (found.whole - found.seconds) / found.whole:.1f} %",
    ]


def threads(articles: Sequence[Article], weights: str, expected: Sequence[str]) -> list[str]:
    """One, then two threads of this process, reading the same articles."""
    recipe = dataclasses.replace(STANDARD, weights=weights)
    words = sum(len(a.text.split()) for a in articles)
    lines, one = [], 0.0
    for count in (1, 2):
        with ThreadPoolExecutor(count) as pool:
            list(pool.map(lambda a: read(a, recipe), articles[:4]))
            begin = time.perf_counter()
            found = list(pool.map(lambda a: read(a, recipe).to_json(), articles))
            seconds = time.perf_counter() - begin
        one = one or seconds
        same = "the same records as read" if found == list(expected) else "OTHER RECORDS THAN READ"
        lines.append(
            f"{f'{count} thread(s), {weights}':28}{words / seconds:12.0f}{100 * one / seconds / count:7.0f}% of {count} x one   {same}"
        )
    return lines
