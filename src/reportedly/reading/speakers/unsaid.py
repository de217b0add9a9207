"""Who speaks where no place names a speaker: `…, fügte hinzu`, free indirect speech, `Polizeiangaben`, `es hieß`?"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from reportedly.model.analysis import Analysis
from reportedly.model.span import Span
from reportedly.model.statement import Form, Statement
from reportedly.reading.speakers.coreference import take
from reportedly.reading.speakers.entities import Book, Entity, Link, Place
from reportedly.reading.speakers.phrases import read_phrase

_SPEAKING = frozenset({"person", "organisation", "medium", "state", "group"})
_NOBODY = Link(None, "speakers/unexpressed", 0.3)


class Unsaid:
    """Finds the speakers that no span names, once those with a span are known."""

    def __init__(
        self,
        statements: Sequence[Statement],
        said: Mapping[str, Link],
        analysis: Analysis,
        book: Book,
        own: Mapping[str, Link],
    ) -> None:
        """`own`: statements on one's own account (`nach eigenen Angaben will er …`) and whom their pronoun means."""
        self.own = own
        self.sets = book.vocabulary.sets
        self.said, self.analysis, self.book = said, analysis, book
        order = sorted(statements, key=lambda s: s.content[0].start if s.content else 0)
        self.before = {b.id: a for a, b in pairwise(order)}
        self.mentions = sorted(book.mentions, key=lambda m: m[0])

    def speaker_of(self, s: Statement) -> Link:
        """The speaker of a statement without a speaker span."""
        words = {self.analysis.tokens[i].lower for piece in s.cue for i in self.analysis.tokens_in(piece)}
        if words & self.sets.carrying_adverb and s.implied is not None and not self._said_just_before(s):
            link = self._paper_before(s)
            if link is not None:
                return link  # `Gestern erschien ein Bericht. Demnach …`: not who spoke before that
        if s.implied is not None:
            link = self.said.get(s.implied)
            return (
                Link(link.entity, "speakers/goes_on", link.sure * 0.95) if link else Link(None, "speakers/goes_on", 0.2)
            )
        if s.id in self.own:
            return replace(self.own[s.id], by="speakers/own_account")
        in_cue = self._in_cue(s)
        if in_cue is not None:
            return in_cue
        if words & self.sets.carrying_adverb:
            link = self._paper_before(s) or self._goes_on(s)
            return link if link.entity is not None else self._actor_before(s)
        if s.form is Form.FREE_INDIRECT or (s.form is Form.DIRECT and not s.cue):
            return self._goes_on(s)
        return Link(None, "speakers/unexpressed", 0.6)

    def _goes_on(self, s: Statement) -> Link:
        """The speaker of the statement before."""
        before = self.before.get(s.id)
        told = self._told_before(s, before)
        if told is not None:
            return told
        link = self.said.get(before.id) if before else None
        return (
            Link(link.entity, "speakers/goes_on", link.sure * 0.7) if link else Link(None, "speakers/unexpressed", 0.3)
        )

    def _told_before(self, s: Statement, before: Statement | None) -> Link | None:
        """`Die Ministerin äußerte sich dazu. Der Deich sei zu niedrig.`: whom the sentence before is about, if nothing is
        said in it."""
        if s.form not in {Form.FREE_INDIRECT, Form.DIRECT} or not s.content:
            return None
        here = self._sentence(s.content[0].start)
        sentences, tokens = self.analysis.sentences, self.analysis.tokens
        if not here or sentences[here].paragraph != sentences[here - 1].paragraph:
            return None
        start = tokens[sentences[here - 1].first].start
        if before is not None and max(p.end for p in (*before.content, *before.cue)) > start:
            return None
        entity = self.book.subjects.get(here - 1)
        if entity is None or entity.kind not in _SPEAKING or entity.phrase.form not in {"name", "role", "body"}:
            return None
        somebody = entity.phrase.named or (entity.kind == "person" and entity.phrase.definite)
        spoken = before is not None and self.said.get(before.id, _NOBODY).entity is not None
        near = spoken and before is not None and self._paragraph(before) == sentences[here].paragraph
        return None if (near or s.form is Form.DIRECT) and not somebody else Link(entity, "speakers/told_before", 0.5)

    def _said_just_before(self, s: Statement) -> bool:
        """Does the statement before this one stand in the sentence before, or in this one?"""
        before = self.before.get(s.id)
        here = self._sentence(s.cue[0].start)
        return before is not None and self._sentence(max(p.end - 1 for p in (*before.content, *before.cue))) >= here - 1

    def _paragraph(self, s: Statement) -> int:
        return self.analysis.sentences[self._sentence(s.content[0].start)].paragraph if s.content else -1

    def _sentence(self, offset: int) -> int:
        token = self.analysis.token_at(offset)
        return self.analysis.tokens[token].sentence if token < len(self.analysis.tokens) else 0

    def _mentioned(self, start: int, end: int) -> list[Entity]:
        """Entities mentioned between two places, in text order."""
        first = bisect_left(self.mentions, start, key=lambda m: m[0])
        last = bisect_left(self.mentions, end, key=lambda m: m[0])
        return [e for _, e in self.mentions[first:last]]

    def _paper_before(self, s: Statement) -> Link | None:
        """`Danach …`: a paper named in the sentence before, or in this one."""
        sentence = self.analysis.sentences[max(0, self._sentence(s.cue[0].start) - 1)]
        start = self.analysis.tokens[sentence.first].start
        papers = [e for e in self._mentioned(start, s.cue[0].start) if e.kind == "document"]
        return Link(papers[-1], "speakers/paper_before", 0.6) if papers else None

    def _actor_before(self, s: Statement) -> Link:
        """`Die Behörde legte den Plan vor. Demnach …`: whoever the sentence before speaks of first."""
        sentence = self.analysis.sentences[max(0, self._sentence(s.cue[0].start) - 1)]
        tokens = self.analysis.tokens
        around = self._mentioned(tokens[sentence.first].start, tokens[sentence.last - 1].end)
        first = next((e for e in around if e.kind in _SPEAKING), None)
        return Link(first, "speakers/actor_before", 0.4 if first else 0.3)

    def _in_cue(self, s: Statement) -> Link | None:
        """`Polizeiangaben` holds its speaker in the cue; `nach eigenen Angaben` points to the subject beside it."""
        for piece in s.cue:
            for token in (self.analysis.tokens[i] for i in self.analysis.tokens_in(piece)):
                if token.lower in self.sets.own:
                    return self._subject_beside(piece)
                for ending in self.sets.account_end:
                    prefix = token.text[: -len(ending)].rstrip("-") if token.lower.endswith(ending) else ""
                    if len(prefix) > 2 and prefix[0].isupper():
                        return self._by_prefix(prefix, piece, token.sentence)
        return None

    def _by_prefix(self, prefix: str, piece: Span, sentence: int) -> Link | None:
        """`Polizei` in `Polizeiangaben`, `Regierung` in `Regierungsangaben`, `Zeugen` in `Zeugenaussagen`."""
        for word in (prefix, prefix[:-1] if prefix.endswith(self.sets.linking_end) else ""):
            phrase = read_phrase([word], self.book.vocabulary) if word else None
            if phrase and phrase.kind != "person" and (phrase.form in {"body", "name"} or phrase.kind == "group"):
                return take(phrase, Place(piece, sentence, speaking=True), self.book)
        return None

    def _subject_beside(self, piece: Span) -> Link:
        """Whoever the sentence speaks of: the nearest mention behind the phrase, else the nearest before."""
        sentence = self.analysis.sentences[self._sentence(piece.start)]
        tokens = self.analysis.tokens
        around = [
            e
            for e in self._mentioned(tokens[sentence.first].start, tokens[sentence.last - 1].end)
            if e.kind in _SPEAKING
        ]
        first = next(iter(around), None)
        together = next((e for e in around if first in e.members), None)
        if together is not None and first is not None and min(together.spans) >= min(first.spans):
            first = together  # `die Mutter und ihr Freund`
        return Link(first, "speakers/own_account", 0.6 if first else 0.3)
