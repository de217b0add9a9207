"""Bad input: each gives an article or one clear sentence."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from reportedly.errors import InputError
from reportedly.intake import take_in, take_in_all
from reportedly.model.article import Article, Refusal

SENTENCE = "Die Stadt teilte am Montag mit, die Brücke bleibe bis Ostern gesperrt."


def refused(found: Article | Refusal) -> str:
    """The reason of a refusal: one sentence, no line break, with advice after the semicolon."""
    assert isinstance(found, Refusal), found
    assert "\n" not in found.reason
    assert 10 < len(found.reason) < 160
    return found.reason


def test_a_file(tmp_path: Path) -> None:
    path = tmp_path / "artikel.txt"
    path.write_bytes(SENTENCE.encode())
    for source in (path, str(path)):
        article = take_in(source)
        assert isinstance(article, Article)
        assert (article.text, article.origin, article.language) == (SENTENCE, str(path), "de")


def test_missing_file_directory_no_name_web_address(tmp_path: Path) -> None:
    assert "does not exist" in refused(take_in(tmp_path / "fehlt.txt"))
    assert "is a directory" in refused(take_in(tmp_path))
    assert "no file was named" in refused(take_in(""))
    assert "web address" in refused(take_in("https://talbote.example/a.html"))
    assert "cannot be opened" in refused(take_in("a\0b"))
    assert "cannot be opened" in refused(take_in("x" * 5000))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "geheim.txt"
    path.write_text(SENTENCE)
    path.chmod(0)
    assert "may not be read" in refused(take_in(path))


def test_permission_is_told_whoever_runs_the_tests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "geheim.txt"
    path.write_text(SENTENCE)

    def forbidden(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", forbidden)
    assert "may not be read" in refused(take_in(path))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b" \r\n\t \n", "only white space"),
        (b"\xef\xbb\xbf", "only white space"),
        ("\ufeff \n".encode("utf-16"), "only white space"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG"),
        (b"PK\x03\x04\x14\0\6\0word/document.xml", "office document"),
        (b"\x1f\x8b\x08\0\0\0\0\0", "gzip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "old office document"),
        (b"{\\rtf1\\ansi Hallo}", "RTF"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "image, sound or film"),
        (b"\0" * 200, "not text"),
        (bytes(range(256)) * 8, "not text"),
        (b"\x7fELF\x02\x01\x01\0", "program"),
        (b"WARC/1.1\r\nWARC-Type: response", "web archive"),
        (b"<?xml version='1.0'?>\n<rss version='2.0'><channel></channel></rss>", "list of articles"),
        (b"From: <Saved by Browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n", "MHTML"),
        (b"<html><body><div id=root></div><script>start('<p>x</p>')</script></body></html>", "without readable text"),
    ],
)
def test_what_is_no_article_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    assert reason in refused(take_in(data))


def test_single_nul_bytes_stay_in_the_text() -> None:
    data = b"Er\0 sagte, " + SENTENCE.encode()
    article = take_in(data)
    assert isinstance(article, Article)
    assert article.text == data.decode()


def test_a_byte_order_mark_is_no_character_and_changes_no_id() -> None:
    with_mark, without = take_in(b"\xef\xbb\xbf" + SENTENCE.encode()), take_in(SENTENCE.encode())
    assert isinstance(with_mark, Article)
    assert isinstance(without, Article)
    assert with_mark.text == SENTENCE
    assert with_mark.id == without.id


def test_line_ends_are_kept() -> None:
    text = "Titel der Geschichte\r\n\r\n" + SENTENCE + "\r\nEr\rkam.\n"
    article = take_in(text.encode())
    assert isinstance(article, Article)
    assert article.text == text


def test_too_long_is_refused_quickly(tmp_path: Path) -> None:
    started = time.process_time()
    assert "longer than 20,000,000 characters" in refused(take_in(b"Er sagte es. " * 4_000_000))
    assert "longer than 100 characters" in refused(take_in(b"x" * 101, longest=100))
    path = tmp_path / "lang.txt"
    path.write_bytes(b"x" * 401)
    assert "longer than 100 characters" in refused(take_in(path, longest=100))
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "data",
    [
        SENTENCE.encode() * 70_000,  # one line of 5 MB
        (SENTENCE.encode() + b"\n") * 70_000,
        ("„" * 10_000).encode(),
        ("„Er sagte: “" * 10_000).encode(),
        b"[" * 200_000,
        b"> " * 200_000,
        b"![" * 200_000 + b"](",
        b"#" * 500_000,
        ("\u202e" * 100_000 + "Text").encode(),
        b"---\n" + b"a: b\n" * 100_000,
        b"\xe4\n" * 200_000 + b"\xc3\xbc",
        b"<!--" * 100_000,
        b"<?xml" * 100_000,
    ],
)
def test_odd_but_readable_text_takes_linear_time(data: bytes) -> None:
    started = time.process_time()
    article = take_in(data)
    assert isinstance(article, Article)
    assert article.text
    assert time.process_time() - started < 10


def test_many_inputs_give_many_answers_in_order(tmp_path: Path) -> None:
    good = tmp_path / "gut.txt"
    good.write_text(SENTENCE, "utf-8")
    found = list(
        take_in_all([good, tmp_path / "fehlt.txt", "-", tmp_path], stdin=SENTENCE.encode(), published="2024-10-28")
    )
    assert [type(f) for f in found] == [Article, Refusal, Article, Refusal]
    assert [f.origin for f in found] == [str(good), str(tmp_path / "fehlt.txt"), "<stdin>", str(tmp_path)]
    assert [f.published for f in found if isinstance(f, Article)] == ["2024-10-28", "2024-10-28"]


def test_empty_standard_input_is_refused() -> None:
    (found,) = take_in_all(["-"])
    assert found == Refusal("<stdin>", "is empty; give an article as text or HTML")


def test_a_wrong_argument_is_an_error_and_no_refusal() -> None:
    with pytest.raises(InputError, match="gestern"):
        take_in(SENTENCE.encode(), published="gestern")


def test_language_title_outlet_address_of_the_caller() -> None:
    article = take_in(
        SENTENCE.encode(),
        language="de-AT",
        title="T",
        outlet="Talbote",
        url="https://talbote.example/a",
        origin="Eingabe",
    )
    assert isinstance(article, Article)
    assert (article.language, article.title, article.outlet, article.url, article.origin) == (
        "de",
        "T",
        "Talbote",
        "https://talbote.example/a",
        "Eingabe",
    )


@pytest.mark.parametrize(
    ("name", "media_type", "is_page"),
    [
        ("seite.html", None, True),
        ("seite.HTM", None, True),
        ("seite.txt", None, True),  # begins like a page, whatever its name
        ("notiz.md", None, False),
        ("seite.txt", "text/plain", False),
        ("seite", "application/xhtml+xml; charset=utf-8", True),
    ],
)
def test_what_is_read_as_a_page(tmp_path: Path, name: str, media_type: str | None, is_page: bool) -> None:
    path = tmp_path / name
    path.write_text(f"<!DOCTYPE html><html><body><p>{SENTENCE}</p></body></html>", "utf-8")
    article = take_in(path, media_type=media_type)
    assert isinstance(article, Article)
    assert (article.text == SENTENCE) is is_page


def test_a_fragment_without_doctype_is_a_page_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "stueck.html"
    path.write_text(f"Vorab.<p>{SENTENCE}</p>", "utf-8")
    article = take_in(path)
    assert isinstance(article, Article)
    assert "<p>" not in article.text
    assert SENTENCE in article.text
