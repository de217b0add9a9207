"""What does a noun of saying bring? `die Forderung, [nachzugeben]` · `äußerte die Hoffnung, dass [es gelinge]`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportedly.model.statement import Form
from reportedly.reading.statements.addressees import heard_in
from reportedly.reading.statements.candidate import Candidate, Range
from reportedly.reading.statements.clausal import content_end
from reportedly.reading.statements.clauses import Segment
from reportedly.reading.statements.groups import may_be_subject, noun_group, subject_after
from reportedly.reading.statements.lexical import CueTables, NounCue
from reportedly.reading.statements.scope import content_start
from reportedly.reading.statements.units import Line, Unit
from reportedly.reading.statements.verbs import verb_complex
from reportedly.reading.statements.voices import may_speak


def nominal_in(line: Line, segments: list[Segment], tables: CueTables) -> Iterator[Candidate]:
    """Statements whose content hangs on a noun: a clause behind it, or a preposition (`übte Kritik an`)."""
    if (named := _led_by_noun(line, segments, tables)) is not None:
        yield named
        return
    for k in range(len(segments)):
        following = segments[k + 1] if k + 1 < len(segments) else None
        clause = None
        if following is not None and following.before in {",", ":"}:
            clause = {"dass": "dass", "inf": "inf", "wh": "ob"}.get(following.kind)
            if following.kind == "main" and following.mood in {"k1", "k2"} and not following.verb_first:
                clause = "konj"
        found = _clause_behind(line, segments, k, clause, tables) if clause else None
        found = found or _phrase_behind(line, segments, k, tables)
        if found:
            yield found


def leading_noun(units: Sequence[Unit], tables: CueTables) -> tuple[int, NounCue, Range | None] | None:
    """`[Sein] Fazit` · `Die Begründung [der Stadt] dafür` · `[Moors] Antwort`: words without a verb that lead to what was said.
    The place of the noun of saying, its row, and whose it is."""
    at = 0
    while at < len(units) and units[at].has("DAE") and not units[at].has("P"):
        if units[at].has("N") and (units[at].lemma in tables.nouns or units[at].text in tables.nouns):
            break
        at += 1
    known = (tables.nouns.get(units[at].lemma) or tables.nouns.get(units[at].text, ())) if at < len(units) else ()
    row = next(iter(sorted(known or (), key=lambda r: not r.takes & {"konj", "quote"})), None)
    if row is None or not units[at].has("N"):
        return None
    owner, stop = _owner_before(units, at), at + 1
    if owner is None and at and units[0].is_("phrase_possessive") and units[0].has("D"):
        owner = (units[0].first, units[0].last)
    if owner is None and stop < len(units) and units[stop].is_("owner_opener"):
        group = noun_group(units, stop + 1 if units[stop].is_("of") else stop)
        if group is not None:
            owner, stop = (units[group.start].first, units[group.stop - 1].last), group.stop
    rest = units[stop:]
    beside = noun_group(rest, 1) if rest and rest[0].has("P") else None  # "Ihre Bilanz nach dem Fest"
    plain = len(rest) < 4 and not any(u.has("NEf") and not u.is_("time_noun") for u in rest)
    return (at, row, owner) if plain or (beside is not None and beside.stop == len(rest)) else None


def _led_by_noun(line: Line, segments: list[Segment], tables: CueTables) -> Candidate | None:
    """`Seine Begründung: [Erst dann habe es genügt]`; in the indicative only where somebody's words are announced."""
    if len(segments) < 2 or segments[0].finite is not None or segments[1].before != ":" or segments[1].kind == "quote":
        return None
    said = next((s for s in segments[1:] if s.kind == "main"), None)
    found = leading_noun(segments[0].units[segments[0].skip :], tables)
    if found is None or said is None or (said.mood not in {"k1", "k2"} and found[2] is None):
        return None
    at, row, owner = found
    noun = segments[0].units[segments[0].skip + at]
    start = content_start(segments[1])
    return Candidate(
        Form.INDIRECT,
        [(start, segments[-1].last)],
        line,
        row.by,
        0.7,
        cue=[noun.first],
        frame=[(segments[0].first, start)],
        speaker=owner,
        cue_class=row.cue_class,
        medium=row.medium,
        carried=owner is None,
    )


def _light(
    segments: list[Segment], k: int, rows: Sequence[NounCue], tables: CueTables
) -> tuple[NounCue, list[Unit], bool] | None:
    """The row whose light verb governs this clause, its verb units, and whether it is passive."""
    if segments[k].finite is None:
        return None
    verb, lemmas, passive, _ = verb_complex(segments, k, tables.lexicon)
    for row in rows:
        if any(lemma in row.verbs for lemma in lemmas):
            return row, verb, passive
    return None


def _noun_cue(units: Sequence[Unit], i: int) -> list[int]:
    """The noun with its article: `äußerte die Hoffnung`."""
    begin = i
    while begin > 0 and units[begin - 1].has("DA") and not units[begin - 1].has("PN") and i - begin < 3:
        begin -= 1
    return [u.first for u in units[begin : i + 1]]


def _clause_behind(line: Line, segments: list[Segment], k: int, kind: str, tables: CueTables) -> Candidate | None:
    units, following = segments[k].units, segments[k + 1]
    # the noun may be followed by its genitive, the verb or a particle: look back a few words
    for i in range(len(units) - 1, max(-1, len(units) - 8), -1):
        u = units[i]
        known = (tables.nouns.get(u.lemma) or tables.nouns.get(u.text)) if u.has("N") else None
        if not known:
            continue
        rows = [r for r in known if kind in r.takes or (kind == "ob" and "dass" in r.takes)]
        light = _light(segments, k, rows, tables)
        if not rows or (kind == "konj" and light is None and i + 1 < len(units) and not units[-1].has("T")):
            return None
        row = light[0] if light else rows[0]
        end = _infinitive_end(segments, k + 1) if kind == "inf" else content_end(segments, k + 1)
        start = content_start(following)
        candidate = Candidate(
            Form.INDIRECT,
            [(start, segments[end - 1].last)],
            line,
            row.by,
            0.7,
            cue_class=row.cue_class,
            medium=row.medium,
        )
        _frame(candidate, segments[k], i, start, light, tables)
        return candidate
    return None


def _infinitive_end(segments: list[Segment], r: int) -> int:
    """The segment behind an infinitive: `der Entschluss, [das Bad zu schließen], sei falsch` · `…, hat böse Folgen`."""
    end = content_end(segments, r)
    for j in range(r + 1, end):
        s, units = segments[j], segments[j].units[segments[j].skip :]
        goes_on = s.kind == "main" and s.verb_first and segments[r - 1].kind == "frag"
        held = s.kind == "frag" and segments[r - 1].kind == "main" and bool(units) and noun_group(units, 0) is not None
        if s.before == "," and (goes_on or (held and j == r + 1)):
            return j
    return end


def _phrase_behind(line: Line, segments: list[Segment], k: int, tables: CueTables) -> Candidate | None:
    """`Die Gewerkschaft bekräftigte [ihre Forderung nach mehr Lohn].` Without a clause the noun itself is the content."""
    units = segments[k].units
    for i, u in enumerate(units[:-1]):
        known = (tables.nouns.get(u.lemma) or tables.nouns.get(u.text)) if u.has("N") else None
        if not known:
            continue
        rows = [r for r in known if units[i + 1].preposition in r.prepositions and units[i + 1].has("P")]
        light = _light(segments, k, rows, tables)
        if not rows or light is None or i < segments[k].at:
            continue
        row, verb, passive = light
        closing = {v.first for v in verb}
        stop = i + 1
        while stop < len(units) and units[stop].first not in closing:
            stop += 1
        begin = _noun_cue(units, i)[0]
        candidate = Candidate(
            Form.REPORTED,
            [(begin, units[stop - 1].last)],
            line,
            row.by,
            0.6,
            cue=sorted(closing),
            frame=[(units[min(segments[k].skip, len(units) - 1)].first, segments[k].last)],
            cue_class=row.cue_class,
            medium=row.medium,
        )
        if not passive:
            _subject(candidate, segments[k], tables)
        candidate.addressee = heard_in(units[:i] + units[stop:], candidate.speaker)
        return candidate
    return None


def _frame(
    candidate: Candidate,
    s: Segment,
    i: int,
    start: int,
    light: tuple[NounCue, list[Unit], bool] | None,
    tables: CueTables,
) -> None:
    """Cue, frame and speaker around the noun at `i`: the light verb's subject, a genitive, a possessive."""
    units = s.units
    noun = _noun_cue(units, i)
    if light:
        candidate.cue = sorted({*noun, *(v.first for v in light[1])})
        candidate.frame = [(units[min(s.skip, len(units) - 1)].first, start)]
        candidate.sure = 0.88
        if not light[2]:
            _subject(candidate, s, tables)
        candidate.addressee = heard_in(units[:i], candidate.speaker)
        return
    candidate.cue = [units[i].first]
    candidate.frame = [(noun[0], start)]
    if i + 1 < len(units) and units[i + 1].is_("owner_opener"):
        group = noun_group(units, i + 2 if units[i + 1].is_("of") else i + 1)
        if group:
            candidate.speaker = (units[group.start].first, units[group.stop - 1].last)
    elif (owner := _owner_before(units, i)) is not None:
        candidate.speaker = owner
    elif s.finite is not None:
        candidate.sure = 0.5
        if s.finite.lemma not in tables.grammar.words("rousing_verb"):  # "Der Bericht weckt Zweifel": in others
            _subject(candidate, s, tables)


def _owner_before(units: Sequence[Unit], i: int) -> tuple[int, int] | None:
    """`[Ihre] zentrale Forderung`, `[Karl Moors] Forderung`"""
    while i and units[i - 1].has("A") and not units[i - 1].has("PN") and not units[i - 1].is_("possessive"):
        i -= 1
    if i and units[i - 1].is_("possessive"):
        return units[i - 1].first, units[i - 1].last
    if not i or not units[i - 1].has("E") or not units[i - 1].is_("genitive_s"):
        return None
    first = i - 1
    while first and units[first - 1].has("E") and units[first - 1].last == units[first].first:
        first -= 1
    return units[first].first, units[i - 1].last


def _subject(candidate: Candidate, s: Segment, tables: CueTables) -> None:
    """The subject of the clause, unless it is the noun of saying itself (`es herrschte die Meinung vor, dass …`)."""
    _take_subject(candidate, s, tables)
    place = candidate.speaker
    own = [u for u in s.units if u.has("N") and place and place[0] <= u.first < place[1]]
    if set(candidate.cue) & {u.first for u in own} or (own and own[0].lemma in tables.nouns and not may_speak(own[0])):
        candidate.speaker = None


def _take_subject(candidate: Candidate, s: Segment, tables: CueTables) -> None:
    front = s.units[s.skip : s.at] if s.kind == "main" else []
    if front and not front[0].has("P"):
        group = noun_group(front, 0, wide=True)
        if group and front[group.head].is_("placeholder"):
            return  # "Es gibt Hinweise": nobody
        if group and may_be_subject(front, group, tables.lexicon):
            candidate.speaker = (front[group.start].first, front[group.stop - 1].last)
            return
    after = s.units[s.at + 1 :] if s.kind == "main" else s.units[1:]
    group = subject_after(after, 0, tables.lexicon)
    if group and after[group.head].is_("placeholder"):
        return
    if group:
        candidate.speaker = (after[group.start].first, after[group.stop - 1].last)
    else:
        candidate.carried = s.before == "+"
