"""Which articles with their statements can be learned from? Every corpus in one form: our convention, by word number.

`marked` names the parts that a corpus marks at all; the others are not learned from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from lab.corpora import gepade, gnqa, gold
from lab.train.network import fromgnqa
from reportedly.languages import load
from reportedly.model.analysis import Analysis
from reportedly.model.article import Article
from reportedly.model.span import Span
from reportedly.pipeline import STANDARD
from reportedly.reading.statements import find_statements
from reportedly.reading.statements.learned.marks import Grid, Words, outlines_of
from reportedly.reading.statements.learned.shape import CUE, PARTS, TYPES, Outline

ROLE_OF = {
    "cue": "Cue", "frame": "PTC", "content": "Message", "speaker": "Source", "addressee": "Addr", "occasion": "Topic",
    "authority": "Medium", "source": "Evidence",
}  # fmt: skip
"""Which role of the corpus of speeches is learned as which part: every role has one of its own, so that each comes back."""


@dataclass(slots=True)
class Known:
    """A statement that a corpus marks."""

    outline: Outline
    seed: int
    optional: bool = False
    medium: str | None = None
    cue_class: str | None = None
    negated: bool | None = None


@dataclass(slots=True, eq=False)
class Labelled:
    """An article ready for training: what the network sees, what the tables found, what the corpus says."""

    name: str
    convention: str
    text: str
    words: Words
    tables: list[Outline]
    known: list[Known]
    marked: frozenset[str]
    rejected: set[tuple[int, int]] = field(default_factory=set)
    """Seeds that the network wrongly held for one in the last round: shown to the head of windows as such."""
    parts_only: bool = False
    """Where its seeds are is not learned, only what stands around them."""


def analysed(
    text: str, title: str | None = None, published: str | None = None
) -> tuple[Analysis, Words, list[Outline]]:
    """The article as the engine itself sees it before the network is asked."""
    article, language = Article(text, title=title, published=published), load("de")
    analysis = STANDARD.analyse(article, STANDARD.inspect(article, language), language)
    words = Words(analysis, language)
    return analysis, words, outlines_of(find_statements(analysis, language), words.grid)


def _known(statements: Sequence[Mapping[str, Any]], grid: Grid) -> list[Known]:
    out = []
    for s in statements:
        parts = {p: ids for p in PARTS if (ids := grid.of([Span(a, b) for a, b in s.get(p) or ()]))}
        if "content" in parts:
            outline = Outline(TYPES.index(s["form"]), parts)
            out.append(
                Known(
                    outline,
                    outline.first,
                    bool(s.get("optional")),
                    s.get("medium"),
                    s.get("cue_class"),
                    s.get("negated"),
                )
            )
    return out


def from_gnqa(
    data: Path, part: str, without: frozenset[str] = frozenset(), limit: int | None = None
) -> Iterator[Labelled]:
    """The corpus of news; `without` leaves articles with these texts out. Raises CorpusMissing."""
    marked = frozenset({"content", "cue", "frame", "speaker", "addressee", "source"})
    for a in gnqa.articles(data, part, limit):
        if a.text in without:
            continue
        _, words, tables = analysed(a.text, a.title, a.published)
        yield Labelled(a.name, "gnqa", a.text, words, tables, _known(fromgnqa.statements(a), words.grid), marked)


def from_gold(data: Path, part: str, limit: int | None = None) -> Iterator[Labelled]:
    """Our own gold. Raises CorpusMissing."""
    for a in gold.articles(data, part, limit):
        _, words, tables = analysed(a.text, a.title, a.published)
        yield Labelled(a.id, "ours", a.text, words, tables, _known(_of_gold(a), words.grid), frozenset(PARTS))


def from_gold_cues(data: Path, part: str, limit: int | None = None) -> Iterator[Labelled]:
    """Our own gold with the cue as the seed, as in speeches: more verbs with who says what around them. Which words are
    cues is another matter in news, and is not learned from it. Raises CorpusMissing."""
    for a in from_gold(data, part, limit):
        a.known = [
            replace(k, outline=replace(k.outline, form=CUE), seed=k.outline.of("cue")[0])
            for k in a.known
            if k.outline.of("cue")
        ]
        a.marked, a.parts_only = frozenset({"content", "speaker", "addressee"}), True
        yield a


def _of_gold(a: gold.GoldArticle) -> Iterator[dict[str, Any]]:
    """Statements with a place for `source`: the last place before that names the same speaker."""
    last: dict[str, Any] = {}
    for s in sorted(a.record["statements"], key=lambda s: s["content"][0][0]):
        name, span = s["speaker_is"], (s["speaker"] or {}).get("span")
        source = None
        if name and span:
            last[name] = span
        elif name:
            source = last.get(name)
            if source is None:
                ending = re.escape(name.split()[-1])
                places = [m.span() for m in re.finditer(ending + r"\w{0,2}", a.text[: s["content"][0][0]])]
                source = [places[-1]] if places else None
        yield {
            **s,
            "speaker": span,
            "addressee": (s["addressee"] or {}).get("span"),
            "authority": [p for x in s["authority"] for p in (*(x.get("marker") or ()), *(x.get("span") or ()))],
            "source": source,
        }


def from_gepade(data: Path, part: str, limit: int | None = None) -> Iterator[Labelled]:
    """Speeches. A seed is the first word of a cue; which part stands for which role says `ROLE_OF`. Raises CorpusMissing."""
    for speech in gepade.speeches(data, part, limit):
        _, words, tables = analysed(speech.text)
        known = []
        for frame in speech.frames:
            parts = {
                part: words.grid.of([Span(*speech.tokens[i]) for i in frame.roles[role]])
                for part, role in ROLE_OF.items()
                if role in frame.roles
            }
            known.append(Known(Outline(CUE, parts), parts["cue"][0]))
        yield Labelled(speech.name, "gepade", speech.text, words, tables, known, frozenset(ROLE_OF))


def from_gepade_messages(data: Path, part: str, limit: int | None = None) -> Iterator[Labelled]:
    """Speeches, where every message is an indirect statement with its cue and source: something like ours, to begin with.
    Raises CorpusMissing."""
    roles = {"content": ("Message",), "cue": ("Cue", "PTC"), "speaker": ("Source",), "addressee": ("Addr",)}
    for speech in gepade.speeches(data, part, limit):
        _, words, tables = analysed(speech.text)
        known = []
        for frame in speech.frames:
            ids = {p: sorted(i for r in rs for i in frame.roles.get(r, ())) for p, rs in roles.items()}
            parts = {p: words.grid.of([Span(*speech.tokens[i]) for i in found]) for p, found in ids.items() if found}
            if "content" in parts:
                known.append(Known(Outline(TYPES.index("indirect"), parts), parts["content"][0]))
        yield Labelled(speech.name, "ours", speech.text, words, tables, known, frozenset(roles))
