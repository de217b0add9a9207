"""What does the engine score on a corpus, and which statements did it miss, invent or cut wrongly?

    python lab/score.py gnqa --part dev                      the figures, in the corpus' convention and by its definition
    python lab/score.py gold --part dev                      the figures on our own gold, in our own convention
    python lab/score.py gnqa --part train --missed Reported  gold quotes of a type that nothing was found for
      --spurious TYPE   found quotes that no gold quote stands for       --worst TYPE    found, but cut worst
      --type TYPE       found, but called something else                 --rows          right and wrong by table row
      --speakers, --cues, --frames, --addressees                         quote right, this role wrong
      --names           gold only: content right, resolved name wrong
TYPE is "all", a type of the corpus (gnqa: Direct, Indirect, …; gold: direct, indirect, mixed, …), or a beginning of one.
Further: --lines N (how many to show), --limit N (articles), --only WORDS (articles or sentences that contain them),
--row TEXT (only what a row whose address contains this has found), --shuffle (another sample), --json.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from lab import adapter_gnqa, official
from lab.corpora import DEFAULT_FOLDER, CorpusMissing, gnqa, gold
from reportedly.measure import Tally, intervals, total
from reportedly.measure import statements as ours

Reader = Callable[[str, str | None, str | None], dict[str, Any] | None]
"""Text, title and date of an article to its record; None leaves the article out."""

ROLE_FLAGS = {"speakers": "speaker", "cues": "cue", "frames": "frame", "addressees": "addressee", "names": "who"}


def reader_with(weights: str) -> Reader:
    """A reader that gives the record the house itself makes with these weights; times, places and figures are not scored
    and left out."""
    from reportedly.model.article import Article
    from reportedly.model.fact import Facts
    from reportedly.pipeline import STANDARD, read

    recipe = replace(STANDARD, find_facts=lambda article, analysis, language: Facts(), weights=weights)
    return lambda text, title, published: read(Article(text, title=title, published=published), recipe).to_dict()


def engine(text: str, title: str | None, published: str | None) -> dict[str, Any]:
    """The record that the house makes with the weights it ships."""
    return reader_with("open")(text, title, published)


def own_gold(folder: Path) -> Reader:
    """A reader that gives our own annotation, where there is one: how far two schools agree, and the adapter's ceiling."""
    known = {
        article.text: {**article.record, "statements": [s for s in article.record["statements"] if not s["optional"]]}
        for article in gold.articles(folder, "train")
    }
    return lambda text, title, published: known.get(text)


@dataclass(frozen=True, slots=True)
class Side:
    """A gold or found unit, ready to be shown: its type, its parts as words, its place in the text."""

    type: str
    parts: dict[str, str]
    first: int
    last: int
    by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A pair of either corpus, ready to be chosen from and shown."""

    article: str
    text: str
    sentences: Sequence[tuple[int, int]]
    gold: Side | None
    found: Side | None
    agreement: float

    @property
    def context(self) -> str:
        """The sentence or sentences in which the units lie."""
        sides = [side for side in (self.gold, self.found) if side]
        first, last = min(s.first for s in sides), max(s.last for s in sides)
        touched = [(a, b) for a, b in self.sentences if a < last and first < b] or [(first, last)]
        words = " ".join(self.text[touched[0][0] : touched[-1][1]].split())
        return words if len(words) <= 700 else words[:697] + "…"


@dataclass(frozen=True, slots=True)
class Scored:
    """What a run over a corpus gave: one sheet an article, all pairs, and how much was read how fast."""

    sheets: list[dict[str, Tally]]
    items: list[Item]
    words: int
    seconds: float


def score_gnqa(folder: Path, part: str, limit: int | None = None, reader: Reader = engine) -> Scored:
    """Read every article of a part and score it in the corpus' convention. Raises CorpusMissing."""
    sheets, items, words, seconds = [], [], 0, 0.0
    for article in gnqa.articles(folder, part, limit):
        start = time.perf_counter()
        record = reader(article.text, article.title, article.published)
        seconds += time.perf_counter() - start
        if record is None:
            continue
        words += len(article.tokens)
        pairs = official.pairs_of(article.quotes, adapter_gnqa.quotes_of(record, article))
        sheets.append(official.sheet_of(pairs))
        items += [
            Item(
                article.name, article.text, article.sentences,
                _gnqa_side(p.gold, article), _gnqa_side(p.found, article), p.agreement,
            )
            for p in official.torn(pairs)
        ]  # fmt: skip
    return Scored(sheets, items, words, seconds)


def _gnqa_side(quote: gnqa.Quote | None, article: gnqa.GnqaArticle) -> Side | None:
    if quote is None:
        return None
    parts = {name: article.words(quote.part(name)) for name in ("quote", *gnqa.ROLES)}
    places = sorted(quote.quote | quote.frame | quote.cue)
    first, last = article.tokens[places[0]][0], article.tokens[places[-1]][1]
    return Side(quote.type, parts, first, last, quote.by, quote.medium + (", nested" if quote.nested else ""))


def score_gold(folder: Path, part: str | None, limit: int | None = None, reader: Reader = engine) -> Scored:
    """Read every article of a part of our gold and score it in our own convention. Raises CorpusMissing."""
    sheets, items, words, seconds = [], [], 0, 0.0
    for article in gold.articles(folder, part, limit):
        start = time.perf_counter()
        record = reader(article.text, article.title, article.published)
        seconds += time.perf_counter() - start
        if record is None:
            continue
        words += len(article.text.split())
        sheets.append(ours.sheet(article.record, record, determiners=gold.DETERMINERS))
        lines = _sentences(article.text)
        items += [
            Item(
                article.id, article.text, lines,
                _our_side(m.gold, article.record), _our_side(m.found, record), m.agreement,
            )
            for m in ours.match(article.record, record)
        ]  # fmt: skip
    return Scored(sheets, items, words, seconds)


def _sentences(text: str) -> list[tuple[int, int]]:
    from reportedly.languages import load
    from reportedly.languages.segment import sentences

    return list(sentences(text, load("de")))


def _our_side(statement: ours.Record | None, record: ours.Record) -> Side | None:
    if statement is None:
        return None
    parts, places = {}, []
    for role in ("content", *ours.ROLES):
        spans = ours.part(statement, role)
        parts[role] = " … ".join(" ".join(record["text"][a:b].split()) for a, b in spans)
        places += spans if role in ("content", "cue", "frame") else []
    parts["who"] = ours.name_of(statement, record) or ""
    note = ", ".join(str(statement[k]) for k in ("medium", "cue_class") if statement.get(k))
    first, last = min(a for a, _ in places), max(b for _, b in places)
    return Side(statement["form"], parts, first, last, statement.get("by", ""), note)


# What is shown


def table(sheets: list[dict[str, Tally]], headlines: Iterable[str], *, with_intervals: bool = True) -> str:
    """Precision, recall and F1 of every measure, the headlines first and with their 95 % interval."""
    sums = total(sheets)
    first = [name for name in headlines if name in sums]
    bounds = intervals(sheets, first) if with_intervals else {}
    lines = [f"{'':28}{'P':>7}{'R':>7}{'F1':>7}   95 % of F1      found    gold"]
    for name in [*first, *sorted(n for n in sums if n not in first)]:
        t = sums[name]
        low_high = "{:5.1f} - {:5.1f}".format(*(100 * x for x in bounds[name])) if name in bounds else ""
        lines.append(
            f"{name:28}{100 * t.precision:7.1f}{100 * t.recall:7.1f}{100 * t.f1:7.1f}   {low_high:13} "
            f"{t.found:8.0f}{t.gold:8.0f}"
        )
        if name == (first or [""])[-1]:
            lines.append("")
    return "\n".join(lines)


def confusion(items: Iterable[Item]) -> str:
    """Which type was found for which gold type (rows: gold)."""
    counts = Counter((i.gold.type if i.gold else "(none)", i.found.type if i.found else "(none)") for i in items)
    names = [*dict.fromkeys(name for pair in counts for name in pair if name != "(none)"), "(none)"]
    lines = [f"{'gold / found':22}" + "".join(f"{name[:12]:>14}" for name in names)]
    lines += [f"{row:22}" + "".join(f"{counts[row, column]:14}" for column in names) for row in names]
    return "\n".join(lines)


def rows(items: Iterable[Item]) -> str:
    """Every table row or rule that found something: how often, how often right, how well cut. Worst harm first."""
    found: dict[str, list[float]] = {}
    for item in items:
        if item.found:
            found.setdefault(item.found.by or "(no row)", []).append(item.agreement)
    lines = [f"{'row':50}{'found':>7}{'right':>7}{'wrong':>7}{'share':>7}{'cut':>7}"]

    def wrong(values: list[float]) -> int:
        return sum(v < 0.5 for v in values)

    for by, values in sorted(found.items(), key=lambda kv: (-wrong(kv[1]), -len(kv[1]), kv[0])):
        right = [v for v in values if v >= 0.5]
        cut = sum(right) / len(right) if right else 0.0
        lines.append(
            f"{by[:49]:50}{len(values):7}{len(right):7}{wrong(values):7}{100 * len(right) / len(values):6.0f}%{100 * cut:6.0f}%"
        )
    return "\n".join(lines)


def chosen(items: Iterable[Item], options: argparse.Namespace) -> list[Item]:
    """The pairs that the options ask for, worst first where there is a worst."""
    out: list[Item] = []
    for item in items:
        text = item.context if options.only else ""
        if options.only and options.only.lower() not in f"{item.article}\n{text}".lower():
            continue
        if options.row and not (item.found and options.row in item.found.by):
            continue
        if _asked(item, options):
            out.append(item)
    if options.worst:
        out.sort(key=lambda i: i.agreement)
    if options.shuffle:
        random.shuffle(out)
    return out


def _asked(item: Item, options: argparse.Namespace) -> bool:
    def of(side: Side | None, asked: str | None) -> bool:
        return bool(asked and side and (asked == "all" or side.type.lower().startswith(asked.lower())))

    if not item.found:
        return of(item.gold, options.missed)
    if not item.gold:
        return of(item.found, options.spurious)
    if of(item.gold, options.worst) and item.agreement < 1:
        return True
    if of(item.gold, options.type) and item.gold.type != item.found.type:
        return True
    return item.agreement >= 0.5 and any(
        getattr(options, flag) and _unlike(role, item.gold.parts.get(role, ""), item.found.parts.get(role, ""))
        for flag, role in ROLE_FLAGS.items()
    )


def _unlike(role: str, gold_words: str, found_words: str) -> bool:
    return gold_words != found_words and not (
        role == "who" and ours.same_name(gold_words, found_words, gold.DETERMINERS)
    )


def show(items: Sequence[Item], limit: int) -> str:
    """One block a pair: where, the sentence as it stands, gold, found. Parts that agree stand once."""
    blocks = []
    for n, item in enumerate(items[:limit], 1):
        kind = " / ".join(side.type if side else "nothing" for side in (item.gold, item.found))
        lines = [f"[{n}] {kind}   agreement {item.agreement:.2f}   {item.article}", f"    {item.context}"]
        for label, side in (("gold ", item.gold), ("found", item.found)):
            if side:
                lines.append(f"    {label} ({side.note}{'; by ' + side.by if side.by else ''})")
        for part in (item.gold or item.found).parts:  # type: ignore[union-attr]
            a = item.gold.parts.get(part, "") if item.gold else None
            b = item.found.parts.get(part, "") if item.found else None
            if a == b or a is None or b is None:
                if a or b:
                    lines.append(f"      {'=' if a == b else '+' if a is None else '-'} {part:10}{a or b}")
            else:
                lines += [f"      - {part:10}{a or '·'}", f"      + {'':10}{b or '·'}"]
        blocks.append("\n".join(lines))
    blocks.append(f"{min(limit, len(items))} of {len(items)} shown; - gold, + found, = both")
    return "\n\n".join(blocks)


def parser() -> argparse.ArgumentParser:
    out = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    out.add_argument("corpus", choices=("gnqa", "gold"))
    out.add_argument("--part", default="dev", choices=("train", "dev"))
    out.add_argument("--data", type=Path, default=DEFAULT_FOLDER, help="the folder that holds the corpora")
    out.add_argument("--weights", help="open (the default), research, tables, hub:FOLDER")
    out.add_argument("--limit", type=int, help="only the first N articles")
    for flag in ("missed", "spurious", "worst", "type"):
        out.add_argument(f"--{flag}", nargs="?", const="all", metavar="TYPE")
    for flag in ROLE_FLAGS:
        out.add_argument(f"--{flag}", action="store_true")
    out.add_argument("--rows", action="store_true", help="right and wrong by table row")
    out.add_argument("--row", help="only what a row whose address contains this has found")
    out.add_argument("--only", help="only articles or sentences that contain this")
    out.add_argument(
        "--own-gold", action="store_true", help="our own annotation instead of the engine (gnqa, part train)"
    )
    out.add_argument("--lines", type=int, default=20, help="how many pairs to show")
    out.add_argument("--shuffle", action="store_true", help="another sample every time")
    out.add_argument("--json", action="store_true", help="the figures as JSON")
    return out


def main(arguments: Sequence[str] | None = None, reader: Reader = engine) -> int:
    options = parser().parse_args(arguments)
    try:
        if options.weights:
            reader = reader_with(options.weights)
        if options.own_gold:
            reader = own_gold(options.data)
        if options.corpus == "gnqa":
            scored = score_gnqa(options.data, options.part, options.limit, reader)
            headlines: tuple[str, ...] = official.HEADLINES
        else:
            scored = score_gold(options.data, options.part, options.limit, reader)
            headlines = ("content", "exact", "form", "role/speaker", "speaker exact", "speaker lenient")
    except CorpusMissing as missing:
        print(missing, file=sys.stderr)
        return 2
    listing = any(getattr(options, name) for name in ("missed", "spurious", "worst", "type", *ROLE_FLAGS))
    if options.json:
        sums = total(scored.sheets)
        print(json.dumps({k: [t.precision, t.recall, t.f1] for k, t in sorted(sums.items())}, indent=1))
    elif options.rows:
        print(rows(scored.items))
    elif listing:
        print(show(chosen(scored.items, options), options.lines))
    else:
        print(table(scored.sheets, headlines))
        print()
        print(confusion(scored.items))
        speed = scored.words / scored.seconds if scored.seconds else 0
        print(
            f"\n{len(scored.sheets)} articles, {scored.words} words, {scored.seconds:.1f} s, {speed:.0f} words a second"
        )
    return 0


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `… | head` is no error
    raise SystemExit(main())
