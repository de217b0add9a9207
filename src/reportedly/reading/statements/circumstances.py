"""On whose authority, on what occasion, when was it said? What stands beside cue and speaker in a frame."""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.reading.statements.candidate import AuthorityFound, Candidate, Range
from reportedly.reading.statements.frame import Frame
from reportedly.reading.statements.groups import noun_group
from reportedly.reading.statements.lexical import CueTables
from reportedly.reading.statements.units import Line, Unit


def add_circumstances(line: Line, candidates: Sequence[Candidate], frames: Sequence[Frame], tables: CueTables) -> None:
    """Give each candidate of the line the authority, occasion, addressee and time that stand in its frame."""
    found = circumstances(line, tables)
    occasions = _occasions(line.units, tables)
    for c in candidates:
        for a, b in c.frame:
            for kind, marker, span in found:
                if a <= marker[0] and span[1] <= b + 1:
                    if kind == "authority":
                        c.authority.append(AuthorityFound([marker], [span], "document"))
                    elif kind == "occasion" and not c.occasion:
                        c.occasion.append(span)
            for place, partner in occasions:
                if (
                    a <= place[0] < b
                    and not _shares(place, c.content)
                    and not (c.speaker and _shares(place, [c.speaker]))
                ):
                    c.occasion = [place]
                    if partner and c.addressee is None:
                        c.addressee = partner
                    break
            if not c.time:
                units = [u for u in line.units if a <= u.first < b and not u.quote]
                when = _time(units)
                if when and not _shares(when, c.content):
                    c.time.append(when)
        if not c.authority and c.speaker:
            _maker(c, line)


def _shares(place: Range, others: Sequence[Range]) -> bool:
    return any(max(place[0], a) < min(place[1], b) for a, b in others)


def _maker(c: Candidate, line: Line) -> None:
    """`laut einem Bericht [des Rundfunks]`: the paper speaks, its maker is the authority, without a marker."""
    assert c.speaker
    units = [u for u in line.units if c.speaker[0] <= u.first < c.speaker[1]]
    for i, u in enumerate(units[:-1]):
        if u.has("E") and not u.has("G"):
            return
        if u.has("G") and not (u.is_("amount_noun") and u.text == u.lemma):  # "eine Zahl von Menschen" is no paper
            at = i + 2 if units[i + 1].is_("of_bare") else i + 1
            group = noun_group(units, at) if units[i + 1].is_("owner_opener") and at < len(units) else None
            if group is not None and units[group.head].has("O"):
                owner = (units[at].first, units[-1].last)
                c.authority.append(AuthorityFound([], [owner], "document", owner))
            return


def _occasions(units: Sequence[Unit], tables: CueTables) -> list[tuple[Range, Range | None]]:
    """`in [einem Interview mit der Zeitung]`: the noun group, and with whom one talked."""
    out: list[tuple[Range, Range | None]] = []
    for i, u in enumerate(units[:-1]):
        if not u.has("P") or not u.is_("occasion_preposition"):
            continue
        group = noun_group(units, i + 1)
        if group is None or not units[group.head].lemma.lower().endswith(tables.occasions):
            continue
        stop, partner = group.stop, None
        if stop < len(units) - 1 and units[stop].is_("topic_preposition"):
            other = noun_group(units, stop + 1)
            if other and not units[other.head].is_("time_noun") and not units[other.head].has("R"):
                talked = units[stop].is_("partner_preposition") and units[group.head].is_("talk")
                if talked or (units[stop].preposition == "an" and units[group.head].is_("letter")):
                    partner = (units[other.start].first, units[other.stop - 1].last)
                stop = other.stop
        out.append(((units[group.start].first, units[stop - 1].last), partner))
    return out


def _time(units: Sequence[Unit]) -> Range | None:
    """The first calendar expression: `am Montag`, `vergangene Woche`, `gestern`."""
    for i, u in enumerate(units):
        if u.is_("day_word"):
            stop = i + 1
            if stop < len(units) and units[stop].is_("time_noun"):
                stop += 1
            return (u.first, units[stop - 1].last)
        if not u.has("NE") or not u.is_("time_noun"):
            continue
        start = i
        while (
            start > 0
            and (units[start - 1].has("AXDp") or units[start - 1].has("P"))
            and not units[start - 1].has("NE")
            and i - start < 4
        ):
            start -= 1
            if units[start].has("P"):
                break
        if start == i or units[start].is_("plain_article"):
            continue
        stop = i + 1
        while stop < len(units) and (units[stop].has("X") or units[stop].is_("time_noun")):
            stop += 1
        return (units[start].first, units[stop - 1].last)
    return None


def circumstances(line: Line, tables: CueTables) -> list[tuple[str, Range, Range]]:
    """Authority and occasion phrases of a line: kind, the marker's tokens, the tokens of the noun group behind it."""
    out: list[tuple[str, Range, Range]] = []
    units = line.units
    for i, u in enumerate(units):
        for phrase in tables.phrases.get(u.lower, ()):
            if phrase.kind not in {"authority", "occasion", "addressee"}:
                continue
            head = phrase.words[: phrase.slot]
            if len(units) < i + len(head) or any(units[i + j].lower != w for j, w in enumerate(head)):
                continue
            at = i + len(head)
            group = noun_group(units, at) if at < len(units) else None
            tail = phrase.words[phrase.slot :]
            if phrase.kind == "authority":
                if group is None:
                    continue
                stop = group.stop
                while stop < len(units) and units[stop].has("P") and units[stop].is_("source_preposition"):
                    inner = noun_group(units, stop + 1)
                    if inner is None:
                        break
                    stop = inner.stop
                out.append(("authority", (units[i].first, units[at - 1].last), (units[at].first, units[stop - 1].last)))
            elif phrase.kind == "occasion":
                last = at + len(tail) if not tail or [x.lower for x in units[at : at + len(tail)]] == list(tail) else -1
                if last < 0:
                    continue
                begin = i + 1 if units[i].has("P") and not units[i].has("D") and len(head) > 1 else i
                end = (
                    group.stop
                    if group
                    and phrase.slot == len(phrase.words)
                    and units[at].has("D")
                    and at < len(units)
                    and units[at].is_("genitive_article")
                    else last
                )
                out.append(
                    ("occasion", (units[begin].first, units[end - 1].last), (units[begin].first, units[end - 1].last))
                )
            break
    return out
