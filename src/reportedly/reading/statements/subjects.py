"""Who is the subject of an attributing clause? Before the verb, behind it, in an earlier clause, or the antecedent."""

from __future__ import annotations

from reportedly.reading.statements.clauses import Segment
from reportedly.reading.statements.frame import Frame
from reportedly.reading.statements.groups import Group, approximates, may_be_subject, noun_group, subject_after
from reportedly.reading.statements.lexical import CueTables
from reportedly.reading.statements.units import Unit
from reportedly.reading.statements.verbs import verb_complex
from reportedly.reading.statements.voices import may_speak


def find_subject(frame: Frame, verb: list[Unit], tables: CueTables, previous: Frame | None) -> None:
    """Find Vorfeld, subject and the rest of the clause."""
    s, segments, lexicon = frame.segment, frame.segments, tables.lexicon
    verb_ids = {id(v) for v in verb}
    if s.kind == "main":
        front = [u for u in s.units[s.skip : s.at] if id(u) not in verb_ids]
        back = [u for u in s.units[s.at + 1 :] if id(u) not in verb_ids]
        for j in range(frame.k + 1, frame.stop):
            if segments[j].kind == "frag":
                back = back + [u for u in segments[j].units if id(u) not in verb_ids]
        frame.first = s.units[s.skip].first
        if front:
            frame.fronted = True
            _front_subject(frame, front, front, frame.k, back, tables)
        else:
            chain = _chain(segments, frame.k)
            if chain is not None and s.before != "+":
                units = segments[chain].units[segments[chain].skip :]
                frame.fronted = True
                frame.start = chain
                _front_subject(frame, units, units, chain, back, tables)
            elif s.before == "+" or s.skip or _goes_on(s, previous):
                frame.shared = True
                if previous and previous.speaker:
                    frame.speaker, frame.head = previous.speaker, previous.head
                frame.field_ = back
            else:
                group = subject_after(back, 0, lexicon)
                _take_back_subject(frame, back, group)
    else:
        opener = s.skip
        while opener < len(s.units) and s.units[opener].has("B") and not s.units[opener].has("SKWV"):
            opener += 1
        inner = [u for u in s.units[opener + 1 : s.at] if id(u) not in verb_ids]
        frame.first = s.units[s.skip].first
        if s.kind == "rel":
            frame.field_ = inner
            pronoun = s.units[opener]
            nominative = pronoun.is_("nominative_relative")
            own = subject_after(inner, 0, lexicon) if not nominative or pronoun.is_("neuter_pronoun") else None
            if own and own.start == 0:
                _take_back_subject(frame, inner, own)
            elif nominative:
                frame.speaker, frame.head = _antecedent(segments, frame.k)
            else:
                _take_back_subject(frame, inner, subject_after(inner, 0, lexicon))
        else:
            _take_back_subject(frame, inner, subject_after(inner, 0, lexicon))
    if frame.speaker and s.kind == "main":
        _apposition(frame)
    frame.last = max(
        [
            s.units[-1].last,
            *[segments[j].units[-1].last for j in range(frame.k, frame.stop) if segments[j].kind == "frag"],
        ]
    )


def _apposition(frame: Frame) -> None:
    """`sagte der Vorsitzende des Verbands, [Elmar Gessel], …`: the name behind the comma belongs to the subject."""
    segments, s = frame.segments, frame.segment
    assert frame.speaker
    if frame.speaker[1] != s.last or frame.stop >= len(segments) or frame.head is None or frame.head.has("R"):
        return
    t = segments[frame.stop]
    if t.kind != "frag" or t.before != "," or t.skip:
        return
    group = noun_group(t.units, 0, wide=True)
    if group is None or (t.units[0].has("P") and not t.units[0].has("NE")) or not t.units[group.head].has("O"):
        return
    if group.stop < len(t.units) and frame.stop + 1 >= len(segments) and not t.units[group.stop].has("PBA"):
        return
    frame.speaker = (frame.speaker[0], t.units[group.stop - 1].last)
    frame.stop += 1


def _voice(units: list[Unit], group: Group) -> Unit:
    """The noun of a group that tells whether it can speak: in `Minister Vogel` the title, where the name is a bird."""
    head = units[group.head]
    title = units[group.head - 1] if group.head > group.start else head
    return title if title.has("N") and title.has("O") and not may_speak(head) else head


def _take_back_subject(frame: Frame, units: list[Unit], group: Group | None) -> None:
    if group is None:
        frame.field_ = units
        return
    start = group.start
    while start < group.head and units[start].is_("focus_word"):
        start += 1
    frame.speaker = (units[start].first, units[group.stop - 1].last)
    frame.head = _voice(units, group)
    frame.field_ = units[: group.start] + units[group.stop :]


def _front_subject(
    frame: Frame, lead: list[Unit], front: list[Unit], chain: int, back: list[Unit], tables: CueTables
) -> None:
    """Is what stands before the verb the subject? Otherwise it stands behind."""
    lexicon, segments = tables.lexicon, frame.segments
    frame.start = min(chain, frame.k)
    frame.first = (
        segments[frame.start].units[min(segments[frame.start].skip, len(segments[frame.start].units) - 1)].first
    )
    skip = 0
    while (
        skip < len(lead) - 1
        and lead[skip].has("B")
        and not lead[skip].has("DR")
        and not approximates(lead, skip)
        and not (lead[skip].is_("compared_amount") and lead[skip + 1].is_("comparison"))
    ):
        skip += 1
    focus = skip > 0 and all(u.is_("leading_focus") for u in lead[:skip])
    group = noun_group(lead, skip, wide=True) if not lead[skip].has("P") or lead[skip].has("N") else None
    pointer = len(lead) == 1 and lead[0].is_("pointer") and subject_after(back, 0, lexicon) is not None
    if group and not pointer and not may_speak(_voice(lead, group)):
        # "Weitere Forderungen lehnt die Regierung ab": who can speak is the subject, what cannot the object
        behind = subject_after(back, 0, lexicon)
        asks = {"acc", "~acc"} & {
            t for lemma in _lemmas_of(frame, tables) for cue in tables.verbs.get(lemma, ()) for t in cue.to
        }
        pointer = behind is not None and may_speak(back[behind.head]) and not asks and not back[behind.start].has("P")
    if (
        group
        and (skip == 0 or focus)
        and not pointer
        and may_be_subject(lead, group, lexicon, tables.voices.adjectival)
    ):
        last = lead[-1].last
        end = group.stop
        rest = lead[end:]
        if rest and not all(u.has("BXDPNEAp") for u in rest):
            last = lead[group.stop - 1].last
        if rest and any(u.is_("clock_preposition") for u in rest[:1]) and any(u.is_("time_noun") for u in rest):
            last = lead[group.stop - 1].last
        elif rest and rest[0].has("B") and not any(u.has("NE") for u in rest):
            last = lead[group.stop - 1].last  # "Der Minister jedoch sagte"
        for j in range(chain + 1, frame.k):
            t = segments[j]
            if t.kind != "frag" or t.before not in {","}:
                break
            last = t.last
        if group.head == group.start and lead[group.head].has("R"):
            last = lead[group.stop - 1].last
        frame.speaker = (lead[group.start].first, last)
        frame.head = _voice(lead, group)
        frame.field_ = back
        return
    after = subject_after(back, 0, lexicon)
    _take_back_subject(frame, back, after)
    frame.field_ = [*front, *frame.field_] if front is lead else frame.field_


def _goes_on(s: Segment, previous: Frame | None) -> bool:
    """`…, fordern aber die Nennung eines Datums`: the second verb of the same subject, joined by a comma."""
    following = s.units[s.at + 1 :]
    return (
        previous is not None
        and previous.fronted
        and s.before == ","
        and bool(following)
        and following[0].is_("joint_adverb")
    )


def _lemmas_of(frame: Frame, tables: CueTables) -> list[str]:
    return verb_complex(frame.segments, frame.k, tables.lexicon)[1]


def _chain(segments: list[Segment], k: int) -> int | None:
    """The first segment of a Vorfeld that an apposition or a relative clause parts from its verb, None for none.

    `Die Ministerin, eine Juristin, sagte` · `Der Sprecher, der nicht genannt werden wollte, teilte mit`
    """
    j = k - 1
    while j >= 0 and segments[j].kind in {"frag", "rel", "um"} and segments[j + 1].before in {",", "–", "-", "+"}:
        j -= 1
    first = j + 1
    if first >= k:
        return None
    if j >= 0 and segments[first].before not in {";", ":", "+"}:
        # something with a verb stands before: what we saw belongs to it (an apposition at its end)
        return None
    if segments[first].kind != "frag" or segments[k].before == "+":
        return None
    return first


def _antecedent(segments: list[Segment], k: int) -> tuple[tuple[int, int] | None, Unit | None]:
    """The noun group that a relative clause belongs to: the last one before it."""
    if not k or segments[k].before != ",":
        return None, None
    units = segments[k - 1].units
    best: tuple[int, int] | None = None
    head: Unit | None = None
    i = 0
    while i < len(units):
        group = noun_group(units, i) if not units[i].has("P") or units[i].has("N") else None
        if group and group.stop > i:
            if group.stop == len(units):
                best = (units[group.start].first, units[group.stop - 1].last)
                head = units[group.head]
                break
            i = group.stop
        else:
            i += 1
    return best, head
