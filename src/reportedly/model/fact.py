"""Times, places and figures of an article, each with its place in the text and its meaning."""

from __future__ import annotations

from dataclasses import dataclass

from reportedly.model.span import Span


@dataclass(frozen=True, slots=True)
class Moment:
    """A time expression. `value` is a prefix of ISO 8601 as precise as the words ("2024-10", "2024-W43", "2024-10-28",
    an interval "2024-10-01/2024-10-07"), None while no anchor date is known; `resolved` says whether it is final."""

    span: Span
    value: str | None
    resolved: bool
    by: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A named place; `country` is ISO 3166-1 alpha-2 where known. Metonyms ("Moskau betrachtet …") are not places."""

    span: Span
    name: str
    country: str | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure with its bounds: "mehr als 10.000 Soldaten" has min 10000, max None, relation "more".

    `relation`: exact, about, more, less, at_least, at_most, between. `modifier` as written; `noun` is the counted noun
    as written; `unit` a symbol (%, EUR, km, °C …) or None. `share_of` is the noun of which a percentage is taken.
    """

    span: Span
    value: float | None
    min: float | None
    max: float | None
    relation: str
    modifier: str | None = None
    noun: str | None = None
    unit: str | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    moments: tuple[Moment, ...] = ()
    places: tuple[Place, ...] = ()
    quantities: tuple[Quantity, ...] = ()
