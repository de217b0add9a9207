"""How likely are content and speaker of a statement both right?"""

from __future__ import annotations

from reportedly.languages import Language
from reportedly.model.analysis import Analysis
from reportedly.model.speaker import Cast
from reportedly.model.statement import Statement


def confidence_of(
    statements: tuple[Statement, ...], cast: Cast, analysis: Analysis, language: Language
) -> dict[str, float]:
    """By statement id. For now the trust in the row that found it."""
    return {s.id: s.sure for s in statements}
