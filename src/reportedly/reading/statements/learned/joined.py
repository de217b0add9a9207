"""How do the decided proposals become drafts again? Those of the tables as they stood, mended; the others as new ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportedly.model.statement import Form
from reportedly.reading.statements.assemble import Draft, Page, draft_of, in_order, own_voice
from reportedly.reading.statements.candidate import Candidate, Range
from reportedly.reading.statements.learned import Decided, Engine
from reportedly.reading.statements.learned.shape import TYPES
from reportedly.reading.statements.units import Line


def joined(
    engine: Engine, found: Sequence[Decided], drafts: Sequence[Draft], lines: Sequence[Line], page: Page
) -> list[Draft]:
    """Drafts of what was decided, in reading order; `drafts` are those of the tables that it was decided from."""
    out: list[Draft] = []
    taken: set[int] = set()
    for d in sorted(found, key=lambda d: d.row is None):
        if d.row is not None and d.row not in taken:
            taken.add(d.row)
            candidate = _mended(drafts[d.row][0], d, engine)
        elif d.row is None and _says_something(d) and (line := _line_of(d.proposal.first, lines)) is not None:
            candidate = _new(d, line, engine)
        else:
            continue
        if own_voice(candidate, page):
            continue
        statement = draft_of(candidate, page)
        if statement is not None:
            out.append((candidate, replace(statement, opinion=(d.proposal.valid, d.proposal.speaker_sure))))
    return in_order(out)


def ranges(words: Sequence[int]) -> list[Range]:
    out: list[Range] = []
    for i in words:
        if out and out[-1][1] == i:
            out[-1] = (out[-1][0], i + 1)
        else:
            out.append((i, i + 1))
    return out


def _hull(words: Sequence[int]) -> Range | None:
    return (words[0], words[-1] + 1) if words else None


def _mended(c: Candidate, d: Decided, engine: Engine) -> Candidate:
    """A candidate of the tables with the parts that the network knows better."""
    o, ours = d.proposal.outline, engine.deciding.ours
    changed: dict[str, object] = {}
    if "content" not in ours:
        changed["content"] = ranges(o.of("content"))
    if "cue" not in ours:
        changed["cue"] = list(o.of("cue"))
    if "frame" not in ours and o.of("frame"):
        changed["frame"] = ranges(o.of("frame"))
    speaker = _hull(o.of("speaker"))
    least = engine.deciding.speaker if c.speaker else engine.deciding.named
    settled = engine.deciding.keep_bounds and _touch(speaker, c.speaker)
    if "speaker" not in ours and speaker and d.proposal.speaker_sure >= least and not settled:
        changed["speaker"] = speaker
    if "addressee" not in ours:
        changed["addressee"] = _hull(o.of("addressee"))
    changed["trace"] = [*c.trace, f"weights/{engine.line} agree ({d.proposal.valid:.2f})"]
    return replace(c, **changed)  # type: ignore[arg-type]


def _says_something(d: Decided) -> bool:
    """One or two words that the network alone holds for what somebody said are a stray end of something else, if not quoted."""
    outline = d.proposal.outline
    return len(outline.of("content")) > 2 or TYPES[outline.form] in {Form.DIRECT.value, Form.MIXED.value}


def _touch(one: Range | None, other: Range | None) -> bool:
    """Do they share a word: the same speaker, then?"""
    return one is not None and other is not None and one[0] < other[1] and other[0] < one[1]


def _new(d: Decided, line: Line, engine: Engine) -> Candidate:
    """A candidate that only the network proposes."""
    p, o = d.proposal, d.proposal.outline
    form = TYPES[o.form]
    return Candidate(
        Form(form),
        ranges(o.of("content")),
        line,
        f"weights/{engine.line}#{form}",
        d.score,
        cue=list(o.of("cue")),
        frame=ranges(o.of("frame")),
        speaker=_hull(o.of("speaker")),
        addressee=_hull(o.of("addressee")),
        occasion=ranges(o.of("occasion")),
        cue_class=p.cue_class,
        medium=p.medium,
        negated=p.negated,
        carried=not o.of("speaker"),
        trace=[f"weights/{engine.line} alone ({p.valid:.2f})"],
    )


def _line_of(word: int, lines: Sequence[Line]) -> Line | None:
    """The innermost line that holds a word."""
    holding = [line for line in lines if line.first <= word < line.last]
    return min(holding, key=lambda line: line.last - line.first, default=None)
