"""A web address -> its bytes, or in one sentence why not. Politely (`polite.py`) and safely (`guard.py`).

No cookies, no credentials, no proxy and no setting of the environment: built on `httpcore2`, which knows none of them. A fetcher does
one thing at a time; whoever wants to fetch from many sites at once takes several (`beside`), which keep to one politeness.
"""

from __future__ import annotations

import ipaddress
import re
import ssl
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import TracebackType
from urllib.parse import urljoin, urlsplit

import httpcore2

from reportedly.errors import InputError
from reportedly.intake.guard import ForbiddenError, GuardedBackend, Network, Resolve, checked_url, looked_up
from reportedly.intake.place import fetched
from reportedly.intake.polite import Manners, Robots, Turns, retry_after
from reportedly.intake.unpacked import DamagedError, unpacked
from reportedly.model.article import Refusal

_MOVED, _FOR_GOOD = frozenset([301, 302, 303, 307, 308]), frozenset([301, 308])
_LATER = frozenset([429, 502, 503, 504])
_LONGEST_ROBOTS = 512_000
_READABLE = re.compile(
    r"text/(?:html|plain|xml|csv|markdown|tab-separated-values)|application/(?:xhtml\+xml|xml|[a-z.-]{1,40}\+xml|json|[a-z.-]{1,40}\+json"
    r"|x-ndjson|ndjson|jsonl|json-lines|jsonlines|gzip|x-gzip|octet-stream|warc)|binary/octet-stream",
    re.IGNORECASE,
)
_WORDS = {
    401: "asks for a password (status 401)",
    402: "is behind a paywall (status 402)",
    403: "may not be read (status 403)",
    404: "does not exist (status 404)",
    410: "was taken down (status 410)",
    429: "asks us to come back later (status 429)",
    451: "is withheld for legal reasons (status 451)",
    503: "is out of service (status 503)",
}


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave us to ask later whether something has changed."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """The bytes of an address, unpacked; `url` is where they were found in the end, `at` when (ISO 8601, UTC)."""

    data: bytes
    url: str
    at: str
    media_type: str = ""
    validators: Validators = Validators()
    moved: str | None = None
    """Where the server says that it stands from now on (status 301, 308)."""

    @property
    def origin(self) -> str:
        return fetched(self.url, self.at)


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The server says that nothing has changed since the validators were given; `moved` as in `Fetched`."""

    url: str
    at: str
    moved: str | None = None


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: dict[str, str]
    body: bytes


class Fetcher:
    """Fetches addresses. `with Fetcher(Manners(contact="https://talbote.example/archiv")) as fetcher: …`

    `resolve`, `now`, `clock` and `sleep` are there for tests, which have names and time of their own.
    """

    def __init__(
        self,
        manners: Manners | None = None,
        *,
        resolve: Resolve = looked_up,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        certificates: ssl.SSLContext | None = None,
    ) -> None:
        self.manners = manners or Manners()
        self._resolve, self._now, self._clock, self._sleep = resolve, now, clock, sleep
        self._backend = GuardedBackend(_networks(self.manners.allowed), resolve)
        # made once for all connections: left to the pool, every single one loads all certificates of the system anew (33 ms)
        self._certificates = certificates or httpcore2.default_ssl_context()
        self._pool = httpcore2.ConnectionPool(
            self._certificates, network_backend=self._backend, max_connections=10, keepalive_expiry=15.0
        )
        self._turns = Turns(clock, sleep)
        self._robots = Robots(self._robots_txt, clock)

    def beside(self) -> Fetcher:
        """Another one for another thread: what one knows of pauses and robots.txt the other knows, too. Close it as well."""
        other = Fetcher(
            self.manners,
            resolve=self._resolve,
            now=self._now,
            clock=self._clock,
            sleep=self._sleep,
            certificates=self._certificates,
        )
        other._turns, other._robots = self._turns, self._robots.beside(other._robots_txt)
        return other

    def left(self, url: str) -> float:
        """Seconds until the host of this address may be asked again."""
        return self._turns.left(urlsplit(url).netloc.lower())

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._pool.close()

    def fetch(self, url: str) -> Fetched | Refusal:
        """What stands at an address now."""
        found = self.fetch_if_changed(url, Validators())
        if isinstance(found, Unchanged):
            return Refusal(url, "gave an answer to a question that was not asked (status 304)")
        return found

    def fetch_if_changed(
        self, url: str, known: Validators, *, tries: int | None = None
    ) -> Fetched | Unchanged | Refusal:
        """What stands there, unless the server says that it is what we know already. Never raises for what comes back.

        `tries`: how often a server is asked that says "later", where it is not as often as our manners allow."""
        try:
            return self._followed(url, known, tries or self.manners.tries)
        except (ForbiddenError, DamagedError) as error:
            return Refusal(url, str(error))
        except zlib.error:
            return Refusal(url, "is damaged: its packed data cannot be unpacked")
        except httpcore2.TimeoutException:
            return Refusal(url, f"gave no whole answer within {self.manners.total:g} seconds; try again later")
        except ssl.SSLError as error:
            return Refusal(url, f"has no valid certificate ({error.reason or 'TLS'})")
        except httpcore2.ConnectError as error:
            if "CERTIFICATE" in str(error).upper():
                return Refusal(url, "has no valid certificate; nothing was read")
            return Refusal(url, "cannot be reached; try again later")
        except (httpcore2.NetworkError, httpcore2.ProtocolError, OSError):
            return Refusal(url, "broke off in the middle of its answer; try again later")
        except httpcore2.UnsupportedProtocol:
            return Refusal(url, "is no web address")

    def _followed(self, url: str, known: Validators, tries: int) -> Fetched | Unchanged | Refusal:
        here = checked_url(url, self.manners.ports)
        moved: str | None = None
        for_good = True
        headers = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,text/plain;q=0.8,*/*;q=0.1"}
        if known.etag:
            headers["If-None-Match"] = known.etag
        if known.last_modified:
            headers["If-Modified-Since"] = known.last_modified
        for _ in range(self.manners.redirects + 1):
            if self.manners.robots and (why := self._robots.why_not(here)):
                return Refusal(url, why)
            answer = self._asked(here, headers, tries)
            at = self._now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            if answer.status in _MOVED and answer.headers.get("location"):
                here = self._moved(here, answer.headers["location"])
                for_good = for_good and answer.status in _FOR_GOOD
                moved = here if for_good else moved
                continue
            if answer.status == 304:
                return Unchanged(here, at, moved)
            if answer.status != 200:
                return Refusal(url, self._words(answer))
            given = Validators(_header(answer, "etag"), _header(answer, "last-modified"))
            return Fetched(answer.body, here, at, answer.headers.get("content-type", ""), given, moved)
        return Refusal(url, f"leads from one address to the next more than {self.manners.redirects} times; refused")

    def _moved(self, here: str, location: str) -> str:
        try:
            there = checked_url(urljoin(here, location.strip()), self.manners.ports)
        except ValueError:
            raise ForbiddenError("leads on to something that is no web address") from None
        except ForbiddenError as error:
            raise ForbiddenError(f"leads on to an address that {error}") from None
        if here.startswith("https:") and there.startswith("http:"):
            raise ForbiddenError("leads on from https to http, where anybody could change it; refused")
        return there

    def _asked(self, url: str, headers: dict[str, str], tries: int) -> _Answer:
        """The answer; a server that asks us to wait is asked again after that time, if it is not too long."""
        host = urlsplit(url).netloc
        for tried in range(1, tries + 1):
            self._turns.wait(host, self._robots.pause(url, self.manners.pause))
            answer = self._once(url, headers, self.manners.largest)
            if answer.status not in _LATER:
                break
            asked = retry_after(answer.headers.get("retry-after"), self._now())
            wait = 2.0**tried if asked is None else asked
            if tried == tries or wait > self.manners.patience:
                self._turns.rest(host, min(wait, self.manners.patience))
                break
            self._sleep(wait)
        return answer

    def _once(self, url: str, headers: dict[str, str], most: int) -> _Answer:
        self._backend.deadline = time.monotonic() + self.manners.total
        sent = {"User-Agent": self.manners.agent(), "Accept-Encoding": "gzip, br", **headers}
        idle = {name: self.manners.idle for name in ("connect", "read", "write", "pool")}
        with self._pool.stream("GET", url, headers=_encoded(sent), extensions={"timeout": idle}) as response:
            got: dict[str, str] = {}
            for name, value in response.headers:
                got.setdefault(name.decode("latin-1").lower(), value.decode("latin-1"))
            if response.status != 200:
                return _Answer(response.status, got, b"")
            kind = got.get("content-type", "")
            if kind and not _READABLE.match(kind.strip()):
                raise DamagedError(
                    f"is of type {kind.split(';')[0].strip()[:60]}; only pages, texts and lists are read"
                )
            length = got.get("content-length", "")
            if length.isdigit() and int(length) > most:
                raise DamagedError(f"is larger than {most:,} bytes; refused")
            body = b"".join(unpacked(iter(response.iter_stream()), got.get("content-encoding", ""), most))
            return _Answer(200, got, body)

    def _robots_txt(self, url: str) -> tuple[int, bytes]:
        """Status and bytes of a robots.txt; 0 where it cannot be reached. It may lead on, but not into forbidden places."""
        try:
            for _ in range(self.manners.redirects + 1):
                self._turns.wait(urlsplit(url).netloc, self.manners.pause)
                answer = self._once(url, {}, _LONGEST_ROBOTS)
                if answer.status in _MOVED and answer.headers.get("location"):
                    url = self._moved(url, answer.headers["location"])
                    continue
                return answer.status, answer.body
        except DamagedError:
            return 404, b""  # too large, packed oddly, no text: there are no rules that could be read
        except (httpcore2.TimeoutException, httpcore2.NetworkError, httpcore2.ProtocolError, zlib.error, OSError):
            return 0, b""
        return 404, b""

    def _words(self, answer: _Answer) -> str:
        said = _WORDS.get(answer.status) or f"gave no page (status {answer.status})"
        asked = retry_after(answer.headers.get("retry-after"), self._now()) if answer.status in _LATER else None
        if asked is None:
            return said
        then = self._now().astimezone(UTC) + timedelta(seconds=min(asked, 10_000_000))
        return f"{said}, not before {then:%Y-%m-%d %H:%M} UTC"


def _networks(written: tuple[str, ...]) -> list[Network]:
    """Raises InputError for what is no network."""
    try:
        return [ipaddress.ip_network(network) for network in written]
    except ValueError as error:
        raise InputError("networks that may be fetched from", f"{error}; write for example 10.1.2.0/24") from None


def _header(answer: _Answer, name: str) -> str | None:
    """A header as it may be sent back: nothing that could break a line of ours."""
    value = answer.headers.get(name, "").strip()
    return value if 0 < len(value) <= 500 and value.isprintable() else None


def _encoded(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode("ascii"), value.encode("latin-1", "replace")) for name, value in headers.items()]
