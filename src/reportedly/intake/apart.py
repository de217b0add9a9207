"""How is work done that may never end? In a process apart, which is stopped when it takes too long or too much memory.

Tree builders and extractors need quadratic time on some pages, and what is written in C cannot be interrupted from within. The process is
started when it is first needed, takes one piece of work after the other, and ends with the program, also where that is killed: nobody
speaks to it any more then. Its limits are counted in seconds of computing, so a busy machine gives the same answers.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import threading
from contextlib import suppress
from importlib import import_module
from typing import IO

MEMORY = 2 << 30
"""Bytes of address space of the process apart."""
_PATIENCE = 12
"""By this factor longer than its computing time may an answer take, on a machine that is busy with other things."""
_HEAD = 8


class StoppedError(Exception):
    """The work took too long or too much memory, or broke the process."""


class Apart:
    """A process that answers bytes with bytes by the function `module:name`, at most `seconds` of computing for each answer."""

    def __init__(self, function: str, seconds: int) -> None:
        self._function, self._seconds = function, seconds
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        atexit.register(self.close)

    def ask(self, data: bytes) -> bytes:
        """The answer. Raises StoppedError where there is none, OSError where no process can be started."""
        with self._lock:
            process = self._running()
            assert process.stdin is not None
            assert process.stdout is not None
            watch = threading.Timer(self._seconds * _PATIENCE, process.kill)
            watch.daemon = True
            watch.start()
            try:
                _put(process.stdin, data)
                return _taken(process.stdout)
            except (EOFError, OSError):
                self._stop()
                raise StoppedError from None
            finally:
                watch.cancel()

    def close(self) -> None:
        """End the process, if there is one and it is ours."""
        with self._lock:
            self._stop()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._owner != os.getpid():  # a fork has its parent's process: not one to share
            self._process = None
        if self._process is None:
            if not sys.executable:
                raise OSError("there is no Python to start")
            paths = [path for path in sys.path if isinstance(path, str)]
            code = (
                f"import sys; sys.path[:] = {paths!r}; from reportedly.intake.apart import serve;"
                f" serve({self._function!r}, {self._seconds})"
            )
            self._process = subprocess.Popen(
                [sys.executable, "-S", "-c", code],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            self._owner = os.getpid()
        return self._process

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None or self._owner != os.getpid():
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):  # what was still to be sent to a dead process
                    pipe.close()


def serve(function: str, seconds: int) -> None:
    """The process apart: one answer after the other until nobody asks any more."""
    module, name = function.split(":")
    answer = getattr(import_module(module), name)
    asked, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints is no answer
    _limit_memory()
    with suppress(EOFError, BrokenPipeError, KeyboardInterrupt):
        while True:
            data = _taken(asked)
            _limit_time(seconds)
            _put(answers, answer(data))


def _limit_memory() -> None:
    with suppress(ImportError, OSError, ValueError):  # Windows has no such limits; there the time of waiting holds
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _limit_time(seconds: int) -> None:
    """From now on that many seconds of computing, then the system stops us."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        most = int(used.ru_utime + used.ru_stime) + 1 + seconds
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _put(pipe: IO[bytes], data: bytes) -> None:
    pipe.write(len(data).to_bytes(_HEAD, "big"))
    pipe.write(data)
    pipe.flush()


def _taken(pipe: IO[bytes]) -> bytes:
    return _exactly(pipe, int.from_bytes(_exactly(pipe, _HEAD), "big"))


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    data = pipe.read(size)
    if len(data) < size:
        raise EOFError
    return data
