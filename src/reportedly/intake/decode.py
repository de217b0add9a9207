"""Bytes -> text: in which encoding was this written, and how sure is that?

No guessing by statistics: on German pages a plain rule is right where guessers are not. In this order: byte order
mark; UTF-16 or UTF-32 without one (every other byte is NUL); UTF-8 where it is valid; the charset that the page or the
server declares; windows-1252. A file that is UTF-8 only in parts (two sources glued together, a download cut off in
the middle of a character) is decoded line by line. Double-encoded text ("fÃ¼r") is valid and stays as it is: that is
damage of the article, found and shown later, and not a matter of decoding.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NAMES = {
    "cp1252": "windows-1252",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32-le": "UTF-32",
    "utf-32-be": "UTF-32",
}
_SAMPLE = 4096
_STRAY = re.compile("[\udc80-\udcff]")
_C1 = re.compile("[\x80-\x9f]")
_LOST = "\ufffd"


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file. `sure` is between 0 and 1; `notes` tells what had to be decided and what was lost."""

    text: str
    charset: str
    sure: float
    notes: tuple[str, ...] = ()


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Every character of `data`; the byte order mark is the signature of the file and no character of its text.

    `declared` is a Python codec (see `charsets.codec_of`) or None. Never raises: a byte that means nothing becomes
    U+FFFD and is told in `notes`.

    >>> decode("„für“".encode("cp1252")).text
    '„für“'
    """
    for mark, codec in _MARKS:
        if data.startswith(mark) and (codec != "utf-32-le" or len(data) % 4 == 0):
            return _wide_or_marked(data[len(mark) :], codec, ())
    if wide := _wide(data[:_SAMPLE]):
        return _wide_or_marked(data, wide, (f"decoded as {_NAMES[wide]} (no byte order mark)",))
    try:
        return Decoded(data.decode("utf-8"), "utf-8", 1.0)
    except UnicodeDecodeError:
        pass
    if declared and declared != "utf-8" and (text := _strictly(data, declared)) is not None:
        return Decoded(text, declared, 0.95, (f"decoded as {_NAMES.get(declared, declared)}, as declared",))
    return _in_parts(data)


def _wide_or_marked(data: bytes, codec: str, notes: tuple[str, ...]) -> Decoded:
    try:
        return Decoded(data.decode(codec), codec, 0.9 if notes else 1.0, notes)
    except UnicodeDecodeError:
        if codec == "utf-8":
            return _in_parts(data)
    text = data.decode(codec, "replace")
    return Decoded(text, codec, 0.6, (*notes, _lost(text)))


def _wide(sample: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: in Western text every other byte (three of four) is NUL."""
    if len(sample) < 16 or 0 not in sample:
        return None
    nul = [sample[i::4].count(0) / len(sample[i::4]) for i in range(4)]
    high, low = 0.4, 0.05
    if nul[0] <= low and nul[1] >= high and nul[2] >= 0.9 and nul[3] >= 0.9:
        return "utf-32-le"
    if nul[3] <= low and nul[2] >= high and nul[1] >= 0.9 and nul[0] >= 0.9:
        return "utf-32-be"
    if max(nul[0], nul[2]) <= low and min(nul[1], nul[3]) >= high:
        return "utf-16-le"
    if max(nul[1], nul[3]) <= low and min(nul[0], nul[2]) >= high:
        return "utf-16-be"
    return None


def _strictly(data: bytes, codec: str) -> str | None:
    """`data` as the declared charset, None where that cannot be: undefined bytes, C1 controls, or parts in UTF-8."""
    try:
        text = data.decode(codec)
    except (UnicodeDecodeError, UnicodeError):
        return None
    if _C1.search(text):
        return None
    if len(text) == len(data) and _has_utf8(data.decode("utf-8", "surrogateescape")):
        return None
    return text


def _has_utf8(escaped: str) -> bool:
    """Is there a character of several bytes among the strays? By chance that is very rare in single-byte text."""
    return not _STRAY.sub("", escaped).isascii()


def _in_parts(data: bytes) -> Decoded:
    """What is valid UTF-8 as UTF-8, the rest line by line as windows-1252 or as lost."""
    escaped = data.decode("utf-8", "surrogateescape")  # every byte that is not UTF-8 is now one stray U+DC80..U+DCFF
    strays = len(_STRAY.findall(escaped))
    kept = escaped.rstrip("".join(map(chr, range(0xDC80, 0xDD00))))
    tail = data[len(data) - (len(escaped) - len(kept)) :]
    if strays == len(tail) and _cut_off(tail, kept):
        note = f"cut off in the middle of a character: the last {strays} byte(s) could not be decoded"
        return Decoded(kept + _LOST, "utf-8", 0.95, (note,))
    if not _has_utf8(escaped):
        text = escaped.translate(_WESTERN)
        note = "decoded as windows-1252 (not valid UTF-8, no usable charset declared)"
        return Decoded(text, "cp1252", 0.4 if _C1.search(text) else 0.85, (note,))
    lines = [_line(line) if _STRAY.search(line) else line for line in escaped.split("\n")]
    text = "\n".join(lines)
    lost = text.count(_LOST) - escaped.count(_LOST)
    note = f"mixed encodings: UTF-8, but {strays - lost} byte(s) decoded as windows-1252"
    notes = ((note,) if strays > lost else ()) + ((_lost(text),) if lost else ())
    return Decoded(text, "utf-8", 0.6, notes)


def _line(line: str) -> str:
    """A line with strays. Mostly UTF-8: a stray is a damaged character; else it is windows-1252."""
    strays = len(_STRAY.findall(line))
    characters = sum(1 for c in line if c > "\x7f") - strays
    return line.translate(_DAMAGED if characters > strays else _WESTERN)


def _cut_off(tail: bytes, kept: str) -> bool:
    """Is the tail the beginning of a character? After plain ASCII only where it begins like German UTF-8 (ä, ß, „, –)."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(tail)  # raises where no further byte could complete it
    except UnicodeDecodeError:
        return False
    return bool(tail) and (not kept.isascii() or tail in {b"\xc3", b"\xe2", b"\xe2\x80"})


def _lost(text: str) -> str:
    return f"{text.count(_LOST)} character(s) could not be decoded and read as U+FFFD"


def _western() -> dict[int, str]:
    """Stray -> windows-1252 as browsers have it: the five undefined bytes are C1 controls."""
    out = {}
    for byte in range(0x80, 0x100):
        try:
            out[0xDC00 + byte] = bytes([byte]).decode("cp1252")
        except UnicodeDecodeError:
            out[0xDC00 + byte] = chr(byte)
    return out


_WESTERN = _western()
_DAMAGED = {0xDC00 + byte: _LOST for byte in range(0x80, 0x100)}
