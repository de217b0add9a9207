"""How often is the speaker behind a gold statement named rightly, when the statement itself is given?

    python lab/speakers_scores.py --gold ../shared/data/gold/gold.jsonl.xz --part train [--wrong 40] [--all]

Exact: the name as the gold has it, case and a leading article aside. Lenient: or one contains the other's words.
Optional statements count too; what is measured is the naming, not the finding.
"""

from __future__ import annotations

import argparse
import json
import lzma
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from reportedly.languages import load
from reportedly.languages.names import fold
from reportedly.model.article import Article
from reportedly.model.span import Span
from reportedly.model.speaker import Cast
from reportedly.model.statement import Authority, Form, Statement
from reportedly.reading.analysis import analyse
from reportedly.reading.speakers import resolve_speakers
from reportedly.reading.speakers.phrases import read_phrase
from reportedly.reading.speakers.vocabulary import vocabulary_of

_ARTICLES = frozenset(
    ["der", "die", "das", "des", "dem", "den", "ein", "eine", "eines", "einem", "einer", "einen", "the"]
)


def articles(path: Path, part: str) -> Iterator[dict[str, Any]]:
    """The gold articles of one part."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            if article["part"] == part:
                yield article


def _pieces(pairs: list[list[int]] | None) -> tuple[Span, ...]:
    return tuple(Span(a, b) for a, b in pairs or ())


def _hull(pairs: list[list[int]] | None) -> Span | None:
    return Span(pairs[0][0], pairs[-1][1]) if pairs else None


def statements_of(article: dict[str, Any]) -> tuple[Statement, ...]:
    """The gold's statements as ours. A free indirect one goes on with the statement before it, as the finder would say."""
    out: list[Statement] = []
    order = sorted(article["statements"], key=lambda s: s["content"][0][0])
    previous: dict[str, str] = {b["id"]: a["id"] for a, b in pairwise(order)}
    for s in article["statements"]:
        form = Form(s["form"])
        implied = previous.get(s["id"]) if form is Form.FREE_INDIRECT and not s["speaker"] else None
        out.append(
            Statement(
                s["id"],
                form,
                _pieces(s["content"]),
                cue=_pieces(s["cue"]),
                frame=_pieces(s["frame"]),
                speaker=_hull(s["speaker"]),
                addressee=_hull(s["addressee"]),
                authority=tuple(
                    Authority(_pieces(a["marker"]), _pieces(a["span"]), a.get("kind") or "unknown")
                    for a in s["authority"]
                ),
                implied=implied,
            )
        )
    return tuple(out)


def bare(name: str | None) -> str | None:
    """Case and a leading article aside."""
    if name is None:
        return None
    words = [w for w in name.casefold().replace("„", "").replace("“", "").split() if w]
    while len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    return " ".join(words)


def lenient(ours: str | None, gold: str | None) -> bool:
    """Equal, or all words of the shorter stand in the longer (case endings of German nouns aside)."""
    a, b = bare(ours), bare(gold)
    if a == b:
        return True
    if a is None or b is None:
        return False
    left, right = ({fold(w)[:-1] if len(w) > 5 else fold(w) for w in x.split()} for x in (a, b))
    return left <= right or right <= left


def _type(article: dict[str, Any], s: Statement) -> str:
    if s.speaker is None:
        return "none, goes on" if s.implied else "none"
    phrase = read_phrase(s.speaker.of(article["text"]).split(), vocabulary_of(load("de")))
    return phrase.form if phrase else "unreadable"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--gold", type=Path, default=Path("../shared/data/gold/gold.jsonl.xz"))
    parser.add_argument("--part", default="train")
    parser.add_argument("--wrong", type=int, default=0, help="print so many wrong ones")
    parser.add_argument("--read", type=int, default=0, help="print so many of all")
    parser.add_argument("--skip", type=int, default=0)
    args = parser.parse_args()
    language = load("de")
    exact: Counter[str] = Counter()
    near: Counter[str] = Counter()
    total: Counter[str] = Counter()
    silent: Counter[str] = Counter()
    rules: dict[str, Counter[str]] = {}
    kinds, named, matched = 0, 0, 0
    kind_errors: Counter[tuple[str, str]] = Counter()
    shown = skipped = read = 0
    for article in articles(args.gold, args.part):
        analysis = analyse(Article(article["text"], published=article["published"]), (), language)
        statements = statements_of(article)
        cast: Cast = resolve_speakers(statements, analysis, language)
        golden = {bare(x["name"]): x for x in article["speakers"]}
        for s, g in zip(statements, article["statements"], strict=True):
            attribution = cast.of(s.id)
            ours = cast.speaker(attribution.speaker) if attribution else None
            name = ours.name if ours else None
            right = bare(name) == bare(g["speaker_is"])
            kind = _type(article, s)
            for key in (kind, "ALL"):
                total[key] += 1
                exact[key] += right
                near[key] += lenient(name, g["speaker_is"])
                silent[key] += name is None and g["speaker_is"] is not None
            rule = attribution.by if attribution else "-"
            rules.setdefault(rule, Counter())["right" if right else "wrong"] += 1
            if right and ours and bare(name) in golden:
                matched += 1
                want = golden[bare(name)]
                kinds += want["kind"] == ours.kind
                named += want["named"] == ours.named
                if want["kind"] != ours.kind:
                    kind_errors[f"{ours.name} {ours.kind}", want["kind"]] += 1
                if want["named"] != ours.named:
                    kind_errors[f"{ours.name} named {ours.named}", str(want["named"])] += 1
            said = s.speaker.of(article["text"]) if s.speaker else None
            if not right and shown < args.wrong:
                skipped += 1
                if skipped > args.skip:
                    shown += 1
                    print(
                        f"{s.id:4} [{kind}] {said!s:.70}  gold: {g['speaker_is']}  ours: {name}  ({rule})  cue: {' '.join(c.of(article['text']) for c in s.cue):.40} | {article['id'][:30]}"
                    )
            if read < args.read:
                read += 1
                print(f"{'+' if right else '-'} {said!s:.70}  gold: {g['speaker_is']}  ours: {name}  ({rule})")
    for key in sorted(total, key=lambda k: (k == "ALL", -total[k])):
        n = total[key]
        print(f"{key:16} {n:5}  exact {exact[key] / n:.3f}  lenient {near[key] / n:.3f}  silent {silent[key] / n:.3f}")
    spoken = total["ALL"] - total["none"] - total["none, goes on"]
    right = exact["ALL"] - exact["none"] - exact["none, goes on"]
    print(f"{'with a span':16} {spoken:5}  exact {right / spoken:.3f}")
    print(f"of {matched} right names: kind {kinds / max(1, matched):.3f}, named {named / max(1, matched):.3f}")
    for rule, count in sorted(rules.items(), key=lambda item: -sum(item[1].values())):
        print(f"  {rule:32} right {count['right']:4} wrong {count['wrong']:4}")
    if args.wrong:
        for (ours_, want_), n in kind_errors.most_common(60):
            print("  kind/named", ours_, "gold", want_, n)


if __name__ == "__main__":
    main()
