"""For which clause does an attributing phrase speak? The content around it."""

from __future__ import annotations

from reportedly.model.statement import Form
from reportedly.reading.statements.candidate import Candidate, Range
from reportedly.reading.statements.clauses import Segment
from reportedly.reading.statements.groups import noun_group
from reportedly.reading.statements.lexical import CueTables, Phrase
from reportedly.reading.statements.units import Line


def clause_range(segments: list[Segment], k: int, *, both: bool = False) -> tuple[int, int]:
    """Segments of the sentence that the phrase in `k` speaks for: from its clause to the end of the line.

    `both`: also for the clause whose subject a coordinated one shares (`Der Damm hielt und blieb dicht, wie sie mitteilte`).

    A `dass` clause or a coordinated main clause is a world of its own: what stands before it is not covered.
    """
    if segments[k].kind in {"rel", "sub", "wh"} and not segments[k].units[segments[k].skip].is_("source_opener"):
        # "…, da nach Angaben der Bahn ein Signal fehlte": the phrase speaks for its own clause
        end = k + 1
        while (
            end < len(segments) and segments[end].kind in {"rel", "dass", "inf", "um"} and segments[end].before == ","
        ):
            end += 1
        return k, end
    first = k
    while first > 0 and segments[first].before not in {";", ":"}:
        s = segments[first]
        if s.before == "+" and s.kind == "main" and not (both and s.verb_first):
            break
        if s.kind == "dass":
            break
        if s.before == "," and s.skip and s.kind == "main" and s.units[0].is_("adversative"):
            break
        if segments[first - 1].kind == "quote":
            break
        first -= 1
    last = len(segments)
    for j in range(max(k + 1, first + 1), len(segments)):
        if segments[j].before == ";" or segments[j].kind == "quote":
            last = j
            break
        if segments[j].kind == "main" and segments[j].units[0].is_("later_adversative"):
            last = j
            break
    return first, last


def content_start(segment: Segment) -> int:
    """First token of the content: behind `dass` and `ob` and what joins the clause to the one before, with the w-word."""
    if segment.kind == "dass":
        for i, u in enumerate(segment.units):
            if u.has("K"):
                return segment.units[i + 1].first if i + 1 < len(segment.units) else u.last
    return segment.units[min(segment.skip, len(segment.units) - 1)].first


def around(segments: list[Segment], k: int, after: int) -> list[Range]:
    """The clause before segment `k` and, where it goes on, behind it."""
    first = 0
    for j in range(k - 1, 0, -1):
        if segments[j].before in {";", ":"} or segments[j - 1].kind == "quote":
            first = j
            break
    out: list[Range] = []
    if k > first:
        if segments[k - 1].kind == "quote":
            return []  # a quotation: quoted.py reads it
        head = segments[first]
        out.append((head.units[min(head.skip, len(head.units) - 1)].first, segments[k - 1].last))
    if (after < len(segments) and segments[after].kind != "quote" and out) or (
        after < len(segments) and segments[after].kind != "quote"
    ):
        out.append((segments[after].first, segments[-1].last))
    return out


def is_apposition(segment: Segment) -> bool:
    first = segment.units[0]
    return (first.has("DNEA") and not first.has("P")) and not first.has("B")


def apposition_at(segments: list[Segment], j: int) -> int | None:
    """The token behind the apposition that segment `j` opens, None where it is none: `nach Angaben des Wirts, [Karl Moor], …`."""
    if j >= len(segments) or segments[j].kind != "frag" or segments[j].before != "," or segments[j].skip:
        return None
    units = segments[j].units
    group = noun_group(units, 0, wide=True)
    if group is None or (units[0].has("P") and not units[0].has("NE")) or not units[group.head].has("O"):
        return None
    if group.stop < len(units) and j + 1 >= len(segments) and not units[group.stop].has("PBA"):
        return None
    return units[group.stop - 1].last


def phrase_candidate(
    line: Line,
    segments: list[Segment],
    k: int,
    phrase: Phrase,
    cue: list[int],
    place: Range,
    speaker: Range | None,
    tables: CueTables,
) -> Candidate | None:
    first, last = clause_range(segments, k)
    head = segments[first]
    start = (
        content_start(head) if first == k or head.kind != "dass" else head.units[0].first
    )  # "Ob es regnet, ist laut …"
    stop = segments[last - 1].last
    content: list[Range] = []
    if start < place[0]:
        content.append((start, place[0]))
    if place[1] < stop:
        content.append((place[1], stop))
    if not content or (
        not any(s.finite for s in segments[first:last])
        and line.units[-1].last - line.units[0].first > 0
        and len(segments[first:last]) == 1
        and len(head.units) < 4
    ):
        return None
    return phrase_made(line, phrase, cue, [place], content, speaker)


def phrase_made(
    line: Line, phrase: Phrase, cue: list[int], frame: list[Range], content: list[Range], speaker: Range | None
) -> Candidate:
    return Candidate(
        Form.INDIRECT,
        content,
        line,
        phrase.by,
        0.8,
        cue=cue,
        frame=frame,
        speaker=speaker,
        cue_class=phrase.cue_class,
        medium=phrase.medium,
        trace=["phrase"],
    )
