"""What stands on the card of a statement or a damage, beside the text?"""

from __future__ import annotations

from dataclasses import dataclass

from reportedly.export import told
from reportedly.export.safe import escape, flow, line, shorten
from reportedly.export.why import reasons
from reportedly.export.words import Tongue, sure, word
from reportedly.model.joins import Joins
from reportedly.model.span import text_of
from reportedly.model.statement import Form, Statement

FORM_LINE = {Form.DIRECT: "ad", Form.INDIRECT: "ai", Form.MIXED: "ai", Form.REPORTED: "ar", Form.FREE_INDIRECT: "af"}
_CONTENT = 170
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Card:
    """A list item and how tall it will be, in pixels, by estimate; `closed` is its height without the content."""

    html: str
    height: int
    closed: int


def statement_card(joins: Joins, s: Statement, prefix: str, tongue: Tongue, colour: int, end: int) -> Card:
    """Number, speaker and confidence; form and cue; content; who else, when, how many; "Warum?" folded."""
    text = joins.reading.text
    name, written = told.names(joins, s)
    number = s.id[1:]
    depth = min(joins.depth(s), _DEEPEST)
    classes = f"k k{colour}" + (f" h{depth}" if depth else "")
    small = f" <small><bdi>({escape(shorten(written, 60))})</bdi></small>" if name and written else ""
    shown = escape(name) if name else (escape(f"{written} ?") if written else word(tongue, "nobody"))
    cue = shorten(flow(text_of(s.cue, text)), 60)
    tag = word(tongue, f"class.{s.cue_class}") if s.cue_class != "neutral" else ""
    loud = told.tag(s, tongue)
    how = [f'<span class="t a{colour} {FORM_LINE[s.form]}"></span>{word(tongue, f"form.long.{s.form.value}")}']
    if cue:
        how.append(f"<q>{escape(cue)}</q>")
    if tag:
        how.append(f'<em class="tag">⚑ {tag}</em>' if loud else tag)
    if judged := joins.reading.judged.get(s.id):
        how.append(f'<em class="tag">{word(tongue, f"judged.{judged}")}</em>')
    facts = told.details(joins, s, tongue)
    told_facts = [f"<span><i>{label}</i> {escape(shorten(words, 90))}</span>" for label, words in facts]
    if damage := [d for d, found in zip(joins.damage_ids(s), joins.damages(s), strict=True) if found.span.start < end]:
        links = " ".join(f'<a href="#{prefix}{d}">⚠{d[1:]}</a>' for d in damage)
        told_facts.append(f"<span><i>{word(tongue, 'damage')}</i> {links}</span>")
    confidence = sure(tongue, joins.reading.confidence.get(s.id, s.sure))
    words = shorten(told.content(s, text, tongue), _CONTENT)
    why = "".join(_pair(label, escape(reason)) for label, reason in reasons(joins, s, tongue))
    back = f"{word(tongue, 'page.statement')} {number}, {word(tongue, 'page.to_text')}"
    html = (
        f'<li class="{classes}" id="{prefix}k{number}">'
        f'<h3><a class="no" href="#{prefix}{s.id}" aria-label="{back}">{number}</a>'
        f"<b><bdi>{shown}</bdi>{small}</b>"
        f'<span class="cf" title="{word(tongue, "confidence")}">{confidence}</span></h3>'
        f'<p class="what" lang="{escape(joins.reading.article.language)}" dir="auto">{escape(words)}</p>'
        + f'<details class="why"><summary><span class="how">{" · ".join(how)}</span>'
        f'<span class="ask">{word(tongue, "why")}</span></summary><dl>{why}</dl></details>'
        + (f'<p class="facts">{" ".join(told_facts)}</p>' if told_facts else "")
        + "</li>"
    )
    return Card(html, *_heights(words, sum(len(a) + len(b) + 3 for a, b in facts) + 8 * bool(damage)))


def _heights(words: str, facts: int) -> tuple[int, int]:
    """With and without the content, by characters a line."""
    closed = 48 + 18 * -(-facts // 52)
    return closed + 20 * min(-(-len(words) // 50), 3), closed


def damage_card(joins: Joins, number: int, prefix: str, tongue: Tongue) -> Card:
    """Kind, message, cause, suggestion of one damage, and the way back to its place."""
    found = joins.reading.damages[number - 1]
    words = shorten(flow(found.span.of(joins.reading.text)), 60)
    message, cause = told.harm(found, tongue)
    facts = [(word(tongue, "cause"), cause)] if cause else []
    if found.suggestion is not None:
        facts.append((word(tongue, "suggestion"), shorten(line(found.suggestion), 120) or word(tongue, "leave_out")))
    degree = f"{word(tongue, f'severity.{found.severity.value}')}, {word(tongue, f'action.{found.action.value}')}"
    facts.append((word(tongue, "places_of"), f"{found.span.start}–{found.span.end}"))
    rows = "".join(_pair(label, escape(value)) for label, value in facts)
    html = (
        f'<li class="k d" id="{prefix}d{number}">'
        f'<h3><a class="no" href="#{prefix}td{number}" aria-label="{word(tongue, "page.damage")} {number}, {word(tongue, "page.to_text")}">⚠ {number}</a>'
        f"<b>{escape(line(word(tongue, f'damage.{found.kind}')))}</b></h3>"
        f'<details class="why"><summary>{degree}{": " + escape(words) if words else ""}</summary>'
        f"<p>{escape(message)}</p><dl>{rows}</dl></details></li>"
    )
    return Card(html, 50, 50)


def _pair(label: str, value: str) -> str:
    return f"<dt>{label}</dt><dd>{value}</dd>"
