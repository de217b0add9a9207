"""Is a confidence of .8 right eight times in ten? Statements with what was said of them and whether they were right.

    python -m lab.calibration [--weights open] [--data FOLDER]

A statement is right where its content agrees with a gold one (F1 of the words at least 0.8) and its speaker is the same:
on our gold the resolved name, on the news corpus, which resolves none, the place (F1 at least 0.5, or none in both).
The expected calibration error is the mean distance between what was said and what was true over ten bins of equal count
(Naeini et al. 2015, with adaptive bins). Bins of sixty statements are never even: `chance_of` says what a perfect confidence
would show on as many statements, `debiased_error_of` what is left without the part of chance.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from lab import adapter_gnqa, official
from lab.corpora import DEFAULT_FOLDER, gnqa, gold
from lab.score import Reader, reader_with
from reportedly.measure.statements import alike, match, name_of

AGREE, SPEAKER = 0.8, 0.5
BINS = 10


@dataclass(frozen=True, slots=True)
class Said:
    """One found statement: its article, its confidence, and whether it was right."""

    article: str
    confidence: float
    right: bool


def on_gnqa(data: Path, part: str, reader: Reader, only: frozenset[str] | None = None) -> list[Said]:
    """The found quotes that are no stretches of others; `only` these texts. Raises CorpusMissing."""
    out = []
    for article in gnqa.articles(data, part):
        if only is not None and article.text not in only:
            continue
        record = reader(article.text, article.title, article.published)
        if record is None:
            continue
        for pair in official.torn(official.pairs_of(article.quotes, adapter_gnqa.quotes_of(record, article))):
            if pair.found is None or pair.found.nested:
                continue
            speaker = pair.gold.speaker if pair.gold else frozenset()
            same = official.token_f1(speaker, pair.found.speaker) >= SPEAKER or not speaker | pair.found.speaker
            right = pair.gold is not None and pair.agreement >= AGREE and same
            out.append(Said(article.name, pair.found.confidence, right))
    return out


def on_gold(data: Path, part: str, reader: Reader) -> list[Said]:
    """The found statements; places of optional gold are left out. Raises CorpusMissing."""
    out = []
    for article in gold.articles(data, part):
        record = reader(article.text, article.title, article.published)
        if record is None:
            continue
        for pair in match(article.record, record):
            if pair.found is None:
                continue
            names = name_of(pair.gold, article.record), name_of(pair.found, record)
            same = names == (None, None) or alike(*names)
            out.append(Said(article.id, pair.found["confidence"], pair.agreement >= AGREE and same))
    return out


def bins_of(said: Sequence[Said], count: int = BINS) -> list[tuple[float, float, int]]:
    """Mean confidence, share of right ones and number of each bin of equal count, doubtful ones first."""
    p, right = np.array([s.confidence for s in said]), np.array([float(s.right) for s in said])
    order = np.argsort(p, kind="stable")
    return [
        (float(p[part].mean()), float(right[part].mean()), len(part))
        for part in np.array_split(order, count)
        if len(part)
    ]


def error_of(said: Sequence[Said], count: int = BINS) -> float:
    """Expected calibration error."""
    return sum(abs(p - right) * n for p, right, n in bins_of(said, count)) / max(1, len(said))


def debiased_error_of(said: Sequence[Said], count: int = BINS) -> float:
    """Root mean square of the distances, less what the chance of finite bins adds (Kumar, Liang & Ma 2019, debiased estimator);
    0 where chance explains all of it."""
    square = sum(((p - right) ** 2 - right * (1 - right) / max(1, n - 1)) * n for p, right, n in bins_of(said, count))
    return float(np.sqrt(max(0.0, square / max(1, len(said)))))


def chance_of(said: Sequence[Said], rounds: int = 500, seed: int = 20241028) -> tuple[float, float]:
    """Error of a confidence that is perfect, on statements as sure as these: its mean, and what it exceeds once in twenty."""
    dice = np.random.default_rng(seed)
    p = np.array([s.confidence for s in said])
    errors = [
        error_of([Said("", float(x), bool(r)) for x, r in zip(p, dice.random(len(p)) < p, strict=True)])
        for _ in range(rounds)
    ]
    return float(np.mean(errors)), float(np.quantile(errors, 0.95))


def plot(said: Sequence[Said], width: int = 40) -> str:
    """The bins as lines: what was said (|) beside what was true (bar)."""
    lines = []
    for p, right, n in bins_of(said):
        bar = ["█" if k < round(right * width) else "·" for k in range(width)]
        bar[min(width - 1, round(p * width))] = "|"
        lines.append(f"said {p:.2f}  true {right:.2f}  {''.join(bar)}  {n}")
    return "\n".join(lines)


def show(name: str, said: Sequence[Said]) -> Iterable[str]:
    share = sum(s.right for s in said) / max(1, len(said))
    mean, most = chance_of(said)
    yield (
        f"{name}: {len(said)} statements, {share:.1%} right, calibration error {error_of(said):.3f} "
        f"(a perfect confidence: {mean:.3f}, at most {most:.3f}; without chance: {debiased_error_of(said):.3f})"
    )
    yield plot(said)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, default=DEFAULT_FOLDER)
    parser.add_argument("--weights", default="open")
    o = parser.parse_args()
    reader = reader_with(o.weights)
    print("\n".join(show("GNQA dev", on_gnqa(o.data, "dev", reader))))
    print("\n".join(show("own gold dev", on_gold(o.data, "dev", reader))))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
