"""Which statement belongs to whom? Speaker, addressee and owner of the authority, for every statement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from reportedly.languages.segment import tokenise
from reportedly.model.analysis import Analysis
from reportedly.model.span import Span
from reportedly.model.speaker import Attribution, Cast
from reportedly.model.statement import Authority, Statement
from reportedly.reading.speakers.coreference import take
from reportedly.reading.speakers.cut import spaced
from reportedly.reading.speakers.entities import Book, Entity, Link, Place
from reportedly.reading.speakers.mentions import find_mentions
from reportedly.reading.speakers.naming import speaker_of
from reportedly.reading.speakers.neighbours import Found
from reportedly.reading.speakers.phrase import Phrase, person
from reportedly.reading.speakers.phrases import read_phrase
from reportedly.reading.speakers.unsaid import Unsaid
from reportedly.reading.speakers.vocabulary import Vocabulary
from reportedly.reading.speakers.wordsets import WordSets


def attribute(statements: Sequence[Statement], analysis: Analysis, vocabulary: Vocabulary) -> Cast:
    """Read the mentions, walk through them with the statements' own spans, and name everyone who was found."""
    sets = vocabulary.sets
    spans = _spans_of(statements, analysis, sets)
    early = [p for span in spans if (p := _phrase(span, analysis, vocabulary, frozenset()))]
    found, surnames = find_mentions(analysis, vocabulary, early)
    read = {span: _phrase(span, analysis, vocabulary, surnames) for span in spans}
    for s in statements:
        if s.speaker is not None:
            read[s.speaker] = _with_maker(read[s.speaker], s, analysis, sets)
    full = [f.phrase for f in found if f.phrase.kind == "person" and len(f.phrase.given) > 1]
    full += _spelled_in_full(early, analysis, vocabulary)
    full += [p for p in read.values() if p and p.kind == "person" and len(p.given) > 1]
    book = Book(vocabulary, full)
    told = {s.addressee: s.speaker for s in statements if s.addressee is not None and s.speaker is not None}
    links = _walk(book, found, spans, read, analysis, told)
    said = {
        s.id: links.get(s.speaker, Link(None, "speakers/unreadable", 0.2)) for s in statements if s.speaker is not None
    }
    own = {
        s.id: links[span] for s in statements if (span := _own_pronoun(s, analysis, sets)) is not None and span in links
    }
    unsaid = Unsaid(statements, said, analysis, book, own)
    for s in statements:
        if s.speaker is None:
            said[s.id] = unsaid.speaker_of(s)
    return _cast(statements, said, links, analysis, vocabulary)


def _spelled_in_full(speaking: Sequence[Phrase], analysis: Analysis, vocabulary: Vocabulary) -> list[Phrase]:
    """Full names of those who speak under one word, with first names that no table has: `Suthep Lenz` for `Lenz`."""
    short = {p.given[0] for p in speaking if p.form == "name" and p.kind == "person" and len(p.given) == 1}
    out: list[Phrase] = []
    for before, token in pairwise(analysis.tokens):
        if token.text not in short or before.sentence != token.sentence or not before.text[0].isupper():
            continue
        common = vocabulary.lexicon.noun(before.text)
        ordinary = (common is not None and bool(common[1])) or before.lower in vocabulary.closed
        if ordinary or vocabulary.nouns(before.text) or vocabulary.title(before.text) is not None:
            continue
        if before.text not in vocabulary.places and vocabulary.body(before.text) is None and len(before.text) > 2:
            out.append(person([before.text, token.text], vocabulary.firstname(before.text)))
    return out


def _spans_of(
    statements: Sequence[Statement], analysis: Analysis, sets: WordSets
) -> dict[Span, tuple[bool, bool | None]]:
    """The spans that statements name, whether somebody speaks there, and what the verb says about number."""
    out: dict[Span, tuple[bool, bool | None]] = {}
    for s in statements:
        if s.speaker is not None:
            before = out.get(s.speaker, (True, None))[1]
            out[s.speaker] = (True, before if before is not None else _number(s, analysis, sets))
    for s in statements:
        others = [s.addressee, _own_pronoun(s, analysis, sets), *(_owner(a, analysis, sets) for a in s.authority)]
        for span in others:
            if span is not None:
                out.setdefault(span, (False, None))
    return out


def _own_pronoun(s: Statement, analysis: Analysis, sets: WordSets) -> Span | None:
    """`nach eigener Aussage will [er] …`: the pronoun right behind, or before, the phrase whose account it is."""
    cue = [i for piece in s.cue for i in analysis.tokens_in(piece)]
    if s.speaker is not None or not any(analysis.tokens[i].lower in sets.own for i in cue):
        return None
    here = analysis.tokens[cue[0]].sentence
    near = [*range(cue[-1] + 1, min(cue[-1] + 4, len(analysis.tokens))), *range(cue[0] - 1, max(-1, cue[0] - 4), -1)]
    for token in (analysis.tokens[i] for i in near):
        if token.sentence == here and token.lower in sets.own_pronoun:
            return Span(token.start, token.end)
    return None


def _owner(authority: Authority, analysis: Analysis, sets: WordSets) -> Span | None:
    """The part of an authority that names somebody: `des Ministeriums` in `eine Einschätzung des Ministeriums`."""
    if authority.owner_span is not None or len(authority.span) != 1:
        return authority.owner_span
    inside = analysis.tokens_in(authority.span[0])
    for i in inside[1:]:
        if analysis.tokens[i].lower in sets.owner_opener and "N" in analysis.tokens[i - 1].tags:
            return Span(analysis.tokens[i].start, authority.span[0].end)
    return authority.span[0]


def _number(statement: Statement, analysis: Analysis, sets: WordSets) -> bool | None:
    """Does the cue's verb stand in the plural? None where no finite verb is seen."""
    words = [analysis.tokens[i] for piece in statement.cue for i in analysis.tokens_in(piece)]
    finite = [t for t in words if t.tags & {"H", "M"}] or [t for t in words if t.tags & {"f", "1", "2"}]
    if not finite:
        return None
    verb = finite[0].lower
    return verb.endswith(sets.plural_verb_end) and verb not in sets.singular_modal


def _phrase(span: Span, analysis: Analysis, vocabulary: Vocabulary, surnames: frozenset[str]) -> Phrase | None:
    inside = analysis.tokens_in(span)
    words = [analysis.tokens[i].text for i in inside]
    if not words or analysis.tokens[inside[0]].start != span.start or analysis.tokens[inside[-1]].end != span.end:
        said = span.of(analysis.text)  # the span cuts through a token (`Lenz.Gleichzeitig`)
        words = [said[a:b] for a, b in tokenise(said)]
    elif _owns(analysis, inside, vocabulary.sets):
        words[-1] = words[-1][:-1]
    return read_phrase(words[:80], vocabulary, surnames)


def _owns(analysis: Analysis, inside: range, sets: WordSets) -> bool:
    """`[Moors] Ansicht`: a bare name before a noun stands in the genitive."""
    tokens, last = analysis.tokens, inside[-1]
    if not tokens[last].text.endswith(sets.genitive_s_end) or not all("E" in tokens[i].tags for i in inside):
        return False
    behind = (t for t in tokens[last + 1 : last + 4] if t.tags != frozenset("A"))
    noun = next(behind, None)
    return noun is not None and "N" in noun.tags and "E" not in noun.tags and noun.sentence == tokens[last].sentence


def _with_maker(phrase: Phrase | None, s: Statement, analysis: Analysis, sets: WordSets) -> Phrase | None:
    """A paper is named with its maker, wherever the sentence has it: `nach einem Bericht … des Rundfunks`."""
    if phrase is None or phrase.kind != "document" or " " in phrase.name or s.speaker is None:
        return phrase
    for authority in s.authority:
        if authority.marker or len(authority.span) != 1 or authority.span[0].overlaps(s.speaker):
            continue
        words = [analysis.tokens[i].text for i in analysis.tokens_in(authority.span[0])]
        if words and words[0].lower() in sets.owner_opener:
            return replace(phrase, name=f"{phrase.name} {spaced(words)}", modified=True)
    return phrase


def _walk(
    book: Book,
    found: Sequence[Found],
    spans: dict[Span, tuple[bool, bool | None]],
    read: dict[Span, Phrase | None],
    analysis: Analysis,
    told: Mapping[Span, Span],
) -> dict[Span, Link]:
    """Mentions and spans in text order; a mention that is the head of a span is left to the span. `told` says who spoke to an
    addressee."""
    links: dict[Span, Link] = {}
    events: list[tuple[int, int, Found | Span]] = [(span.start, 0, span) for span in spans]
    ordered = sorted(spans)
    at = 0
    for mention in found:
        while at < len(ordered) and ordered[at].end <= mention.span.start:
            at += 1
        inside = at < len(ordered) and ordered[at].overlaps(mention.span)
        if inside and _is_head(mention, read[ordered[at]], ordered[at]):
            continue
        events.append((mention.span.start, 1, mention))
    for _, _, event in sorted(events, key=lambda e: (e[0], e[1])):
        if isinstance(event, Found):
            take(event.phrase, Place(event.span, event.sentence, event.subject, event.quoted), book)
            continue
        phrase = read[event]
        speaking, plural = spans[event]
        token = analysis.token_at(event.start)
        sentence = analysis.tokens[token].sentence if token < len(analysis.tokens) else 0
        if (
            phrase is not None
            and plural is False
            and phrase.form == "role"
            and phrase.kind == "group"
            and not phrase.definite
        ):
            phrase = replace(phrase, plural=False, kind="person")
        if phrase is not None:
            teller = links.get(told[event]) if event in told else None
            other = teller.entity if teller else None
            place = Place(event, sentence, speaking, speaking=speaking, plural=plural, other=other)
            links[event] = take(phrase, place, book)
    return links


def _is_head(mention: Found, phrase: Phrase | None, span: Span) -> bool:
    """Is this mention what the span as a whole means?"""
    if mention.span.start == span.start or phrase is None:
        return True
    if mention.phrase.kind == "person" and phrase.kind in {"person", "group"} and phrase.form in {"name", "list"}:
        return True
    return mention.phrase.name == phrase.name or (mention.phrase.form == "body" and mention.phrase.noun == phrase.noun)


def _cast(
    statements: Sequence[Statement],
    said: dict[str, Link],
    links: dict[Span, Link],
    analysis: Analysis,
    vocabulary: Vocabulary,
) -> Cast:
    """Numbers in the order in which people first speak, are spoken to, or lend their authority."""
    ids: dict[int, str] = {}
    entities: list[Entity] = []
    attributions: list[Attribution] = []

    def number(link: Link) -> str | None:
        if link.entity is None:
            return None
        if link.entity.number not in ids:
            ids[link.entity.number] = f"p{len(ids) + 1}"
            entities.append(link.entity)
        return ids[link.entity.number]

    for s in statements:
        link = said[s.id]
        attributions.append(Attribution(s.id, "speaker", number(link), link.by, round(link.sure, 3)))
        if s.addressee is not None and s.addressee in links:
            to = links[s.addressee]
            attributions.append(Attribution(s.id, "addressee", number(to), to.by, round(to.sure, 3)))
        for n, authority in enumerate(s.authority):
            place = _owner(authority, analysis, vocabulary.sets)
            if place is not None and place in links and links[place].entity is not None:
                owner = links[place]
                attributions.append(Attribution(s.id, "authority", number(owner), owner.by, round(owner.sure, 3), n))
    return Cast(tuple(speaker_of(e, ids[e.number], vocabulary) for e in entities), tuple(attributions))
