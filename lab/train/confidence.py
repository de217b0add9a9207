"""How sure may a statement be? Learns weights/de/confidence.LINE.json on our own gold.

    python -m lab.train.confidence [tables|open|research] --data ../shared/data

A statement is right where its content agrees with a gold one (word F1 of at least 0.8) and its resolved speaker is the
same (both unknown counts as the same). Weights: logistic regression with an L2 penalty, by Newton's method, without
chance. The log odds of each table row are taken from the other articles of ten folds, so that a row never sees itself.
The rules themselves were written with an eye on train, so what is fitted there promises too much: slope and offset
are set on the held-out dev part (Platt 1999; two numbers). Prints the log loss, and the expected calibration error over ten bins of
equal count: crossed on train, and on dev with the two numbers set on the other half.

Where a network reads beside the tables (open, research), a second regression joins what it held of each statement to the
score of the tables. A network knows its own training articles by heart, so this one is fitted on dev alone, and its error
is the one over five folds. (Four networks more that had each not seen a part of train gave their honest opinions of it;
but there the tables are too good, and what was fitted so is worse on dev: log loss .589 instead of .576.)
`--network FILE.pt` takes the opinions of another network than the shipped one.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from lab.calibration import AGREE, Said, error_of, plot
from lab.corpora import DEFAULT_FOLDER, origins
from lab.corpora.gold import articles
from reportedly import __version__
from reportedly.intake import take_in_text
from reportedly.measure.statements import alike, match, name_of
from reportedly.model.article import Article
from reportedly.model.reading import Reading
from reportedly.pipeline import STANDARD, Recipe, read
from reportedly.reading.confidence import features, score_of, who_of, with_opinion
from reportedly.reading.statements import find_with
from reportedly.weights import LINES, TABLES, load

TARGET = Path(__file__).parents[2] / "src/reportedly/weights/de"
PENALTY = 1.0
JOINED_PENALTY = 5.0
SMOOTH = 1.0
"""Penalties of both regressions, and how many statements of the mean stand beside those of a row: the least log loss on own
gold dev, within .0002 of it the least calibration error (penalties 1, 3, 10, 30 and 1 to 15, smoothing 1, 2, 4)."""
Read = Callable[[Article], Reading]


@dataclass
class Example:
    article: str
    row: str
    reading: Reading
    index: int
    right: bool


def examples(data: Path, part: str, reader: Read) -> list[Example]:
    """Every found statement of the gold articles of a part, with the verdict; places of optional gold are left out."""
    out = []
    for article in articles(data, part):
        gold = article.record
        reading = reader(take_in_text(article.text, title=article.title, published=article.published, language="de"))
        record = reading.to_dict()
        numbers = {s["id"]: n for n, s in enumerate(record["statements"])}
        for pair in match(gold, record):
            if pair.found is None:
                continue
            names = name_of(pair.gold, gold), name_of(pair.found, record)
            same = names == (None, None) or alike(*names)
            index = numbers[pair.found["id"]]
            out.append(Example(article.id, pair.found["by"], reading, index, pair.agreement >= AGREE and same))
    return out


def odds_of(found: Sequence[Example]) -> dict[str, float]:
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


def opinion_features(e: Example, tables: Mapping[str, Any]) -> dict[str, float]:
    r = e.reading
    s, who = r.statements[e.index], who_of(r.cast)
    base = score_of(tables, s, who, {x.id: x for x in r.statements})
    return with_opinion(base, s)


def matrix(columns: Sequence[str], rows: Sequence[Mapping[str, float]]) -> np.ndarray:
    return np.array([[row.get(c, 0.0) for c in columns] for row in rows])


def fit(
    columns: Sequence[str], rows: Sequence[Mapping[str, float]], right: np.ndarray, penalty: float = PENALTY
) -> np.ndarray:
    """Newton's method for logistic regression with an L2 `penalty`; the bias is not penalised."""
    x = matrix(columns, rows)
    w = np.zeros(len(columns))
    penalties = np.full(len(columns), penalty)
    penalties[columns.index("bias")] = 1e-6
    for _ in range(40):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (p - right) + penalties * w
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(penalties)
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


def folds_of(found: Sequence[Example], count: int = 10) -> np.ndarray:
    return np.array([int(hashlib.sha256(e.article.encode()).hexdigest(), 16) % count for e in found])


def crossed(
    columns: Sequence[str],
    rows: Sequence[Mapping[str, float]],
    right: np.ndarray,
    folds: np.ndarray,
    penalty: float = PENALTY,
) -> np.ndarray:
    """Probabilities of each example by a regression that had no part of its fold."""
    out = np.zeros(len(rows))
    for fold in set(folds.tolist()):
        inside = folds != fold
        w = fit(columns, [r for r, ok in zip(rows, inside, strict=True) if ok], right[inside], penalty)
        x = matrix(columns, [r for r, ok in zip(rows, inside, strict=True) if not ok])
        out[~inside] = 1 / (1 + np.exp(-x @ w))
    return out


def crossed_rows(found: Sequence[Example], folds: np.ndarray) -> list[dict[str, float]]:
    """Features of each example with row odds that its own fold had no part in."""
    odds = {f: odds_of([e for e, g in zip(found, folds, strict=True) if g != f]) for f in set(folds.tolist())}
    return [row_features(e, odds[int(f)]) for e, f in zip(found, folds, strict=True)]


def said(found: Sequence[Example], p: np.ndarray) -> list[Said]:
    return [Said(e.article, float(x), e.right) for e, x in zip(found, p, strict=True)]


def verdicts(found: Sequence[Example]) -> np.ndarray:
    return np.array([float(e.right) for e in found])


def columns_of(rows: Sequence[Mapping[str, float]]) -> list[str]:
    return sorted({name for row in rows for name in row})


def set_on(held: Sequence[Example], score: np.ndarray, columns: Sequence[str], w: np.ndarray) -> np.ndarray:
    """Slope and offset of the weights `w` [columns], set in place on held-out examples with their scores [n]. Probabilities [n] of
    these, each by slope and offset of the other half."""
    right, halves, p = verdicts(held), folds_of(held, 2), np.zeros(len(held))
    for half in (0, 1):
        slope, offset = platt(score[halves != half], right[halves != half])
        p[halves == half] = 1 / (1 + np.exp(-(slope * score[halves == half] + offset)))
    slope, offset = platt(score, right)
    w *= slope
    w[columns.index("bias")] += offset
    return p


def of_tables(data: Path) -> tuple[dict[str, Any], dict[str, float]]:
    """The regression over what the tables know: fitted on train, slope and offset on dev."""
    reader = partial(read, recipe=replace(STANDARD, weights=TABLES))
    found = examples(data, "train", reader)
    folds, right = folds_of(found), verdicts(found)
    rows = crossed_rows(found, folds)
    columns = columns_of(rows)
    train = crossed(columns, rows, right, folds)
    w, odds = fit(columns, rows, right), odds_of(found)
    held = examples(data, "dev", reader)
    score = matrix(columns, [row_features(e, odds) for e in held]) @ w
    p = set_on(held, score, columns, w)
    errors = {"train_crossed": error_of(said(found, train)), "dev_crossed": error_of(said(held, p))}
    report(held, p, errors)
    return {"weights": rounded(columns, w), "rows": {row: value for row, value in odds.items() if value}}, errors


def recipe_with(line: str, network: Path | None) -> Recipe:
    """How a line reads, with another network than the shipped one."""
    recipe = replace(STANDARD, weights=line)
    if network is None:
        return recipe
    from lab.train.network.line import engine_with

    engine = engine_with(network, line)
    return replace(recipe, find_statements=lambda analysis, language, _: find_with(engine, analysis, language))


def of_network(data: Path, line: str, network: Path | None) -> tuple[dict[str, Any], dict[str, float]]:
    """The regression that joins the network's opinion: on dev alone."""
    tables = load("de/confidence", TABLES)
    held = examples(data, "dev", partial(read, recipe=recipe_with(line, network)))
    rows, right = [opinion_features(e, tables) for e in held], verdicts(held)
    columns = columns_of(rows)
    p = crossed(columns, rows, right, folds_of(held, 5), JOINED_PENALTY)
    errors = {"dev_crossed": error_of(said(held, p))}
    report(held, p, errors)
    return {"weights": rounded(columns, fit(columns, rows, right, JOINED_PENALTY))}, errors


def rounded(columns: Sequence[str], w: np.ndarray) -> dict[str, float]:
    return {c: round(float(v), 4) for c, v in zip(columns, w, strict=True) if abs(v) > 1e-3}


def report(held: Sequence[Example], p: np.ndarray, errors: Mapping[str, float]) -> None:
    right, sure = verdicts(held), np.clip(p, 1e-4, 1 - 1e-4)
    loss = -float(np.mean(right * np.log(sure) + (1 - right) * np.log(1 - sure)))
    print(
        f"{len(held)} statements of dev, {right.mean():.1%} right; crossed: log loss {loss:.4f}, "
        f"calibration error {errors['dev_crossed']:.3f}"
    )
    print(plot(said(held, p)))


def write(
    line: str, learned: Mapping[str, Any], errors: Mapping[str, float], licence: str, data: Sequence[str]
) -> None:
    text = json.dumps(learned, ensure_ascii=False, indent=0, sort_keys=True) + "\n"
    TARGET.mkdir(parents=True, exist_ok=True)
    (TARGET / f"confidence.{line}.json").write_text(text, "utf-8")
    card = [
        "# made by lab/train/confidence.py; do not edit",
        f'name = "confidence, German, {line}"',
        f'sha256 = "{hashlib.sha256(text.encode()).hexdigest()}"',
        'script = "lab/train/confidence.py"',
        f'version = "{__version__}"',
        f'licence = "{licence}"',
        "data = [",
        *(f"  {json.dumps(item, ensure_ascii=False)}," for item in data),
        "]",
        'seed = "none: the fit is without chance"',
        *(f"calibration_error_{name} = {value:.4f}" for name, value in errors.items()),
    ]
    (TARGET / f"confidence.{line}.toml").write_text("\n".join(card) + "\n", "utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("line", choices=LINES, nargs="?", default=TABLES)
    parser.add_argument("--data", type=Path, default=DEFAULT_FOLDER)
    parser.add_argument("--network", type=Path, help="a trained network whose opinions are taken")
    o = parser.parse_args()
    own = "our own gold (%s): annotation CC BY 4.0, text German Wikinews CC BY 2.5"
    if o.line == TABLES:
        learned, errors = of_tables(o.data)
        write(o.line, learned, errors, "CC BY 4.0", [own % "train; slope and offset on dev"])
    else:
        from lab.train.network.recipes import RECIPES

        recipe = RECIPES[o.line]
        learned, errors = of_network(o.data, o.line, o.network)
        write(
            o.line,
            learned,
            errors,
            recipe["licence"],
            [
                own % "dev",
                *origins([*recipe["raw"], *recipe["begun"], *recipe["labelled"]]),
            ],
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
