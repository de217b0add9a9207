"""Where do the corpora lie, and how is one read? They are never part of the project: a folder given by the caller holds them."""

from __future__ import annotations

import hashlib
import json
import lzma
import tomllib
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

DEFAULT_FOLDER = Path("../shared/data")
CORPORA: dict[str, dict[str, str]] = tomllib.loads((Path(__file__).parent / "corpora.toml").read_text("utf-8"))
"""Path, name, licence and lines of each corpus that weights are learned from."""


class CorpusMissing(Exception):  # noqa: N818  (it says what happened, in the words of a letter)
    """A corpus file that is not there, in one sentence that says what to do."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The corpus file {path} is not there: name the folder that holds the corpora with --data FOLDER "
            "(make: CORPORA=FOLDER); lab/README.md says where each comes from."
        )


def read_lines(path: Path, every: int = 1) -> Iterator[dict[str, Any]]:
    """The objects of an `.jsonl.xz` file (or each `every`-th), straight from the compressed file. Raises CorpusMissing."""
    if not path.exists():
        raise CorpusMissing(path)
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for line in islice(file, 0, None, every):
            yield json.loads(line)


def digest(path: Path) -> str:
    """Eight hex digits of a corpus file: part of the signature of every score made with it. Raises CorpusMissing."""
    if not path.exists():
        raise CorpusMissing(path)
    return hashlib.sha256(path.read_bytes()).hexdigest()[:8]


def origins(names: Iterable[str]) -> list[str]:
    """What a card says of the corpora it was learned from: name and licence."""
    return [f"{CORPORA[name]['name']}: {CORPORA[name]['licence']}" for name in names]
