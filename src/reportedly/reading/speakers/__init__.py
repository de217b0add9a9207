"""Who is behind each speaker span? (temporary: the span's own words; the speaker helper replaces this file)"""

from __future__ import annotations

from reportedly.languages import Language
from reportedly.model.analysis import Analysis
from reportedly.model.speaker import Attribution, Cast, Speaker
from reportedly.model.statement import Statement


def resolve_speakers(statements: tuple[Statement, ...], analysis: Analysis, language: Language) -> Cast:
    speakers: dict[str, Speaker] = {}
    known: dict[str, str] = {}
    out = []
    for s in statements:
        if s.speaker:
            name = s.speaker.of(analysis.text)
            if name not in speakers:
                speakers[name] = Speaker(f"p{len(speakers) + 1}", name, "unknown", True, mentions=(s.speaker,))
            known[s.id] = speakers[name].id
        elif s.implied and s.implied in known:
            known[s.id] = known[s.implied]
        if s.id in known:
            out.append(Attribution(s.id, "speaker", known[s.id], "temporary", 0.5))
    return Cast(tuple(speakers.values()), tuple(out))
