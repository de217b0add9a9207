"""What is damaged in this text, where, why, and what does the analysis do about it?

One finder a family, all of one shape: `find(article, language) -> Iterator[Damage]`.
"""

from __future__ import annotations

from reportedly.languages.language import Language
from reportedly.model.article import Article
from reportedly.model.damage import Damage
from reportedly.reading.health import antecedents, balance, encoding, fragments, leftovers, repeats, spacing, translated
from reportedly.reading.health.together import together

__all__ = ["FINDERS", "inspect"]

FINDERS = (
    encoding.find,
    balance.find,
    leftovers.find,
    spacing.find,
    repeats.find,
    fragments.find,
    antecedents.find,
    translated.find,
)


def inspect(article: Article, language: Language) -> tuple[Damage, ...]:
    """All damage of an article in reading order; what has one cause in one place is told once."""
    return together(damage for find in FINDERS for damage in find(article, language))
