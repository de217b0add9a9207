"""Is what a person decides about a statement a decision?"""

from __future__ import annotations

from reportedly.errors import ArchiveError
from reportedly.model.judgement import Judgement, Verdict
from reportedly.model.reading import Reading
from reportedly.model.span import Pieces


def decided(
    reading: Reading,
    statement: str,
    verdict: Verdict | str,
    *,
    by: str,
    at: str,
    why: str = "",
    content: Pieces = (),
    speaker: str = "",
) -> Judgement:
    """The judgement on this statement of this reading; `content` goes with the verdict span, `speaker` with speaker.
    Raises ArchiveError where it would say nothing, or too much."""
    article = reading.article.id
    place = next((s.content for s in reading.statements if s.id == statement), None)
    if place is None:
        raise ArchiveError(f'{article}: there is no statement "{statement}"; `reportedly show {article}` lists them')
    if verdict not in list(Verdict):
        raise ArchiveError(f'verdict "{verdict}" is not known; give {", ".join(Verdict)}')
    verdict = Verdict(verdict)
    if not by.strip():
        raise ArchiveError("say who decides this (by)")
    if (verdict is Verdict.SPAN) != bool(content) or (verdict is Verdict.SPEAKER) != bool(speaker.strip()):
        raise ArchiveError("verdict span needs the right content, verdict speaker the right name, the others neither")
    if any(not len(span) or span.end > len(reading.text) for span in content):
        raise ArchiveError(f"{article}: the text has {len(reading.text)} characters; give places inside it")
    return Judgement(article, place, verdict, by.strip(), at, why, content, speaker.strip(), reading.signature)
