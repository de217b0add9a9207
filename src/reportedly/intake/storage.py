"""Where do the bytes lie: on this machine, or in an object store? Both are listed and opened alike (s3://…, gs://…, through fsspec)."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

from reportedly.intake.capture import file_at
from reportedly.intake.folder import files_in
from reportedly.intake.parcel import Passed
from reportedly.intake.unpacked import missing
from reportedly.model.article import Refusal

_ADDRESS = re.compile(r"(?!https?:)[a-z][a-z0-9+.-]{1,30}(?:://|::)", re.IGNORECASE)
_OWN = re.compile(r"(?:file|local)://", re.IGNORECASE)
_STAMPS = ("ETag", "etag", "md5Hash", "LastModified", "last_modified", "mtime", "updated", "created")


@dataclass(frozen=True, slots=True)
class Source:
    """A file that is there: its path or address, its bytes, and a `stamp` that changes when the file does."""

    path: str
    size: int
    stamp: str


def is_stored(path: str) -> bool:
    """Is this the address of something in an object store?

    >>> is_stored("s3://presse/2024.jsonl"), is_stored("https://talbote.example/"), is_stored("C:/presse")
    (True, False, False)
    """
    return bool(_ADDRESS.match(path))


def identity(path: str) -> str:
    """The same for every way in which a file can be spelled: from the root on, its folder as it is called behind links.

    >>> identity("/presse/./2024.jsonl") == identity("/presse/alt/../2024.jsonl") == identity("file:///presse/2024.jsonl")
    True
    """
    own = _OWN.match(path)
    if own is None and is_stored(path):
        return path
    folder, name = os.path.split(os.path.abspath(path[own.end() :] if own else path))
    return os.path.join(_real(folder), name)


@cache
def _real(folder: str) -> str:
    return os.path.realpath(folder)


def opened(path: str) -> BinaryIO | Refusal:
    """A file opened for reading, or in one sentence why it cannot be. Raises InputError where fsspec is missing."""
    if not is_stored(path):
        return file_at(path)
    try:
        system, inner = store_of(path)
        file: BinaryIO = system.open(inner, "rb")
    except (OSError, ValueError, ImportError) as error:
        return Refusal(path, _why(error))
    return file


def sources(path: str) -> Iterator[Source | Refusal | Passed]:
    """The files below a path, or the file itself; in an object store also those that a pattern names. The order is always the same."""
    if is_stored(path):
        yield from _stored(path)
    elif os.path.isdir(path):
        for found in files_in(path):
            yield _source(str(found)) if isinstance(found, Path) else found
    else:
        file = file_at(path)
        if isinstance(file, Refusal):
            yield file
        else:
            file.close()
            yield _source(path)


def _source(path: str) -> Source | Refusal:
    try:
        about = os.stat(path)
    except OSError as error:
        return Refusal(path, f"cannot be opened ({error.strerror or error}); check the path")
    return Source(path, about.st_size, f"{about.st_size}-{about.st_mtime_ns}")


def _stored(path: str) -> Iterator[Source | Refusal]:
    try:
        system, inner = store_of(path)
        if any(mark in inner for mark in "*?["):
            found = system.glob(inner, detail=True)
        else:
            found = system.find(inner, detail=True)
    except (OSError, ValueError, ImportError) as error:
        yield Refusal(path, _why(error))
        return
    files = [about for about in found.values() if about.get("type") == "file"]
    if not files:
        yield Refusal(path, "does not exist, or holds no file; check the address")
    for about in sorted(files, key=lambda about: str(about["name"])):
        size = int(about.get("size") or 0)
        if _OWN.match(path):  # the same file by its path is not another one
            own = _source(str(about["name"]))
            yield own if isinstance(own, Refusal) else replace(own, path=system.unstrip_protocol(about["name"]))
            continue
        told = next((str(about[name]) for name in _STAMPS if about.get(name)), "")
        yield Source(system.unstrip_protocol(about["name"]), size, f"{size}-{told}")


def store_of(path: str) -> tuple[Any, str]:
    """The file system of an address, and the path in it."""
    try:
        import fsspec
    except ImportError:
        raise missing(path, "fsspec", "batch") from None
    system, inner = fsspec.core.url_to_fs(path)
    return system, str(inner)


def _why(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "does not exist; check the address"
    if isinstance(error, PermissionError):
        return "may not be read; check the rights of your account"
    return f"cannot be opened ({' '.join(str(error).split())[:200]})"
