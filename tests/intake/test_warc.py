"""Web archives: what is read, what is passed over, and what is left when bytes are damaged."""

from __future__ import annotations

import gzip
import io
import random
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import brotli
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from reportedly.intake import take_in_from
from reportedly.intake.parcel import Item, Manuscript, Passed
from reportedly.intake.warc import records
from reportedly.model.article import Article, Refusal
from webarchive import archive, page, response


def read(data: bytes) -> list[Item]:
    return list(records(io.BytesIO(data), "a.warc", None))


@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc"])
def test_pages_with_the_byte_where_their_record_begins(tmp_path: Path, name: str) -> None:
    data, starts = archive(4, name.endswith("gz"))
    (tmp_path / name).write_bytes(data)
    found = list(take_in_from([tmp_path]))
    assert [item.origin for item in found] == [f"{tmp_path / name}#offset={start}" for start in starts]
    for number, item in enumerate(found):
        assert isinstance(item, Article)
        assert (item.url, item.title, item.outlet) == (
            f"https://talbote.example/{number}",
            f"Brücke {number}",
            "talbote.example",
        )
        assert "captured 2026-03-18T12:00:00Z" in item.notes
        assert item.published is None  # when it was captured is not when it was published
        assert list(take_in_from([item.origin or ""])) == [item]
    assert list(take_in_from([f"{tmp_path / name}#offset={len(data) + 9}"])) == [
        Refusal(f"{tmp_path / name}#offset={len(data) + 9}", "lies behind the end of the file; it has changed")
    ]


def test_what_is_no_page_is_passed_over_and_counted() -> None:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "wir"}))
    response(writer, "https://talbote.example/bild.png", b"\x89PNG", Content_Type="image/png")
    response(writer, "https://talbote.example/weg", b"weg", "404 Not Found")
    response(writer, "https://talbote.example/alt", b"", "301 Moved", Location="/neu")
    request = StatusAndHeaders("GET / HTTP/1.1", [("Host", "talbote.example")], is_http_request=True)
    writer.write_record(writer.create_warc_record("https://talbote.example/", "request", http_headers=request))
    writer.write_record(
        writer.create_revisit_record(
            "https://talbote.example/", "sha1:x", "https://talbote.example/", "2026-01-01T00:00:00Z"
        )
    )
    text = {"Content-Type": "text/plain"}
    writer.write_record(
        writer.create_warc_record(
            "https://talbote.example/t", "conversion", payload=io.BytesIO("Über Öl".encode()), warc_headers_dict=text
        )
    )
    found = read(out.getvalue())
    assert [item.why for item in found if isinstance(item, Passed)] == [
        "a warcinfo record", "of type image/png", "an answer with status 404", "an answer with status 301", "a request record", "a revisit record",
    ]  # fmt: skip
    (piece,) = [item for item in found if isinstance(item, Manuscript)]
    assert piece.content == "Über Öl".encode()


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [("gzip", gzip.compress), ("br", brotli.compress), ("deflate", zlib.compress), ("gzip", bytes)],
)
def test_bodies_packed_or_in_chunks_or_only_called_so(encoding: str, pack: object) -> None:
    body = pack(page(1))  # type: ignore[operator]
    chunked = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (body[:50], body[50:])) + b"0\r\n\r\n"
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    response(writer, "https://talbote.example/1", body, Content_Encoding=encoding)
    response(writer, "https://talbote.example/2", chunked, Content_Encoding=encoding, Transfer_Encoding="chunked")
    response(writer, "https://talbote.example/3", body, Content_Encoding=encoding, Transfer_Encoding="chunked")
    assert [item.content for item in read(out.getvalue()) if isinstance(item, Manuscript)] == [page(1)] * 3


def test_damaged_bytes_cost_the_records_they_are_in_and_no_other() -> None:
    """1 to 5 flipped bytes in files of 30 pages. Of the untouched pages at least 99.5 % must come; the rest is refused by place."""
    chance = random.Random(20_260_318)
    data, starts = archive(30)
    ends = [*starts[1:], len(data)]
    wanted = got = told = 0
    for _ in range(150):
        damaged = bytearray(data)
        hit = set()
        for _ in range(chance.randint(1, 5)):
            at = chance.randrange(len(data))
            damaged[at] ^= chance.randint(1, 255)
            hit.add(next(n for n, end in enumerate(ends) if at < end))
        found = read(bytes(damaged))
        whole = {starts[n] for n in range(30) if n not in hit}
        here = {
            int(item.origin.split("=")[1]) for item in found if isinstance(item, Manuscript) and item.content in PAGES
        }
        wanted += len(whole)
        got += len(whole & here)
        refused = [int(item.origin.split("=")[1]) for item in found if isinstance(item, Refusal)]
        assert all(place in starts for place in refused), "a refusal says where the damaged record begins"
        told += len(refused)
    print(
        f"\n{got:,} of {wanted:,} untouched records read from 150 damaged files; {told} damages told with their place"
    )
    assert got >= 0.995 * wanted


PAGES = {page(number) for number in range(30)}


@pytest.mark.parametrize("packed", [True, False])
def test_a_file_that_is_cut_off_gives_all_whole_records(packed: bool) -> None:
    data, starts = archive(5, packed)
    found = read(data[: starts[4] + 300])
    assert [type(item) for item in found] == [Manuscript] * 4 + [Refusal]
    assert "cut off" in found[-1].reason  # type: ignore[union-attr]
    assert found[-1].origin == f"a.warc#offset={starts[4]}"


def test_damage_in_a_file_that_is_not_packed() -> None:
    data, starts = archive(5, packed=False)
    head = bytearray(data)
    head[starts[2] : starts[2] + 8] = b"KAPUTT!!"
    found = read(bytes(head))
    assert [item.origin for item in found if isinstance(item, Manuscript)] == [
        f"a.warc#offset={starts[n]}" for n in (0, 1, 3, 4)
    ]
    length = data.replace(b"Content-Length: ", b"Content-Length: 9", 3)
    assert [item.origin for item in read(length) if isinstance(item, Manuscript)][-1].startswith("a.warc#offset=")


def test_a_bomb_among_the_records_is_refused_and_the_next_one_read() -> None:
    data, starts = archive(2)
    head = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: text/html\r\nContent-Length: 300000000\r\n\r\n"
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    bomb = b"".join([packer.compress(head), *(packer.compress(bytes(1_000_000)) for _ in range(300)), packer.flush()])
    inner = io.BytesIO()
    response(
        WARCWriter(inner, gzip=True),
        "https://talbote.example/b",
        gzip.compress(bytes(100_000_000)),
        Content_Encoding="gzip",
    )
    tracemalloc.start()
    found = read(data[: starts[1]] + bomb + inner.getvalue() + data[starts[1] :])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [type(item) for item in found] == [Manuscript, Refusal, Refusal, Manuscript]
    assert "bomb" in found[1].reason  # type: ignore[union-attr]
    assert "bomb" in found[2].reason  # type: ignore[union-attr]
    assert peak < 60_000_000


def wacz(path: Path, members: dict[str, bytes], how: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(path, "w", how) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return path


def test_a_wacz_is_its_warcs(tmp_path: Path) -> None:
    data, starts = archive(2)
    path = wacz(
        tmp_path / "a.wacz",
        {
            "datapackage.json": b"{}",
            "archive/eins.warc.gz": data,
            "indexes/index.cdx": b"x",
            "archive/zwei.warc": archive(1, False)[0],
        },
    )
    passed: list[Passed] = []
    found = list(take_in_from([path], passed=passed.append))
    assert [item.origin for item in found] == [
        f"{path}#member=archive/eins.warc.gz&offset=0",
        f"{path}#member=archive/eins.warc.gz&offset={starts[1]}",
        f"{path}#member=archive/zwei.warc&offset=0",
    ]
    for item in found:
        assert list(take_in_from([item.origin or ""])) == [item]
    assert [p.origin.split("#")[1] for p in passed] == ["member=datapackage.json", "member=indexes/index.cdx"]


def test_a_wacz_that_is_damaged_or_a_bomb_or_climbs_out(tmp_path: Path) -> None:
    data, _ = archive(1)
    climbing = wacz(
        tmp_path / "a.wacz", {"datapackage.json": b"{}", "../../archive/x.warc.gz": data, "/abs.warc.gz": data}
    )
    assert all(isinstance(item, Article) for item in take_in_from([climbing]))
    assert sorted(p.name for p in tmp_path.parent.rglob("x.warc.gz")) == []
    bomb = wacz(
        tmp_path / "b.wacz",
        {"datapackage.json": b"{}", "archive/a.warc": b"WARC/1.0\r\n" + bytes(50_000_000)},
        zipfile.ZIP_DEFLATED,
    )
    (found,) = take_in_from([bomb])
    assert isinstance(found, Refusal)
    assert "bomb" in found.reason
    broken = tmp_path / "c.wacz"
    broken.write_bytes(climbing.read_bytes()[:-40])
    (found,) = take_in_from([broken])
    assert isinstance(found, Refusal)
    assert "damaged ZIP" in found.reason
    empty = wacz(tmp_path / "d.wacz", {"datapackage.json": b"{}"})
    (found,) = take_in_from([empty])
    assert isinstance(found, Refusal)
    assert "without a WARC" in found.reason


def test_a_warc_from_standard_input() -> None:
    data, _ = archive(2)

    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.rest = data

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            part, self.rest = self.rest[:100], self.rest[100:]
            buffer[: len(part)] = part
            return len(part)

    found = list(take_in_from(["-"], stdin=Pipe()))  # type: ignore[arg-type]
    assert [type(item) for item in found] == [Article, Article]
