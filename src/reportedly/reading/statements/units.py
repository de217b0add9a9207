"""What does a sentence look like from where its frame stands? Words, with whole quotations as one unit each.

A quotation that can stand alone („Wir gehen. Das reicht.“) is one unit Q for the sentence around it and a text of its
own inside; a quoted fragment (ein „klares Zeichen“) is no unit: its words belong to the sentence. Brackets are passed
over. Thus every grammar rule sees one plain sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from reportedly.languages.grammar import Grammar
from reportedly.model.analysis import Analysis, QuotePair, Token
from reportedly.reading.statements.tags import FINITE

LONGEST = 250
"""No sentence of a newspaper has more units; what is longer (a list, a table, an attack) is cut, so that time stays linear."""
_STOPS = frozenset(".!?…") | {"..."}
_BRACKETS = {"(": ")", "[": "]"}
_EMPTY: frozenset[str] = frozenset()


@dataclass(slots=True, eq=False)
class Unit:
    """One token, or one whole quotation (`quote` set): tokens `first` to `last` (end exclusive)."""

    first: int
    last: int
    text: str
    lower: str
    lemma: str
    tags: frozenset[str]
    marks: frozenset[str] = _EMPTY
    """What the word does in a clause: ids of grammar.tsv."""
    preposition: str = ""
    """The word itself, `zu` for `zur`."""
    quote: Quotation | None = None
    fragment: int = 0
    """Where this word opens a quoted fragment („Die Warte“): the token behind its closing mark, else 0."""

    def has(self, letters: str) -> bool:
        return not self.tags.isdisjoint(letters)

    def is_(self, mark: str) -> bool:
        return mark in self.marks


@dataclass(slots=True, eq=False)
class Quotation:
    """A pair of marks with its tokens: `first`/`last` with the marks, `inner_first`/`inner_last` without."""

    pair: QuotePair
    first: int
    last: int
    inner_first: int
    inner_last: int
    speech: bool = False
    inside: list[Line] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Line:
    """A sentence as its frame sees it: units in order. `host` is the quotation it stands in, None in the article's own
    voice; `sentences` are the numbers of the flat sentences it covers."""

    units: list[Unit]
    first: int
    last: int
    paragraph: int
    sentence: int
    host: Quotation | None = None


def _quotations(analysis: Analysis) -> list[Quotation]:
    tokens = analysis.tokens
    starts = {t.start: t.i for t in tokens}
    ends = {t.end: t.i + 1 for t in tokens}
    out = []
    for pair in analysis.quotes:
        first = starts.get(pair.outer.start)
        last = ends.get(pair.outer.end)
        if first is None:
            first = analysis.token_at(pair.outer.start)
        if last is None:
            last = analysis.token_at(pair.outer.end)
        inner_first = first + 1 if pair.opened and first < len(tokens) and "Q" in tokens[first].tags else first
        inner_last = last - 1 if pair.closed and last and "Q" in tokens[last - 1].tags else last
        if inner_first < inner_last <= len(tokens):
            out.append(Quotation(pair, first, last, inner_first, inner_last))
    return sorted(out, key=lambda q: (q.first, -q.last))


def _is_speech(q: Quotation, tokens: tuple[Token, ...], line_first: int, openers: frozenset[str]) -> bool:
    """Can these words stand alone as an utterance, where they stand? `openers` begin a frame behind them: so, wie.

    A language without a table of openers has no verbs either: there any comma behind four words begins a frame.
    """
    inner = tokens[q.inner_first : q.inner_last]
    before = tokens[q.first - 1] if q.first > line_first else None
    after = tokens[q.last] if q.last < len(tokens) else None
    second = tokens[q.last + 1] if q.last + 1 < len(tokens) else None
    finite = any(t.tags & FINITE and not t.text[:1].isupper() for t in inner) or inner[0].tags & FINITE != _EMPTY
    crosses = inner[0].sentence != inner[-1].sentence
    stopped = inner[-1].text in _STOPS or (inner[-1].text == "," and len(inner) > 3)  # “We will stay,” he said.
    if (
        before is not None
        and before.text not in {":", ",", ";", "–", "-", ".", "!", "?", "…", ")"}
        and not before.tags & {"Q"}
    ):
        # within a clause: dass „…“, ein „…“; speech only where it plainly goes on for sentences
        return crosses and len(inner) > 25 and before.tags & FINITE != _EMPTY
    if before is not None and before.text == ":":
        return True
    if crosses:
        return True
    capital = inner[0].text[:1].isupper() or inner[0].text in {"…", "..."} or inner[0].text[:1].isdigit()
    framed = (
        after is not None
        and after.text in {",", "–"}
        and second is not None
        and bool(second.tags & FINITE or second.lower in openers or (not openers and len(inner) > 3))
    )
    framed = framed or (
        after is not None and bool(after.tags & FINITE) and (stopped or finite) and not after.tags & {"N"}
    )
    if framed and (finite or stopped or len(inner) > 1 or before is None):
        return capital or (finite and before is None)
    if stopped and capital and (finite or len(inner) > 2 or inner[-1].text in {"!", "?"}):
        return True
    alone = before is None and (after is None or after.text in _STOPS or after.sentence != inner[-1].sentence)
    return bool(alone and capital and finite)


def _resumes(q: Quotation, before: Quotation | None, tokens: tuple[Token, ...], openers: frozenset[str]) -> bool:
    """`„Wir warten“, sagte der Hirte, „bis der Schnee schmilzt.“`: the second half of an interrupted quotation."""
    if before is None or not before.speech or not 2 < q.first - before.last < 16 or tokens[q.first - 1].text != ",":
        return False
    between = tokens[before.last : q.first]
    framed = any(t.tags & FINITE or t.lower in openers for t in between[:2])
    ends = (
        q.last >= len(tokens) or tokens[q.last].text in _STOPS or tokens[q.last].sentence != tokens[q.last - 1].sentence
    )
    return framed and ends and not any(t.text in _STOPS for t in between)


def lines_of(
    analysis: Analysis, grammar: Grammar, speaks: Callable[[Sequence[Token]], dict[int, str]] = lambda tokens: {}
) -> list[Line]:
    """All readable lines of the article in reading order, those inside quotations included.

    `speaks` gives the extra tags of nouns by number of token (voices.py).
    """
    openers = grammar.words("frame_opener")
    voiced = {i: analysis.tokens[i].tags | frozenset(extra) for i, extra in speaks(analysis.tokens).items()}
    tokens = analysis.tokens
    quotations = _quotations(analysis)
    top: list[Quotation] = []
    children: dict[int, list[Quotation]] = {}
    stack: list[Quotation] = []
    sentence_first = [s.first for s in analysis.sentences]
    for q in quotations:
        while stack and stack[-1].last <= q.first:
            stack.pop()
        q.speech = _is_speech(
            q, tokens, sentence_first[tokens[q.first].sentence] if not stack else stack[-1].inner_first, openers
        ) or _resumes(q, top[-1] if top and not stack else None, tokens, openers)
        if stack:
            children.setdefault(id(stack[-1]), []).append(q)
        else:
            top.append(q)
        if q.speech or not stack:
            stack.append(q)
    fragments = {q.inner_first: q.last for q in quotations if not q.speech}
    for q in quotations:
        if not q.speech:  # a fragment is transparent: what it holds belongs to whatever holds the fragment
            continue
        q.inside = _cut(
            analysis,
            q.inner_first,
            q.inner_last,
            _speeches(children.get(id(q), []), children),
            q,
            fragments,
            voiced,
            grammar,
        )
    lines = _cut(analysis, 0, len(tokens), _speeches(top, children), None, fragments, voiced, grammar)
    out: list[Line] = []
    _walk(lines, out)
    return out


def _speeches(found: list[Quotation], children: dict[int, list[Quotation]]) -> list[Quotation]:
    out: list[Quotation] = []
    for q in found:
        if q.speech:
            out.append(q)
        else:
            out.extend(_speeches(children.get(id(q), []), children))
    return out


def _walk(lines: list[Line], out: list[Line]) -> None:
    for line in lines:
        out.append(line)
        for unit in line.units:
            if unit.quote:
                _walk(unit.quote.inside, out)


def _cut(
    analysis: Analysis,
    first: int,
    last: int,
    quotes: list[Quotation],
    host: Quotation | None,
    fragments: dict[int, int],
    voiced: dict[int, frozenset[str]],
    grammar: Grammar,
) -> list[Line]:
    """The lines of tokens `first` to `last`; a flat sentence that ends inside a quotation goes on behind it."""
    tokens, flat = analysis.tokens, analysis.sentences
    out: list[Line] = []
    units: list[Unit] = []
    start = first
    at = 0
    i = first
    while i < last:
        if at < len(quotes) and quotes[at].first == i:
            q = quotes[at]
            at += 1
            units.append(Unit(q.first, q.last, "„…“", "„…“", "", frozenset("q"), quote=q))
            i = q.last
        else:
            t = tokens[i]
            close = _BRACKETS.get(t.text)
            if close and (end := _bracket(tokens, i, min(last, i + 60), close)):
                i = end
            else:
                if not t.tags & {"Q"}:
                    marks = grammar.marks_of(t.text, t.lemma, "N" in t.tags)
                    tags = voiced.get(i, t.tags)
                    units.append(
                        Unit(
                            i,
                            i + 1,
                            t.text,
                            t.lower,
                            t.lemma,
                            tags,
                            marks,
                            grammar.preposition(t.lower),
                            None,
                            fragments.get(i, 0),
                        )
                    )
                i += 1
        boundary = i >= last or tokens[i].sentence != tokens[i - 1].sentence
        if boundary and i < last and units and units[-1].quote and _goes_on(tokens, i):
            boundary = False
        boundary = boundary or len(units) >= LONGEST
        if boundary:
            if units and (host is not None or flat[tokens[units[0].first].sentence].readable):
                s = tokens[units[0].first].sentence
                out.append(Line(units, start, i, flat[s].paragraph, s, host))
            units, start = [], i
    return out


def _goes_on(tokens: tuple[Token, ...], i: int) -> bool:
    """After a quotation with its own stop the sentence goes on in small letters: „Warum?“, fragte sie."""
    return tokens[i].text in {",", ";"} or tokens[i].text[:1].islower()


def _bracket(tokens: tuple[Token, ...], i: int, limit: int, close: str) -> int | None:
    for j in range(i + 1, limit):
        if tokens[j].text == close:
            return j + 1
    return None
