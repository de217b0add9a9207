"""Who said what, to whom, on whose authority, and when: `reportedly.read(text)`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reportedly.model.article import Article
from reportedly.model.damage import Damage
from reportedly.model.reading import Reading
from reportedly.model.speaker import Speaker
from reportedly.model.statement import Statement

if TYPE_CHECKING:
    from reportedly.archive import Archive

__version__ = "0.1.0"
__all__ = ["Article", "Damage", "Reading", "Speaker", "Statement", "__version__", "open_archive", "read"]


def read(
    text: str,
    *,
    published: str | None = None,
    language: str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    weights: str = "open",
) -> Reading:
    """Everything that is attributed to somebody in this text, as exact places in it.

    Pure: the same text gives the same reading; no network, no clock. `published` (ISO 8601) anchors words such as
    "gestern"; `language` is told from the text where it is not given; `title`, `outlet` and `url` only go into the record.
    `weights` names the learned numbers that read beside the tables: "open", "research" (docs/weights.md), "tables" for
    none, or "hub:FOLDER".
    Raises `reportedly.errors.InputError` where `published` is no date.

    >>> reading = read("„Wir bleiben hier“, sagte Bürgermeisterin Ilse Brandt.")
    >>> statement = reading.statements[0]
    >>> [span.of(reading.text) for span in statement.content], reading.speaker_of(statement).name
    (['Wir bleiben hier'], 'Ilse Brandt')
    """
    from dataclasses import replace  # late: importing the package loads nothing but its nouns

    from reportedly.intake import take_in_text
    from reportedly.pipeline import STANDARD
    from reportedly.pipeline import read as read_article

    article = take_in_text(text, published=published, language=language, title=title, outlet=outlet, url=url)
    return read_article(article, replace(STANDARD, weights=weights))


def open_archive(path: str | Path, *, create: bool = True) -> Archive:
    """The archive in this file, for many articles: add, search, judge, export. It is made where there is none. For teams,
    `postgresql://USER@HOST/DATABASE` names one in a database.

    Raises `reportedly.errors.ArchiveError` where the file is no archive, or is missing and `create` is False.
    """
    from reportedly.archive import open_archive as open_  # late: importing the package loads nothing but its nouns

    return open_(path, create=create)
