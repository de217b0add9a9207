"""Where one begins: the search, a box for a text or an address, what came last, what waits."""

from __future__ import annotations

from collections import deque
from typing import Any

from reportedly.errors import InputError, ReportedlyError
from reportedly.example import example_text
from reportedly.export import told
from reportedly.export.safe import line
from reportedly.intake import take_in_text
from reportedly.model.answers import Known
from reportedly.model.article import Article
from reportedly.web.calls import Call, Go, RoomError, View
from reportedly.web.search import saved_rows

_LAST = 6
_JUDGEABLE = "geprüft:nein"


def start(call: Call) -> View:
    """The first page."""
    figures = call.archive.figures()
    saved = saved_rows(call)
    waiting = len(call.archive.search(_JUDGEABLE)) if figures.articles else 0
    jobs = call.desk.beside.rows(
        "SELECT key, state FROM job WHERE state IN ('waiting', 'running', 'paused') ORDER BY key"
    )
    last = _last(call) if figures.articles else []
    data = {"figures": figures.to_dict(), "saved": saved, "waiting": waiting, "imports": jobs, "last": last}
    return View("start.html", data)


def _last(call: Call) -> list[dict[str, Any]]:
    """The articles that came last."""
    out = []
    for id_ in reversed(deque(call.archive.store.ids(), _LAST)):
        reading = call.archive.reading(id_)
        out.append(
            {
                "id": id_,
                "title": line(told.headline(reading, call.tongue)),
                "outlet": reading.article.outlet,
                "published": reading.article.published,
                "statements": len(reading.statements),
                "damages": len(reading.damages),
            }
        )
    return out


def add(call: Call) -> Go:
    """A text from a form or a program, read at once: the article is the answer."""
    given = {name: call.form.get(name, "") for name in ("text", "title", "outlet", "url", "published")}
    if not given["text"].strip():
        raise RoomError(400, "error.missing", name="text")
    found, known = keep_text(call, given)
    path = f"/articles/{found.id}"
    statements = len(call.archive.reading(found.id).statements)
    return Go(path, data={"article": found.id, "path": path, "known": known.value, "statements": statements})


def keep_text(call: Call, given: dict[str, str]) -> tuple[Article, Known]:
    """Read a pasted text and keep it. Raises RoomError."""
    said = {k: v.strip() or None for k, v in given.items() if k != "text"}
    if any(_lone(v) for v in said.values() if v):
        raise RoomError(400, "error.form")
    try:
        article = take_in_text(given["text"], origin="<paste>", **said)
    except InputError as error:
        raise RoomError(400, str(error)) from None
    except ReportedlyError as error:
        raise RoomError(400, str(error)) from None
    done = call.archive.add([article])
    if done.refused:
        reason = next(
            (r.reason for r in call.archive.refused() if r.origin == (article.origin or article.url or article.id)), ""
        )
        raise RoomError(400, reason or "error.form")
    return article, Known.THERE if done.there else Known.VERSION if done.new_versions else Known.NEW


def _lone(text: str) -> bool:
    return any("\ud800" <= c <= "\udfff" for c in text)


def example(call: Call) -> Go:
    """The example article, kept like any other."""
    given = {"text": example_text(), "title": "", "outlet": "Inselbote", "url": "", "published": "2026-03-18"}
    article, _ = keep_text(call, given)
    return Go(f"/articles/{article.id}")
