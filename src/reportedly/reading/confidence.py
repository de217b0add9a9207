"""How likely are content and speaker of a statement both right?

A logistic regression over what is known when a statement stands: which row found it and how often that row is right,
its form and mood, how its speaker was resolved. The numbers are learned by lab/train/confidence.py on our own gold;
without them the trust of the row itself is given. Where a network read beside the tables, what it held of the statement
is joined to that by a second, smaller regression.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from reportedly.errors import WeightsError
from reportedly.languages import Language
from reportedly.model.analysis import Analysis
from reportedly.model.speaker import Attribution, Cast, Speaker
from reportedly.model.statement import Form, Statement
from reportedly.weights import HUB, OPEN, TABLES, load

WEIGHTS = "confidence"


Who = Mapping[str, tuple[Attribution | None, Speaker | None]]
"""Attribution and speaker by statement id."""


def who_of(cast: Cast) -> Who:
    speakers = {s.id: s for s in cast.speakers}
    return {a.statement: (a, speakers.get(a.speaker or "")) for a in cast.attributions if a.role == "speaker"}


def features(
    statement: Statement, who: Who, known: Mapping[str, Statement], rows: Mapping[str, float]
) -> dict[str, float]:
    """What the confidence looks at, by name; `rows` gives the learned log odds of each table row (0 for unknown ones)."""
    found, speaker = who.get(statement.id, (None, None))
    length = sum(len(s) for s in statement.content)
    table = statement.by.split("#")[0].removeprefix(f"{statement.by.split('/')[0]}/")
    out = {
        "bias": 1.0,
        f"form {statement.form.value}": 1.0,
        f"table {table if table.endswith('.tsv') else statement.by}": 1.0,
        f"mood {statement.mood.value if statement.mood else 'none'}": 1.0,
        "row": rows.get(statement.by, 0.0),
        "trust": statement.sure - 0.7,
        "nested": float(statement.within is not None),
        "nested in direct": float(statement.within is not None and known[statement.within].form is Form.DIRECT),
        "short": float(length < 20),
        "long": float(length > 300),
        "pieces": float(len(statement.content) > 1),
        "no speaker": float(speaker is None),
        "span without speaker": float(speaker is None and statement.speaker is not None),
        "carried": float(statement.speaker is None and statement.implied is not None),
        "unnamed": float(speaker is not None and not speaker.named),
        f"class {statement.cue_class}": 1.0,
    }
    if found:
        out[f"resolved by {found.by}"] = 1.0
        out["resolved"] = found.sure - 0.7
    if speaker:
        out[f"kind {speaker.kind}"] = 1.0
    return out


def score_of(tables: Mapping[str, Any], statement: Statement, who: Who, known: Mapping[str, Statement]) -> float:
    """Log odds by what the tables know; `tables` are the learned numbers of "tables"."""
    return _dot(tables["weights"], features(statement, who, known, tables["rows"]))


def with_opinion(base: float, statement: Statement) -> dict[str, float]:
    """What is looked at where a network was asked: `base`, the log odds by the tables, and what the network held of it."""
    valid, sure = statement.opinion or (0.5, 0.5)
    alone = statement.by.startswith("weights/")
    return {
        "bias": 1.0,
        "base": 0.0 if alone else base,
        "valid": _log_odds(valid),
        "speaker sure": _log_odds(sure),
        "alone": float(alone),
        "alone, valid": _log_odds(valid) if alone else 0.0,
        f"form {statement.form.value}": 1.0,
    }


def _log_odds(p: float) -> float:
    p = min(0.99, max(0.01, p))
    return math.log(p / (1 - p))


def _dot(weights: Mapping[str, float], values: Mapping[str, float]) -> float:
    return sum(weights.get(name, 0.0) * value for name, value in values.items())


def confidence_of(
    statements: tuple[Statement, ...], cast: Cast, analysis: Analysis, language: Language, line: str = TABLES
) -> dict[str, float]:
    """Calibrated probability by statement id, learned for the weights it was read with; the row's own trust where there
    is none."""
    try:
        tables = load(f"{language.code}/{WEIGHTS}", TABLES)
        network = None if line == TABLES else load(f"{language.code}/{WEIGHTS}", OPEN if line.startswith(HUB) else line)
    except WeightsError:
        return {s.id: s.sure for s in statements}
    known, who = {s.id: s for s in statements}, who_of(cast)
    out = {}
    for s in statements:
        score = score_of(tables, s, who, known)
        if network is not None:
            score = _dot(network["weights"], with_opinion(score, s))
        out[s.id] = 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
    return out
