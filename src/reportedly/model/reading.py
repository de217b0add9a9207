"""One article with all its layers, and the joins between them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from reportedly.model.analysis import Analysis
from reportedly.model.article import Article
from reportedly.model.damage import Damage
from reportedly.model.fact import Facts
from reportedly.model.joins import Joins
from reportedly.model.record import record_of
from reportedly.model.speaker import Cast, Speaker
from reportedly.model.statement import Statement

_LONE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that was found in one article. `signature` says what made it: version | tables | weights.

    `confidence` gives the calibrated probability that content and speaker of a statement are both right, by id.
    """

    article: Article
    damages: tuple[Damage, ...]
    analysis: Analysis
    statements: tuple[Statement, ...]
    cast: Cast
    facts: Facts
    signature: str
    confidence: dict[str, float]
    notes: tuple[str, ...] = ()
    """What a user should know about this reading as a whole ("language en: quotation marks only")."""
    judged: dict[str, str] = field(default_factory=dict)
    """What persons decided, by statement: accept, reject, corrected. Empty as it was read; see `judgement.put_right`."""

    @property
    def text(self) -> str:
        return self.article.text

    def speaker_of(self, statement: Statement) -> Speaker | None:
        """Who said it, resolved; None where nobody can be told."""
        found = self.cast.of(statement.id)
        return self.cast.speaker(found.speaker) if found else None

    def inside(self, statement: Statement) -> tuple[Statement, ...]:
        """The statements that lie directly in this one's content."""
        return tuple(s for s in self.statements if s.within == statement.id)

    def damage_ids(self, statement: Statement) -> tuple[str, ...]:
        """Ids ("d1", …) of the damage that touches any part of the statement."""
        return Joins(self).damage_ids(statement)

    def to_dict(self) -> dict[str, Any]:
        """The record of docs/data-format.md as plain Python data."""
        return record_of(self)

    def to_json(self, *, indent: int | None = None) -> str:
        """The record of docs/data-format.md, on one line unless `indent` is given."""
        found = json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)
        # half a surrogate pair cannot be written as UTF-8; JSON has a way to spell it
        return _LONE.sub(lambda m: f"\\u{ord(m[0]):04x}", found)

    def _repr_html_(self) -> str:
        from reportedly.export.page import fragment  # a door for notebooks; imported only when one asks

        return fragment(self)
