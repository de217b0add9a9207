"""How sure may a statement be? Learns weights/de/confidence.open.json on the train part of our own gold.

    python lab/train/confidence.py --data ../shared/data

A statement is right where its content agrees with a gold one (word F1 of at least 0.8) and its resolved speaker is the
same (both unknown counts as the same). Weights: logistic regression with an L2 penalty, by Newton's method, without
chance. The log odds of each table row are taken from the other articles of ten folds, so that a row never sees itself.
The rules themselves were written with an eye on train, so what is fitted there promises too much: slope and offset
are set on the held-out dev part (Platt 1999; two numbers). Prints the expected calibration error over ten bins of
equal count: crossed on train, and on dev with the two numbers set on the other half.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from lab.corpora.gold import articles
from reportedly import __version__
from reportedly.intake import take_in_text
from reportedly.measure.statements import alike, match, name_of
from reportedly.model.reading import Reading
from reportedly.pipeline import read
from reportedly.reading.confidence import features, who_of

TARGET = Path(__file__).parents[2] / "src/reportedly/weights/de"
PENALTY = 3.0
SMOOTH = 2.0


@dataclass
class Example:
    article: str
    row: str
    reading: Reading
    index: int
    right: bool


def examples(data: Path, part: str) -> list[Example]:
    """Every found statement of the gold articles of a part, with the verdict; places of optional gold are left out."""
    out = []
    for article in articles(data, part):
        gold = article.record
        reading = read(take_in_text(article.text, title=article.title, published=article.published, language="de"))
        record = reading.to_dict()
        numbers = {s["id"]: n for n, s in enumerate(record["statements"])}
        for pair in match(gold, record):
            if pair.found is None:
                continue
            names = name_of(pair.gold, gold), name_of(pair.found, record)
            same = names == (None, None) or alike(*names)
            index = numbers[pair.found["id"]]
            out.append(Example(article.id, pair.found["by"], reading, index, pair.agreement >= 0.8 and same))
    return out


def odds_of(found: list[Example]) -> dict[str, float]:
    """Smoothed log odds that a row is right, against the mean of all rows."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for e in found:
        counts[e.row][0] += e.right
        counts[e.row][1] += 1
    mean = sum(e.right for e in found) / max(1, len(found))
    base = math.log(mean / (1 - mean))
    return {
        row: round(math.log((r + SMOOTH * mean) / (n - r + SMOOTH * (1 - mean))) - base, 4)
        for row, (r, n) in sorted(counts.items())
    }


def row_features(e: Example, rows: Mapping[str, float]) -> dict[str, float]:
    r = e.reading
    return features(r.statements[e.index], who_of(r.cast), {s.id: s for s in r.statements}, rows)


def fit(columns: list[str], rows: list[dict[str, float]], right: np.ndarray) -> np.ndarray:
    """Newton's method for L2-penalised logistic regression; the bias is not penalised."""
    x = np.array([[row.get(c, 0.0) for c in columns] for row in rows])
    w = np.zeros(len(columns))
    penalty = np.full(len(columns), PENALTY)
    penalty[columns.index("bias")] = 1e-6
    for _ in range(40):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (p - right) + penalty * w
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        step = np.linalg.solve(hessian, gradient)
        w -= step
        if np.abs(step).max() < 1e-8:
            break
    return w


def platt(score: np.ndarray, right: np.ndarray) -> tuple[float, float]:
    """Slope and offset that calibrate a score (Platt 1999), by Newton's method."""
    x = np.stack([score, np.ones(len(score))], axis=1)
    w = np.array([1.0, 0.0])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + 1e-6 * np.eye(2), x.T @ (p - right))
        w -= step
        if np.abs(step).max() < 1e-9:
            break
    return float(w[0]), float(w[1])


def calibration_error(p: np.ndarray, right: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error: mean distance of stated and true share of right ones, over bins of equal count."""
    order = np.argsort(p, kind="stable")
    total = 0.0
    for part in np.array_split(order, bins):
        if len(part):
            total += abs(p[part].mean() - right[part].mean()) * len(part)
    return total / len(p)


def folds_of(found: list[Example], count: int = 10) -> np.ndarray:
    return np.array([int(hashlib.sha256(e.article.encode()).hexdigest(), 16) % count for e in found])


def crossed_rows(found: list[Example], folds: np.ndarray) -> list[dict[str, float]]:
    """Features of each example with row odds that its own fold had no part in."""
    odds = {f: odds_of([e for e, g in zip(found, folds, strict=True) if g != f]) for f in set(folds.tolist())}
    return [row_features(e, odds[int(f)]) for e, f in zip(found, folds, strict=True)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    data = parser.parse_args().data
    found = examples(data, "train")
    folds = folds_of(found)
    rows = crossed_rows(found, folds)
    right = np.array([float(e.right) for e in found])
    columns = sorted({name for row in rows for name in row})
    crossed = np.zeros(len(found))
    for fold in set(folds.tolist()):
        inside = folds != fold
        w = fit(columns, [r for r, ok in zip(rows, inside, strict=True) if ok], right[inside])
        outside = ~inside
        x = np.array([[r.get(c, 0.0) for c in columns] for r, ok in zip(rows, outside, strict=True) if ok])
        crossed[outside] = 1 / (1 + np.exp(-x @ w))
    w = fit(columns, rows, right)
    odds = odds_of(found)
    held = examples(data, "dev")
    score = np.array([[row_features(e, odds).get(c, 0.0) for c in columns] for e in held]) @ w
    held_right = np.array([float(e.right) for e in held])
    halves = folds_of(held, 2)
    p = np.zeros(len(held))
    for half in (0, 1):
        slope, offset = platt(score[halves != half], held_right[halves != half])
        p[halves == half] = 1 / (1 + np.exp(-(slope * score[halves == half] + offset)))
    slope, offset = platt(score, held_right)
    w = w * slope
    w[columns.index("bias")] += offset
    errors = (calibration_error(crossed, right), calibration_error(p, held_right))
    learned: dict[str, Any] = {
        "weights": {c: round(float(v), 4) for c, v in zip(columns, w, strict=True) if abs(v) > 1e-3},
        "rows": {row: value for row, value in odds.items() if value},
    }
    text = json.dumps(learned, ensure_ascii=False, indent=0, sort_keys=True) + "\n"
    TARGET.mkdir(parents=True, exist_ok=True)
    (TARGET / "confidence.open.json").write_text(text, "utf-8")
    (TARGET / "confidence.open.toml").write_text(
        f'''# made by lab/train/confidence.py; do not edit
name = "confidence, German, open line"
sha256 = "{hashlib.sha256(text.encode()).hexdigest()}"
script = "lab/train/confidence.py"
version = "{__version__}"
licence = "CC BY 4.0"
data = ["our own gold (train; slope and offset on dev): annotation CC BY 4.0, text German Wikinews CC BY 2.5"]
seed = "none: the fit is without chance"
statements = {len(found)}
right = {right.mean():.3f}
calibration_error_train_crossed = {errors[0]:.4f}
calibration_error_dev_crossed = {errors[1]:.4f}
''',
        "utf-8",
    )
    print(f"{len(found)} statements of train, {right.mean():.1%} right; calibration error {errors[0]:.3f} (crossed)")
    print(f"{len(held)} statements of dev, {held_right.mean():.1%} right; calibration error {errors[1]:.3f}")
    for part in np.array_split(np.argsort(p, kind="stable"), 10):
        print(f"  said {p[part].mean():.2f}   true {held_right[part].mean():.2f}   ({len(part)})")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
