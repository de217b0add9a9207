"""What does a noun of saying bring? `die Forderung, [nachzugeben]` · `äußerte die Hoffnung, dass [es gelinge]`."""

from __future__ import annotations

from collections.abc import Iterator

from reportedly.model.statement import Form
from reportedly.reading.statements.candidate import Candidate
from reportedly.reading.statements.clausal import _content_start, content_end
from reportedly.reading.statements.clauses import Segment
from reportedly.reading.statements.frames import verb_complex
from reportedly.reading.statements.groups import may_be_subject, noun_group, subject_after
from reportedly.reading.statements.lexical import CueTables
from reportedly.reading.statements.units import Line

_POSSESSIVES = frozenset("seine seiner seinen seinem ihre ihrer ihren ihrem unsere deren dessen".split())


def nominal_in(line: Line, segments: list[Segment], tables: CueTables) -> Iterator[Candidate]:
    """Statements whose content clause hangs on a noun at the end of the segment before it."""
    for k, s in enumerate(segments[:-1]):
        following = segments[k + 1]
        if following.kind not in {"dass", "inf", "wh"} or following.before not in {","}:
            continue
        units = s.units
        # the noun may be followed by its genitive, the verb or a particle: look back a few words
        for i in range(len(units) - 1, max(-1, len(units) - 8), -1):
            u = units[i]
            if not u.has("N"):
                continue
            rows = tables.nouns.get(u.lemma) or tables.nouns.get(u.text)
            if not rows:
                continue
            kind = {"dass": "dass", "inf": "inf", "wh": "ob"}[following.kind]
            row = next((r for r in rows if kind in r.takes or (kind == "ob" and "dass" in r.takes)), None)
            if row is None:
                break
            end = content_end(segments, k + 1)
            start = _content_start(following)
            candidate = Candidate(Form.INDIRECT, [(start, segments[end - 1].last)], line, row.by, 0.7, cue_class=row.cue_class, medium=row.medium)
            candidate.cue = [u.first]
            begin = i
            while begin > 0 and units[begin - 1].has("DAPX") and not units[begin - 1].has("N"):
                begin -= 1
            candidate.frame = [(units[begin].first, start)]
            light = None
            if s.finite is not None:
                verb, lemmas, passive, _ = verb_complex(segments, k, tables.lexicon)
                light = next((lemma for lemma in lemmas if lemma in row.verbs), None)
                if light:
                    candidate.cue = sorted({u.first, *(v.first for v in verb)})
                    candidate.frame = [(units[min(s.skip, len(units) - 1)].first, start)]
                    candidate.sure = 0.82
                    if not passive:
                        _subject(candidate, s, tables)
            if not light:
                if i + 1 < len(units) and units[i + 1].lower in {"des", "der", "von", "vom", "eines", "einer"}:
                    at = i + 2 if units[i + 1].lower in {"von"} else i + 1
                    group = noun_group(units, at)
                    if group:
                        candidate.speaker = (units[group.start].first, units[group.stop - 1].last)
                elif i and units[i - 1].lower in _POSSESSIVES:
                    candidate.speaker = (units[i - 1].first, units[i - 1].last)
                elif s.finite is not None:
                    candidate.sure = 0.5
                    _subject(candidate, s, tables)
            yield candidate
            break


def _subject(candidate: Candidate, s: Segment, tables: CueTables) -> None:
    front = s.units[s.skip : s.at] if s.kind == "main" else []
    if front and not front[0].has("P"):
        group = noun_group(front, 0, wide=True)
        if group and may_be_subject(front, group, tables.lexicon):
            candidate.speaker = (front[group.start].first, front[group.stop - 1].last)
            return
    after = s.units[s.at + 1 :] if s.kind == "main" else s.units[1:]
    group = subject_after(after, 0, tables.lexicon)
    if group:
        candidate.speaker = (after[group.start].first, after[group.stop - 1].last)
    else:
        candidate.carried = s.before == "und"
