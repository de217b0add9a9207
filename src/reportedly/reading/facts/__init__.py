"""Which times, places and figures does an article name?"""

from __future__ import annotations

from bisect import bisect_right

from reportedly.languages import Language
from reportedly.model.analysis import Analysis
from reportedly.model.article import Article
from reportedly.model.fact import Facts
from reportedly.model.span import Span
from reportedly.reading.facts.calendar import day_of
from reportedly.reading.facts.moments import find_moments
from reportedly.reading.facts.places import find_places
from reportedly.reading.facts.quantities import find_quantities

__all__ = ["find_facts"]


def find_facts(article: Article, analysis: Analysis, language: Language) -> Facts:
    """All facts of the readable part of an article, in reading order; `article.published` anchors "gestern"."""
    text = analysis.text
    stretches, ends = _readable(analysis)
    moments = tuple(
        m
        for m in find_moments(text, stretches, ends, day_of(article.published), language)
        if _was_read(m.span, analysis)
    )
    times = [m.span for m in moments]
    quantities = tuple(
        q for q in find_quantities(text, stretches, ends, times, language) if _was_read(q.span, analysis)
    )
    places = tuple(p for p in find_places(text, stretches, language) if _was_read(p.span, analysis))
    return Facts(moments, places, quantities)


def _readable(analysis: Analysis) -> tuple[list[tuple[int, int]], list[int]]:
    """Runs of readable sentences of one paragraph, as places of the text, and the places where sentences end."""
    stretches: list[tuple[int, int]] = []
    ends: list[int] = []
    last = None
    for sentence in analysis.sentences:
        if sentence.first >= sentence.last:
            continue
        if not sentence.readable:
            last = None
            continue
        place = analysis.span(sentence.first, sentence.last)
        ends.append(place.end)
        if last == sentence.paragraph:
            stretches[-1] = (stretches[-1][0], place.end)
        else:
            stretches.append((place.start, place.end))
        last = sentence.paragraph
    return stretches, ends


def _was_read(span: Span, analysis: Analysis) -> bool:
    """Whether the analysis read every character of a place; `removed` is in order and without overlap."""
    i = bisect_right(analysis.removed, span.start, key=lambda gap: gap.start)
    return not any(gap.overlaps(span) for gap in analysis.removed[max(0, i - 1) : i + 1])
