"""Can this be opened, and is it text at all? A path or bytes -> Capture | Refusal."""

from __future__ import annotations

import re
import stat
from pathlib import Path
from typing import BinaryIO

from reportedly.model.article import Capture, Refusal

LONGEST = 20_000_000
"""Characters of one input. The longest novel has four million."""

_MAGIC = (
    (b"%PDF-", "a PDF file; save its text as a .txt file first, for example with pdftotext"),
    (b"PK\x03\x04", "a ZIP archive or an office document; unpack it, or save the document as plain text"),
    (b"PK\x05\x06", "an empty ZIP archive; give an article as text or HTML"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document; save it as plain text"),
    (b"{\\rtf", "an RTF document; save it as plain text"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image; give the article's text"),
    (b"\xff\xd8\xff", "a JPEG image; give the article's text"),
    (b"GIF87a", "a GIF image; give the article's text"),
    (b"GIF89a", "a GIF image; give the article's text"),
    (b"II*\x00", "a TIFF image; give the article's text"),
    (b"MM\x00*", "a TIFF image; give the article's text"),
    (b"\x1f\x8b\x08", "packed with gzip; unpack it first, for example with gunzip"),
    (b"BZh91AY&SY", "packed with bzip2; unpack it first"),
    (b"\xfd7zXZ\x00", "packed with xz; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "packed with zstd; unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it first"),
    (b"Rar!\x1a\x07", "a RAR archive; unpack it first"),
    (b"\x7fELF", "a program, not a text"),
    (b"SQLite format 3\x00", "an SQLite database, not a text"),
    (b"OggS\x00", "a sound file; give a transcript"),
    (b"ID3\x02", "a sound file; give a transcript"),
    (b"ID3\x03", "a sound file; give a transcript"),
    (b"ID3\x04", "a sound file; give a transcript"),
    (b"WARC/1.", "a web archive (WARC), which holds many pages; extract the page you want as HTML"),
)
_MHTML = re.compile(rb"MIME-Version:[^\n]{0,200}\n", re.IGNORECASE)
_RELATED = re.compile(rb"Content-Type:\s{0,9}multipart/related", re.IGNORECASE)
_FEED = re.compile(
    rb"\s{0,80}(?:<\?xml[^>]{0,300}>\s{0,80})?(?:<!--.{0,500}?-->\s{0,80})?<(rss|feed|rdf:RDF|urlset|sitemapindex)[\s>]",
    re.DOTALL,
)
_CONTROL = bytes(b for b in range(32) if b not in b"\t\n\v\f\r\x1b\0") + b"\x7f"
_WEB_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


def opened(source: str | Path, longest: int = LONGEST) -> Capture | Refusal:
    """The bytes of a file. Nothing is read that is too large or no file."""
    origin = str(source)
    if _WEB_ADDRESS.match(origin):
        return Refusal(origin, "is a web address; save the page as an HTML file and give that file")
    if not origin:
        return Refusal(origin, "no file was named; give a path, or - to read from standard input")
    file = file_at(source)
    if isinstance(file, Refusal):
        return file
    try:
        with file:
            data = file.read(4 * longest + 1)
    except OSError as error:
        return Refusal(origin, f"cannot be read ({error.strerror or error}); check the disk it lies on")
    return Refusal(origin, too_long(longest)) if len(data) > 4 * longest else Capture(data, origin)


def file_at(source: str | Path) -> BinaryIO | Refusal:
    """A file opened for reading, or in one sentence why it cannot be."""
    origin = str(source)
    try:
        path = Path(source)
        if stat.S_ISDIR(path.stat().st_mode):
            return Refusal(origin, "is a directory; give the files in it, one by one or with a pattern such as *.txt")
        return path.open("rb")
    except FileNotFoundError:
        return Refusal(origin, "does not exist; check the path, or give - to read from standard input")
    except PermissionError:
        return Refusal(origin, "may not be read; change its permissions or copy it to a place that you may read")
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        return Refusal(origin, f"cannot be opened ({why}); check the path")


def why_no_text(data: bytes) -> str | None:
    """What is wrong with these bytes, as the end of a sentence; None where they may be text."""
    if not data:
        return "is empty; give an article as text or HTML"
    for magic, what in _MAGIC:
        if data.startswith(magic):
            return f"is {what}"
    head = data[:4096]
    if (head[:4] == b"RIFF" and head[8:12] in {b"WEBP", b"WAVE", b"AVI "}) or head[4:8] == b"ftyp":
        return "is an image, sound or film; give the article's text"
    if _MHTML.search(head) and _RELATED.search(head):
        return 'is a page saved as a "single file" (MHTML); save it again as "HTML only"'
    if feed := _FEED.match(head):
        return f"is a list of articles (XML, <{feed[1].decode()}>), not an article; give the articles one by one"
    return None


def looks_binary(data: bytes) -> bool:
    """Are there more control characters than any text has? Single NUL bytes in a text are no reason to refuse it.

    Not for UTF-16 and UTF-32, where NUL is half of every letter.
    """
    sample = data[:65_536]
    nul = sample.count(0)
    control = len(sample) - len(sample.translate(None, _CONTROL))
    return nul > 0.3 * len(sample) or (control + nul > 0.1 * len(sample) and len(sample) >= 64) or nul == len(sample)


def too_long(longest: int) -> str:
    return f"is longer than {longest:,} characters; split it into single articles"
