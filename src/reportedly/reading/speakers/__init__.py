"""Who is behind the speaker of a statement? Names, offices, bodies and pronouns of one article, brought together."""

from __future__ import annotations

from reportedly.languages import Language
from reportedly.model.analysis import Analysis
from reportedly.model.speaker import Cast
from reportedly.model.statement import Statement
from reportedly.reading.speakers.attribution import attribute
from reportedly.reading.speakers.vocabulary import vocabulary_of

__all__ = ["resolve_speakers"]


def resolve_speakers(statements: tuple[Statement, ...], analysis: Analysis, language: Language) -> Cast:
    """The cast of an article: `die Pentagon-Sprecherin`, `Singh` and `sie` are one speaker, `Sabrina Singh`."""
    if not statements:
        return Cast()
    return attribute(statements, analysis, vocabulary_of(language))
