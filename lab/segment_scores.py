"""How well are German sentences told apart? F1 of sentence ends on Universal Dependencies treebanks.

    python lab/segment_scores.py [--data FOLDER] [--wrong 20]

Ten sentences in a row are joined with spaces as one text; an end counts as found where a found sentence ends at the
same character. GSD holds many headings and fragments without a stop, which nobody finds. Where `sentencex` happens to
be installed it is measured beside ours (decision 0004).
"""

from __future__ import annotations

import argparse
import importlib.util
import lzma
import sys
import tarfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from lab.corpora import DEFAULT_FOLDER, CorpusMissing
from reportedly.languages import load
from reportedly.languages.segment import sentences

ARCHIVE = "treebanks/ud-de-sa.tar.xz"
PARTS = {"PUD": "UD_German-PUD/de_pud-ud-test.conllu", "GSD dev": "UD_German-GSD/de_gsd-ud-dev.conllu"}
IN_A_ROW = 10

Splitter = Callable[[str], list[tuple[int, int]]]


def treebank(folder: Path, member: str) -> list[str]:
    """The sentences of a treebank as written. Raises CorpusMissing."""
    path = folder / ARCHIVE
    if not path.exists():
        raise CorpusMissing(path)
    with lzma.open(path) as unpacked, tarfile.open(fileobj=unpacked) as archive:
        file = archive.extractfile(member)
        lines = file.read().decode("utf-8").splitlines() if file else []
    return [line.removeprefix("# text = ").strip() for line in lines if line.startswith("# text = ")]


def texts(written: list[str]) -> Iterator[tuple[str, set[int]]]:
    """Texts of ten sentences with the offsets at which they end. The last end is nobody's merit and left out."""
    for first in range(0, len(written), IN_A_ROW):
        text, ends = "", set()
        for sentence in written[first : first + IN_A_ROW]:
            text += (" " if text else "") + sentence
            ends.add(len(text))
        yield text, ends - {len(text)}


def f1(written: list[str], split: Splitter, wrong: int = 0) -> tuple[float, float, float, float]:
    """Precision, recall, F1 of the inner ends, and million characters per second."""
    hit = found = gold = characters = 0
    seconds = 0.0
    for text, ends in texts(written):
        start = time.perf_counter()
        given = {end for _, end in split(text)} - {len(text)}
        seconds += time.perf_counter() - start
        characters += len(text)
        hit, found, gold = hit + len(given & ends), found + len(given), gold + len(ends)
        for end in sorted(given ^ ends):
            if wrong > 0:
                wrong -= 1
                mark = "+" if end in given else "-"
                print(f"  {mark} {text[max(0, end - 60) : end]} | {text[end : end + 40]}")
    precision, recall = hit / max(found, 1), hit / max(gold, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9), characters / seconds / 1e6


def splitters() -> dict[str, Splitter]:
    """Ours, and sentencex where it is installed."""
    german = load("de")
    found: dict[str, Splitter] = {"ours": lambda text: sentences(text, german)}
    if importlib.util.find_spec("sentencex"):
        import sentencex

        def theirs(text: str) -> list[tuple[int, int]]:
            ends, at = [], 0
            for part in sentencex.segment("de", text):
                if part.strip():
                    at = text.index(part.strip(), at) + len(part.strip())
                    ends.append((at - len(part.strip()), at))
            return ends

        found["sentencex"] = theirs
    return found


def main() -> int:
    """Prints a line a treebank and splitter; 2 where the corpus is not there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DEFAULT_FOLDER)
    parser.add_argument("--wrong", type=int, default=0, help="show so many wrong ends of ours")
    arguments = parser.parse_args()
    try:
        for name, member in PARTS.items():
            written = treebank(arguments.data, member)
            for whose, split in splitters().items():
                shown = arguments.wrong if whose == "ours" else 0
                precision, recall, score, speed = f1(written, split, shown)
                print(
                    f"{name:8} {len(written):5} sentences  {whose:10} P {precision:.4f}  R {recall:.4f}  F1 {score:.4f}  {speed:.1f} million characters/s"
                )
    except CorpusMissing as missing:
        print(missing, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
