"""Packed data in portions of any size; bombs; streams of several members."""

from __future__ import annotations

import bz2
import contextlib
import gzip
import io
import lzma
import zlib
from collections.abc import Iterator

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.intake.unpacked import DamagedError, packing_of, unpacked, unpacking

TEXT = "Die Brücke bleibe zu, teilte die Stadt mit. ".encode() * 4000


def portions(data: bytes, size: int) -> Iterator[bytes]:
    return (data[at : at + size] for at in range(0, len(data), size))


PACKED = {
    "gzip": gzip.compress(TEXT),
    "gzip of two members": gzip.compress(TEXT[:777]) + gzip.compress(TEXT[777:]),
    "gzip with padding": gzip.compress(TEXT) + bytes(512),
    "deflate": zlib.compress(TEXT),
    "deflate raw": zlib.compress(TEXT)[2:-4],
    "br": brotli.compress(TEXT),
    "xz": lzma.compress(TEXT),
    "xz of two streams": lzma.compress(TEXT[:777]) + bytes(8) + lzma.compress(TEXT[777:]),
    "bz2": bz2.compress(TEXT),
    "bz2 of two streams": bz2.compress(TEXT[:777]) + bz2.compress(TEXT[777:]),
}
SMALL = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "xz": lzma.compress,
    "bz2": bz2.compress,
}


@pytest.mark.parametrize("how", PACKED)
@given(size=st.integers(1, 3000))
def test_portions_of_any_size_give_the_same(how: str, size: int) -> None:
    encoding = how.split()[0]
    data = PACKED[how]
    if size < 8:
        data, text = SMALL[encoding](b"kurz"), b"kurz"
    else:
        text = TEXT
    assert b"".join(unpacked(portions(data, size), encoding, len(TEXT))) == text


@given(st.binary(max_size=2000), st.sampled_from(sorted(SMALL)))
def test_any_bytes_are_unpacked_or_refused(data: bytes, encoding: str) -> None:
    with contextlib.suppress(DamagedError, zlib.error):
        assert len(b"".join(unpacked(portions(data, 100), encoding, 1_000_000))) <= 1_000_000


@given(st.integers(0, len(PACKED["gzip"]) - 1), st.integers(1, 255))
def test_a_flipped_byte_is_told(at: int, flip: int) -> None:
    data = bytearray(PACKED["gzip"])
    data[at] ^= flip
    with contextlib.suppress(DamagedError, zlib.error):
        assert b"".join(unpacked(portions(bytes(data), 512), "gzip", len(TEXT))) == TEXT  # in the head: no harm done


def test_a_stream_says_when_it_is_cut_off_and_keeps_to_its_limit() -> None:
    assert unpacking(io.BytesIO(PACKED["gzip"])).read() == TEXT
    with pytest.raises(DamagedError, match="cut off"):
        unpacking(io.BytesIO(PACKED["gzip"][:-9])).read()
    with pytest.raises(DamagedError, match="larger than"):
        unpacking(io.BytesIO(PACKED["gzip"]), most=1000).read()
    with pytest.raises(DamagedError, match="bomb"):
        unpacking(io.BytesIO(gzip.compress(bytes(50_000_000)))).read()


@pytest.mark.parametrize("how", ["gzip", "xz", "bz2"])
def test_how_a_file_is_packed_is_seen_from_its_first_bytes(how: str) -> None:
    found = packing_of(SMALL[how](TEXT))
    assert found is not None
    assert found[0] == how
    assert unpacking(io.BytesIO(SMALL[how](TEXT)), how).read() == TEXT
    with pytest.raises(DamagedError, match="bomb"):
        unpacking(io.BytesIO(SMALL[how](bytes(50_000_000))), how).read()
    with pytest.raises((DamagedError, zlib.error)):
        unpacking(io.BytesIO(SMALL[how](TEXT)[:-9]), how).read()


def test_a_text_may_begin_like_a_packed_file() -> None:
    assert packing_of(b"BZh ist kein Wort.") is None
