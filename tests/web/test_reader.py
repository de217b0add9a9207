"""What the reader shows is what its address asks for: filters, words of a search, the way through its results, other tongues."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from reading_room import Open, Room
from reportedly.archive import open_archive
from reportedly.intake import take_in_text
from reportedly.model.joins import Joins
from reportedly.web.filters import UNSURE


def cards(page: str) -> list[str]:
    return [f"s{n}" for n in re.findall(r'<li class="k [^"]*" id="k(\d+)"', page)]


def chips(page: str) -> list[tuple[str, str, int, bool]]:
    """(label, href, count, chosen) of every chip above the text."""
    found = re.findall(
        r'<a class="pick[^"]*" href="([^"]*)"( aria-current="true")?[^>]*><bdi>(.*?)</bdi> <i>([\d.]+)</i>', page
    )
    return [(unescape(label), unescape(href), int(n), bool(on)) for href, on, label, n in found]


@pytest.mark.parametrize(
    "asked",
    [{"speaker": "Ragna Tollef"}, {"form": "direct"}, {"damaged": 1}, {"unsure": 1}, {"form": "indirect", "unsure": 1}],
)
def test_a_filter_shows_exactly_what_it_says(room: Room, asked: dict[str, object]) -> None:
    with open_archive(room.path) as archive:
        reading = archive.reading(room.example)
    joins = Joins(reading)
    wanted = [
        s.id
        for s in reading.statements
        if ("speaker" not in asked or ((who := joins.who(s)) and who.name == asked["speaker"]))
        and ("form" not in asked or s.form.value == asked["form"])
        and ("damaged" not in asked or joins.damage_ids(s))
        and ("unsure" not in asked or reading.confidence[s.id] < UNSURE)
    ]
    page = room.get(f"/articles/{room.example}", **asked).text
    assert 0 < len(wanted) < len(reading.statements)
    assert cards(page) == wanted
    assert set(re.findall(r'data-s="([\d ]+)"', page)) == {
        pieces for pieces in re.findall(r'data-s="([\d ]+)"', page) if {f"s{n}" for n in pieces.split()} <= set(wanted)
    }
    twin = room.get(f"/articles/{room.example}.json", **asked).json["article"]
    assert [s["id"] for s in twin["statements"]] == wanted
    assert sum(on for *_, on in chips(page)) == len(asked)


def test_the_count_on_a_chip_is_that_of_the_list_behind_it(room: Room) -> None:
    for path in (f"/articles/{room.example}", f"/articles/{room.example}?unsure=1"):
        found = chips(room.ask("GET", path).text)
        assert len(found) > 6
        for label, href, n, on in found:
            if not on:
                assert len(cards(room.ask("GET", href).text)) == n, label


def test_a_second_click_lets_go_and_the_search_stays(room: Room) -> None:
    page = room.get(f"/articles/{room.example}", q="Netze", unsure=1, hit=1).text
    (gone,) = [href for _, href, _, on in chips(page) if on]
    assert gone == f"/articles/{room.example}?q=Netze&hit=1"
    assert all("q=Netze" in href for _, href, _, _ in chips(page))
    assert f'href="/articles/{room.example}?q=Netze&amp;hit=1" data-key="0"' in page


def test_an_opened_statement_is_shown_whatever_is_filtered(room: Room) -> None:
    page = room.get(f"/articles/{room.example}/389-428", speaker="Niemand").text
    assert len(cards(page)) == 1
    assert room.get(f"/articles/{room.example}", form="loud").status == 400


def test_words_that_were_sought_are_marked_and_nothing_else_is(room: Room) -> None:
    page = room.get(f"/articles/{room.example}", q="Netz von:Tollef").text
    marks = {re.sub("<[^>]+>", "", m) for m in re.findall(r'<mark class="t [^"]*\by\b[^"]*"[^>]*>(.*?)</mark>', page)}
    assert marks
    assert all(m.lower().startswith("netz") for m in marks)
    assert "<mark" not in room.get(f"/articles/{room.example}").text
    assert '<input id="q" name="q" type="search" value="Netz von:Tollef"' in page


def test_the_results_lead_from_article_to_article_and_back(room: Room) -> None:
    """Along the arrows every article of the list is met once, in its order, and the way back is the same."""
    page = room.get("/search", q="von:Hallstein", sort="oldest").text
    first = unescape(re.findall(r'href="(/articles/[^"]+)" data-open', page)[0])
    with open_archive(room.path) as archive:
        wanted = list(dict.fromkeys(h.article for h in archive.search("von:Hallstein", sort="oldest")))
    assert len(wanted) == 4
    for rel, order in (("next", wanted), ("prev", wanted[::-1])):
        met, path = [], first
        while path:
            page = room.ask("GET", path).text
            met.append(path.split("/")[2].split("?")[0])
            first, way = path, re.search(rf'<a href="([^"]+)" rel="{rel}"', page)
            path = unescape(way[1]) if way else ""
        assert met == order
    assert "/search?q=von%3AHallstein&amp;sort=oldest" in page
    assert 'rel="next"' not in room.get(f"/articles/{room.example}").text


def test_an_article_without_statements_says_what_was_read(open_room: Open, tmp_path: Path) -> None:
    silent = take_in_text("Der Fluss fließt. Am Ufer stehen Weiden. Es regnet.", language="de", origin="a.txt")
    polish = take_in_text("Minister powiedział: „Jesteśmy gotowi”.", language="pl", origin="b.txt")
    own = open_room(tmp_path, [silent, polish])
    page = own.get(f"/articles/{silent.id}").text  # type: ignore[union-attr]
    assert "Keine Aussage gefunden. 3 Sätze gelesen, keiner mit Sprecher." in page
    assert "Sprache:" not in page
    page = own.get(f"/articles/{polish.id}").text  # type: ignore[union-attr]
    assert "Sprache: Polnisch. Nur wörtliche Zitate gelesen." in page
    assert "not read yet" not in page
    assert "Language: Polish." in own.get(f"/articles/{polish.id}", language="en").text  # type: ignore[union-attr]


# --- keys of one's own


def test_own_keys_are_kept_by_the_browser_and_told_to_the_script(room: Room) -> None:
    answer = room.send("/keys", {"where": "review", "accept": "q", "later": "Space", "reject": ""})
    assert (answer.status, answer.headers["location"]) == (303, "/keys")
    cookie = answer.headers["set-cookie"].split(";")[0]
    assert "HttpOnly" in answer.headers["set-cookie"]
    page = room.ask("GET", "/keys", headers={"Cookie": f"{room.cookie}; {cookie}", "Accept-Language": "de"}).text
    assert 'data-map="{&#34;review&#34;: {&#34;a&#34;: &#34;q&#34;, &#34;x&#34;: &#34;&#34;}}"' in page
    assert '<input name="accept" value="q"' in page
    assert "data-map" not in room.get("/keys").text
    back = room.send("/keys", {"where": "usual"}).headers["set-cookie"]
    assert back.startswith("keymap=")


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"where": "review", "accept": "ab"}, "keine einzelne Taste"),
        ({"where": "review", "accept": "x"}, "zweierlei"),
        ({"where": "reader", "why": "/"}, "zweierlei"),
        ({"where": "everywhere", "go": "j"}, "zweierlei"),
        ({"where": "nowhere"}, "kennt nur"),
    ],
)
def test_keys_that_would_do_two_things_are_refused(room: Room, form: dict[str, str], words: str) -> None:
    answer = room.send("/keys", form, **{"Accept-Language": "de"})
    assert answer.status == 400
    assert words in answer.text
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "cookie", ["", "{", "[]", "7", '{"review.accept": 7}', '{"a": "b"}', "%22%3E%3Cscript%3E", "{" * 900]
)
def test_a_spoilt_cookie_changes_no_key(room: Room, cookie: str) -> None:
    answer = room.ask("GET", "/keys", headers={"Cookie": f"{room.cookie}; keymap={cookie}"})
    assert answer.status == 200
    assert "data-map" not in answer.text
