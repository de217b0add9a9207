"""Who goes on speaking? Konjunktiv sentences without a frame, and hearsay with `soll`.

`Die Lage sei ernst, sagte sie. [Man werde helfen. Das Geld sei da.]` – the second and third sentence are still hers.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from reportedly.languages.grammar import Grammar
from reportedly.model.statement import Form
from reportedly.reading.statements.candidate import Candidate
from reportedly.reading.statements.clauses import Segment
from reportedly.reading.statements.groups import noun_group, subject_after
from reportedly.reading.statements.lexical import CueTables
from reportedly.reading.statements.quoted import doer_of
from reportedly.reading.statements.scope import content_start
from reportedly.reading.statements.units import Line
from reportedly.reading.statements.verbs import verb_complex


def _carries(segments: Sequence[Segment], grammar: Grammar) -> str:
    """k1, k2 or "": does the main clause of this line stand in the Konjunktiv?"""
    main = [s for s in segments if s.kind == "main"]
    if not main:
        return ""
    first = _mood_of(main[0], segments, grammar)
    opening = tuple(u.lower for u in main[0].units)
    fixed = any(opening[: len(words)] == words for words in grammar.phrases("fixed_konjunktiv"))
    condition = main[0] is segments[0] and main[0].verb_first and len(main) > 1 and main[1].verb_first and not fixed
    if first != "k1" and condition and main[1].before == ",":
        second = _mood_of(
            main[1], segments, grammar, led=True
        )  # "Fehle das Geld, solle man warten": a condition without wenn
        return first if first and second != "k1" else second
    return first


def _mood_of(s: Segment, segments: Sequence[Segment], grammar: Grammar, *, led: bool = False) -> str:
    if s.finite is None:
        return ""
    words = [u.lower for u in s.units]
    for fixed in grammar.phrases("fixed_konjunktiv"):
        # "sei es im Mai, sei es im Juni" opens a clause, "Ziel sei es" does not
        behind = next((t for t, after in pairwise(segments) if after is s), None)
        opens = range(s.skip + 1 if behind is None or behind.kind == "main" else 0)
        places = range(len(words)) if fixed[0] != s.finite.lower else opens
        if any(tuple(words[i : i + len(fixed)]) == fixed for i in places):
            return ""
    if "1" in s.finite.tags and s.mood == "k1" and not s.finite.is_("wish"):
        led = led or (s is not segments[0] and segments[0].kind == "sub")  # "Obwohl es regne, gebe es keinen Schirm"
        if s.finite.has("f") and not s.finite.is_("sure_konjunktiv") and not _third_person(s, led):
            return ""
        return "k1"
    if s.mood == "k2" and not any(t.kind == "sub" and t.units[t.skip].is_("if_word") for t in segments):
        if s.finite.is_("hedge") and not s.verb_first:
            return "k2?" if not s.finite.is_("plain_hedge") else ""
        return "k2"
    return ""


def _third_person(s: Segment, led: bool) -> bool:
    return not any(u.is_("first_person_subject") for u in s.units) and (led or s.at > s.skip)


_HEARSAY = "rule/soll"
_RULES = {
    "k1": "rule/konjunktiv-eins",
    "k2": "rule/konjunktiv-zwei",
    "k2?": "rule/konjunktiv-zwei",
    "soll": "rule/soll-fort",
}


def _claimed(segments: Sequence[Segment], found: Sequence[Candidate]) -> bool:
    """Is the main clause of this line already content, or the frame of a cue in the indicative?"""
    finite = next(s.finite for s in segments if s.kind == "main")
    assert finite is not None
    return any(a <= finite.first < b for c in found for a, b in c.content)


def _told(segments: Sequence[Segment], demanded: bool) -> bool:
    """`Jeder Schüler soll um 16 Uhr frei haben`: behind an open source `soll` gives back what it said, `sollte` behind a demand."""
    main = next((s for s in segments if s.kind == "main"), None)
    if main is None or main.finite is None:
        return False
    return main.finite.is_("retelling_modal") or (demanded and main.finite.is_("demanded_modal"))


def free_indirect(lines: Sequence[tuple[Line, list[Segment], list[Candidate]]], tables: CueTables) -> list[Candidate]:
    """Runs of Konjunktiv sentences without a frame; an indicative sentence between two of them belongs to the run."""
    out: list[Candidate] = []
    run: Candidate | None = None
    gap: Line | None = None
    before: Line | None = None
    source_near = demanded = False
    for line, segments, found in lines:
        if line.host is not None:
            continue
        mood = _carries(segments, tables.grammar)
        if found and not (mood == "k1" and source_near and not _claimed(segments, found)):
            run, gap = None, None
            _go_on(found, before)
            source_near = True
            demanded = found[-1].cue_class == "demand"
            before = line if any(not c.hearsay for c in found) or any(c.carried for c in found) else None
            continue
        before = None
        if not mood and source_near and _told(segments, demanded) and (run is None or gap is None):
            mood = "soll"
        if mood == "k2" or mood == "k2?":
            mood = mood if source_near else ""
            if mood == "k2?" and run is None and not source_near:
                mood = ""
        if mood:
            if run is not None and (gap is None or gap.sentence == line.sentence - 1):
                run.content = [(run.content[0][0], line.units[-1].last)]
            else:
                first = segments[0].units[min(segments[0].skip, len(segments[0].units) - 1)].first
                run = Candidate(
                    Form.FREE_INDIRECT,
                    [(first, line.units[-1].last)],
                    line,
                    _RULES[mood],
                    0.7 if source_near else 0.5,
                    carried=source_near,
                )
                out.append(run)
            gap = None
            source_near = True
        elif run is not None and gap is None:
            gap = line
        else:
            run, gap, source_near = None, None, False
    return out


def _go_on(found: Sequence[Candidate], before: Line | None) -> None:
    """`Laut Karl Moor sollen zwei Höfe gebrannt haben. [In einem Fall soll ein Blitz schuld gewesen sein.]`: `soll` right behind
    a source, in its paragraph, is that source's."""
    for c in found:
        if not c.hearsay or c.speaker is not None or c.by != _HEARSAY or before is None:
            continue
        if before.paragraph == c.line.paragraph and before.sentence == c.line.sentence - 1:
            c.carried, c.hearsay, c.form, c.by = True, False, Form.FREE_INDIRECT, _RULES["soll"]
            c.cue, c.frame, c.cue_class = [], [], "neutral"


def announced(line: Line, segments: list[Segment], tables: CueTables, taken: Sequence[Candidate]) -> list[Candidate]:
    """`Die Ministerin winkte ab: [Das sei nicht geplant.]` Konjunktiv behind a colon is said by whoever acts before it."""
    for k in range(1, len(segments)):
        s = segments[k]
        if s.before != ":" or s.kind != "main" or s.mood != "k1" or s.finite is None or s.finite.is_("wish"):
            continue
        if any(a <= s.finite.first < b for c in taken for a, b in c.content):
            return []
        speaker = doer_of(line, segments[:k], tables, alone=True)
        if speaker is None:
            return []
        found = Candidate(
            Form.FREE_INDIRECT, [(content_start(s), segments[-1].last)], line, "rule/colon", 0.55, speaker=speaker
        )
        found.frame = [(segments[0].first, segments[k - 1].last)]
        return [found]
    return []


def hearsay(line: Line, segments: list[Segment], tables: CueTables, taken: Sequence[Candidate]) -> list[Candidate]:
    """`Der Mann soll Geld genommen haben`: reported by nobody in particular."""
    out = []
    for k, s in enumerate(segments):
        if (
            s.finite is None
            or not (s.finite.is_("retelling_modal") or s.finite.is_("claiming_modal"))
            or s.kind not in {"main", "rel"}
        ):
            continue
        own_claim = s.finite.is_("claiming_modal")
        verb, _, _, _ = verb_complex(segments, k, tables.lexicon)
        perfect = any("p" in v.tags for v in verb) and any(v.is_("perfect_infinitive") for v in verb)
        if not perfect:
            continue
        if any(a <= s.finite.first < b for c in taken for a, b in c.content):
            continue
        start = s.units[min(s.skip, len(s.units) - 1)].first
        stop = s.last
        for j in range(k + 1, len(segments)):
            if segments[j].kind in {"main", "quote"}:
                break
            stop = segments[j].last
        speaker = None
        if own_claim:
            # "will ihn nie gesehen haben": the subject's own claim, told with doubt
            front = s.units[s.skip : s.at]
            group = noun_group(front, 0) if front else subject_after(s.units[s.at + 1 :], 0, tables.lexicon)
            place = front if front else s.units[s.at + 1 :]
            speaker = (place[group.start].first, place[group.stop - 1].last) if group else None
        out.append(
            Candidate(
                Form.INDIRECT, [(start, stop)], line, "rule/will" if own_claim else _HEARSAY, 0.5, speaker=speaker, cue=[s.finite.first],
                frame=[(s.finite.first, s.finite.last)], cue_class="distancing", hearsay=True,
            )
        )  # fmt: skip
    return out
