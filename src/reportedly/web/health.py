"""What of all that was given to this archive was not read, at which step, why, and what can be done? Nothing vanishes."""

from __future__ import annotations

import json
from typing import Any

from reportedly.archive.whence import found_again
from reportedly.model.answers import Refused
from reportedly.web.calls import Call, Go, RoomError, View, address
from reportedly.web.desk import now

STEPS = ("fetching", "taking_in", "reading")
_MOST = 100
_IN_READING = (
    "could not be read because of a fault",
    "was given up after",
    "ended the process",
    "took longer than",
    "made the reader",
)
_IN_OPENING = (
    "cannot be read",
    "does not exist",
    "may not be read",
    "cannot be opened",
    "is a directory",
    "is not there",
    "no file",
)
_TAKEN_IN = (
    "is a page", "is not text", "holds only", "has an empty text", "is neither", "is XML", "leads to a list", "is packed", "lies more than",
    "is of type", "is damaged",
)  # fmt: skip


def step_of(row: Refused) -> str:
    """At which step an input was given up: what the reason says, in the words of those who gave it."""
    if row.reason.startswith(_IN_READING):
        return "reading"
    if row.origin.lower().startswith(("http://", "https://")):
        return "taking_in" if row.reason.startswith(_TAKEN_IN) else "fetching"
    return "fetching" if row.reason.startswith(_IN_OPENING) else "taking_in"


def health(call: Call) -> View:
    """Every input that was not read, with its step and reason; how many articles are damaged or read by an older version."""
    ticked = _ticked(call)
    rows = [(row, step_of(row), ticked.get(row.origin) == row.reason) for row in reversed(call.archive.refused())]
    open_ = [row for row in rows if not row[2]]
    counts = {step: sum(row[1] == step for row in open_) for step in STEPS}
    wanted = [
        row
        for row in (rows if call.asked["ticked"] else open_)
        if not call.asked["step"] or row[1] == call.asked["step"]
    ]
    first = call.asked["first"]
    shown = [{**row.to_dict(), "step": step, "ticked": off} for row, step, off in wanted[first : first + _MOST]]
    data: dict[str, Any] = {
        "items": shown, "steps": counts, "all": len(wanted), "first": first, "ticked": len(rows) - len(open_),
        "damaged": len(call.archive.search("schaden:ja")), "outdated": len(call.archive.outdated()),
    }  # fmt: skip
    after = first + _MOST if first + _MOST < len(wanted) else None
    return View("health.html", data, {"after": after, "step": call.asked["step"], "with_ticked": call.asked["ticked"]})


def _ticked(call: Call) -> dict[str, str]:
    """Inputs that somebody ticked off, with the reason that they had then; with another one they are open again."""
    return {row["origin"]: row["reason"] for row in call.desk.beside.rows("SELECT origin, reason FROM ticked")}


def tick(call: Call) -> Go:
    """Leave an input be, or (untick) take it up again."""
    row = _row(call)
    with call.desk.beside.open() as db:
        db.execute("DELETE FROM ticked WHERE origin = ?", (row.origin,))
        if not call.form.get("untick"):
            db.execute("INSERT INTO ticked VALUES (?, ?)", (row.origin, row.reason))
    return Go(address("/health", step=call.form.get("step", "")))


def retry(call: Call) -> Go:
    """Try one input again, or all of a step that nobody ticked off, as an import that tells what becomes of them."""
    if call.form.get("origin"):
        rows = [_row(call)]
    else:
        ticked, step = _ticked(call), call.form.get("step", "")
        rows = [r for r in call.archive.refused() if ticked.get(r.origin) != r.reason and step in ("", step_of(r))]
    named = {found_again(call.archive, row.origin): row.origin for row in rows if not row.origin.startswith("<")}
    if not named:
        raise RoomError(404, "error.nothing_to_retry")
    key = call.desk.beside.run(
        "INSERT INTO job (places, about, state, made) VALUES (?, ?, 'waiting', ?)",
        json.dumps(list(named)),
        json.dumps({"named": named}),
        now(),
    )
    call.desk.wake()
    return Go(f"/imports/{key}", data={"import": key, "path": f"/imports/{key}"})


def _row(call: Call) -> Refused:
    row = next((r for r in call.archive.refused() if r.origin == call.form.get("origin")), None)
    if row is None:
        raise RoomError(404, "error.nothing_to_retry")
    return row
