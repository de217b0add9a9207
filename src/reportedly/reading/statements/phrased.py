"""Whose words does a phrase give? `Nach Angaben der Polizei …`, `… dem Bericht zufolge …`, `ihrer Meinung nach`.

The content is the clause that the phrase stands in, without the phrase.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportedly.reading.statements.addressees import told_to
from reportedly.reading.statements.candidate import Candidate
from reportedly.reading.statements.clausal import content_end
from reportedly.reading.statements.clauses import Segment
from reportedly.reading.statements.groups import Group, noun_group
from reportedly.reading.statements.inserted import so_phrase
from reportedly.reading.statements.lexical import CueTables, Phrase
from reportedly.reading.statements.scope import apposition_at, around, phrase_candidate, phrase_made
from reportedly.reading.statements.units import Line, Unit
from reportedly.reading.statements.voices import may_speak


def phrases_in(line: Line, segments: list[Segment], tables: CueTables) -> Iterator[Candidate]:
    """Statements under an attributing phrase."""
    for k, segment in enumerate(segments):
        units = segment.units
        there = {u.lower for u in units}
        for phrase in tables.slotted:
            found = _slot_first(line, segments, k, phrase, tables) if phrase.words[0] in there else None
            if found:
                yield found
        i = 0
        while i < len(units):
            step = 1
            for phrase in tables.phrases.get(units[i].lower, ()):
                places = _matches(units, i, phrase)
                if places is None:
                    continue
                found = _phrase(line, segments, k, places, phrase, tables)
                if found:
                    yield found
                    step = max(1, len(phrase.words))
                    break
            i += step


def _matches(units: Sequence[Unit], i: int, phrase: Phrase) -> list[int] | None:
    """Places of the phrase's words before the slot (those behind it are looked for later), None where it does not stand here.

    Between preposition and noun an adjective or a possessive may stand: `nach ersten Angaben`, `nach seinen Worten`.
    """
    head = phrase.words[: phrase.slot] if phrase.kind != "after" else phrase.words
    places: list[int] = []
    at = i
    for n, word in enumerate(head):
        slack = 3 if n == len(head) - 1 and n > 0 and phrase.kind == "before" else 0
        while (
            slack
            and at < len(units)
            and units[at].lower != word
            and (units[at].has("A") or units[at].is_("phrase_possessive"))
            and not units[at].has("NE")
        ):
            at += 1
            slack -= 1
        if at >= len(units) or units[at].lower != word:
            return None
        places.append(at)
        at += 1
    return places


def _phrase(
    line: Line, segments: list[Segment], k: int, places: list[int], phrase: Phrase, tables: CueTables
) -> Candidate | None:
    units = segments[k].units
    if not places:
        return None
    i = places[0]
    if phrase.kind == "group":
        return _group(line, segments, k, places, phrase, tables)
    if phrase.kind == "before":
        return _before(line, segments, k, places, phrase, tables)
    if phrase.kind == "after":
        return _after(line, segments, k, i, phrase, tables)
    if phrase.kind == "so":
        return so_phrase(line, segments, k, i, phrase, tables)
    if phrase.kind == "alone":
        grammar, single = tables.grammar, phrase.words[0] if len(phrase.words) == 1 else ""
        if units[i].is_("hearsay_adverb"):
            return _adverb(line, segments, k, i, phrase)
        if single in grammar.words("retelling_adverb") and (
            i != segments[k].skip or k or not _reported_mood(segments[k])
        ):
            return None
        if single in grammar.words("opening_adverb"):
            return _wonach(line, segments, k, i, phrase)
        if single in grammar.words("concluding_adverb") and units[i].has("S"):
            return None
        if phrase.words[-1] in grammar.words("postposition"):
            if i > segments[k].skip and _is_owning_name(units[i - 1]):
                return None  # "Moors Angaben zufolge" has a row of its own
            while i > segments[k].skip and units[i - 1].has("A") and not units[i - 1].has("DPNE"):
                i -= 1  # "ersten unbestätigten Berichten zufolge"
        n = places[-1] + 1 - i
        cue = [u.first for u in units[i : i + n]]
        start, stop = units[i].first, units[i + n - 1].last
        if n == len(units) and segments[k].before == "," and (said := around(segments, k, k + 1)):
            return phrase_made(line, phrase, cue, [(start, stop)], said, None)  # "…, so die Begründung."
        candidate = phrase_candidate(line, segments, k, phrase, cue, (start, stop), None, tables)
        if candidate and phrase.words[0] in grammar.words("carrying_adverb"):
            candidate.carried = True
        return candidate
    return None


def _reported_mood(segment: Segment) -> bool:
    """`Danach sei …` gives a source back, `Danach ging er heim` tells what came next."""
    return segment.mood in {"k1", "k2"} or (segment.finite is not None and segment.finite.is_("retelling_modal"))


def _wonach(line: Line, segments: list[Segment], k: int, i: int, phrase: Phrase) -> Candidate | None:
    """`ein Bericht, wonach [der Konzern verkaufen will]`"""
    units = segments[k].units
    if i + 1 >= len(units) or i != segments[k].skip:
        return None
    end = content_end(segments, k)
    candidate = phrase_made(
        line,
        phrase,
        [units[i].first],
        [(units[i].first, units[i].last)],
        [(units[i + 1].first, segments[end - 1].last)],
        None,
    )
    candidate.carried = False
    return candidate


def _speaker_group(units: Sequence[Unit], at: int, tables: CueTables) -> Group | None:
    group = noun_group(units, at)
    if group is None:
        return None
    # a name may follow its role after a comma only in a segment of its own; here the group must be no time
    return None if units[group.head].is_("time_noun") else group


def _owning_name(units: Sequence[Unit], at: int, tail: Sequence[str]) -> Group | None:
    """`nach [Karl Moors] eigenen Worten`: a name in the genitive before the noun of the phrase."""
    stop = at
    while stop < len(units) and units[stop].has("NE") and units[stop].lower not in tail:
        stop += 1
    if stop == at or not tail or not _is_owning_name(units[stop - 1]):
        return None
    behind = stop
    while behind < len(units) and units[behind].has("A") and not units[behind].has("DPNE"):
        behind += 1
    return Group(at, stop, stop - 1) if [u.lower for u in units[behind : behind + len(tail)]] == list(tail) else None


def _is_owning_name(unit: Unit) -> bool:
    return unit.has("E") and unit.is_("genitive_s")


def _before(
    line: Line, segments: list[Segment], k: int, places: list[int], phrase: Phrase, tables: CueTables
) -> Candidate | None:
    units = segments[k].units
    i, at = places[0], places[-1] + 1
    cue = [units[j].first for j in places]
    owner = next((j for j in range(i, at) if units[j].is_("phrase_possessive")), None)
    if owner is not None and not phrase.heads:
        place = (units[owner].first, units[owner].last)
        return phrase_candidate(line, segments, k, phrase, cue, (units[i].first, units[at - 1].last), place, tables)
    if at >= len(units):
        return None
    words, grammar = phrase.words[: phrase.slot], tables.grammar
    single = words[0] if len(words) == 1 and len(phrase.words) == 1 else ""
    if phrase.cases == {"von"} or ("von" in phrase.cases and units[at].is_("of")):
        if units[at].is_("of_bare"):
            at += 1
        elif not units[at].is_("of_merged"):
            return None
    elif "von" in phrase.cases and words[-1] not in grammar.words("quoting_preposition") and not units[at].has("DEN"):
        strong = units[at].has("A") and units[at].is_("strong_genitive")  # "nach Angaben informierter Kreise"
        if not strong or at + 1 >= len(units) or not units[at + 1].has("N"):
            return None
    if at >= len(units):
        return None  # "nach Angaben von" at the end of a clause
    merged = units[at].is_("of_merged") and at + 1 < len(units)
    tail = phrase.words[phrase.slot :]
    group = _owning_name(units, at, tail) or _speaker_group(units, at + 1 if merged else at, tables)
    if group is None:
        return None
    if phrase.heads and not any(_is_head(units[group.head], h) for h in phrase.heads):
        return None
    if single in grammar.words("after_preposition") and not phrase.heads:
        return None
    if single in grammar.words("view_preposition") and not (
        _view(segments[k], i, tables) and may_speak(units[group.head])
    ):
        return None  # "Für den Impfstoff ist das zu warm": who cannot speak has no view
    if single in grammar.words("rule_preposition") and not may_speak(units[group.head]):
        return None  # "Gemäß den Vorgaben bleibt das Bad zu"
    start, stop = units[i].first, units[group.stop - 1].last
    if tail:
        behind = group.stop
        while behind < len(units) and units[behind].has("A") and not units[behind].has("DPNE"):
            behind += 1
        after = units[behind : behind + len(tail)]
        if [u.lower for u in after] != list(tail):
            return None
        cue += [u.first for u in after]
        stop = after[-1].last
    speaker = (units[group.start].first, units[group.stop - 1].last)
    if not tail and group.stop == len(units):
        following = segments[k + 1].units[0] if k + 1 < len(segments) else None
        named = following is not None and (following.has("ED") or units[group.head].has("E"))
        if named and (last := apposition_at(segments, k + 1)) is not None:
            # "nach Angaben des Sprechers, Hans Meier, …"
            speaker, stop = (speaker[0], last), last
        elif (past := _behind_relative(segments, k)) is not None:
            stop = segments[past].last  # "Laut dem Amt, das die Zahlen sammelt, sinkt der Wert"
    told = told_to(units, group.stop) if stop == units[group.stop - 1].last else None
    if told is not None:
        stop = units[told.stop - 1].last
    candidate = phrase_candidate(line, segments, k, phrase, cue, (start, stop), speaker, tables)
    if candidate and told is not None:
        candidate.addressee = (units[told.start].first, stop)
    return candidate


def _behind_relative(segments: list[Segment], k: int) -> int | None:
    """The last segment of a relative clause behind segment `k`, where the verb of the main clause follows."""
    j = k + 1
    if j >= len(segments) or segments[j].kind != "rel":
        return None
    while j + 1 < len(segments) and (segments[j + 1].before == "+" or segments[j + 1].kind == "rel"):
        j += 1
    follows = j + 1 < len(segments) and segments[j + 1].verb_first and segments[j + 1].before == ","
    return j if follows else None


def _slot_first(line: Line, segments: list[Segment], k: int, phrase: Phrase, tables: CueTables) -> Candidate | None:
    """`Ihrer Meinung nach` · `Neuen Schätzungen zufolge`: the words stand behind a possessive or an adjective."""
    units = segments[k].units
    n = len(phrase.words)
    for i in range(1, len(units) - n + 1):
        if any(units[i + j].lower != w for j, w in enumerate(phrase.words)):
            continue
        if phrase.kind == "before" and (units[i - 1].is_("phrase_possessive") or _is_owning_name(units[i - 1])):
            cue, begin = [u.first for u in units[i : i + n]], i - 1
            while begin and units[begin].has("E") and units[begin - 1].has("E"):
                begin -= 1
            place = (units[begin].first, units[i - 1].last)
            return phrase_candidate(line, segments, k, phrase, cue, (place[0], units[i + n - 1].last), place, tables)
        if phrase.kind == "group" and _is_any_head(units[i - 1], phrase):
            begin = i - 1
            while begin > 0 and units[begin - 1].has("A") and not units[begin - 1].has("DPNE"):
                begin -= 1
            if begin and _is_owning_name(units[begin - 1]):
                continue  # "Moors Angaben zufolge" has a row of its own
            cue = [u.first for u in units[begin : i + n]]
            return phrase_candidate(
                line, segments, k, phrase, cue, (units[begin].first, units[i + n - 1].last), None, tables
            )
    return None


def _is_any_head(unit: Unit, phrase: Phrase) -> bool:
    return unit.has("N") and any(_is_head(unit, h) for h in phrase.heads)


def _group(
    line: Line, segments: list[Segment], k: int, places: list[int], phrase: Phrase, tables: CueTables
) -> Candidate | None:
    """`Nach vorläufigen städtischen Angaben`: the whole group is the cue, nobody is named."""
    units = segments[k].units
    at = places[-1] + 1
    begin = at
    while at < len(units) and units[at].has("A") and not units[at].has("DPNE"):
        at += 1
    if at == begin or at >= len(units) or not _is_any_head(units[at], phrase):
        return None
    if at + 1 < len(units) and units[at + 1].is_("owner_opener"):
        return None  # somebody is named: "nach ersten Angaben der Polizei"
    cue = [u.first for u in units[places[0] : at + 1]]
    return phrase_candidate(line, segments, k, phrase, cue, (units[places[0]].first, units[at].last), None, tables)


def _view(segment: Segment, i: int, tables: CueTables) -> bool:
    """`Für den Trainer war das Spiel …`: a view only at the front of a clause with `sein`."""
    return (
        segment.kind == "main"
        and i == segment.skip
        and segment.finite is not None
        and segment.finite.lemma in tables.grammar.words("copula")
    )


def _is_head(unit: Unit, head: str) -> bool:
    return unit.text == head or unit.lemma == head or (unit.lemma.lower().endswith(head.lower()) and len(head) > 5)


def _after(line: Line, segments: list[Segment], k: int, i: int, phrase: Phrase, tables: CueTables) -> Candidate | None:
    units = segments[k].units
    if phrase.slot == 0 and i == segments[k].skip:
        return None
    # walk back to where the group began
    best: Group | None = None
    for start in range(i - 1, max(segments[k].skip, i - 14) - 1, -1):
        if units[start].has("f12") and not units[start].has("NED"):
            break
        if units[start].has("P") and not units[start].has("DN"):
            continue
        if units[start].has("L") and units[start + 1].has("L"):
            break  # "die der Regierung zufolge …": the first is a relative pronoun
        group = noun_group(units, start, wide=True)
        if group and group.stop == i:
            best = group
    if best is None or units[best.head].is_("time_noun"):
        return None
    if phrase.heads and not any(_is_head(units[best.head], h) for h in phrase.heads):
        return None
    while best.start < best.head and units[best.start].has("B") and not units[best.start].has("D"):
        best = Group(best.start + 1, best.stop, best.head)
    cue = [units[i + j].first for j in range(len(phrase.words))]
    speaker = (units[best.start].first, units[best.stop - 1].last)
    return phrase_candidate(
        line, segments, k, phrase, cue, (speaker[0], units[i + len(phrase.words) - 1].last), speaker, tables
    )


def _adverb(line: Line, segments: list[Segment], k: int, i: int, phrase: Phrase) -> Candidate | None:
    """`angeblich`: the adverb is cue and frame and stays in the content (annotation, settled case 1)."""
    s = segments[k]
    if s.finite is None or (i and s.units[i - 1].has("PD")):
        return None
    place = (s.units[i].first, s.units[i].last)
    start = s.units[min(s.skip, len(s.units) - 1)].first
    candidate = phrase_made(line, phrase, [place[0]], [place], [(start, s.last)], None)
    candidate.hearsay = True
    candidate.sure = 0.3
    return candidate
