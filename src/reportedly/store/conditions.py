"""What does a query ask of the tables? A Query -> a condition in SQL with its values; no word of a user becomes SQL."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from reportedly.model.query import Choice, Clause, Condition, Days, Figures, How, Query, Where, Words
from reportedly.store.base import Wording
from reportedly.store.rows import shown
from reportedly.store.sought import Sought, any_of, sought

_COLUMNS = {"form": "s.form", "cue_class": "s.cue_class", "language": "s.language"}
_NOWHERE = "1 = 0"
WHEN = "CASE WHEN s.said_first = s.said_last THEN s.said_first ELSE s.day END"
"""The day of saying where the text tells one, else that of publishing."""


class Speech(Protocol):
    """What each database says in its own way. `holds` is the function that says where in a text another one stands;
    `texts` and `numbers` are the values of a JSON list that is given for the `?` in them."""

    holds: str
    texts: str
    numbers: str

    def driving(self, trees: Sequence[Sought]) -> tuple[str, str, tuple[object, ...]]:
        """The tables of a search that words drive, its condition and the values of both."""

    def keys(self, tree: Sought) -> tuple[str, tuple[object, ...]]:
        """The SELECT of all statements that have these words, where something else drives the search."""

    def ranking(self, trees: Sequence[Sought]) -> tuple[str, str, tuple[object, ...]]:
        """By which number the better hits come first (the smaller, the better), with its values; at first what must stand
        ahead of the SELECT."""


@dataclass(frozen=True, slots=True)
class Asked:
    """`tables` and `where` of a SELECT that finds the statements, with the `values` of both; `words` that all hits have."""

    tables: str
    where: str
    values: tuple[object, ...]
    words: tuple[Sought, ...]


Clusters = Mapping[Words, tuple[int, ...]]
"""Those who are called so somewhere, for words that are sought in the name of a speaker."""


def asked(query: Query, wording: Wording, speech: Speech, clusters: Clusters = MappingProxyType({})) -> Asked:
    """The SELECT of a query. Words that all hits must have drive it; everything else is asked of the statements they give.

    `clusters` are those who bear a sought name in any article: then their other spellings are found too.
    """
    trees: list[Sought] = []
    where: list[str] = []
    values: list[object] = []
    for clause in query.clauses:
        if not clause.negated and all(isinstance(c, Words) and c not in clusters for c in clause.any):
            found = tuple(t for c in clause.any if isinstance(c, Words) and (t := sought(c, wording)))
            if found:
                trees.append(any_of(found))
            else:
                where.append(_NOWHERE)
            continue
        condition, given = _clause(clause, wording, speech, clusters)
        where.append(condition)
        values.extend(given)
    if query.written.strip() and not query.clauses:  # signs alone: nothing can be found by them
        where.append(_NOWHERE)
    where.append("(s.shown OR s.judged = 'reject')" if _asks_for_rejected(query) else "s.shown")
    tables = "statement s"
    if trees:
        tables, condition, first = speech.driving(trees)
        where.insert(0, condition)
        values = [*first, *values]
    return Asked(tables, " AND ".join(where), tuple(values), tuple(trees))


def _clause(clause: Clause, wording: Wording, speech: Speech, clusters: Clusters) -> tuple[str, list[object]]:
    parts: list[str] = []
    values: list[object] = []
    for condition in clause.any:
        part, given = _condition(condition, wording, speech, clusters)
        parts.append(part)
        values.extend(given)
    joined = f"({' OR '.join(parts)})"
    return (f"{joined} IS NOT TRUE" if clause.negated else joined), values


def _condition(condition: Condition, wording: Wording, speech: Speech, clusters: Clusters) -> tuple[str, list[object]]:
    match condition:
        case Words():
            tree = sought(condition, wording)
            if tree is None:
                return _NOWHERE, []
            keys, values = speech.keys(tree)
            if condition not in clusters:
                return f"s.key IN ({keys})", list(values)
            theirs = f"SELECT key FROM statement WHERE cluster IN {speech.numbers}"
            return f"s.key IN ({keys} UNION {theirs})", [*values, json.dumps(clusters[condition])]
        case Days(first, last, said, either):
            low, high = (WHEN, WHEN) if either else ("s.said_last", "s.said_first") if said else ("s.day", "s.day")
            ends = [f"{column} {sign} ?" for column, sign, day in ((low, ">=", first), (high, "<=", last)) if day]
            return f"({' AND '.join(ends)})", [day for day in (first, last) if day]
        case Figures():
            return _figures(condition)
        case Choice():
            return _choice(condition, wording, speech)


def _figures(condition: Figures) -> tuple[str, list[object]]:
    """A figure with its value between the two; a range of the text that overlaps them."""
    if condition.low is None and condition.high is None:
        return "s.figures > 0", []
    low = condition.low if condition.low is not None else -1e308
    high = condition.high if condition.high is not None else 1e308
    unit = " AND q.unit = ?" if condition.unit else ""
    return (
        "s.figures > 0 AND EXISTS (SELECT 1 FROM quantity q WHERE q.statement = s.key AND "
        f"(q.value BETWEEN ? AND ? OR (q.value IS NULL AND q.low <= ? AND q.high >= ?)){unit})",
        [low, high, high, low, *([condition.unit] if condition.unit else [])],
    )


def _choice(condition: Choice, wording: Wording, speech: Speech) -> tuple[str, list[object]]:
    value = shown(condition.value) or ""
    match condition.field:
        case "outlet" if condition.exact:
            return "s.outlet IN (SELECT key FROM outlet WHERE name = ? OR folded = ?)", [value, wording.folded(value)]
        case "outlet":
            return f"s.outlet IN (SELECT key FROM outlet WHERE {speech.holds}(folded, ?) > 0)", [wording.folded(value)]
        case "speaker":
            return "s.shared IN (SELECT key FROM name WHERE name = ?)", [value]
        case "is":
            return _is(value)
        case "gender":
            return "s.gender = ?", [value]
        case "damage" if value in ("yes", "no"):
            return ("s.damaged" if value == "yes" else "NOT s.damaged"), []
        case "damage":
            return "s.key IN (SELECT statement FROM harm WHERE kind = ?)", [value]
        case "named":
            return ("s.named = 1" if value == "yes" else "s.named < 1"), []
        case "figure":
            return "s.figures = 0", []
        case "judged" if value in ("yes", "no"):
            return f"s.judged IS {'NOT ' if value == 'yes' else ''}NULL", []
        case "judged" if value == "kept":
            return "s.judged IS DISTINCT FROM 'reject'", []
        case "judged":
            return "s.judged = ?", [value]
    return f"{_COLUMNS[condition.field]} = ?", [value]


def _is(value: str) -> tuple[str, list[object]]:
    """Whoever bears this name (in an article: name@id), whatever other articles call them."""
    name, at, article = value.rpartition("@")
    if at and re.fullmatch("[0-9a-f]{4,16}", article):
        return (
            "s.cluster IN (SELECT p.cluster FROM speaker p JOIN article a ON a.key = p.article WHERE p.name = ? AND a.id >= ? AND a.id < ?)",
            [name, article, article + "g"],
        )
    return (
        "s.key IN (SELECT key FROM statement WHERE cluster IN (SELECT cluster FROM bearer WHERE name = ? AND article = '')"
        " UNION ALL SELECT key FROM statement WHERE cluster IS NULL AND speaker IN (SELECT p.key FROM speaker p"
        " JOIN name n ON n.key = p.shared WHERE n.name = ?))",
        [value, value],
    )


def _asks_for_rejected(query: Query) -> bool:
    return any(
        isinstance(c, Choice) and c.field == "judged" and c.value in ("reject", "yes")
        for clause in query.clauses
        if not clause.negated
        for c in clause.any
    )


def wanted_forms(query: Query, wording: Wording) -> frozenset[str]:
    """All forms of the words that a query asks for, to mark them in what is found."""
    forms: set[str] = set()
    for clause in query.clauses:
        for c in clause.any if not clause.negated else ():
            if isinstance(c, Words) and c.where in (Where.ANYWHERE, Where.ABOUT) and c.how is not How.PREFIX:
                for word in wording.sought(c.text):
                    for plain, keys in word:
                        forms.add(plain)
                        if c.how is How.WORD:
                            forms.update(keys)
    return frozenset(forms)
