"""Is everything in the file as it should be, and is a copy of it whole?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import apsw

from reportedly.errors import ArchiveError
from reportedly.model.answers import Problem
from reportedly.model.span import Span
from reportedly.store.sqlite.connection import copy, letters, library, loses_commits, one, rows
from reportedly.store.sqlite.rows import read_places, unpacked, unpacked_reading

_REREAD = "run `reportedly reread --all`; it makes the rows anew from the text"
_RESTORE = "restore the last backup; what is not damaged can be exported first"
_QUESTIONS = (
    ("statement", "SELECT count(*) FROM statement WHERE article NOT IN (SELECT key FROM article)", "statements without article"),
    ("words", "SELECT count(*) FROM statement WHERE key NOT IN (SELECT rowid FROM words)", "statements that no search finds"),
    ("words", "SELECT count(*) FROM words WHERE rowid NOT IN (SELECT key FROM statement)", "words of statements that are gone"),
    ("article", "SELECT count(*) FROM article a WHERE statements != (SELECT count(*) FROM statement s WHERE s.article = a.key)",
     "articles with more or fewer statements than their reading"),
    ("statement", "SELECT count(*) FROM statement s JOIN speaker p ON p.key = s.speaker WHERE s.cluster IS NOT p.cluster",
     "statements that are not with their speaker across articles"),
    ("sighting", "SELECT count(*) FROM article WHERE key NOT IN (SELECT article FROM sighting)", "articles that were met nowhere"),
    ("judgement", "SELECT count(*) FROM judgement WHERE article NOT IN (SELECT id FROM article)", "judgements about articles that are not here"),
)  # fmt: skip


class Keeping:
    """The part of the store that looks after the file."""

    def __init__(self, db: apsw.Connection, path: Path) -> None:
        self._db, self._path = db, path

    def check(self) -> Iterator[Problem]:
        """Everything that is not as it should be: pages, rows, words, every place inside its text, every text its id."""
        if loses_commits(library()):
            yield Problem(
                "SQLite",
                f"{apsw.sqlite_lib_version()} can lose commits in WAL mode; the slower rollback journal is used",
                "pip install --upgrade apsw",
            )
        try:
            for (what,) in rows(self._db, "PRAGMA integrity_check(20)"):
                if what != "ok":
                    yield Problem("file", str(what), _RESTORE)
            for table, row, parent, _ in rows(self._db, "PRAGMA foreign_key_check"):
                yield Problem(str(table), f"row {row} points to a row of {parent} that is not there", _REREAD)
            for where, question, what in _QUESTIONS:
                if n := one(self._db, question):
                    yield Problem(
                        where, f"{n} {what}", _REREAD if where != "judgement" else "add those articles, they will hold"
                    )
            yield from self._articles()
        except apsw.Error as error:
            yield Problem("file", f"cannot be read to the end ({error})", _RESTORE)

    def _articles(self) -> Iterator[Problem]:
        """Each article by itself; a damaged one does not hide the others."""
        for (key,) in rows(self._db, "SELECT key FROM article ORDER BY key"):
            try:
                id_, characters, text_blob, blob = rows(
                    self._db, "SELECT id, characters, text, reading FROM article WHERE key = ?", (key,)
                )[0]
                text = unpacked(text_blob)
                reading = unpacked_reading(blob, text)
            except Exception as error:
                yield Problem(f"article {key}", f"cannot be read ({type(error).__name__}: {error})", _RESTORE)
                continue
            if reading.article.id != id_ or len(text) != characters:
                yield Problem(f"article {id_}", "its text is not the one that was added", _RESTORE)
            for n, content, cue, written in rows(
                self._db, "SELECT n, content, cue, written FROM statement WHERE article = ?", (key,)
            ):
                places = [p for column in (content, cue, written) for p in read_places(column)]
                if any(p.end > len(text) for p in places):
                    yield Problem(f"article {id_}", f"statement s{n} lies outside the text", _REREAD)
            if any(not _inside(s.content, len(text)) for s in reading.statements):
                yield Problem(f"article {id_}", "its reading lies outside the text", _REREAD)

    def backup(self, to: str) -> None:
        """A whole copy under its name only when it is complete."""
        try:
            if Path(to).exists():
                raise FileExistsError
            with letters(Path(to)):
                copy(self._db, Path(to))
        except FileExistsError as error:
            raise ArchiveError(f"{to}: exists already; give a new name, a backup overwrites nothing") from error

    def fingerprint(self) -> str:
        """The same for two archives that hold the same: texts, readings, where they were met, judgements of persons."""
        sha = hashlib.sha256()
        with letters(self._path):
            for question in (
                "SELECT id, signature, latest, text, reading FROM article ORDER BY id",
                "SELECT a.id, s.url, s.origin, s.outlet, s.title, s.published, s.version FROM sighting s"
                " JOIN article a ON a.key = s.article ORDER BY 1, 2, 3, 4, 5, 6",
                "SELECT judgement FROM judgement ORDER BY key",
                "SELECT origin, reason FROM refusal ORDER BY 1",
                "SELECT b.kind, b.name, b.article, c.kind, c.name, c.article, s.verdict, s.by, s.at, s.why FROM sameness s"
                " JOIN bearer b ON b.key = s.one JOIN bearer c ON c.key = s.other WHERE s.by != 'program' ORDER BY s.key",
            ):
                for row in self._db.execute(question):
                    for cell in row:
                        data = repr(unpacked(cell) if isinstance(cell, bytes) else cell).encode()
                        sha.update(len(data).to_bytes(8, "big") + data)
        return sha.hexdigest()


def _inside(places: tuple[Span, ...], length: int) -> bool:
    return all(p.end <= length for p in places)
