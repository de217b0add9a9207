"""What do the README and docs/web.md show? Draws docs/images from the example article and the archive of examples: `python -m lab.picture`.

Needs Chromium (Debian: `apt-get install chromium`); what is drawn was written for this project.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from reportedly.archive import open_archive
from reportedly.example import example_text
from reportedly.export import FORMATS, Look
from reportedly.intake import take_in_from, take_in_text
from reportedly.pipeline import read

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
WIDTH, HEIGHT = 1180, 900
LARGEST = 300_000
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


def browser() -> str:
    """The browser of this machine. Raises SystemExit where there is none."""
    found = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if found is None:
        raise SystemExit("lab.picture needs Chromium; on Debian: apt-get install chromium")
    return found


def draw(target: Path) -> None:
    """The upper part of the page that is handed on. Raises SystemExit with one sentence where that cannot be."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        with page.open("w", encoding="utf-8") as out:
            article = take_in_text(example_text(), published="2026-03-18", outlet="Inselbote")
            FORMATS["page"].write([read(article)], out, Look(tongue="en"))
        done = subprocess.run(
            [
                browser(), "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=1",
                f"--window-size={WIDTH},{HEIGHT}", f"--user-data-dir={folder}/profile", f"--screenshot={folder}/page.png",
                page.as_uri(),
            ],
            capture_output=True,
            text=True,
            timeout=120,
        )  # fmt: skip
        drawn = Path(folder) / "page.png"
        if not drawn.exists():
            raise SystemExit(f"the browser drew nothing: {done.stderr.strip().splitlines()[-1:]}")
        kept(drawn, target)


def kept(drawn: Path, target: Path) -> None:
    """A picture under its name, if it is not too large."""
    if drawn.stat().st_size > LARGEST:
        raise SystemExit(f"{target.name} has {drawn.stat().st_size} bytes, more than {LARGEST}")
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(drawn, target)


def draw_room(images: Path) -> None:
    """Three pages of the reading room: reader with an open card, search, review."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "archiv.db"
        with open_archive(path) as archive:
            archive.add(take_in_from([ROOT / "examples" / "archive"]))
            archive.add([take_in_text(example_text(), published="2026-03-18", outlet="Inselbote")])
            example = archive.search("von:Tollef")[0].article
        command = [
            sys.executable,
            "-u",
            "-m",
            "reportedly",
            "serve",
            str(path),
            "--no-browser",
            "--port",
            "0",
            "--by",
            "mk",
        ]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            assert server.stdout
            address = server.stdout.readline().strip()
            base = address.split("/?")[0]
            with sync_playwright() as play:
                started = play.chromium.launch(executable_path=browser(), args=["--no-sandbox", "--disable-gpu"])
                page = started.new_page(viewport={"width": WIDTH, "height": 760}, locale="en-GB")
                page.goto(address)
                page.goto(f"{base}/articles/{example}")
                for key in "jjjw":
                    page.keyboard.press(key)
                page.wait_for_selector(".inside")
                page.evaluate("scrollTo(0, 230)")
                _shot(page, folder, images / "reader.png")
                page.goto(f"{base}/search?q=von%3AHallstein")
                _shot(page, folder, images / "search.png")
                page.goto(f"{base}/review?sort=oldest")
                page.click("button.do")
                for _ in range(3):
                    page.keyboard.press("a")
                    page.wait_for_load_state()
                page.wait_for_timeout(2000)
                _shot(page, folder, images / "review.png")
                started.close()
        finally:
            server.terminate()
            server.wait(15)


def _shot(page: object, folder: str, target: Path) -> None:
    drawn = Path(folder) / target.name
    page.wait_for_timeout(400)  # type: ignore[attr-defined]
    page.screenshot(path=str(drawn))  # type: ignore[attr-defined]
    kept(drawn, target)


if __name__ == "__main__":
    draw(IMAGES / "reading.png")
    draw_room(IMAGES)
