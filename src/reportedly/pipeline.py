"""In which order is an article read? This file is the architecture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reportedly.languages import Language, load
from reportedly.model.analysis import Analysis
from reportedly.model.article import Article
from reportedly.model.damage import Damage
from reportedly.model.fact import Facts
from reportedly.model.reading import Reading
from reportedly.model.speaker import Cast
from reportedly.model.statement import Statement
from reportedly.reading.analysis import analyse
from reportedly.reading.confidence import confidence_of
from reportedly.reading.facts import find_facts
from reportedly.reading.health import inspect
from reportedly.reading.speakers import resolve_speakers
from reportedly.reading.statements import find_statements
from reportedly.weights import digest


@dataclass(frozen=True, slots=True)
class Recipe:
    """The stages as arguments: `replace(STANDARD, find_statements=mine)` swaps one. Each takes only what it needs."""

    inspect: Callable[[Article, Language], tuple[Damage, ...]]
    analyse: Callable[[Article, tuple[Damage, ...], Language], Analysis]
    find_statements: Callable[[Analysis, Language], tuple[Statement, ...]]
    resolve_speakers: Callable[[tuple[Statement, ...], Analysis, Language], Cast]
    find_facts: Callable[[Article, Analysis, Language], Facts]
    confidence: Callable[[tuple[Statement, ...], Cast, Analysis, Language], dict[str, float]]

    def signature(self, language: Language) -> str:
        """version | tables | weights, so that an archive knows which readings are out of date."""
        from reportedly import __version__

        weights = f"confidence-{digest(f'{language.code}/confidence')}"
        return f"{__version__}|{language.code}-{language.digest}|{weights}"


STANDARD = Recipe(inspect, analyse, find_statements, resolve_speakers, find_facts, confidence_of)


def read(article: Article, recipe: Recipe = STANDARD) -> Reading:
    """Everything we can say about one article, in the order in which we find it out. Pure: no clock, no network."""
    language = load(article.language)
    damages = recipe.inspect(article, language)
    analysis = recipe.analyse(article, damages, language)
    statements = recipe.find_statements(analysis, language)
    cast = recipe.resolve_speakers(statements, analysis, language)
    facts = recipe.find_facts(article, analysis, language)
    confidence = recipe.confidence(statements, cast, analysis, language)
    notes = (*article.notes, *language.notes)
    return Reading(article, damages, analysis, statements, cast, facts, recipe.signature(language), confidence, notes)
