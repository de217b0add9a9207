"""Imports: counted, paused, resumed, surviving an end of the room and crashes of the reader; nothing vanishes silently."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reading_room import ARTICLES, Open, Room
from reportedly.archive import open_archive
from reportedly.web.beside import Beside
from reportedly.web.importing import places_of
from reportedly.web.jobs import Jobs
from web_subjects import SENTENCE, folder_of, served


def until(done: Callable[[], Any], seconds: float = 60) -> Any:
    end = time.monotonic() + seconds
    while not (found := done()):
        assert time.monotonic() < end, "it does not come to an end"
        time.sleep(0.1)
    return found


def job_of(room: Room, key: int) -> dict[str, Any]:
    found: dict[str, Any] = room.get(f"/imports/{key}.json").json
    return found


@pytest.fixture
def own(open_room: Open, tmp_path: Path) -> Room:
    return open_room(tmp_path, [], imports=True)


def test_a_pasted_text_is_read_at_once(own: Room) -> None:
    answer = own.send(
        "/imports", {"what": SENTENCE.format(n=1), "outlet": "Talbote", "published": "2024-06-04", "title": ""}
    )
    assert answer.status == 303
    assert answer.headers["location"].startswith("/articles/")
    with open_archive(own.path) as archive:
        (hit,) = archive.search("")
        assert (hit.outlet, hit.published, hit.speaker) == ("Talbote", "2024-06-04", "Ilse Brandt")
    assert own.send("/imports", {"what": SENTENCE.format(n=1), "published": "gestern"}).status == 400


def test_a_folder_is_imported_and_every_refusal_has_its_reason(own: Room) -> None:
    answer = own.send("/imports", {"what": str(ARTICLES)})
    assert answer.headers["location"] == "/imports/1"
    job = until(lambda: (j := job_of(own, 1))["state"] == "done" and j)
    assert (job["counts"]["read"], job["counts"]["there"], job["counts"]["refused"], job["counts"]["left"]) == (
        4,
        0,
        1,
        0,
    )
    (refused,) = [i for i in job["items"] if i["outcome"] == "refused"]
    assert "PNG" in refused["reason"]
    page = own.get("/imports/1").text
    assert "karte.txt" in page
    assert "PNG" in page
    assert "4 gelesen · 0 schon da · 1 abgelehnt" in page
    # once more: everything is there already, nothing twice
    own.send("/imports", {"what": str(ARTICLES)})
    job = until(lambda: (j := job_of(own, 2))["state"] == "done" and j)
    assert (job["counts"]["read"], job["counts"]["there"]) == (0, 4)
    # ticked off, and tried again
    own.send("/imports/2/ignore", {"item": str(next(i["key"] for i in job["items"] if i["outcome"] == "refused"))})
    assert job_of(own, 2)["counts"]["ignored"] == 1
    own.send("/imports/1/retry", {"item": ""})
    job = until(lambda: (j := job_of(own, 1))["state"] == "done" and j)
    assert (job["counts"]["read"], job["counts"]["refused"]) == (4, 1)


def test_files_that_are_sent_are_read_and_kept_only_where_they_were_refused(own: Room) -> None:
    key = 0
    for name, data in (
        ("../../böse name.txt", SENTENCE.format(n=7).encode()),
        ("bild.txt", (ARTICLES / "karte.txt").read_bytes()),
    ):
        from urllib.parse import quote

        answer = own.ask("PUT", f"/imports/file.json?name={quote(name)}" + (f"&job={key}" if key else ""), data,
                         {"Authorization": f"Bearer {own.key}", "Content-Type": "application/octet-stream"})  # fmt: skip
        assert answer.status == 200
        key = answer.json["import"]
    inbox = own.desk.beside.inbox
    assert sorted(p.name for p in inbox.rglob("*.txt")) == ["bild.txt", "böse name.txt"]
    assert not (own.path.parent.parent / "böse name.txt").exists()
    own.send(f"/imports/{key}/resume", {})
    job = until(lambda: (j := job_of(own, key))["state"] == "done" and j)
    assert (job["counts"]["read"], job["counts"]["refused"]) == (1, 1)


def test_a_pause_is_a_pause_and_stopping_keeps_what_is_done(own: Room, tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "viele", 30)
    own.send("/imports", {"what": str(folder)})
    until(lambda: job_of(own, 1)["counts"]["read"] > 2)
    own.send("/imports/1/pause", {})
    paused = until(lambda: (j := job_of(own, 1))["state"] == "paused" and j)["counts"]
    assert 2 < paused["read"] < 30
    time.sleep(0.5)
    assert job_of(own, 1)["counts"]["read"] == paused["read"]
    own.send("/imports/1/resume", {})
    until(lambda: job_of(own, 1)["counts"]["read"] > paused["read"])
    own.send("/imports/1/stop", {})
    stopped = until(lambda: (j := job_of(own, 1))["state"] in ("stopped", "done") and j)
    with open_archive(own.path) as archive:
        assert archive.figures().articles == stopped["counts"]["read"]


def test_an_import_survives_the_end_of_the_room(tmp_path: Path) -> None:
    """The server is killed, its reader notices and ends; the next room goes on behind the last item, none is read twice."""
    import http.client
    from urllib.parse import parse_qs, urlencode, urlsplit

    def ask(address: str, method: str, path: str, form: dict[str, str] | None = None) -> bytes:
        parts = urlsplit(address)
        headers = {
            "Authorization": f"Bearer {parse_qs(parts.query)['key'][0]}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        connection = http.client.HTTPConnection("127.0.0.1", parts.port or 0, timeout=30)
        connection.request(method, path, urlencode(form or {}), headers)
        body = connection.getresponse().read()
        connection.close()
        return body

    folder = folder_of(tmp_path / "viele", 30)
    path = tmp_path / "archiv.db"
    process, address = served(path)
    try:
        ask(address, "POST", "/imports", {"what": str(folder)})
        beside = Beside(path)
        until(lambda: beside.rows("SELECT count(*) AS n FROM item")[0]["n"] > 3)
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()

    def still() -> int:
        """How many items there are, once that is the same for two seconds: what was in work is brought to its end."""
        before: int = beside.rows("SELECT count(*) AS n FROM item")[0]["n"]
        time.sleep(2.0)
        return before if beside.rows("SELECT count(*) AS n FROM item")[0]["n"] == before else 0

    assert 3 < until(still) < 30, "nobody reads on for a room that is gone"
    process, address = served(path)
    try:
        until(lambda: (beside.row("SELECT state FROM job") or {})["state"] == "done")
    finally:
        process.terminate()
        process.wait(15)
    assert {r["outcome"]: r["n"] for r in beside.rows("SELECT outcome, count(*) AS n FROM item GROUP BY 1")} == {
        "read": 30
    }
    with open_archive(path) as archive:
        assert archive.figures().articles == 30
        assert list(archive.check()) == []


def test_an_item_that_hangs_or_crashes_the_reader_is_refused_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader that dies in the middle: another process takes its place behind the item."""
    folder = folder_of(tmp_path / "viele", 4)
    evil = folder / "001.txt"
    evil.unlink()
    os.mkfifo(folder / "001.fifo")  # passed over: no file
    path = tmp_path / "archiv.db"
    with open_archive(path):
        pass
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "sitecustomize.py").write_text(
        "import os, sys\n"
        "if 'reportedly.web.importing' in ' '.join(sys.orig_argv):\n"
        "    import reportedly.archive.readers as r\n"
        "    real = r.read_here\n"
        "    r.read_here = lambda article, recipe: os._exit(139) if 'Ort 2 ' in article.text else real(article, recipe)\n",
        "utf-8",
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "bin"))
    beside = Beside(path)
    import json

    beside.run(
        "INSERT INTO job (places, about, state, made) VALUES (?, '{}', 'waiting', '')", json.dumps([str(folder)])
    )
    jobs = Jobs(beside)
    jobs.start()
    try:
        until(lambda: (beside.row("SELECT state FROM job") or {})["state"] == "done")
    finally:
        jobs.close()
    outcomes = {
        Path(r["origin"]).name: (r["outcome"], r["reason"])
        for r in beside.rows("SELECT origin, outcome, reason FROM item")
    }
    assert outcomes["002.txt"] == ("refused", "made the reader crash (code 139)")
    assert {name: o for name, (o, _) in outcomes.items() if name != "002.txt"} == {"000.txt": "read", "003.txt": "read"}


def test_a_folder_is_its_files(tmp_path: Path) -> None:
    import json

    folder = folder_of(tmp_path / "viele", 3)
    places = list(
        places_of({"places": json.dumps([str(folder), "https://zeitung.example/a", str(folder / "000.txt")])})
    )
    assert [Path(p).name for p in places] == ["000.txt", "001.txt", "002.txt", "a", "000.txt"]


def test_addresses_of_this_machine_are_not_fetched(own: Room) -> None:
    own.send("/imports", {"what": f"http://127.0.0.1:{own.port}/about\nhttp://[::1]/\nhttp://169.254.169.254/"})
    job = until(lambda: (j := job_of(own, 1))["state"] == "done" and j)
    assert job["counts"] == {**job["counts"], "read": 0, "refused": 3}
    assert all(i["reason"] for i in job["items"])


def test_of_two_rooms_of_one_archive_one_does_the_imports(tmp_path: Path) -> None:
    path = tmp_path / "archiv.db"
    with open_archive(path):
        pass
    first, second = Jobs(Beside(path)), Jobs(Beside(path))
    first.start()
    second.start()
    assert (first._thread.is_alive(), second._thread.is_alive()) == (True, False)
    first.close()
    second.close()
    third = Jobs(Beside(path))
    third.start()
    assert third._thread.is_alive()
    third.close()


def test_what_was_not_read_is_listed_for_the_whole_archive_by_step(own: Room, tmp_path: Path) -> None:
    bad = tmp_path / "bad"
    bad.mkdir()
    (bad / "leer.txt").write_text(" ", "utf-8")
    (bad / "bild.txt").write_bytes((ARTICLES / "karte.txt").read_bytes())
    own.send("/imports", {"what": f"{bad}\n{own.address}/"})
    until(lambda: job_of(own, 1)["state"] == "done")
    told = own.get("/health.json").json
    steps = {Path(i["origin"]).name: i["step"] for i in told["items"]}
    assert steps == {"leer.txt": "taking_in", "bild.txt": "taking_in", own.address.rsplit("/")[-1]: "fetching"}
    assert told["steps"] == {"fetching": 1, "taking_in": 2, "reading": 0}
    assert "is a PNG image" in own.get("/health", step="taking_in").text
    # ticked off: gone from the list, until there is another reason
    own.send("/health/tick", {"origin": str(bad / "bild.txt")})
    assert own.get("/health.json").json["all"] == 2
    assert own.get("/health.json", ticked="1").json["all"] == 3
    (bad / "bild.txt").write_text(" ", "utf-8")
    own.send("/health/retry", {"origin": str(bad / "bild.txt")})
    until(lambda: job_of(own, 2)["state"] == "done")
    assert own.get("/health.json").json["all"] == 3
    # what can be read now leaves the list; a whole step at once
    for n, name in enumerate(("bild.txt", "leer.txt")):
        (bad / name).write_text(SENTENCE.format(n=n), "utf-8")
    assert own.send("/health/retry", {"step": "taking_in"}).headers["location"] == "/imports/3"
    until(lambda: job_of(own, 3)["state"] == "done")
    assert [i["step"] for i in own.get("/health.json").json["items"]] == ["fetching"]
    assert own.send("/health/retry", {"origin": "nie dagewesen"}).status == 404
