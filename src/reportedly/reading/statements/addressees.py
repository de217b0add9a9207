"""To whom was it said? Addressee and target among what is left of the clause, and whether the saying is negated."""

from __future__ import annotations

from reportedly.reading.statements.frame import Frame
from reportedly.reading.statements.groups import noun_group
from reportedly.reading.statements.lexical import CueTables
from reportedly.reading.statements.units import Unit


def find_addressee(frame: Frame, verb: list[Unit], tables: CueTables) -> None:
    """Addressee, target, negation among what is left of the clause."""
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
        after_noun = bool(rest) and rest[-1].has("NE") and rest[-1].last == u.first
        if (u.is_("toward") and not after_noun) or (asked and u.is_("addressee_preposition")):
            group = noun_group(units, i + 1)
            if (
                group
                and not units[group.head].is_("time_noun")
                and (u.is_("toward") or u.is_("plain_addressee_preposition") or _is_audience(units[group.head]))
            ) and (asked or not (u.has("P") and u.is_("wanted_addressee_preposition"))):
                frame.addressee = frame.addressee or (units[group.start].first, units[group.stop - 1].last)
                i = group.stop
                continue
        if u.is_("addressed_pronoun") and ("dat" in wanted or "acc" in wanted or "~dat" in wanted or "~acc" in wanted):
            if any(not t.startswith("~") for t in wanted if t in {"dat", "acc", "~dat", "~acc"}):
                frame.addressee = frame.addressee or (u.first, u.last)
            else:
                frame.target = (u.first, u.last)
            i += 1
            continue
        group = noun_group(units, i) if not u.has("P") or u.has("N") else None
        if group and group.stop > i and not units[group.head].is_("time_noun") and not units[group.head].has("R"):
            role = _case_role(units[group.start], units[group.head], wanted, frame)
            if role:
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
            rest.extend(units[i:stop])
            i = stop
            continue
        rest.append(u)
        i += 1
    frame.field_ = rest


def _is_audience(unit: Unit) -> bool:
    return unit.is_("audience")


def _case_role(first: Unit, head: Unit, wanted: set[str], frame: Frame) -> str | None:
    """Which of the wanted roles can this noun group fill by its case?"""
    plural_dative = head.is_("dative_plural") and head.has("N") and first.lower == head.lower
    for role in ("dat", "~dat", "acc", "~acc"):
        if role not in wanted:
            continue
        if role.endswith("dat") and (
            (
                first.is_("dative_determiner")
                and not (first.is_("plural_dative_article") and not head.is_("dative_plural"))
            )
            or (plural_dative and _is_audience(head))
        ):
            return role
        if role.endswith("acc") and (
            first.is_("accusative_determiner") or head.has("EO") or plural_dative or first.lower == head.lower
        ):
            return role
    return None
