"""Is everything in the tables as it should be?"""

from __future__ import annotations

import hashlib
from abc import abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager

from reportedly.errors import ArchiveError
from reportedly.model.answers import Problem
from reportedly.model.reading import Reading
from reportedly.model.span import Span
from reportedly.store.rows import day_of, read_places, shown, unpacked, unpacked_reading, written
from reportedly.store.tables import UNREADABLE, Tables

REREAD = "run `reportedly reread --all`; it makes the rows anew from the text"
RESTORE = "restore the last backup; what is not damaged can be exported first"
_QUESTIONS = (
    ("statement", "SELECT count(*) FROM statement WHERE article NOT IN (SELECT key FROM article)", "statements without article"),
    ("words", "SELECT count(*) FROM statement WHERE key NOT IN (SELECT {key} FROM words)", "statements that no search finds"),
    ("words", "SELECT count(*) FROM words WHERE {key} NOT IN (SELECT key FROM statement)", "words of statements that are gone"),
    ("article", "SELECT count(*) FROM article a WHERE statements != (SELECT count(*) FROM statement s WHERE s.article = a.key AND s.n <= a.statements)",
     "articles with more or fewer statements than their reading"),
    ("statement", "SELECT count(*) FROM statement s JOIN speaker p ON p.key = s.speaker WHERE s.cluster IS DISTINCT FROM p.cluster",
     "statements that are not with their speaker across articles"),
    ("sighting", "SELECT count(*) FROM article WHERE key NOT IN (SELECT article FROM sighting)", "articles that were met nowhere"),
    ("judgement", "SELECT count(*) FROM judgement WHERE article NOT IN (SELECT id FROM article)", "judgements about articles that are not here"),
)  # fmt: skip


class Keeping(Tables):
    """The part of a store that looks after what is kept."""

    _word_key: str
    """How the index of words calls the key of a statement."""

    _faults: tuple[type[Exception], ...]
    """What the database raises where it cannot go on."""

    @property
    def _wrong(self) -> tuple[type[Exception], ...]:
        """What is raised where the database cannot go on, or a cell does not hold what we wrote."""
        return (ArchiveError, *self._faults, *UNREADABLE)

    @abstractmethod
    def _database_problems(self) -> Iterator[Problem]:
        """What the database itself knows of damage."""

    def check(self) -> Iterator[Problem]:
        """Everything that is not as it should be: the database, rows, words, every place inside its text, every text its id."""
        try:
            with self._apart() as other, other._still():  # what others write meanwhile is no damage
                found = list(other._damage())
        except self._wrong as error:
            found = [Problem("archive", f"cannot be read to the end ({error})", RESTORE)]
        yield from found

    @contextmanager
    def _apart(self) -> Iterator[Keeping]:
        """The same archive, where needed by a connection of its own."""
        yield self

    def _damage(self) -> Iterator[Problem]:
        try:
            yield from self._database_problems()
            for where, question, what in _QUESTIONS:
                if n := self._one(question.format(key=self._word_key)):
                    yield Problem(
                        where, f"{n} {what}", REREAD if where != "judgement" else "add those articles, they will hold"
                    )
            yield from self._articles()
        except self._wrong as error:
            yield Problem("archive", f"cannot be read to the end ({error})", RESTORE)

    def _articles(self) -> Iterator[Problem]:
        """Each article by itself; a damaged one does not hide the others."""
        for (key,) in self._rows("SELECT key FROM article ORDER BY key"):
            try:
                row = self._rows(
                    "SELECT a.id, a.characters, a.title, o.name, a.url, a.published, a.language, a.day, a.signature, a.text,"
                    " a.reading FROM article a LEFT JOIN outlet o ON o.key = a.outlet WHERE a.key = ?",
                    (key,),
                )[0]
                text = unpacked(row[9])
                reading = unpacked_reading(row[10], text)
                places = self._rows_of(key, len(text), reading)
            except self._wrong as error:
                yield Problem(f"article {key}", f"cannot be read ({type(error).__name__}: {error})", RESTORE)
                continue
            id_, article = row[0], reading.article
            if article.id != id_ or len(text) != row[1]:
                yield Problem(f"article {id_}", "its text is not the one that was added", RESTORE)
            if tuple(row[2:9]) != (
                *map(shown, (article.title, article.outlet, article.url, article.published)),
                article.language, day_of(article), reading.signature,
            ):  # fmt: skip
                yield Problem(f"article {id_}", "its row does not say what its reading says", RESTORE)
            for what in places:
                yield Problem(f"article {id_}", what, REREAD)
            if any(not _inside(s.content, len(text)) for s in reading.statements):
                yield Problem(f"article {id_}", "its reading lies outside the text", REREAD)

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
        for n, judged, *cells in self._rows(
            "SELECT n, judged, form, cue_class, content, cue, written FROM statement WHERE article = ?", (key,)
        ):
            if any(p.end > length for column in cells[2:] for p in read_places(column)):
                found.append(f"statement s{n} lies outside the text")
            elif not judged and tuple(cells) != made.get(n):
                found.append(f"the row of statement s{n} is not what its reading says")
        return found

    def fill(self, path: str) -> None:
        """Put into this store, which must be empty, what a backup holds."""
        from reportedly.store.portable import take_file  # late: it knows the stores, which are made of this

        take_file(self, self._wording, path)

    def fingerprint(self) -> str:
        """The same for two archives that hold the same: texts, readings, where they were met, judgements of persons."""
        sha = hashlib.sha256()
        with self._letters(), self._still():
            for question in (
                "SELECT id, signature, CAST(latest AS integer), text, reading FROM article ORDER BY id",
                "SELECT a.id, s.url, s.origin, s.outlet, s.title, s.published, s.version FROM sighting s"
                " JOIN article a ON a.key = s.article ORDER BY a.id, s.url NULLS FIRST, s.origin NULLS FIRST, s.outlet NULLS FIRST,"
                " s.title NULLS FIRST, s.published NULLS FIRST",
                "SELECT judgement FROM judgement ORDER BY key",
                "SELECT origin, reason FROM refusal ORDER BY 1",
                "SELECT b.kind, b.name, b.article, c.kind, c.name, c.article, s.verdict, s.by, s.at, s.why FROM sameness s"
                " JOIN bearer b ON b.key = s.one JOIN bearer c ON c.key = s.other WHERE s.by != 'program' ORDER BY s.key",
            ):
                for row in self._stream(question):
                    for cell in row:
                        with self._cells():
                            data = repr(unpacked(cell) if isinstance(cell, bytes) else cell).encode()
                        sha.update(len(data).to_bytes(8, "big") + data)
        return sha.hexdigest()


def _inside(places: tuple[Span, ...], length: int) -> bool:
    return all(p.end <= length for p in places)
