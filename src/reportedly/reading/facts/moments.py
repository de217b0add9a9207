"""Which times does the text name, and what day is that, seen from the day of publication?

The words and patterns stand in `calendar.tsv` and `moments.tsv`; what a pattern's finding is worth stands in
`days.py`, `hours.py` and `periods.py`. A bare weekday is the latest one up to the day of publication ("am Montag", printed on a Tuesday, is
yesterday), unless the clause looks ahead ("am Montag soll die Messe beginnen"). Where no anchor day is known only
absolute dates get a value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from reportedly.languages import Language
from reportedly.model.fact import Moment
from reportedly.model.span import Span
from reportedly.reading.facts.calendar import day_of, valid
from reportedly.reading.facts.days import READERS as DAYS
from reportedly.reading.facts.grammar import UNKNOWN, Context, Found, Grammar, Rule, compile_grammar
from reportedly.reading.facts.hours import READERS as HOURS
from reportedly.reading.facts.periods import READERS as PERIODS

_CLAUSE_END = re.compile(r"[,;:!?()„“”\"»«–\n]|\.\s")
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?:/\d{4}-\d\d-\d\dT\d\d:\d\d)?)?")
_NEAR = 140
_REACH = 60
_LONGEST = 2_000


@lru_cache(maxsize=8)
def grammar_of(language: Language) -> Grammar | None:
    return compile_grammar(language, DAYS | HOURS | PERIODS)


def find_moments(
    text: str, stretches: Sequence[tuple[int, int]], ends: Sequence[int], anchor: date | None, language: Language
) -> Iterator[Moment]:
    """All times within the stretches, in order and without overlap; `ends` are the places where sentences end."""
    grammar = grammar_of(language)
    if grammar is None:
        return
    at, context = 0, Context(anchor, grammar.words)
    for start, stop, kinds in _windows(text, stretches, grammar.trigger):
        rules = [rule for rule in grammar.rules if not kinds.isdisjoint(rule.near)]
        hits = [(m, rule) for rule in rules for m in _matches(rule.pattern, text, start, stop)]
        done = 0
        for m, rule in sorted(hits, key=_leftmost_longest):
            if m.start() < done:
                continue
            while at < len(ends) and ends[at] <= m.start():
                at, context.fresh = at + 1, False
            clause = _clause(text, m.start(), m.end())
            context.past = bool(grammar.past.search(clause))
            context.future = grammar.looks_ahead(clause)
            found = rule.reader(m, context)
            if found is None:
                continue
            if found.value and not valid(found.value):  # the calendar ends with the year 9999
                found = UNKNOWN
            done = m.end()
            _remember(found, context)
            yield Moment(Span(m.start(), done), found.value, found.final and found.value is not None, rule.address)


def _leftmost_longest(hit: tuple[re.Match[str], Rule]) -> tuple[int, int]:
    return hit[0].start(), -hit[0].end()


def _remember(found: Found, context: Context) -> None:
    """The day that was just named is the day of the times of day that follow."""
    if found.value and _DAY.fullmatch(found.value):
        context.today, context.fresh = day_of(found.value), True


def _matches(pattern: re.Pattern[str], text: str, start: int, stop: int) -> Iterator[re.Match[str]]:
    """Like finditer, but a match that begins inside another one is found too."""
    m = pattern.search(text, start, stop)
    while m:
        yield m
        m = pattern.search(text, m.start() + 1, stop)


def _windows(
    text: str, stretches: Sequence[tuple[int, int]], trigger: re.Pattern[str]
) -> Iterator[tuple[int, int, set[str]]]:
    """The parts of the stretches that lie near words of the calendar, and the kinds of these words."""
    for start, stop in stretches:
        first = last = -1
        kinds: set[str] = set()
        for m in trigger.finditer(text, start, stop):
            if first >= 0 and (m.start() - _REACH > last or last - first > _LONGEST):
                yield first, last, kinds
                first, kinds = -1, set()
            if first < 0:
                first = _word_start(text, max(start, last, m.start() - _REACH), m.start())
            kinds.add(m.lastgroup or "")
            last = _word_end(text, min(stop, m.end() + _REACH), stop)
        if first >= 0:
            yield first, last, kinds


def _word_start(text: str, at: int, limit: int) -> int:
    while at < limit and at and text[at].isalnum() and text[at - 1].isalnum():
        at += 1
    return at


def _word_end(text: str, at: int, limit: int) -> int:
    limit = min(limit, at + _REACH)
    while at < limit and text[at - 1].isalnum() and text[at].isalnum():
        at += 1
    return at


def _clause(text: str, start: int, end: int) -> str:
    """The clause around a time, without the time itself, as far as marks and a bounded look tell."""
    before = text[max(0, start - _NEAR) : start]
    after = text[end : end + _NEAR]
    cut = [m.end() for m in _CLAUSE_END.finditer(before)]
    stop = _CLAUSE_END.search(after)
    return f"{before[cut[-1] :] if cut else before} {after[: stop.start()] if stop else after}"
