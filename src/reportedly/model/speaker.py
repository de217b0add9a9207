"""Who speaks: mentions in the text, the speakers behind them, and which statement belongs to whom."""

from __future__ import annotations

from dataclasses import dataclass

from reportedly.model.span import Span

KINDS = ("person", "organisation", "state", "group", "document", "medium", "unknown")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody (or something: an institution, a document) that an article lets speak.

    `name` is the fullest name that the article gives, nominative, without article; for descriptions that never get a
    name the description ("ein Anwohner"). `named` is False where no proper name identifies them.
    """

    id: str
    name: str
    kind: str
    named: bool
    roles: tuple[str, ...] = ()
    affiliation: str | None = None
    gender: str | None = None
    mentions: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Attribution:
    """This statement's `role` (speaker, addressee, authority) is filled by `speaker` (an id, None: unknown).

    The place in the statement and the resolution are two facts: "…, fügte hinzu" has no place and still a speaker.
    `authority` counts the statement's authorities from 0 where role is "authority".
    """

    statement: str
    role: str
    speaker: str | None
    by: str
    sure: float
    authority: int = 0


@dataclass(frozen=True, slots=True)
class Cast:
    """All speakers of an article and who says what."""

    speakers: tuple[Speaker, ...] = ()
    attributions: tuple[Attribution, ...] = ()

    def speaker(self, id: str | None) -> Speaker | None:
        return next((s for s in self.speakers if s.id == id), None)

    def of(self, statement: str, role: str = "speaker", authority: int = 0) -> Attribution | None:
        return next(
            (a for a in self.attributions if (a.statement, a.role, a.authority) == (statement, role, authority)), None
        )
