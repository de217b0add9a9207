"""What do the tables know about this word: person, body, paper, state, pronoun, title, first name?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from reportedly.languages import Language
from reportedly.languages.grammar import grammar_of, place_adjectives
from reportedly.languages.lexicon import lexicon_of
from reportedly.languages.names import body_key, without_genitive
from reportedly.languages.tables import Row
from reportedly.reading.speakers.forms import Form, Forms
from reportedly.reading.speakers.inflection import Inflection, Readings, read_readings
from reportedly.reading.speakers.wordsets import word_sets


@dataclass(frozen=True, slots=True)
class Noun:
    """One reading of a word as a noun of the tables: `Pentagon-Sprecherin` is `Sprecherin`, head `Sprecher`."""

    nominative: str
    head: str
    gender: str
    cases: frozenset[str]
    kind: str
    label: bool
    modifier: str
    address: str
    person: bool
    adjectival: bool = False
    saying: bool = False

    @property
    def readings(self) -> Readings:
        return frozenset((self.gender, c) for c in self.cases)


@dataclass(frozen=True, slots=True)
class Pointer:
    """A pronoun or determiner: what it may agree with, and the word kept in a name (`einige`)."""

    type: str
    keep: str
    readings: Readings
    address: str


@dataclass(frozen=True, slots=True)
class Known:
    """A body, medium or state that the tables know by name."""

    name: str
    kind: str
    gender: str
    address: str


_ALL = "ngda"
_Reading = tuple[Form, Row, bool]
"""A form, the row of its noun, whether that is a person."""


class Vocabulary:
    """The speaker tables of one language as look-ups of full forms."""

    def __init__(self, language: Language) -> None:
        self.lexicon = lexicon_of(language)
        self.sets = word_sets(grammar_of(language))
        self.inflection = Inflection(language, self.sets, self.lexicon)
        self.joint = self.sets.joining_word or "&"
        """Stands before the last of several names."""
        self.pointers: dict[str, list[Pointer]] = {}
        for row in language.rows("pronouns"):
            found = Pointer(row["type"], row["keep"], read_readings(row["readings"]), row.address)
            self.pointers.setdefault(row["id"].split(" ")[0], []).append(found)
        self.titles = {row["id"]: row["gender"] for row in language.rows("titles")}
        self.firstnames = {row["id"]: row["gender"] for row in language.rows("firstnames")}
        self.known: dict[str, tuple[Known, str]] = {}
        for row in language.rows("states"):
            state = Known(row["id"], "state", row["gender"], row.address)
            self._know(row["id"], state)
            for end in self.sets.dative_plural_n_end if row["gender"] == "p" else ():
                self._know(row["id"] + end, state)
            if row["capital"]:
                self._know(row["capital"], Known(row["capital"], "state", "n", row.address))
        for row in language.rows("metonyms"):
            known = Known(row["id"], row["kind"], row["gender"], row.address)
            for name in (row["id"], *row.list("aliases", "|")):
                self._know(name, known)
        self.neutral_stems = tuple(row["stem"] for row in language.rows("neutral_roles"))
        """Beginnings and ends of the masculine words by which translations render `the official`."""
        self.closed = {word for row in language.rows("words") for word in row.list("words")}
        self.places = {form for row in language.rows("places") for form in row.list("forms", "|")}
        self.place_adjectives = place_adjectives(language)
        self._forms: dict[str, list[_Reading]] = {}
        forms = Forms(language, self.sets)
        for row in language.rows("roles"):
            self._add((form, row, True) for form in forms.of_role(row))
        for row in language.rows("institutions"):
            self._add((form, row, False) for form in forms.of_body(row))

    def _know(self, name: str, known: Known) -> None:
        self.known.setdefault(body_key(name), (known, name))

    def _add(self, readings: Iterable[_Reading]) -> None:
        for reading in readings:
            self._forms.setdefault(reading[0].text.lower(), []).append(reading)

    def pointer(self, word: str, *types: str) -> Pointer | None:
        """The first pronoun or determiner reading of one of `types`."""
        return next((p for p in self.pointers.get(word.lower(), ()) if p.type in types), None)

    def title(self, word: str) -> str | None:
        """m, f or "" for a title (`Herr`, `Dr.`), None for another word."""
        found = self.titles.get(word)
        return found if found is not None else self.titles.get(word.rstrip(".") + ".")

    def body(self, name: str) -> Known | None:
        """A body, medium or state by any of its names, case endings aside."""
        found = self.known.get(body_key(name)) or self.known.get(body_key(without_genitive(name)))
        if found is None or (found[1].isupper() and not name.isupper() and self.lexicon.noun(name) is not None):
            return None  # `der Bund` is not the BUND
        return found[0]

    def firstname(self, word: str) -> str | None:
        """m, f or "" for a first name, None for another word. `Hans-Peter` is found by its first part."""
        found = self.firstnames.get(word)
        if found is None and "-" in word:
            first, _, last = word.partition("-")
            if last in self.firstnames:
                found = self.firstnames.get(first)
        return found

    @lru_cache(maxsize=32768)  # noqa: B019 - one Vocabulary a language, kept for the life of the process
    def nouns(self, word: str) -> tuple[Noun, ...]:
        """All readings of a word as one of our nouns; a compound by its longest known end."""
        if not word or len(word) > 60 or not (word[0].isupper() or word[0].isdigit() or "-" in word):
            return ()
        lower = word.lower()
        whole = [e for e in self._forms.get(lower, ()) if e[1]["reach"] != "tail"]
        if whole:
            return tuple(_noun(e, "") for e in whole)
        for cut in range(1, len(lower) - 2):
            entries = self._forms.get(lower[cut:])
            if not entries:
                continue
            hyphen = lower[cut - 1] == "-"
            if not hyphen and (cut < 3 or len(lower) - cut < (4 if cut < 5 else 3)):
                continue
            entries = [e for e in entries if hyphen or e[1]["reach"] != "exact"]
            if not entries or not self._is_compound(word, entries):
                continue
            return tuple(_noun(e, word[:cut]) for e in entries)
        if lower.endswith(self.sets.scholar_end) and len(lower) > 7:
            base = next((word.removesuffix(end) for end in self.sets.weak_noun_end if word.endswith(end)), word)
            one = Noun(
                base, base, "m", frozenset("n" if base == word else "gda"), "person", False, "", "speakers/ologe", True
            )
            if base == word:
                return (one,)
            return (one, Noun(word, base, "p", frozenset(_ALL), "group", False, "", "speakers/ologe", True))
        if lower.endswith(self.sets.feminine_person_end) and len(lower) > 6 and word not in self.firstnames:
            # `Kolumbianerin`, `Kampagnenplanerin`: no other nouns end so
            head = next((word[: -len(end)] for end in self.sets.feminine_in_end if lower.endswith(end)), word)
            return (Noun(word, head, "f", frozenset(_ALL), "person", False, "", "speakers/feminine", True),)
        return ()

    def _is_compound(self, word: str, entries: list[_Reading]) -> bool:
        """`Fahrzeuge` is no kind of `Zeuge`: a known lemma must end like the row."""
        known = self.lexicon.noun(word)
        if known is None or known[0] == word:
            return True
        lemma = known[0].lower()
        ends = [x.lower() for form, row, _ in entries for x in (form.nominative, row["id"])]
        many = any(row.cells.get("declension") == "p" for _, row, _ in entries)  # `Kreise`, whose lemma is `Kreis`
        return any(lemma.endswith((x, x[:-1]) if many else x) for x in ends)


def _noun(entry: _Reading, prefix: str) -> Noun:
    form, row, person = entry
    nominative = form.nominative
    if prefix:
        nominative = prefix + (nominative if prefix[-1] == "-" else nominative[0].lower() + nominative[1:])
    kind = row["kind"]
    if person and kind == "person" and form.gender == "p":
        kind = "group"
    label = not person and row["naming"] == "label"
    adjectival = person and row["declension"] == "a"
    return Noun(
        nominative,
        row["id"],
        form.gender,
        frozenset(form.cases),
        kind,
        label,
        prefix.rstrip("-"),
        row.address,
        person,
        adjectival,
        not person and row["naming"] == "saying",
    )


@lru_cache(maxsize=8)
def vocabulary_of(language: Language) -> Vocabulary:
    """The vocabulary of a language, built at its first use."""
    return Vocabulary(language)
