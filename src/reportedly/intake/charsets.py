"""Which codec is meant by the charset name that a page or a server gives? After the WHATWG Encoding Standard.

Browsers read `iso-8859-1` and `us-ascii` as windows-1252, and so did everybody who ever checked a page in a browser:
German quotation marks („ “) in pages labelled latin-1 come out right only that way.
"""

from __future__ import annotations

import codecs
import re

_MEANT = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs",
    "utf-16": "utf-16-le", "utf-8-sig": "utf-8",
}  # fmt: skip
_ALIASES = {"x-sjis": "shift_jis", "x-gbk": "gbk", "x-cp1252": "cp1252", "x-cp1251": "cp1251", "unicode": "utf-16-le"}
_KNOWN = frozenset(
    {
        "utf-8", "utf-16-le", "utf-16-be", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255",
        "cp1256", "cp1257", "cp1258", "cp874", "cp866", "koi8-r", "koi8-u", "iso8859-2", "iso8859-3",
        "iso8859-4", "iso8859-5", "iso8859-6", "iso8859-7", "iso8859-8", "iso8859-10", "iso8859-13", "iso8859-14", "iso8859-15",
        "iso8859-16", "mac-roman", "mac-cyrillic", "gb18030", "big5hkscs", "cp932", "euc_jp", "iso2022_jp", "cp949",
    }
)  # fmt: skip
_LABEL = rb"([A-Za-z0-9_.:\-]{2,40})"
_META = re.compile(rb"<meta[^>]{0,400}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}" + _LABEL, re.IGNORECASE)
_XML = re.compile(rb"\s{0,80}<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']" + _LABEL, re.IGNORECASE)
_PARAMETER = re.compile(r"charset\s{0,9}=\s{0,9}[\"']?" + _LABEL.decode(), re.IGNORECASE)
_PRESCAN = 8192
"""A page must name its charset in the first 1,024 bytes; many do it a little later."""


def codec_of(label: str | None) -> str | None:
    """The Python codec behind a charset label, None where it means nothing to a browser.

    >>> codec_of("ISO-8859-1"), codec_of("latin1"), codec_of("UTF8"), codec_of("utf-7")
    ('cp1252', 'cp1252', 'utf-8', None)
    """
    name = (label or "").strip().lower()
    try:
        name = codecs.lookup(_ALIASES.get(name, name)).name
    except (LookupError, ValueError):
        return None
    name = _MEANT.get(name, name)
    return name if name in _KNOWN else None


def declared_in_page(data: bytes) -> str | None:
    """The charset that the page itself declares, as a codec. UTF-16 could not be read there and means UTF-8."""
    head = data[:_PRESCAN]
    match = _XML.match(head) or _META.search(head)
    codec = codec_of(match[1].decode("ascii")) if match else None
    return "utf-8" if codec in {"utf-16-le", "utf-16-be"} else codec


def declared_in_type(media_type: str | None) -> str | None:
    """The codec named by a media type: `text/html; charset=windows-1252`."""
    match = _PARAMETER.search(media_type or "")
    return codec_of(match[1]) if match else None
