"""Which forms does a noun of the tables have? `Minister` bends as declensions.tsv says: `Ministers`, `Ministerin`, `Ministerinnen`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from reportedly.languages import Language
from reportedly.languages.tables import Row
from reportedly.reading.speakers.wordsets import WordSets

_OF_ROLES = {"s": "strong", "n": "weak", "a": "adjective", "f": "unbent"}
"""The paradigm of a row of roles.tsv by its declension; `p` has a plural only."""
_NONE = "-"
"""Stands in a cell for a plural or a feminine that the noun does not have."""


class Form(NamedTuple):
    """A form with what it can be: the nominative it belongs to, gender (p plural) and cases; `by` is the row that made it."""

    text: str
    nominative: str
    gender: str
    cases: str
    by: str


class Forms:
    """The paradigms of one language."""

    def __init__(self, language: Language, sets: WordSets) -> None:
        self._sets = sets
        self._paradigms: dict[str, list[Row]] = {}
        for row in language.rows("declensions"):
            self._paradigms.setdefault(row["paradigm"], []).append(row)

    def of_role(self, row: Row) -> list[Form]:
        """The forms of a row of roles.tsv: he, several, she."""
        return list(self._bent(row, self._paradigms_of_role(row), "n" if row["gender"] == "n" else "m"))

    def of_body(self, row: Row) -> list[Form]:
        """The forms of a row of institutions.tsv."""
        return list(self._bent(row, self._paradigms_of_body(row), row["gender"]))

    def _paradigms_of_role(self, row: Row) -> Iterator[str]:
        declension, feminine = row["declension"], row["feminine"]
        if declension in _OF_ROLES:
            yield _OF_ROLES[declension]
        if declension == "a":
            if row["id"].startswith(feminine):
                yield "adjective_feminine"
            elif feminine != _NONE:
                yield from self._feminine(feminine)
            yield "adjective_plural"
            return
        yield from self._plural(row["plural"])
        if declension in {"s", "n"} and feminine != _NONE:
            yield from self._feminine(feminine)

    def _paradigms_of_body(self, row: Row) -> Iterator[str]:
        id_, gender, plural, sets = row["id"], row["gender"], row["plural"], self._sets
        if gender == "f":
            yield "unbent"
            if id_.endswith(sets.bent_body_end) and plural != _NONE:
                yield "bent_body"
        elif gender != "p":
            if plural.endswith(sets.weak_plural_end):
                yield "weak"
            else:
                yield "doubling" if id_.endswith(sets.doubling_end) else "strong"
                if id_.endswith(sets.old_spelling_end):
                    yield "old_spelling"
        yield from self._plural(plural)

    def _plural(self, plural: str) -> Iterator[str]:
        if plural != _NONE:
            yield "closed_plural" if plural.endswith(self._sets.closed_plural_end) else "open_plural"

    def _feminine(self, feminine: str) -> Iterator[str]:
        yield "feminine"
        yield "feminine_in" if feminine.endswith(self._sets.feminine_in_end) else "feminine_plain"

    def _bent(self, noun: Row, paradigms: Iterable[str], gender: str) -> Iterator[Form]:
        for paradigm in paradigms:
            for how in self._paradigms.get(paradigm, ()):
                text = noun[how["from"]].removesuffix(how["less"]) + how["plus"]
                nominative = noun[how["of"]] if how["of"] else text
                yield Form(text, nominative, how["gender"] or gender, how["cases"], how.address)
