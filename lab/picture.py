"""What does the README show? Draws docs/images/reading.png from the page of the example article: `python -m lab.picture`.

Needs Chromium (Debian: `apt-get install chromium`) and nothing else; the page is self-contained.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from reportedly.example import example_text
from reportedly.export import FORMATS, Look
from reportedly.intake import take_in_text
from reportedly.pipeline import read

PICTURE = Path(__file__).resolve().parent.parent / "docs" / "images" / "reading.png"
WIDTH, HEIGHT = 1180, 900
LARGEST = 300_000
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


def draw(target: Path) -> None:
    """The upper part of the page, as a browser shows it. Raises SystemExit with one sentence where that cannot be."""
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        raise SystemExit("lab.picture needs Chromium; on Debian: apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        with page.open("w", encoding="utf-8") as out:
            article = take_in_text(example_text(), published="2026-03-18", outlet="Inselbote")
            FORMATS["page"].write([read(article)], out, Look(tongue="en"))
        done = subprocess.run(
            [
                browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=1",
                f"--window-size={WIDTH},{HEIGHT}", f"--user-data-dir={folder}/profile", f"--screenshot={folder}/page.png",
                page.as_uri(),
            ],
            capture_output=True,
            text=True,
            timeout=120,
        )  # fmt: skip
        drawn = Path(folder) / "page.png"
        if not drawn.exists():
            raise SystemExit(f"{browser} drew nothing: {done.stderr.strip().splitlines()[-1:]}")
        if drawn.stat().st_size > LARGEST:
            raise SystemExit(f"the picture has {drawn.stat().st_size} bytes, more than {LARGEST}")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(drawn, target)


if __name__ == "__main__":
    draw(Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURE)
