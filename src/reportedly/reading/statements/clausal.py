"""What was said, where a clause says it? dass and ob clauses, bare Konjunktiv clauses, infinitives, on either side.

`Sie sagte, [die Lage sei ernst].` · `[Die Lage sei ernst], sagte sie.` · `Er forderte, [nachzugeben].`
"""

from __future__ import annotations

from collections.abc import Collection

from reportedly.model.statement import Form
from reportedly.reading.statements.candidate import Candidate, Range
from reportedly.reading.statements.clauses import Segment
from reportedly.reading.statements.frame import Frame, carries, cue_places, speaker_for
from reportedly.reading.statements.lexical import Cue
from reportedly.reading.statements.scope import content_start
from reportedly.reading.statements.voices import may_speak


def content_end(segments: list[Segment], r: int) -> int:
    """The segment behind the content that opens at `r`: where the frame's own sentence goes on."""
    head = segments[r]
    konjunktiv = head.mood in {"k1", "k2"}
    torn = head.kind == "dass" and head.finite is None
    for j in range(r + 1, len(segments)):
        s = segments[j]
        if s.kind == "quote":
            if s.before == ":" or s.before == "„":
                return j
            continue
        konjunktiv = konjunktiv or (s.mood == "k1")
        if s.kind == "main":
            if torn:  # "dass Hanna Brill, Anwältin des Vereins, einen Antrag gestellt hat"
                torn = False
                continue
            if s.mood in {"k1", "k2"}:
                continue
            if s.verb_first:
                if segments[j - 1].kind == "sub" and s.before == ",":
                    continue  # the main clause behind its own "wenn …"
                verb = s.finite
                if s.before != "+" and verb is not None and "2" in verb.tags:
                    continue  # "sollten sie bleiben": a condition without wenn
                return j
            if head.kind in {"dass", "wh", "inf"} or konjunktiv or s.before in {";"}:
                return j
            if s.before not in {"+", ","}:
                return j
            continue
        if s.kind == "sub" and s.mood == "ind" and konjunktiv and s.units[s.skip].is_("narrating"):
            return j
        if s.before == ";" and head.mood and s.mood == "ind":
            return j
        if s.kind == "wh" and s.units[s.skip].is_("manner") and s.before == "," and _is_attribution(s):
            continue
    return len(segments)


def _is_attribution(segment: Segment) -> bool:
    return len(segment.units) <= 12


def right_content(frame: Frame) -> tuple[int, str] | None:
    """The segment behind the frame that opens a content clause, and what kind of clause it is."""
    segments = frame.segments
    r = frame.stop
    while r < len(segments) and segments[r].kind in {"frag", "rel", "um"} and segments[r].before in {",", "–", "-"}:
        r += 1
    if r >= len(segments):
        return None
    s = segments[r]
    if frame.verb_last and s.kind == "main" and r > frame.stop:
        return None
    if s.kind == "quote" or (s.before == "+" and s.kind == "main"):
        return None
    if s.kind == "inf" and r > frame.stop and segments[frame.stop].kind == "frag":
        opens = segments[frame.stop].units[0].has("BPC")
        return (frame.stop if opens else r, "inf")
    if s.kind == "inf" and r + 1 < len(segments):
        after = segments[r + 1]
        if after.verb_first and after.before == "," and after.mood in {"k1", "k2"}:
            return (r, "konj")  # "betonte, das Werk zu vergrößern, sei schwer"
    if s.kind in {"dass", "wh", "inf"}:
        return (r, s.kind)
    if s.kind == "sub":
        # "sagte, wenn das stimme, müsse man handeln"
        j = r + 1
        while j < len(segments) and segments[j].kind in {"frag", "rel", "inf"}:
            j += 1
        if j < len(segments) and segments[j].verb_first and segments[j].mood in {"k1", "k2"}:
            return (r, "konj")
        return None
    if s.kind == "main" and s.before in {",", ":", "–"}:
        if s.verb_first and s.before != ":":
            # "meldet, Karin Oelmann, die lange schwieg, habe …": the subject of the content stands apart from its verb
            apart = r > frame.stop and segments[frame.stop].kind == "frag" and s.mood in {"k1", "k2"} and s.skip == 0
            return (frame.stop, "konj") if apart and not frame.verb_last else None
        retold = s.mood in {"k1", "k2"} or (s.finite is not None and s.finite.is_("demanded_modal"))
        return (r, "konj" if retold else "plain")
    return None


def _takes(cue: Cue, kind: str) -> bool:
    wanted = {
        "dass": {"dass", "ob"},
        "wh": {"ob", "dass"},
        "inf": {"inf"},
        "konj": {"konj", "dass", "quote"},
        "plain": {"konj", "quote"},
    }[kind]
    return bool(cue.takes & wanted)


def _wills(segment: Segment, cue: Cue) -> bool:
    """`teilte mit, [den Hof verkaufen zu wollen]`: an infinitive of a modal or auxiliary stands for a dass clause."""
    return {"quote", "dass"} <= cue.takes and len(segment.units) > 3 and segment.units[-1].has("HM")


def _is_retold(segment: Segment, cue: Cue) -> bool:
    """`bemerkte, dass es [sei]`: what may be noticed or said was said where it stands in the Konjunktiv."""
    return "quote" in cue.takes and segment.kind == "dass" and segment.mood == "k1"


def _mute(frame: Frame, cue: Cue, kind: str) -> bool:
    """`Die Entwicklung zeigt, dass …`: what cannot speak attributes only under a plain verb of saying."""
    if frame.head is None or frame.passive or cue.spoken_by or may_speak(frame.head) or frame.head.has("R"):
        return False
    return "quote" not in cue.takes or kind == "plain"


def _bare(frame: Frame, cue: Cue) -> bool:
    """`Er sagte, es ist genug`: an indicative clause is content only behind a bare verb of saying with a subject that speaks,
    be it that of the clause before."""
    if frame.segment.mood == "" or frame.passive or frame.verb_last:
        return False
    if not frame.fronted and not (frame.shared and frame.head is not None and not frame.field_):
        return False  # "… und sagte, die Regeln reichten aus"
    if not {"quote", "konj"} <= cue.takes or frame.head is None or not may_speak(frame.head):
        return False
    return not any(u.has("NE") for u in frame.field_[:2]) and len(frame.field_) <= 4


def clausal(frame: Frame, inserted: Collection[int] = ()) -> Candidate | None:
    """The statement of a frame whose content is a clause, None where there is no such content.

    `inserted` are the segments that attribute themselves: `Sie protestierten, wie die Zeitung schreibt`.
    """
    left = left_content(frame)
    told = [t for t in frame.segments[left : frame.k] if t.kind == "main"] if left is not None else []
    both = any(t.mood in {"k1", "k2"} for t in told)
    right = right_content(frame)
    if right and both and right[1] in {"konj", "plain"}:
        right = None  # "Er gehe, sagt sie, nach Hause und komme nicht wieder"
    if right:
        r, kind = right
        for cue in frame.cues:
            said = frame.segments[r]
            if not _takes(cue, kind) and not (kind == "inf" and _wills(said, cue)) and not _is_retold(said, cue):
                continue
            if kind == "plain" and not _bare(frame, cue) and frame.segments[r].before != ":":
                continue
            if kind == "plain" and frame.segments[r].before == ":" and (frame.passive or len(frame.field_) > 8):
                continue
            if r in inserted and "ob" not in cue.takes:
                continue
            if _mute(frame, cue, kind):
                continue
            return _from_right(frame, r, kind, cue)
        if kind in {"dass", "inf", "wh"}:
            return None
    split = _split_content(frame)
    if split:
        for cue in frame.cues:
            if cue.takes & {"konj", "quote", "dass"}:
                candidate = _candidate(frame, cue, split, 0.84)
                candidate.frame = [(frame.first, frame.last)]
                candidate.trace.append("frame inside the clause")
                return candidate
    if left is not None:
        for cue in frame.cues:
            if cue.takes & {"konj", "quote", "dass", "ob"}:
                return _from_left(frame, left, cue)
    return None


def _from_right(frame: Frame, r: int, kind: str, cue: Cue) -> Candidate | None:
    segments = frame.segments
    end = content_end(segments, r)
    start = content_start(segments[r])
    stop = segments[end - 1].last
    if start >= stop:
        return None
    candidate = _candidate(frame, cue, [(start, stop)], 0.86 if kind != "plain" else 0.6)
    candidate.frame = [(frame.first, start)]
    candidate.trace.append(f"{kind} clause behind the frame")
    return candidate


def _split_content(frame: Frame) -> list[Range]:
    """`[Der Staat], meinte er, [müsse Vorräte anlegen]`: the frame stands between the subject of a clause and its verb."""
    segments, k = frame.segments, frame.k
    s, r = frame.segment, frame.stop
    if not s.verb_first or s.before != "," or s.skip or frame.shared or frame.start < k or not k or r >= len(segments):
        return []
    behind = segments[r]
    if not behind.verb_first or behind.before != "," or behind.skip or frame.speaker is None or len(frame.field_) > 6:
        return []
    first = k
    while first and segments[first - 1].kind in {"frag", "rel", "wh"} and segments[first].before == ",":
        first -= 1
    held = segments[first].units[segments[first].skip :] if first < k and segments[first].kind in {"frag", "wh"} else []
    if not held or (first and segments[first].before not in {",", ";", ":", "+"}):
        return []
    return [(held[0].first, segments[k - 1].last), (behind.first, segments[content_end(segments, r) - 1].last)]


def left_content(frame: Frame) -> int | None:
    """The first segment of the content that stands before a frame with its verb in front: `…, sagte sie`."""
    segments, k = frame.segments, frame.k
    s = frame.segment
    if not s.verb_first or s.before in {"+", ":", ""} or s.skip or frame.shared or frame.start < k or k == 0:
        return None
    last = segments[k - 1]
    if last.kind == "quote" or (frame.speaker is None and not frame.passive):
        return None
    if last.kind == "sub" and not any(t.kind == "main" for t in segments[:k]):
        return None
    main = [
        t for t in segments[:k] if t.kind in {"main", "dass"} or (t.kind == "wh" and not t.units[t.skip].is_("manner"))
    ]
    if not main:
        return None
    first = 0
    for j in range(k - 1, 0, -1):
        if segments[j].before in {";", ":"} or segments[j - 1].kind == "quote":
            first = j
            break
    konjunktiv = any(t.mood in {"k1", "k2"} for t in segments[first:k])
    if not konjunktiv and main[-1].kind != "dass":
        # in the indicative only a bare "…, sagte sie" is a frame, not "lobte A, kritisierte B"
        if not frame.speaker or frame.passive or any(not (c.takes & {"quote", "konj"}) for c in frame.cues[:1]):
            return None
        if frame.cues and frame.cues[0].spoken_by and frame.head is not None and frame.head.is_("placeholder"):
            return first  # "…, hieß es am Montag aus der Stadtverwaltung"
        if frame.head is None or not may_speak(frame.head) or frame.speaker[0] > frame.cue[0] + 4:
            return None
        if any(t.kind == "main" for t in segments[first:k]) and len(frame.field_) > 6:
            return None
    return first


def _from_left(frame: Frame, first: int, cue: Cue) -> Candidate:
    segments, k = frame.segments, frame.k
    head = segments[first]
    # "Ob das reicht, sei offen, sagte sie": there the ob clause is part of a whole sentence and keeps its "ob"
    whole = any(t.kind == "main" for t in segments[first:k])
    start = head.units[min(head.skip, len(head.units) - 1)].first if whole else content_start(head)
    content: list[Range] = [(start, segments[k - 1].last)]
    konjunktiv = any(t.mood in {"k1", "k2"} for t in segments[first:k])
    # the content may go on behind the frame: "…, sagte sie, und man müsse handeln"
    r = frame.stop
    while r < len(segments) and segments[r].kind in {"frag", "rel"} and segments[r].before == ",":
        r += 1
    last = frame.last
    if (
        r < len(segments)
        and konjunktiv
        and (
            (segments[r].kind == "main" and segments[r].mood in {"k1", "k2"})
            or (segments[r].kind == "dass" and head.kind == "dass")
            or (segments[r].kind in {"sub", "inf"} and r == frame.stop and segments[r].mood in {"k1", "k2", ""})
        )
    ):
        end = content_end(segments, r)
        content.append(
            (
                content_start(segments[r]) if segments[r].before != "+" else segments[r].units[0].first,
                segments[end - 1].last,
            )
        )
    else:
        while r > frame.stop and segments[r - 1].kind in {"frag", "rel"}:
            last = max(last, segments[r - 1].last)
            r -= 1
    candidate = _candidate(frame, cue, content, 0.84 if konjunktiv else 0.6)
    candidate.frame = [(frame.first, last)]
    candidate.trace.append("clause before the frame")
    return candidate


def _candidate(frame: Frame, cue: Cue, content: list[Range], sure: float) -> Candidate:
    return Candidate(
        Form.INDIRECT,
        content,
        frame.line,
        cue.by,
        sure,
        cue=cue_places(frame, cue),
        speaker=speaker_for(frame, cue),
        addressee=frame.addressee,
        cue_class=cue.cue_class,
        medium=cue.medium,
        negated=frame.negated,
        carried=carries(frame, cue),
    )
