"""Which clauses attribute? Each clause with a verb of saying: its cue, subject, addressee, and where it begins and ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from reportedly.languages.lexicon import Lexicon
from reportedly.reading.statements.clauses import Segment
from reportedly.reading.statements.groups import FOCUS, Group, is_time, may_be_subject, noun_group, subject_after
from reportedly.reading.statements.lexical import Cue, CueTables, preposition_of
from reportedly.reading.statements.units import Line, Unit
from reportedly.reading.statements.voices import may_speak

_CONDITIONS = frozenset({"wenn", "falls", "sofern", "sobald", "solange", "damit"})
_SELF = frozenset(["sagen", "fragen", "erklären", "geben|zu", "versprechen", "wünschen", "denken"])
"""Verbs that say the same with a `sich` beside them."""
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


def verb_complex(segments: Sequence[Segment], k: int, lexicon: Lexicon) -> tuple[list[Unit], list[str], bool, int]:
    """The verb of a clause: its units, the lemmas it may have (`mit|teilen`), whether it is passive, the last segment.

    `teilte der Sprecher, Hans Meier, mit`: the particle may stand behind an apposition.
    """
    s = segments[k]
    finite = s.finite
    assert finite is not None
    tail_units: list[Unit] = []
    end = k
    if s.kind == "main":
        tail_units = s.units[s.at + 1 :]
        bracket = _bracket(tail_units)
        front = s.units[s.skip : s.at]
        if not bracket and len(front) == 1 and front[0].has("p") and finite.has("H"):
            bracket = [front[0]]  # "Kritisiert wird die Stiftung"
        if not bracket:
            for j in range(k + 1, min(k + 4, len(segments))):
                t = segments[j]
                if t.kind == "rel" and j + 1 < len(segments):
                    continue
                if t.kind != "frag" or t.before not in {",", "–", "-"}:
                    break
                found = _bracket(t.units)
                if found and (len(t.units) <= 2 or found[-1].has("p") or j > k + 1):
                    bracket, end = found, j
                    break
    else:
        bracket = []
        i = s.at - 1
        while i >= 0 and (s.units[i].has("piz") and not s.units[i].has("NE")) and len(bracket) < 3:
            bracket.insert(0, s.units[i])
            i -= 1
        if s.at + 1 < len(s.units) and s.units[s.at + 1].has("piz"):
            bracket += [u for u in s.units[s.at + 1 :] if u.has("piz")]
    return _lemmas(finite, bracket, end, lexicon)


def _bracket(units: Sequence[Unit]) -> list[Unit]:
    """The closing part of the verb at the end of a clause: participle, infinitive, particle."""
    i = len(units)
    out: list[Unit] = []
    while i > 0 and len(out) < 3:
        u = units[i - 1]
        if u.has("piz") and not u.has("NE"):
            out.insert(0, u)
        elif u.has("T") and not out and (i > 1 or len(units) == 1):
            out.insert(0, u)
            break
        else:
            break
        i -= 1
    if out:
        return out
    # a prepositional phrase or a comparison may stand behind the bracket: hat gesagt nach dem Treffen
    for j, u in enumerate(units):
        if (
            u.has("p")
            and not u.has("fNE")
            and j + 1 < len(units)
            and units[j + 1].has("P")
            and units[j - 1 if j else 0].text != ","
        ) or (u.has("T") and not u.has("PD") and j + 1 < len(units) and units[j + 1].has("PB") and not u.has("B")):
            return [u]
    return []


def _lemmas(finite: Unit, bracket: list[Unit], end: int, lexicon: Lexicon) -> tuple[list[Unit], list[str], bool, int]:
    passive = False
    verbs = [u for u in bracket if u.has("piz")]
    particle = bracket[-1] if bracket and bracket[-1].has("T") and not bracket[-1].has("piz") else None
    if finite.has("H") and verbs:
        full = [v for v in verbs if not v.has("H")] or verbs
        main = full[0]
        aux = finite.lower
        worden = any(v.lower in {"worden", "werden"} for v in verbs)
        passive = "p" in main.tags and (aux.startswith(("wurde", "wird", "werd", "würde")) or worden)
        return [finite, *verbs] if not particle else [finite, *verbs, particle], _readings(main, lexicon), passive, end
    if finite.has("M") and verbs:
        full = [v for v in verbs if not v.has("H")] or verbs
        main = full[0]
        passive = "p" in main.tags and any(v.lower == "werden" for v in verbs)
        return [finite, *verbs], _readings(main, lexicon), passive, end
    lemmas = _readings(finite, lexicon)
    if particle:
        joined = [f"{particle.lower}|{lemma}" for lemma in lemmas]
        return [finite, particle], joined + lemmas, False, end
    return [finite], lemmas, False, end


def _readings(unit: Unit, lexicon: Lexicon) -> list[str]:
    return [lemma for lemma, _ in lexicon.verb(unit.lower)] or [unit.lemma]


def frames_of(line: Line, segments: list[Segment], tables: CueTables) -> Iterator[Frame]:
    """All attributing clauses of a line, left to right."""
    previous: Frame | None = None
    for k, s in enumerate(segments):
        if s.finite is None:
            continue
        verb, lemmas, passive, end = verb_complex(segments, k, tables.lexicon)
        frame = Frame(line, segments, k, (), [], k, end + 1, passive=passive, verb_last=s.kind != "main")
        _clause(frame, verb, tables, previous)
        frame.cues = _rows(frame, verb, lemmas, tables)
        if s.kind == "main":
            previous = frame
        if not frame.cues or (s.kind == "sub" and s.units[s.skip].lower in _CONDITIONS):
            continue  # "wenn er sagt, dass …" reports nothing
        _roles(frame, verb, tables)
        yield frame


def _clause(frame: Frame, verb: list[Unit], tables: CueTables, previous: Frame | None) -> None:
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
            if chain is not None and s.before != "und":
                units = segments[chain].units[segments[chain].skip :]
                frame.fronted = True
                frame.start = chain
                _front_subject(frame, units, units, chain, back, tables)
            elif s.before == "und" or s.skip or _goes_on(s, previous):
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
            nominative = pronoun.lower in {"der", "die", "das", "welcher", "welche", "welches", "wer"}
            own = subject_after(inner, 0, lexicon) if not nominative or pronoun.lower in {"das"} else None
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


def _take_back_subject(frame: Frame, units: list[Unit], group: Group | None) -> None:
    if group is None:
        frame.field_ = units
        return
    start = group.start
    while start < group.head and units[start].lower in FOCUS:
        start += 1
    frame.speaker = (units[start].first, units[group.stop - 1].last)
    frame.head = units[group.head]
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
    while skip < len(lead) - 1 and lead[skip].has("B") and not lead[skip].has("DR"):
        skip += 1
    focus = skip > 0 and all(u.lower in {"auch", "nur", "sogar", "selbst", "allein", "schon"} for u in lead[:skip])
    group = noun_group(lead, skip, wide=True) if not lead[skip].has("P") or lead[skip].has("N") else None
    pointer = len(lead) == 1 and lead[0].lower in {"das", "dies"} and subject_after(back, 0, lexicon) is not None
    if group and not pointer and not may_speak(lead[group.head]):
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
        if rest and any(u.lower in {"am", "um"} for u in rest[:1]) and any(is_time(u, lexicon) for u in rest):
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
        frame.head = lead[group.head]
        frame.field_ = back
        return
    after = subject_after(back, 0, lexicon)
    _take_back_subject(frame, back, after)
    frame.field_ = [*front, *frame.field_] if front is lead else frame.field_


_JOINTS = frozenset(["aber", "jedoch", "zugleich", "gleichzeitig", "allerdings", "dagegen", "zudem", "hingegen", "dabei", "stattdessen"])


def _goes_on(s: Segment, previous: Frame | None) -> bool:
    """`…, fordern aber die Nennung eines Datums`: the second verb of the same subject, joined by a comma."""
    following = s.units[s.at + 1 :]
    return previous is not None and previous.fronted and s.before == "," and bool(following) and following[0].lower in _JOINTS


def _lemmas_of(frame: Frame, tables: CueTables) -> list[str]:
    return verb_complex(frame.segments, frame.k, tables.lexicon)[1]


def _chain(segments: list[Segment], k: int) -> int | None:
    """The first segment of a Vorfeld that an apposition or a relative clause parts from its verb, None for none.

    `Die Ministerin, eine Juristin, sagte` · `Der Sprecher, der nicht genannt werden wollte, teilte mit`
    """
    j = k - 1
    while j >= 0 and segments[j].kind in {"frag", "rel", "um"} and segments[j + 1].before in {",", "–", "-", "und"}:
        j -= 1
    first = j + 1
    if first >= k:
        return None
    if j >= 0 and segments[first].before not in {";", ":", "und"}:
        # something with a verb stands before: what we saw belongs to it (an apposition at its end)
        return None
    if segments[first].kind != "frag" or segments[k].before == "und":
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


def _rows(frame: Frame, verb: list[Unit], lemmas: list[str], tables: CueTables) -> tuple[Cue, ...]:
    """The table rows that this clause satisfies, most demanding first; fills `frame.cue` with the verb."""
    units = [u for j in range(frame.start, frame.stop) for u in frame.segments[j].units]
    words = {u.lower for u in units}
    reflexive = bool(words & {"sich", "mich", "uns"})
    frame.cue = [v.first for v in verb]
    states = [
        state
        for state in tables.states
        if any((lemma, reflexive) in state.copulas for lemma in lemmas) and run_of(units, state.words)
    ]
    if states:
        return tuple(states)
    found: list[Cue] = []
    for lemma in lemmas:
        if lemma in tables.shadows:
            return ()
        for cue in tables.verbs.get(lemma, ()):
            if cue.reflexive and not reflexive:
                continue
            if not cue.reflexive and "sich" in words and not cue.words and not frame.passive and lemma not in _SELF:
                continue
            if cue.words and not run_of(units, cue.words):
                continue
            found.append(cue)
        if found and len(verb) > 1 and verb[-1].has("T"):
            break  # teilte … mit is mitteilen, not teilen
    return tuple(found)


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


def cue_places(frame: Frame, cue: Cue) -> list[int]:
    """Tokens of the cue for this row: the verb, its fixed words and correlates."""
    units = [u for j in range(frame.start, frame.stop) for u in frame.segments[j].units]
    out = set(frame.cue) | {u.first for u in run_of(units, cue.words)}
    out |= {u.first for u in units if u.lower in cue.correlates}
    return sorted(out)


def speaker_for(frame: Frame, cue: Cue) -> tuple[int, int] | None:
    """Who speaks in this frame under this row: its subject, or the phrase that the row names."""
    if not cue.spoken_by:
        return None if frame.passive else frame.speaker
    units = [u for j in range(frame.start, frame.stop) for u in frame.segments[j].units]
    for role in cue.spoken_by:
        if role == "acc":
            return frame.speaker if frame.passive else None
        if role == "gen" and frame.speaker:
            own = [u for u in units if frame.speaker[0] <= u.first < frame.speaker[1]]
            for i in range(1, len(own)):
                if own[i].lower in {"des", "der", "von", "eines", "einer", "ihres", "seines"}:
                    group = noun_group(own, i + 1 if own[i].lower == "von" else i)
                    if group:
                        return (own[group.start].first, own[group.stop - 1].last)
        if ":" in role:
            wanted = role.split(":")[0]
            for i, u in enumerate(units[:-1]):
                if u.has("P") and preposition_of(u.lower) == wanted:
                    group = noun_group(units, i + 1, wide=True) if not u.has("D") else noun_group(units, i + 1)
                    if group and not _is_plain_time(units[group.head]):
                        return (units[group.start].first, units[group.stop - 1].last)
    return None


def carries(frame: Frame, cue: Cue) -> bool:
    """No subject of its own, and none forbidden: the speaker before goes on (`…, fügte hinzu`)."""
    return frame.speaker is None and not frame.passive and not cue.spoken_by


def _is_plain_time(unit: Unit) -> bool:
    return unit.lemma in {"Tag", "Woche", "Monat", "Jahr", "Abend", "Morgen", "Nacht"}


def _roles(frame: Frame, verb: list[Unit], tables: CueTables) -> None:
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
