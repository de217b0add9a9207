"""Web archives (WARC) -> the pages in them, each with the byte where its record begins. And when a byte is damaged?

Readers of WARC stop at the first damaged byte, and one flipped bit costs the rest of the file. So the records are found here, one
after the other, and FastWARC only reads what is inside each. After a damage the next place that begins like a record is sought; what
was lost is refused, with its place and length.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from reportedly.intake.carried import Carried, cleaned, web_address
from reportedly.intake.parcel import Item, Label, Manuscript, Order, Parcel, Passed
from reportedly.intake.place import inside
from reportedly.intake.unpacked import FREE, RATIO, DamagedError, missing, unpacked
from reportedly.model.article import Refusal

LARGEST_RECORD = 50_000_000
_STEP = 1 << 17
_GZIP, _MARK = b"\x1f\x8b\x08", b"WARC/1."
_FIRST_LINES = re.compile(rb"WARC/1\.\d\r?\n[A-Za-z][\w-]{1,60}:")
_LENGTH = re.compile(rb"\r?\ncontent-length:[ \t]{0,20}(\d{1,15})[ \t]{0,20}\r?\n", re.IGNORECASE)
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
_LONGEST_HEAD = 65_536
_TEXT = re.compile(r"text/(?:html|plain|markdown)|application/(?:xhtml\+xml|vnd\.wap\.xhtml\+xml)", re.IGNORECASE)


def is_this(label: Label) -> bool:
    return label.head.startswith(_MARK)


def unpack(parcel: Parcel, order: Order) -> Iterator[Item]:
    """A manuscript for each page or text; requests, pictures, redirects and the like are passed over."""
    return records(parcel.stream, parcel.origin, None)


def records(
    stream: BinaryIO, origin: str, member: str | None, start: int = 0, end: int | None = None
) -> Iterator[Item]:
    """The same for a WARC that is a member of something else, or from byte `start` on, where `stream` stands; of records that begin
    before byte `end`."""
    reader = _reader()
    window = _Window(stream, start)
    while (end is None or window.at < end) and window.has(1):
        if window.look(1) in (b"\r", b"\n"):  # between two records that are not packed
            window.go(1)
            continue
        place = inside(origin, "offset", window.at, member)
        try:
            record = _member(window) if window.starts(_GZIP) else _plain(window)
        except (DamagedError, zlib.error) as error:
            why = str(error) if isinstance(error, DamagedError) else "is damaged"
            lost = window.seek_record()
            yield Refusal(place, f"{why}; {lost:,} byte(s) were skipped to the next record")
            continue
        if record:  # empty members are allowed
            yield _item(record, place, reader)


def cuts(stream: BinaryIO, size: int) -> Iterator[int]:
    """The bytes at which a WARC can be cut into parts of at least `size` bytes, so that `records` of all parts are those of the whole;
    the last one is its end. Walks over the records, because what looks like a record may lie inside of one."""
    window, begin = _Window(stream, 0), 0
    while window.has(1):
        if window.look(1) in (b"\r", b"\n"):
            window.go(1)
            continue
        if window.at - begin >= size:
            begin = window.at
            yield begin
        try:
            if window.starts(_GZIP):
                _member(window)
            else:
                _plain(window)
        except (DamagedError, zlib.error):
            window.seek_record()
    yield window.at


def record_at(stream: BinaryIO, origin: str, offset: int, member: str | None) -> Iterator[Item]:
    """Only the record that begins at `offset`."""
    stream.seek(offset)
    found = next(records(stream, origin, member, offset), None)
    yield found or Refusal(inside(origin, "offset", offset, member), "lies behind the end of the file; it has changed")


class _Window:
    """A stream through which one looks forward; `at` is the byte where one stands. Only `go` moves on."""

    def __init__(self, stream: BinaryIO, start: int) -> None:
        self._stream = stream
        self._held = bytearray()
        self._from = 0
        self.at = start

    def has(self, size: int) -> bool:
        """Are there `size` bytes from here on?"""
        while len(self._held) - self._from < size:
            part = self._stream.read(max(_STEP, size - len(self._held) + self._from))
            if not part:
                return False
            if self._from > _STEP:
                del self._held[: self._from]
                self._from = 0
            self._held += part
        return True

    def look(self, size: int, ahead: int = 0) -> bytes:
        """Up to `size` bytes from here on, or from `ahead` bytes further."""
        self.has(ahead + size)
        return bytes(self._held[self._from + ahead : self._from + ahead + size])

    def starts(self, mark: bytes) -> bool:
        return self.look(len(mark)) == mark

    def go(self, size: int) -> None:
        self._from += size
        self.at += size

    def seek_record(self) -> int:
        """Go on to the next place that begins like a record, or to the end; over how many bytes?"""
        begin = self.at
        self.go(1)
        while self.has(1):
            self.has(_STEP)
            places = [p for p in (self._held.find(m, self._from, self._from + _STEP) for m in (_GZIP, _MARK)) if p >= 0]
            if not places:
                here = min(_STEP, len(self._held) - self._from)
                self.go(max(1, here - len(_MARK) + 1))
                continue
            self.go(min(places) - self._from)
            if _begins_like_a_record(self):
                break
            self.go(1)
        return self.at - begin


def _begins_like_a_record(window: _Window) -> bool:
    head = window.look(4096)
    if head.startswith(_GZIP):
        try:
            head = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, 200)
        except zlib.error:
            return False
    return bool(_FIRST_LINES.match(head))


def _member(window: _Window) -> bytes:
    """One gzip member, which is one record. The window moves only when all of it was read: behind a damage lie others."""
    packed = zlib.decompressobj(zlib.MAX_WBITS | 16)
    out: list[bytes] = []
    came = size = 0
    while not packed.eof:
        data = window.look(_STEP, came)
        if not data:
            raise DamagedError("is cut off: the file ends in the middle of a record")
        came += len(data)
        while True:
            part = packed.decompress(data, _STEP)
            out.append(part)
            size += len(part)
            if size > LARGEST_RECORD:
                raise DamagedError("is a record larger than a page may be")
            if size > FREE and size > RATIO * came:
                raise DamagedError("is a decompression bomb")
            data = packed.unconsumed_tail
            if packed.eof or (not data and len(part) < _STEP):
                break
    record = b"".join(out)
    if record and not record.startswith(_MARK):
        raise DamagedError("holds packed bytes that are no record")
    window.go(came - len(packed.unused_data))
    return record


def _plain(window: _Window) -> bytes:
    """One record that is not packed."""
    head = window.look(_LONGEST_HEAD)
    end = _END_OF_HEAD.search(head)
    if end is None and len(head) < _LONGEST_HEAD and _FIRST_LINES.match(head):
        raise DamagedError("is cut off: the file ends in the middle of a record")
    length = _LENGTH.search(head[: end.end()]) if end else None
    if not _FIRST_LINES.match(head) or end is None or length is None:
        raise DamagedError("is not the beginning of a record, or its head is damaged")
    size = end.end() + int(length[1])
    if int(length[1]) > LARGEST_RECORD:
        raise DamagedError("is a record larger than a page may be")
    record = window.look(size)
    if len(record) < size:
        raise DamagedError("is cut off: the file ends in the middle of a record, or its length is wrong")
    behind = window.look(16, size)
    if (
        not behind.startswith((b"\r\n\r\n", b"\n\n"))
        and not behind.lstrip(b"\r\n").startswith((_MARK, _GZIP))
        and behind.strip()
    ):
        raise DamagedError("is a record whose length is wrong")
    window.go(size)
    return record


@dataclass(frozen=True, slots=True)
class _Record:
    """What FastWARC reads in a record."""

    kind: str
    url: str | None
    captured: str | None
    status: int
    media_type: str
    encoding: str
    chunked: bool
    body: bytes


def _record(data: bytes, reader: Any) -> _Record | None:
    """None where there is no record in these bytes."""
    try:
        found = next(reader(io.BytesIO(data), parse_http=True, auto_decode="none"), None)
        if found is None:
            return None
        head = found.http_headers if found.is_http and found.is_http_parsed else None
        return _Record(
            kind=(found.headers.get("WARC-Type") or "").strip().lower(),
            url=web_address((found.headers.get("WARC-Target-URI") or "").strip("<> ")),
            captured=cleaned(found.headers.get("WARC-Date"), 40),
            status=(head.status_code or 0) if head is not None else 200,
            media_type=((head if head is not None else found.headers).get("Content-Type") or "").strip(),
            encoding=(head.get("Content-Encoding") or "") if head is not None else "",
            chunked=head is not None and "chunked" in (head.get("Transfer-Encoding") or "").lower(),
            body=found.reader.read(LARGEST_RECORD + 1),
        )
    except (OSError, ValueError, EOFError, RuntimeError, StopIteration, MemoryError):
        return None


def _item(data: bytes, place: str, reader: Any) -> Item:
    """What is in a record: a page (response), a text (resource, conversion), or nothing to read."""
    record = _record(data, reader)
    if record is None:
        return Refusal(place, "is a record that cannot be read")
    if record.kind not in ("response", "resource", "conversion"):
        return Passed(place, f"a {record.kind[:30] or 'nameless'} record")
    if record.status != 200:
        return Passed(place, f"an answer with status {record.status}")
    if record.media_type and not _TEXT.match(record.media_type):
        return Passed(place, f"of type {record.media_type.split(';')[0].strip()[:60]}")
    body = record.body
    try:
        if record.chunked:
            body = _dechunked(body)
        if record.encoding:
            body = b"".join(unpacked(iter([body]), record.encoding, LARGEST_RECORD))
    except (DamagedError, zlib.error) as error:
        if body.lstrip()[:1] != b"<":  # many crawlers store it unpacked and leave the header
            return Refusal(
                place, str(error) if isinstance(error, DamagedError) else "is damaged: it cannot be unpacked"
            )
    notes = (f"captured {record.captured}",) if record.captured else ()
    return Manuscript(body, place, record.media_type or None, hints=Carried(url=record.url), notes=notes)


_CHUNK = re.compile(rb"([0-9a-fA-F]{1,8})[^\r\n]{0,200}\r?\n")


def _dechunked(body: bytes) -> bytes:
    """A body in chunks put together. Many crawlers store it whole and leave the header: then it is as it should be."""
    parts: list[bytes] = []
    at = 0
    while found := _CHUNK.match(body, at):
        size = int(found[1], 16)
        if size == 0:
            return b"".join(parts)
        if found.end() + size > len(body):
            break
        parts.append(body[found.end() : found.end() + size])
        at = found.end() + size
        at += 2 if body[at : at + 2] == b"\r\n" else 1 if body[at : at + 1] == b"\n" else 0
    return body if not parts else b"".join(parts) + body[at:]


def _reader() -> Any:
    try:
        from fastwarc.warc import ArchiveIterator
    except ImportError:
        raise missing("a web archive (WARC, WACZ)", "fastwarc", "warc") from None
    return ArchiveIterator
