"""By which words can a text be found? Spelling evened out, inflected forms brought together, compounds opened.

Every word has one *plain* form, by which phrases are found (`Straße`, `Strasse`: `strasse`; `Müller`, `Mueller`, `Muller`:
`muller`; `10.000`: `10000`), and *keys*, by which its other forms are found too: `Häusern` has `haus`, `ging` has `geh`,
`Verteidigungsministeriums` has `verteidig` and `ministerium`. A query has the same forms, so the two meet.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from reportedly.languages.language import Language
from reportedly.languages.lexicon import lexicon_of
from reportedly.languages.names import fold
from reportedly.languages.offices import offices_of

_UNSEEN = "\u00ad\u200b-\u200f\u2060-\u2064\u202a-\u202e\u2066-\u2069\ufeff\u0300-\u036f"
_WORD = re.compile(
    rf"""
      (?<![\d.,])\d{{1,3}}(?:[.'’\u00a0\u2009\u202f]\d{{3}}){{1,5}}(?!\d)(?:,\d{{1,9}}(?!\d))?      # 10.000  1.234,5
    | (?<![\d.,])\d{{1,15}}[.,]\d{{1,9}}(?![.,]?\d)                                        # 3,5  3.5
    | [^\W_](?:[\w{_UNSEEN}]|['’](?=[^\W\d_]))*(?:[-‐‑](?=[^\W_])(?:[\w{_UNSEEN}]|['’](?=[^\W\d_]))+)*   # US-Präsident
    """,
    re.VERBOSE,
)
_HIDDEN = re.compile(f"[{_UNSEEN}'’]")
_HYPHEN = re.compile("[-‐‑]")
_UMLAUT = re.compile("(?<![aeiouyq])([aou])e")
_MOST_KEYS = 65_536
BREAK = "0break0"
"""Stands between two pieces of a text, so that no phrase runs over the gap."""


class SearchWord(NamedTuple):
    """A word of a text, a hyphenated one as a whole: its place, the plain forms of its parts, all its keys."""

    start: int
    end: int
    plain: tuple[str, ...]
    keys: frozenset[str]


class Searching:
    """The search forms of one tongue. All articles of an archive and all queries share them, whatever they are written in."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._lexicon = lexicon_of(language)
        self.signature = f"search1-{language.code}-{language.digest}"
        self._keys = lru_cache(_MOST_KEYS)(self._keys_of)
        self._stem: Callable[[str], str] = _stemmer(language.code)
        small = [w for row in language.rows("grammar") for w in row.list("words")]
        small += [row["id"] for row in language.rows("pronouns")]
        self._small = frozenset(plain_form(w) for w in small)

    def words(self, text: str) -> Iterator[SearchWord]:
        """The words of a text in order.

        >>> from reportedly.languages import load
        >>> [w.plain for w in Searching(load("de")).words("10.000 Straßen, Kim Jong-un")]
        [('10000',), ('strassen',), ('kim',), ('jong', 'un')]
        """
        for m in _WORD.finditer(text):
            written = _HIDDEN.sub("", m[0])
            if written[:1].isdigit() and not any(c.isalpha() or c == "_" for c in written):
                number = re.sub(r"[.\u00a0\u2009\u202f](?=\d{3}(?:\D|$))", "", written)
                parts: list[str] = [re.sub("[.,]", "d", number)]
                yield SearchWord(*m.span(), tuple(parts), frozenset(parts))
                continue
            parts = [p for p in _HYPHEN.split(written) if p]
            plain = tuple(p for p in (plain_form(p) for p in parts) if p)
            if plain:
                keys = {k for p in parts for k in self._keys(p)}
                if len(plain) > 1:
                    keys.add("".join(plain))
                yield SearchWord(*m.span(), plain, frozenset(keys))

    def indexed(self, pieces: Iterable[str]) -> tuple[str, str]:
        """What the index of these pieces of text holds: the plain forms in order, and the keys that are not among them."""
        order: list[str] = []
        keys: set[str] = set()
        for piece in pieces:
            if order:
                order.append(BREAK)
            for word in self.words(piece):
                order.extend(word.plain)
                keys |= word.keys
        return " ".join(order), " ".join(sorted(keys.difference(order)))

    def sought(self, text: str) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]:
        """The words of a query, each as its parts (a hyphenated one has several): plain form and keys. Capital or small
        makes no difference here."""
        found = []
        for word in self.words(text):
            written = _HIDDEN.sub("", text[word.start : word.end])
            parts = [p for p in _HYPHEN.split(written) if plain_form(p)] if len(word.plain) > 1 else [written]
            found.append(
                tuple(
                    (
                        plain,
                        tuple(sorted(word.keys if plain.isdigit() or len(parts) != len(word.plain) else self._any(p))),
                    )
                    for plain, p in zip(word.plain, parts, strict=False)
                )
            )
        return tuple(found)

    def _any(self, word: str) -> frozenset[str]:
        """The keys of a word of a query: written with a capital or without, and of a compound not its parts. Who seeks
        `Deichverband` does not mean every `Verband`; who seeks `Verband` means that one too."""
        return frozenset(key for w in {word, word.capitalize(), word.lower()} for key in self._own_keys(w))

    def marks(self, text: str, wanted: frozenset[str]) -> list[tuple[int, int]]:
        """Where in a text the words of a query stand: those that share a form with it."""
        return [(w.start, w.end) for w in self.words(text) if not wanted.isdisjoint((*w.plain, *w.keys))]

    def folded(self, text: str) -> str:
        """A whole name in plain forms: `Süddeutsche Zeitung` is `suddeutsche zeitung`."""
        return " ".join(p for w in self.words(text) for p in w.plain)

    def blocks(self, name: str, kind: str, named: bool, roles: Sequence[str], short: Sequence[str]) -> tuple[str, ...]:
        """The keys of which two speakers share one where they could be the same: spellings of a family name, an office."""
        return offices_of(self._language).blocks(name, kind, named, roles, short)

    def _keys_of(self, word: str) -> frozenset[str]:
        """The keys of one word as written, and of a compound those of its parts."""
        keys = self._own_keys(word)
        if word[:1].isupper() and len(word) > 5:
            keys = keys.union(self._key(plain_form(part)) for part in self._lexicon.parts(word))
        return keys

    def _own_keys(self, word: str) -> frozenset[str]:
        """Its basic forms, stemmed, so that every form of it gives the same."""
        lexicon = self._lexicon
        bases = {word}
        noun = lexicon.noun(word) if word[:1].isupper() else None
        if noun:
            bases.add(noun[0])
        else:
            bases |= {lemma.replace("|", "") for lemma, _ in lexicon.verb(word.lower())}
        return frozenset(filter(None, (self._key(plain_form(base)) for base in bases)))

    def _key(self, plain: str) -> str:
        """The stem, unless that is a small word of the grammar: `Sicherheit` must not be found by every `sich`."""
        stem = self._stem(plain)
        return plain if stem in self._small else stem


@lru_cache(_MOST_KEYS)
def plain_form(word: str) -> str:
    """One word without what spellings differ in: case, accents, ß/ss, ä/ae, whatever is neither letter nor digit.

    >>> plain_form("Straße"), plain_form("MÜLLER"), plain_form("Mueller"), plain_form("don't")
    ('strasse', 'muller', 'muller', 'dont')
    """
    return _UMLAUT.sub(r"\1", "".join(c for c in fold(word) if c.isalnum()))


def _stemmer(code: str) -> Callable[[str], str]:
    """Snowball's stemmer where it knows the language; the word itself where not."""
    from Stemmer import Stemmer

    name = {"de": "german", "en": "english"}.get(code)
    if name is None:
        return lambda word: word
    stem: Callable[[str], str] = Stemmer(name).stemWord
    return stem


@lru_cache(maxsize=4)
def searching_of(language: Language) -> Searching:
    """The search forms of a language, prepared at the first use."""
    return Searching(language)
