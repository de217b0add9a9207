"""How does the German news quotation corpus mark things? Counts on its part train: the grounds of lab/adapter_gnqa.py.

    python lab/conventions.py [--data FOLDER]

The rows bear the numbers of the adapter's rules; the first figure speaks for the rule, the second is the number of
cases. Rules marked (own gold) are counted over the statements of our own gold that stand for a quote of the corpus.
"""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from lab.adapter_gnqa import _ADPOSITIONS, _ANAPHORS, _BOUND, _CLOSING, _JOINING, _OPENING, _REPORTED, _STOPS, _Tokens
from lab.corpora import DEFAULT_FOLDER, CorpusMissing, gnqa, gold
from lab.corpora.gnqa import GnqaArticle, Quote
from lab.official import token_f1

FREE = ("FreeIndirect", "IndirectFreeIndirect")


class Counts:
    """Cases for and against, rule by rule."""

    def __init__(self) -> None:
        self._for: dict[str, int] = {}
        self._all: dict[str, int] = {}

    def see(self, rule: str, follows: bool) -> None:
        self._all[rule] = self._all.get(rule, 0) + 1
        self._for[rule] = self._for.get(rule, 0) + follows

    def __str__(self) -> str:
        def number(rule: str) -> tuple[int, str]:
            head = rule.split()[0]
            return int(head), rule

        return "\n".join(f"{rule:72}{self._for[rule]:5} of {self._all[rule]}" for rule in sorted(self._all, key=number))


def count_quotes(article: GnqaArticle, counts: Counts) -> None:
    """What can be seen in the corpus alone."""
    tokens = _Tokens(article)
    quotes = sorted(article.quotes, key=lambda q: min(q.quote))
    for q in quotes:
        first, last = min(q.quote), max(q.quote)
        after, frame = tokens.word(last + 1), sorted(q.frame)
        if q.type == "Direct":
            counts.see("1 Direct begins with its mark", tokens.word(first) in _OPENING)
            counts.see("1 Direct ends with its mark", tokens.word(last) in _CLOSING)
            others = [p for p in quotes if p is not q and p.type == "Direct" and q.frame and p.frame == q.frame]
            if any(last < frame[0] and frame[-1] < min(p.quote) for p in others):
                counts.see("2 two Directs around one frame", True)
            elif len(q.quote) <= last - first and q.frame:
                counts.see("2 two Directs around one frame", False)
            bound = [i for i in (first - 1, first - 2) if i in q.frame and tokens.lower(i) in _BOUND]
            if bound and q.cue and bound[0] > min(q.cue):
                counts.see("14 als/von/mit/vor/für just before a Direct is part of its cue", bound[0] in q.cue)
        if q.type == "Indirect":
            if tokens.lower(first) in _JOINING or tokens.lower(first - 1) in _JOINING:
                counts.see("3 dass/ob belongs to the quote", tokens.lower(first) in _JOINING)
            counts.see("4 Indirect ends without full stop", tokens.word(last) not in _STOPS)
        if frame:
            _count_frame(q, frame, tokens, counts)
        if q.cue:
            _count_cue(q, tokens, counts)
        parents = [p for p in quotes if q.quote < p.quote and p.type == "Indirect"]
        if q.type == "Direct" and q.nested and parents:
            parent = min(parents, key=lambda p: len(p.quote))
            for role in ("speaker", "cue", "frame", "addressee"):
                counts.see(f"13 nested Direct has the {role} of its Indirect", q.part(role) == parent.part(role))
        if q.type == "Indirect":
            for stretch in _stretches(q, tokens):
                size = len(stretch) - 2
                words = "1 word" if size == 1 else "2 or 3 words" if size < 4 else "4 words or more"
                hit = any(p.type == "Direct" and token_f1(p.quote, stretch) > 0.6 for p in quotes)
                counts.see(f"13 quoted stretch of {words} in Indirect is a Direct", hit)
        if q.type == "Reported":
            counts.see("15 Reported holds its speaker", bool(q.speaker) and q.speaker <= q.quote)
            counts.see("16 Reported has no frame", not q.frame)
            counts.see("16 Reported has no cue", not q.cue)
        if q.type == "Reported" and (tokens.word(last) == "." or after == "."):
            counts.see("16 Reported takes its full stop", tokens.word(last) == ".")
        if q.type in FREE:
            if tokens.word(last) == "." or after == ".":
                counts.see("19 free forms take their full stop", tokens.word(last) == ".")
            counts.see("19 free forms have neither frame nor cue", not q.frame and not q.cue)
            earlier = [p for p in quotes if p is not q and max(p.quote | p.frame) < first]
            if earlier and q.speaker:
                counts.see(
                    "20 their speaker is that of the quote before",
                    max(earlier, key=lambda p: max(p.quote)).speaker == q.speaker,
                )


def _count_frame(q: Quote, frame: list[int], tokens: _Tokens, counts: Counts) -> None:
    first, last = min(q.quote), max(q.quote)
    if frame[-1] < first:
        inside, outside = tokens.word(frame[-1]), tokens.word(frame[-1] + 1)
        if inside in {",", ":"} or outside in {",", ":"}:
            counts.see("5 frame before the quote ends with its comma or colon", inside in {",", ":"})
    if frame[0] > last:
        if tokens.word(frame[0]) == "," or tokens.word(frame[0] - 1) == ",":
            counts.see("6 frame behind the quote begins with its comma", tokens.word(frame[0]) == ",")
        if tokens.word(frame[-1]) == "." or tokens.word(frame[-1] + 1) == ".":
            counts.see("7 frame behind the quote leaves the full stop out", tokens.word(frame[-1]) != ".")


def _count_cue(q: Quote, tokens: _Tokens, counts: Counts) -> None:
    words = [tokens.lower(i) for i in sorted(q.cue)]
    if len(q.frame) < 12:
        for word in ("sich", "wie", "so"):
            places = [i for i in q.frame if tokens.lower(i) == word]
            if places:
                counts.see(f"8 {word} in a short frame is part of the cue", any(i in q.cue for i in places))
    if len(words) == 1 and words[0] in _ADPOSITIONS:
        rest = q.frame - q.cue
        counts.see(
            "9 speaker is all of the frame but the adposition",
            bool(q.speaker) and _words(rest, tokens) == _words(q.speaker, tokens),
        )
    if words[0] in _ANAPHORS:
        counts.see("10 demnach, danach, wonach are cue and speaker", q.speaker == q.cue)


def _words(ids: frozenset[int], tokens: _Tokens) -> frozenset[int]:
    return frozenset(i for i in ids if tokens.word(i) != ",")


def _stretches(q: Quote, tokens: _Tokens) -> Iterator[frozenset[int]]:
    open_: int | None = None
    for i in sorted(q.quote):
        if tokens.word(i) == "„":
            open_ = i
        elif tokens.word(i) in {"“", "”"} and open_ is not None:
            yield frozenset(range(open_, i + 1)) & q.quote
            open_ = None


def count_gold(ours: gold.GoldArticle, article: GnqaArticle, counts: Counts) -> None:
    """What only a comparison with our own statements shows."""
    tokens = _Tokens(article)
    for s in ours.record["statements"]:
        if s["optional"]:
            continue
        content, frame, cue = tokens.of(s["content"]), tokens.of(s["frame"]), tokens.of(s["cue"])
        speaker = tokens.of((s["speaker"] or {}).get("span"))
        clause = content | frame | cue | speaker
        stretches = [tokens.of([piece]) for piece in s["quoted"]]
        best = max(article.quotes, key=lambda q: token_f1(q.quote, content), default=None)
        close = best if best and token_f1(best.quote, content) > 0.6 else None
        if s["form"] == "reported":
            hit = any(max(token_f1(q.quote, content), token_f1(q.quote, clause)) > 0.5 for q in article.quotes)
            counts.see(
                f"17 reported, class {'taken' if s['cue_class'] in _REPORTED else 'not taken'}, has a quote (own gold)",
                hit,
            )
            if hit:
                kinds = {
                    q.type for q in article.quotes if max(token_f1(q.quote, content), token_f1(q.quote, clause)) > 0.5
                }
                counts.see("15 and that is a Reported (own gold)", "Reported" in kinds)
        if s["form"] == "mixed":
            verb = tokens.has_verb(content - frozenset().union(*stretches), "f12z")
            direct = any(
                q.type == "Direct" and any(token_f1(q.quote, x) > 0.5 for x in stretches) for q in article.quotes
            )
            whole = any(q.type != "Direct" and token_f1(q.quote, content) > 0.5 for q in article.quotes)
            if direct or whole:
                if verb:
                    counts.see("13 mixed with a verb: Indirect for the whole (own gold)", whole)
                else:
                    counts.see("14 mixed without a verb: only the Direct (own gold)", direct and not whole)
        if s["form"] == "free_indirect" and close and close.type in FREE:
            konjunktiv = tokens.has_verb(content, "12")
            wanted = "IndirectFreeIndirect" if konjunktiv else "FreeIndirect"
            counts.see(
                f"18 free_indirect {'in' if konjunktiv else 'without'} Konjunktiv: {wanted} (own gold)",
                close.type == wanted,
            )
        if s["form"] == "indirect" and cue and cue <= content and close:
            counts.see("21 hearsay, its cue in the content: a free form (own gold)", close.type in FREE)
        if (
            close
            and close.type == "Indirect"
            and frame
            and min(frame) > max(content)
            and tokens.lower(min(frame)) in {"das", "dies"}
        ):
            counts.see("11 Das/Dies behind its content goes to the quote (own gold)", min(frame) in close.quote)
        if close and close.type == "Indirect" and speaker and not cue & speaker:
            for ids in (*(tokens.of(a["span"]) for a in s["authority"]), tokens.of(s["occasion"])):
                if ids and (max(speaker) + 1 == min(ids) or max(ids) + 1 == min(speaker)):
                    counts.see("12 owner or occasion beside the speaker belongs to it (own gold)", ids <= close.speaker)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, default=DEFAULT_FOLDER)
    folder = options.parse_args().data
    counts = Counts()
    try:
        articles = {article.name: article for article in gnqa.articles(folder, "train")}
        for article in articles.values():
            count_quotes(article, counts)
        for ours in gold.articles(folder):
            count_gold(ours, articles[ours.id], counts)
    except CorpusMissing as missing:
        print(missing, file=sys.stderr)
        return 2
    print(counts)
    return 0


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `… | head` is no error
    raise SystemExit(main())
