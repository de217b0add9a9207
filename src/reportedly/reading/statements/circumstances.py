"""On whose authority, on what occasion, when was it said? What stands beside cue and speaker in a frame."""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.reading.statements.candidate import AuthorityFound, Candidate, Range
from reportedly.reading.statements.frames import Frame
from reportedly.reading.statements.groups import is_time, noun_group
from reportedly.reading.statements.lexical import CueTables
from reportedly.reading.statements.units import Line, Unit

_DAYS = frozenset("gestern heute vorgestern morgen".split())


def add_circumstances(line: Line, candidates: Sequence[Candidate], frames: Sequence[Frame], tables: CueTables) -> None:
    """Give each candidate of the line the authority, occasion and time that stand in its frame."""
    found = circumstances(line, tables)
    for c in candidates:
        for a, b in c.frame:
            inside = [f for f in found if a <= f[1][0] and f[2][1] <= b + 1]
            for kind, marker, span in inside:
                if kind == "authority":
                    c.authority.append(AuthorityFound([marker], [span], "document"))
                elif kind == "occasion" and not c.occasion:
                    c.occasion.append(span)
            if not c.time:
                units = [u for u in line.units if a <= u.first < b and not u.quote]
                place = _time(units, tables)
                if place and not any(x <= place[0] < y for x, y in c.content):
                    c.time.append(place)


def _time(units: Sequence[Unit], tables: CueTables) -> Range | None:
    """The first calendar expression: `am Montag`, `vergangene Woche`, `gestern`."""
    for i, u in enumerate(units):
        if u.lower in _DAYS:
            stop = i + 1
            if stop < len(units) and is_time(units[stop], tables.lexicon):
                stop += 1
            return (u.first, units[stop - 1].last)
        if not u.has("NE") or not is_time(u, tables.lexicon):
            continue
        start = i
        while start > 0 and (units[start - 1].has("AXDp") or units[start - 1].has("P")) and not units[start - 1].has("NE") and i - start < 4:
            start -= 1
            if units[start].has("P"):
                break
        if start == i or units[start].lower in {"der", "die", "das"}:
            continue
        stop = i + 1
        while stop < len(units) and (units[stop].has("X") or is_time(units[stop], tables.lexicon)):
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
                while stop < len(units) and units[stop].has("P") and units[stop].lower in {"von", "vom", "aus", "in"}:
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
                end = group.stop if group and phrase.slot == len(phrase.words) and units[at].has("D") and at < len(units) and units[at].lower in {"des", "der"} else last
                out.append(("occasion", (units[begin].first, units[end - 1].last), (units[begin].first, units[end - 1].last)))
            break
    return out
