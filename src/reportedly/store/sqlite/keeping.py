"""Is everything in the file as it should be, and is a copy of it whole?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import apsw

from reportedly.errors import ArchiveError
from reportedly.model.answers import Problem
from reportedly.model.reading import Reading
from reportedly.model.span import Span
from reportedly.store.sqlite.connection import (
    UNREADABLE,
    cells,
    connect,
    copy,
    letters,
    library,
    loses_commits,
    one,
    rows,
    snapshot,
)
from reportedly.store.sqlite.rows import day_of, read_places, shown, unpacked, unpacked_reading, written

_REREAD = "run `reportedly reread --all`; it makes the rows anew from the text"
_RESTORE = "restore the last backup; what is not damaged can be exported first"
_QUESTIONS = (
    ("statement", "SELECT count(*) FROM statement WHERE article NOT IN (SELECT key FROM article)", "statements without article"),
    ("words", "SELECT count(*) FROM statement WHERE key NOT IN (SELECT rowid FROM words)", "statements that no search finds"),
    ("words", "SELECT count(*) FROM words WHERE rowid NOT IN (SELECT key FROM statement)", "words of statements that are gone"),
    ("article", "SELECT count(*) FROM article a WHERE statements != (SELECT count(*) FROM statement s WHERE s.article = a.key)",
     "articles with more or fewer statements than their reading"),
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
            # by a connection of its own: what one has remembered of the word index looks like damage while others write
            db = connect(self._path, create=False, read_only=True)
        except ArchiveError as error:
            yield Problem("file", str(error), _RESTORE)
            return
        try:
            with snapshot(db):  # what others write meanwhile is no damage
                found = list(Keeping(db, self._path)._damage())
        except (apsw.Error, ArchiveError) as error:
            found = [Problem("file", f"cannot be read to the end ({error})", _RESTORE)]
        finally:
            db.close()
        yield from found

    def _damage(self) -> Iterator[Problem]:
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
        except (apsw.Error, *UNREADABLE) as error:
            yield Problem("file", f"cannot be read to the end ({error})", _RESTORE)

    def _articles(self) -> Iterator[Problem]:
        """Each article by itself; a damaged one does not hide the others."""
        for (key,) in rows(self._db, "SELECT key FROM article ORDER BY key"):
            try:
                row = rows(
                    self._db,
                    "SELECT a.id, a.characters, a.title, o.name, a.url, a.published, a.language, a.day, a.signature, a.text,"
                    " a.reading FROM article a LEFT JOIN outlet o ON o.key = a.outlet WHERE a.key = ?",
                    (key,),
                )[0]
                text = unpacked(row[9])
                reading = unpacked_reading(row[10], text)
                places = self._rows_of(key, len(text), reading)
            except (apsw.Error, *UNREADABLE) as error:
                yield Problem(f"article {key}", f"cannot be read ({type(error).__name__}: {error})", _RESTORE)
                continue
            id_, article = row[0], reading.article
            if article.id != id_ or len(text) != row[1]:
                yield Problem(f"article {id_}", "its text is not the one that was added", _RESTORE)
            if row[2:9] != (
                *map(shown, (article.title, article.outlet, article.url, article.published)),
                article.language, day_of(article), reading.signature,
            ):  # fmt: skip
                yield Problem(f"article {id_}", "its row does not say what its reading says", _RESTORE)
            for what in places:
                yield Problem(f"article {id_}", what, _REREAD)
            if any(not _inside(s.content, len(text)) for s in reading.statements):
                yield Problem(f"article {id_}", "its reading lies outside the text", _REREAD)

    def _rows_of(self, key: int, length: int, reading: Reading) -> list[str]:
        """What is wrong with the rows of an article's statements; those that a person corrected may differ from the reading."""
        found = []
        made = {
            n: (
                s.form.value,
                s.cue_class,
                written(s.content),
                written(s.cue),
                written((s.speaker,) if s.speaker else ()),
            )
            for n, s in enumerate(reading.statements, 1)
        }
        for n, judged, *cells_ in rows(
            self._db,
            "SELECT n, judged, form, cue_class, content, cue, written FROM statement WHERE article = ?",
            (key,),
        ):
            if any(p.end > length for column in cells_[2:] for p in read_places(column)):
                found.append(f"statement s{n} lies outside the text")
            elif not judged and tuple(cells_) != made.get(n):
                found.append(f"the row of statement s{n} is not what its reading says")
        return found

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
        """The same for two archives that hold the same: texts, readings, where they were met, judgements."""
        sha = hashlib.sha256()
        with letters(self._path):
            for question in (
                "SELECT id, signature, latest, text, reading FROM article ORDER BY id",
                "SELECT a.id, s.url, s.origin, s.outlet, s.title, s.published, s.version FROM sighting s"
                " JOIN article a ON a.key = s.article ORDER BY 1, 2, 3, 4, 5, 6",
                "SELECT judgement FROM judgement ORDER BY key",
                "SELECT origin, reason FROM refusal ORDER BY 1",
            ):
                for row in self._db.execute(question):
                    for cell in row:
                        with cells(self._path):
                            data = repr(unpacked(cell) if isinstance(cell, bytes) else cell).encode()
                        sha.update(len(data).to_bytes(8, "big") + data)
        return sha.hexdigest()


def _inside(places: tuple[Span, ...], length: int) -> bool:
    return all(p.end <= length for p in places)
