"""How does a statement as marked by hand differ from a statement as found? Shared by tables, cases, example article.

Places are compared as words with their offsets, white space at the edges aside; only the roles that the marks name are
compared, except content, cue and speaker: where the marks leave cue or speaker out, the reading must have none either.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from reportedly.intake import take_in_text
from reportedly.languages.marked import Marked, read_marked
from reportedly.model.reading import Reading
from reportedly.model.span import Pieces, Span, overlap, pieces, text_of
from reportedly.model.statement import Statement
from reportedly.pipeline import STANDARD, read
from reportedly.weights import TABLES

ALWAYS = ("content", "cue", "speaker")
"""Roles that must agree in every case, also where they are empty."""


@dataclass(slots=True)
class Expected:
    """One statement as a human marked it: places by role, and further facts by name (`form = indirect`)."""

    roles: dict[str, Pieces]
    facts: dict[str, str] = field(default_factory=dict)


def read_text(text: str) -> Reading:
    """The reading of a German text by the tables alone: what a row does must not hang on what a network thinks of it."""
    return read(take_in_text(text, language="de"), replace(STANDARD, weights=TABLES))


def trimmed(spans: Pieces, text: str) -> Pieces:
    """The same places without white space at their edges."""
    return pieces(s.trimmed(text) for s in spans)


def _single(span: Span | None) -> Pieces:
    return (span,) if span else ()


def role_of(statement: Statement, role: str) -> Pieces:
    """The place of one role, by the name that the marks use."""
    if role in {"speaker", "addressee"}:
        return _single(getattr(statement, role))
    if role == "authority":
        return tuple(s for a in statement.authority for s in a.span)
    if role == "marker":
        return tuple(s for a in statement.authority for s in a.marker)
    found: Pieces = getattr(statement, role)
    return found


def fact_of(reading: Reading, statement: Statement, name: str) -> str:
    """A fact of a statement as the cases write it; empty for none."""
    if name in {"speaker_is", "kind", "named"}:
        speaker = reading.speaker_of(statement)
        if speaker is None:
            return ""
        return {"speaker_is": speaker.name, "kind": speaker.kind, "named": "yes" if speaker.named else "no"}[name]
    if name == "within":
        return statement.within.removeprefix("s") if statement.within else ""
    if name == "negated":
        return "yes" if statement.negated else "no"
    if name in {"form", "medium", "mood"}:
        value = getattr(statement, name)
        return value.value if value else ""
    if name in {"by", "cue_class"}:
        found: str = getattr(statement, name)
        return found
    raise ValueError(f"a case cannot ask for {name!r}")


def pair(expected: list[Expected], found: tuple[Statement, ...]) -> list[tuple[Expected | None, Statement | None]]:
    """Who is who: each expected statement with the found one that shares most of its content, each used once."""
    scores = sorted(
        (
            (-_alike(e.roles["content"], s.content), -overlap(e.roles.get("cue", ()), s.cue), i, j)
            for i, e in enumerate(expected)
            for j, s in enumerate(found)
            if overlap(e.roles["content"], s.content)
        ),
    )
    left: dict[int, int] = {}
    for _, _, i, j in scores:
        if i not in left and j not in left.values():
            left[i] = j
    out: list[tuple[Expected | None, Statement | None]] = [
        (e, found[left[i]] if i in left else None) for i, e in enumerate(expected)
    ]
    return out + [(None, s) for j, s in enumerate(found) if j not in left.values()]


def _alike(one: Pieces, other: Pieces) -> float:
    """Shared code points by all code points: 1 for the same place."""
    shared = overlap(one, other)
    return shared / (sum(map(len, one)) + sum(map(len, other)) - shared)


def differences(expected: Expected, reading: Reading, found: Statement) -> list[str]:
    """What is otherwise than marked, each as one line for a reader."""
    text, out = reading.text, []
    for role in [*ALWAYS, *(r for r in expected.roles if r not in ALWAYS)]:
        wanted, got = trimmed(expected.roles.get(role, ()), text), trimmed(role_of(found, role), text)
        if wanted != got:
            out.append(f"{role}: wanted [{text_of(wanted, text)}] got [{text_of(got, text)}]")
    for name, value in expected.facts.items():
        got_fact = fact_of(reading, found, name)
        if got_fact != value:
            out.append(f"{name}: wanted {value or 'none'} got {got_fact or 'none'}")
    return out


def told(reading: Reading, found: Statement) -> str:
    """A found statement in one line."""
    text = reading.text
    speaker = found.speaker.of(text) if found.speaker else "-"
    return (
        f"[{text_of(found.content, text)}] cue [{text_of(found.cue, text)}] speaker [{speaker}] {found.form} {found.by}"
    )


def mistakes(expected: list[Expected], reading: Reading) -> list[str]:
    """Everything in which a reading departs from the marks; empty where it is right."""
    out: list[str] = []
    for wanted, found in pair(expected, reading.statements):
        if wanted is None:
            assert found is not None
            out.append(f"not expected: {told(reading, found)}")
        elif found is None:
            out.append(f"not found: [{text_of(wanted.roles['content'], reading.text)}]")
        else:
            out.extend(differences(wanted, reading, found))
    return out


def mistakes_in(marked: str | Marked) -> list[str]:
    """Read a marked example and tell what was found otherwise."""
    example = read_marked(marked) if isinstance(marked, str) else marked
    return mistakes([Expected(dict(roles)) for roles in example.roles.values()], read_text(example.text))
