"""Packed data in portions of any size; bombs; streams of several members."""

from __future__ import annotations

import contextlib
import gzip
import io
import zlib
from collections.abc import Iterator

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.intake.unpacked import DamagedError, gunzipped, unpacked

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
}


@pytest.mark.parametrize("how", PACKED)
@given(size=st.integers(1, 3000))
def test_portions_of_any_size_give_the_same(how: str, size: int) -> None:
    encoding = how.split()[0]
    data = PACKED[how]
    if size < 8:
        data, text = (
            {"gzip": gzip.compress(b"kurz"), "deflate": zlib.compress(b"kurz"), "br": brotli.compress(b"kurz")}[
                encoding
            ],
            b"kurz",
        )
    else:
        text = TEXT
    assert b"".join(unpacked(portions(data, size), encoding, len(TEXT))) == text


@given(st.binary(max_size=2000), st.sampled_from(["gzip", "deflate", "br"]))
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
    assert gunzipped(io.BytesIO(PACKED["gzip"])).read() == TEXT
    with pytest.raises(DamagedError, match="cut off"):
        gunzipped(io.BytesIO(PACKED["gzip"][:-9])).read()
    with pytest.raises(DamagedError, match="larger than"):
        gunzipped(io.BytesIO(PACKED["gzip"]), 1000).read()
    with pytest.raises(DamagedError, match="bomb"):
        gunzipped(io.BytesIO(gzip.compress(bytes(50_000_000)))).read()
