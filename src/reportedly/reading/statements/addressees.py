"""To whom was it said? Addressee and target among what is left of the clause, and whether the saying is negated."""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.reading.statements.candidate import Range
from reportedly.reading.statements.frame import Frame, units_of
from reportedly.reading.statements.groups import Group, noun_group
from reportedly.reading.statements.lexical import CueTables
from reportedly.reading.statements.units import Unit
from reportedly.reading.statements.voices import may_speak, voice_of


def find_addressee(frame: Frame, verb: list[Unit], tables: CueTables) -> None:
    """Addressee, target, negation among what is left of the clause."""
    _split_subject(frame)
    units = frame.field_
    frame.negated = any(u.is_("negation") for u in units)
    wanted = {t for cue in frame.cues for t in cue.to}
    if frame.passive and "acc" in wanted and frame.speaker:
        frame.addressee = frame.speaker  # "Die Anwohner wurden aufgefordert, …"
    preps = {t.split(":")[0] for t in wanted}
    i = 0
    rest: list[Unit] = []
    while i < len(units):
        u = units[i]
        asked = u.has("P") and u.preposition in preps
        after_noun = bool(rest) and (_takes_phrase(rest[-1], u) or _compares(rest, u))
        if (u.is_("toward") and not after_noun) or (asked and u.is_("addressee_preposition")):
            group = noun_group(units, i + 1)
            if (
                group
                and not _is_time(units, group)
                and (u.is_("toward") or _is_plainly_told(units, i, group) or _hears(units, group, frame))
            ) and (asked or not (u.has("P") and u.is_("wanted_addressee_preposition"))):
                frame.addressee = frame.addressee or (units[group.start].first, units[group.stop - 1].last)
                i = group.stop
                continue
        turned = _turned_to(units, i)
        if turned is not None:
            frame.addressee = frame.addressee or (units[turned.start].first, units[turned.stop - 1].last)
            i = turned.stop + 1
            continue
        if u.is_("addressed_pronoun") and ("dat" in wanted or "acc" in wanted or "~dat" in wanted or "~acc" in wanted):
            if any(not t.startswith("~") for t in wanted if t in {"dat", "acc", "~dat", "~acc"}):
                frame.addressee = frame.addressee or (u.first, u.last)
            else:
                frame.target = (u.first, u.last)
            i += 1
            continue
        group = noun_group(units, i) if not u.has("P") or u.has("N") else None
        if group and group.stop > i and not _is_time(units, group) and not units[group.head].has("R"):
            role = _case_role(units[group.start], units[group.head], wanted, frame)
            if role and units[group.head].has("NE"):
                place = (units[group.start].first, units[group.stop - 1].last)
                if role.startswith("~"):
                    frame.target = frame.target or place
                else:
                    frame.addressee = frame.addressee or place
                i = group.stop
                continue
            rest.extend(units[i : group.stop])
            i = group.stop
            continue
        if u.has("P") and not u.has("N"):
            inner = noun_group(units, i + 1)
            stop = inner.stop if inner else i + 1
            stop = next((j for j in range(i + 1, stop) if _asks(units, j, preps)), stop)
            rest.extend(units[i:stop])
            i = stop
            continue
        rest.append(u)
        i += 1
    frame.field_ = rest


def _is_plainly_told(units: Sequence[Unit], i: int, group: Group) -> bool:
    """`beschwerte sich bei der Wirtin`, not `wirbt für Strafen bei Verstößen`."""
    heard = not units[i].is_("beside_preposition") or may_speak(voice_of(units, group))
    return units[i].is_("plain_addressee_preposition") and heard


def _asks(units: Sequence[Unit], i: int, prepositions: set[str]) -> bool:
    """`im Landtag [von Minister Moor]`: here the phrase begins that the verb asks for, before somebody who can be asked."""
    if not units[i].has("P") or units[i].preposition not in prepositions or i + 1 >= len(units):
        return False
    group = noun_group(units, i + 1)
    return group is not None and units[group.head].has("O") and (units[i + 1].has("D") or units[i + 1].is_("role"))


def _takes_phrase(before: Unit, preposition: Unit) -> bool:
    """`Gewalt [gegenüber Frauen]`: a phrase beside a noun belongs to the noun, but not beside a time or a name."""
    return before.has("N") and before.last == preposition.first and not before.is_("time_noun") and not before.has("E")


def _compares(before: Sequence[Unit], preposition: Unit) -> bool:
    """`als nachrangig [gegenüber den Regeln]`: a phrase beside what something is held for belongs to that."""
    near = before[-1].has("A") and before[-1].last == preposition.first
    return near and any(u.is_("predicative") for u in before[-3:-1])


def told_to(units: Sequence[Unit], at: int) -> Group | None:
    """`laut dem Sprecher [gegenüber der Zeitung]`: the group behind the preposition at `at`."""
    if at + 1 >= len(units) or not units[at].is_("toward"):
        return None
    group = noun_group(units, at + 1)
    return None if group is None or _is_time(units, group) else group


def heard_in(units: Sequence[Unit], speaker: Range | None) -> Range | None:
    """Who hears it in the clause of a light verb: `gegenüber [der Zeitung]`, `gaben [den Soldaten] den Befehl`."""
    i = 0
    while i < len(units):
        told = told_to(units, i)
        if told is not None:
            return (units[told.start].first, units[told.stop - 1].last)
        inner = noun_group(units, i + 1) if units[i].has("P") and not units[i].has("NE") else noun_group(units, i)
        if inner is not None and inner.start == i and not (speaker and speaker[0] <= units[i].first < speaker[1]):
            first, head = units[i], units[inner.head]
            person = head.has("O") and not head.has("G")
            dative = first.is_("dative_article") or (first.is_("plural_dative_article") and head.is_("dative_plural"))
            if dative and person and not _is_time(units, inner):
                return (first.first, units[inner.stop - 1].last)
        i = max(inner.stop, i + 1) if inner else i + 1
    return None


def _is_time(units: Sequence[Unit], group: Group) -> bool:
    """`am Sonntag`, but not the paper „Bild am Sonntag“."""
    quoted = any(u.fragment > units[group.head].first for u in units[group.start : group.head + 1])
    behind = units[group.start + 1] if group.start + 1 < len(units) else units[group.start]
    part = units[group.start].is_("part_of_time") and (behind.is_("time_noun") or behind.has("X"))  # Ende April
    return part or (units[group.head].is_("time_noun") and not quoted)


def _split_subject(frame: Frame) -> None:
    """`forderte der Verband [von der Regierung]`, `wurde die Regierung [vom Verband] aufgefordert`: where the verb asks for
    `von` or is passive, such a phrase is none of the subject's own, unless a person's office or name needs it."""
    finite = frame.segment.finite
    asked = any(t.startswith("von:") for cue in frame.cues for t in cue.to)
    if not frame.speaker or finite is None or not (asked or frame.passive) or frame.speaker[0] < finite.first:
        return
    own = [u for u in units_of(frame) if frame.speaker[0] <= u.first < frame.speaker[1]]
    for i, u in enumerate(own):
        if not i or not (u.has("P") and u.is_("of")) or own[i - 1].last != u.first:
            continue
        bare = u.is_("of_bare") and i + 1 < len(own) and not own[i + 1].has("D")
        group = noun_group(own, i + 1)
        if group is None:
            continue
        named = own[i - 1].has("E") and own[group.head].has("N") and not own[group.head].has("E")
        if not (own[group.head].has("O") or named) or (bare and own[i - 1].has("NE") and own[i - 1].is_("role")):
            continue
        frame.speaker = (frame.speaker[0], own[i - 1].last)
        frame.field_ = own[i:] + frame.field_
        return


def _turned_to(units: Sequence[Unit], at: int) -> Group | None:
    """`An [die Gewerkschaften] gewandt`"""
    group = noun_group(units, at + 1) if units[at].has("P") and units[at].preposition == "an" else None
    return group if group and group.stop < len(units) and units[group.stop].is_("turned_to") else None


def _hears(units: Sequence[Unit], group: Group, frame: Frame) -> bool:
    """Who is spoken to with `zu`, `vor`: an audience; behind the verb also a paper or a person (`zu` names topics too)."""
    head = units[group.head]
    if _is_audience(head):
        return True
    finite = frame.segment.finite
    if finite is None or (units[group.start].first < finite.first and not frame.verb_last):
        return False
    named = units[group.start : group.head]
    own = units[group.start : group.head + 1]
    quoted = any(u.fragment for u in own) and any(u.has("v") for u in own)  # zur „Welt“
    return quoted or head.has("U") or (head.is_("role") and head.has("N")) or any(u.is_("role") for u in named)


def _is_audience(unit: Unit) -> bool:
    return unit.is_("audience")


def _case_role(first: Unit, head: Unit, wanted: set[str], frame: Frame) -> str | None:
    """Which of the wanted roles can this noun group fill by its case?"""
    titled = first is not head and first.is_("role") and first.has("N") and head.has("E")
    if "dat" in wanted and frame.speaker and not frame.shared and (titled or first.has("b")):
        return "dat"  # "schrieb sie Premierminister Bell", "sagte er Reuters"
    plural_dative = head.is_("dative_plural") and head.has("N") and first.lower == head.lower
    for role in ("dat", "~dat", "acc", "~acc"):
        if role not in wanted:
            continue
        if role.endswith("dat") and (
            (
                first.is_("dative_determiner")
                and not (first.is_("plural_dative_article") and not head.is_("dative_plural"))
            )
            or (plural_dative and (_is_audience(head) or (head.has("O") and head.text != head.lemma)))
        ):
            return role
        if role.endswith("acc") and (
            first.is_("accusative_determiner") or head.has("EO") or plural_dative or first.lower == head.lower
        ):
            return role
    return None
