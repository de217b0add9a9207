"""Who said what stands in quotation marks? Direct speech with its frame before, behind, inside, or a line away."""

from __future__ import annotations

from reportedly.model.statement import Form
from reportedly.reading.statements.acts import act
from reportedly.reading.statements.candidate import Candidate, Range
from reportedly.reading.statements.clausal import clausal
from reportedly.reading.statements.clauses import Segment
from reportedly.reading.statements.frame import Frame, carries, cue_places, speaker_for
from reportedly.reading.statements.groups import noun_group
from reportedly.reading.statements.lexical import Cue, CueTables
from reportedly.reading.statements.nominal import leading_noun
from reportedly.reading.statements.subjects import find_subject
from reportedly.reading.statements.units import Line, Quotation
from reportedly.reading.statements.verbs import verb_complex
from reportedly.reading.statements.voices import may_speak


def quoted_in(
    line: Line,
    segments: list[Segment],
    frames: list[Frame],
    tables: CueTables,
    before: Frame | None,
    doer: Range | None = None,
) -> list[Candidate]:
    """The direct statements of a line. `before` is a frame that ended the line before with a colon, `doer` who acts in that
    line where nothing in it says that he speaks."""
    out: list[Candidate] = []
    by_segment = {f.k: f for f in frames}
    for k, s in enumerate(segments):
        if s.kind != "quote" or s.units[0].quote is None:
            continue
        q = s.units[0].quote
        if s.before == ":" and k and segments[k - 1].units[-1].is_("work") and _is_title(q):
            continue  # "ihr neues Buch: „Die große Reise“"
        own = (
            s.before == ":"
            and k > 0
            and segments[k - 1].kind == "rel"
            and k + 1 < len(segments)
            and segments[k + 1].after == ":"
        )
        found = (
            (_ahead(segments, k, by_segment, tables, line, q) if own else None)  # "Moor, der schrieb: „A“, sagte: „B“"
            or _behind(segments, k, by_segment, tables, line, q)
            or _ahead(segments, k, by_segment, tables, line, q)
            or (_from_line_before(q, line, before) if before is not None and k == 0 else None)
            or (Candidate(Form.DIRECT, [], line, "rule/colon", 0.5, speaker=doer) if doer and k == 0 else None)
        )
        if found is None and s.before == "," and out and (last := out[-1]).frame[-1:] == [_before_mark(segments, k)]:
            last.content.append((q.inner_first, q.inner_last))  # "„A“, so Moor, „und B“"
            continue
        if found is None:
            if s.before == ":" and q.inner_last - q.inner_first == 1:
                continue  # "das nächste Buch: »Nebelsturz«": one word behind a colon is a name or a title
            found = Candidate(Form.DIRECT, [], line, "rule/quotation-alone", 0.45, carried=True)
        joined = next((c for c in out if c.cue and c.cue == found.cue), None)
        if joined:
            joined.content.append((q.inner_first, q.inner_last) if joined.form is Form.DIRECT else (q.first, q.last))
            joined.frame = found.frame if len(found.frame) > len(joined.frame) else joined.frame
            continue
        if found.form is Form.DIRECT:
            found.content = [(q.inner_first, q.inner_last)]
        out.append(found)
    return out


def _before_mark(segments: list[Segment], k: int) -> Range | None:
    """The frame that begins right behind a quotation and ends before the one in segment `k`."""
    j = k - 1
    while j > 0 and segments[j].kind in {"frag", "rel"} and not segments[j].units[0].is_("thus"):
        j -= 1
    opened = j > 0 and segments[j].units[0].is_("thus") and segments[j - 1].kind == "quote"
    return (segments[j].first, segments[k - 1].last) if opened else None


def _is_title(q: Quotation) -> bool:
    """Words without a stop at their end."""
    return not q.inside or not q.inside[-1].units or not q.inside[-1].units[-1].has(".")


def _speech_cue(frame: Frame) -> Cue | None:
    return next((c for c in frame.cues if c.takes & {"quote"}), None) or next(
        (c for c in frame.cues if c.takes & {"konj", "dass", "acc"} or c.prepositions), None
    )


def _from_frame(frame: Frame, cue: Cue, first: int, last: int) -> Candidate:
    return Candidate(
        Form.DIRECT,
        [],
        frame.line,
        cue.by,
        0.9,
        cue=cue_places(frame, cue),
        frame=[(first, last)],
        speaker=speaker_for(frame, cue),
        addressee=frame.addressee,
        cue_class=cue.cue_class,
        medium=cue.medium if cue.medium != "thought" else "speech",
        negated=False,
        carried=carries(frame, cue),
    )


def _behind(
    segments: list[Segment], k: int, frames: dict[int, Frame], tables: CueTables, line: Line, q: Quotation
) -> Candidate | None:
    """`„…“, sagte sie` · `„…“, so der Minister` · `„…“ – wie er betonte`"""
    j = k + 1
    if j >= len(segments):
        return None
    s = segments[j]
    frame = frames.get(j)
    if frame and (s.verb_first or (s.kind in {"wh", "sub"} and s.units[s.skip].is_("manner"))) and s.before != "+":
        cue = _speech_cue(frame)
        if cue:
            last = frame.last
            i = frame.stop
            while i < len(segments) and segments[i].kind in {"rel", "frag"} and segments[i].before == ",":
                last = segments[i].last
                i += 1
            return _from_frame(frame, cue, frame.first, last)
    if s.units[0].is_("thus") and s.finite is None and len(s.units) > 1:
        group = noun_group(s.units, 1, wide=True)
        if group and not s.units[group.head].is_("time_noun"):
            row = next(
                (p for p in tables.phrases.get(s.units[0].lower, ()) if p.kind == "so" and len(p.words) == 1), None
            )
            speaker = (s.units[group.start].first, s.units[group.stop - 1].last)
            last = s.last
            i = j + 1
            while i < len(segments) and segments[i].kind in {"rel", "frag"} and segments[i].before == ",":
                if (
                    segments[i].kind == "frag"
                    and group.stop == len(s.units)
                    and i == j + 1
                    and segments[i].units[0].has("DNEA")
                ):
                    speaker = (speaker[0], segments[i].last)
                last = segments[i].last
                i += 1
            return Candidate(
                Form.DIRECT,
                [],
                line,
                row.by if row else "rule/so",
                0.85,
                cue=[s.units[0].first],
                frame=[(s.units[0].first, last)],
                speaker=speaker,
            )
    return None


def _ahead(
    segments: list[Segment], k: int, frames: dict[int, Frame], tables: CueTables, line: Line, q: Quotation
) -> Candidate | None:
    """`Sie sagte: „…“` · `Der Minister: „…“` · `Er rief, „…“`"""
    if k == 0:
        return None
    sep = segments[k].before
    if sep not in {":", ",", "„", "–"}:
        return None
    for j in range(k - 1, -1, -1):
        s = segments[j]
        frame = frames.get(j)
        if frame and (sep == ":" or j == k - 1 or frame.stop >= k):
            cue = _speech_cue(frame)
            if sep == ":" and frame.verb_last and cue and "quote" not in cue.takes and _has_main(frames, j):
                continue  # "Er glaubt, dass das aus dem Bericht hervorgeht: „…“": the colon is his
            announced = segments[k - 1].units[-1].is_("quoted_as")  # "Er lehnte das mit den Worten ab: „…“"
            if (
                sep == ":"
                and not announced
                and (own := clausal(frame) or act(frame, tables))
                and min(frame.cue, default=0) < own.start <= own.stop <= q.first
                and own.sure >= 0.55
            ):
                # "Sie warnte vor Eile: „…“": one statement, its words quoted in part
                own.content.append((q.first, q.last))
                own.form = Form.MIXED
                own.trace.append("goes on in a quotation")
                return own
            left = clausal(frame) if sep == ":" and cue and frame.segment.before == "," else None
            said = left is not None and any(
                t.kind == "main" and left.start <= t.first < left.stop for t in segments[:j]
            )
            if left and said and left.stop <= min(frame.cue, default=0) and left.sure >= 0.55:
                left.content.append((q.first, q.last))  # "Das komme nicht in Frage, sagte sie: „Wir bleiben.“"
                left.form = Form.MIXED
                left.trace.append("goes on in a quotation")
                return left
            if cue and (sep == ":" or "quote" in cue.takes):
                return _from_frame(frame, cue, frame.first, segments[k].units[0].first)
        if s.kind == "quote":
            # „A“, sagte X, „B“: the frame between them serves both
            between = frames.get(j + 1)
            if between:
                cue = _speech_cue(between)
                if cue:
                    return _from_frame(between, cue, between.first, between.last)
            break
        if sep != ":":
            break
    last = segments[k - 1]
    led = leading_noun(last.units[last.skip :], tables) if sep == ":" and k == 1 and last.finite is None else None
    if led is not None:
        at, row, owner = led  # "Sein Fazit: „…“"
        return Candidate(
            Form.DIRECT,
            [],
            line,
            row.by,
            0.85,
            cue=[last.units[last.skip + at].first],
            frame=[(last.first, segments[k].units[0].first)],
            speaker=owner,
            cue_class=row.cue_class,
            carried=owner is None,
        )
    if sep == ":" and last.finite is None and not last.units[-1].is_("quoted_as"):
        group = noun_group(last.units, 0, wide=True)
        if (
            group
            and not last.units[0].has("P")
            and group.stop >= len(last.units) - 1
            and not last.units[group.head].is_("time_noun")
        ):
            place: Range = (last.units[0].first, last.units[group.stop - 1].last)
            return Candidate(
                Form.DIRECT,
                [],
                line,
                "rule/name-colon",
                0.6,
                frame=[(place[0], segments[k].units[0].first)],
                speaker=place,
            )
    if sep == ":":
        if q.inner_last - q.inner_first > 1 and any(s.kind == "main" and s.finite for s in segments[:k]):
            speaker = doer_of(line, segments[:k], tables)
            return Candidate(Form.DIRECT, [], line, "rule/colon", 0.5, speaker=speaker, carried=speaker is None)
    return None


def _has_main(frames: dict[int, Frame], before: int) -> bool:
    return any(j < before and not frame.verb_last for j, frame in frames.items())


def doer_of(line: Line, segments: list[Segment], tables: CueTables, *, alone: bool = False) -> Range | None:
    """`[Der Trainer] zeigte keine Scheu: „…“`: whoever acts before the colon speaks behind it. `alone`: the quotation has a
    line of its own, so that whoever can speak will do."""
    k = next((j for j in range(len(segments) - 1, -1, -1) if segments[j].kind == "main" and segments[j].finite), None)
    if k is None:
        return None
    verb, _, passive, end = verb_complex(segments, k, tables.lexicon)
    frame = Frame(line, segments, k, (), [], k, end + 1, passive=passive)
    find_subject(frame, verb, tables, None)
    head = frame.head
    if passive or frame.speaker is None or head is None:
        return None
    person = (
        alone
        and head.has("OX")
        and not head.has("GUI")
        and (head.has("X") or tables.lexicon.noun(head.text) is not None)
    )
    somebody = head.has("E") or head.is_("person_pronoun") or person or tables.lexicon.is_person(head.text)
    announced = segments[-1].units[-1].is_("quoted_as")  # "Die Zeitung beschreibt es mit den Worten: „…“"
    return frame.speaker if somebody or (announced and may_speak(head)) else None


def _from_line_before(q: Quotation, line: Line, before: Frame) -> Candidate | None:
    cue = _speech_cue(before)
    if cue is None:
        return None
    candidate = _from_frame(before, cue, before.first, before.last)
    candidate.line = line
    candidate.sure = 0.8
    return candidate
