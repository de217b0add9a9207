"""Short articles with marked statements, and the names that the stage gives to their speakers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reportedly.languages import load
from reportedly.languages.marked import read_marked
from reportedly.model.article import Article
from reportedly.model.span import Pieces, Span
from reportedly.model.speaker import Cast
from reportedly.model.statement import Authority, Form, Statement
from reportedly.reading.analysis import analyse
from reportedly.reading.speakers import resolve_speakers

Resolve = Callable[..., Cast]


def statements_of(marked: str, implied: dict[int, int] | None = None) -> tuple[str, tuple[Statement, ...]]:
    """Statements s1, s2, … from `[2.speaker Lenz] [2.cue sagte], [2.content es regne].`"""
    read = read_marked(marked)
    out: list[Statement] = []
    for number, roles in read.roles.items():
        marker: Pieces = roles.get("marker", ())
        authority = tuple(Authority(marker, (span,), "document") for span in roles.get("authority", ()))
        addressee = roles.get("addressee", ())
        speaker = roles.get("speaker", ())
        goes_on = (implied or {}).get(number)
        out.append(
            Statement(
                f"s{number}",
                Form.FREE_INDIRECT if goes_on else Form.INDIRECT,
                roles.get("content", (Span(0, 1),)),
                cue=roles.get("cue", ()),
                speaker=speaker[0] if speaker else None,
                addressee=addressee[0] if addressee else None,
                authority=authority,
                implied=f"s{goes_on}" if goes_on else None,
            )
        )
    return read.text, tuple(out)


def cast_of(marked: str, implied: dict[int, int] | None = None) -> Cast:
    language = load("de")
    text, statements = statements_of(marked, implied)
    return resolve_speakers(statements, analyse(Article(text), (), language), language)


@pytest.fixture
def resolve() -> Resolve:
    """The cast of a marked article."""
    return cast_of


@pytest.fixture
def names() -> Callable[..., list[str | None]]:
    """The names of the speakers of its statements, in order; None where nobody can be told."""

    def of(marked: str, implied: dict[int, int] | None = None) -> list[str | None]:
        cast = cast_of(marked, implied)
        found = [cast.speaker(a.speaker) for a in cast.attributions if a.role == "speaker"]
        return [s.name if s else None for s in found]

    return of
