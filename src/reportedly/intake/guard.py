"""May this be fetched at all? The address as it is written, then the address as it is connected to.

A name is looked up once, every address that comes back is checked, and the connection goes to a checked address: a name that says
something else a moment later (DNS rebinding) is never asked again. It sits where connections are made, so it holds for every redirect.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

import httpcore2

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Resolve = Callable[[str, int], Sequence[str]]

PORTS = frozenset([80, 443, 8080, 8443])
_PUBLIC6 = ipaddress.IPv6Network("2000::/3")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_BAD = re.compile(r"[\x00-\x20\x7f-\x9f\\<>\"`\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_LONGEST = 2000


class ForbiddenError(Exception):
    """An address that is not fetched: the end of a sentence for the user."""


def checked_url(url: str, ports: frozenset[int] = PORTS) -> str:
    """The address in its plain form (ASCII, no fragment); raises ForbiddenError for what is not fetched.

    >>> checked_url("https://www.müller.example/straße?q=ä#oben")
    'https://www.xn--mller-kva.example/stra%C3%9Fe?q=%C3%A4'
    """
    import idna

    if len(url) > _LONGEST or _BAD.search(url):
        raise ForbiddenError("is no web address: it is too long or has characters that no address has")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise ForbiddenError("is no web address") from None
    scheme = parts.scheme.lower()
    if scheme not in ("http", "https"):
        raise ForbiddenError(f'is of the kind "{scheme[:20]}:"; only http and https are fetched')
    if parts.username is not None or parts.password is not None or "@" in parts.netloc:
        raise ForbiddenError("holds a user name or a password; only public pages are fetched")
    if not host or "%" in host:
        raise ForbiddenError("is no web address: it names no host")
    if port is not None and port not in ports:
        raise ForbiddenError(f"names port {port}; only {', '.join(map(str, sorted(ports)))} are used")
    if ":" not in host:
        try:
            host = idna.encode(host.rstrip("."), uts46=True).decode("ascii") if not host.isascii() else host.rstrip(".")
        except idna.IDNAError:
            raise ForbiddenError("is no web address: its host is no name") from None
        if not re.fullmatch(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63}){0,40}", host):
            raise ForbiddenError("is no web address: its host is no name")
    else:
        host = f"[{host}]"
    default = {"http": 80, "https": 443}[scheme]
    place = host if port in (None, default) else f"{host}:{port}"
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    return urlunsplit((scheme, place, path, quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]"), ""))


def why_not(address: str, allowed: Iterable[Network] = ()) -> str | None:
    """Why nothing is fetched from this address; None for one of the public internet, or one that was allowed expressly.

    >>> why_not("169.254.169.254"), why_not("::ffff:127.0.0.1"), why_not("9.9.9.9")
    ('link-local, metadata of clouds', 'loopback', None)
    """
    try:
        found: Address = ipaddress.ip_address(address)
    except ValueError:
        return "no address"
    if isinstance(found, ipaddress.IPv6Address):
        if found.scope_id:
            return "an address of one link"
        if found.ipv4_mapped is not None:
            found = found.ipv4_mapped
        elif found in _NAT64:
            found = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
    if any(found.version == network.version and found in network for network in allowed):
        return None
    for network, what in _not_public():
        if network.version == found.version and found in network:
            return what
    if found.version == 6 and found not in _PUBLIC6:
        return "no address of the public internet"
    return None


@cache
def _not_public() -> tuple[tuple[Network, str], ...]:
    rows = (Path(__file__).parent / "not_public.tsv").read_text("utf-8").splitlines()
    cells = [row.split("\t") for row in rows if row and not row.startswith(("#", "network\t"))]
    return tuple((ipaddress.ip_network(network), what) for network, what, _, _ in cells)


def looked_up(host: str, port: int) -> Sequence[str]:
    """All addresses of a name, as the system knows them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class GuardedBackend(httpcore2.NetworkBackend):
    """Connections for `httpcore2`: only to checked addresses, and never longer than until `deadline` (monotonic)."""

    def __init__(self, allowed: Iterable[Network], resolve: Resolve = looked_up) -> None:
        self._allowed, self._resolve = tuple(allowed), resolve
        self._real = httpcore2.SyncBackend()
        self.deadline = float("inf")

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> httpcore2.NetworkStream:
        addresses = self._addresses(host, port)
        for address in addresses:
            if why := why_not(address, self._allowed):
                raise ForbiddenError(f"leads to {address}, which is not public ({why}); refused")
        failed: Exception = httpcore2.ConnectError("no address")
        for address in addresses[:4]:
            try:
                stream = self._real.connect_tcp(address, port, self.left(timeout), local_address, socket_options)
                return _Timed(stream, self)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failed = error
        raise failed

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Any = None
    ) -> httpcore2.NetworkStream:
        raise ForbiddenError("is a socket of this machine; refused")

    def left(self, timeout: float | None) -> float:
        """How long an operation may last now. The deadline is one for everything: a server that drips gets no more."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout("deadline")
        return left if timeout is None else min(timeout, left)

    def _addresses(self, host: str, port: int) -> Sequence[str]:
        """The system's look-up knows no time limit: it runs beside us, and we wait no longer than we may."""
        found: list[Sequence[str] | OSError | UnicodeError] = []

        def ask() -> None:
            try:
                found.append(self._resolve(host, port))
            except (OSError, UnicodeError) as error:
                found.append(error)

        asking = threading.Thread(target=ask, daemon=True)
        asking.start()
        asking.join(self.left(20.0))
        if not found:
            raise httpcore2.ConnectTimeout("name look-up")
        if isinstance(found[0], OSError | UnicodeError) or not found[0]:
            raise ForbiddenError("names a host that does not exist")
        return found[0]


class _Timed(httpcore2.NetworkStream):
    """A connection of which every reading and writing ends with the deadline of its backend."""

    def __init__(self, stream: httpcore2.NetworkStream, backend: GuardedBackend) -> None:
        self._stream, self._backend = stream, backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._backend.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._backend.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, self._backend.left(timeout)), self._backend)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
