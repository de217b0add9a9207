"""Which articles do the tests of the lab use? Small ones of our own, in the corpora's shapes: no corpus is needed."""

from __future__ import annotations

import random
import re
from typing import Any

from lab.corpora.gnqa import TYPES, GnqaArticle, Quote

MEDIUMS = ("Speech", "Thought", "Writing", "ST", "SW", "TW", "none")


def article(text: str, *quotes: Quote) -> GnqaArticle:
    """A text cut into words and marks, as the corpus cuts it, with quotes by token id."""
    tokens = tuple((m.start(), m.end()) for m in re.finditer(r"\w+(?:[-’]\w+)*|[^\w\s]", text))
    sentences = tuple((m.start(), m.end()) for m in re.finditer(r"\S[^.!?]*[.!?]+[“\"]?", text))
    return GnqaArticle("1 - Probe (2024-10-28)", text, tokens, sentences, quotes)


def span(text: str, part: str, nth: int = 0) -> list[list[int]]:
    """The place of the n-th occurrence of `part`, in the pieces that ` … ` separates."""
    out, at = [], 0
    for piece in part.split(" … "):
        for _ in range(nth + 1):
            at = text.index(piece, at)
            start, at = at, at + len(piece)
        out.append([start, at])
    return out


def statement(text: str, content: str, form: str = "indirect", **roles: Any) -> dict[str, Any]:
    """A statement of a record, its places given by their words. `who` is the id of the speaker."""
    speaker, who = roles.pop("speaker", None), roles.pop("who", None)
    addressee = roles.pop("addressee", None)
    out: dict[str, Any] = {
        "id": "s1", "form": form, "content": span(text, content), "quoted": [], "cue": [], "frame": None,
        "speaker": None, "addressee": None, "authority": [], "occasion": None, "within": None, "medium": "speech",
        "cue_class": "neutral", "mood": None, "negated": False, "by": "de/cues.tsv#probe", "confidence": 0.8,
    }  # fmt: skip
    if speaker or who:
        out["speaker"] = {"span": span(text, speaker) if speaker else None, "id": who}
    if addressee:
        out["addressee"] = {"span": span(text, addressee), "id": None}
    for role in ("quoted", "cue", "frame", "occasion"):
        if role in roles:
            out[role] = span(text, roles.pop(role))
    return {**out, **roles}


def record(text: str, *statements: dict[str, Any], speakers: Any = ()) -> dict[str, Any]:
    return {"text": text, "statements": list(statements), "speakers": list(speakers)}


def random_quotes(dice: random.Random, size: int, count: int) -> list[Quote]:
    """Quotes without sense over `size` tokens: any overlap, any gap, any label; roles may be missing."""

    def ids(most: int) -> frozenset[int]:
        start = dice.randrange(size)
        run = set(range(start, min(size, start + dice.randint(1, most))))
        return frozenset(run - {start + dice.randrange(most)} or {start})

    return [
        Quote(
            dice.choice(TYPES), dice.choice(MEDIUMS), ids(12),
            *(ids(4) if dice.random() < chance else frozenset() for chance in (0.8, 0.7, 0.6, 0.2)),
        )
        for _ in range(count)
    ]  # fmt: skip
