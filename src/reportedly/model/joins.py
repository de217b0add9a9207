"""What belongs to this statement? The joins between the layers of a reading, prepared once for all its statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from reportedly.model.damage import Action, Damage
from reportedly.model.fact import Moment, Place, Quantity
from reportedly.model.span import Span
from reportedly.model.speaker import Attribution, Speaker
from reportedly.model.statement import Statement

if TYPE_CHECKING:
    from reportedly.model.reading import Reading

_CELL = 1024


class Near:
    """Which of many places share a character with these? Each asks only its own neighbourhood of the text.

    >>> Near([Span(0, 5), Span(10, 12), Span(4, 11)]).touching([Span(5, 6)])
    (2,)
    """

    def __init__(self, spans: Sequence[Span]) -> None:
        self.spans = spans
        self._cells: dict[int, list[int]] = {}
        for i, span in enumerate(spans):
            for cell in range(span.start // _CELL, span.end // _CELL + 1):
                self._cells.setdefault(cell, []).append(i)

    def touching(self, parts: Iterable[Span]) -> tuple[int, ...]:
        """Indices of the places that overlap one of `parts`, in their own order. An empty place must be met exactly
        or lie inside."""
        found: set[int] = set()
        for part in parts:
            for cell in range(part.start // _CELL, part.end // _CELL + 1):
                for i in self._cells.get(cell, ()):
                    if i not in found and (self.spans[i].overlaps(part) or self.spans[i] == part):
                        found.add(i)
        return tuple(sorted(found))


class Joins:
    """The layers of one reading side by side. `damage_ids` of a statement, its `speaker`, `addressee`, facts, depth."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._speakers = {s.id: s for s in reading.cast.speakers}
        self._attributions: dict[tuple[str, str, int], Attribution] = {}
        for a in reading.cast.attributions:
            self._attributions.setdefault((a.statement, a.role, a.authority), a)
        self._damage = Near([_reach(d, reading.article.text) for d in reading.damages])
        self._moments = Near([m.span for m in reading.facts.moments])
        self._places = Near([p.span for p in reading.facts.places])
        self._quantities = Near([q.span for q in reading.facts.quantities])
        self._within = {s.id: s.within for s in reading.statements}

    def attribution(self, s: Statement, role: str = "speaker", authority: int = 0) -> Attribution | None:
        """The decision who fills `role`, with its reason; None where none was taken."""
        return self._attributions.get((s.id, role, authority))

    def who(self, s: Statement, role: str = "speaker", authority: int = 0) -> Speaker | None:
        """Who fills `role`, resolved; None where nobody can be told."""
        found = self.attribution(s, role, authority)
        return self._speakers.get(found.speaker) if found and found.speaker else None

    def kind_of(self, s: Statement, authority: int) -> str:
        """What an authority is: what its owner is where the whole place names him (`einen Sprecher`), else what the reading
        told (`eine Einschätzung des Ministeriums`: a document)."""
        found, leaned = s.authority[authority], self.who(s, "authority", authority)
        alone = leaned is not None and any(span in leaned.mentions for span in found.span)
        return leaned.kind if leaned is not None and alone and leaned.kind != "unknown" else found.kind

    def depth(self, s: Statement) -> int:
        """0 for a statement of the article's own, 1 for one that lies in another's content, and so on."""
        seen = {s.id}
        outer = s.within
        while outer is not None and outer not in seen:
            seen.add(outer)
            outer = self._within.get(outer)
        return len(seen) - 1

    def damage_ids(self, s: Statement) -> tuple[str, ...]:
        """Ids ("d1", …) of the damage that touches content, cue, frame or speaker."""
        parts = (*s.content, *s.cue, *s.frame, *((s.speaker,) if s.speaker else ()))
        return tuple(f"d{i + 1}" for i in self._damage.touching(parts))

    def damages(self, s: Statement) -> tuple[Damage, ...]:
        """The damage itself, in the order of `damage_ids`."""
        return tuple(self.reading.damages[int(d[1:]) - 1] for d in self.damage_ids(s))

    def moments(self, s: Statement) -> tuple[Moment, ...]:
        """The time expressions in content, frame or time of saying."""
        return tuple(self.reading.facts.moments[i] for i in self._moments.touching(_told(s)))

    def places(self, s: Statement) -> tuple[Place, ...]:
        """The named places in content or frame."""
        return tuple(self.reading.facts.places[i] for i in self._places.touching(_told(s)))

    def quantities(self, s: Statement) -> tuple[Quantity, ...]:
        """The figures in content or frame."""
        return tuple(self.reading.facts.quantities[i] for i in self._quantities.touching(_told(s)))


def _reach(damage: Damage, text: str) -> Span:
    """The place of a damage and, for words that do not belong there, the word that they were torn from.

    In `„… bereit ist.“ Halvor.“` the displaced `Halvor.“` damages the quotation before it.
    """
    if damage.action is not Action.MASK or damage.suggestion:
        return damage.span
    start = damage.span.start
    while (
        start > 0 and damage.span.start - start < 4 and not text[start - 1].isalnum() and text[start - 1] not in "\r\n"
    ):
        start -= 1
    return Span(max(0, start - 1), damage.span.end)


def _told(s: Statement) -> tuple[Span, ...]:
    return (*s.content, *s.frame, *s.time)
