"""Speakers in the browser: all names of one on one page, with the reasons; pairs in doubt; sides beside each other."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from pathlib import Path

import pytest

from reading_room import ARTICLES, Open, Room
from reportedly.archive import open_archive
from reportedly.errors import ArchiveError
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


# --- is this the same one?


@pytest.fixture
def own(open_room: Open, tmp_path: Path) -> Room:
    return open_room(tmp_path, list(take_in_from([SPEAKERS])))


def forms(page: str) -> dict[str, dict[str, str]]:
    """The hidden fields of the forms that decide: the one of the pair, and the one that takes back."""
    found = {}
    for part in page.split('<form method="post" action="/same"')[1:]:
        fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', part.split("</form>")[0])
        found["decide" if 'id="decide"' in part.split(">")[0] else "undo"] = {n: unescape(v) for n, v in fields}
    return found


def test_a_decision_without_a_script_leads_to_the_next_pair_and_can_be_taken_back(own: Room) -> None:
    page = own.get("/same").text
    assert "Lea Ohm ? Lea Sophie Ohm" in page
    for words in ("Lea Ohm sagte, die Fischer würden klagen.", "Talbote · 2024-06-09", "Küstenfunk · 2024-06-03"):
        assert words in page
    assert "undo" not in forms(page)
    answer = own.send("/same", {**forms(page)["decide"], "verdict": "same", "why": "gefragt"})
    assert (answer.status, answer.headers["location"]) == (303, "/same")
    for spelling in ("Lea Ohm", "Lea Sophie Ohm"):
        assert own.get("/search.json", q=f'von:"{spelling}"').json["statements"] == 2
    after = own.get("/same")
    assert "Lea Ohm ?" not in after.text
    decided = own.get("/same.json").json["decided"]
    assert [(d["verdict"], d["by"], d["why"]) for d in decided] == [("same", "mk", "gefragt")]
    answer = own.send("/same", {**forms(after.text)["undo"], "verdict": "withdraw"})
    assert answer.status == 303
    again = own.ask("GET", answer.headers["location"], headers={"Cookie": own.cookie}).text
    assert forms(again)["decide"] == forms(page)["decide"]
    assert own.get("/search.json", q='von:"Lea Sophie Ohm"').json["statements"] == 1
    assert own.get("/same.json").json["doubt"]["pair"][0]["name"] == "Lea Ohm"
    with open_archive(own.path) as archive:
        assert [j.verdict.value for j in archive.sameness() if not j.by_program] == ["same", "withdraw"]


@pytest.mark.parametrize("verdict", ["different", "unsure"])
def test_who_has_looked_is_not_asked_again(own: Room, verdict: str) -> None:
    pair = own.get("/same.json").json["doubt"]["pair"]
    fields = {"left": pair[0]["name"], "right": pair[1]["name"], "left_kind": "person", "verdict": verdict}
    done = own.send_json("POST", "/same.json", {**fields, "by": "robot"})
    assert (done.status, done.json["verdict"], done.json["by"]) == (200, verdict, "robot")
    left = own.get("/same.json").json["doubt"]
    assert left is None or left["pair"] != pair
    assert own.get("/search.json", q='ist:"Lea Ohm"').json["statements"] == 1
    assert own.get("/same.json", left=pair[0]["name"], right=pair[1]["name"]).json["doubt"]["why"]["verdict"] == verdict


def test_what_cannot_be_decided_is_said(own: Room) -> None:
    good = {"left": "Lea Ohm", "right": "Lea Sophie Ohm", "verdict": "same"}
    for more in ({"left": "Quark"}, {"left": "Lea Sophie Ohm"}, {"verdict": "maybe"}, {"verdict": "withdraw"}, {"left_kind": "state"},
                 {"by": "program"}, {"right": "Till Rabe@0000"}):  # fmt: skip
        answer = own.send("/same", {**good, **more})
        assert answer.status == 400, more
        assert "<h1" in answer.text
    assert own.send("/same", {"left": "Lea Ohm", "verdict": "same"}).status == 400
    assert own.get("/same", left="Lea Ohm").status == 400
    assert own.get("/same", left="Lea Ohm", right="Till Rabe").status == 404
    with open_archive(own.path) as archive:
        assert [j for j in archive.sameness() if not j.by_program] == []


def test_who_may_only_read_sees_the_pair_and_no_buttons(open_room: Open, tmp_path: Path) -> None:
    closed = open_room(tmp_path, list(take_in_from([SPEAKERS])), read_only=True)
    page = closed.get("/same").text
    assert "Lea Ohm ? Lea Sophie Ohm" in page
    assert 'action="/same"' not in page
    assert closed.send("/same", {"left": "Lea Ohm", "right": "Lea Sophie Ohm", "verdict": "same"}).status == 403


def test_a_pair_means_exactly_these_two(own: Room) -> None:
    """The kind of each side is part of the question: a name alone may be that of a person and of a body."""
    from dataclasses import replace

    with open_archive(own.path) as archive:
        doubt = archive.doubts()[0]
        assert [b.kind for b in doubt.pair] == ["person", "person"]
        with pytest.raises(ArchiveError, match='of the kind "state"'):
            archive.same(replace(doubt.pair[0], kind="state"), doubt.pair[1], by="mk")
        assert archive.doubt(*doubt.pair) == doubt


# --- sides beside each other


def test_two_sides_stand_beside_each_other_with_the_list_behind_every_count(known: Room) -> None:
    sides = {"side": "von:Rabe", "other": 'von:Ohm OR von:"isländische Regierung"'}
    page = known.get("/outlets", **sides).text
    table = page.split('<table class="list sides">')[1].split("</table>")[0]
    with open_archive(known.path) as archive:
        rows = archive.sides(*sides.values())
    assert known.get("/outlets.json", **sides).json["sides"] == [row.to_dict() for row in rows]
    links = re.findall(r'href="(/search\?q=[^"]+)">(\d+)', table)
    assert len(links) == sum(1 + len(row.cue_classes) for row in rows if row.statements.count)
    for path, count in links:
        assert known.ask("GET", unescape(path).replace("/search?", "/search.json?")).json["statements"] == int(count)
    assert re.findall(r'<th scope="rowgroup"><a [^>]+><bdi>(\w+)', table) == list(dict.fromkeys(r.outlet for r in rows))
    table = list(csv.DictReader(io.StringIO(known.get("/outlets.csv", **sides).text)))
    assert sum(int(r["count"]) for r in table if r["what"] == "statements") == sum(r.statements.count for r in rows)
    for row in rows:
        here = [r for r in table if (r["outlet"], r["side"]) == (row.outlet, row.side) and r["what"].startswith("cue:")]
        assert {r["what"][4:]: int(r["count"]) for r in here} == {k: c.count for k, c in row.cue_classes.items()}
        assert not here or abs(sum(float(r["share"]) for r in here) - 1) < 0.001


def test_without_sides_the_table_is_of_all_outlets(known: Room) -> None:
    page = known.get("/outlets", "en").text
    assert 'name="other"' in page
    assert 'class="list sides"' not in page
    table = list(csv.DictReader(io.StringIO(known.get("/outlets.csv").text)))
    for row in known.get("/outlets.json").json["outlets"]:
        here = {r["what"]: int(r["count"]) for r in table if r["outlet"] == row["outlet"]}
        assert here["statements"] == row["statements"]["count"]
        assert here["form:indirect"] == row["forms"]["indirect"]["count"]
    assert "Nichts gefunden." in known.get("/outlets", side="von:Niemand").text
    assert "kein Feld" in known.get("/outlets", side="vom:Rabe").text
