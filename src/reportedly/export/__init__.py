"""What a reading looks like outside: every format is a module with `write(readings, out, look)`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from reportedly.model.reading import Reading


@dataclass(frozen=True, slots=True)
class Look:
    """How it should look; each writer takes from it what concerns it.

    `tongue` is the language of the interface ("de" or "en"), `width` the columns of the terminal, `wide` asks for
    contents in full, `brief` for the statements without summary, notes and damage list, `excel` for CSV that a
    spreadsheet opens safely.
    """

    tongue: str = "en"
    width: int = 100
    colour: bool = False
    wide: bool = False
    brief: bool = False
    excel: bool = False


PLAIN = Look()

Write = Callable[[Iterable["Reading"], TextIO, Look], None]
"""The one shape of all writers. Readings are taken one by one and written as they come, except by the page."""


@dataclass(frozen=True, slots=True)
class Format:
    """An output format: where its writer lives, the usual ending of its files, and what it is for."""

    name: str
    module: str
    suffix: str
    purpose: str

    @property
    def write(self) -> Write:
        """The writer, imported when it is asked for."""
        found: Write = import_module(self.module).write
        return found


def _format(name: str, suffix: str, purpose: str) -> Format:
    return Format(name, f"reportedly.export.{name}", suffix, purpose)


FORMATS: Mapping[str, Format] = {
    f.name: f
    for f in (
        _format("table", ".txt", "the statements as a table for people"),
        _format("lines", ".jsonl", "the record of docs/data-format.md, one JSON object a line"),
        _format("page", ".html", "one self-contained page: the text with its statements underlined"),
        _format("rows", ".csv", "one row per statement for data people and spreadsheets"),
        _format("damage", ".txt", "the damage of the text, each in its context"),
        _format("why", ".txt", "which row or rule found each statement, and how its speaker was resolved"),
    )
}

__all__ = ["FORMATS", "PLAIN", "Format", "Look", "Write"]
