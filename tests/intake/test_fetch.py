"""Fetching on a web as it is: endless pages, bombs, lies about length and type, servers that ask for patience."""

from __future__ import annotations

import gzip
import shutil
import ssl
import subprocess
import threading
import time
import tracemalloc
import zlib
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest

import webserver
from reportedly.errors import InputError
from reportedly.intake.fetch import Fetched, Unchanged, Validators
from reportedly.model.article import Refusal
from webserver import Web, endless, leads_to, raw, says

PAGE = "<html><body><h1>Brücke</h1><p>Die Brücke bleibe zu, teilte die Stadt mit.</p></body></html>"


@pytest.fixture
def web() -> Iterator[Web]:
    with webserver.web() as running:
        yield running


def got(web: Web, url: str, **manners: object) -> Fetched:
    with web.fetcher(**manners) as fetcher:
        found = fetcher.fetch(url)
    assert isinstance(found, Fetched), found
    return found


def refused(web: Web, url: str, **manners: object) -> str:
    with web.fetcher(**manners) as fetcher:
        found = fetcher.fetch(url)
    assert isinstance(found, Refusal), found
    assert found.origin == url
    assert "\n" not in found.reason
    return found.reason


def test_a_page_with_its_address_its_time_and_what_to_ask_with_next_time(web: Web) -> None:
    url = web.put("/a", says(PAGE, ETag='"7"', Last_Modified="Tue, 17 Mar 2026 08:00:00 GMT"))
    found = got(web, url, robots=False)
    assert found.data.decode() == PAGE
    assert (found.url, found.at, found.media_type) == (url, "2026-03-18T12:00:00Z", "text/html; charset=utf-8")
    assert found.origin == f"{url} fetched=2026-03-18T12:00:00Z"
    assert found.validators == Validators('"7"', "Tue, 17 Mar 2026 08:00:00 GMT")


def test_no_cookies_no_credentials_and_a_name_with_a_contact(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://{webserver.CANARY}:{web.port}")
    monkeypatch.setenv("ALL_PROXY", f"http://{webserver.CANARY}:{web.port}")
    web.put("/a", says(PAGE, Set_Cookie="wer=du; Path=/"))
    with web.fetcher(contact="https://talbote.example/archiv", robots=False) as fetcher:
        for _ in range(2):
            assert isinstance(fetcher.fetch(web.address("/a")), Fetched)
    assert all("cookie" not in sent and "authorization" not in sent for sent in web.headers)
    assert web.headers[-1]["user-agent"].startswith("reportedly/")
    assert web.headers[-1]["user-agent"].endswith("(+https://talbote.example/archiv)")
    assert web.reached == []


def test_asked_with_validators_the_server_may_say_that_nothing_changed(web: Web) -> None:
    url = web.put("/a", says(b"", "", 304))
    with web.fetcher() as fetcher:
        found = fetcher.fetch_if_changed(url, Validators('"7"', "Tue, 17 Mar 2026 08:00:00 GMT"))
        assert isinstance(found, Unchanged)
        assert web.headers[-1]["if-none-match"] == '"7"'
        assert web.headers[-1]["if-modified-since"] == "Tue, 17 Mar 2026 08:00:00 GMT"
        assert isinstance(fetcher.fetch(url), Refusal)  # 304 without having been asked


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(PAGE.encode())),
        ("x-gzip", gzip.compress(PAGE.encode())),
        ("deflate", zlib.compress(PAGE.encode())),
        ("deflate", zlib.compress(PAGE.encode())[2:-4]),
        ("br", brotli.compress(PAGE.encode())),
        ("identity", PAGE.encode()),
    ],
    ids=["gzip", "x-gzip", "zlib", "deflate", "br", "identity"],
)
def test_packed_answers_are_unpacked(web: Web, encoding: str, packed: bytes) -> None:
    assert got(web, web.put("/a", says(packed, Content_Encoding=encoding))).data.decode() == PAGE


ZEROS = 100_000_000


def packed_zeros(how: str) -> bytes:
    if how == "br":
        packer = brotli.Compressor(quality=5)
        return b"".join([*(packer.process(bytes(1_000_000)) for _ in range(ZEROS // 1_000_000)), packer.finish()])
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16 if how == "gzip" else zlib.MAX_WBITS)
    return b"".join([*(packer.compress(bytes(1_000_000)) for _ in range(ZEROS // 1_000_000)), packer.flush()])


@pytest.mark.parametrize("how", ["gzip", "deflate", "br"])
def test_a_decompression_bomb_is_refused_before_it_fills_the_memory(web: Web, how: str) -> None:
    url = web.put("/bombe", says(packed_zeros(how), Content_Encoding=how))
    tracemalloc.start()
    began = time.monotonic()
    try:
        reason = refused(web, url)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert "decompression bomb" in reason or "larger than" in reason
    assert peak < 60_000_000
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("encoding", ["gzip, gzip", "br,gzip,gzip", "zstd", "compress"])
def test_packed_several_times_or_strangely(web: Web, encoding: str) -> None:
    assert "is packed" in refused(web, web.put("/a", says(gzip.compress(b"x"), Content_Encoding=encoding)))


def test_packed_data_that_are_damaged_or_cut_off(web: Web) -> None:
    packed = gzip.compress(PAGE.encode() * 50)
    assert "cut off" in refused(web, web.put("/a", says(packed[:-20], Content_Encoding="gzip")))
    broken = packed[:30] + bytes([packed[30] ^ 255]) + packed[31:]
    assert "damaged" in refused(web, web.put("/b", says(broken, Content_Encoding="gzip")))
    assert "damaged" in refused(web, web.put("/c", says(b"gar nicht gepackt", Content_Encoding="br")))


def test_a_page_without_end_is_left_at_the_limit(web: Web) -> None:
    assert "larger than 3,000,000 bytes" in refused(web, web.put("/ohne-ende", endless), largest=3_000_000)


def test_a_page_that_says_it_is_too_large_is_not_even_begun(web: Web) -> None:
    huge = raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2147483648\r\n\r\n", b"<p>", every=0.01)
    assert "larger than 20,000,000 bytes" in refused(web, web.put("/gross", huge))


@pytest.mark.parametrize("part", ["head", "body"])
def test_a_server_that_drips_gets_no_more_time_than_others(web: Web, part: str) -> None:
    start = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Langsam: "
    if part == "body":
        start = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 10000\r\n\r\n"
    web.put("/tropft", raw(start, *[b"a"] * 200, every=0.05))
    began = time.monotonic()
    assert "within 1 seconds" in refused(web, web.address("/tropft"), total=1.0, idle=0.5, robots=False)
    assert time.monotonic() - began < 2.5


def test_a_server_that_says_nothing(web: Web) -> None:
    web.put("/stumm", raw(b"", every=3))
    assert "no whole answer" in refused(web, web.address("/stumm"), total=5.0, idle=0.3, robots=False)


def test_lies_about_the_length(web: Web) -> None:
    short = raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n<p>zu kurz</p>")
    assert "broke off" in refused(web, web.put("/kurz", short))
    long = raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 7\r\n\r\n<p>a</p>MEHR" + b"x" * 999)
    assert got(web, web.put("/lang", long)).data == b"<p>a</p"
    for length in (b"-5", b"viel", b"5\r\nContent-Length: 9"):
        odd = raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: " + length + b"\r\n\r\n<p>abcdef</p>")
        assert "broke off" in refused(web, web.put("/falsch", odd))


def test_answers_that_are_no_http(web: Web) -> None:
    for answer in (
        b"\xff\xfe\x00\x01" * 40,
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 30_000 + b"\r\n",
    ):
        assert "broke off" in refused(web, web.put("/anders", raw(answer)))


@pytest.mark.parametrize(
    "kind", ["image/png", "application/pdf", "video/mp4", "text/css", "application/zip", "font/woff2"]
)
def test_what_is_no_text_is_not_loaded(web: Web, kind: str) -> None:
    assert f"is of type {kind}" in refused(web, web.put("/bild", says(b"x" * 100, kind)))


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (401, "password"),
        (403, "may not be read"),
        (404, "does not exist"),
        (410, "taken down"),
        (451, "legal"),
        (500, "status 500"),
    ],
)
def test_what_a_status_means_is_said_in_words(web: Web, status: int, words: str) -> None:
    assert words in refused(web, web.put("/a", says("nein", status=status)))


# --- leading on


def test_leading_on_to_the_place_where_it_is(web: Web) -> None:
    web.put("/alt", leads_to("/neu", 301))
    url = web.put("/neu", says(PAGE))
    assert got(web, web.address("/alt")).url == url


def test_leading_on_in_a_circle_or_without_end(web: Web) -> None:
    web.put("/a", leads_to("/b"))
    web.put("/b", leads_to("/a"))
    assert "more than 5 times" in refused(web, web.address("/a"), robots=False)
    assert len(web.asked) == 6


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("http://127.0.0.2:{port}/geheim", "not public (loopback)"),
        ("http://[::1]:{port}/", "not public"),
        ("http://[::ffff:127.0.0.2]:{port}/", "not public (loopback)"),
        ("http://169.254.169.254/latest/meta-data/", "metadata of clouds"),
        ("http://2130706434:{port}/", "not public (loopback)"),
        ("http://0x7f.0.0.2:{port}/", "not public (loopback)"),
        ("http://10.0.0.7/", "not public (private)"),
        ("file:///etc/passwd", 'of the kind "file:"'),
        ("ftp://talbote.example/a", 'of the kind "ftp:"'),
        ("gopher://127.0.0.2:{port}/", 'of the kind "gopher:"'),
        ("http://nutzer:wort@talbote.example/", "user name or a password"),
        ("http://talbote.example:22/", "names port 22"),
        ("http://[fe80::1%25eth0]/", "no web address"),
        ("http://[", "no web address"),
    ],
)
def test_leading_on_to_where_nobody_may_go(web: Web, target: str, reason: str) -> None:
    web.put("/weiter", leads_to(target.format(port=web.port)))
    assert reason in refused(web, web.address("/weiter"), robots=False)
    assert web.reached == []


def test_a_name_that_says_something_else_the_second_time(web: Web) -> None:
    """DNS rebinding: looked up once, checked, and connected to what was checked."""
    web.names["wandelbar.example"] = [[webserver.SERVER], [webserver.CANARY]]
    url = web.put("/a", says(PAGE, Connection="close"), host="wandelbar.example")
    with web.fetcher(robots=False) as fetcher:
        assert isinstance(fetcher.fetch(url), Fetched)
        second = fetcher.fetch(url)
    assert isinstance(second, Refusal)
    assert "not public (loopback)" in second.reason
    assert web.reached == []


def test_a_name_with_one_bad_address_among_good_ones(web: Web) -> None:
    web.names["halbgut.example"] = [[webserver.SERVER, webserver.CANARY]]
    assert "not public" in refused(web, web.address("/", "halbgut.example"), robots=False)
    assert (web.asked, web.reached) == ([], [])


def test_without_being_allowed_expressly_loopback_is_refused(web: Web) -> None:
    assert "not public (loopback)" in refused(web, web.put("/a", says(PAGE)), allowed=())
    assert web.asked == []


def test_a_network_that_is_none_is_a_mistake_of_the_user(web: Web) -> None:
    with pytest.raises(InputError, match=r"10\.1\.2\.0/24"):
        web.fetcher(allowed=("das Intranet",))


def test_names_that_do_not_exist(web: Web) -> None:
    web.names["nirgends.example"] = [[]]
    assert "does not exist" in refused(web, web.address("/", "nirgends.example"), robots=False)


# --- manners


def test_robots_txt_is_obeyed(web: Web) -> None:
    web.put(
        "/robots.txt",
        says("User-agent: *\nDisallow: /intern\n\nUser-agent: reportedly\nDisallow: /kein-archiv", "text/plain"),
    )
    web.put("/intern/a", says(PAGE))
    with web.fetcher() as fetcher:
        assert isinstance(fetcher.fetch(web.address("/intern/a")), Fetched)  # our own group counts, not that of all
        found = fetcher.fetch(web.address("/kein-archiv/a"))
    assert isinstance(found, Refusal)
    assert "robots.txt" in found.reason
    assert web.asked == [("talbote.example", "/robots.txt"), ("talbote.example", "/intern/a")]


def test_robots_txt_counts_where_an_address_leads_on_to(web: Web) -> None:
    web.put("/robots.txt", says("User-agent: *\nDisallow: /", "text/plain"), host="hafenecho.example")
    web.put("/a", leads_to(web.address("/b", "hafenecho.example")))
    assert "robots.txt" in refused(web, web.address("/a"))
    assert ("hafenecho.example", "/b") not in web.asked


def test_robots_txt_that_cannot_be_reached_allows_nothing_one_that_is_missing_all(web: Web) -> None:
    web.put("/robots.txt", says("", status=503))
    assert "cannot be reached" in refused(web, web.put("/a", says(PAGE)))
    web.put("/robots.txt", says("", status=403), host="hafenecho.example")
    assert got(web, web.put("/a", says(PAGE), host="hafenecho.example"))


def test_robots_txt_is_asked_for_again_after_a_day_and_soon_where_it_was_out_of_reach(web: Web) -> None:
    url = web.put("/a", says(PAGE))
    web.put("/robots.txt", says("", status=503))
    with web.fetcher() as fetcher, fetcher.beside() as other:
        assert isinstance(fetcher.fetch(url), Refusal)
        web.put("/robots.txt", says("User-agent: *\nDisallow: /b", "text/plain"))
        assert isinstance(other.fetch(url), Refusal), "what one knows the other knows"
        web.time.sleep(300)
        assert isinstance(other.fetch(url), Fetched)
        web.time.sleep(80_000)
        web.put("/robots.txt", says("User-agent: *\nDisallow: /a", "text/plain"))
        assert isinstance(fetcher.fetch(url), Fetched)
        web.time.sleep(7_000)
        assert "forbids" in str(fetcher.fetch(url))


def test_two_fetchers_keep_to_one_pause(web: Web) -> None:
    for path in ("/a", "/b"):
        web.put(path, says(PAGE))
    with web.fetcher(robots=False) as one, one.beside() as other:
        one.fetch(web.address("/a"))
        assert other.left(web.address("/b")) == 1.0
        other.fetch(web.address("/b"))
    assert web.time.waits == [1.0]


def test_one_request_a_second_and_host(web: Web) -> None:
    for path in ("/a", "/b"):
        web.put(path, says(PAGE))
        web.put(path, says(PAGE), host="hafenecho.example")
    with web.fetcher(robots=False) as fetcher:
        for path, host in [("/a", "talbote.example"), ("/a", "hafenecho.example"), ("/b", "talbote.example")]:
            fetcher.fetch(web.address(path, host))
    assert web.time.waits == [1.0]


def test_a_longer_pause_where_the_site_asks_for_it(web: Web) -> None:
    web.put("/robots.txt", says("User-agent: *\nCrawl-delay: 7", "text/plain"))
    with web.fetcher() as fetcher:
        for path in ("/a", "/b", "/c"):
            fetcher.fetch(web.put(path, says(PAGE)))
    assert web.time.waits == [1.0, 7.0, 7.0]


def test_patience_when_a_server_asks_for_it(web: Web) -> None:
    url = web.put("/a", says("", status=429, Retry_After="7"), says("", status=503), says(PAGE))
    assert got(web, url, robots=False, pause=0.0).data.decode() == PAGE
    assert web.time.waits == [7.0, 4.0]


def test_patience_until_a_time_of_day(web: Web) -> None:
    url = web.put("/a", says("", status=429, Retry_After="Wed, 18 Mar 2026 12:00:30 GMT"), says(PAGE))
    assert got(web, url, robots=False, pause=0.0)
    assert web.time.waits == [30.0]


def test_too_long_a_patience_is_a_refusal_that_says_until_when(web: Web) -> None:
    url = web.put("/a", says("", status=429, Retry_After="7200"))
    assert refused(web, url, robots=False) == "asks us to come back later (status 429), not before 2026-03-18 14:00 UTC"
    assert len(web.asked) == 1


def test_after_three_tries_it_is_enough(web: Web) -> None:
    assert "out of service" in refused(web, web.put("/a", says("", status=503)), robots=False)
    assert len(web.asked) == 3


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate of this test")
def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", str(key), "-out", str(certificate), "-days", "1",
         "-subj", "/CN=talbote.example"],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with webserver.web() as web:
        listening = ssl_server(context)
        url = f"https://talbote.example:{listening}/"
        with web.fetcher(robots=False, ports=frozenset([listening])) as fetcher:
            found = fetcher.fetch(url)
    assert found == Refusal(url, "has no valid certificate; nothing was read")


def ssl_server(context: ssl.SSLContext) -> int:
    """A port behind which one TLS handshake is tried."""
    import socket

    listening = socket.create_server((webserver.SERVER, 0))

    def serve() -> None:
        connection, _ = listening.accept()
        try:
            context.wrap_socket(connection, server_side=True).close()
        except OSError:
            connection.close()
        listening.close()

    threading.Thread(target=serve, daemon=True).start()
    return int(listening.getsockname()[1])
