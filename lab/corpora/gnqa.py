"""How is the German news quotation corpus (Petersen-Frey & Biemann 2024) read? Token ids of its own tokens are its unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lab.corpora import read_lines

TYPES = ("Direct", "Indirect", "Reported", "FreeIndirect", "IndirectFreeIndirect")
ROLES = ("speaker", "cue", "frame", "addressee")
_DATE = re.compile(r"\((\d{4}-\d{2}-\d{2})\)\s*$")


@dataclass(frozen=True, slots=True)
class Quote:
    """One quotation in the corpus' convention: every part is a set of token ids of its article."""

    type: str
    medium: str
    quote: frozenset[int]
    speaker: frozenset[int] = frozenset()
    cue: frozenset[int] = frozenset()
    frame: frozenset[int] = frozenset()
    addressee: frozenset[int] = frozenset()
    nested: bool = False
    by: str = field(default="", compare=False)
    """Found quotes: the row or rule that found the statement."""
    confidence: float = field(default=0.0, compare=False)
    """Found quotes: how sure the statement is."""

    def part(self, name: str) -> frozenset[int]:
        """The tokens of `quote` or of one of ROLES."""
        return getattr(self, name)


@dataclass(frozen=True, slots=True)
class GnqaArticle:
    """An article: `tokens` and `sentences` are places in `text`, quotes refer to tokens by index."""

    name: str
    text: str
    tokens: tuple[tuple[int, int], ...]
    sentences: tuple[tuple[int, int], ...]
    quotes: tuple[Quote, ...]

    @property
    def title(self) -> str:
        """The headline: "1234 - Titel (2005-09-06)" without number and date."""
        return _DATE.sub("", self.name).partition(" - ")[2].strip() or self.name

    @property
    def published(self) -> str | None:
        found = _DATE.search(self.name)
        return found[1] if found else None

    def words(self, ids: frozenset[int]) -> str:
        """The words of a set of tokens as the text has them, gaps shown as `…`."""
        out: list[str] = []
        last: int | None = None
        for i in sorted(ids):
            start, end = self.tokens[i]
            if last is not None:
                out.append(self.text[self.tokens[last][1] : start] if i == last + 1 else " … ")
            out.append(self.text[start:end])
            last = i
        return " ".join("".join(out).split())


def path_of(folder: Path, part: str) -> Path:
    """The file of a part: train decides what we look at, dev what we report."""
    return folder / "gnqa" / f"{part}.jsonl.xz"


def articles(folder: Path, part: str, limit: int | None = None) -> Iterator[GnqaArticle]:
    """The articles of a part in the order of the file. Raises CorpusMissing."""
    for n, raw in enumerate(read_lines(path_of(folder, part))):
        if limit is not None and n >= limit:
            return
        yield article_of(raw)


def article_of(raw: dict) -> GnqaArticle:
    """One line of the corpus as an article."""
    tokens = sorted((t["id"], t["charBegin"], t["charEnd"]) for t in raw["tokens"])
    return GnqaArticle(
        raw["documentName"],
        raw["originalText"],
        tuple((start, end) for _, start, end in tokens),
        tuple((s["charBegin"], s["charEnd"]) for s in raw["sentences"]),
        tuple(
            Quote(
                q["type"],
                q["medium"],
                frozenset(q["quote"]["tokenIds"]),
                *(frozenset(q[role]["tokenIds"]) for role in ROLES),
                nested=q["isNested"],
            )
            for q in raw["annotations"]
        ),
    )
