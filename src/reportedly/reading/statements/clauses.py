"""How does a sentence fall into clauses? Segments between commas and conjunctions, each with its kind and verb.

German makes this possible without a parser: clauses are fenced by commas, subordinate ones open with a subordinator and
end with their finite verb, main clauses have it in first or second place. Kinds:

main · dass (dass/ob) · wh (w-word, verb last) · rel (relative) · sub (weil, als …) · inf (zu-infinitive) · um (um … zu)
· quote (a quotation) · frag (no verb: apposition, list item, adverbial)
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

from reportedly.reading.statements.tags import FINITE, KONJUNKTIV
from reportedly.reading.statements.units import Line, Unit

_SEPARATORS = frozenset({",", ";", ":", "–", "—", "-", "--"})
_STOPS = frozenset({".", "!", "?", "…", "..."})


@dataclass(slots=True, eq=False)
class Segment:
    """A stretch of units without its separators. `at`: place of the finite verb in `units`, -1 for none."""

    units: list[Unit]
    before: str
    """The separator before it: "" (line start), "," ":" ";" "–" or "+" (a conjunction that is its first unit)."""
    kind: str = "frag"
    at: int = -1
    skip: int = 0
    """Units at the front that belong to the joint, not to the clause: "und", "aber"."""
    after: str = ""
    extra: list[int] = field(default_factory=list)

    @property
    def first(self) -> int:
        return self.units[0].first

    @property
    def last(self) -> int:
        return self.units[-1].last

    @property
    def finite(self) -> Unit | None:
        return self.units[self.at] if self.at >= 0 else None

    @property
    def verb_first(self) -> bool:
        """Finite verb in first place (after `und`, `aber`)."""
        return self.kind == "main" and self.at == self.skip

    @property
    def mood(self) -> str:
        """k1, k2, ind or "" (no finite verb)."""
        verb = self.finite
        if verb is None:
            return ""
        if "1" in verb.tags and not any(u.is_("first_person_subject") for u in self.units):
            return "k1"
        if "2" in verb.tags and "f" not in verb.tags:
            return "k2"
        return "ind"


def segments_of(line: Line) -> list[Segment]:
    """The clauses of a line in order."""
    raw: list[tuple[str, list[Unit]]] = []
    current: list[Unit] = []
    before = ""
    for unit in line.units:
        if unit.quote:
            if current:
                raw.append((before, current))
            raw.append((before or "„", [unit]))
            current, before = [], "“"
        elif unit.text in _SEPARATORS and unit.has("."):
            if current:
                raw.append((before, current))
            current = []
            before = unit.text
        elif unit.text in _STOPS or (unit.has(".") and unit.text not in {"%", "&", "/", "+", "§", "€", "$", "'", "’"}):
            continue
        else:
            current.append(unit)
    if current:
        raw.append((before, current))
    out: list[Segment] = []
    for sep, units in raw:
        out.extend(_split(units, sep))
    for segment in out:
        _classify(segment)
    _reopen(out)
    out = _whole(out)
    for left, right in itertools.pairwise(out):
        left.after = right.before
    return out


def _reopen(segments: list[Segment]) -> None:
    """`Karin Brill, Chefin der Mühle, [betont], dass …`: a form that may be a participle is the verb where no auxiliary is open."""
    for j, s in enumerate(segments):
        if s.kind != "frag" or s.before != "," or len(s.units) != s.skip + 1 or not s.units[-1].has("f"):
            continue
        k = j - 1
        while k >= 0 and segments[k].kind in {"frag", "rel"}:
            k -= 1
        verb = segments[k].finite if k >= 0 else None
        if j and s.units[-1].has("p") and not (verb is not None and verb.has("HM")) and segments[j - 1].kind != "quote":
            s.kind, s.at = "main", s.skip


def _whole(segments: list[Segment]) -> list[Segment]:
    """`wie Anna Moor, [Chefin der Mühle,] mitteilte`: an apposition between `wie` and its verb parts no clauses."""
    out: list[Segment] = []
    j = 0
    while j < len(segments):
        s, stop = segments[j], j + 1
        if s.kind == "frag" and len(s.units) > s.skip + 1 and s.units[s.skip].is_("manner"):
            while stop < len(segments) and segments[stop].kind == "frag" and segments[stop].before == ",":
                stop += 1
        listed = stop
        if s.kind == "frag" and s.before == "," and s.units[s.skip].has("L") and not s.units[s.skip].has("P"):
            while listed < len(segments) and segments[listed].kind == "frag" and segments[listed].before == ",":
                listed += 1
        end = segments[listed] if listed < len(segments) else None
        if (
            end is not None
            and listed >= stop
            and s.kind == "frag"
            and s.before == ","
            and s.units[s.skip].has("L")
            and len(s.units) > s.skip + 1
            and end.before == ","
            and end.kind == "main"
            and end.finite is end.units[-1]
            and end.units[0].has("NEA")
            and not end.units[0].has("DPRK")
        ):
            s = Segment([u for part in segments[j : listed + 1] for u in part.units], s.before)
            _classify(s)  # "die Preise für Physik, Chemie und Medizin vergibt"
            out.append(s)
            j = listed + 1
            continue
        last = segments[stop] if j + 1 < stop < len(segments) else None
        if last is not None and last.before == "," and last.finite is not None and last.finite is last.units[-1]:
            s = Segment([u for part in segments[j : stop + 1] for u in part.units], s.before)
            _classify(s)
            stop += 1
        else:
            stop = j + 1
        out.append(s)
        j = stop
    return out


def _finites(units: list[Unit]) -> list[int]:
    """Places of the finite verbs, auxiliaries deciding over doubtful forms."""
    sure: list[int] = []
    doubtful: list[int] = []
    for i, u in enumerate(units):
        if u.quote or not u.tags & FINITE or (u.has("N") and i):
            continue
        if i and units[i - 1].is_("infinitive_particle") and "i" in u.tags:
            continue
        (doubtful if u.tags & {"p", "i"} and not u.has("HM") else sure).append(i)
    if any(_zu(units, i) for i in range(max(0, len(units) - 3), len(units))):
        closing = max(i for i in range(max(0, len(units) - 3), len(units)) if _zu(units, i))
        doubtful = [i for i in doubtful if i <= 2 and not (i + 2 >= closing and closing > i)]
    if len(sure) > 1:
        # "… verhaftet worden sein", "… vermieden werden": behind a finite verb an auxiliary in -n is an infinitive
        sure = [
            i for n, i in enumerate(sure) if n == 0 or "i" not in units[i].tags or not (i and units[i - 1].has("piz"))
        ]
        if (
            len(sure) > 1
            and units[sure[-1]].has("i")
            and units[sure[0]].has("M")
            and sure[-1] == len(units) - 1
            and sure[0] < 4
        ):
            sure = sure[:-1]
    if len(sure) > 1 and sure[0] == 0 and units[0].has("N") and units[sure[1]].has("HM"):
        sure = sure[1:]  # "Besuche seien wichtig"
    aux = [i for i in sure if units[i].has("HM")] or [i for i in doubtful if units[i].has("HM")]
    if aux or sure:
        # besides a sure finite verb, a doubtful form is a participle or an infinitive
        return sorted(set(sure) | set(aux))
    return doubtful[-1:] if len(doubtful) > 1 and not doubtful[0] <= 1 else doubtful[:1]


def _split(units: list[Unit], before: str) -> list[Segment]:
    """Cut `warnte vor X und forderte Y` at the conjunction where both sides have a finite verb of their own."""
    if units[0].quote:
        return [Segment(units, before, "quote")]
    cuts = [0]
    for i in range(1, len(units)):
        u = units[i]
        halved = units[i - 1].text.endswith("-")  # "der inner- und außerkirchlichen Kritik"
        if u.has("C") and u.is_("clause_joint") and not units[i - 1].has("C") and not halved:
            left, right = units[cuts[-1] : i], units[i + 1 :]
            if not left or not right:
                continue
            left_finite, right_finite = _finites(left), _finites(right)
            if not left_finite or not right_finite:
                continue
            verb = right[right_finite[0]]
            if left[left_finite[0]].has("HM") and verb.has("p"):
                continue
            if left[left_finite[0]].has("HM") and verb.has("i") and verb is right[-1]:
                continue  # "soll geschlagen und getreten haben"
            cuts.append(i)
    out = []
    for n, cut in enumerate(cuts):
        part = units[cut : cuts[n + 1] if n + 1 < len(cuts) else len(units)]
        out.append(Segment(part, before if n == 0 else "+"))
    return out


def _classify(s: Segment) -> None:
    units = s.units
    if s.kind == "quote":
        return
    skip = 0
    while skip < len(units) - 1 and units[skip].has("C") and units[skip].is_("leading_joint"):
        if not s.before and units[skip].is_("second_joint"):
            break  # "Noch immer fehle Holz"
        skip += 1
    s.skip = skip
    finites = _finites(units)
    s.at = finites[0] if finites else -1
    s.extra = finites[1:]
    head = units[skip]
    lead = skip
    while lead < min(len(units) - 1, skip + 2) and units[lead].has("B") and not units[lead].has("S"):
        lead += 1
    opener = units[lead]
    if opener.has("K") and lead and units[lead - 1].is_("thus"):
        s.kind, s.at = "sub", (finites[-1] if finites else -1)
        return
    if opener.has("K") and (finites or len(units) > 1):
        s.kind = "dass"
        s.at = finites[-1] if finites else -1
        return
    if not finites:
        if any(_zu(units, i) for i in range(max(0, len(units) - 4), len(units))):
            s.kind = "um" if head.is_("purpose") else "inf"
        return
    last = finites[-1]
    tail = sum(1 for u in units[last + 1 :] if not u.has("BPpiz"))
    verb_last = last >= len(units) - 1 or (
        tail == 0
        and last > skip + 1
        and units[last].has("HM")
        and len(units) - 1 - last <= 2
        and not units[-1].is_("perfect_participle")  # "habe kommen können", not "sei erzwungen worden"
    )
    if opener is not head and opener.has("S") and units[lead - 1].is_("before_subordinator"):
        head = opener
    if head.is_("just_as") and skip + 1 < len(units) and units[skip + 1].is_("manner") and verb_last:
        s.kind, s.at = "sub", last
        return
    if head.has("S") and last > skip + 1 and (verb_last or not head.is_("doubtful_subordinator")):
        s.kind, s.at = "sub", last
        return
    if head.has("V") and verb_last:
        s.kind, s.at = "wh", last
        return
    if head.has("W") and last > skip and (verb_last or (last > skip + 2 and not _compares(units, skip, last))):
        s.kind = "wh" if not (head.is_("asking_relative") and s.before == "," and skip == 0) else "rel"
        s.at = last
        return
    if s.before in {",", "–", "+", "-"} and _is_relative(units, skip, last, verb_last):
        s.kind, s.at = "rel", last
        return
    alone = len(units) - skip == 1 or (len(units) - skip == 2 and not units[skip + 1].has("NER"))
    if finites[0] == skip and units[skip].has("p") and alone and s.before == ",":
        # ", gefunden": the verb bracket of a clause that was interrupted; ", erklärt Brill" is a clause
        s.at = -1
        return
    s.kind = "main"
    # the finite verb of a main clause is the first one, unless an earlier doubtful reading stands before it
    s.at = finites[0]


def _compares(units: list[Unit], skip: int, last: int) -> bool:
    """`Wie schon im Juli habe es geregnet`: a comparison before the verb, its subject behind it."""
    behind = units[last + 1 : last + 2]
    return units[skip].is_("manner") and "1" in units[last].tags and bool(behind) and behind[0].has("RD")


def _zu(units: list[Unit], i: int) -> bool:
    u = units[i]
    return "z" in u.tags or ("i" in u.tags and i > 0 and units[i - 1].is_("infinitive_particle"))


def _is_relative(units: list[Unit], skip: int, last: int, verb_last: bool) -> bool:
    i = skip
    if units[i].has("P") and i + 1 < len(units) and units[i + 1].has("L"):
        i += 1
        phrase = units[i + 1].has("NEA") and not units[i + 1].has("DPRBY") if i + 1 < len(units) else False
        return last > i and (verb_last or (last > i + 1 and not phrase))  # not "in der Mitte sei es leer"
    if units[i].is_("sure_relative"):
        return last > i
    if not units[i].has("L") or last == i:
        return False
    if last == i + 1:
        # "der kam" / "das sei falsch": relative only where the clause ends with the verb and it is no Konjunktiv
        return verb_last and not units[last].tags & {"1"} and not units[i].is_("neuter_pronoun")
    following = units[i + 1]
    adverb = following.has("A") and not following.has("NE") and not following.is_("inflection")  # "die ständig mahnt"
    if following.has("NEA") and not following.has("DPRBY") and not adverb:
        # "die Lage sei" is a main clause with a determiner, "die Experten kritisieren" may be a relative one
        run = i + 1
        while run < len(units) and units[run].has("NEAX"):
            run += 1
        return verb_last and not units[last].tags & KONJUNKTIV and run != last
    return verb_last or (last > len(units) // 2 and "1" not in units[last].tags)
