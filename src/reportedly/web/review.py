"""One statement at a time: one key is one decision, saved at once, and the next one comes. A queue is drawn once and stays."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

from reportedly.archive import Archive
from reportedly.errors import ArchiveError
from reportedly.export import told
from reportedly.export.safe import line
from reportedly.languages import load
from reportedly.languages.segment import sentences, tokenise
from reportedly.model.joins import Joins
from reportedly.model.judgement import Judgement, Verdict, put_right
from reportedly.model.reading import Reading
from reportedly.model.span import Pieces, Span, hull, pieces, text_of
from reportedly.model.statement import Form, Statement
from reportedly.web.calls import Call, Go, RoomError, View, address, inside
from reportedly.web.desk import now
from reportedly.web.dispute import dispute_of, in_dispute, near, pairs, settle
from reportedly.web.reader import at_place

ORDERS = ("unsure", "newest", "oldest", "random", "disputed")
MOST = 1000
_EVERYTHING = "geprüft:ja OR geprüft:nein"
_UNJUDGED = "geprüft:nein"
_AROUND = 1500
_LAST = 10


@dataclass(frozen=True, slots=True)
class Item:
    """A place of the queue with what was decided about it last; `verdict` is "" as long as nobody decided. Where the place is
    in dispute, `known` judgements of its article were there when the queue was drawn, and only later ones decide."""

    n: int
    article: str
    place: Pieces
    verdict: str
    at: str
    known: int | None = None


def review(call: Call) -> View:
    """The start of reviewing, or the next statement of a queue."""
    if not call.asked["queue"]:
        return _beginning(call)
    drawn = call.desk.beside.sample(call.asked["queue"])
    if drawn is None:
        raise RoomError(404, "error.queue")
    items = _items(call.archive, drawn["drawn"])
    later = {int(n) for n in call.asked["later"].split(",") if n}
    item = _next(items, later, call.asked["at"])
    data: dict[str, Any] = {
        "queue": drawn["key"],
        "q": drawn["q"],
        "random": bool(drawn["seed"]),
        "disputed": any(i.known is not None for i in items),
        "decided": sum(1 for i in items if i.verdict),
        "all": len(items),
        "precision": precision(items),
        "item": None,
    }
    if item is None:
        return View("review.html", data, {"shown": None, "last": _last(items), "later": "", "put_off": ""})
    shown = _shown(call, item)
    data["item"] = {
        "n": item.n,
        "article": item.article,
        "statement": shown["id"],
        "place": pairs(item.place),
        "verdict": item.verdict,
    }
    kept = ",".join(map(str, sorted(later - {item.n})))
    put_off = ",".join(map(str, sorted(later | {item.n})))
    return View("review.html", data, {"shown": shown, "last": _last(items), "later": kept, "put_off": put_off})


def _beginning(call: Call) -> View:
    rows = call.desk.beside.rows("SELECT key, q, made, seed, drawn FROM sample ORDER BY key DESC LIMIT 12")
    queues = []
    for row in rows:
        items = _items(call.archive, json.loads(row["drawn"]))
        queues.append(
            {"queue": row["key"], "q": row["q"], "made": row["made"], "random": bool(row["seed"]), "disputed": any(i.known is not None for i in items), "all": len(items),
             "decided": sum(1 for i in items if i.verdict), "precision": precision(items)}
        )  # fmt: skip
    q = call.asked["q"]
    waiting = len(call.archive.search(f"{q} {_UNJUDGED}"))
    return View(
        "review_start.html",
        {"q": q, "waiting": waiting, "queues": queues},
        {"orders": ORDERS, "sort": call.asked["sort"]},
    )


def draw(call: Call) -> Go:
    """Draw a queue: in an order, what nobody has decided yet; at random, all that the query finds."""
    q, order = call.form.get("q", "").strip(), call.form.get("sort", "unsure")
    n = (
        int(call.form.get("n", "50"))
        if call.form.get("n", "50").isdigit() and len(call.form.get("n", "50")) < 6
        else 50
    )
    n = min(max(n, 1), MOST)
    if order not in ORDERS:
        raise RoomError(400, "error.choice", name="sort", choices=", ".join(ORDERS))
    seed = 0
    if order == "random":
        found = call.archive.search(f"{q} {_EVERYTHING}", sort="oldest")
        seed = random.SystemRandom().randrange(1, 2**31)
        count = len(found)
        hits = [found[i] for i in sorted(random.Random(seed).sample(range(count), min(n, count)))]
        random.Random(seed).shuffle(hits)
    elif order != "disputed":
        hits = call.archive.search(f"{q} {_UNJUDGED}", sort=order)[:n]
    drawn = in_dispute(call, q, n) if order == "disputed" else [(h.article, pairs(h.place)) for h in hits]
    if not drawn:
        raise RoomError(404, "review.no_dispute" if order == "disputed" else "review.nothing")
    key = call.desk.beside.draw(q, now(), seed, drawn)
    return Go(address("/review", queue=key), data={"queue": key, "all": len(drawn)})


def _items(archive: Archive, drawn: Sequence[Sequence[Any]]) -> list[Item]:
    judged: dict[str, list[Judgement]] = {}
    out = []
    for n, (article, place, *known) in enumerate(drawn, 1):
        if article not in judged:
            try:
                judged[article] = archive.judgements(article)
            except ArchiveError:
                judged[article] = []
        spans = tuple(Span(a, b) for a, b in place)
        verdict, at = "", ""
        for j in judged[article][known[0] if known else 0 :]:
            if known:
                if near(j.place, spans):
                    verdict, at = j.verdict.value, j.at
            elif j.place == spans or j.content == spans:
                verdict, at = ("", "") if j.verdict is Verdict.WITHDRAW else (j.verdict.value, j.at)
        out.append(Item(n, article, spans, verdict, at, known[0] if known else None))
    return out


def _next(items: list[Item], later: set[int], at: int) -> Item | None:
    if at:
        return next((i for i in items if i.n == at), None)
    open_ = [i for i in items if not i.verdict]
    return next((i for i in open_ if i.n not in later), open_[0] if open_ else None)


def _last(items: list[Item]) -> list[Item]:
    return sorted((i for i in items if i.verdict), key=lambda i: (i.at, i.n), reverse=True)[:_LAST]


def precision(items: list[Item]) -> dict[str, Any] | None:
    """How many of those decided were right as they stood, with Wilson's interval of 95 per cent.

    >>> items = [Item(n, "a", (), "accept" if n < 9 else "reject", "") for n in range(10)]
    >>> precision(items)
    {'right': 9, 'of': 10, 'share': 0.9, 'low': 0.596, 'high': 0.982}
    """
    decided = [i for i in items if i.verdict]
    n = len(decided)
    if not n:
        return None
    right = sum(1 for i in decided if i.verdict == Verdict.ACCEPT)
    share, z = right / n, 1.959964
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return {
        "right": right,
        "of": n,
        "share": round(share, 3),
        "low": round(max(middle - half, 0), 3),
        "high": round(min(middle + half, 1), 3),
    }


def _shown(call: Call, item: Item) -> dict[str, Any]:
    """The statement in its surroundings: words as pieces that a key can take in or leave out."""
    reading = call.archive.reading(item.article)
    right = put_right(reading, call.archive.judgements(item.article), rejected=True)
    whole = hull(item.place) or Span(0, 0)
    s = next((t for t in right.statements if t.content == item.place), None) or at_place(right, whole)
    joins = Joins(right)
    content = s.content if s else item.place
    start, end = _surroundings(reading, content, s)
    name, written = told.names(joins, s) if s else (None, None)
    return {
        "id": s.id if s else "",
        "s": s,
        "item": item,
        "title": line(told.headline(reading, call.tongue)),
        "outlet": reading.article.outlet,
        "published": reading.article.published,
        "language": "" if reading.article.language == "und" else reading.article.language,
        "words": list(_words(reading.text, start, end, content, s)),
        "content": ";".join(f"{p.start}-{p.end}" for p in content),
        "said": text_of(content, reading.text),
        "name": name,
        "written": written,
        "cue": text_of(s.cue, reading.text) if s else "",
        "details": told.details(joins, s, call.tongue) if s else [],
        "harms": [d for d in joins.damages(s)] if s else [],
        "confidence": right.confidence.get(s.id, s.sure) if s else 0.0,
        "speakers": _near(right, content),
        "names": [name for name, _ in _near(right, content)],
        "forms": [f.value for f in Form],
        "dispute": dispute_of(call, item, reading) if item.known is not None else None,
        "path": f"/articles/{item.article}/{whole.start}-{whole.end}",
    }


def _surroundings(reading: Reading, content: Pieces, s: Statement | None) -> tuple[int, int]:
    """The sentences of the statement with one before and one after."""
    text = reading.text
    whole = hull((*content, *(s.frame if s else ()), *(s.cue if s else ()))) or Span(0, 0)
    low, high = max(0, whole.start - _AROUND), min(len(text), whole.end + _AROUND)
    language = load(reading.article.language)
    found = [Span(low + a, low + b) for a, b in sentences(text[low:high], language)]
    inside = [n for n, sentence in enumerate(found) if sentence.overlaps(whole)]
    if not inside:
        return whole.start, whole.end
    return found[max(inside[0] - 1, 0)].start, found[min(inside[-1] + 1, len(found) - 1)].end


def _words(text: str, start: int, end: int, content: Pieces, s: Statement | None) -> Any:
    """(first, last, words, class) in order: tokens that lie in the content, in the cue, at the speaker, or in none."""
    marks = [("said", p) for p in content]
    if s:
        marks += [("cue", p) for p in s.cue] + ([("who", s.speaker)] if s.speaker else [])
    at = start
    for a, b in tokenise(text[start:end]):
        token = Span(start + a, start + b)
        if token.start > at:
            yield (
                at,
                token.start,
                text[at : token.start],
                " ".join(dict.fromkeys(k for k, p in marks if p.start <= at and token.start <= p.end)),
                False,
            )
        yield (
            token.start,
            token.end,
            token.of(text),
            " ".join(dict.fromkeys(k for k, p in marks if p.overlaps(token))),
            True,
        )
        at = token.end
    if at < end:
        yield at, end, text[at:end], "", False


def _near(reading: Reading, content: Pieces) -> list[tuple[str, str]]:
    """The speakers of the article, nearest mention first: (name, kind)."""
    at = content[0].start if content else 0

    def distance(mentions: Pieces) -> int:
        return min((abs(m.start - at) for m in mentions), default=10**9)

    return [(p.name, p.kind) for p in sorted(reading.cast.speakers, key=lambda p: distance(p.mentions))][:12]


# --- deciding


def judge(call: Call) -> Go:
    """Keep a decision. Forms say where to go on; programs get the decision back."""
    form = call.form
    content: Pieces = ()
    if form.get("content"):
        content = _places(form["content"])
    by = form.get("by", "").strip() or call.by
    if any("\ud800" <= c <= "\udfff" for value in form.values() for c in value):
        raise RoomError(400, "error.form")
    try:
        id_ = call.archive.resolve(form["article"])
    except ArchiveError as error:
        raise RoomError(404, str(error)) from None
    try:
        done = call.archive.judge(
            (id_, form.get("statement", "")),
            form["verdict"],
            by=by,
            why=form.get("why", "").strip()[:2000],
            content=content,
            speaker=form.get("speaker", "").strip()[:200],
            form=form.get("form", ""),
        )
    except ArchiveError as error:
        raise RoomError(400, str(error)) from None
    return Go(inside(form.get("back", ""), f"/articles/{id_}"), data=done.to_dict())


def undo(call: Call) -> Go:
    """Take back what was decided about a place of the queue."""
    key, item = drawn_item(call)
    call.archive.judge((item.article, ""), Verdict.WITHDRAW, by=call.by, content=item.place)
    return Go(inside(call.form.get("back", ""), address("/review", queue=key, at=item.n)))


def settled(call: Call) -> Go:
    """End a dispute: as it is read now, or as it was decided."""
    key, item = drawn_item(call)
    if item.known is None or call.form["as"] not in ("new", "old"):
        raise RoomError(400, "error.value", name="as")
    settle(call, item, new=call.form["as"] == "new")
    return Go(inside(call.form.get("back", ""), address("/review", queue=key)))


def drawn_item(call: Call) -> tuple[int, Item]:
    """The queue and the item that a form names. Raises RoomError."""
    queue, n = (
        int(v) if v.isascii() and v.isdigit() and len(v) < 10 else 0 for v in (call.at["queue"], call.form["item"])
    )
    drawn = call.desk.beside.sample(queue)
    if drawn is None or not 1 <= n <= len(drawn["drawn"]):
        raise RoomError(404, "error.queue")
    return drawn["key"], _items(call.archive, drawn["drawn"])[n - 1]


def _places(written: str) -> Pieces:
    """Places as `27-128;140-150` or `[[27, 128], [140, 150]]`. Raises RoomError."""
    try:
        if written.startswith("["):
            pairs = [(a, b) for a, b in json.loads(written)]
            if not all(type(x) is int for pair in pairs for x in pair):
                raise ValueError
        else:
            pairs = [(int(a), int(b)) for a, b in (part.split("-") for part in written.split(";") if part)]
        return pieces(Span(a, b) for a, b in pairs)
    except (ValueError, TypeError):
        raise RoomError(400, "error.value", name="content") from None
