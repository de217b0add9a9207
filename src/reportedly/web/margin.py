"""What stands beside the text in the reader? A line or two for each statement; the rest comes when one asks for it."""

from __future__ import annotations

from collections.abc import Mapping

from reportedly.export import told
from reportedly.export.cards import FORM_LINE, Card
from reportedly.export.safe import escape, flow, line, shorten
from reportedly.export.words import Tongue, sure, word
from reportedly.model.joins import Joins
from reportedly.model.judgement import Standing, Verdict
from reportedly.model.span import Span, hull, text_of
from reportedly.model.statement import Statement

_DEEPEST = 4
_OPEN_HEIGHT, _CLOSED_HEIGHT = 52, 27


class Margin:
    """Makes the cards of the reader. `opened` is the inside of the one card that is open, by statement id."""

    def __init__(self, article: str, standing: Mapping[str, Standing], opened: Mapping[str, str]) -> None:
        self._article, self._standing, self._opened = article, standing, opened

    def statement(self, joins: Joins, s: Statement, prefix: str, tongue: Tongue, colour: int, end: int) -> Card:
        """Who and how sure; how and by which words; a link that opens the rest, and is the place's address for ever."""
        text, n = joins.reading.text, s.id[1:]
        name, written = told.names(joins, s)
        who = escape(name) if name else (escape(f"{written} ?") if written else word(tongue, "nobody"))
        small = f" <small><bdi>({escape(shorten(written, 40))})</bdi></small>" if name and written else ""
        stands = self._standing.get(s.id, Standing())
        sign = {Verdict.ACCEPT: " ✓", Verdict.REJECT: " ✗"}.get(stands.verdict, "") if stands.verdict else ""
        sign = sign or (" ✎" if stands.content or stands.speaker else "")
        parts = [f'<span class="t a{colour} {FORM_LINE[s.form]}"></span>{word(tongue, f"form.{s.form.value}")}']
        if cue := shorten(flow(text_of(s.cue, text)), 34):
            parts.append(f"<q>{escape(cue)}</q>")
        if s.cue_class != "neutral":
            tag = word(tongue, f"class.{s.cue_class}")
            parts.append(f'<em class="tag">⚑ {tag}</em>' if told.tag(s, tongue) else tag)
        parts += [
            f"<i>{label}</i> {escape(shorten(words, 44))}"
            for label, words in told.details(joins, s, tongue)
            if label in (word(tongue, "to"), word(tongue, "authority"), word(tongue, "figure"))
        ]
        if harm := joins.damage_ids(s):
            parts.append(f'<em class="tag">⚠{" ".join(d[1:] for d in harm)}</em>')
        at = hull(s.content) or Span(0, 0)
        confidence = sure(tongue, joins.reading.confidence.get(s.id, s.sure))
        depth = min(joins.depth(s), _DEEPEST)
        classes = f"k k{colour}" + (f" h{depth}" if depth else "") + (" open" if s.id in self._opened else "")
        back = f"{word(tongue, 'page.statement')} {n}, {word(tongue, 'page.to_text')}"
        html = (
            f'<li class="{classes}" id="{prefix}k{n}"><h3><a class="no" href="#{prefix}{s.id}" aria-label="{back}">{n}</a>'
            f'<b><bdi>{who}</bdi>{small}</b><span class="cf">{confidence}{sign}</span></h3>'
            f'<a class="how" href="/articles/{self._article}/{at.start}-{at.end}">{" · ".join(parts)}</a>'
            f"{self._opened.get(s.id, '')}</li>"
        )
        return Card(html, _OPEN_HEIGHT, _CLOSED_HEIGHT)

    def damage(self, joins: Joins, number: int, prefix: str, tongue: Tongue) -> Card:
        """Kind and words of a damage, what it means when one asks."""
        found = joins.reading.damages[number - 1]
        words = shorten(flow(found.span.of(joins.reading.text)), 40)
        message, cause = told.harm(found, tongue)
        more = [f"<p>{escape(message)}</p>"]
        if cause:
            more.append(f"<p>{word(tongue, 'cause')}: {escape(cause)}</p>")
        if found.suggestion is not None:
            more.append(
                f"<p>{word(tongue, 'suggestion')}: {escape(shorten(line(found.suggestion), 120)) or word(tongue, 'leave_out')}</p>"
            )
        more.append(f"<p>{word(tongue, f'action.{found.action.value}')} · {escape(line(found.by))}</p>")
        kind = escape(line(word(tongue, f"damage.{found.kind}")))
        back = f"{word(tongue, 'page.damage')} {number}, {word(tongue, 'page.to_text')}"
        html = (
            f'<li class="k d" id="{prefix}d{number}"><a class="no" href="#{prefix}td{number}" aria-label="{back}">⚠{number}</a>'
            f"<details><summary><b>{kind}</b>{f' <q>{escape(words)}</q>' if words else ''}</summary>"
            f'<div class="inside">{"".join(more)}</div></details></li>'
        )
        return Card(html, 30, _CLOSED_HEIGHT)
