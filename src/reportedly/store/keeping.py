"""Is everything in the tables as it should be?"""

from __future__ import annotations

import hashlib
from abc import abstractmethod
from collections.abc import Iterator

from reportedly.model.answers import Problem
from reportedly.model.span import Span
from reportedly.store.rows import read_places, unpacked, unpacked_reading
from reportedly.store.tables import Tables

REREAD = "run `reportedly reread --all`; it makes the rows anew from the text"
RESTORE = "restore the last backup; what is not damaged can be exported first"
_QUESTIONS = (
    ("statement", "SELECT count(*) FROM statement WHERE article NOT IN (SELECT key FROM article)", "statements without article"),
    ("words", "SELECT count(*) FROM statement WHERE key NOT IN (SELECT {key} FROM words)", "statements that no search finds"),
    ("words", "SELECT count(*) FROM words WHERE {key} NOT IN (SELECT key FROM statement)", "words of statements that are gone"),
    ("article", "SELECT count(*) FROM article a WHERE statements != (SELECT count(*) FROM statement s WHERE s.article = a.key)",
     "articles with more or fewer statements than their reading"),
    ("sighting", "SELECT count(*) FROM article WHERE key NOT IN (SELECT article FROM sighting)", "articles that were met nowhere"),
    ("judgement", "SELECT count(*) FROM judgement WHERE article NOT IN (SELECT id FROM article)", "judgements about articles that are not here"),
)  # fmt: skip


class Keeping(Tables):
    """The part of a store that looks after what is kept."""

    _word_key: str
    """How the index of words calls the key of a statement."""

    _faults: tuple[type[Exception], ...]
    """What the database raises where it cannot go on."""

    @abstractmethod
    def _database_problems(self) -> Iterator[Problem]:
        """What the database itself knows of damage."""

    def check(self) -> Iterator[Problem]:
        """Everything that is not as it should be: the database, rows, words, every place inside its text, every text its id."""
        try:
            yield from self._database_problems()
            for where, question, what in _QUESTIONS:
                if n := self._one(question.format(key=self._word_key)):
                    yield Problem(
                        where, f"{n} {what}", REREAD if where != "judgement" else "add those articles, they will hold"
                    )
            yield from self._articles()
        except self._faults as error:
            yield Problem("archive", f"cannot be read to the end ({error})", RESTORE)

    def _articles(self) -> Iterator[Problem]:
        """Each article by itself; a damaged one does not hide the others."""
        for (key,) in self._rows("SELECT key FROM article ORDER BY key"):
            try:
                id_, characters, text_blob, blob = self._rows(
                    "SELECT id, characters, text, reading FROM article WHERE key = ?", (key,)
                )[0]
                text = unpacked(text_blob)
                reading = unpacked_reading(blob, text)
            except Exception as error:
                yield Problem(f"article {key}", f"cannot be read ({type(error).__name__}: {error})", RESTORE)
                continue
            if reading.article.id != id_ or len(text) != characters:
                yield Problem(f"article {id_}", "its text is not the one that was added", RESTORE)
            for n, content, cue, written in self._rows(
                "SELECT n, content, cue, written FROM statement WHERE article = ?", (key,)
            ):
                places = [p for column in (content, cue, written) for p in read_places(column)]
                if any(p.end > len(text) for p in places):
                    yield Problem(f"article {id_}", f"statement s{n} lies outside the text", REREAD)
            if any(not _inside(s.content, len(text)) for s in reading.statements):
                yield Problem(f"article {id_}", "its reading lies outside the text", REREAD)

    def fill(self, path: str) -> None:
        """Put into this store, which must be empty, what a backup holds."""
        from reportedly.store.portable import take_file  # late: it knows the stores, which are made of this

        take_file(self, self._wording, path)

    def fingerprint(self) -> str:
        """The same for two archives that hold the same: texts, readings, where they were met, judgements."""
        sha = hashlib.sha256()
        with self._letters(), self._still():
            for question in (
                "SELECT id, signature, CAST(latest AS integer), text, reading FROM article ORDER BY id",
                "SELECT a.id, s.url, s.origin, s.outlet, s.title, s.published, s.version FROM sighting s"
                " JOIN article a ON a.key = s.article ORDER BY a.id, s.url NULLS FIRST, s.origin NULLS FIRST, s.outlet NULLS FIRST,"
                " s.title NULLS FIRST, s.published NULLS FIRST",
                "SELECT judgement FROM judgement ORDER BY key",
                "SELECT origin, reason FROM refusal ORDER BY 1",
            ):
                for row in self._stream(question):
                    for cell in row:
                        data = repr(unpacked(cell) if isinstance(cell, bytes) else cell).encode()
                        sha.update(len(data).to_bytes(8, "big") + data)
        return sha.hexdigest()


def _inside(places: tuple[Span, ...], length: int) -> bool:
    return all(p.end <= length for p in places)
