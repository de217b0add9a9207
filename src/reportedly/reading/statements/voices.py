"""Can this noun speak? People, bodies, states and papers can; a flag, a flood, a figure cannot.

Known from the tables of roles, institutions and states; a capitalised word that no lexicon knows is taken for a name.
"""

from __future__ import annotations

from functools import lru_cache

from reportedly.languages import Language
from reportedly.languages.lexicon import Lexicon, lexicon_of
from reportedly.model.analysis import Token
from reportedly.reading.statements.units import Unit

_PRONOUNS = frozenset(
    [
        "er",
        "sie",
        "wir",
        "ich",
        "man",
        "wer",
        "jemand",
        "niemand",
        "einer",
        "dieser",
        "diese",
        "jener",
        "jene",
        "beide",
        "viele",
        "einige",
        "manche",
        "alle",
        "letzterer",
        "letztere",
        "ersterer",
        "erstere",
        "andere",
        "der",
        "die",
        "welcher",
        "welche",
        "mehrere",
        "zahlreiche",
    ]
)


def may_speak(unit: Unit) -> bool:
    """A noun that can speak, or a pronoun for one."""
    return unit.has("O") or (unit.lower in _PRONOUNS and not unit.has("NE"))


class Voices:
    """The nouns of a language that may be the subject of a verb of saying."""

    def __init__(self, language: Language) -> None:
        self._lexicon: Lexicon = lexicon_of(language)
        exact: set[str] = set()
        ends: set[str] = set()
        adjectival: set[str] = set()
        for row in language.rows("roles"):
            forms = {row["id"], row["feminine"], row["plural"]} - {""}
            exact |= forms
            if row["reach"] == "ends":
                ends |= {f.lower() for f in forms if len(f) > 3}
            if row["declension"] == "a":
                stem = row["id"].removesuffix("r").removesuffix("e")
                adjectival |= {stem + "e", stem + "er", stem + "en"}
        for row in language.rows("institutions"):
            forms = {row["id"], row["plural"]} - {""}
            if row["reach"] != "tail":
                exact |= forms
            if row["reach"] in {"ends", "tail"}:
                ends |= {f.lower() for f in forms if len(f) > 2}
        for row in language.rows("states"):
            exact |= set(row["id"].replace("_", " ").split(" ")[:1])
        for row in language.rows("metonyms"):
            exact |= {word for word in row["id"].replace("_", " ").split() if word[:1].isupper()}
        self._exact = frozenset(exact | adjectival)
        self._ends = tuple(sorted(ends, key=len, reverse=True))
        self.adjectival = frozenset(adjectival)
        self._media = tuple(sorted({r["id"].lower() for r in language.rows("institutions") if r["kind"] == "medium"}))
        self._labels = frozenset(r["id"] for r in language.rows("institutions") if r["naming"] == "label")
        self._papers = tuple(
            sorted({r["id"].lower() for r in language.rows("institutions") if r["kind"] == "document"})
        )
        self._seen: dict[str, str] = {}

    def __call__(self, token: Token) -> str:
        """Extra tags of a noun: O it can speak (person, body, state, paper, name), U a medium, G a document, J a label
        that a name follows (die Zeitung Inselbote)."""
        known = self._seen.get(token.text)
        if known is None:
            known = "O" if self._noun(token.text, token.lemma, "E" in token.tags) else ""
            lemma = token.lemma.lower()
            if lemma.endswith(self._media):
                known += "U"
            if lemma.endswith(self._papers):
                known += "G"
            if token.lemma in self._labels:
                known += "J"
            self._seen[token.text] = known
        return known

    def _noun(self, text: str, lemma: str, name: bool) -> bool:
        for form in (text, lemma, text.rstrip("s"), text.removesuffix("n"), text.removesuffix("en")):
            if form in self._exact:
                return True
        tail = text.rsplit("-", 1)[-1]
        for form in {
            text.lower(),
            lemma.lower(),
            tail.lower(),
            text.lower().removesuffix("n"),
            text.lower().removesuffix("s"),
        }:
            if form.endswith(self._ends):
                return True
        if name or text.isupper():
            return True
        if text.endswith(("innen", "in")) and text.removesuffix("nen").removesuffix("in") in self._exact:
            return True
        stem = lemma.removesuffix("n").removesuffix("er").lower()
        # Taucher and Betreiber are agent nouns of verbs
        return self._lexicon.is_person(text) or (lemma.endswith("er") and self._lexicon.is_verb(stem + "en"))


@lru_cache(maxsize=8)
def voices_of(language: Language) -> Voices:
    """Cached for each language."""
    return Voices(language)
