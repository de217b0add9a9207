"""How right is it to call two names the same? Pairs labelled by hand, and how long comparing takes for many names.

    python -m lab.across_scores --archive FILE --pairs FILE   precision and recall of `same` over an archive
    python -m lab.across_scores --synthetic 100000                                seconds for so many invented names

A line of the pairs is `name<TAB>name<TAB>same` or `different`; name@article means the name in that article. They belong to an archive,
are labelled by hand and are no part of this project; a pair whose names are not in the archive is left out and counted.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from lab.bench import machine
from reportedly.across import match
from reportedly.archive import Archive, open_archive
from reportedly.errors import ArchiveError
from reportedly.languages import load
from reportedly.languages.offices import offices_of
from reportedly.model.sameness import Appearance, clusters

_AT_ONCE = 400


def pairs(path: Path) -> Iterator[tuple[str, str, bool]]:
    """(left, right, are they one) of every row."""
    for line in path.read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            left, right, label = line.split("\t")
            yield left, right, label == "same"


def scores(archive: Archive, path: Path) -> str:
    """Precision and recall of what the program alone calls one, with the pairs that are wrong."""
    made = clusters(j for j in archive.sameness() if j.by_program)
    right = wrong = missed = absent = apart = 0
    lines = []
    for left, other, same in pairs(path):
        try:
            a, b = archive._people.bearer(left), archive._people.bearer(other)
        except ArchiveError:
            absent += 1
            continue
        one = made.of(a) == made.of(b)
        right, wrong = right + (one and same), wrong + (one and not same)
        missed, apart = missed + (same and not one), apart + (not same and not one)
        if one and not same:
            lines.append(f"  wrong: {left} | {other}")
    lines.insert(
        0,
        f"pairs {right + wrong + missed + apart} (same {right + missed}, different {wrong + apart}), not in the archive {absent}",
    )
    for name, good, all_ in (("precision", right, right + wrong), ("recall", right, right + missed)):
        low, high = wilson(good, all_)
        lines.append(f"{name:9} {good}/{all_} = {good / max(all_, 1):.3f}   95 % interval {low:.3f} to {high:.3f}")
    return "\n".join(lines)


def wilson(good: int, all_: int, z: float = 1.96) -> tuple[float, float]:
    """The 95 % interval of a share."""
    if not all_:
        return 0.0, 1.0
    share, spread = good / all_, z * z / all_
    middle = (share + spread / 2) / (1 + spread)
    half = z * ((share * (1 - share) + spread / 4) / all_) ** 0.5 / (1 + spread)
    return middle - half, middle + half


def invented(names: int, seed: int = 1) -> list[Appearance]:
    """Speakers with as many different names; family names as frequent as in life, roles for some, family names alone for others."""
    dice = random.Random(seed)
    parts = [
        "ber",
        "hal",
        "lin",
        "mor",
        "tas",
        "ven",
        "rok",
        "del",
        "sim",
        "kur",
        "wes",
        "nad",
        "pol",
        "gra",
        "fen",
        "tho",
    ]
    family = ["".join(dice.choices(parts, k=dice.randint(2, 4))).capitalize() for _ in range(names // 4)]
    given = ["".join(dice.choices(parts, k=2)).capitalize() for _ in range(3000)]
    made: dict[str, None] = {}
    while len(made) < names:
        last = family[int(len(family) * dice.random() ** 3)]
        made[last if dice.random() < 0.1 else f"{dice.choice(given)} {last}"] = None
    roles = [(), (), ("Minister",), ("SPD-Chef",), ("isländischer Präsident",)]
    return [
        Appearance(f"{n:016x}", "p1", name, "person", True, None, dice.choice(roles), (), "x", 20240101 + n % 28, 1)
        for n, name in enumerate(made)
    ]


def synthetic(names: int) -> str:
    """Seconds to compare invented names, all of them new."""
    german = load("de")
    offices = offices_of(german)
    appearances = invented(names)
    start = time.perf_counter()
    by_block: dict[str, list[Appearance]] = {}
    for a in appearances:
        for block in offices.blocks(a.name, a.kind, a.named, a.roles, a.short):
            by_block.setdefault(block, []).append(a)
    found = 0
    due = sorted(by_block, key=lambda block: (block.startswith("o:"), block))
    for at in range(0, len(due), _AT_ONCE):
        batch = due[at : at + _AT_ONCE]
        here = list(dict.fromkeys(a for block in batch for a in by_block[block]))
        found += len(match(batch, here, (), (), german, "2024-01-01"))
    return f"{names} names, {len(due)} blocks, {found} judgements: {time.perf_counter() - start:.1f} s"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--archive", type=Path)
    parser.add_argument("--pairs", type=Path)
    parser.add_argument("--synthetic", type=int, default=0)
    asked = parser.parse_args()
    if not asked.synthetic and not (asked.archive and asked.pairs):
        sys.exit("give --archive FILE with --pairs FILE, or --synthetic NAMES")
    print(machine())
    if asked.archive:
        with open_archive(asked.archive, create=False) as archive:
            print(scores(archive, asked.pairs))
    if asked.synthetic:
        print(synthetic(asked.synthetic))


if __name__ == "__main__":
    main()
