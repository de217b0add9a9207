"""How often does each damage detector cry wolf on clean German?

Reads the German sources and human translations of WMT22 and WMT23, each file as one text with a segment a line (for
doubled sentences in stretches of twelve segments, about a document: the files join many). Prints a table of alarms by kind, and with `--show` the segments that were hit, to be judged by a person. Alarms that a person
found to be right (typing errors of users, datelines left in) are listed in `health_true_alarms.tsv` by the digest of
their segment, so that no sentence of the corpus stands in this repository; they are counted apart.

    python -m lab.health_alarms ../shared/data --show
"""

from __future__ import annotations

import argparse
import hashlib
import tarfile
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from reportedly.languages import Language, load
from reportedly.model.article import Article
from reportedly.model.damage import Damage
from reportedly.model.span import Span
from reportedly.reading.health import inspect

LIMIT = 1.0
"""False alarms that a detector may give per 1,000 clean segments."""
_BY_DOCUMENT = frozenset({"doubled_sentence"})
_DOCUMENT = 12
_KNOWN = Path(__file__).with_name("health_true_alarms.tsv")


@dataclass(frozen=True, slots=True)
class Hit:
    """One alarm on one clean segment; `true` where a person has found the damage to be real."""

    file: str
    segment: str
    words: str
    damage: Damage
    true: bool

    @property
    def digest(self) -> str:
        return digest_of(self.segment)


def digest_of(segment: str) -> str:
    return hashlib.sha256(segment.encode()).hexdigest()[:12]


def files(data: Path) -> Iterator[tuple[str, str]]:
    """Name and text of every German source and reference; system outputs are not clean and left out."""
    for archive in sorted((data / "wmt-de-en").glob("*.tar.xz")):
        with tarfile.open(archive) as tar:
            for member in sorted(tar.getmembers(), key=lambda m: m.name):
                if member.name.endswith(".de") and ("/sources/" in member.name or "/references/" in member.name):
                    found = tar.extractfile(member)
                    if found is not None:
                        yield Path(member.name).name, found.read().decode("utf-8")


@lru_cache(maxsize=2)
def _measured(data: Path) -> tuple[int, tuple[Hit, ...]]:
    known = {tuple(line.split("\t")[:2]) for line in _KNOWN.read_text("utf-8").splitlines() if line[:1] not in "#"}
    language = load("de")
    hits, count = [], 0
    for name, text in files(data):
        lines = text.split("\n")
        starts, at = [], 0
        for line in lines:
            starts.append(at)
            at += len(line) + 1
        count += sum(1 for line in lines if line.strip())
        whole = (d for d in inspect(Article(text), language) if d.kind not in _BY_DOCUMENT)
        for damage in (*whole, *_in_documents(lines, starts, language)):
            segment = lines[bisect_right(starts, damage.span.start) - 1]
            true = (damage.kind, digest_of(segment)) in known
            hits.append(Hit(name, segment, damage.span.of(text), damage, true))
    return count, tuple(hits)


def _in_documents(lines: list[str], starts: list[int], language: Language) -> Iterator[Damage]:
    """Damages that speak about one document, found stretch by stretch, with places in the whole file."""
    for first in range(0, len(lines), _DOCUMENT):
        part = "\n".join(lines[first : first + _DOCUMENT])
        for damage in inspect(Article(part), language):
            if damage.kind in _BY_DOCUMENT:
                at = starts[first]
                yield replace(damage, span=Span(damage.span.start + at, damage.span.end + at))


def segments(data: Path) -> int:
    """How many clean German segments are read."""
    return _measured(data)[0]


def hits(data: Path) -> tuple[Hit, ...]:
    return _measured(data)[1]


def alarms(data: Path) -> dict[str, int]:
    """False alarms by kind of damage, those that a person found to be right left out."""
    return dict(sorted(Counter(h.damage.kind for h in hits(data) if not h.true).items()))


def main() -> None:
    parser = argparse.ArgumentParser(description="False alarms of the damage detectors on clean German.")
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared/data"))
    parser.add_argument("--show", nargs="?", const="", help="print the segments hit (of this kind)")
    given = parser.parse_args()
    total = segments(given.data)
    false, true = alarms(given.data), Counter(h.damage.kind for h in hits(given.data) if h.true)
    print(f"{total} clean German segments\n{'kind':26}{'alarms':>8}{'true':>6}{'false':>7}{'per 1,000':>11}")
    for kind in sorted({*false, *true}):
        rate = 1000 * false.get(kind, 0) / total
        mark = "  TOO MANY" if rate > LIMIT else ""
        print(f"{kind:26}{false.get(kind, 0) + true[kind]:8}{true[kind]:6}{false.get(kind, 0):7}{rate:11.2f}{mark}")
    if given.show is not None:
        for hit in hits(given.data):
            if not hit.true and given.show in ("", hit.damage.kind):
                print(f"\n{hit.damage.kind}\t{hit.digest}\t{hit.file}\n  {hit.words!r} in: {hit.segment}")


if __name__ == "__main__":
    main()
