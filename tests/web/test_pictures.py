"""Does the reader still look as it did? Pictures of its layout, compared with those that are kept in `pictures`.

Only layout is compared, not glyphs: every text is set in one monospaced font and drawn transparent, so that what is left are
lines, boxes, cards (filled, to be seen) and their places. A pixel has strayed if its colour is outside of what lies within one pixel of it in
the other picture; the page is cut into tiles, and a tile is wrong if more than a few of its pixels have strayed.

After a change of layout that is meant: `make picture` draws them anew (`REPORTEDLY_PICTURES=draw`); look at what has changed. `pictures/example.json` is a reading that stays as it is, so that better readings change no picture.
"""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageChops, ImageFilter

from browsing import NEEDS_BROWSER, calm, seat
from reading_room import Open
from reportedly.archive import open_archive
from reportedly.example import example_text
from reportedly.model.kept import again
from web_subjects import nested

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = NEEDS_BROWSER
Draw = Callable[..., Image.Image]
KEPT = Path(__file__).parent / "pictures"
PLAIN = """*, *::before, *::after { font-family: "Liberation Mono", "DejaVu Sans Mono", monospace !important; letter-spacing: 0 !important;
  color: transparent !important; -webkit-text-fill-color: transparent !important; transition: none !important }
  .rp .ks > .k { background: #888 !important }
  .foot, .bar, .rp footer { display: none !important }"""
VIEW = {"width": 1280, "height": 900}
PICTURES = {
    "example-light": ("example", "light"),
    "example-dark": ("example", "dark"),
    "nested-light": ("nested", "light"),
}
TILE, STRAY_IN_TILE, FEW_TILES = 32, 0.05, 0.012
LEVEL = 40
"""Steps of a colour channel, of 255, that nobody calls another colour."""
BREAKS = {
    "lanes run into each other": ("nested-light", ".rp .t { background-position: left 0 bottom 6px !important }"),
    "no lines at all": ("example-light", ".rp .t { background-image: none !important }"),
    "cards far from their line": ("example-light", ".rp .ks .air { display: none }"),
    "cards below the text": ("example-dark", ".rp .row { grid-template-columns: minmax(0, 1fr) !important } .rp .tx, .rp .ks { grid-column: 1 !important }"),
    "cards over the text": ("nested-light", ".rp .ks { margin-left: -120px !important }"),
    "the day's paper by night": ("example-dark", ":root { --paper: #fff !important }"),
}  # fmt: skip


@pytest.fixture(scope="module")
def drawn(browser: Browser, open_room: Open, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Draw]:
    """Draws a picture by its name, with rules that break it; each page is opened once."""
    room = open_room(tmp_path_factory.mktemp("gallery"), [])
    example = again(json.loads((KEPT / "example.json").read_text("utf-8")), example_text())
    readings = {"example": example, "nested": nested(14)}
    with open_archive(room.path) as archive:
        for reading in readings.values():
            archive.store.write(reading, "2026-03-19T00:00:00+00:00")
    pages: dict[str, Page] = {}

    def draw(name: str, broken: str = "") -> Image.Image:
        article, theme = PICTURES[name]
        if name not in pages:
            path = f"/articles/{readings[article].article.id}"
            pages[name] = seat(browser, room, path=path, theme=theme, viewport=VIEW, bypass_csp=True)
            pages[name].add_style_tag(content=PLAIN)
        rules = pages[name].add_style_tag(content=broken or "/* as it is */")
        picture = Image.open(io.BytesIO(pages[name].screenshot(full_page=True))).convert("RGB")
        rules.evaluate("e => e.remove()")
        return picture

    yield draw
    for page in pages.values():
        calm(page)


def wrong_tiles(one: Image.Image, other: Image.Image) -> float:
    """The share of tiles in which pixels have strayed, on a page as high as the higher of both."""
    size = (max(one.width, other.width), max(one.height, other.height))
    a, b = (Image.new("RGB", size, (255, 0, 255)) for _ in range(2))
    a.paste(one)
    b.paste(other)
    strayed = Image.new("L", size)
    for left, right in ((a, b), (b, a)):
        low, high = right.filter(ImageFilter.MinFilter(3)), right.filter(ImageFilter.MaxFilter(3))
        for beyond in (ImageChops.subtract(left, high), ImageChops.subtract(low, left)):
            for channel in beyond.split():
                strayed = ImageChops.lighter(strayed, channel.point(lambda value: 255 if value > LEVEL else 0))
    tiles = strayed.resize((-(-size[0] // TILE), -(-size[1] // TILE)), Image.Resampling.BOX)
    return sum(count for value, count in enumerate(tiles.histogram()) if value > 255 * STRAY_IN_TILE) / (
        tiles.width * tiles.height
    )


@pytest.mark.parametrize("name", PICTURES)
def test_the_reader_looks_as_it_did(drawn: Draw, name: str, tmp_path: Path) -> None:
    now = drawn(name)
    kept = KEPT / f"{name}.png"
    if os.environ.get("REPORTEDLY_PICTURES") == "draw":
        now.quantize(48, dither=Image.Dither.NONE).save(kept, optimize=True)
        pytest.skip(f"{kept.name} was drawn anew")
    wrong = wrong_tiles(Image.open(kept).convert("RGB"), now)
    now.save(tmp_path / kept.name)
    assert wrong < FEW_TILES, f"{wrong:.1%} of the page look otherwise; see {tmp_path / kept.name} beside {kept}"


@pytest.mark.parametrize("what", BREAKS)
def test_a_broken_layout_is_seen(drawn: Draw, what: str) -> None:
    name, broken = BREAKS[what]
    wrong = wrong_tiles(Image.open(KEPT / f"{name}.png").convert("RGB"), drawn(name, broken))
    assert wrong > 2 * FEW_TILES, f"{what}: only {wrong:.2%} of the page look otherwise"
