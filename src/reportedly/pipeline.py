"""In which order is an article read? This file is the architecture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reportedly.errors import WeightsError
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
from reportedly.weights import OPEN, TABLES, ready, signed


@dataclass(frozen=True, slots=True)
class Recipe:
    """The stages as arguments: `replace(STANDARD, find_statements=mine)` swaps one. Each takes only what it needs.

    `weights` names the learned numbers that read beside the tables: "open", "research", "tables" for none, or
    "hub:FOLDER" (docs/hub.md).
    """

    inspect: Callable[[Article, Language], tuple[Damage, ...]]
    analyse: Callable[[Article, tuple[Damage, ...], Language], Analysis]
    find_statements: Callable[[Analysis, Language, str], tuple[Statement, ...]]
    resolve_speakers: Callable[[tuple[Statement, ...], Analysis, Language], Cast]
    find_facts: Callable[[Article, Analysis, Language], Facts]
    confidence: Callable[[tuple[Statement, ...], Cast, Analysis, Language, str], dict[str, float]]
    weights: str = OPEN

    def signature(self, language: Language, weights: str) -> str:
        """version | tables | weights, so that an archive knows which readings are out of date."""
        from reportedly import __version__

        return f"{__version__}|{language.code}-{language.digest}|{signed(language.code, weights)}"


STANDARD = Recipe(inspect, analyse, find_statements, resolve_speakers, find_facts, confidence_of)


def signature_now(recipe: Recipe, language: Language) -> str:
    """What a reading would be signed with that was made now: an archive compares it with those it has."""
    return recipe.signature(language, _weights(recipe.weights, language)[0])


def read(article: Article, recipe: Recipe = STANDARD) -> Reading:
    """Everything we can say about one article, in the order in which we find it out. Pure: no clock, no network."""
    language = load(article.language)
    weights, missing = _weights(recipe.weights, language)
    damages = recipe.inspect(article, language)
    analysis = recipe.analyse(article, damages, language)
    statements = recipe.find_statements(analysis, language, weights)
    cast = recipe.resolve_speakers(statements, analysis, language)
    facts = recipe.find_facts(article, analysis, language)
    confidence = recipe.confidence(statements, cast, analysis, language, weights)
    notes = (*article.notes, *language.notes, *missing)
    signature = recipe.signature(language, weights)
    return Reading(article, damages, analysis, statements, cast, facts, signature, confidence, notes)


def _weights(line: str, language: Language) -> tuple[str, tuple[str, ...]]:
    """The weights this language can be read with, and what is to be said of those that cannot be had.

    A weight file that is missing or damaged lowers the quality and says so; the tables still read.
    """
    if not language.reads:
        return TABLES, ()
    try:
        return ready(language.code, line), ()
    except WeightsError as problem:
        return TABLES, (f"{problem}; the tables read alone",)
