"""How is the corpus of Bundestag speeches (GePaDe, SpkAtt-2023 task 1; Rehbein et al. 2023) read? Cues and their roles.

The text is the corpus' tokens with one blank between them, as the corpus keeps no other.
"""

from __future__ import annotations

import json
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lab.corpora import CorpusMissing

ROLES = ("Source", "Message", "Topic", "Addr", "Medium", "Evidence", "PTC")


@dataclass(frozen=True, slots=True)
class Frame:
    """One cue with its roles: numbers of tokens by name of role, "Cue" among them."""

    roles: dict[str, tuple[int, ...]]

    def of(self, role: str) -> frozenset[int]:
        return frozenset(self.roles.get(role, ()))


@dataclass(frozen=True, slots=True)
class Speech:
    """`tokens` are places in `text`, `sentences` the number of its sentence for each token."""

    name: str
    text: str
    tokens: tuple[tuple[int, int], ...]
    sentences: tuple[int, ...]
    frames: tuple[Frame, ...]


def path_of(folder: Path) -> Path:
    return folder / "gepade" / "gepade-traindev.tar.xz"


def speeches(folder: Path, part: str, limit: int | None = None) -> Iterator[Speech]:
    """The speeches of train or dev, by name. Raises CorpusMissing."""
    path = path_of(folder)
    if not path.exists():
        raise CorpusMissing(path)
    with tarfile.open(path) as archive:
        members = [m for m in archive.getmembers() if f"/{part}/task1/" in m.name and m.name.endswith(".json")]
        for member in sorted(members, key=lambda m: m.name)[:limit]:
            file = archive.extractfile(member)
            assert file is not None
            yield speech_of(Path(member.name).stem, json.load(file))


def speech_of(name: str, raw: dict) -> Speech:
    tokens: list[tuple[int, int]] = []
    sentences: list[int] = []
    number: dict[str, int] = {}
    words: list[str] = []
    at = 0
    for sentence in raw["Sentences"]:
        for k, word in enumerate(sentence["Tokens"]):
            number[f"{sentence['SentenceId']}:{k}"] = len(tokens)
            tokens.append((at, at + len(word)))
            sentences.append(sentence["SentenceId"])
            words.append(word)
            at += len(word) + 1
    frames = tuple(
        Frame({role: tuple(sorted(number[t] for t in x[role])) for role in ("Cue", *ROLES) if x[role]})
        for x in raw["Annotations"]
        if x["Cue"]
    )
    return Speech(name, " ".join(words), tuple(tokens), tuple(sentences), frames)
