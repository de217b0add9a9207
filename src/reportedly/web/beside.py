"""What does the room remember that is no part of the archive? Its key, saved searches, imports, samples: a small file beside it.

Losing the file loses no article and no judgement. It keeps the old rollback journal: it is small, and safe with every SQLite.
"""

from __future__ import annotations

import json
import os
import secrets
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from reportedly.errors import ArchiveError

_TABLES = """
CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS saved (
  key INTEGER PRIMARY KEY, name TEXT NOT NULL, q TEXT NOT NULL UNIQUE, made TEXT NOT NULL, seen INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS job (
  key INTEGER PRIMARY KEY,
  places TEXT NOT NULL,             -- JSON: what is to be read
  about TEXT NOT NULL,              -- JSON: what the user said of all of it (outlet, published, language)
  state TEXT NOT NULL,              -- waiting running paused stopped done failed
  wish TEXT NOT NULL DEFAULT '',    -- pause, stop: what the user wants of a running one
  made TEXT NOT NULL, begun TEXT, ended TEXT,
  expected INTEGER,                 -- places to read, where they can be counted
  current TEXT NOT NULL DEFAULT '', beat REAL NOT NULL DEFAULT 0, seconds REAL NOT NULL DEFAULT 0,
  note TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS item (   -- what became of everything that a job met
  key INTEGER PRIMARY KEY,
  job INTEGER NOT NULL REFERENCES job, origin TEXT NOT NULL,
  outcome TEXT NOT NULL,            -- read there refused ignored
  article TEXT, reason TEXT NOT NULL DEFAULT '', statements INTEGER NOT NULL DEFAULT 0, damages INTEGER NOT NULL DEFAULT 0,
  at TEXT NOT NULL, UNIQUE (job, origin));
CREATE TABLE IF NOT EXISTS over (   -- places of a job that are done with
  job INTEGER NOT NULL, place TEXT NOT NULL, PRIMARY KEY (job, place));
CREATE TABLE IF NOT EXISTS ticked ( -- refused inputs of the archive that somebody leaves be, with the reason of then
  origin TEXT PRIMARY KEY, reason TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS sample (
  key INTEGER PRIMARY KEY, q TEXT NOT NULL, made TEXT NOT NULL, seed INTEGER NOT NULL, drawn TEXT NOT NULL);
"""


class Beside:
    """The file beside an archive; every method opens it for itself, so that threads and processes share nothing.

    `read_only`: where nothing can be written beside the archive, the file lies in a folder that is gone when the room is closed.
    """

    def __init__(self, archive: Path, *, read_only: bool = False) -> None:
        self.archive = archive
        self._folder = tempfile.TemporaryDirectory() if read_only and not _can_write(archive) else None
        place = Path(self._folder.name) / archive.name if self._folder else archive
        self.path = place.with_name(archive.name + ".room")
        self.inbox = place.with_name(archive.name + ".inbox")
        if not self.path.exists():
            try:
                os.close(os.open(self.path, os.O_CREAT | os.O_WRONLY, 0o600))  # it holds the key
            except OSError as error:
                raise ArchiveError(f"{self.path}: cannot be made ({error.strerror}); check the folder") from error
        try:
            with self.open() as db:
                db.executescript(_TABLES)
        except sqlite3.Error as error:
            raise ArchiveError(
                f"{self.path}: cannot be read ({error}); it holds saved searches and the lists of imports, no article: "
                "move it away and a new one is made"
            ) from error

    @contextmanager
    def open(self) -> Iterator[sqlite3.Connection]:
        """One transaction."""
        db = sqlite3.connect(self.path, timeout=20)
        db.row_factory = sqlite3.Row
        try:
            with db:
                yield db
        finally:
            db.close()

    def rows(self, question: str, *values: Any) -> list[dict[str, Any]]:
        """The rows of a SELECT."""
        with self.open() as db:
            return [dict(row) for row in db.execute(question, values)]

    def row(self, question: str, *values: Any) -> dict[str, Any] | None:
        """The first row of a SELECT; None where there is none."""
        found = self.rows(question, *values)
        return found[0] if found else None

    def run(self, question: str, *values: Any) -> int:
        """One change; the key of the new row."""
        with self.open() as db:
            return db.execute(question, values).lastrowid or 0

    def key(self, *, new: bool = False) -> str:
        """The key of this archive's room: made once, so that bookmarks go on working."""
        found = self.row("SELECT value FROM setting WHERE name = 'key'")
        if found and not new:
            return str(found["value"])
        key = secrets.token_urlsafe(24)
        self.run("INSERT INTO setting VALUES ('key', ?1) ON CONFLICT (name) DO UPDATE SET value = ?1", key)
        return key

    # --- saved searches

    def saved(self) -> list[dict[str, Any]]:
        """The saved searches by name."""
        return self.rows("SELECT key, name, q, made, seen FROM saved ORDER BY name, key")

    def save(self, name: str, q: str, at: str, seen: int) -> None:
        """Keep a search; one that is there gets the new name."""
        self.run(
            "INSERT INTO saved (name, q, made, seen) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (q) DO UPDATE SET name = ?1",
            name, q, at, seen,
        )  # fmt: skip

    # --- samples

    def draw(self, q: str, at: str, seed: int, drawn: Sequence[Sequence[Any]]) -> int:
        """Keep a queue: articles with places, and where they are in dispute how many judgements there were."""
        return self.run(
            "INSERT INTO sample (q, made, seed, drawn) VALUES (?, ?, ?, ?)", q, at, seed, json.dumps(list(drawn))
        )

    def sample(self, key: int) -> dict[str, Any] | None:
        """A sample as it was drawn."""
        found = self.row("SELECT * FROM sample WHERE key = ?", key)
        return {**found, "drawn": json.loads(found["drawn"])} if found else None


def _can_write(archive: Path) -> bool:
    """Can the file beside this archive be written, or made?"""
    room = archive.with_name(archive.name + ".room")
    return (
        os.access(room, os.W_OK) and os.access(room.parent, os.W_OK)
        if room.exists()
        else os.access(room.absolute().parent, os.W_OK)
    )
