"""What does the archive know of a bearer of a name? All its appearances, gathered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from reportedly.languages.names import fold
from reportedly.languages.offices import Offices
from reportedly.model.sameness import Appearance, Bearer


@dataclass(slots=True)
class Profile:
    """A bearer with the evidence for who it is.

    `offices` are held on the days when an article says so: (office, day, article). `roles` are those that few people share,
    in a form without gender.
    """

    bearer: Bearer
    named: bool = True
    genders: set[str] = field(default_factory=set)
    offices: list[tuple[str, int | None, str]] = field(default_factory=list)
    roles: set[str] = field(default_factory=set)
    short: set[str] = field(default_factory=set)
    outlets: set[str] = field(default_factory=set)
    days: list[int] = field(default_factory=list)
    articles: set[str] = field(default_factory=set)
    statements: int = 0

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(self.bearer.name.split())

    @property
    def gender(self) -> str | None:
        """m or f where all articles agree."""
        return next(iter(self.genders)) if len(self.genders) == 1 else None

    @property
    def held(self) -> set[str]:
        """The offices with an owner."""
        return {office for office, _, _ in self.offices}


def profiles(appearances: Iterable[Appearance], offices: Offices) -> dict[Bearer, Profile]:
    """One profile a bearer, in the order of their first appearance."""
    found: dict[Bearer, Profile] = {}
    for a in appearances:
        known = found.setdefault(a.bearer, Profile(a.bearer, a.named))
        known.statements += a.statements
        known.articles.add(a.article)
        known.short |= set(a.short)
        if a.gender:
            known.genders.add(a.gender)
        if a.outlet:
            known.outlets.add(a.outlet)
        if a.day:
            known.days.append(a.day)
        for role in a.roles if a.named else (a.name, *a.roles):
            office = offices.office_of(role)
            if office is not None and office.owner:
                known.offices.append((office.key, a.day, a.article))
            if office is not None or "-" in role or " " in role:
                known.roles.add(role_key(role))
    return found


def role_key(role: str) -> str:
    """A role without gender: `SPD-Chefin` is `spd-chef`."""
    return " ".join(fold(w).removesuffix("in") if len(w) > 5 else fold(w) for w in role.split())


def shared_roles(left: Profile, right: Profile) -> list[str]:
    """Offices and telling roles that both have."""
    return sorted(left.held & right.held) or sorted(left.roles & right.roles)


def offices_differ(left: Profile, right: Profile) -> bool:
    """Do they hold offices of different owners, and none that is the same?"""
    mine, other = left.held, right.held
    if not mine or not other or mine & other:
        return False
    return not {o.rpartition(" ")[2] for o in mine} & {o.rpartition(" ")[2] for o in other}


def genders_differ(left: Profile, right: Profile) -> bool:
    return bool(left.genders and right.genders and not left.genders & right.genders)


def days_apart(left: int, right: int) -> int:
    """Days between two dates written 20241028."""
    return abs((_date(left) - _date(right)).days)


def nearest(day: int, days: Sequence[int]) -> int | None:
    """How many days the nearest of these is away."""
    return min((days_apart(day, other) for other in days), default=None)


def _date(day: int) -> date:
    try:
        return date(day // 10000, max(day // 100 % 100, 1), max(day % 100, 1))
    except ValueError:
        return date(max(day // 10000, 1), 1, 1)
