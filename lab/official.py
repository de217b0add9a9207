"""What do predictions on the German news quotation corpus score by the corpus' own definition, and with a guard?

The definition (SpkAtt-2023 task 2, GNQA 2024), written from its description and held by an independent second
implementation in tests/lab/test_official.py:

1. In every article, gold and found quotes are paired one to one (scipy `linear_sum_assignment`, gold as rows), so that
   the sum of token F1 of the quote spans is greatest, plus 0.01 where the type and 0.001 where the medium agrees; the
   two small sums count only where the spans overlap. Spans are sets of tokens.
2. Messages: precision is the mean over found quotes of (right tokens / found tokens), recall the mean over gold quotes
   of (right tokens / gold tokens). One quote, one vote. Roles: the same over all (quote, role) that have tokens on the
   side in question, role by role of the paired quotes. Joint: quotes and roles in one pool.
3. Form and STWR: counts of equal type and medium over the pairs.

Pairs that share no token are paired all the same, and their labels and roles count: one random token a gold quote,
always "Indirect", is credited with more than half the Form score. So everything stands here twice: as defined, and
`guarded`: pairs without overlap are torn apart first. Form and STWR are reported guarded, always.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lab.corpora.gnqa import ROLES, TYPES, Quote
from reportedly.measure.scores import Tally

HEADLINES = ("messages", "roles", "joint", "form guarded", "stwr guarded")


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold quote and the found one that stands for it; either may be missing. `agreement` is the token F1 of the quotes."""

    gold: Quote | None
    found: Quote | None
    agreement: float = 0.0


def token_f1(left: frozenset[int], right: frozenset[int]) -> float:
    """Harmonic mean of the shares of either side that the other one has."""
    both = len(left & right)
    return 2 * both / (len(left) + len(right)) if both else 0.0


def pairs_of(gold: Sequence[Quote], found: Sequence[Quote]) -> list[Pair]:
    """The pairs of one article, as defined: every quote stands in one pair."""
    import numpy as np  # a dev dependency: the house itself pairs with measure/align.py
    from scipy.optimize import linear_sum_assignment

    score = np.zeros((len(gold), len(found)))
    for i, g in enumerate(gold):
        for j, f in enumerate(found):
            overlap = token_f1(g.quote, f.quote)
            if overlap:
                score[i, j] = overlap + 0.01 * (g.type == f.type) + 0.001 * (g.medium == f.medium)
    rows, columns = linear_sum_assignment(score, maximize=True)
    out = [Pair(gold[i], found[j], token_f1(gold[i].quote, found[j].quote)) for i, j in zip(rows, columns, strict=True)]
    out += [Pair(g, None) for i, g in enumerate(gold) if i not in set(rows)]
    out += [Pair(None, f) for j, f in enumerate(found) if j not in set(columns)]
    return out


def torn(pairs: Sequence[Pair]) -> list[Pair]:
    """The guard: a pair that shares no token is a missed and a spurious quote, not a pair."""
    out = []
    for pair in pairs:
        if pair.gold and pair.found and not pair.agreement:
            out += [Pair(pair.gold, None), Pair(None, pair.found)]
        else:
            out.append(pair)
    return out


def _share(pair: Pair, part: str) -> Tally:
    """One vote for `part` of this pair on either side that has tokens there."""
    gold = pair.gold.part(part) if pair.gold else frozenset()
    found = pair.found.part(part) if pair.found else frozenset()
    both = len(gold & found)
    return Tally(
        both / len(found) if found else 0.0, float(bool(found)), both / len(gold) if gold else 0.0, float(bool(gold))
    )


def _labels(pairs: Sequence[Pair], label: str) -> Tally:
    same = sum(1 for p in pairs if p.gold and p.found and getattr(p.gold, label) == getattr(p.found, label))
    return Tally(same, sum(1 for p in pairs if p.found), same, sum(1 for p in pairs if p.gold))


def sheet_of(pairs: Sequence[Pair]) -> dict[str, Tally]:
    """All measures of one article. "messages", "roles", "joint", "form", "stwr" are the defined ones.

    Further: each of them "guarded"; each role; "given quote/X": the role over pairs that share words; "type/X": messages of X, precision over found X, recall over gold X
    (whatever the type of the partner); "exact": quotes whose tokens agree to the last one; "detected": agreement of
    at least one half.
    """
    out = {f"{name}{suffix}": Tally() for name in ("messages", "roles", "joint") for suffix in ("", " guarded")}

    def add(name: str, tally: Tally) -> None:
        out[name] = out.get(name, Tally()) + tally

    guarded = torn(pairs)
    for suffix, these in (("", pairs), (" guarded", guarded)):
        for pair in these:
            quote = _share(pair, "quote")
            add(f"messages{suffix}", quote)
            add(f"joint{suffix}", quote)
            for role in ROLES:
                share = _share(pair, role)
                add(f"roles{suffix}", share)
                add(f"joint{suffix}", share)
                if suffix:
                    add(f"role/{role}", share)
                    if pair.gold and pair.found:
                        add(f"given quote/{role}", share)
        out[f"form{suffix}"] = _labels(these, "type")
        out[f"stwr{suffix}"] = _labels(these, "medium")
    for type_ in TYPES:
        for pair in guarded:
            quote = _share(pair, "quote")
            if pair.found and pair.found.type == type_:
                add(f"type/{type_}", Tally(quote.right_found, 1, 0, 0))
            if pair.gold and pair.gold.type == type_:
                add(f"type/{type_}", Tally(0, 0, quote.right_gold, 1))
    for name, least in (("exact", 1.0), ("detected", 0.5)):
        right = sum(1 for p in guarded if p.gold and p.found and p.agreement >= least)
        out[name] = Tally(right, sum(1 for p in guarded if p.found), right, sum(1 for p in guarded if p.gold))
    return out
