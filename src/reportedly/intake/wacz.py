"""WACZ, a web archive in a ZIP file -> the pages of the WARCs inside. Nothing is ever unpacked to the disk."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, BinaryIO, cast

from reportedly.intake import warc
from reportedly.intake.carried import cleaned
from reportedly.intake.parcel import Item, Label, Order, Parcel, Passed
from reportedly.intake.place import inside
from reportedly.intake.unpacked import FREE, RATIO, DamagedError
from reportedly.model.article import Refusal

_MOST_MEMBERS = 100_000
_UNREADABLE = (
    DamagedError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
    NotImplementedError,
)
"""What `zipfile` raises on damaged members; it has no family of errors."""


def is_this(label: Label) -> bool:
    """A ZIP file that calls itself WACZ, or whose first members are those of one."""
    zipped = label.head.startswith(b"PK\x03\x04")
    return zipped and (label.named(".wacz") or b"datapackage.json" in label.head or b"archive/data.warc" in label.head)


def unpack(parcel: Parcel, order: Order) -> Iterator[Item]:
    """The records of every member that is a WARC, in the order of the archive; the other members are passed over."""
    if not parcel.stream.seekable():
        yield Refusal(parcel.origin, "is a WACZ file, which cannot be read from a pipe; give it as a file")
        return
    with _opened(parcel.stream) as archive:
        found = 0
        for info in archive.infolist()[:_MOST_MEMBERS]:
            name = info.filename
            if not name.lower().endswith((".warc", ".warc.gz")):
                if not info.is_dir():
                    yield Passed(f"{parcel.origin}#member={name}", "a file of the WACZ that is no WARC")
                continue
            found += 1
            try:
                with archive.open(info) as member:
                    yield from warc.records(_counted(member, info), parcel.origin, name)
            except _UNREADABLE as error:
                yield Refusal(f"{parcel.origin}#member={name}", _why(error))
        if not found:
            yield Refusal(parcel.origin, "is a ZIP file without a WARC in it; unpack it, and give the files")


def record_at(stream: BinaryIO, origin: str, offset: int, member: str) -> Iterator[Item]:
    """Only the record at `offset` of one member."""
    with _opened(stream) as archive:
        try:
            info = archive.getinfo(member)
            with archive.open(info) as opened:
                yield from warc.record_at(_counted(opened, info), origin, offset, member)
        except KeyError:
            yield Refusal(inside(origin, "offset", offset, member), "is no longer in the archive")
        except _UNREADABLE as error:
            yield Refusal(inside(origin, "offset", offset, member), _why(error))


def _why(error: Exception) -> str:
    return (
        str(error)
        if isinstance(error, DamagedError)
        else f"is a member that cannot be read ({cleaned(str(error), 60)})"
    )


def _opened(stream: BinaryIO) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, OverflowError) as error:
        raise DamagedError(f"is a damaged ZIP file ({cleaned(str(error), 80)})") from None


def _counted(member: IO[bytes], info: zipfile.ZipInfo) -> BinaryIO:
    if info.file_size > FREE and info.file_size > RATIO * max(1, info.compress_size):
        raise DamagedError(f"unpacks to more than {RATIO} times its size (a decompression bomb?); refused")
    return cast(BinaryIO, member)
