"""What stands in the tables about a reading? One row a statement, with its words and facts beside it."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from reportedly.model.article import Article
from reportedly.model.days import days_of
from reportedly.model.joins import Joins, Near
from reportedly.model.judgement import Judgement, Standing, Verdict, put_right, standing, with_added
from reportedly.model.kept import again, kept
from reportedly.model.reading import Reading
from reportedly.model.span import Span
from reportedly.model.speaker import Speaker
from reportedly.model.statement import Statement
from reportedly.store.base import Wording

_UNSTORABLE = re.compile("[\ud800-\udfff\0]")
APART = " 0break0 "
_LEVEL = 6


def packed(text: str) -> bytes:
    """Any text to the character, half surrogate pairs and NUL included."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), _LEVEL)


def unpacked(blob: bytes) -> str:
    return zlib.decompress(blob).decode("utf-8", "surrogatepass")


def packed_reading(reading: Reading) -> bytes:
    return packed(json.dumps(kept(reading), ensure_ascii=False, separators=(",", ":")))


def unpacked_reading(blob: bytes, text: str) -> Reading:
    return again(json.loads(unpacked(blob)), text)


def shown(text: str | None) -> str | None:
    """Text for a column that is searched and shown; the exact one is in the reading."""
    return None if text is None else _UNSTORABLE.sub("\ufffd", text)


def day_of(article: Article) -> int | None:
    """The day of publication as a number."""
    found = days_of(article.published)
    return found[0] if found else None


def written(places: Iterable[Span]) -> str:
    """Places in a column: "27-128;140-150"."""
    return ";".join(f"{p.start}-{p.end}" for p in places)


def read_places(column: str) -> tuple[Span, ...]:
    return tuple(Span(int(a), int(b)) for a, b in (p.split("-") for p in column.split(";") if p))


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One statement for the tables. `cells` by column name, `words` for the index, facts as rows of their tables."""

    cells: dict[str, Any]
    speaker: str | None
    words: tuple[str, ...]
    quantities: tuple[tuple[Any, ...], ...]
    moments: tuple[tuple[Any, ...], ...]
    places: tuple[tuple[Any, ...], ...]
    harms: tuple[str, ...]


def speakers_of(reading: Reading, judgements: Sequence[Judgement]) -> tuple[Speaker, ...]:
    """Everybody who speaks in the article, those that a person named included."""
    return put_right(reading, judgements).cast.speakers


def shorts_of(speaker: Speaker, text: str) -> str:
    """The acronyms that the article writes for a body: "BAMF"."""
    if speaker.kind not in ("organisation", "medium"):
        return ""
    written_as = {m.of(text).strip("().,„“ ") for m in speaker.mentions if len(m) <= 12}
    return " ".join(sorted(w for w in written_as if w != speaker.name and _is_acronym(w)))


def _is_acronym(word: str) -> bool:
    letters = [c for c in word if c.isalpha()]
    return (
        2 <= len(letters) <= 8
        and not any(c.isspace() for c in word)
        and 2 * sum(c.isupper() for c in letters) > len(letters)
    )


def statement_rows(reading: Reading, judgements: Sequence[Judgement], wording: Wording) -> Iterator[StatementRow]:
    """All statements of a reading as persons left them, added ones last; rejected ones are marked, not left out."""
    whole = with_added(reading, judgements)
    stands = standing(judgements, whole.statements)
    found, right = Joins(whole), Joins(put_right(whole, judgements))
    mended = {s.id: s for s in right.reading.statements}
    numbers = {s.id: n for n, s in enumerate(reading.statements, 1)}
    for n, s in sorted(((numbers.get(s.id) or int(s.id[1:]), s) for s in whole.statements), key=lambda row: row[0]):
        now = stands.get(s.id, Standing())
        if s.id in mended:
            yield _row(n, right, mended[s.id], now, wording)
        else:
            yield _row(n, found, s, now, wording)


def _row(n: int, joins: Joins, s: Statement, now: Standing, wording: Wording) -> StatementRow:
    who = joins.who(s)
    quantities, moments, harms = joins.quantities(s), joins.moments(s), joins.damages(s)
    near = Near([*s.frame, *s.time])
    said = [bool(near.touching([m.span])) for m in moments]
    spans = [days_of(m.value) for m in moments]
    times = [d for d, is_said in zip(spans, said, strict=True) if d and is_said]
    cells = {
        "n": n,
        "form": s.form.value,
        "cue_class": s.cue_class,
        "medium": s.medium.value,
        "mood": s.mood.value if s.mood else None,
        "negated": s.negated,
        "named": int(who.named) if who else -1,
        "content": written(s.content),
        "cue": written(s.cue),
        "written": written((s.speaker,) if s.speaker else ()),
        "said_first": min(d[0] for d in times) if times else None,
        "said_last": max(d[1] for d in times) if times else None,
        "figures": len(quantities),
        "damaged": bool(harms),
        "confidence": round(joins.reading.confidence.get(s.id, s.sure), 3),
        "judged": now.word,
        "language": joins.reading.article.language,
    }
    return StatementRow(
        cells,
        who.id if who else None,
        _words(joins, s, who, wording),
        tuple((q.value, q.min, q.max, q.relation, shown(q.noun), shown(q.unit)) for q in quantities),
        tuple(
            (m.value, d[0] if d else None, d[1] if d else None, is_said)
            for m, d, is_said in zip(moments, spans, said, strict=True)
        ),
        tuple((shown(p.name), p.country) for p in joins.places(s)),
        tuple(dict.fromkeys(d.kind for d in harms)),
    )


def is_shown(latest: bool, judged: str | None) -> bool:
    return latest and judged != Verdict.REJECT.value


def _words(joins: Joins, s: Statement, who: Speaker | None, wording: Wording) -> tuple[str, ...]:
    """What the index holds, in the order of its columns."""
    text = joins.reading.text

    def of(spans: Iterable[Span]) -> list[str]:
        return [p.of(text) for p in spans]

    to = joins.who(s, "addressee")
    owners = [o for n in range(len(s.authority)) if (o := joins.who(s, "authority", n))]
    speaker = [*of((s.speaker,) if s.speaker else ()), *((who.name, *who.roles) if who else ())]
    addressee = [*of((s.addressee,) if s.addressee else ()), *((to.name,) if to else ())]
    authority = [*(p for a in s.authority for p in of(a.span)), *(o.name for o in owners)]
    places = [word for p in joins.places(s) for word in (p.name, p.country or "")]
    return (
        *wording.indexed(of(s.content)),
        *wording.indexed(of(s.frame or s.cue)),
        *(_both(wording, part) for part in (speaker, addressee, authority, places)),
    )


def _both(wording: Wording, parts: Iterable[str]) -> str:
    """Plain forms and keys in one column, with a gap that no phrase runs over."""
    plain, keys = wording.indexed(dict.fromkeys(parts))
    return f"{plain}{APART}{keys}" if keys else plain
