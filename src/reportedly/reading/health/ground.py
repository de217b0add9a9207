"""Which lines does the text have, and which parts of it are article text at all?"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from reportedly.model.article import Article, Role
from reportedly.model.span import Span

_READ = frozenset({Role.HEADLINE, Role.LEAD, Role.HEADING, Role.PARAGRAPH})
_HEADS = frozenset({Role.HEADLINE, Role.HEADING})


def lines_of(text: str) -> Iterator[Span]:
    """Every line that is not blank, without its break and outer white space."""
    at = 0
    for line in text.splitlines(keepends=True):
        span = Span(at, at + len(line)).trimmed(text)
        at += len(line)
        if len(span):
            yield span


class Ground:
    """The roles of an article's places. Without blocks everything is running text."""

    def __init__(self, article: Article) -> None:
        self._blocks = article.blocks
        self._starts = [b.span.start for b in article.blocks]

    def role_at(self, offset: int) -> Role:
        i = bisect_right(self._starts, offset) - 1
        if not self._blocks:
            return Role.PARAGRAPH
        if i < 0 or offset >= self._blocks[i].span.end:
            return Role.OTHER
        return self._blocks[i].role

    def is_read(self, offset: int) -> bool:
        """Whether this place is read for statements; captions and teasers that the intake knows are not."""
        return self.role_at(offset) in _READ

    def is_head(self, offset: int) -> bool:
        return self.role_at(offset) in _HEADS
