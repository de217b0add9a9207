"""Who may ask? Host, key, origin and size of every request are looked at before any page is; headers guard every answer.

A page on another site can make a browser send requests here, and by DNS rebinding even read the answers. Against the first stand
`Sec-Fetch-Site` and `Origin`, against the second the list of hosts, against both the key, which other sites do not have.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]

LARGEST = 20_000_000
"""Bytes of a body; a longer one is refused before it is read."""
LONGEST_ADDRESS = 16_000
SAFE_METHODS = frozenset(("GET", "HEAD"))
HARMLESS = frozenset(("/settings", "/queries"))
"""Changing nothing of the archive, they are open to readers too."""
LOOPBACK = frozenset(("127.0.0.1", "localhost", "[::1]"))
HEADERS: tuple[tuple[bytes, bytes], ...] = (
    (
        b"content-security-policy",
        b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
        b"form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    # not "no-referrer": with it browsers send "Origin: null" with forms
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
_HOST = re.compile(r"(\[[0-9a-fA-F:.]{2,45}\]|[A-Za-z0-9.-]{1,253})(?::\d{1,5})?")


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for this room. `hosts` are the names under which it may be called, lower case, without port."""

    key: str
    hosts: frozenset[str] = LOOPBACK
    cookie: str = "reportedly"
    read_only: bool = False
    largest: int = LARGEST

    @property
    def pass_(self) -> str:
        """What the cookie holds: proof of the key, not the key."""
        return _derived(self.key, "cookie")

    @property
    def feed_key(self) -> str:
        """Opens feeds and nothing else, so that a feed reader need not be given the key."""
        return _derived(self.key, "feed")[:32]


def _derived(key: str, use: str) -> str:
    return hmac.new(key.encode(), use.encode(), hashlib.sha256).hexdigest()


class Guard:
    """The application behind its rules. `refuse` writes the page of a refusal: (status, reason, scope) -> bytes."""

    def __init__(self, app: Asgi, rules: Rules, refuse: Callable[[int, str, Scope], bytes]) -> None:
        self._app, self._rules, self._refuse = app, rules, refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what may pass, refuse the rest with a sentence."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        headers = _Headers(scope["headers"])
        if refusal := self._wrong(scope, headers):
            await self._answer(send, scope, *refusal)
            return
        if entering := self._entering(scope, headers):
            await _redirect(send, entering, self._rules)
            return
        if not self._known(scope, headers):
            await self._answer(send, scope, 401, "key")
            return
        await self._app(scope, _Limited(receive, self._rules.largest), _with_headers(send))

    def _wrong(self, scope: Scope, headers: _Headers) -> tuple[int, str] | None:
        """What is wrong with a request, whoever sends it: (status, reason)."""
        method = scope["method"]
        hosts = headers.all(b"host")
        found = _HOST.fullmatch(hosts[0]) if len(hosts) == 1 else None
        if found is None or found[1].lower() not in self._rules.hosts:
            return 421, "host"
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > LONGEST_ADDRESS:
            return 414, "address"
        site = headers.one(b"sec-fetch-site")
        if method in SAFE_METHODS:
            # another site may link here, not embed or fetch
            if site not in (None, "same-origin", "none") and headers.one(b"sec-fetch-mode") != "navigate":
                return 403, "origin"
            return None
        if self._rules.read_only and scope["path"] not in HARMLESS:
            return 403, "read_only"
        if not self._same_origin(headers, hosts[0]):
            return 403, "origin"
        length = headers.one(b"content-length")
        if length is not None and (not length.isdigit() or int(length) > self._rules.largest):
            return 413, "size"
        return None

    def _same_origin(self, headers: _Headers, host: str) -> bool:
        """Does a changing request come from a page of ours, or from a program that shows the key itself?"""
        origins, site = headers.all(b"origin"), headers.one(b"sec-fetch-site")
        if not origins and site is None:
            return self._bears_key(headers)
        if len(origins) > 1 or (
            origins and origins[0].lower() not in (f"http://{host}".lower(), f"https://{host}".lower())
        ):
            return False
        return site in (None, "same-origin", "none")

    def _entering(self, scope: Scope, headers: _Headers) -> str | None:
        """The address without the key, where somebody comes in with it; the cookie goes on from here."""
        if scope["method"] not in SAFE_METHODS or scope["path"].endswith(".atom"):
            return None
        asked = _query(scope)
        given = [value for name, value in asked if name == "key"]
        if not given or not any(_same(value, self._rules.key) for value in given):
            return None
        rest = urlencode([(name, value) for name, value in asked if name != "key"])
        path = "/" + quote(scope["path"].lstrip("/\\"), safe="/:@!$&'()*+,;=~-._")  # never //host: that is another site
        return path + (f"?{rest}" if rest else "")

    def _known(self, scope: Scope, headers: _Headers) -> bool:
        """Has this request the cookie, or the key of a program, or of a feed reader?"""
        for header in headers.all(b"cookie"):
            try:
                found = SimpleCookie(header).get(self._rules.cookie)
            except CookieError:
                continue
            if found is not None and _same(found.value, self._rules.pass_):
                return True
        if self._bears_key(headers):
            return True
        return scope["path"].endswith(".atom") and any(
            name == "feed" and _same(value, self._rules.feed_key) for name, value in _query(scope)
        )

    def _bears_key(self, headers: _Headers) -> bool:
        kind, _, given = (headers.one(b"authorization") or "").partition(" ")
        return kind.lower() == "bearer" and _same(given.strip(), self._rules.key)

    async def _answer(self, send: Send, scope: Scope, status: int, reason: str) -> None:
        body = self._refuse(status, reason, scope)
        kind = b"application/json" if scope["path"].endswith(".json") else b"text/html; charset=utf-8"
        start = [(b"content-type", kind), (b"content-length", str(len(body)).encode()), *HEADERS]
        if status == 401:
            start.append((b"www-authenticate", b'Bearer realm="reportedly"'))
        await send({"type": "http.response.start", "status": status, "headers": start})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


class TooLargeError(Exception):
    """The body of a request is longer than it may be."""


class _Limited:
    """What is received, counted: a body without a length cannot be longer than allowed either."""

    def __init__(self, receive: Receive, largest: int) -> None:
        self._receive, self._left = receive, largest

    async def __call__(self) -> MutableMapping[str, Any]:
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            raise TooLargeError
        return message


class _Headers:
    """The headers of a request; one that came twice is not taken for any of the two."""

    def __init__(self, raw: Iterable[tuple[bytes, bytes]]) -> None:
        self._raw = [(name.lower(), value.decode("latin-1")) for name, value in raw]

    def all(self, name: bytes) -> list[str]:
        return [value for n, value in self._raw if n == name]

    def one(self, name: bytes) -> str | None:
        found = self.all(name)
        return ", ".join(found) if found else None


def _query(scope: Scope) -> list[tuple[str, str]]:
    try:
        return parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True, max_num_fields=200)
    except ValueError:
        return []


def _same(left: str, right: str) -> bool:
    return hmac.compare_digest(left.encode("utf-8", "replace"), right.encode("utf-8", "replace"))


def _with_headers(send: Send) -> Send:
    async def sent(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            there = {name.lower() for name, _ in message["headers"]}
            message["headers"] = [*message["headers"], *(h for h in HEADERS if h[0] not in there)]
        await send(message)

    return sent


async def _redirect(send: Send, to: str, rules: Rules) -> None:
    # Lax, not Strict: a link in a mail to a colleague's own archive should open; nothing is ever changed by a GET
    cookie = f"{rules.cookie}={rules.pass_}; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000"
    headers = [
        (b"location", to.encode("latin-1")),
        (b"set-cookie", cookie.encode()),
        (b"content-length", b"0"),
        *HEADERS,
    ]
    await send({"type": "http.response.start", "status": 303, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
