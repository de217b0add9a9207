"""Whose words does an inserted clause give? `wie X mitteilte`, `so schätzen die Forscher`, `so die Ministerin`."""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.model.statement import Form
from reportedly.reading.statements.addressees import told_to
from reportedly.reading.statements.candidate import Candidate, Range
from reportedly.reading.statements.clauses import Segment
from reportedly.reading.statements.frame import Frame, cue_places, speaker_for
from reportedly.reading.statements.groups import Group, noun_group
from reportedly.reading.statements.lexical import CueTables, Phrase
from reportedly.reading.statements.scope import around, clause_range, content_start, is_apposition, phrase_made
from reportedly.reading.statements.units import Line, Unit


def wie_clause(frame: Frame) -> Candidate | None:
    """`Wie X mitteilte, [ist der Weg frei]`, `[der Weg ist], wie X mitteilte, [frei]`."""
    segments, k = frame.segments, frame.k
    s = segments[k]
    opener = s.units[s.skip]
    inserted = opener.is_("thus") and s.kind == "main" and s.at == s.skip + 1 and (s.before or k + 1 < len(segments))
    if (not (s.kind in {"wh", "sub"} and opener.is_("manner")) and not inserted) or not frame.cues or frame.negated:
        return None
    if not frame.cues[0].takes & {"quote", "dass", "konj"}:
        return None
    if frame.field_ and any(u.is_("degree_word") for u in frame.field_[:1]):
        return None
    if k and segments[k - 1].kind == "dass" and segments[k - 1].at < 0:
        return None
    content: list[Range] = []
    first, last = clause_range(segments, k, both=True)
    if first < k:
        content.append((content_start(segments[first]), segments[k - 1].last))
    after = frame.stop if inserted else k + 1
    if after < last:
        start = content_start(segments[after]) if inserted else segments[after].first
        content.append((start, segments[last - 1].last))
    if not content or not any(t.finite for j, t in enumerate(segments[first:last], first) if j != k):
        return None
    cue = frame.cues[0]
    return Candidate(
        Form.INDIRECT,
        content,
        frame.line,
        cue.by,
        0.8,
        cue=cue_places(frame, cue),
        frame=[(s.units[s.skip].first, s.last)],
        speaker=speaker_for(frame, cue),
        addressee=frame.addressee,
        cue_class=cue.cue_class,
        medium=cue.medium,
        trace=["wie clause"],
    )


def _before_occasion(units: Sequence[Unit], group: Group) -> int:
    """Where the speaker ends in `so [Karl Moor] im Gespräch mit der Zeitung`, `so [die Ministerin] am Montag`."""
    for i in range(group.head + 1, group.stop):
        if not units[i].has("P"):
            continue
        told = noun_group(units, i + 1)
        if told is not None and (
            units[told.head].is_("time_noun") or units[told.head].is_("letter") or units[told.head].is_("talk")
        ):
            return i
    return group.stop


def so_phrase(
    line: Line, segments: list[Segment], k: int, i: int, phrase: Phrase, tables: CueTables
) -> Candidate | None:
    segment = segments[k]
    units = segment.units
    if i != segment.skip or (segment.finite is not None and segment.at <= i + 1) or (k == 0 and segment.before == ""):
        return None
    if segment.kind not in {"frag"} and segment.finite is not None:
        return None
    at = i + phrase.slot
    if at >= len(units) or units[at].is_("never_after_so"):
        return None
    group = noun_group(units, at, wide=True)
    if group is None or (units[at].has("B") and not units[at].has("D")) or units[group.head].is_("time_noun"):
        return None
    if (units[at].has("A") and not units[at].has("DNE")) or units[at].is_("counting_word"):
        return None
    tail = phrase.words[phrase.slot :]
    cue = [units[i].first]
    for u in units[group.stop :]:
        if u.lower in tail:
            cue.append(u.first)
    if tail and len(cue) == 1:
        return None
    speaker = (units[group.start].first, units[_before_occasion(units, group) - 1].last)
    last = units[-1].last
    j = k + 1
    while j < len(segments) and segments[j].kind in {"frag", "rel"} and segments[j].before == ",":
        if segments[j].kind == "frag" and units[-1] is units[group.stop - 1] and is_apposition(segments[j]):
            speaker = (speaker[0], segments[j].last)
        last = segments[j].last
        j += 1
    content = around(segments, k, j)
    if not content:
        return None
    candidate = phrase_made(line, phrase, cue, [(units[i].first, last)], content, speaker)
    told = told_to(units, group.stop)
    if told is not None:
        candidate.addressee = (units[told.start].first, units[told.stop - 1].last)
    return candidate
