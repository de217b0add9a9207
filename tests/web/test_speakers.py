"""Speakers in the browser: all names of one on one page, with the reasons; pairs in doubt; sides beside each other."""

from __future__ import annotations

import re
from html import unescape

import pytest

from reading_room import ARTICLES, Open, Room
from reportedly.archive import open_archive
from reportedly.intake import take_in_from

SPEAKERS = ARTICLES.parent / "speakers"


@pytest.fixture(scope="module")
def known(open_room: Open, tmp_path_factory: pytest.TempPathFactory) -> Room:
    return open_room(tmp_path_factory.mktemp("known"), list(take_in_from([SPEAKERS])))


def test_every_name_of_one_leads_to_one_page(known: Room) -> None:
    with open_archive(known.path) as archive:
        rows = archive.speakers()
        counts = {row.query: row.statements for row in rows}
    page = known.get("/speakers").text
    for row in rows:
        assert f">{row.name}</bdi></a>" in page
    paths = re.findall(r'<a href="(/speaker\?[^"]+)" data-open', page)
    assert len(paths) == len(rows)
    for path in map(unescape, paths):
        twin = known.ask("GET", path.replace("/speaker?", "/speaker.json?")).json
        assert twin["speaker"]["query"] in counts
        assert twin["counts"]["says"] == twin["page"]["statements"] == counts.pop(twin["speaker"]["query"])
    assert counts == {}, "each row has a page of its own"
    handles = [name for name in rows[0].names if "@" not in name]
    for name in ("Wolodymyr Hrynjuk", "Volodymyr Hryniuk"):
        assert known.get("/speaker.json", name=name).json["counts"]["says"] == 2
    assert handles


def test_the_page_says_why_these_names_are_one(known: Room) -> None:
    german, english = (known.get("/speaker", language, name="Till Rabe").text for language in ("de", "en"))
    assert "hat das Amt (Präsident Islands) nach 2 Artikeln jener Zeit" in german
    assert "holds the office (Präsident Islands) by 2 articles of that time" in english
    assert "Till Rabe 2024-06-01–2024-06-03" in german
    assert "isländischer Präsident 2024-06-01–2024-06-03" in german
    assert "Mann" in german
    twin = known.get("/speaker.json", name="Till Rabe").json
    assert [s["role"] for s in twin["spellings"]] == ["Till Rabe", "isländischer Präsident"]
    assert twin["chain"][0]["why"].startswith("office/holder")
    assert twin["counts"] == {"says": 3, "about": 1, "authority": 0}
    for tab, count in twin["counts"].items():
        page = known.get("/speaker.json", name="Till Rabe", tab=tab).json
        assert (
            page["page"]["statements"] == count == known.get("/search.json", q=page["queries"][tab]).json["statements"]
        )


def test_the_page_shows_who_else_it_may_be(known: Room) -> None:
    page = known.get("/speaker", name="Lea Ohm").text
    assert "derselbe Name, ein Vorname mehr, sonst nichts gemeinsam" in page
    for sentence in ("Lea Ohm sagte, die Fischer würden klagen.", "Lea Sophie Ohm sagte, die Fischer seien dagegen."):
        link = re.search(rf'<a href="(/articles/[0-9a-f]+/\d+-\d+)"><bdi>{re.escape(sentence)}', page)
        assert link
        assert known.get(f"{link[1]}.json").json["exact"] == sentence
    assert known.get("/speaker", name="Niemand").status == 404
