"""Articles that want to be more than text stay text, on every page; what is invisible is shown."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from urllib.parse import quote

import pytest

from reading_room import Open, Room
from reportedly.archive import open_archive
from reportedly.model.article import Refusal
from web_subjects import PAYLOADS, reading_of

ALLOWED = {
    "html", "head", "meta", "title", "link", "script", "body", "a", "header", "form", "label", "input", "button", "nav", "main", "article", "h1",
    "h2", "h3", "p", "b", "bdi", "span", "kbd", "q", "i", "em", "small", "section", "div", "ol", "ul", "li", "details", "summary", "dl", "dt", "dd", "aside",
    "footer", "fieldset", "legend", "table", "thead", "tbody", "tr", "th", "td", "caption", "code", "mark", "textarea", "select", "option",
    "datalist", "br", "svg", "rect", "line", "text", "circle", "path", "pre",
}  # fmt: skip


class Elements(HTMLParser):
    """The elements and attributes of a page as a browser's tokeniser sees them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.foreign: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED:
            self.foreign.append(tag)
        for name, value in attrs:
            if name.startswith("on") or (name in ("style", "srcdoc", "formaction") and tag != "button"):
                self.foreign.append(f"{tag} {name}")
            if name in ("href", "src", "action", "formaction") and not (value or "").startswith(
                ("/", "#", "http://", "https://", "?")
            ):
                self.foreign.append(f"{tag} {name}={value}")
        if tag == "script":
            self.scripts.append(dict(attrs).get("src") or "inline")
        if tag in ("meta", "link", "base"):
            found = dict(attrs)
            if "http-equiv" in found or (tag == "link" and not (found.get("href") or "").startswith("/")):
                self.foreign.append(str(found))


@pytest.fixture(scope="module")
def evil(open_room: Open, tmp_path_factory: pytest.TempPathFactory) -> Room:
    room = open_room(tmp_path_factory.mktemp("evil"), [])
    with open_archive(room.path) as archive:
        for n, payload in enumerate(PAYLOADS):
            archive.store.write(reading_of(payload, n), "2024-06-05T00:00:00+00:00")
            archive.store.refuse(Refusal(payload, payload), "2024-06-05")
    with room.desk.beside.open() as db:
        for n, payload in enumerate(p for p in PAYLOADS if "\ud800" not in p):
            db.execute(
                "INSERT INTO saved (name, q, made, seen) VALUES (?, ?, '2024-06-05', 0)", (payload, f"{payload} {n}")
            )
            db.execute(
                "INSERT INTO job (places, about, state, made, current, note) VALUES (?, '{}', 'done', '2024-06-05', ?, ?)",
                (json.dumps([payload]), payload, payload),
            )
            db.execute(
                "INSERT INTO item (job, origin, outcome, reason, at) VALUES (?, ?, 'refused', ?, '')",
                (n + 1, payload, payload),
            )
    return room


def test_nothing_of_an_article_becomes_a_part_of_the_page(evil: Room) -> None:
    with open_archive(evil.path) as archive:
        ids = list(archive.store.ids())
        speakers = [row.name for row in archive.speakers(most=100)]
        outlets = [row.outlet for row in archive.outlets()]
        hits = list(archive.search(""))
    assert len(ids) == len(PAYLOADS)
    addresses = [
        "/",
        "/search",
        "/speakers",
        "/outlets",
        "/outlets?side=es",
        "/same",
        "/timeline",
        "/imports",
        "/saved",
        "/export",
        "/review",
        "/about",
    ]
    addresses += [f"/articles/{id_}" for id_ in ids]
    addresses += [f"/articles/{h.article}/{h.place[0].start}-{h.place[-1].end}" for h in hits]
    addresses += [f"/imports/{n}" for n in range(1, len(PAYLOADS))]
    addresses += [f"/speaker?name={quote(name)}" for name in speakers]
    addresses += [f"/outlet?name={quote(name)}" for name in outlets]
    for payload in PAYLOADS:
        sought = quote(payload[:3000], errors="replace")
        addresses += [f"/search?q={sought}", f"/queries?list={sought}"]
    addresses += [f"/{page}={quote(PAYLOADS[5])}" for page in ("speakers?words", "timeline?q", "review?q", "export?q")]
    seen = 0
    for address in addresses:
        answer = evil.ask("GET", address)
        assert answer.status in (200, 400, 404, 414), (address[:80], answer.status)
        found = Elements(answer.text)
        assert not found.foreign, (address[:80], found.foreign[:5])
        assert all(src.startswith("/static/room.js") for src in found.scripts), address[:80]
        assert not any(0x202A <= ord(c) <= 0x202E or 0x2066 <= ord(c) <= 0x2069 for c in answer.text), address[:80]
        assert "\x1b" not in answer.text
        seen += 1
    assert seen > 150


def test_errors_echo_nothing_alive(room: Room) -> None:
    for payload in PAYLOADS[:12]:
        for path in (
            f"/articles/{quote(payload, safe='')}",
            f"/{quote(payload, safe='')}",
            f"/search?first={quote(payload)}",
            f"/static/{quote(payload, safe='')}",
        ):
            answer = room.ask("GET", path)
            assert answer.status in (400, 404), path
            assert not Elements(answer.text).foreign
