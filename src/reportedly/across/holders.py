"""Whom does `der Kremlchef` mean in this article? Whoever holds the office by the articles of that time; else the office itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reportedly.across.people import Finding, because
from reportedly.across.profile import Profile, days_apart, genders_differ
from reportedly.model.sameness import Bearer, Clusters, Sure

Add = Callable[[Bearer, Bearer, Finding], None]
Said = Callable[[Bearer, Bearer], bool]
Term = tuple[str, Bearer, int, int]
_SEASON = 92
"""Days within which an article that names the holder tells who it is."""
_LEAST = 2
"""So many articles must say who holds it."""
_NOISE = 0.15
"""So few articles that say otherwise, for each that says so, are errors of reading."""
_NOW = 10
"""Days in which a change in the office would show."""


def match_holders(
    office: str, here: Sequence[Profile], linked: Clusters, terms: Sequence[Term], said: Said, add: Add
) -> None:
    """Descriptions of one office, each to whoever holds it on the day of its article.

    Evidence is an article near in time that gives the office to a name, or a gazetteer with dates; `linked` tells which names
    are one. No evidence: to the office, of which nobody knows who holds it.
    """
    named = [p for p in here if p.named]
    evidence = [(day, article, p) for p in named for held, day, article in p.offices if held == office and day]
    for p in here:
        if p.named:
            continue
        day = next((d for held, d, _ in p.offices if held == office), None)
        told = [t for t in terms if t[0] == office and day is not None and t[2] <= day <= t[3]]
        near = [] if day is None else [e for e in evidence if days_apart(day, e[0]) <= _SEASON]
        finding = _holder(p, day, office, near, linked, said) or _by_gazetteer(office, told)
        if finding is None:
            finding = Bearer("office", office), Finding(Sure.SAME, 0.9, because("office/nobody_named", office=office))
        add(p.bearer, *finding)
        if finding[0].kind != "office":
            add(
                p.bearer,
                Bearer("office", office),
                Finding(Sure.DIFFERENT, 0.9, because("office/holder_known", office=office)),
            )


def _by_gazetteer(office: str, told: Sequence[Term]) -> tuple[Bearer, Finding] | None:
    if len({t[1] for t in told}) != 1:
        return None
    return told[0][1], Finding(Sure.SAME, 0.95, because("office/gazetteer", office=office))


def _holder(
    p: Profile, day: int | None, office: str, near: Sequence[tuple[int, str, Profile]], linked: Clusters, said: Said
) -> tuple[Bearer, Finding] | None:
    """The one holder that articles near in time name; a doubtful one where there are several or too few of them."""
    articles: dict[Bearer, set[str]] = {}
    for _, article, q in near:
        if not genders_differ(p, q):
            articles.setdefault(linked.of(q.bearer), set()).add(article)
    if not articles or day is None:
        return None
    most = max(articles, key=lambda root: (len(articles[root]), root))
    others = sum(len(a) for root, a in articles.items() if root != most)
    closest = min(
        (e for e in near if linked.of(e[2].bearer) == most),
        key=lambda e: (days_apart(day, e[0]), e[2].bearer.article != "", e[1]),
    )
    who = min(
        (q for _, _, q in near if linked.of(q.bearer) == most),
        key=lambda q: (not said(p.bearer, q.bearer), q.bearer.article, -len(q.articles), q.bearer),
    )
    told = {
        "office": office, "articles": len(articles[most]), "article": closest[1][:8], "days": days_apart(day, closest[0]),
    }  # fmt: skip
    now = [linked.of(q.bearer) == most for d, _, q in near if days_apart(day, d) <= _NOW]
    changing = now.count(False) > _NOISE * now.count(True)  # somebody new, in these very days
    if len(articles[most]) >= _LEAST and others <= _NOISE * len(articles[most]) and not changing:
        return who.bearer, Finding(Sure.SAME, 0.93, because("office/holder", **told))
    return who.bearer, Finding(Sure.UNSURE, 0.5, because("office/holder_only", **told))
