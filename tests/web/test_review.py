"""Decisions from the browser: saved at once, taken back, counted; a sample gives a precision; no new reading touches them."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from reading_room import ARTICLES, Open, Room
from reportedly.archive import open_archive
from reportedly.intake import take_in_from
from reportedly.model.span import Span
from reportedly.model.statement import Form, Statement
from reportedly.web.review import Item, precision


@pytest.fixture
def own(open_room: Open, tmp_path: Path) -> Room:
    return open_room(tmp_path, list(take_in_from([ARTICLES])))


def begin(room: Room, **form: str) -> str:
    answer = room.send("/review/queue", {"q": "", "sort": "unsure", "n": "50", **form})
    assert answer.status == 303
    return answer.headers["location"]


def form_of(page: str, within: str = "decide") -> dict[str, str]:
    part = page.split(f'id="{within}"')[1].split("</form>")[0]
    from html import unescape

    return {n: unescape(v) for n, v in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', part)}


def test_one_decision_leads_to_the_next_statement(own: Room) -> None:
    queue = begin(own)
    seen = set()
    for _ in range(16):
        page = own.ask("GET", queue).text
        form = form_of(page)
        key = (form["article"], form["statement"])
        assert key not in seen
        seen.add(key)
        answer = own.send("/judgements", {**form, "verdict": "accept"})
        assert answer.status == 303
        assert answer.headers["location"].startswith(queue)
    assert "Fertig: alle 16 entschieden." in own.get("/review", queue=queue.partition("=")[2]).text
    with open_archive(own.path) as archive:
        assert len(archive.search("geprüft:angenommen")) == 16
        assert {j.by for j in archive.judgements()} == {"mk"}


def test_least_sure_comes_first(own: Room) -> None:
    begin(own)
    drawn = own.desk.beside.sample(1)
    assert drawn is not None
    with open_archive(own.path) as archive:
        wanted = [(h.article, [[p.start, p.end] for p in h.place]) for h in archive.search("", sort="unsure")]
        sure = [h.confidence for h in archive.search("", sort="unsure")]
    assert [(a, p) for a, p in drawn["drawn"]] == wanted
    assert sure == sorted(sure)


def test_a_statement_put_off_comes_at_the_end(own: Room) -> None:
    queue = begin(own, n="3")
    first = form_of(own.ask("GET", queue).text)
    page = own.ask("GET", f"{queue}&later=1").text
    assert form_of(page)["statement"] != first["statement"] or form_of(page)["article"] != first["article"]
    assert form_of(own.ask("GET", f"{queue}&later=1,2,3").text)["statement"] == first["statement"]


def test_the_last_decision_can_be_taken_back(own: Room) -> None:
    queue = begin(own, n="2")
    first = form_of(own.ask("GET", queue).text)
    own.send("/judgements", {**first, "verdict": "reject"})
    page = own.ask("GET", queue).text
    undo = re.search(r'action="(/review/\d+/undo)".*?name="item" value="(\d+)"', page, re.DOTALL)
    assert undo
    answer = own.send(undo[1], {"item": undo[2], "back": queue})
    assert answer.status == 303
    assert form_of(own.ask("GET", answer.headers["location"]).text)["statement"] == first["statement"]
    assert own.get("/review.json", queue=queue.partition("=")[2]).json["decided"] == 0
    with open_archive(own.path) as archive:
        assert [j.verdict.value for j in archive.judgements()] == ["reject", "withdraw"]


def test_a_place_and_a_speaker_can_be_put_right(own: Room) -> None:
    queue = begin(own, q="von:Hallstein", sort="oldest")
    form = form_of(own.ask("GET", queue).text)
    page = own.ask("GET", queue).text
    content = re.search(r'name="content" value="(\d+)-(\d+)"', page)
    assert content
    start, end = int(content[1]), int(content[2])
    assert own.send("/judgements", {**form, "verdict": "span", "content": f"{start}-{end - 4}"}).status == 303
    assert own.send("/judgements", {**form, "verdict": "speaker", "speaker": "Ilse Brandt"}).status == 303
    with open_archive(own.path) as archive:
        right = archive.judged(form["article"])
        s = next(s for s in right.statements if s.content[0].start == start)
        assert s.content[-1].end == end - 4
        assert right.speaker_of(s).name == "Ilse Brandt"  # type: ignore[union-attr]
        archive.reread(everything=True)
        assert [t.content for t in archive.judged(form["article"]).statements] == [t.content for t in right.statements]


def test_bad_decisions_are_refused_in_words(own: Room) -> None:
    form = form_of(own.ask("GET", begin(own)).text)
    for more in (
        {"verdict": "maybe"},
        {"verdict": "span"},
        {"verdict": "span", "content": "5-9999999"},
        {"verdict": "span", "content": "x"},
        {"verdict": "speaker"},
        {"verdict": "accept", "statement": "s99"},
    ):
        answer = own.send("/judgements", {**form, **more})
        assert answer.status == 400, more
    assert own.send("/judgements", {**form, "verdict": "accept", "article": "ffff"}).status == 404
    with open_archive(own.path) as archive:
        assert archive.judgements() == []


def test_a_sample_tells_how_many_are_right(own: Room) -> None:
    queue = begin(own, sort="random", n="10")
    for verdict in ["accept"] * 8 + ["reject"] * 2:
        own.send("/judgements", {**form_of(own.ask("GET", queue).text), "verdict": verdict})
    found = own.get("/review.json", queue=queue.partition("=")[2]).json
    assert (found["decided"], found["random"]) == (10, True)
    assert found["precision"] == {"right": 8, "of": 10, "share": 0.8, "low": 0.49, "high": 0.943}
    assert "Right were 8 of 10: 0.80, with 95 % confidence between 0.49 and 0.94." in own.ask("GET", queue).text


def test_the_interval_holds_what_it_says() -> None:
    """Wilson's interval covers the truth in about 95 of 100 samples, also near one."""
    import random

    rnd = random.Random(5)
    for truth in (0.5, 0.8, 0.95):
        held = 0
        for _ in range(1500):
            items = [Item(n, "a", (), "accept" if rnd.random() < truth else "reject", "") for n in range(60)]
            found = precision(items)
            assert found
            held += found["low"] <= truth <= found["high"]
        assert 0.92 < held / 1500 < 0.985


def test_what_was_rejected_in_the_reader_can_come_back(own: Room) -> None:
    with open_archive(own.path) as archive:
        hit = archive.search("von:Hallstein")[0]
    path = f"/articles/{hit.article}"
    own.send("/judgements", {"article": hit.article, "statement": hit.statement, "verdict": "reject", "back": path})
    page = own.get(path).text
    assert "Verworfen" in page
    assert f'id="k{hit.statement[1:]}"' not in page
    assert f'id="k{hit.statement[1:]}"' in own.get(path, machine=1).text
    own.send("/judgements", {"article": hit.article, "statement": hit.statement, "verdict": "withdraw", "back": path})
    assert "Verworfen" not in own.get(path).text


def test_programs_decide_with_json(own: Room) -> None:
    with open_archive(own.path) as archive:
        hit = archive.search("")[0]
    found = own.send_json(
        "POST",
        "/judgements.json",
        {"article": hit.article, "statement": hit.statement, "verdict": "accept", "by": "robot", "why": "ü"},
    )
    assert (found.status, found.json["by"], found.json["why"]) == (200, "robot", "ü")


def test_a_statement_stands_between_its_neighbours(own: Room) -> None:
    """One sentence before it and one after it, as they stand in the text."""
    queue = begin(own, q="von:Hallstein form:indirekt", sort="oldest")
    page = own.ask("GET", queue).text
    from html import unescape

    passage = re.search(r'<p class="passage".*?</p>', page, re.DOTALL)
    assert passage
    words = unescape(re.sub(r"<br>", "\n", re.sub(r"<(?!br)[^>]+>", "", passage[0])))
    drawn = own.desk.beside.sample(1)
    assert drawn
    with open_archive(own.path) as archive:
        text = archive.reading(drawn["drawn"][0][0]).text
    start, end = drawn["drawn"][0][1][0]
    at = text.index(words)
    assert at < start
    assert end < at + len(words)
    assert "." in text[at:start]
    assert len(re.findall(r"[.!?]", words)) >= 3


# --- forms, what was missed, what is in dispute


def last_of(own: Room) -> dict[str, object]:
    with open_archive(own.path) as archive:
        return archive.judgements()[-1].to_dict()


def test_a_form_is_put_right_with_one_key(own: Room) -> None:
    queue = begin(own, q="von:Hallstein form:indirekt", sort="oldest")
    page = own.ask("GET", queue).text
    assert re.findall(r'name="form" value="(\w+)" data-key="(\d)"', page) == [
        ("direct", "1"), ("indirect", "2"), ("mixed", "3"), ("reported", "4"), ("free_indirect", "5"),
    ]  # fmt: skip
    form = form_of(page)
    own.send("/judgements", {**form, "verdict": "form", "form": "free_indirect"})
    assert (last_of(own)["form"], last_of(own)["was"]["form"]) == ("free_indirect", "indirect")  # type: ignore[index]
    with open_archive(own.path) as archive:
        archive.reread(everything=True)
        hits = archive.search("form:frei geprüft:ja")
        assert [(h.article, h.statement) for h in hits] == [(form["article"], form["statement"])]
    assert own.send("/judgements", {**form, "verdict": "form"}).status == 400
    assert own.send("/judgements", {**form, "verdict": "form", "form": "loud"}).status == 400


def test_a_missed_statement_is_added_found_and_kept(own: Room) -> None:
    with open_archive(own.path) as archive:
        article = archive.search("von:Hallstein")[0].article
        text, before = archive.reading(article).text, len(archive.search(""))
    words = text[:30].rstrip()
    place = f"/articles/{article}/0-{len(words)}"
    page = own.get(place, missed=1).text
    form = {n: v for n, v in re.findall(r'name="(\w+)" value="([^"]*)"', page.split('class="missed"')[1])[:4]}
    assert (form["verdict"], form["content"]) == ("add", f"0-{len(words)}")
    answer = own.send("/judgements", {**form, "speaker": "Ilse Brandt", "form": "reported"})
    assert (answer.status, answer.headers["location"]) == (303, place)
    page = own.get(place).text
    assert "Ilse Brandt" in page.split('class="k ')[1]
    with open_archive(own.path) as archive:
        for _ in range(2):
            hits = [h for h in archive.search("") if h.content == words]
            assert [(h.speaker, h.form, h.judged) for h in hits] == [("Ilse Brandt", "reported", "corrected")]
            assert len(archive.search("")) == before + 1
            assert list(archive.check()) == []
            archive.reread(everything=True)
        archive.judge(hits[0], "withdraw", by="mk")
        assert len(archive.search("")) == before
        assert list(archive.check()) == []
    assert own.send("/judgements", {**form, "content": "5-5"}).status == 400
    assert own.send("/judgements", {**form, "content": ""}).status == 400


def read_by(path: Path, change: object) -> None:
    """All articles anew, by a program that finds the statements otherwise, and says so in its signature."""
    with open_archive(path) as archive:
        for id_ in archive.store.ids():
            reading = archive.reading(id_)
            archive.store.renew(replace(reading, statements=change(reading.statements), signature="another"))  # type: ignore[operator]


def test_what_a_new_reading_says_otherwise_is_asked_again(own: Room) -> None:
    queue = begin(own, q="von:Hallstein", sort="oldest", n="3")
    forms = []
    for verdict in ("accept", "accept", "reject"):
        forms.append(form_of(own.ask("GET", queue).text))
        own.send("/judgements", {**forms[-1], "verdict": verdict})
    assert own.send("/review/queue", {"q": "", "sort": "disputed", "n": "9"}).status == 404
    judged = {(f["article"], f["statement"]) for f in forms}
    with open_archive(own.path) as archive:
        places = [j.place for j in archive.judgements()]
        accepted = archive.reading(forms[0]["article"])
    read_by(own.path, lambda found: tuple(s for s in found if s.content not in places))
    queue = begin(own, sort="disputed")
    page = own.ask("GET", queue).text
    assert own.get("/review.json", queue=queue.partition("=")[2]).json["all"] == 2 < len(judged)
    assert "nichts mehr an dieser Stelle" in own.get("/review", queue=queue.partition("=")[2]).text
    # kept: it stands there again, added; let go: it is gone
    item = re.search(r'name="item" value="(\d+)"', page)
    assert item
    for choice in ("old", "new"):
        form = form_of(own.ask("GET", queue).text)
        assert own.send(f"/review/{queue.partition('=')[2]}/settle", {"item": form["item"], "as": choice}).status == 303
    assert own.get("/review.json", queue=queue.partition("=")[2]).json["decided"] == 2
    assert own.send("/review/queue", {"q": "", "sort": "disputed", "n": "9"}).status == 404
    with open_archive(own.path) as archive:
        assert [j.verdict.value for j in archive.judgements()][3:] == ["add", "withdraw"]
        found = [h for h in archive.search("") if h.place in places]
        assert [(h.judged, h.speaker) for h in found] == [("corrected", "Jörn Hallstein")]
        assert archive.reading(forms[0]["article"]).signature != accepted.signature


def test_who_stays_with_a_decision_keeps_every_word_of_it(own: Room) -> None:
    queue = begin(own, q="von:Hallstein form:indirekt", sort="oldest", n="1")
    form = form_of(own.ask("GET", queue).text)
    own.send("/judgements", {**form, "verdict": "accept"})
    with open_archive(own.path) as archive:
        before = archive.judgements()[0]

    def longer(found: tuple[Statement, ...]) -> tuple[Statement, ...]:
        last = before.place[-1]
        moved = (*before.place[:-1], Span(last.start, last.end - 4))
        return tuple(replace(s, content=moved, form=Form.REPORTED) if s.content == before.place else s for s in found)

    read_by(own.path, longer)
    queue = begin(own, sort="disputed")
    page = own.get("/review", queue=queue.partition("=")[2]).text
    assert "andere Stelle" in page
    assert "andere Form" in page
    item = form_of(page)["item"]
    assert own.send(f"/review/{queue.partition('=')[2]}/settle", {"item": item, "as": "old"}).status == 303
    assert own.send(f"/review/{queue.partition('=')[2]}/settle", {"item": item, "as": "maybe"}).status == 400
    with open_archive(own.path) as archive:
        (hit,) = archive.search("geprüft:angenommen")
        assert (hit.place, hit.form, hit.speaker) == (before.place, "indirect", before.was_speaker)
