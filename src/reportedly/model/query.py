"""What is somebody looking for? A query as conditions: all of its clauses must hold, any condition of a clause will do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Where(StrEnum):
    """In which part of a statement words are sought; ANYWHERE is content, frame and speaker."""

    ANYWHERE = "anywhere"
    SPEAKER = "speaker"
    ADDRESSEE = "addressee"
    AUTHORITY = "authority"
    ABOUT = "about"
    PLACE = "place"


class How(StrEnum):
    """WORD matches inflected forms and compounds, PHRASE these words in this order, NEAR within `reach` words, PREFIX
    words that begin so."""

    WORD = "word"
    PHRASE = "phrase"
    NEAR = "near"
    PREFIX = "prefix"


@dataclass(frozen=True, slots=True)
class Words:
    """Words in a part of the statement."""

    text: str
    where: Where = Where.ANYWHERE
    how: How = How.WORD
    reach: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """A column with this value. `field`: form, cue_class, outlet, speaker, is, gender, damage, judged, named, language.

    `exact` is False where a part of the value is enough ("spiegel" for spiegel.de).
    """

    field: str
    value: str
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Days:
    """A time between two days, written 20241028; None leaves that side open. `said`: of saying, not of publishing; `either`: of
    saying where the text tells one day, else of publishing."""

    first: int | None
    last: int | None
    said: bool = False
    either: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """A figure between two values; None leaves that side open."""

    low: float | None
    high: float | None
    unit: str | None = None


Condition = Words | Choice | Days | Figures


@dataclass(frozen=True, slots=True)
class Clause:
    """One requirement: any of these conditions (or none of them, where `negated`). `written` is how the user put it."""

    any: tuple[Condition, ...]
    negated: bool
    written: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was read otherwise than an operator; `about` are the characters it is about.

    `kind`: empty_field, unknown_field, bad_value, lone_quote, lone_operator, brackets, wordless, too_many, short_prefix.
    """

    kind: str
    about: str


@dataclass(frozen=True, slots=True)
class Query:
    """All clauses must hold. No clause: everything."""

    clauses: tuple[Clause, ...] = ()
    notes: tuple[Note, ...] = ()
    written: str = ""
