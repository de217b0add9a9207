"""A real Dask cluster for tests: a head and machines that join it, each a process of its own, also in network namespaces as hosts."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

HERE = Path(__file__).parent
_IP = shutil.which("ip")


QUICK = {"DASK_DISTRIBUTED__COMM__TIMEOUTS__TCP": "12s"}
"""Seconds until somebody who does not answer is taken for gone; Dask takes no fewer."""


class Cluster:
    """`host` is where the head listens, `hosts` the network namespaces over which machines are spread, if there are some. What the
    processes say lies in `folder`."""

    def __init__(self, folder: Path, host: str = "127.0.0.1", hosts: Sequence[str] = ()) -> None:
        self.hosts = list(hosts)
        with socket.socket() as free:
            free.bind((host, 0))
            self.address = f"tcp://{host}:{free.getsockname()[1]}"
        self._folder = folder
        self._head: subprocess.Popen[bytes] | None = None
        self.machines: list[subprocess.Popen[bytes]] = []
        self._joined = 0

    def lead(self) -> None:
        """Start the head, at the same address as before."""
        host, _, port = self.address.removeprefix("tcp://").partition(":")
        command = [
            sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", host, "--port", port, "--no-dashboard", "--no-jupyter",
        ]  # fmt: skip
        self._head = self._started("head", command, {})

    def join(self, environment: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
        """A machine more, with one process."""
        command = [
            sys.executable, "-m", "reportedly", "join", self.address, "--workers", "1", "--patience", "60",
        ]  # fmt: skip
        if self.hosts:
            command = [str(_IP), "netns", "exec", self.hosts[self._joined % len(self.hosts)], *command]
        self._joined += 1
        machine = self._started(f"machine{self._joined}", command, environment or {})
        self.machines.append(machine)
        return machine

    def wait(self, machines: int) -> set[str]:
        """Until so many are there; their addresses."""
        from distributed import Client

        with Client(self.address, timeout=30, set_as_default=False) as client:  # type: ignore[no-untyped-call]
            client.wait_for_workers(machines, timeout=60)
            return set(client.nthreads())

    def kill_head(self) -> None:
        assert self._head is not None
        self._head.kill()
        self._head.wait()

    def kill_machine(self, machine: subprocess.Popen[bytes]) -> None:
        machine.kill()
        machine.wait()
        self.machines.remove(machine)

    def processes(self) -> list[int]:
        """Those that read, of all machines."""
        return [pid for machine in self.machines for pid in children_of(machine.pid)]

    def close(self) -> None:
        for process in [*self.machines, *([self._head] if self._head else [])]:
            process.kill()
            process.wait()

    def said(self) -> str:
        return "\n".join(path.read_text("utf-8", "replace") for path in sorted(self._folder.glob("*.log")))

    def _started(self, name: str, command: list[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
        places = [environment.get("PYTHONPATH", ""), str(HERE), str(HERE.parent)]
        with (self._folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                command, stdout=log, stderr=log,
                env={**os.environ, **QUICK, **environment, "PYTHONPATH": os.pathsep.join(filter(None, places))},
            )  # fmt: skip


def children_of(pid: int) -> list[int]:
    """The processes of ours that a process started, by any of its threads; Python keeps one more, which looks after what they share."""
    found: set[int] = set()
    with suppress(OSError):
        for thread in Path(f"/proc/{pid}/task").iterdir():
            with suppress(OSError):
                found.update(int(c) for c in (thread / "children").read_text().split())
    return sorted(c for c in found if b"spawn_main" in _command(c))


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def ended(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


@contextmanager
def hosts(number: int) -> Iterator[tuple[str, list[str]]]:
    """Network namespaces with a bridge between them: the address of this machine on the bridge, and their names. Raises PermissionError where
    this may not be done."""
    mark = f"rp{os.getpid() % 10_000}"
    net, bridge = f"10.{77 + os.getpid() % 100}.{os.getpid() // 100 % 250}", f"{mark}b"
    names = [f"{mark}n{n}" for n in range(number)]
    if _IP is None:
        raise PermissionError("there is no ip command")
    try:
        _ip("link", "add", bridge, "type", "bridge")
        _ip("addr", "add", f"{net}.1/24", "dev", bridge)
        _ip("link", "set", bridge, "up")
        for n, name in enumerate(names):
            _ip("netns", "add", name)
            _ip("link", "add", f"{name}o", "type", "veth", "peer", "name", f"{name}i", "netns", name)
            _ip("link", "set", f"{name}o", "master", bridge, "up")
            _ip("-n", name, "addr", "add", f"{net}.{n + 2}/24", "dev", f"{name}i")
            _ip("-n", name, "link", "set", f"{name}i", "up")
            _ip("-n", name, "link", "set", "lo", "up")
        yield f"{net}.1", names
    finally:
        for name in names:
            subprocess.run([_IP, "netns", "del", name], capture_output=True, check=False)
        subprocess.run([_IP, "link", "del", bridge], capture_output=True, check=False)


def cut_off(name: str, seconds: float) -> None:
    """This host is not reached by anybody so long, and notices nothing but silence."""
    _ip("link", "set", f"{name}o", "down")
    back = threading.Timer(seconds, lambda: subprocess.run([str(_IP), "link", "set", f"{name}o", "up"], check=False))
    back.daemon = True
    back.start()


def _ip(*words: str) -> None:
    done = subprocess.run([str(_IP), *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise PermissionError(f"ip {' '.join(words)}: {done.stderr.strip()}")
