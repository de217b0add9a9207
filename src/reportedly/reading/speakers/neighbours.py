"""Which neighbouring mentions belong together: a name with its apposition, two names joined by `und`?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportedly.model.analysis import Token
from reportedly.model.span import Span
from reportedly.reading.speakers.entities import BODIES
from reportedly.reading.speakers.phrase import Phrase, join


@dataclass(frozen=True, slots=True)
class Found:
    """A noun group in the running text: its tokens, what they say, whether it looks like the subject."""

    span: Span
    first: int
    last: int
    phrase: Phrase
    sentence: int
    subject: bool = False
    quoted: bool = False


def appositions(found: Sequence[Found], tokens: Sequence[Token]) -> list[Found]:
    """`Anna Lenz, Sprecherin der Polizei,` and `die Sprecherin der Polizei, Anna Lenz,` are one person."""
    out = list(found)
    for n, left in enumerate(found):
        for other in (n + 1, n + 2):
            if other >= len(out) or not _apposed(left, out[other], tokens):
                continue
            joined = _one_person(left.phrase, out[other].phrase)
            if joined:
                out[n], out[other] = replace(left, phrase=joined), replace(out[other], phrase=joined)
                break
    return out


def _apposed(left: Found, right: Found, tokens: Sequence[Token]) -> bool:
    """A comma between, and a comma, a stop or the verb behind."""
    comma = right.first == left.last + 1 and tokens[left.last].text == ","
    if not comma or left.sentence != right.sentence:
        return False
    if right.last >= len(tokens):
        return True
    after = tokens[right.last]
    return after.text in {",", ".", ";", ":", ")"} or bool(after.tags & {"f", "1", "2", "H", "M"})


def _one_person(left: Phrase, right: Phrase) -> Phrase | None:
    """The name with the office of the other, where one is a name and the other an office."""
    name, role = (left, right) if left.kind == "person" and left.form == "name" else (right, left)
    if name.form != "name" or name.kind != "person" or role.form != "role" or role.plural:
        return None
    if name.gender and role.gender and name.gender != role.gender:
        return None
    return replace(
        name,
        roles=(*name.roles, role.name),
        gender=name.gender or role.gender,
        affiliation=name.affiliation or role.affiliation,
        head=name.head or role.head,
        noun=name.noun or role.noun,
    )


def predicates(found: Sequence[Found], tokens: Sequence[Token], copula: frozenset[str]) -> list[Found]:
    """`Die „Arva“ ist eine Vereinigung`: what stands behind the copula is no second one, it tells what the first one is."""
    out: list[Found] = []
    for right in found:
        left = out[-1] if out else None
        between = tokens[left.last : right.first] if left is not None else ()
        is_one = bool(between) and between[0].lower in copula and all("B" in t.tags for t in between[1:])
        if left is None or not is_one or left.sentence != right.sentence or not left.subject or right.phrase.named:
            out.append(right)
            continue
        joined = _one_person(left.phrase, right.phrase)
        if joined is None and left.phrase.kind in BODIES and right.phrase.kind in BODIES and left.phrase.named:
            joined = replace(left.phrase, gender=left.phrase.gender or right.phrase.gender)
        if joined is None:
            out.append(right)
        else:
            out[-1] = replace(left, phrase=joined)
    return out


def pairs(found: Sequence[Found], tokens: Sequence[Token], joint: str) -> list[Found]:
    """`Anna Lenz und Jonas Berger` are a mention of both together, too."""
    out: list[Found] = []
    for n, left in enumerate(found):
        out.append(left)
        right = found[n + 1] if n + 1 < len(found) else None
        if right is None or left.sentence != right.sentence:
            continue
        if right.first != left.last + 1 or tokens[left.last].text != joint:
            continue
        a, b = left.phrase, right.phrase
        if "list" in (a.form, b.form) or (a.kind == "person") != (b.kind == "person") or "document" in (a.kind, b.kind):
            continue
        span = Span(left.span.start, right.span.end)
        out.append(Found(span, left.first, right.last, join((a, b), joint), left.sentence, left.subject, left.quoted))
    return out
