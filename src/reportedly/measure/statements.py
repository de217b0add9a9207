"""How well does a record agree with a gold record of the same text, statement by statement and role by role?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reportedly.measure.align import pair_up
from reportedly.measure.scores import Tally

Record = Mapping[str, Any]
"""A record of docs/data-format.md. A gold statement may also say that it is `optional`."""

FORMS = ("direct", "indirect", "mixed", "reported", "free_indirect")
ROLES = ("speaker", "cue", "frame", "addressee", "quoted", "occasion", "authority")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Matched:
    """A gold statement and the found one that stands for it; either may be missing. `agreement` is the word F1 of the contents."""

    gold: Record | None
    found: Record | None
    agreement: float = 0.0


class Words:
    """The words of a text by number, so that a space or a comma more or less at an edge counts nothing."""

    def __init__(self, text: str) -> None:
        self._number: list[int] = [-1] * len(text)
        for n, found in enumerate(_WORD.finditer(text)):
            self._number[found.start() : found.end()] = [n] * (found.end() - found.start())

    def of(self, spans: Iterable[Sequence[int]] | None) -> frozenset[int]:
        """Numbers of the words that a place touches."""
        return frozenset(n for start, end in spans or () for n in self._number[start:end] if n >= 0)


def part(statement: Record, role: str) -> list[Sequence[int]]:
    """The places of a role in a statement, empty where it has none."""
    value = statement.get(role)
    if role in ("speaker", "addressee"):
        value = (value or {}).get("span")
    if role == "authority":
        value = [place for one in value or () for place in (*(one.get("marker") or ()), *(one.get("span") or ()))]
    return list(value or ())


def match(gold: Record, found: Record) -> list[Matched]:
    """Gold and found statements paired one to one by the words of their contents; every statement stands in one pair.

    Optional gold statements, and what was found in their place, are left out: they count neither as missed nor as wrong.
    """
    words = Words(gold["text"])
    golds, founds = list(gold["statements"]), list(found["statements"])
    left = [words.of(s["content"]) for s in golds]
    right = [words.of(s["content"]) for s in founds]
    agreement: dict[tuple[int, int], float] = {}
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            if both := len(a & b):
                agreement[i, j] = 2 * both / (len(a) + len(b))
    bonus = {(i, j): 0.01 * (golds[i]["form"] == founds[j]["form"]) for i, j in agreement}
    pairs = pair_up({pair: value + bonus[pair] for pair, value in agreement.items()})
    out = [Matched(golds[i], founds[j], agreement[i, j]) for i, j in pairs if not golds[i].get("optional")]
    taken, used = {i for i, _ in pairs}, {j for _, j in pairs}
    out += [Matched(s, None) for i, s in enumerate(golds) if i not in taken and not s.get("optional")]
    out += [Matched(None, s) for j, s in enumerate(founds) if j not in used]
    return out


def sheet(gold: Record, found: Record, *, determiners: frozenset[str] = frozenset()) -> dict[str, Tally]:
    """All measures of one article. `determiners` are words that do not count when names are compared.

    content: one vote a statement, share of right words; exact: contents equal to the word; detected: agreement of at
    least one half; form; form/X; role/X: shares of words, one vote a statement that has the role; speaker: resolved
    names of the paired statements, exact and lenient; cue_class, medium, mood: labels where both have agreement of at
    least one half; negated: the same for negated statements only.
    """
    words = Words(gold["text"])
    pairs = match(gold, found)
    out: dict[str, Tally] = {}

    def add(name: str, tally: Tally) -> None:
        out[name] = out.get(name, Tally()) + tally

    for pair in pairs:
        add("content", _share(pair, "content", words))
        one = (1.0 if pair.found else 0.0, 1.0 if pair.gold else 0.0)
        same_form = bool(pair.gold and pair.found and pair.gold["form"] == pair.found["form"])
        add("exact", _count(pair.agreement == 1, *one))
        add("detected", _count(pair.agreement >= 0.5, *one))
        add("form", _count(same_form, *one))
        for form in FORMS:
            has = ((pair.found or {}).get("form") == form, (pair.gold or {}).get("form") == form)
            if any(has):
                add(f"form/{form}", _count(same_form, *map(float, has)))
                add(f"content/{form}", _only(_share(pair, "content", words), *has))
        for role in ROLES:
            add(f"role/{role}", _share(pair, role, words))
        gold_name, found_name = name_of(pair.gold, gold), name_of(pair.found, found)
        known = (float(found_name is not None), float(gold_name is not None))
        add("speaker exact", _count(same_name(gold_name, found_name, determiners), *known))
        add("speaker lenient", _count(alike(gold_name, found_name, determiners), *known))
        if pair.gold and pair.found and pair.agreement >= 0.5:
            if gold_name is not None:
                add("speaker given content", _count(same_name(gold_name, found_name, determiners), 1.0, 1.0))
            for label in ("cue_class", "medium"):
                add(label, _count(pair.gold[label] == pair.found[label], 1.0, 1.0))
            both = (float(pair.found["negated"]), float(pair.gold["negated"]))
            add("negated", _count(all(both), *both))
    return out


def _count(right: bool, found: float, gold: float) -> Tally:
    return Tally(float(right) * found, found, float(right) * gold, gold)


def _only(tally: Tally, found: bool, gold: bool) -> Tally:
    return Tally(tally.right_found * found, tally.found * found, tally.right_gold * gold, tally.gold * gold)


def _share(pair: Matched, role: str, words: Words) -> Tally:
    gold = words.of(part(pair.gold, role)) if pair.gold else frozenset[int]()
    found = words.of(part(pair.found, role)) if pair.found else frozenset[int]()
    both = len(gold & found)
    return Tally(
        both / len(found) if found else 0.0, float(bool(found)), both / len(gold) if gold else 0.0, float(bool(gold))
    )


def name_of(statement: Record | None, record: Record) -> str | None:
    """The resolved name of a statement's speaker, None where nobody can be told."""
    who = ((statement or {}).get("speaker") or {}).get("id")
    return next((s["name"] for s in record["speakers"] if s["id"] == who), None) if who is not None else None


def _bare(name: str, determiners: frozenset[str]) -> list[str]:
    words = _WORD.findall(name.casefold())
    while len(words) > 1 and words[0] in determiners:
        words = words[1:]
    return words


def same_name(left: str | None, right: str | None, determiners: frozenset[str] = frozenset()) -> bool:
    """Equal but for capitals, marks and a leading article: `die Polizei` and `Polizei`."""
    return left is not None and right is not None and _bare(left, determiners) == _bare(right, determiners)


def alike(left: str | None, right: str | None, determiners: frozenset[str] = frozenset()) -> bool:
    """Surely the same to a reader: one name holds all words of the other, or both end in the same word.

    `Sabrina Singh` and `Pentagon-Sprecherin Singh`; `Landgericht Hamburg` and `Landgericht`.
    """
    if left is None or right is None:
        return False
    a, b = _bare(left, determiners), _bare(right, determiners)
    return bool(a and b) and (set(a) <= set(b) or set(b) <= set(a) or a[-1] == b[-1])
