"""Which places does the text name as places, not as powers that act?

"In Moskau", "nach Russland", "in der russischen Region Kursk" and "im Osten Deutschlands" are places; in "Moskau
betrachtet …" and "gegen Russland" a government is meant. So a name counts only where a preposition of place, a side
or a class noun leads to it, in a row behind such a name, or in a dateline. The place holds the words that lead to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale

from reportedly.languages import Language
from reportedly.model.fact import Place
from reportedly.model.span import Span

_CAPITAL = re.compile(r"(?<![\w-])[^\W\d_a-zäöüß][\w’'.]*(?:-\w+)*")
_REACH = 90
_ADJECTIVE = r"(?:(?:US-)?[a-zäöüß][\w-]{2,30}(?:en|em|er)\s)"


@dataclass(frozen=True, slots=True)
class Entry:
    """A name as a text may write it, and what it names."""

    form: str
    name: str
    kind: str
    country: str | None
    by: str


class Gazetteer:
    """The names of `places.tsv` and the countries of CLDR, by their first word; and the frames that make them places."""

    def __init__(self, language: Language) -> None:
        self.by_word: dict[str, list[Entry]] = {}
        for row in language.rows("places"):
            for form in row.list("forms", "|"):
                self._add(Entry(form, row["name"], row["kind"], row["country"] or None, row.address))
        for code, name in Locale.parse(language.code).territories.items() if self.by_word else ():
            if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES and "(" not in name:
                self._add(Entry(name, name, "country", code, f"cldr/territories#{code}"))
        for entries in self.by_word.values():
            entries.sort(key=lambda e: -len(e.form))
        words: dict[str, list[str]] = {}
        self.adjectives: dict[str, str] = {}
        kinds: dict[str, set[str]] = {}
        open_classes: list[str] = []
        for row in language.rows("place_words"):
            forms = row.list("forms", "|")
            words.setdefault(row["kind"], []).extend(forms)
            for form in forms:
                if row["kind"] == "prep":
                    kinds.setdefault(form.lower(), set()).update(row["value"].split())
                elif row["kind"] == "adjective":
                    self.adjectives[form.lower()] = row["value"]
            if row["kind"] == "class" and row["value"] == "+":
                open_classes.extend(forms)
        self.kinds = kinds
        self.classes = frozenset(words.get("class", []))
        prep, side, nouns, joins, lead = (_any(words.get(k, [])) for k in ("prep", "side", "class", "row", "article"))
        article = rf"(?:(?:{lead})\s)?"
        self.row = re.compile(rf"\s?(?:,|/|(?:{joins}))\s(?:(?:{joins})\s)?{article}|\s?\(")
        agency = _any(words.get("agency", []))
        self.dateline = re.compile(
            rf"(?:\s?[,/–-]\s?[A-ZÄÖÜ]\w{{1,20}})?(?:,\s\d\d?\.\s\w{{3,9}})?\s?(?:\((?:{agency})|[–—]\s[A-ZÄÖÜ])"
        )
        self.frame = re.compile(
            rf"(?<![\w-])(?:(?P<prep>(?i:{prep}))\s{article}{_ADJECTIVE}{{0,3}}"
            rf"(?:(?P<side>{side})\s(?:(?:der|des|von|vom|zu|zur|zum|in|im)\s)?{_ADJECTIVE}{{0,2}})?(?:(?P<noun>{nouns})\s(?:von\s)?)?"
            rf"|(?i:{lead})\s{_ADJECTIVE}{{0,2}}(?P<bare>{_any(open_classes)})\s)$"
        )

    def country_in(self, frame: str) -> str | None:
        """The country that an adjective names: "im ukrainischen Dorf" is in UA."""
        stems = (re.sub(r"e[mnrs]?$", "", word.lower()) for word in frame.split())
        return next((self.adjectives[stem] for stem in stems if stem in self.adjectives), None)

    def unlisted(self, text: str, m: re.Match[str], floor: int) -> tuple[Entry, int] | None:
        """A name that no table has, where class noun and country leave no doubt: "im ukrainischen Dorf Nowosilka"."""
        before = text[max(floor, m.start() - _REACH) : m.start()]
        if not before.endswith(" ") or before.split()[-1:] == [] or before.split()[-1] not in self.classes:
            return None
        frame = self.frame.search(before)
        country = self.country_in(frame[0]) if frame else None
        if frame is None or country is None or not (frame["noun"] or frame["bare"]):
            return None
        return Entry(m[0], m[0], "city", country, "facts/unlisted_place"), m.start() - len(before) + frame.start()

    def _add(self, entry: Entry) -> None:
        self.by_word.setdefault(re.split(r"[\s(,/]", entry.form, maxsplit=1)[0], []).append(entry)

    def at(self, text: str, m: re.Match[str], stop: int) -> tuple[Entry, int, bool] | None:
        """The longest name that starts at a word, where it ends, and whether it stands in the genitive."""
        word = m[0].rstrip(".'’")
        for first, genitive in ((word, False), (word[:-1] if word.endswith("s") else "", True)):
            for entry in self.by_word.get(first, ()):
                end = m.start() + len(entry.form) + genitive
                written = text[m.start() : end]
                if end <= stop and written == entry.form + "s" * genitive and not text[end : end + 1].isalnum():
                    if text[end : end + 1] in ("-", "*") and text[end + 1 : end + 2].isalpha():
                        return None
                    return entry, end, genitive
        return None


_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AC", "CP", "DG", "EA", "IC", "TA", "UM"})


def _any(words: list[str]) -> str:
    return "|".join(re.escape(w).replace(r"\ ", r"\s") for w in sorted(set(words), key=len, reverse=True)) or "(?!)"


@lru_cache(maxsize=8)
def gazetteer_of(language: Language) -> Gazetteer:
    return Gazetteer(language)


def find_places(text: str, stretches: Sequence[tuple[int, int]], language: Language) -> Iterator[Place]:
    """All places within the stretches, in order and without overlap."""
    if not language.rows("places"):
        return
    gazetteer = gazetteer_of(language)
    for start, stop in stretches:
        done, last = start, -1
        for m in _CAPITAL.finditer(text, start, stop):
            if m.start() < done:
                continue
            found = gazetteer.at(text, m, stop)
            if found is None:
                if unlisted := gazetteer.unlisted(text, m, done):
                    new, begin = unlisted
                    done = last = m.end()
                    yield Place(Span(begin, done), new.name, new.country, new.by)
                continue
            entry, end, genitive = found
            first = _frame_of(text, m.start(), max(done, m.start() - _REACH), entry, genitive, gazetteer)
            if first is None and not genitive:
                near = last >= 0 and m.start() - last < _REACH
                in_row = near and gazetteer.row.fullmatch(text[last : m.start()])
                if in_row or (m.start() == start and gazetteer.dateline.match(text, end, stop)):
                    first = m.start()
            if first is None:
                continue
            yield Place(Span(first, end), entry.name, entry.country, entry.by)
            done = last = end


def _frame_of(text: str, at: int, floor: int, entry: Entry, genitive: bool, gazetteer: Gazetteer) -> int | None:
    """Where the words begin that make a place of the name at `at`; None where they do not."""
    m = gazetteer.frame.search(text[floor:at])
    if m is None:
        return None
    if m["bare"]:
        return floor + m.start() if not genitive else None
    if genitive and not m["side"]:
        return None
    kinds = gazetteer.kinds[re.sub(r"\s", " ", m["prep"].lower())]
    if not (m["noun"] or m["side"] or "*" in kinds or entry.kind in kinds):
        return None
    return floor + m.start()
