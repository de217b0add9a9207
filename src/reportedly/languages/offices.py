"""Which office does a role name, and whose is it? `russischer Präsident`, `Kremlchef` and `Russlands Präsident` are one office.

Also: for whom does a seat stand (`Moskau`, `der Kreml`), and by which keys may speakers of two articles be the same?
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from reportedly.languages.grammar import Grammar, grammar_of
from reportedly.languages.language import Language
from reportedly.languages.names import body_key, family_name, fold, sound, without_genitive

BODIES = frozenset({"organisation", "medium", "state", "unknown"})
"""Kinds of speakers that are institutions, or may be."""
_ENDING = re.compile("(?:e[nmrs]?|n)$")


@dataclass(frozen=True, slots=True)
class Office:
    """An office and its owner: president of RU. `owner` is "" where the words do not tell it."""

    name: str
    owner: str

    @property
    def key(self) -> str:
        """ "president RU"."""
        return f"{self.name} {self.owner}".strip()


class Offices:
    """The tables of offices, owners and seats of one language."""

    def __init__(self, language: Language) -> None:
        grammar = grammar_of(language)
        self._articles = grammar.words("owner_article")
        self._before_seat = self._articles | grammar.words("seat_preposition")
        self._government = frozenset(noun.casefold() for noun in grammar.words("government_body"))
        self._forms: dict[str, tuple[str, str]] = {}
        self._titles: dict[str, str] = {}
        for row in language.rows("offices"):
            self._titles.setdefault(row["office"], row["title"])
            for form in row.list("forms", "|"):
                self._forms[form.casefold()] = (row["office"], row["owner"])
        self._bodies_of_state = {row["id"]: row["title"] for row in language.rows("state_bodies")}
        self._owners: dict[str, str] = {}
        self._adjectives: dict[str, str] = {}
        self._genitives: dict[str, str] = {}
        for row in language.rows("owners"):
            self._know(row["code"], row.list("forms", "|"), row.list("adjectives", "|"))
            self._genitives[row["code"]] = row["genitive"]
        for row in language.rows("states"):
            self._know(row["code"], (row["id"],), (row["adjective"],) if row["adjective"] else ())
            self._genitives.setdefault(row["code"], _genitive(row["id"], row["gender"], grammar))
        self._never = tuple(fold(word) for word in sorted(language.words("not_in_office")))
        self._bodies: dict[str, str] = {}
        for row in language.rows("metonyms"):
            for name in (row["id"], *row.list("aliases", "|")):
                self._bodies.setdefault(body_key(name), body_key(row["id"]))
        self._seats: dict[str, tuple[Office, bool]] = {}
        for row in language.rows("stands_for"):
            seat = Office(row["body"], row["code"]), row["alone"] == "yes"
            for name in (row["id"], *row.list("aliases", "|")):
                self._seats[body_key(name)] = seat

    def _know(self, code: str, forms: Sequence[str], adjectives: Sequence[str]) -> None:
        for form in forms:
            self._owners.setdefault(fold(form), code)
        for adjective in adjectives:
            self._adjectives.setdefault(fold(adjective), code)

    def office_of(self, words: str) -> Office | None:
        """The office that a role or description names; None for none, for a former or a future one, for somebody's aide.

        >>> from reportedly.languages import load
        >>> offices = offices_of(load("de"))
        >>> offices.office_of("der russische Präsident"), offices.office_of("ehemaliger US-Präsident")
        (Office(name='president', owner='RU'), None)
        """
        parts = words.split()
        for at, word in enumerate(parts):
            prefix, form = self._head(word)
            if form is None:
                continue
            office, told = form
            owners = [self._adjective(w) for w in parts[:at]]
            before = [self._owner(w) for w in parts[:at]]
            if any(w.casefold().startswith(self._never) for w in map(fold, parts[:at])):
                return None
            unknown = [
                w for w, a, b in zip(parts[:at], owners, before, strict=True) if not a and not b and w[:1].isupper()
            ]
            behind = self._behind(parts[at + 1 :])
            if behind is None or unknown:
                return None
            named = {code for code in (prefix, *owners, *before, behind) if code}
            if len(named) > 1 or (told and not told.startswith("default:") and named - {told}):
                return None
            return Office(office, next(iter(named), "") or told.removeprefix("default:"))
        return None

    def _head(self, word: str) -> tuple[str, tuple[str, str] | None]:
        """`US-Präsident` is (US, president): the owner before the hyphen, and the office."""
        found = self._forms.get(word.casefold())
        if found is None and "-" in word:
            front, _, last = word.rpartition("-")
            code = self._owners.get(fold(front))
            if code:
                return code, self._forms.get(last.casefold())
        return "", found

    def _adjective(self, word: str) -> str:
        if not word[:1].islower() and "-" not in word:
            return ""
        key = fold(word)
        return self._adjectives.get(key) or self._adjectives.get(_ENDING.sub("", key)) or ""

    def _owner(self, word: str) -> str:
        if not word[:1].isupper():
            return ""
        return self._owners.get(fold(word)) or self._owners.get(fold(without_genitive(word))) or ""

    def _behind(self, words: Sequence[str]) -> str | None:
        """Whose office by what stands behind: `der Ukraine`, `von Belarus`, `Russlands`; None where that is no owner."""
        rest = [w for w in words if w.casefold() not in self._articles]
        if not rest:
            return ""
        whole = " ".join(rest)
        return self._owner(whole) or (
            self._owners.get(fold(re.sub("(?<=[a-z])[ns](?= |$)", "", whole))) if len(rest) > 1 else None
        )

    def body(self, name: str) -> tuple[Office, bool] | None:
        """The body that a seat, or `russische Regierung`, stands for, and whether it surely does."""
        found = self._seats.get(body_key(name))
        if found is not None:
            return found
        parts = [w for w in name.split() if w.casefold() not in self._before_seat]
        if len(parts) == 1 and "-" in parts[0]:
            front, _, last = parts[0].rpartition("-")
            code = self._owners.get(fold(front), "")
            return (Office("government", code), True) if code and last.casefold() in self._government else None
        if len(parts) != 2 or self._government.isdisjoint(p.casefold() for p in parts):
            return None
        other = next((p for p in parts if p.casefold() not in self._government), "")
        code = self._adjectives.get(_ENDING.sub("", fold(other))) or self._owner(other)
        if not code and (seat := self._seats.get(body_key(other))) and seat[0].name == "government":
            code = seat[0].owner
        return (Office("government", code), True) if code else None

    def canonical(self, name: str) -> str:
        """A key for a body that all of its true names share: `IWF` and `Internationaler Währungsfonds`."""
        key = body_key(name)
        return self._bodies.get(key, key)

    def in_tables(self, name: str) -> bool:
        """Is this one of the names that the tables give to a body?"""
        return body_key(name) in self._bodies

    def knows(self, office: str) -> bool:
        """Is this the name of an office: `president`?"""
        return office in self._titles

    def title(self, key: str) -> str:
        """What an office is called: "president RU" is `Präsident Russlands`."""
        name, _, owner = key.partition(" ")
        title = self._titles.get(name) or self._bodies_of_state.get(name, name)
        return f"{title} {self._genitives.get(owner, owner)}".strip()

    def blocks(self, name: str, kind: str, named: bool, roles: Sequence[str], short: Sequence[str]) -> tuple[str, ...]:
        """The keys of which two speakers share one where they could be the same; none where nobody could tell."""
        keys: list[str] = []
        if kind == "person":
            if named and (words := name.split()):
                keys.append(f"p:{family_sound(words)}")
            for role in roles if named else (name, *roles):
                office = self.office_of(role)
                if office is not None and office.owner:
                    keys.append(f"o:{office.key}")
        elif kind in BODIES and named:
            stands = self.body(name)
            keys.append(f"b:{stands[0].key if stands else self.canonical(name)}")
            keys += [f"a:{acronym.casefold()}" for acronym in short]
            if is_acronym(name):
                keys.append(f"a:{name.casefold()}")
        return tuple(dict.fromkeys(keys))


def _genitive(state: str, gender: str, grammar: Grammar) -> str:
    """`Russlands`, `der Ukraine`, `der USA`, `des Iran`."""
    if gender in {"f", "p"}:
        return " ".join((grammar.word("feminine_genitive"), state))
    if gender == "m":
        return " ".join((grammar.word("sure_genitive"), state))
    if state.endswith(grammar.ends("hissing_end")):
        return " ".join((grammar.word("of_bare"), state))
    return state + grammar.word("genitive_s_end")


def family_sound(words: Sequence[str]) -> str:
    """A key that all spellings of a family name share; of a double name its last part."""
    return sound(without_genitive(family_name(words)[-1].rsplit("-", 1)[-1]))


def is_acronym(name: str) -> bool:
    """`BAMF`, `DLRG`; not `Bundestag` and not `New York`."""
    letters = [c for c in name if c.isalpha()]
    return 2 <= len(letters) <= 8 and " " not in name and sum(c.isupper() for c in letters) * 2 > len(letters)


@lru_cache(maxsize=4)
def offices_of(language: Language) -> Offices:
    """The offices of a language, prepared at the first use."""
    return Offices(language)
