"""How is packed data unpacked without filling the memory? gzip, deflate, brotli, xz and bzip2, counted while they come out.

A few hundred bytes can unpack to gigabytes. So output is made in small portions, and it stops where there is more of it than
allowed: in all, or in relation to what went in (prose packs at 3:1, tables at 30:1, nothing honest beyond 200:1).
"""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, Protocol

from reportedly.errors import InputError

RATIO, FREE = 200, 1_000_000
"""From a million bytes on, more than 200 times what went in is a bomb."""
_STEP = 1 << 16
_XZ_MEMORY = 200_000_000
"""xz names the memory that it needs; `xz -9` needs 65 MB."""


class DamagedError(Exception):
    """Packed data that cannot be unpacked: the end of a sentence for the user."""


class _Tap(Protocol):
    """One packing: bytes in, at most so many bytes out; `pending` while more would come of what went in."""

    pending: bool

    def give(self, data: bytes) -> bytes: ...
    def finished(self) -> bool: ...


class _Zlib:
    """gzip (one member after the other), zlib, or deflate without a head, as some servers send it."""

    def __init__(self, bits: int) -> None:
        self._bits, self._packed, self._rest, self._begun = bits, zlib.decompressobj(bits), b"", False
        self.pending = False

    def give(self, data: bytes) -> bytes:
        data = self._rest + data
        if self._packed.eof:
            if data == b"\x1f":
                self._rest, self.pending = data, False
                return b""  # perhaps half the mark of the next member
            if not data.startswith(b"\x1f\x8b"):
                self._rest, self.pending = b"", False
                return b""  # padding behind the last member
            self._packed = zlib.decompressobj(self._bits)
        try:
            out = self._packed.decompress(data, _STEP)
        except zlib.error:
            if self._begun or self._bits != zlib.MAX_WBITS:
                raise
            self._packed = zlib.decompressobj(-zlib.MAX_WBITS)
            out = self._packed.decompress(data, _STEP)
        self._begun = True
        self._rest = self._packed.unused_data if self._packed.eof else self._packed.unconsumed_tail
        self.pending = bool(self._rest) or len(out) == _STEP
        return out

    def finished(self) -> bool:
        return self._packed.eof or not self._begun


class _Brotli:
    def __init__(self) -> None:
        import brotli

        self._packed, self._error = brotli.Decompressor(), brotli.error
        self.pending = False

    def give(self, data: bytes) -> bytes:
        try:
            out: bytes = self._packed.process(data, output_buffer_limit=_STEP)
        except self._error as error:
            raise zlib.error(str(error)) from None
        self.pending = len(out) >= _STEP or not self._packed.can_accept_more_data()
        return out

    def finished(self) -> bool:
        return bool(self._packed.is_finished())


class _Streamed:
    """xz and bzip2: the standard library's decompressors, which tell by themselves when they need more."""

    def __init__(self, new: Callable[[], bz2.BZ2Decompressor | lzma.LZMADecompressor]) -> None:
        self._new, self._packed, self._begun = new, new(), False
        self.pending = False

    def give(self, data: bytes) -> bytes:
        if self._packed.eof:
            data = (self._packed.unused_data + data).lstrip(b"\0")
            if not data:
                self.pending = False
                return b""
            self._packed = self._new()
        self._begun = True
        try:
            out = self._packed.decompress(data, _STEP)
        except (lzma.LZMAError, OSError, EOFError, ValueError) as error:
            raise zlib.error(str(error)) from None
        self.pending = bool(self._packed.unused_data) if self._packed.eof else not self._packed.needs_input
        return out

    def finished(self) -> bool:
        return self._packed.eof or not self._begun


def taps(encoding: str) -> list[_Tap]:
    """The tap for a `Content-Encoding`; several packings around each other are refused, no honest server sends them."""
    names = [name.strip().lower() for name in encoding.split(",")]
    names = [name for name in names if name and name != "identity"]
    if len(names) > 1:
        raise DamagedError(f"is packed several times over ({', '.join(names)[:60]}); refused")
    if not names:
        return []
    if names[0] in ("gzip", "x-gzip"):
        return [_Zlib(zlib.MAX_WBITS | 16)]
    if names[0] == "deflate":
        return [_Zlib(zlib.MAX_WBITS)]
    if names[0] == "xz":
        return [_Streamed(lambda: lzma.LZMADecompressor(memlimit=_XZ_MEMORY))]
    if names[0] == "bz2":
        return [_Streamed(bz2.BZ2Decompressor)]
    if names[0] == "br":
        try:
            return [_Brotli()]
        except ImportError:
            raise DamagedError('is packed with brotli; install it with: pip install "reportedly[web]"') from None
    raise DamagedError(f'is packed in a way that cannot be unpacked here ("{names[0][:30]}")')


def unpacked(portions: Iterator[bytes], encoding: str, most: int) -> Iterator[bytes]:
    """The portions unpacked; raises DamagedError for a bomb, for more than `most` bytes, for what is cut off or broken."""
    found = taps(encoding)
    came = went = 0
    tap = found[0] if found else None
    for portion in portions:
        came += len(portion)
        out = tap.give(portion) if tap else portion
        while True:
            went += len(out)
            if went > most:
                raise DamagedError(f"is larger than {most:,} bytes; refused")
            if tap and went > FREE and went > RATIO * came:
                raise DamagedError(f"unpacks to more than {RATIO} times its size (a decompression bomb?); refused")
            if out:
                yield out
            if tap is None or not tap.pending:
                break
            out = tap.give(b"")
    if tap and not tap.finished():
        raise DamagedError("is cut off: its packed data ends too early")


PACKED = ((b"\x1f\x8b\x08", "gzip", ".gz"), (b"\xfd7zXZ\x00", "xz", ".xz"), (b"BZh", "bz2", ".bz2"))
"""How a packed file begins, how it is packed, how it is called."""


def packing_of(head: bytes) -> tuple[str, str] | None:
    """How a file is packed and the ending of its name; None where it is not, or in another way."""
    found = next(((how, suffix) for mark, how, suffix in PACKED if head.startswith(mark)), None)
    return None if found and found[0] == "bz2" and head[4:10] != b"1AY&SY" else found


class Unpacked(io.RawIOBase):
    """A packed file as a stream of what is in it, bounded like everything else."""

    def __init__(self, stream: BinaryIO, how: str, most: int) -> None:
        super().__init__()
        self._parts = unpacked(iter(lambda: stream.read(_STEP), b""), how, most)
        self._left = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if not self._left:
            self._left = memoryview(next(self._parts, b""))
        size = min(len(buffer), len(self._left))
        buffer[:size] = self._left[:size]
        self._left = self._left[size:]
        return size


def unpacking(stream: BinaryIO, how: str = "gzip", most: int = 1 << 50) -> BinaryIO:
    """The bytes inside a packed stream, at most `most`; reading raises DamagedError or zlib.error where they are broken."""
    return io.BufferedReader(Unpacked(stream, how, most), 1 << 17)


def missing(what: str, package: str, extra: str) -> InputError:
    """The letter to somebody who has not installed an extra."""
    return InputError(
        what, f'needs "{package}", which is not installed; install it with: pip install "reportedly[{extra}]"'
    )
