"""Where does the output lie, and how does a file come there whole or not at all? A folder, or an address of an object store."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from reportedly.errors import BatchError
from reportedly.intake.storage import is_stored, store_of

_AT_ONCE = frozenset(["s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "adl", "memory"])
"""Stores that show a file only when all of it is there."""
_CLAIM = ".claim"
"""Who leads: a file that begins with a dot, so that nobody takes it for output."""
_UNFINISHED = re.compile(r"\.[\w-]{1,80}\.tmp$")


@dataclass(frozen=True, slots=True)
class Written:
    """A file of the output: its name below the folder, its bytes, the SHA-256 of them."""

    name: str
    size: int
    sha256: str


class Room:
    """The folder of one run. Names are relative, with `/`."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.stored = is_stored(address)
        self._system: Any = None
        self._inner = address
        if self.stored:
            self._system, self._inner = store_of(address)

    def put(self, name: str, write: Callable[[IO[bytes]], None], allowed: Callable[[], bool] = lambda: True) -> Written:
        """A file that is there whole or not at all, in place of one of that name. `allowed` is asked at the last moment; where it says
        no, nothing is put there. Raises BatchError where it cannot be written."""
        try:
            if self.stored:
                return self._send(name, write, allowed)
            to = Path(self.address, name)
            to.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=to.parent)
            try:
                with os.fdopen(handle, "w+b") as file:
                    write(file)
                    file.flush()
                    os.fsync(file.fileno())
                    written = _written(name, file)
                if allowed():
                    os.replace(temporary, to)
            finally:
                with suppress(FileNotFoundError):
                    os.unlink(temporary)
            return written
        except OSError as error:
            raise BatchError(
                f"{self.address}/{name}: cannot be written ({error.strerror or error}); make room or check the rights, then run it again"
            ) from None

    def settle(self, names: Iterable[str]) -> None:
        """The names of files that were put there are on the disk as well, not only what is in them."""
        if self.stored or os.name != "posix":
            return
        for folder in {Path(self.address, name).parent for name in names}:
            with suppress(FileNotFoundError):
                handle = os.open(folder, os.O_RDONLY)
                try:
                    os.fsync(handle)
                finally:
                    os.close(handle)

    def get(self, name: str) -> bytes | None:
        """The bytes of a file; None where there is none."""
        try:
            if self.stored:
                data: bytes = self._system.cat_file(self._path(name))
                return data
            return Path(self.address, name).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    @contextmanager
    def opened(self, name: str) -> Iterator[Any]:
        """A file for reading in any order."""
        with self._system.open(self._path(name), "rb") if self.stored else Path(self.address, name).open("rb") as file:
            yield file

    def names(self, folder: str) -> Iterator[str]:
        """The files below a folder, also unfinished ones."""
        if self.stored:
            self._system.invalidate_cache()
            begin = len(self._path("").rstrip("/")) + 1
            with suppress(FileNotFoundError):
                yield from (str(path)[begin:] for path in self._system.find(self._path(folder)))
            return
        for place, _, files in os.walk(Path(self.address, folder)):
            below = Path(place).relative_to(self.address).as_posix()
            yield from (f"{below}/{file}" for file in files)

    def drop(self, name: str) -> None:
        """A file is no longer there, or never was."""
        with suppress(FileNotFoundError):
            if self.stored:
                self._system.rm_file(self._path(name))
            else:
                Path(self.address, name).unlink()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Only one run at a time works in a folder. (Where no lock can tell, as in an object store, the claim does.) Raises BatchError."""
        if self.stored or os.name != "posix":
            yield
            return
        import fcntl

        try:
            Path(self.address).mkdir(parents=True, exist_ok=True)
            handle = os.open(Path(self.address, ".lock"), os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise BatchError(f"{self.address}: cannot be used as a folder ({error.strerror or error})") from None
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise BatchError(
                    f"{self.address}: another run is at work there; wait for it, or give another folder"
                ) from None
            yield
        finally:
            os.close(handle)

    def claim(self) -> str:
        """From now on the folder belongs to who has the claim that is given back; who had one before has lost it, and with it the right
        to write there."""
        mine = uuid.uuid4().hex

        def write(out: IO[bytes]) -> None:
            out.write(mine.encode())

        self.put(_CLAIM, write)
        return mine

    def is_claimed(self, claim: str) -> bool:
        """Is it still that claim? Also whether this machine sees the folder at all."""
        return self.get(_CLAIM) == claim.encode()

    def _path(self, name: str) -> str:
        return f"{self._inner.rstrip('/')}/{name}"

    def _send(self, name: str, write: Callable[[IO[bytes]], None], allowed: Callable[[], bool]) -> Written:
        with tempfile.NamedTemporaryFile() as file:
            write(file)
            file.flush()
            written = _written(name, file)
            if not allowed():
                return written
            to = self._path(name)
            self._system.makedirs(to.rpartition("/")[0], exist_ok=True)
            protocols = self._system.protocol
            if _AT_ONCE.intersection([protocols] if isinstance(protocols, str) else protocols):
                self._system.put_file(file.name, to)
            else:
                self._system.put_file(file.name, f"{to}.{os.getpid()}.tmp")
                self._system.mv(f"{to}.{os.getpid()}.tmp", to)
            return written


def is_unfinished(name: str) -> bool:
    """Was this left by a process that ended while it wrote?"""
    return bool(_UNFINISHED.search(name)) or name.rpartition("/")[2].startswith(".")


def _written(name: str, file: IO[bytes]) -> Written:
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    return Written(name, size, hashlib.file_digest(file, "sha256").hexdigest())  # type: ignore[arg-type]
