"""Who is the subject of an attributing clause? Before the verb, behind it, in an earlier clause, or the antecedent."""

from __future__ import annotations

from reportedly.languages.lexicon import Lexicon
from reportedly.reading.statements.addressees import told_to
from reportedly.reading.statements.clauses import Segment
from reportedly.reading.statements.frame import Frame
from reportedly.reading.statements.groups import Group, approximates, may_be_subject, noun_group, subject_after
from reportedly.reading.statements.lexical import CueTables
from reportedly.reading.statements.scope import apposition_at
from reportedly.reading.statements.units import Unit
from reportedly.reading.statements.verbs import verb_complex
from reportedly.reading.statements.voices import may_speak, voice_of


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
            chain = None if _is_inserted(frame, back, lexicon) else _chain(segments, frame.k)
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
                frame.speaker, frame.head = _antecedent(segments, frame.k, lexicon)
            else:
                _take_back_subject(frame, inner, subject_after(inner, 0, lexicon))
        else:
            own = subject_after(inner, 0, lexicon)
            if own is None and s.units[opener].is_("who"):
                frame.speaker, frame.head, frame.field_ = (
                    (s.units[opener].first, s.units[opener].last),
                    s.units[opener],
                    inner,
                )
            else:
                _take_back_subject(frame, inner, own)
    if frame.speaker and s.kind == "main":
        _apposition(frame, tables)
        _name_before(frame)
    frame.last = max(
        [
            s.units[-1].last,
            *[segments[j].units[-1].last for j in range(frame.k, frame.stop) if segments[j].kind == "frag"],
        ]
    )


def _is_inserted(frame: Frame, back: list[Unit], lexicon: Lexicon) -> bool:
    """`Der Staat, [meinte er], müsse sparen`: verb and subject of its own between the subject of a clause and its verb."""
    s, r = frame.segment, frame.stop
    behind = frame.segments[r] if r < len(frame.segments) else None
    held = behind is not None and behind.verb_first and behind.before == "," and not behind.skip
    group = subject_after(back, 0, lexicon) if held and s.before == "," and not s.skip and len(back) < 8 else None
    return group is not None and group.start == 0 and may_speak(voice_of(back, group))


def _apposition(frame: Frame, tables: CueTables) -> None:
    """`sagte der Vorsitzende des Verbands, [Elmar Gessel], …`: the name behind the comma belongs to the subject."""
    s = frame.segment
    assert frame.speaker
    held = frame.stop > frame.k + 1  # its verb closes behind it: "hatte ein Hirte, Karl Moor, erklärt"
    at = frame.k + 1 if held else frame.stop
    stop = apposition_at(frame.segments, at)
    if stop is None or frame.head is None or frame.head.has("R") or frame.speaker[1] > s.last:
        return
    if frame.speaker[1] != s.last:
        # "hatte ein Hirte aus dem Nachbartal, Karl Moor, erklärt"
        rest = [u for u in s.units if u.first >= frame.speaker[1]]
        between = noun_group(rest, 1) if rest and rest[0].has("P") else None
        if between is None or between.stop < len(rest) or not frame.segments[at].units[0].has("E"):
            return
    frame.speaker = (frame.speaker[0], stop)
    frame.field_ = [u for u in frame.field_ if not frame.speaker[0] <= u.first < stop]
    if not held:
        frame.stop += 1
        _told_behind(frame, tables)


def _told_behind(frame: Frame, tables: CueTables) -> None:
    """`sagte der Sprecher, Karl Moor, [gegenüber der Zeitung]`: what stands behind the apposition is part of the clause."""
    if frame.stop < len(frame.segments):
        behind = frame.segments[frame.stop]
        told = told_to(behind.units, behind.skip) or _dative(frame, behind, tables)
        if behind.kind == "frag" and behind.before == "," and told:
            frame.field_ = frame.field_ + behind.units[behind.skip :]
            frame.stop += 1


def _dative(frame: Frame, behind: Segment, tables: CueTables) -> Group | None:
    """`…, Karl Moor, [dem Abendblatt]`: a dative alone, where the verb asks for one; `der` only before a paper."""
    units = behind.units
    asked = any("dat" in cue.to for lemma in _lemmas_of(frame, tables) for cue in tables.verbs.get(lemma, ()))
    group = noun_group(units, 0) if asked and not behind.skip else None
    if group is None or (group.stop < len(units) and not units[group.stop].has("P")):
        return None
    paper = any(u.has("Uv") for u in units[: group.stop])
    return group if units[0].is_("dative_article") or (units[0].is_("dative_determiner") and paper) else None


def _name_before(frame: Frame) -> None:
    """`Karl Moor, der Vorsitzende des Verbands sagte, …`: a name whose apposition has lost its second comma."""
    segments, k, s = frame.segments, frame.k, frame.segment
    if k != 1 or s.before != "," or s.skip or not frame.speaker or frame.speaker[0] != s.units[0].first:
        return
    before = segments[0]
    group = noun_group(before.units, before.skip) if before.kind == "frag" else None
    if group is None or group.stop < len(before.units) or not all(u.has("E") for u in before.units[before.skip :]):
        return
    if s.units[0].has("D") and frame.head is not None and frame.head.has("O") and not frame.head.has("R"):
        frame.start, frame.first = 0, before.units[group.start].first
        frame.speaker = (frame.first, frame.speaker[1])


def _take_back_subject(frame: Frame, units: list[Unit], group: Group | None) -> None:
    if group is None:
        frame.field_ = units
        return
    start = group.start
    while start < group.head and units[start].is_("focus_word"):
        start += 1
    frame.speaker = (units[start].first, units[group.stop - 1].last)
    frame.head = voice_of(units, group)
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
    opposed = bool(back) and back[0].is_("sure_subject")  # "Die Arbeit der Wirte lobte er"
    focus = skip > 0 and all(u.is_("leading_focus") for u in lead[:skip])
    for words in tables.grammar.phrases("focus_phrase"):
        if skip == 0 and len(lead) > len(words) and tuple(u.lower for u in lead[: len(words)]) == words:
            skip, focus = len(words), True
    group = noun_group(lead, skip, wide=True) if not lead[skip].has("P") or lead[skip].has("N") else None
    if group is None and lead[skip].is_("approximator") and skip + 1 < len(lead) and lead[skip + 1].has("X"):
        counted = noun_group(lead, skip + 1, wide=True)
        if counted is not None and lead[counted.head].has("XO") and subject_after(back, 0, lexicon) is None:
            group = Group(skip, counted.stop, counted.head)  # "Über 50-Jährige gaben an, …"
    pointer = len(lead) == 1 and lead[0].is_("pointer") and subject_after(back, 0, lexicon) is not None
    pointer = pointer or (group is not None and (opposed or _many_for_one(frame, lead, group, back, lexicon)))
    if group and not pointer and not may_speak(voice_of(lead, group)):
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
        frame.head = voice_of(lead, group)
        frame.field_ = back
        return
    after = subject_after(back, 0, lexicon)
    _take_back_subject(frame, back, after)
    frame.field_ = [*front, *frame.field_] if front is lead else frame.field_


def _many_for_one(frame: Frame, lead: list[Unit], group: Group, back: list[Unit], lexicon: Lexicon) -> bool:
    """`Die Äußerungen lobte sie`: a plural before a verb in the singular is its object. Told by feminine nouns: they change
    for nothing but the plural."""
    verb = frame.segment.finite
    if verb is None or verb.is_("plural_verb") or subject_after(back, 0, lexicon) is None:
        return False
    first = next((u for u in lead[group.start : group.stop] if u.has("N")), None)
    found = lexicon.noun(first.text) if first is not None and not first.has("E") else None
    return first is not None and found is not None and found[1] == "f" and found[0] != first.text


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
    while j >= 0 and (
        (segments[j].kind in {"frag", "rel", "um"} and segments[j + 1].before in {",", "–", "-", "+"})
        or (segments[j].kind == "quote" and segments[j].before == ":" and segments[j - 1].kind == "rel")
        or (segments[j].kind == "rel" and segments[j + 1].kind == "quote" and segments[j + 1].before == ":")
    ):
        j -= 1  # "Karl Moor, der damals schrieb: „Es geht“, schrieb nun"
    first = j + 1
    if first >= k:
        return None
    if j >= 0 and segments[first].before not in {";", ":", "+"}:
        # something with a verb stands before: what we saw belongs to it (an apposition at its end)
        return None
    if segments[first].kind != "frag" or segments[k].before == "+":
        return None
    return first


def _antecedent(segments: list[Segment], k: int, lexicon: Lexicon) -> tuple[tuple[int, int] | None, Unit | None]:
    """The noun group that a relative clause belongs to: the last one before it."""
    if not k or segments[k].before != ",":
        return None, None
    units = segments[k - 1].units
    place, head = _last_group(units)
    if place is not None and (who := _before_seat(units, place, segments[k])) is not None:
        return (units[who.start].first, units[who.stop - 1].last), units[who.head]
    if place is not None and head is not None and not may_speak(head):
        inner = _of_gender(units, place, segments[k], lexicon)
        place, head = inner or (place, head)
    if head is not None and place is not None:
        whole, named = _with_name_before(segments, k, place)
        return whole, named or head
    while units and units[-1].has("Tpz") and not units[-1].has("NE"):
        units = units[:-1]  # "Dem steht die Aussage von Karl Moor entgegen, der sagte, …"
    if not units and k > 1:
        return _antecedent(segments, k - 1, lexicon)  # "die Aussage von Karl Moor, dem Wirt, entgegen, der sagte, …"
    place, head = _last_group(units)
    return (place, head) if head is not None and may_speak(head) else (None, None)


def _with_name_before(segments: list[Segment], k: int, found: tuple[int, int]) -> tuple[tuple[int, int], Unit | None]:
    """`die Aussage von [Karl Moor, Chef der Mühle], der sagte`: who has an apposition before the relative clause."""
    held = segments[k - 1]
    whole = held.kind == "frag" and held.before == "," and k > 1 and held.units[held.skip].first == found[0]
    if not whole or not held.units[held.skip].has("N") or not may_speak(held.units[held.skip]):
        return found, None
    before = segments[k - 2].units
    first = len(before)
    while first and before[first - 1].has("E") and not before[first - 1].has("f"):
        first -= 1
    return ((before[first].first, found[1]), before[-1]) if first < len(before) else (found, None)


def _of_gender(
    units: list[Unit], found: tuple[int, int], clause: Segment, lexicon: Lexicon
) -> tuple[tuple[int, int], Unit] | None:
    """`das Motto des [Chefs Horst Brill], der …`: the genitive at the end, where the pronoun does not fit what it stands in."""
    pronoun = clause.units[clause.skip]
    i = next((i for i, u in enumerate(units) if u.first == found[0]), 0)
    whole = noun_group(units, i)
    known = lexicon.noun(units[whole.head].text) if whole is not None else None
    if whole is None or known is None or not pronoun.is_("either_nominative") or known[1] not in {"n", "f"}:
        return None
    for start in range(whole.head + 1, len(units)):
        group = noun_group(units, start) if units[start].is_("genitive_determiner") else None
        if group is not None and group.stop == len(units) and may_speak(voice_of(units, group)):
            return (units[start].first, found[1]), units[group.head]
    return None


def _before_seat(units: list[Unit], found: tuple[int, int], clause: Segment) -> Group | None:
    """`viele [Bürger] in Norwegen, die …`: whoever stands before the place, where a place cannot be meant by the pronoun."""
    i = next((i for i, u in enumerate(units) if u.first == found[0]), 0)
    if (
        i < 2
        or not units[i - 1].is_("seat_preposition")
        or not units[i].has("E")
        or clause.units[clause.skip].is_("neuter_pronoun")
    ):
        return None
    if units[i].last != found[1] or not units[i - 2].has("N"):
        return None
    for start in range(i - 1):
        if units[start].is_("focus_word"):
            continue
        group = noun_group(units, start) if not units[start].has("P") else None
        if group is not None and group.stop == i - 1:
            return group if may_speak(voice_of(units, group)) else None
    return None


def _last_group(units: list[Unit]) -> tuple[tuple[int, int] | None, Unit | None]:
    """The noun group at the end of these words, and its head."""
    i = 0
    while i < len(units):
        group = noun_group(units, i) if not units[i].has("P") or units[i].has("N") else None
        if group and group.stop == len(units):
            return (units[group.start].first, units[group.stop - 1].last), units[group.head]
        i = group.stop if group and group.stop > i else i + 1
    return None, None
