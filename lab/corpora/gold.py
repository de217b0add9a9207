"""How is our own gold (annotated after docs/annotation.md) read? As records: the shape that reportedly itself gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lab.corpora import read_lines

DETERMINERS = frozenset(["der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer", "eines"])
"""Words that do not count when two names of speakers are compared."""


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article and its gold record: statements and speakers as in docs/data-format.md.

    Beside the record's fields a statement has `optional` (a careful reader might leave it out), `time` (when it was
    said) and, for speakers, `speaker_is` (the resolved name).
    """

    id: str
    title: str | None
    published: str | None
    part: str
    text: str
    record: dict[str, Any]


def path_of(folder: Path) -> Path:
    return folder / "gold" / "gold.jsonl.xz"


def articles(folder: Path, part: str | None = None, limit: int | None = None) -> Iterator[GoldArticle]:
    """The articles of `train` (to look at) or `dev` (a fixed third, to choose by); all for None. Raises CorpusMissing."""
    n = 0
    for raw in read_lines(path_of(folder)):
        if part is not None and raw["part"] != part:
            continue
        if limit is not None and n >= limit:
            return
        n += 1
        yield article_of(raw)


def article_of(raw: dict[str, Any]) -> GoldArticle:
    """One line of the gold file. Speakers get the ids "p1", "p2", … in the order of the file."""
    ids: dict[str, str] = {}
    speakers = []
    for speaker in raw["speakers"]:
        ids.setdefault(speaker["name"], f"p{len(ids) + 1}")
        speakers.append({"id": ids[speaker["name"]], **speaker, "mentions": []})
    statements = []
    for s in raw["statements"]:
        name = s["speaker_is"]
        if name is not None and name not in ids:
            ids[name] = f"p{len(ids) + 1}"
            speakers.append({"id": ids[name], "name": name, "kind": "unknown", "named": True, "mentions": []})
        who = ids[name] if name is not None else None
        statements.append(
            {
                **s,
                "speaker": {"span": s["speaker"], "id": who} if s["speaker"] or who else None,
                "addressee": {"span": s["addressee"], "id": None} if s["addressee"] else None,
                "mood": None,
            }
        )
    record = {"text": raw["text"], "statements": statements, "speakers": speakers}
    return GoldArticle(raw["id"], raw["title"], raw["published"], raw["part"], raw["text"], record)
