"""Can this noun speak? People, bodies, states and papers can; a flag, a flood, a figure cannot.

Known from the tables of roles, institutions and states; a capitalised word that no lexicon knows is taken for a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from reportedly.languages import Language
from reportedly.languages.grammar import grammar_of
from reportedly.languages.lexicon import Lexicon, lexicon_of
from reportedly.model.analysis import Token
from reportedly.reading.statements.groups import Group
from reportedly.reading.statements.tags import FINITE
from reportedly.reading.statements.units import Unit

_MOST = 1 << 14
"""Nouns whose tags are kept."""


def may_speak(unit: Unit) -> bool:
    """A noun that can speak, or a pronoun for one."""
    return unit.has("O") or (unit.is_("speaking_pronoun") and not unit.has("NE"))


def voice_of(units: Sequence[Unit], group: Group) -> Unit:
    """The noun of a group that tells whether it can speak: in `Minister Vogel` the title, where the name is a bird."""
    head = units[group.head]
    title = units[group.head - 1] if group.head > group.start else head
    return title if title.has("N") and title.has("O") and not may_speak(head) else head


class Voices:
    """The nouns of a language that may be the subject of a verb of saying."""

    def __init__(self, language: Language) -> None:
        self._lexicon: Lexicon = lexicon_of(language)
        grammar = grammar_of(language)
        self._case_ends = grammar.ends("case_end")
        self._feminine_ends = grammar.ends("feminine_end")
        self._agent_ends = grammar.ends("agent_end")
        self._infinitive_ends = grammar.ends("infinitive_end")
        self._places = frozenset(f for r in language.rows("places") for f in r.list("forms", "|"))
        bodies = [r for r in language.rows("institutions") if r["kind"] == "organisation"]
        self._bodies = tuple(sorted({f.lower() for r in bodies for f in (r["id"], r["plural"]) if len(f) > 2}))
        declension = grammar.ends("adjective_declension_end")
        exact: set[str] = set()
        ends: set[str] = set()
        adjectival: set[str] = set()
        for row in language.rows("roles"):
            forms = {row["id"], row["feminine"], row["plural"]} - {""}
            exact |= forms
            if row["reach"] == "ends":
                ends |= {f.lower() for f in forms if len(f) > 3}
            if row["declension"] == "a":
                stem = _without(row["id"], declension)
                adjectival |= {stem + end for end in declension}
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
        media = [r for r in language.rows("institutions") if r["kind"] == "medium"]
        self._media = tuple(sorted({r["id"].lower() for r in media}))
        named = {
            n for r in language.rows("metonyms") if r["kind"] == "medium" for n in (r["id"], *r.list("aliases", "|"))
        }
        bare = {words[1] for n in named if len(words := n.split()) == 2 and words[0] in grammar.titled("plain_article")}
        self._ends_of_names: dict[str, list[tuple[str, ...]]] = {}
        for words in (n.split() for n in sorted(named)):
            if len(words) > 1 and words[0] not in grammar.titled("plain_article"):
                self._ends_of_names.setdefault(words[-1], []).append(tuple(map(_bare, words[:-1])))
        self._quoted = frozenset(n for n in named | bare if " " not in n)
        capitals = {w for n in named for w in n.split() if w.isupper() and len(w) > 3}
        self._brands = frozenset(n for n in named | capitals if " " not in n and not _everyday(self._lexicon, n))
        """`Reuters`, `Tagesschau`, `ZEIT` of `ZEIT ONLINE`; what is an everyday noun too (`Stern`) is none without its marks."""
        self._labels = frozenset(r["id"] for r in language.rows("institutions") if r["naming"] == "label")
        self._papers = tuple(
            sorted({r["id"].lower() for r in language.rows("institutions") if r["kind"] == "document"})
        )
        self._plural_verb = grammar.ends("plural_verb_end")
        self._tags = lru_cache(_MOST)(self._tags_of)

    def of_article(self, tokens: Sequence[Token]) -> dict[int, str]:
        """Extra tags of all nouns of an article by number of token; `Post` in `der Rheinischen Post` is a paper, too."""
        out = {t.i: extra for t in tokens if t.tags & {"N", "E"} and (extra := self(t))}
        for t in tokens:
            for before in self._ends_of_names.get(t.text, ()):
                first = t.i - len(before)
                if first >= 0 and tuple(_bare(tokens[i].text) for i in range(first, t.i)) == before:
                    out[t.i] = out.get(t.i, "") + "OU"
        out |= {t.i: out.get(t.i, "") + "O" for t, behind in pairwise(tokens) if self._bare_name(tokens, t, behind)}
        for adjective, t in pairwise(tokens):
            if (
                "N" in t.tags
                and adjective.tags == {"A"}
                and adjective.text[0].isupper()
                and self._determined(tokens, adjective)
            ):
                out[t.i] = out.get(t.i, "") + "O"  # "die Deutsche Aidshilfe": an adjective with a capital makes a name
        return out

    def _determined(self, tokens: Sequence[Token], adjective: Token) -> bool:
        """Does a determiner stand before it, in the same sentence?"""
        before = tokens[adjective.i - 1] if adjective.i else adjective
        return before.sentence == adjective.sentence and "D" in before.tags

    def _bare_name(self, tokens: Sequence[Token], token: Token, behind: Token) -> bool:
        """`Lauterbach warnte`, `nun warnte Lauterbach`: beside its verb and without an article a compound that no lexicon has as
        a whole is a name. `Klimaschutz gilt …` is a word of the language."""
        if "N" not in token.tags or token.tags & FINITE or "-" in token.text:
            return False
        before = tokens[token.i - 1] if token.i and tokens[token.i - 1].sentence == token.sentence else None
        verb = behind if before is None else before
        known = self._lexicon.noun(token.text) if verb.tags & FINITE and verb.text.islower() else None
        compound = known is not None and known[1] != "f" and not self._lexicon.knows(token.text)
        return compound and not verb.lower.endswith(self._plural_verb)

    def __call__(self, token: Token) -> str:
        """Extra tags of a noun: O it can speak (person, body, state, paper, name), U a medium, b the name of one (Reuters),
        v what is one in quotation marks („Welt“), I a body with a seat (Botschaft), G a document, l a place, J a label that a name follows (die Zeitung Inselbote)."""
        return self._tags(token.text, token.lemma, "E" in token.tags)

    def _tags_of(self, text: str, lemma: str, name: bool) -> str:
        known = "O" if self._noun(text, lemma, name) else ""
        if lemma.lower().replace("-", "").endswith(self._media):
            known += "U"
        elif text in self._brands:
            known += "Ub"
        elif text in self._quoted:
            known += "v"
        if lemma.lower().endswith(self._papers):
            known += "G"
        if not name and lemma.lower().endswith(self._bodies):
            known += "I"
        if text in self._places:
            known += "l"
        return known + "J" if lemma in self._labels else known

    def _noun(self, text: str, lemma: str, name: bool) -> bool:
        if any(form in self._exact for form in (text, lemma, *(text.removesuffix(end) for end in self._case_ends))):
            return True
        tail = text.rsplit("-", 1)[-1]
        lower = text.lower()
        bare = (lower.removesuffix(end) for end in self._case_ends if len(end) == 1)
        if any(form.endswith(self._ends) for form in (lower, lemma.lower(), tail.lower(), *bare)):
            return True
        if name or text.isupper():
            return True
        if any(text.endswith(end) and text.removesuffix(end) in self._exact for end in self._feminine_ends):
            return True
        return self._lexicon.is_person(text) or self._is_agent(lemma)

    def _is_agent(self, lemma: str) -> bool:
        """Taucher and Betreiber are agent nouns of verbs."""
        stems = [lemma.removesuffix(end).lower() for end in self._agent_ends if lemma.endswith(end)]
        return any(self._lexicon.is_verb(stem + end) for stem in stems for end in self._infinitive_ends)


def _bare(word: str) -> str:
    """`Rheinischen` and `Rheinischer` as `Rheinische`."""
    return word.rstrip("nmrs")


def _everyday(lexicon: Lexicon, word: str) -> bool:
    """Stern and Zeit are nouns first; Tagesschau is known too, but long words are nothing else."""
    found = lexicon.noun(word) if lexicon.knows(word) else None
    return bool(found and found[1]) and len(word) <= 8


def _without(word: str, ends: tuple[str, ...]) -> str:
    """The word without the longest of the endings that it has."""
    return word.removesuffix(max((end for end in ends if word.endswith(end)), key=len, default=""))


@lru_cache(maxsize=8)
def voices_of(language: Language) -> Voices:
    """Cached for each language."""
    return Voices(language)
