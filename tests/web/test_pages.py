"""Every page in both languages with its twin for programs; what it shows is what the archive says."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from string import Formatter
from urllib.parse import unquote

import jsonschema
import pytest

from fakes import article
from reading_room import Open, Room
from reportedly.archive import open_archive
from reportedly.export import FORMATS, Look
from reportedly.export.words import WORDS
from reportedly.intake import take_in_text
from reportedly.model.answers import DayCount, OverTime, TimeRow
from reportedly.model.span import Span
from reportedly.schema import record_schema
from reportedly.web import showing
from reportedly.web.describing import description
from reportedly.web.drawing import draw
from reportedly.web.exporting import KINDS, Kind
from reportedly.web.keys import SHEET
from reportedly.web.operations import Operation
from reportedly.web.plan import OPERATIONS
from reportedly.web.words import SENTENCES

TEMPLATES = Path(showing.__file__).parent / "templates"
PAGES = (
    "/", "/search", "/search?q=von:Hallstein", "/search?q=von:Niemand+Kursk", "/speakers", "/speakers?unnamed=1", "/speaker?name=J%C3%B6rn+Hallstein",
    "/speaker?name=J%C3%B6rn+Hallstein&tab=where", "/speaker?name=J%C3%B6rn+Hallstein&tab=time", "/outlets", "/outlets?side=von:Hallstein", "/outlet?name=Talbote", "/timeline",
    "/timeline?q=von:Hallstein&as=table", "/timeline?by=outlet", "/export?q=Deich", "/review", "/same", "/imports", "/health", "/saved", "/queries?list=Deich%0Avon:",
    "/keys", "/about", "/api",
)  # fmt: skip


# --- words


def test_both_languages_say_everything() -> None:
    german, english = SENTENCES["de"], SENTENCES["en"]
    assert german.keys() == english.keys()
    gaps = lambda text: {name for _, name, _, _ in Formatter().parse(text) if name}  # noqa: E731
    assert [k for k in german if gaps(german[k]) != gaps(english[k])] == []


def test_templates_use_only_words_that_exist() -> None:
    unknown = set()
    for template in TEMPLATES.glob("*.html"):
        text = template.read_text("utf-8")
        unknown |= {k for k in re.findall(r"\bt\('([^']+)'[,)]", text) if k not in SENTENCES["de"]}
        unknown |= {k for k in re.findall(r"\bw\('([^']+)'\)", text) if k not in WORDS["de"]}
        starts = re.findall(r"\bt\('([^']+\.)' ~", text)
        unknown |= {s for s in starts if not any(k.startswith(s) for k in SENTENCES["de"])}
    assert unknown == set()
    assert [
        w
        for where, rows in SHEET.items()
        for w in (where, *(what for _, what in rows))
        if f"keys.{w}" not in SENTENCES["de"]
    ] == []


def test_no_word_waits_for_a_page_in_vain() -> None:
    used = "".join(
        f.read_text("utf-8")
        for f in [*TEMPLATES.glob("*.html"), *TEMPLATES.parent.glob("*.py")]
        if not f.name.startswith("words_")
    )
    starts = (
        *tuple(s for s in re.findall(r"'([a-z]+\.[a-z_.]*)' ~", used)),
        "error.",
        "refused.",
        "keys.",
        "review.order.",
    )
    assert [k for k in SENTENCES["de"] if k not in used and not k.startswith(starts)] == []


# --- pages


@pytest.mark.parametrize("path", PAGES)
def test_every_page_stands_in_both_languages(room: Room, path: str) -> None:
    german, english = (
        room.ask("GET", path, headers={"Authorization": f"Bearer {room.key}", "Accept-Language": f"{tongue},fr"})
        for tongue in ("de-AT", "en")
    )
    assert german.status == english.status == 200
    assert '<html class="rp-doc" lang="de">' in german.text
    assert '<html class="rp-doc" lang="en">' in english.text
    assert SENTENCES["de"]["nav.review"] in german.text
    assert SENTENCES["en"]["nav.review"] in english.text
    assert len(re.findall("<h1", german.text)) == 1


def _path(operation: Operation, room: Room) -> str:
    path = operation.path.replace("{id}", room.example).replace("{place}", "60-110").replace("{key}", "1")
    needed = {"name": "Talbote" if "outlet" in path else "Jörn Hallstein"}
    asked = "&".join(f"{p.name}={needed[p.name]}" for p in operation.params if p.required)
    return (f"{path}.json" if path != "/" else "/index.json") + (
        f"?{asked}".replace("ö", "%C3%B6").replace(" ", "+") if asked else ""
    )


@pytest.mark.parametrize(
    "operation", [o for o in OPERATIONS if o.method == "GET" and o.twin and "{key}" not in o.path], ids=lambda o: o.path
)
def test_the_twin_of_a_page_is_what_its_description_says(room: Room, operation: Operation) -> None:
    answer = room.ask("GET", _path(operation, room))
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
    schema = {"$ref": f"#/components/schemas/{operation.answer}", "components": description()["components"]}
    jsonschema.validate(answer.json, schema)


def test_the_twin_of_an_article_is_the_record(room: Room) -> None:
    record = room.get(f"/articles/{room.example}.json").json["article"]
    jsonschema.validate(record, record_schema())
    with open_archive(room.path) as archive:
        assert record == archive.reading(room.example).to_dict()


def test_settings_are_remembered_and_nothing_else(room: Room) -> None:
    answer = room.send("/settings", {"theme": "dark", "back": "/keys"})
    assert (answer.status, answer.headers["location"]) == (303, "/keys")
    page = room.ask("GET", "/keys", headers={"Cookie": f"{room.cookie}; theme=dark; lang=en; keys=off"})
    assert '<html class="rp-doc" lang="en" data-theme="dark">' in page.text
    assert 'data-keys="on"' not in page.text
    page = room.ask("GET", "/keys", headers={"Cookie": f'{room.cookie}; theme="><b>; lang=xx'})
    assert "data-theme" not in page.text


# --- reading


def _text_of(page: str) -> str:
    from html import unescape

    body = page.split('<div class="body">')[1].split("<footer>")[0]
    cells = re.findall(r'<div class="tx [^>]*>(.*?)</div>\s*(?=</section>|<ol)', body, re.DOTALL)
    gaps = [re.sub(r'<(a) class="d?n\b.*?</a>|<summary>.*?</summary>', "", cell, flags=re.DOTALL) for cell in cells]
    return unescape(re.sub(r"<[^>]+>", "", "".join(gaps)))


def test_the_text_on_the_page_is_the_text_that_was_captured(room: Room) -> None:
    with open_archive(room.path) as archive:
        for id_ in archive.store.ids():
            text = archive.reading(id_).text
            assert _text_of(room.get(f"/articles/{id_}").text) == text


def test_cards_and_text_lead_to_each_other(room: Room) -> None:
    page = room.get(f"/articles/{room.example}").text
    ids, targets = set(re.findall(r' id="([^"]+)"', page)), set(re.findall(r'href="#([^"]+)"', page))
    assert targets <= ids
    with open_archive(room.path) as archive:
        reading = archive.reading(room.example)
    assert {f"s{n}" for n in range(1, len(reading.statements) + 1)} | {
        f"k{n}" for n in range(1, len(reading.statements) + 1)
    } <= ids & targets
    assert {f"d{n}" for n in range(1, len(reading.damages) + 1)} <= ids & targets


def test_a_place_is_an_address_for_ever(room: Room) -> None:
    """Every statement, and any other selection, has one; it opens with its card, or with the words themselves."""
    with open_archive(room.path) as archive:
        reading = archive.reading(room.example)
    for s in reading.statements:
        start, end = s.content[0].start, s.content[-1].end
        page = room.get(f"/articles/{room.example}/{start}-{end}").text
        opened = re.findall(r'<li class="k [^"]*\bopen"? id="k(\d+)"', page)
        assert opened == [s.id[1:]]
        assert page.count('class="inside"') >= 1
        twin = room.get(f"/articles/{room.example}/{start}-{end}.json").json
        assert twin["exact"] == reading.text[start:end]
        assert twin["statement"]["id"] == s.id
        assert twin["why"]
    answer = room.get(f"/articles/{room.example}/3-9")
    assert "here" in answer.text
    assert room.get(f"/articles/{room.example}/3-9.json").json["statement"] is None


@pytest.mark.parametrize("place", ["0-0", "9-3", "0-9999999", "a-b", "-1-4", "1-", "1e3-2e3", "0-1-2", "٣-٩"])
def test_a_place_that_is_none_is_told(room: Room, place: str) -> None:
    answer = room.get(f"/articles/{room.example}/{place}")
    assert answer.status == 404
    assert "Zeichen" in answer.text


def test_the_first_signs_of_an_id_lead_to_the_article(room: Room) -> None:
    answer = room.get(f"/articles/{room.example[:6]}")
    assert (answer.status, answer.headers["location"]) == (303, f"/articles/{room.example}")
    assert room.get("/articles/0000000000000000").status == 404


def test_a_citation_says_who_where_when_and_the_place(room: Room) -> None:
    with open_archive(room.path) as archive:
        hit = archive.search("von:Tollef form:direkt")[0]
    twin = room.get(f"/articles/{hit.article}/{hit.place[0].start}-{hit.place[-1].end}.json").json
    assert twin["citation"].startswith("Ragna Tollef laut Inselbote, 18.3.2026 (direkt")
    assert "„Wir haben die Spuren gesichert, und alle führen in dieselbe Richtung“" in twin["citation"]
    assert f"{hit.place[0].start}–{hit.place[-1].end}" in twin["citation"]
    assert twin["bibtex"].startswith(f"@online{{{hit.article},")
    assert twin["csl"]["issued"] == {"date-parts": [[2026, 3, 18]]}


# --- searching


def test_results_begin_with_who_says_it(room: Room) -> None:
    page = room.get("/search", q="von:Hallstein", sort="oldest").text
    hits = re.findall(r'<li class="hit.*?</li>', page, re.DOTALL)
    assert len(hits) == 6
    assert all(h.index("Jörn Hallstein") < h.index('class="what"') for h in hits)
    assert "6 Aussagen in 4 Artikeln" in page


def test_a_facet_adds_then_excludes_then_lets_go(room: Room) -> None:
    def facet(q: str, value: str) -> tuple[str, str]:
        page = room.get("/search", q=q).text
        state, href = re.search(rf'<li class="(\w*)"><a href="([^"]+)"[^>]*><bdi>{value}</bdi>', page).groups()  # type: ignore[union-attr]
        from html import unescape
        from urllib.parse import parse_qs, urlsplit

        return state, parse_qs(urlsplit(unescape(href)).query)["q"][0]

    state, then = facet("von:Hallstein", "Talbote")
    assert (state, then) == ("", 'von:Hallstein bei:"Talbote"')
    state, then = facet(then, "Talbote")
    assert (state, then) == ("in", 'von:Hallstein -bei:"Talbote"')
    state, then = facet(then, "Talbote")
    assert (state, then) == ("out", "von:Hallstein")


@pytest.mark.parametrize(
    "q", ["von:", "„lone", "((", "OR", "-", "a OR", "seit:gestern", "«", "\\", "%", "'", "*", "☃", "von:=”", "a" * 3000]
)
def test_no_query_is_an_error(room: Room, q: str) -> None:
    assert room.get("/search", q=q).status == 200
    assert room.get("/search.json", q=q).status == 200


def test_where_nothing_is_found_the_page_says_which_part_it_was(room: Room) -> None:
    page = room.get("/search", q="von:Thoms über:Turnhalle").text
    assert "Nichts gefunden." in page
    assert "von:Thoms" in page
    assert re.search(r'<a href="/search\?q=%C3%BCber%3ATurnhalle">1</a>', page)


def test_words_that_were_sought_are_marked(room: Room) -> None:
    assert "<mark>Bericht</mark>" in room.get("/search", q="von:Hallstein Bericht").text


def test_many_queries_at_once_each_by_itself(room: Room) -> None:
    lines = "von:Hallstein\nvon:\n„marode Deiche\n" + "Wort " * 60
    rows = room.send_json("GET", "/queries.json?list=von%3AHallstein%0Avon%3A", None).json["queries"]
    assert [(r["q"], r["statements"]) for r in rows] == [("von:Hallstein", 6), ("von:", rows[1]["statements"])]
    page = room.send("/queries", {"list": lines}).text
    assert page.count("<tr data-item>") == 4
    table = list(csv.reader(io.StringIO(room.get("/queries.csv", list=lines).text)))
    assert table[1][:3] == ["von:Hallstein", "6", "4"]


def test_a_saved_search_counts_what_is_new(open_room: Open, tmp_path: Path) -> None:
    text = "Der Deich halte, sagte Landrätin Ilse Brandt."
    own = open_room(tmp_path, [take_in_text(text, origin="a.txt")])
    assert own.send("/saved", {"q": "Deich", "name": "Deiche"}).status == 303
    assert [(s["hits"], s["new"]) for s in own.get("/saved.json").json["saved"]] == [(1, 0)]
    own.send_json("POST", "/articles.json", {"text": "Der Deich halte nicht, sagte Bürgermeister Jan Ohm."})
    assert [(s["hits"], s["new"]) for s in own.get("/saved.json").json["saved"]] == [(2, 1)]
    own.send("/saved", {"q": "Deich"})
    (row,) = own.get("/saved.json").json["saved"]
    assert (row["name"], row["new"]) == ("Deich", 0)
    own.send("/saved/forget", {"key": str(row["key"])})
    assert own.get("/saved.json").json["saved"] == []


def test_a_feed_is_atom(room: Room) -> None:
    answer = room.get("/search.atom", q="von:Hallstein")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = ET.fromstring(answer.text)
    atom = "{http://www.w3.org/2005/Atom}"
    ids = [e.findtext(f"{atom}id") for e in feed.findall(f"{atom}entry")]
    assert len(ids) == len(set(ids)) == 6


def test_two_keys_take_in_or_exclude_a_facet(room: Room) -> None:
    def keys(q: str) -> dict[str, str]:
        page = room.get("/search", q=q).text
        found = re.search(r"<a href=[^>]*><bdi>Talbote</bdi>", page)
        assert found
        told = re.findall(r'data-(plus|minus)="/search\?q=([^"&]*)', found[0])
        return {key: unquote(to.replace("+", " ")) for key, to in told}

    first = keys("von:Hallstein")
    assert first == {"plus": 'von:Hallstein bei:"Talbote"', "minus": 'von:Hallstein -bei:"Talbote"'}
    assert keys(first["plus"]) == {"minus": first["minus"]}
    assert keys(first["minus"]) == {"plus": first["plus"]}


def test_one_key_saves_the_search(room: Room) -> None:
    page = room.get("/search", q="von:Hallstein").text
    assert re.search(r'action="/saved">[^/]*<button class="plain" data-key="s">[^<]*<kbd>s</kbd></button>', page)
    assert ("s", "star") in SHEET["lists"]
    assert 'data-key="s"' not in room.get("/search").text  # without a query there is nothing to save


# --- taking it elsewhere


@pytest.mark.parametrize(
    "q", ["", "von:Hallstein", "form:direkt -bei:Talbote", "schaden:ja", "von:Niemand", "cue:denial OR cue:distancing"]
)
def test_an_export_is_exactly_what_the_page_shows(room: Room, q: str) -> None:
    shown = {(h["article"], h["statement"]) for h in room.get("/search.json", q=q, most=200).json["hits"]}
    answer = room.get("/export/file", q=q, format="csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert {(r["article"], r["statement"]) for r in rows} == shown
    assert len(rows) == len(shown)
    assert answer.headers["content-disposition"].startswith('attachment; filename="reportedly.csv"')


def test_every_format_can_be_taken(room: Room) -> None:
    for name in ("csv", "excel", "jsonl", "html", "txt", "why", "damage"):
        answer = room.get("/export/file", q="von:Hallstein", format=name)
        assert answer.status == 200
        assert len(answer.body) > 100


@pytest.mark.parametrize("q", ["", "von:Hallstein"])
def test_an_export_says_before_how_large_it_will_be(room: Room, q: str, monkeypatch: pytest.MonkeyPatch) -> None:
    told = room.get("/export.json", q=q).json
    for name in ("csv", "excel", "jsonl", "html", "w3c"):
        true = len(room.get("/export/file", q=q, format=name).body)
        assert told["bytes"][name] == true if told["articles"] <= 8 else 0.5 < told["bytes"][name] / true < 2
    monkeypatch.setattr("reportedly.web.exporting._SAMPLE", 2)
    few = room.get("/export.json", q=q).json
    true = len(room.get("/export/file", q=q, format="jsonl").body)
    assert 0.4 < few["bytes"]["jsonl"] / true < 2.5
    assert "etwa" in room.get("/export", q=q).text
    assert room.get("/export.json", q="von:Niemand").json["bytes"] == {}


# --- times


def test_the_timeline_has_the_same_as_a_table_and_a_file(room: Room) -> None:
    events = room.get("/timeline.json", q="von:Hallstein").json["events"]
    table = list(csv.DictReader(io.StringIO(room.get("/timeline.csv", q="von:Hallstein").text)))
    assert [e["day"] for e in events] == [r["day"] for r in table]
    assert len(events) == 6
    page = room.get("/timeline", q="von:Hallstein").text
    assert page.count("<tr data-item>") == len(events)
    assert "<svg" in page
    assert "<svg" not in room.get("/timeline", q="von:Hallstein", **{"as": "table"}).text


# --- how fast, how large


def test_the_scripts_are_small() -> None:
    assert sum(len(showing.static(n)) for n in showing.STATIC if n.endswith(".js")) < 40_000


def long_article() -> object:
    """4,000 words, 270 statements, some nested."""
    paragraph = (
        "Der Minister {n} sagte am Montag, die Lage an den Deichen sei seit Wochen angespannt und werde sich bis zum Herbst kaum bessern. "
        "„Wir tun {n}, was wir können, und mehr geht nicht“, erklärte er vor der Presse in der Kreisstadt. Danach fuhr er weiter. "
    )
    text = "\n\n".join("".join(paragraph.format(n=n * 3 + i) for i in range(3)) for n in range(30))
    made = article(text, title="Ein langer Tag an der Ahlau", outlet="Talbote", published="2024-06-04")
    for n in range(90):
        made.says(
            f"Minister {n % 20}",
            "die Lage an den Deichen sei seit Wochen angespannt und werde sich bis zum Herbst kaum bessern",
            cue="sagte",
        )
        made.says(
            f"Minister {n % 20}", f"Wir tun {n}, was wir können, und mehr geht nicht", cue="erklärte", form="direct"
        )
        made.says(f"Minister {n % 20}", f"tun {n}", cue="erklärte")
    return made.reading()


def test_a_long_article_is_small_and_soon_there(open_room: Open, tmp_path: Path) -> None:
    import time

    reading = long_article()
    own = open_room(tmp_path, [])
    with open_archive(own.path) as archive:
        archive.store.write(reading, "2024-06-05T00:00:00+00:00")  # type: ignore[arg-type]
    assert len(reading.text.split()) > 4_000  # type: ignore[attr-defined]
    path = f"/articles/{reading.article.id}"  # type: ignore[attr-defined]
    own.get(path)
    for asked in ({}, {"q": "Minister angespannt", "hit": 1}, {"speaker": "Minister 3", "unsure": 0}):
        times = []
        for _ in range(4):
            start = time.process_time()
            answer = own.get(path, **asked)
            times.append(time.process_time() - start)
        assert answer.status == 200
        assert len(answer.body) < 200_000, asked
        assert min(times) < 0.15, asked  # of this process, which is server and asker


def test_the_end_of_an_article_is_a_place_too(room: Room) -> None:
    with open_archive(room.path) as archive:
        length = len(archive.reading(room.example).text)
    assert room.get(f"/articles/{room.example}/{length - 5}-{length}.json").json["exact"] == archive_text(room)[-5:]


def archive_text(room: Room) -> str:
    with open_archive(room.path) as archive:
        return archive.reading(room.example).text


def test_spans_of_the_page_are_code_points(open_room: Open, tmp_path: Path) -> None:
    text = "😀 Am Montag 😀 kam sie.\n\nDer Deich halte alles aus, sagte Landrätin Ilse Brandt."
    own = open_room(tmp_path, [take_in_text(text, language="de")])
    (id_,) = [h["article"] for h in own.get("/search.json").json["hits"]][:1]
    at = text.index("alles")
    assert own.get(f"/articles/{id_}/{at}-{at + 5}.json").json["exact"] == "alles"
    assert Span(at, at + 5).of(text) == "alles"


def test_where_much_is_found_the_counts_come_after_the_results(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportedly.web.search.MANY", 3)
    page = room.get("/search", q="von:Hallstein").text
    later = re.search(r'data-later="(/search/facets\?q=von%3AHallstein[^"]*)"', page)
    assert later
    assert 'class="facet"' not in page
    from html import unescape

    part = room.ask("GET", unescape(later[1])).text
    assert part.count('class="facet"') == 5
    assert "<html" not in part


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.there], ids=lambda kind: kind.name)
def test_every_format_is_what_the_command_line_writes(room: Room, kind: Kind) -> None:
    answer = room.get("/export/file", q="von:Hallstein", format=kind.name)
    assert (answer.status, answer.headers["content-type"].split(";")[0]) == (200, kind.media_type.split(";")[0])
    binary = FORMATS[kind.writer].binary
    out = io.BytesIO() if binary else io.StringIO(newline="")
    with open_archive(room.path) as archive:
        archive.search("von:Hallstein").write(kind.writer, out, Look("de", excel=kind.name == "excel", wide=True))
    wanted = out.getvalue() if isinstance(out, io.BytesIO) else out.getvalue().encode("utf-8")
    assert answer.body == wanted or kind.name in ("jsonld", "w3c", "tei", "spacy"), "these tell when they were made"
    assert len(answer.body) == len(wanted)


def test_a_format_whose_library_is_missing_is_not_offered(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportedly.web.exporting.find_spec", lambda name: None)
    assert "parquet" not in room.get("/export.json", q="Deich").json["formats"]
    refused = room.get("/export/file", q="Deich", format="parquet")
    assert (refused.status, "pyarrow" in refused.text) == (400, True)


# --- while somebody types


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Deich von:Hall", 'Deich von:="Jörn Hallstein" '),
        ("-by:jö", '-von:="Jörn Hallstein" '),
        ('ist:"Jörn', 'ist:"Jörn Hallstein" '),
        ("bei:küs", 'bei:"Küstenfunk" '),
        ("form:dir", "form:direct "),
        ("cue:dem", "cue:denial "),
        ("von:", None),
        ("über:Dei", None),
        ("Hall", None),
        ("von:Hallstein ", None),
    ],
)
def test_a_field_is_suggested_what_it_could_be_given(room: Room, typed: str, first: str | None) -> None:
    told = room.get("/suggest.json", q=typed).json["suggestions"]
    assert (told[0]["query"] if told else None) == first
    for s in told:
        assert s["count"] == len(room.desk.archive().search(s["query"].split(" ", typed.count(" "))[-1].lstrip("-")))


def test_the_timeline_is_whole_and_can_be_narrowed(room: Room) -> None:
    told = room.get("/timeline.json", q="von:Hallstein").json
    assert sum(d["count"] for d in told["over_time"]["whole"]) + told["over_time"]["undated"] == told["statements"] == 6
    (row,) = told["over_time"]["rows"]
    assert (row["name"], row["statements"]) == ("Jörn Hallstein", 6)
    # two days of a form become a part of the query, and take the place of those before
    asked = {"q": "von:Hallstein wann:2024", "from": "2024-06-05", "to": "2024-06-06"}
    to = room.get("/timeline", **asked).headers["location"]
    assert to == "/timeline?q=von%3AHallstein%20wann%3A2024-06-05..2024-06-06&by=speaker"
    part = room.ask("GET", to.replace("/timeline?", "/timeline.json?")).json
    assert {e["day"] for e in part["events"]} == {"2024-06-05", "2024-06-06"}
    assert part["statements"] == len(part["events"]) == 3
    # more than a page: the table goes on, the drawing is whole
    page = room.get("/timeline", q="").text
    assert re.search(r"1–(\d+) von \1<", page)
    assert '<a href="/search?q=ist%3A%22J' in page


def test_a_few_statements_far_away_do_not_stretch_the_drawing() -> None:
    near = [DayCount(f"2024-06-{n:02}", True, "", 40) for n in range(1, 29)]
    far = [DayCount("1933-01-30", True, "", 1), DayCount("2031-01-01", True, "", 1)]
    told = OverTime(
        (TimeRow("Ada Lenz", 'ist:"Ada Lenz"', 1122, (*far[:1], *near, *far[1:]), ("Ada Lenz",)),),
        (*far[:1], *near, *far[1:]),
        0,
        0,
    )
    drawn = draw(told, "speaker", "Deich", [], "en")
    assert drawn is not None
    assert (drawn.first, drawn.last) == ("2024-06-01", "2024-06-28")
    assert [label for label, _ in drawn.outside] == ["1 before", "1 after"]
    assert "wann%3A..2024-05-31" in drawn.outside[0][1]
    assert sum(m.n for m in drawn.lines[0].marks) == 28 * 40
    assert all(210 <= m.x <= drawn.width - 64 for m in (*drawn.bars, *drawn.lines[0].marks))
    few = draw(OverTime((), (far[0], near[0]), 0, 0), "speaker", "", [], "en")
    assert few is not None
    assert (few.first, few.outside) == ("1933-01-30", ()), "of a few statements all are drawn"
