"""What do the tables know about this word: person, body, paper, state, pronoun, title, first name?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from reportedly.languages import Language
from reportedly.languages.grammar import place_adjectives
from reportedly.languages.lexicon import lexicon_of
from reportedly.languages.names import body_key, without_genitive
from reportedly.languages.tables import Row
from reportedly.reading.speakers.inflection import Readings, read_readings


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
_FEMALE = ("erin", "istin", "entin", "antin", "login", "orin", "eurin")
_Form = tuple[str, str, str, str, Row, bool]
"""nominative, gender (p plural), cases, reach, row, person"""


class Vocabulary:
    """The speaker tables of one language as look-ups of full forms."""

    def __init__(self, language: Language) -> None:
        self.lexicon = lexicon_of(language)
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
            if row["gender"] == "p":
                self._know(row["id"] + "n", state)
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
        self._forms: dict[str, list[_Form]] = {}
        for row in language.rows("roles"):
            for form, nominative, gender, cases in _role_forms(row):
                self._add(form, (nominative, gender, cases, row["reach"], row, True))
        for row in language.rows("institutions"):
            for form, nominative, gender, cases in _body_forms(row):
                self._add(form, (nominative, gender, cases, row["reach"], row, False))

    def _know(self, name: str, known: Known) -> None:
        self.known.setdefault(body_key(name), (known, name))

    def _add(self, form: str, entry: _Form) -> None:
        self._forms.setdefault(form.lower(), []).append(entry)

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
        whole = [e for e in self._forms.get(lower, ()) if e[3] != "tail"]
        if whole:
            return tuple(_noun(e, "") for e in whole)
        for cut in range(1, len(lower) - 2):
            entries = self._forms.get(lower[cut:])
            if not entries:
                continue
            hyphen = lower[cut - 1] == "-"
            if not hyphen and (cut < 3 or len(lower) - cut < (4 if cut < 5 else 3)):
                continue
            entries = [e for e in entries if hyphen or e[3] != "exact"]
            if not entries or not self._is_compound(word, entries):
                continue
            return tuple(_noun(e, word[:cut]) for e in entries)
        if lower.endswith(("ologe", "ologen")) and len(lower) > 7:
            base = word.removesuffix("n")
            one = Noun(
                base, base, "m", frozenset("n" if base == word else "gda"), "person", False, "", "speakers/ologe", True
            )
            if base == word:
                return (one,)
            return (one, Noun(word, base, "p", frozenset(_ALL), "group", False, "", "speakers/ologe", True))
        if lower.endswith(_FEMALE) and len(lower) > 6 and word not in self.firstnames:
            # `Kolumbianerin`, `Kampagnenplanerin`: no other nouns end so
            return (Noun(word, word[:-2], "f", frozenset(_ALL), "person", False, "", "speakers/feminine", True),)
        return ()

    def _is_compound(self, word: str, entries: list[_Form]) -> bool:
        """`Fahrzeuge` is no kind of `Zeuge`: a known lemma must end like the row."""
        known = self.lexicon.noun(word)
        if known is None or known[0] == word:
            return True
        lemma = known[0].lower()
        ends = [x.lower() for e in entries for x in (e[0], e[4]["id"])]
        many = any(e[4].cells.get("declension") == "p" for e in entries)  # `Kreise`, whose lemma is `Kreis`
        return any(lemma.endswith((x, x[:-1]) if many else x) for x in ends)


def _noun(entry: _Form, prefix: str) -> Noun:
    nominative, gender, cases, _, row, person = entry
    if prefix:
        nominative = prefix + (nominative if prefix[-1] == "-" else nominative[0].lower() + nominative[1:])
    kind = row["kind"]
    if person and kind == "person" and gender == "p":
        kind = "group"
    label = not person and row["naming"] == "label"
    adjectival = person and row["declension"] == "a"
    return Noun(
        nominative,
        row["id"],
        gender,
        frozenset(cases),
        kind,
        label,
        prefix.rstrip("-"),
        row.address,
        person,
        adjectival,
        not person and row["naming"] == "saying",
    )


def _role_forms(row: Row) -> list[tuple[str, str, str, str]]:
    """(form, nominative, gender, cases) of a row of roles.tsv."""
    id_, plural, feminine = row["id"], row["plural"], row["feminine"]
    declension = row["declension"]
    out: list[tuple[str, str, str, str]] = []
    neuter = "n" if row["gender"] == "n" else "m"
    if declension == "p":
        out += _plural_forms(id_)
    elif declension == "a":
        base = id_[:-1]
        out += [(id_, id_, "m", "n"), (id_, plural, "p", "g"), (base, id_, "m", "n")]
        out += [(base + "n", id_, "m", "gda"), (base + "m", id_, "m", "d"), (base + "n", plural, "p", _ALL)]
        if feminine == base:
            out += [(base, feminine, "f", "na"), (base + "n", feminine, "f", "gd"), (id_, feminine, "f", "gd")]
        elif feminine != "-":
            out += [(feminine, feminine, "f", _ALL), (feminine + "nen", feminine + "nen", "p", _ALL)]
        out.append((base, plural, "p", "na"))
    elif declension == "f":
        out += [(id_, id_, "f", _ALL), *_plural_forms(plural)]
    else:
        if declension == "n":
            out += [(id_, id_, "m", "n"), (plural, id_, "m", "gda"), (plural + "s", id_, "m", "g")]
        else:
            out += [(id_, id_, neuter, "nda"), (id_ + "s", id_, neuter, "g"), (id_ + "es", id_, neuter, "g")]
        out += _plural_forms(plural)
        if feminine != "-":
            many = feminine + ("nen" if feminine.endswith("in") else "en")
            out += [(feminine, feminine, "f", _ALL), (feminine + "s", feminine, "f", "g"), (many, many, "p", _ALL)]
    return out


def _plural_forms(plural: str) -> list[tuple[str, str, str, str]]:
    if plural == "-":
        return []
    if plural.endswith(("n", "s")):
        return [(plural, plural, "p", _ALL)]
    return [(plural, plural, "p", "nga"), (plural + "n", plural, "p", "d")]


def _body_forms(row: Row) -> list[tuple[str, str, str, str]]:
    """(form, nominative, gender, cases) of a row of institutions.tsv."""
    id_, gender, plural = row["id"], row["gender"], row["plural"]
    if gender == "p":
        return _plural_forms(plural)
    if gender == "f":
        out = [(id_, id_, "f", _ALL)]
        if id_.endswith("te") and plural == id_ + "n":
            out.append((plural, id_, "f", "gd"))
    elif plural == id_ + "en" and id_.endswith(("ist", "ent", "ant", "graf")):
        out = [(id_, id_, "m", "n"), (plural, id_, "m", "gda")]
    else:
        genitives = [id_ + "ses"] if id_.endswith("nis") else [id_ + "s", id_ + "es"]
        out = [(id_, id_, gender, "nda"), *((g, id_, gender, "g") for g in genitives)]
        if id_.endswith(("ss", "ß")):
            out.append((id_[: -len("ss")] + "ß", id_, gender, "nda"))
    return out + _plural_forms(plural)


@lru_cache(maxsize=8)
def vocabulary_of(language: Language) -> Vocabulary:
    """The vocabulary of a language, built at its first use."""
    return Vocabulary(language)
