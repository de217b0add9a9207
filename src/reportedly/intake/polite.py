"""How do we behave on other people's servers? One request a second and host, robots.txt, patience when we are asked for it."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

from reportedly import __version__

ROBOTS_NAME = "reportedly"
_MOST_SITES = 20_000
"""Whose rules are remembered: as many as a large round of feeds has, so that none is asked twice a day."""
_MOST_HOSTS = 50_000
_LONGEST_PAUSE = 60.0
_RULES_HOLD, _SILENCE_HOLDS = 86_400.0, 300.0
"""Seconds after which a robots.txt is asked for again (RFC 9309, 2.4: a day), and one that could not be reached."""
_SERVER_ERROR = 500


@dataclass(frozen=True, slots=True)
class Manners:
    """Limits and politeness of a fetcher. Times are in seconds, sizes in bytes."""

    contact: str | None = None
    """An address (web or mail) that goes into the User-Agent: whoever runs the server can ask you to stop."""
    pause: float = 1.0
    """Between two requests to one host; longer where robots.txt asks for it (`Crawl-delay`), up to a minute."""
    robots: bool = True
    total: float = 20.0
    """For one answer, from the look-up of the name to the last byte."""
    idle: float = 10.0
    largest: int = 20_000_000
    """Of the answer, packed or unpacked."""
    redirects: int = 5
    tries: int = 3
    patience: float = 60.0
    """The longest `Retry-After` that is waited for; a longer one becomes a refusal that says until when."""
    allowed: tuple[str, ...] = ()
    """Networks that are fetched from although they are not public (`10.1.2.0/24`): the intranet of a newsroom, a test."""
    ports: frozenset[int] = frozenset([80, 443, 8080, 8443])

    def agent(self) -> str:
        contact = "".join(c for c in self.contact or "" if c.isprintable() and c.isascii())[:200]
        return f"{ROBOTS_NAME}/{__version__}" + (f" (+{contact})" if contact else "")


class Turns:
    """Whose turn is it? No host is asked twice within its pause, whoever asks: several fetchers may share one."""

    def __init__(self, clock: Callable[[], float], sleep: Callable[[float], None]) -> None:
        self._clock, self._sleep = clock, sleep
        self._free: OrderedDict[str, float] = OrderedDict()
        self._lock = Lock()

    def wait(self, host: str, pause: float) -> None:
        """Returns when the host may be asked; the pause begins then. Who asks in the meantime comes after us."""
        with self._lock:
            now = self._clock()
            turn = max(self._free.get(host, now), now)
            self._free[host] = turn + pause
            self._free.move_to_end(host)
            while len(self._free) > _MOST_HOSTS:
                self._free.popitem(last=False)
        if turn > now:
            self._sleep(turn - now)

    def rest(self, host: str, seconds: float) -> None:
        """The host asked for rest: nobody asks it before."""
        with self._lock:
            self._free[host] = max(self._free.get(host, 0.0), self._clock() + seconds)

    def left(self, host: str) -> float:
        """Seconds until the host may be asked again; 0 where it may now."""
        with self._lock:
            return max(0.0, self._free.get(host, 0.0) - self._clock())


class Robots:
    """What robots.txt of a site says, each asked once a day. After RFC 9309: none means allowed, unreachable means forbidden."""

    def __init__(self, ask: Callable[[str], tuple[int, bytes]], clock: Callable[[], float] = time.monotonic) -> None:
        self._ask, self._clock = ask, clock
        self._rules: OrderedDict[str, tuple[float, Any]] = OrderedDict()
        self._lock = Lock()

    def beside(self, ask: Callable[[str], tuple[int, bytes]]) -> Robots:
        """The same knowledge, for one who asks in another way at the same time."""
        other = Robots(ask, self._clock)
        other._rules, other._lock = self._rules, self._lock
        return other

    def why_not(self, url: str) -> str | None:
        rules = self._of(url)
        if isinstance(rules, str):
            return rules
        if rules is None or rules.can_fetch(url, ROBOTS_NAME):
            return None
        return "may not be fetched: the robots.txt of the site forbids it"

    def pause(self, url: str, least: float) -> float:
        """Seconds between two requests, as the site asks for."""
        _, rules = self._rules.get(_site(url), (0.0, None))
        if rules is None or isinstance(rules, str):
            return least
        asked = rules.crawl_delay(ROBOTS_NAME) or 0.0
        return max(least, min(float(asked), _LONGEST_PAUSE))

    def _of(self, url: str) -> Any:
        site = _site(url)
        until, rules = self._rules.get(site, (float("-inf"), None))
        if self._clock() >= until:
            rules = self._read(site)
            holds = _SILENCE_HOLDS if isinstance(rules, str) else _RULES_HOLD
            with self._lock:
                self._rules[site] = self._clock() + holds, rules
                self._rules.move_to_end(site)
                while len(self._rules) > _MOST_SITES:
                    self._rules.popitem(last=False)
        return rules

    def _read(self, site: str) -> Any:
        from protego import Protego

        status, data = self._ask(f"{site}/robots.txt")
        if status == 200:
            try:
                return Protego.parse(data.decode("utf-8", "replace")) if data.strip() else None
            except Exception:  # a foreign library on foreign bytes: rules nobody can read forbid nothing
                return None
        if status == 429 or status >= _SERVER_ERROR or status == 0:
            return "may not be fetched: the robots.txt of the site cannot be reached, so nothing is allowed; try again later"
        return None


def retry_after(said: str | None, now: datetime) -> float | None:
    """The seconds a server asks us to wait, from a number or a date; None where it says nothing that can be read.

    >>> retry_after("120", datetime(2026, 1, 1, tzinfo=UTC))
    120.0
    """
    written = (said or "").strip()
    if written.isascii() and written.isdigit() and len(written) < 10:
        return float(written)
    try:
        then = parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    then = then if then.tzinfo else then.replace(tzinfo=UTC)
    return max(0.0, (then - now).total_seconds())


def _site(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
