"""A seat in the reading room for tests in a real browser."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from reading_room import Room

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = next((p for name in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(name))), None)
NEEDS_BROWSER = pytest.mark.skipif(
    CHROMIUM is None and os.environ.get("REPORTEDLY_BROWSER") != "needed",
    reason="there is no Chromium on this machine (apt-get install chromium): the reading room is not looked at in a browser",
)
DESK, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 800}


def seat(
    browser: Browser,
    room: Room,
    *,
    lang: str = "de",
    theme: str = "light",
    viewport: dict[str, int] = DESK,
    path: str = "/",
    **more: Any,
) -> Page:
    """A page of somebody who came in with the key; what the console complains about fails the test (see `calm`)."""
    context = browser.new_context(
        viewport=viewport, color_scheme=theme, locale={"de": "de-DE", "en": "en-GB"}[lang], **more
    )  # type: ignore[arg-type]
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.complaints = []  # type: ignore[attr-defined]
    page.on("console", lambda m: page.complaints.append(m.text) if m.type == "error" else None)  # type: ignore[attr-defined]
    page.on("pageerror", lambda e: page.complaints.append(str(e)))  # type: ignore[attr-defined]
    page.on("dialog", lambda d: (page.complaints.append(f"dialog {d.message}"), d.dismiss()))  # type: ignore[attr-defined]
    page.goto(f"{room.address}{path}{'&' if '?' in path else '?'}key={room.key}")
    assert "key=" not in page.url
    return page


def calm(page: Page) -> None:
    assert page.complaints == []  # type: ignore[attr-defined]
    page.context.close()
