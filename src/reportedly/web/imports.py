"""Imports as their users see them: what runs, in counts; how each ended; every item that was not read, with the reason."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

from reportedly.errors import InputError
from reportedly.intake import published_of
from reportedly.web import start
from reportedly.web.beside import Beside
from reportedly.web.calls import Call, Go, RoomError, View
from reportedly.web.desk import now
from reportedly.web.jobs import counts

WISHES = ("pause", "resume", "stop", "retry", "ignore")
LONG_TEXT = 40_000
"""Longer texts are read as an import, not while somebody waits for the page."""
_ADDRESS = re.compile(r"https?://\S{3,2000}", re.IGNORECASE)
_MOST_SHOWN = 200
_MOST_PLACES = 50_000


def imports(call: Call) -> View:
    """All imports, newest first."""
    jobs = [
        _told(call.desk.beside, job) for job in call.desk.beside.rows("SELECT * FROM job ORDER BY key DESC LIMIT 100")
    ]
    return View("imports.html", {"imports": jobs}, {"refused": call.archive.figures().refused})


def _told(beside: Beside, job: dict[str, Any]) -> dict[str, Any]:
    return {
        "key": job["key"],
        "places": json.loads(job["places"])[:50],
        "state": job["state"],
        "wish": job["wish"],
        "made": job["made"],
        "begun": job["begun"],
        "ended": job["ended"],
        "current": job["current"],
        "note": job["note"],
        "counts": counts(beside, job),
    }


def add(call: Call) -> Go:
    """What was put into the box: addresses, places of this machine, or a text."""
    what = call.form["what"].strip()
    about = {name: call.form.get(name, "").strip() for name in ("outlet", "published")}
    lines = [part.strip() for part in what.splitlines() if part.strip()]
    if lines and len(lines) <= _MOST_PLACES and all(_is_place(part) for part in lines):
        return _begun(call, lines, about)
    if len(what) > LONG_TEXT:
        key = _new(call, [], about)
        folder = call.desk.beside.inbox / str(key)
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / "text.txt"
        file.write_text(what, "utf-8", errors="surrogatepass")
        call.desk.beside.run("UPDATE job SET places = ?, state = 'waiting' WHERE key = ?", json.dumps([str(file)]), key)
        call.desk.wake()
        return _see(key)
    text = {"text": call.form["what"], "title": call.form.get("title", ""), "url": "", **about}
    article, _ = start.keep_text(call, text)
    return Go(
        f"/articles/{article.id}", data={"import": None, "article": article.id, "path": f"/articles/{article.id}"}
    )


def _is_place(text: str) -> bool:
    """An address, or a file or folder of this machine that is there."""
    if _ADDRESS.fullmatch(text):
        return True
    try:
        return Path(text).is_absolute() and Path(text).exists()
    except (OSError, ValueError):
        return False


def _begun(call: Call, places: list[str], about: dict[str, str]) -> Go:
    key = _new(call, places, about)
    call.desk.beside.run("UPDATE job SET state = 'waiting' WHERE key = ?", key)
    call.desk.wake()
    return _see(key)


def _see(key: int) -> Go:
    return Go(f"/imports/{key}", data={"import": key, "article": None, "path": f"/imports/{key}"})


def _new(call: Call, places: list[str], about: dict[str, str]) -> int:
    """A job that does not begin yet. Raises RoomError where what is said of it makes no sense."""
    known: dict[str, str] = {k: v for k, v in about.items() if v}
    if "published" in known:
        try:
            known["published"] = published_of(known["published"]) or known["published"]
        except InputError as error:
            raise RoomError(400, str(error)) from None
    return call.desk.beside.run(
        "INSERT INTO job (places, about, state, made) VALUES (?, ?, 'collecting', ?)",
        json.dumps(places),
        json.dumps(known),
        now(),
    )


def upload(call: Call) -> Go:
    """A file as it is, put into the inbox of a job; the first one makes the job, `resume` begins it when all are there."""
    if not call.body:
        raise RoomError(400, "error.missing", name="body")
    key = call.asked["job"]
    if key:
        job = call.desk.beside.row("SELECT * FROM job WHERE key = ? AND state = 'collecting'", key)
        if job is None or not (call.desk.beside.inbox / str(key)).is_dir():
            raise RoomError(404, "error.import")
    else:
        key = _new(call, [], {})
    folder = call.desk.beside.inbox / str(key)
    folder.mkdir(parents=True, exist_ok=True)
    file = _free(folder, _harmless(call.asked["name"]))
    with file.open("xb") as out:
        out.write(call.body)
        os.fsync(out.fileno())
    with call.desk.beside.open() as db:
        row = db.execute("SELECT places FROM job WHERE key = ?", (key,)).fetchone()
        places = [*json.loads(row["places"]), str(file)]
        db.execute("UPDATE job SET places = ? WHERE key = ?", (json.dumps(places), key))
    return _see(key)


def _harmless(name: str) -> str:
    """The last part of a name, letters, digits, dashes and dots; it is only a label."""
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(c if c.isalnum() or c in "-_. " else "-" for c in base).strip(". ")[-80:]
    return kept or "file"


def _free(folder: Path, name: str) -> Path:
    n, found = 2, folder / name
    while found.exists():
        found, n = folder / f"{n}-{name}", n + 1
    return found


def one(call: Call) -> View:
    """One import with every item that was not read."""
    job = _job(call)
    first = call.asked["first"]
    items = call.desk.beside.rows(
        "SELECT key, origin, outcome, article, reason, statements, damages FROM item WHERE job = ?"
        " ORDER BY outcome != 'refused', damages = 0, key LIMIT ? OFFSET ?",
        job["key"], _MOST_SHOWN, first,
    )  # fmt: skip
    total = call.desk.beside.rows("SELECT count(*) AS n FROM item WHERE job = ?", job["key"])[0]["n"]
    data = {**_told(call.desk.beside, job), "items": items, "all": total, "first": first}
    return View("import.html", data, {"after": first + _MOST_SHOWN if first + _MOST_SHOWN < total else None})


def _job(call: Call) -> dict[str, Any]:
    key = call.at["key"]
    job = call.desk.beside.row("SELECT * FROM job WHERE key = ?", int(key)) if key.isdigit() and len(key) < 10 else None
    if job is None:
        raise RoomError(404, "error.import")
    return job


def wish(call: Call) -> Go:
    """Pause, resume, stop, try again what was refused, or leave an item be."""
    job, wanted = _job(call), call.at["wish"]
    if wanted not in WISHES:
        raise RoomError(404, "error.404")
    beside, key = call.desk.beside, job["key"]
    item = call.form.get("item", "")
    if wanted in ("pause", "stop"):
        beside.run("UPDATE job SET wish = ? WHERE key = ? AND state = 'running'", wanted, key)
        beside.run("UPDATE job SET state = ?, ended = ? WHERE key = ? AND state IN ('waiting', 'paused')",
                   "paused" if wanted == "pause" else "stopped", now(), key)  # fmt: skip
    elif wanted == "resume":
        beside.run(
            "UPDATE job SET state = 'waiting', wish = '' WHERE key = ? AND state IN ('collecting', 'paused', 'stopped', 'failed')",
            key,
        )
    elif wanted == "retry":
        only, values = (" AND key = ?", (int(item),)) if item.isdigit() else ("", ())
        again = beside.rows(f"SELECT key, origin FROM item WHERE job = ? AND outcome = 'refused'{only}", key, *values)
        with beside.open() as db:
            for row in again:
                db.execute("DELETE FROM item WHERE key = ?", (row["key"],))
                db.execute(
                    "DELETE FROM over WHERE job = ? AND (place = ? OR ? LIKE place || '%')",
                    (key, row["origin"], row["origin"]),
                )
            if again and job["state"] != "running":
                db.execute("UPDATE job SET state = 'waiting', wish = '' WHERE key = ?", (key,))
    elif item.isdigit():
        beside.run(
            "UPDATE item SET outcome = 'ignored' WHERE job = ? AND key = ? AND outcome = 'refused'", key, int(item)
        )
    call.desk.wake()
    return Go(f"/imports/{key}")
