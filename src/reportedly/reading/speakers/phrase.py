"""What is known of a noun group once it is read?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportedly.reading.speakers.inflection import ANY, Readings


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun group, read. `form`: name, body (an institution by its kind of noun), role, description, pronoun, list.

    `head` is the table id of the head noun (`Sprecher`), `noun` the noun as the nominative has it, `given` the words of
    a proper name. `definite` is True with a definite determiner or a bare name, `modified` where adjectives or a
    complement narrow the noun down. `gender` is m, f or n as grammar has it.
    """

    form: str
    name: str
    kind: str = "unknown"
    named: bool = False
    gender: str | None = None
    plural: bool = False
    head: str = ""
    noun: str = ""
    given: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    affiliation: str | None = None
    definite: bool = True
    modified: bool = False
    alias: str | None = None
    parts: tuple[Phrase, ...] = ()
    pointer: str = ""
    readings: Readings = ANY
    by: str = ""


def person(given: Sequence[str], gender: str | None = None, roles: Sequence[str] = (), name: str = "") -> Phrase:
    """A person by proper name."""
    words = tuple(given)
    full = name or " ".join(words)
    return Phrase(
        "name", full, "person", True, gender or None, given=words, roles=tuple(roles), by="speakers/person_name"
    )


def proper(given: Sequence[str], kind: str, gender: str | None = None, plural: bool = False, name: str = "") -> Phrase:
    """A body (or something unknown) by a proper name that no table has."""
    words = tuple(given)
    return Phrase(
        "name", name or " ".join(words), kind, True, gender if gender in {"m", "f", "n"} else None, plural, given=words,
        modified=True, by="speakers/proper_name",
    )  # fmt: skip


def join(parts: Sequence[Phrase], conjunction: str) -> Phrase:
    """`EU und USA`: one speaker of kind group."""
    names = [p.name for p in parts]
    name = f"{', '.join(names[:-1])} {conjunction} {names[-1]}"
    named = all(p.named for p in parts)
    return Phrase("list", name, "group", named, plural=True, parts=tuple(parts), by="speakers/list")
