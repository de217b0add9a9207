"""Is what a person decides about a statement a decision?"""

from __future__ import annotations

from reportedly.errors import ArchiveError
from reportedly.model.judgement import Judgement, Verdict
from reportedly.model.reading import Reading
from reportedly.model.span import Pieces
from reportedly.model.statement import Form


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
    form: str = "",
) -> Judgement:
    """The judgement on this statement of this reading; `content` goes with the verdict span, `speaker` with speaker, `form`
    with form. A missed statement (verdict add) has no name yet but `content`, and `speaker` and `form` where they are known;
    by its place alone a decision can be withdrawn too. Raises ArchiveError where it would say nothing, or too much."""
    article = reading.article.id
    if verdict not in list(Verdict):
        raise ArchiveError(f'verdict "{verdict}" is not known; give {", ".join(Verdict)}')
    verdict = Verdict(verdict)
    if not by.strip():
        raise ArchiveError("say who decides this (by)")
    if form and form not in list(Form):
        raise ArchiveError(f'form "{form}" is not known; give {", ".join(Form)}')
    if any(not len(span) or span.end > len(reading.text) for span in content):
        raise ArchiveError(f"{article}: the text has {len(reading.text)} characters; give places inside it")
    if verdict is Verdict.ADD or (verdict is Verdict.WITHDRAW and not statement):
        if statement or not content:
            raise ArchiveError("verdict add needs the content of the statement that was missed, and no statement")
        return Judgement(article, content, verdict, by.strip(), at, why, (), speaker.strip(), reading.signature, form)
    judged = next((s for s in reading.statements if s.id == statement), None)
    if judged is None:
        raise ArchiveError(f'{article}: there is no statement "{statement}"; `reportedly show {article}` lists them')
    given = (bool(content), bool(speaker.strip()), bool(form))
    if given != tuple(verdict is v for v in (Verdict.SPAN, Verdict.SPEAKER, Verdict.FORM)):
        raise ArchiveError(
            "verdict span needs the right content, verdict speaker the right name, verdict form the right form, the others none"
        )
    said_by = reading.speaker_of(judged)
    return Judgement(
        article, judged.content, verdict, by.strip(), at, why, content, speaker.strip(), reading.signature, form,
        said_by.name if said_by else "", judged.form.value,
    )  # fmt: skip
