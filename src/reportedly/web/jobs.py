"""Who sees to it that imports go on? One thread of the room: starts a process for the next job, watches it, goes on after a crash."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
import time
from typing import Any

from reportedly.archive import open_archive
from reportedly.model.article import Refusal
from reportedly.web.beside import Beside
from reportedly.web.desk import now
from reportedly.web.importing import DONE, PAUSED, STOPPED

PATIENCE = 120.0
"""Seconds that one item may take before its process is ended."""
_LOOK = 0.25
_CRASHES = 200
"""Crashes of one job after which something is wrong with the machine, not with an item."""


class Jobs:
    """The imports of one room, one after the other."""

    def __init__(self, beside: Beside, patience: float = PATIENCE) -> None:
        self._beside, self._patience = beside, patience
        self._end, self._new = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._watch, name="imports", daemon=True)
        self._crashes: dict[int, int] = {}

    def start(self) -> None:
        """Begin, or go on where an earlier room ended."""
        self._beside.run("UPDATE job SET state = 'waiting' WHERE state = 'running'")
        self._thread.start()

    def close(self) -> None:
        """End the process that runs; its job goes on when the room is opened again."""
        self._end.set()
        self._new.set()
        if self._thread.is_alive():
            self._thread.join(10)

    def wake(self) -> None:
        """There is a new job."""
        self._new.set()

    def _watch(self) -> None:
        while not self._end.is_set():
            job = self._beside.row("SELECT * FROM job WHERE state = 'waiting' ORDER BY key")
            if job is None:
                self._new.wait(1.0)
                self._new.clear()
                continue
            self._beside.run(
                "UPDATE job SET state = 'running', wish = '', begun = coalesce(begun, ?), beat = ? WHERE key = ?",
                now(),
                time.time(),
                job["key"],
            )
            code = self._one(job["key"])
            if self._end.is_set():
                self._beside.run("UPDATE job SET state = 'waiting' WHERE key = ? AND state = 'running'", job["key"])
                return
            self._ended(job["key"], code)

    def _one(self, key: int) -> int:
        """One process for one job, until it ends by itself, hangs, or the room is closed."""
        process = subprocess.Popen(
            [sys.executable, "-m", "reportedly.web.importing", str(self._beside.archive), str(key)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            while process.poll() is None:
                if self._end.wait(_LOOK):
                    break
                row = self._beside.row("SELECT beat FROM job WHERE key = ?", key)
                if row and time.time() - row["beat"] > self._patience:
                    break
        finally:
            if process.poll() is None:
                process.kill()
            code = process.wait()
        return code

    def _ended(self, key: int, code: int) -> None:
        states = {DONE: "done", PAUSED: "paused", STOPPED: "stopped"}
        if code in states:
            self._beside.run(
                "UPDATE job SET state = ?, wish = '', ended = ?, current = '' WHERE key = ?", states[code], now(), key
            )
            if code == DONE:
                self._clear(key)
            return
        self._crashes[key] = self._crashes.get(key, 0) + 1
        job = self._beside.row("SELECT * FROM job WHERE key = ?", key)
        if job is None or self._crashes[key] > _CRASHES or not job["current"]:
            self._beside.run(
                "UPDATE job SET state = 'failed', note = ?, ended = ? WHERE key = ?", f"exit code {code}", now(), key
            )
            return
        self._blame(key, job["current"], code)
        self._beside.run("UPDATE job SET state = 'waiting', current = '' WHERE key = ?", key)

    def _blame(self, key: int, current: str, code: int) -> None:
        """The item that was being read is refused; its place is over, and the rest goes on."""
        seconds = int(self._patience)
        reason = f"took longer than {seconds} seconds to read" if code == -9 else f"made the reader crash (code {code})"
        row = self._beside.row("SELECT places FROM job WHERE key = ?", key)
        places = json.loads(row["places"]) if row else []
        place = next((p for p in places if current.startswith(p)), current)
        with self._beside.open() as db:
            db.execute(
                "INSERT OR REPLACE INTO item (job, origin, outcome, reason, at) VALUES (?, ?, 'refused', ?, ?)",
                (key, current, reason, now()),
            )
            for gone in {current, place if place in places else current}:
                if gone == current or not _is_folder(place):
                    db.execute("INSERT OR IGNORE INTO over VALUES (?, ?)", (key, gone))
        with open_archive(self._beside.archive) as archive:
            archive.add([Refusal(current, reason)])

    def _clear(self, key: int) -> None:
        """Files that were sent and read are in the archive now; those that were refused stay, to be tried again."""
        folder = self._beside.inbox / str(key)
        if folder.is_dir() and not self._beside.row("SELECT 1 FROM item WHERE job = ? AND outcome = 'refused'", key):
            shutil.rmtree(folder, ignore_errors=True)


def _is_folder(place: str) -> bool:
    from pathlib import Path

    return Path(place).is_dir()


def counts(beside: Beside, job: dict[str, Any]) -> dict[str, Any]:
    """How far a job is, in counts: read, there, refused, ignored, left; items a second; how many minutes to go."""
    rows = beside.rows(
        "SELECT outcome, count(*) AS n, sum(statements) AS s FROM item WHERE job = ? GROUP BY 1", job["key"]
    )
    n = {row["outcome"]: row["n"] for row in rows}
    over = beside.rows("SELECT count(*) AS n FROM over WHERE job = ?", job["key"])[0]["n"]
    left = max(job["expected"] - over, 0) if job["expected"] is not None else None
    met = sum(n.values())
    rate = met / job["seconds"] if job["seconds"] > 1 and met > 1 else None
    return {
        "read": n.get("read", 0),
        "there": n.get("there", 0),
        "refused": n.get("refused", 0),
        "ignored": n.get("ignored", 0),
        "statements": sum(row["s"] or 0 for row in rows),
        "left": left,
        "rate": round(rate, 2) if rate else None,
        "minutes": round(left / rate / 60) if rate and left is not None else None,
    }
