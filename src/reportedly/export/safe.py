"""How is foreign text shown without obeying it? Terminal escapes, text direction, spreadsheets, HTML."""

from __future__ import annotations

import html
import re

_BIDI = {0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
_BREAKS = {0x0A: "⏎", 0x0B: "⏎", 0x0C: "⏎", 0x0D: "⏎", 0x85: "⏎", 0x2028: "⏎", 0x2029: "⏎"}

_SHOWN: dict[int, str] = {
    **{c: chr(0x2400 + c) for c in range(0x20)},  # the control pictures: ESC is ␛
    0x7F: "␡",
    **{c: f"‹{c:02X}›" for c in range(0x80, 0xA0)},
    **{c: f"‹{c:04X}›" for c in _BIDI},
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
    **dict.fromkeys((0xFFFE, 0xFFFF), "\ufffd"),
    **{c: f"‹{c:X}›" for c in range(0xE0000, 0xE0080)},  # tags: letters nobody sees
    0x09: " ",
    **_BREAKS,
}
_FLOWING = {**_SHOWN, **dict.fromkeys(_BREAKS, " ")}
_KEPT = {**_SHOWN, 0x09: "\t", 0x0A: "\n", 0x0D: "\r"}

_PARAGRAPH = re.compile(r"[ \t]*(?:\r\n?|\n)[ \t]{0,80}(?:\r\n?|\n)\s{0,80}")
_SPACES = re.compile(r"[ \u00a0]{2,80}")


def line(text: str) -> str:
    """One line of harmless text: control characters, bidi controls and line breaks are shown, not obeyed.

    >>> line("Kurier\\x1b[2J\\nzweite Zeile")
    'Kurier␛[2J⏎zweite Zeile'
    """
    return text.translate(_SHOWN)


def flow(text: str) -> str:
    """Running text on one line: a line break is a space, a paragraph break "¶", all else as in `line`."""
    return _SPACES.sub(" ", _PARAGRAPH.sub(" ¶ ", text).translate(_FLOWING)).strip()


def block(text: str) -> str:
    """The text as it stands with its line breaks, everything else as in `line`."""
    return text.translate(_KEPT)


def shown(char: str) -> str | None:
    """What stands in the place of `char` where it must not be obeyed; None for a harmless one."""
    return _KEPT.get(ord(char)) if char not in "\t\n\r" else None


def escape(text: str) -> str:
    """Text for an HTML page or attribute, made of `block` text."""
    return html.escape(block(text), quote=True)


def link(url: str | None) -> str | None:
    """The address if it is an ordinary web address, None for `javascript:` and everything else."""
    if url is None or not re.match(r"https?://[^\s\x00-\x20]{1,2000}\Z", url, re.IGNORECASE):
        return None
    return line(url)


_NOT_IN_IRI = re.compile('[\\s<>"{}|\\\\^`\ud800-\udfff\ufffe\uffff\x00-\x20\x7f-\x9f]')


def iri(url: str | None) -> str | None:
    """An ordinary web address as an identifier (RFC 3987): what may not stand in one is percent-encoded.

    >>> iri("https://example.org/ü?b=<2>")
    'https://example.org/ü?b=%3C2%3E'
    """
    if link(url) is None or url is None:
        return None
    return _NOT_IN_IRI.sub(lambda m: "".join(f"%{b:02X}" for b in m[0].encode("utf-8", "surrogatepass")), url)


_NUMBER_LIKE = re.compile(r"[\d.,:/+\-eE ]{1,64}\Z")


def cell(text: str) -> str:
    """A text cell for Excel: what a spreadsheet would take for a formula, a number or a date gets a leading `'`.

    What begins with one anyway gets another, so that taking one away always leads back (`uncell`).

    >>> cell("=HYPERLINK(…)"), cell("10-12"), cell("Soldaten"), cell("'s ist so")
    ("'=HYPERLINK(…)", "'10-12", 'Soldaten', "''s ist so")
    """
    head = text.lstrip(" \u00a0\ufeff\u200b")[:1]
    if (
        (head and head in "'=+-@\t\r\n|%＝＋－＠")
        or text[:1] in ("\t", "\r", "\n")
        or (_NUMBER_LIKE.match(text) and text)
    ):
        return "'" + text
    return text


def uncell(shown: str) -> str:
    """The text behind a cell that `cell` made.

    >>> uncell(cell("=1+1")), uncell(cell("'s ist so"))
    ('=1+1', "'s ist so")
    """
    return shown[1:] if shown.startswith("'") else shown


def shorten(text: str, room: int) -> str:
    """At most `room` characters, cut between words where there is one to cut at, with "…" at the end."""
    if len(text) <= room:
        return text
    cut = text[: max(room - 2, 1)]
    at = cut.rfind(" ")
    if at > room // 2:
        cut = cut[:at]
    return cut.rstrip(" ,;:–-") + " …"
