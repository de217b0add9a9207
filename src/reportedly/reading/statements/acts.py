"""What was said, where the act is reported with its topic? The object or complement of the verb is the content.

`Die Partei forderte [seinen Rücktritt].` · `Sie warnte [vor einer Eskalation].` · `Er nannte [den Schritt falsch].`
"""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.model.statement import Form
from reportedly.reading.statements.candidate import Candidate, Range
from reportedly.reading.statements.clausal import content_end
from reportedly.reading.statements.frame import Frame, carries, cue_places, run_of, speaker_for, units_of
from reportedly.reading.statements.groups import noun_group, subject_after
from reportedly.reading.statements.lexical import Cue, CueTables
from reportedly.reading.statements.units import Unit
from reportedly.reading.statements.voices import may_speak


def act(frame: Frame, tables: CueTables) -> Candidate | None:
    """The reported act of a frame, None where its verb takes no object as content or none stands there."""
    for cue in frame.cues:
        if cue.spoken_by:
            found = _spoken_about(frame, cue, tables)
            if found:
                return found
            continue
        if not frame.passive and frame.head is not None and not may_speak(frame.head):
            continue
        retold = frame.segment.mood in {"k1", "k2"} and frame.head is not None and frame.head.has("R")
        if retold and cue.medium == "thought":
            continue  # "man habe es gesehen": what somebody said, not what he thinks
        if cue.prepositions or cue.takes & {"acc", "als", "für", "nennt"}:
            found = _passive(frame, cue, tables) if frame.passive else _active(frame, cue, tables)
            if found:
                return found
    return None


def _active(frame: Frame, cue: Cue, tables: CueTables) -> Candidate | None:
    fixed = {id(u) for u in run_of(frame.field_, cue.words)}
    units = [u for u in frame.field_ if id(u) not in fixed and u.lower not in cue.correlates]
    units += _resumed(frame, cue)
    start = None
    if cue.prepositions:
        start = _preposition(units, cue, tables)
    if start is None and cue.takes & {"als", "für", "nennt"}:
        start = _object(units, tables)
        if start is not None and cue.takes & {"als", "für"}:
            words = {u.lower for u in units[start:]}
            if not words & (cue.takes & {"als", "für"}):
                start = None
    if start is None and "acc" in cue.takes:
        start = _object(units, tables)
    if start is None:
        return None
    stop = _stop(units, start, tables)
    if stop <= start or all(u.is_("empty_object") or u.has(".") for u in units[start:stop]):
        return None
    if units[start].is_("pointer") and (stop == start + 1 or units[start + 1].first != units[start].last):
        return None  # "Das teilte die Behörde in Ahlau mit": the pointer is the object, what follows is none
    candidate = _candidate(frame, cue, units[start:stop])
    if units[stop - 1].last == frame.last and (listed := _listed(frame, tables)) is not None:
        candidate.content = [*candidate.content[:-1], (candidate.content[-1][0], listed)]
        candidate.frame = _frame_around(frame, candidate)
        return candidate
    after = frame.segments[frame.stop] if frame.stop < len(frame.segments) else None
    if (
        after is not None
        and after.kind in {"dass", "inf", "rel"}
        and after.before == ","
        and units[stop - 1].last == frame.last
    ):
        # "als Hinweis darauf, dass …": the clause belongs to the noun at the end of the object
        end = frame.stop + 1 if after.kind == "rel" else content_end(frame.segments, frame.stop)
        candidate.content = [(candidate.content[0][0], frame.segments[end - 1].last)]
        candidate.frame = _frame_around(frame, candidate)
    return candidate


def _listed(frame: Frame, tables: CueTables) -> int | None:
    """`Sie warnte vor Hunger, [Armut und Seuchen]`: the word behind the last member of a list that goes on behind the clause."""
    for s in frame.segments[frame.stop :]:
        if s.kind != "frag" or s.before != "," or s.skip or noun_group(s.units, int(s.units[0].has("P"))) is None:
            return None
        joint = next((i for i, u in enumerate(s.units) if u.is_("list_joint")), 0)
        if joint:
            behind = [u for u in s.units[joint + 1 :] if u.has("NE")]
            return s.units[_stop(s.units, joint, tables) - 1].last if behind else None
    return None


def _spoken_about(frame: Frame, cue: Cue, tables: CueTables) -> Candidate | None:
    """`Der Vorschlag stieß bei der Opposition auf Kritik` · `Die Strecke gilt als gefährlich`: the subject is content."""
    if not frame.speaker or not cue.takes & {"acc", "als"} or frame.passive:
        return None
    candidate = _candidate(frame, cue, [])
    candidate.content = [frame.speaker]
    candidate.speaker = speaker_for(frame, cue)
    candidate.sure = 0.45
    if "als" in cue.takes:
        at = next((i for i, u in enumerate(frame.field_) if u.is_("comparison")), None)
        if at is None:
            return None
        stop = _stop(frame.field_, at, tables)
        candidate.content.append((frame.field_[at].first, frame.field_[stop - 1].last))
    candidate.frame = _frame_around(frame, candidate)
    return candidate


def _resumed(frame: Frame, cue: Cue) -> list[Unit]:
    """`Sie halten das Verfahren, das lange dauerte, [für falsch]`: the clause goes on behind a relative clause."""
    k = frame.stop
    segments = frame.segments
    if not cue.takes & {"als", "für"} or k + 1 >= len(segments) or segments[k].kind != "rel":
        return []
    after = segments[k + 1]
    opens = after.kind == "frag" and after.before == "," and after.units[0].lower in cue.takes & {"als", "für"}
    return after.units if opens else []


def _passive(frame: Frame, cue: Cue, tables: CueTables) -> Candidate | None:
    """`Die Vorwürfe wurden zurückgewiesen`: what is the subject there is the content; `von der Partei` names who said it."""
    if not frame.speaker or "pass" not in cue.takes:
        return None
    a, b = frame.speaker
    if frame.head is not None and frame.head.is_("placeholder"):
        # "Es wurde die Wartung bemängelt": the real subject stands behind
        real = subject_after(frame.field_, 0, tables.lexicon)
        if real is None:
            return None
        a, b = frame.field_[real.start].first, frame.field_[real.stop - 1].last
    if b - a == 1 and all(u.is_("empty_subject") for u in units_of(frame) if a <= u.first < b):
        return None
    candidate = _candidate(frame, cue, [])
    candidate.content = [(a, b)]
    candidate.carried = False
    if candidate.speaker is None and cue.cue_class not in {"critical", "denial", "accusing", "warning"}:
        return None
    candidate.sure = 0.4
    candidate.frame = _frame_around(frame, candidate)
    return candidate


def _preposition(units: Sequence[Unit], cue: Cue, tables: CueTables) -> int | None:
    for i, u in enumerate(units):
        if u.has("P") and u.preposition in cue.prepositions and i + 1 < len(units):
            group = noun_group(units, i + 1)
            if group and units[group.head].is_("time_noun") and not any(x.fragment for x in units[i + 1 : group.stop]):
                continue
            if group and units[group.head].is_("prompting_noun"):
                continue  # "verwies auf Anfrage auf …"
            return i
    return None


def _object(units: Sequence[Unit], tables: CueTables) -> int | None:
    """Where the object begins: the first noun group that is no time and no dative."""
    i = 0
    while i < len(units):
        u = units[i]
        if u.has("P") and not u.has("N"):
            adverb = (
                i + 2 < len(units) and units[i + 1].has("B") and units[i + 2].has("A") and not units[i + 2].has("D")
            )
            inner = noun_group(units, i + 2 if adverb else i + 1)  # "wegen wieder steigender Preise"
            i = inner.stop if inner else i + 1
            continue
        if u.is_("part_of_time"):
            behind = [j for j in range(i + 1, min(i + 4, len(units))) if units[j].is_("time_noun") or units[j].has("X")]
            i = behind[-1] + 1 if behind else i + 1  # "Ende vergangenen Jahres", "Ende 2019"
            continue
        counts = u.is_("amount") and i + 1 < len(units) and units[i + 1].has("NEA")  # mehr Geduld
        if (u.has("B") and not u.has("D") and not counts) or u.has("YC") or u.is_("dative_pronoun"):
            i += 1
            continue
        group = noun_group(units, i)
        if group:
            if units[group.head].is_("time_noun") or u.is_("dative_article"):
                i = max(group.stop, i + 1)
                continue
            return i
        i += 1
    return None


def _stop(units: Sequence[Unit], start: int, tables: CueTables) -> int:
    """Everything to the end of the clause but a time at its end."""
    stop = len(units)
    while (
        stop > start
        and (units[stop - 1].has("BT") and not units[stop - 1].has("NE"))
        and not any(
            u.is_("predicative") for u in units[max(start, stop - 3) : stop - 1]
        )  # "für sicher", "als sehr gut"
        and not units[stop - 1].is_("pointing_adverb")  # "darauf" points to the clause behind it
    ):
        stop -= 1
    # tokens must lie side by side: a taken-out addressee or subject ends the object
    for i in range(start + 1, stop):
        resumed = units[i].is_("predicative")
        if (units[i].first - units[i - 1].last > 3 and not resumed) or units[i].first < units[i - 1].first:
            return i
    return stop


def _candidate(frame: Frame, cue: Cue, units: Sequence[Unit]) -> Candidate:
    candidate = Candidate(
        Form.REPORTED,
        _pieces(frame, units),
        frame.line,
        cue.by,
        0.55,
        cue=cue_places(frame, cue),
        speaker=speaker_for(frame, cue),
        addressee=frame.addressee,
        cue_class=cue.cue_class,
        medium=cue.medium,
        negated=frame.negated,
        carried=carries(frame, cue),
        judges=bool(cue.takes & {"als", "nennt", "für"}) or len(units) == 1,
    )
    if units:
        candidate.frame = _frame_around(frame, candidate)
    return candidate


def _pieces(frame: Frame, units: Sequence[Unit]) -> list[Range]:
    """`[Den Plan] nannte sie [einen Fehler]`: what stands on both sides of verb and subject is two pieces."""
    apart = [*frame.cue, *([frame.speaker[0]] if frame.speaker else [])]
    out: list[Range] = []
    for i, u in enumerate(units):
        if out and not any(units[i - 1].last <= token < u.first for token in apart):
            out[-1] = (out[-1][0], u.last)
        else:
            out.append((u.first, u.last))
    return out


def _frame_around(frame: Frame, candidate: Candidate) -> list[tuple[int, int]]:
    """The clause without the content."""
    if len(candidate.content) > 1:
        return [(frame.first, frame.last)]  # the content on both sides of it is taken out later
    a, b = candidate.start, candidate.stop
    out = []
    if frame.first < a:
        out.append((frame.first, min(a, frame.last)))
    if b < frame.last:
        out.append((b, frame.last))
    return out
