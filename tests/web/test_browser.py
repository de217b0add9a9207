"""What a user does, in a real browser: read, find, review by keyboard, import, export; German and English, light and dark.

Needs Chromium (`apt-get install chromium`; `.ci/run` does). Without one these tests are skipped, and say so; `REPORTEDLY_BROWSER=needed`
makes that a failure.
"""

from __future__ import annotations

import os
import re
import signal
import time
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from browsing import DESK, NEEDS_BROWSER, PHONE, calm, seat
from reading_room import ARTICLES, Open, Room
from reportedly.archive import open_archive
from reportedly.example import example_text
from reportedly.intake import take_in_from, take_in_text
from web_subjects import PAYLOADS, nested

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = NEEDS_BROWSER


@pytest.fixture(scope="module")
def shared(open_room: Open, tmp_path_factory: pytest.TempPathFactory) -> Room:
    """The invented articles, one with sixty nested statements, and evil ones."""
    items: list[Any] = list(take_in_from([ARTICLES]))
    items.append(take_in_text(example_text(), published="2026-03-18", outlet="Inselbote"))
    return open_room(tmp_path_factory.mktemp("browser"), items, imports=True)


def test_paste_the_example_and_read_it(browser: Browser, open_room: Open, tmp_path: Path) -> None:
    room = open_room(tmp_path, [])
    page = seat(browser, room)
    assert page.get_by_text("Noch kein Artikel.").is_visible()
    page.fill("#what", example_text())
    page.fill("[name=outlet]", "Inselbote")
    page.click("button.do")
    page.wait_for_url(re.compile(r"/articles/[0-9a-f]{16}$"))
    assert page.locator(".k[id^=k]").count() == 31
    # card by card with the keyboard; the words are tinted, the card opens over the others, the text does not move
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.locator(".k.on").get_attribute("id") == "k2"
    assert "Wir haben die Spuren gesichert" in page.locator(".t.on").all_inner_texts()[0]
    height = page.evaluate("document.querySelector('.sheet').offsetHeight")
    page.keyboard.press("w")
    page.wait_for_selector("#k2 .inside")
    assert page.locator("#k2 .trace").get_attribute("open") is not None
    assert page.evaluate("document.querySelector('.sheet').offsetHeight") == height
    assert page.locator("#k2 .cite").inner_text().startswith("Ragna Tollef laut Inselbote")
    page.keyboard.press("Escape")
    assert page.locator(".inside").filter(visible=True).count() == 0
    page.keyboard.press("t")
    assert page.locator(".ks").first.is_hidden()
    page.keyboard.press("t")
    # one voice alone
    page.keyboard.press("j")
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("f")
    assert "speaker=" in page.url
    assert 0 < page.locator(".k[id^=k]").count() < 31
    with page.expect_navigation():
        page.keyboard.press("0")
    assert page.locator(".k[id^=k]").count() == 31
    calm(page)


def test_find_who_said_a_figure(browser: Browser, shared: Room) -> None:
    for lang, query, total in (
        ("de", "zahl:1000..2000 Menschen", "Aussagen in"),
        ("en", "figure:1000..2000 Menschen", "statements in"),
    ):
        page = seat(browser, shared, lang=lang)
        page.keyboard.press("/")
        page.keyboard.type(query)
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("/search"))
        assert total in page.locator(".total").inner_text()
        first = page.locator(".hit").first
        assert "Menschen" in first.inner_text()
        page.keyboard.press("Escape")
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        page.wait_for_selector(".hit .inside .cite")  # beside the others; once more goes to the article
        page.keyboard.press("Escape")
        assert page.locator(".hit .inside").count() == 0
        page.keyboard.press("Enter")
        page.wait_for_selector(".hit .inside .cite")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"/articles/[0-9a-f]{16}/\d+-\d+"))
        assert page.locator(".k.open .cite").is_visible()
        assert page.locator(".t.here").first.is_visible()
        calm(page)


def test_names_are_suggested_and_a_time_is_chosen_by_dragging(browser: Browser, shared: Room) -> None:
    page = seat(browser, shared, path="/search")
    page.locator("#q").press_sequentially("von:Hall")
    page.wait_for_selector("#suggestions li")
    assert page.locator("#q").get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    assert page.locator("#q").get_attribute("aria-activedescendant") == "suggestion0"
    page.keyboard.press("Enter")
    assert page.locator("#q").input_value() == 'von:="Jörn Hallstein" '
    assert page.locator("#suggestions").is_hidden()
    page.keyboard.press("Enter")
    page.wait_for_selector(".hit")
    page.goto(f"{shared.address}/timeline?q=Deich")
    drawn = page.locator("#chart").bounding_box()
    assert drawn
    middle, y = drawn["x"] + 640, drawn["y"] + drawn["height"] - 3
    page.mouse.move(middle, y)
    page.mouse.down()
    page.mouse.move(drawn["x"] + drawn["width"], y, steps=4)
    page.mouse.up()
    page.wait_for_url(re.compile("wann"))
    days = page.locator("tbody th").all_inner_texts()
    first, last = re.search(r"wann%3A([\d-]+)\.\.([\d-]+)", page.url).groups()  # type: ignore[union-attr]
    assert days
    assert all(first <= day.rstrip(" ○") <= last for day in days)
    calm(page)


def test_review_ten_statements_by_keyboard_alone(browser: Browser, open_room: Open, tmp_path: Path) -> None:
    room = open_room(tmp_path, list(take_in_from([ARTICLES])))
    page = seat(browser, room)
    page.keyboard.press("g")
    page.keyboard.press("r")
    page.wait_for_url(re.compile("/review$"))
    page.focus("#n")
    page.keyboard.press("Control+a")
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"queue=1"))
    began = page.locator("#passage .said").all_inner_texts()
    times = []
    for key, verdict in (("a", 1), ("x", 2), ("a", 3), ("a", 4)):
        start = time.monotonic()
        with page.expect_navigation():
            page.keyboard.press(key)
        times.append(time.monotonic() - start)
        assert page.locator(".progress b").inner_text() == str(verdict)
    # back, and decide otherwise
    with page.expect_navigation():
        page.keyboard.press("z")
    with page.expect_navigation():
        page.keyboard.press("x")
    # put off
    with page.expect_navigation():
        page.keyboard.press(" ")
    assert "later=" in page.url
    # another end by a word, by keyboard
    before = page.input_value("#content")
    page.keyboard.press("e")
    page.keyboard.press("ArrowLeft")
    changed = page.input_value("#content")
    assert changed.split("-")[0] == before.split("-")[0]
    assert int(changed.split("-")[-1]) < int(before.split("-")[-1])
    page.keyboard.press("Shift+ArrowRight")
    assert int(page.input_value("#content").split("-")[0]) > int(before.split("-")[0])
    page.keyboard.press("Shift+ArrowLeft")
    assert page.input_value("#content") == changed
    with page.expect_navigation():
        page.keyboard.press("Enter")
    # somebody else
    page.keyboard.press("w")
    page.keyboard.type("Ilse Brandt")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    # a note, then the decision
    page.keyboard.press("n")
    page.keyboard.type("klar a x z")
    page.keyboard.press("Escape")
    with page.expect_navigation():
        page.keyboard.press("a")
    for key in "axaax":
        if page.locator("#decide").count():
            with page.expect_navigation():
                page.keyboard.press(key)
    assert "entschieden" in page.inner_text("main")
    with open_archive(room.path) as archive:
        verdicts = [j.verdict.value for j in archive.judgements()]
        assert verdicts[:6] == ["accept", "reject", "accept", "accept", "withdraw", "reject"]
        assert {"span", "speaker"} <= set(verdicts)
        assert [j.why for j in archive.judgements() if j.why] == ["klar a x z"]
        assert [j.speaker for j in archive.judgements() if j.speaker] == ["Ilse Brandt"]
    assert began
    calm(page)


def test_merge_two_speakers_by_keyboard_find_both_take_it_back(
    browser: Browser, open_room: Open, tmp_path: Path
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    room = open_room(tmp_path, list(take_in_from([ARTICLES.parent / "speakers"])))
    page = seat(browser, room, path="/same")
    assert page.locator(".pair h2").all_inner_texts() == ["Lea Ohm Person", "Lea Sophie Ohm Person"]
    assert page.locator(".pair .evidence").count() == 2
    assert Axe().run(page, options={"resultTypes": ["violations"]}).violations_count == 0
    with page.expect_navigation():
        page.keyboard.press("y")
    assert "Lea Ohm = Lea Sophie Ohm" in page.locator(".last li").first.inner_text()
    for total in ("2 Aussagen", "1 Aussage"):
        page.goto(f"{room.address}/same")
        page.keyboard.press("/")
        page.keyboard.type('von:"Lea Sophie Ohm"')
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("/search"))
        assert page.locator(".total b").inner_text().startswith(f"{total} in")
        if total == "2 Aussagen":
            page.goto(f"{room.address}/same")
            with page.expect_navigation():
                page.keyboard.press("z")
            assert page.locator(".pair h2").count() == 2
    page.goto(f"{room.address}/speaker?name=Lea+Ohm")
    page.click("text=ansehen und entscheiden")
    page.wait_for_url(re.compile("/same"))
    with page.expect_navigation():
        page.keyboard.press("n")
    page.goto(f"{room.address}/speaker?name=Lea+Ohm")
    page.click("summary")
    assert "Lea Ohm ≠ Lea Sophie Ohm · mk" in page.locator(".known").inner_text()
    assert Axe().run(page, options={"resultTypes": ["violations"]}).violations_count == 0
    calm(page)


def test_import_a_folder_kill_the_server_go_on(browser: Browser, tmp_path: Path) -> None:
    from playwright.sync_api import expect

    from web_subjects import folder_of, served

    folder = folder_of(tmp_path / "viele", 120)  # so many that a quick machine is met at work
    path = tmp_path / "archiv.db"
    process, address = served(path)
    context = browser.new_context(viewport=DESK, locale="de-DE")
    context.set_default_timeout(40_000)
    page = context.new_page()
    page.goto(address)
    page.fill("#what", str(folder))
    page.click("button.do")
    page.wait_for_url(re.compile("/imports/1"))
    expect(page.locator("#job .say")).to_have_text(re.compile("läuft · [1-9]"), timeout=40_000)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    expect(page.locator("#toast")).to_contain_text("Der Server antwortet nicht", timeout=40_000)
    process, address = served(path)
    try:
        page.goto(address)
        page.goto(address.split("/?")[0] + "/imports/1")
        expect(page.locator("#job .say")).to_have_text(
            re.compile("fertig · 120 gelesen · 0 schon da · 0 abgelehnt"), timeout=120_000
        )
        assert page.locator("tr.read").count() == 120
    finally:
        process.terminate()
        process.wait(15)
        context.close()


def test_keys_take_in_and_exclude_a_facet(browser: Browser, shared: Room) -> None:
    page = seat(browser, shared)
    page.goto(f"{shared.address}/search?q=von%3AHallstein")
    page.focus("[data-minus]")
    page.keyboard.press("-")
    page.wait_for_url(re.compile(r"Hallstein(%20|\+)-"))
    page.focus("li.out [data-plus]")
    page.keyboard.press("+")
    page.wait_for_url(re.compile(r"Hallstein(%20|\+)[a-z]"))
    assert page.locator("li.in").count() == 1


def test_files_and_exports(browser: Browser, open_room: Open, tmp_path: Path) -> None:
    from playwright.sync_api import expect

    room = open_room(tmp_path, [], imports=True)
    page = seat(browser, room, lang="en")
    page.set_input_files("#files", [str(p) for p in sorted(ARTICLES.glob("*.md"))])
    page.wait_for_url(re.compile("/imports/1"))
    expect(page.locator("#job .say")).to_have_text(re.compile("done"), timeout=60_000)
    page.goto(f"{room.address}/search?q=von%3AHallstein")
    page.click(".total >> text=Export")
    with page.expect_download() as got:
        page.click("text=csv")
    rows = Path(got.value.path()).read_text("utf-8").splitlines()
    assert len(rows) == 7
    assert got.value.suggested_filename == "reportedly.csv"
    calm(page)


PAGES = (
    "/", "/search?q=von:Hallstein", "/search?q=von:Niemand+Kursk", "/speakers", "/speaker?name=J%C3%B6rn+Hallstein", "/speaker?name=J%C3%B6rn+Hallstein&tab=where",
    "/outlets?side=von:Hallstein&other=von:Brandt", "/outlet?name=Talbote", "/timeline?q=von:Hallstein", "/export?q=Deich", "/review", "/same", "/imports", "/health", "/saved", "/queries?list=Deich", "/keys",
    "/about", "/api", "/nix", "ARTICLE", "FILTERED", "PLACE", "MISSED", "REVIEW", "IMPORT",
)  # fmt: skip


@pytest.mark.parametrize(("lang", "theme"), [("de", "light"), ("en", "dark")])
def test_no_page_keeps_anybody_out(browser: Browser, shared: Room, lang: str, theme: str) -> None:
    """axe-core finds nothing on any type of page: by day at 200 % (half the width, twice the dots), by night as it is and in
    forced colours; nothing on them is wider than the window, at 200 % and on a phone."""
    from axe_playwright_python.sync_playwright import Axe

    zoomed = {"width": DESK["width"] // 2, "height": DESK["height"] // 2}
    size = {"viewport": zoomed, "device_scale_factor": 2} if theme == "light" else {}
    page = seat(browser, shared, lang=lang, theme=theme, **size)  # type: ignore[arg-type]
    if theme == "light":
        shared.send("/review/queue", {"q": "", "sort": "oldest", "n": "5"})
        shared.send("/imports", {"what": str(ARTICLES)})
    special = {
        "ARTICLE": f"/articles/{shared.example}",
        "FILTERED": f"/articles/{shared.example}?q=Netze&hit=1&unsure=1",
        "PLACE": f"/articles/{shared.example}/389-428",
        "MISSED": f"/articles/{shared.example}/3-9?missed=1",
        "REVIEW": "/review?queue=1",
        "IMPORT": "/imports/1",
    }
    axe, found, wide = Axe(), {}, []

    def look(path: str, **options: Any) -> None:
        result = axe.run(page, options={"resultTypes": ["violations"], **options})
        if result.violations_count:
            found[path] = [
                (v["id"], v["nodes"][0]["html"][:160], v["nodes"][0].get("failureSummary", "")[:200])
                for v in result.response["violations"]
            ]

    def fits() -> bool:
        return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"))

    for path in PAGES:
        page.goto(shared.address + special.get(path, path), wait_until="domcontentloaded")
        look(path)
        if theme == "dark":
            page.emulate_media(forced_colors="active")
            page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
            look(f"{path} in forced colours", runOnly=["color-contrast"])
            page.emulate_media(forced_colors="none")
            continue
        for viewport in (zoomed, PHONE):
            page.set_viewport_size(viewport)  # type: ignore[arg-type]
            if not fits():
                wide.append((path, viewport["width"]))
        page.set_viewport_size(zoomed)  # type: ignore[arg-type]
    assert not found
    assert not wide
    page.complaints = [c for c in page.complaints if "404" not in c]  # type: ignore[attr-defined]
    calm(page)


def test_evil_articles_run_nothing(browser: Browser, open_room: Open, tmp_path: Path) -> None:
    """Nothing is executed and the content security policy has nothing to report; the words are there as words."""
    from web_subjects import reading_of

    room = open_room(tmp_path, [])
    ids = []
    with open_archive(room.path) as archive:
        for n, payload in enumerate(PAYLOADS):
            reading = reading_of(payload, n)
            archive.store.write(reading, "2024-06-05T00:00:00+00:00")
            ids.append(reading.article.id)
    page = seat(browser, room)
    for id_ in ids:
        page.goto(f"{room.address}/articles/{id_}")
        assert page.locator("h1").count() == 1
        assert page.locator(".body script, .body img, .body svg, .body style, .body iframe, .body input").count() == 0
    page.goto(f"{room.address}/search")
    page.goto(f"{room.address}/speakers")
    calm(page)


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["wide", "narrow"])
def test_sixty_nested_statements_stay_apart(
    browser: Browser, open_room: Open, tmp_path: Path, viewport: dict[str, int]
) -> None:
    """Cards do not lie on each other, and none stands out of the window; what has no lane is counted in the margin. The narrow
    page has no script: with one its cards are sheets."""
    room = open_room(tmp_path, [])
    reading = nested(60)
    with open_archive(room.path) as archive:
        archive.store.write(reading, "2024-06-05T00:00:00+00:00")
    page = seat(
        browser, room, path=f"/articles/{reading.article.id}", viewport=viewport, java_script_enabled=viewport is DESK
    )
    boxes = page.evaluate(
        "[...document.querySelectorAll('.k')].map(k => { const r = k.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]; })"
    )
    assert len(boxes) == 60
    for a, b in pairwise(boxes):
        assert a[1] < a[3] <= b[1] + 0.5
    assert all(left >= 0 and right <= viewport["width"] for left, _, right, _ in boxes)
    if viewport is DESK:
        assert page.locator(".more").first.inner_text().startswith("+")
    calm(page)
