"""Which of an extracted paragraph was a caption, a teaser, the lead of the page? Told by the page's own markup.

The extractor gives back words without their surroundings. So the page is asked once which words stand in a caption, in a teaser
box or are nothing but a link; a paragraph with the same words has the same role.
"""

from __future__ import annotations

import re
from typing import Any

from reportedly.model.article import Role

_CAPTION = re.compile(
    r"(?:^|[\s_-])(?:fig)?caption(?:$|[\s_-])|bild(?:unter|neben)schrift|bildtext|image-?(?:text|credit)|photo-?credit|credit(?:$|\s)|copyright",
    re.IGNORECASE,
)
_TEASER = re.compile(
    r"(?:^|[\s_-])(?:teaser|related|recommend\w{0,8}|read-?more|readmore|more-on|mehr-zum|weiterlesen|newsletter|promo|outbrain|taboola|infobox-links)",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?:^|[\s_-])(?:lead|lede|intro|vorspann|standfirst|unterzeile|dek|summary|subtitle|abstract)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BLOCKS = ("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "a", "dd", "dt", "span", "div", "td")
_SPACE = re.compile(r"\s+")
_LONGEST, _LONGEST_BOX = 1_200, 2_000


def plain(words: str) -> str:
    """Words without the differences that an extractor makes: white space."""
    return _SPACE.sub(" ", words).strip()


def same(left: str | None, right: str | None) -> bool:
    """Do the two say the same, but for white space and a final mark?"""
    if not left or not right:
        return False
    return plain(left).rstrip(" .").casefold() == plain(right).rstrip(" .").casefold()


class Roles:
    """The words of a page that have a role. `headline` is its only `<h1>`, or the one in its article."""

    def __init__(self, tree: Any, description: str | None = None) -> None:
        self._roles: dict[str, Role] = {}
        self._plain: set[str] = set()
        self.headline = self._headline(tree)
        for element in tree.iter("p", "li", "h2", "h3", "h4", "h5", "h6"):
            self._look_at(element)
        for element in tree.iter():
            if isinstance(element.tag, str):
                self._look_around(element)
        if description:
            self._roles.setdefault(plain(description), Role.LEAD)

    def of(self, words: str) -> Role | None:
        """The role of a paragraph with these words, None where it is nothing special.

        Words that also stand somewhere in running text are running text: rather read too much than lose a statement.
        """
        key = plain(words)
        role = self._roles.get(key)
        return None if role is Role.TEASER and key in self._plain else role

    @staticmethod
    def _headline(tree: Any) -> str | None:
        headings = tree.xpath("//article//h1 | //main//h1") or tree.xpath("//h1")
        found = [words for h in headings if (words := plain("".join(h.itertext())))]
        return found[0] if len(set(found)) == 1 and len(found[0]) <= 400 else None

    def _look_at(self, element: Any) -> None:
        """A paragraph that is (nearly) nothing but links leads elsewhere: a teaser."""
        words = _words(element, _LONGEST)
        if not words:
            return
        linked = sum(len(_words(a, _LONGEST)) for a in element.iter("a") if a.get("href"))
        if linked >= 0.75 * len(words):
            self._roles.setdefault(words, Role.TEASER)
        elif element.tag == "p" and not linked and not any(_is_teaser(e) for e in (element, *element.iterancestors())):
            self._plain.add(words)

    def _look_around(self, element: Any) -> None:
        """An element whose tag or class names a role gives it to the blocks in it."""
        marks = _marks(element)
        if element.tag == "figcaption" or (marks and _CAPTION.search(marks)):
            role = Role.CAPTION
        elif _is_teaser(element):
            role = Role.TEASER
        elif marks and element.tag in {"p", "div", "h2", "span", "strong"} and _LEAD.search(marks):
            role = Role.LEAD
        else:
            return
        whole = _words(element, _LONGEST_BOX)
        if not whole or next(element.iter("h1"), None) is not None:
            return  # a class such as "teaser" on the frame of the whole article says nothing
        if role is Role.TEASER and element.tag != "aside" and next(element.iter("a"), None) is None:
            role = Role.LEAD  # German newsrooms call the lead "Teaser"; a teaser for something else has a link
        self._roles.setdefault(whole, role)
        for block in element.iter(*_BLOCKS):
            if words := plain("".join(block.itertext())):
                self._roles.setdefault(words, role)


def _marks(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}".strip()


def _is_teaser(element: Any) -> bool:
    return element.tag == "aside" or bool(_TEASER.search(_marks(element)))


def _words(element: Any, longest: int) -> str:
    """All words in an element; nothing where they are more than `longest` characters (and without reading on)."""
    parts, size = [], 0
    for part in element.itertext():
        parts.append(part)
        size += len(part)
        if size > 4 * longest:
            return ""
    words = plain("".join(parts))
    return words if len(words) <= longest else ""
