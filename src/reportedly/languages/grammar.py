"""What does a small word do in a clause? The sets of words and endings that the rules of grammar ask for by name.

A rule asks `unit.is_("negation")`; that `nicht`, `kein` and `nie` are negations stands in grammar.tsv of the language. What only the
rules about speakers ask for stands in speaker_words.tsv: sets alike, but no marks of the words of a clause.
"""

from __future__ import annotations

from functools import lru_cache

from reportedly.languages.language import Language

_NOTHING: frozenset[str] = frozenset()
_KINDS = ("_lemma_end", "_noun_end", "_noun", "_stem", "_end")
"""Ends of ids that say how the words of the row are to be read, the longer ones first."""


class Grammar:
    """The rows of grammar.tsv, speaker_words.tsv and clitics.tsv; a language without these tables has no marks and no words."""

    def __init__(self, language: Language) -> None:
        marking = {row["id"]: row.list("words") for row in language.rows("grammar")}
        self._words: dict[str, tuple[str, ...]] = marking | {
            row["id"]: row.list("words") for row in language.rows("speaker_words")
        }
        self._clitics = {row["id"]: row["preposition"] for row in language.rows("clitics")}
        self._sets = {id_: frozenset(words) for id_, words in self._words.items()}
        self._titled = {id_: frozenset(w.capitalize() for w in words) for id_, words in self._words.items()}
        marks: dict[str, frozenset[str]] = {}
        self._ends: list[tuple[str, tuple[str, ...]]] = []
        self._lemma_ends: list[tuple[str, tuple[str, ...]]] = []
        self._stems: list[tuple[str, tuple[str, ...]]] = []
        self._nouns: list[tuple[str, frozenset[str]]] = []
        self._noun_ends: list[tuple[str, tuple[str, ...]]] = []
        for id_, words in marking.items():
            kind = _kind(id_)
            if not kind:
                for word in words:
                    marks[word] = marks.get(word, _NOTHING) | {id_}
            elif kind == "_noun":
                self._nouns.append((id_, self.titled(id_)))
            else:
                table = {
                    "_end": self._ends,
                    "_lemma_end": self._lemma_ends,
                    "_stem": self._stems,
                    "_noun_end": self._noun_ends,
                }[kind]
                table.append((mark_of(id_), words))
        self._marks = marks
        self.names = frozenset(mark_of(id_) for id_ in marking)
        """All marks that a word can have."""
        self.marks_of = lru_cache(maxsize=65536)(self._marks_of)
        """Marks of a word in a text: itself, its lemma, whether it is a noun."""

    def marks(self, lower: str) -> frozenset[str]:
        """Ids of the rows that hold this word in small letters."""
        return self._marks.get(lower, _NOTHING)

    def _marks_of(self, text: str, lemma: str, noun: bool) -> frozenset[str]:
        lower, lemma_lower, cited = text.lower(), lemma.lower(), lemma if noun else text
        found = {mark for mark, ends in self._ends if lower.endswith(ends)}
        found.update(mark for mark, ends in self._lemma_ends if lemma_lower.endswith(ends))
        found.update(mark for mark, s in self._stems if lemma_lower.endswith(s) or lemma_lower.startswith(s))
        found.update(mark for mark, nouns in self._nouns if cited in nouns)
        for mark, ends in self._noun_ends:
            if any(cited.endswith(end) and len(cited) > len(end) for end in ends):
                found.add(mark)
        return self.marks(lower) | found

    def words(self, id_: str) -> frozenset[str]:
        """The words of a row. KeyError for an id that is not in the table; empty where the language has no table."""
        return self._sets[id_] if self._sets else _NOTHING

    def word(self, id_: str) -> str:
        """The only word of a row, or the first; empty where the language has no table."""
        return next(iter(self._row(id_)), "")

    def titled(self, id_: str) -> frozenset[str]:
        """The words of a row with a capital letter, as a noun or the first word of a sentence has it."""
        return self._titled[id_] if self._titled else _NOTHING

    def ends(self, id_: str) -> tuple[str, ...]:
        """The endings of a row, ready for `str.endswith`, in the order of the table."""
        return self._row(id_)

    def phrases(self, id_: str) -> tuple[tuple[str, ...], ...]:
        """The fixed expressions of a row: (("es", "sei", "denn"), …)."""
        return tuple(tuple(word.split("_")) for word in self._row(id_))

    def preposition(self, lower: str) -> str:
        """`zur` is `zu` with an article; any other word is itself."""
        return self._clitics.get(lower, lower)

    def _row(self, id_: str) -> tuple[str, ...]:
        return self._words[id_] if self._words else ()


def _kind(id_: str) -> str:
    return next((kind for kind in _KINDS if id_.endswith(kind)), "")


def mark_of(id_: str) -> str:
    """The mark that a row gives: `audience` for `audience_stem`, `time_noun` for `time_noun` and `time_noun_end`."""
    kind = _kind(id_)
    return {"": id_, "_noun": id_, "_noun_end": id_.removesuffix("_end")}.get(kind, id_.removesuffix(kind))


@lru_cache(maxsize=8)
def grammar_of(language: Language) -> Grammar:
    """Cached for each language."""
    return Grammar(language)


@lru_cache(maxsize=8)
def place_adjectives(language: Language) -> frozenset[str]:
    """`Hamburger`, `Bremer`, `Münchner`: adjectives made of the names of places, with a capital and one form for all cases."""
    grammar = grammar_of(language)
    places = {form for row in language.rows("places") for form in row.list("forms", "|") if form.isalpha()}
    stems = {p.removesuffix(lost) for p in places for lost in ("", *grammar.ends("place_lost_end"))}
    return frozenset(stem + end for stem in stems for end in grammar.ends("place_adjective_end"))
