"""Which statements of an article does one want to see? By speaker, form, damage and confidence; all of it stands in the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reportedly.export.colours import SPEAKERS
from reportedly.export.safe import line
from reportedly.model.joins import Joins
from reportedly.model.statement import Form, Statement
from reportedly.web.calls import address
from reportedly.web.operations import Param

UNSURE = 0.7
NOBODY = "?"
"""The value for statements of which nobody knows who makes them."""
FORMS = tuple(f.value for f in Form)
PARAMS = (
    Param("speaker", "Only what somebody of this name says; `?`: only what nobody is known to say."),
    Param("form", "Only statements of this form.", one_of=("", *FORMS)),
    Param("damaged", "Only statements that damage touches.", "boolean", False),
    Param("unsure", f"Only statements with a confidence below {UNSURE}.", "boolean", False),
)


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked for; empty fields ask for nothing."""

    speaker: str = ""
    form: str = ""
    damaged: bool = False
    unsure: bool = False

    def keeps(self, like: Filters) -> bool:
        """Is a statement with these traits one of those?"""
        return (
            (not self.speaker or like.speaker == self.speaker)
            and (not self.form or like.form == self.form)
            and (not self.damaged or like.damaged)
            and (not self.unsure or like.unsure)
        )

    def __bool__(self) -> bool:
        return bool(self.speaker or self.form or self.damaged or self.unsure)

    def asked(self) -> dict[str, Any]:
        """As parameters of an address."""
        return {"speaker": self.speaker, "form": self.form, "damaged": self.damaged, "unsure": self.unsure}


@dataclass(frozen=True, slots=True)
class Chip:
    """One choice: `href` chooses it, or lets go of it where it is chosen (`on`); `n` statements are of this kind."""

    label: str
    href: str
    n: int
    on: bool
    colour: int = 0


def filters_of(asked: Mapping[str, Any]) -> Filters:
    """What an address asks for."""
    return Filters(asked["speaker"], asked["form"], asked["damaged"], asked["unsure"])


def traits(joins: Joins, s: Statement) -> Filters:
    """What filters know of a statement: all that it is, as if it were asked for."""
    who, sure = joins.who(s), joins.reading.confidence.get(s.id, s.sure)
    return Filters(line(who.name) if who else NOBODY, s.form.value, bool(joins.damage_ids(s)), sure < UNSURE)


def chips(
    joins: Joins, ranking: Sequence[tuple[str, int]], now: Filters, path: str, beside: Mapping[str, Any]
) -> tuple[list[Chip], list[Chip], list[Chip]]:
    """The speakers with a colour of their own, all others, and kinds of statements. Each count is that of the list a click
    leads to; what would find nothing is left out. `beside` are the other parameters of the address."""
    statements = [traits(joins, s) for s in joins.reading.statements]

    def chip(label: str, then: Filters, off: Filters, on: bool, colour: int = 0) -> Chip:
        n = sum(1 for s in statements if then.keeps(s))
        return Chip(label, address(path, **{**beside, **(off if on else then).asked()}), n, on, colour)

    names = {p.id: line(p.name) for p in joins.reading.cast.speakers}
    everybody = list(dict.fromkeys(names[id_] for id_, _ in ranking if id_ in names))
    if any(s.speaker == NOBODY for s in statements):
        everybody.append(NOBODY)
    coloured = {names[id_]: n for n, (id_, _) in reversed(list(enumerate(ranking[:SPEAKERS], 1))) if id_ in names}
    people = [
        chip(name, replace(now, speaker=name), replace(now, speaker=""), now.speaker == name, coloured.get(name, 0))
        for name in everybody
    ]
    kinds = [chip(f"form.{f}", replace(now, form=f), replace(now, form=""), now.form == f) for f in FORMS]
    kinds += [
        chip("damaged", replace(now, damaged=True), replace(now, damaged=False), now.damaged),
        chip("unsure", replace(now, unsure=True), replace(now, unsure=False), now.unsure),
    ]
    seen = [c for c in people if c.n or c.on]
    return [c for c in seen if c.colour], [c for c in seen if not c.colour], [c for c in kinds if c.n or c.on]
