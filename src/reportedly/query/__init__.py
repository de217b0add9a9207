"""What is somebody looking for? A line as people type it -> a Query. No line is an error.

All words are required; `OR` (`ODER`) joins its two neighbours, `-` or `NOT` (`NICHT`) excludes, quotation marks of any
kind hold a phrase, `field:value` asks for a part of the statement. What cannot be read as an operator is searched as
words, and a note says so.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from reportedly.model.query import Choice, Clause, Condition, Days, Figures, How, Note, Query, Where, Words
from reportedly.query.fields import (
    AND_WORDS,
    CUE_CLASSES,
    FORMS,
    GENDERS,
    JUDGED,
    NO,
    NOT_WORDS,
    OR_WORDS,
    OTHER_FIELDS,
    WORD_FIELDS,
    YES,
)
from reportedly.query.values import figures, period

__all__ = ["MOST_CLAUSES", "parse"]

MOST_CLAUSES = 48
"""More words than this make no query any more but a text; the first ones are sought."""
_LONGEST = 4000
_LEAST_PREFIX = 2
_CLOSING = {
    '"': '"“”„', "„": "“”\"", "“": "”\"“", "”": "”\"", "»": "«»\"", "«": "»\"", "‚": "‘’'", "‘": "’'‘", "›": "‹›", "‹": "›",
    "'": "'’",
}  # fmt: skip
_FIELD = re.compile(r"([^\W\d_]{2,14}):")
_REACH = re.compile(r"~(\d{1,3})")
_RUN = re.compile(r"[^\s\"„“”»«]+")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of the line between blanks: `-von:"Mark Rutte"~3` with its parts."""

    written: str
    field: str | None
    value: str
    quoted: bool
    negated: bool
    reach: int | None
    exact: bool


def parse(line: str) -> Query:
    """The query that a line means. Every string is one.

    >>> query = parse('von:Rutte über:„Nordkorea“ seit:2024-10 -form:direkt')
    >>> [clause.written for clause in query.clauses], query.notes
    (['von:Rutte', 'über:„Nordkorea“', 'seit:2024-10', '-form:direkt'], ())
    >>> [(note.kind, note.about) for note in parse("von: Rutte").notes]
    [('empty_field', 'von:')]
    """
    notes: list[Note] = []
    line = unicodedata.normalize("NFC", line)
    if len(line) > _LONGEST:
        notes.append(Note("too_many", line[_LONGEST : _LONGEST + 40]))
        line = line[:_LONGEST]
    clauses: list[Clause] = []
    joined = negate = False
    for piece in _pieces(line, notes):
        if sum(len(clause.any) for clause in clauses) >= MOST_CLAUSES:
            notes.append(Note("too_many", piece.written))
            break
        bare = piece.field is None and not piece.quoted and not piece.negated
        if bare and piece.value in OR_WORDS and clauses and not joined:
            joined = True
            continue
        if bare and piece.value in AND_WORDS and clauses and not joined:
            continue
        if bare and piece.value in NOT_WORDS and not negate:
            negate = True
            continue
        if bare and piece.value in OR_WORDS | AND_WORDS | NOT_WORDS:
            notes.append(Note("lone_operator", piece.value))
        conditions, negated = _conditions(piece, notes), piece.negated != negate
        negate = False
        if not conditions:
            joined = False
            continue
        if joined and not negated and not clauses[-1].negated:
            last = clauses.pop()
            clauses.append(Clause((*last.any, *conditions), False, f"{last.written} OR {piece.written}"))
        else:
            if joined:
                notes.append(Note("lone_operator", "OR"))
            clauses.append(Clause(conditions, negated, piece.written))
        joined = False
    if joined or negate:
        notes.append(Note("lone_operator", "OR" if joined else "NOT"))
    return Query(tuple(clauses), tuple(dict.fromkeys(notes)), line)


def _pieces(line: str, notes: list[Note]) -> list[_Piece]:
    found = []
    at = 0
    while at < len(line):
        if line[at].isspace():
            at = _SPACE.match(line, at).end()  # type: ignore[union-attr]
            continue
        start = at
        negated = line[at] in "-!" and at + 1 < len(line) and not line[at + 1].isspace() and line[at + 1] not in "-!"
        at += negated
        while at < len(line) and line[at] in "()[]{}":
            notes.append(Note("brackets", line[at]))
            at += 1
        field = None
        if m := _FIELD.match(line, at):
            name = m[1].casefold()
            if name in WORD_FIELDS or name in OTHER_FIELDS:
                field, at = name, m.end()
            elif m.end() < len(line) and not line[m.end()].isspace() and not line.startswith("//", m.end()):
                notes.append(Note("unknown_field", m[0]))
        exact = WORD_FIELDS.get(field or "") is Where.SPEAKER and line.startswith("=", at)
        value, quoted, at = _value(line, at + exact, notes)
        reach = None
        if quoted and (m := _REACH.match(line, at)):
            reach, at = int(m[1]), m.end()
        if at == start:  # nothing that anybody could mean
            at += 1
            continue
        found.append(_Piece(line[start:at], field, value, quoted, negated, reach, exact and bool(value.strip())))
    return found


def _value(line: str, at: int, notes: list[Note]) -> tuple[str, bool, int]:
    """What stands at this place: quoted words without their marks, or all up to the next blank or quotation mark."""
    if at < len(line) and (closing := _CLOSING.get(line[at])):
        ends = [i for c in closing if (i := line.find(c, at + 1)) >= 0]
        if line[at] in "'‘‚’":  # an apostrophe: only a mark where a word ends behind the closing one
            ends = [i for i in ends if i + 1 == len(line) or line[i + 1] in " \t~)"]
        if ends:
            return line[at + 1 : min(ends)], True, min(ends) + 1
        if line[at] not in "'‘‚’":
            notes.append(Note("lone_quote", line[at]))
        at += 1
    run = _RUN.match(line, at)
    if run is None:
        return "", False, at
    value = run[0].rstrip(")]}")
    if len(value) < len(run[0]):
        notes.append(Note("brackets", run[0][len(value)]))
    return value, False, run.end()


def _conditions(piece: _Piece, notes: list[Note]) -> tuple[Condition, ...]:
    """What a piece asks for. A field without a value that it knows is sought as words."""
    field, value = piece.field, piece.value
    if field is None:
        return _words(piece, Where.ANYWHERE, value, notes)
    if not value.strip():
        notes.append(Note("empty_field", f"{field}:"))
        return _words(piece, Where.ANYWHERE, field, notes)
    if piece.exact:
        return (Choice("speaker", value),)
    if field in WORD_FIELDS:
        return _words(piece, WORD_FIELDS[field], value, notes)
    condition = _choice(OTHER_FIELDS[field], value.strip(), piece.quoted)
    if condition is not None:
        return (condition,)
    notes.append(Note("bad_value", piece.written))
    return _words(piece, Where.ANYWHERE, f"{field} {value}", notes)


def _choice(field: str, value: str, quoted: bool) -> Condition | None:
    """The condition of a field with values of its own; None where the value is none of them."""
    low = value.casefold()
    match field:
        case "outlet":
            return Choice("outlet", value, exact=quoted) if any(c.isalnum() for c in value) else None
        case "way":
            if low in FORMS:
                return Choice("form", FORMS[low])
            return Choice("cue_class", CUE_CLASSES[low]) if low in CUE_CLASSES else None
        case "damage":
            wanted = "yes" if low in YES else "no" if low in NO else low.replace(" ", "_")
            return Choice("damage", wanted) if re.fullmatch("[a-z_]{2,40}", wanted) else None
        case "is":
            return Choice("is", value) if any(c.isalnum() for c in value) else None
        case "gender":
            return Choice("gender", GENDERS[low]) if low in GENDERS else None
        case "named":
            return Choice("named", "yes" if low in YES else "no") if low in YES | NO else None
        case "judged":
            return Choice("judged", JUDGED[low]) if low in JUDGED else None
        case "rejected":
            return Choice("judged", "reject" if low in YES else "kept") if low in YES | NO else None
        case "language":
            return Choice("language", low) if re.fullmatch("[a-z]{2,3}", low) else None
        case "figure":
            if low in YES:
                return Figures(None, None)
            if low in NO:
                return Choice("figure", "no")
            found = figures(value)
            return Figures(*found) if found else None
    span = period(value)
    if span is None:
        return None
    first, last = span
    match field:
        case "since":
            return Days(first, None) if first else None
        case "until":
            return Days(None, last) if last else None
        case "said":
            return Days(first, last, said=True)
        case "when":
            return Days(first, last, either=True)
    return Days(first, last)


def _words(piece: _Piece, where: Where, value: str, notes: list[Note]) -> tuple[Condition, ...]:
    if not any(c.isalnum() for c in value):
        if value.strip() or piece.quoted:
            notes.append(Note("wordless", piece.written))
        return ()
    if piece.quoted:
        if piece.reach:
            return (Words(value, where, How.NEAR, piece.reach),)
        return (Words(value, where, How.PHRASE),)
    if value.endswith("*") and sum(c.isalnum() for c in value) >= _LEAST_PREFIX:
        return (Words(value.rstrip("*"), where, How.PREFIX),)
    if value.endswith("*"):
        notes.append(Note("short_prefix", piece.written))
    return (Words(value, where),)
