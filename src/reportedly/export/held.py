"""What can a format hold, and what stands in the place of the rest? One character for one, and a list that leads back.

JSON holds every text. UTF-8 cannot hold half a surrogate pair, XML 1.0 no control characters either. What a format cannot hold is
written as U+FFFD, so that every offset stays right, and listed beside the text: `17:U+0000 40:U+D800`.
"""

from __future__ import annotations

import re
from bisect import bisect_left

UTF8 = re.compile("[\ud800-\udfff]")
"""What UTF-8 cannot hold."""
XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold (section 2.2 of its definition)."""
_ENTRY = re.compile(r"(\d+):U\+([0-9A-F]{4,6})")
_XML_MARKS = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}
_IN_TEXT = str.maketrans({mark: _XML_MARKS[mark] for mark in "&<>\r"})
_IN_VALUE = str.maketrans(_XML_MARKS)
_BEYOND = re.compile("[\U00010000-\U0010ffff]")


def held(text: str, cannot: re.Pattern[str] = UTF8) -> str:
    """The text as the format can hold it, of the same length.

    >>> held("a\\0b", XML)
    'a\\ufffdb'
    """
    return cannot.sub("\ufffd", text)


def replaced(text: str, cannot: re.Pattern[str] = UTF8) -> str:
    """Which characters are not held, and where; empty where all are.

    >>> replaced("a\\0b\\ud800", XML)
    '1:U+0000 3:U+D800'
    """
    return " ".join(f"{m.start()}:U+{ord(m[0]):04X}" for m in cannot.finditer(text))


def put_back(text: str, listed: str) -> str:
    """The text as it was, from what was held and the list of what was replaced.

    >>> put_back("a\\ufffdb", "1:U+0000") == "a\\0b"
    True
    """
    letters = list(text)
    for at, code in _ENTRY.findall(listed):
        letters[int(at)] = chr(int(code, 16))
    return "".join(letters)


def xml_text(text: str) -> str:
    """Text between tags; CR as a reference, because parsers turn CR and CRLF into LF."""
    return held(text, XML).translate(_IN_TEXT)


def xml_value(text: str) -> str:
    """Text between the quotation marks of an attribute; breaks and tabs as references, because parsers make spaces of them."""
    return held(text, XML).translate(_IN_VALUE)


class Utf16:
    """From code points to UTF-16 code units, which is how Java and JavaScript count.

    >>> Utf16("a🌊b")(2)
    3
    """

    def __init__(self, text: str) -> None:
        self._beyond = [m.start() for m in _BEYOND.finditer(text)]

    def __call__(self, offset: int) -> int:
        return offset + bisect_left(self._beyond, offset)
