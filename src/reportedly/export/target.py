"""Where does the output go, so that it is there whole or not at all?"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any


@contextmanager
def whole_file(path: Path, *, binary: bool = False) -> Iterator[IO[Any]]:
    """A file that gets its name only when it is complete. Until then it is called `NAME.part`.

    Where anything goes wrong the half file is removed and the old one stays as it was. A device or pipe is written to
    directly. Raises OSError.
    """
    path = Path(os.path.realpath(path))
    how: dict[str, Any] = {"mode": "wb"} if binary else {"mode": "w", "encoding": "utf-8", "newline": ""}
    if path.exists() and not path.is_file():
        with path.open(**how) as out:
            yield out
        return
    part = path.with_name(path.name + ".part")
    try:
        with part.open(**how) as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        if path.exists():
            part.chmod(path.stat().st_mode & 0o7777)
        part.replace(path)
    except BaseException as error:
        with suppress(OSError):
            part.unlink()
        if isinstance(error, OSError) and error.filename is None:
            error.filename = str(path)  # a disk that is full does not say whose writing it refused
        raise


def same_file(path: Path, inputs: list[str]) -> str | None:
    """The input that writing to `path` would destroy."""
    for name in inputs:
        with suppress(OSError, ValueError):
            if name != "-" and path.samefile(name) and path.is_file():
                return name
    return None
