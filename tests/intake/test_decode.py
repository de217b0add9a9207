"""Bytes in every encoding that occurs come out as the same characters."""

from __future__ import annotations

import pytest

from reportedly.intake.charsets import codec_of, declared_in_page, declared_in_type
from reportedly.intake.decode import decode

TEXT = "„Für die Straße reicht das nicht“, sagte Ärztin Öztürk – leise.\r\nDanach schwieg sie."


@pytest.mark.parametrize(
    ("encoding", "charset"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32-le"),
        ("utf-32-be", "utf-32-be"),
        ("cp1252", "cp1252"),
    ],
)
def test_text_is_the_same_in_every_encoding(encoding: str, charset: str) -> None:
    found = decode(TEXT.encode(encoding))
    assert found.text == TEXT
    assert found.charset == charset
    assert found.sure > 0.8


def test_utf16_with_big_endian_mark() -> None:
    assert decode(b"\xfe\xff" + TEXT.encode("utf-16-be")).text == TEXT


def test_only_the_first_byte_order_mark_is_a_signature() -> None:
    assert decode("\ufeff\ufeffEr kam.\ufeff".encode()).text == "\ufeffEr kam.\ufeff"


def test_valid_utf8_wins_over_a_wrong_label() -> None:
    assert decode(TEXT.encode(), "cp1252").text == TEXT


def test_declared_charset_is_used_where_the_bytes_are_not_utf8() -> None:
    czech = "Řekl, že přijde."
    found = decode(czech.encode("iso8859-2"), "iso8859-2")
    assert found.text == czech
    assert found.notes == ("decoded as iso8859-2, as declared",)


def test_latin1_means_windows_1252() -> None:
    data = "„Ja“ – so Özil".encode("cp1252")
    assert decode(data, codec_of("ISO-8859-1")).text == "„Ja“ – so Özil"


def test_a_label_that_cannot_be_true_is_not_believed() -> None:
    data = "„Ja“, sagte sie.".encode("cp1252")  # in ISO-8859-2 these marks are C1 controls
    found = decode(data, "iso8859-2")
    assert (found.text, found.charset) == ("„Ja“, sagte sie.", "cp1252")


@pytest.mark.parametrize(
    ("missing", "whole"),
    [(1, "Zum Schluss die Straße, dann das Wort „"), (2, "Ohne Umlaut, dann „"), (1, "Er sagte: ü")],
)
def test_cut_off_in_the_middle_of_a_character(missing: int, whole: str) -> None:
    found = decode(whole.encode()[:-missing])
    assert found.text == whole[:-1] + "\ufffd"
    assert "cut off" in found.notes[0]


def test_a_last_byte_of_windows_1252_is_not_taken_for_a_cut() -> None:
    assert decode("Er aß Grä".encode("cp1252")).text == "Er aß Grä"
    assert decode(b"Sie mag Gr\xe4").text == "Sie mag Grä"


def test_two_encodings_in_one_file_are_decoded_by_line() -> None:
    data = TEXT.encode() + b"\n" + TEXT.encode("cp1252") + b"\n" + TEXT.encode()
    found = decode(data)
    assert found.text == "\n".join([TEXT] * 3)
    assert "mixed encodings" in found.notes[0]


def test_a_damaged_byte_in_utf8_costs_one_character_and_not_the_line() -> None:
    data = "Größe, Länge, Höhe: alles geändert.".encode().replace("Höhe".encode(), b"H\xffhe")
    found = decode(data)
    assert found.text == "Größe, Länge, H\ufffdhe: alles geändert."
    assert "1 character(s) could not be decoded" in found.notes[0]


def test_bytes_without_meaning_in_windows_1252_are_kept_and_not_trusted() -> None:
    found = decode(b"Er \x81 kam sp\xe4t.")
    assert found.text == "Er \x81 kam spät."
    assert found.sure < 0.5


def test_double_encoded_text_is_left_to_the_health_check() -> None:
    broken = "Für".encode().decode("cp1252")
    assert decode(broken.encode()).text == "FÃ¼r"


def test_utf16_with_half_a_character_at_the_end() -> None:
    found = decode("Er kam.".encode("utf-16") + b"\x00")
    assert found.text == "Er kam.\ufffd"
    assert found.notes


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("UTF8", "utf-8"),
        ("windows-1252", "cp1252"),
        ("us-ascii", "cp1252"),
        ("latin1", "cp1252"),
        ("ISO_8859-1:1987", "cp1252"),
        ("iso-8859-15", "iso8859-15"),
        ("iso-8859-9", "cp1254"),
        ("gb2312", "gb18030"),
        ("Big5", "big5hkscs"),
        ("shift_jis", "cp932"),
        ("utf-7", None),
        ("rot13", None),
        ("base64", None),
        ("Unfug", None),
        ("", None),
        (None, None),
    ],
)
def test_labels_mean_what_browsers_take_them_for(label: str | None, codec: str | None) -> None:
    assert codec_of(label) == codec


def test_where_a_page_declares_its_charset() -> None:
    assert (
        declared_in_page(b"<html><head><META http-equiv=Content-Type content='text/html; charset=ISO-8859-15'>")
        == "iso8859-15"
    )
    assert declared_in_page(b'<meta charset="utf-8">') == "utf-8"
    assert declared_in_page(b"<?xml version='1.0' encoding='windows-1251'?><html>") == "cp1251"
    assert declared_in_page(b"<meta charset=utf-16>") == "utf-8"
    assert declared_in_page(b"<p>Der charset=latin1 im Text zaehlt nicht</p>") is None
    assert declared_in_type("text/html; charset=windows-1252") == "cp1252"
    assert declared_in_type("text/html") is None
