"""The languages of the house: `load("de")`, `available()`. What a tongue lacks falls back to `und`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from reportedly.languages.language import Language

__all__ = ["Language", "available", "load"]

_HERE = Path(__file__).parent


def available() -> tuple[str, ...]:
    """Codes of the languages that have a folder, `und` (undetermined) last."""
    codes = sorted(p.parent.name for p in _HERE.glob("*/language.toml"))
    return (*(c for c in codes if c != "und"), "und")


@cache
def load(code: str) -> Language:
    """The tables of a language, cached; of `und` where the language has no folder."""
    short = code.split("-")[0].lower()
    return Language(short, _HERE / (short if short in available() else "und"))
