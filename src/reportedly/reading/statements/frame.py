"""What is known of an attributing clause, and what does a table row make of it: cue, speaker, whether another goes on?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from reportedly.reading.statements.clauses import Segment
from reportedly.reading.statements.groups import Group, noun_group
from reportedly.reading.statements.lexical import Cue
from reportedly.reading.statements.units import Line, Unit
from reportedly.reading.statements.voices import may_speak, voice_of


@dataclass(slots=True, eq=False)
class Frame:
    """A clause that attributes. Places are token numbers; `left`/`right` are the segments that may hold the content."""

    line: Line
    segments: list[Segment]
    k: int
    cues: tuple[Cue, ...]
    cue: list[int]
    start: int
    """First segment of the clause (its Vorfeld may stand in earlier ones than the verb)."""
    stop: int
    """The segment behind the clause."""
    speaker: tuple[int, int] | None = None
    head: Unit | None = None
    """The head noun of the subject."""
    shared: bool = False
    """The subject stands in an earlier clause (`… und forderte`)."""
    fronted: bool = False
    """The clause has its own Vorfeld before the verb."""
    passive: bool = False
    negated: bool = False
    addressee: tuple[int, int] | None = None
    target: tuple[int, int] | None = None
    occasion: tuple[int, int] | None = None
    time: tuple[int, int] | None = None
    field_: list[Unit] = field(default_factory=list)
    """Units of the clause that are neither verb nor subject nor addressee: here objects are looked for."""
    first: int = 0
    last: int = 0
    verb_last: bool = False

    @property
    def segment(self) -> Segment:
        return self.segments[self.k]


def run_of(units: Sequence[Unit], words: Sequence[str]) -> list[Unit]:
    """The units where these fixed words stand side by side (one word may come between), empty for none."""
    if not words:
        return []
    for i, u in enumerate(units):
        if u.lower != words[0]:
            continue
        run, at = [u], i + 1
        for word in words[1:]:
            step = next((n for n in (0, 1) if at + n < len(units) and units[at + n].lower == word), None)
            if step is None:
                break
            run.append(units[at + step])
            at += step + 1
        if len(run) == len(words):
            return run
    return []


def units_of(frame: Frame) -> list[Unit]:
    """All words of the clause."""
    return [u for j in range(frame.start, frame.stop) for u in frame.segments[j].units]


def agent_of(frame: Frame) -> tuple[int, int] | None:
    """Who acts in a passive clause: `wird ihm [von der Anklage] vorgeworfen`, `in einer Anweisung [der Botschaft]`."""
    units = units_of(frame)
    best: tuple[bool, Group] | None = None
    for i, u in enumerate(units[:-1]):
        if not u.has("P") or not (u.is_("of") or u.is_("paper_preposition")):
            continue
        if frame.speaker and frame.speaker[0] <= u.first < frame.speaker[1]:
            continue  # "Der vom Wirt vorgelegte Plan wurde kritisiert"
        group = noun_group(units, i + 1)
        if group is None or units[group.head].is_("time_noun"):
            continue
        if not u.is_("of"):
            group = _owner(units, group) if units[group.head].has("G") else None
        if group is None or not may_speak(voice_of(units, group)):
            continue
        belongs = i > 0 and units[i - 1].has("NE")  # "die Leute von der Mühle": rather part of the noun before it
        if best is None or (best[0] and not belongs):
            best = (belongs, group)
    return None if best is None else (units[best[1].start].first, units[best[1].stop - 1].last)


def _owner(units: Sequence[Unit], paper: Group) -> Group | None:
    """`einer Anweisung [der Botschaft]`: whose paper it is."""
    i = paper.head + 1
    return noun_group(units, i) if i < paper.stop and units[i].is_("genitive_determiner") else None


def cue_places(frame: Frame, cue: Cue) -> list[int]:
    """Tokens of the cue for this row: the verb, its fixed words and correlates."""
    units = units_of(frame)
    out = set(frame.cue) | {u.first for u in run_of(units, cue.words)}
    out |= {u.first for u in units if u.lower in cue.correlates}
    return sorted(out)


def speaker_for(frame: Frame, cue: Cue) -> tuple[int, int] | None:
    """Who speaks in this frame under this row: its subject, or the phrase that the row names."""
    if not cue.spoken_by:
        return agent_of(frame) if frame.passive else frame.speaker
    units = units_of(frame)
    for role in cue.spoken_by:
        if role == "acc":
            return frame.speaker if frame.passive else _object_of(frame)
        if role == "gen" and frame.speaker:
            own = [u for u in units if frame.speaker[0] <= u.first < frame.speaker[1]]
            if own and own[0].is_("phrase_possessive"):
                return own[0].first, own[0].last  # "lautet [sein] Fazit"
            named = next((i for i, u in enumerate(own[:-1]) if u.has("E") and not own[i + 1].has("E")), None)
            if named is not None and own[named].is_("genitive_s") and all(u.has("E") for u in own[:named]):
                return own[0].first, own[named].last  # "lautet [Karl Moors] Urteil"
            for i in range(1, len(own)):
                if own[i].is_("subject_owner_opener"):
                    group = noun_group(own, i + 1 if own[i].is_("of_bare") else i)
                    if group:
                        return (own[group.start].first, own[group.stop - 1].last)
        if ":" in role:
            wanted = role.split(":")[0]
            for i, u in enumerate(units[:-1]):
                if u.has("P") and u.preposition == wanted:
                    group = noun_group(units, i + 1, wide=True) if not u.has("D") else noun_group(units, i + 1)
                    if group and not units[group.head].is_("period_noun"):
                        return (units[group.start].first, units[group.stop - 1].last)
    return None


def _object_of(frame: Frame) -> tuple[int, int] | None:
    """`zitiert die „Warte“ [den Wirt] in einem Bericht`: the first group behind the verb that is not its subject."""
    units = [u for u in frame.field_ if not (frame.speaker and frame.speaker[0] <= u.first < frame.speaker[1])]
    i = 0
    while i < len(units):
        if units[i].has("P") and not units[i].has("N"):
            inner = noun_group(units, i + 1)
            i = inner.stop if inner else i + 1
            continue
        group = noun_group(units, i)
        if group is not None and units[group.head].has("O"):
            return units[group.start].first, units[group.stop - 1].last
        i = group.stop if group else i + 1
    return None


def carries(frame: Frame, cue: Cue) -> bool:
    """No subject of its own, and none forbidden: the speaker before goes on (`…, fügte hinzu`)."""
    return frame.speaker is None and not frame.passive and not cue.spoken_by
