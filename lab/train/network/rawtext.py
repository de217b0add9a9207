"""Which words does raw text hold, as numbers? Shards for pretraining, and the tables that say what a number is.

    python -m lab.train.network.rawtext --data ../shared/data --out FOLDER bt20 bt19

A shard is an int32 array of word types, -1 between texts. `NAME.types.npy` gives the seven rows of each type,
`NAME.formof.npy` the number of its form, `NAME.forms` the forms, one a line.
"""

from __future__ import annotations

import argparse
import json
import lzma
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from lab.corpora import CORPORA, DEFAULT_FOLDER, CorpusMissing
from reportedly.languages import load
from reportedly.languages.segment import sentences, tokenise
from reportedly.reading.analysis.tagger import tag
from reportedly.reading.statements.learned.wordrows import rows_of

SOURCES = ("bt19", "bt20", "news")
SHARD = 1_500_000
LONGEST = 60_000
SHORTEST = 200
PIECE = 6_000


def texts(path: Path) -> Iterator[str]:
    """Articles of a JSONL file, or pieces of about 6,000 characters of a plain one. Raises CorpusMissing."""
    if not path.exists():
        raise CorpusMissing(path)
    with lzma.open(path, "rt", encoding="utf-8") as file:
        if path.name.endswith(".jsonl.xz"):
            for line in file:
                yield json.loads(line)["text"]
            return
        lines: list[str] = []
        size = 0
        for line in file:
            lines.append(line)
            size += len(line)
            if size > PIECE:
                yield "".join(lines)
                lines, size = [], 0
        yield "".join(lines)


class Shards:
    """Texts in, files out: `add` each text, `close` at the end. A shard is written as soon as it is full."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder, self.name = folder, name
        self.language = load("de")
        self.types: dict[tuple[str, str, frozenset[str]], int] = {}
        self.rows: list[tuple[int, ...]] = []
        self.forms: dict[str, int] = {}
        self.form_of: list[int] = []
        self.pending: list[np.ndarray] = []
        self.size = self.total = self.count = 0

    def add(self, text: str) -> None:
        text = text[:LONGEST]
        spans, stops = tokenise(text), sentences(text, self.language)
        firsts: set[int] = set()
        i = 0
        for begin, _ in stops:
            while i < len(spans) and spans[i][0] < begin:
                i += 1
            firsts.add(i)
        words = [text[a:b] for a, b in spans]
        ids = np.empty(len(words) + 1, np.int32)
        ids[-1] = -1
        for k, (word, (tags, lemma)) in enumerate(
            zip(words, tag(words, frozenset(firsts), self.language), strict=True)
        ):
            key = (word, lemma, tags)
            number = self.types.get(key)
            if number is None:
                number = self.types[key] = len(self.rows)
                self.rows.append(rows_of(word, lemma, tags))
                self.form_of.append(self.forms.setdefault(word, len(self.forms)))
            ids[k] = number
        self.pending.append(ids)
        self.size += len(ids)
        self.total += len(words)
        if self.size > SHARD:
            self._write()

    def _write(self) -> None:
        np.save(self.folder / f"{self.name}.{self.count:03}.npy", np.concatenate(self.pending))
        self.pending, self.size, self.count = [], 0, self.count + 1

    def close(self) -> None:
        if self.pending:
            self._write()
        np.save(self.folder / f"{self.name}.types.npy", np.array(self.rows, np.int32))
        np.save(self.folder / f"{self.name}.formof.npy", np.array(self.form_of, np.int32))
        (self.folder / f"{self.name}.forms").write_text("\n".join(self.forms), "utf-8")


def make(data: Path, out: Path, name: str) -> None:
    """The shards of one source, unless they are there."""
    if (out / f"{name}.forms").exists():
        return
    out.mkdir(parents=True, exist_ok=True)
    shards = Shards(out, name)
    begin = time.process_time()
    for text in texts(data / CORPORA[name]["path"]):
        if len(text) >= SHORTEST:
            shards.add(text)
    shards.close()
    speed = shards.total / (time.process_time() - begin)
    print(f"{name}: {shards.total:,} words, {len(shards.rows):,} types, {speed:,.0f} words a CPU second", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("names", nargs="+", choices=SOURCES)
    parser.add_argument("--data", type=Path, default=DEFAULT_FOLDER)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    try:
        for name in options.names:
            make(options.data, options.out, name)
    except CorpusMissing as missing:
        print(missing)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
