"""Where does a noun group end, and can it be the subject?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportedly.languages.lexicon import Lexicon
from reportedly.reading.statements.units import Unit

_OBLIQUE = frozenset(
    [
        "dem",
        "den",
        "einem",
        "einen",
        "seinem",
        "seinen",
        "ihrem",
        "ihren",
        "diesem",
        "diesen",
        "jedem",
        "jeden",
        "keinem",
        "keinen",
        "meinem",
        "unserem",
        "unseren",
        "allem",
        "des",
        "eines",
        "seines",
        "ihres",
        "dieses",
    ]
)
_GENITIVE = frozenset(
    [
        "des",
        "der",
        "eines",
        "einer",
        "seiner",
        "ihrer",
        "dieser",
        "seines",
        "ihres",
        "unserer",
        "unseres",
        "dieses",
        "aller",
        "mehrerer",
        "einiger",
        "zweier",
        "dreier",
        "beider",
    ]
)
_SUBJECTS = frozenset(
    [
        "er",
        "sie",
        "es",
        "wir",
        "ich",
        "man",
        "wer",
        "jemand",
        "niemand",
        "einer",
        "dieser",
        "diese",
        "dies",
        "das",
        "jener",
        "jene",
        "beide",
        "viele",
        "einige",
        "manche",
        "alle",
        "letzterer",
        "letztere",
        "ersterer",
        "erstere",
        "andere",
        "die",
        "der",
        "keiner",
    ]
)
_OBJECTS = frozenset(["ihn", "ihm", "ihnen", "uns", "mich", "mir", "dich", "dir", "sich"])
_ATTACH = frozenset({"von", "vom"})
_ATTACH_ROLE = frozenset({"für", "aus", "bei", "beim", "im", "in", "zur", "zum", "am"})
FOCUS = frozenset(
    [
        "auch",
        "nur",
        "sogar",
        "selbst",
        "gerade",
        "allein",
        "schon",
        "zumindest",
        "jedoch",
        "aber",
        "insbesondere",
        "besonders",
    ]
)
_MUCH = frozenset({"mehr", "weniger", "viel", "wenig", "genug"})
_ADJECTIVAL = (
    "beamte",
    "vorsitzende",
    "abgeordnete",
    "beauftragte",
    "angestellte",
    "verantwortliche",
    "überlebende",
    "gefangene",
    "angeklagte",
    "beschuldigte",
    "verdächtige",
    "verletzte",
    "kranke",
    "vertraute",
    "verwandte",
    "bekannte",
    "deutsche",
    "jugendliche",
    "delegierte",
    "vorgesetzte",
    "reisende",
    "vorstandsvorsitzende",
)
_TIMES = frozenset(
    [
        "Woche",
        "Monat",
        "Jahr",
        "Tag",
        "Montag",
        "Dienstag",
        "Mittwoch",
        "Donnerstag",
        "Freitag",
        "Samstag",
        "Sonnabend",
        "Sonntag",
        "Abend",
        "Morgen",
        "Nachmittag",
        "Vormittag",
        "Nacht",
        "Mittag",
        "Jahre",
        "Tage",
        "Wochen",
        "Monate",
        "Stunden",
        "Stunde",
        "Minuten",
        "Mal",
        "Wochenende",
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
        "Uhr",
    ]
)


@dataclass(frozen=True, slots=True)
class Group:
    """Units `start` to `stop` (end exclusive) of a list; `head` is the index of the head noun or pronoun."""

    start: int
    stop: int
    head: int


def is_time(unit: Unit, lexicon: Lexicon) -> bool:
    """Montag, Dienstagabend, Woche: nouns that date a clause and never speak."""
    word = unit.lemma if unit.has("N") else unit.text
    return word in _TIMES or any(
        word.endswith(t.lower())
        for t in ("Abend", "morgen", "nachmittag", "vormittag", "nacht", "woche", "wochenende")
        if len(word) > len(t)
    )


def noun_group(units: Sequence[Unit], at: int, *, wide: bool = False) -> Group | None:
    """The noun group that opens at `at`, with its genitives, `von` phrases and names.

    `wide` also takes further prepositional phrases (before the verb they can only belong to the group).
    """
    i = at
    n = len(units)
    if i >= n:
        return None
    if units[i].has("R") and not (units[i].has("D") and i + 1 < n and units[i + 1].has("NEAX")):
        return Group(at, at + 1, at)
    if units[i].lower in {
        "dieser",
        "diese",
        "dies",
        "das",
        "jener",
        "jene",
        "letzterer",
        "letztere",
        "beide",
        "viele",
        "einige",
        "manche",
        "andere",
        "die",
        "der",
    } and not (i + 1 < n and units[i + 1].has("NEAXD")):
        return Group(at, at + 1, at)
    head = -1
    if units[i].lower in _MUCH and i + 1 < n and units[i + 1].has("NEA"):
        i += 1
    elif (
        units[i].lower in {"mehr", "weniger"} and i + 2 < n and units[i + 1].lower == "als" and units[i + 2].has("XNDA")
    ):
        i += 2
    while i < n:
        u = units[i]
        if u.quote:
            break
        if head < 0 and u.fragment and u.fragment - u.first <= 9 and i > at:
            # "der »Freien Welt«": a quoted name is one thing
            while i < n and units[i].last <= u.fragment:
                head = i
                i += 1
            continue
        if u.has("NE") and not (u.has("f") and not u.text[:1].isupper()):
            if (
                head >= 0
                and u.has("N")
                and not u.has("E")
                and units[head].has("N")
                and not units[head].has("E")
                and not u.fragment
                and not units[head].has("J")
                and not (u.has("c") and units[head].has("O"))
                and not (wide and units[head].has("O"))
            ):
                break  # "zu dem Thema Aufklärung": two common nouns are two groups
            head = i
            i += 1
            continue
        if head < 0 and (
            u.has("DAXp") or (u.has("B") and i + 1 < n and units[i + 1].has("AXDNp") and i > at) or u.lower in FOCUS
        ):
            if u.has("D") and i > at and units[i - 1].has("A") and not units[i - 1].has("D"):
                break
            i += 1
            continue
        if (
            head < 0
            and u.lower in {"bis", "und"}
            and i > at
            and units[i - 1].has("X")
            and i + 1 < n
            and units[i + 1].has("X")
        ):
            i += 1
            continue
        break
    if head < 0:
        return None
    return Group(at, _extend(units, head, i, wide), head)


def _extend(units: Sequence[Unit], head: int, i: int, wide: bool) -> int:
    n = len(units)
    while i < n:
        u = units[i]
        nested: Group | None = None
        if u.fragment and u.fragment - u.first <= 9:
            while i < n and units[i].last <= u.fragment:
                i += 1
            continue
        if u.lower in _GENITIVE and u.has("D") and i + 1 < n and units[i + 1].has("NEAXp"):
            if units[i - 1].has("E") and not units[i - 1].has("N") and not wide and u.lower == "der":
                break  # "sagte Müller der Zeitung": a name takes no genitive
            if not wide and u.first != units[i - 1].last:
                break  # "warf der Sender (NDR) der Bank vor": behind a bracket no genitive
            if not wide and u.lower == "der" and units[i + 1].fragment:
                break  # "sagte die Politikerin der „Warte“": the quoted name is the paper that she told it
            nested = noun_group(units, i)
            if nested and not wide and u.lower == "der" and units[nested.head].has("U") and not units[head].has("UG"):
                break  # "sagte der Minister der Zeitung": a paper behind the verb is addressed
        elif u.lower in _ATTACH and i + 1 < n and units[i + 1].has("DNEAXp"):
            nested = noun_group(units, i + 1)
        elif (wide or _is_role(units[head])) and u.lower in (
            _ATTACH_ROLE
            if not wide
            else _ATTACH_ROLE | {"auf", "mit", "gegen", "an", "über", "unter", "zu", "um", "nach", "vor"}
        ):
            if u.has("P") and i + 1 < n and units[i + 1].has("DNEAXp") and (wide or u.lower in {"für", "aus"}):
                nested = noun_group(units, i + 1)
        elif u.lower in {"und", "oder", "sowie", "&"} and i + 1 < n and units[i + 1].has("DNEAX"):
            following = noun_group(units, i + 1)
            if following and not any(x.has("f12") and not x.has("NE") for x in units[i + 1 : following.stop]):
                nested = following
        elif (
            (u.has("X") and wide)
            or (u.text in {"&", "/", "+"} and i + 1 < n and units[i + 1].has("NE"))
            or (u.has("E") and not u.has("f"))
        ):
            i += 1
            continue
        if nested is None:
            break
        i = nested.stop
    return i


def _is_role(unit: Unit) -> bool:
    """Role nouns take `für`, `aus`: the test is their build (Sprecherin für Kultur, Experte aus Kiel)."""
    return unit.has("N") and unit.lemma.lower().endswith(
        (
            "sprecher",
            "sprecherin",
            "minister",
            "ministerin",
            "experte",
            "expertin",
            "chef",
            "chefin",
            "beauftragter",
            "beauftragte",
            "professor",
            "professorin",
            "leiter",
            "leiterin",
            "kommissar",
            "kommissarin",
            "vertreter",
            "vertreterin",
        )
    )


def may_be_subject(
    units: Sequence[Unit], group: Group, lexicon: Lexicon, adjectival: frozenset[str] = frozenset()
) -> bool:
    """Can this group stand in the nominative?"""
    first, head = units[group.start], units[group.head]
    if is_time(head, lexicon):
        return False
    if head.has("R") or (group.start == group.head and first.lower in _SUBJECTS and not head.has("NE")):
        return first.lower in _SUBJECTS
    if first.lower in _OBLIQUE:
        # "den Beamten" is never one, "dieses Ministerium" is
        found = lexicon.noun(head.text)
        return first.lower == "dieses" and bool(found and found[1] == "n")
    if first.lower in {"der", "einer", "dieser", "jeder", "seiner", "ihrer"}:
        found = lexicon.noun(head.text)
        if found and found[1] == "f" and head.text not in adjectival and not head.lower.endswith(_ADJECTIVAL):
            return False
    return True


def subject_after(units: Sequence[Unit], at: int, lexicon: Lexicon) -> Group | None:
    """The subject behind a verb that stands before `at`: first group that can be one, past adverbs and phrases."""
    i, n = at, len(units)
    while i < n:
        u = units[i]
        if (
            u.lower in {"mehr", "weniger"}
            and (counted := noun_group(units, i))
            and may_be_subject(units, counted, lexicon)
        ):
            return counted
        if u.lower in _OBJECTS or u.has("Y") or (u.has("B") and not u.has("D") and not u.has("R")):
            i += 1
            continue
        if (u.has("P") and not u.has("D")) or (
            u.has("P") and u.has("D") and u.lower in {"am", "im", "vom", "zum", "zur", "beim", "ins", "ans"}
        ):
            inner = noun_group(units, i + 1, wide=False)
            i = inner.stop if inner else i + 1
            continue
        group = noun_group(units, i)
        if group is None:
            if u.has("DA") and not u.has("NE"):
                i += 1
                continue
            return None
        if may_be_subject(units, group, lexicon):
            return group
        i = max(group.stop, i + 1)
    return None
