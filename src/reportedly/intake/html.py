"""A web page -> article text in blocks, with title, outlet, date, address.

The text is the article as the extractor gives it, one block a paragraph, blank lines between them. Navigation, cookie banners,
comments are not in it; captions and teasers that the extractor leaves in stay as blocks of their own role and are not read.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from reportedly.intake.apart import Apart, StoppedError
from reportedly.intake.carried import Carried
from reportedly.intake.markup import cost_of
from reportedly.intake.pagehead import description_of, page_head
from reportedly.intake.pageroles import Found, Roles, key
from reportedly.intake.stripped import strip_page
from reportedly.model.article import Block, Role
from reportedly.model.span import Span

LONGEST_PAGE = 10_000_000
_MOST_ELEMENTS, _DEEPEST, _MOST_ATTRIBUTES, _MOST_INLINE = 20_000, 200, 1_000, 2_500
"""What a tree may cost. The largest news pages (live tickers) have some 10,000 elements."""
_FEW_ELEMENTS, _SECONDS = 2_500, 10
"""A page with more elements is read in a process apart, at most for that many seconds of computing: there are shapes (thousands of cells
in one table) for which the extractor needs time with the square of them. With fewer that is less than a second."""
_BLOCKS = frozenset(
    {"p", "head", "item", "quote", "list", "code", "ab", "div", "body", "table", "row", "cell", "figure"}
)
_SPACE = re.compile(r"[ \t\r\f\v\n]+")
_DECLARATION = re.compile(r"\A[\s\ufeff]{0,80}<\?xml[^>]{0,300}>")
_AROUND_BREAK = re.compile(r"[ \t]*\n[ \t]*")

for _name in ("trafilatura", "htmldate", "courlan"):
    # they warn about every page without an article; our answer is the notes of the page, not lines on stderr
    logging.getLogger(_name).addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class Page:
    """What was read from a page."""

    text: str
    blocks: tuple[Block, ...]
    carried: Carried
    notes: tuple[str, ...] = ()


def read_page(page: str) -> Page | None:
    """The article of a page; None where the page has no readable text.

    A page that would take an extractor minutes (see `markup.Cost`) is read by the linear reader instead, and so is one on
    which it takes too long all the same, and one in which it finds nothing.
    """
    page = _DECLARATION.sub("", page.replace("\0", ""))
    cost = cost_of(page)
    dear = (
        cost.elements > _MOST_ELEMENTS
        or cost.depth > _DEEPEST
        or cost.attributes > _MOST_ATTRIBUTES
        or cost.inline > _MOST_INLINE
    )
    if dear:
        return _stripped(page, "unusually large or deeply nested page")
    if cost.elements <= _FEW_ELEMENTS:
        return _read_by_tree(page)
    try:
        return _unpacked(_APART.ask(page.encode("utf-8", "surrogatepass")))
    except StoppedError:
        return _stripped(page, f"page that could not be taken apart within {_SECONDS} seconds")
    except OSError:  # where no process can be started, there is only this one
        return _read_by_tree(page)


def page_apart(data: bytes) -> bytes:
    """What the process apart does for a page."""
    page = _read_by_tree(data.decode("utf-8", "surrogatepass"))
    if page is None:
        return b"null"
    blocks = [(b.span.start, b.span.end, b.role.value) for b in page.blocks]
    return json.dumps(
        {"text": page.text, "blocks": blocks, "carried": asdict(page.carried), "notes": page.notes}
    ).encode()


_APART = Apart("reportedly.intake.html:page_apart", _SECONDS)


def _unpacked(answer: bytes) -> Page | None:
    said = json.loads(answer)
    if said is None:
        return None
    blocks = tuple(Block(Span(start, end), Role(role)) for start, end, role in said["blocks"])
    return Page(said["text"], blocks, Carried(**said["carried"]), tuple(said["notes"]))


def _stripped(page: str, why: str) -> Page | None:
    return _assembled(strip_page(page), Carried(), (f"{why}: all its text was taken",))


def _read_by_tree(page: str) -> Page | None:
    tree = _parsed(page)
    if tree is None:
        return _stripped(page, "unusually large or deeply nested page")
    carried = page_head(tree)
    roles = Roles(tree, description_of(tree))
    found = list(_extracted(page, roles))
    if not any(role is Role.PARAGRAPH for role, _ in found) or _run_together(found, roles.headline):
        return _assembled(strip_page(page), carried, ("no article found in the page: all its text was taken",))
    return _assembled(_with_headline(roles.completed(found), roles.headline, carried.title), carried, ())


def read_body(body: str) -> Page | None:
    """The HTML body of an article, as agencies and feeds send it: there is nothing around it, so nothing is left out."""
    return _assembled(strip_page(body.replace("\0", "")), Carried(), ())


def _parsed(page: str) -> Any:
    from lxml import html
    from lxml.etree import LxmlError

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    try:
        return html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (LxmlError, ValueError):
        return None


def _extracted(page: str, roles: Roles) -> Iterator[tuple[Role, str]]:
    """The blocks of the article after trafilatura, with the role that the page's own markup gives them."""
    from trafilatura import bare_extraction

    try:
        document = bare_extraction(page, include_comments=False, include_tables=False)
    except Exception:  # a foreign library on foreign bytes: whatever breaks it, the linear reader still reads
        return
    body = getattr(document, "body", None)
    if body is None:
        return
    for tag, words in _paragraphs(body):
        yield roles.of(words) or (Role.HEADING if tag == "head" else Role.PARAGRAPH), words


def _paragraphs(body: Any) -> list[tuple[str, str]]:
    """Walk the extractor's tree: (innermost block element, words)."""
    out: list[tuple[str, str]] = []
    words: list[str] = []

    def flush(tag: str) -> None:
        for part in re.split(r"\n{2,}", _AROUND_BREAK.sub("\n", "".join(words))):
            if part.strip():
                out.append((tag, part.strip()))
        words.clear()

    stack: list[tuple[Any, bool]] = [(body, False)]
    open_blocks: list[str] = ["body"]
    while stack:
        element, done = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        if done:
            if tag in _BLOCKS:
                flush(open_blocks.pop())
            words.append(_SPACE.sub(" ", element.tail or "") if element is not body else "")
            continue
        if tag in _BLOCKS:
            flush(open_blocks[-1])
            open_blocks.append(tag)
        if tag == "lb":
            words.append("\n")
        elif tag:
            words.append(_SPACE.sub(" ", element.text or ""))
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))
    return out


def _run_together(found: Found, headline: str | None) -> bool:
    """Did the extractor give up on the page's structure and put everything, menu and headline too, into one paragraph?"""
    paragraphs = [words for role, words in found if role is Role.PARAGRAPH]
    return len(paragraphs) == 1 and bool(headline) and len(found) < 3 and key(headline) in key(paragraphs[0][:5_000])


def _with_headline(found: Found, headline: str | None, title: str | None) -> Found:
    """The headline in front: extractors often leave it out of the text, and it may hold a statement.

    Where the head of the page has the same words, it has them with their marks (`Hafen: Ministerin bleibt dabei`; the page
    sets the first word as a line of its own).
    """
    best = title if title and key(title) == key(headline) else headline
    for i, (role, words) in enumerate(found[:4]):
        if key(words) in {key(headline), key(title)} and key(words):
            return [(Role.HEADLINE, best if best and key(best) == key(words) else words), *found[:i], *found[i + 1 :]]
        if role is Role.PARAGRAPH:
            break
    return [(Role.HEADLINE, best), *found] if best else found


def _assembled(found: Found, carried: Carried, notes: tuple[str, ...]) -> Page | None:
    parts: list[str] = []
    blocks: list[Block] = []
    at = 0
    for role, words in _with_lead(found):
        blocks.append(Block(Span(at, at + len(words)), role))
        parts.append(words)
        at += len(words) + 2
    if not any(any(c.isalnum() for c in words) for _, words in found):
        return None
    headline = next((words for role, words in found if role is Role.HEADLINE), None)
    return Page("\n\n".join(parts), tuple(blocks), carried.else_(Carried(title=headline)), notes)


def _with_lead(found: Found) -> Found:
    """The first paragraph under the headline is the lead, where the page marks no other."""
    roles = [role for role, _ in found]
    if Role.HEADLINE not in roles or Role.LEAD in roles or Role.PARAGRAPH not in roles:
        return found
    at = roles.index(Role.PARAGRAPH)
    return [*found[:at], (Role.LEAD, found[at][1]), *found[at + 1 :]]
