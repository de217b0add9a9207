"""Does a worker's memory stay flat over many articles? Resident memory, sampled while one process reads.

    python -m lab.memory                                   100,000 articles with the tables: an hour
    python -m lab.memory --articles 5000 --weights open

The texts are those of news-de, over and over. In each one, every fifth word of eight letters or more is changed by its number in the run, so that
no cache of words is served twice by the same; what is learned of words must stay bounded all the same.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from lab.corpora import DEFAULT_FOLDER, CorpusMissing, read_lines
from reportedly.model.article import Article
from reportedly.pipeline import STANDARD, read

_LONG = re.compile(r"[A-Za-zäöüßÄÖÜ]{8,}")
_SYLLABLES = [a + b for a in "bdfgklmnprst" for b in "aeiou"]
SAMPLES = 20


def changed(text: str, number: int) -> str:
    """The text with words that no other number has.

    >>> changed("Die Hafenmeisterin sprach.", 7)
    'Die Hafenmeisterinkibaba sprach.'
    """
    seen = 0

    def one(found: re.Match[str]) -> str:
        nonlocal seen
        seen += 1
        if seen % 5 != 1:
            return found[0]
        count, ending = len(_SYLLABLES), number + 31 * seen
        return found[0] + "".join(_SYLLABLES[ending // count**k % count] for k in range(3))

    return _LONG.sub(one, text)


def resident() -> float:
    """What this process holds now, in MiB."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    import resource

    return pages * resource.getpagesize() / 2**20


@dataclass(frozen=True, slots=True)
class Sample:
    articles: int
    memory: float
    seconds: float


def samples(texts: Sequence[str], count: int, weights: str) -> Iterator[Sample]:
    """`count` articles read, with the memory after each twentieth of them."""
    recipe = replace(STANDARD, weights=weights)
    begin, step = time.process_time(), max(1, count // SAMPLES)
    for n in range(count):
        text = changed(texts[n % len(texts)], n)
        read(Article(text), recipe).to_json()
        if (n + 1) % step == 0:
            yield Sample(n + 1, resident(), time.process_time() - begin)


def main(arguments: Sequence[str] | None = None) -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, default=DEFAULT_FOLDER)
    options.add_argument("--articles", type=int, default=100_000)
    options.add_argument("--texts", type=int, default=1_000, help="different ones, before they are changed")
    options.add_argument("--longest", type=int, default=0, help="characters of a text, to save time; 0: whole")
    options.add_argument("--weights", default="tables")
    given = options.parse_args(arguments)
    try:
        rows = read_lines(given.data / "news-de" / "open.jsonl.xz", max(1, 39_000 // given.texts))
        texts = [row["text"][: given.longest or None] for row, _ in zip(rows, range(given.texts), strict=False)]
    except CorpusMissing as missing:
        print(missing, file=sys.stderr)
        return 2
    for at in samples(texts, given.articles, given.weights):
        print(f"{at.articles:>8} articles {at.memory:8.1f} MiB {at.seconds:8.0f} s of the processor", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
