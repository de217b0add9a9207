"""How is a record turned into quotes of the German news quotation corpus (GNQA), which marks some things differently?

Each rule is what the corpus does most often on its part train (700 articles, 2,877 quotes). `python lab/conventions.py`
prints the counts; "own" are counts over the statements of our own gold that stand for one of its quotes.

 1 direct          Direct, its quotation marks inside the quote                          604 of 604 begin, 601 end so
 2 direct, pieces  one Direct for each piece, with the same frame („A“, sagte X. „B.“)   15 of 17
 3 indirect        Indirect; `dass`, `ob` belong to the quote, not to the frame          342 of 342
 4                 without the final full stop                                           1,536 of 1,541
 5 frame           with the comma or colon that leads to the content                     1,107 of 1,111
 6                 and, behind the content, with the comma before it                     200 of 201
 7                 but without the full stop after it                                    196 of 243
 8 cue             takes `sich`, `so`, `wie` of a short frame                            31 of 36, 51 of 64, 38 of 68
 9 nach Angaben    cue is the adposition alone, speaker the rest of the frame            432 of 482
                   ("Nach Angaben der Polizei": cue "Nach", speaker "Angaben der Polizei")
10 demnach         (danach, wonach) is cue and speaker at once                           25 of 36
11 das bestätigte  a `Das`, `Dies` behind its content goes to the quote                  20 of 24 (own)
12 document        its owner or occasion beside it belongs to the speaker                6 of 7 (own)
                   ("einem Bericht der Zeitung", "der Pressemitteilung des Verbands")
13 mixed, clause   Indirect for the whole,                                               72 of 78 (own)
                   and a nested Direct for each quoted stretch of 4 words or more        96 of 100
                   or of 2, 3 words; but not of a single one                             50 of 80; 26 of 41
                   with the same speaker, cue, frame                                     149, 150, 150 of 156
14 mixed, object   only the Direct (nannte ihn „feige und dumm“), its frame the rest     32 of 42 (own)
                   of the clause; als/von/mit/vor/für just before it is part of the cue  31 of 40
15 reported        Reported (Indirect or Direct otherwise)                               156 of 198 (own)
                   for the whole clause with speaker and verb                            268 of 297
16                 and its full stop, without frame and cue                              239 of 254; 297, 291 of 297
17                 only under the cue classes neutral, belief, demand, official,
                   factive, warning, accusing:                                           170 of 343 have a quote (own)
                   of the others ("kritisierte den Plan") they take few                  28 of 95 have one (own)
                and hardly any within another statement, without a place of its       2 of 42, 1 of 22,
                speaker, or negated (found by the tables)                             1 of 17
18 free_indirect   IndirectFreeIndirect in the Konjunktiv, else FreeIndirect             135 of 137, 20 of 22 (own)
19                 with its full stop, without frame and cue                             412 of 420; 435 of 435
20 no speaker span the last place that stood as speaker of the same one, else the last   264 of 382
                   mention before; in free forms and Direct only
21 hearsay         ("soll", "angeblich" without source: the cue lies in the content)     24 of 25 (own)
                   a free form as in 19; speaker that of the quote before
22 Konjunktiv sentence behind the sentence that is its frame (X nahm Stellung. Man könne …): as 18 to 20
23 medium          thought ST, writing Writing, adposition SW, else Speech (their annotators agree at .51 only)

What their convention cannot hold is dropped: authority, occasion, time, negation, class. Empty quotes are never made.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from lab.corpora.gnqa import GnqaArticle, Quote
from reportedly.languages import load
from reportedly.languages.lexicon import lexicon_of

Spans = Sequence[Sequence[int]]
Ids = frozenset[int]
NONE: Ids = frozenset()

_OPENING = frozenset('„“"»«‚‘›‹”') | {"''", "``"}
_CLOSING = frozenset('“”"«»‘’‹›') | {"''", "``"}
_STOPS = frozenset(".!?")
_JOINING = frozenset({"dass", "daß", "ob"})
_ADPOSITIONS = frozenset({"nach", "laut", "gemäß", "zufolge", "entsprechend"})
_ANAPHORS = frozenset({"demnach", "danach", "wonach"})
_BOUND = frozenset({"als", "von", "vom", "mit", "vor", "für"})
_REPORTED = frozenset({"neutral", "belief", "demand", "official", "factive", "warning", "accusing"})
_RARELY_VERBS = frozenset({"eine", "einen", "meine", "seine", "deine", "weiter", "unter"})
_LONG_FRAME = 12  # words; in longer ones `sich` belongs to some other verb


class _Tokens:
    """The corpus' tokens of one article: which of them does a place touch, what do they say?"""

    def __init__(self, article: GnqaArticle) -> None:
        self.text = article.text
        self.starts = [start for start, _ in article.tokens]
        self.ends = [end for _, end in article.tokens]

    def of(self, spans: Spans | None) -> Ids:
        """Ids of the tokens that share a code point with any of the places."""
        out: set[int] = set()
        for start, end in spans or ():
            i = bisect_right(self.ends, start)
            while i < len(self.starts) and self.starts[i] < end:
                out.add(i)
                i += 1
        return frozenset(out)

    def word(self, i: int) -> str:
        return self.text[self.starts[i] : self.ends[i]] if 0 <= i < len(self.starts) else ""

    def lower(self, i: int) -> str:
        return self.word(i).lower()

    def has_verb(self, ids: Iterable[int], tags: str) -> bool:
        """Is one of these words, as it is written, a verb form of one of the kinds (f 1 2 z of the lexicon)?"""
        return any(set(tags) & _verb_tags(self.word(i)) for i in ids)


@cache
def _verb_tags(word: str) -> frozenset[str]:
    if word in _RARELY_VERBS:
        return frozenset()
    return frozenset("".join(tags for _, tags in lexicon_of(load("de")).verb(word)))


def quotes_of(record: Mapping[str, Any], article: GnqaArticle) -> list[Quote]:
    """The statements of a record as quotes of the corpus, in reading order."""
    tokens = _Tokens(article)
    mentions = {s["id"]: s.get("mentions") or () for s in record["speakers"]}
    last_place: dict[str, Ids] = {}
    before = NONE
    out: list[Quote] = []
    for s in sorted(record["statements"], key=lambda s: s["content"][0][0] if s["content"] else 0):
        who = (s["speaker"] or {}).get("id")
        made = _converted(s, tokens)
        for quote in made:
            if not quote.speaker and quote.type in ("FreeIndirect", "IndirectFreeIndirect", "Direct"):
                if who is not None:  # rule 20
                    place = last_place.get(who) or _last_mention(mentions.get(who, ()), quote, tokens)
                else:  # rule 21
                    place = before if s["cue"] and quote.type != "Direct" else NONE
                quote = replace(quote, speaker=place)
            out.append(quote)
        if made and made[0].speaker and not any(tokens.lower(i) in _ANAPHORS for i in made[0].speaker):
            before = made[0].speaker
            if who is not None:
                last_place[who] = before
    return out


def _last_mention(mentions: Iterable[Spans], quote: Quote, tokens: _Tokens) -> Ids:
    first = min(quote.quote)
    earlier = [ids for ids in map(tokens.of, mentions) if ids and max(ids) < first]
    return max(earlier, key=max, default=NONE)


def _converted(s: Mapping[str, Any], tokens: _Tokens) -> list[Quote]:
    """One statement: no quote (rule 17), one, or one with its quoted stretches."""
    content = tokens.of(s["content"])
    if not content:
        return []
    quote = Quote(
        "Indirect", "Speech", content, tokens.of((s["speaker"] or {}).get("span")), tokens.of(s["cue"]),
        tokens.of(s["frame"]), tokens.of((s["addressee"] or {}).get("span")), by=s.get("by", ""), confidence=s.get("confidence") or 0.0,
    )  # fmt: skip
    quote = replace(quote, medium=_medium(s, quote, tokens))
    form = s["form"]
    if form == "direct":
        pieces = [ids for ids in (_marked(tokens.of([piece]), tokens) for piece in s["content"]) if ids]
        taken = frozenset().union(*pieces)
        return [_framed(replace(quote, type="Direct", quote=ids), s, tokens, taken) for ids in pieces]
    stretches = [ids for ids in (_marked(tokens.of([piece]), tokens) for piece in s["quoted"]) if ids]
    if form == "free_indirect" or _stands_free(quote, tokens):
        konjunktiv = tokens.has_verb(content, "12") if s["mood"] in (None, "hearsay") else s["mood"] != "indicative"
        kind = "IndirectFreeIndirect" if konjunktiv else "FreeIndirect"
        if quote.cue and quote.cue <= content:
            kind = "FreeIndirect"
        whole = replace(quote, type=kind, quote=_with_stop(content, tokens), cue=NONE, frame=NONE, addressee=NONE)
        return [whole, *_nested(whole, stretches)]
    if form == "indirect" or (form == "mixed" and _is_clause(quote, stretches, tokens)):
        whole = _framed(quote, s, tokens, content)
        return [whole, *_nested(whole, stretches)]
    if stretches:
        return [_object(quote, stretch, stretches, tokens) for stretch in stretches]
    own = s.get("within") is None and not s["negated"] and quote.speaker
    if s["cue_class"] not in _REPORTED or not own:  # rule 17
        return []
    whole_clause = _with_stop(content | quote.frame | quote.cue | quote.speaker, tokens)
    return [replace(quote, type="Reported", quote=whole_clause, cue=NONE, frame=NONE)]


def _medium(s: Mapping[str, Any], quote: Quote, tokens: _Tokens) -> str:
    if s["medium"] != "speech":
        return {"thought": "ST", "writing": "Writing"}[s["medium"]]
    return "SW" if any(tokens.lower(i) in _ADPOSITIONS for i in quote.cue) else "Speech"


def _stands_free(quote: Quote, tokens: _Tokens) -> bool:
    """Rules 21 and 22: hearsay whose cue lies in the content, or a sentence behind the sentence that announces it."""
    if quote.cue and quote.cue <= quote.quote and (not quote.frame or quote.frame <= quote.quote):
        return True
    first = min(quote.quote)
    outside = (quote.frame | quote.cue) - quote.quote
    return tokens.word(first - 1) == "." and bool(outside) and max(outside) < first and min(outside) >= 0


def _is_clause(quote: Quote, stretches: list[Ids], tokens: _Tokens) -> bool:
    """Rules 13 and 14: a clause ("sei „unklug“"), or an object ("nannte ihn „unklug“")?"""
    if any(tokens.lower(i) in _ADPOSITIONS | _JOINING | {"so"} for i in quote.cue | quote.frame):
        return True
    return tokens.has_verb(quote.quote - frozenset().union(*stretches), "f12z")


def _with_stop(ids: Ids, tokens: _Tokens) -> Ids:
    after = max(ids) + 1
    return ids | {after} if tokens.word(after) in _STOPS else ids


def _marked(ids: Ids, tokens: _Tokens) -> Ids:
    """A quotation with its marks."""
    if not ids:
        return ids
    out = set(ids)
    if tokens.word(min(ids) - 1) in _OPENING:
        out.add(min(ids) - 1)
    if tokens.word(max(ids) + 1) in _CLOSING:
        out.add(max(ids) + 1)
    return frozenset(out)


def _nested(whole: Quote, stretches: Iterable[Ids]) -> list[Quote]:
    return [replace(whole, type="Direct", quote=ids, nested=True) for ids in stretches if len(ids) > 3]


def _object(quote: Quote, stretch: Ids, stretches: list[Ids], tokens: _Tokens) -> Quote:
    bound = {i for i in quote.quote if tokens.lower(i) in _BOUND and 0 < min(stretch) - i <= 2}
    rest = (quote.frame | quote.quote) - frozenset().union(*stretches)
    return replace(quote, type="Direct", quote=stretch, frame=rest, cue=quote.cue | bound)


def _framed(quote: Quote, s: Mapping[str, Any], tokens: _Tokens, taken: Ids) -> Quote:
    """Rules 3 to 12 for a quote with a frame; `taken` are all tokens of the content, this piece's and the others'."""
    content, frame = quote.quote, quote.frame - taken
    joining = min(content) - 1
    if quote.type == "Indirect" and tokens.lower(joining) in _JOINING:
        content, frame = content | {joining}, frame - {joining}
    behind = min((i for i in frame if i > max(content)), default=-1)
    if tokens.lower(behind) in {"das", "dies"} and behind not in quote.speaker:
        content, frame = content | {behind}, frame - {behind}
    frame |= {
        i - 1 for i in frame if i > min(taken) and tokens.word(i - 1) == "," and i - 1 not in taken
    }  # the comma before a trailing frame, or before one in the middle
    if frame and max(frame) + 1 < max(taken) and tokens.word(max(frame) + 1) in {",", ":"}:
        frame |= {max(frame) + 1}
    words = [i for i in sorted(frame) if tokens.word(i)[:1].isalnum()]
    cue = quote.cue | {i for i in words[:1] if tokens.lower(i) in {"wie", "so"}}
    if len(words) < _LONG_FRAME and tokens.has_verb(cue, "f12p"):
        cue |= {i for i in words if tokens.lower(i) == "sich"}
    return _with_source_noun(replace(quote, quote=content, frame=frame, cue=cue), s, tokens)


def _with_source_noun(quote: Quote, s: Mapping[str, Any], tokens: _Tokens) -> Quote:
    """Rules 9, 10 and 12."""
    cue, speaker = quote.cue, quote.speaker
    heads = frozenset(i for i in cue if tokens.lower(i) in _ADPOSITIONS)
    if len(heads) == 1 and not tokens.has_verb(cue - heads, "f12"):
        speaker |= cue - heads
        before = [i for i in sorted(quote.frame - heads) if tokens.word(i) != "," or i in speaker]
        if speaker:
            before = [i for i in before if i < max(speaker)]
        if len(before) < _LONG_FRAME:
            speaker |= frozenset(before)
        return replace(quote, cue=heads, speaker=speaker)
    if not speaker and any(tokens.lower(i) in _ANAPHORS for i in cue):
        return replace(quote, speaker=cue)
    for ids in (*(tokens.of(a["span"]) for a in s["authority"]), tokens.of(s["occasion"])):
        if ids and speaker and (max(speaker) + 1 == min(ids) or max(ids) + 1 == min(speaker)):
            speaker |= ids
    return replace(quote, speaker=speaker)
