"""Is our scorer the official one? Held against a second, literal implementation of the published definition."""

from __future__ import annotations

import random
from itertools import permutations
from pathlib import Path

import pytest
from gnqa_samples import random_quotes
from lab.corpora import DEFAULT_FOLDER, gnqa
from lab.corpora.gnqa import Quote
from lab.official import pairs_of, sheet_of, token_f1

from reportedly.measure import total

ROLES = ("addressee", "cue", "frame", "speaker")
Corpus = list[tuple[list[Quote], list[Quote]]]


# The definition once more, slowly and word by word: token lists, counts of right, missing and surplus tokens for every
# pair, means over all pairs that have a value, labels counted pair by pair. It shares no line with lab/official.py.


def literal_f1(gold: list[int], found: list[int]) -> float:
    right = [token for token in gold if token in found]
    if not right:
        return 0.0
    precision, recall = len(right) / len(found), len(right) / len(gold)
    return 2 * precision * recall / (precision + recall)


def literal_pairs(gold: list[Quote], found: list[Quote]) -> list[tuple[Quote | None, Quote | None]]:
    """By trying every assignment; the first best one in the order of scipy's is not guaranteed, so callers avoid ties."""

    def value(g: Quote, f: Quote) -> float:
        overlap = literal_f1(sorted(g.quote), sorted(f.quote))
        return (
            overlap
            + (0.01 if overlap > 0 and g.type == f.type else 0)
            + (0.001 if overlap > 0 and g.medium == f.medium else 0)
        )

    small, large = sorted((gold, found), key=len)
    flipped = small is found
    best: tuple[float, list[tuple[Quote, Quote]]] = (-1.0, [])
    for order in permutations(range(len(large)), len(small)):
        chosen = [(large[j], small[i]) if flipped else (small[i], large[j]) for i, j in enumerate(order)]
        summed = sum(value(g, f) for g, f in chosen)
        if summed > best[0] + 1e-12:
            best = (summed, chosen)
    pairs: list[tuple[Quote | None, Quote | None]] = list(best[1])
    pairs += [(g, None) for g in gold if not any(p[0] is g for p in pairs)]
    pairs += [(None, f) for f in found if not any(p[1] is f for p in pairs)]
    return pairs


def literal_scores(
    corpus_pairs: list[list[tuple[Quote | None, Quote | None]]],
) -> dict[str, tuple[float, float, float]]:
    precisions: dict[str, list[float]] = {part: [] for part in ("quote", *ROLES)}
    recalls: dict[str, list[float]] = {part: [] for part in ("quote", *ROLES)}
    counts = {label: {"tp": 0, "fp": 0, "fn": 0} for label in ("type", "medium")}
    for pairs in corpus_pairs:
        for gold, found in pairs:
            for part in ("quote", *ROLES):
                gold_tokens = sorted(getattr(gold, part)) if gold else []
                found_tokens = sorted(getattr(found, part)) if found else []
                tp = len([t for t in found_tokens if t in gold_tokens])
                fp = len([t for t in found_tokens if t not in gold_tokens])
                fn = len([t for t in gold_tokens if t not in found_tokens])
                if tp + fp > 0:
                    precisions[part].append(tp / (tp + fp))
                if tp + fn > 0:
                    recalls[part].append(tp / (tp + fn))
            for label, count in counts.items():
                gold_label = getattr(gold, label) if gold else None
                found_label = getattr(found, label) if found else None
                if gold_label == found_label:
                    count["tp"] += 1
                else:
                    count["fp"] += found_label is not None
                    count["fn"] += gold_label is not None

    def mean(parts: tuple[str, ...], values: dict[str, list[float]]) -> float:
        pool = [v for part in parts for v in values[part]]
        return sum(pool) / len(pool) if pool else 0.0

    def harmonic(p: float, r: float) -> tuple[float, float, float]:
        return p, r, 2 * p * r / (p + r) if p + r else 0.0

    out = {
        "messages": harmonic(mean(("quote",), precisions), mean(("quote",), recalls)),
        "roles": harmonic(mean(ROLES, precisions), mean(ROLES, recalls)),
        "joint": harmonic(mean(("quote", *ROLES), precisions), mean(("quote", *ROLES), recalls)),
    }
    for name, label in (("form", "type"), ("stwr", "medium")):
        c = counts[label]
        p = c["tp"] / (c["tp"] + c["fp"]) if c["tp"] + c["fp"] else 0.0
        r = c["tp"] / (c["tp"] + c["fn"]) if c["tp"] + c["fn"] else 0.0
        out[name] = harmonic(p, r)
    return out


def ours(corpus: Corpus) -> dict[str, tuple[float, float, float]]:
    sums = total(sheet_of(pairs_of(gold, found)) for gold, found in corpus)
    return {
        name: (sums[name].precision, sums[name].recall, sums[name].f1)
        for name in ("messages", "roles", "joint", "form", "stwr")
    }


@pytest.mark.parametrize("seed", range(25))
def test_equal_to_the_literal_definition_on_random_predictions(seed: int) -> None:
    """Pairs as scipy makes them (ties and pairs without overlap included); everything counted twice, independently."""
    dice = random.Random(seed)
    corpus = [
        (random_quotes(dice, 60, dice.randint(0, 9)), random_quotes(dice, 60, dice.randint(0, 9))) for _ in range(12)
    ]
    literal = literal_scores([[(p.gold, p.found) for p in pairs_of(gold, found)] for gold, found in corpus])
    mine = ours(corpus)
    for name, values in literal.items():
        assert mine[name] == pytest.approx(values, abs=1e-12), name


@pytest.mark.parametrize("seed", range(40))
def test_the_pairing_is_the_best_one(seed: int) -> None:
    """Against trying all assignments, where there are few enough."""
    dice = random.Random(1000 + seed)
    gold, found = random_quotes(dice, 25, dice.randint(1, 5)), random_quotes(dice, 25, dice.randint(1, 5))

    def value(pairs: list[tuple[Quote | None, Quote | None]]) -> float:
        return sum(
            token_f1(g.quote, f.quote) + 0.01 * (g.type == f.type) + 0.001 * (g.medium == f.medium)
            for g, f in pairs
            if g and f and g.quote & f.quote
        )

    made = [(p.gold, p.found) for p in pairs_of(gold, found)]
    assert value(made) == pytest.approx(value(literal_pairs(gold, found)), abs=1e-9)
    assert sorted(id(p) for pair in made for p in pair if p) == sorted(map(id, [*gold, *found]))


def quote(*ids: int, type: str = "Indirect", **roles: frozenset[int]) -> Quote:
    return Quote(type, "Speech", frozenset(ids), **roles)


def test_gold_against_gold_is_perfect() -> None:
    dice = random.Random(3)
    quotes = random_quotes(dice, 200, 8)
    assert all(values == (1.0, 1.0, 1.0) for values in ours([(quotes, quotes)]).values())


def test_one_quote_one_vote_whatever_its_length() -> None:
    gold = [quote(*range(0, 100)), quote(200, 201)]
    found = [quote(*range(0, 50)), quote(200, 201)]
    p, r, _ = ours([(gold, found)])["messages"]
    assert (p, r) == (1.0, 0.75)


def test_labels_without_overlap_are_credited_by_the_definition_and_not_by_the_guard() -> None:
    """One token beside every gold quote, always "Indirect": nothing is found, and Form is still full of praise."""
    gold, found = [quote(1, 2, 3), quote(7, 8)], [quote(20), quote(21)]
    sums = total([sheet_of(pairs_of(gold, found))])
    assert sums["messages"].f1 == 0.0
    assert sums["form"].f1 == 1.0
    assert sums["form guarded"].f1 == 0.0


def test_roles_of_a_pair_without_overlap_are_guarded_too() -> None:
    speaker = frozenset({5})
    sums = total([sheet_of(pairs_of([quote(1, 2, speaker=speaker)], [quote(9, speaker=speaker)]))])
    assert sums["roles"].f1 == 1.0
    assert sums["roles guarded"].f1 == 0.0


def test_the_type_decides_between_equal_overlaps() -> None:
    gold = [quote(1, 2, type="Direct"), quote(1, 2, type="Indirect")]
    found = [quote(1, 2, type="Indirect"), quote(1, 2, type="Direct")]
    assert ours([(gold, found)])["form"] == (1.0, 1.0, 1.0)


def test_no_prediction_at_all_is_nought_and_no_crash() -> None:
    assert ours([([quote(1)], [])])["joint"] == (0.0, 0.0, 0.0)
    assert ours([([], [])])["messages"] == (0.0, 0.0, 0.0)


def test_by_type_and_by_role() -> None:
    gold = [quote(1, 2, type="Direct"), quote(5, 6, type="Reported", speaker=frozenset({4}))]
    found = [quote(5, 6, 7, 8, type="Indirect", speaker=frozenset({3, 4}))]
    sums = total([sheet_of(pairs_of(gold, found))])
    assert sums["type/Direct"].recall == 0.0
    assert sums["type/Reported"].recall == 1.0
    assert sums["type/Indirect"].precision == 0.5
    assert sums["role/speaker"].precision == 0.5
    assert sums["role/speaker"].recall == 1.0


DEV = gnqa.path_of(DEFAULT_FOLDER, "dev")


@pytest.mark.skipif(not DEV.exists(), reason=f"the corpus is not here ({DEV}); its known figures are not checked")
def test_known_figures_of_the_corpus() -> None:
    """Perfect quotes without their punctuation score 93.6 Messages on dev with the official script."""
    from dataclasses import replace

    def bare(article: gnqa.GnqaArticle) -> list[Quote]:
        def is_word(i: int) -> bool:
            return any(c.isalnum() for c in article.text[slice(*article.tokens[i])])

        return [replace(q, quote=frozenset(filter(is_word, q.quote))) for q in article.quotes]

    articles = list(gnqa.articles(Path(DEFAULT_FOLDER), "dev"))
    assert (len(articles), sum(len(a.quotes) for a in articles)) == (150, 653)
    assert ours([(list(a.quotes), list(a.quotes)) for a in articles])["joint"][2] == 1.0
    assert round(100 * ours([(list(a.quotes), bare(a)) for a in articles])["messages"][2], 1) == 93.6
