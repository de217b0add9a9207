"""Which paragraph of a page is a caption, a teaser, the lead? Told by the page's own markup.

The extractor gives words without their surroundings, and leaves captions out in one page and takes them in the next. So the page is asked
itself: which words stand in a caption or a teaser box, which paragraph is nothing but a link, and where in the article?
"""

from __future__ import annotations

import re
from typing import Any

from reportedly.intake.markup import BLOCKS
from reportedly.model.article import Role

_CAPTION = re.compile(
    r"(?:^|[\s_-])(?:fig)?caption(?:$|[\s_-])|bild(?:unter|neben)schrift|bildtext|image-?(?:text|credit)|photo-?credit",
    re.IGNORECASE,
)
_TEASER = re.compile(
    r"(?:^|[\s_-])(?:teaser|related|recommend\w{0,8}|read-?more|more-on|mehr-zum|weiterlesen|newsletter|promo|outbrain|taboola)",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?:^|[\s_-])(?:lead|lede|intro|vorspann|standfirst|unterzeile|dek|abstract)(?:$|[\s_-])", re.IGNORECASE
)
_PARAGRAPHS = frozenset({"p", "li", "h2", "h3", "h4", "h5", "h6"})
_SPACE = re.compile(r"\s+")
_LONGEST, _LONGEST_BOX, _SHORTEST_LEAD, _MOST_ADDED = 1_200, 2_000, 30, 200

Found = list[tuple[Role, str]]
"""Blocks of a page in order: (role, words)."""


def plain(words: str) -> str:
    """Words with single white space."""
    return _SPACE.sub(" ", words).strip()


def key(words: str | None) -> str:
    """Letters and digits only: what two ways of extracting the same words have in common."""
    return "".join(c for c in words or "" if c.isalnum()).casefold()


class Roles:
    """The words of a page that have a role, by their key. `headline` is the only `<h1>` of the page or its article."""

    def __init__(self, tree: Any, description: str | None = None) -> None:
        self.headline = _headline(tree)
        self._roles: dict[str, Role] = {}
        self._running: set[str] = set()
        self._order: list[tuple[Role | None, str]] = []
        """Marked boxes and unmarked paragraphs of the page as they follow each other."""
        self._look_through(tree)
        if description:
            self._roles.setdefault(key(description), Role.LEAD)

    def of(self, words: str) -> Role | None:
        """The role of a paragraph with these words, None where it is nothing special.

        Words that also stand in running text are running text: rather read too much than lose a statement.
        """
        role = self._roles.get(key(words))
        return None if role is Role.TEASER and key(words) in self._running else role

    def completed(self, found: Found) -> Found:
        """The extracted blocks and, at their places between these, the captions, teasers and the lead that were left out."""
        places = {key(words): i for i, (_, words) in reversed(list(enumerate(found)))}
        known = "\n".join(places)
        long_ones = [k for k in places if len(k) > 40]
        last = max((places[key(w)] for role, w in self._order if role is None and key(w) in places), default=-1)
        added: dict[int, Found] = {}
        at, tried = -1, 0
        for role, words in self._order:
            mark = key(words)
            tried += role is not None
            if mark in places:
                at = max(at, places[mark])
            elif (
                role is not None
                and at < last
                and mark
                and mark not in known
                and not any(long in mark for long in long_ones)
                and (role is not Role.LEAD or (at < 1 and len(words) >= _SHORTEST_LEAD))
                and tried <= _MOST_ADDED
            ):
                added.setdefault(at, []).append((role, words))
        out = list(added.get(-1, []))
        for i, block in enumerate(found):
            out += [block, *added.get(i, [])]
        return out

    def _look_through(self, tree: Any) -> None:
        done: Any = None  # the marked box in which we are: what lies in it is told with it
        for element in tree.iter():
            if not isinstance(element.tag, str) or (done is not None and done in element.iterancestors()):
                continue
            role = _marked(element)
            words = _words(element, _LONGEST_BOX) if role or element.tag in _PARAGRAPHS else ""
            if not words:
                continue
            if role and next(element.iter("h1"), None) is None:
                done = element
                self._order.append((role, words))
                self._roles.setdefault(key(words), role)
                for inner in element.iter(*_PARAGRAPHS, "figcaption", "a", "div", "span"):
                    self._roles.setdefault(key(_words(inner, _LONGEST)), role)
            elif element.tag in _PARAGRAPHS:
                linked = sum(len(_words(a, _LONGEST)) for a in element.iter("a") if a.get("href"))
                if linked >= 0.75 * len(words):
                    self._roles.setdefault(key(words), Role.TEASER)  # nothing but a link leads elsewhere
                elif not linked:
                    self._running.add(key(words))
                self._order.append((None, words))


def _headline(tree: Any) -> str | None:
    headings = tree.xpath("//article//h1 | //main//h1") or tree.xpath("//h1")
    found = [words for h in headings if (words := _words(h, 400))]
    return found[0] if len(set(found)) == 1 else None


def _marked(element: Any) -> Role | None:
    """What the tag and the class of an element say about it."""
    marks = f"{element.get('class') or ''} {element.get('id') or ''}".strip()
    if element.tag == "figcaption" or _CAPTION.search(marks):
        return Role.CAPTION
    if element.tag == "aside":
        return Role.TEASER
    if _TEASER.search(marks):
        # German newsrooms also call the lead "Teaser"; one that leads elsewhere has a link
        return Role.TEASER if next(element.iter("a"), None) is not None else Role.LEAD
    if element.tag in {"p", "div", "h2", "strong"} and _LEAD.search(marks):
        return Role.LEAD
    return None


def _words(element: Any, longest: int) -> str:
    """All words in an element; nothing where they are more than `longest` characters (and without reading on)."""
    words = plain("".join(_parts(element, 4 * longest)))
    return words if len(words) <= longest else ""


def _parts(element: Any, most: int) -> list[str]:
    parts: list[str] = []
    stack: list[Any] = [element]
    while stack and most > 0:
        item = stack.pop()
        if isinstance(item, str):
            parts.append(item)
            most -= len(item)
            continue
        apart = item.tag in BLOCKS or item.tag == "br" or _CAPTION.search(item.get("class") or "")
        gap = " " if apart else ""
        if item is not element and item.tail:
            stack.append(item.tail)
        if not isinstance(item.tag, str) or item.tag in {"script", "style"}:
            continue
        parts.append(gap)
        stack.append(gap)
        stack.extend(reversed(item))
        if item.text:
            stack.append(item.text)
    return parts if most > 0 else []
