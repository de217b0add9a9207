"""What does the analysis read instead of the damaged text, and how does every place in it come home?"""

from __future__ import annotations

from collections.abc import Iterable

from reportedly.model.damage import Action, Damage
from reportedly.model.span import Edit, OffsetMap, Pieces, Span, apply_edits, pieces


def repaired_view(text: str, damages: Iterable[Damage]) -> tuple[str, OffsetMap]:
    """The text as the analysis reads it, and the way home to the untouched original.

    A masked place reads as its suggestion (or as nothing), a removed place as nothing. What is removed wins over what
    is masked. Paragraphs stay paragraphs and words stay apart: the place of a removed stretch that held a line break
    keeps one, and a removal between two words leaves a space.

    `Er kam .` with the blank masked reads `Er kam.`; the view's `kam.` comes home as the original's `kam .`.
    """
    known = tuple(d for d in damages if d.action is not Action.FLAG and d.span.end <= len(text))
    removed = pieces(d.span for d in known if d.action is Action.REMOVE)
    edits = [Edit(span, _seam(text, span)) for span in removed]
    gone = iter(removed)
    next_gone = next(gone, None)
    masks = sorted((d for d in known if d.action is Action.MASK), key=lambda d: (d.span.start, -d.span.end))
    for damage in masks:
        while next_gone is not None and next_gone.end <= damage.span.start:
            next_gone = next(gone, None)
        if next_gone is not None and next_gone.overlaps(damage.span):
            continue
        edits.append(Edit(damage.span, damage.suggestion or _seam(text, damage.span)))
    return apply_edits(text, edits)


def removed_places(damages: Iterable[Damage]) -> Pieces:
    """The places of the original that the analysis does not read at all: what is removed, or masked by nothing."""
    return pieces(
        d.span for d in damages if d.action is Action.REMOVE or (d.action is Action.MASK and not d.suggestion)
    )


def _seam(text: str, span: Span) -> str:
    """What must stay where `span` is taken out, so that paragraphs and words do not run together."""
    gone = span.of(text)
    before = text[span.start - 1 : span.start]
    after = text[span.end : span.end + 1]
    if not gone or not before or not after:
        return ""
    breaks = gone.count("\n") or gone.count("\r")
    if breaks and before not in "\r\n" and after not in "\r\n":
        return "\n\n" if breaks > 1 else "\n"
    apart = gone[0].isspace() or gone[-1].isspace() or len(gone) > 1
    return " " if apart and before.isalnum() and after.isalnum() else ""
