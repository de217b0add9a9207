"""Reading in a real browser: sheets on a phone, notes on paper, marks in forced colours, words that are selected, keys of one's own."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from browsing import NEEDS_BROWSER, PHONE, calm, seat
from reading_room import ARTICLES, Open, Room
from reportedly.archive import open_archive
from reportedly.example import example_text
from reportedly.intake import take_in_from, take_in_text

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = NEEDS_BROWSER
SELECT = """([from, to]) => {
  const walk = document.createTreeWalker(document.querySelector(".body"), NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let t = walk.nextNode(); t; t = walk.nextNode()) {
    if (t.parentNode.closest("a.n,a.dn,summary")) continue;
    if (t.data.includes(from)) range.setStart(t, t.data.indexOf(from));
    if (t.data.includes(to)) { range.setEnd(t, t.data.indexOf(to) + to.length); break; }
  }
  getSelection().removeAllRanges(); getSelection().addRange(range);
}"""


def test_on_a_phone_a_card_is_a_sheet_under_its_sentence(browser: Browser, room: Room) -> None:
    page = seat(browser, room, path=f"/articles/{room.example}", viewport=PHONE)
    assert page.locator(".k[id^=k]").filter(visible=True).count() == 0
    mark = page.locator('.t[data-s~="6"]').first
    mark.click()
    page.wait_for_selector("#k6 .cite")
    page.wait_for_timeout(500)  # until it has been moved
    sheet, words = page.locator("#k6").bounding_box(), mark.bounding_box()
    assert sheet
    assert words
    assert round(sheet["y"] + sheet["height"]) == PHONE["height"]
    assert 0 <= words["y"] < words["y"] + words["height"] <= sheet["y"]
    assert sheet["width"] == PHONE["width"]
    page.click("#k6 .shut")
    assert page.locator(".k").filter(visible=True).count() == 0
    page.locator("a.dn").first.click()
    assert page.locator(".k.d.on .inside").is_visible()
    page.keyboard.press("Escape")
    assert page.locator(".k").filter(visible=True).count() == 0
    calm(page)


def test_on_paper_the_cards_are_numbered_notes_behind_the_text(browser: Browser, room: Room) -> None:
    page = seat(browser, room, path=f"/articles/{room.example}")
    page.emulate_media(media="print")
    low = page.evaluate(
        "Math.max(...[...document.querySelectorAll('.row>.tx')].map(e => e.getBoundingClientRect().bottom))"
    )
    notes = page.evaluate(
        "[...document.querySelectorAll('.ks>.k')].map(e => { const r = e.getBoundingClientRect(); return [e.id, r.top, r.bottom]; })"
    )
    assert len(notes) > 30
    assert all(top >= low for _, top, _ in notes)
    assert all(a[2] <= b[1] + 0.5 for a, b in pairwise(notes))
    numbers = [id_[1:] for id_, *_ in notes if id_.startswith("k")]
    assert page.locator(".tx .n").all_inner_texts() == numbers
    assert page.locator(".picks, .bar, .tools").filter(visible=True).count() == 0
    assert len(page.pdf()) > 10_000
    calm(page)


def test_in_forced_colours_marks_are_still_lines(browser: Browser, room: Room) -> None:
    page = seat(browser, room, path=f"/articles/{room.example}", forced_colors="active")
    kinds = page.evaluate(
        "[...document.querySelectorAll('.tx .t[data-s]')].map(e => { const s = getComputedStyle(e); "
        "return [e.className, s.textDecorationLine, s.textDecorationStyle]; })"
    )
    assert len(kinds) > 30
    assert {line for _, line, _ in kinds} == {"underline"}
    assert all(style == "dashed" for classes, _, style in kinds if classes.split()[1:] == ["a1", "ai"])
    assert {style for *_, style in kinds} >= {"solid", "dashed"}
    wavy = page.evaluate("[...document.querySelectorAll('.tx .t.g')].map(e => getComputedStyle(e).textDecorationStyle)")
    assert set(wavy) == {"wavy"}
    calm(page)


def test_selected_words_have_an_address_and_can_be_a_missed_statement(
    browser: Browser, open_room: Open, tmp_path: Path
) -> None:
    text = "😀 Am Montag 😀 kam sie.\n\nDer Deich halte alles aus, sagte Landrätin Ilse Brandt. Die Schleuse sei dicht."
    own = open_room(tmp_path, [take_in_text(text, language="de")])
    with open_archive(own.path) as archive:
        (id_,) = archive.store.ids()
    page = seat(browser, own, path=f"/articles/{id_}")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate(SELECT, ["Montag", "kam sie."])
    page.keyboard.press("l")
    at = text.index("Montag")
    wanted = f"/articles/{id_}/{at}-{text.index('.') + 1}"
    page.locator("#toast:not(:empty)").wait_for(state="attached")
    assert page.evaluate("navigator.clipboard.readText()") == own.address + wanted
    with page.expect_navigation():
        page.keyboard.press("m")
    assert page.url == f"{own.address}{wanted}?missed=1"
    page.locator("input:focus").wait_for(state="attached")
    page.keyboard.type("Ilse Brandt")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url == own.address + wanted
    assert "Ilse Brandt" in page.locator(".k.open").inner_text()
    with open_archive(own.path) as archive:
        (found,) = [h for h in archive.search("von:Brandt") if h.content == "Montag 😀 kam sie."]
        assert found.judged == "corrected"
    calm(page)


def begun(browser: Browser, own: Room) -> Page:
    own.send("/review/queue", {"q": "von:Hallstein", "sort": "oldest", "n": "4"})
    return seat(browser, own, path="/review?queue=1")


def test_a_form_and_a_missed_statement_by_keyboard_alone(browser: Browser, open_room: Open, tmp_path: Path) -> None:
    own = open_room(tmp_path, list(take_in_from([ARTICLES])))
    page = begun(browser, own)
    page.keyboard.press("m")
    page.locator("#missed[open]").wait_for()
    page.wait_for_timeout(400)  # the page is told a moment later that it is open
    start = page.input_value("#missed-content")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    chosen = page.input_value("#missed-content")
    assert chosen.split("-")[0] == start.split("-")[0]
    assert int(chosen.split("-")[1]) > int(start.split("-")[1])
    page.keyboard.press("Escape")
    assert page.locator("#missed[open]").count() == 0
    page.wait_for_timeout(400)  # and that it is closed
    page.keyboard.press("m")
    page.locator("#missed[open]").wait_for()
    page.wait_for_timeout(400)  # the page is told a moment later that it is open
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.type("Ilse Brandt")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator(".progress b").inner_text() == "0"  # the one that is asked about is still open
    with page.expect_navigation():
        page.keyboard.press("3")
    assert page.locator(".progress b").inner_text() == "1"
    with open_archive(own.path) as archive:
        assert [(j.verdict.value, j.speaker, j.form) for j in archive.judgements()] == [
            ("add", "Ilse Brandt", "indirect"),
            ("form", "", "mixed"),
        ]
    calm(page)


def test_keys_of_ones_own(browser: Browser, open_room: Open, tmp_path: Path) -> None:
    """Another key, none, and none at all; the buttons print what holds."""
    own = open_room(tmp_path, list(take_in_from([ARTICLES])))
    page = begun(browser, own)
    page.goto(f"{own.address}/keys")
    page.click(".own>summary")
    page.fill("form:has([value=review]) [name=accept]", "q")
    page.fill("form:has([value=review]) [name=reject]", "")
    with page.expect_navigation():
        page.click("form:has([value=review]) button")
    page.goto(f"{own.address}/review?queue=1")
    assert page.locator("[data-key=a] kbd").inner_text() == "q"
    assert page.locator("[data-key=x] kbd").is_hidden()
    page.keyboard.press("a")
    page.keyboard.press("x")
    with page.expect_navigation():
        page.keyboard.press("q")
    assert page.locator(".progress b").inner_text() == "1"
    page.goto(f"{own.address}/keys")
    with page.expect_navigation():
        page.click("[name=keys]")
    page.goto(f"{own.address}/review?queue=1")
    for key in ("q", "z", "1", "?", "/"):
        page.keyboard.press(key)
    page.wait_for_timeout(200)
    assert page.url.endswith("/review?queue=1")
    assert page.locator("dialog").count() == 0
    with open_archive(own.path) as archive:
        assert [j.verdict.value for j in archive.judgements()] == ["accept"]
    calm(page)


def test_from_a_hit_to_the_next_article_and_back(browser: Browser, room: Room) -> None:
    page = seat(browser, room, path="/search?q=Deich&sort=oldest")
    page.locator("[data-open]").first.click()
    page.wait_for_url(re.compile(r"/articles/.*hit=1"))
    yellow = page.locator("mark.t").first
    assert "deich" in yellow.inner_text().lower()
    assert yellow.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(255, 227, 138)"
    first = page.url
    with page.expect_navigation():
        page.keyboard.press("]")
    assert page.url.split("?")[0] != first.split("?")[0]
    with page.expect_navigation():
        page.keyboard.press("[")
    assert page.url.split("/")[4] == first.split("/")[4]
    calm(page)


def test_the_example_can_be_read_without_a_script(browser: Browser, open_room: Open, tmp_path: Path) -> None:
    """Cards stand behind their paragraph on a phone, filters and decisions work."""
    own = open_room(tmp_path, [take_in_text(example_text(), published="2026-03-18", outlet="Inselbote")])
    page = seat(browser, own, path=f"/articles/{own.example}", viewport=PHONE, java_script_enabled=False)
    assert page.locator(".k[id^=k]").filter(visible=True).count() == 31
    page.locator(".kinds .pick").first.click()
    assert 0 < page.locator(".k[id^=k]").count() < 31
    page.locator("a.how").first.click()
    page.locator(".k.open button[value=accept]").click()
    assert page.locator(".k.open .cf").inner_text().endswith("✓")
    page.context.close()
