"""What does a page get, and what does it give? A `Call` in; a `View`, `Go`, `Download` or a `RoomError` out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from reportedly.archive import Archive
from reportedly.web.desk import Desk
from reportedly.web.keys import translated


class RoomError(Exception):
    """A request that cannot be answered: status, a key of the words or a sentence, and what to fill in."""

    def __init__(self, status: int, sentence: str, **about: object) -> None:
        super().__init__(sentence)
        self.status, self.sentence, self.about = status, sentence, about


@dataclass(frozen=True, slots=True)
class Call:
    """One request, already let in: `at` is what stood in the path, `asked` the checked parameters, `form` what was sent."""

    desk: Desk
    archive: Archive
    path: str
    at: Mapping[str, str]
    asked: Mapping[str, Any]
    form: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    tongue: str = "de"
    theme: str = ""
    by: str = ""
    as_json: bool = False
    single_keys: bool = True
    own_keys: Mapping[str, str] = field(default_factory=dict)

    @property
    def here(self) -> str:
        """The address of this view, as a link from another page."""
        return address(self.path, **{k: v for k, v in self.asked.items() if v not in (None, "", False)})

    @property
    def keymap(self) -> dict[str, dict[str, str]]:
        """One's own keys as the script wants them."""
        return translated(self.own_keys)

    @property
    def read_only(self) -> bool:
        return self.desk.rules.read_only


@dataclass(frozen=True, slots=True)
class View:
    """A page: `data` is its JSON twin, whole; `more` what only the template needs."""

    template: str
    data: Mapping[str, Any]
    more: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200


@dataclass(frozen=True, slots=True)
class Go:
    """On to another page; `cookies` are what this browser should remember, `data` the answer to a program."""

    to: str
    cookies: Mapping[str, str] = field(default_factory=dict)
    data: Mapping[str, Any] | None = None
    status: int = 200


@dataclass(frozen=True, slots=True)
class Download:
    """A file: written while it is sent."""

    name: str
    media_type: str
    parts: Iterator[bytes]
    inline: bool = False


def address(path: str, /, **asked: object) -> str:
    """A path of this room with parameters; True is 1, lists are repeated.

    >>> address("/search", q="von:=»Ö«", first=20)
    '/search?q=von%3A%3D%C2%BB%C3%96%C2%AB&first=20'
    """
    pairs: list[tuple[str, str]] = []
    for name, value in asked.items():
        for one in value if isinstance(value, list | tuple) else (value,):
            if one not in (None, "", False):
                pairs.append((name, "1" if one is True else str(one)))
    asked_for = urlencode(pairs, quote_via=quote, safe="", errors="replace")  # half a surrogate pair has no address
    return quote(path, safe="/.-_~:", errors="replace") + (f"?{asked_for}" if pairs else "")


def inside(target: str, otherwise: str = "/") -> str:
    """A place to go back to, if it is one of this room: never another site.

    >>> inside("/search?q=a"), inside("//evil.example/"), inside("https://evil.example"), inside("/\\\\evil.example")
    ('/search?q=a', '/', '/', '/')
    """
    fine = target.startswith("/") and not target.startswith(("//", "/\\")) and target.isprintable()
    return target if fine and all(c not in target for c in "\\\r\n\t") else otherwise
