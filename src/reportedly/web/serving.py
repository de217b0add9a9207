"""How is the room opened? A socket of this machine, the address with the key, the browser; closed with Ctrl-C."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
from collections.abc import Callable
from pathlib import Path

from reportedly.errors import InputError
from reportedly.web.beside import Beside
from reportedly.web.guarding import LOOPBACK, Rules

PORT = 8374


def rules_of(
    beside: Beside, host: str, port: int, *, read_only: bool, names: tuple[str, ...] = (), new_key: bool = False
) -> Rules:
    """What holds for this room. Raises InputError where it would be open for writing on a network."""
    loopback = _is_loopback(host)
    if not loopback and not read_only:
        raise InputError(
            f"--host {host}",
            "is open to a network; give --read-only as well (to write from elsewhere, use a tunnel: ssh -L)",
        )
    hosts = set(LOOPBACK) | {name.lower() for name in names}
    if not loopback:
        hosts |= {f"[{host}]" if ":" in host else host.lower(), *_own_addresses()} - {"0.0.0.0", "[::]"}
    return Rules(beside.key(new=new_key), frozenset(hosts), f"reportedly-{port}", read_only)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _own_addresses() -> set[str]:
    """Names and addresses under which colleagues call this machine."""
    found = {socket.gethostname().lower()}
    with contextlib.suppress(OSError):
        found |= {str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    return found


def serve(
    path: Path,
    *,
    host: str = "127.0.0.1",
    port: int = PORT,
    read_only: bool = False,
    names: tuple[str, ...] = (),
    new_key: bool = False,
    by: str = "",
    opened: Callable[[str], None] = lambda address: None,
) -> None:
    """Serve an archive until somebody stops it. `opened` is told the address with the key once it answers. Raises ReportedlyError."""
    try:
        import uvicorn

        from reportedly.web.desk import Desk
        from reportedly.web.jobs import Jobs
        from reportedly.web.room import application
    except ImportError as error:
        raise InputError("serve", f"needs {error.name}: pip install 'reportedly[serve]'") from None
    listening = _listening(host, port)
    port = listening.getsockname()[1]
    with contextlib.closing(listening):
        beside = Beside(path, read_only=read_only)
        rules = rules_of(beside, host, port, read_only=read_only, names=names, new_key=new_key)
        desk = Desk(path, rules, beside, by)
        jobs = Jobs(beside)
        desk.wake = jobs.wake
        if not read_only:
            jobs.start()
        shown = "127.0.0.1" if host in ("0.0.0.0", "::", "localhost") else f"[{host}]" if ":" in host else host
        config = uvicorn.Config(
            application(desk, jobs.close), log_level="warning", access_log=False, server_header=False, date_header=True,
            timeout_graceful_shutdown=3, h11_max_incomplete_event_size=64_000, limit_concurrency=64, http="h11", ws="none",
        )  # fmt: skip
        server = uvicorn.Server(config)
        opened(f"http://{shown}:{port}/?key={rules.key}")
        server.run(sockets=[listening])


def _listening(host: str, port: int) -> socket.socket:
    """The socket; the next free port where the usual one is taken. Raises InputError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for candidate in (port, *range(port + 1, port + 10)) if port == PORT else (port,):
        found = socket.socket(family, socket.SOCK_STREAM)
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            found.bind((host.strip("[]"), candidate))
            found.listen(128)
            return found
        except OSError as error:
            found.close()
            why = error
    raise InputError(f"{host}:{port}", f"cannot be opened ({why.strerror}); give another --port") from None
