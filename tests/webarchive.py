"""Web archives for tests: pages of our own writing, packed as a crawler packs them."""

from __future__ import annotations

import io

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter


def page(number: int) -> bytes:
    words = f"Die Brücke {number} bleibe bis Ostern gesperrt, teilte die Stadt mit. " * 3
    return f"<html><body><article><h1>Brücke {number}</h1><p>{words}</p><p>{words}</p></article></body></html>".encode()


def response(writer: WARCWriter, url: str, body: bytes, status: str = "200 OK", **headers: str) -> None:
    fields = {"Content-Type": "text/html; charset=utf-8"} | {k.replace("_", "-"): v for k, v in headers.items()}
    head = StatusAndHeaders(status, list(fields.items()), protocol="HTTP/1.1")
    date = {"WARC-Date": "2026-03-18T12:00:00Z"}
    writer.write_record(
        writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=head, warc_headers_dict=date)
    )


def archive(pages: int, packed: bool = True) -> tuple[bytes, list[int]]:
    """A WARC with this many pages, and the byte where each begins."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    starts = []
    for number in range(pages):
        starts.append(out.tell())
        response(writer, f"https://talbote.example/{number}", page(number))
    return out.getvalue(), starts
