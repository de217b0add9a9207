"""Who is the same? Judgements on pairs of names, only ever added, and the clusters that follow from them.

Of a pair the last judgement counts, and a person's counts before the program's. Clusters are computed: `same` joins,
`different` keeps apart; nothing but the judgements and their times decides, not the order in which they are given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

PROGRAM = "program"
"""Who decides where no person does."""


class Sure(StrEnum):
    """SAME and DIFFERENT; UNSURE: looked at, not decided; WITHDRAW: what was decided about this pair no longer counts."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True, order=True)
class Bearer:
    """Somebody as judgements name them: a name in all articles, or (`article`) in this one alone.

    `kind` is that of the speaker, or `office` (name "president RU"), or `id` (name "Q7747", of a gazetteer).
    """

    kind: str
    name: str
    article: str = ""

    def __str__(self) -> str:
        return f"{self.name}@{self.article[:8]}" if self.article else self.name

    def to_dict(self) -> dict[str, str]:
        return {"kind": self.kind, "name": self.name, **({"article": self.article} if self.article else {})}

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Bearer:
        """The bearer that `to_dict` wrote down. Raises KeyError, TypeError."""
        kind, name, article = data["kind"], data["name"], data.get("article", "")
        if not all(isinstance(v, str) for v in (kind, name, article)):
            raise TypeError("kind, name and article are words")
        return cls(kind, name, article)


@dataclass(frozen=True, slots=True)
class Sameness:
    """One decision about two bearers. `why` is a person's words, or the program's rule with its evidence:
    "only_bearer; articles=14". `sure` is 1 for persons."""

    left: Bearer
    right: Bearer
    verdict: Sure
    by: str
    at: str
    why: str = ""
    sure: float = 1.0

    @property
    def pair(self) -> tuple[Bearer, Bearer]:
        """The two in a fixed order."""
        return (self.left, self.right) if self.left <= self.right else (self.right, self.left)

    @property
    def by_program(self) -> bool:
        return self.by == PROGRAM

    def to_dict(self) -> dict[str, Any]:
        """One line of the exported judgements; `left` and `right` tell it from one about a statement."""
        left, right = self.pair
        return {
            "left": left.to_dict(), "right": right.to_dict(), "verdict": self.verdict.value, "by": self.by, "at": self.at,
            "why": self.why, "sure": self.sure,
        }  # fmt: skip

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Sameness:
        """The judgement that `to_dict` wrote down. Raises KeyError, ValueError, TypeError."""
        return cls(
            Bearer.of(data["left"]), Bearer.of(data["right"]), Sure(data["verdict"]), str(data["by"]), str(data["at"]),
            str(data.get("why", "")), float(data.get("sure", 1)),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Appearance:
    """A speaker of one article as far as it matters to who they are. `short` are the acronyms that the article writes for them,
    `day` is that of publication (20241028)."""

    article: str
    id: str
    name: str
    kind: str
    named: bool
    gender: str | None
    roles: tuple[str, ...]
    short: tuple[str, ...]
    outlet: str | None
    day: int | None
    statements: int

    @property
    def bearer(self) -> Bearer:
        """Whom judgements mean by it: a full name is the same in all articles until somebody says otherwise; a family name
        alone and a description are this article's."""
        alone = not self.named or (self.kind == "person" and " " not in self.name)
        return Bearer(self.kind, self.name, self.article if alone else "")


Pair = tuple[Bearer, Bearer]


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds of a pair: the person's decision where there is one, else the program's."""

    person: Sameness | None = None
    program: Sameness | None = None

    @property
    def now(self) -> Sameness | None:
        return self.person or self.program


def standing(judgements: Iterable[Sameness]) -> dict[Pair, Standing]:
    """What each pair has come to. Later ones go before earlier ones; at one moment the more careful one does."""
    found: dict[Pair, Standing] = {}
    for j in sorted(judgements, key=_in_time):
        now = found.get(j.pair, Standing())
        kept = None if j.verdict is Sure.WITHDRAW else j
        found[j.pair] = Standing(now.person, kept) if j.by_program else Standing(kept, now.program)
    return found


_CARE = {Sure.SAME: 0, Sure.UNSURE: 1, Sure.DIFFERENT: 2, Sure.WITHDRAW: 3}


def _in_time(j: Sameness) -> tuple[Any, ...]:
    return (j.at, _CARE[j.verdict], j.by, j.why, j.sure)


@dataclass
class Clusters:
    """Who is one with whom. `edges` are the judgements that joined them: a tree, so that every pair has one way between them."""

    parent: dict[Bearer, Bearer] = field(default_factory=dict)
    members: dict[Bearer, list[Bearer]] = field(default_factory=dict)
    edges: dict[Bearer, list[tuple[Bearer, Sameness | None]]] = field(default_factory=dict)
    entries: dict[Bearer, set[Bearer]] = field(default_factory=dict)

    def of(self, bearer: Bearer) -> Bearer:
        """The name of the cluster: its smallest bearer."""
        return min(self.members[self._root(bearer)]) if bearer in self.parent else bearer

    def with_(self, bearer: Bearer) -> tuple[Bearer, ...]:
        """All that are one with it, itself among them."""
        return tuple(sorted(self.members[self._root(bearer)])) if bearer in self.parent else (bearer,)

    def all(self) -> list[tuple[Bearer, ...]]:
        """Every cluster, also those of one."""
        return sorted(tuple(sorted(m)) for root, m in self.members.items() if self.parent[root] == root)

    def chain(self, left: Bearer, right: Bearer) -> tuple[Sameness, ...]:
        """Why these two are one: the judgements from one to the other; empty where they are not, or bear one name."""
        came: dict[Bearer, tuple[Bearer, Sameness | None]] = {left: (left, None)}
        queue = [left]
        for at in queue:
            for to, j in self.edges.get(at, ()):
                if to not in came:
                    came[to] = (at, j)
                    queue.append(to)
        way: list[Sameness] = []
        while right in came and right != left:
            right, j = came[right]
            if j is not None:
                way.append(j)
        return tuple(reversed(way))

    def _root(self, bearer: Bearer) -> Bearer:
        while (up := self.parent[bearer]) != bearer:
            self.parent[bearer] = bearer = self.parent[up]
        return bearer

    def _add(self, bearer: Bearer) -> None:
        if bearer not in self.parent:
            self.parent[bearer] = bearer
            self.members[bearer] = [bearer]
            if bearer.kind == "id":
                self.entries[bearer] = {bearer}


def clusters(judgements: Iterable[Sameness]) -> Clusters:
    """The clusters that follow from the judgements, whatever their order.

    First what persons call the same, the latest first; then a name in one article with the same name elsewhere; then what the
    program calls the same, the surest first. None of these joins what a person calls different; the program's do not join what
    the program calls different either, nor two entries of a gazetteer.
    """
    stands = standing(judgements)
    made = Clusters()
    for pair in stands:
        for bearer in pair:
            made._add(bearer)
    apart: dict[Bearer, set[Bearer]] = {}
    doubted: dict[Bearer, set[Bearer]] = {}
    by_person: list[Sameness] = []
    by_program: list[Sameness] = []
    asked: set[Bearer] = set()
    for (left, right), now in stands.items():
        if now.person:
            asked |= {left, right}
        if now.now and now.now.verdict is Sure.DIFFERENT:
            enemies = apart if now.person else doubted
            enemies.setdefault(left, set()).add(right)
            enemies.setdefault(right, set()).add(left)
        elif now.now and now.now.verdict is Sure.SAME:
            (by_person if now.person else by_program).append(now.now)
    by_person.sort(key=lambda j: j.pair)
    by_person.sort(key=lambda j: j.at, reverse=True)
    by_program.sort(key=lambda j: (-j.sure, j.pair))
    for j in by_person:
        _join(made, j.pair, j, (apart,), False)
    for bearer in sorted(made.parent):
        everywhere = Bearer(bearer.kind, bearer.name)
        if bearer.article and everywhere in made.parent and (everywhere in asked or " " in bearer.name):
            _join(made, (everywhere, bearer), None, (apart,), True)
    for j in by_program:
        _join(made, j.pair, j, (apart, doubted), True)
    return made


def _join(
    made: Clusters, pair: Pair, why: Sameness | None, apart: tuple[dict[Bearer, set[Bearer]], ...], careful: bool
) -> None:
    """Make two clusters one, unless two of their members must stay apart."""
    left, right = (made._root(b) for b in pair)
    if left == right:
        return
    small, large = sorted((left, right), key=lambda root: (len(made.members[root]), root))
    if any(
        e in made.parent and made._root(e) == large for es in apart for b in made.members[small] for e in es.get(b, ())
    ):
        return
    entries = made.entries.get(small, set()) | made.entries.get(large, set())
    if careful and len(entries) > 1:
        return
    if entries:
        made.entries[large] = entries
    made.parent[small] = large
    made.members[large] += made.members.pop(small)
    made.edges.setdefault(pair[0], []).append((pair[1], why))
    made.edges.setdefault(pair[1], []).append((pair[0], why))
