"""Where are the learned numbers, and are they whole? `load("de/confidence")` finds, checks and reads a weight file.

Weights are plain JSON (never pickle) with a card of the same name beside them (`.toml`: data, licence, seed, script,
scores, and the SHA-256 of the weight file). A file that is missing or does not match its card raises WeightsError.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from reportedly.errors import WeightsError

_HERE = Path(__file__).parent


@cache
def load(name: str, line: str = "open") -> dict[str, Any]:
    """The weights `name` ("de/confidence") of a line ("open"). Raises WeightsError with file and remedy."""
    path = _HERE / f"{name}.{line}.json"
    remedy = "install reportedly again, or rebuild it with `make weights`"
    if not path.exists():
        raise WeightsError(f"{path.name}: this weight file is missing; {remedy}")
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != card(name, line).get("sha256"):
        raise WeightsError(f"{path.name}: this weight file does not match its card; {remedy}")
    weights: dict[str, Any] = json.loads(data)
    return weights


@cache
def card(name: str, line: str = "open") -> dict[str, Any]:
    """The card beside a weight file. Raises WeightsError where it is missing or no TOML."""
    path = _HERE / f"{name}.{line}.toml"
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as problem:
        raise WeightsError(f"{path.name}: the card of this weight file cannot be read ({problem})") from problem


def digest(name: str, line: str = "open") -> str:
    """Eight hex digits for signatures, "none" where the file is missing or damaged."""
    try:
        load(name, line)
    except WeightsError:
        return "none"
    return str(card(name, line)["sha256"])[:8]


def shipped() -> tuple[tuple[str, str], ...]:
    """Name and line of every weight file that has a card: `("de/confidence", "open")`."""
    found = sorted(_HERE.glob("*/*.toml"))
    return tuple((f"{p.parent.name}/{p.name.split('.')[0]}", p.name.split(".")[1]) for p in found)
