"""Which words does this language know? Verb forms with their readings, nouns with lemma and gender."""

from __future__ import annotations

from functools import lru_cache

from reportedly.languages.language import Language

_LINKS = ("", "s", "es", "n", "en", "er")
"""What joins the parts of a compound: Regierung-s-sprecher, Bund-es-tag, Kirche-n-rat, Kind-er-garten."""

_LONGEST = 100
"""Letters of a word. The longest that anybody wrote in earnest have 80; what is longer is no compound to be looked into."""
_MOST_PARTS = 65_536

Readings = tuple[tuple[str, str], ...]


class Lexicon:
    """Full forms in memory (about 90 thousand for German, 20 MB).

    Verb lemmas mark a separable particle: `mit|teilen`. Verb tags: f finite indicative, 1 Konjunktiv I,
    2 Konjunktiv II, p participle II, i infinitive, z infinitive with zu. A form may have several.
    """

    def __init__(self, language: Language) -> None:
        self._verbs: dict[str, Readings] = {}
        self._nouns: dict[str, tuple[str, str]] = {}
        self._infinitives: set[str] = set()
        self._particles: set[str] = set()
        self._small = language.words("smallforms")
        for form, lemma, tags in _cells(language, "verbforms"):
            self._verbs[form] = (*self._verbs.get(form, ()), (lemma, tags))
            self._infinitives.add(lemma)
            if "|" in lemma:
                self._particles.add(lemma.partition("|")[0])
        self._people: set[str] = set()
        self._parts = lru_cache(_MOST_PARTS)(self._cut)  # the same beginnings come again and again in one long word
        for form, lemma, gender, person in _cells(language, "nounforms"):
            self._nouns[form] = (lemma or form, gender)
            if person:
                self._people.add(form)

    def verb(self, form: str) -> Readings:
        """(lemma, tags) of every verb that this lower-case form may be; empty for no verb."""
        return self._verbs.get(form, ())

    def is_particle(self, word: str) -> bool:
        """Is this the separable part of any verb: `hin`, `ab`, `bekannt`?"""
        return word in self._particles

    def noun(self, form: str) -> tuple[str, str] | None:
        """(lemma, gender m|f|n|"") of a common noun as written; None for names and unknown words.

        Compounds are looked up by their longest known end: `Verteidigungsministeriums` is a `Ministerium`.
        """
        found = self._nouns.get(form)
        if found or not 8 <= len(form) <= _LONGEST or not form[0].isupper():
            return found
        word = form.rsplit("-", 1)[-1]
        if word != form and word[:1].isupper():
            tail = self._nouns.get(word)
            return (form[: -len(word)] + tail[0], tail[1]) if tail else None
        for cut in range(3, len(word) - 3):
            tail = self._nouns.get(word[cut:].capitalize())
            if tail and word[:cut].islower() is False and len(word) - cut >= 4:
                return (word[:cut] + tail[0].lower(), tail[1])
        return None

    def knows(self, form: str) -> bool:
        """A common noun in its own right, not only by its last part."""
        return form in self._nouns

    def parts(self, form: str) -> tuple[str, ...]:
        """The nouns that a compound is made of, each in its basic form; empty where it cannot be cut for sure.

        `Verteidigungsministeriums` is made of `Verteidigung` and `Ministerium`, `Schulhäuser` of `Schule` and `Haus`.
        """
        return self._parts(form) if len(form) <= _LONGEST else ()

    def _cut(self, form: str) -> tuple[str, ...]:
        for cut in range(3, len(form) - 2):
            tail = self._nouns.get(form[cut:].capitalize())
            if tail and (head := self._head(form[:cut])):
                return (*(self._parts(head) or (head,)), *(self._parts(tail[0]) or (tail[0],)))
        return ()

    def _head(self, form: str) -> str | None:
        """The basic form of a first part with its link (Bund-es, Kirche-n, Schul-), None where it is no word."""
        for link in _LINKS:
            bare = form.removesuffix(link)
            if (bare != form or not link) and len(bare) > 2 and (found := self._nouns.get(bare.capitalize())):
                return found[0]
        if (found := self._nouns.get(form.capitalize() + "e")) and len(form) > 3:
            return found[0]
        for link in ("", "s"):  # the first part is itself a compound
            bare = form.removesuffix(link) if link else form
            if len(bare) > 6 and self._parts(bare.capitalize()):
                return bare.capitalize()
        return None

    def is_person(self, form: str) -> bool:
        """A common noun for people, itself or by its last part: Wirt, Gastwirtinnen."""
        if form in self._people:
            return True
        if len(form) > _LONGEST:
            return False
        word = form.rsplit("-", 1)[-1]
        for cut in range(3, len(word) - 3):
            tail = word[cut:].capitalize()
            if tail in self._nouns:
                return tail in self._people
        return False

    def is_small(self, form: str) -> bool:
        """An adjective or adverb in this lower-case form."""
        return form in self._small

    def is_verb(self, lemma: str) -> bool:
        return lemma in self._infinitives


def _cells(language: Language, name: str) -> list[list[str]]:
    """Rows of a generated table; read without the checks that tables written by hand get."""
    path = language.folder / f"{name}.tsv"
    if not path.exists():
        return []
    lines = path.read_text("utf-8").split("\n")
    return [line.split("\t") for line in lines[2:] if line]


@lru_cache(maxsize=8)
def lexicon_of(language: Language) -> Lexicon:
    """The lexicon of a language, read at its first use."""
    return Lexicon(language)
