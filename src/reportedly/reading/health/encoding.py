"""Which characters are not the ones that the author typed?

Text decoded with the wrong table, entities and tags of a web page, characters nobody sees, letters of another script.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from html.entities import html5

from ftfy.badness import is_bad

from reportedly.languages.language import Language
from reportedly.model.article import Article
from reportedly.model.damage import Action, Damage, Severity
from reportedly.model.span import Span

_BLIND = {i: bytes([i]).decode("cp1252", "ignore") for i in range(0x80, 0xA0)}
_BACK = {c: i for i, c in _BLIND.items() if c} | {chr(i): i for i in range(0x80, 0x100)}
_TAIL = "".join(re.escape(c) for c, i in _BACK.items() if 0x80 <= i < 0xC0)
_MIXED_UP = re.compile(f"(?:[Â-ß][{_TAIL}]|[à-ï][{_TAIL}]{{2}}|[ð-ô][{_TAIL}]{{3}}){{1,40}}")
_QUOTES = frozenset("“”„‚‘’–—…›‹»«")
_ENTITY = re.compile(r"&(?:amp;){0,3}(?:[A-Za-z][A-Za-z0-9]{1,12}|#\d{1,6}|#[xX][0-9A-Fa-f]{1,6});")
_TAG = re.compile(
    r"</?(?:a|abbr|b|blockquote|br|div|em|figure|font|h[1-6]|hr|i|iframe|img|li|ol|p|script|section|small|span|strong|style|sub|sup|table|td|th|tr|u|ul)"
    r"(?:\s[^<>\n]{0,400})?/?>",
    re.IGNORECASE,
)
_UNSEEN = re.compile(
    r"(?P<replacement>\ufffd{1,40})|(?P<soft>\xad{1,40})|(?P<zero>[\u200b\u2060\ufeff\u180e]{1,40}|[\u200c\u200d]{1,40})"
    r"|(?P<bidi>[\u200e\u200f\u202a-\u202e\u2066-\u2069]{1,40})|(?P<control>[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f]{1,40})"
)
_WORD = re.compile(r"[^\W\d_]{2,60}")
_ALIKE = {
    **dict(zip("АВЕЅІЈКМНОРСТУХаеѕіјорсухһԁԛѡ", "ABESIJKMHOPCTYXaesijopcyxhdqw", strict=True)),
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEZHIKMNOPTYXo", strict=True)),
}
_FOREIGN = re.compile(r"[\u0370-\u03ff\u0400-\u052f]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")


def find(article: Article, language: Language) -> Iterator[Damage]:
    """All damage of single characters; the same for every language."""
    yield from _mojibake(article.text)
    yield from _entities(article.text)
    yield from _unseen(article.text)
    yield from _look_alikes(article.text)


def _mojibake(text: str) -> Iterator[Damage]:
    """UTF-8 that was read as Windows-1252: `MÃ¼ller`. Only what decodes to a sensible text counts: it proves itself."""
    for found in _MIXED_UP.finditer(text):
        repaired = _undo(found[0])
        if repaired is None:
            continue
        span = Span(found.start(), found.end())
        yield Damage(
            "mojibake",
            span,
            Severity.MEDIUM,
            Action.MASK,
            f'"{found[0]}" is most likely a garbled "{repaired}".',
            "UTF-8 text was read with the table of Windows-1252 or Latin-1",
            repaired,
            "health/mojibake",
            0.98,
        )


def _undo(garbled: str) -> str | None:
    """What the characters say when their bytes are read as UTF-8 (twice garbled: twice); None where they say nothing."""
    word = garbled
    for _ in range(3):
        try:
            word = bytes(_BACK[c] for c in word).decode("utf-8")
        except (KeyError, UnicodeDecodeError):
            break
    if word == garbled or not _sensible(garbled, word):
        return None
    return word


def _sensible(garbled: str, word: str) -> bool:
    for c in word:
        usual = "\xa0" <= c <= "\u017f" or "\u2010" <= c <= "\u2044" or c in "€™\ufeff\u200b" or c >= "\U0001f000"
        if not usual:
            return False
    if len(garbled) == 2 and garbled[0] not in "ÃÂ" and garbled[1] in _QUOTES:
        return False  # „Ä“ is a letter in quotation marks
    return garbled[0] in "ÃÂâðï" or is_bad(garbled) or is_bad(f"a{garbled}a")


def _entities(text: str) -> Iterator[Damage]:
    for found in _ENTITY.finditer(text):
        plain = found[0]
        for _ in range(4):
            plain = html.unescape(plain)
        name = found[0].rsplit("&", 1)[-1].rsplit("amp;", 1)[-1]
        if plain == found[0] or not (name.startswith("#") or name in html5 or "amp;" in found[0]):
            continue
        plain = " " if plain in "\xa0\u2002\u2003\u2009\u202f" else plain
        plain = "" if plain in "\xad\u200b\u200c\u200d\u200e\u200f" or not plain.isprintable() else plain
        yield Damage(
            "html_entity",
            Span(found.start(), found.end()),
            Severity.LOW,
            Action.MASK,
            f'"{found[0]}" is the code of a web page for "{plain}".',
            "an entity of the page's HTML was left undecoded",
            plain,
            "health/html_entity",
        )
    for found in _TAG.finditer(text):
        yield Damage(
            "html_tag",
            Span(found.start(), found.end()),
            Severity.LOW,
            Action.MASK,
            f'"{found[0][:60]}" is a tag of a web page.',
            "a tag of the page's HTML was taken for text",
            "",
            "health/html_tag",
        )


_UNSEEN_WORDS = {
    "replacement": ("replacement_character", "the place of a character that could not be decoded", "bytes were decoded with the wrong table; the character is lost"),
    "soft": ("soft_hyphen", "an invisible soft hyphen", "hyphenation hints of a web page or of print were kept"),
    "zero": ("zero_width_character", "a character without width", "copied from a web page or set on purpose to hide a word from searching"),
    "bidi": ("direction_mark", "an invisible mark that changes the direction of writing", "copied from a right-to-left context or set on purpose to mislead"),
    "control": ("control_character", "an invisible control character", "binary remains or a wrong decoding table"),
}  # fmt: skip


def _unseen(text: str) -> Iterator[Damage]:
    for found in _UNSEEN.finditer(text):
        before = text[found.start() - 1] if found.start() else " "
        after = text[found.end()] if found.end() < len(text) else " "
        if found[0][0] in "\u200c\u200d" and not (_LATIN.match(before) and _LATIN.match(after)):
            continue  # joiners are letters' business in Persian and Hindi, and hold emoji together
        if found["bidi"] and found[0] in ("\u200e", "\u200f") and (_rtl(before) or _rtl(after)):
            continue
        kind, what, cause = _UNSEEN_WORDS[str(found.lastgroup)]
        lost = kind == "replacement_character"
        yield Damage(
            kind,
            Span(found.start(), found.end()),
            Severity.MEDIUM if lost or kind == "direction_mark" else Severity.LOW,
            Action.FLAG if lost else Action.MASK,
            f'"{_around(text, found.start(), found.end())}" holds {what}.',
            cause,
            None if lost else "",
            f"health/{kind}",
        )


def _rtl(c: str) -> bool:
    return "\u0590" <= c <= "\u08ff"


def _around(text: str, start: int, end: int) -> str:
    """The word at this place, with what nobody sees shown as ·."""
    first, last = start, end
    while first and first > start - 30 and text[first - 1].isalnum():
        first -= 1
    while last < len(text) and last < end + 30 and text[last].isalnum():
        last += 1
    return text[first:start] + "·" + text[end:last]


def _look_alikes(text: str) -> Iterator[Damage]:
    """Words of mixed script: `Pаrtei` with a Cyrillic а."""
    if not _FOREIGN.search(text):
        return
    for found in _WORD.finditer(text):
        word = found[0]
        if not _FOREIGN.search(word) or not _LATIN.search(word):
            continue
        odd = [c for c in word if _FOREIGN.match(c)]
        if 2 * len(odd) > len(word) or any(c in "µμΩαβγδπ" for c in odd):
            continue
        latin = "".join(_ALIKE.get(c, c) for c in word)
        whole = not _FOREIGN.search(latin)
        shown = ", ".join(f"{c} (U+{ord(c):04X})" for c in dict.fromkeys(odd))
        yield Damage(
            "look_alike_letter",
            Span(found.start(), found.end()),
            Severity.MEDIUM,
            Action.MASK if whole else Action.FLAG,
            f'"{word}" mixes Latin letters with others that look alike: {shown}.',
            "letters of another script were typed or set on purpose to hide a word from searching",
            latin if whole else None,
            "health/look_alike_letter",
        )
