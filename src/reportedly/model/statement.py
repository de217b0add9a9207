"""Who said what, to whom, on whose authority, when: as places in the text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from reportedly.model.span import Pieces, Span


class Form(StrEnum):
    """How the words of another are given back (GNQA, Petersen-Frey & Biemann 2024, extended: see docs/data-format.md)."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"
    REPORTED = "reported"
    FREE_INDIRECT = "free_indirect"


class Medium(StrEnum):
    SPEECH = "speech"
    THOUGHT = "thought"
    WRITING = "writing"


class Mood(StrEnum):
    """How the writer vouches for the content."""

    INDICATIVE = "indicative"
    KONJUNKTIV1 = "konjunktiv1"
    KONJUNKTIV2 = "konjunktiv2"
    HEARSAY = "hearsay"


CUE_CLASSES = (
    "neutral", "official", "emphatic", "conceding", "factive", "distancing", "denial", "accusing", "critical",
    "praising", "warning", "demand", "question", "belief",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Authority:
    """Whom or what the speaker leans on: `marker` "Unter Berufung auf", `span` "eine Einschätzung des Ministeriums".

    `owner_span` is the part of `span` that names the owner ("des Ministeriums"), None where none is named; `kind` is a
    speaker kind. Where the document itself speaks (`laut Bericht der Polizei`), `marker` is empty.
    """

    marker: Pieces
    span: Pieces
    kind: str
    owner_span: Span | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One attributed statement; nothing is resolved yet, every role is a place (empty or None where the text has none).

    `id` is "s1", "s2", … in reading order. `within` is the id of the statement whose content holds this one.
    `by` is the table row or rule that found it; `sure` the raw trust in that row, calibrated later in `confidence`.
    `implied` is the id of the statement whose speaker goes on speaking here (free indirect speech, "…, fügte hinzu").
    """

    id: str
    form: Form
    content: Pieces
    quoted: Pieces = ()
    cue: Pieces = ()
    frame: Pieces = ()
    speaker: Span | None = None
    addressee: Span | None = None
    authority: tuple[Authority, ...] = ()
    occasion: Pieces = ()
    time: Pieces = ()
    within: str | None = None
    medium: Medium = Medium.SPEECH
    cue_class: str = "neutral"
    mood: Mood | None = None
    negated: bool = False
    implied: str | None = None
    by: str = ""
    sure: float = 0.5
    trace: tuple[str, ...] = ()
    """Further reasons in words, for `--why`."""
    opinion: tuple[float, float] | None = None
    """What the network held of it: how likely it is a statement, and how likely its speaker is the right one; None where
    no network was asked."""
