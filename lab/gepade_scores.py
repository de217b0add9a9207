"""What do predictions on the corpus of Bundestag speeches (GePaDe) score by the definition of its shared task?

The definition (SpkAtt-2023 task 1; Rehbein et al. 2023, section 5.2), written from its description and held by a second,
literal implementation in tests/lab/test_gepade_scores.py:

1. In every speech, gold and found cues are paired one to one; only cues that share a word can be a pair. Where a cue
   touches several, the pairing is taken whose joint F1 of cues and roles is greatest. The words of both sides are the
   same in every pairing, so that is the one with most right words. Where two pairings have as many, the description
   says nothing; ours is the one with more right words in cues.
2. Every word counts: right where the partner has it in the same role, wrong or missing otherwise. Long spans weigh
   more than short ones (in dev a message has 8 words, a cue 1.1).
3. A frame without a partner is wrong or missing with all its roles. The separable particle (PTC) is a role like the others.

`Anna schlug den Umbau vor` with the cue `schlug`, Source `Anna`, Message `den Umbau`, PTC `vor`: who finds cue, Source and
`Umbau` has 3 of 5 words right and none wrong, joint F1 75.
"""

from __future__ import annotations

from collections.abc import Sequence

from lab.corpora.gepade import ROLES, Frame
from reportedly.measure import Tally, pair_up

HEADLINES = ("cues", "roles", "joint")
Pair = tuple[Frame | None, Frame | None]
"""A gold frame and the found one that stands for it; either may be missing."""

_CUES_FIRST = 1e-6
"""Less than any word over all frames of a speech: decides between pairings that have as many right words."""


def right_words(gold: Frame, found: Frame) -> int:
    """Words that both have in the same role, cues among them."""
    return sum(len(gold.of(role) & found.of(role)) for role in ("Cue", *ROLES))


def pairs_of(gold: Sequence[Frame], found: Sequence[Frame]) -> list[Pair]:
    """The pairs of one speech: every frame stands in one."""
    weights = {}
    for i, g in enumerate(gold):
        for j, f in enumerate(found):
            shared = len(g.of("Cue") & f.of("Cue"))
            if shared:
                weights[i, j] = right_words(g, f) + _CUES_FIRST * shared
    paired = pair_up(weights)
    lefts, rights = {i for i, _ in paired}, {j for _, j in paired}
    out: list[Pair] = [(gold[i], found[j]) for i, j in paired]
    out += [(g, None) for i, g in enumerate(gold) if i not in lefts]
    return out + [(None, f) for j, f in enumerate(found) if j not in rights]


def sheet_of(pairs: Sequence[Pair]) -> dict[str, Tally]:
    """The measures of one speech: "cues", "roles", "joint", and each role ("role/Message")."""
    out = {name: Tally() for name in (*HEADLINES, *(f"role/{role}" for role in ROLES))}
    for gold, found in pairs:
        for role in ("Cue", *ROLES):
            g, f = (frame.of(role) if frame else frozenset[int]() for frame in (gold, found))
            right = len(g & f)
            tally = Tally(right, len(f), right, len(g))
            for name in ("cues", "joint") if role == "Cue" else ("roles", "joint", f"role/{role}"):
                out[name] += tally
    return out
