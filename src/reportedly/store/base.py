"""What must a store be able to do? The contract in prose, held for every store by tests/contracts/test_store.py.

A store keeps articles with their readings, the inputs that were refused, and the judgements of persons. Whoever opens it
gets one `Store`; several processes may have the same one open.

* What a method that writes has returned from is there, whatever happens to the process afterwards; what it has not
  returned from is there as a whole or not at all. An article, its reading and its words in the index are one whole.
* Writing the same thing twice changes nothing.
* Judgements are added, never changed or removed, and no reading touches them.
* A reading comes back as it went in: `store.reading(id).to_dict() == reading.to_dict()`.
* Nothing that is asked changes anything.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from reportedly.model.answers import (
    Facet,
    FacetRow,
    Figures,
    Hit,
    Known,
    OutletRow,
    OverTime,
    Problem,
    Refused,
    SpeakerRow,
    Version,
)
from reportedly.model.article import Article, Refusal
from reportedly.model.gazetteer import Entry
from reportedly.model.judgement import Judgement
from reportedly.model.query import Query
from reportedly.model.reading import Reading
from reportedly.model.sameness import Appearance, Bearer, Sameness


class Wording(Protocol):
    """The words by which texts are found; the archive gives it to the store, so that no store knows a language."""

    signature: str

    def indexed(self, pieces: Iterable[str]) -> tuple[str, str]:
        """Plain forms in order, and further keys."""

    def sought(self, text: str) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]:
        """The words of a query, each as its parts: plain form and keys."""

    def folded(self, text: str) -> str:
        """A name in search form."""

    def blocks(self, name: str, kind: str, named: bool, roles: Sequence[str], short: Sequence[str]) -> tuple[str, ...]:
        """The keys of which two speakers share one where they could be the same; `short` are acronyms that the article writes."""

    def marks(self, text: str, wanted: frozenset[str]) -> list[tuple[int, int]]:
        """Where words with one of these forms stand in a text."""


class Store(Protocol):
    """Writing and asking. Times (`at`) are given, because a store has no clock."""

    # --- writing

    def write(self, reading: Reading, at: str) -> Known:
        """Keep an article with its reading. What is there already stays; another text of the same address is its new
        version. Says which of the three it was."""

    def sight(self, article: Article, at: str) -> Known:
        """Is this text there already? Then keep where else it was met. Nothing is kept of a text that is not there."""

    def renew(self, reading: Reading) -> None:
        """Put a newer reading in the place of the one that is there; judgements stay and hold for it."""

    def refuse(self, refusal: Refusal, at: str) -> None:
        """Keep that an input could not be read, once per origin, with the latest reason."""

    def judge(self, judgement: Judgement) -> bool:
        """Add a judgement; False where exactly this one is there already."""

    def reindex(self, id: str) -> None:
        """Make what searches use of an article anew from its reading."""

    def words_settled(self, settled: bool = False) -> bool:
        """Are the words in the index those by which this program searches? `settled` says: from now on they are."""

    def settle(self, name: str, value: str | None) -> None:
        """Keep a setting of this archive, for all who open it; None takes it away."""

    def settle_all(self, values: Mapping[str, str | None]) -> None:
        """The same for many at once; all or none."""

    def tidy(self) -> None:
        """Much was written: make sure that searches stay fast."""

    # --- who is the same across articles

    def decide(self, judgements: Sequence[Sameness], settled: Collection[str] = ()) -> int:
        """Add judgements on pairs, all or none; how many are new. `model.sameness.clusters` tells what follows from all of them, and
        that holds at once: `speakers`, `ist:`, `von:` and `geschlecht:` go by it. `settled` are blocks that are due no more; a
        person's judgement makes the blocks of both due again."""

    def due(self) -> list[str]:
        """The blocks (`Wording.blocks`) of speakers and entries that came, went or changed since they were settled."""

    def appearances(
        self, *, blocks: Collection[str] = (), bearers: Collection[Bearer] = (), newest: int | None = None
    ) -> list[Appearance]:
        """All speakers who share one of these blocks, or whom one of these bearers means; each once. `newest`: of each bearer
        only so many, of the newest articles."""

    def doubts(self, most: int) -> list[Sameness]:
        """The program's `unsure` that no judgement has settled, neither about the pair nor about others: the surest first."""

    def decided(self, most: int) -> list[Sameness]:
        """The judgements of persons on pairs that count, the latest first."""

    def sameness(self, bearers: Collection[Bearer] | None = None) -> list[Sameness]:
        """All judgements on pairs in the order in which they came; or at least all that can move the clusters of these bearers."""

    def bearers(self, name: str, article: str = "") -> list[Bearer]:
        """Whom a name may mean, in all articles or in the one that begins so; also the id of an entry and the key of an office."""

    def know(self, entries: Sequence[tuple[Entry, Sequence[str]]]) -> int:
        """Keep entries of a gazetteer with their blocks, the newest of each id; how many are new or changed."""

    def entries(self, *, blocks: Collection[str] = (), ids: Collection[str] = ()) -> list[Entry]:
        """Entries under one of these blocks, or with one of these ids, by id."""

    # --- asking

    def setting(self, name: str) -> str | None:
        """The setting of this name; None where there is none."""

    def settings(self, start: str) -> dict[str, str]:
        """All settings whose names begin so, in the order of their names."""

    def page(self, query: Query, sort: str, first: int, most: int) -> list[Hit]:
        """Hits `first` to `first + most` in this order: newest, oldest, relevance, unsure (least confidence first), said (the latest day of
        saying, where none is known of publishing, first), speaker (by name)."""

    def count(self, query: Query) -> tuple[int, int]:
        """How many statements, in how many articles."""

    def facets(self, query: Query, most: int) -> list[Facet]:
        """What the hits are like: counts by outlet, speaker, form, cue class, year, month, language, figures, damage; beside each the
        count of all that is shown."""

    def suggest(self, field: str, words: str, most: int) -> list[FacetRow]:
        """Values of `speaker` or `outlet` with a word that begins so, those with most statements first; of one letter none."""

    def over_time(self, query: Query, by: str, most: int) -> OverTime:
        """When everything that a query shows was said: rows by `speaker` (all who are one) or `outlet`, those who say most, and behind
        them the one of all that have no name. The day of saying where the text tells one, else that of publishing."""

    def found(self, query: Query) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Every article with hits (newest first) and the ids of the statements that the query shows in it."""

    def reading(self, id: str) -> Reading | None:
        """The reading of an article as it was written; None where there is none."""

    def resolve(self, start: str) -> list[str]:
        """The ids of all articles that begin so."""

    def versions(self, id: str) -> list[Version]:
        """Where an article was met, and the other texts of its addresses."""

    def ids(self) -> Iterator[str]:
        """All articles."""

    def outdated(self, signatures: Iterable[str]) -> Iterator[str]:
        """The articles whose reading was made by none of these."""

    def signatures(self) -> dict[tuple[str, str], int]:
        """How many articles of which language were read by what."""

    def speakers(self, words: str, most: int, named: bool) -> list[SpeakerRow]:
        """Who says most: one row for all that are one by the judgements, else one a name; without a name one row an article."""

    def speaker(self, bearers: Collection[Bearer]) -> SpeakerRow | None:
        """The row of `speakers` for the one whom one of these means; None where nobody of them says anything."""

    def outlets(self) -> list[OutletRow]:
        """What each outlet quotes, in counts."""

    def cues(self, query: Query) -> list[tuple[str, str, int]]:
        """Of the statements that a query shows: outlet, class of cue, how many; by outlet and class."""

    def refused(self) -> list[Refused]:
        """The inputs that could not be read, and were not since."""

    def judgements(self, article: str | None = None) -> list[Judgement]:
        """In the order in which they were given."""

    def figures(self) -> Figures:
        """How much there is."""

    # --- keeping safe

    def check(self) -> Iterator[Problem]:
        """Everything that is not as it should be."""

    def backup(self, to: str) -> None:
        """A copy that is whole, while others go on reading and writing: an SQLite file, whatever the store. `to` must not exist."""

    def fill(self, path: str) -> None:
        """Put into this store, which must be empty, what a backup holds: all of it or nothing."""

    def fingerprint(self) -> str:
        """The same for two stores that hold the same."""

    def close(self) -> None:
        """Let go of the file or the database."""
