"""How is a quote of the German news quotation corpus said in our convention? The rules of `lab/adapter_gnqa.py` backwards.

What goes there and back agrees with the corpus to 99 points (`python -m lab.train.network.fromgnqa`): so much a network
that knew everything could reach through the adapter.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from lab.corpora import DEFAULT_FOLDER
from lab.corpora.gnqa import GnqaArticle, Quote
from reportedly.languages import load
from reportedly.languages.lexicon import lexicon_of

MARKS = frozenset('„“”"»«‚‘›‹') | {"''", "``"}
ADPOSITIONS = frozenset({"nach", "laut", "gemäß", "zufolge", "entsprechend"})
SAYINGS = frozenset(
    "Angaben Angabe Aussage Aussagen Meinung Ansicht Ansichten Auffassung Auskunft Worten Worte Einschätzung Einschätzungen "
    "Überzeugung Überzeugungen Darstellung Darstellungen Informationen Erkenntnissen Äußerungen Schätzungen Vorstellungen Wunsch "
    "Willen Berechnungen Bekunden Berichten Behauptungen Mitteilung".split()
)
"""Behind `nach` part of the cue: `nach Angaben [der Polizei]`."""
NO_VERBS = frozenset({"der", "die", "das", "eine", "meine", "seine"})
PARTICLES = frozenset({"an", "ab", "auf", "vor", "zurück", "mit", "aus", "ein", "zu"})
FORMS = {"Direct": "direct", "Indirect": "indirect", "Reported": "reported"}
MEDIA = {"Speech": "speech", "Writing": "writing", "ST": "thought"}


class _Article:
    def __init__(self, article: GnqaArticle) -> None:
        self.article = article

    def word(self, i: int) -> str:
        tokens = self.article.tokens
        return self.article.text[tokens[i][0] : tokens[i][1]] if 0 <= i < len(tokens) else ""

    def lower(self, i: int) -> str:
        return self.word(i).lower()

    def finite(self, i: int) -> bool:
        readings = lexicon_of(load("de")).verb(self.lower(i))
        return self.word(i)[:1].islower() and any(set(tags) & set("f12") for _, tags in readings)

    def spans(self, ids: Iterable[int]) -> list[list[int]]:
        out: list[list[int]] = []
        last = None
        for i in sorted(ids):
            start, end = self.article.tokens[i]
            if last is not None and i == last + 1:
                out[-1][1] = end
            else:
                out.append([start, end])
            last = i
        return out

    def bare(self, quote: Iterable[int]) -> set[int]:
        """A quote without the marks at the edges of its pieces."""
        ids = sorted(quote)
        out = set()
        for k, i in enumerate(ids):
            inner = 0 < k < len(ids) - 1 and ids[k - 1] == i - 1 and ids[k + 1] == i + 1
            if inner or self.word(i) not in MARKS:
                out.add(i)
        return out


def statements(article: GnqaArticle) -> Iterator[dict[str, Any]]:
    """The quotes as statements of our record, places in characters; `source` names a speaker who stands elsewhere."""
    page = _Article(article)
    quotes = list(article.quotes)
    stretches = _stretches(quotes)
    done = {k for parts in stretches.values() for k in parts}
    for k, q in enumerate(quotes):
        if k in done:
            continue
        pieces = [q]
        if q.type == "Direct" and q.frame:  # rule 2: one statement, not one for each piece
            for m in range(k + 1, len(quotes)):
                p = quotes[m]
                same = p.type == "Direct" and p.frame == q.frame and p.cue == q.cue and not p.quote & q.quote
                if m not in done and same:
                    pieces.append(p)
                    done.add(m)
        made = _statement(q, pieces, [quotes[c] for c in stretches.get(k, ())], page)
        if made["content"]:
            yield made


def _stretches(quotes: list[Quote]) -> dict[int, list[int]]:
    """Numbers of the Direct quotes that are quoted stretches of another one (rule 13), by its number."""
    out: dict[int, list[int]] = {}
    for k, q in enumerate(quotes):
        if q.type != "Direct":
            continue
        hosts = [
            p for p in quotes if p.type in ("Indirect", "FreeIndirect", "IndirectFreeIndirect") and q.quote < p.quote
        ]
        if hosts:
            host = min(hosts, key=lambda p: len(p.quote))
            if q.speaker == host.speaker and q.cue == host.cue:
                out.setdefault(quotes.index(host), []).append(k)
    return out


def _statement(q: Quote, pieces: list[Quote], stretches: list[Quote], page: _Article) -> dict[str, Any]:
    form = FORMS.get(q.type, "free_indirect")
    content = {i for p in pieces for i in (page.bare(p.quote) if form == "direct" else p.quote)}
    frame, cue, speaker, source = set(q.frame), set(q.cue), set(q.speaker), set[int]()
    if form == "indirect" and len(content) > 1 and page.lower(min(content)) in ("dass", "daß", "ob"):  # rule 3
        joining = min(content)
        content -= {joining}
        if joining - 1 in frame:
            frame |= {joining}
    if form != "direct" and len(content) > 1 and page.word(max(content)) in (".", "!", "?"):  # rules 16, 19
        content -= {max(content)}
    if form == "indirect" and stretches:
        form = "mixed"
    behind = [i for i in frame if content and i > max(content)]
    if behind and page.word(min(behind)) == ",":  # rule 6
        frame -= {min(behind)}
    if frame and page.word(max(frame)) == ".":
        frame -= {max(frame)}
    cue = _cue(cue, page)
    adposition = bool(cue) and all(page.lower(i) in ADPOSITIONS for i in cue)
    if adposition and speaker:  # rule 9
        saying = next((n for n, i in enumerate(sorted(speaker)[:4]) if page.word(i) in SAYINGS), None)
        if saying is not None and min(cue) < min(speaker):
            ids = sorted(speaker)
            rest = ids[saying + 1 :]
            if rest and page.lower(rest[0]) in ("von", "vom"):
                rest = rest[1:]
            cue |= set(ids[: saying + 1])
            speaker = set(rest)
    elif cue and speaker == cue:  # rule 10
        speaker = set()
    if form == "free_indirect" or (form == "direct" and not frame and not cue):  # rule 20
        source, speaker, frame, cue = speaker, set(), set(), set()
    if form == "reported" and speaker and speaker < content:  # rule 15
        cue, frame, content = _clause(cue, frame, content, speaker, page)
    return {
        "form": form,
        "content": page.spans(content),
        "quoted": [s for p in stretches for s in page.spans(page.bare(p.quote))],
        "cue": page.spans(cue),
        "frame": page.spans(frame - content) or None,
        "speaker": page.spans(speaker),
        "addressee": page.spans(q.addressee),
        "source": page.spans(source),
        "medium": MEDIA.get(q.medium),
    }


def _cue(cue: set[int], page: _Article) -> set[int]:
    """Rule 8: without `sich`, and without the `so`, `wie` that opens a short frame, unless that is all."""
    if len(cue) < 2:
        return cue
    dropped = {i for i in cue if page.lower(i) == "sich" or (page.lower(i) in ("wie", "so") and i == min(cue))}
    return cue if dropped == cue else cue - dropped


def _clause(
    cue: set[int], frame: set[int], content: set[int], speaker: set[int], page: _Article
) -> tuple[set[int], set[int], set[int]]:
    """The corpus takes the whole clause: its finite verb is the cue, what follows the content."""
    ids = sorted(content - speaker)
    beside = (i for i in ids if page.finite(i) and (i == max(speaker) + 1 or i + 1 == min(speaker)))
    verb = next(beside, None)
    if verb is None:
        verb = next((i for i in ids if page.finite(i) and page.lower(i) not in NO_VERBS), None)
    if verb is None:
        return cue, frame, content
    rest = {i for i in ids if i > verb}
    cue = {verb}
    if len(rest) > 1 and page.lower(max(rest)) in PARTICLES:
        cue |= {max(rest)}
    if not rest - cue:
        return cue, frame, content
    return cue, content - rest | (cue & rest), rest - cue


def as_record(text: str, found: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The shape that the adapter and the scorers read; a `source` becomes the only mention of a speaker unseen."""
    speakers: dict[tuple[tuple[int, int], ...], dict[str, Any]] = {}
    out = []
    for n, s in enumerate(sorted(found, key=lambda s: s["content"][0][0])):
        span = s["speaker"] or None
        key = tuple((a, b) for a, b in span or s["source"] or ())
        if key and key not in speakers:
            name = text[key[0][0] : key[0][1]]
            mentions = [[list(k) for k in key]]
            speakers[key] = {"id": f"p{len(speakers) + 1}", "name": name, "kind": "unknown", "mentions": mentions}
        out.append(
            {
                **s,
                "id": f"s{n + 1}",
                "speaker": {"span": span, "id": speakers[key]["id"]} if key else None,
                "addressee": {"span": s["addressee"], "id": None} if s["addressee"] else None,
                "medium": s["medium"] or "speech",
                "authority": [],
                "occasion": None,
                "cue_class": "neutral",
                "mood": None,
                "negated": False,
                "by": "gold",
            }
        )
    return {"text": text, "statements": out, "speakers": list(speakers.values())}


def main() -> int:
    from lab import score
    from lab.corpora import gnqa

    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, default=DEFAULT_FOLDER)
    data = parser.parse_args().data
    known = {a.text: a for a in gnqa.articles(data, "train")}
    scored = score.score_gnqa(data, "train", reader=lambda text, *_: as_record(text, statements(known[text])))
    print(score.table(scored.sheets, ("messages", "roles", "joint", "form guarded"), with_intervals=False))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
