"""Plain text and Markdown -> blocks: what is headline, lead, heading, paragraph, caption?

The text stays as it is; a block is a place in it. Markdown is read by its line marks (`# `, `![…](…)`, `---`), which mean
the same in a plain file, so there is one reader for both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from reportedly.intake.carried import Carried, cleaned
from reportedly.intake.frontmatter import front_matter
from reportedly.model.article import Block, Role
from reportedly.model.span import Span

_LINE = re.compile("[^\n\r\v\f\u2028\u2029]+")
_BREAK = re.compile("\r\n|[\n\r\v\f\u2028\u2029]")
_MARKED = frozenset("#!-=*_~•·+[<|>→")
_HEADING = re.compile(r"#{1,6}[ \t]+\S")
_RULE = re.compile(r"(?:[-=*_~•·+#][ \t]{0,3}){2,400}")
_UNDERLINE = re.compile(r"={3,200}|-{3,200}")
_IMAGE = re.compile(r"[*_]{0,2}!\[[^\]\n]{0,2000}\]\([^)\n]{0,2000}\)[*_]{0,2}")
_LINK_ALONE = re.compile(r"(?:[-*+>→][ \t]{1,3})?[*_]{0,3}\[[^\]\n]{1,500}\]\([^)\n]{1,2000}\)[*_]{0,3}\.?")
_OTHER = re.compile(r"<!--.{0,2000}-->|\|.{0,2000}\|")
_MARKUP = re.compile(r"^[#\s]{1,12}|[*_]{2,3}|\s#{1,6}$")
_CLOSING = "\"'“”‘’»«›‹)]*_"
_LONGEST_HEADLINE, _LONGEST_HEADING, _FULL_LINE = 160, 90, 40
_WIDEST = 140
"""Editors and mail programs break lines at 65 to 100 characters."""
_MOST_LINES = 300_000

_Unit = tuple[Span, Role | None]
"""A paragraph-like stretch; the role is None as long as only its words can tell."""


def read_plain(text: str) -> tuple[tuple[Block, ...], Carried, tuple[str, ...]]:
    """The blocks of a text, what its front matter says, and notes. All that is not white space lies in a block.

    >>> [b.role.value for b in read_plain("Brücke zu\\n\\nDie Brücke bleibe zu, sagte er.")[0]]
    ['headline', 'lead']
    """
    if sum(1 for _ in _BREAK.finditer(text)) > _MOST_LINES:
        return (), Carried(), (f"more than {_MOST_LINES:,} lines: headlines and captions are not told apart",)
    front = front_matter(text)
    units = _units(text, front[0].end if front else 0)
    heads = _opening(text, units)
    blocks = [Block(front[0], Role.OTHER)] if front else []
    lead_due = Role.HEADLINE in heads.values()
    for i, (place, role) in enumerate(units):
        role = heads.get(i) or role or (Role.HEADING if _is_heading(text, units, i) else Role.PARAGRAPH)
        if role is Role.PARAGRAPH and lead_due:
            role, lead_due = Role.LEAD, False
        blocks.append(Block(place, role))
    headline = next((b.span.of(text) for b in blocks if b.role is Role.HEADLINE), "")
    carried = Carried(title=cleaned(_MARKUP.sub("", headline)))
    return tuple(blocks), front[1].else_(carried) if front else carried, ()


def _units(text: str, start: int) -> list[_Unit]:
    """Lines, joined where a line break falls into the middle of a paragraph."""
    lines = [place for m in _LINE.finditer(text, start) if len(place := Span(*m.span()).trimmed(text))]
    width = _wrapped_at(text, lines)
    units: list[_Unit] = []
    above: Span | None = None
    for line in lines:
        role = _marked_role(line.of(text)) if text[line.start] in _MARKED else None
        if above and not _blank_between(text, above, line):
            place, place_role = units[-1]
            if (
                role is Role.OTHER
                and place_role is None
                and len(place) <= _LONGEST_HEADLINE
                and _underlines(line, text)
            ):
                units[-1] = (place, Role.HEADING)
            elif role is None and place_role is None and _goes_on(text, above, line, width):
                units[-1] = (Span(place.start, line.end), None)
                above = line
                continue
        units.append((line, role))
        above = line
    return units


def _marked_role(line: str) -> Role | None:
    """What the marks of a line say; None where it has none."""
    if _HEADING.match(line):
        return Role.HEADING
    if _IMAGE.fullmatch(line):
        return Role.CAPTION
    if _LINK_ALONE.fullmatch(line):
        return Role.TEASER
    return Role.OTHER if _RULE.fullmatch(line) or _OTHER.fullmatch(line) else None


def _underlines(place: Span, text: str) -> bool:
    return _UNDERLINE.fullmatch(text, place.start, place.end) is not None


def _blank_between(text: str, left: Span, right: Span) -> bool:
    return len(_BREAK.findall(text, left.end, right.start)) > 1


def _wrapped_at(text: str, lines: Sequence[Span]) -> int | None:
    """The width of the lines where they are broken in the middle of sentences, None where a line is a paragraph.

    Sign: many line breaks without a blank line come without a stop, and either small letters often
    follow or the lines are of one length.
    """
    breaks = inside = small = 0
    broken: list[int] = []
    for left, right in pairwise(lines):
        if _blank_between(text, left, right):
            continue
        breaks += 1
        if len(left) >= _FULL_LINE and not _stops(text, left):
            inside += 1
            broken.append(len(left))
            small += text[right.start].islower()
    even = inside >= 4 and inside >= 0.8 * breaks and min(broken, default=0) >= 0.75 * max(broken, default=0)
    if inside < 3 or inside < 0.4 * breaks or not (even or small >= 0.3 * inside):
        return None
    widths = sorted(len(line) for line in lines)
    return widths[len(widths) * 9 // 10]


def _goes_on(text: str, above: Span, line: Span, width: int | None) -> bool:
    """Is `line` in the same paragraph as the line above it?"""
    if width is not None and width <= _WIDEST:
        return len(above) >= 0.6 * width
    if width is not None:  # broken at odd places, for example around every link
        return not _stops(text, above)
    return len(above) >= _FULL_LINE and text[line.start].islower() and not _stops(text, above)


def _stops(text: str, place: Span) -> bool:
    """Does it end as a sentence ends?"""
    end = place.end
    while end > place.start and text[end - 1] in _CLOSING:
        end -= 1
    return end < place.end or text[end - 1] in ".!?…:"


def _opening(text: str, units: Sequence[_Unit]) -> dict[int, Role]:
    """Headline and its satellites (kicker above, subheading below) before the running text begins."""
    found: list[int] = []
    for i, (place, role) in enumerate(units):
        if role is Role.HEADING or (role is None and _short(text, place, _LONGEST_HEADLINE, ".,:;…–-")):
            found.append(i)
        elif role is None:
            break
        if len(found) > 3 and units[found[0]][1] is None:
            break
    else:
        return {}  # nothing but short lines: no article with a headline
    if not found:
        return {}
    marked = [i for i in found if units[i][1] is Role.HEADING]
    full = [i for i in found[:3] if len(units[i][0].of(text).split()) >= 4]
    headline = (marked or full or found)[0]
    return {i: Role.HEADLINE if i == headline else Role.HEADING for i in found[:3] if i <= headline or i in marked}


def _is_heading(text: str, units: Sequence[_Unit], i: int) -> bool:
    """A short line without a stop between two paragraphs: a subheading."""
    if not 0 < i < len(units) - 1:
        return False
    place, before, after = units[i][0], units[i - 1][0], units[i + 1]
    first = text[place.start]
    return (
        _short(text, place, _LONGEST_HEADING, ".,:;…–-!?" + _CLOSING)
        and not first.islower()
        and _stops(text, before)
        and after[1] is None
        and len(after[0]) > len(place)
    )


def _short(text: str, place: Span, longest: int, stops: str) -> bool:
    """One short line with words in it that does not end in one of `stops`."""
    words = place.of(text) if len(place) <= longest else ""
    last, core = words[-1:], words.rstrip(_CLOSING)[-1:]
    return last not in stops and core not in stops and not _BREAK.search(words) and any(c.isalpha() for c in words)
