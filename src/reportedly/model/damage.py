"""What is broken in the text, where, why, and what the analysis does about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from reportedly.model.span import Span


class Severity(StrEnum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Action(StrEnum):
    """FLAG: only tell. MASK: the analysis reads `suggestion` (or nothing) in its place. REMOVE: not article text at all."""

    FLAG = "flag"
    MASK = "mask"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class Damage:
    """One thing that is wrong with the text.

    `kind` names the detector's finding (`displaced_text`, `half_translated_name`, …), `cause` the likely reason in
    words, `suggestion` what a careful editor would write there (None where nobody can tell; "" to leave it out).
    `by` is the detector or table row, `sure` how sure it is (0 to 1).
    """

    kind: str
    span: Span
    severity: Severity
    action: Action
    message: str
    cause: str
    suggestion: str | None = None
    by: str = ""
    sure: float = 1.0
