"""Which words attribute? The cue tables of a language, compiled for look-up by verb, noun and phrase."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from reportedly.languages import Language
from reportedly.languages.grammar import Grammar, grammar_of
from reportedly.languages.lexicon import Lexicon, lexicon_of
from reportedly.languages.tables import Row
from reportedly.reading.statements.voices import Voices, voices_of


@dataclass(frozen=True, slots=True)
class Cue:
    """One row of cues.tsv (or adjectives.tsv): what it is, what it takes, what must stand beside it."""

    lemma: str
    words: tuple[str, ...]
    """Fixed words that must stand in the clause ("zum", "Ausdruck")."""
    correlates: frozenset[str]
    """`darauf` in `wies darauf hin, dass`: part of the cue where it stands."""
    reflexive: bool
    cue_class: str
    medium: str
    takes: frozenset[str]
    prepositions: frozenset[str]
    to: tuple[str, ...]
    """Who is addressed (`dat`, `an:acc`) or talked about (`~dat`)."""
    by: str
    spoken_by: tuple[str, ...] = ()
    """Where not the subject speaks: `aus:dat` (geht aus dem Bericht hervor), `gen`, `acc`; `nobody`: nobody named does."""
    wanted: frozenset[str] = frozenset()
    """Prepositions of which one must stand in the clause: `Im Vertrag steht, dass …`."""
    copulas: frozenset[tuple[str, bool]] = frozenset()
    """Of predicative cues: the verbs they stand with, and whether with `sich`."""

    @property
    def weight(self) -> int:
        """More demanding rows are tried first."""
        return 4 * len(self.words) + 2 * self.reflexive


@dataclass(frozen=True, slots=True)
class NounCue:
    lemma: str
    cue_class: str
    medium: str
    takes: frozenset[str]
    prepositions: frozenset[str]
    verbs: frozenset[str]
    by: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """One reading of a row of phrases.tsv: lower-case words, `slot` is where the noun group stands in them."""

    kind: str
    words: tuple[str, ...]
    slot: int
    heads: frozenset[str]
    """Where not empty: only before one of these nouns."""
    cases: frozenset[str]
    cue_class: str
    medium: str
    by: str


@dataclass(frozen=True, slots=True)
class CueTables:
    """All cue tables of one language."""

    verbs: dict[str, tuple[Cue, ...]]
    nouns: dict[str, tuple[NounCue, ...]]
    states: tuple[Cue, ...]
    """Predicative ones: überzeugt sein, der Ansicht sein."""
    phrases: dict[str, tuple[Phrase, ...]]
    """By their first word."""
    shadows: frozenset[str]
    """Joined particle verbs that are no cues though their base verb is one: `fest|stehen` beside `stehen`."""
    occasions: tuple[str, ...]
    """Ends of the nouns of occasions, in small letters: interview, pressekonferenz."""
    lexicon: Lexicon
    voices: Voices
    grammar: Grammar
    slotted: tuple[Phrase, ...]
    """Those whose words stand behind the name they give: `ihrer Meinung nach`."""
    states_of: dict[tuple[str, bool], tuple[int, ...]]
    """Numbers of the states by the verb they stand with, and whether that is reflexive."""


def _cue(row: Row, lemma: str, words: Iterable[str]) -> Cue:
    plain = tuple(w for w in words if not w.startswith("~"))
    takes = row.list("takes")
    return Cue(
        lemma,
        tuple(w.lower() for w in plain),
        frozenset(w[1:] for w in words if w.startswith("~")),
        bool(row.cells.get("reflexive", "")),
        row["class"] or "neutral",
        row["medium"] or "speech",
        frozenset(t for t in takes if not t.startswith("pp:")),
        frozenset(t[3:] for t in takes if t.startswith("pp:")),
        tuple(t for t in row.list("to") if not t.startswith(("=", "!")) and t != "~nom"),
        row.address,
        tuple("nobody" if t == "~nom" else t[1:] for t in row.list("to") if t.startswith(("=", "!")) or t == "~nom"),
        frozenset(t[1:].split(":")[0] for t in row.list("to") if t.startswith("!")),
        frozenset((v.split("#")[0], "#" in v) for v in row.cells.get("verbs", "").split()),
    )


@lru_cache(maxsize=8)
def cue_tables(language: Language) -> CueTables:
    verbs: dict[str, list[Cue]] = {}
    shadows: set[str] = set()
    for row in language.rows("cues"):
        cue = _cue(row, row["lemma"], row.list("with"))
        if cue.takes & {"never", "hearsay"} and not ("never" in cue.takes and cue.words):
            if "|" in cue.lemma:
                shadows.add(cue.lemma)
            continue  # rows that show what is none, or what carried.py reads
        verbs.setdefault(cue.lemma, []).append(cue)
    states = []
    for row in language.rows("adjectives"):
        if "never" in row.list("takes"):
            continue
        for variant in row["words"].split("|"):
            states.append(_cue(row, "", variant.split()))
    nouns: dict[str, list[NounCue]] = {}
    for row in language.rows("nouns"):
        noun = NounCue(
            row["noun"],
            row["class"],
            row["medium"],
            frozenset(t for t in row.list("takes") if not t.startswith("pp:")),
            frozenset(t[3:] for t in row.list("takes") if t.startswith("pp:")),
            frozenset(row.list("verbs")),
            row.address,
        )
        for form in {noun.lemma, row.cells.get("plural", "")} - {""}:
            nouns.setdefault(form, []).append(noun)
    phrases: dict[str, list[Phrase]] = {}
    for row in language.rows("phrases"):
        for variant in row["words"].split("|"):
            words = variant.lower().split()
            slot = words.index("_") if "_" in words else (0 if row["kind"] == "after" else len(words))
            words = [w for w in words if w != "_"]
            if not words:
                continue
            heads = frozenset(h for h in row.cells.get("heads", "").split("|") if h)
            phrase = Phrase(
                row["kind"],
                tuple(words),
                slot,
                heads,
                frozenset(row.list("case")),
                row["class"] or "neutral",
                row["medium"] or "speech",
                row.address,
            )
            phrases.setdefault(words[0], []).append(phrase)
    ranked = tuple(sorted(states, key=lambda c: -c.weight))
    states_of: dict[tuple[str, bool], list[int]] = {}
    for n, state in enumerate(ranked):
        for copula in state.copulas:
            states_of.setdefault(copula, []).append(n)
    by_first = {
        k: tuple(sorted(v, key=lambda p: (-len(p.words), p.kind != "group", not p.heads))) for k, v in phrases.items()
    }
    return CueTables(
        {k: tuple(sorted(v, key=lambda c: -c.weight)) for k, v in verbs.items()},
        {k: tuple(v) for k, v in nouns.items()},
        ranked,
        by_first,
        frozenset(shadows - set(verbs)),
        tuple(sorted(row["id"].lower() for row in language.rows("occasions"))),
        lexicon_of(language),
        voices_of(language),
        grammar_of(language),
        tuple(p for group in by_first.values() for p in group if p.slot == 0 and p.kind in {"before", "group"}),
        {copula: tuple(numbers) for copula, numbers in states_of.items()},
    )
