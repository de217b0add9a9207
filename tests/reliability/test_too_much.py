"""What fills memories and days: decompression bombs, streams without end, pages made to be slow. Refused in words, or read in time."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import random
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, cast

import brotli
import pytest

import webserver
from promises import FULL, new_peak, peak, promise, times
from reportedly.intake import take_in, take_in_from
from reportedly.model.article import Article, Refusal

SEED = 2026
TEXT = "Die Stadt teilte am Montag mit, die Brücke bleibe bis Ostern gesperrt. "
UNPACKED = times(60, 1000) * 1_000_000
MEMORY = 450
"""MB that an input may take beyond what the program has."""


def zeros(packer: object, size: int) -> bytes:
    """So many zero bytes, packed in portions."""
    portion, out = bytes(1 << 20), []
    for _ in range(size >> 20):
        out.append(packer.compress(portion) if hasattr(packer, "compress") else packer.process(portion))  # type: ignore[attr-defined]
    out.append(packer.flush() if hasattr(packer, "flush") else packer.finish())  # type: ignore[attr-defined]
    return b"".join(out)


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return out.getvalue()


def record(body: bytes, headers: bytes = b"", length: int | None = None) -> bytes:
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + headers + b"\r\n" + body
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://talbote.example/1\r\nContent-Type: application/http; msgtype=response\r\n"
    return head + b"Content-Length: %d\r\n\r\n" % (length or len(page)) + page + b"\r\n\r\n"


def bombs() -> dict[str, bytes]:
    once = zeros(zlib.compressobj(9, wbits=31), UNPACKED)
    page = b"<html><body><p>" + bytes(UNPACKED >> 3) + b"</p>"
    return {
        "gzip": once,
        "gzip of gzip": gzip.compress(once),
        "xz": zeros(lzma.LZMACompressor(preset=1), UNPACKED),
        "bz2": zeros(bz2.BZ2Compressor(9), UNPACKED >> 3),
        "xz of gzip": lzma.compress(once),
        "many members": gzip.compress(bytes(1 << 20)) * (UNPACKED >> 20),
        "a WACZ with a bomb": zipped(
            {"datapackage.json": b"{}", "archive/data.warc": b"WARC/1.0\r\n" + bytes(UNPACKED >> 2)}
        ),
        "a WACZ with a packed bomb": zipped({"datapackage.json": b"{}", "archive/data.warc.gz": once}),
        "a zip of zips": zipped({"archive/data.warc": zipped({"archive/data.warc": bytes(UNPACKED >> 3)})}),
        "a WARC member": gzip.compress(record(page)),
        "a WARC whose page is packed": record(zlib.compress(page), b"Content-Encoding: deflate\r\n"),
        "a WARC whose page is packed with brotli": record(
            zeros(brotli.Compressor(quality=5), UNPACKED), b"Content-Encoding: br\r\n"
        ),
        "JSON in gzip": gzip.compress(b'[{"text": "' + b"a" * UNPACKED + b'"}]'),
        "CSV in gzip": gzip.compress(b'text\n"' + b"a" * UNPACKED),
        "entities": b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "'
        + b"a" * 1000
        + b'">'
        + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a;" * 50) for n in range(20))
        + b"]><rss><channel><item><title>&a19;</title></item></channel></rss>",
        "brackets": b'{"text": ' + b"[" * 5_000_000,
    }


def test_bombs() -> None:
    with promise("decompression bombs", "bombs") as tried:
        for name, data in bombs().items():
            before, began = new_peak(), time.process_time()
            try:
                found = list(take_in_from(["-"], stdin=io.BytesIO(data), language="de"))
                tried.held(
                    found and all(isinstance(item, Refusal) and item.reason for item in found), f"{name}: {found}"[:200]
                )
            except Exception as error:
                tried.failed(f"{name}: {type(error).__name__}: {error}")
            grown, seconds = (peak() - before) // 1024, time.process_time() - began
            tried.held(grown < MEMORY, f"{name}: {grown} MB")
            tried.held(seconds < 60, f"{name}: {seconds:.1f} s")
            tried.once()
        tried.remark(f"{UNPACKED // 1_000_000:,} MB unpacked each")


def test_bombs_from_a_server() -> None:
    packed = {
        "gzip": zeros(zlib.compressobj(9, wbits=31), UNPACKED),
        "deflate": zeros(zlib.compressobj(9), UNPACKED),
        "br": zeros(brotli.Compressor(quality=5), UNPACKED),
    }
    with promise("decompression bombs from a server", "answers") as tried, webserver.web() as web:
        for how, data in packed.items():
            for kind in ("text/html", "application/rss+xml", "application/json"):
                url = web.put(f"/{how}/{kind}", webserver.says(data, kind, Content_Encoding=how))
                before, began = new_peak(), time.process_time()
                with web.fetcher(robots=False) as fetcher:
                    (found,) = take_in_from([url], fetcher=fetcher)
                tried.held(isinstance(found, Refusal) and "bomb" in found.reason, f"{how}: {found}"[:200])
                tried.held((peak() - before) // 1024 < MEMORY, f"{how}: {(peak() - before) // 1024} MB")
                tried.held(time.process_time() - began < 20, f"{how}: too long")
                tried.once()


class Endless(io.RawIOBase):
    """A stream of so many bytes: a beginning, then the same again and again."""

    def __init__(self, begin: bytes, portion: bytes, size: int) -> None:
        super().__init__()
        self._begin, self._portion, self.left = begin, portion * (1 + (1 << 16) // len(portion)), size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._begin or self._portion
        size = min(len(buffer), len(data), self.left)
        buffer[:size] = data[:size]
        self._begin = self._begin[size:]
        self.left -= size
        return size


STREAMS: dict[str, tuple[bytes, bytes]] = {
    "text": (b"", TEXT.encode()),
    "one word": (b"", b"a"),
    "a page": (b"<html><body>", f"<p>{TEXT}</p>".encode()),
    "a tag": (b"<html><body><p ", b"a=1 "),
    "zeros": (b"", b"\0"),
    "a list in JSON": (b"[", json.dumps({"text": TEXT}).encode() + b","),
    "one line of JSONL": (b'{"text": "', b"abc "),
    "one cell of CSV": (b'title,text,date\na,"', b"abc "),
    "one row of CSV": (b"title,text,date\n", b"a,"),
    "a feed": (b'<?xml version="1.0"?><rss><channel>', b"<item><title>a</title></item>"),
    "a sitemap": (b"<urlset>", b"<url><loc>https://talbote.example/1</loc></url>"),
    "a record of a WARC": (record(b"<p>", length=1 << 33)[:-4], TEXT.encode()),
    "the head of a record": (b"WARC/1.0\r\nWARC-Type: response\r\n", b"X-A: b\r\n"),
    "a ZIP": (b"PK\x03\x04datapackage.json", b"\0"),
}


@pytest.mark.parametrize("name", STREAMS)
def test_a_stream_of_two_gigabytes(name: str) -> None:
    size = 2_000_000_000 if FULL else 90_000_000
    with promise(f"a stream of two gigabytes: {name}", "MB offered") as tried:
        stream = Endless(*STREAMS[name], size)
        before, began = new_peak(), time.process_time()
        found = list(take_in_from(["-"], stdin=cast(BinaryIO, io.BufferedReader(stream)), language="de"))
        seconds, grown = time.process_time() - began, (peak() - before) // 1024
        tried.once(size // 1_000_000)
        tried.held(found and all(isinstance(item, Refusal) for item in found), f"{found}"[:200])
        tried.held(grown < MEMORY, f"{grown} MB")
        tried.held(seconds < 120, f"{seconds:.0f} s")
        tried.remark(
            f"{(size - stream.left) // 1_000_000:,} MB looked at, memory +{grown} MB: {getattr(found[0], 'reason', '')[:80]}"
        )


SAID = f"<p>{TEXT * 3}</p>"
SHAPES: dict[str, Callable[[int], str]] = {
    "cells": lambda n: "<table>" + ("<tr>" + "<td>x</td>" * 10 + "</tr>") * (n // 10) + "</table>",
    "marked cells": lambda n: '<pre class="caption">2024-10-28 ab cd</pre>' * n,
    "paragraphs": lambda n: "<p>ab</p>" * n,
    "items": lambda n: "<ul>" + "<li>ab" * n + "</ul>",
    "links": lambda n: '<div><a href="/x">y z</a></div>' * (n // 2),
    "lists in lists": lambda n: ("<ul><li>" * 90 + TEXT + "</ul>" * 90) * (n // 180),
    "headings": lambda n: "<h2>Ab cd</h2>" * n,
    "captions": lambda n: f"<figure><figcaption>{TEXT}</figcaption></figure>" * (n // 2),
    "attributes": lambda n: "<p " + " ".join(f"a{i}=1" for i in range(n)) + ">x</p>",
    "inline": lambda n: "<p>" + "<b>x</b>" * n + "</p>",
    "nested": lambda n: "<div>" * n + "x" + "</div>" * n,
    "angles": lambda n: "<a '" * n,
}


def shapes() -> Iterator[tuple[str, str]]:
    for name, shape in SHAPES.items():
        for n in (2_400, 19_000) if not FULL else (800, 2_400, 10_000, 19_000, 60_000):
            yield (
                f"{name} x {n:,}",
                f"<html><body><article><h1>Brücke</h1>{SAID}{shape(n)}{SAID}</article></body></html>",
            )


def test_pages_made_to_be_slow() -> None:
    """The deadline of the process apart is 10 s of computing; here counts what the user waits, on a machine that does other things too."""
    slowest = (0.0, "")
    with promise("pages made to be slow", "pages", SEED) as tried:
        pages = list(shapes())
        for name, page in pages if FULL else random.Random(SEED).sample(pages, 6):
            began = time.monotonic()
            found = take_in(page.encode(), language="de")
            seconds = time.monotonic() - began
            slowest = max(slowest, (seconds, name))
            tried.held(isinstance(found, Article) and "bis Ostern gesperrt" in found.text, f"{name}: {found}"[:100])
            tried.held(seconds < 150, f"{name}: {seconds:.0f} s")
            tried.once()
        tried.remark(f"slowest: {slowest[1]}, {slowest[0]:.1f} s")
