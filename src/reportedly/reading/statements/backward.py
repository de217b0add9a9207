"""What does `Das berichtet die Zeitung` give back? The sentence before it."""

from __future__ import annotations

from reportedly.model.statement import Form
from reportedly.reading.statements.candidate import Candidate
from reportedly.reading.statements.frame import Frame, cue_places, speaker_for
from reportedly.reading.statements.units import Line


def refers_back(frame: Frame, before: Line | None) -> Candidate | None:
    """The statement of a frame whose object is a pronoun that points to the line (or clause) before, else None."""
    s, k = frame.segment, frame.k
    cue = next((c for c in frame.cues if "das" in c.takes), None)
    if cue is None or s.kind != "main" or s.mood != "ind" or frame.speaker is None or frame.passive:
        return None
    front = s.units[s.skip : s.at]
    thus = (
        len(front) == 1 and front[0].is_("thus") and any(u.is_("placeholder") for u in s.units)
    )  # "So sagt es die Wirtin"
    if len(front) != 1 or not (front[0].is_("pointer") or thus) or frame.speaker[0] == front[0].first:
        return None
    if k == 0:
        if before is None or before.host is not frame.line.host or before.sentence != frame.line.sentence - 1:
            return None
        words = [u for u in before.units if u.quote or not u.has(".")]
        if len(words) > 1 and any(u.quote for u in words):
            return None  # "Er sagte: „…“ Dies …": that has a frame of its own
        content = (before.units[0].first, before.units[-1].last)
        alone = words[0].quote if len(words) == 1 else None
    else:
        content, alone = (frame.segments[0].first, frame.segments[k - 1].last), None
    return Candidate(
        Form.INDIRECT if alone is None else Form.DIRECT,
        [content if alone is None else (alone.inner_first, alone.inner_last)],  # "„Es reicht.“ Das sagte die Wirtin."
        frame.line,
        cue.by,
        0.7,
        cue=cue_places(frame, cue),
        frame=[(frame.first, frame.last)],
        speaker=speaker_for(frame, cue),
        addressee=frame.addressee,
        cue_class=cue.cue_class,
        medium=cue.medium,
        trace=["refers back to the sentence before"],
    )
