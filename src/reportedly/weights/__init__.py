"""Where are the learned numbers, and are they whole? `load("de/confidence")` finds, checks and reads a weight file.

Weights are plain JSON or plain arrays (never pickle) with a card of the same name beside them (`.toml`: data, licence,
seed, script, scores, and the SHA-256 of the weight file). A file that is missing or does not match its card raises
WeightsError. Two lines: `open` (any newsroom may use it) and `research` (learned from non-commercial text as well).
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from reportedly.errors import InputError, WeightsError

_HERE = Path(__file__).parent
_REMEDY = "install reportedly again, or rebuild it with `make weights`"

OPEN, RESEARCH = "open", "research"
TABLES = "tables"
"""In place of a line: the tables read alone."""
HUB = "hub:"
"""Before a folder: a network over an encoder of the user's own (docs/hub.md)."""
LINES = (OPEN, RESEARCH, TABLES)
NETWORK = ("statements", "words")
"""The weight files of a network: the network itself, and its table of words."""


@cache
def load(name: str, line: str = "open") -> dict[str, Any]:
    """The weights `name` ("de/confidence") of a line ("open"). Raises WeightsError with file and remedy."""
    weights: dict[str, Any] = json.loads(_checked(_HERE / f"{name}.{line}.json", name, line).read_bytes())
    return weights


@cache
def arrays(name: str, line: str = "open") -> tuple[Mapping[str, Any], Mapping[str, str]]:
    """The arrays `name` ("de/statements") of a line by their names, mapped into memory, and the metadata of the file.
    Raises WeightsError with file and remedy."""
    from reportedly.weights.mapped import read_arrays

    path = _checked(_HERE / f"{name}.{line}.safetensors", name, line)
    try:
        return read_arrays(path)
    except (ValueError, KeyError, OSError) as problem:
        raise WeightsError(f"{path.name}: this weight file cannot be read ({problem}); {_REMEDY}") from problem


def check_name(line: str) -> None:
    """Raises InputError where no weights can be called so."""
    if line not in LINES and not line.startswith(HUB):
        raise InputError("weights", f'there are none called "{line}"; give one of {", ".join(LINES)}, or {HUB}FOLDER')


def ready(code: str, line: str) -> str:
    """The line with which a language can be read: itself, or "tables" where the language has no network.

    Raises WeightsError where a file of the line is missing or damaged, InputError for another name.
    """
    check_name(line)
    if line.startswith(HUB) or line == TABLES:
        return line
    if not any((_HERE / code).glob("statements.*.toml")):
        return TABLES
    for name in NETWORK:
        arrays(f"{code}/{name}", line)
    return line


def signed(code: str, line: str) -> str:
    """What a signature says of the weights: line and digests."""
    if line.startswith(HUB):
        folder = Path(line.removeprefix(HUB)).expanduser()
        try:
            known = tomllib.loads((folder / "card.toml").read_text("utf-8"))
        except (OSError, tomllib.TOMLDecodeError):
            return f"{HUB}{folder.name}"
        return f"{HUB}{folder.name}-{str(known.get('sha256', ''))[:8]}"
    names = ("confidence",) if line == TABLES else ("confidence", *NETWORK)
    return "-".join([line, *(digest(f"{code}/{name}", line) for name in names)])


def _checked(path: Path, name: str, line: str) -> Path:
    """The path of a file that is there and is what its card says. Raises WeightsError."""
    if not path.exists():
        raise WeightsError(f"{path.name}: this weight file is missing; {_REMEDY}")
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != card(name, line).get("sha256"):
        raise WeightsError(f"{path.name}: this weight file does not match its card; {_REMEDY}")
    return path


@cache
def card(name: str, line: str = "open") -> dict[str, Any]:
    """The card beside a weight file. Raises WeightsError where it is missing or no TOML."""
    path = _HERE / f"{name}.{line}.toml"
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as problem:
        raise WeightsError(f"{path.name}: the card of this weight file cannot be read ({problem})") from problem


@cache
def digest(name: str, line: str = "open") -> str:
    """Eight hex digits for signatures, "none" where the file is missing or damaged."""
    try:
        path = next(p for p in (_HERE / f"{name}.{line}.{end}" for end in ("json", "safetensors")) if p.exists())
        _checked(path, name, line)
    except (WeightsError, StopIteration):
        return "none"
    return str(card(name, line)["sha256"])[:8]


def shipped() -> tuple[tuple[str, str], ...]:
    """Name and line of every weight file that has a card: `("de/confidence", "open")`."""
    found = sorted(_HERE.glob("*/*.toml"))
    return tuple((f"{p.parent.name}/{p.name.split('.')[0]}", p.name.split(".")[1]) for p in found)
