"""Everything a user may name: what comes out of it, what is refused, and whether its origin leads back to it."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import webserver
from reportedly.errors import InputError
from reportedly.intake import open_fetcher, take_in_from
from reportedly.intake.parcel import Passed
from reportedly.model.article import Article, Refusal
from webserver import Web, leads_to, says

BRIDGE = "Die Stadt teilte am Montag mit, die Brücke bleibe bis Ostern gesperrt. „Wir bauen neu“, sagte Ilse Brandt."
HARBOUR = "Der Hafen werde im Mai vertieft, kündigte Hafenmeister Enno Sieg an. Die Kosten trage das Land, sagte er."
FULL = " ".join([BRIDGE, HARBOUR] * 6)


def page(text: str, title: str = "Brücke", head: str = "") -> str:
    body = "".join(f"<p>{text}</p>" for _ in range(3))
    return (
        f"<html><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>{body}</article></body></html>"
    )


@pytest.fixture
def web() -> Iterator[Web]:
    with webserver.web() as running:
        yield running


def articles(found: list[Article | Refusal]) -> list[Article]:
    assert [item for item in found if isinstance(item, Refusal)] == []
    return [item for item in found if isinstance(item, Article)]


def leads_back(found: list[Article | Refusal]) -> None:
    """The origin of each article, given as a place, gives that article and nothing else."""
    for item in found:
        if isinstance(item, Article):
            assert list(take_in_from([item.origin])) == [item]


# --- files and folders


def test_a_folder_in_one_order_on_every_machine(tmp_path: Path) -> None:
    for name in ("b/2.md", "b/10.txt", "a.txt", "Z.html", "ä.txt", "b/tief/noch/x.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(page(BRIDGE) if name.endswith("html") else f"{name}: {BRIDGE}", "utf-8")
    for name in (".git/HEAD", ".versteckt", "b/seite.css", "b/bild.JPG"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "kreis").symlink_to(tmp_path)
    (tmp_path / "leer").symlink_to(tmp_path / "gibt-es-nicht")
    os.mkfifo(tmp_path / "rohr")
    passed: list[Passed] = []
    found = list(take_in_from([tmp_path], passed=passed.append))
    names = [str(Path(a.origin or "").relative_to(tmp_path)) for a in articles(found)]
    assert names == ["Z.html", "a.txt", "ä.txt", "b/10.txt", "b/2.md", "b/tief/noch/x.txt"]
    assert {str(Path(p.origin).relative_to(tmp_path)): p.why for p in passed} == {
        ".git": "a hidden folder",
        ".versteckt": "a hidden file",
        "kreis": "a link to a folder",
        "leer": "a link that leads nowhere",
        "rohr": "no file (a pipe, a socket or a device)",
        "b/bild.JPG": "a .jpg file",
        "b/seite.css": "a .css file",
    }
    leads_back(found)


def test_one_bad_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7\n")
    (tmp_path / "c.txt").write_text(BRIDGE)
    (tmp_path / "d.json").write_text("{")
    (tmp_path / "e.xml").write_text("<rss><channel></channel></rss>")
    (tmp_path / "f.jsonl.gz").write_bytes(b"\x1f\x8b\x08kaputt")
    (tmp_path / "h.xml").write_text('<?xml version="1.0"?><nitf><body>' + BRIDGE + "</body></nitf>")
    (tmp_path / "g.zip").write_bytes(b"PK\x03\x04" + b"x" * 50)
    found = list(take_in_from([tmp_path / "fehlt", tmp_path, "", "a\0b", HARBOUR]))
    reasons = {Path(item.origin.split("#")[0]).name: item.reason for item in found if isinstance(item, Refusal)}
    assert [item.origin for item in found if isinstance(item, Article)] == [str(tmp_path / "c.txt")]
    for name, words in {
        "fehlt": "does not exist", "a.txt": "is empty", "b.pdf": "PDF", "d.json": "is not JSON", "e.xml": "without entries",
        "f.jsonl.gz": "packed with gzip, but damaged", "g.zip": "ZIP", "h.xml": "is XML (<nitf>)", "": "no file", "a\0b": "cannot be opened", HARBOUR: "does not exist",
    }.items():  # fmt: skip
        assert words in reasons[Path(name).name or name], (name, reasons)


def test_a_packed_article(tmp_path: Path) -> None:
    for pack, ending in ((gzip.compress, "gz"), (lzma.compress, "xz"), (bz2.compress, "bz2")):
        (tmp_path / f"c.jsonl.{ending}").write_bytes(pack(json.dumps({"text": HARBOUR}).encode()))
    for name, text in (("a.txt.gz", BRIDGE), ("b.html.gz", page(BRIDGE))):
        (tmp_path / name).write_bytes(gzip.compress(text.encode()))
    found = list(take_in_from([tmp_path]))
    first, second, *others = articles(found)
    assert first.text == BRIDGE
    assert second.title == "Brücke"
    assert [a.text for a in others] == [HARBOUR] * 3
    leads_back(found)


def test_a_bomb_in_a_file(tmp_path: Path) -> None:
    for name in ("a.txt.gz", "b.jsonl.gz", "c.csv.gz", "d.xml.gz"):
        head = {"b": b'{"text": "', "c": b"text,title\n", "d": b"<rss>"}.get(name[0], b"")
        (tmp_path / name).write_bytes(gzip.compress(head + bytes(b" " * 50_000_000)))
        found = list(take_in_from([tmp_path / name]))
        assert [isinstance(item, Refusal) for item in found] == [True]
        assert "bomb" in found[0].reason or "larger" in found[0].reason or "longer" in found[0].reason  # type: ignore[union-attr]


# --- JSON, agencies


def test_a_line_of_json_is_an_article(tmp_path: Path) -> None:
    rows = [
        json.dumps({"title": "Brücke", "text": BRIDGE, "date": "2024-10-28T14:05:00+01:00", "source": "Talbote", "url": "https://talbote.example/1"}),
        "",
        '{"text": kaputt}',
        json.dumps({"maintext": HARBOUR, "language": "de-DE", "publisher": {"name": "Hafenecho"}, "date_publish": "28.10.2024"}),
        "[1, 2]",
        json.dumps({"titel": "nur ein Titel"}),
        json.dumps({"text": ""}),
        json.dumps({"text": "Halb \ud83d und ganz 😀. " + BRIDGE}),
        "[" * 100_000,
        '{"text": ' + "9" * 5000 + "}",
        json.dumps({"content": f"<p>{BRIDGE}</p><p>{HARBOUR}</p>"}),
    ]  # fmt: skip
    path = tmp_path / "artikel.jsonl"
    path.write_text("\ufeff" + "\n".join(rows), "utf-8")
    found = list(take_in_from([path]))
    read = {item.origin: item for item in found if isinstance(item, Article)}
    assert [origin.split("#")[1] for origin in read if origin] == ["line=1", "line=4", "line=8", "line=11"]
    first, second, third, fourth = read.values()
    assert (first.title, first.outlet, first.published, first.url, first.language) == (
        "Brücke", "Talbote", "2024-10-28T14:05:00+01:00", "https://talbote.example/1", "de",
    )  # fmt: skip
    assert (second.outlet, second.published, second.text) == ("Hafenecho", "2024-10-28", HARBOUR)
    assert third.text.startswith("Halb \ufffd und ganz 😀.")
    assert third.notes == ("1 half character(s) read as U+FFFD",)
    assert fourth.text == f"{BRIDGE}\n\n{HARBOUR}"
    reasons = {item.origin.split("#")[1]: item.reason for item in found if isinstance(item, Refusal)}
    assert reasons == {
        "line=3": "is not JSON (expecting value at character 10)",
        "line=5": "is a list, not an object with a text",
        "line=6": "has no column that holds a text; it has titel; say which one is the text, for example text=body",
        "line=7": "has an empty text; there is nothing to read",
        "line=9": "is JSON nested too deeply to be read",
        "line=10": "is JSON with a number too long to be read",
    }
    leads_back(found)


def test_a_list_of_objects_a_single_object_and_one_over_several_lines(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps([{"text": BRIDGE}, 7, {"text": HARBOUR}]))
    (tmp_path / "b.json").write_text(json.dumps({"text": BRIDGE}, indent=2))
    (tmp_path / "c.json").write_text(json.dumps({"items": [{"text": HARBOUR}]}, indent=2))
    found = list(take_in_from([tmp_path]))
    assert [item.origin.removeprefix(f"{tmp_path}/") for item in found if item.origin] == [
        "a.json#item=1", "a.json#item=2", "a.json#item=3", "b.json", "c.json#item=1",
    ]  # fmt: skip
    assert [item for item in found if isinstance(item, Refusal)] == [
        Refusal(f"{tmp_path}/a.json#item=2", "is a number, not an object with a text")
    ]
    leads_back(found)


def test_fields_inside_fields(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"doc": {"koerper": BRIDGE, "kopf": "Brücke"}}))
    (found,) = articles(list(take_in_from([tmp_path], columns={"text": "doc.koerper", "title": "doc.kopf"})))
    assert (found.text, found.title) == (BRIDGE, "Brücke")


def test_posts_as_wordpress_exports_them(tmp_path: Path) -> None:
    post = {
        "id": 7, "date": "2024-10-28T14:05:00", "link": "https://talbote.example/1", "type": "post",
        "title": {"rendered": "Br&uuml;cke"}, "content": {"rendered": f"<p>{BRIDGE}</p><p>{HARBOUR}</p>", "protected": False},
    }  # fmt: skip
    (tmp_path / "posts.json").write_text(json.dumps([post]))
    (found,) = articles(list(take_in_from([tmp_path])))
    assert found.title == "Brücke"
    assert (found.text, found.url, found.published) == (f"{BRIDGE}\n\n{HARBOUR}", post["link"], "2024-10-28T14:05:00")


NINJS1 = {
    "uri": "urn:newsml:npa.example:20241028:1", "type": "text", "version": "2", "versioncreated": "2024-10-28T14:05:00+01:00",
    "firstcreated": "2024-10-28T13:00:00+01:00", "pubstatus": "usable", "urgency": 3, "language": "de", "headline": "Brücke bleibt zu",
    "slugline": "bruecke", "copyrightholder": "NPA", "infosource": [{"name": "Nord-Presse-Agentur"}],
    "body_text": f"{BRIDGE}\n{HARBOUR}", "body_xhtml": f"<div><p>{BRIDGE}</p><p>{HARBOUR}</p></div>",
}  # fmt: skip
NINJS3 = {
    "uri": "https://npa.example/meldung/2", "standard": {"name": "ninjs", "version": "3.0"}, "contentCreated": "2024-10-28T13:00:00Z",
    "versionCreated": "2024-10-28T14:05:00Z", "pubStatus": "usable",
    "headlines": [{"role": "kurz", "value": "Hafen"}, {"role": "main", "value": "Hafen wird vertieft"}],
    "bodies": [{"role": "main", "contentType": "text/html", "value": f"<p>{HARBOUR}</p><p>{BRIDGE}</p>"}],
    "infosources": [{"literal": "NPA"}],
}  # fmt: skip


def test_items_of_an_agency(tmp_path: Path) -> None:
    stopped = {**NINJS1, "pubstatus": "canceled"}
    picture = {**NINJS1, "type": "picture"}
    empty = {key: value for key, value in NINJS1.items() if not key.startswith("body")}
    (tmp_path / "a.json").write_text(json.dumps([NINJS1, NINJS3, stopped, picture, empty]))
    (tmp_path / "b.jsonl").write_text(f"{json.dumps(NINJS3)}\n{json.dumps({**NINJS1, 'body_xhtml': ''})}\n")
    found = list(take_in_from([tmp_path]))
    one, three, _, _, _, three_again, plain = found
    assert isinstance(one, Article)
    assert isinstance(three, Article)
    assert isinstance(plain, Article)
    assert (one.title, one.outlet, one.published, one.url, one.language) == (
        "Brücke bleibt zu", "Nord-Presse-Agentur", "2024-10-28T14:05:00+01:00", None, "de",
    )  # fmt: skip
    assert one.text == f"{BRIDGE}\n\n{HARBOUR}"
    assert plain.text == NINJS1["body_text"]
    assert (three.title, three.outlet, three.url) == ("Hafen wird vertieft", "NPA", "https://npa.example/meldung/2")
    assert isinstance(three_again, Article)
    assert three_again.text == three.text
    assert [item.reason for item in found if isinstance(item, Refusal)] == [
        "was cancelled by the agency; it is not to be used",
        "is a picture item of an agency, not a text",
        "is an agency item without a text (body_text, body_html or bodies)",
    ]
    leads_back(found)


# --- standard input, what the caller says


def test_standard_input_may_be_any_of_these() -> None:
    rows = json.dumps({"text": BRIDGE}).encode() + b"\n" + json.dumps({"text": HARBOUR}).encode()
    for data, origins in [
        (BRIDGE.encode(), ["<stdin>"]),
        (page(BRIDGE).encode(), ["<stdin>"]),
        (rows, ["<stdin>#line=1", "<stdin>#line=2"]),
        (gzip.compress(rows), ["<stdin>#line=1", "<stdin>#line=2"]),
        (f"titel,text,datum\nBrücke,„{BRIDGE}“,2024\n".replace(". ", " ").replace(",„", ',"„').replace("“,2", '“",2').encode(), ["<stdin>#line=2"]),
    ]:  # fmt: skip
        assert [a.origin for a in articles(list(take_in_from(["-"], stdin=io.BytesIO(data))))] == origins
    assert list(take_in_from(["-"])) == [Refusal("<stdin>", "standard input was named, but there is none")]


def test_what_the_caller_says_goes_before_what_is_carried(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        json.dumps({"text": BRIDGE, "source": "Talbote", "date": "2024-10-28", "lang": "de"})
    )
    (found,) = articles(list(take_in_from([tmp_path], outlet="Hafenecho", published="2025-01-01", language="en")))
    assert (found.outlet, found.published, found.language) == ("Hafenecho", "2025-01-01", "en")
    with pytest.raises(InputError):
        take_in_from([tmp_path], published="gestern")


# --- the web


def test_an_address_is_an_article_with_the_time_it_was_fetched(web: Web) -> None:
    url = web.put(
        "/bruecke",
        says(page(BRIDGE, head='<meta property="article:published_time" content="2026-03-17T09:00:00+01:00">')),
    )
    with web.fetcher(robots=False) as fetcher:
        (found,) = articles(list(take_in_from([url], fetcher=fetcher)))
        assert (found.origin, found.url, found.title) == (f"{url} fetched=2026-03-18T12:00:00Z", url, "Brücke")
        assert (found.published, found.outlet) == ("2026-03-17T09:00:00+01:00", "talbote.example")
        (again,) = articles(list(take_in_from([found.origin or ""], fetcher=fetcher)))
        assert again.text == found.text


def test_a_page_names_its_address_but_not_that_of_another_site(web: Web) -> None:
    web.put("/a", says(page(BRIDGE, head='<link rel="canonical" href="https://www.talbote.example/bruecke">')))
    web.put("/b", says(page(HARBOUR, head='<link rel="canonical" href="https://hafenecho.example/hafen">')))
    with web.fetcher(robots=False) as fetcher:
        first, second = articles(list(take_in_from([web.address("/a"), web.address("/b")], fetcher=fetcher)))
    assert first.url == "https://www.talbote.example/bruecke"
    assert second.url == web.address("/b")


def test_the_charset_of_the_server_is_a_hint_and_may_be_wrong(web: Web) -> None:
    web.put("/a", says(page(BRIDGE).encode(), "text/html; charset=iso-8859-1"))
    web.put("/b", says(page(HARBOUR + " „Ja“").encode("cp1252"), "text/html; charset=iso-8859-1"))
    web.put("/c", says(page(BRIDGE).encode("utf-16"), "text/html; charset=utf-8"))
    with web.fetcher(robots=False) as fetcher:
        found = articles(list(take_in_from([web.address(f"/{name}") for name in "abc"], fetcher=fetcher)))
    assert [BRIDGE in found[0].text, "„Ja“" in found[1].text, BRIDGE in found[2].text] == [True, True, True]


def test_a_list_of_addresses_leads_to_articles_and_to_lists(web: Web, tmp_path: Path) -> None:
    web.put("/1", says(page(BRIDGE)))
    web.put("/feed", says(rss(web.address("/2"), web.address("/1")), "application/rss+xml"))
    web.put("/2", says(page(HARBOUR, "Hafen")))
    (tmp_path / "liste.txt").write_text(
        f"# meine Liste\n{web.address('/1')}\n\n{web.address('/feed')}\n{web.address('/404')}\n{web.address('/', '10.0.0.1')}\n{web.address('/1')}\n"
    )
    passed: list[Passed] = []
    with web.fetcher(robots=False) as fetcher:
        found = list(take_in_from([tmp_path / "liste.txt"], fetcher=fetcher, passed=passed.append))
    assert [item.url for item in found if isinstance(item, Article)] == [web.address("/1"), web.address("/2")]
    assert [item.reason for item in found if isinstance(item, Refusal)] == [
        f"does not exist (status 404) (found at {tmp_path}/liste.txt#line=5)",
        f"leads to 10.0.0.1, which is not public (private); refused (found at {tmp_path}/liste.txt#line=6)",
    ]
    assert [p.why for p in passed] == ["an address that was taken already in this run"] * 2


def test_nothing_is_fetched_that_nobody_asked_for(tmp_path: Path) -> None:
    (tmp_path / "liste.txt").write_text("https://talbote.example/1\nhttps://talbote.example/2\n")
    found = list(take_in_from([tmp_path / "liste.txt", "https://talbote.example/3"]))
    assert all(isinstance(item, Refusal) and "nothing may be fetched" in item.reason for item in found)
    assert len(found) == 3


def rss(*links: str) -> str:
    items = "".join(f"<item><title>Eintrag</title><link>{link}</link></item>" for link in links)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Talbote</title>{items}</channel></rss>'


def test_lists_that_lead_to_lists_that_lead_to_lists(web: Web) -> None:
    index = '<sitemapindex xmlns="http://www.w3.org/x"><sitemap><loc>{}</loc></sitemap></sitemapindex>'
    for n in range(9):
        web.put(f"/{n}.xml", says(index.format(web.address(f"/{n + 1}.xml")), "application/xml"))
    with web.fetcher(robots=False) as fetcher:
        (found,) = take_in_from([web.address("/0.xml")], fetcher=fetcher)
    assert isinstance(found, Refusal)
    assert "more than 3 lists deep" in found.reason
    web.put("/kreis.xml", says(index.format(web.address("/kreis.xml")), "application/xml"))
    passed: list[Passed] = []
    with web.fetcher(robots=False) as fetcher:
        assert list(take_in_from([web.address("/kreis.xml")], fetcher=fetcher, passed=passed.append)) == []
    assert len(passed) == 1


def test_a_feed_that_leads_to_a_feed_is_no_article(web: Web) -> None:
    web.put("/feed", says(rss(web.address("/feed2")), "application/rss+xml"))
    web.put("/feed2", says(rss(web.address("/1")), "application/rss+xml"))
    with web.fetcher(robots=False) as fetcher:
        (found,) = take_in_from([web.address("/feed")], fetcher=fetcher)
    assert isinstance(found, Refusal)
    assert "leads to a list (feed), where an article was expected" in found.reason


def test_a_page_is_a_page_whatever_the_server_calls_it(web: Web) -> None:
    kinds = ("application/octet-stream", "text/xml", "application/xhtml+xml", "")
    for n, kind in enumerate(kinds):
        web.put(f"/{n}", says(page(BRIDGE), kind))
    web.put("/text", says(f"<p>{BRIDGE}", "text/plain"))
    web.put("/nitf", says(f"<nitf><p>{BRIDGE}</p></nitf>", "application/xml"))
    with web.fetcher(robots=False) as fetcher:
        places = [web.address(f"/{n}") for n in (*range(len(kinds)), "text", "nitf")]
        *pages, text, other = take_in_from(places, fetcher=fetcher)
    assert [item.title for item in pages if isinstance(item, Article)] == ["Brücke"] * len(kinds)
    assert isinstance(text, Article)
    assert text.text == f"<p>{BRIDGE}"
    assert isinstance(other, Refusal)
    assert "is of type application/xml, and no list of articles" in other.reason


def test_json_and_tables_may_be_fetched_too(web: Web) -> None:
    web.put("/a.jsonl", says(json.dumps({"text": BRIDGE}), "application/x-ndjson"))
    web.put("/b.csv", says(f"title;text\nHafen;{HARBOUR}\n", "text/csv"))
    web.put("/c.json", says('{"fehler": 7}', "application/json"))
    web.put("/d", leads_to("/a.jsonl"))
    with web.fetcher(robots=False) as fetcher:
        found = list(take_in_from([web.address(p) for p in ("/a.jsonl", "/b.csv", "/c.json")], fetcher=fetcher))
    assert [type(item) for item in found] == [Article, Article, Refusal]
    assert found[1].origin == f"{web.address('/b.csv')} fetched=2026-03-18T12:00:01Z#line=2"


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "protego", None)
    with pytest.raises(InputError, match=r'pip install "reportedly\[web\]"'):
        open_fetcher()
    monkeypatch.setitem(sys.modules, "fastwarc.warc", None)
    (tmp_path / "a.warc").write_bytes(b"WARC/1.0\r\nWARC-Type: response\r\n\r\n")
    (found,) = take_in_from([tmp_path])
    assert isinstance(found, Refusal)
    assert 'pip install "reportedly[warc]"' in found.reason
