"""An archive of readings as its users see it: add, search, show, judge, renew, keep safe."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from reportedly.archive.deciding import decided
from reportedly.archive.found import Found
from reportedly.archive.people import People
from reportedly.archive.readers import Answer, Readers
from reportedly.archive.sides import sides
from reportedly.errors import ArchiveError
from reportedly.languages import available, load
from reportedly.languages.searching import searching_of
from reportedly.model.answers import (
    Doubt,
    Figures,
    Hit,
    Known,
    OutletRow,
    Problem,
    Progress,
    Refused,
    SideRow,
    SpeakerPage,
    SpeakerRow,
    Version,
)
from reportedly.model.article import Article, Refusal
from reportedly.model.dispute import Dispute, by_article, disputes
from reportedly.model.gazetteer import Entry
from reportedly.model.judgement import Judgement, Verdict, put_right, with_added
from reportedly.model.reading import Reading
from reportedly.model.sameness import Bearer, Sameness, Sure
from reportedly.model.span import Pieces
from reportedly.query import parse
from reportedly.store.base import Store
from reportedly.store.postgres import PostgresStore, is_address
from reportedly.store.sqlite import SORTS, SqliteStore
from reportedly.weights import OPEN, check_name

if TYPE_CHECKING:
    from reportedly.pipeline import Recipe

Step = Callable[[Progress], None]


def open_archive(path: str | Path, *, create: bool = True, read_only: bool = False) -> Archive:
    """The archive in this file, or in the database of an address (docs/teams.md); made where there is none, unless `create` is
    False. `read_only`: nothing in a file can be changed, so a read-only medium will do. Raises ArchiveError."""
    wording = searching_of(load("de"))
    if is_address(path):
        return Archive(PostgresStore(str(path), wording, create=create))
    return Archive(SqliteStore(path, wording, create=create and not read_only, read_only=read_only))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


class Archive:
    """Many articles with their readings. Close it, or use it in a `with`; what a method has done stays done.

    `recipe` reads what is added, the standard one unless another is given; `clock` tells the time of adding and judging.
    """

    def __init__(self, store: Store, recipe: Recipe | None = None, clock: Callable[[], str] = _now) -> None:
        self.store, self._given, self._clock = store, recipe, clock
        self._people = People(store, clock)

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self.store.close()

    # --- in

    def add(
        self,
        items: Iterable[Article | Refusal],
        *,
        progress: Step | None = None,
        expected: int | Callable[[], int | None] | None = None,
        workers: int = 1,
    ) -> Progress:
        """Read what is not there yet and keep it, one article after the other; keep why the rest could not be read.

        Each article is safe once `progress` has been told of it, so it can be stopped at any moment and run again. `expected` is
        how many items there will be, where anybody knows, or what tells it as soon as it is known. `workers` processes read
        (a script that asks for more than one needs `if __name__ == "__main__":`); what comes of it is the same for any number.
        """
        total = expected if callable(expected) else lambda: expected
        done, taken = Progress(left=total()), 0
        for item, answer in Readers(self._recipe(), workers).answers(items, self._has):
            done, taken = self._added(item, answer, done), taken + 1
            whole = total()
            done = replace(done, left=None if whole is None else max(whole - taken, 0))
            if progress:
                progress(done)
        if done.read:
            self.match_speakers()
        self.store.tidy()
        return done

    def take(
        self, found: Iterable[Reading | Refusal], *, progress: Step | None = None, expected: int | None = None
    ) -> Progress:
        """Keep readings that were made elsewhere, as they are; what is there already stays. Each is safe once `progress` was told."""
        done = Progress(left=expected)
        for item in found:
            if isinstance(item, Refusal):
                done = self._added(item, None, done)
            else:
                done = self._added(item.article, None if self._has(item.article) else item, done)
            if done.left is not None:
                done = replace(done, left=max(done.left - 1, 0))
            if progress:
                progress(done)
        self.store.tidy()
        return done

    def _has(self, article: Article) -> bool:
        return bool(self.store.resolve(article.id))

    def _added(self, item: Article | Refusal, answer: Answer, done: Progress) -> Progress:
        done = replace(done, current=item.origin or "")
        if isinstance(item, Refusal) or isinstance(answer, Refusal):
            self.store.refuse(answer if isinstance(answer, Refusal) else item, self._clock())  # type: ignore[arg-type]
            return replace(done, refused=done.refused + 1)
        if answer is None:
            self.store.sight(item, self._clock())
            return replace(done, there=done.there + 1)
        known = self.store.write(answer, self._clock())
        return replace(
            done,
            read=done.read + (known is not Known.THERE),
            there=done.there + (known is Known.THERE),
            new_versions=done.new_versions + (known is Known.VERSION),
            statements=done.statements + len(answer.statements),
        )

    def outdated(self) -> list[str]:
        """The articles whose readings were made by other tables, weights or versions than today's."""
        from reportedly.pipeline import signature_now  # late, as in `_recipe`

        recipe = self._recipe()
        return list(self.store.outdated(signature_now(recipe, load(code)) for code in self._codes()))

    def _codes(self) -> set[str]:
        """The languages of the articles, and all that we have tables of."""
        return {*available(), *(language for language, _ in self.store.signatures())}

    def reread(self, *, everything: bool = False, progress: Step | None = None, workers: int = 1) -> Progress:
        """Renew the readings that are outdated (or all); judgements stay and hold for the new ones.

        What a new reading fails on keeps its old one and is counted as refused.
        """
        settled = self.store.words_settled()
        old = set(self.store.ids() if everything else self.outdated())
        ids = list(self.store.ids()) if not settled else [id_ for id_ in self.store.ids() if id_ in old]
        done = Progress(left=len(ids))
        articles = (reading.article for id_ in ids if (reading := self.store.reading(id_)))
        for item, answer in Readers(self._recipe(), workers).answers(articles, lambda article: article.id not in old):
            assert isinstance(item, Article)
            done = replace(done, current=item.id, left=max((done.left or 1) - 1, 0))
            if answer is None:
                self.store.reindex(item.id)
                done = replace(done, there=done.there + 1)
            elif isinstance(answer, Refusal):
                done = replace(done, refused=done.refused + 1)
            else:
                self.store.renew(answer)
                done = replace(done, read=done.read + 1, statements=done.statements + len(answer.statements))
            if progress:
                progress(done)
        self.store.words_settled(settled=True)
        self.match_speakers()
        self.store.tidy()
        return done

    def refused(self) -> list[Refused]:
        """The inputs that could not be read, with the reason in words."""
        return self.store.refused()

    # --- out

    def search(self, query: str = "", *, sort: str = "newest") -> Found:
        """Who said what, by a query as docs/query.md tells it; no string is an error. `sort`: newest, oldest, unsure, relevance,
        said (by the day of saying), speaker (by name)."""
        if sort not in SORTS:
            raise ArchiveError(f'sort "{sort}" is not known; give {", ".join(SORTS)}')
        return Found(self.store, parse(query), sort)

    def reading(self, id: str) -> Reading:
        """The reading of an article as it was made; of its id the first signs are enough. Raises ArchiveError."""
        return self._reading(self.resolve(id))

    def judged(self, id: str) -> Reading:
        """The reading as persons left it: rejected statements gone, spans and speakers put right."""
        reading = self.reading(id)
        return put_right(reading, self.store.judgements(reading.article.id))

    def resolve(self, start: str) -> str:
        """The whole id for its first signs (four at least). Raises ArchiveError where there is none or more than one."""
        found = self.store.resolve(start) if len(start) >= 4 else []
        if len(found) == 1:
            return found[0]
        if not found:
            raise ArchiveError(
                f'no article has the id "{start[:40]}"; `reportedly who` shows the ids (four signs are enough)'
            )
        raise ArchiveError(f'{len(found)} ids begin with "{start}": {", ".join(found[:5])}; give more of it')

    def versions(self, id: str) -> list[Version]:
        """Where an article was met, and the other texts of its addresses."""
        return self.store.versions(self.resolve(id))

    def speakers(self, words: str = "", *, most: int = 50, named: bool = True) -> list[SpeakerRow]:
        """Who says most, all that are one in one row; with `named=False` those without a name, each in its own article."""
        return self._people.rows(words, most, named)

    def speaker(self, name: str) -> SpeakerPage:
        """All about the one who bears this name: what is said, roles, why these names are one, who else it may be. Raises ArchiveError."""
        return self._people.page(name)

    def alike(self, row: SpeakerRow, most: int = 8) -> list[SpeakerRow]:
        """Speakers with names like this one who are somebody else as far as anybody knows."""
        return self._people.alike(row, most)

    def doubts(self, most: int = 50) -> list[Doubt]:
        """Pairs of names that may be one and that nobody has decided, with the sentences in which they stand."""
        return self._people.doubts(most)

    def doubt(self, left: str | Bearer, right: str | Bearer) -> Doubt:
        """What holds of two names that have been compared, with their sentences. Raises ArchiveError."""
        return self._people.between(left, right)

    def outlets(self) -> list[OutletRow]:
        """What each outlet quotes: counts, each with the query for the list behind it."""
        return self.store.outlets()

    def sides(self, *queries: str) -> list[SideRow]:
        """How each outlet introduces what these sides say, side by side: `archive.sides("von:Rabe", "von:Ohm")`. Counts with the
        query for the list behind them; who says little in an outlet has few of everything."""
        return sides(self.store, queries)

    def figures(self) -> Figures:
        """How much there is."""
        return self.store.figures()

    # --- judging

    def judge(
        self,
        hit: Hit | tuple[str, str],
        verdict: Verdict | str,
        *,
        by: str,
        why: str = "",
        content: Pieces = (),
        speaker: str = "",
        form: str = "",
    ) -> Judgement:
        """What a person decides about a statement: accept, reject, span (with `content`), speaker (with `speaker`), form (with
        `form`), withdraw; add (with `content`, where known `speaker` and `form`), where one was missed: `(article, "")`.

        `hit` is a hit or (article, statement): `archive.judge(("3f2a", "s3"), "reject", by="mk", why="irony")`. Decisions
        are only added, the last one counts, and no new reading touches them. Raises ArchiveError.
        """
        article, statement = (hit.article, hit.statement) if isinstance(hit, Hit) else hit
        id_ = self.resolve(article)
        reading = with_added(self._reading(id_), self.store.judgements(id_))
        judgement = decided(
            reading, statement, verdict, by=by, at=self._clock(), why=why, content=content, speaker=speaker, form=form
        )
        self.store.judge(judgement)
        return judgement

    def judgements(self, id: str | None = None) -> list[Judgement]:
        """All judgements, or those of an article, in the order in which they were given."""
        return self.store.judgements(self.resolve(id) if id else None)

    def take_judgements(self, judgements: Iterable[Judgement]) -> tuple[int, int]:
        """Add judgements that another archive gave out: how many are new, how many were there."""
        added = [self.store.judge(j) for j in judgements]
        return sum(added), len(added) - sum(added)

    def disputed(self) -> Iterator[Dispute]:
        """Where a person's last decision and a reading made after it differ; the person's counts. Newest decisions first."""
        for judgements in by_article(self.store.judgements(None)):
            if reading := self.store.reading(judgements[0].article):
                yield from disputes(reading, judgements)

    def match_speakers(self, step: Callable[[int, int], None] | None = None) -> int:
        """Compare the speakers of articles that are new; how many judgements that gives. `add` does it at its end."""
        return self._people.match(step)

    def same(
        self, left: str | Bearer, right: str | Bearer, *, by: str, why: str = "", verdict: Sure | str = Sure.SAME
    ) -> Sameness:
        """What a person decides about two names: same, different, unsure, withdraw. A name is meant in all articles, or as
        name@article in one, or as `Doubt.pair` has it. A person's goes before the program's, the last counts. Raises ArchiveError."""
        return self._people.decide(left, right, verdict, by, why)

    def sameness(self) -> list[Sameness]:
        """All judgements on pairs of names, those of the program too, in the order in which they came."""
        return self.store.sameness()

    def decided(self, most: int = 10) -> list[Sameness]:
        """What persons decided about names and what counts of it, the latest first."""
        return self.store.decided(most)

    def take_sameness(self, judgements: Iterable[Sameness]) -> tuple[int, int]:
        """Add judgements on pairs that another archive gave out: how many are new, how many were there."""
        given = list(judgements)
        new = self.store.decide(given)
        self.match_speakers()
        return new, len(given) - new

    def know(self, items: Iterable[Entry | Refusal]) -> tuple[int, int, list[Refusal]]:
        """Take in a gazetteer and link the speakers to its ids: entries new or changed, entries that were there, bad lines."""
        done = self._people.know(items)
        self.match_speakers()
        return done

    # --- keeping safe

    def check(self) -> Iterator[Problem]:
        """Everything that is not as it should be; nothing where all is well."""
        yield from self.store.check()
        if not self.store.words_settled():
            yield Problem("words", "were made by other tables than those that search now", "run `reportedly reread`")

    def backup(self, to: str | Path) -> None:
        """A whole copy while others go on working, compared with the original. Raises ArchiveError."""
        self.store.backup(str(to))
        if problems := list(verify(to)):
            raise ArchiveError(
                f"{to}: the copy is not whole ({problems[0].what}); the original may be damaged: check it"
            )

    def restore(self, backup: str | Path) -> None:
        """Fill this archive, which must be empty, with all that another one held when `backup` was made of it; compared with
        it afterwards. Raises ArchiveError."""
        self.store.fill(str(backup))
        file = SqliteStore(backup, searching_of(load("de")), create=False, read_only=True)
        try:
            same = file.fingerprint() == self.fingerprint()
        finally:
            file.close()
        if not same:
            raise ArchiveError(f"{backup}: not all of it arrived; was it changed meanwhile? Make a new archive of it")

    def fingerprint(self) -> str:
        """The same for two archives that hold the same."""
        return self.store.fingerprint()

    @property
    def weights(self) -> str:
        """The learned numbers by which this archive is read, for all who add to it: "open", "research", "tables", "hub:FOLDER"."""
        return self.store.setting("weights") or OPEN

    @weights.setter
    def weights(self, line: str) -> None:
        check_name(line)
        self.store.settle("weights", line)

    def _recipe(self) -> Recipe:
        from reportedly.pipeline import STANDARD  # late: who only searches need not wait for what reads

        return self._given or replace(STANDARD, weights=self.weights)

    def _reading(self, id: str) -> Reading:
        reading = self.store.reading(id)
        if reading is None:
            raise ArchiveError(f'no article has the id "{id}"')
        return reading


def verify(path: str | Path) -> Iterator[Problem]:
    """Is a copy whole? Opens it without changing it. Raises ArchiveError where it is no archive."""
    store = SqliteStore(path, searching_of(load("de")), create=False, read_only=True)
    try:
        yield from store.check()
    finally:
        store.close()
