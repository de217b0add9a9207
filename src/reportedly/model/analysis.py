"""What the language stage saw: sentences, tokens, quotation pairs. Columns inside, small views outside."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from reportedly.model.span import Span


@dataclass(frozen=True, slots=True)
class Token:
    """One word or mark. `start`/`end` are places in the ORIGINAL text; `text` is the word as the repaired view has it.

    `lemma` is lower-case for verbs, as written otherwise. `tags` holds one letter a possible reading (see
    `reading/analysis/tagger.py`); ambiguous words have several.
    """

    i: int
    start: int
    end: int
    text: str
    lower: str
    lemma: str
    tags: frozenset[str]
    sentence: int

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens `first` to `last` (end exclusive), `paragraph` counted from 0; `readable` is False in captions and teasers."""

    i: int
    first: int
    last: int
    paragraph: int
    readable: bool = True


@dataclass(frozen=True, slots=True)
class QuotePair:
    """A quotation: `outer` with its marks, `inner` without them. `level` 0 is outermost.

    `opened`/`closed` are False where that mark is missing in the text and the place was inferred; `continued` is True
    where the quotation runs over a paragraph break. Places are in the original text.
    """

    outer: Span
    inner: Span
    level: int = 0
    opened: bool = True
    closed: bool = True
    continued: bool = False


@dataclass(frozen=True, slots=True)
class Analysis:
    """The article as sentences and tokens. Every place in it is a place in the original text."""

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    quotes: tuple[QuotePair, ...]
    removed: tuple[Span, ...] = ()
    """Places of the original that the analysis did not read (teasers, displaced words)."""

    def token_at(self, offset: int) -> int:
        """Index of the token that holds `offset`, or of the first one after it (may be `len(tokens)`)."""
        i = bisect_right(self.tokens, offset, key=lambda t: t.start) - 1
        return i if i >= 0 and offset < self.tokens[i].end else i + 1

    def tokens_in(self, span: Span) -> range:
        """Indices of the tokens that lie wholly inside `span`."""
        first = bisect_left(self.tokens, span.start, key=lambda t: t.start)
        last = first
        while last < len(self.tokens) and self.tokens[last].end <= span.end:
            last += 1
        return range(first, last)

    def span(self, first: int, last: int) -> Span:
        """The place from token `first` up to (not including) token `last`."""
        return Span(self.tokens[first].start, self.tokens[last - 1].end)

    def places(self, first: int, last: int) -> tuple[Span, ...]:
        """Like `span`, but in pieces around whatever the analysis did not read."""
        whole = self.span(first, last)
        out, at = [], whole.start
        for n in range(bisect_right(self.removed, at, key=lambda g: g.end), len(self.removed)):
            gap = self.removed[n]
            if gap.start >= whole.end:
                break
            if gap.start > at:
                out.append(Span(at, gap.start).trimmed(self.text))
            at = max(at, gap.end)
        if at < whole.end:
            out.append(Span(at, whole.end).trimmed(self.text))
        return tuple(s for s in out if len(s))
