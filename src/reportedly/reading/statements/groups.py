"""Where does a noun group end, and can it be the subject?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportedly.languages.lexicon import Lexicon
from reportedly.reading.statements.units import Unit


@dataclass(frozen=True, slots=True)
class Group:
    """Units `start` to `stop` (end exclusive) of a list; `head` is the index of the head noun or pronoun."""

    start: int
    stop: int
    head: int


def noun_group(units: Sequence[Unit], at: int, *, wide: bool = False) -> Group | None:
    """The noun group that opens at `at`, with its genitives, `von` phrases and names.

    `wide` also takes further prepositional phrases (before the verb they can only belong to the group).
    """
    i = at
    n = len(units)
    if i >= n:
        return None
    if units[i].has("X") and i + 1 < n and units[i + 1].has("D") and units[i + 1].has("L"):
        return None  # "bat 2005 der Präsident": the year is no part of the group
    if units[i].is_("one_of") and i + 2 < n and (units[i + 1].is_("genitive_article") or units[i + 1].is_("of_bare")):
        whole = noun_group(units, i + 1 + units[i + 1].is_("of_bare"), wide=wide)
        if whole is not None and units[whole.head].has("N"):
            return Group(at, whole.stop, whole.head)  # "einer der Wirte im Tal"
    if units[i].has("R") and not (units[i].has("D") and i + 1 < n and units[i + 1].has("NEAX")):
        return Group(at, at + 1, at)
    attribute = _past_attribute(units, i) if units[i].has("DX") else 0
    if units[i].is_("pronoun_alone") and not attribute and not (i + 1 < n and units[i + 1].has("NEAXD")):
        return Group(at, at + 1, at)
    head = -1
    if attribute:
        i = attribute
    elif units[i].is_("amount") and i + 1 < n and units[i + 1].has("NEA"):
        i += 1
    elif units[i].is_("compared_amount") and i + 2 < n and units[i + 1].is_("comparison") and units[i + 2].has("XNDA"):
        i += 2
    while i < n:
        u = units[i]
        if u.quote or (head < 0 and i > at and u.first - units[i - 1].last > 3):
            break  # what was taken out between them parts two groups; a bracket of one word does not
        if head < 0 and u.fragment and u.fragment - u.first <= 9 and i > at:
            # "der »Freien Welt«": a quoted name is one thing
            inside = i
            while i < n and units[i].last <= u.fragment:
                if head < inside or not any(x.has("PD") for x in units[inside : i + 1]):
                    head = i  # of »Rundschau am Montag« the first noun
                i += 1
            if i < n and units[i].text[:1].isupper() and units[i].last - units[i].first == 1:
                break  # "während die »Freie Liste« Wolters Plan ablehnt"
            continue
        if u.has("NE") and not (u.has("f") and not u.text[:1].isupper()):
            if (
                head >= 0
                and u.has("N")
                and not u.has("E")
                and units[head].has("N")
                and not units[head].has("E")
                and not u.fragment
                and not (units[head].has("J") and not _named_before(units, at, head))
                and not units[head].is_("measure_noun")
                and not (u.has("c") and units[head].has("O"))
                and not (wide and units[head].has("O"))
                and not (head > at and _names_paper(units[head], u))
                and not (head == at and units[head].is_("role") and units[head].text == units[head].lemma)
                and not (head == at + 1 and units[head].is_("leading_office") and u.has("O"))
                and not (_named_before(units, at, head) and u.has("IO") and units[head].last == u.first)
            ):
                break  # "zu dem Thema Aufklärung": two common nouns are two groups
            if head >= 0 and _in_marks(units, head, i):
                head, i = i, next((j for j in range(i, n) if units[j].last > u.fragment), n)
                continue
            if head >= 0 and units[head].has("N") and u.text.endswith("-"):
                break  # "fordern die Länder Mitsprache- und Vetorechte"
            common = u.has("N") and not u.has("E") and u.is_("abstract_plural")
            name = head >= 0 and units[head].has("E") and not units[head].is_("genitive_s")
            if name and not u.fragment and not u.has("E") and _is_beside_name(units, i):
                break  # "sagte Karl Moor Dienstagfrüh", "empfahl das Amt NUB Anwohnern"
            plain = name and units[at].has("E") and not u.has("EUJcl") and not u.fragment
            if plain and (u.is_("abstract") or (u.has("O") and i + 1 < n and units[i + 1].has("P"))):
                break  # "verspricht Karl Moor Unterstützung", "nannte Karl Moor Mitarbeiter von Ämtern"
            if head >= 0 and u.has("b") and not wide and _bears_name(units[head]):
                break  # "sagte der Sprecher AFP", "sagte Karl Moor ZEIT ONLINE"
            if head >= 0 and units[head].has("E") and not units[head].is_("genitive_s") and common:
                break  # "laut Karl Moor Folterungen": no family name ends so
            head = i
            i += 1
            continue
        if head < 0 and (
            u.has("DAXp")
            or (u.has("B") and i + 1 < n and units[i + 1].has("AXDNp") and i > at)
            or approximates(units, i)
            or u.is_("focus_word")
        ):
            if u.has("D") and i > at and units[i - 1].has("A") and not units[i - 1].has("D"):
                break
            i += 1
            continue
        if (
            head < 0
            and u.is_("figure_joint")
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
    return Group(at, _extend(units, at, head, i, wide), head)


def _is_beside_name(units: Sequence[Unit], i: int) -> bool:
    """A day, `Anfang Mai`, `Mitte der Woche`, or people in the dative: no part of the name before it."""
    u = units[i]
    if u.is_("part_of_time"):
        behind = next((v for v in units[i + 1 : i + 4] if not v.has("DA")), None)
        return behind is not None and behind.is_("time_noun")
    return u.is_("time_noun") or (u.is_("dative_plural") and u.has("O") and u.text != u.lemma)


def _in_marks(units: Sequence[Unit], head: int, i: int) -> bool:
    """`die Notenbank [„Federal Reserve“]`, `der Gruppe [„Eltern stehen auf“]`: several words of a name, whatever they are."""
    u = units[i]
    several = u.fragment and 1 < u.fragment - u.first <= 9 and i + 1 < len(units) and units[i + 1].last <= u.fragment
    person = units[head].is_("role") or (units[head].has("E") and not units[head].has("N"))
    return bool(several) and not person and u.first - units[head].last <= 1


def _named_before(units: Sequence[Unit], at: int, head: int) -> bool:
    """`der Süddeutschen Zeitung`: no further name follows, as it does in `der Zeitung Inselbote`."""
    return head > at and units[head - 1].has("A") and units[head - 1].text[:1].isupper()


def _bears_name(head: Unit) -> bool:
    """An office or a person, to whom the name of a paper behind it does not belong; in `der Sender CNN` it does."""
    return (head.is_("role") or head.has("E")) and not head.has("UJ")


def _names_paper(before: Unit, paper: Unit) -> bool:
    """`der Financial [Times]`, `dem Inselboten [Magazin]`: a word of its name before the noun for a paper."""
    apart = before.has("UJ") or before.is_("role") or before.last != paper.first
    return paper.has("U") and not paper.has("b") and not apart


def _past_attribute(units: Sequence[Unit], at: int) -> int:
    """`der [für die Region] zuständige Koordinator`: where the adjective stands that a phrase behind the determiner belongs to."""
    i = at + 1
    if i + 1 >= len(units) or not units[i].has("P") or units[i].has("NE"):
        return 0
    inner = noun_group(units, i + 1)
    if inner is None or inner.stop + 1 >= len(units) or inner.stop - at > 9:
        return 0
    adjective, noun = units[inner.stop], units[inner.stop + 1]
    if noun.has("A") and not noun.has("DPf12") and inner.stop + 2 < len(units):
        noun = units[inner.stop + 2]  # "eine am Montag veröffentlichte landesweite Umfrage"
    fits = adjective.has("A") and not adjective.has("DPf12") and adjective.is_("inflection") and noun.has("N")
    return inner.stop if fits else 0


def approximates(units: Sequence[Unit], i: int) -> bool:
    """`rund 30 Wirte`: an adverb that belongs to the number behind it, and so to the group."""
    return i + 1 < len(units) and units[i].has("B") and units[i].is_("approximator") and units[i + 1].has("XA")


def _extend(units: Sequence[Unit], at: int, head: int, i: int, wide: bool) -> int:
    n = len(units)
    while i < n:
        u = units[i]
        nested: Group | None = None
        named = (units[head].has("E") and not units[head].has("N")) or units[head].is_("role")
        beside = u.first - units[i - 1].last <= 1
        if u.fragment and u.fragment - u.first <= 9 and beside and not named:  # forderte der Minister „mehr Geduld“
            while i < n and units[i].last <= u.fragment:
                i += 1
            continue
        if u.is_("genitive_determiner") and u.has("D") and i + 1 < n and units[i + 1].has("NEAXp"):
            bare = not (head and units[head - 1].is_("genitive_article") and units[head].is_("genitive_s"))
            name = (units[i - 1].has("E") and not units[i - 1].has("N")) or _alone(units, head, i)
            if name and not wide and u.is_("feminine_genitive") and bare:
                break  # "sagte Müller der Zeitung": a name takes no genitive
            if not wide and u.first != units[i - 1].last:
                break  # "warf der Sender (NDR) der Bank vor": behind a bracket no genitive
            if not wide and u.is_("feminine_genitive") and units[i + 1].fragment:
                break  # "sagte die Politikerin der „Warte“": the quoted name is the paper that she told it
            nested = noun_group(units, i)
            if (
                nested
                and not wide
                and u.is_("feminine_genitive")
                and units[nested.head].has("U")
                and not (head == at and at and units[at - 1].is_("quoting_preposition"))
                and not units[head].has("UG")
            ):
                break  # "sagte der Minister der Zeitung": a paper behind the verb is addressed
            if nested and u.is_("feminine_genitive") and _one_man(units[nested.head]):
                break  # "müsste laut Verfassung der Präsident": no genitive, but the subject
        elif beside and _is_strong(units, i) and units[i - 1].has("N") and not units[i - 1].has("EX"):
            nested = noun_group(units, i)  # "des Verbands kommunaler Unternehmen"
        elif u.is_("of") and i + 1 < n and units[i + 1].has("DNEAXp"):
            nested = noun_group(units, i + 1)
            if (
                nested
                and not units[head].has("G")
                and (_is_day(units, nested) or (units[head].has("O") and _is_count(units, nested)))
            ):
                break  # "nach Angaben des Amtes von Sonntag- auf Montagabend"
        elif u.is_("seat_preposition") and _has_seat(units, i):
            i += 2
            continue
        elif u.is_("task_preposition") and _has_task(units, at, i):
            nested = noun_group(units, i + 1)  # "des Instituts für alte Sprachen"
        elif (wide or _is_role(units[head])) and u.is_("wide_preposition" if wide else "role_preposition"):
            if u.has("P") and i + 1 < n and units[i + 1].has("DNEAXp") and (wide or u.is_("office_preposition")):
                nested = noun_group(units, i + 1)
        elif u.is_("list_joint") and i + 1 < n and units[i + 1].has("DNEAX"):
            following = noun_group(units, i + 1)
            if following and not any(x.has("f12") and not x.has("NE") for x in units[i + 1 : following.stop]):
                nested = following
        elif (
            (u.has("X") and wide)
            or (u.text in {"&", "/", "+"} and i + 1 < n and units[i + 1].has("NE"))
            or (
                u.has("E")
                and not u.has("f")
                and u.first - units[i - 1].last != 1
                and not (u.has("b") and (units[head].is_("role") or units[head].has("E")))
            )
        ):
            i += 1
            continue
        if nested is None:
            break
        i = nested.stop
    return i


def _has_seat(units: Sequence[Unit], i: int) -> bool:
    """`die Botschaft [in Nairobi]`: a place behind a body is where it sits; behind a person it is where it was said."""
    body = units[i - 1].has("I") and not units[i - 1].has("U") and units[i].first == units[i - 1].last
    there = i + 1 < len(units) and units[i + 1].has("El") and units[i + 1].text[:1].isupper()
    return body and there and not (i + 2 < len(units) and units[i + 2].has("NEX"))


def _has_task(units: Sequence[Unit], at: int, i: int) -> bool:
    """`das Amt [für Wasser]`, not `das Amt für das laufende Jahr`: what a body is there for has no article. With a small
    adjective only where the group is no subject: `da tritt der Verband für bessere Löhne ein`."""
    if i + 1 < len(units) and units[i + 1].text[:1].islower() and not (at and units[at - 1].has("PN")):
        return False
    body = units[i - 1].is_("body_with_task") and units[i - 1].has("I") and units[i].first == units[i - 1].last
    return body and i + 1 < len(units) and units[i + 1].has("ANE") and not units[i + 1].has("DRX")


def _is_strong(units: Sequence[Unit], i: int) -> bool:
    """`kommunaler` before a noun: without a determiner only a genitive can follow another noun so."""
    u = units[i]
    bare = u.has("A") and not u.has("DPNERB") and u.is_("strong_genitive")
    return bare and i + 1 < len(units) and units[i + 1].has("N") and not units[i + 1].has("E")


def _one_man(head: Unit) -> bool:
    return head.has("N") and head.has("O") and head.text == head.lemma and head.is_("masculine_singular")


def _is_day(units: Sequence[Unit], group: Group) -> bool:
    head = units[group.head]
    span = head.text.endswith("-") and group.stop < len(units) and units[group.stop].is_("span_joint")
    return span or (head.is_("time_noun") and not head.fragment and not units[group.start].fragment)


def _is_count(units: Sequence[Unit], group: Group) -> bool:
    """`stieg laut dem Amt [von durchschnittlich 2,3 Millionen] auf …`: a number that nobody is made of."""
    counted = any(u.has("X") and not u.has("N") for u in units[group.start : group.head])
    return counted and not units[group.head].has("O")


def _alone(units: Sequence[Unit], head: int, i: int) -> bool:
    """`Lauterbach`: a noun that only its last part makes one, without a determiner, is a name."""
    return (
        units[head].has("c")
        and not units[head].has("O")
        and head == i - 1
        and not (head and units[head - 1].has("DAXN"))
    )


def _is_role(unit: Unit) -> bool:
    """Role nouns take `für`, `aus`: the test is their build (Sprecherin für Kultur, Experte aus Kiel)."""
    return unit.has("N") and unit.is_("role")


def may_be_subject(
    units: Sequence[Unit], group: Group, lexicon: Lexicon, adjectival: frozenset[str] = frozenset()
) -> bool:
    """Can this group stand in the nominative?"""
    first, head = units[group.start], units[group.head]
    if head.is_("time_noun") and not head.has("E") and not any(u.fragment for u in units[group.start : group.stop]):
        return False
    second = units[group.start + 1] if group.start + 1 < len(units) else first
    if first.is_("part_of_time") and (second.is_("time_noun") or second.has("X")):
        return False  # "Ende April warnte die Behörde"
    if head.has("R") or (group.start == group.head and first.is_("subject_pronoun") and not head.has("NE")):
        return first.is_("subject_pronoun")
    if first.is_("oblique_determiner"):
        # "den Beamten" is never one, "dieses Ministerium" is
        found = lexicon.noun(head.text)
        return first.is_("neuter_nominative") and bool(found and found[1] == "n")
    if first.is_("either_nominative"):
        titles = [u for u in units[group.start : group.head] if u.has("N") and not u.has("E")] if head.has("E") else []
        noun = titles[-1] if titles else head  # "der Trainer Theo Geisel": the title tells, not the name
        found = lexicon.noun(noun.text)
        if titles:
            known = bool(found and found[1] == "f" and not noun.has("c"))  # a Wirtschaftsweise is no Weise
            return not (known or noun.has("U") or noun.is_("feminine"))
        if found and found[1] == "f" and head.text not in adjectival and not head.is_("adjectival"):
            return False
    return True


def subject_after(units: Sequence[Unit], at: int, lexicon: Lexicon) -> Group | None:
    """The subject behind a verb that stands before `at`: first group that can be one, past adverbs and phrases."""
    i, n = at, len(units)
    while i < n:
        u = units[i]
        if u.is_("compared_amount") and (counted := noun_group(units, i)) and may_be_subject(units, counted, lexicon):
            return counted
        adverb = u.has("B") and not u.has("D") and not u.has("R") and not approximates(units, i)
        if u.is_("object_pronoun") or u.has("Y") or adverb:
            i += 1
            continue
        if (u.has("P") and not u.has("D")) or (u.has("P") and u.has("D") and u.is_("merged_preposition")):
            inner = noun_group(units, i + 1, wide=False)
            i = inner.stop if inner else i + 1
            continue
        group = noun_group(units, i)
        if group is None:
            if u.has("DAX") and not u.has("NE"):
                i += 1
                continue
            return None
        if may_be_subject(units, group, lexicon):
            return _behind_placeholder(units, group, lexicon) or group
        i = max(group.stop, i + 1)
    return None


def _behind_placeholder(units: Sequence[Unit], group: Group, lexicon: Lexicon) -> Group | None:
    """`sah es [das Gericht] als erwiesen an`: an `es` beside a noun that can be the subject only points to the clause."""
    if not units[group.start].is_("placeholder") or group.stop >= len(units):
        return None
    if not units[group.stop].has("DE") or units[group.stop].has("PR"):
        return None
    real = noun_group(units, group.stop)
    if real is None or not may_be_subject(units, real, lexicon):
        return None
    found = lexicon.noun(units[real.head].text)
    masculine = units[real.start].is_("either_nominative") and found is not None and found[1] == "m"
    return real if masculine or units[real.head].has("O") else None
