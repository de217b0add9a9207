"""Only who knows the key may ask, only under our name, only from our own pages; whatever comes, nothing leaks."""

from __future__ import annotations

import os
from itertools import product
from pathlib import Path

import pytest

from reading_room import ARTICLES, Open, Room
from reportedly.archive import open_archive
from reportedly.errors import ArchiveError
from reportedly.intake import take_in_from
from reportedly.web.beside import Beside
from reportedly.web.calls import inside
from reportedly.web.desk import Desk
from reportedly.web.plan import OPERATIONS
from reportedly.web.serving import rules_of

_GOOD = ("127.0.0.1:{port}", "localhost:{port}", "[::1]:{port}", "127.0.0.1", "LOCALHOST:1")
_BAD = (
    "evil.example", "evil.example:{port}", "127.0.0.1.evil.example", "", "0.0.0.0:{port}", "127.1:{port}", "2130706433",
    "localhost.evil.example", "127.0.0.1:{port}@evil.example", "evil.example#127.0.0.1", "[::ffff:127.0.0.1]", "localhost:abc",
)  # fmt: skip


@pytest.mark.parametrize("host", _GOOD)
def test_our_own_names_are_answered(room: Room, host: str) -> None:
    headers = {"Host": host.format(port=room.port), "Authorization": f"Bearer {room.key}"}
    assert room.ask("GET", "/index.json", headers=headers).status == 200


@pytest.mark.parametrize("host", _BAD)
def test_a_name_that_is_not_ours_is_refused_even_with_the_key(room: Room, host: str) -> None:
    """DNS rebinding: the page of another site has made its own name point here."""
    headers = {"Host": host.format(port=room.port), "Authorization": f"Bearer {room.key}", "Cookie": room.cookie}
    answer = room.ask("GET", "/index.json", headers=headers)
    assert answer.status in (400, 421)
    assert b"articles" not in answer.body


def test_two_hosts_are_none(room: Room) -> None:
    twice = [("Host", f"127.0.0.1:{room.port}"), ("Host", "evil.example"), ("Cookie", room.cookie)]
    assert room.ask("GET", "/index.json", headers=twice).status in (400, 421)


PAGES = sorted(
    {
        o.path.replace("{id}", "83d1").replace("{place}", "1-2").replace("{key}", "1")
        for o in OPERATIONS
        if o.method == "GET"
    }
)


@pytest.mark.parametrize("path", PAGES)
def test_without_the_key_no_page_says_anything(room: Room, path: str) -> None:
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Cookie": "reportedly-0=wrong"}, {"Cookie": "\x01=;;==,"}):
        answer = room.ask("GET", path, headers=headers)
        assert answer.status == 401
        assert b"Hallstein" not in answer.body
        assert room.key.encode() not in answer.body


def test_the_key_in_the_address_becomes_a_cookie_and_leaves_the_address(room: Room) -> None:
    answer = room.ask("GET", f"/search?q=von%3AHallstein&key={room.key}&sort=oldest", headers={})
    assert (answer.status, answer.headers["location"]) == (303, "/search?q=von%3AHallstein&sort=oldest")
    cookie = answer.headers["set-cookie"]
    assert all(part in cookie for part in ("HttpOnly", "SameSite=Lax", "Path=/"))
    assert room.key not in cookie
    assert room.ask("GET", "/search", headers={"Cookie": cookie.split(";")[0]}).status == 200


@pytest.mark.parametrize(
    "path", ["//evil.example/", "/\\evil.example/", "/%2F%2Fevil.example/", "//evil.example/..%2f"]
)
def test_the_way_in_leads_to_no_other_site(room: Room, path: str) -> None:
    answer = room.ask("GET", f"{path}?key={room.key}", headers={})
    location = answer.headers.get("location", "/")
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil",
        "javascript:alert(1)",
        "/a\r\nSet-Cookie: x=1",
        "\t//evil",
        "",
    ],
)
def test_going_back_stays_in_the_room(target: str) -> None:
    assert inside(target) == "/"


_ORIGINS = (
    None,
    "http://127.0.0.1:{port}",
    "http://evil.example",
    "null",
    "http://127.0.0.1:1",
    "http://localhost:{port}",
    "http://127.0.0.1:{port}.evil.example",
)
_SITES = (None, "same-origin", "same-site", "cross-site", "none")


def test_only_a_page_of_ours_can_change_anything(room: Room) -> None:
    """Every origin with every Sec-Fetch-Site, with the cookie as a browser would send it."""
    let_in = set()
    for origin, site in product(_ORIGINS, _SITES):
        headers = {"Cookie": room.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        if origin:
            headers["Origin"] = origin.format(port=room.port)
        if site:
            headers["Sec-Fetch-Site"] = site
        answer = room.ask("POST", "/settings", b"lang=de&back=%2Fabout", headers)
        assert answer.status in (303, 403), (origin, site, answer.status)
        if answer.status == 303:
            let_in.add((origin, site))
    ours = "http://127.0.0.1:{port}"
    assert let_in == {(ours, None), (ours, "same-origin"), (ours, "none"), (None, "same-origin"), (None, "none")}


def test_other_sites_may_link_here_but_not_embed_or_fetch(room: Room) -> None:
    for mode, status in (("navigate", 200), ("no-cors", 403), ("cors", 403), ("websocket", 403)):
        headers = {"Cookie": room.cookie, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": mode}
        assert room.ask("GET", "/search", headers=headers).status == status


def test_every_answer_carries_the_headers_that_guard_it(room: Room) -> None:
    for path, status in (
        ("/", 200),
        ("/search.json", 200),
        ("/static/room.js", 200),
        ("/nix", 404),
        ("/articles/zz", 404),
        ("/export/file", 200),
    ):
        answer = room.get(path)
        assert answer.status == status
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert "access-control-allow-origin" not in answer.headers


def test_what_is_sent_has_a_limit(room: Room) -> None:
    headers = {"Authorization": f"Bearer {room.key}", "Content-Type": "application/json", "Content-Length": "20000001"}
    assert room.ask("POST", "/articles.json", b"", headers).status == 413
    for length in ("-1", "abc", "1e9"):
        answer = room.ask("POST", "/articles.json", b"", {**headers, "Content-Length": length})
        assert answer.status in (400, 413)


def test_a_body_without_a_length_has_the_same_limit(room: Room) -> None:
    import http.client

    connection = http.client.HTTPConnection("127.0.0.1", room.port, timeout=60)
    portion = b"x" * 1_000_000

    def parts() -> object:
        for _ in range(25):
            yield portion

    headers = {"Authorization": f"Bearer {room.key}", "Content-Type": "application/octet-stream"}
    try:
        connection.request("PUT", "/imports/file.json?name=a.txt", body=parts(), headers=headers, encode_chunked=True)  # type: ignore[arg-type]
        status = connection.getresponse().status
    except (BrokenPipeError, ConnectionResetError):
        status = 413  # it hung up before everything was sent
    finally:
        connection.close()
    assert status == 413


def test_a_long_address_is_refused(room: Room) -> None:
    assert room.ask("GET", "/search?q=" + "a" * 17_000).status in (400, 414)


def test_read_only_means_read_only(open_room: Open, tmp_path: object) -> None:
    closed = open_room(Path(str(tmp_path)), [], read_only=True)
    for operation in OPERATIONS:
        if operation.method != "GET" and operation.path not in ("/settings", "/queries"):
            path = operation.path.replace("{key}", "1").replace("{wish}", "stop").replace("{queue}", "1")
            assert closed.send(path, {"what": "Er sagte, es regne."}).status == 403, path
            assert closed.send_json(operation.method, f"{path}.json", {"text": "Er sagte, es regne."}).status == 403, (
                path
            )
    page = closed.get("/").text
    assert "<textarea" not in page
    assert 'href="/imports"' not in page


def test_a_network_sees_only_rooms_that_are_read_only() -> None:
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from reportedly.errors import InputError
    from reportedly.web.beside import Beside
    from reportedly.web.serving import rules_of

    with TemporaryDirectory() as folder:
        beside = Beside(Path(folder) / "archiv.db")
        with pytest.raises(InputError, match="--read-only"):
            rules_of(beside, "0.0.0.0", 8374, read_only=False)
        rules = rules_of(beside, "0.0.0.0", 8374, read_only=True, names=("Lesesaal.example",))
        assert "lesesaal.example" in rules.hosts
        assert "0.0.0.0" not in rules.hosts
        assert len(rules.key) >= 32
        assert beside.key() == rules.key
        assert beside.key(new=True) != rules.key
        assert (beside.path.stat().st_mode & 0o077) == 0


def test_a_feed_key_opens_feeds_and_nothing_else(room: Room) -> None:
    key = room.desk.rules.feed_key
    feed = room.ask("GET", f"/search.atom?q=von%3AHallstein&feed={key}", headers={})
    assert feed.status == 200
    assert feed.text.count("<entry>") == 6
    assert room.ask("GET", f"/search.json?feed={key}", headers={}).status == 401
    assert room.ask("GET", "/search.atom?feed=wrong", headers={}).status == 401


def test_a_room_to_read_in_leaves_everything_around_it_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An archive on a disc, or in somebody else's folder: it is opened for reading, and nothing is laid beside it."""
    path = tmp_path / "archiv.db"
    with open_archive(path) as archive:
        archive.add(take_in_from([ARTICLES]))
    before, real = path.read_bytes(), os.access
    monkeypatch.setattr("os.access", lambda place, mode: mode != os.W_OK and real(place, mode))
    beside = Beside(path, read_only=True)
    desk = Desk(path, rules_of(beside, "127.0.0.1", 0, read_only=True), beside)
    with pytest.raises(ArchiveError, match="may be read and not written"):
        desk.archive().store.settle("weights", "tables")
    assert len(desk.archive().search("von:Hallstein")) == 6
    assert [p.name for p in tmp_path.iterdir()] == ["archiv.db"]
    desk.close()
    assert path.read_bytes() == before
    with pytest.raises(ArchiveError, match="there is no archive"):
        Desk(tmp_path / "keins.db", rules_of(beside, "127.0.0.1", 0, read_only=True), beside)
    assert not (tmp_path / "keins.db").exists()
