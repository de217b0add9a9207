"""To whom was it said? Addressee and target among what is left of the clause, and whether the saying is negated."""

from __future__ import annotations

from reportedly.reading.statements.frame import Frame
from reportedly.reading.statements.groups import is_time, noun_group
from reportedly.reading.statements.lexical import CueTables, preposition_of
from reportedly.reading.statements.units import Unit

_NEGATIONS = frozenset(
    ["nicht", "kein", "keine", "keinen", "keinem", "keiner", "keines", "nie", "niemals", "niemand", "weder"]
)


_DATIVE = frozenset(
    [
        "dem",
        "den",
        "der",
        "einem",
        "einer",
        "seinem",
        "seinen",
        "seiner",
        "ihrem",
        "ihren",
        "ihrer",
        "diesem",
        "diesen",
        "dieser",
    ]
)


_ACCUSATIVE = frozenset(
    [
        "den",
        "die",
        "das",
        "einen",
        "eine",
        "ein",
        "seinen",
        "seine",
        "sein",
        "ihren",
        "ihre",
        "ihr",
        "diesen",
        "diese",
        "dieses",
    ]
)


_AUDIENCE = (
    "journalist",
    "reporter",
    "zeitung",
    "sender",
    "agentur",
    "magazin",
    "blatt",
    "presse",
    "medien",
    "publikum",
    "anhänger",
    "abgeordnet",
    "parlament",
    "bundestag",
    "ausschuss",
    "gericht",
    "polizei",
    "versammlung",
    "teilnehmer",
    "zuschauer",
    "vertreter",
    "studenten",
    "kollegen",
    "mitglieder",
    "rundfunk",
    "radio",
    "fernsehen",
    "kongress",
    "senat",
    "unterhaus",
    "landtag",
    "rat",
    "kabinett",
)


def find_addressee(frame: Frame, verb: list[Unit], tables: CueTables) -> None:
    """Addressee, target, negation among what is left of the clause."""
    units = frame.field_
    frame.negated = any(u.lower in _NEGATIONS for u in units)
    wanted = {t for cue in frame.cues for t in cue.to}
    if frame.passive and "acc" in wanted and frame.speaker:
        frame.addressee = frame.speaker  # "Die Anwohner wurden aufgefordert, …"
    i = 0
    rest: list[Unit] = []
    while i < len(units):
        u = units[i]
        prep = preposition_of(u.lower) if u.has("P") else ""
        after_noun = bool(rest) and rest[-1].has("NE") and rest[-1].last == u.first
        if (u.lower == "gegenüber" and not after_noun) or (
            prep in {"an", "zu", "vor", "bei", "mit", "von"} and any(t.split(":")[0] == prep for t in wanted)
        ):
            group = noun_group(units, i + 1)
            if (
                group
                and not is_time(units[group.head], tables.lexicon)
                and (u.lower == "gegenüber" or prep in {"an", "mit", "von", "bei"} or _is_audience(units[group.head]))
            ) and (prep not in {"an", "mit", "von"} or any(t.split(":")[0] == prep for t in wanted)):
                frame.addressee = frame.addressee or (units[group.start].first, units[group.stop - 1].last)
                i = group.stop
                continue
        if u.lower in {"ihm", "ihr", "ihnen", "ihn", "uns", "mir"} and (
            "dat" in wanted or "acc" in wanted or "~dat" in wanted or "~acc" in wanted
        ):
            if any(not t.startswith("~") for t in wanted if t in {"dat", "acc", "~dat", "~acc"}):
                frame.addressee = frame.addressee or (u.first, u.last)
            else:
                frame.target = (u.first, u.last)
            i += 1
            continue
        group = noun_group(units, i) if not u.has("P") or u.has("N") else None
        if (
            group
            and group.stop > i
            and not is_time(units[group.head], tables.lexicon)
            and not units[group.head].has("R")
        ):
            first = units[group.start].lower
            role = _case_role(first, units[group.head], wanted, frame)
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
    lower = unit.lemma.lower()
    return any(lower.endswith(a) or lower.startswith(a) for a in _AUDIENCE)


def _case_role(first: str, head: Unit, wanted: set[str], frame: Frame) -> str | None:
    """Which of the wanted roles can this noun group fill by its case?"""
    plural_dative = head.lower.endswith(("n", "s")) and head.has("N") and first == head.lower
    for role in ("dat", "~dat", "acc", "~acc"):
        if role not in wanted:
            continue
        if role.endswith("dat") and (
            (first in _DATIVE and not (first == "den" and not head.lower.endswith(("n", "s"))))
            or (plural_dative and _is_audience(head))
        ):
            return role
        if role.endswith("acc") and (first in _ACCUSATIVE or head.has("EO") or plural_dative or first == head.lower):
            return role
    return None
