"""What a reading looks like outside: every format is a module with `write(readings, out, look)`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import IO, TYPE_CHECKING, Any

from reportedly.errors import ReportedlyError

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

Write = Callable[[Iterable["Reading"], IO[Any], Look], None]
"""The one shape of all writers, to a text file or, where the format is binary, to a binary one. Readings are taken one by one and
written as they come, except by the page and the DocBin."""


@dataclass(frozen=True, slots=True)
class Format:
    """An output format: where its writer lives, the usual ending of its files, and what it is for."""

    name: str
    module: str
    suffix: str
    purpose: str
    binary: bool = False

    @property
    def write(self) -> Write:
        """The writer, imported when it is asked for."""
        found: Write = import_module(self.module).write
        return found


def _format(name: str, suffix: str, purpose: str, *, binary: bool = False) -> Format:
    return Format(name, f"reportedly.export.{name}", suffix, purpose, binary)


FORMATS: Mapping[str, Format] = {
    f.name: f
    for f in (
        _format("table", ".txt", "the statements as a table for people"),
        _format("lines", ".jsonl", "the record of docs/data-format.md, one JSON object a line"),
        _format("page", ".html", "one self-contained page: the text with its statements underlined"),
        _format("rows", ".csv", "one row per statement for data people and spreadsheets"),
        _format("damage", ".txt", "the damage of the text, each in its context"),
        _format("why", ".txt", "which row or rule found each statement, and how its speaker was resolved"),
        _format(
            "parquet", ".parquet", "the rows of the CSV with real types, for DuckDB, Polars, pandas, R", binary=True
        ),
        _format("jsonld", ".jsonld", "schema.org: quotations and claims of news articles, as linked data"),
        _format("annotations", ".json", "W3C Web Annotation: each statement as a mark on its article"),
        _format("tei", ".xml", "TEI P5: the text with its statements as said and quote"),
        _format("xmi", ".zip", "UIMA CAS XMI with its type system, for INCEpTION", binary=True),
        _format("docbin", ".spacy", "a spaCy DocBin with the statements as span groups", binary=True),
    )
}

NAMES: Mapping[str, str] = {
    "jsonl": "lines", "csv": "rows", "excel": "rows", "html": "page", "txt": "table", "why": "why", "damage": "damage",
    "parquet": "parquet", "jsonld": "jsonld", "w3c": "annotations", "tei": "tei", "xmi": "xmi", "spacy": "docbin",
}  # fmt: skip
"""What a user calls a format (`--format`), and which one is meant. `excel` is the CSV with `Look.excel`."""


def lacking(package: str, extra: str) -> ReportedlyError:
    """The letter to somebody who has not installed what a format needs."""
    return ReportedlyError(
        f'this format needs "{package}", which is not installed; install it with: pip install "reportedly[{extra}]"'
    )


__all__ = ["FORMATS", "NAMES", "PLAIN", "Format", "Look", "Write", "lacking"]
